"""The strategies of the method: which example is the next formatting example (section 3 of the paper).

A strategy is asked for calls in canonical order and told in the same order what each call gave. It knows no creator,
no file and no clock: the same seed number and the same results give the same calls, whatever ran at once.
"""

import hashlib
import random
from bisect import insort
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from operator import itemgetter
from typing import Protocol

from seedbed_engine.errors import BugError
from seedbed_engine.examples import Example
from seedbed_engine.similarity import Vectors

EMPTY_CALLS = 8  # calls in a row without a kept example, after which a strategy gives up
STEPS_BACK = 1000  # calls that a chain can go back where a person rejects what it grew from


@dataclass(frozen=True, eq=False)
class Formatting:
    """An example that can be a formatting example; `id` is None for the seed."""

    id: int | None
    key: str
    depth: int
    example: Example


@dataclass(frozen=True, eq=False)
class Plan:
    """A call that can be asked: `place` counts the calls of the strategy in canonical order.

    `begotten`, where the place is known late: the place of the call that gave the parent, and which of its examples.
    """

    key: str
    place: int
    parent: Formatting
    begotten: tuple[int, int] | None = None

    def rank(self, n: int) -> int:
        """Its number for what is drawn evenly over a run: the place, else that in a heap where each call gives n."""
        return self.place if self.begotten is None else n * self.begotten[0] + self.begotten[1] + 1


@dataclass(frozen=True, eq=False, slots=True)
class Ahead:
    """A call whose turn may come: at most so many come before it that are not decided, not asked now."""

    plan: Plan
    undecided: int
    unasked: int


class Standing(Enum):
    """What a person wants of an example as a parent; UNDECIDED: only approved ones are, and it is not yet."""

    OPEN = "open"
    UNDECIDED = "undecided"
    CLOSED = "closed"


class Wishes(Protocol):
    """What a person wants of the examples now, and what was asked before."""

    def standing(self, example: Formatting) -> Standing:
        """Whether this example may be a formatting example."""

    def as_now(self, examples: Sequence[Formatting]) -> Sequence[Formatting]:
        """The same examples with their texts of now: a person may have edited them."""

    def vectors(self, examples: Sequence[Formatting]) -> Vectors:
        """Unit rows (n, d) of their questions."""

    def was_asked(self, key: str) -> bool:
        """Whether the call of this key was asked before: then the choice that led to it was made."""


class Strategy(Protocol):
    """What chooses formatting examples."""

    @property
    def is_over(self) -> bool:
        """Whether it has given up: what later calls gave, had they been asked early, does not count."""

    @property
    def is_undecided(self) -> bool:
        """Whether it could go on if a person approved something."""

    def ready(self) -> Iterator[Plan]:
        """Calls that may be asked now, in canonical order, without knowing the result of any call not yet told."""

    def tell(self, plan: Plan, kept: Sequence[Formatting]) -> None:
        """What a call gave; calls are told in canonical order."""

    def withdraw(self, plan: Plan) -> None:
        """A call was not asked after all, because its parent is not wanted any more; told instead of what it gave."""


Choose = Callable[[Plan, Sequence[Formatting]], Formatting]
Pick = Callable[..., tuple[Formatting, float]]


def call_key(parent_key: str, number: int) -> str:
    """The key of a parent's call of this number, short whatever the depth."""
    return hashlib.sha256(f"{parent_key}/{number}".encode()).hexdigest()[:16]


def chance(seed_number: int, *parts: object) -> random.Random:
    """A source of random choices that depends on the seed number and the given parts only."""
    text = "/".join(map(str, (seed_number, *parts)))
    return random.Random(int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big"))


class Naive:
    """Always the root, several roots in turn: no call depends on another."""

    def __init__(self, roots: Sequence[Formatting], wishes: Wishes) -> None:
        self._roots = roots
        self._wishes = wishes
        self._numbers = [0] * len(roots)  # of the next call of each root
        self._turn = 0
        self._asked = 0
        self._empty = 0

    @property
    def is_over(self) -> bool:
        return self._empty >= EMPTY_CALLS * len(self._roots)

    @property
    def is_undecided(self) -> bool:
        return False

    def ready(self) -> Iterator[Plan]:
        passed = 0
        while not self.is_over and passed < len(self._roots):
            turn, self._turn = self._turn, (self._turn + 1) % len(self._roots)
            root = self._roots[turn]
            if self._wishes.standing(root) is not Standing.OPEN:
                passed += 1
                continue
            plan = Plan(call_key(root.key, self._numbers[turn]), self._asked, root)
            self._numbers[turn] += 1
            self._asked += 1
            passed = 0
            yield plan

    def tell(self, plan: Plan, kept: Sequence[Formatting]) -> None:
        self._empty = 0 if kept else self._empty + 1

    def withdraw(self, plan: Plan) -> None:
        """Its number is not used again."""


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

    def __init__(self, root: Formatting, choose: Choose, wishes: Wishes) -> None:
        self._parent = root
        self._choose = choose
        self._wishes = wishes
        self._place = 0
        self._number = 0
        self._is_waiting = False
        self._undecided: _Step | None = None  # the last call, while nothing that it gave is approved
        self._trail: deque[_Step] = deque(maxlen=STEPS_BACK)  # the calls whose choices led to the parent

    @property
    def is_over(self) -> bool:
        return self._number >= EMPTY_CALLS

    @property
    def is_undecided(self) -> bool:
        return self._undecided is not None

    def ready(self) -> Iterator[Plan]:
        if self._is_waiting:
            return
        if self._undecided is not None:
            self._go_on_from(self._undecided)
        while self._undecided is None and self._trail and not self._is_open(self._parent):
            self._go_on_from(self._trail.pop())
        if self._undecided is None and not self.is_over and self._is_open(self._parent):
            self._is_waiting = True
            yield Plan(call_key(self._parent.key, self._number), self._place, self._parent)

    def tell(self, plan: Plan, kept: Sequence[Formatting]) -> None:
        self._is_waiting = False
        self._place += 1
        self._go_on_from(_Step(plan, self._number, kept))

    def withdraw(self, plan: Plan) -> None:
        self._is_waiting = False

    def _go_on_from(self, step: _Step) -> None:
        self._undecided = None
        choice = [example for example in step.kept if self._is_open(example)]
        if choice:
            self._trail.append(step)
            chosen_before = [one for one in choice if self._wishes.was_asked(call_key(one.key, 0))]
            self._parent = self._choose(step.plan, chosen_before or choice)
            self._number = 0
        elif any(self._wishes.standing(example) is Standing.UNDECIDED for example in step.kept):
            self._undecided = step
        else:
            self._parent = step.plan.parent
            self._number = step.number + 1

    def _is_open(self, example: Formatting) -> bool:
        return self._wishes.standing(example) is Standing.OPEN


class Together:
    """Several chains side by side, in turn: each waits for its own last call only.

    The order is round by round, so it does not depend on what ran at once; a chain that has ended is passed over.
    """

    def __init__(self, chains: Sequence[Chain]) -> None:
        self._chains = chains
        self._waiting: dict[str, int] = {}  # key of a call that is not told yet -> whose it is
        self._turn = 0
        self._place = 0

    @property
    def is_over(self) -> bool:
        return all(chain.is_over for chain in self._chains)

    @property
    def is_undecided(self) -> bool:
        return any(chain.is_undecided for chain in self._chains)

    def ready(self) -> Iterator[Plan]:
        passed = 0
        while passed < len(self._chains) and self._turn not in self._waiting.values():
            plan = next(self._chains[self._turn].ready(), None)
            if plan is not None:
                self._waiting[plan.key] = self._turn
            self._turn = (self._turn + 1) % len(self._chains)
            if plan is None:
                passed += 1
                continue
            passed = 0
            self._place += 1
            yield Plan(plan.key, self._place - 1, plan.parent)

    def tell(self, plan: Plan, kept: Sequence[Formatting]) -> None:
        self._chains[self._waiting.pop(plan.key)].tell(plan, kept)

    def withdraw(self, plan: Plan) -> None:
        self._chains[self._waiting.pop(plan.key)].withdraw(plan)


class Tree:
    """Breadth first: every example of the last level, in random order, is once the formatting example.

    Whom nobody wants as a parent at its turn is looked at again at the end of this level and of each later one.
    """

    def __init__(self, roots: Sequence[Formatting], seed_number: int, wishes: Wishes) -> None:
        self._seed_number = seed_number
        self._wishes = wishes
        self._level = list(roots)
        self._further = len(roots) - 1  # roots that have a place of their own beside the first
        self._next: list[tuple[float, Formatting]] = []  # in their order
        self._begotten: dict[str, tuple[int, int]] = {}
        self._passed: list[Formatting] = []
        self._position = 0  # of the next parent to be asked
        self._waiting = 0  # calls that are not told yet
        self._round = 0  # asked again where a whole level gave nothing
        self._place = 0
        self._is_undecided = False

    @property
    def is_over(self) -> bool:
        return self._round >= EMPTY_CALLS

    @property
    def is_undecided(self) -> bool:
        return self._is_undecided

    def ready(self) -> Iterator[Plan]:
        while not self.is_over:
            if self._position == len(self._level):
                if not self._has_turned():
                    return
                continue
            parent = self._level[self._position]
            self._position += 1
            if self._wishes.standing(parent) is not Standing.OPEN:
                self._passed.append(parent)
                continue
            self._place += 1
            self._waiting += 1
            yield self._plan(parent, self._place - 1, self._round)

    def ahead(self, n: int) -> Iterator[Ahead]:
        """Calls of the next level, as far as it is known while the last calls of this one are out, in their order.

        How many come before each is counted as if each call that is out gave n examples, all before it.
        """
        if self._position < len(self._level):
            return
        unknown = len(self._passed) + n * (len(self._passed) + self._waiting)
        for number, (_, parent) in enumerate(self._next):
            if self._wishes.standing(parent) is Standing.OPEN:
                plan = self._plan(parent, self._place + number, 0)
                yield Ahead(plan, self._waiting + unknown + number, unknown + number)

    def _plan(self, parent: Formatting, place: int, number: int) -> Plan:
        """The call of this number of a parent; the first does not depend on its place: it can be asked early."""
        return Plan(call_key(parent.key, number), place, parent, None if number else self._begotten.get(parent.key))

    def tell(self, plan: Plan, kept: Sequence[Formatting]) -> None:
        self._waiting -= 1
        for number, example in enumerate(kept):
            self._begotten[example.key] = (plan.place, number + self._further)
            order = chance(self._seed_number, "order", example.key).random()
            insort(self._next, (order, example), key=lambda child: child[0])

    def withdraw(self, plan: Plan) -> None:
        self._waiting -= 1
        self._passed.append(plan.parent)

    def _has_turned(self) -> bool:
        """Whether there is more to look at, now that the level was gone through."""
        if self._waiting:
            return False
        standings = [self._wishes.standing(parent) for parent in self._passed]
        found = zip(self._passed, standings, strict=True)
        late = dict.fromkeys(parent for parent, standing in found if standing is Standing.OPEN)  # quick to look up
        self._is_undecided = not late and not self._next and Standing.UNDECIDED in standings
        if self._is_undecided:
            return False
        if late:
            self._level = [*(parent for parent in self._level if parent not in late), *late]
            self._position = len(self._level) - len(late)
            self._passed = [parent for parent in self._passed if parent not in late]
            return True
        self._begin_level()
        return True

    def _begin_level(self) -> None:
        """Children become the level, in their order; where there are none, it is gone through once more."""
        self._position = 0
        if self._next:
            self._level, self._next, self._round = [example for _, example in self._next], [], 0
        else:
            self._passed, self._round = [], self._round + 1


def make_strategy(
    name: str, roots: Sequence[Formatting], seed_number: int, wishes: Wishes, chains: int = 1
) -> Strategy:
    """The strategy of this name, from its roots: naive takes them in turn, a tree begins with all of them as its first
    level, and of each root this many chains begin."""

    def at_random(plan: Plan, kept: Sequence[Formatting]) -> Formatting:
        return chance(seed_number, "choice", plan.key).choice(kept)

    def by_likeness(pick: Pick, plan: Plan, kept: Sequence[Formatting]) -> Formatting:
        now = wishes.as_now([plan.parent, *kept])
        vectors = wishes.vectors(now)
        found = [(example, float(vector @ vectors[0])) for example, vector in zip(now, vectors, strict=True)]
        return pick(found[1:], key=itemgetter(1))[0]

    ways: dict[str, Choose] = {"random": at_random, "similar": partial(by_likeness, max)}
    ways |= {"contrastive": partial(by_likeness, min)}
    if name == "naive":
        return Naive(roots, wishes)
    if name == "tree":
        return Tree(roots, seed_number, wishes)
    if name in ways:
        further = (replace(root, key=f"{root.key}#{number}") for number in range(1, chains) for root in roots)
        begun = [*roots, *further]  # each chain but the first of a root has calls of its own
        found = [Chain(root, ways[name], wishes) for root in begun]
        return found[0] if len(found) == 1 else Together(found)
    raise BugError(f"no strategy {name}")
