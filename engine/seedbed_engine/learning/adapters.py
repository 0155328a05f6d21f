"""LoRA: the encoder stays as it is; matrices beside its linear layers learn, and end merged into it."""

from typing import Any

import torch
from torch import nn

from seedbed_engine.errors import ModelError
from seedbed_engine.learning.bodies import Body

SCALE = 2  # alpha is so many times the rank: what is learned counts twice


def add_adapters(body: Body, rank: int, seed: int) -> None:
    """Put adapters of this rank beside all linear layers that were to learn; only they learn then."""
    peft = _peft()
    names = [
        name
        for name, module in body.encoder.named_modules()
        if isinstance(module, nn.Linear) and module.weight.requires_grad
    ]
    if not names:
        raise ModelError("The encoder has no linear layer that learns.", "Freeze fewer layers, or train without LoRA.")
    settings = peft.LoraConfig(r=rank, lora_alpha=SCALE * rank, target_modules=names)
    devices = [body.device] if body.device.type == "cuda" else []
    with torch.random.fork_rng(devices):
        torch.manual_seed(seed)
        body.encoder = peft.LoraModel(body.encoder, settings, "default")
    body.encoder.eval()
    body.to(body.device)


def merge_adapters(body: Body) -> None:
    """Add what was learned to the encoder's own weights: a plain encoder, for plain transformers."""
    if hasattr(body.encoder, "merge_and_unload"):
        body.encoder = body.encoder.merge_and_unload()


def _peft() -> Any:
    try:
        import peft
    except ImportError as error:
        raise ModelError("LoRA needs the package peft.", "pip install 'seedbed[lora]'") from error
    return peft
