"""One cell of a grid: what it is given, what it gives back. Knows no project but the one that it grows itself."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from seedbed_engine.examples import Example, Options, text_digest
from seedbed_engine.settings import GrowthSettings, TrainingSettings

HUMAN = "human"  # stands where a strategy does: as many human examples as would be created
UNTUNED = "untuned encoder"  # stands where a strategy does: multiple choice by the encoder as it came


@dataclass(frozen=True, slots=True)
class Key:
    """Which cell: a data set, a strategy (or HUMAN, or UNTUNED) and the seed number of the growth."""

    dataset: str
    strategy: str
    seed_number: int

    @property
    def file_name(self) -> str:
        """A name for its project file that no data set's name can turn into a path."""
        dataset = "".join(c if c.isalnum() else "-" for c in self.dataset)[:40]
        if dataset != self.dataset:  # another name may come to the same
            dataset += f"-{text_digest(self.dataset)[:8]}"
        return f"{dataset}-{self.strategy}-{self.seed_number}"


@dataclass(frozen=True, slots=True)
class Test:
    """A human test split that a cell's models are asked."""

    name: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """All that a cell needs, so that it can be worked on anywhere; `human` are what it is trained on for HUMAN.

    `project` is its own project file; None: a temporary one, whose content is given back.
    """

    key: Key
    seed: Example
    kind: Options
    growth: GrowthSettings
    training: TrainingSettings
    tests: tuple[Test, ...]
    human: tuple[Example, ...] = ()
    project: Path | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a cell's models got right on a test split: for each training seed a text of 1 and 0, one for each item.

    `given` is how many answers went to each label (or place), over all training seeds.
    """

    test: str
    hits: tuple[str, ...]
    given: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CellRow:
    """What came of a cell: the growth's account, the examples' spread, and what the models got right.

    `drift` is the mean cosine distance from the seed, `diversity` the mean cosine distance between two examples;
    `why_not` says why nothing was trained, where it was not.
    """

    key: Key
    examples: int
    asked: int
    discarded: int
    tokens: int
    usd: float | None
    drift: float | None
    diversity: float | None
    majority_share: float | None
    growth_seconds: float
    training_seconds: float
    answered: tuple[Answered, ...]
    why_not: str = ""

    def as_fields(self) -> dict[str, Any]:
        """The row as plain values."""
        return asdict(self)

    @classmethod
    def from_fields(cls, found: Mapping[str, Any]) -> "CellRow":
        """A row from plain values; names this version does not know are ignored."""
        names = {field.name for field in fields(cls)}
        values = {name: value for name, value in found.items() if name in names}
        values["key"] = Key(**found["key"])
        values["answered"] = tuple(Answered(a["test"], tuple(a["hits"]), dict(a["given"])) for a in found["answered"])
        return cls(**values)


@dataclass(frozen=True, slots=True)
class CellResult:
    """A cell's row, and its project file where that lies nowhere else."""

    row: CellRow
    project: bytes | None = None


def packed_hits(hits: Sequence[bool]) -> str:
    """Right and wrong as a text of 1 and 0."""
    return "".join("1" if hit else "0" for hit in hits)
