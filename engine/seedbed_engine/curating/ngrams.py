"""Runs of words that texts share, as in GPT-3's decontamination (Brown and others 2020, appendix C)."""

import functools
from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

COMMON = 10  # a run that more texts than these share is a turn of phrase, and tells nothing
_STEP = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint64]


class NGrams:
    """Runs of words by their hashes, each with the number of the text it is from."""

    def __init__(self) -> None:
        self._added: dict[int, list[tuple[Hashes, int]]] = defaultdict(list)
        self._found: dict[int, tuple[Hashes, NDArray[np.int64]]] = {}

    def add(self, words: Sequence[str], length: int, text: int) -> None:
        """Remember all runs of so many words of a text."""
        self._added[length].append((_runs(_hashes(words), length), text))
        self._found.clear()

    def find(self, words: Sequence[str]) -> tuple[int, int] | None:
        """The first text that shares a run with these words, and how many words; the longest runs first."""
        if not self._found:
            self._found = {length: _sorted(self._added[length]) for length in sorted(self._added, reverse=True)}
        each = _hashes(words)
        for length, (known, texts) in self._found.items():
            runs = _runs(each, length)
            if len(runs) and len(known):
                places = np.minimum(np.searchsorted(known, runs), len(known) - 1)
                shared = places[known[places] == runs]
                if len(shared):
                    return int(texts[shared].min()), length
        return None


def _hashes(words: Sequence[str]) -> Hashes:
    return np.array([_word(word) for word in words], np.uint64)


def _runs(each: Hashes, length: int) -> Hashes:
    """One hash for each run of so many words, out of those of the words."""
    count = max(0, len(each) - length + 1)
    found = np.zeros(count, np.uint64)
    for place in range(length if count else 0):
        found = found * _STEP + each[place : place + count]
    return found


@functools.lru_cache(1 << 16)
def _word(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest())


def _sorted(added: Sequence[tuple[Hashes, int]]) -> tuple[Hashes, NDArray[np.int64]]:
    """Hashes in order with their texts, without those that too many texts share."""
    hashes = np.concatenate([np.unique(runs) for runs, _ in added])
    texts = np.repeat([text for _, text in added], [len(np.unique(runs)) for runs, _ in added]).astype(np.int64)
    order = np.lexsort((texts, hashes))
    hashes, texts = hashes[order], texts[order]
    _, first, counts = np.unique(hashes, return_index=True, return_counts=True)
    kept = first[counts <= COMMON]
    return hashes[kept], texts[kept]
