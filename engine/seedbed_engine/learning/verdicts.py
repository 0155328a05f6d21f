"""A verdict: what a model trained on created data is worth, as a sentence, a table and a record that is kept."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any

from seedbed_engine.errors import InvalidFile
from seedbed_engine.learning.evaluation import ClassScore, Interval


@dataclass(frozen=True, slots=True)
class VerdictRow:
    """One line of the table: a model (or a constant answer) on the test; `sd` is over its training seeds."""

    model: str
    name: str
    examples: int | None
    accuracy: float
    interval: Interval
    seeds: int
    sd: float | None
    macro_f1: float | None
    is_collapsed: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """Created data against something else on the same test items; shares, not points.

    `p_corrected` is the p value after Holm, where the comparison is one of those that the headline speaks of.
    """

    against: str
    name: str
    difference: float
    interval: Interval
    p_value: float
    only_created: int
    only_other: int
    is_distinguishable: bool
    p_corrected: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found: the sentence first, then what it rests on.

    `comparisons` are with 'human', 'all human', 'untuned' or 'frozen', 'majority' and the strongest shortcut, as far as
    there are such; `relative` is (created - human) / human, of the same size; `confusion` has a row for each true
    label, of answers averaged over the seeds; `detectable_difference` is what the test finds four times in five.
    """

    headline: str
    sentence: str
    kind: str
    labels: tuple[str, ...]
    test_name: str
    test_items: int
    is_human_test: bool
    seeds: int
    rows: tuple[VerdictRow, ...]
    comparisons: tuple[Comparison, ...]
    majority_answer: str
    majority_share: float
    train_majority_share: float
    smallest_difference: float
    relative: float | None
    confusion: tuple[tuple[int, ...], ...]
    classes: tuple[ClassScore, ...]
    notes: tuple[str, ...]
    detectable_difference: float | None = None

    def to_json(self) -> str:
        """The verdict as JSON, for the run's row."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "Verdict":
        """A verdict read from JSON; InvalidFile where it is none that this version knows."""
        try:
            found = json.loads(text)
            known = [field.name for field in fields(cls) if field.name in found or field.default is MISSING]
            values = {name: _tuples(found[name]) for name in known}
            values["rows"] = tuple(VerdictRow(**_with_interval(row)) for row in found["rows"])
            values["comparisons"] = tuple(Comparison(**_with_interval(each)) for each in found["comparisons"])
            values["classes"] = tuple(ClassScore(**each) for each in found["classes"])
            return cls(**values)
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidFile("The verdict cannot be read.", "Train and judge again.") from error

    def comparison(self, against: str) -> Comparison | None:
        """The comparison with one of 'human', 'untuned', 'frozen', 'majority'; None where it was not made."""
        return next((each for each in self.comparisons if each.against == against), None)


def verdict_table(verdict: Verdict) -> list[list[str]]:
    """The table in words and percent, the head first, without columns that say nothing; remarks have no heading."""
    head = ["Trained on", "Examples", "Accuracy", "95 % interval", "Seeds", "SD", "Macro-F1", ""]
    rows = [_cells(row) for row in verdict.rows]
    told = [column for column in range(len(head)) if any(row[column] for row in rows)]
    return [[row[column] for column in told] for row in (head, *rows)]


def percent(share: float) -> str:
    """A share in percent with one digit after the point."""
    return f"{100 * share:.1f}"


def points(difference: float) -> str:
    """A difference of shares in percentage points with its sign."""
    return f"{100 * difference:+.1f}".replace("-", "\N{MINUS SIGN}")


def probability(value: float) -> str:
    """A p value as it is said."""
    return "p < 0.001" if value < 0.001 else f"p = {value:.{3 if value < 0.1 else 2}f}"


def _cells(row: VerdictRow) -> list[str]:
    return [
        row.name,
        "" if row.examples is None else str(row.examples),
        percent(row.accuracy),
        f"{percent(row.interval.low)} to {percent(row.interval.high)}",
        str(row.seeds) if row.sd is not None else "",
        "" if row.sd is None else percent(row.sd),
        "" if row.macro_f1 is None else percent(row.macro_f1),
        "one answer for nearly all" if row.is_collapsed else "",
    ]


def _with_interval(found: Mapping[str, Any]) -> dict[str, Any]:
    return {**found, "interval": Interval(**found["interval"])}


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value
