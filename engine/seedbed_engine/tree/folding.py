"""Folding: which part of a tree is shown: branches folded away, one branch in focus, rejected ones left out."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.tree.lineage import SEED_ID, STATE_BITS, STATE_CODES, TreeArrays, subtree_sizes

FEW_LEVELS = 1_000  # up to so many, levels are gone through one by one

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Folding:
    """What a person wants to see of a tree."""

    closed: frozenset[int] = frozenset()  # examples whose descendants are folded away
    focus: int = SEED_ID  # only this branch and the way to it; the seed: all of the tree
    hides_rejected: bool = False  # also pruned ones, but not what is on the way to one that is kept

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return not self.closed and self.focus == SEED_ID and not self.hides_rejected

    def toggled(self, example: int) -> "Folding":
        """With a branch folded, or unfolded again."""
        return replace(self, closed=self.closed ^ {example})

    def opened(self, examples: Iterable[int]) -> "Folding":
        """With all of these branches unfolded."""
        return replace(self, closed=self.closed - frozenset(examples))


def fold(tree: TreeArrays, folding: Folding) -> TreeArrays:
    """The part of a tree that is shown: with an example its whole way to the seed. The same tree where all of it is."""
    if folding.is_whole:
        return tree
    keep = _in_focus(tree, folding.focus)
    if folding.hides_rejected:
        keep &= _alive(tree)
    if folding.closed:
        keep &= _open(tree, folding.closed)
    return _part(tree, keep)


def hidden_below(tree: TreeArrays, shown: TreeArrays, examples: Iterable[int]) -> dict[int, int]:
    """How many descendants of each of the examples are left out; only of those that are shown and have some."""
    wanted = np.fromiter(examples, np.int64)
    rows, part = tree.rows_of(wanted), shown.rows_of(wanted)
    whole = dict(zip(tree.ids[rows].tolist(), subtree_sizes(tree)[rows].tolist(), strict=True)) if len(rows) else {}
    left = dict(zip(shown.ids[part].tolist(), subtree_sizes(shown)[part].tolist(), strict=True)) if len(part) else {}
    return {one: whole[one] - left[one] for one in left if whole[one] > left[one]}


def parents_at(tree: TreeArrays, depth: int) -> list[int]:
    """Ids of the examples of a depth that have children: folding them cuts the tree there."""
    if not 0 <= depth < tree.levels - 1:
        return []
    below = tree.parents[tree.offsets[depth + 1] : tree.offsets[depth + 2]]
    return [int(one) for one in tree.ids[np.unique(below)]]


def _in_focus(tree: TreeArrays, focus: int) -> Mask:
    rows = np.flatnonzero(tree.ids == focus)
    if focus == SEED_ID or not len(rows):
        return np.ones(len(tree), np.bool_)
    keep = np.zeros(len(tree), np.bool_)
    keep[tree.path_rows(int(rows[0]))] = True
    for first, after in tree.branch_ranges(int(rows[0])):
        keep[first:after] = True
    return keep


def _alive(tree: TreeArrays) -> Mask:
    """What is kept, or has a descendant that is."""
    is_kept = (tree.states & STATE_BITS) < STATE_CODES["rejected"]
    is_kept[0] = True
    return np.asarray(subtree_sizes(tree, is_kept.astype(np.int64)) > 0)


def _open(tree: TreeArrays, closed: frozenset[int]) -> Mask:
    """What has no ancestor that is folded."""
    is_closed = np.zeros(len(tree), np.bool_)
    is_closed[tree.rows_of(np.fromiter(closed, np.int64))] = True
    keep = np.ones(len(tree), np.bool_)
    if tree.levels <= FEW_LEVELS:
        for first, after in zip(tree.offsets[1:-1].tolist(), tree.offsets[2:].tolist(), strict=True):
            above = tree.parents[first:after]
            keep[first:after] = keep[above] & ~is_closed[above]
        return keep
    for row in np.flatnonzero(is_closed).tolist():
        for first, after in tree.branch_ranges(row)[1:]:
            keep[first:after] = False
    return keep


def _part(tree: TreeArrays, keep: Mask) -> TreeArrays:
    place = np.cumsum(keep) - 1
    parents = tree.parents[keep]
    parents[1:] = place[parents[1:]]
    offsets = np.concatenate(([0], np.cumsum(keep)))[tree.offsets]
    levels = int(np.searchsorted(offsets, offsets[-1])) + 1
    return TreeArrays(tree.ids[keep], parents, offsets[:levels], tree.states[keep])
