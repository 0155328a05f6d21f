"""Likeness of vectors: numbers in, numbers out; knows no text and no encoder."""

from typing import cast

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


def unit_rows(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1 (rows of zeros stay); shape (n, d)."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return cast(Vectors, (vectors / np.maximum(lengths, 1e-12)).astype(np.float32))


def cosines(vector: Vectors, others: Vectors) -> Vectors:
    """Cosine of one unit vector (d,) with unit rows (n, d); shape (n,)."""
    return cast(Vectors, others @ vector)


def drifts(seed: Vectors, others: Vectors) -> Vectors:
    """Cosine distance of unit rows (n, d) from the seed's unit vector (d,): 0 is the same, 1 unrelated."""
    return cast(Vectors, (1.0 - others @ seed).astype(np.float32))
