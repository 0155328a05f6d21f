"""Errors, calibration, slices, dynamics and values against figures that are known."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from seedbed_engine.asking.weaknesses import Missed, wish_for
from seedbed_engine.examples import Example
from seedbed_engine.keeping.answers_kept import Answered
from seedbed_engine.learning.clusters import cluster
from seedbed_engine.learning.dynamics import over_seeds
from seedbed_engine.learning.items import Form, Kind
from seedbed_engine.learning.mistakes import calibrate, confused, slices, slices_said
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


def test_bins_with_few_items_are_uncertain_and_chance_alone_has_an_error() -> None:
    found = calibrate([*answered(40, 0.75, 30), *answered(3, 0.95, 0)])
    assert [each.is_uncertain for each in found.bins] == [False, True]
    few = found.bins[1]
    assert few.interval.low == pytest.approx(0, abs=1e-9)
    assert few.interval.high > 0.5
    as_sure = calibrate(answered(40, 0.75, 30))
    assert as_sure.error == pytest.approx(0)
    assert 0.08 < as_sure.by_chance < 0.2
    assert calibrate(answered(40, 0.95, 20)).error > as_sure.by_chance


def test_slices_are_by_length_and_by_answer() -> None:
    found = {(part.by, part.name): part for part in slices(answered(9, 0.9, 6), LABELS)}
    assert [found["length", name].accuracy for name in ("shortest third", "middle third", "longest third")] == [1, 1, 0]
    assert found["answer", "yes"].items == 9
    assert ("answer", "no") not in found


def test_a_slice_is_told_apart_only_after_correction_for_all_that_were_looked_at() -> None:
    hard = [replace(each, id=each.id + 100) for each in answered(40, 0.9, 5)]
    both = [*answered(40, 0.9, 38), *hard]
    found = slices(both, LABELS, ["ice"] * 40 + ["heat"] * 40)
    topics = {part.name: part for part in found if part.by == "topic"}
    assert topics["heat"].is_distinguishable
    assert len(topics["heat"].errors) == 35
    assert min(topics["heat"].errors) >= 100
    said = slices_said(found)
    assert said.startswith("6 slices were looked at")
    assert "topic, heat (worse)" in said
    assert "topic, ice (better)" in said
    even = slices(answered(40, 0.9, 20), LABELS, ["a", "b"] * 20)
    assert not any(part.is_distinguishable for part in even if part.by == "topic")
    assert "none is distinguishable" in slices_said([part for part in even if part.by == "topic"])


def test_clusters_are_found_and_named_by_their_words() -> None:
    questions = [f"Penguins dive, {n}." for n in range(10)] + [f"Engines burn petrol, {n}." for n in range(10)]
    chance = np.random.default_rng(1)
    means = np.repeat(np.eye(2, 8, dtype=np.float32), 10, axis=0)
    vectors = unit_rows(means + chance.normal(scale=0.05, size=(20, 8)).astype(np.float32))
    found = cluster(questions, vectors, 8, 5)
    assert len(set(found.of_items[:10])) == len(set(found.of_items[10:])) == 1
    assert "penguins" in found.names[found.of_items[0]]
    assert "petrol" in found.names[found.of_items[-1]]
    assert cluster(questions[:9], vectors[:9], 8, 5).names == ("all",)
    assert cluster([], vectors[:0], 8, 5).names == ()


def test_a_wish_names_the_kind_of_the_errors_and_the_examples_near_to_many() -> None:
    missed = [Missed(n, "yes", "no", "longest third", ((7, 0.9), (n, 0.5))) for n in range(4)]
    found = wish_for(missed, most=2)
    assert found.parents == (7, 0)
    assert "right answer is “yes” although “no”" in found.instruction
    assert found.instruction.endswith("rather long.")
    mixed = [*missed[:2], *(replace(each, right="no", said="yes", length="") for each in missed[2:])]
    assert "“no” and “yes” are easily mistaken" in wish_for(mixed).instruction
    assert "tempting" in wish_for([replace(each, right="", said="") for each in missed]).instruction
    assert wish_for([]).parents == ()


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
