"""The tables of an experiment, in the form of the paper's: accuracy in and out of distribution, cost, what was made.

Figures of a data set and a strategy are over all seed numbers and all training seeds. An interval is a bootstrap over
the test's items and over the growths (over training seeds, where there was one growth): trainings on the same created
data are no further evidence about the strategy.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from seedbed_engine.experiments.cells import HUMAN, UNTUNED, Answered, CellRow
from seedbed_engine.learning.evaluation import COLLAPSED, Interval, Numbers, difference_interval

ALIKE = 0.1  # by which sizes may differ where created and human data are compared


@dataclass(frozen=True, slots=True)
class Score:
    """How one strategy did on one test split; `examples` is how many were trained on, in the mean.

    `relative` is (created - human) / human, `over_human` and `over_untuned` the intervals, in shares, of the
    differences to these rows; those to human data only where its row is of the same size, up to a tenth. `growths` and
    `trainings` are how many stand behind the figure, `collapsed` how many of the growths gave models that answer one
    thing nearly always.
    """

    trained_on: str
    strategy: str
    test: str
    accuracy: float
    interval: Interval
    items: int
    majority: float
    growths: int
    trainings: int
    sd: float | None
    collapsed: int
    over_human: Interval | None = None
    relative: float | None = None
    over_untuned: Interval | None = None
    examples: float = 0.0


@dataclass(frozen=True, slots=True)
class Making:
    """What one strategy made for one data set, averaged over its growths; `kept_share` is of what was asked for."""

    dataset: str
    strategy: str
    growths: int
    examples: float
    kept_share: float | None
    tokens: float
    usd: float | None
    drift: float | None
    diversity: float | None
    majority_share: float | None
    seconds: float
    why_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """All that came of an experiment: the strategies in their order, and the data sets that were grown for."""

    strategies: tuple[str, ...]
    datasets: tuple[str, ...]
    scores: tuple[Score, ...]
    makings: tuple[Making, ...]

    def as_fields(self) -> dict[str, Any]:
        """The tables as plain values."""
        return asdict(self)

    @property
    def in_distribution(self) -> list[Score]:
        """Trained and tested on the same data set."""
        return [score for score in self.scores if score.trained_on == score.test]

    @property
    def out_of_distribution(self) -> list[Score]:
        """Trained on one data set, tested on another of the same form."""
        return [score for score in self.scores if score.trained_on != score.test]

    @property
    def human_sizes(self) -> str:
        """How many human examples were trained on for each data set, in words; empty: none."""
        sizes = {score.trained_on: score.examples for score in self.scores if score.strategy == HUMAN}
        return ", ".join(f"{name} {size:.0f}" for name, size in sizes.items())


def tables_of(rows: Sequence[CellRow], strategies: Sequence[str], tests: Mapping[str, tuple[int, float]]) -> Tables:
    """The tables of these cells; `tests` tells the size of each test split and what always the same answer gets."""
    order = [name for name in (UNTUNED, HUMAN, *strategies) if any(row.key.strategy == name for row in rows)]
    names = list(dict.fromkeys(row.key.dataset for row in rows))
    by_cell = _by(rows)
    scores = [
        score
        for dataset in names
        for test in _tests_of(rows, dataset)
        for score in _scores(by_cell, dataset, test, order, *tests[test])
    ]
    made = [s for s in order if s in strategies]
    makings = [_making(by_cell[name, s]) for name in names for s in made if (name, s) in by_cell]
    return Tables(tuple(order), tuple(names), tuple(scores), tuple(makings))


def as_csv(tables: Tables) -> str:
    """All scores with what was made for them, one line each."""
    text = io.StringIO()
    made = {(making.dataset, making.strategy): making for making in tables.makings}
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(
        ["trained_on", "strategy", "tested_on", "accuracy", "low", "high", "items", "majority", "growths", "trainings"]
        + [
            "sd",
            "collapsed",
            "over_human_low",
            "over_human_high",
            "over_untuned_low",
            "over_untuned_high",
            "relative",
            "examples",
            "kept_share",
            "tokens",
            "usd",
        ]
        + ["drift", "diversity", "created_majority_share", "seconds"]
    )
    for each in tables.scores:
        over: list[float | None] = []
        for interval in (each.over_human, each.over_untuned):
            over += (interval.low, interval.high) if interval else (None, None)
        making = made.get((each.trained_on, each.strategy))
        spent = [
            getattr(making, name, None)
            for name in ("kept_share", "tokens", "usd", "drift", "diversity", "majority_share", "seconds")
        ]
        found: list[object] = [each.trained_on, each.strategy, each.test, each.accuracy, each.interval.low]
        found += [each.interval.high, each.items, each.majority, each.growths, each.trainings, each.sd, each.collapsed]
        writer.writerow(_rounded([*found, *over, each.relative, each.examples, *spent]))
    return text.getvalue()


def as_latex(tables: Tables) -> str:
    """Tables as the paper has them: strategies down, data sets across, the relative difference last; each accuracy with
    half of its interval, the majority share as a line of its own."""
    human = f"; human examples trained on: {_escaped(tables.human_sizes)}" if tables.human_sizes else ""
    parts = [
        _latex(tables, tables.in_distribution, f"In distribution{human}"),
        _latex(tables, tables.out_of_distribution, f"Out of distribution{human}"),
        _latex_costs(tables),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _by(rows: Iterable[CellRow]) -> dict[tuple[str, str], list[CellRow]]:
    found: dict[tuple[str, str], list[CellRow]] = defaultdict(list)
    for row in rows:
        found[row.key.dataset, row.key.strategy].append(row)
    return found


def _tests_of(rows: Sequence[CellRow], dataset: str) -> list[str]:
    """The test splits that a data set's models were asked, its own first."""
    found = dict.fromkeys(a.test for row in rows if row.key.dataset == dataset for a in row.answered)
    return sorted(found, key=lambda test: test != dataset)


def _scores(
    cells: Mapping[tuple[str, str], Sequence[CellRow]],
    dataset: str,
    test: str,
    order: Sequence[str],
    items: int,
    majority: float,
) -> list[Score]:
    answered = {s: [a for row in cells.get((dataset, s), ()) for a in row.answered if a.test == test] for s in order}
    units = {strategy: _units(found) for strategy, found in answered.items() if found}
    before = units.get(UNTUNED)
    sizes = {s: float(np.mean([row.examples for row in cells.get((dataset, s), ())])) for s in units}
    scores = []
    for strategy, right in units.items():
        accuracies = right.mean(axis=1)
        is_created = strategy not in (HUMAN, UNTUNED)
        is_alike = strategy == UNTUNED or _are_alike(sizes[strategy], sizes.get(HUMAN, 0.0))
        human = units.get(HUMAN) if is_alike else None
        scores.append(
            Score(
                trained_on=dataset,
                strategy=strategy,
                test=test,
                accuracy=float(accuracies.mean()),
                interval=difference_interval(right, np.zeros((1, right.shape[1]))),
                items=items,
                majority=majority,
                growths=len(answered[strategy]),
                trainings=sum(len(each.hits) for each in answered[strategy]),
                sd=float(accuracies.std(ddof=1)) if len(right) > 1 else None,
                collapsed=sum(_is_collapsed(each) for each in answered[strategy]),
                over_human=difference_interval(right, human) if human is not None and strategy != HUMAN else None,
                relative=_relative(right, human) if human is not None and is_created else None,
                over_untuned=difference_interval(right, before) if before is not None and strategy != UNTUNED else None,
                examples=sizes[strategy],
            )
        )
    return scores


def _are_alike(created: float, human: float) -> bool:
    """Whether as many were trained on, up to a tenth: a growth keeps what its last call gave beyond the target."""
    return abs(created - human) <= ALIKE * max(created, human)


def _units(answered: Sequence[Answered]) -> Numbers:
    """(growths, items): in which share of its trainings the answer was right; of one growth (trainings, items)."""
    hits = [np.array([[c == "1" for c in text] for text in each.hits], dtype=float) for each in answered]
    return hits[0] if len(hits) == 1 else np.stack([each.mean(axis=0) for each in hits])


def _relative(right: Numbers, human: Numbers) -> float | None:
    return float(right.mean() / human.mean() - 1) if human.any() else None


def _is_collapsed(answered: Answered) -> bool:
    return max(answered.given.values()) > COLLAPSED * sum(answered.given.values())


def _making(rows: Sequence[CellRow]) -> Making:
    asked = sum(row.asked for row in rows)
    return Making(
        dataset=rows[0].key.dataset,
        strategy=rows[0].key.strategy,
        growths=len(rows),
        examples=float(np.mean([row.examples for row in rows])),
        kept_share=sum(row.examples for row in rows) / asked if asked else None,
        tokens=float(np.mean([row.tokens for row in rows])),
        usd=_mean([row.usd for row in rows]),
        drift=_mean([row.drift for row in rows]),
        diversity=_mean([row.diversity for row in rows]),
        majority_share=_mean([row.majority_share for row in rows]),
        seconds=float(np.mean([row.growth_seconds + row.training_seconds for row in rows])),
        why_not=tuple(dict.fromkeys(row.why_not for row in rows if row.why_not)),
    )


def _mean(found: Sequence[float | None]) -> float | None:
    """The mean; None where one is not known: a mean of the others would say too little."""
    known = [each for each in found if each is not None]
    return float(np.mean(known)) if known and len(known) == len(found) else None


def _rounded(values: Iterable[object]) -> list[object]:
    return [round(value, 6) if isinstance(value, float) else "" if value is None else value for value in values]


def _latex(tables: Tables, scores: Sequence[Score], caption: str) -> str:
    columns = list(dict.fromkeys((score.trained_on, score.test) for score in scores))
    if not columns:
        return ""
    found = {(s.trained_on, s.test, s.strategy): s for s in scores}
    heads = [_escaped(a if a == b else f"{a} to {b}") for a, b in columns]
    lines = [" & ".join(["Trained on", *heads]) + r" \\ \midrule"]
    for strategy in tables.strategies:
        cells = [_latex_score(found.get((*column, strategy))) for column in columns]
        lines.append(" & ".join([_escaped(strategy), *cells]) + r" \\")
    shares = [next(s.majority for s in scores if (s.trained_on, s.test) == column) for column in columns]
    lines.append(r"\midrule " + " & ".join(["always the same answer", *(f"{100 * s:.1f}" for s in shares)]) + r" \\")
    if HUMAN in tables.strategies and "tree" in tables.strategies:
        relative = [_latex_relative(found.get((*column, "tree"))) for column in columns]
        lines.append(" & ".join([r"(tree $-$ human) / human", *relative]) + r" \\")
    return _latex_table(caption, len(columns), lines)


def _latex_costs(tables: Tables) -> str:
    made = {(making.dataset, making.strategy): making for making in tables.makings}
    if all(making.usd is None for making in tables.makings):
        return ""
    lines = [" & ".join(["US dollars", *map(_escaped, tables.datasets)]) + r" \\ \midrule"]
    for strategy in tables.strategies:
        if strategy not in (HUMAN, UNTUNED):
            spent = [made.get((dataset, strategy)) for dataset in tables.datasets]
            cells = ["" if each is None or each.usd is None else f"{each.usd:.2f}" for each in spent]
            lines.append(" & ".join([_escaped(strategy), *cells]) + r" \\")
    return _latex_table("Cost of one growth", len(tables.datasets), lines)


def _latex_table(caption: str, columns: int, lines: Sequence[str]) -> str:
    head = [r"\begin{table}", r"\centering", rf"\caption{{{caption}}}", rf"\begin{{tabular}}{{l{'r' * columns}}}"]
    return "\n".join([*head, r"\toprule", *lines, r"\bottomrule", r"\end{tabular}", r"\end{table}"])


def _latex_score(score: Score | None) -> str:
    if score is None:
        return ""
    half = 50 * (score.interval.high - score.interval.low)
    return f"{100 * score.accuracy:.1f} $\\pm$ {half:.1f}"


def _latex_relative(score: Score | None) -> str:
    """In percent; in words where the difference to human data cannot be told from none."""
    if score is None or score.relative is None or score.over_human is None:
        return ""
    return f"{100 * score.relative:+.1f}\\,\\%" + ("" if score.over_human.excludes_zero else " (n.d.)")


def _escaped(text: str) -> str:
    return "".join(
        {"_": r"\_", "%": r"\%", "&": r"\&", "#": r"\#", "$": r"\$"}.get(c, c) for c in text if c not in "\\{}^~"
    )
