"""Colouring: which group each example belongs to, and how the groups are told apart; knows no colour and no Qt.

By state the groups are the looks. By anything else they are up to six names, or six steps of a number; what is not
known is a group of its own. States then show as marks alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.tree.lineage import FLAGGED, STATE_BITS

NEW, APPROVED, REJECTED, PRUNED, FLAG = range(5)  # what a node is drawn as
LOOK_NAMES = ("new", "approved", "rejected", "pruned", "flagged")
LEGEND_ORDER = (APPROVED, NEW, REJECTED, FLAG, PRUNED)
ALWAYS_TOLD = (APPROVED, NEW, REJECTED)

MOST_NAMES = 6  # more cannot be told apart by eyes that see fewer colours
STEPS = 6
OTHER, NOT_KNOWN = "other", "not known"
LONGEST_NAME = 26

Codes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Scale(Enum):
    """How groups differ: by state, as names without an order, or as steps of a number."""

    STATES = "states"
    NAMES = "names"
    STEPS = "steps"


@dataclass(frozen=True, eq=False)
class Colouring:
    """Groups with their labels, the last one `not known` (except by state)."""

    name: str
    scale: Scale
    labels: tuple[str, ...]
    table: Codes | None = None  # group by id; its last entry holds for all greater ids
    by_depth: Codes | None = None  # group by depth; its last entry holds for all greater depths

    @property
    def order(self) -> Sequence[int]:
        """The groups as the legend names them."""
        return LEGEND_ORDER if self.scale is Scale.STATES else range(len(self.labels))

    @property
    def always_told(self) -> Sequence[int]:
        """The groups that the legend names even where they do not occur."""
        return ALWAYS_TOLD if self.scale is Scale.STATES else ()

    def groups(self, ids: Ints, looks: Codes, depths: Callable[[], Ints]) -> Codes:
        """The group of each slot."""
        if self.table is not None:
            return np.asarray(self.table.take(ids, mode="clip"))
        if self.by_depth is not None:
            return np.asarray(self.by_depth.take(depths(), mode="clip"))
        return looks


BY_STATE = Colouring("state", Scale.STATES, LOOK_NAMES)


def looks_of(states: Codes) -> Codes:
    """What each state code is drawn as: a flag shows where no person has decided yet."""
    looks: Codes = (states & STATE_BITS).astype(np.uint8)
    looks[(looks == NEW) & ((states & FLAGGED) != 0)] = FLAG
    return looks


def by_depth(levels: int) -> Colouring:
    """Steps of depths: each depth one while there are few."""
    deepest = max(levels - 1, 1)
    steps = min(deepest, STEPS)
    bounds = np.linspace(1, deepest + 1, steps + 1).round().astype(int)
    of = np.searchsorted(bounds, np.arange(1, deepest + 1), side="right") - 1
    spans = zip(bounds[:-1].tolist(), (bounds[1:] - 1).tolist(), strict=True)
    labels = tuple(f"{first}" if first == last else f"{first}–{last}" for first, last in spans)
    codes = np.concatenate(([0], np.minimum(of, steps - 1))).astype(np.uint8)
    return Colouring("depth", Scale.STEPS, (*labels, NOT_KNOWN), by_depth=codes)


def by_names(name: str, ids: Ints, values: Floats, names: Sequence[str]) -> Colouring:
    """The commonest names as groups of their own, the rest as one."""
    places = values.astype(np.int64)
    counts = np.bincount(places, minlength=len(names))
    common = sorted(np.argsort(-counts, kind="stable")[:MOST_NAMES].tolist())
    shown = [place for place in common if counts[place]]
    others = len(names) > len(common)
    labels = [_short(names[place]) for place in shown] + [OTHER] * others
    codes = np.full(max(len(names), 1), len(shown), np.int64)
    codes[shown] = np.arange(len(shown))
    return _of_table(name, Scale.NAMES, ids, codes[places], labels)


def by_numbers(name: str, ids: Ints, values: Floats, say: Callable[[float, float], str]) -> Colouring:
    """Even steps of a number; the few that lie far out belong to the first and the last step."""
    if not len(values):
        return _of_table(name, Scale.STEPS, ids, values.astype(np.int64), [])
    low, high = np.quantile(values, (0.02, 0.98)).tolist()
    distinct = len(np.unique(values[:1000]))
    if high <= low:
        low, high = float(values.min()), float(values.max())
    steps = 1 if high <= low else min(STEPS, max(distinct, 2))
    bounds = np.linspace(low, high, steps + 1)
    codes = np.clip(np.searchsorted(bounds, values, side="right") - 1, 0, steps - 1)
    labels = [say(first, last) for first, last in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True)]
    return _of_table(name, Scale.STEPS, ids, codes, labels)


def _of_table(name: str, scale: Scale, ids: Ints, codes: Ints, labels: Sequence[str]) -> Colouring:
    unknown = len(labels)
    table = np.full(int(ids.max(initial=0)) + 2, unknown, np.uint8)
    table[ids] = codes
    return Colouring(name, scale, (*labels, NOT_KNOWN), table)


def _short(name: str) -> str:
    plain = " ".join(name.split())
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1] + "…"
