"""Whether bfloat16 is quicker here: a few steps both ways, measured once a process."""

import time
from functools import cache

import torch

from seedbed_engine.encoding.attention import has_fast_bfloat16
from seedbed_engine.encoding.devices import best_device
from seedbed_engine.learning.bodies import Body, Padded, load_body

ROWS, WIDTH = 4, 32  # the batch that is tried
TURNS = 3


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
    return is_first_quicker(load_body(where, True, device), load_body(where, False, device))


def is_first_quicker(first: Body, second: Body) -> bool:
    """Which of two bodies takes less processor time for a step, by the best of some in turns.

    The first steps also pay for what is made once, and another program may slow any of them.
    """
    taken = [(_seconds(first), _seconds(second)) for _ in range(TURNS)]
    return min(one for one, _ in taken) < min(other for _, other in taken)


def _seconds(body: Body) -> float:
    """Processor time of one step."""
    ids = torch.full((ROWS, WIDTH), 5)
    batch = Padded(ids, torch.ones_like(ids))
    began = time.process_time()
    with body.precision():
        body(batch).sum().backward()
    return time.process_time() - began
