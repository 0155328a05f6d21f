"""What a training run's result says, read from its row for the window; knows no widget."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Judged:
    """One row of the table: a model (or the majority share) with its accuracy, shares from 0 to 1."""

    name: str
    examples: int | None
    accuracy: float
    low: float | None
    high: float | None
    seeds: int = 0
    deviation: float | None = None
    macro_f1: float | None = None
    is_created: bool = False
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence first, then what it rests on."""

    sentence: str
    words: tuple[str, ...]
    warnings: tuple[str, ...]
    test_name: str
    rows: tuple[Judged, ...]
    majority: float | None
    labels: tuple[str, ...] = ()
    matrix: tuple[tuple[int, ...], ...] = ()


def read_verdict(result: str | None) -> Verdict | None:
    """The verdict in a run's result; None where there is none."""
    return None
