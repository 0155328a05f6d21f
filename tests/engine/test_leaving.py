"""Branches left out by real small retrainings; and intervals whose coverage is counted."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.examples import Example
from seedbed_engine.learning.evaluation import repeat_interval
from seedbed_engine.learning.items import LearningItem, infer_form
from seedbed_engine.learning.leaving import LeavingTask, effect_of, leave_out
from seedbed_engine.learning.training import Step
from seedbed_engine.settings import TrainingSettings

ANIMALS = ["cat", "dog", "horse", "cow", "sheep", "goat", "hen", "duck", "pig", "lion", "tiger", "bear"]
TOOLS = ["hammer", "saw", "drill", "wrench", "chisel", "file", "clamp", "axe", "pliers", "rake", "spade", "hoe"]
LABELS = ("Yes", "No")
SETTINGS = TrainingSettings(epochs=4, seeds=(1, 2), batch=8, learning_rate=2e-4)


def claims(form: str, is_turned: bool = False) -> list[Example]:
    yes, no = reversed(LABELS) if is_turned else LABELS
    found = [Example(form.format(name), LABELS, yes) for name in ANIMALS[:8]]
    return found + [Example(form.format(name), LABELS, no) for name in TOOLS[:8]]


def asked() -> list[Example]:
    found = [Example(f"The {name} is a living creature.", LABELS, "Yes") for name in ANIMALS]
    return found + [Example(f"The {name} is a living creature.", LABELS, "No") for name in TOOLS]


def task(folder: Path, branches: tuple[str, ...], **parts: list[Example]) -> LeavingTask:
    items = [LearningItem(None, example, branch) for branch, part in parts.items() for example in part]
    return LeavingTask(items, asked(), infer_form(asked()), SETTINGS, folder, branches)


def test_a_branch_of_turned_labels_harms_and_one_that_repeats_another_cannot_be_told(tmp_path: Path) -> None:
    good, same = claims("A {} is an animal."), claims("Every {} is an animal.")
    turned = claims("The {} is a living being.", is_turned=True) * 2
    told: list[str] = []
    steps: list[tuple[str, int]] = []

    def note(branch: str, seed: int, step: Step) -> None:
        steps.append((branch, seed))

    found = leave_out(
        task(tmp_path, ("turned", "same"), good=good, same=same, turned=turned), told.append, lambda: False, note
    )
    assert found is not None
    harmful, alike = found
    assert harmful.interval.high < 0
    assert harmful.words.startswith("turned (32 examples) harms: \N{MINUS SIGN}")
    assert not alike.interval.excludes_zero
    assert "cannot be told" in alike.words
    assert set(steps) == {(branch, seed) for branch in ("", "turned", "same") for seed in (1, 2)}
    steps.clear()
    again = leave_out(
        task(tmp_path, ("turned", "same"), good=good, same=same, turned=turned), told.append, lambda: False, note
    )
    assert again == found
    assert not steps


def test_it_stops_and_goes_on_and_a_branch_that_is_nearly_all_is_passed_over(tmp_path: Path) -> None:
    parts = {"all": claims("A {} is an animal."), "rest": claims("Every {} is an animal.")[:5]}
    told: list[str] = []
    looks = iter(range(9))
    assert leave_out(task(tmp_path, ("all",), **parts), told.append, lambda: next(looks, None) is None) is None
    assert told == []
    assert leave_out(task(tmp_path, ("all",), **parts), told.append, lambda: False) == []
    assert "Without all there is too little left to train on" in told[1]


def measured(chance: np.random.Generator, items: int, seeds: int) -> NDArray[np.bool_]:
    """Items of differing difficulty, models of differing luck: (2, seeds, items) of the same true accuracy."""
    easy = chance.normal(0.5, 1.5, items)
    luck = chance.normal(0, 0.3, (2, seeds, 1)) + chance.normal(0, 0.7, (2, seeds, items))
    return np.asarray(chance.random((2, seeds, items)) < 1 / (1 + np.exp(-(easy + luck))))


def test_a_repetition_with_other_seeds_and_items_falls_into_the_interval_95_times_in_100() -> None:
    chance = np.random.default_rng(3)
    inside = answered = 0
    for _ in range(100):
        first, again = measured(chance, 200, 3), measured(chance, 200, 3)
        interval = repeat_interval(first[0], first[1])
        inside += interval.low <= float(again[0].mean() - again[1].mean()) <= interval.high
        answered += interval.excludes_zero
    assert inside >= 93
    assert answered <= 5


def test_the_words_follow_the_interval() -> None:
    chance = np.random.default_rng(4)
    right, wrong = chance.random((3, 300)) < 0.8, chance.random((3, 300)) < 0.5
    assert " helps: +" in effect_of("branch 2", 40, right, wrong).words
    assert " harms: " in effect_of("branch 2", 40, wrong, right).words
    assert effect_of("branch 2", 40, right, right).as_fields()["is_told"] is False
