"""Errors, calibration, slices, dynamics and values against figures that are known."""

from itertools import permutations

import numpy as np
import pytest

from seedbed_engine.examples import Example
from seedbed_engine.learning.dynamics import over_seeds
from seedbed_engine.learning.items import Form, Kind
from seedbed_engine.learning.mistakes import Answered, calibrate, confused, slices
from seedbed_engine.learning.shapley import knn_shapley
from seedbed_engine.learning.shortcuts import LONGEST, NO_OPTIONS, NO_QUESTION, PRIOR, WORDS, take_shortcuts
from seedbed_engine.settings import TrainingSettings
from seedbed_engine.similarity import unit_rows

LABELS = ("yes", "no")


def answered(count: int, sureness: float, right: int) -> list[Answered]:
    made = []
    for number in range(count):
        yes = sureness if number < right else 1 - sureness
        made.append(Answered(number, Example("Q" * (number + 1), LABELS, "yes"), (yes, 1 - yes)))
    return made


def test_calibration_sets_sureness_beside_accuracy() -> None:
    found = calibrate([*answered(10, 0.85, 6), *answered(10, 0.55, 6)])
    assert [(each.low, each.items) for each in found.bins] == [(0.5, 10), (0.8, 10)]
    assert [each.accuracy for each in found.bins] == pytest.approx([0.6, 0.6])
    assert found.error == pytest.approx(0.5 * 0.25 + 0.5 * 0.05)
    assert calibrate(answered(3, 1.0, 3)).bins[0].high == 1.0


def test_slices_are_by_length_and_by_answer() -> None:
    found = {(part.by, part.name): part for part in slices(answered(9, 0.9, 6), LABELS)}
    assert [found["length", name].accuracy for name in ("shortest third", "middle third", "longest third")] == [1, 1, 0]
    assert found["answer", "yes"].items == 9
    assert ("answer", "no") not in found


def test_where_options_vary_confusion_is_of_places_and_slices_of_numbers_of_options() -> None:
    items = [
        Answered(1, Example("A?", ("x", "y"), "y"), (0.2, 0.8)),
        Answered(2, Example("B?", ("p", "q", "r"), "p"), (0.1, 0.1, 0.8)),
    ]
    assert confused(items, ())[1] == ((0, 0, 1), (0, 1, 0), (0, 0, 0))
    names = [(part.by, part.name) for part in slices(items, ())]
    assert ("number of options", "3 options") in names
    assert ("answer's place", "option 2") in names


def test_dynamics_are_averaged_over_trainings() -> None:
    first, second = over_seeds(
        [[[0.2, 0.9], [0.1, 0.0], [0.5, 1.0], [1, 0]], [[0.4, 0.9], [0.1, 0.0], [0.5, 1.0], [0, 0]]]
    )
    assert first.confidence == pytest.approx(0.3)
    assert first.forgotten == 0.5
    assert second.correctness == 1.0


def test_knn_shapley_is_what_counting_all_orders_gives() -> None:
    chance = np.random.default_rng(3)
    known, asked = (unit_rows(chance.normal(size=(n, 4)).astype(np.float32)) for n in (5, 3))
    answers, truth = np.array([0, 1, 0, 1, 1]), np.array([0, 1, 1])

    def worth(members: tuple[int, ...]) -> float:
        total = 0.0
        for row, answer in zip(asked @ known.T, truth, strict=True):
            nearest = sorted(members, key=lambda at: -row[at])[:2]
            total += sum(answers[at] == answer for at in nearest) / 2
        return total / len(truth)

    counted = np.zeros(5)
    orders = list(permutations(range(5)))
    for order in orders:
        for place, member in enumerate(order):
            counted[member] += (worth(order[: place + 1]) - worth(order[:place])) / len(orders)
    np.testing.assert_allclose(knn_shapley(known, answers, asked, truth, 2), counted, atol=1e-9)


def test_shortcuts_find_what_gives_answers_away() -> None:
    made = [
        Example(f"Which {n}?", (f"thing {n}", f"surely a long answer {n}"), f"surely a long answer {n}")
        for n in range(9)
    ]
    asked = [Example("What?", ("surely this", "thing"), "surely this")]
    found = {each.model: each.shares for each in take_shortcuts(Form(Kind.CHOICE), TrainingSettings(), made, asked)}
    assert found[LONGEST] == [[1.0, 0.0]]
    assert found[PRIOR] == found[NO_OPTIONS] == [[0.0, 1.0]]
    assert found[NO_QUESTION][0][0] > 0.8
    claims = [
        Example(f"{word} {n}", LABELS, label) for n in range(9) for word, label in (("never", "no"), ("often", "yes"))
    ]
    form = Form(Kind.CLOSED, LABELS)
    asked = [Example("never again", ("no", "yes"), "no")]
    words = {each.model: each.shares for each in take_shortcuts(form, TrainingSettings(), claims, asked)}
    assert words[WORDS][0][0] > 0.8
