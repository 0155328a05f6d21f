"""One training of a small model: a plain loop that tells how it goes, can be stopped, and goes on after a kill."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from seedbed_engine.encoding.devices import best_device, give_back_memory
from seedbed_engine.examples import Example
from seedbed_engine.learning.adapters import add_adapters, merge_adapters
from seedbed_engine.learning.batches import epoch_batches
from seedbed_engine.learning.bodies import load_body
from seedbed_engine.learning.checkpoints import fingerprint, load_checkpoint, save_checkpoint
from seedbed_engine.learning.classifiers import Classifier, make_classifier
from seedbed_engine.learning.items import Form, check_enough, target_of
from seedbed_engine.learning.precision import is_bfloat16_quicker
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.recipes import Recipe, recipe_for
from seedbed_engine.learning.stopping import BestEpoch, Score
from seedbed_engine.settings import TrainingSettings

CHECKPOINT_SECONDS = 10.0  # an epoch shorter than this is sooner repeated than written


@dataclass(frozen=True, slots=True)
class Step:
    """Where a training stands; `accuracy` (a share, on watched examples) is there at the end of an epoch only."""

    step: int
    steps: int
    loss: float
    accuracy: float | None
    examples_per_second: float
    seconds_left: float


@dataclass(frozen=True, eq=False)
class TrainedModel:
    """A trained classifier, how it was trained, and its dynamics.

    `dynamics` (epochs, examples) is the probability that each example's answer had while it was learned from, `right`
    whether it was the likeliest then. `kept_epoch` (from 1) is there after early stopping: `dynamics` has the epochs
    that were trained, up to `patience` more.
    """

    classifier: Classifier
    recipe: Recipe
    encoder: str
    seed: int
    dynamics: NDArray[np.float32]
    right: NDArray[np.bool_]
    kept_epoch: int | None = None

    @property
    def form(self) -> Form:
        """The form of the task it was trained for."""
        return self.classifier.form


def train(
    examples: Sequence[Example],
    form: Form,
    settings: TrainingSettings,
    seed: int,
    *,
    on_step: Callable[[Step], None] = lambda step: None,
    should_stop: Callable[[], bool] = lambda: False,
    watched: Sequence[Example] = (),
    dev: Sequence[Example] = (),
    checkpoint: Path | None = None,
    checkpoint_seconds: float = CHECKPOINT_SECONDS,
) -> TrainedModel | None:
    """Train on the examples under a seed number; None where it was stopped.

    `watched` examples only tell how it goes: the last epoch is kept, whatever they say; but where the settings have
    `patience`, `dev` examples are watched, the best epoch is kept, and the training ends that many epochs after it.
    With a `checkpoint` file a stopped or killed training goes on from an epoch's end, to the very model it would have
    become.
    """
    check_enough(form, examples)
    course = _Course(examples, form, settings, seed, dev)
    done = course.take_up(checkpoint) if checkpoint else 0
    clock = _Clock(course.steps, done * course.steps_an_epoch)
    epochs = range(done, course.recipe.epochs)
    for epoch in epochs:
        for batch in course.batches(epoch):
            if clock.asked(should_stop):
                return None
            loss = course.learn(batch, epoch)
            is_last = clock.step + 1 == (epoch + 1) * course.steps_an_epoch
            on_step(clock.tick(loss, len(batch), course.judged(epoch, watched) if is_last else None))
        if course.is_over(epoch):
            epochs = range(epoch + 1)
            break
        if checkpoint and clock.is_due(checkpoint_seconds) and epoch + 1 < course.recipe.epochs:
            course.lay_down(checkpoint, epoch + 1)
    if checkpoint:
        checkpoint.unlink(missing_ok=True)
    return course.model(epochs.stop)


class _Course:
    """The moving parts of a training: model, optimizer, tokens, order."""

    def __init__(
        self, examples: Sequence[Example], form: Form, settings: TrainingSettings, seed: int, dev: Sequence[Example]
    ) -> None:
        give_back_memory()  # what an earlier training has left
        self.recipe = recipe_for(form.kind, settings)
        self.encoder, self.seed = settings.encoder, seed
        self.dev = tuple(dev) if self.recipe.patience else ()
        self.best = BestEpoch(self.recipe.patience if self.dev else 0)
        is_bf16 = is_bfloat16_quicker(settings.encoder)
        body = load_body(settings.encoder, is_bf16, best_device())
        body.freeze(self.recipe.freeze_lower)
        if self.recipe.lora:
            add_adapters(body, self.recipe.lora, seed)
        self.classifier = make_classifier(body, form, self.recipe.max_length, seed, is_cross=self.recipe.cross_encoder)
        self.tokens = self.classifier.tokenize(examples)
        self.targets = torch.tensor([target_of(form, example) for example in examples], device=body.device)
        self.weights = _class_weights(self.targets, len(form.labels)) if self.recipe.class_weights else None
        self.record = np.zeros(
            (2, self.recipe.epochs, len(examples)), np.float32
        )  # shares of the answers; right or not
        self.optimizer = _optimizer(self.classifier, self.recipe)
        self.steps_an_epoch = -(-len(examples) // self.recipe.batch)
        self.steps = self.steps_an_epoch * self.recipe.epochs
        facts = (form, self.recipe, settings.encoder, seed, is_bf16, self.record.shape)
        self.name = fingerprint([*examples, *self.dev], *facts)
        self.done = 0

    def take_up(self, path: Path) -> int:
        epochs = load_checkpoint(path, self.name, self.classifier, self.optimizer, self.record, self.best)
        self.done = epochs * self.steps_an_epoch
        return epochs

    def lay_down(self, path: Path, epochs: int) -> None:
        save_checkpoint(path, self.name, epochs, self.classifier, self.optimizer, self.record, self.best)

    def batches(self, epoch: int) -> list[list[int]]:
        return epoch_batches([each.length for each in self.tokens], self.recipe.batch, self.seed, epoch)

    def learn(self, batch: list[int], epoch: int) -> float:
        """One step; the batch's loss."""
        share = _rate_share(self.done, self.steps, self.recipe.warmup_share)
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * share
        with self.classifier.body.precision():
            scores = self.classifier([self.tokens[index] for index in batch])
        targets = self.targets[batch]
        loss = nn.functional.cross_entropy(scores, targets, self.weights)
        self.optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([p for g in self.optimizer.param_groups for p in g["params"]], self.recipe.clip)
        self.optimizer.step()
        self.done += 1
        gold = torch.softmax(scores.detach(), 1).gather(1, targets.unsqueeze(1)).squeeze(1)
        self.record[0, epoch, batch] = gold.cpu().numpy()
        self.record[1, epoch, batch] = (scores.detach().argmax(1) == targets).cpu().numpy()
        return float(loss.detach())

    def judged(self, epoch: int, watched: Sequence[Example]) -> float | None:
        """The accuracy at the end of an epoch, on the dev examples where there are some; the best epoch is kept."""
        asked = self.dev or watched
        if not asked:
            return None
        found = score(predict(self.classifier, asked), asked)
        if self.dev:
            self.best.judge(epoch + 1, found, self.classifier)
        return found[0]

    def is_over(self, epoch: int) -> bool:
        return self.best.is_over(epoch + 1)

    def model(self, epochs: int) -> TrainedModel:
        """What became of it after so many epochs."""
        self.best.restore(self.classifier)
        merge_adapters(self.classifier.body)
        shares, right = self.record[:, :epochs]
        kept = self.best.epoch if self.dev else None
        return TrainedModel(self.classifier, self.recipe, self.encoder, self.seed, shares, right > 0, kept)


def score(shares: Sequence[Sequence[float]], asked: Sequence[Example]) -> Score:
    """The share of right answers, and minus the loss; from the probabilities of each question's options."""
    gold = [row[example.answer_index] for row, example in zip(shares, asked, strict=True)]
    right = [np.argmax(row) == example.answer_index for row, example in zip(shares, asked, strict=True)]
    return float(np.mean(right)), float(np.mean(np.log(np.maximum(gold, 1e-9))))


class _Clock:
    """Counts steps and time."""

    def __init__(self, steps: int, done: int) -> None:
        self.step, self.steps, self._first, self._examples = done, steps, done, 0
        self._began = self._written = time.monotonic()

    def tick(self, loss: float, examples: int, accuracy: float | None) -> Step:
        self.step += 1
        self._examples += examples
        passed = max(time.monotonic() - self._began, 1e-9)
        left = passed / (self.step - self._first) * (self.steps - self.step)
        return Step(self.step, self.steps, loss, accuracy, self._examples / passed, left)

    def asked(self, should_stop: Callable[[], bool]) -> bool:
        """Whether to stop; a training that is paused waits here, and that time does not count."""
        began = time.monotonic()
        is_wanted = should_stop()
        self._began += time.monotonic() - began
        return is_wanted

    def is_due(self, seconds: float) -> bool:
        """Whether that long has passed since a checkpoint was last due."""
        if time.monotonic() - self._written < seconds:
            return False
        self._written = time.monotonic()
        return True


def _optimizer(classifier: Classifier, recipe: Recipe) -> torch.optim.AdamW:
    heads = {id(parameter) for parameter in classifier.head_parameters()}
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for parameter in classifier.parameters():
        if parameter.requires_grad:
            rate = recipe.head_rate if id(parameter) in heads else recipe.learning_rate
            decay = recipe.weight_decay if parameter.ndim >= 2 else 0.0
            groups.setdefault((rate, decay), []).append(parameter)
    settings = [{"params": p, "lr": r, "peak": r, "weight_decay": d} for (r, d), p in groups.items()]
    return torch.optim.AdamW(settings, fused=classifier.body.device.type in ("cpu", "cuda"))


def _class_weights(targets: Tensor, labels: int) -> Tensor:
    """Each label's weight: 1 over its share, so that all weigh the same together; 0 where it never occurs."""
    counts = torch.bincount(targets, minlength=labels).float()
    return torch.where(counts > 0, len(targets) / (counts.clamp(min=1) * (counts > 0).sum()), torch.zeros_like(counts))


def _rate_share(done: int, steps: int, warmup_share: float) -> float:
    """Share of the peak rate in the next step: up over the first share of the steps, then down to 0 in a line."""
    warm = max(1, round(steps * warmup_share))
    if done < warm:
        return (done + 1) / warm
    return (steps - done) / max(1, steps - warm)
