"""From the answers of several models on one test to a verdict in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.learning.evaluation import (
    LEVEL,
    Hits,
    accuracy_interval,
    class_scores,
    compare,
    confusion,
    detectable_difference,
    holm,
    is_collapsed,
    majority,
    smallest_difference,
)
from seedbed_engine.learning.items import Form, LearningItem
from seedbed_engine.learning.shortcuts import SHORTCUTS
from seedbed_engine.learning.verdicts import Comparison, Verdict, VerdictRow
from seedbed_engine.learning.wording import Found, headline, remarks, sentence

CREATED, HUMAN, ALL_HUMAN, UNTUNED, FROZEN, MAJORITY = "created", "human", "all human", "untuned", "frozen", "majority"
TRAINED = (CREATED, HUMAN, ALL_HUMAN)
SAID = {
    HUMAN: "human data",
    ALL_HUMAN: "all human data",
    UNTUNED: "the untuned encoder",
    FROZEN: "a linear head alone",
    **SHORTCUTS,
}
ORDER = (HUMAN, ALL_HUMAN, UNTUNED, MAJORITY, FROZEN, *SHORTCUTS)
NO_OPTION = ""  # the answer of what always says a label that an item does not offer
FLOORS = (UNTUNED, MAJORITY)  # the first of these that there is must be beaten


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
        """Where none of an item's options has any share, its answer is none of them."""
        return [
            item.example.options[int(np.argmax(row))] if np.max(row) > 0 else NO_OPTION
            for item, row in zip(self.items, rows, strict=True)
        ]

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
    comparisons = _corrected([_comparison(created, other) for other in _compared_with(all_answers[1:])])
    truth = [item.example.answer for item in created.items]
    discordant = (comparisons[0].only_created + comparisons[0].only_other) / len(truth)
    rows = tuple(_row(form, each) for each in all_answers)
    level = LEVEL / len(in_headline(comparisons))
    smallest = smallest_difference(len(truth), discordant, level)
    found = Found(form, rows, comparisons, [each.averaged for each in answers], truth, smallest, test_name, is_human)
    return Verdict(
        headline=headline(comparisons, in_headline(comparisons)[-1]),
        sentence=sentence(found, len(created.shares)),
        kind=form.kind.value,
        labels=form.labels,
        test_name=test_name,
        test_items=len(truth),
        is_human_test=is_human,
        seeds=len(created.shares),
        rows=rows,
        comparisons=comparisons,
        majority_answer=majority(truth)[0] if form.labels else constant.name,
        majority_share=float(constant.hits.mean()),
        train_majority_share=_train_majority(form, trained),
        smallest_difference=smallest,
        relative=_relative(created, answers),
        confusion=confusion(form.labels, truth, created.averaged) if form.labels else (),
        classes=class_scores(form.labels, truth, created.averaged) if form.labels else (),
        notes=(*notes, *remarks(found, [item.example.answer for item in trained])),
        detectable_difference=detectable_difference(len(truth), discordant, level=level),
    )


def _relative(created: Answers, answers: Sequence[Answers]) -> float | None:
    human = next((each for each in answers if each.model == HUMAN), None)
    return float(created.hits.mean() / human.hits.mean() - 1) if human and human.hits.any() else None


def in_headline(comparisons: Sequence[Comparison]) -> list[Comparison]:
    """The comparisons that the headline speaks of: the foremost, and the one with the floor."""
    floor = next(each for each in comparisons if each.against in FLOORS)
    return list(dict.fromkeys((comparisons[0], floor)))


def _compared_with(others: Sequence[Answers]) -> list[Answers]:
    """All others in the order in which they are told, but of the shortcuts the strongest only."""
    shortcuts = [each for each in others if each.model in SHORTCUTS]
    strongest = [max(shortcuts, key=lambda each: float(each.hits.mean()))] if shortcuts else []
    found = [*(each for each in others if each.model not in SHORTCUTS), *strongest]
    return sorted(found, key=lambda each: ORDER.index(each.model))


def _corrected(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Those of the headline are distinguishable only where they are so after Holm's correction."""
    family = in_headline(comparisons)
    corrected = dict(zip((each.against for each in family), holm([each.p_value for each in family]), strict=True))
    return tuple(
        replace(
            each,
            p_corrected=corrected[each.against],
            is_distinguishable=each.is_distinguishable and corrected[each.against] < LEVEL,
        )
        if each.against in corrected
        else each
        for each in comparisons
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
    is_trained = answers.model in TRAINED
    return VerdictRow(
        model=answers.model,
        name=answers.name[0].upper() + answers.name[1:],
        examples=answers.examples,
        accuracy=float(accuracies.mean()),
        interval=accuracy_interval(answers.hits),
        seeds=len(accuracies),
        sd=float(accuracies.std(ddof=1)) if is_trained and len(accuracies) > 1 else None,
        macro_f1=float(np.mean([[score.f1 for score in each] for each in scores])) if scores else None,
        is_collapsed=bool(form.labels) and is_trained and is_collapsed(answers.averaged),
    )
