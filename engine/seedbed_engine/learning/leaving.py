"""What each branch gives: the model is trained again without it, and both are judged on the same examples.

The answer is given only where the interval excludes zero: leaving out a small branch hardly changes a model, and seeds
differ more than that.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from seedbed_engine.errors import NotEnoughData
from seedbed_engine.examples import Example
from seedbed_engine.learning.checkpoints import fingerprint
from seedbed_engine.learning.evaluation import Hits, Interval, repeat_interval
from seedbed_engine.learning.items import Form, LearningItem, check_enough
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.recipes import recipe_for
from seedbed_engine.learning.training import Step, train
from seedbed_engine.learning.verdicts import percent, points
from seedbed_engine.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class BranchEffect:
    """How much more often a model is right with a branch than without it; all but `examples` are shares.

    A repetition with other seeds and other examples, as many of each, falls into the interval 95 times in 100.
    """

    branch: str
    examples: int
    accuracy: float
    without: float
    interval: Interval

    @property
    def difference(self) -> float:
        """What the branch gives."""
        return self.accuracy - self.without

    @property
    def words(self) -> str:
        """What can be said of the branch."""
        said = f"{points(self.difference)} points, {points(self.interval.low)} to {points(self.interval.high)}"
        if self.interval.low > 0:
            return f"{self.branch} ({self.examples} examples) helps: {said}."
        if self.interval.high < 0:
            return f"{self.branch} ({self.examples} examples) harms: {said}."
        return f"{self.branch} ({self.examples} examples): cannot be told ({said})."

    def as_fields(self) -> dict[str, Any]:
        """Plain values for a file or a window."""
        return {
            "branch": self.branch,
            "examples": self.examples,
            "accuracy": self.accuracy,
            "without": self.without,
            "difference": self.difference,
            "interval": [self.interval.low, self.interval.high],
            "is_told": self.interval.excludes_zero,
            "words": self.words,
        }


@dataclass(frozen=True)
class LeavingTask:
    """Items to train on, examples that judge (learned by none of them), and which branches are left out in turn.

    `folder` takes what each training answered: a task that is begun again goes on where it was killed.
    """

    items: Sequence[LearningItem]
    judged_on: Sequence[Example]
    form: Form
    settings: TrainingSettings
    folder: Path
    branches: Sequence[str]

    def without(self, branch: str | None) -> list[Example]:
        """What is trained on where a branch is left out."""
        return [item.example for item in self.items if item.branch != branch]


Told = Callable[[str, int, Step], None]


def leave_out(
    task: LeavingTask,
    tell: Callable[[str], None],
    should_stop: Callable[[], bool],
    on_step: Told = lambda branch, seed, step: None,
) -> list[BranchEffect] | None:
    """The effect of each branch, in the order they were named; None where it was stopped."""
    full = hits_without(task, None, should_stop, on_step)
    if full is None:
        return None
    tell(f"With all branches {percent(float(full.mean()))} % of {len(task.judged_on)} examples are right.")
    found = []
    for branch in _tellable(task, tell):
        without = hits_without(task, branch, should_stop, on_step)
        if without is None:
            return None
        found.append(effect_of(branch, len(task.items) - len(task.without(branch)), full, without))
        tell(found[-1].words)
    return found


def effect_of(branch: str, examples: int, full: Hits, without: Hits) -> BranchEffect:
    """The effect of a branch from what models with it and without it had right."""
    return BranchEffect(branch, examples, float(full.mean()), float(without.mean()), repeat_interval(full, without))


def hits_without(
    task: LeavingTask,
    branch: str | None,
    should_stop: Callable[[], bool],
    on_step: Told = lambda branch, seed, step: None,
) -> Hits | None:
    """(seeds, items): whether models trained without a branch (None: with all) are right; None where it was stopped."""
    rows = []
    for seed in task.settings.seeds:
        row = _row(task, branch, seed, should_stop, on_step)
        if row is None:
            return None
        rows.append(row)
    return np.array(rows, bool)


def _tellable(task: LeavingTask, tell: Callable[[str], None]) -> Iterator[str]:
    for branch in task.branches:
        try:
            check_enough(task.form, task.without(branch))
            yield branch
        except NotEnoughData as error:
            tell(f"Without {branch} there is too little left to train on: {error.what}")


def _row(
    task: LeavingTask, branch: str | None, seed: int, should_stop: Callable[[], bool], on_step: Told
) -> list[bool] | None:
    examples = task.without(branch)
    recipe = recipe_for(task.form.kind, task.settings)
    name = fingerprint([*examples, *task.judged_on], task.form, recipe, task.settings.encoder, seed)
    path = task.folder / f"without-{name}.json"
    if path.is_file():
        return [bool(hit) for hit in json.loads(path.read_text(encoding="utf-8"))]
    model = train(
        examples,
        task.form,
        task.settings,
        seed,
        should_stop=should_stop,
        on_step=lambda step: on_step(branch or "", seed, step),
    )
    if model is None:
        return None
    shares = predict(model.classifier, task.judged_on)
    row = [bool(np.argmax(s) == example.answer_index) for s, example in zip(shares, task.judged_on, strict=True)]
    task.folder.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps([int(hit) for hit in row]), encoding="utf-8")
    os.replace(beside, path)
    return row
