import json
from pathlib import Path

import numpy as np
import pytest

from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import calls, history, runs, trees
from seedbed_engine.keeping.answers_kept import LearnedRow, write_learned
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.traits import Trait, read_trait
from seedbed_engine.settings import GrowthSettings


def grow(store: Store, strategy: str, model: str, usd: float | None, options: tuple[str, ...] = ("yes", "no")) -> int:
    """A seed with one call that gave three examples, of which the last has another answer."""
    kind = Options.FIXED if options == ("yes", "no") else Options.VARIABLE
    seed = add_seed(store, Example("Is ice cold?", options, options[0]), kind)
    run = runs.add_run(
        store, "grow", json.dumps({**json.loads(GrowthSettings().to_json()), "strategy": strategy}), seed
    )
    call = calls.add_call(store, run, seed, None, f"k{seed}", 0, 3)
    request = calls.add_request(store, call, calls.NewRequest(0, 0, 3, None, None, "hosted", model, "[]", "{}"))
    calls.keep_reply(
        store, request, "reply", model=model, finish_reason="stop", prompt_tokens=1, completion_tokens=1, usd=usd
    )
    made = [
        trees.NewExample(
            seed, None, call, request, place, f"k{seed}/{place}", 1,
            Example(f"Is thing {place} of {seed} cold?", options, options[0] if place < 2 else options[-1]),
            drift=None if place == 0 else 0.1 * place,
        )
        for place in range(3)
    ]  # fmt: skip
    store.do(lambda db: trees.insert_examples(db, made))
    runs.end_run(store, run, "finished", result="{}")
    return seed


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return create_project(tmp_path / "traits.seedbed")


def told(store: Store, seed: int, trait: Trait) -> dict[int, object]:
    column = read_trait(store, seed, trait)
    values = column.values.tolist()
    return dict(
        zip(column.ids.tolist(), [column.names[int(v)] for v in values] if column.names else values, strict=True)
    )


def test_names_are_told_of_the_examples_of_one_seed_only(store: Store) -> None:
    first, second = grow(store, "tree", "small", 0.03), grow(store, "naive", "large", None)
    assert told(store, first, Trait.STRATEGY) == {1: "tree", 2: "tree", 3: "tree"}
    assert told(store, second, Trait.STRATEGY) == {4: "naive", 5: "naive", 6: "naive"}
    assert told(store, second, Trait.CREATOR) == dict.fromkeys((4, 5, 6), "hosted · large")
    assert told(store, first, Trait.ANSWER) == {1: "yes", 2: "yes", 3: "no"}
    store.close()


def test_answers_of_variable_options_are_told_by_their_place(store: Store) -> None:
    seed = grow(store, "tree", "small", None, ("ice", "fire", "rain"))
    assert told(store, seed, Trait.ANSWER) == {1: "A", 2: "A", 3: "C"}
    store.close()


def test_a_price_is_shared_among_what_was_kept_and_no_price_is_not_known(store: Store) -> None:
    first, second = grow(store, "tree", "small", 0.03), grow(store, "tree", "small", None)
    assert told(store, first, Trait.COST) == pytest.approx({1: 0.01, 2: 0.01, 3: 0.01})
    assert told(store, second, Trait.COST) == {}
    store.close()


def test_the_reviewer_is_who_decided_last_and_an_undone_change_does_not_count(store: Store) -> None:
    seed = grow(store, "tree", "small", None)
    history.set_state(store, [1, 2], State.APPROVED, reviewer="Ada")
    history.set_state(store, [2], State.REJECTED, reviewer="Bo")
    assert told(store, seed, Trait.REVIEWER) == {1: "Ada", 2: "Bo"}
    history.undo(store)
    assert told(store, seed, Trait.REVIEWER) == {1: "Ada", 2: "Ada"}
    store.close()


def test_confidence_is_that_of_the_latest_training_of_this_seed(store: Store) -> None:
    seed, other = grow(store, "tree", "small", None), grow(store, "tree", "small", None)
    for value in (0.3, 0.8):
        run = runs.add_run(store, "train", "{}", seed)
        write_learned(store, run, [LearnedRow(1, value, 0.1, 0.5, 0.0)])
    assert told(store, seed, Trait.CONFIDENCE) == {1: 0.8}
    assert told(store, other, Trait.CONFIDENCE) == {}
    store.close()


def test_drift_and_age_are_numbers_and_what_is_missing_is_left_out(store: Store) -> None:
    seed = grow(store, "tree", "small", None)
    assert told(store, seed, Trait.DRIFT) == pytest.approx({2: 0.1, 3: 0.2})
    ages = read_trait(store, seed, Trait.AGE)
    assert ages.ids.tolist() == [1, 2, 3]
    assert np.all(ages.values > 1.7e9)
    store.close()


@pytest.mark.parametrize("trait", list(Trait))
def test_a_seed_without_examples_has_empty_columns(store: Store, trait: Trait) -> None:
    seed = add_seed(store, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED)
    column = read_trait(store, seed, trait)
    assert (len(column.ids), len(column.values)) == (0, 0)
    store.close()
