"""A growth begins where its settings say, and its calls keep their keys from version to version."""

from pathlib import Path

import pytest

from seedbed_engine.creating.roots import read_roots, run_key
from seedbed_engine.creating.strategies import Formatting
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import history, seeds, trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A seed, a child #1 of it, a child #2 of that, and another child #3 of the seed."""
    made = create_project(tmp_path / "one")
    seeds.add_seed(made, SEED, Options.FIXED)
    new = [
        trees.NewExample(1, parent, None, None, 0, f"k{place}", depth, Example(f"Q {place}?", ("yes", "no"), "no"))
        for place, (parent, depth) in enumerate([(None, 1), (1, 2), (None, 1)], start=1)
    ]
    made.do(lambda db: trees.insert_examples(db, new))
    return made


def roots(store: Store, settings: GrowthSettings) -> list[Formatting]:
    return read_roots(store, seeds.read_seed(store, 1), settings)


def test_the_keys_of_ordinary_growths_are_those_of_earlier_versions(store: Store) -> None:
    plain, from_two = GrowthSettings(), GrowthSettings(parents=(2,), instruction="about bats")
    assert [root.key for root in roots(store, plain)] == ['[13, "tree", "embedded", "", 5, "", null]']
    assert [root.key for root in roots(store, from_two)] == ['[13, "tree", "embedded", "", 5, "about bats", 2]/k2']
    assert run_key(roots(store, plain)) == roots(store, plain)[0].key
    store.close()


def test_settings_of_an_earlier_version_name_one_parent_or_none() -> None:
    assert GrowthSettings.from_json('{"parent": 7}') == GrowthSettings(parents=(7,))
    assert GrowthSettings.from_json('{"parent": null, "chains": 4}') == GrowthSettings(chains=4)
    several = GrowthSettings(parents=(7, 9))
    assert GrowthSettings.from_json(several.to_json()) == several


def test_a_root_has_the_same_calls_alone_and_with_others(store: Store) -> None:
    both = roots(store, GrowthSettings(parents=(3, 2, 3)))
    assert [root.id for root in both] == [3, 2]
    assert [root.depth for root in both] == [1, 2]
    assert both[1].key == roots(store, GrowthSettings(parents=(2,)))[0].key
    store.close()


def test_what_changes_the_words_of_a_request_makes_other_calls_and_what_does_not_makes_none(store: Store) -> None:
    plain = roots(store, GrowthSettings())[0].key
    assert roots(store, GrowthSettings(wanted_answer="no"))[0].key != plain
    assert roots(store, GrowthSettings(approved_parents=True, chains=3))[0].key == plain
    store.close()


def test_what_is_rejected_or_unknown_cannot_be_grown_from_unless_others_can(store: Store) -> None:
    history.set_state(store, [1], State.REJECTED)
    assert [root.id for root in roots(store, GrowthSettings(parents=(2, 3)))] == [2, 3]
    with pytest.raises(PersonError, match="Example 2 is rejected or pruned, or in a branch that is"):
        roots(store, GrowthSettings(parents=(2,)))
    with pytest.raises(PersonError, match="All of these"):
        roots(store, GrowthSettings(parents=(2, 1)))
    with pytest.raises(PersonError, match="There is no example 9"):
        roots(store, GrowthSettings(parents=(3, 9)))
    store.close()
