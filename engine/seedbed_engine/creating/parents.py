"""Which examples a person still wants as parents, and how they read now: looked up when somebody has changed them."""

from collections.abc import Callable, Container, Sequence
from dataclasses import replace

from seedbed_engine.creating.sender import Withdrawn
from seedbed_engine.creating.strategies import Formatting, Plan, Standing
from seedbed_engine.examples import Example, State
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.store import Store
from seedbed_engine.similarity import Vectors

STEPS = 16  # up a branch that are looked up one by one


class Parents:
    """What a person wants of the examples of a tree; asked on one thread only.

    Rejected or pruned ones and all that came from them are closed. With `approved_only`, those not yet approved are
    undecided, but for the seed and the `chosen` ones that a person named to grow from.
    """

    def __init__(
        self,
        store: Store,
        seed: int,
        embed: Callable[[Sequence[str]], Vectors],
        asked: Container[str],
        *,
        approved_only: bool = False,
        chosen: Container[int] = (),
    ) -> None:
        self._store = store
        self._seed = seed
        self._embed = embed
        self._asked = asked
        self._approved_only = approved_only
        self._chosen = chosen
        self._version = -1
        self._closed: frozenset[int] = frozenset()
        self._known: dict[int, bool] = {}  # whether it is open, found since what is closed last changed

    def standing(self, example: Formatting) -> Standing:
        """Whether this example may be a formatting example now."""
        if example.id is None:
            return Standing.OPEN
        if not self._is_open(example.id):
            return Standing.CLOSED
        if not self._approved_only or example.id in self._chosen:
            return Standing.OPEN
        row = trees.read_example(self._store, example.id)
        return Standing.OPEN if row.state is State.APPROVED else Standing.UNDECIDED

    def shown(self, plan: Plan) -> Example:
        """A call's formatting example as it reads now; Withdrawn where it is not wanted as a parent any more."""
        if self.standing(plan.parent) is not Standing.OPEN:
            raise Withdrawn
        if plan.parent.id is None:
            return plan.parent.example
        return trees.read_example(self._store, plan.parent.id).example

    def as_now(self, examples: Sequence[Formatting]) -> list[Formatting]:
        """The same examples; those that were edited with their new texts."""
        ids = [example.id for example in examples if example.id is not None]
        now: dict[int | None, Example] = {row.id: row.example for row in trees.read_examples(self._store, ids)}
        found = [(one, now.get(one.id, one.example)) for one in examples]
        return [one if one.example == text else replace(one, example=text) for one, text in found]

    def vectors(self, examples: Sequence[Formatting]) -> Vectors:
        """Unit rows (n, d) of their questions."""
        return self._embed([one.example.question for one in examples])

    def was_asked(self, key: str) -> bool:
        """Whether the project file has the call of this key."""
        return key in self._asked

    def _is_open(self, example: int) -> bool:
        self._look()
        if not self._closed:
            return True
        path: list[int] = []
        at: int | None = example
        while at is not None and at not in self._known:
            if len(path) == STEPS:  # a long chain, none of it seen: all of it at once
                path, at = trees.read_path(self._store, example), None
                break
            path.append(at)
            at = trees.read_example(self._store, at).parent
        is_open = at is None or self._known[at]
        for one in reversed(path):
            is_open = is_open and one not in self._closed
            self._known[one] = is_open
        return self._known[example]

    def _look(self) -> None:
        version = self._store.data_version()
        if version == self._version:
            return
        self._version = version
        closed = frozenset(trees.read_closed(self._store, self._seed))
        if closed != self._closed:
            self._closed = closed
            self._known.clear()
