import numpy as np
import pytest

from seedbed_engine.tree.contours import tidy_lockstep, tidy_scalar
from seedbed_engine.tree.lineage import TreeArrays, tree_arrays, with_children
from seedbed_engine.tree.places import Places, Shape, insert_children, places


def random_tree(count: int, seed: int, spread: float = 0.5) -> TreeArrays:
    """A tree in which each example follows one before it; a small spread makes it deep, a large one wide."""
    rng = np.random.default_rng(seed)
    parents = [int(number * rng.random() ** spread) for number in range(1, count + 1)]
    return tree_arrays(np.arange(1, count + 1), parents)


def least_gap(x: np.ndarray, offsets: np.ndarray) -> float:
    gaps = [np.diff(x[first:after]).min(initial=np.inf) for first, after in zip(offsets[:-1], offsets[1:], strict=True)]
    return float(min(gaps))


SHAPES = [(1, 1, 0.5), (2, 1, 0.5), (60, 2, 0.3), (300, 3, 0.9), (700, 4, 0.1), (2000, 5, 0.5), (400, 6, 0.02)]


@pytest.mark.parametrize(("count", "seed", "spread"), SHAPES)
def test_the_vector_layout_equals_the_plain_one(count: int, seed: int, spread: float) -> None:
    tree = random_tree(count, seed, spread)
    plain = tidy_scalar(tree.first_child)
    vector = tidy_lockstep(tree.parents, tree.first_child, tree.offsets)
    np.testing.assert_allclose(vector, plain, atol=1e-8)


@pytest.mark.parametrize(("count", "seed", "spread"), SHAPES)
def test_neighbours_stand_at_least_one_place_apart_and_in_order(count: int, seed: int, spread: float) -> None:
    tree = random_tree(count, seed, spread)
    where = places(tree)
    x = where.x if where.order is None else where.x[where.order]
    assert least_gap(x, where.offsets) >= 1.0 - 1e-9
    assert where.x.min() >= 0.0


def test_a_parent_stands_over_the_middle_of_its_children() -> None:
    tree = random_tree(500, 7)
    where = places(tree)
    for row in range(len(tree)):
        children = tree.children(row)
        if len(children):
            middle = (where.x[children[0]] + where.x[children[-1]]) / 2
            assert where.x[row] == pytest.approx(middle)


@pytest.mark.parametrize("children", [9, 60, 10_000])
def test_a_star_is_a_block_that_fills_a_window(children: int) -> None:
    where = places(tree_arrays(np.arange(1, children + 1), np.zeros(children, int)))
    assert where.shape is Shape.STAR
    width = where.x.max() + 1
    assert 0.6 < width / (where.line_count - 1) < 3.0
    assert least_gap(where.x, where.offsets) >= 1.0


def test_a_star_of_few_is_drawn_as_a_tree() -> None:
    assert places(tree_arrays(np.arange(1, 6), np.zeros(5, int))).shape is Shape.TREE


@pytest.mark.parametrize("levels", [60, 5_000])
def test_a_long_chain_is_folded_into_bands(levels: int) -> None:
    where = places(tree_arrays(np.arange(1, levels + 1), np.arange(levels)))
    assert where.shape is Shape.CHAIN
    assert where.band_lines * 1.2 > where.line_count >= 8
    assert where.gutters is not None
    assert 0.5 < (where.x.max() + 1) / where.line_count < 3.0


def test_the_examples_a_chain_goes_on_from_stand_in_one_column() -> None:
    rng = np.random.default_rng(8)
    parents, last = [], 0
    for call in range(10):
        parents += [last] * 5
        last = call * 5 + int(rng.integers(1, 6))
    tree = tree_arrays(np.arange(1, 51), parents)
    where = places(tree)
    spine = np.unique(tree.parents[1:])
    assert where.shape is Shape.CHAIN
    assert np.unique(where.x[spine]).size == 1


def test_a_chain_of_a_hundred_thousand_is_placed_without_delay() -> None:
    where = places(tree_arrays(np.arange(1, 100_001), np.arange(100_000)))
    assert where.line_count < 1000
    assert len(where.x) == 100_001


@pytest.mark.parametrize("seed", range(4))
def test_inserted_children_leave_all_arrays_as_a_rebuild_makes_them(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tree = tree_arrays([1, 2, 3], [0, 0, 1])
    where = Places(Shape.TREE, places(tree).x, None, None, tree.offsets)
    ids, parents = [1, 2, 3], [0, 0, 1]
    for step in range(120):
        row = int(rng.integers(len(tree)))
        parent, new = int(tree.ids[row]), [1000 * (step + 1) + number for number in range(int(rng.integers(1, 6)))]
        where = insert_children(tree, where, row, len(new))
        tree = with_children(tree, row, new)
        ids += new
        parents += [parent] * len(new)
    rebuilt = tree_arrays(ids, parents)
    np.testing.assert_array_equal(tree.ids, rebuilt.ids)
    np.testing.assert_array_equal(tree.parents, rebuilt.parents)
    np.testing.assert_array_equal(tree.offsets, rebuilt.offsets)
    np.testing.assert_array_equal(where.offsets, rebuilt.offsets)
    assert least_gap(where.x, where.offsets) >= 1.0 - 1e-9
