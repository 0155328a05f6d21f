"""The strategies choose exactly as the method says, whatever runs at once."""

import itertools
import random
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from seedbed_engine.creating.strategies import EMPTY_CALLS, Formatting, Plan, Standing, Tree, call_key, make_strategy
from seedbed_engine.examples import Example
from seedbed_engine.settings import STRATEGIES


def formatting(number: int | None, key: str, depth: int, angle: float = 0.0) -> Formatting:
    return Formatting(number, key, depth, Example(f"Question {number}, {angle}", ("True", "False"), "True"))


def vector_of(example: Formatting) -> "np.ndarray[Any, np.dtype[np.float32]]":
    """What its question says: an angle."""
    angle = float(example.example.question.split(", ")[1])
    return np.array([np.cos(angle), np.sin(angle)], np.float32)


ROOT = formatting(None, "root", 0)


class Wanted:
    """What a person wants: everything, but for what is closed and undecided."""

    def __init__(self) -> None:
        self.closed: set[int | None] = set()
        self.undecided: set[int | None] = set()
        self.asked: set[str] = set()
        self.angles: dict[int | None, float] = {}  # of those that were edited

    def standing(self, example: Formatting) -> Standing:
        if example.id in self.closed:
            return Standing.CLOSED
        return Standing.UNDECIDED if example.id in self.undecided else Standing.OPEN

    def as_now(self, examples: Sequence[Formatting]) -> list[Formatting]:
        edited = self.angles
        return [formatting(one.id, one.key, one.depth, edited[one.id]) if one.id in edited else one for one in examples]

    def vectors(self, examples: Sequence[Formatting]) -> "np.ndarray[Any, np.dtype[np.float32]]":
        return np.stack([vector_of(one) for one in examples])

    def was_asked(self, key: str) -> bool:
        return key in self.asked


class Grown:
    """Grows a tree with a strategy: each call gives `gives(plan)` children, at angles that the key fixes."""

    def __init__(
        self,
        name: str,
        seed_number: int,
        calls: int,
        ahead: int,
        gives: Callable[[Plan], int] = lambda plan: 3,
        roots: Sequence[Formatting] = (ROOT,),
        chains: int = 1,
    ):
        self.strategy = make_strategy(name, roots, seed_number, Wanted(), chains)
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
        expected = pick(grown.gave[last.key], key=lambda f, last=last: float(vector_of(f) @ vector_of(last.parent)))
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


@pytest.mark.parametrize("seed_number", range(5))
def test_the_calls_ahead_of_a_tree_come_to_their_turn_behind_no_more_calls_than_was_said(seed_number: int) -> None:
    said: dict[str, tuple[int, int, Plan]] = {}
    grown = Grown("tree", seed_number, 0, 1)
    strategy = grown.strategy
    assert isinstance(strategy, Tree)
    luck = random.Random(seed_number)
    waiting: list[Plan] = []
    decided, turns = 0, {}
    while decided < 80:
        while len(waiting) < 9 and (plan := next(strategy.ready(), None)) is not None:
            waiting.append(plan)
            turns[plan.key] = plan
        for ahead in strategy.ahead(3):
            said.setdefault(ahead.plan.key, (decided + ahead.undecided, len(turns) + ahead.unasked, ahead.plan))
        plan = waiting.pop(0)
        strategy.tell(plan, [grown.child(plan, position) for position in range(luck.choice([0, 1, 3, 3, 3]))])
        decided += 1
    seen = [key for key in said if key in turns]
    assert len(seen) > 10
    for key in seen:
        undecided, unasked, plan = said[key]
        assert turns[key].place <= min(undecided, unasked)
        assert turns[key].parent is plan.parent
        assert turns[key].rank(3) == plan.rank(3)


def test_what_is_drawn_evenly_for_a_tree_is_drawn_for_each_call_once_and_without_a_gap() -> None:
    ranks = [plan.rank(3) for plan in Grown("tree", 13, 1 + 3 + 9 + 27, 4).plans]
    assert sorted(ranks) == list(range(1 + 3 + 9 + 27))


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
    wanted = Wanted()
    wanted.closed = {2, 3}
    strategy = make_strategy("tree", [ROOT], 13, wanted)
    plan = next(strategy.ready())
    strategy.tell(plan, [formatting(number, f"k{number}", 1) for number in (1, 2, 3, 4)])
    parents = []
    while (plan_ := next(strategy.ready(), None)) is not None and len(parents) < 2:
        parents.append(plan_.parent.id)
    assert sorted(parents) == [1, 4]


ROOTS = [formatting(number, f"root-{number}", 2, angle=0.3 * number) for number in (4, 7, 9)]


@pytest.mark.parametrize("name", STRATEGIES)
@pytest.mark.parametrize(("roots", "chains"), [(ROOTS, 1), ([ROOT], 4), (ROOTS, 3)])
@pytest.mark.parametrize("ahead", [3, 64])
def test_several_roots_and_chains_make_the_same_calls_however_many_run_at_once(
    name: str, roots: Sequence[Formatting], chains: int, ahead: int
) -> None:
    def gives(plan: Plan) -> int:
        return int(plan.key[:4], 16) % 4

    one, many = (Grown(name, 13, 60, many, gives, roots, chains) for many in (1, ahead))
    assert [(p.key, p.place, p.parent.id) for p in one.plans] == [(p.key, p.place, p.parent.id) for p in many.plans]
    assert [plan.place for plan in one.plans] == list(range(60))
    assert len({plan.key for plan in one.plans}) == 60


@pytest.mark.parametrize("name", STRATEGIES)
def test_several_roots_begin_in_turn(name: str) -> None:
    assert Grown(name, 13, 9, 1, roots=ROOTS).parents()[:3] == [4, 7, 9]


@pytest.mark.parametrize("name", ["random", "similar", "contrastive"])
def test_each_of_several_chains_goes_on_from_what_its_own_last_call_gave(name: str) -> None:
    grown = Grown(name, 13, 40, 8, roots=ROOTS, chains=2)
    for last, following in zip(grown.plans, grown.plans[6:], strict=False):
        assert following.parent in grown.gave[last.key]


@pytest.mark.parametrize("name", ["random", "similar", "contrastive"])
def test_the_first_of_several_chains_is_the_one_chain_of_the_paper(name: str) -> None:
    alone, first = Grown(name, 13, 10, 1).plans, Grown(name, 13, 40, 4, chains=4).plans[::4]
    assert [plan.key for plan in alone] == [plan.key for plan in first]


def test_several_chains_wait_for_themselves_only() -> None:
    strategy = make_strategy("random", [ROOT], 13, Wanted(), 3)
    plans = [next(strategy.ready()) for _ in range(3)]
    assert next(strategy.ready(), None) is None
    strategy.tell(plans[0], [formatting(1, "k1", 1)])
    assert next(strategy.ready()).parent.id == 1
    assert next(strategy.ready(), None) is None


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_root_that_gives_nothing_keeps_no_other_from_growing(name: str) -> None:
    barren = ROOTS[1].key
    keys = {call_key(barren, number) for number in range(100)}
    grown = Grown(name, 13, 60, 8, gives=lambda plan: 0 if plan.key in keys else 2, roots=ROOTS)
    assert len(grown.plans) == 60
    assert {4, 9} <= set(grown.parents())


@pytest.mark.parametrize("name", STRATEGIES)
def test_several_roots_that_never_give_an_example_give_up(name: str) -> None:
    assert len(Grown(name, 13, 1000, 1, gives=lambda plan: 0, roots=ROOTS).plans) == EMPTY_CALLS * 3


@pytest.mark.parametrize("name", ["random", "similar", "contrastive"])
def test_a_chain_that_was_grown_before_keeps_its_choice_whatever_was_edited_or_rejected_beside_it(name: str) -> None:
    children = [formatting(number, f"k{number}", 1, angle=0.1 * number) for number in range(1, 5)]
    for child in children:
        wanted = Wanted()
        wanted.asked = {call_key(child.key, 0)}
        wanted.closed = {1} - {child.id}
        strategy = make_strategy(name, [ROOT], 13, wanted)
        strategy.tell(next(strategy.ready()), children)
        assert next(strategy.ready()).parent.id == child.id


@pytest.mark.parametrize(("name", "chosen"), [("similar", 3), ("contrastive", 1)])
def test_likeness_is_that_of_the_texts_as_edited(name: str, chosen: int) -> None:
    wanted = Wanted()
    wanted.angles = {1: 1.5, 3: 0.0}
    strategy = make_strategy(name, [ROOT], 13, wanted)
    children = [formatting(1, "k1", 1, 0.1), formatting(2, "k2", 1, 0.5), formatting(3, "k3", 1, 1.0)]
    strategy.tell(next(strategy.ready()), children)
    assert next(strategy.ready()).parent.id == chosen


@pytest.mark.parametrize("name", [name for name in STRATEGIES if name != "naive"])
def test_where_nothing_is_approved_a_strategy_waits_and_goes_on_once_something_is(name: str) -> None:
    wanted = Wanted()
    wanted.undecided = {1, 2, 3}
    strategy = make_strategy(name, [ROOT], 13, wanted)
    strategy.tell(next(strategy.ready()), [formatting(number, f"k{number}", 1) for number in (1, 2, 3)])
    assert next(strategy.ready(), None) is None
    assert strategy.is_undecided
    assert not strategy.is_over
    wanted.undecided.remove(2)
    assert next(strategy.ready()).parent.id == 2


def test_a_tree_comes_back_to_what_was_approved_after_its_turn_before_the_next_level() -> None:
    wanted = Wanted()
    wanted.undecided = {1, 2, 4}
    strategy = make_strategy("tree", [ROOT], 13, wanted)
    strategy.tell(next(strategy.ready()), [formatting(number, f"k{number}", 1) for number in (1, 2, 3)])
    plan = next(strategy.ready())
    assert plan.parent.id == 3
    assert next(strategy.ready(), None) is None
    wanted.undecided.remove(1)
    strategy.tell(plan, [formatting(4, "k4", 2), formatting(5, "k5", 2)])
    late = next(strategy.ready())
    assert late.parent.id == 1
    strategy.tell(late, [])
    assert next(strategy.ready()).parent.id == 5


@pytest.mark.parametrize("name", [name for name in STRATEGIES if name != "naive"])
def test_a_call_that_is_withdrawn_because_its_parent_was_rejected_leaves_the_others(name: str) -> None:
    wanted = Wanted()
    strategy = make_strategy(name, [ROOT], 13, wanted)
    strategy.tell(next(strategy.ready()), [formatting(number, f"k{number}", 1) for number in (1, 2)])
    plan = next(strategy.ready())
    wanted.closed = {plan.parent.id}
    strategy.withdraw(plan)
    other = next(strategy.ready())
    assert {plan.parent.id, other.parent.id} == {1, 2}


@pytest.mark.parametrize("roots", [[ROOT], ROOTS])
def test_no_two_calls_of_a_tree_have_the_same_number_for_what_is_drawn(roots: Sequence[Formatting]) -> None:
    ranks = [plan.rank(3) for plan in Grown("tree", 13, 60, 4, roots=roots).plans]
    assert len(set(ranks)) == 60
