"""What a growth that goes on will come to."""

import dataclasses
import random

import pytest

from seedbed_engine.asking.projections import project
from seedbed_engine.keeping.spending import Course
from seedbed_engine.settings import GrowthSettings

SETTINGS = GrowthSettings(creator="hosted", model="m", target=250, n=5)
HALF_WAY = Course(calls=28, decided=25, wanted=125, replies=25, tokens=25_000, usd=0.5, kept=125, twins=0, before=0)


def test_nothing_is_said_before_the_first_reply() -> None:
    nothing = Course(8, 0, 0, 0, 0, None, 0, 0, 0)
    assert project(nothing, SETTINGS) == (None, None)


def test_what_is_still_wanted_costs_as_what_came() -> None:
    tokens, usd = project(HALF_WAY, SETTINGS)
    assert tokens == pytest.approx(50_000, rel=0.03)
    assert usd == pytest.approx(1.0, rel=0.03)


def test_replies_that_are_not_decided_yet_count_once() -> None:
    ahead = dataclasses.replace(HALF_WAY, replies=28, tokens=28_000)
    assert project(ahead, SETTINGS)[0] == pytest.approx(50_000, rel=0.03)


def test_limits_are_the_most_that_is_projected() -> None:
    few = dataclasses.replace(SETTINGS, max_calls=30, budget_usd=0.55, budget_tokens=27_000)
    assert project(HALF_WAY, few) == (27_000, 0.55)
    assert project(HALF_WAY, dataclasses.replace(SETTINGS, max_calls=30))[0] == 30_000


def test_a_free_growth_has_tokens_only_and_one_without_a_price_too() -> None:
    embedded = dataclasses.replace(SETTINGS, creator="embedded")
    asked = dataclasses.replace(HALF_WAY, replies=125, usd=None)
    tokens, usd = project(asked, embedded)
    assert tokens == pytest.approx(50_000, rel=0.03)
    assert usd is None


def test_twins_become_more_while_the_tree_grows() -> None:
    """A creator with so many things to say: what it says again is a twin."""
    chance, kept, said, calls = random.Random(3), 0, set(), 0
    course = None
    while kept < 250:
        calls += 1
        new = [chance.randrange(700) for _ in range(5)]
        said.update(new)
        kept = min(250, len(said))
        if calls == 20:
            course = Course(20, 20, 100, 20, 20_000, 0.2, kept, 100 - kept, 0)
    assert course is not None
    assert project(course, SETTINGS)[0] == pytest.approx(1000 * calls, rel=0.1)
