"""The door turns away repeats, twins and leaks, and names what they are too near to."""

import numpy as np

from seedbed_engine.asking.formats import DiscardReason
from seedbed_engine.curating.door import Door
from seedbed_engine.keeping.trees import question_key
from seedbed_engine.similarity import Vectors


def at_angle(degrees: float) -> Vectors:
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], np.float32)


def make_door(threshold: float = 0.95) -> Door:
    tests = {question_key("Is the moon made of cheese?"): 7}
    return Door({question_key("Is water wet?"): 3}, tests, [3], at_angle(0)[None], threshold)


def test_a_new_question_comes_in() -> None:
    assert make_door().ask("Is iron heavy?", at_angle(60)) is None


def test_the_same_words_in_other_case_and_punctuation_are_a_repeat_and_name_the_kept_example() -> None:
    refusal = make_door().ask("  is WATER wet ", at_angle(60))
    assert refusal is not None
    assert refusal.reason is DiscardReason.REPEATED_QUESTION
    assert refusal.too_near_to == 3


def test_a_question_of_the_test_split_is_a_leak() -> None:
    refusal = make_door().ask("Is the Moon made of cheese", at_angle(60))
    assert refusal is not None
    assert refusal.reason is DiscardReason.LEAK


def test_a_question_whose_vector_is_too_near_is_a_twin() -> None:
    refusal = make_door().ask("Is water a wet thing?", at_angle(10))
    assert refusal is not None
    assert refusal.reason is DiscardReason.TWIN
    assert refusal.too_near_to == 3
    assert "0.985" in refusal.detail


def test_the_threshold_decides_what_a_twin_is() -> None:
    assert make_door(threshold=0.99).ask("Is water a wet thing?", at_angle(10)) is None


def test_the_second_of_two_twins_is_turned_away_however_many_came_in() -> None:
    door = Door({}, {}, [], np.empty((0, 200), np.float32), 0.95)
    for number, vector in enumerate(np.eye(200, dtype=np.float32)):
        question = f"Question number {number}?"
        assert door.ask(question, vector) is None
        door.number(door.let_in(question, vector), question, 100 + number)
    refusal = door.ask("Another wording?", np.eye(200, dtype=np.float32)[48])
    assert refusal is not None
    assert refusal.too_near_to == 148
