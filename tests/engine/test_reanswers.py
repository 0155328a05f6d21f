"""Asking for an answer with the label hidden: what is sent, and every way in which an answer may come back."""

import json

import pytest

from seedbed_engine.asking.formats import DiscardReason, infer_format
from seedbed_engine.asking.reanswers import answer_grammar, read_answer, turned, words_for_answer
from seedbed_engine.examples import Example

SEED = Example("Is copper a metal?", ("yes", "no"), "yes", "Copper is an element.")
ASKED = Example("Is glass a metal?", ("yes", "no"), "no", "Glass is made of sand.")
CHOICE = Example("What melts first?", ("ice", "iron", "gold"), "ice")


def test_the_label_is_hidden_and_all_else_is_shown() -> None:
    words = words_for_answer(infer_format(SEED), SEED, ASKED, ("no", "yes"))
    shown = json.loads(words.messages[-1].content)
    assert shown == {"question": ASKED.question, "context": ASKED.context, "options": ["no", "yes"]}
    assert json.loads(words.messages[-2].content) == {"answer": "yes"}  # the seed's own
    assert words.schema is not None
    assert words.schema["properties"]["answer"]["enum"] == ["no", "yes"]
    assert "question, context, options" in words.messages[0].content


def test_a_small_creator_may_write_an_option_and_nothing_else() -> None:
    words = words_for_answer(infer_format(CHOICE), CHOICE, CHOICE, ("gold", "ice", "iron"), one_at_a_time=True)
    assert words.grammar == 'root ::= "Answer: " ("gold" | "ice" | "iron")'
    assert words.messages[-1].content == "Question: What melts first?\nOptions: gold | ice | iron"
    assert words.schema is None


def test_a_grammar_holds_quotes_and_line_breaks_of_options() -> None:
    assert answer_grammar(('a "b"', "c\nd")) == 'root ::= "Answer: " ("a \\"b\\"" | "c d")'


def test_over_as_many_turns_as_options_each_stands_everywhere() -> None:
    seen = [turned(CHOICE.options, turn) for turn in range(4)]
    assert seen[0] == seen[3] == CHOICE.options
    assert {one[0] for one in seen} == set(CHOICE.options)


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ('{"answer": "iron"}', "iron"),
        ('```json\n{"answer": "Iron."}\n```', "iron"),
        ('I weigh them. {"Answer": "ice"} That is it.', "ice"),
        ("Answer: gold", "gold"),
        ("**Answer:** gold", "gold"),
        ("iron", "iron"),
        ("B", "iron"),
        ('{"answer": "B"}', "iron"),
        ('{"answer": 2}', "gold"),
        ("\ufeffiron\n", "iron"),
    ],
)
def test_an_answer_is_read_in_whatever_form_it_comes(text: str, means: str) -> None:
    assert read_answer(text, ("ice", "iron", "gold")) == means


@pytest.mark.parametrize(
    ("text", "finish", "reason"),
    [
        ("I'm sorry, I can't help with that.", "stop", DiscardReason.REFUSED),
        ("", "content_filter", DiscardReason.FILTERED),
        ('{"answer": "silver"}', "stop", DiscardReason.ANSWER_NOT_AMONG_OPTIONS),
        ('{"answer": "gol', "length", DiscardReason.CUT_SHORT),
        ("It could be ice or iron.", "stop", DiscardReason.ANSWER_NOT_AMONG_OPTIONS),
        ("<html>", "stop", DiscardReason.ANSWER_NOT_AMONG_OPTIONS),
        ('{"answer": {"answer": {}}}', "stop", DiscardReason.ANSWER_NOT_AMONG_OPTIONS),
    ],
)
def test_what_means_none_of_the_options_has_a_reason(text: str, finish: str, reason: DiscardReason) -> None:
    found = read_answer(text, ("ice", "iron", "gold"), finish)
    assert isinstance(found, tuple)
    assert found[0] is reason
