"""Where a model is wrong: its answers as numbers say them; knows no project and no encoder."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from seedbed_engine.examples import Example
from seedbed_engine.learning.evaluation import Interval, confusion, wilson

Counts = tuple[tuple[int, ...], ...]
BINS = 10
LENGTHS = ("shortest third", "middle third", "longest third")


@dataclass(frozen=True, slots=True)
class Answered:
    """One test item with what a model answered: `shares` of its options, averaged over the training seeds."""

    id: int
    example: Example
    shares: tuple[float, ...]

    @property
    def place(self) -> int:
        """Which option was answered."""
        return int(np.argmax(self.shares))

    @property
    def answer(self) -> str:
        """The option that was answered."""
        return self.example.options[self.place]

    @property
    def sureness(self) -> float:
        """The probability of the option that was answered."""
        return max(self.shares)

    @property
    def is_right(self) -> bool:
        """Whether the answer was right."""
        return self.answer == self.example.answer


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Items answered with a sureness between `low` and `high`: how sure on average, and how often right."""

    low: float
    high: float
    items: int
    sureness: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """Sureness beside accuracy in bins of equal width (empty ones left out); `error` is the expected (ECE)."""

    bins: tuple[CalibrationBin, ...]
    error: float


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the test, told by one property of its items."""

    by: str
    name: str
    items: int
    accuracy: float
    interval: Interval


def calibrate(answered: Sequence[Answered]) -> Calibration:
    """Whether a model is as often right as it is sure, in ten bins."""
    sureness = np.array([each.sureness for each in answered])
    right = np.array([each.is_right for each in answered], float)
    numbers = np.minimum((sureness * BINS).astype(int), BINS - 1)
    bins = []
    for number in np.unique(numbers).tolist():
        inside = numbers == number
        means = float(sureness[inside].mean()), float(right[inside].mean())
        bins.append(CalibrationBin(number / BINS, (number + 1) / BINS, int(inside.sum()), *means))
    error = sum(each.items * abs(each.sureness - each.accuracy) for each in bins) / len(answered)
    return Calibration(tuple(bins), error)


def slices(answered: Sequence[Answered], labels: Sequence[str]) -> tuple[Slice, ...]:
    """Accuracy by length, by true answer (where options vary: by its place), and by number of options."""
    order = np.argsort([_length(each.example) for each in answered], kind="stable")
    thirds = {int(place): LENGTHS[rank * 3 // len(answered)] for rank, place in enumerate(order)}
    found = _slices("length", answered, lambda place: thirds[place], LENGTHS)
    if labels:
        found += _slices("answer", answered, lambda place: answered[place].example.answer, labels)
    else:
        places = [f"option {each.example.answer_index + 1}" for each in answered]
        found += _slices("answer's place", answered, lambda place: places[place], sorted(set(places)))
    counts = [f"{len(each.example.options)} options" for each in answered]
    if len(set(counts)) > 1:
        names = sorted(set(counts), key=lambda name: int(name.split()[0]))
        found += _slices("number of options", answered, lambda place: counts[place], names)
    return tuple(found)


def confused(answered: Sequence[Answered], labels: Sequence[str]) -> tuple[tuple[str, ...], Counts]:
    """Names, and counts with a row for each true answer: labels, or places where options vary."""
    if labels:
        truth, said = [each.example.answer for each in answered], [each.answer for each in answered]
        return tuple(labels), confusion(labels, truth, said)
    names = [f"option {n + 1}" for n in range(max(len(each.example.options) for each in answered))]
    truth = [names[each.example.answer_index] for each in answered]
    said = [names[each.example.answer_index if each.is_right else each.place] for each in answered]
    return tuple(names), confusion(names, truth, said)


def as_fields(answered: Answered) -> dict[str, Any]:
    """One item as plain values; its passage is left out."""
    return {
        "item": answered.id,
        "question": answered.example.question,
        "options": list(answered.example.options),
        "answer": answered.example.answer,
        "predicted": answered.answer,
        "sureness": round(answered.sureness, 4),
    }


def described(answered: Sequence[Answered], labels: Sequence[str]) -> dict[str, Any]:
    """Confusion, calibration and slices as plain values."""
    names, counts = confused(answered, labels)
    return {
        "items": len(answered),
        "accuracy": sum(each.is_right for each in answered) / len(answered),
        "labels": list(names),
        "confusion": [list(row) for row in counts],
        "calibration": asdict(calibrate(answered)),
        "slices": [asdict(each) for each in slices(answered, labels)],
    }


def _length(example: Example) -> int:
    return len(example.question) + len(example.context or "")


def _slices(by: str, answered: Sequence[Answered], name_of: Callable[[int], str], names: Sequence[str]) -> list[Slice]:
    hits: dict[str, list[bool]] = defaultdict(list)
    for place, each in enumerate(answered):
        hits[name_of(place)].append(each.is_right)
    found = [(name, len(hits[name]), float(np.mean(hits[name]))) for name in names if hits[name]]
    return [Slice(by, name, items, share, wilson(share, items)) for name, items, share in found]
