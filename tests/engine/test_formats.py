"""The format of a task, inferred from one seed and held against examples."""

import json
import os
from pathlib import Path

import pytest

from seedbed_engine.asking.formats import DiscardReason, check_against, infer_format, is_looped
from seedbed_engine.examples import Example, Options

CLAIM = Example("Soup is wet.", ("True", "False"), "True")
PASSAGE = Example("is it wet", ("yes", "no", "maybe"), "maybe", "Soup is made with water.")
CHOICE = Example("Where are books?", ("library", "river", "oven"), "library")


@pytest.mark.parametrize(
    ("seed", "name", "fields"),
    [
        (CLAIM, "True or False", ("options", "answer", "question")),
        (PASSAGE, "yes, no or maybe with a passage", ("options", "answer", "question", "context")),
        (CHOICE, "multiple choice of 3", ("question", "options", "answer")),
    ],
)
def test_a_seed_shows_the_format_and_the_order_of_its_fields(seed: Example, name: str, fields: tuple[str, ...]) -> None:
    task = infer_format(seed)
    assert (task.name, task.fields) == (name, fields)
    assert check_against(task, seed) is None


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        (("A", "B", "C", "D"), Options.FIXED),
        (("1", "2", "3", "4", "5"), Options.FIXED),
        (("very positive", "positive", "neutral", "negative", "very negative"), Options.FIXED),
        (("entailment", "not_entailment"), Options.FIXED),
        (("SPORTS", "WORLD", "BUSINESS"), Options.FIXED),
        (("bank", "library", "department store", "mall", "new york"), Options.VARIABLE),
        (("Leslie", "Derrick"), Options.VARIABLE),
        (("Blow into tin can.", "Blow into trash bag."), Options.VARIABLE),
    ],
)
def test_labels_are_fixed_options_and_texts_variable_ones(options: tuple[str, ...], kind: Options) -> None:
    assert infer_format(Example("What?", options, options[0])).kind is kind


def test_the_person_can_switch_the_kind_of_options() -> None:
    task = infer_format(CHOICE, Options.FIXED)
    assert task.options == CHOICE.options
    assert infer_format(CLAIM, Options.VARIABLE).name == "multiple choice of 2"


@pytest.mark.parametrize(
    ("seed", "example", "reason"),
    [
        (CHOICE, Example("Q?", ("a", "b"), "a"), DiscardReason.WRONG_OPTION_COUNT),
        (CHOICE, Example("Q?", ("a", "b", " A "), "a"), DiscardReason.EQUAL_OPTIONS),
        (CHOICE, Example("Q?", ("a", "b", "c"), "d"), DiscardReason.ANSWER_NOT_AMONG_OPTIONS),
        (CHOICE, Example("  ", ("a", "b", "c"), "a"), DiscardReason.EMPTY_QUESTION),
        (CLAIM, Example("Q.", ("Yes", "No"), "Yes"), DiscardReason.OTHER_OPTIONS),
        (PASSAGE, Example("q", ("yes", "no", "maybe"), "no"), DiscardReason.MISSING_CONTEXT),
        (CLAIM, Example("so " * 9, ("True", "False"), "True"), DiscardReason.LOOPED),
        (CLAIM, Example("x" * 200_000, ("True", "False"), "True"), DiscardReason.TOO_LONG),
    ],
)
def test_what_breaks_the_format_has_a_named_reason(seed: Example, example: Example, reason: DiscardReason) -> None:
    assert check_against(infer_format(seed), example) is reason


def test_texts_that_people_wrote_do_not_count_as_looped() -> None:
    assert not is_looped("How much wood would a woodchuck chuck if a woodchuck could chuck wood?")
    assert is_looped("The world is big. The world is big. The world is big. The world is big.")
    folder = os.environ.get("SEEDBED_DATA")
    files = sorted(Path(folder).glob("*/dev.jsonl")) if folder else []
    questions = [
        json.loads(line)["question"] for file in files for line in file.read_text("utf-8").rstrip("\n").split("\n")
    ]
    assert sum(map(is_looped, questions)) <= 0.01 * len(questions)
