"""KNN-Shapley: what each training example is worth to a nearest-neighbour classifier on frozen vectors.

Exact for that classifier (Jia and others, 2019), and a proxy only for the small model that is trained.
"""

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.similarity import Vectors

NEIGHBOURS = 5


def knn_shapley(
    known: Vectors, answers: NDArray[np.int64], asked: Vectors, truth: NDArray[np.int64], neighbours: int = NEIGHBOURS
) -> NDArray[np.float64]:
    """Values (n,) of known unit rows (n, d) for asked ones (m, d), in shares of accuracy; they add up to what all give.

    An example whose neighbours among the asked have another answer gets a negative value.
    """
    count = len(known)
    ranks = np.arange(1, count)
    weights = np.minimum(neighbours, ranks) / ranks / neighbours
    values = np.zeros(count)
    for row, answer in zip(asked @ known.T, truth, strict=True):
        order = np.argsort(-row, kind="stable")
        matches = (answers[order] == answer).astype(float)
        farthest = matches[-1] * min(neighbours, count) / count / neighbours
        steps = np.append((matches[:-1] - matches[1:]) * weights, farthest)
        values[order] += np.cumsum(steps[::-1])[::-1]
    return values / max(1, len(asked))
