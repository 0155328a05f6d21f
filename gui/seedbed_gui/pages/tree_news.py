"""What happened to a tree since the last look: new examples, changed states, what is on the way."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.examples import State
from seedbed_engine.keeping import calls, history, trees
from seedbed_engine.keeping.rows import ExampleRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.tree.lineage import TreeArrays, tree_arrays

CHANGES = 60  # latest changes compared with those seen before
MANY = 2000  # changed examples from which all states are read anew

Log = tuple[tuple[int, bool], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """Which trees are shown: one seed's, or several seeds' as a forest."""

    seeds: tuple[int, ...] = ()
    is_forest: bool = False

    def root(self, seed: int) -> int:
        """What a seed is called on the canvas: 0, or in a forest a number below 0."""
        return -seed if self.is_forest else 0


@dataclass(frozen=True, slots=True)
class Whole:
    """Trees as they are now, with the marks to tell later what is new."""

    arrays: TreeArrays
    last: Mapping[int, int]  # greatest id, by seed
    log: Log


@dataclass(frozen=True, slots=True)
class News:
    """New children by parent, and examples whose state or text is another now."""

    children: tuple[tuple[int, NDArray[np.int64], NDArray[np.uint8]], ...]
    changed: NDArray[np.int64]
    codes: NDArray[np.uint8]
    growing: Mapping[int, int]
    last: Mapping[int, int]
    log: Log


def read_whole(store: Store, shown: Shown) -> Whole:
    """Read what is shown for the canvas."""
    log = _log(store)
    found = {seed: trees.read_columns(store, seed) for seed in shown.seeds}
    last = {seed: int(columns.ids[-1]) if len(columns.ids) else 0 for seed, columns in found.items()}
    if not shown.is_forest:
        columns = found[shown.seeds[0]]
        return Whole(tree_arrays(columns.ids, columns.parents, columns.states), last, log)
    roots = np.array([shown.root(seed) for seed in shown.seeds], np.int64)
    ids = np.concatenate([roots, *(columns.ids for columns in found.values())])
    parents = [np.where(columns.parents == 0, shown.root(seed), columns.parents) for seed, columns in found.items()]
    states = [columns.states for columns in found.values()]
    none = np.zeros(len(roots), np.int64)
    return Whole(
        tree_arrays(ids, np.concatenate([none, *parents]), np.concatenate([none.astype(np.uint8), *states])), last, log
    )


def read_news(store: Store, shown: Shown, last: Mapping[int, int], log: Log, is_growing: bool) -> News:
    """Read what is new since a look that ended with `last` and `log`."""
    now = _log(store)
    children, latest = [], dict(last)
    growing: dict[int, int] = {}
    changed, codes = [np.empty(0, np.int64)], [np.empty(0, np.uint8)]
    for seed in shown.seeds:
        found = trees.read_columns(store, seed, after=last[seed])
        for parent in dict.fromkeys(found.parents.tolist()):
            mine = found.parents == parent
            children.append((parent or shown.root(seed), found.ids[mine], found.states[mine]))
        latest[seed] = int(found.ids[-1]) if len(found.ids) else last[seed]
        touched = _changed(store, seed, log, now)
        changed.append(touched[0])
        codes.append(touched[1])
        if is_growing:
            waiting = calls.read_waiting(store, seed)
            growing |= {parent or shown.root(seed): wanted for parent, wanted in waiting.items()}
    return News(tuple(children), np.concatenate(changed), np.concatenate(codes), growing, latest, now)


def _log(store: Store) -> Log:
    return tuple((change.id, change.undone) for change in history.read_changes(store, CHANGES))


def _changed(store: Store, seed: int, before: Log, now: Log) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    if before == now:
        return np.empty(0, np.int64), np.empty(0, np.uint8)
    steps = set(before) ^ set(now)
    known = {number for number, _ in now}
    if any(number not in known for number, _ in steps if number > min(known, default=0)):
        return trees.read_states(store, seed)  # a change that was undone has left the log
    numbers = {number for number, _ in steps}
    touched = [one for c in history.read_changes(store, CHANGES) if c.id in numbers for one in c.examples]
    if len(touched) > MANY or len(numbers) >= CHANGES:
        return trees.read_states(store, seed)
    rows = [row for row in trees.read_examples(store, sorted(set(touched))) if row.seed == seed]
    return np.array([row.id for row in rows], np.int64), np.array([code_of(row) for row in rows], np.uint8)


def code_of(row: ExampleRow) -> int:
    """The state of an example as the canvas knows it."""
    code = trees.STATE_CODES[State(row.state)]
    return code + (trees.EDITED if row.edited else 0) + (trees.FLAGGED if row.flag else 0)
