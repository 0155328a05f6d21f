"""What a training run's result says, read from its row for the window; knows no widget."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seedbed_gui.language import upper_first
from seedbed_gui.sayings import told


@dataclass(frozen=True, slots=True)
class Judged:
    """One row of the table: a model (or a constant answer) with its accuracy; shares from 0 to 1."""

    name: str
    examples: int | None
    accuracy: float
    low: float | None
    high: float | None
    seeds: int = 0
    deviation: float | None = None
    macro_f1: float | None = None
    is_collapsed: bool = False
    is_created: bool = False
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """Created data against something else on the same items."""

    name: str
    difference: float
    low: float
    high: float
    p_value: float
    is_distinguishable: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence first, then what it rests on."""

    headline: str
    sentence: str
    notes: tuple[str, ...]
    test_name: str
    test_items: int
    is_human_test: bool
    rows: tuple[Judged, ...]
    comparisons: tuple[Compared, ...]
    majority: float | None
    labels: tuple[str, ...]
    matrix: tuple[tuple[int, ...], ...]
    has_passages: bool = False


def read_verdict(result: str | None) -> Verdict | None:
    """The verdict in a run's result; None where there is none, or none that this version can read."""
    try:
        found = json.loads(result or "")
        return _verdict(found)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _verdict(found: Mapping[str, Any]) -> Verdict:
    return Verdict(
        headline=told(str(found["headline"])),
        sentence=told(str(found["sentence"])),
        notes=tuple(told(str(note)) for note in found["notes"]),
        test_name=told(str(found["test_name"])),
        test_items=int(found["test_items"]),
        is_human_test=bool(found["is_human_test"]),
        rows=tuple(_judged(row) for row in found["rows"]),
        comparisons=tuple(_compared(each) for each in found["comparisons"]),
        majority=float(found["majority_share"]),
        labels=tuple(map(str, found["labels"])),
        matrix=tuple(tuple(map(int, line)) for line in found["confusion"]),
        has_passages=str(found.get("kind")) == "labels, with a passage",
    )


def _judged(row: Mapping[str, Any]) -> Judged:
    interval = row["interval"] or {}
    return Judged(
        name=_row_name(str(row["name"])),
        examples=row["examples"],
        accuracy=float(row["accuracy"]),
        low=interval.get("low"),
        high=interval.get("high"),
        seeds=int(row["seeds"]),
        deviation=row["sd"],
        macro_f1=row["macro_f1"],
        is_collapsed=bool(row["is_collapsed"]),
        is_created=row["model"] == "created",
        is_quiet=row["model"] not in {"created", "human"},
    )


def _row_name(name: str) -> str:
    """The name of a row in the window's language; the engine knows it within a sentence, where it begins small."""
    return upper_first(told(name[:1].lower() + name[1:]))


def _compared(found: Mapping[str, Any]) -> Compared:
    interval = found["interval"]
    return Compared(
        name=told(str(found["name"])),
        difference=float(found["difference"]),
        low=float(interval["low"]),
        high=float(interval["high"]),
        p_value=float(found["p_value"]),
        is_distinguishable=bool(found["is_distinguishable"]),
    )
