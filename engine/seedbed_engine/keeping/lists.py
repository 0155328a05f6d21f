"""Lists of examples in an order, as numbers only: the queue of a review, the rows of a table; texts are read later."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.examples import State
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import search

MOST_FOUND = 1_000_000  # examples that a search may find
QUEUE_ORDERS = ("branch", "depth", "drift", "flagged", "random")
COLUMNS = ("id", "question", "answer", "state", "depth", "drift", "parent", "edited")
_SHUFFLE = 2654435761  # multiplied with an id: an order without a pattern that is the same each time
_BRANCHES = """WITH RECURSIVE branch(id, seed, level, state) AS (
  SELECT id, seed, 0, state FROM example INDEXED BY example_for_picture WHERE parent IS NULL
  UNION ALL
  SELECT e.id, e.seed, b.level + 1, e.state FROM branch b
  JOIN example e INDEXED BY example_by_parent ON e.seed = b.seed AND e.parent = b.id
  ORDER BY 3 DESC, 2, 1
) SELECT id FROM branch WHERE state = 'new'"""
_QUEUE = "SELECT id FROM example INDEXED BY example_for_picture WHERE state = 'new' ORDER BY "
_ORDERS = {
    "depth": _QUEUE + "seed, depth, id",
    "drift": _QUEUE + "drift IS NULL, drift DESC, id",
    "flagged": """SELECT e.id FROM example e LEFT JOIN (
  SELECT a.example, AVG(a.answer = x.answer) AS share FROM answer_again a JOIN example x ON x.id = a.example GROUP BY 1
) s ON s.example = e.id WHERE e.state = 'new' OR (e.state = 'approved' AND e.flag IS NOT NULL)
ORDER BY e.flag IS NULL, s.share IS NULL, s.share, e.id""",
    "random": _QUEUE + f"(id * {_SHUFFLE}) & 4294967295",
}
_SORTED = {
    "id": "id {way}",
    "question": "question COLLATE NOCASE {way}, id",
    "answer": "answer COLLATE NOCASE {way}, id",
    "state": "state {way}, id",
    "depth": "depth {way}, id",
    "drift": "drift IS NULL, drift {way}, id",
    "parent": "COALESCE(parent, 0) {way}, id",
    "edited": "edited IS NULL, edited {way}, id",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """Which examples a table shows, and in which order; no seed: of all trees, no states: in every state."""

    seed: int | None = None
    states: tuple[State, ...] = ()
    words: str = ""
    column: str = "id"
    descending: bool = False


def read_queue(store: Store, order: str) -> NDArray[np.int64]:
    """Ids of all new examples of the project: branch by branch, the nearest to the seed first, those that drifted
    farthest first, those that are marked first (approved ones too, the least agreed about before the others), or
    shuffled (the same way each time)."""
    query = _BRANCHES if order == "branch" else _ORDERS[order]
    return _ids(store, query, [])


def read_listing(store: Store, listing: Listing) -> NDArray[np.int64]:
    """Ids of the examples of a listing, in its order."""
    where, values = _where(store, listing)
    order = _SORTED[listing.column].format(way="DESC" if listing.descending else "ASC")
    return _ids(store, f"SELECT id FROM example {where} ORDER BY {order}", values)


def count_states(store: Store, seed: int | None = None) -> dict[State, int]:
    """How many examples are in each state."""
    where, values = ("", []) if seed is None else ("WHERE seed = ?", [seed])
    rows = store.rows(f"SELECT state, COUNT(*) FROM example {where} GROUP BY state", values)
    found = {State(row[0]): int(row[1]) for row in rows}
    return {state: found.get(state, 0) for state in State}


def read_branches(store: Store, examples: Sequence[int]) -> list[int]:
    """Ids of these examples and of all their descendants."""
    query = """WITH RECURSIVE branch(id, seed) AS (
  SELECT id, seed FROM example WHERE id IN (SELECT value FROM json_each(?))
  UNION SELECT e.id, e.seed FROM branch b
  JOIN example e INDEXED BY example_by_parent ON e.seed = b.seed AND e.parent = b.id
) SELECT id FROM branch ORDER BY id"""
    return [int(one) for one in _ids(store, query, [json.dumps(list(examples))])]


def keep_open(store: Store, examples: Sequence[int]) -> list[int]:
    """Those of these examples that are neither rejected nor pruned, by id."""
    query = """SELECT id FROM example WHERE state IN ('new', 'approved') AND id IN (SELECT value FROM json_each(?))
ORDER BY id"""
    return [int(one) for one in _ids(store, query, [json.dumps(list(examples))])]


def keep_in_state(store: Store, examples: Sequence[int], state: State) -> list[int]:
    """Those of these examples that are in a state, by id."""
    query = "SELECT id FROM example WHERE state = ? AND id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return [int(one) for one in _ids(store, query, [state.value, json.dumps(list(examples))])]


def _where(store: Store, listing: Listing) -> tuple[str, list[Any]]:
    parts: list[str] = []
    values: list[Any] = []
    if listing.seed is not None:
        parts.append("seed = ?")
        values.append(listing.seed)
    if listing.states:
        parts.append(f"state IN ({','.join('?' * len(listing.states))})")
        values += [state.value for state in listing.states]
    if listing.words.strip():
        parts.append("id IN (SELECT value FROM json_each(?))")
        values.append(json.dumps(search(store, listing.words, listing.seed, MOST_FOUND)))
    return (f"WHERE {' AND '.join(parts)}" if parts else ""), values


def _ids(store: Store, query: str, values: list[Any]) -> NDArray[np.int64]:
    return np.fromiter((row[0] for row in store.rows(query, values)), np.int64)
