"""The door turns away repeats, twins and leaks, and names what they are too near to."""

import numpy as np

from seedbed_engine.asking.formats import DiscardReason
from seedbed_engine.curating.door import Door, Refusal
from seedbed_engine.curating.leakage import Leakage
from seedbed_engine.examples import Example
from seedbed_engine.keeping.rows import HumanRow
from seedbed_engine.similarity import Vectors


def at_angle(degrees: float) -> Vectors:
    return np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))], np.float32)


def asked(question: str) -> Example:
    return Example(question, ("yes", "no"), "yes")


def make_door(threshold: float = 0.95) -> Door:
    row = HumanRow(7, "moons", "test", 3, asked("Is the moon made of cheese?"))
    leakage = Leakage([row], at_angle(120)[None], 0.9)
    door = Door(2, threshold, lambda: leakage)
    door.remember(["Is water wet?"], at_angle(0)[None], [3])
    return door


def refusal_of(door: Door, question: str, degrees: float) -> Refusal:
    refusal = door.ask(asked(question), at_angle(degrees))
    assert refusal is not None
    return refusal


def test_a_new_question_comes_in() -> None:
    assert make_door().ask(asked("Is iron heavy?"), at_angle(60)) is None


def test_the_same_words_in_other_case_and_punctuation_are_a_repeat_and_name_the_kept_example() -> None:
    refusal = refusal_of(make_door(), "  is WATER wet ", 60)
    assert refusal.reason is DiscardReason.REPEATED_QUESTION
    assert refusal.too_near_to == 3


def test_a_question_of_the_test_split_is_a_leak_that_names_the_row_and_none_of_its_words() -> None:
    refusal = refusal_of(make_door(), "Is the Moon made of cheese", 60)
    assert refusal.reason is DiscardReason.LEAK
    assert refusal.dataset_example == 7
    assert refusal.detail == "row 3 of the test split of 'moons': the same words"


def test_a_question_that_means_a_test_example_is_a_leak_too() -> None:
    refusal = refusal_of(make_door(), "Does the moon consist of cheese?", 121)
    assert refusal.reason is DiscardReason.LEAK
    assert "cosine 1.000, limit 0.9" in refusal.detail


def test_a_question_whose_vector_is_too_near_is_a_twin() -> None:
    refusal = refusal_of(make_door(), "Is water a wet thing?", 10)
    assert refusal.reason is DiscardReason.TWIN
    assert refusal.too_near_to == 3
    assert "0.985" in refusal.detail


def test_the_threshold_decides_what_a_twin_is() -> None:
    assert make_door(threshold=0.99).ask(asked("Is water a wet thing?"), at_angle(10)) is None


def test_a_near_question_about_other_facts_is_no_twin() -> None:
    assert make_door().ask(asked("Is water not wet?"), at_angle(1)) is None
    assert make_door().ask(asked("Is water wet in 1990?"), at_angle(1)) is None


def test_the_second_of_two_twins_is_turned_away_however_many_came_in() -> None:
    door = Door(200, 0.95)
    for number, vector in enumerate(np.eye(200, dtype=np.float32)):
        question = f"Question {'x' * number}?"
        assert door.ask(asked(question), vector) is None
        door.number(door.let_in(question, vector), question, 100 + number)
    refusal = door.ask(asked("Another wording?"), np.eye(200, dtype=np.float32)[48])
    assert refusal is not None
    assert refusal.too_near_to == 148


def test_a_glance_at_many_says_what_asking_one_after_the_other_says() -> None:
    chance = np.random.default_rng(7)
    kept = chance.normal(size=(40_000, 12)).astype(np.float32)
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    new = kept[chance.integers(0, len(kept), 200)] + 0.1 * chance.normal(size=(200, 12)).astype(np.float32)
    new /= np.linalg.norm(new, axis=1, keepdims=True)
    single, many = Door(12, 0.95), Door(12, 0.95)
    for door in (single, many):
        door.remember(["x" * number for number in range(len(kept))], kept, range(1, len(kept) + 1))
    glances = many.glance(new)
    refused = 0
    for number, (vector, glance) in enumerate(zip(new, glances, strict=True)):
        question = "y" * number
        alone, together = single.ask(asked(question), vector), many.ask(asked(question), vector, glance)
        assert alone == together
        if alone is None:
            single.let_in(question, vector)
            many.let_in(question, vector)
        refused += alone is not None
    assert 20 < refused < 200


def test_a_twin_of_one_that_has_no_number_yet_names_its_place() -> None:
    door = make_door()
    place = door.let_in("Is iron heavy?", at_angle(60))
    assert refusal_of(door, "Is iron a heavy thing?", 61).too_near_to == -1 - place
