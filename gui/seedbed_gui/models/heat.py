"""Train sets down, test sets across: what an evaluation or an experiment found, as cells of a map; knows no widget."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seedbed_gui.language import mark, tr, upper_first
from seedbed_gui.models.comparison import HUMAN, Comparison, Scored
from seedbed_gui.sayings import told

DATA = {"created": mark("created data"), "human": mark("human data"), "all human": mark("all human data")}
CONSTANT, HUMAN_DATA = mark("always the same answer"), mark("human data")


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One model on one test set: shares from 0 to 1; `over` is the difference to what it is set against.

    `span` is the interval of that difference; a cell is `is_distinguishable` where that was found, and only there has
    it a colour.
    """

    accuracy: float
    low: float
    high: float
    items: int
    over: float | None
    span: tuple[float, float] | None
    is_distinguishable: bool
    is_own: bool
    is_collapsed: bool


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A model with a cell for each column; None where the form is another."""

    name: str
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The whole map; `columns` are names with a remark each, `against` is what colours stand for.

    `pairs` says which of the paper's pairs are here and which are missing, where only these were asked.
    """

    columns: tuple[tuple[str, str], ...]
    rows: tuple[HeatRow, ...]
    against: str
    pairs: str = ""


def read_evaluation(result: str | None) -> Heat | None:
    """The map of an evaluation's result; None where there is nothing in it that this version can read."""
    try:
        found = json.loads(result or "")
        columns = tuple(
            (str(each["dataset"]), _looked(int(each["items"]), int(each["looks"]))) for each in found["columns"]
        )
        return Heat(columns, tuple(_row(each) for each in found["rows"]), tr(CONSTANT), str(found.get("pairs", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def heat_of(found: Comparison, pairs: str = "") -> Heat | None:
    """The map of an experiment: its strategies on all test sets; None where each was asked one test set only."""
    if not found.out_of_distribution:
        return None
    tests = list(dict.fromkeys(score.test for score in found.scores))
    items = {score.test: score.items for score in found.scores}
    by_place = {(score.trained_on, score.strategy, score.test): score for score in found.scores}
    rows = []
    for trained_on in tests:
        for strategy in found.strategies:
            scores = [by_place.get((trained_on, strategy, test)) for test in tests]
            human = [by_place.get((trained_on, HUMAN, test)) for test in tests]
            if any(scores):
                cells = tuple(_scored(one, other) for one, other in zip(scores, human, strict=True))
                rows.append(HeatRow(f"{trained_on} · {told(strategy)}", cells))
    columns = tuple((test, tr("{n:,} items", "{n:,} item", items[test])) for test in tests)
    return Heat(columns, tuple(rows), tr(HUMAN_DATA), pairs)


def _looked(items: int, looks: int) -> str:
    said = tr("{n:,} items", "{n:,} item", items)
    times = {1: tr("looked at once"), 2: tr("looked at twice")}.get(looks, tr("looked at {looks} times", looks=looks))
    return f"{said} · {times}" if looks else said


def _row(found: Mapping[str, Any]) -> HeatRow:
    name = str(found["name"])
    if found["run"] is not None:
        own = next((str(each["dataset"]) for each in found["cells"] if each is not None and each["is_own"]), "")
        said = tr(DATA[name]) if name in DATA else told(name)
        if own and "human" in name:
            said = tr("{data} of {own}", data=said, own=own)
        name = tr("{name} · run {run}", name=said, run=found["run"])
    return HeatRow(upper_first(told(name)), tuple(None if each is None else _cell(each) for each in found["cells"]))


def _cell(found: Mapping[str, Any]) -> HeatCell:
    return HeatCell(
        accuracy=float(found["accuracy"]),
        low=float(found["interval"]["low"]),
        high=float(found["interval"]["high"]),
        items=int(found["items"]),
        over=float(found["over_majority"]),
        span=(float(found["over_interval"]["low"]), float(found["over_interval"]["high"])),
        is_distinguishable=bool(found["is_distinguishable"]),
        is_own=bool(found["is_own"]),
        is_collapsed=bool(found["is_collapsed"]),
    )


def _scored(score: Scored | None, human: Scored | None) -> HeatCell | None:
    if score is None:
        return None
    span = score.over_human
    return HeatCell(
        accuracy=score.accuracy,
        low=score.low,
        high=score.high,
        items=score.items,
        over=score.accuracy - human.accuracy if human is not None and span is not None else None,
        span=span,
        is_distinguishable=span is not None and not span[0] <= 0 <= span[1],
        is_own=score.trained_on == score.test,
        is_collapsed=score.collapsed > 0,
    )
