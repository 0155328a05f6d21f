"""What an experiment's result says, read from its row for the window: strategies beside each other; knows no widget."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seedbed_gui.language import mark, tr
from seedbed_gui.sayings import told

HUMAN, UNTUNED = "human", mark("untuned encoder")


@dataclass(frozen=True, slots=True)
class Scored:
    """One strategy on one test split; shares from 0 to 1, `over_human` the interval of the difference to human data."""

    trained_on: str
    strategy: str
    test: str
    accuracy: float
    low: float
    high: float
    majority: float
    items: int
    growths: int
    collapsed: int
    over_human: tuple[float, float] | None
    relative: float | None
    over_untuned: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """What one strategy made for one data set, averaged over its growths."""

    dataset: str
    strategy: str
    growths: int
    examples: float
    kept_share: float | None
    tokens: float
    usd: float | None
    drift: float | None
    diversity: float | None
    why_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that came of an experiment by now."""

    strategies: tuple[str, ...]
    scores: tuple[Scored, ...]
    makings: tuple[Made, ...]

    @property
    def in_distribution(self) -> list[Scored]:
        """Trained and tested on the same data set."""
        return [score for score in self.scores if score.trained_on == score.test]

    @property
    def out_of_distribution(self) -> list[Scored]:
        """Trained on one data set, tested on another."""
        return [score for score in self.scores if score.trained_on != score.test]


def read_comparison(result: str | None) -> Comparison | None:
    """What an experiment's result says; None where there is nothing in it that this version can read."""
    try:
        found = json.loads(result or "")
        return Comparison(
            strategies=tuple(map(str, found["strategies"])),
            scores=tuple(_scored(each) for each in found["scores"]),
            makings=tuple(_made(each) for each in found["makings"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def in_words(found: Comparison) -> list[str]:
    """The sentences that come first, one a data set: who differs from human data, who beats a constant answer."""
    sets = dict.fromkeys(score.test for score in found.in_distribution)
    return [_said(name, [score for score in found.in_distribution if score.test == name]) for name in sets]


def columns_of(scores: Sequence[Scored]) -> list[tuple[str, str]]:
    """The columns of a table of scores: what was trained on, and what was asked."""
    return list(dict.fromkeys((score.trained_on, score.test) for score in scores))


def _said(name: str, scores: Sequence[Scored]) -> str:
    created = [score for score in scores if score.strategy not in (HUMAN, UNTUNED)]
    if not created:
        return tr("{name}: no strategy is finished yet.", name=name)
    parts = []
    if any(score.over_human for score in created):
        better = [score.strategy for score in created if score.over_human and score.over_human[0] > 0]
        worse = [score.strategy for score in created if score.over_human and score.over_human[1] < 0]
        same = [s.strategy for s in created if s.over_human and s.strategy not in (*better, *worse)]
        for names, say in (
            (better, _better),
            (same, _same),
            (worse, _worse),
        ):
            if names:
                parts.append(say(_listed(names), len(names)))
    above = [score.strategy for score in created if score.low > score.majority]
    constant = tr("always the same answer ({majority:.1f} %)", majority=100 * created[0].majority)
    parts.append(_above(above, constant))
    before = next((score for score in scores if score.strategy == UNTUNED), None)
    if before is not None:
        more = [score.strategy for score in created if score.over_untuned and score.over_untuned[0] > 0]
        parts.append(_above(more, tr("the untuned encoder ({share:.1f} %)", share=100 * before.accuracy)))
    return f"{name}: {'; '.join(parts)}."


def _above(names: Sequence[str], constant: str) -> str:
    if not names:
        return tr("none is above {constant}", constant=constant)
    return tr(
        "{names} are above {constant}",
        "{names} is above {constant}",
        len(names),
        names=_listed(names),
        constant=constant,
    )


def _better(names: str, many: int) -> str:
    return tr("{names} are better than human data", "{names} is better than human data", many, names=names)


def _same(names: str, many: int) -> str:
    return tr(
        "{names} are not distinguishable from human data",
        "{names} is not distinguishable from human data",
        many,
        names=names,
    )


def _worse(names: str, many: int) -> str:
    return tr("{names} are worse than human data", "{names} is worse than human data", many, names=names)


def _listed(names: Sequence[str]) -> str:
    return (
        told(names[0])
        if len(names) == 1
        else tr("{names} and {last}", names=", ".join(map(told, names[:-1])), last=told(names[-1]))
    )


def _scored(found: Mapping[str, Any]) -> Scored:
    over, more = found["over_human"], found.get("over_untuned")
    return Scored(
        trained_on=str(found["trained_on"]),
        strategy=str(found["strategy"]),
        test=str(found["test"]),
        accuracy=float(found["accuracy"]),
        low=float(found["interval"]["low"]),
        high=float(found["interval"]["high"]),
        majority=float(found["majority"]),
        items=int(found["items"]),
        growths=int(found["growths"]),
        collapsed=int(found["collapsed"]),
        over_human=(float(over["low"]), float(over["high"])) if over else None,
        over_untuned=(float(more["low"]), float(more["high"])) if more else None,
        relative=None if found["relative"] is None else float(found["relative"]),
    )


def _made(found: Mapping[str, Any]) -> Made:
    values = {name: found[name] for name in Made.__slots__}
    return Made(**values | {"why_not": tuple(map(str, found["why_not"]))})
