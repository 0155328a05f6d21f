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
class Whole:
    """A tree as it is now, with the marks to tell later what is new."""

    arrays: TreeArrays
    last: int
    log: Log


@dataclass(frozen=True, slots=True)
class News:
    """New children by parent, and examples whose state or text is another now."""

    children: tuple[tuple[int, NDArray[np.int64], NDArray[np.uint8]], ...]
    changed: NDArray[np.int64]
    codes: NDArray[np.uint8]
    growing: Mapping[int, int]
    last: int
    log: Log


def read_whole(store: Store, seed: int) -> Whole:
    """Read a tree for the canvas."""
    log = _log(store)
    found = trees.read_columns(store, seed)
    arrays = tree_arrays(found.ids, found.parents, found.states)
    return Whole(arrays, int(found.ids[-1]) if len(found.ids) else 0, log)


def read_news(store: Store, seed: int, last: int, log: Log, is_growing: bool) -> News:
    """Read what is new since a look that ended with `last` and `log`."""
    now = _log(store)
    found = trees.read_columns(store, seed, after=last)
    children = []
    for parent in dict.fromkeys(found.parents.tolist()):
        mine = found.parents == parent
        children.append((parent, found.ids[mine], found.states[mine]))
    changed, codes = _changed(store, seed, log, now)
    growing = calls.read_waiting(store, seed) if is_growing else {}
    return News(tuple(children), changed, codes, growing, int(found.ids[-1]) if len(found.ids) else last, now)


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
