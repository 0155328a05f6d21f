"""Asking for an example to be rewritten, reading what comes back, and telling which words changed."""

import json
from dataclasses import replace

import pytest

from seedbed_engine.asking.differences import mark_changes
from seedbed_engine.asking.formats import DiscardReason, infer_format
from seedbed_engine.asking.prompts import example_as_json
from seedbed_engine.asking.rewrites import read_rewrite, words_for_rewrite
from seedbed_engine.examples import Example

FIXED = Example("Is a mile longer than a yard?", ("yes", "no"), "yes")
CHOICE = Example("What is the longest?", ("an inch", "a mile", "a yard"), "a mile")
TASK, CHOICES = infer_format(FIXED), infer_format(CHOICE)


def reply(*examples: Example) -> str:
    return json.dumps({"examples": [json.loads(example_as_json(TASK, one)) for one in examples]})


def test_what_is_sent_holds_the_example_and_the_wish() -> None:
    words = words_for_rewrite(TASK, FIXED, "Use metric units.")
    assert words.messages[1].content == f"{example_as_json(TASK, FIXED)}\n\nThe wish: Use metric units."
    assert 'exactly the same: ["yes", "no"]' in words.messages[0].content
    assert "exactly 3 options" in words_for_rewrite(CHOICES, CHOICE, "x").messages[0].content
    assert words.schema is not None
    assert words.schema["properties"]["examples"]["maxItems"] == 1


def test_a_rewritten_example_is_read_and_one_whose_question_is_the_same_too() -> None:
    new = replace(FIXED, question="Is a kilometre longer than a metre?")
    assert read_rewrite(reply(new), TASK, FIXED).kept == ((0, new),)
    options = replace(CHOICE, options=("an inch", "a kilometre", "a yard"), answer="a kilometre")
    assert read_rewrite(example_as_json(CHOICES, options), CHOICES, CHOICE).kept == ((0, options),)


def test_options_that_are_the_same_ones_keep_their_places() -> None:
    turned = Example("Which is the longest?", ("a yard", "an inch", "a mile"), "a mile")
    ((_, found),) = read_rewrite(example_as_json(CHOICES, turned), CHOICES, CHOICE).kept
    assert found.options == CHOICE.options


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (reply(FIXED), DiscardReason.UNCHANGED),
        (reply(replace(FIXED, options=("yes", "maybe"))), DiscardReason.OTHER_OPTIONS),
        ("No wish of yours.", DiscardReason.NOT_JSON),
        ("I'm sorry, I cannot do that.", DiscardReason.REFUSED),
    ],
)
def test_what_cannot_be_taken_has_a_reason(text: str, reason: DiscardReason) -> None:
    found = read_rewrite(text, TASK, FIXED)
    assert found.kept == ()
    assert [discard.reason for discard in found.discards] == [reason]


def test_changed_words_are_marked_and_the_texts_stay_whole() -> None:
    before, after = "Is a mile longer than a yard?", "Is a kilometre longer than a metre?"
    old, new = mark_changes(before, after)
    assert [text for text, is_changed in old if is_changed] == ["mile", "yard"]
    assert [text for text, is_changed in new if is_changed] == ["kilometre", "metre"]
    assert "".join(text for text, _ in old) == before
    assert "".join(text for text, _ in new) == after
    assert mark_changes("same", "same") == ([("same", False)], [("same", False)])
    assert mark_changes("", "new words") == ([], [("new words", True)])


def test_words_changed_in_a_row_are_one_stretch() -> None:
    _, new = mark_changes("It is cold.", "It was very warm.")
    assert new == [("It ", False), ("was very warm", True), (".", False)]
