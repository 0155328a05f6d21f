"""Which examples go into a step together: of like length, so that little is padding, in an order that a seed fixes."""

from collections.abc import Sequence

import numpy as np

MOST_POOL = 8  # batches sorted by length together


def epoch_batches(lengths: Sequence[int], size: int, seed: int, epoch: int) -> list[list[int]]:
    """Batches of indices for one pass; the same seed and epoch give the same batches."""
    chance = np.random.default_rng([seed, epoch])
    order = chance.permutation(len(lengths))
    batches = []
    pooled = size * min(MOST_POOL, max(1, len(order) // size // 4))  # of few examples every pass mixes anew
    for start in range(0, len(order), pooled):
        pool = sorted(order[start : start + pooled].tolist(), key=lambda index: lengths[index])
        batches += [pool[at : at + size] for at in range(0, len(pool), size)]
    return [batches[place] for place in chance.permutation(len(batches))]


def reading_batches(lengths: Sequence[int], most_tokens: int, most: int = 64) -> list[list[int]]:
    """Batches of indices for one reading without learning: sorted by length, at most this many tokens each."""
    order = sorted(range(len(lengths)), key=lambda index: lengths[index])
    batches: list[list[int]] = []
    for index in order:
        last = batches[-1] if batches else None
        if last is None or len(last) >= most or (len(last) + 1) * lengths[index] > most_tokens:
            batches.append([index])
        else:
            last.append(index)
    return batches
