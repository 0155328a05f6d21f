"""Lineage: who begot whom, as numpy arrays in breadth-first order; knows no text, no SQL and no window."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from seedbed_engine.errors import BugError, InvalidFile, ProjectError

SEED_ID = 0

STATE_BITS = 0b1111
EDITED = 16
FLAGGED = 32
STATE_CODES = {"new": 0, "approved": 1, "rejected": 2, "pruned": 3}

Ints = NDArray[np.int64]
Rows = NDArray[np.int32]
Codes = NDArray[np.uint8]

_MEND = "Open an older copy of the project, or export what can be read."


@dataclass(frozen=True, eq=False)
class TreeArrays:
    """One seed's tree in breadth-first order: row 0 is the seed, siblings are neighbours and keep the order given."""

    ids: Ints  # example ids; the seed has SEED_ID
    parents: Rows  # row of the parent, -1 for the seed; never falls
    offsets: Ints  # rows of depth d are offsets[d]:offsets[d + 1]
    states: Codes  # state code, with EDITED and FLAGGED bits

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def levels(self) -> int:
        """Number of depths, the seed's included."""
        return len(self.offsets) - 1

    @cached_property
    def depths(self) -> Rows:
        """Depth of each row; the seed has 0."""
        return np.repeat(np.arange(self.levels, dtype=np.int32), np.diff(self.offsets))

    @cached_property
    def first_child(self) -> Ints:
        """Children of row r are first_child[r]:first_child[r + 1] (so it has one entry more than there are rows)."""
        return self.parents.searchsorted(np.arange(len(self) + 1, dtype=np.int32)).astype(np.int64)

    def first_child_of(self, row: int) -> int:
        """Row of the first child that rows from this one on have, or would have."""
        return int(self.parents.searchsorted(np.int32(row)))  # a wider number would make numpy copy all parents

    def depth_of(self, row: int) -> int:
        """Depth of one row, without making the depths of all."""
        return int(np.searchsorted(self.offsets, row, side="right")) - 1

    def children(self, row: int) -> range:
        """Rows of the children of a row."""
        return range(self.first_child_of(row), self.first_child_of(row + 1))

    def row_of(self, example: int) -> int:
        """Row of an example; KeyError where it is not in this tree."""
        found = np.flatnonzero(self.ids == example)
        if not len(found):
            raise KeyError(example)
        return int(found[0])

    def rows_of(self, examples: ArrayLike) -> Ints:
        """Rows of those of the examples that are in this tree, in breadth-first order."""
        wanted = np.asarray(examples, np.int64)
        if len(wanted) < 8:
            hits = [np.flatnonzero(self.ids == example) for example in wanted]
            return np.unique(np.concatenate(hits)) if hits else np.empty(0, np.int64)
        return np.flatnonzero(np.isin(self.ids, wanted))

    def path_rows(self, row: int) -> list[int]:
        """Rows from a row up to the seed, both included."""
        path = [row]
        while (row := int(self.parents[row])) >= 0:
            path.append(row)
        return path

    def path_to_seed(self, example: int) -> list[int]:
        """Ids from an example up to the seed, both included."""
        return [int(self.ids[row]) for row in self.path_rows(self.row_of(example))]

    def branch_ranges(self, row: int) -> list[tuple[int, int]]:
        """A branch as one range of rows for each depth: the descendants of neighbours are neighbours."""
        first, after, ranges = row, row + 1, []
        while after > first:
            ranges.append((first, after))
            first, after = self.first_child_of(first), self.first_child_of(after)
        return ranges

    def branch(self, example: int) -> Ints:
        """Ids of an example and all its descendants, in breadth-first order."""
        ranges = self.branch_ranges(self.row_of(example))
        return np.concatenate([self.ids[first:after] for first, after in ranges])


def tree_arrays(ids: ArrayLike, parent_ids: ArrayLike, states: ArrayLike | None = None) -> TreeArrays:
    """The tree of examples with their parents' ids (SEED_ID: child of the seed), in the order in which siblings stand.

    The seed is added; it must not be among the ids. ProjectError where a parent is missing or an example begets itself.
    """
    all_ids = np.concatenate(([SEED_ID], np.asarray(ids, np.int64).reshape(-1)))
    given = np.asarray(parent_ids, np.int64).reshape(-1)
    codes = np.zeros(len(all_ids), np.uint8)
    if states is not None:
        codes[1:] = np.asarray(states, np.uint8)
    parents = np.concatenate(([-1], _rows_of_parents(all_ids, given)))
    if len(parents) > 1 and (np.any(parents[1:] < parents[:-1]) or np.any(parents >= np.arange(len(parents)))):
        order = _breadth_first(parents)
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        parents = np.concatenate(([-1], place[parents[order[1:]]]))
        all_ids, codes = all_ids[order], codes[order]
    return TreeArrays(all_ids, parents.astype(np.int32), _level_offsets(parents), codes)


def _rows_of_parents(all_ids: Ints, parent_ids: Ints) -> Ints:
    if np.all(all_ids[1:] > all_ids[:-1]):
        by_id, sorted_ids = None, all_ids
    else:
        by_id = np.argsort(all_ids, kind="stable")
        sorted_ids = all_ids[by_id]
        if np.any(sorted_ids[1:] == sorted_ids[:-1]):
            raise BugError("an id occurs twice in one tree, or the seed's own id was given")
    place = np.minimum(np.searchsorted(sorted_ids, parent_ids), len(sorted_ids) - 1)
    missing = np.flatnonzero(sorted_ids[place] != parent_ids)
    if len(missing):
        child, parent = all_ids[missing[0] + 1], parent_ids[missing[0]]
        raise ProjectError(
            f"The tree is damaged: example {child} names the parent {parent}, which is not there.", _MEND
        )
    return place if by_id is None else by_id[place]


def _breadth_first(parents: Ints) -> Ints:
    """Rows in breadth-first order; siblings keep their order."""
    by_parent = np.argsort(parents, kind="stable")
    starts = np.searchsorted(parents[by_parent], np.arange(len(parents) + 1))
    depths = _depths_by_doubling(parents)
    if len(parents) < 32 * (int(depths.max()) + 1):
        return _breadth_first_narrow(by_parent, starts)
    level = np.zeros(1, np.int64)
    parts = []
    while len(level):
        parts.append(level)
        first, counts = starts[level], starts[level + 1] - starts[level]
        within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        level = by_parent[np.repeat(first, counts) + within]
    return np.concatenate(parts)


def _breadth_first_narrow(by_parent: Ints, starts: Ints) -> Ints:
    """The same, node by node: a chain has too many levels for a vector operation on each."""
    children, begin = by_parent.tolist(), starts.tolist()
    order = [0]
    for row in order:
        order += children[begin[row] : begin[row + 1]]
    return np.array(order, np.int64)


def _depths_by_doubling(parents: Ints) -> Ints:
    """Depth of each row by pointer doubling: as many rounds as the depth has binary digits."""
    ancestor = np.maximum(parents, 0)
    depths = (parents >= 0).astype(np.int64)
    for _ in range(int(len(parents)).bit_length() + 1):
        if not ancestor.any():
            return depths
        depths += depths[ancestor]
        ancestor = ancestor[ancestor]
    raise ProjectError("The tree is damaged: an example is its own ancestor.", _MEND)


def _level_offsets(parents: Ints) -> Ints:
    first_child = np.searchsorted(parents, np.arange(len(parents) + 1))
    offsets, after = [0, 1], 1
    while after < len(parents):
        after = int(first_child[after])
        offsets.append(after)
    return np.array(offsets, np.int64)


def with_children(tree: TreeArrays, parent_row: int, ids: ArrayLike, states: ArrayLike | None = None) -> TreeArrays:
    """The tree with children added behind those the parent has; a splice, so that it is cheap at any size."""
    new_ids = np.asarray(ids, np.int64)
    count = len(new_ids)
    if not count:
        return tree
    codes = np.zeros(count, np.uint8) if states is None else np.asarray(states, np.uint8)
    at = tree.first_child_of(parent_row + 1)
    shifted = tree.first_child_of(at)  # from here on, parents have moved by `count`
    parents = splice(tree.parents, at, np.full(count, parent_row, np.int32))
    parents[shifted + count :] += count
    depth = tree.depth_of(parent_row) + 1
    offsets = tree.offsets.copy() if depth < tree.levels else np.append(tree.offsets, len(tree))
    offsets[depth + 1 :] += count
    return TreeArrays(splice(tree.ids, at, new_ids), parents, offsets, splice(tree.states, at, codes))


def splice(values: NDArray[Any], at: int, new: NDArray[Any]) -> NDArray[Any]:
    """The values with new ones put in before place `at`."""
    return np.concatenate((values[:at], new.astype(values.dtype, copy=False), values[at:]))


def subtree_sizes(tree: TreeArrays, weights: Ints | None = None) -> Ints:
    """Number of descendants of each row, itself included; with weights, their sum."""
    sizes = np.ones(len(tree), np.int64) if weights is None else weights.copy()
    if len(tree) < 32 * tree.levels:
        counted, parents = sizes.tolist(), tree.parents.tolist()
        for row in range(len(tree) - 1, 0, -1):
            counted[parents[row]] += counted[row]
        return np.array(counted, np.int64)
    for depth in range(tree.levels - 1, 0, -1):
        level = slice(tree.offsets[depth], tree.offsets[depth + 1])
        above = slice(tree.offsets[depth - 1], tree.offsets[depth])
        sums = np.bincount(tree.parents[level] - above.start, sizes[level], above.stop - above.start)
        sizes[above] += sums.astype(np.int64)
    return sizes


def split_groups(tree: TreeArrays, calls: ArrayLike, stretches: int = 5) -> Rows:
    """Number of the branch each row belongs to where branches are left out or held out together; the seed has -1.

    `calls` has the number of the call that made each row. A star falls into its calls, a chain into `stretches`
    contiguous stretches of calls, any other tree into the branches of the seed's children.
    """
    groups = np.full(len(tree), -1, np.int32)
    if tree.levels < 2:
        return groups
    if is_star(tree) or is_chain(tree):
        _, place = np.unique(np.asarray(calls)[1:], return_inverse=True)
        total = int(place.max()) + 1
        groups[1:] = place if is_star(tree) else place * min(stretches, total) // total
        return groups
    groups[1 : tree.offsets[2]] = np.arange(tree.offsets[2] - 1)
    for depth in range(2, tree.levels):
        level = slice(tree.offsets[depth], tree.offsets[depth + 1])
        groups[level] = groups[tree.parents[level]]
    return groups


def is_star(tree: TreeArrays) -> bool:
    """Whether all examples are children of the seed (as naive creation makes them)."""
    return tree.levels == 2


def is_chain(tree: TreeArrays) -> bool:
    """Whether at most one example of each depth has children (as random, contrastive and similar creation makes it)."""
    has_children = np.zeros(len(tree), np.int64)
    has_children[tree.parents[1:]] = 1
    return bool(np.add.reduceat(has_children, tree.offsets[:-1]).max() <= 1)


def as_graph(tree: TreeArrays) -> Any:
    """The tree as a networkx DiGraph (edges from parent to child; node attributes depth and state)."""
    import networkx

    names = {code: name for name, code in STATE_CODES.items()}
    graph = networkx.DiGraph()
    depths, states = tree.depths.tolist(), (tree.states & STATE_BITS).tolist()
    ids = tree.ids.tolist()
    for example, depth, state in zip(ids, depths, states, strict=True):
        graph.add_node(example, depth=depth, state=names.get(state, str(state)))
    graph.add_edges_from(zip(tree.ids[tree.parents[1:]].tolist(), ids[1:], strict=True))
    return graph


def write_graph(tree: TreeArrays, path: Path) -> None:
    """Write the lineage for other tools: GraphML where the name ends in .graphml, else an edge list."""
    import networkx

    graph = as_graph(tree)
    try:
        if path.suffix.lower() == ".graphml":
            networkx.write_graphml(graph, path)
        else:
            networkx.write_edgelist(graph, path, data=False)
    except OSError as error:
        raise InvalidFile(f"{path} cannot be written: {error.strerror}.", "Choose another place.") from error
