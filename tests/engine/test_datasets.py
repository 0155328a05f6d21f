"""Human data: splits, the sealed test, what may be taken out."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine.errors import ProjectError
from seedbed_engine.examples import Example
from seedbed_engine.keeping import datasets, runs
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.store import Store, insert_row


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_project(tmp_path / "one") as made:
        yield made


def some(count: int, word: str = "Question") -> list[Example]:
    return [Example(f"{word} {n}?", ("True", "False"), "True", f"context {n}") for n in range(count)]


def test_splits_come_back_in_order_with_their_sizes(store: Store) -> None:
    number = datasets.add_dataset(store, "creak", source="a paper", licence="MIT", sealed=False)
    datasets.add_dataset_examples(store, number, "train", some(2500))
    datasets.add_dataset_examples(store, number, "test", some(3, "Test"))
    datasets.add_dataset_examples(store, number, "dev", [])
    (row,) = datasets.read_datasets(store)
    assert (row.name, row.source, row.licence, row.sealed) == ("creak", "a paper", "MIT", False)
    assert (row.train, row.dev, row.test, row.looks) == (2500, 0, 3, 0)
    assert [example for _, example in datasets.read_split(store, number, "train")] == some(2500)
    assert len(datasets.read_split(store, number, "test")) == 3


def test_a_sealed_test_is_looked_at_by_verdicts_only_and_every_look_counts(store: Store) -> None:
    number = datasets.add_dataset(store, "creak")
    datasets.add_dataset_examples(store, number, "test", some(3))
    with pytest.raises(ProjectError, match="sealed"):
        datasets.read_split(store, number, "test")
    assert [example for _, example in datasets.read_test(store, number)] == some(3)
    for _ in range(2):
        datasets.count_look(store, number)
    assert datasets.read_datasets(store)[0].looks == 2


def test_a_name_that_is_taken_and_a_split_that_is_none_are_refused(store: Store) -> None:
    number = datasets.add_dataset(store, "creak")
    with pytest.raises(ProjectError, match="'creak' already"):
        datasets.add_dataset(store, "creak")
    with pytest.raises(ProjectError, match="no split 'validation'"):
        datasets.add_dataset_examples(store, number, "validation", some(1))


def test_created_data_must_not_repeat_dev_and_test_questions(store: Store) -> None:
    number = datasets.add_dataset(store, "creak")
    for split in datasets.SPLITS:
        datasets.add_dataset_examples(store, number, split, some(1, split))
    watched = datasets.read_watched(store)
    assert [row.example for row in watched] == [*some(1, "dev"), *some(1, "test")]
    assert [row.name for row in watched] == ["row 1 of the dev split of 'creak'", "row 1 of the test split of 'creak'"]


def test_who_watches_the_human_data_sees_that_it_changed(store: Store) -> None:
    number = datasets.add_dataset(store, "creak")
    before = datasets.watched_version(store)
    datasets.add_dataset_examples(store, number, "test", some(2))
    grown = datasets.watched_version(store)
    datasets.remove_dataset(store, number)
    assert len({before, grown, datasets.watched_version(store)}) == 3


def test_a_data_set_is_taken_out_unless_a_verdict_was_reached_on_it(store: Store) -> None:
    one, two = datasets.add_dataset(store, "one"), datasets.add_dataset(store, "two")
    for number in (one, two):
        datasets.add_dataset_examples(store, number, "test", some(3))
    run = runs.add_run(store, "train", "{}", None)
    (first, _), *_ = datasets.read_test(store, two)
    row = {"model": "created", "training_seed": 1, "predicted": "True", "probabilities": "[1, 0]"}
    runs.add_predictions(store, run, [{**row, "dataset_example": first}])
    datasets.remove_dataset(store, one)
    with pytest.raises(ProjectError, match="verdict"):
        datasets.remove_dataset(store, two)
    assert [row.name for row in datasets.read_datasets(store)] == ["two"]
    assert store.rows("SELECT COUNT(*) FROM dataset_example")[0][0] == 3


class InParts(list[Example]):
    """Examples whose every part after the first is read only once another window has written."""

    def __init__(self, examples: list[Example], window: Store) -> None:
        super().__init__(examples)
        self._window = window
        self.seen: list[int] = []

    def __getitem__(self, where: Any) -> Any:
        with ThreadPoolExecutor(1) as person:
            person.submit(self._act).result(timeout=60)
        return super().__getitem__(where)

    def _act(self) -> None:
        count = len(self.seen)
        self._window.do(lambda db: insert_row(db, "project", {"name": f"act {count}", "value": ""}))
        self.seen.append(self._window.rows("SELECT COUNT(*) FROM dataset_example")[0][0])


def test_a_long_import_lets_another_window_write_in_between(store: Store) -> None:
    number = datasets.add_dataset(store, "creak")
    with open_project(store.path) as window:
        examples = InParts(some(4_500), window)
        datasets.add_dataset_examples(store, number, "train", examples)
        assert examples.seen == [0, 1000, 2000, 3000, 4000]
    assert datasets.read_datasets(store)[0].train == 4_500


def test_rows_that_are_there_already_count_once(store: Store) -> None:
    number = datasets.add_dataset(store, "creak", sealed=False)
    assert datasets.add_dataset_examples(store, number, "test", some(30)) == 30
    other = replace(some(1)[0], answer=some(1)[0].options[1])
    assert datasets.add_dataset_examples(store, number, "test", [*some(40), *some(40), other]) == 11
    assert len(datasets.read_split(store, number, "test")) == 41
    assert datasets.add_dataset_examples(store, number, "train", some(30)) == 30
