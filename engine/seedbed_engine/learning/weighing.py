"""From the answers of several models on one test to a verdict in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.learning.evaluation import (
    Hits,
    class_scores,
    compare,
    confusion,
    is_collapsed,
    majority,
    smallest_difference,
    wilson,
)
from seedbed_engine.learning.items import Form, LearningItem
from seedbed_engine.learning.verdicts import Comparison, Verdict, VerdictRow, percent, points, probability

SHIFTED = 0.1  # by which the most frequent label's share differs between training and test, and that is said
CREATED, HUMAN, UNTUNED, FROZEN, MAJORITY = "created", "human", "untuned", "frozen", "majority"
SAID = {HUMAN: "human data", UNTUNED: "the untuned encoder", FROZEN: "only a linear head on the encoder"}


@dataclass(frozen=True)
class Answers:
    """What one model answered: for each training seed, the probabilities of each test item's options."""

    model: str
    name: str
    examples: int | None
    items: Sequence[LearningItem]
    shares: Sequence[Sequence[Sequence[float]]]

    @cached_property
    def predicted(self) -> list[list[str]]:
        """The likeliest option of every item, for each seed."""
        return [self._likeliest(rows) for rows in self.shares]

    @cached_property
    def averaged(self) -> list[str]:
        """The likeliest option on probabilities averaged over the seeds."""
        return self._likeliest([np.mean(rows, axis=0) for rows in zip(*self.shares, strict=True)])

    @property
    def hits(self) -> Hits:
        """(seeds, items): whether the answer was right."""
        return np.array([self._right(predicted) for predicted in self.predicted])

    @property
    def averaged_hits(self) -> NDArray[np.bool_]:
        """(items,): whether the averaged answer was right."""
        return self._right(self.averaged)

    def _likeliest(self, rows: Sequence[Sequence[float] | NDArray[np.float64]]) -> list[str]:
        return [item.example.options[int(np.argmax(row))] for item, row in zip(self.items, rows, strict=True)]

    def _right(self, predicted: Sequence[str]) -> NDArray[np.bool_]:
        return np.array([each == item.example.answer for each, item in zip(predicted, self.items, strict=True)])


def weigh(
    form: Form,
    answers: Sequence[Answers],
    trained: Sequence[LearningItem],
    test_name: str,
    is_human: bool,
    notes: Sequence[str] = (),
) -> Verdict:
    """Reach the verdict on the first of the answers (created data) beside all others, and beside a constant answer."""
    created = answers[0]
    constant = _constant(form, created.items)
    all_answers = [*answers, constant]
    order = (HUMAN, UNTUNED, MAJORITY, FROZEN)
    others = sorted(all_answers[1:], key=lambda each: order.index(each.model))
    comparisons = tuple(_comparison(created, other) for other in others)
    truth = [item.example.answer for item in created.items]
    foremost = comparisons[0]
    discordant = (foremost.only_created + foremost.only_other) / len(truth)
    smallest = smallest_difference(len(truth), discordant)
    human = next((each for each in answers if each.model == HUMAN), None)
    return Verdict(
        headline=_headline(comparisons),
        sentence=_sentence(comparisons, created, human, smallest, is_human, test_name),
        kind=form.kind.value,
        labels=form.labels,
        test_name=test_name,
        test_items=len(truth),
        is_human_test=is_human,
        seeds=len(created.shares),
        rows=tuple(_row(form, each) for each in all_answers),
        comparisons=comparisons,
        majority_answer=constant.averaged[0] if form.labels else constant.name,
        majority_share=float(constant.hits.mean()),
        train_majority_share=_train_majority(form, trained),
        smallest_difference=smallest,
        relative=float(created.hits.mean() / human.hits.mean() - 1) if human and human.hits.any() else None,
        confusion=confusion(form.labels, truth, created.averaged) if form.labels else (),
        classes=class_scores(form.labels, truth, created.averaged) if form.labels else (),
        notes=(*notes, *_remarks(form, all_answers, trained, constant)),
    )


def _constant(form: Form, items: Sequence[LearningItem]) -> Answers:
    """Always the test's most frequent label; where options vary, always its most frequent place."""
    if form.labels:
        label, _ = majority([item.example.answer for item in items])
        name = f"always answering \N{LEFT DOUBLE QUOTATION MARK}{label}\N{RIGHT DOUBLE QUOTATION MARK}"
        rows = [[float(option == label) for option in item.example.options] for item in items]
    else:
        place = int(majority([f"{item.example.answer_index:02}" for item in items])[0])
        name = f"always taking option {place + 1}"
        rows = [np.eye(len(e.options))[min(place, len(e.options) - 1)].tolist() for e in (i.example for i in items)]
    return Answers(MAJORITY, name, None, items, [rows])


def _train_majority(form: Form, trained: Sequence[LearningItem]) -> float:
    answers = [item.example.answer if form.labels else str(item.example.answer_index) for item in trained]
    return majority(answers)[1]


def _comparison(created: Answers, other: Answers) -> Comparison:
    found = compare(created.hits, other.hits, created.averaged_hits, other.averaged_hits)
    return Comparison(
        against=other.model,
        name=SAID.get(other.model, other.name),
        difference=found.difference,
        interval=found.interval,
        p_value=found.p_value,
        only_created=found.only_first,
        only_other=found.only_second,
        is_distinguishable=found.is_distinguishable,
    )


def _row(form: Form, answers: Answers) -> VerdictRow:
    accuracies = answers.hits.mean(axis=1)
    truth = [item.example.answer for item in answers.items]
    scores = [class_scores(form.labels, truth, predicted) for predicted in answers.predicted] if form.labels else []
    is_trained = answers.model in (CREATED, HUMAN)
    return VerdictRow(
        model=answers.model,
        name=answers.name[0].upper() + answers.name[1:],
        examples=answers.examples,
        accuracy=float(accuracies.mean()),
        interval=wilson(float(accuracies.mean()), len(truth)),
        seeds=len(accuracies),
        sd=float(accuracies.std(ddof=1)) if is_trained and len(accuracies) > 1 else None,
        macro_f1=float(np.mean([[score.f1 for score in each] for each in scores])) if scores else None,
        is_collapsed=bool(form.labels) and is_trained and is_collapsed(answers.averaged),
    )


def _headline(comparisons: Sequence[Comparison]) -> str:
    """How created data stands to the first comparison; and whether it is above the floor at all."""
    first = comparisons[0]
    floor = next(each for each in comparisons if each.against in (UNTUNED, MAJORITY))
    if first.is_distinguishable:
        return f"{'Better' if first.difference > 0 else 'Worse'} than {first.name}"
    said = f"Not distinguishable from {first.name}"
    if first is not floor and not (floor.is_distinguishable and floor.difference > 0):
        return f"{said}, nor better than {floor.name}"
    return said


def _sentence(
    comparisons: Sequence[Comparison],
    created: Answers,
    human: Answers | None,
    smallest: float,
    is_human: bool,
    test_name: str,
) -> str:
    items, seeds = len(created.items), len(created.shares)
    first = comparisons[0]
    against = "the same number of human examples" if human and human.examples == created.examples else first.name
    if human and human.examples != created.examples:
        against = f"{human.examples} human examples"
    counted = f"{items} test items, {seeds} seed{'s' if seeds > 1 else ''}"
    said = [f"Created data scores {_beside(first, against)} ({_evidence(first)}, {counted})."]
    said += [f"It is {_beside(each, each.name)} ({probability(each.p_value)})." for each in comparisons[1:]]
    if smallest < 1:
        said.append(f"With {items} items this test can show differences of {percent(smallest)} points or more.")
    else:
        said.append(f"With {items} items this test can show no difference at all.")
    if not is_human:
        said.append(
            f"This is not a human test: it was judged on {test_name}. It says only whether the model repeats the "
            "creator's labels on a branch that it has not seen."
        )
    return " ".join(said)


def _beside(found: Comparison, name: str) -> str:
    if abs(found.difference) < 0.0005:
        return f"the same as {name}"
    return f"{percent(abs(found.difference))} points {'above' if found.difference > 0 else 'below'} {name}"


def _evidence(found: Comparison) -> str:
    interval = f"{points(found.interval.low)} to {points(found.interval.high)}"
    return f"95 % interval {interval}, McNemar {probability(found.p_value)}"


def _remarks(form: Form, answers: Sequence[Answers], trained: Sequence[LearningItem], constant: Answers) -> list[str]:
    remarks = []
    for each in answers[:-1]:
        label, share = majority(each.averaged)
        if form.labels and is_collapsed(each.averaged):
            remarks.append(f"Trained on {each.name.lower()}, {percent(share)} % of the answers are '{label}'.")
    if form.labels:
        label = constant.averaged[0]
        before = sum(item.example.answer == label for item in trained) / len(trained)
        after = float(constant.hits.mean())
        if abs(before - after) > SHIFTED:
            remarks.append(
                f"'{label}' is the answer of {percent(before)} % of the created examples and {percent(after)} % of the "
                "test: the shares differ, which alone moves the accuracy."
            )
    return remarks
