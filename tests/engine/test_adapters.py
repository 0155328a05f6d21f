"""LoRA: real small trainings; what learns, what is saved, and that a kill changes nothing."""

from pathlib import Path

import numpy as np
import pytest
import torch

from seedbed_engine.encoding.weights import find_model
from seedbed_engine.errors import ModelError
from seedbed_engine.examples import Example
from seedbed_engine.learning.items import infer_form
from seedbed_engine.learning.models import load_model, save_model
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.training import Step, TrainedModel, train
from seedbed_engine.settings import TrainingSettings

ANIMALS = ["cat", "dog", "horse", "cow", "sheep", "goat", "hen", "duck"]
TOOLS = ["hammer", "saw", "drill", "wrench", "chisel", "file", "clamp", "axe"]
LABELS = ("Yes", "No")
CLAIMS = [Example(f"A {name} is an animal.", LABELS, "Yes") for name in ANIMALS]
CLAIMS += [Example(f"A {name} is an animal.", LABELS, "No") for name in TOOLS]
SETTINGS = TrainingSettings(epochs=4, batch=8, lora=4, freeze_lower=2)


@pytest.fixture(scope="module")
def model() -> TrainedModel:
    found = train(CLAIMS, infer_form(CLAIMS), SETTINGS, 1)
    assert found is not None
    return found


def test_adapters_learn_and_are_merged_into_a_plain_encoder(model: TrainedModel) -> None:
    from transformers import AutoModel

    before = AutoModel.from_pretrained(str(find_model()), use_safetensors=True).state_dict()
    after = model.classifier.body.encoder.state_dict()
    assert {name for name in before if not name.startswith("pooler.")} == set(after)
    changed = {name for name in after if not torch.equal(after[name], before[name])}
    linear = {name for name in after if name.endswith("weight") and after[name].ndim == 2 and "embeddings" not in name}
    assert changed == {name for name in linear if int(name.split("layer.")[1].split(".")[0]) >= 2}
    difference = after["encoder.layer.5.output.dense.weight"] - before["encoder.layer.5.output.dense.weight"]
    assert int(torch.linalg.matrix_rank(difference, rtol=1e-3)) <= 4
    right = [
        max(row) == row[LABELS.index(e.answer)]
        for row, e in zip(predict(model.classifier, CLAIMS), CLAIMS, strict=True)
    ]
    assert sum(right) >= 14


def test_the_saved_folder_opens_in_plain_transformers_without_peft(model: TrainedModel, tmp_path: Path) -> None:
    from transformers import AutoModel

    card = save_model(model, tmp_path / "model", {})
    assert card["recipe"]["lora"] == 4
    assert not [path.name for path in (tmp_path / "model").iterdir() if "adapter" in path.name]
    encoder = AutoModel.from_pretrained(str(tmp_path / "model"), use_safetensors=True)
    name = "encoder.layer.5.output.dense.weight"
    assert type(encoder).__name__ == "BertModel"
    assert torch.equal(encoder.state_dict()[name], model.classifier.body.encoder.state_dict()[name])
    np.testing.assert_allclose(
        predict(load_model(tmp_path / "model").classifier, CLAIMS), predict(model.classifier, CLAIMS), atol=0.01
    )


def test_a_killed_training_goes_on_to_the_same_model(model: TrainedModel, tmp_path: Path) -> None:
    looks = iter(range(5))
    arguments = {"checkpoint": tmp_path / "half.safetensors", "checkpoint_seconds": 0.0}
    half = train(CLAIMS, model.form, SETTINGS, 1, should_stop=lambda: next(looks, None) is None, **arguments)
    assert half is None
    assert (tmp_path / "half.safetensors").stat().st_size < 5_000_000  # adapters, not the encoder
    steps: list[Step] = []
    resumed = train(CLAIMS, model.form, SETTINGS, 1, on_step=steps.append, **arguments)
    assert resumed is not None
    assert len(steps) == 4
    np.testing.assert_allclose(predict(resumed.classifier, CLAIMS), predict(model.classifier, CLAIMS), atol=0.01)


def test_nothing_that_learns_is_said() -> None:
    with pytest.raises(ModelError, match="no linear layer that learns"):
        train(CLAIMS, infer_form(CLAIMS), TrainingSettings(lora=4, freeze_lower=6), 1)
