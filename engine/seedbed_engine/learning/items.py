"""What is learned from and asked about: items, the form of their task, and whether there are enough of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from seedbed_engine.errors import ModelError, NotEnoughData
from seedbed_engine.examples import Example

FEWEST = 8  # examples from which a training is worth its name


class Kind(StrEnum):
    """The three recipes: options that differ, a single text to label, a question with a passage to label."""

    CHOICE = "multiple choice"
    CLOSED = "labels, without a passage"
    OPEN = "labels, with a passage"


class Question(Protocol):
    """What a model is asked; an Example is one (its answer is not looked at)."""

    @property
    def question(self) -> str: ...
    @property
    def context(self) -> str | None: ...
    @property
    def options(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Query:
    """A question without a known answer; without options where the model has labels of its own."""

    question: str
    options: tuple[str, ...] = ()
    context: str | None = None


@dataclass(frozen=True, slots=True)
class LearningItem:
    """An example with its number in the project and the branch (or other group) that is never split."""

    id: int | None
    example: Example
    branch: str = ""
    is_approved: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a task: its kind, and the labels where all examples share them (else empty)."""

    kind: Kind
    labels: tuple[str, ...] = ()

    @property
    def is_choice(self) -> bool:
        """Whether every question has options of its own."""
        return self.kind is Kind.CHOICE


def infer_form(examples: Sequence[Example], labels: Sequence[str] = ()) -> Form:
    """Multiple choice where options vary from example to example, else labels; `labels` says that they are fixed."""
    if not examples:
        raise NotEnoughData("There are no examples.", "Create some, or import human data.")
    sets = {frozenset(example.options) for example in examples}
    if not labels and len(sets) > 1:
        return Form(Kind.CHOICE)
    shared = tuple(labels) or examples[0].options
    if any(not found <= set(shared) for found in sets):
        raise NotEnoughData(
            "Some examples have options that are not among the task's labels.", "Reject them, or switch the options."
        )
    has_context = sum(bool(example.context) for example in examples) * 2 > len(examples)
    return Form(Kind.OPEN if has_context else Kind.CLOSED, shared)


def check_enough(form: Form, examples: Sequence[Example]) -> None:
    """Raise NotEnoughData where there are too few examples, or only one label among them."""
    if len(examples) < FEWEST:
        raise NotEnoughData(
            f"There are {len(examples)} examples to train on.", f"At least {FEWEST} are needed: create or approve more."
        )
    found = Counter(example.answer for example in examples)
    if not form.is_choice and len(found) < 2:
        raise NotEnoughData(
            f"All examples have the answer '{next(iter(found))}'.", "Create or approve some with another answer."
        )


def check_labels(name: str, labels: Sequence[str], examples: Sequence[Example]) -> None:
    """Raise NotEnoughData where a human test set has options that are none of the task's fixed labels."""
    unknown = sorted({option for example in examples for option in example.options} - set(labels))
    if labels and unknown:
        raise NotEnoughData(
            f"The test set {name} has the label '{unknown[0]}', which is none of the task's ({', '.join(labels)}).",
            "Choose another test set, or import this one with the task's labels.",
        )


def target_of(form: Form, example: Example) -> int:
    """Which class the answer is: its place among the options, or among the task's labels."""
    return example.answer_index if form.is_choice else form.labels.index(example.answer)


def in_option_order(form: Form, asked: Question, shares: Sequence[float]) -> list[float]:
    """Probabilities of the labels in the order of the question's own options."""
    if form.is_choice or not asked.options or asked.options == form.labels:
        return list(shares)
    unknown = next((option for option in asked.options if option not in form.labels), None)
    if unknown is not None:
        raise ModelError(f"The model does not know the label '{unknown}'.", f"It knows {', '.join(form.labels)}.")
    return [shares[form.labels.index(option)] for option in asked.options]
