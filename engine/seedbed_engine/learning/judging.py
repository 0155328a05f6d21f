"""Train on created data and, beside it, on as many human examples; judge both, and what they must beat, on one test."""

import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seedbed_engine.examples import Example
from seedbed_engine.learning.baselines import frozen_head, untuned
from seedbed_engine.learning.checkpoints import fingerprint
from seedbed_engine.learning.dynamics import Learned, over_seeds, summary
from seedbed_engine.learning.evaluation import majority
from seedbed_engine.learning.items import LearningItem
from seedbed_engine.learning.material import LearningTask, Material, gather
from seedbed_engine.learning.models import CARD, read_card, save_model
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.recipes import recipe_for
from seedbed_engine.learning.search import search_rate
from seedbed_engine.learning.shortcuts import SHORTCUTS, take_shortcuts
from seedbed_engine.learning.training import Step, train
from seedbed_engine.learning.verdicts import Verdict, percent
from seedbed_engine.learning.weighing import ALL_HUMAN, CREATED, FROZEN, HUMAN, UNTUNED, Answers, weigh
from seedbed_engine.learning.wording import epochs_said, power_said

__all__ = ["CurvePoint", "Judgement", "LearningTask", "Prediction", "SavedModel", "judge"]

Shares = list[list[float]]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One step of a training ('created', 'human' or 'all human'); `seconds_left` is of all of them together."""

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

    `learned` has, for each example of `trained`, how it was learned: with little confidence where the label is perhaps
    wrong.
    """

    verdict: Verdict
    predictions: tuple[Prediction, ...]
    models: tuple[SavedModel, ...]
    trained: tuple[LearningItem, ...]
    learned: tuple[Learned, ...]


Tell = Callable[[CurvePoint | str], None]
NAMES = {CREATED: "created data", HUMAN: "human data", ALL_HUMAN: "human data, all"}
FOLLOWS = "The model of all human data was not trained yet when this was written."
FORMAT = 4  # of the answers kept in files; those of another format are trained anew


def judge(
    task: LearningTask,
    tell: Tell,
    should_stop: Callable[[], bool] = lambda: False,
    on_first: Callable[[Judgement], None] = lambda judgement: None,
) -> Judgement | None:
    """Train, test and reach a verdict; None where it was stopped (judging again goes on from there).

    The models of the first seed are saved. Where a model of all human data has yet to be trained, `on_first` is given
    what was found before it.
    """
    material = gather(task)
    tell(power_said(len(material.test), 2 if material.human or material.all_human else 1))
    trial = _Trial(task, material, tell, should_stop)
    floors = trial.floors()
    if task.settings.search_rates:
        held = material.rate_parts()
        searched = search_rate(*held, material.form, task.settings, task.folder, tell, should_stop)
        if searched is None:
            return None
        task, material = _with_rate(task, material, *searched)
        trial = _Trial(task, material, tell, should_stop)
    compared = trial.trained([model for model in (CREATED, HUMAN) if model in trial.sizes])
    if compared is None:
        return None
    if ALL_HUMAN in trial.sizes and not trial.is_kept(ALL_HUMAN):
        on_first(_reach(trial, [*compared, *floors], [FOLLOWS]))
    rest = trial.trained([ALL_HUMAN] if ALL_HUMAN in trial.sizes else [])
    return None if rest is None else _reach(trial, [*compared, *rest, *floors])


def _with_rate(task: LearningTask, material: Material, rate: float, remark: str) -> tuple[LearningTask, Material]:
    settings = replace(task.settings, learning_rate=rate)
    return replace(task, settings=settings), replace(material, notes=(*material.notes, remark))


def _reach(trial: "_Trial", answers: list[Answers], notes: Sequence[str] = ()) -> Judgement:
    task, material = trial.task, trial.material
    said = [*material.notes, *trial.epochs_said(), *notes]
    verdict = weigh(material.form, answers, material.created, material.test_name, bool(task.test), notes=said)
    told = [*answers, *trial.dev_answers]
    predictions = tuple(each for one in told for each in _predictions(one, task.settings.seeds))
    return Judgement(verdict, predictions, tuple(trial.saved()), material.created, over_seeds(trial.dynamics))


class _Trial:
    """One judging: its trainings in turn, each skipped where its answers were written before a kill."""

    def __init__(self, task: LearningTask, material: Material, tell: Tell, should_stop: Callable[[], bool]) -> None:
        self.task, self.material, self.tell, self.should_stop = task, material, tell, should_stop
        self.settings, self.form = task.settings, material.form
        self.dynamics: list[list[list[float]]] = []  # of created examples: for each seed (figures, examples)
        self.kept_epochs: dict[str, list[int]] = {}  # of each model, for each seed; empty without early stopping
        self.recipe = recipe_for(self.form.kind, self.settings)
        self.asked = [item.example for item in material.test]
        self.all_asked = [*self.asked, *(item.example for item in material.dev)]
        self.dev_answers: list[Answers] = []
        sizes = {CREATED: material.created, HUMAN: material.human_for(1), ALL_HUMAN: material.all_human}
        self.sizes = {model: len(items) for model, items in sizes.items() if items}
        self.clock = _Clock(sum(map(self._steps, self.sizes.values())) * len(self.settings.seeds))

    def floors(self) -> list[Answers]:
        """What needs no training of the encoder: the encoder as it came, and shortcuts; said with their accuracies."""
        examples = [item.example for item in self.material.created]
        taken = take_shortcuts(self.form, self.settings, examples, self.asked)
        found = [self._baseline(examples)]
        found += [Answers(each.model, SHORTCUTS[each.model], None, self.material.test, [each.shares]) for each in taken]
        always = majority([e.answer if self.form.labels else str(e.answer_index) for e in self.asked])[1]
        said = ", ".join(f"{each.name} {percent(float(each.hits.mean()))} %" for each in found)
        self.tell(f"Before any training: {said}, always the same answer {percent(always)} %.")
        return found

    def trained(self, models: Sequence[str]) -> list[Answers] | None:
        """The answers of these models, each trained once a seed; None where it was stopped."""
        found = []
        for model in models:
            shares = []
            for seed in self.settings.seeds:
                one = self._answered(model, seed)
                if one is None:
                    return None
                shares.append(one)
            found.append(self._answers(model, [rows[: len(self.asked)] for rows in shares], self.material.test))
            if self.material.dev and model != ALL_HUMAN:  # which has the dev examples in it
                on_dev = [rows[len(self.asked) :] for rows in shares]
                self.dev_answers.append(self._answers(model, on_dev, self.material.dev))
        return found

    def _answers(self, model: str, shares: list[Shares], items: Sequence[LearningItem]) -> Answers:
        return Answers(model, NAMES[model], self.sizes[model], items, shares)

    def epochs_said(self) -> list[str]:
        """Which epochs early stopping kept."""
        devs = {model: len(self._held_back(model, self.settings.seeds[0])) for model in self.kept_epochs}
        found = self.kept_epochs.items()
        return [epochs_said(NAMES[model], kept, self.recipe.epochs, devs[model]) for model, kept in found]

    def is_kept(self, model: str) -> bool:
        """Whether a model was trained with every seed, in this task or another."""
        return all(_read_kept(*self._kept_at(model, seed)) is not None for seed in self.settings.seeds)

    def saved(self) -> Iterator[SavedModel]:
        """The trained models that are on disk by now."""
        for model in self.sizes:
            folder = self._model_folder(model)
            if (folder / CARD).is_file():
                yield SavedModel(model, self.settings.seeds[0], folder, read_card(folder))

    def _baseline(self, examples: Sequence[Example]) -> Answers:
        test = self.material.test
        if self.form.is_choice:
            return Answers(UNTUNED, "untuned encoder", None, test, [untuned(self.form, self.settings, self.asked)])
        shares = frozen_head(self.form, self.settings, examples, self.asked)
        return Answers(FROZEN, "created data, linear head alone", len(examples), test, [shares])

    def _answered(self, model: str, seed: int) -> Shares | None:
        path, name = self._kept_at(model, seed)
        kept = _read_kept(path, name)
        if kept is None:
            kept = self._train(model, seed, path)
            if kept is None:
                return None
            _write_kept(path, {"name": name, **kept})
        else:
            self.clock.skip(self._steps(self.sizes[model]))
        if model == CREATED:
            self.dynamics.append(kept["dynamics"])
        if kept["epoch"] is not None:
            self.kept_epochs.setdefault(model, []).append(kept["epoch"])
        return [list(row) for row in kept["shares"]]

    def _train(self, model: str, seed: int, path: Path) -> dict[str, Any] | None:
        """Train one model; what is kept of it."""
        examples = self._examples(model, seed)
        self.tell(f"Training on {len(examples)} examples ({NAMES[model]}), seed {seed}.")
        trained = train(
            examples,
            self.form,
            self.settings,
            seed,
            on_step=lambda step: self.tell(self.clock.point(model, seed, step)),
            should_stop=lambda: self.clock.asked(self.should_stop),
            watched=() if model == ALL_HUMAN else self.material.watched,
            dev=self._held_back(model, seed),
            checkpoint=path.with_suffix(".checkpoint"),
        )
        if trained is None:
            return None
        self.clock.skip((self.recipe.epochs - len(trained.dynamics)) * -(-len(examples) // self.recipe.batch))
        if seed == self.settings.seeds[0]:
            save_model(trained, self._model_folder(model), self._facts(model, examples))
        shares = predict(trained.classifier, self.asked)
        if dev := self.all_asked[len(self.asked) :]:  # asked apart: the test's answers stay what they are
            shares += predict(trained.classifier, dev)
        return {"shares": shares, "dynamics": summary(trained), "epoch": trained.kept_epoch}

    def _examples(self, model: str, seed: int) -> list[Example]:
        items = {CREATED: self.material.created, ALL_HUMAN: self.material.all_human}.get(model)
        return [item.example for item in (self.material.human_for(seed) if items is None else items)]

    def _held_back(self, model: str, seed: int) -> list[Example]:
        items = {CREATED: self.material.held_back, ALL_HUMAN: self.material.all_human_held_back}.get(model)
        return [item.example for item in (self.material.human_held_back_for(seed) if items is None else items)]

    def _kept_at(self, model: str, seed: int) -> tuple[Path, str]:
        """The file that keeps a model's answers, and the name of all that decides them."""
        examples = self._examples(model, seed)
        read = [*examples, *self._held_back(model, seed), *self.all_asked]
        name = fingerprint(read, FORMAT, self.form, self.recipe, self.settings.encoder, seed)
        if model == ALL_HUMAN:
            return self._shared / f"all-human-{name}.json", name
        return self.task.folder / f"{model}-{seed}.json", name

    def _model_folder(self, model: str) -> Path:
        if model == ALL_HUMAN:
            return self._kept_at(model, self.settings.seeds[0])[0].with_suffix("")
        return self.task.folder / ("model" if model == CREATED else f"model-{model}")

    @property
    def _shared(self) -> Path:
        return self.task.shared or self.task.folder

    def _steps(self, size: int) -> int:
        return self.recipe.epochs * -(-size // self.recipe.batch)

    def _facts(self, model: str, examples: Sequence[Example]) -> dict[str, Any]:
        answers = [example.answer for example in examples]
        answer, share = majority(answers) if self.form.labels else (None, None)
        return {"trained_on": NAMES[model], "examples": len(answers), "majority": answer, "majority_share": share}


class _Clock:
    """How long all trainings of a judging still take, by the steps since the first: what came before it comes once."""

    def __init__(self, steps: int) -> None:
        self._left, self._done, self._began = steps, -1, time.monotonic()
        self._training: tuple[str, int] | None = None

    def point(self, model: str, seed: int, step: Step) -> CurvePoint:
        if self._training != (model, seed):  # it may go on from an epoch that was kept
            self._training, self._left = (model, seed), self._left - (step.step - 1)
        self._left, self._done = self._left - 1, self._done + 1
        if self._done:
            left = (time.monotonic() - self._began) / self._done * self._left
        else:
            self._began = time.monotonic()
            left = step.seconds_left / max(1, step.steps - step.step) * self._left
        return CurvePoint(model, seed, step.step, step.steps, step.loss, step.accuracy, step.examples_per_second, left)

    def asked(self, should_stop: Callable[[], bool]) -> bool:
        """Whether to stop; the time that a pause takes does not count."""
        began = time.monotonic()
        is_wanted = should_stop()
        self._began += time.monotonic() - began
        return is_wanted

    def skip(self, steps: int) -> None:
        self._left -= steps


def _predictions(answers: Answers, seeds: tuple[int, ...]) -> Iterator[Prediction]:
    """One for each seed and item; what has no seeds of its own stands under the first."""
    for seed, predicted, rows in zip(seeds, answers.predicted, answers.shares, strict=False):
        for item, answer, row in zip(answers.items, predicted, rows, strict=True):
            yield Prediction(answers.model, seed, item, answer, tuple(row))


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
