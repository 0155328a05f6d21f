"""Matching: slots found again by the ids of their examples; knows no Qt."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def came_from(ids: Ints, x: Floats, now: Ints, parents: NDArray[np.int32], offsets: Ints) -> Floats:
    """Where the slots of a tidy tree were among those before; those that are new come out of their parents."""
    by_id = np.argsort(ids)
    place = np.minimum(np.searchsorted(ids[by_id], now), len(ids) - 1)
    found = np.where(ids[by_id][place] == now, x[by_id][place], np.nan)
    for first, after in zip(offsets[1:-1].tolist(), offsets[2:].tolist(), strict=True):
        line = found[first:after]
        new = np.isnan(line)
        line[new] = found[parents[first:after][new]]
        np.maximum.accumulate(line, out=line)
    return found


def wanted_mask(values: Ints, wanted: Ints) -> NDArray[np.bool_]:
    """Which values are among the wanted ones; quick for a few."""
    if len(wanted) > 8:
        found: NDArray[np.bool_] = np.isin(values, wanted)
        return found
    mask = np.zeros(len(values), np.bool_)
    for one in wanted.tolist():
        mask |= values == one
    return mask
