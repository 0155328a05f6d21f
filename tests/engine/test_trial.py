"""A training as a run of a project: what it reads, what it keeps, and when it looks at a sealed test."""

import threading
from pathlib import Path

import pytest

from seedbed_engine.errors import NotEnoughData
from seedbed_engine.examples import Example
from seedbed_engine.keeping import datasets, runs, trees
from seedbed_engine.keeping.samples import create_sample_project
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.settings import TrainingSettings


def claim(text: str, number: int) -> Example:
    return Example(text, ("True", "False"), "True" if number % 2 else "False")


def test_a_sealed_test_is_not_looked_at_where_there_is_too_little_to_train_on(tmp_path: Path) -> None:
    from seedbed_engine.learning.trial import train_and_judge

    with create_sample_project(tmp_path / "small.seedbed", "creak") as store:
        few = [
            trees.NewExample(
                1, None, None, None, place, f"k{place}", 1, Example(f"Claim {place}.", ("True", "False"), "True")
            )
            for place in range(5)
        ]
        store.do(lambda db: trees.insert_examples(db, few))
        run = runs.add_run(store, "train", TrainingSettings().to_json(), 1)
        runs.take_lease(store, run)
        with pytest.raises(NotEnoughData):
            train_and_judge(store, run, lambda event: None, threading.Event())
        assert datasets.read_datasets(store)[0].looks == 0


def test_what_a_test_set_cannot_judge_is_said_before_it_is_looked_at(tmp_path: Path) -> None:
    from seedbed_engine.learning.trial import train_and_judge

    with create_sample_project(tmp_path / "labels.seedbed", "creak") as store:
        rows = [trees.NewExample(1, None, None, None, n, f"k{n}", 1, claim(f"Claim {n}.", n)) for n in range(20)]
        store.do(lambda db: trees.insert_examples(db, rows))
        for name, examples in (
            ("alien", [Example(f"Rain {n}.", ("sport", "weather"), "weather") for n in range(20)]),
            ("small", [claim(f"Rain {n}.", n) for n in range(3)]),
        ):
            number = datasets.add_dataset(store, name)
            datasets.add_dataset_examples(store, number, "test", examples)
            run = runs.add_run(store, "train", TrainingSettings(test_dataset=number).to_json(), 1)
            runs.take_lease(store, run)
            with pytest.raises(NotEnoughData) as error:
                train_and_judge(store, run, lambda event: None, threading.Event())
            assert {"alien": "'sport', which is none of the task's", "small": "3 examples"}[name] in error.value.what
            runs.end_run(store, run, "failed")
        assert [row.looks for row in datasets.read_datasets(store)] == [0, 0, 0]


def test_human_training_data_of_another_name_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    from seedbed_engine.learning.trial import _make_task

    with create_sample_project(tmp_path / "names.seedbed", "creak") as store:
        rows = [trees.NewExample(1, None, None, None, n, f"k{n}", 1, claim(f"Claim {n}.", n)) for n in range(20)]
        store.do(lambda db: trees.insert_examples(db, rows))
        number = datasets.add_dataset(store, "flu-test")
        datasets.add_dataset_examples(store, number, "test", [claim(f"Rain {n}.", n) for n in range(20)])
        run = runs.add_run(store, "train", TrainingSettings(test_dataset=number).to_json(), 1)
        runs.take_lease(store, run)
        task = _make_task(store, run, read_seed(store, 1), TrainingSettings(test_dataset=number))
        assert task.remark == (
            "There is no comparison with human data: flu-test has no train split; that of creak counts once it is "
            "imported under the name flu-test."
        )
        assert task.looks == 1
