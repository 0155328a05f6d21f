"""A trained model as one ONNX file, for programs without torch; text is still cut into tokens by the saved tokenizer.

Inputs `input_ids` and `attention_mask` (batch, tokens); for pairs of question and passage also `token_type_ids`, where
the encoder has them. Of fixed labels the output is `probabilities` (batch, labels); of multiple choice it is `vectors`
(batch, width), unit rows of a question or an option: the softmax over `scale` times their products is the answer. Of a
cross-encoder it is `scores` (batch), one for each pair of question and option: their softmax is the answer. What is
needed beside the numbers is in the file's metadata under `seedbed`.
"""

import json
import logging
import warnings
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from seedbed_engine.errors import ModelError, PersonError
from seedbed_engine.learning.bodies import Body
from seedbed_engine.learning.classifiers import Classifier, CrossClassifier
from seedbed_engine.learning.items import Kind
from seedbed_engine.learning.models import load_model, read_card

CPU = torch.device("cpu")
OPSET = 18


class _Exported(nn.Module):
    """A classifier as plain tensors in, plain tensors out."""

    def __init__(self, classifier: Classifier, is_pair: bool, output: str) -> None:
        super().__init__()
        self._encoder, self._is_pair, self._output = classifier.body.encoder, is_pair, output
        self._head = None if output == "vectors" else classifier.get_submodule("head")

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor | None = None) -> Tensor:
        kinds = {"token_type_ids": token_type_ids} if self._is_pair else {}
        states = self._encoder(input_ids=input_ids, attention_mask=attention_mask, **kinds).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * mask).sum(1) / mask.sum(1)
        if self._head is None:
            return nn.functional.normalize(mean, dim=1)
        found: Tensor = self._head(mean)
        return found.squeeze(1) if self._output == "scores" else torch.softmax(found, dim=1)


def export_onnx(folder: Path, target: Path) -> dict[str, Any]:
    """Write the model of a folder as an ONNX file and return what is in its metadata; needs the extra 'onnx'."""
    try:
        import onnx
        import onnxscript  # noqa: F401  torch exports through it
    except ImportError as error:
        raise PersonError("ONNX is not installed here.", "Install it: pip install 'seedbed[onnx]'.") from error
    classifier = load_model(folder).classifier
    plain = Body(folder, False, CPU)  # in 32 bits, with the attention that every runtime knows
    are_read_in_pairs = classifier.form.kind is Kind.OPEN or isinstance(classifier, CrossClassifier)
    is_pair = are_read_in_pairs and getattr(plain.encoder.config, "type_vocab_size", 0) >= 2
    classifier.to(CPU)
    classifier.body = plain
    facts = _facts(classifier, read_card(folder), is_pair)
    try:
        _write(_Exported(classifier, is_pair, facts["output"]).eval(), target, is_pair, facts["output"])
        model = onnx.load(target)
        onnx.helper.set_model_props(model, {"seedbed": json.dumps(facts, ensure_ascii=False)})
        onnx.save(model, target)
    except OSError as error:
        raise ModelError(f"'{target.name}' cannot be written ({error.strerror}).", "Choose another place.") from error
    return facts


def _facts(classifier: Classifier, card: dict[str, Any], is_pair: bool) -> dict[str, Any]:
    facts = {"kind": card["kind"], "labels": card["labels"], "longest": classifier.longest, "encoder": card["encoder"]}
    if isinstance(classifier, CrossClassifier):
        return {**facts, "output": "scores", "pairs": is_pair}
    if not classifier.form.is_choice:
        return {**facts, "output": "probabilities", "pairs": is_pair}
    scale = float(classifier.get_parameter("log_scale").detach().exp())
    return {**facts, "output": "vectors", "pairs": False, "scale": scale}


def _write(model: nn.Module, target: Path, is_pair: bool, output: str) -> None:
    ids = torch.ones((2, 8), dtype=torch.long)
    inputs = (ids, torch.ones_like(ids), torch.zeros_like(ids)) if is_pair else (ids, torch.ones_like(ids))
    names = ["input_ids", "attention_mask", "token_type_ids"][: len(inputs)]
    batch, tokens = torch.export.Dim("batch", min=1), torch.export.Dim("tokens", min=2)
    shapes = tuple({0: batch, 1: tokens} for _ in names)
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the exporter deprecates within itself
        torch.onnx.export(
            model,
            inputs,
            str(target),
            input_names=names,
            output_names=[output],
            dynamic_shapes=shapes,
            opset_version=OPSET,
            external_data=False,
            dynamo=True,
            verbose=False,
        )
