from pathlib import Path

import networkx
import numpy as np
import pytest

from seedbed_engine.errors import BugError, InvalidFile, ProjectError
from seedbed_engine.tree.lineage import (
    TreeArrays,
    as_graph,
    is_chain,
    is_star,
    split_groups,
    subtree_sizes,
    tree_arrays,
    with_children,
    write_graph,
)


def shuffled_tree(count: int, seed: int, spread: float) -> tuple[list[int], list[int]]:
    """Ids with their parents' ids, in any order."""
    rng = np.random.default_rng(seed)
    ids = rng.permutation(np.arange(1, count + 1))
    parents = [0 if place == 0 else int(ids[int(place * rng.random() ** spread)]) for place in range(count)]
    order = rng.permutation(count)
    return [int(ids[place]) for place in order], [parents[place] for place in order]


def plain_breadth_first(ids: list[int], parents: list[int]) -> list[int]:
    children: dict[int, list[int]] = {}
    for example, parent in zip(ids, parents, strict=True):
        children.setdefault(parent, []).append(example)
    order = [0]
    for example in order:
        order += children.get(example, [])
    return order


@pytest.mark.parametrize(("count", "spread"), [(0, 1.0), (1, 1.0), (50, 0.3), (3000, 0.8), (500, 0.01)])
def test_the_arrays_are_the_plain_breadth_first_order(count: int, spread: float) -> None:
    ids, parents = shuffled_tree(count, 3, spread)
    tree = tree_arrays(ids, parents)
    assert tree.ids.tolist() == plain_breadth_first(ids, parents)
    graph = networkx.DiGraph([(parent, example) for example, parent in zip(ids, parents, strict=True)])
    graph.add_node(0)
    depths = networkx.shortest_path_length(graph, 0)
    assert tree.depths.tolist() == [depths[example] for example in tree.ids.tolist()]
    parent_of = dict(zip(ids, parents, strict=True))
    assert tree.ids[tree.parents[1:]].tolist() == [parent_of[example] for example in tree.ids[1:].tolist()]


@pytest.mark.parametrize("spread", [0.05, 0.9])
def test_paths_branches_and_sizes_equal_those_of_the_graph(spread: float) -> None:
    tree = tree_arrays(*shuffled_tree(600, 5, spread))
    graph = as_graph(tree)
    sizes = subtree_sizes(tree)
    for row in range(0, len(tree), 37):
        example = int(tree.ids[row])
        assert set(tree.branch(example).tolist()) == {example, *networkx.descendants(graph, example)}
        assert tree.path_to_seed(example)[::-1] == networkx.shortest_path(graph, 0, example)
        assert sizes[row] == len(tree.branch(example))


def test_states_go_with_their_examples() -> None:
    tree = tree_arrays([7, 3, 5], [3, 0, 0], [1, 2, 3])
    assert dict(zip(tree.ids.tolist(), tree.states.tolist(), strict=True)) == {0: 0, 3: 2, 5: 3, 7: 1}


def test_a_missing_parent_and_a_circle_are_named() -> None:
    with pytest.raises(ProjectError, match="example 2 names the parent 9"):
        tree_arrays([1, 2], [0, 9])
    with pytest.raises(ProjectError, match="its own ancestor"):
        tree_arrays([1, 2, 3], [0, 3, 2])
    with pytest.raises(BugError):
        tree_arrays([1, 1], [0, 0])


def test_an_unknown_example_has_no_row() -> None:
    tree = tree_arrays([1, 2], [0, 1])
    with pytest.raises(KeyError):
        tree.row_of(3)
    assert tree.rows_of([2, 9]).tolist() == [2]
    assert tree.rows_of(np.arange(100)).tolist() == [0, 1, 2]


def test_children_are_added_behind_those_that_are_there() -> None:
    tree = with_children(tree_arrays([1, 2, 3], [0, 0, 1]), 1, [8, 9], [1, 2])
    assert tree.ids.tolist() == [0, 1, 2, 3, 8, 9]
    assert tree.parents.tolist() == [-1, 0, 0, 1, 1, 1]
    assert tree.states.tolist() == [0, 0, 0, 0, 1, 2]


def test_a_tree_falls_into_the_branches_of_the_seeds_children() -> None:
    tree = tree_arrays([1, 2, 3, 4, 5], [0, 0, 1, 2, 3])
    groups = split_groups(tree, np.zeros(6))
    assert dict(zip(tree.ids.tolist(), groups.tolist(), strict=True)) == {0: -1, 1: 0, 3: 0, 5: 0, 2: 1, 4: 1}


def test_a_chain_falls_into_stretches_and_a_star_into_calls() -> None:
    chain = tree_arrays(np.arange(1, 41), [0] * 4 + [4 * (number // 4) for number in range(4, 40)])
    calls = np.concatenate(([-1], np.arange(40) // 4))
    assert is_chain(chain)
    assert not is_star(chain)
    assert split_groups(chain, calls).tolist() == [-1] + [number // 8 for number in range(40)]
    star = tree_arrays([1, 2, 3, 4], [0, 0, 0, 0])
    assert is_star(star)
    assert split_groups(star, [-1, 10, 10, 12, 12]).tolist() == [-1, 0, 0, 1, 1]
    assert split_groups(tree_arrays([], []), [-1]).tolist() == [-1]


def test_the_lineage_is_written_for_other_tools(tmp_path: Path) -> None:
    tree: TreeArrays = tree_arrays([1, 2], [0, 1], [1, 0])
    write_graph(tree, tmp_path / "lineage.graphml")
    graph = networkx.read_graphml(tmp_path / "lineage.graphml", node_type=int)
    assert sorted(graph.edges) == [(0, 1), (1, 2)]
    assert graph.nodes[1]["state"] == "approved"
    write_graph(tree, tmp_path / "lineage.txt")
    assert (tmp_path / "lineage.txt").read_text(encoding="utf-8").split() == ["0", "1", "1", "2"]
    with pytest.raises(InvalidFile, match="cannot be written"):
        write_graph(tree, tmp_path / "nowhere" / "lineage.graphml")
