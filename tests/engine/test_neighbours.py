"""The search for near vectors misses none, whatever was looked at together and however many there are."""

import numpy as np
import pytest

from seedbed_engine.curating.neighbours import BLOCK, Neighbours
from seedbed_engine.similarity import Vectors, unit_rows


def some(count: int, dimensions: int, seed: int) -> Vectors:
    """Unit rows that are longer in some directions than in others, as those of texts are."""
    chance = np.random.default_rng(seed)
    length = np.exp(-np.arange(dimensions) / 60).astype(np.float32)
    return unit_rows(chance.standard_normal((count, dimensions), np.float32) * length)


@pytest.mark.parametrize(("count", "dimensions"), [(300, 12), (1000, 384), (BLOCK + 3000, 256)])
def test_all_that_are_near_are_found(count: int, dimensions: int) -> None:
    kept, chance = some(count, dimensions, 1), np.random.default_rng(2)
    new = unit_rows(
        kept[:: count // 50] + 0.02 * chance.standard_normal((len(kept[:: count // 50]), dimensions), np.float32)
    )
    search = Neighbours(dimensions)
    for start in range(0, count, 700):
        search.add(kept[start : start + 700])
    exact = new.astype(np.float64) @ kept.T.astype(np.float64)
    for row, places in enumerate(search.near(new, 0.9)):
        found = {place for cosine, place in search.cosines(new[row], places) if cosine >= 0.9}
        assert found == set(np.flatnonzero(exact[row] >= 0.9).tolist())
    assert sum(map(len, search.near(new, 0.9))) > 0
    assert search.near(new, 0.9, since=count) == [[] for _ in new]


def test_only_those_from_a_place_on_are_looked_at() -> None:
    kept = some(500, 200, 3)
    search = Neighbours(200)
    search.add(kept)
    assert search.near(kept[[120, 400]], 0.999, since=200) == [[], [400]]
