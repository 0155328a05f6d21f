"""The examples of a tree as rows, as arrays, by branch and by search."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from seedbed_engine.errors import BugError
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import history, seeds, trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.rows import columns_of, example_of
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import NewExample
from seedbed_engine.keeping.vectors_kept import read_vectors, write_vectors

SEED = Example("Is copper a good conductor?", ("yes", "no"), "yes")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_project(tmp_path / "one") as made:
        seeds.add_seed(made, SEED, Options.FIXED)
        seeds.add_seed(made, SEED, Options.VARIABLE, source="mine")
        yield made


def new(question: str, parent: int | None = None, *, seed: int = 1, **given: object) -> NewExample:
    example = Example(question, ("yes", "no"), "no", None)
    fields = {"position": 0, "key": question, "depth": 1, **given}
    return NewExample(seed, parent, None, None, example=example, **fields)  # type: ignore[arg-type]


def insert(store: Store, *examples: NewExample) -> list[int]:
    return store.do(lambda db: trees.insert_examples(db, examples))


def test_ids_come_back_in_order_and_go_on_where_they_were(store: Store) -> None:
    assert insert(store, *(new(f"a{n}") for n in range(5))) == [1, 2, 3, 4, 5]
    assert insert(store) == []
    assert insert(store, new("b", 3)) == [6]
    assert trees.read_example(store, 6).parent == 3


def test_a_parent_that_is_not_there_is_a_bug_and_nothing_is_kept(store: Store) -> None:
    with pytest.raises(BugError, match="FOREIGN KEY"):
        insert(store, new("a"), new("b", 77))
    assert trees.read_kept(store, 1) == []


def test_an_example_comes_back_as_it_went_in(store: Store) -> None:
    hard = Example("היכן נמצאת ירושלים? \u202eabc", ('a, "b"', "ü\n'c'", "🌱"), "🌱", "x\0y\ttab" + "z" * 99_000)
    (id_,) = store.do(
        lambda db: trees.insert_examples(
            db, [NewExample(1, None, None, None, 4, "k", 1, hard, "🌱", 0.25, "near a test example", "recorded")]
        )
    )
    row = trees.read_example(store, id_)
    assert row.example == hard
    assert (row.position, row.key, row.drift, row.flag, row.origin) == (4, "k", 0.25, "near a test example", "recorded")
    with pytest.raises(LookupError):
        trees.read_example(store, 99)


def test_half_a_character_is_kept_as_its_escape(store: Store) -> None:
    broken = Example("Is \ud83d a smile?", ("\ud83d", "no"), "\ud83d")
    (id_,) = store.do(lambda db: trees.insert_examples(db, [NewExample(1, None, None, None, 0, "k", 1, broken)]))
    row = trees.read_example(store, id_)
    assert row.example == Example("Is \\ud83d a smile?", ("\\ud83d", "no"), "\\ud83d")
    assert example_of(columns_of(row.example)) == row.example


def test_columns_hold_the_tree_by_id(store: Store) -> None:
    insert(store, new("a", drift=0.5), new("b", 1, depth=2), new("x", seed=2), new("c", 2, depth=3, flag="look"))
    insert(store, new("d", drift=-1e-8, flag="look"), new("e", drift=1.23456789))
    history.set_state(store, [2], State.REJECTED)
    history.edit_example(store, 4, Example("c2", ("yes", "no"), "no"))
    columns = trees.read_columns(store, 1)
    assert columns.ids.tolist() == [1, 2, 4, 5, 6]
    assert columns.parents.tolist() == [0, 1, 2, 0, 0]
    assert columns.depths.tolist() == [1, 2, 3, 1, 1]
    assert columns.states.tolist() == [0, 2, trees.EDITED, trees.FLAGGED, 0]  # what was marked reads otherwise now
    assert np.allclose(columns.drifts, [0.5, np.nan, np.nan, 0, 1.2345679], equal_nan=True, atol=1e-7)
    assert [array.dtype for array in (columns.ids, columns.calls, columns.depths, columns.states, columns.drifts)] == [
        *(np.int64, np.int64, np.int32, np.uint8, np.float32),
    ]
    assert trees.read_columns(store, 1, after=4).ids.tolist() == [5, 6]
    assert len(trees.read_columns(store, 2, after=3).ids) == 0
    ids, states = trees.read_states(store, 1)
    assert ids.tolist() == columns.ids.tolist()
    assert states.tolist() == columns.states.tolist()


def test_the_picture_is_read_from_its_index_alone(store: Store) -> None:
    for query in (trees._PICTURE, trees._STATES):
        plan = " ".join(row["detail"] for row in store.rows("EXPLAIN QUERY PLAN " + query, [1, 0][: query.count("?")]))
        assert "USING COVERING INDEX example_for_picture" in plan
    plan = " ".join(row["detail"] for row in store.rows("EXPLAIN QUERY PLAN " + seeds._SEEDS.format(where="")))
    assert "USING COVERING INDEX example_for_picture" in plan


def test_seeds_come_with_the_counts_of_their_trees(store: Store) -> None:
    insert(store, *(new(f"a{n}") for n in range(6)), new("b", 1, depth=2), new("x", seed=2))
    history.set_state(store, [1, 2], State.APPROVED)
    history.set_state(store, [3], State.REJECTED)
    history.set_state(store, [4], State.PRUNED)
    one, two = seeds.read_seeds(store)
    assert (one.new, one.approved, one.rejected, one.pruned, one.kept, one.depth) == (3, 2, 1, 1, 5, 2)
    assert (two.kept, two.kind, two.source) == (1, Options.VARIABLE, "mine")
    assert seeds.read_seed(store, 2) == two
    with pytest.raises(LookupError):
        seeds.read_seed(store, 3)
    assert sorted(trees.read_closed(store, 1)) == [3, 4]


def test_many_examples_are_read_by_id_whatever_the_order_asked(store: Store) -> None:
    insert(store, *(new(str(n)) for n in range(1200)))
    wanted = [1200, *range(1100, 0, -1), 5, 9999]
    assert [row.id for row in trees.read_examples(store, wanted)] == [*range(1, 1101), 1200]


def test_what_may_train_is_read_in_slices_without_gaps(store: Store) -> None:
    insert(store, *(new(str(n)) for n in range(2 * trees.SLICE)))
    history.set_state(store, range(1, 2 * trees.SLICE + 1, 3), State.REJECTED)
    history.set_state(store, range(2, 2 * trees.SLICE + 1, 3), State.APPROVED)
    kept = [row.id for row in trees.read_kept(store, 1)]
    assert kept == [n for n in range(1, 2 * trees.SLICE + 1) if n % 3 != 1]
    assert [row.id for row in trees.read_kept(store, 1, approved_only=True)] == [n for n in kept if n % 3 == 2]


def test_a_branch_is_an_example_with_its_descendants(store: Store) -> None:
    insert(store, new("1"), new("2", 1), new("3", 1), new("4", 2), new("5", 4), new("6"), new("7", 6))
    assert trees.read_branch(store, 2) == [2, 4, 5]
    assert trees.read_branch(store, 1) == [1, 2, 3, 4, 5]
    assert trees.read_path(store, 5) == [5, 4, 2, 1]
    assert [row.id for row in trees.read_children(store, 1, None)] == [1, 6]
    assert [row.id for row in trees.read_children(store, 1, 1)] == [2, 3]


def test_a_circle_made_by_another_tool_does_not_stop_the_walk(store: Store) -> None:
    insert(store, new("1"), new("2", 1))
    store.do(lambda db: db.conn.execute("UPDATE example SET parent = 2 WHERE id = 1").rowcount)
    assert trees.read_branch(store, 1) == [1, 2]
    assert sorted(trees.read_path(store, 1)) == [1, 2]


def test_search_finds_beginnings_of_words_in_questions_contexts_and_options(store: Store) -> None:
    insert(store, new("Do whales sing in winter?"), new("Can Öl float?"), new("x", seed=2))
    options = Example("Which?", ("a whale's song", "don't know"), "don't know", "All about Überseehäfen.")
    store.do(lambda db: trees.insert_examples(db, [NewExample(2, None, None, None, 0, "k", 1, options)]))
    assert trees.search(store, "whal") == trees.search(store, "WHAL") == [1, 4]
    assert trees.search(store, "wint whal") == [1]
    assert trees.search(store, "whal", seed=2) == [4]
    assert trees.search(store, "ol") == [2]
    assert trees.search(store, "überseeh") == [4]
    assert trees.search(store, "don't") == [4]
    assert trees.search(store, "whale's") == [4]
    assert trees.search(store, "whal", limit=1) in ([1], [4])


@pytest.mark.parametrize(
    "words", ["", "  ", '"', "NEAR(", "a AND", "-x", "*", "question:", "?!", "\0", "\ud83d", "🌱", ")("]
)
def test_nothing_typed_is_a_query_language(store: Store, words: str) -> None:
    insert(store, new("plain"))
    assert trees.search(store, words) == []


def test_search_knows_edits(store: Store) -> None:
    insert(store, new("old words"))
    history.edit_example(store, 1, Example("fresh words", ("yes", "no"), "no"))
    assert trees.search(store, "old") == []
    assert trees.search(store, "fresh") == [1]
    history.undo(store)
    assert trees.search(store, "old") == [1]
    store.do(lambda db: db.conn.execute("INSERT INTO example_text(example_text) VALUES ('integrity-check')").rowcount)


def test_very_many_hits_come_in_the_order_of_the_tree(store: Store) -> None:
    insert(store, *(new(f"word {n}") for n in range(trees.RANKED + 10)))
    assert trees.search(store, "word", limit=20) == list(range(1, 21))


def test_questions_are_known_by_what_they_ask(store: Store) -> None:
    insert(store, new("Do whales sing?"))
    assert trees.known_questions(store, 1) == {trees.question_key("do WHALES  sing"): 1}
    assert trees.read_keys(store, 1) == {1: "Do whales sing?"}


def test_vectors_are_kept_by_encoder_and_digest(store: Store) -> None:
    vectors = {f"d{n}": np.full(384, n, np.float32) for n in range(700)}
    write_vectors(store, "minilm", vectors)
    write_vectors(store, "minilm", {"d0": np.ones(384, np.float32)})  # the first one stays
    found = read_vectors(store, "minilm", [*vectors, "unknown"])
    assert found.keys() == vectors.keys()
    assert found["d0"].tolist() == [0] * 384
    assert found["d699"].dtype == np.float32
    assert read_vectors(store, "another", ["d1"]) == {}


def test_other_tools_may_change_the_file_and_the_full_text_follows(store: Store) -> None:
    insert(store, new("old words"))
    other = sqlite3.connect(store.path)
    other.execute("UPDATE example SET question = 'strange words'")
    other.commit()
    other.close()
    assert trees.search(store, "strange") == [1]
