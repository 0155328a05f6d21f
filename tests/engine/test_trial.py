"""A training as a run of a project: what it reads, what it keeps, and when it looks at a sealed test."""

import threading
from pathlib import Path

import pytest

from seedbed_engine.errors import NotEnoughData
from seedbed_engine.examples import Example
from seedbed_engine.keeping import datasets, runs, trees
from seedbed_engine.keeping.samples import create_sample_project
from seedbed_engine.settings import TrainingSettings


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
