"""Places: where each example of a tree is drawn, in units of one node place and one row; knows no pixels.

A tree is laid out tidily with a row for each depth. A chain stands straight, and is folded into bands like the columns
of a page where it is long. A star with many children is a block of rows. So all three fill a window.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.tree.contours import COUSIN_GAP, SIBLING_GAP, tidy_x
from seedbed_engine.tree.lineage import TreeArrays, is_chain, is_star, splice

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WIDTH_TO_HEIGHT = 1.2  # places a row for one row, so that a block fills a window of 8 : 5 whose rows are 3/4 as high
FOLD_LEVELS = 24  # a chain with more depths than this is folded into bands
FOLD_WIDTH = 24  # but not where its levels are wider than this
BLOCK_CHILDREN = 8  # a star with more children than this is a block


class Shape(StrEnum):
    """The form a tree is laid out in."""

    TREE = "tree"
    CHAIN = "chain"
    STAR = "star"


@dataclass(frozen=True, eq=False)
class Places:
    """Where the rows of a tree stand. A *line* is a horizontal row of the drawing; within it, x rises."""

    shape: Shape
    x: Floats  # of each tree row, in places
    lines: NDArray[np.int32] | None  # of each tree row; None: its depth
    order: Ints | None  # tree rows sorted by line, then x; None: as they are
    offsets: Ints  # places in `order` of line i are offsets[i]:offsets[i + 1]
    band_lines: int = 0  # depths in each band of a folded chain; 0: not folded
    gutters: Floats | None = None  # x of the free lane left of each band

    @property
    def line_count(self) -> int:
        """Number of horizontal rows of the drawing."""
        return len(self.offsets) - 1


def places(tree: TreeArrays, is_part: bool = False) -> Places:
    """Lay a tree out: a chain or star by its own form, any other tree tidily. Takes 80 ms for 100,000 examples.

    A part of a tree that has neither form is laid out tidily, whatever is left of it.
    """
    if is_part:
        return Places(Shape.TREE, tidy_x(tree.parents, tree.first_child, tree.offsets), None, None, tree.offsets)
    if is_star(tree) and len(tree) > BLOCK_CHILDREN + 1:
        return _star(tree)
    if tree.levels > 3 and is_chain(tree):
        return _chain(tree)
    return Places(Shape.TREE, tidy_x(tree.parents, tree.first_child, tree.offsets), None, None, tree.offsets)


def star_columns(children: int) -> int:
    """Columns of a star's block; grows in steps of a quarter, so that a growing star seldom moves."""
    room = BLOCK_CHILDREN + 1.0
    while room < children:
        room *= 1.25
    return max(2, round(float(np.sqrt(WIDTH_TO_HEIGHT * room))))


def _star(tree: TreeArrays) -> Places:
    columns = star_columns(len(tree) - 1)
    child = np.arange(len(tree) - 1)
    x = np.concatenate(([(columns - 1) / 2], child % columns)).astype(np.float64)
    lines = np.concatenate(([0], 1 + child // columns)).astype(np.int32)
    offsets = np.append(np.arange(1, len(tree), columns), len(tree))
    return Places(Shape.STAR, x, lines, None, np.concatenate(([0], offsets)))


def _chain(tree: TreeArrays) -> Places:
    level_starts = tree.offsets[:-1]
    sizes = np.diff(tree.offsets)
    spine = level_starts + (sizes - 1) / 2  # the last level has no parent yet: it is centred
    parent_rows = np.unique(tree.parents[1:])
    spine[tree.depths[parent_rows]] = parent_rows
    left, right = spine - level_starts, level_starts + sizes - 1 - spine
    band_lines = _band_lines(tree)
    if not band_lines:
        x = (np.arange(len(tree)) - np.repeat(spine - left.max(), sizes)).astype(np.float64)
        return Places(Shape.CHAIN, x, None, None, tree.offsets)
    starts = np.arange(0, tree.levels, band_lines)
    lefts, rights = np.maximum.reduceat(left, starts), np.maximum.reduceat(right, starts)
    widths = lefts + rights + 2 * SIBLING_GAP
    bands = np.cumsum(widths) - widths + lefts
    of_level = bands[np.arange(tree.levels) // band_lines]
    x = (np.arange(len(tree)) - np.repeat(spine - of_level, sizes)).astype(np.float64)
    lines = np.asarray(tree.depths % band_lines, np.int32)
    order = np.argsort(lines, kind="stable")
    offsets = np.concatenate(([0], np.cumsum(np.bincount(lines))))
    return Places(Shape.CHAIN, x, lines, order, offsets, band_lines, bands - lefts - SIBLING_GAP)


def _band_lines(tree: TreeArrays) -> int:
    """Depths a band holds so that all bands together fill a window; grows in steps, 0 where nothing is folded."""
    if tree.levels <= FOLD_LEVELS or len(tree) > FOLD_WIDTH * tree.levels:
        return 0
    lines = 8.0
    while lines * lines * WIDTH_TO_HEIGHT < len(tree) + tree.levels:
        lines *= 1.25
    return round(lines)


def insert_children(tree: TreeArrays, at_places: Places, parent_row: int, count: int) -> Places:
    """Places of a tidy tree after `count` children came to a parent: nobody is moved but what must give way.

    `tree` is the tree before. Where the row lacks room, all that lies right of one clean cut moves right by the lack:
    right of the parent's ancestors above, right of the new children's descent below. O(n) copying, no layout.
    """
    x = at_places.x
    depth = tree.depth_of(parent_row) + 1
    at = tree.first_child_of(parent_row + 1)
    after = int(tree.offsets[depth + 1]) if depth < tree.levels else len(tree)
    first = int(tree.offsets[depth]) if depth < tree.levels else len(tree)
    start = float(x[parent_row]) - (count - 1) * SIBLING_GAP / 2
    if at > first:
        is_sibling = tree.parents[at - 1] == parent_row
        start = max(start, float(x[at - 1]) + (SIBLING_GAP if is_sibling else COUSIN_GAP))
        if is_sibling:
            start = float(x[at - 1]) + SIBLING_GAP
    lack = start + (count - 1) * SIBLING_GAP + COUSIN_GAP - float(x[at]) if at < after else 0.0
    new = splice(x, at, start + SIBLING_GAP * np.arange(count))
    if lack > 0:
        for left, right in _cut(tree, parent_row, depth, at):
            new[left + (count if left >= at else 0) : right + (count if right > at else 0)] += lack
    offsets = tree.offsets.copy() if depth < tree.levels else np.append(tree.offsets, len(tree))
    offsets[depth + 1 :] += count
    return Places(at_places.shape, new, None, None, offsets)


def _cut(tree: TreeArrays, parent_row: int, depth: int, at: int) -> list[tuple[int, int]]:
    """Ranges of rows (of the tree before) right of the cut, one for each depth."""
    offsets = tree.offsets.tolist()
    ranges = []
    for above, row in zip(range(depth - 1, -1, -1), tree.path_rows(parent_row), strict=True):
        ranges.append((row + 1, offsets[above + 1]))
    left = at
    for below in range(depth, tree.levels):
        ranges.append((left, offsets[below + 1]))
        left = tree.first_child_of(left)
    return ranges
