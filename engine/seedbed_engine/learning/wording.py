"""How a verdict is said: the headline, the sentence, the remarks; numbers in, words out."""

from collections.abc import Sequence
from dataclasses import dataclass

from seedbed_engine.learning.evaluation import LEVEL, detectable_difference, fewest_pairs, majority, smallest_difference
from seedbed_engine.learning.items import Form
from seedbed_engine.learning.verdicts import Comparison, VerdictRow, percent, points, probability

SHIFTED = 0.1  # by which the most frequent label's share differs between training and test, and that is said
AVERAGED = (
    "Accuracies are means over the {seeds} trainings; p values, confusion, errors and calibration are of their "
    "averaged answers."
)
USUAL = 0.2  # share of test items on which two models differ, as far as is known before they are there


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be said: rows (created data first), comparisons (the foremost first), averaged answers of each row."""

    form: Form
    rows: Sequence[VerdictRow]
    comparisons: Sequence[Comparison]
    averaged: Sequence[Sequence[str]]
    truth: Sequence[str]
    smallest: float
    test_name: str
    is_human: bool


def power_said(items: int, compared: int = 1) -> str:
    """What a test of this size can show, said before anything is trained; so many comparisons share its level."""
    level = LEVEL / compared
    smallest, findable = smallest_difference(items, USUAL, level), detectable_difference(items, USUAL, level=level)
    if items < fewest_pairs(level):
        return f"{items} test items can show no difference between two models at all."
    if round(items * USUAL) < fewest_pairs(level):
        return (
            f"{items} test items: where two models answer a fifth of them differently, this test shows no difference."
        )
    return (
        f"{items} test items: where two models answer a fifth of them differently, this test can show differences of "
        f"{percent(smallest)} points or more, and finds a true one of {percent(findable)} points four times in five."
    )


def epochs_said(name: str, kept: Sequence[int], epochs: int, judged_on: int) -> str:
    """Which epoch of each seed early stopping kept."""
    held = "held-out examples of the same data" if "human" in name else "created examples held out by branch"
    several = f"epochs {', '.join(map(str, kept))} (one for each seed)" if len(kept) > 1 else f"epoch {kept[0]}"
    return f"Early stopping, {name}: kept {several} of at most {epochs}, the best on {judged_on} {held}."


def headline(comparisons: Sequence[Comparison], floor: Comparison) -> str:
    """How created data stands to the first comparison; and whether it is above the floor at all."""
    first = comparisons[0]
    is_above_floor = floor.is_distinguishable and floor.difference > 0
    if first.is_distinguishable:
        said = f"{'Better' if first.difference > 0 else 'Worse'} than {first.name}"
        return said if is_above_floor or first is floor else f"{said}, and not better than {floor.name}"
    said = f"Not distinguishable from {first.name}"
    return said if is_above_floor or first is floor else f"{said}, nor better than {floor.name}"


def sentence(found: Found, seeds: int) -> str:
    """The verdict in full: each comparison with its figures, collapse, what the test can show."""
    first, *others = found.comparisons
    items = len(found.truth)
    counted = f"{items} test items, {seeds} seed{'s' if seeds > 1 else ''}"
    said = [f"Created data scores {_beside(first, _against(found))} ({_evidence(first)}, {counted})."]
    said += [f"It is {_beside(each, each.name)} ({_probability(each)})." for each in others]
    said += [
        f"The model trained on {name} has collapsed: it nearly always gives one answer." for name in _fallen(found)
    ]
    if found.smallest < 1:
        said.append(f"With {items} items this test can show differences of {percent(found.smallest)} points or more.")
    else:
        said.append(f"With {items} items this test can show no difference at all.")
    if not found.is_human:
        said.append(
            f"This is not a human test: it was judged on {found.test_name}. It says only whether the model repeats the "
            "creator's labels on a branch that it has not seen."
        )
    return " ".join(said)


def remarks(found: Found, trained: Sequence[str]) -> list[str]:
    """What else must be known: collapsed models, labels whose shares differ between `trained` answers and the test."""
    seeds = found.rows[0].seeds
    said = [AVERAGED.format(seeds=seeds)] if seeds > 1 else []
    if not found.form.labels:
        return said
    for row, averaged in zip(found.rows, found.averaged, strict=False):
        if row.is_collapsed:
            label, share = majority(averaged)
            said.append(f"Trained on {_lower(row.name)}, {percent(share)} % of the answers are '{label}'.")
    label, after = majority(found.truth)
    before = sum(answer == label for answer in trained) / len(trained)
    if abs(before - after) > SHIFTED:
        said.append(
            f"'{label}' is the answer of {percent(before)} % of the created examples and {percent(after)} % of the "
            "test: the shares differ, which alone moves the accuracy."
        )
    return said


def _against(found: Found) -> str:
    created, second = found.rows[0], found.rows[1]
    if second.model != found.comparisons[0].against or second.examples is None:
        return found.comparisons[0].name
    if second.examples == created.examples:
        return "the same number of human examples"
    return f"{second.examples} human examples"


def _fallen(found: Found) -> list[str]:
    return [_lower(row.name) for row in found.rows if row.is_collapsed]


def _lower(name: str) -> str:
    return name[0].lower() + name[1:]


def _beside(found: Comparison, name: str) -> str:
    if abs(found.difference) < 0.0005:
        return f"the same as {name}"
    return f"{percent(abs(found.difference))} points {'above' if found.difference > 0 else 'below'} {name}"


def _evidence(found: Comparison) -> str:
    interval = f"{points(found.interval.low)} to {points(found.interval.high)}"
    return f"95 % interval {interval}, McNemar {_probability(found)}"


def _probability(found: Comparison) -> str:
    """The p value; beside it that after Holm's correction, where that is another."""
    said = probability(found.p_value)
    corrected = said if found.p_corrected is None else probability(found.p_corrected)
    return said if said == corrected else f"{said}, {corrected} after Holm's correction"
