"""The strategies choose exactly as the method says, whatever runs at once."""

import itertools
from collections.abc import Callable

import numpy as np
import pytest

from seedbed_engine.creating.strategies import EMPTY_CALLS, Formatting, Plan, call_key, make_strategy
from seedbed_engine.examples import Example
from seedbed_engine.settings import STRATEGIES


def formatting(number: int | None, key: str, depth: int, angle: float = 0.0) -> Formatting:
    example = Example(f"Question {number}?", ("True", "False"), "True")
    return Formatting(number, key, depth, example, np.array([np.cos(angle), np.sin(angle)], np.float32))


ROOT = formatting(None, "root", 0)


def always(_: Formatting) -> bool:
    return True


class Grown:
    """Grows a tree with a strategy: each call gives `gives(plan)` children, at angles that the key fixes."""

    def __init__(
        self, name: str, seed_number: int, calls: int, ahead: int, gives: Callable[[Plan], int] = lambda plan: 3
    ):
        self.strategy = make_strategy(name, ROOT, seed_number, always)
        self.ids = itertools.count(1)
        self.plans: list[Plan] = []
        self.gave: dict[str, list[Formatting]] = {}
        waiting: list[Plan] = []
        while len(self.plans) < calls:
            while len(waiting) < ahead and (plan := next(self.strategy.ready(), None)) is not None:
                waiting.append(plan)
            if not waiting:
                break
            plan = waiting.pop(0)
            self.plans.append(plan)
            self.gave[plan.key] = [self.child(plan, position) for position in range(gives(plan))]
            self.strategy.tell(plan, self.gave[plan.key])

    def child(self, plan: Plan, position: int) -> Formatting:
        key = f"{plan.key}.{position}"
        return formatting(
            next(self.ids), key, plan.parent.depth + 1, angle=int(call_key(key, 0)[:6], 16) / 0xFFFFFF * 3
        )

    def parents(self) -> list[int | None]:
        return [plan.parent.id for plan in self.plans]


@pytest.mark.parametrize("name", STRATEGIES)
@pytest.mark.parametrize("ahead", [2, 7, 64])
def test_the_calls_are_the_same_however_many_run_at_once(name: str, ahead: int) -> None:
    one, many = Grown(name, 13, 40, 1), Grown(name, 13, 40, ahead)
    assert [(p.key, p.place, p.parent.id) for p in one.plans] == [(p.key, p.place, p.parent.id) for p in many.plans]


@pytest.mark.parametrize("name", STRATEGIES)
def test_the_first_formatting_example_is_the_seed(name: str) -> None:
    assert Grown(name, 13, 1, 1).parents() == [None]


def test_naive_always_shows_the_seed() -> None:
    assert set(Grown("naive", 13, 20, 5).parents()) == {None}


@pytest.mark.parametrize(("name", "pick"), [("similar", max), ("contrastive", min)])
def test_a_chain_by_likeness_goes_on_from_the_most_or_least_similar_of_the_last_call(
    name: str, pick: Callable[..., Formatting]
) -> None:
    grown = Grown(name, 13, 12, 1)
    for last, following in itertools.pairwise(grown.plans):
        expected = pick(grown.gave[last.key], key=lambda f, last=last: float(f.vector @ last.parent.vector))
        assert following.parent is expected


def test_random_goes_on_from_one_of_the_last_call_and_the_seed_number_decides_which() -> None:
    grown = Grown("random", 13, 30, 1)
    for last, following in itertools.pairwise(grown.plans):
        assert following.parent in grown.gave[last.key]
    places = [grown.gave[last.key].index(after.parent) for last, after in itertools.pairwise(grown.plans)]
    assert set(places) == {0, 1, 2}
    assert Grown("random", 14, 30, 1).parents() != grown.parents()


def test_tree_shows_every_example_of_a_level_once_before_any_of_the_next() -> None:
    grown = Grown("tree", 13, 1 + 3 + 9 + 27, 4)
    depths = [plan.parent.depth for plan in grown.plans]
    assert depths == [0] + [1] * 3 + [2] * 9 + [3] * 27
    assert len(set(grown.parents())) == len(grown.plans)


def test_tree_takes_a_level_in_an_order_of_the_seed_number() -> None:
    orders = {tuple(Grown("tree", number, 13, 1).parents()[4:]) for number in range(6)}
    assert len(orders) > 1


def test_tree_asks_a_level_again_when_it_gave_nothing() -> None:
    grown = Grown("tree", 13, 6, 1, gives=lambda plan: 0 if plan.place < 2 else 2)
    assert grown.parents()[:3] == [None, None, None]
    assert [plan.parent.depth for plan in grown.plans[3:5]] == [1, 1]


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_that_never_gets_an_example_gives_up(name: str) -> None:
    assert len(Grown(name, 13, 1000, 1, gives=lambda plan: 0).plans) == EMPTY_CALLS


@pytest.mark.parametrize("name", ["random", "similar", "contrastive"])
def test_a_chain_asks_the_same_formatting_example_again_when_a_call_gave_nothing(name: str) -> None:
    grown = Grown(name, 13, 6, 1, gives=lambda plan: 0 if plan.place == 2 else 3)
    assert grown.plans[2].parent is grown.plans[3].parent
    assert grown.plans[2].key != grown.plans[3].key


def test_rejected_examples_are_no_longer_parents() -> None:
    closed = {2, 3}
    strategy = make_strategy("tree", ROOT, 13, lambda f: f.id not in closed)
    plan = next(strategy.ready())
    strategy.tell(plan, [formatting(number, f"k{number}", 1) for number in (1, 2, 3, 4)])
    parents = []
    while (plan_ := next(strategy.ready(), None)) is not None and len(parents) < 2:
        parents.append(plan_.parent.id)
    assert sorted(parents) == [1, 4]
