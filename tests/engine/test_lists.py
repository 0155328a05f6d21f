from collections.abc import Iterator
from pathlib import Path

import pytest

from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import history, lists, trees
from seedbed_engine.keeping.lists import Listing
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import NewExample

DRIFTS = (0.3, 0.1, None, 0.9, 0.2, 0.4)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Two trees: 1 and 2 below the first seed, 3 and 4 below 1, 5 below 2; 6 below the second seed."""
    with create_project(tmp_path / "lists.seedbed") as made:
        seeds = [add_seed(made, Example(f"Is {name}?", ("yes", "no"), "yes"), Options.FIXED) for name in "ab"]
        parents, depths = (None, None, 1, 1, 2, None), (1, 1, 2, 2, 2, 1)
        questions = ("zebra", "apple", "Mango", "banana", "cherry", "apple pie")
        new = [
            NewExample(
                seeds[number == 5], parents[number], None, None, number, f"k{number}", depths[number],
                Example(f"Is it {questions[number]}?", ("yes", "no"), "no"), drift=DRIFTS[number],
            )
            for number in range(6)
        ]  # fmt: skip
        made.do(lambda db: trees.insert_examples(db, new))
        yield made


@pytest.mark.parametrize(
    ("order", "ids"),
    [("branch", [1, 3, 4, 2, 5, 6]), ("depth", [1, 2, 3, 4, 5, 6]), ("drift", [4, 6, 1, 5, 2, 3])],
)
def test_the_queue_has_an_order(store: Store, order: str, ids: list[int]) -> None:
    assert lists.read_queue(store, order).tolist() == ids


def test_a_shuffled_queue_is_shuffled_the_same_way_each_time(store: Store) -> None:
    first = lists.read_queue(store, "random").tolist()
    assert sorted(first) == [1, 2, 3, 4, 5, 6]
    history.set_state(store, [first[0]], State.APPROVED)
    assert lists.read_queue(store, "random").tolist() == first[1:]


def test_only_new_examples_wait_in_the_queue_even_below_rejected_ones(store: Store) -> None:
    history.set_state(store, [1, 5], State.REJECTED)
    assert lists.read_queue(store, "branch").tolist() == [3, 4, 2, 6]


@pytest.mark.parametrize(
    ("column", "ids"),
    [
        ("question", [6, 2, 4, 5, 3, 1]),
        ("depth", [1, 2, 6, 3, 4, 5]),
        ("drift", [2, 5, 1, 6, 4, 3]),
        ("parent", [1, 2, 6, 3, 4, 5]),
    ],
)
def test_a_listing_is_sorted_by_a_column(store: Store, column: str, ids: list[int]) -> None:
    assert lists.read_listing(store, Listing(column=column)).tolist() == ids


@pytest.mark.parametrize("column", lists.COLUMNS)
def test_every_column_sorts_both_ways(store: Store, column: str) -> None:
    for descending in (False, True):
        found = lists.read_listing(store, Listing(column=column, descending=descending))
        assert sorted(found.tolist()) == [1, 2, 3, 4, 5, 6]


def test_a_listing_keeps_to_its_seed_states_and_words(store: Store) -> None:
    history.set_state(store, [2], State.APPROVED)
    assert lists.read_listing(store, Listing(words="app")).tolist() == [2, 6]
    assert lists.read_listing(store, Listing(words="app", states=(State.NEW,))).tolist() == [6]
    assert lists.read_listing(store, Listing(seed=1, words="app")).tolist() == [2]
    assert lists.read_listing(store, Listing(words="nothing like it")).tolist() == []
    assert lists.count_states(store)[State.APPROVED] == 1
    assert lists.count_states(store, 2) == {State.NEW: 1, State.APPROVED: 0, State.REJECTED: 0, State.PRUNED: 0}


def test_branches_of_several_examples_are_one_set(store: Store) -> None:
    assert lists.read_branches(store, [1, 3, 6]) == [1, 3, 4, 6]
    assert lists.keep_in_state(store, [1, 3], State.NEW) == [1, 3]


def test_a_hundred_thousand_examples_are_all_listed(tmp_path: Path) -> None:
    with create_project(tmp_path / "many.seedbed") as store:
        seed = add_seed(store, Example("Is it?", ("yes", "no"), "yes"), Options.FIXED)
        new = (
            NewExample(
                seed, (n - 1) // 5 or None, None, None, 0, f"k{n}", 1, Example(f"Is it {n % 997}?", ("a", "b"), "a")
            )
            for n in range(1, 100_001)
        )
        store.do(lambda db: trees.insert_examples(db, new))
        for read in (
            lambda: lists.read_queue(store, "branch"),
            lambda: lists.read_queue(store, "random"),
            lambda: lists.read_listing(store, Listing(column="question")),
            lambda: lists.read_listing(store, Listing(words="it")),
        ):
            assert len(read()) == 100_000
