"""Where a model is wrong: its answers as numbers say them; knows no project and no encoder."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from seedbed_engine.examples import Example
from seedbed_engine.keeping.answers_kept import Answered
from seedbed_engine.learning.evaluation import LEVEL, Interval, confusion, holm, wilson

Counts = tuple[tuple[int, ...], ...]
BINS = 10
FEW = 10  # items in a bin, below which its accuracy says little
DRAWN, MOST_DRAWN = 2_000, 4_000_000  # draws of answers of a model that is as often right as it is sure; numbers in all
LENGTHS = ("shortest third", "middle third", "longest third")


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Items answered with a sureness between `low` and `high`: how sure on average, and how often right.

    `is_uncertain` where there are few items: the share of right answers among them says little.
    """

    low: float
    high: float
    items: int
    sureness: float
    accuracy: float
    interval: Interval
    is_uncertain: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """Sureness beside accuracy in bins of equal width (empty ones left out); `error` is the expected (ECE).

    `by_chance` is the error that a model as often right as it is sure stays below 19 times in 20, with as many items.
    """

    bins: tuple[CalibrationBin, ...]
    error: float
    by_chance: float


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the items, told by one property of theirs; `errors` are the numbers of those answered wrongly.

    The p value is of Fisher's exact test against all other items; `p_corrected` and `is_distinguishable` are after
    Holm's correction for all slices.
    """

    by: str
    name: str
    items: int
    accuracy: float
    interval: Interval
    errors: tuple[int, ...]
    p_value: float
    p_corrected: float = 1.0
    is_distinguishable: bool = False


def calibrate(answered: Sequence[Answered]) -> Calibration:
    """Whether a model is as often right as it is sure, in ten bins."""
    sureness = np.array([each.sureness for each in answered])
    right = np.array([each.is_right for each in answered], float)
    numbers = np.minimum((sureness * BINS).astype(int), BINS - 1)
    bins = []
    for number in np.unique(numbers).tolist():
        inside = numbers == number
        items, accuracy = int(inside.sum()), float(right[inside].mean())
        span = number / BINS, (number + 1) / BINS
        means = float(sureness[inside].mean()), accuracy
        bins.append(CalibrationBin(*span, items, *means, wilson(accuracy, items), items < FEW))
    draws = max(1, min(DRAWN, MOST_DRAWN // len(answered)))
    drawn = np.random.default_rng(13).random((draws, len(answered))) < sureness
    by_chance = float(np.quantile(_expected_error(numbers, sureness, drawn.astype(float)), 0.95))
    return Calibration(tuple(bins), float(_expected_error(numbers, sureness, right[None])[0]), by_chance)


def _expected_error(
    numbers: NDArray[np.int64], sureness: NDArray[np.float64], right: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The expected calibration error of each row of `right` (draws, items)."""
    gaps = [np.abs((sureness - right)[:, numbers == number].sum(axis=1)) for number in np.unique(numbers)]
    total: NDArray[np.float64] = np.sum(gaps, axis=0)
    return total / len(numbers)


def slices(answered: Sequence[Answered], labels: Sequence[str], topics: Sequence[str] = ()) -> tuple[Slice, ...]:
    """Accuracy by length, by true answer (where options vary: by its place), by number of options, and by topic.

    `topics` has the topic of each item, where these are known.
    """
    thirds = lengths(answered)
    found = _slices("length", answered, thirds, LENGTHS)
    if labels:
        found += _slices("answer", answered, [each.example.answer for each in answered], labels)
    else:
        places = [f"option {each.example.answer_index + 1}" for each in answered]
        found += _slices("answer's place", answered, places, sorted(set(places)))
    counts = [f"{len(each.example.options)} options" for each in answered]
    if len(set(counts)) > 1:
        names = sorted(set(counts), key=lambda name: int(name.split()[0]))
        found += _slices("number of options", answered, counts, names)
    if topics:
        found += _slices("topic", answered, topics, list(dict.fromkeys(topics)))
    corrected = holm([each.p_value for each in found])
    return tuple(
        replace(each, p_corrected=p, is_distinguishable=p < LEVEL) for each, p in zip(found, corrected, strict=True)
    )


def lengths(answered: Sequence[Answered]) -> list[str]:
    """Of each item which third it is in, by its length."""
    order = np.argsort([_length(each.example) for each in answered], kind="stable")
    thirds = {int(place): LENGTHS[rank * 3 // len(answered)] for rank, place in enumerate(order)}
    return [thirds[place] for place in range(len(answered))]


def slices_said(found: Sequence[Slice]) -> str:
    """Which slices differ from the rest, and that many were looked at."""
    looks = f"{len(found)} slices were looked at, each against all other items"
    if not any(each.is_distinguishable for each in found):
        return f"{looks}: after Holm's correction for that many looks, none is distinguishable from the rest."
    # a slice that is better than the rest is as certain a finding as one that is worse
    total = sum(each.items for each in found if each.by == found[0].by)
    mean = sum(each.items * each.accuracy for each in found if each.by == found[0].by) / total
    told = [
        f"{each.by}, {each.name} ({'better' if each.accuracy > mean else 'worse'})"
        for each in found
        if each.is_distinguishable
    ]
    return f"{looks}. After Holm's correction for that many looks these differ from the rest: {'; '.join(told)}."


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


def described(answered: Sequence[Answered], labels: Sequence[str], topics: Sequence[str] = ()) -> dict[str, Any]:
    """Confusion, calibration and slices as plain values."""
    names, counts = confused(answered, labels)
    parts = slices(answered, labels, topics)
    return {
        "items": len(answered),
        "accuracy": sum(each.is_right for each in answered) / len(answered),
        "labels": list(names),
        "confusion": [list(row) for row in counts],
        "calibration": asdict(calibrate(answered)),
        "slices": [asdict(each) for each in parts],
        "slices said": slices_said(parts),
    }


def _length(example: Example) -> int:
    return len(example.question) + len(example.context or "")


def _slices(by: str, answered: Sequence[Answered], of_items: Sequence[str], names: Sequence[str]) -> list[Slice]:
    members: dict[str, list[Answered]] = defaultdict(list)
    for name, each in zip(of_items, answered, strict=True):
        members[name].append(each)
    wrong = sum(not each.is_right for each in answered)
    return [_slice(by, name, members[name], len(answered), wrong) for name in names if members[name]]


def _slice(by: str, name: str, inside: Sequence[Answered], total: int, wrong: int) -> Slice:
    errors = tuple(each.id for each in inside if not each.is_right)
    items = len(inside)
    rest = [total - items - wrong + len(errors), wrong - len(errors)]
    p_value = float(stats.fisher_exact([[items - len(errors), len(errors)], rest]).pvalue) if items < total else 1.0
    share = 1 - len(errors) / items
    return Slice(by, name, items, share, wilson(share, items), errors, p_value)
