"""Whether bfloat16 is quicker here: two steps both ways, measured once a process."""

import time
from functools import cache

import torch

from seedbed_engine.encoding.attention import has_fast_bfloat16
from seedbed_engine.encoding.devices import best_device
from seedbed_engine.learning.bodies import Body, Padded, load_body

ROWS, WIDTH = 8, 32  # the batch that is tried


def has_bfloat16() -> bool:
    """Whether the device that computes multiplies bfloat16 in hardware."""
    device = best_device()
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    return device.type == "cpu" and has_fast_bfloat16()


@cache
def is_bfloat16_quicker(where: str) -> bool:
    """Whether a training step of this encoder takes less processor time in bfloat16 than in 32 bits."""
    device = best_device()
    if device.type != "cpu" or not has_bfloat16():
        return has_bfloat16()
    return _seconds(load_body(where, True, device)) < _seconds(load_body(where, False, device))


def _seconds(body: Body) -> float:
    """Processor time of the quicker of two steps; the first one also pays for what is made once."""
    ids = torch.full((ROWS, WIDTH), 5)
    batch = Padded(ids, torch.ones_like(ids))
    taken = []
    for _ in range(2):
        began = time.process_time()
        with body.precision():
            body(batch).sum().backward()
        taken.append(time.process_time() - began)
    return min(taken)
