"""Early stopping: real small trainings that learn and then only learn by heart, stopped, killed and judged."""

import json
from pathlib import Path

import numpy as np
import pytest

import seedbed_resources
from seedbed_engine.errors import NotEnoughData
from seedbed_engine.examples import Example, example_from_fields
from seedbed_engine.learning.items import Form, LearningItem, infer_form
from seedbed_engine.learning.judging import judge
from seedbed_engine.learning.material import LearningTask, gather
from seedbed_engine.learning.models import read_card
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.training import Step, TrainedModel, score, train
from seedbed_engine.settings import TrainingSettings

LABELS = ("True", "False")
SETTINGS = TrainingSettings(epochs=6, patience=2, batch=8)


def claims(split: str, start: int, stop: int) -> list[Example]:
    lines = seedbed_resources.text("samples", "creak", f"{split}.jsonl").splitlines()[start:stop]
    return [example_from_fields(json.loads(line)) for line in lines]


def items(examples: list[Example]) -> list[LearningItem]:
    return [LearningItem(100 + n, example, f"branch {n % 6}") for n, example in enumerate(examples)]


LEARNED, DEV = claims("train", 0, 32), claims("train", 32, 56)


def trained(settings: TrainingSettings, **more: object) -> tuple[TrainedModel, list[Step]]:
    steps: list[Step] = []
    model = train(LEARNED, infer_form(LEARNED), settings, 1, on_step=steps.append, dev=DEV, **more)  # type: ignore[arg-type]
    assert model is not None
    return model, steps


@pytest.fixture(scope="module")
def stopped() -> tuple[TrainedModel, list[Step]]:
    return trained(SETTINGS)


def test_a_training_ends_after_epochs_without_gain_and_keeps_the_best(stopped: tuple[TrainedModel, list[Step]]) -> None:
    model, steps = stopped
    told = [step.accuracy for step in steps if step.accuracy is not None]
    assert model.kept_epoch is not None
    assert len(model.dynamics) == len(model.right) == len(told) == min(model.kept_epoch + SETTINGS.patience, 6)
    kept = score(predict(model.classifier, DEV), DEV)
    assert kept[0] == told[model.kept_epoch - 1] == max(told)


def test_judging_the_epochs_does_not_change_how_they_learn(stopped: tuple[TrainedModel, list[Step]]) -> None:
    model, steps = stopped
    told: list[Step] = []
    whole = train(LEARNED, model.form, TrainingSettings(epochs=6, batch=8), 1, on_step=told.append, watched=DEV)
    assert whole is not None
    assert whole.kept_epoch is None
    first, second = ([s.accuracy for s in each if s.accuracy is not None] for each in (steps, told))
    assert first == second[: len(first)]
    np.testing.assert_allclose(model.dynamics, whole.dynamics[: len(model.dynamics)], atol=0.01)


def test_a_killed_training_goes_on_to_the_same_kept_epoch(
    stopped: tuple[TrainedModel, list[Step]], tmp_path: Path
) -> None:
    model, steps = stopped
    checkpoint = tmp_path / "half.safetensors"
    assert model.kept_epoch is not None
    assert model.kept_epoch < len(model.dynamics)
    last = len(steps) - 1  # the best epoch lies before it, so that its weights come from the checkpoint
    looks = iter(range(last))
    arguments = {"checkpoint": checkpoint, "checkpoint_seconds": 0.0}
    half = train(LEARNED, model.form, SETTINGS, 1, dev=DEV, should_stop=lambda: next(looks, None) is None, **arguments)
    assert half is None
    assert checkpoint.exists()
    resumed, rest = trained(SETTINGS, **arguments)
    assert len(rest) == 4
    assert resumed.kept_epoch == model.kept_epoch
    np.testing.assert_allclose(predict(resumed.classifier, DEV), predict(model.classifier, DEV), atol=0.01)
    np.testing.assert_allclose(resumed.dynamics, model.dynamics, atol=0.01)


def test_each_kind_of_data_chooses_the_epochs_of_its_own_models(tmp_path: Path) -> None:
    created, human = items(claims("train", 0, 36)), items(claims("train", 40, 140))
    task = LearningTask(created, SETTINGS, tmp_path, human, items(claims("test", 0, 12)), LABELS)
    material = gather(task)
    assert {item.branch for item in material.held_back}.isdisjoint(item.branch for item in material.created)
    assert len(material.created) + len(material.held_back) == 36
    assert len(material.human_for(1)) == len(material.created)
    assert len(material.human_held_back_for(1)) == len(material.held_back)
    assert {id(i) for i in material.human_for(1)}.isdisjoint(map(id, material.human_held_back_for(1)))
    assert {id(i) for i in material.all_human}.isdisjoint(map(id, material.all_human_held_back))
    assert len(material.all_human) == 80


def test_a_verdict_says_which_epochs_were_kept_and_so_does_the_card(tmp_path: Path) -> None:
    created, human = items(claims("train", 0, 30)), items(claims("train", 40, 75))
    settings = TrainingSettings(epochs=3, patience=1, seeds=(1, 2), all_human=False)
    task = LearningTask(created, settings, tmp_path, human, items(claims("test", 0, 12)), LABELS)
    found = judge(task, lambda told: None)
    assert found is not None
    said = [note for note in found.verdict.notes if note.startswith("Early stopping")]
    assert len(said) == 2
    assert "created data: kept epochs" in said[0]
    assert "of at most 3, the best on 5 created examples held out by branch" in said[0]
    assert "held-out examples of the same data" in said[1]
    assert len(found.learned) == len(found.trained) == found.verdict.rows[0].examples == 25
    assert read_card(found.models[0].folder)["kept_epoch"] in (1, 2, 3)
    again = judge(task, lambda told: None)
    assert again is not None
    assert again.verdict == found.verdict


def test_one_single_branch_cannot_be_held_out(tmp_path: Path) -> None:
    created = [LearningItem(n, example, "branch 1") for n, example in enumerate(claims("train", 0, 30))]
    task = LearningTask(created, SETTINGS, tmp_path, (), items(claims("test", 0, 12)), LABELS)
    with pytest.raises(NotEnoughData, match="no branch is small enough"):
        gather(task)


def test_the_share_right_counts_before_the_loss() -> None:
    yes, no = (Example(f"Is it {label}?", LABELS, label) for label in LABELS)
    assert score([[0.6, 0.4], [0.4, 0.6]], [yes, no]) > score([[0.9, 0.1], [0.51, 0.49]], [yes, no])
    assert score([[0.9, 0.1], [0.1, 0.9]], [yes, no]) > score([[0.6, 0.4], [0.4, 0.6]], [yes, no])
    assert infer_form([yes, no]) == Form(infer_form([yes, no]).kind, LABELS)
