"""Train on created data and, beside it, on as many human examples; judge both, and what they must beat, on one test."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from seedbed_engine.learning.baselines import frozen_head, untuned
from seedbed_engine.learning.checkpoints import fingerprint
from seedbed_engine.learning.evaluation import majority
from seedbed_engine.learning.items import LearningItem
from seedbed_engine.learning.material import LearningTask, Material, gather
from seedbed_engine.learning.models import CARD, read_card, save_model
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.recipes import recipe_for
from seedbed_engine.learning.training import Step, TrainedModel, train
from seedbed_engine.learning.verdicts import Verdict
from seedbed_engine.learning.weighing import CREATED, FROZEN, HUMAN, UNTUNED, Answers, weigh

__all__ = ["CurvePoint", "Judgement", "LearningTask", "Prediction", "SavedModel", "judge"]

Shares = list[list[float]]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One step of one of the trainings ('created' or 'human'); `seconds_left` is of all of them together."""

    model: str
    training_seed: int
    step: int
    steps: int
    loss: float
    accuracy: float | None
    examples_per_second: float
    seconds_left: float


@dataclass(frozen=True, slots=True)
class Prediction:
    """What one model answered on one test item: `probabilities` in the order of the item's options."""

    model: str
    training_seed: int
    item: LearningItem
    predicted: str
    probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SavedModel:
    """A trained model on disk, with its card."""

    model: str
    training_seed: int
    folder: Path
    card: dict[str, Any]


@dataclass(frozen=True)
class Judgement:
    """A verdict with all that it rests on.

    `confidence` has, for each example of `trained`, the mean probability of its answer while it was learned from: low
    where the label is perhaps wrong.
    """

    verdict: Verdict
    predictions: tuple[Prediction, ...]
    models: tuple[SavedModel, ...]
    trained: tuple[LearningItem, ...]
    confidence: tuple[float, ...]


Tell = Callable[[CurvePoint | str], None]


def judge(task: LearningTask, tell: Tell, should_stop: Callable[[], bool] = lambda: False) -> Judgement | None:
    """Train, test and reach a verdict; None where it was stopped (judging again goes on from there).

    The model of the first seed on created data is saved in the task's folder, under the name `model`.
    """
    material = gather(task)
    trial = _Trial(task, material, tell, should_stop)
    answers = trial.answers()
    if answers is None:
        return None
    verdict = weigh(material.form, answers, material.created, material.test_name, bool(task.test), notes=material.notes)
    predictions = tuple(each for one in answers for each in _predictions(one, task.settings.seeds))
    confidence = tuple(np.mean(trial.confidences, axis=0).tolist())
    return Judgement(verdict, predictions, tuple(_saved(task)), material.created, confidence)


class _Trial:
    """One judging: its trainings in turn, each skipped where its answers were written before a kill."""

    def __init__(self, task: LearningTask, material: Material, tell: Tell, should_stop: Callable[[], bool]) -> None:
        self.task, self.material, self.tell, self.should_stop = task, material, tell, should_stop
        self.settings, self.form = task.settings, material.form
        self.confidences: list[list[float]] = []
        sizes = {CREATED: len(material.created), HUMAN: len(material.human_for(1))}
        self.sizes = {model: size for model, size in sizes.items() if size}
        recipe = recipe_for(self.form.kind, self.settings)
        steps = [recipe.epochs * -(-size // recipe.batch) for size in self.sizes.values()]
        self.clock = _Clock(sum(steps) * len(self.settings.seeds))

    def answers(self) -> list[Answers] | None:
        """Created data first, then human data, then what needs no training; None where it was stopped."""
        found = []
        baseline = self._baseline()
        for model, size in self.sizes.items():
            shares = []
            for seed in self.settings.seeds:
                one = self._answered(model, seed)
                if one is None:
                    return None
                shares.append(one)
            found.append(Answers(model, f"{model} data", size, self.material.test, shares))
        return [*found, baseline]

    def _baseline(self) -> Answers:
        test = self.material.test
        asked = [item.example for item in test]
        if self.form.is_choice:
            self.tell("The encoder as it came answers the test.")
            return Answers(UNTUNED, "untuned encoder", None, test, [untuned(self.form, self.settings, asked)])
        self.tell("A linear head on the encoder as it came answers the test.")
        examples = [item.example for item in self.material.created]
        shares = frozen_head(self.form, self.settings, examples, asked)
        return Answers(FROZEN, "created data, only a linear head", len(examples), test, [shares])

    def _answered(self, model: str, seed: int) -> Shares | None:
        items = self.material.created if model == CREATED else self.material.human_for(seed)
        examples = [item.example for item in items]
        asked = [item.example for item in self.material.test]
        recipe = recipe_for(self.form.kind, self.settings)
        name = fingerprint([*examples, *asked], self.form, recipe, self.settings.encoder, seed)
        path = self.task.folder / f"{model}-{seed}.json"
        kept = _read_kept(path, name)
        if kept is not None:
            self.clock.skip(recipe.epochs * -(-len(examples) // recipe.batch))
        else:
            self.tell(f"Training on {len(examples)} {model} examples, seed {seed}.")
            trained = train(
                examples,
                self.form,
                self.settings,
                seed,
                on_step=lambda step: self.tell(self.clock.point(model, seed, step)),
                should_stop=self.should_stop,
                watched=self.material.watched,
                checkpoint=path.with_suffix(".checkpoint"),
            )
            if trained is None:
                return None
            kept = {"name": name, "shares": predict(trained.classifier, asked)}
            kept["confidence"] = trained.dynamics.mean(axis=0).tolist()
            if model == CREATED and seed == self.settings.seeds[0]:
                save_model(trained, _model_folder(self.task), self._facts(trained))
            _write_kept(path, kept)
        if model == CREATED:
            self.confidences.append(kept["confidence"])
        return [list(row) for row in kept["shares"]]

    def _facts(self, trained: TrainedModel) -> dict[str, Any]:
        answers = [item.example.answer for item in self.material.created]
        answer, share = majority(answers) if self.form.labels else (None, None)
        return {"trained_on": "created data", "examples": len(answers), "majority": answer, "majority_share": share}


class _Clock:
    """How long all trainings of a judging still take."""

    def __init__(self, steps: int) -> None:
        self._left, self._done, self._began = steps, 0, time.monotonic()

    def point(self, model: str, seed: int, step: Step) -> CurvePoint:
        self._left, self._done = self._left - 1, self._done + 1
        left = (time.monotonic() - self._began) / self._done * self._left
        return CurvePoint(model, seed, step.step, step.steps, step.loss, step.accuracy, step.examples_per_second, left)

    def skip(self, steps: int) -> None:
        self._left -= steps


def _predictions(answers: Answers, seeds: tuple[int, ...]) -> Iterator[Prediction]:
    """One for each seed and item; what has no seeds of its own stands under the first."""
    for seed, predicted, rows in zip(seeds, answers.predicted, answers.shares, strict=False):
        for item, answer, row in zip(answers.items, predicted, rows, strict=True):
            yield Prediction(answers.model, seed, item, answer, tuple(row))


def _model_folder(task: LearningTask) -> Path:
    return task.folder / "model"


def _saved(task: LearningTask) -> Iterator[SavedModel]:
    folder = _model_folder(task)
    if (folder / CARD).is_file():
        yield SavedModel(CREATED, task.settings.seeds[0], folder, read_card(folder))


def _read_kept(path: Path, name: str) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return dict(found) if isinstance(found, dict) and found.get("name") == name else None


def _write_kept(path: Path, kept: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(kept), encoding="utf-8")
    os.replace(beside, path)
