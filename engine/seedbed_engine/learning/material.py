"""Who is trained on, who is tested on, who only draws the curve: shared out before anything is learned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from seedbed_engine.errors import NotEnoughData
from seedbed_engine.examples import Example
from seedbed_engine.keeping.datasets import item_key
from seedbed_engine.learning.branches import HeldOut, hold_out
from seedbed_engine.learning.items import FEWEST, Form, LearningItem, check_enough, infer_form
from seedbed_engine.settings import TrainingSettings

HUMAN_TEST = "the human test set"
MOST_WATCHED = 64
MOST_DEV = 200  # human train examples that are set aside where there is no dev split
FEWEST_TESTED = 4
SHUFFLE = 13  # the seed number of what is shared out once for all trainings
HELD_BACK_SHUFFLE = 17  # of the branches that choose a learning rate or an epoch: others than those a verdict holds out
HELD_BACK_SHARE = 5  # one in so many human examples chooses the epoch, where early stopping is wanted
MOST_HELD_BACK = 500


@dataclass(frozen=True)
class LearningTask:
    """What is to be judged. Without a `test`, branches of the created examples are held out.

    `labels` are the seed's options where these are fixed. `looks` is how often the test set has been looked at, this
    time included. `folder` takes checkpoints, finished answers and trained models; a task that is judged again in the
    same folder goes on where it was killed. `shared` (else `folder`) takes what serves later tasks too: the models of
    all human data. `dev` is answered beside the test and judges nothing: what a tree may be grown by. `held_out` are
    the numbers of created examples that judge, where they are not to be drawn; `remark` is said with the verdict.
    """

    created: Sequence[LearningItem]
    settings: TrainingSettings
    folder: Path
    human_train: Sequence[LearningItem] = ()
    test: Sequence[LearningItem] = ()
    labels: tuple[str, ...] = ()
    test_name: str = HUMAN_TEST
    looks: int | None = None
    shared: Path | None = None
    dev: Sequence[LearningItem] = ()
    held_out: Sequence[int] = ()
    remark: str = ""


@dataclass(frozen=True)
class Material:
    """A task's items, shared out; `human` is empty where there are too few.

    `watched` and `dev` are trained on by none of the models that are compared item for item; `all_human` is empty where
    there are no more than are in `human_for`, and has these too, so that it is the same for every later task.
    `held_back` (branches of the created examples) and its human likes are there for early stopping only, each kind of
    data for its own models; nothing of it is trained on or tested.
    """

    form: Form
    created: tuple[LearningItem, ...]
    human: tuple[LearningItem, ...]
    test: tuple[LearningItem, ...]
    watched: tuple[Example, ...]
    test_name: str
    notes: tuple[str, ...]
    all_human: tuple[LearningItem, ...] = ()
    dev: tuple[LearningItem, ...] = ()
    held_back: tuple[LearningItem, ...] = ()
    all_human_held_back: tuple[LearningItem, ...] = ()

    def human_for(self, seed: int) -> list[LearningItem]:
        """As many human examples as created ones (or all), drawn anew for each training seed."""
        return self._drawn(seed)[0]

    def human_held_back_for(self, seed: int) -> list[LearningItem]:
        """Human examples that choose the epoch of the model trained on `human_for`: as many as created ones do."""
        return self._drawn(seed)[1]

    def rate_parts(self) -> tuple[Sequence[LearningItem], Sequence[LearningItem]]:
        """What the learning rates are tried on, and what judges them: created branches, as for early stopping."""
        if self.held_back:
            return self.created, self.held_back
        held = hold_out(self.created, HELD_BACK_SHUFFLE)
        return held.train, held.test

    def _drawn(self, seed: int) -> tuple[list[LearningItem], list[LearningItem]]:
        spare = _held_back_size(len(self.human), len(self.held_back))
        size = min(len(self.created), len(self.human) - spare)
        order = np.random.default_rng([SHUFFLE, seed]).permutation(len(self.human))
        parts = order[:size], order[size : size + spare]
        train, held_back = ([self.human[place] for place in sorted(part)] for part in parts)
        return train, held_back


def gather(task: LearningTask) -> Material:
    """Share a task's items out; NotEnoughData says what is missing."""
    form = infer_form([item.example for item in (*task.created, *task.test)], task.labels)
    if task.test:
        material = _with_human_test(form, task)
    else:
        held = _held_again(task) if task.held_out else hold_out(task.created)
        watched = tuple(item.example for item in held.test[:MOST_WATCHED])
        material = Material(form, held.train, (), held.test, watched, held.words, ())
    if task.remark:
        material = replace(material, notes=(*material.notes, task.remark))
    if task.settings.patience:
        material = _with_held_back(material)
    check_enough(form, [item.example for item in material.created])
    if len(material.test) < FEWEST_TESTED:
        raise NotEnoughData(
            f"There are {len(material.test)} examples to test on.", "Import a test set, or create more examples."
        )
    return material


def _held_again(task: LearningTask) -> HeldOut:
    """The same examples held out as before, as far as they are in the tree still."""
    chosen = set(task.held_out)
    train = tuple(item for item in task.created if item.id not in chosen)
    test = tuple(item for item in task.created if item.id in chosen)
    return HeldOut(train, test, f"{len(test)} created examples that were held out before")


def _with_human_test(form: Form, task: LearningTask) -> Material:
    notes = []
    if task.looks:
        times = {1: "once", 2: "twice"}.get(task.looks, f"{task.looks} times")
        notes.append(f"The test set has now been looked at {times}.")
    everyone, known = without_test_items(task.human_train, task.test)
    if known:
        notes.append(
            f"{known} human training examples ask what the test set asks: they are left out, for a model must not have "
            "seen what it is judged on."
        )
    fewer = sum(len(item.example.options) < len(form.labels) for item in task.test)
    if fewer:
        offered = f"offer fewer options than the {len(form.labels)} labels of the task"
        chosen = "each model chooses among what is offered, which is easier"
        notes.append(f"{fewer} of {len(task.test)} test items {offered}; {chosen}.")
    left = max(0, len(everyone) - len(task.created))
    spare = min(left, MOST_WATCHED if task.dev else max(MOST_WATCHED, min(MOST_DEV, left // 2)))
    order = [everyone[place] for place in np.random.default_rng(SHUFFLE).permutation(len(everyone))]
    watched, human = order[:spare], order[spare:]
    try:
        check_enough(form, [item.example for item in human])
    except NotEnoughData as error:
        if everyone:
            notes.append(f"There is no comparison with human data: {error.what}")
        watched, human = order[:MOST_DEV], []
    if human and len(human) < len(task.created):
        notes.append(f"There are {len(human)} human examples to train on, fewer than created ones.")
    is_more = bool(human) and len(everyone) > len(task.created) and task.settings.all_human
    return Material(
        form=form,
        created=tuple(task.created),
        human=tuple(human),
        test=tuple(task.test),
        watched=tuple(item.example for item in watched[:MOST_WATCHED]),
        test_name=task.test_name,
        notes=tuple(notes),
        all_human=tuple(everyone) if is_more else (),
        dev=tuple(task.dev) or tuple(watched),
    )


def without_test_items(human: Sequence[LearningItem], test: Sequence[LearningItem]) -> tuple[list[LearningItem], int]:
    """Human examples that are no test items, and how many others there were."""
    asked = {item_key(item.example) for item in test}
    kept = [item for item in human if item_key(item.example) not in asked]
    return kept, len(human) - len(kept)


def _with_held_back(material: Material) -> Material:
    """Take off what early stopping is judged on."""
    try:
        held = hold_out(material.created, HELD_BACK_SHUFFLE)
    except NotEnoughData as error:
        raise NotEnoughData(
            "Early stopping is judged on branches that are held out, and no branch is small enough.",
            "Train without it, or grow more branches.",
        ) from error
    everyone = material.all_human
    order = np.random.default_rng(HELD_BACK_SHUFFLE).permutation(len(everyone))
    chosen = set(order[: _held_back_size(len(everyone), MOST_HELD_BACK)].tolist())
    return replace(
        material,
        created=held.train,
        held_back=held.test,
        all_human=tuple(item for place, item in enumerate(everyone) if place not in chosen),
        all_human_held_back=tuple(everyone[place] for place in sorted(chosen)),
    )


def _held_back_size(examples: int, most: int) -> int:
    size = min(most, examples // HELD_BACK_SHARE)
    return size if examples - size >= FEWEST else 0
