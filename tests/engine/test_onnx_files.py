"""Trained models as ONNX files: another runtime gives the same answers from the file and the saved tokenizer alone."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import pytest
from click.testing import CliRunner
from transformers import AutoTokenizer

from seedbed_engine.__main__ import main
from seedbed_engine.errors import ModelError
from seedbed_engine.examples import Example
from seedbed_engine.keeping.project import create_project
from seedbed_engine.learning.items import infer_form
from seedbed_engine.learning.models import load_model, save_model
from seedbed_engine.learning.onnx_files import export_onnx
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.training import train
from seedbed_engine.settings import TrainingSettings

YES_NO = ("Yes", "No")
NAMES = ["cat", "dog", "horse", "cow", "sheep", "goat", "hen", "duck"]
TOOLS = ["hammer", "saw", "drill", "wrench", "chisel", "file", "clamp", "axe"]
CLAIMS = [Example(f"A {n} is an animal.", YES_NO, "Yes" if n in NAMES else "No") for n in (*NAMES, *TOOLS)]
PASSAGES = [
    Example(f"Is the {n} old?", YES_NO, a, f"The {n} was {made} years ago.")
    for n in TOOLS
    for a, made in (("Yes", "made two hundred"), ("No", "bought two"))
]
CHOICES = [Example(f"Which is like a {n}?", (*TOOLS[: 1 + i % 3], n), n) for i, n in enumerate(NAMES)]


def trained_in(folder: Path, examples: list[Example], *, is_cross: bool = False) -> Path:
    model = train(examples, infer_form(examples), TrainingSettings(epochs=1, cross_encoder=is_cross), 1)
    assert model is not None
    save_model(model, folder / "model", {})
    return folder / "model"


def run(file: Path, folder: Path, texts: list[str], pairs: list[str] | None = None) -> Any:
    """What the ONNX runtime says; the tokenizer is the one that was saved with the model."""
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    tokens = AutoTokenizer.from_pretrained(folder)(texts, pairs, padding=True, return_tensors="np")
    wanted = {entry.name for entry in session.get_inputs()}
    return session.run(None, {name: value for name, value in tokens.items() if name in wanted})[0]


def facts_in(file: Path) -> dict[str, Any]:
    return dict(json.loads({p.key: p.value for p in onnx.load(file).metadata_props}["seedbed"]))


@pytest.mark.parametrize("examples", [CLAIMS, PASSAGES], ids=["closed", "with a passage"])
def test_labels_are_answered_as_by_the_model_itself(tmp_path: Path, examples: list[Example]) -> None:
    folder = trained_in(tmp_path, examples)
    facts = export_onnx(folder, tmp_path / "model.onnx")
    asked = examples[:5]
    contexts = [e.context or "" for e in asked] if asked[0].context else None
    found = run(tmp_path / "model.onnx", folder, [e.question for e in asked], contexts)
    own = np.array(predict(load_model(folder).classifier, asked))
    assert found.shape == (5, 2)
    assert np.abs(found - own).max() < 0.03  # the model itself may compute in bfloat16
    assert facts == facts_in(tmp_path / "model.onnx")
    assert facts["labels"] == list(YES_NO)
    assert facts["output"] == "probabilities"


def test_options_are_scored_by_vectors_and_the_scale_in_the_file(tmp_path: Path) -> None:
    folder = trained_in(tmp_path, CHOICES)
    export_onnx(folder, tmp_path / "model.onnx")
    scale = facts_in(tmp_path / "model.onnx")["scale"]
    asked = CHOICES[2]
    vectors = run(tmp_path / "model.onnx", folder, [asked.question, *asked.options])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-4)
    scores = np.exp(scale * (vectors[1:] @ vectors[0]))
    own = np.array(predict(load_model(folder).classifier, [asked])[0])
    assert np.abs(scores / scores.sum() - own).max() < 0.03


def test_a_cross_encoder_scores_pairs_of_question_and_option(tmp_path: Path) -> None:
    folder = trained_in(tmp_path, CHOICES, is_cross=True)
    facts = export_onnx(folder, tmp_path / "model.onnx")
    assert (facts["output"], facts["pairs"]) == ("scores", True)
    asked = CHOICES[2]
    scores = np.exp(run(tmp_path / "model.onnx", folder, [asked.question] * len(asked.options), list(asked.options)))
    own = np.array(predict(load_model(folder).classifier, [asked])[0])
    assert len(scores) == len(own)
    assert np.abs(scores / scores.sum() - own).max() < 0.03


def test_the_command_line_exports_and_says_where(tmp_path: Path) -> None:
    folder = trained_in(tmp_path, CLAIMS)
    project = tmp_path / "one.seedbed"
    create_project(project).close()
    words = ["export-model", str(project), str(tmp_path / "a.onnx"), "--folder", str(folder), "--json"]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["labels"] == list(YES_NO)
    assert (tmp_path / "a.onnx").stat().st_size > 1_000_000
    refused = CliRunner().invoke(main, words[:3])
    assert refused.exit_code == 1
    assert "no such trained model" in refused.output


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no model"):
        export_onnx(tmp_path, tmp_path / "x.onnx")
