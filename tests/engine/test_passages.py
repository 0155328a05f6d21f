"""The answer of an open-book example is checked with its passage: what is asked, what is written down, what follows."""

import asyncio
import math
from pathlib import Path

import pytest

from seedbed_engine.asking.formats import DiscardReason, infer_format
from seedbed_engine.asking.passages import (
    Check,
    Thresholds,
    can_be_checked,
    checked,
    share_of_yes,
    split_check,
    with_check,
    words_of_check,
)
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.asking.replies import read_reply
from seedbed_engine.creating.creators.box import setup_model
from seedbed_engine.creating.creators.embedded import EmbeddedCreator
from seedbed_engine.creating.creators.protocol import Reply, Request
from seedbed_engine.examples import Example

PASSAGE = "Hydrogen chloride is a colourless gas, which forms white fumes in moist air."
OPEN = Example("Is hydrogen chloride a gas?", ("yes", "no"), "yes", PASSAGE)
CLOSED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")
CHOICE = Example("Which colour has it?", ("none", "red"), "none", PASSAGE)
SLEEP = "Owls sleep by day and hunt by night."
REPLY = f"Answer: no\nPassage: {SLEEP}\nQuestion: Do owls hunt by day?"
STRICT = Thresholds(0.7, 0.1)


@pytest.mark.parametrize(("seed", "can"), [(OPEN, True), (CLOSED, False), (CHOICE, False)])
def test_yes_or_no_about_a_passage_can_be_checked(seed: Example, can: bool) -> None:
    assert can_be_checked(infer_format(seed)) is can


def test_what_is_asked_shows_passage_and_question_and_hides_the_answer() -> None:
    user = words_of_check(REPLY)[-1].content
    assert user == f"Passage: {SLEEP}\nQuestion: Do owls hunt by day?\nAnswer Yes or No only."
    claim = words_of_check(f"Answer: no\nPassage: {SLEEP}\nQuestion: Owls hunt by day.")[-1].content
    assert "Statement: Owls hunt by day.\nIs the statement right?" in claim
    assert words_of_check(f"Answer: no\nPassage: {SLEEP}") == ()


def test_the_share_counts_every_spelling_of_both_words() -> None:
    likely = [("Yes", math.log(0.3)), (" yes", math.log(0.1)), ("No", math.log(0.1)), ("The", math.log(0.5))]
    assert share_of_yes(likely) == pytest.approx(0.8)
    assert share_of_yes([("The", -0.1)]) is None


@pytest.mark.parametrize(
    ("yes", "answer"), [(0.05, "no"), (0.3, "no"), (0.31, None), (0.5, None), (0.89, None), (0.9, "yes"), (1.0, "yes")]
)
def test_an_answer_is_kept_turned_or_discarded_by_its_share(yes: float, answer: str | None) -> None:
    text = with_check(REPLY, yes, STRICT)
    read = read_reply(text, infer_format(OPEN), OPEN)
    assert [example.answer for _, example in read.kept] == ([answer] if answer else [])
    assert [d.reason for d in read.discards] == ([] if answer else [DiscardReason.NOT_IN_PASSAGE])
    assert all(example.question == "Do owls hunt by day?" for _, example in read.kept)
    assert all(d.raw_text == REPLY for d in read.discards)


def test_the_line_is_read_back_as_it_was_written_and_only_at_the_end() -> None:
    text = with_check(REPLY, 0.256, STRICT)
    assert split_check(text) == (REPLY, Check(0.26, STRICT))
    for other in (REPLY, f"{text}\nMore", text.replace("0.26", "0.26 or so"), text.replace("0.26", "٠.٢٦")):
        assert split_check(other) == (other, None)


def test_a_reply_that_claims_a_check_where_there_is_none_keeps_its_answer() -> None:
    text = with_check("Answer: yes\nQuestion: Do owls hunt by night?", 0.0, STRICT)
    assert [e.answer for _, e in read_reply(text, infer_format(CLOSED), CLOSED).kept] == ["yes"]


def test_a_label_that_is_true_counts_as_yes() -> None:
    claim = Example("Owls hunt by day.", ("True", "False"), "False", SLEEP)
    assert checked(claim, Check(0.05, STRICT)) == claim
    turned = checked(claim, Check(0.95, STRICT))
    assert isinstance(turned, Example)
    assert turned.answer == "True"


def test_the_model_in_the_box_says_what_it_finds_and_the_tokens_of_the_check_count() -> None:
    model: Path = setup_model(lambda text: None)
    words = words_for_call(infer_format(OPEN), OPEN, 1, one_at_a_time=True, wanted_answers=["no"], topics=["owls"])

    async def go() -> tuple[Reply, Reply]:
        creator = EmbeddedCreator(model, slots=1)
        try:
            plain = Request(words.messages, None, words.grammar, 1.0, 1.0, words.max_tokens, 5)
            with_one = Request(words.messages, None, words.grammar, 1.0, 1.0, words.max_tokens, 5, STRICT)
            return await creator.ask(plain), await creator.ask(with_one)
        finally:
            await creator.close()

    without, reply = asyncio.run(go())
    assert without.finish_reason == "stop"
    found, check = split_check(reply.text)
    assert split_check(without.text) == (without.text, None)
    assert found.startswith("Answer: no\nPassage: ")
    assert check is not None
    assert 0 <= check.yes <= 1
    assert check.thresholds == STRICT
    assert (reply.prompt_tokens or 0) > (without.prompt_tokens or 0) + 20


def test_a_question_without_a_mark_is_asked_for_with_one_and_read_without() -> None:
    seed = Example("is hydrogen chloride a gas", ("yes", "no"), "yes", PASSAGE)
    task = infer_format(seed)
    words = words_for_call(task, seed, 1, one_at_a_time=True, wanted_answers=["no"], topics=["owls"])
    assert words.messages[2].content.endswith("Question: is hydrogen chloride a gas?")
    assert words.grammar is not None
    assert words.grammar.rstrip().endswith('"?"')
    text = f"Answer: no\nPassage: {SLEEP}\nQuestion: do owls hunt by day?"
    assert [e.question for _, e in read_reply(text, task, seed).kept] == ["do owls hunt by day"]
    assert [e.question for _, e in read_reply(text, task, OPEN).kept] == ["do owls hunt by day?"]
    as_json = '{"question": "do owls hunt by day?", "context": "Owls.", "options": ["yes", "no"], "answer": "no"}'
    assert [e.question for _, e in read_reply(as_json, task, seed).kept] == ["do owls hunt by day?"]
