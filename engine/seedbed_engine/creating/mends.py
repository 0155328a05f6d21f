"""What every kind of mending by the creator has in common: what it stands on, what it asks, what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.creating.creators.protocol import Request
from seedbed_engine.creating.reporter import Tell
from seedbed_engine.creating.sender import Part
from seedbed_engine.creating.strategies import call_key
from seedbed_engine.examples import State
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.rows import CallRow, ExampleRow, RequestRow, SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import MendingSettings

OPEN = (State.NEW, State.APPROVED)


@dataclass(frozen=True, eq=False)
class Ground:
    """The run, the tree and the settings; `is_small` where the creator is asked in the words of small models."""

    store: Store
    run: int
    seed: SeedRow
    settings: MendingSettings
    task: TaskFormat
    is_small: bool
    tell: Tell

    def rows(self) -> list[ExampleRow]:
        """The examples that are meant, as they are now; others than the seed's own are no business of this run."""
        found = trees.read_examples(self.store, self.settings.examples)
        return [row for row in found if row.seed == self.seed.id]

    def key(self, example: str, number: int = 0) -> str:
        """The key of a call about the example of this key: another one in each run."""
        return call_key(f"mend/{self.run}/{example}", number)


@dataclass(frozen=True, slots=True)
class Errand:
    """A call that is wanted: about which example, under which key, and its place in the order of the run."""

    example: int
    key: str
    place: int


@dataclass(frozen=True, eq=False, slots=True)
class Answered:
    """A call whose requests have all ended: the example as it was when it was asked about, and the replies."""

    errand: Errand
    row: ExampleRow
    call: int
    requests: Sequence[RequestRow]

    @property
    def ends(self) -> list[tuple[int, int, int]]:
        """Each request with nothing too many and nothing missing: what was asked for, or its discard, is there."""
        return [(request.id, 0, 0) for request in self.requests]


class Mend(Protocol):
    """One kind of mending."""

    target: int  # answers, proposals or examples wanted in all
    requests_a_call: int

    def errands(self, calls: Mapping[str, CallRow]) -> list[Errand]:
        """What is to be asked now, in order, where the run has these calls by key; asked again once all came back."""
        ...

    def wants(self, row: ExampleRow) -> bool:
        """Whether an example is still to be asked about."""
        ...

    def parent(self, row: ExampleRow) -> int | None:
        """The formatting example, or the example itself, to which the call belongs."""
        ...

    def requests(self, key: str, row: ExampleRow) -> list[tuple[Part, Request]]:
        """The requests of a call about an example as it reads now."""
        ...

    async def keep(self, answered: Answered) -> None:
        """Read what came back and keep it; calls come in their order."""
        ...

    def result(self) -> tuple[str, dict[str, Any]]:
        """What came of it: a sentence without its full stop, and facts."""
        ...

    def close(self) -> None:
        """Give back what is held."""
        ...
