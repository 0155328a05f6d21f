"""Intervals, exact tests and scores against known values."""

import math

import numpy as np
import pytest
from scipy import stats

from seedbed_engine.learning.evaluation import (
    accuracy_interval,
    class_scores,
    compare,
    confusion,
    detectable_difference,
    difference_interval,
    fewest_pairs,
    holm,
    is_collapsed,
    majority,
    mcnemar,
    smallest_difference,
    wilson,
)


def marks(text: str) -> np.ndarray:
    return np.array([letter == "1" for letter in text])


@pytest.mark.parametrize(
    ("hits", "items", "low", "high"),
    [(57, 115, 0.4059, 0.5857), (10, 10, 0.7225, 1.0), (0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634)],
)
def test_wilson_intervals_are_the_known_ones(hits: int, items: int, low: float, high: float) -> None:
    found = wilson(hits / items, items)
    assert (found.low, found.high) == (pytest.approx(low, abs=5e-4), pytest.approx(high, abs=5e-4))


def test_mcnemar_is_the_exact_binomial_test_on_the_discordant_pairs() -> None:
    first = marks("1" * 8 + "0" * 1 + "1" * 20)
    second = marks("0" * 8 + "1" * 1 + "1" * 20)
    p_value, only_first, only_second = mcnemar(first, second)
    by_hand = 2 * sum(math.comb(9, k) for k in (8, 9)) / 2**9
    assert (only_first, only_second) == (8, 1)
    assert p_value == pytest.approx(by_hand)


def test_models_that_answer_alike_are_not_distinguishable() -> None:
    same = marks("1101001")
    found = compare(same[None], same[None], same, same)
    assert (found.difference, found.p_value, found.is_distinguishable) == (0.0, 1.0, False)


def test_the_paired_interval_agrees_with_the_normal_one_where_there_are_many_items() -> None:
    first, second = np.zeros((1, 1000), bool), np.zeros((1, 1000), bool)
    first[0, :700] = True
    second[0, 100:750] = True
    difference, spread = 0.05, math.sqrt((0.15 - 0.05**2) / 1000)
    found = difference_interval(first, second)
    assert found.low == pytest.approx(difference - 1.96 * spread, abs=0.002)
    assert found.high == pytest.approx(difference + 1.96 * spread, abs=0.002)


def test_seeds_that_differ_widen_the_interval() -> None:
    steady = np.zeros((3, 500), bool)
    steady[:, :300] = True
    restless = np.zeros((3, 500), bool)
    for seed, hits in enumerate((200, 300, 400)):
        restless[seed, :hits] = True
    other = np.zeros((1, 500), bool)
    other[:, :250] = True
    narrow, wide = difference_interval(steady, other), difference_interval(restless, other)
    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)


@pytest.mark.parametrize(
    ("items", "points"), [(140, 8.57), (115, 9.57), (500, 4.4), (686, 3.64), (1241, 2.58), (2000, 2.1)]
)
def test_the_smallest_difference_that_can_be_shown_is_the_measured_one(items: int, points: float) -> None:
    assert 100 * smallest_difference(items, 0.2) == pytest.approx(points, abs=0.01)


def test_a_mean_over_seeds_has_an_interval_of_its_own_and_the_seeds_are_in_it() -> None:
    assert wilson(0.4762, 35).low < wilson(17 / 35, 35).low
    hits = np.zeros((3, 500), bool)
    for seed, right in enumerate((200, 300, 400)):
        hits[seed, :right] = True
    found, alone = accuracy_interval(hits), wilson(0.6, 500)
    assert found.low < alone.low < 0.6 < alone.high < found.high
    assert accuracy_interval(hits[:1]) == wilson(0.4, 500)
    assert accuracy_interval(np.ones((3, 50), bool)) == wilson(1.0, 50)


def test_few_items_can_show_little() -> None:
    assert [fewest_pairs(level) for level in (0.05, 0.025)] == [6, 7]
    assert smallest_difference(10, 0.0) == pytest.approx(0.6)
    assert smallest_difference(4, 1.0) == 1.0


def test_scores_of_each_label_are_right_with_one_never_answered() -> None:
    truth = ["a", "a", "b", "b", "c", "c"]
    predicted = ["a", "b", "b", "b", "a", "b"]
    scores = class_scores(("a", "b", "c"), truth, predicted)
    assert [(score.items, score.precision, score.recall) for score in scores] == [
        (2, 0.5, 0.5),
        (2, 0.5, 1.0),
        (2, 0, 0),
    ]
    assert scores[1].f1 == pytest.approx(2 / 3)
    assert scores[1].predicted == pytest.approx(4 / 6)
    assert confusion(("a", "b", "c"), truth, predicted) == ((1, 1, 0), (0, 2, 0), (1, 1, 0))


def test_majority_and_collapse() -> None:
    assert majority(["no", "yes", "no"]) == ("no", pytest.approx(2 / 3))
    assert majority(["b", "a"]) == ("a", 0.5)
    assert is_collapsed(["x"] * 96 + ["y"] * 4)
    assert not is_collapsed(["x"] * 95 + ["y"] * 5)


def test_a_difference_found_four_times_in_five_is_larger_than_the_smallest_that_can_be_shown() -> None:
    pairs, share = 100, 0.5 + detectable_difference(500, 0.2) * 500 / 100 / 2
    rng = np.random.default_rng(1)
    wins = rng.binomial(pairs, share, 4000)
    found = np.mean([stats.binomtest(int(won), pairs).pvalue < 0.05 for won in wins[:1500]])
    assert found == pytest.approx(0.8, abs=0.04)
    assert detectable_difference(500, 0.2) > smallest_difference(500, 0.2)


def test_holm_corrects_the_smallest_most() -> None:
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])
    assert holm([0.2]) == [0.2]
    assert holm([0.9, 0.8]) == [1.0, 1.0]
