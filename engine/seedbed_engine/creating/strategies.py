"""The strategies of the method: which example is the next formatting example (section 3 of the paper).

A strategy is asked for calls in canonical order and told in the same order what each call gave. It knows no creator,
no file and no clock: the same seed number and the same results give the same calls, whatever ran at once.
"""

import hashlib
import random
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from seedbed_engine.errors import BugError
from seedbed_engine.examples import Example
from seedbed_engine.similarity import Vectors

EMPTY_CALLS = 8  # calls in a row without a kept example, after which a strategy gives up
STEPS_BACK = 1000  # calls that a chain can go back where a person rejects what it grew from


@dataclass(frozen=True, eq=False)
class Formatting:
    """An example that can be a formatting example; `id` is None for the seed; `vector` (d,) is of its question."""

    id: int | None
    key: str
    depth: int
    example: Example
    vector: Vectors


@dataclass(frozen=True, eq=False)
class Plan:
    """A call that can be asked: `place` counts the calls of the strategy in canonical order."""

    key: str
    place: int
    parent: Formatting


class Strategy(Protocol):
    """What chooses formatting examples."""

    @property
    def is_over(self) -> bool:
        """Whether it has given up: what later calls gave, had they been asked early, does not count."""

    def ready(self) -> Iterator[Plan]:
        """Calls that may be asked now, in canonical order, without knowing the result of any call not yet told."""

    def tell(self, plan: Plan, kept: Sequence[Formatting]) -> None:
        """What a call gave; calls are told in canonical order."""


IsOpen = Callable[[Formatting], bool]
Choose = Callable[[Plan, Sequence[Formatting]], Formatting]


def call_key(parent_key: str, number: int) -> str:
    """The key of a parent's call: fixed by the parent's key and the number of the call, short whatever the depth."""
    return hashlib.sha256(f"{parent_key}/{number}".encode()).hexdigest()[:16]


def chance(seed_number: int, *parts: object) -> random.Random:
    """A source of random choices that depends on the seed number and the given parts only."""
    text = "/".join(map(str, (seed_number, *parts)))
    return random.Random(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))


class Naive:
    """Always the root: no call depends on another."""

    def __init__(self, root: Formatting, is_open: IsOpen) -> None:
        self._root = root
        self._is_open = is_open
        self._asked = 0
        self._empty = 0

    @property
    def is_over(self) -> bool:
        return self._empty >= EMPTY_CALLS

    def ready(self) -> Iterator[Plan]:
        while not self.is_over and self._is_open(self._root):
            plan = Plan(call_key(self._root.key, self._asked), self._asked, self._root)
            self._asked += 1
            yield plan

    def tell(self, plan: Plan, kept: Sequence[Formatting]) -> None:
        self._empty = 0 if kept else self._empty + 1


@dataclass(frozen=True, eq=False, slots=True)
class _Step:
    """A call of a chain, which of its parent's it was, and what it gave."""

    plan: Plan
    number: int
    kept: Sequence[Formatting]


class Chain:
    """One of the examples that the last call gave: each call waits for the one before.

    A call that gave none is asked again from the same formatting example. Where a person rejects the one that was
    chosen, the chain goes on from another of the same call, or from further up: as if it had been rejected before.
    """

    def __init__(self, root: Formatting, choose: Choose, is_open: IsOpen) -> None:
        self._parent = root
        self._choose = choose
        self._is_open = is_open
        self._place = 0
        self._number = 0
        self._is_waiting = False
        self._trail: deque[_Step] = deque(maxlen=STEPS_BACK)  # the calls whose choices led to the parent

    @property
    def is_over(self) -> bool:
        return self._number >= EMPTY_CALLS

    def ready(self) -> Iterator[Plan]:
        if self._is_waiting:
            return
        while self._trail and not self._is_open(self._parent):
            self._go_on_from(self._trail.pop())
        if not self.is_over and self._is_open(self._parent):
            self._is_waiting = True
            yield Plan(call_key(self._parent.key, self._number), self._place, self._parent)

    def tell(self, plan: Plan, kept: Sequence[Formatting]) -> None:
        self._is_waiting = False
        self._place += 1
        self._go_on_from(_Step(plan, self._number, kept))

    def _go_on_from(self, step: _Step) -> None:
        choice = [example for example in step.kept if self._is_open(example)]
        if choice:
            self._trail.append(step)
            self._parent = self._choose(step.plan, choice)
            self._number = 0
        else:
            self._parent = step.plan.parent
            self._number = step.number + 1


class Tree:
    """Breadth first: every example of the last level, in random order, is once the formatting example."""

    def __init__(self, root: Formatting, seed_number: int, is_open: IsOpen) -> None:
        self._seed_number = seed_number
        self._is_open = is_open
        self._level: list[Formatting] = [root]
        self._next: list[Formatting] = []
        self._position = 0  # of the next parent to be asked
        self._told = 0
        self._round = 0  # asked again where a whole level gave nothing
        self._place = 0

    @property
    def is_over(self) -> bool:
        return self._round >= EMPTY_CALLS

    def ready(self) -> Iterator[Plan]:
        while not self.is_over and self._position < len(self._level):
            parent = self._level[self._position]
            self._position += 1
            if not self._is_open(parent):
                self._skip()
                continue
            plan = Plan(call_key(parent.key, self._round), self._place, parent)
            self._place += 1
            yield plan

    def tell(self, plan: Plan, kept: Sequence[Formatting]) -> None:
        self._next += kept
        self._skip()

    def _skip(self) -> None:
        self._told += 1
        if self._told == len(self._level):
            self._begin_level()

    def _begin_level(self) -> None:
        """Children become the level, in an order that their keys and the seed number fix."""
        self._position = self._told = 0
        if not self._next:
            self._round += 1
            return
        self._round = 0
        self._level = sorted(self._next, key=lambda example: chance(self._seed_number, "order", example.key).random())
        self._next = []


def make_strategy(name: str, root: Formatting, seed_number: int, is_open: IsOpen) -> Strategy:
    """The strategy of this name, from a root formatting example; `is_open` says whether a person still wants an
    example as a parent."""

    def at_random(plan: Plan, kept: Sequence[Formatting]) -> Formatting:
        return chance(seed_number, "choice", plan.key).choice(kept)

    def most_similar(plan: Plan, kept: Sequence[Formatting]) -> Formatting:
        return max(kept, key=lambda example: float(example.vector @ plan.parent.vector))

    def least_similar(plan: Plan, kept: Sequence[Formatting]) -> Formatting:
        return min(kept, key=lambda example: float(example.vector @ plan.parent.vector))

    chains = {"random": at_random, "similar": most_similar, "contrastive": least_similar}
    if name == "naive":
        return Naive(root, is_open)
    if name == "tree":
        return Tree(root, seed_number, is_open)
    if name in chains:
        return Chain(root, chains[name], is_open)
    raise BugError(f"no strategy {name}")
