"""Checked after they came in: twins and leaks are listed, flagged by an act that undo takes back; edits are checked."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from seedbed_engine.__main__ import main
from seedbed_engine.curating.checking import check, flag
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import datasets, history, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings
from seedbed_engine.similarity import Vectors

SETTINGS = GrowthSettings()
TEXTS = {
    1: "Do whales sing below the ice?",
    2: "Are copper coins older than paper money?",
    3: "Below the ice, do whales sing?",
    4: "Can an owl turn its head backwards?",
}


def asked(question: str) -> Example:
    return Example(question, ("yes", "no"), "yes")


def embed(texts: Sequence[str]) -> Vectors:
    """Texts with the same words point the same way, others elsewhere."""
    found = np.zeros((len(texts), 64), np.float32)
    for row, text in enumerate(texts):
        found[row, sum(map(ord, "".join(sorted(text.lower().strip("?").replace(",", "").split())))) % 64] = 1
    return found


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = create_project(tmp_path / "one")
    seeds.add_seed(made, asked("Is tin a metal?"), Options.FIXED)
    new = [trees.NewExample(1, None, None, None, place, f"k{place}", 1, asked(text)) for place, text in TEXTS.items()]
    made.do(lambda db: trees.insert_examples(db, new))
    return made


def add_test_set(store: Store, *questions: str) -> int:
    number = datasets.add_dataset(store, "human")
    datasets.add_dataset_examples(store, number, "test", [asked(question) for question in questions])
    return number


def flags(store: Store) -> dict[int, str | None]:
    return {row.id: row.flag for row in trees.read_examples(store, list(TEXTS)) if row.flag}


def test_twins_and_leaks_are_listed_and_nothing_is_changed(store: Store) -> None:
    add_test_set(store, "Is gold a metal?", "Can owls turn their head backwards?", "Is tin a metal?")
    before = store.data_version()
    found = check(store, embed, SETTINGS)
    assert [(twin.example, twin.other, twin.what) for twin in found.twins] == [(3, 1, "#1")]
    assert [(leak.example, leak.what) for leak in found.leaks] == [
        (0, "row 3 of the test split of 'human'"),
        (4, "row 2 of the test split of 'human'"),
    ]
    assert (found.examples, found.human) == (4, 3)
    assert store.data_version() == before


def test_twins_are_looked_for_over_all_trees(store: Store) -> None:
    second = seeds.add_seed(store, asked("Is lead a metal?"), Options.FIXED)
    same = trees.NewExample(second, None, None, None, 1, "other", 1, asked("Are copper coins older than paper money?"))
    store.do(lambda db: trees.insert_examples(db, [same]))
    across = [(second, 5, 2, "#2")]
    found = check(store, embed, SETTINGS).twins
    assert [(twin.seed, twin.example, twin.other, twin.what) for twin in found if twin.seed == second] == across
    found = check(store, embed, SETTINGS, examples=[2]).twins
    assert [(twin.seed, twin.example, twin.other) for twin in found] == [(1, 2, 5)]


def test_what_a_person_took_out_is_no_twin(store: Store) -> None:
    history.set_state(store, [1], State.REJECTED)
    assert check(store, embed, SETTINGS).twins == []


def test_a_data_set_that_came_later_flags_what_is_too_near_and_undo_takes_that_back(store: Store) -> None:
    number = add_test_set(store, "Can owls turn their head backwards?")
    history.set_flags(store, {4: "the creator answered otherwise"})
    assert flag(store, check(store, embed, SETTINGS, dataset=number), "flag what is too near to human") == 1
    said = "the creator answered otherwise; too near to row 1 of the test split of 'human'"
    assert flags(store) == {4: said}
    assert history.next_steps(store)[0] == "flag what is too near to human"
    history.undo(store)
    assert flags(store) == {4: "the creator answered otherwise"}
    history.redo(store)
    assert flags(store) == {4: said}


def test_a_look_at_one_data_set_leaves_what_was_found_of_others(store: Store) -> None:
    first = add_test_set(store, "Can owls turn their head backwards?")
    second = datasets.add_dataset(store, "odd; name")
    datasets.add_dataset_examples(store, second, "test", [asked("Are copper coins older than paper money?")])
    flag(store, check(store, embed, SETTINGS), "flag what is too near")
    before = flags(store)
    assert before[2] == "too near to row 1 of the test split of 'odd, name'"
    assert {3, 4} <= set(before)
    for dataset in (first, second, second, None):
        assert flag(store, check(store, embed, SETTINGS, dataset=dataset)) == 0
        assert flags(store) == before


def test_an_edited_example_is_looked_at_again_and_its_flag_follows(store: Store) -> None:
    history.edit_example(store, 2, asked("Do whales sing, below the ice?!"))
    assert flag(store, check(store, embed, SETTINGS, examples=[2])) == 1
    assert flags(store) == {2: "too near to #1"}
    history.edit_example(store, 2, asked("Are coins older than banknotes?"))
    assert flag(store, check(store, embed, SETTINGS, examples=[2])) == 0
    assert flags(store) == {}
    history.undo(store)
    assert flags(store) == {2: "too near to #1"}
    history.undo(store)
    assert flags(store) == {}
    assert trees.read_example(store, 2).example.question == TEXTS[2]


def test_the_words_check_and_import_say_what_is_too_near(store: Store, tmp_path: Path) -> None:
    path = store.path
    store.close()
    rows = [{"question": text, "options": ["yes", "no"], "answer": "no"} for text in ("Is it?", f"{TEXTS[4]} ")]
    file = tmp_path / "human.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    runner = CliRunner()
    imported = runner.invoke(main, ["import", str(path), str(file), "--json"])
    assert json.loads(imported.stdout)["leaks"] == 1
    with open_project(path) as again:
        assert flags(again) == {4: "too near to row 2 of the test split of 'human'"}
    listed = json.loads(runner.invoke(main, ["check", str(path), "--json"]).stdout)
    assert [(leak["example"], leak["by"]) for leak in listed["leaks"]] == [(4, "the same words")]
    assert [(twin["example"], twin["other"]) for twin in listed["twins"]] == [(3, 1)]
    said = runner.invoke(main, ["check", str(path), "--dataset", "human"])
    assert "#4 is too near to row 2 of the test split of 'human' (the same words)" in said.stderr
    assert "Leaks: 1" in said.stderr
    wrong = runner.invoke(main, ["check", str(path), "--twin-threshold", "nan"])
    assert wrong.exit_code == 2
    assert "nan is no finite number" in wrong.stderr
    assert runner.invoke(main, ["check", str(path), "--dataset", "none"]).exit_code == 1
