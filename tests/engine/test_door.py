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


def test_a_glance_at_many_says_what_asking_one_after_the_other_says() -> None:
    chance = np.random.default_rng(7)
    kept = chance.normal(size=(40_000, 12)).astype(np.float32)
    kept /= np.linalg.norm(kept, axis=1, keepdims=True)
    new = kept[chance.integers(0, len(kept), 200)] + 0.1 * chance.normal(size=(200, 12)).astype(np.float32)
    new /= np.linalg.norm(new, axis=1, keepdims=True)
    single, many = (Door({}, {}, list(range(1, len(kept) + 1)), kept, 0.95) for _ in range(2))
    glances = many.glance(new)
    refused = 0
    for number, (vector, glance) in enumerate(zip(new, glances, strict=True)):
        alone, together = single.ask(f"{number}?", vector), many.ask(f"{number}?", vector, glance)
        assert alone == together
        if alone is None:
            single.let_in(f"{number}?", vector)
            many.let_in(f"{number}?", vector)
        refused += alone is not None
    assert 20 < refused < 200


def test_a_twin_of_one_that_has_no_number_yet_names_its_place() -> None:
    door = make_door()
    place = door.let_in("Is iron heavy?", at_angle(60))
    refusal = door.ask("Is iron a heavy thing?", at_angle(61))
    assert refusal is not None
    assert refusal.too_near_to == -1 - place
