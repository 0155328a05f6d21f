"""Which device computes: a graphics card where there is one, else the processor; and the memory it takes."""

import contextlib
import ctypes
import sys
from collections.abc import Iterator

import torch


def best_device() -> torch.device:
    """CUDA, else Apple's MPS, else the CPU."""
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")


def give_back_memory() -> None:
    """Hand freed memory to the system: glibc keeps what large tensors leave in pieces, gigabytes in the end."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Compute on one thread: short texts take less than half the processor time that two threads need for them."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
