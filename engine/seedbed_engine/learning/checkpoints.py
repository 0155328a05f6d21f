"""A training half done, kept in one file so that a killed one goes on from its last epoch."""

import hashlib
import json
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

from seedbed_engine.examples import Example
from seedbed_engine.learning.stopping import BestEpoch

log = logging.getLogger(__name__)


def fingerprint(examples: Sequence[Example], *facts: object) -> str:
    """Short name of everything that decides a training: the same inputs, the same model."""
    texts = [[e.question, e.context, list(e.options), e.answer] for e in examples]
    return hashlib.sha256(json.dumps([texts, *map(str, facts)]).encode()).hexdigest()[:16]


def save_checkpoint(
    path: Path,
    name: str,
    epoch: int,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    record: NDArray[np.float32],
    best: BestEpoch,
) -> None:
    """Write what learns, the optimizer's state, the dynamics and the best epoch so far; whole or not at all."""
    tensors = {f"model.{key}": value.data for key, value in model.named_parameters() if value.requires_grad}
    for number, state in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{number}.{key}": value for key, value in state.items()}
    tensors |= {f"best.{key}": value for key, value in best.weights.items()}
    tensors["record"] = torch.from_numpy(record)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    save_file(
        {k: v.contiguous() for k, v in tensors.items()}, beside, {"name": name, "epoch": str(epoch), **best.facts()}
    )
    os.replace(beside, path)


def load_checkpoint(
    path: Path,
    name: str,
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    record: NDArray[np.float32],
    best: BestEpoch,
) -> int:
    """Take up a training where its checkpoint left it: the epochs done, 0 where there is none of this name."""
    if not path.exists():
        return 0
    try:
        with safe_open(path, "pt") as file:
            facts = file.metadata() or {}
            if facts.get("name") != name:
                return 0
            tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118  not a dict
    except (SafetensorError, OSError) as error:
        log.warning("checkpoint %s is left aside: %s", path.name, error)
        return 0
    parameters = dict(model.named_parameters())
    with torch.no_grad():
        for key, value in _under(tensors, "model.").items():
            parameters[key].copy_(value)
    optimizer.load_state_dict({**optimizer.state_dict(), "state": _states(_under(tensors, "optimizer."))})
    record[:] = tensors["record"].numpy()
    best.take_up(facts, _under(tensors, "best."))
    return int(facts["epoch"])


def _under(tensors: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}


def _states(tensors: dict[str, Tensor]) -> dict[int, dict[str, Any]]:
    states: dict[int, dict[str, Any]] = {}
    for key, value in tensors.items():
        number, name = key.split(".", 1)
        states.setdefault(int(number), {})[name] = value
    return states
