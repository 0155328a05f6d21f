"""Trained models in folders: an encoder that plain transformers can load, a head beside it, and a card.

`config.json`, `model.safetensors` and the tokenizer's files are the encoder (AutoModel, AutoTokenizer). The answer is
computed from the average over its tokens (attention mask applied), which AutoModelForSequenceClassification cannot do
for BERT; so the head is in `head.safetensors`: `head.weight` and `head.bias` of a linear layer over the labels (over
one score for each pair of question and option, of a cross-encoder), or `log_scale`, by whose exponential the cosine of
question and option is multiplied. `seedbed.json` says which.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

import seedbed_engine
from seedbed_engine.encoding.devices import best_device
from seedbed_engine.errors import InvalidFile, ModelError
from seedbed_engine.learning.bodies import Body
from seedbed_engine.learning.classifiers import make_classifier
from seedbed_engine.learning.items import Form, Kind
from seedbed_engine.learning.precision import has_bfloat16
from seedbed_engine.learning.recipes import Recipe
from seedbed_engine.learning.training import TrainedModel

CARD = "seedbed.json"
HEAD = "head.safetensors"


def save_model(model: TrainedModel, folder: Path, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Save a trained model and return its card; `facts` say what it was trained on. Whole or not at all."""
    card = {
        "seedbed": seedbed_engine.__version__,
        "kind": model.form.kind.name.lower(),
        "labels": list(model.form.labels),
        "encoder": model.encoder or "all-MiniLM-L6-v2 (in the box)",
        "seed_number": model.seed,
        "recipe": model.recipe.as_fields(),
        "head": _head_of(model),
        **({} if model.kept_epoch is None else {"kept_epoch": model.kept_epoch}),
        **facts,
    }
    beside = folder.with_name(folder.name + ".part")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    try:
        model.classifier.body.encoder.save_pretrained(beside)
        model.classifier.body.tokenizer.save_pretrained(beside)
        head = {name: value.cpu().contiguous() for name, value in model.classifier.head_state().items()}
        save_file(head, beside / HEAD)
        (beside / CARD).write_text(json.dumps(card, indent=2, ensure_ascii=False), encoding="utf-8")
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise InvalidFile(
            f"The trained model could not be saved: {error}.", "Make room, or choose another folder."
        ) from error
    shutil.rmtree(folder, ignore_errors=True)
    os.replace(beside, folder)
    return card


def read_card(folder: Path) -> dict[str, Any]:
    """The card of a saved model; ModelError where there is none."""
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        Kind[card["kind"].upper()], Recipe(**card["recipe"]), tuple(card["labels"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"'{folder.name}' holds no model that Seedbed trained.", f"Choose a folder with a {CARD} in it."
        ) from error
    return dict(card)


def load_model(folder: Path) -> TrainedModel:
    """A saved model, ready to predict; ModelError says what is wrong with the folder."""
    card = read_card(folder)
    form = Form(Kind[card["kind"].upper()], tuple(card["labels"]))
    recipe = Recipe(**card["recipe"])
    body = Body(folder, has_bfloat16(), best_device())
    classifier = make_classifier(body, form, recipe.max_length, card["seed_number"], is_cross=recipe.cross_encoder)
    try:
        left_out = classifier.load_state_dict(load_file(folder / HEAD), strict=False)
        if left_out.unexpected_keys or any(not name.startswith("body.") for name in left_out.missing_keys):
            raise KeyError("another head")
    except (OSError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"The head of the model in '{folder.name}' cannot be read.", "Train it again.") from error
    nothing = np.zeros((0, 0), np.float32)
    return TrainedModel(classifier, recipe, card["encoder"], card["seed_number"], nothing, nothing > 0)


def _head_of(model: TrainedModel) -> str:
    if model.recipe.cross_encoder:
        return "linear on the mean of the tokens of (question, option)"
    return "log_scale * cosine(question, option)" if model.form.is_choice else "linear on the mean of the tokens"
