import numpy as np
import pytest

from seedbed_engine.tree.folding import Folding, fold, hidden_below, parents_at
from seedbed_engine.tree.lineage import TreeArrays, tree_arrays


def five_a_call(count: int, states: dict[int, int] | None = None) -> TreeArrays:
    """1 to 5 are the seed's children, 6 to 10 those of 1 ..."""
    ids = np.arange(1, count + 1)
    return tree_arrays(ids, (ids - 1) // 5, [(states or {}).get(int(one), 0) for one in ids])


def shown(tree: TreeArrays, folding: Folding) -> list[int]:
    part = fold(tree, folding)
    again = tree_arrays(part.ids[1:], part.ids[part.parents[1:]], part.states[1:])
    np.testing.assert_array_equal(again.parents, part.parents)
    np.testing.assert_array_equal(again.offsets, part.offsets)
    assert part.offsets[-1] == len(part)
    return [int(one) for one in part.ids]


def test_a_whole_tree_is_not_copied() -> None:
    tree = five_a_call(30)
    assert fold(tree, Folding()) is tree


def test_a_folded_branch_hides_its_descendants_and_says_how_many() -> None:
    tree = five_a_call(60)
    folding = Folding(frozenset({1, 3}))
    assert shown(tree, folding) == [0, 1, 2, 3, 4, 5, *range(11, 16), *range(21, 31), 56, 57, 58, 59, 60]
    assert hidden_below(tree, fold(tree, folding), folding.closed) == {1: 5 + 25, 3: 5}
    assert shown(tree, folding.toggled(1)) == [one for one in range(61) if not 16 <= one <= 20]
    assert folding.opened([1, 3]).is_whole


def test_a_branch_in_focus_keeps_its_way_to_the_seed() -> None:
    assert shown(five_a_call(60), Folding(focus=7)) == [0, 1, 7, 36, 37, 38, 39, 40]
    assert shown(five_a_call(60), Folding(frozenset({7}), focus=7)) == [0, 1, 7]


def test_rejected_ones_are_left_out_unless_something_kept_hangs_below() -> None:
    tree = five_a_call(30, {1: 2, 2: 3, **dict.fromkeys(range(6, 11), 2), 11: 1, 12: 2})
    assert shown(tree, Folding(hides_rejected=True)) == [0, 2, 3, 4, 5, 11, 13, 14, 15, *range(16, 31)]


@pytest.mark.parametrize("levels", [50, 3000])
def test_chains_are_folded_too(levels: int) -> None:
    ids = np.arange(1, levels)
    assert shown(tree_arrays(ids, ids - 1), Folding(frozenset({10}))) == list(range(11))


def test_a_tree_is_cut_at_a_depth_by_folding_its_parents() -> None:
    tree = five_a_call(40)
    assert parents_at(tree, 1) == [1, 2, 3, 4, 5]
    assert parents_at(tree, 2) == [6, 7]
    assert parents_at(tree, 3) == []
    assert shown(tree, Folding(frozenset(parents_at(tree, 1)))) == [0, 1, 2, 3, 4, 5]


def test_a_random_tree_shows_exactly_what_has_no_folded_ancestor() -> None:
    rng = np.random.default_rng(2)
    tree = tree_arrays(np.arange(1, 2001), [int(n * rng.random()) for n in range(2000)])
    closed = frozenset(int(one) for one in rng.choice(np.arange(1, 2001), 60, replace=False))
    wanted = [int(one) for one in tree.ids if not closed & set(tree.path_to_seed(int(one))[1:])]
    assert shown(tree, Folding(closed)) == wanted
