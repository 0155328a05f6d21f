"""What a person decided can be undone and redone, also after a restart, and never over what others did since."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from seedbed_engine.errors import Conflict, InvalidExample
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import history, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.store import Store

SEED = Example("Is copper a good conductor?", ("yes", "no"), "yes")
OTHER = Example("Is tin one?", ("yes", "no"), "no")


def grown(path: Path, count: int) -> Store:
    store = create_project(path)
    seeds.add_seed(store, SEED, Options.FIXED)
    new = [
        trees.NewExample(1, None, None, None, n, str(n), 1, Example(f"Question {n}?", ("yes", "no"), "no"), drift=0.5)
        for n in range(count)
    ]
    store.do(lambda db: trees.insert_examples(db, new))
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with grown(tmp_path / "one", 10) as made:
        yield made


def states(store: Store) -> str:
    """One letter an example: n, a, r, p."""
    return "".join("narp"[code & 15] for code in trees.read_states(store, 1)[1])


def by_another_tool(store: Store, sql: str) -> None:
    db = sqlite3.connect(store.path)
    db.execute(sql)
    db.commit()
    db.close()


def test_a_set_of_examples_changes_in_one_step_and_back(store: Store) -> None:
    assert history.set_state(store, [3, 1, 2, 3, 999], State.APPROVED) == 3
    assert history.set_state(store, range(1, 6), State.REJECTED) == 5
    assert history.set_state(store, [5], State.REJECTED) == 0  # it is so already: no step
    assert states(store) == "rrrrrnnnnn"
    undone = history.undo(store)
    assert undone is not None
    assert (undone.said, undone.examples, undone.undone) == ("reject 5 examples", (1, 2, 3, 4, 5), True)
    assert states(store) == "aaannnnnnn"
    history.undo(store)
    assert states(store) == "nnnnnnnnnn"
    assert history.undo(store) is None
    history.redo(store)
    redone = history.redo(store)
    assert redone is not None
    assert not redone.undone
    assert states(store) == "rrrrrnnnnn"
    assert history.redo(store) is None


def test_undo_and_redo_go_on_after_a_restart(store: Store) -> None:
    history.set_state(store, [1], State.APPROVED)
    history.set_state(store, [2], State.PRUNED, "prune a branch")
    history.edit_example(store, 3, OTHER)
    history.undo(store)
    store.close()
    with open_project(store.path) as again:
        assert history.next_steps(again) == ("prune a branch", "edit #3")
        history.redo(again)
        assert trees.read_example(again, 3).example == OTHER
        history.undo(again)
        history.undo(again)
        history.undo(again)
        assert states(again) == "nnnnnnnnnn"
        assert history.next_steps(again) == (None, "approve one example")


def test_an_edit_is_undone_with_all_that_hung_on_it(store: Store) -> None:
    before = trees.read_example(store, 4)
    history.edit_example(store, 4, OTHER)
    edited = trees.read_example(store, 4)
    assert (edited.example, edited.drift, edited.edited is None) == (OTHER, None, False)
    assert trees.known_questions(store, 1)[trees.question_key(OTHER.question)] == 4
    history.edit_example(store, 4, OTHER)  # nothing changed: no step
    history.undo(store)
    assert trees.read_example(store, 4) == before
    assert trees.question_key(OTHER.question) not in trees.known_questions(store, 1)
    history.redo(store)
    assert trees.read_example(store, 4) == edited


def test_an_edit_of_the_answer_leaves_the_drift_of_the_question(store: Store) -> None:
    history.edit_example(store, 4, Example("Question 3?", ("yes", "no"), "yes"))
    assert trees.read_example(store, 4).drift == 0.5


def test_an_edit_that_cannot_be_used_is_refused(store: Store) -> None:
    with pytest.raises(InvalidExample):
        history.edit_example(store, 4, Example("", ("yes", "no"), "no"))
    with pytest.raises(LookupError):
        history.edit_example(store, 99, OTHER)
    assert history.read_changes(store) == []


def test_what_was_undone_cannot_be_redone_after_something_new(store: Store) -> None:
    history.set_state(store, [1], State.APPROVED)
    history.set_state(store, [2], State.APPROVED)
    history.undo(store)
    history.set_state(store, [3], State.REJECTED)
    assert history.redo(store) is None
    assert states(store) == "anrnnnnnnn"
    assert [change.said for change in history.read_changes(store)] == ["reject one example", "approve one example"]


def test_an_undo_over_what_others_changed_is_a_conflict_that_names_it_and_does_not_block_the_rest(
    store: Store,
) -> None:
    history.set_state(store, [7], State.APPROVED)
    history.set_state(store, [1, 2, 3], State.REJECTED)
    by_another_tool(store, "UPDATE example SET state = 'approved' WHERE id = 2")
    with pytest.raises(Conflict, match=r"'reject 3 examples' is left as it is: #2 was changed since then"):
        history.undo(store)
    assert states(store) == "rarnnnannn"
    history.undo(store)  # the step before it
    assert states(store) == "rarnnnnnnn"
    assert history.undo(store) is None
    history.redo(store)
    assert states(store) == "rarnnnannn"
    assert history.redo(store) is None


def test_an_undone_edit_that_others_edited_since_is_a_conflict(store: Store) -> None:
    history.edit_example(store, 4, OTHER)
    by_another_tool(store, "UPDATE example SET answer = 'yes' WHERE id = 4")
    with pytest.raises(Conflict, match="#4 was edited since then"):
        history.undo(store)
    assert trees.read_example(store, 4).example.answer == "yes"


def test_examples_taken_out_by_others_are_a_conflict(store: Store) -> None:
    history.set_state(store, [1, 2, 3], State.REJECTED)
    by_another_tool(store, "DELETE FROM example WHERE id = 3")
    with pytest.raises(Conflict, match="#3 is not there any more"):
        history.undo(store)


def test_two_windows_share_one_stack(store: Store) -> None:
    with open_project(store.path) as window:
        history.set_state(store, [1], State.APPROVED)
        history.set_state(window, [1], State.REJECTED)
        history.undo(store)
        assert states(window) == "annnnnnnnn"
        history.undo(window)
        assert states(store) == "nnnnnnnnnn"


def test_each_change_says_who_made_it(store: Store) -> None:
    history.set_state(store, [1], State.APPROVED, reviewer="Ada Lovelace")
    history.edit_example(store, 1, OTHER, reviewer="Ada Lovelace")
    history.set_state(store, [2], State.APPROVED)
    assert [change.reviewer for change in history.read_changes(store)] == [
        *(history.user_name(), "Ada Lovelace", "Ada Lovelace"),
    ]
    assert history.user_name()
    assert [row[0] for row in store.rows("SELECT name FROM reviewer ORDER BY id")] == [
        *("Ada Lovelace", history.user_name()),
    ]


def test_a_huge_change_is_one_small_row(store: Store) -> None:
    ids = np.sort(np.random.default_rng(1).choice(1_000_000, 600_000, replace=False)) + 1
    packed = history._pack_ids(ids)
    assert len(packed) < 300_000
    assert np.array_equal(history._unpack_ids(packed), ids)
    assert len(history._pack_ids(np.arange(1, 600_001))) < 10_000
    assert history._unpack_ids(history._pack_ids(np.empty(0, np.int64))).tolist() == []


def test_a_branch_is_pruned_and_comes_back_as_it_was(tmp_path: Path) -> None:
    with grown(tmp_path / "two", 3000) as store:
        history.set_state(store, range(1, 3001, 7), State.APPROVED)
        before = states(store)
        history.set_state(store, range(100, 2900), State.PRUNED, "delete branch #100")
        assert states(store).count("p") == 2800
        size = store.rows("SELECT LENGTH(examples) + LENGTH(before) + LENGTH(after) FROM change ORDER BY id DESC")[0][0]
        assert size < 300
        history.undo(store)
        assert states(store) == before
