"""Tidy trees after Reingold and Tilford, in breadth-first arrays: once for many nodes a level, once for few.

Both forms push subtrees together along their contours. A contour goes on from a leaf through a *thread*: the next node
of the contour and its distance. Units are places: siblings stand 1 apart, cousins COUSIN_GAP.
"""

import numpy as np
from numpy.typing import NDArray

SIBLING_GAP = 1.0
COUSIN_GAP = 1.5

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def tidy_x(parents: NDArray[np.int32], first_child: Ints, offsets: Ints) -> Floats:
    """x of each row, the leftmost at 0; a parent stands over the middle of its children."""
    few = len(parents) <= 15_000 or len(parents) < 300 * (len(offsets) - 1)
    from_parent = tidy_scalar(first_child) if few else tidy_lockstep(parents, first_child, offsets)
    x = _absolute(parents, from_parent, offsets)
    x -= x.min()
    return x


def _absolute(parents: NDArray[np.int32], from_parent: Floats, offsets: Ints) -> Floats:
    if len(parents) < 32 * (len(offsets) - 1):
        values, above = from_parent.tolist(), parents.tolist()
        for row in range(1, len(values)):
            values[row] += values[above[row]]
        return np.array(values)
    x = from_parent.copy()
    for first, after in zip(offsets[1:-1].tolist(), offsets[2:].tolist(), strict=True):
        x[first:after] += x[parents[first:after]]
    return x


class _Contours:
    """Plain-Python contours: `next_*` and `step_*` lead along them, `end_*` and `reach_*` tell where they end."""

    def __init__(self, first_child: list[int]) -> None:
        count = len(first_child) - 1
        self.next_left = [-1] * count
        self.next_right = [-1] * count
        self.step_left = [0.0] * count
        self.step_right = [0.0] * count
        self.end_left = list(range(count))
        self.end_right = list(range(count))
        self.reach_left = [0.0] * count
        self.reach_right = [0.0] * count

    def separation(self, left_root: int, left_x: float, root: int) -> tuple[float, int, float, int, float]:
        """How far right of the forest's origin `root` must stand, and where both contours were when one ended."""
        right, right_x, left, own_x = left_root, left_x, root, 0.0
        apart, gap = left_x + SIBLING_GAP, COUSIN_GAP
        while True:
            right_x += self.step_right[right]
            own_x += self.step_left[left]
            right, left = self.next_right[right], self.next_left[left]
            if right < 0 or left < 0:
                return apart, right, right_x, left, own_x
            apart = max(apart, right_x - own_x + gap)


def tidy_scalar(first_child: Ints) -> Floats:
    """Distance of each row from its parent, node by node; linear, quick where levels are many and narrow."""
    begin = first_child.tolist()
    contours = _Contours(begin)
    from_parent = [0.0] * (len(begin) - 1)
    for parent in range(len(begin) - 2, -1, -1):
        first, after = begin[parent], begin[parent + 1]
        if after > first:
            _join_children(contours, from_parent, parent, first, after)
    return np.array(from_parent)


def _join_children(c: _Contours, from_parent: list[float], parent: int, first: int, after: int) -> None:
    end_left, reach_left = c.end_left[first], c.reach_left[first]
    end_right, reach_right = c.end_right[first], c.reach_right[first]
    x = 0.0
    places = [0.0]
    for child in range(first + 1, after):
        x, right, right_x, left, own_x = c.separation(child - 1, x, child)
        places.append(x)
        if right >= 0:  # the forest is deeper: the child's right contour goes on along it
            end, reach = c.end_right[child], x + c.reach_right[child]
            c.next_right[end], c.step_right[end] = right, right_x - reach
        else:
            if left >= 0:  # the child is deeper: the forest's left contour goes on along it
                c.next_left[end_left], c.step_left[end_left] = left, x + own_x - reach_left
                end_left, reach_left = c.end_left[child], x + c.reach_left[child]
            end_right, reach_right = c.end_right[child], x + c.reach_right[child]
    middle = x / 2
    from_parent[first:after] = [place - middle for place in places]
    c.next_left[parent], c.step_left[parent] = first, -middle
    c.next_right[parent], c.step_right[parent] = after - 1, x - middle
    c.end_left[parent], c.reach_left[parent] = end_left, reach_left - middle
    c.end_right[parent], c.reach_right[parent] = end_right, reach_right - middle


class _Lockstep:
    """The same contours as vectors: the k-th children of all parents of a level are joined at once."""

    def __init__(self, count: int) -> None:
        self.next_left = np.full(count, -1, np.int64)
        self.next_right = np.full(count, -1, np.int64)
        self.step_left = np.zeros(count)
        self.step_right = np.zeros(count)
        self.end_left = np.arange(count)
        self.end_right = np.arange(count)
        self.reach_left = np.zeros(count)
        self.reach_right = np.zeros(count)
        self.from_parent = np.zeros(count)

    def separate(self, neighbours: Ints, x: Floats, children: Ints) -> tuple[Floats, Ints, Floats, Ints, Floats]:
        """Vector form of _Contours.separation."""
        apart = x + SIBLING_GAP
        ends = (np.empty_like(neighbours), np.empty_like(x), np.empty_like(children), np.empty_like(x))
        pairs = np.arange(len(children))
        right, right_x, left, own_x = neighbours, x, children, np.zeros(len(x))
        while len(pairs):
            right_x = right_x + self.step_right[right]
            own_x = own_x + self.step_left[left]
            right, left = self.next_right[right], self.next_left[left]
            going = (right >= 0) & (left >= 0)
            if not going.all():
                ended = ~going
                for kept, now in zip(ends, (right, right_x, left, own_x), strict=True):
                    kept[pairs[ended]] = now[ended]
                pairs, right, right_x = pairs[going], right[going], right_x[going]
                left, own_x = left[going], own_x[going]
            apart[pairs] = np.maximum(apart[pairs], right_x - own_x + COUSIN_GAP)
        return apart, *ends


def tidy_lockstep(parents: NDArray[np.int32], first_child: Ints, offsets: Ints) -> Floats:
    """Distance of each row from its parent, level by level with vectors; quick where levels are few and wide."""
    lock = _Lockstep(len(parents))
    for depth in range(len(offsets) - 3, -1, -1):
        above = np.arange(offsets[depth], offsets[depth + 1])
        counts = first_child[above + 1] - first_child[above]
        above = above[np.argsort(-counts, kind="stable")]  # those with most children first: the k-th round is a prefix
        counts = first_child[above + 1] - first_child[above]
        above, counts = above[counts > 0], counts[counts > 0]
        if len(above):
            _join_level(lock, above, first_child[above], counts)
    return lock.from_parent


def _join_level(lock: _Lockstep, above: Ints, first: Ints, counts: Ints) -> None:
    end_left, reach_left = lock.end_left[first], lock.reach_left[first]
    end_right, reach_right = lock.end_right[first], lock.reach_right[first]
    x = np.zeros(len(above))
    for k in range(1, int(counts[0])):
        m = int(np.searchsorted(-counts, -k))  # parents with more than k children
        children = first[:m] + k
        now, right, right_x, left, own_x = lock.separate(children - 1, x[:m], children)
        x[:m] = now
        lock.from_parent[children] = now
        deeper = np.flatnonzero(right >= 0)
        end = lock.end_right[children[deeper]]
        lock.next_right[end] = right[deeper]
        lock.step_right[end] = right_x[deeper] - now[deeper] - lock.reach_right[children[deeper]]
        longer = np.flatnonzero(left >= 0)
        lock.next_left[end_left[longer]] = left[longer]
        lock.step_left[end_left[longer]] = now[longer] + own_x[longer] - reach_left[longer]
        end_left[longer] = lock.end_left[children[longer]]
        reach_left[longer] = now[longer] + lock.reach_left[children[longer]]
        outer = np.flatnonzero(right < 0)
        end_right[outer] = lock.end_right[children[outer]]
        reach_right[outer] = now[outer] + lock.reach_right[children[outer]]
    _centre(lock, above, first, counts, x)
    middle = x / 2
    lock.end_left[above], lock.reach_left[above] = end_left, reach_left - middle
    lock.end_right[above], lock.reach_right[above] = end_right, reach_right - middle


def _centre(lock: _Lockstep, above: Ints, first: Ints, counts: Ints, x: Floats) -> None:
    within = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    children = np.repeat(first, counts) + within
    lock.from_parent[children] -= np.repeat(x / 2, counts)
    lock.next_left[above], lock.step_left[above] = first, -x / 2
    lock.next_right[above], lock.step_right[above] = first + counts - 1, x / 2
