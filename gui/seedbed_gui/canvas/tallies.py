"""Tallies: how many nodes of each kind stand between two slots, whatever number stands there; knows no Qt."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# Counts are summed three in one number, 21 bits each: sums of differences stay exact.
_FIELD, _FIELDS = 21, 3
_MASK = (1 << _FIELD) - 1

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Codes = NDArray[np.uint8]
Masks = Sequence[NDArray[np.bool_]]


class Tallies:
    """Running sums over all slots: of every group but the first, which is the rest, and of further marks."""

    def __init__(self, groups: Codes, count: int, masks: Masks) -> None:
        self._groups = count
        self._marks = len(masks)
        fields = count - 1 + len(masks)
        self._words = [self._summed(start, groups, masks) for start in range(0, fields, _FIELDS)]

    def _summed(self, start: int, groups: Codes, masks: Masks) -> Ints:
        of_group = np.zeros(self._groups, np.int64)
        mine = range(start + 1, min(start + 1 + _FIELDS, self._groups))
        of_group[list(mine)] = [1 << _FIELD * (group - 1 - start) for group in mine]
        packed = of_group[groups]
        for place, mask in enumerate(masks, start=self._groups - 1 - start):
            if 0 <= place < _FIELDS:
                packed += mask.astype(np.int64) << _FIELD * place
        sums = np.zeros(len(groups) + 1, np.int64)
        np.cumsum(packed, out=sums[1:])
        return sums

    def between(self, bounds: Ints) -> tuple[Floats, list[Ints], Ints]:
        """Counts between neighbouring bounds: of the groups, shape (groups, spans), of each mark, and of all."""
        total = bounds[1:] - bounds[:-1]
        groups = np.empty((self._groups, len(total)))
        groups[0] = total
        marks: list[Ints] = []
        fields = self._groups - 1 + self._marks
        for number, sums in enumerate(self._words):
            at = sums[bounds]
            packed = at[1:] - at[:-1]
            for field in range(_FIELDS * number, min(_FIELDS * (number + 1), fields)):
                count = packed & _MASK
                packed >>= _FIELD
                if field < self._groups - 1:
                    groups[field + 1] = count
                    groups[0] -= count
                else:
                    marks.append(count)
        return groups, marks, total
