"""Training dynamics: how sure a model grew of each example's answer while it learned (Swayamdipta and others, 2020)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.learning.training import TrainedModel


@dataclass(frozen=True, slots=True)
class Learned:
    """How one example was learned, over the epochs and averaged over training seeds.

    `confidence` is the mean probability of its answer and `variability` the deviation of it, `correctness` the share
    of epochs in which it was the likeliest, `forgotten` how often it was right in one epoch and wrong in the next.
    """

    confidence: float
    variability: float
    correctness: float
    forgotten: float


def summary(model: TrainedModel) -> list[list[float]]:
    """The four figures of each example in one training: (4, examples)."""
    shares: NDArray[np.float32] = model.dynamics
    forgotten = (model.right[:-1] & ~model.right[1:]).sum(axis=0)
    figures = [shares.mean(axis=0), shares.std(axis=0), model.right.mean(axis=0), forgotten]
    return [[float(value) for value in row] for row in figures]


def over_seeds(summaries: Sequence[Sequence[Sequence[float]]]) -> tuple[Learned, ...]:
    """The figures of each example, averaged over trainings."""
    means = np.mean(np.array(summaries, np.float64), axis=0)
    return tuple(Learned(*column) for column in means.T.tolist())
