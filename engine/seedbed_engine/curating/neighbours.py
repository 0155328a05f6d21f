"""Neighbours: unit vectors that are searched for all that are near a new one. None is missed, and few are compared."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.similarity import Vectors

BLOCK = 16384  # vectors that are compared at once
SLACK = 1e-4  # a matrix product rounds by its shape: who is near by it is compared again, alone
HEAD = 64  # directions that are compared first: they hold half of the length of questions' vectors
FEW = 4096  # so many vectors say which directions these are; fewer are quickly compared whole


class Neighbours:
    """Unit vectors by place (0, 1, ...), as many as a tree holds.

    A cosine is at most the product of the first coordinates plus that of the lengths of the rest (Cauchy and Schwarz),
    in any rotation. Turned to where most of the vectors' length is, that bound rules nearly all of them out with a
    quarter of the work. What it leaves is compared by itself in double precision, so an answer depends neither on the
    rotation nor on what is looked at together.
    """

    def __init__(self, dimensions: int) -> None:
        self._count = 0
        self._dimensions = dimensions
        self._blocks: list[Vectors] = []  # (BLOCK, d) each
        self._heads: list[Vectors] = []  # (BLOCK, HEAD + 1) each: turned, cut, and the length of what was cut off
        self._turn: Vectors | None = None  # (d, HEAD)
        self._turned_at = 0

    def __len__(self) -> int:
        return self._count

    def add(self, vectors: Vectors) -> None:
        """Remember further unit rows (n, d)."""
        done = 0
        while done < len(vectors):
            place = self._count % BLOCK
            if place == 0:
                self._blocks.append(np.empty((BLOCK, self._dimensions), np.float32))
                self._heads.append(np.empty((BLOCK, HEAD + 1), np.float32))
            part = vectors[done : done + BLOCK - place]
            self._blocks[-1][place : place + len(part)] = part
            if self._turn is not None:
                self._heads[-1][place : place + len(part)] = _headed(part, self._turn)
            self._count += len(part)
            done += len(part)
        if self._dimensions > 2 * HEAD and self._count >= max(FEW, 4 * self._turned_at):
            self._turn_all()

    def near(self, vectors: Vectors, cosine: float, since: int = 0) -> list[list[int]]:
        """For each unit row (m, d) the places from `since` on that may have this cosine with it, and all that have."""
        found: list[list[int]] = [[] for _ in vectors]
        if len(vectors) and since < self._count:
            new = vectors if self._turn is None else _headed(vectors, self._turn)
            kept = self._blocks if self._turn is None else self._heads
            for number in range(since // BLOCK, len(kept)):
                first = number * BLOCK
                start, end = max(since - first, 0), min(self._count - first, BLOCK)
                bounds = kept[number][start:end] @ new.T
                for place, row in zip(*np.divmod(np.flatnonzero(bounds >= cosine - SLACK), len(new)), strict=True):
                    found[row].append(first + start + int(place))
        return [self._compared(places, vector, cosine) for places, vector in zip(found, vectors, strict=True)]

    def cosines(self, vector: Vectors, places: Iterable[int]) -> list[tuple[float, int]]:
        """Cosine with each of these places, compared by itself in double precision: (cosine, place)."""
        wide: NDArray[np.float64] = vector.astype(np.float64)
        return [(float(np.sum(wide * self._blocks[place // BLOCK][place % BLOCK])), place) for place in places]

    def _compared(self, places: list[int], vector: Vectors, cosine: float) -> list[int]:
        """Those of the places that may be near by all coordinates."""
        if self._turn is None or not places:
            return places
        rows = np.stack([self._blocks[place // BLOCK][place % BLOCK] for place in places])
        return [place for place, found in zip(places, rows @ vector, strict=True) if found >= cosine - SLACK]

    def _turn_all(self) -> None:
        """Turn to the directions that hold most of the vectors' length, by the first block of them."""
        self._turned_at = self._count
        sample = self._blocks[0][: self._count]
        self._turn = np.ascontiguousarray(np.linalg.eigh(sample.T @ sample)[1][:, -HEAD:])
        for number, block in enumerate(self._blocks):
            filled = min(BLOCK, self._count - number * BLOCK)
            self._heads[number][:filled] = _headed(block[:filled], self._turn)


def _headed(vectors: Vectors, turn: Vectors) -> Vectors:
    """Rows (n, HEAD + 1): turned and cut, and the length of what was cut off."""
    turned = vectors @ turn
    cut = np.sum(vectors * vectors, axis=1) - np.sum(turned * turned, axis=1)
    return np.concatenate([turned, np.sqrt(np.maximum(cut, 0))[:, None]], axis=1, dtype=np.float32)
