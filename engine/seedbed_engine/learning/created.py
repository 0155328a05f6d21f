"""The created examples of a tree as items to learn from."""

import numpy as np

from seedbed_engine.examples import State
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.items import LearningItem
from seedbed_engine.tree.lineage import split_groups, tree_arrays


def created_items(store: Store, seed: int, *, approved_only: bool = False) -> list[LearningItem]:
    """The examples of a tree that may train a model, each with the branch it is held out with."""
    columns = trees.read_columns(store, seed)
    arrays = tree_arrays(columns.ids, columns.parents)
    calls = np.zeros(len(arrays), np.int64)
    calls[1:] = columns.calls[np.searchsorted(columns.ids, arrays.ids[1:])]
    groups = dict(zip(arrays.ids.tolist(), split_groups(arrays, calls).tolist(), strict=True))
    return [
        LearningItem(row.id, row.example, f"branch {groups[row.id]}", row.state is State.APPROVED)
        for row in trees.read_kept(store, seed, approved_only=approved_only)
    ]
