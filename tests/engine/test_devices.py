"""What computing leaves behind."""

import sys
from pathlib import Path

import pytest
import torch

from seedbed_engine.encoding.devices import give_back_memory


def resident() -> int:
    """Memory of this process in MiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps freed memory in pieces")
def test_memory_that_was_freed_in_pieces_is_given_back() -> None:
    del (first := [torch.ones(7_000_000)])[:]  # from now on glibc takes blocks of this size from its heap
    many = [torch.ones(250_000) for _ in range(400)]
    last = torch.ones(250_000)  # lies above them: the heap cannot shrink
    full = resident()
    del many
    kept = resident()
    give_back_memory()
    assert not first
    assert float(last[0]) == 1.0
    assert resident() < full - 300
    assert resident() <= kept
