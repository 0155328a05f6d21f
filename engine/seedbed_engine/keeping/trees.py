"""The examples of a tree in the project file: as rows, as arrays for the canvas, by search."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from seedbed_engine.examples import Example, State, normal_question, text_digest
from seedbed_engine.keeping.project import now
from seedbed_engine.keeping.rows import ExampleRow, columns_of, example_of
from seedbed_engine.keeping.store import Store, insert_row

STATE_CODES = {State.NEW: 0, State.APPROVED: 1, State.REJECTED: 2, State.PRUNED: 3}
EDITED, FLAGGED = 16, 32
_CODE = """CASE state WHEN 'new' THEN 0 WHEN 'approved' THEN 1 WHEN 'rejected' THEN 2 ELSE 3 END
  + 16 * (edited IS NOT NULL) + 32 * (flag IS NOT NULL)"""


@dataclass(frozen=True, slots=True)
class TreeColumns:
    """A tree as columns, one entry an example, by id: ids and parents (int64; 0 is the seed), calls (0: none),
    depths (int32), states (uint8: STATE_CODES, plus EDITED, plus FLAGGED), drifts (float32, NaN where not known)."""

    ids: NDArray[np.int64]
    parents: NDArray[np.int64]
    calls: NDArray[np.int64]
    depths: NDArray[np.int32]
    states: NDArray[np.uint8]
    drifts: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class NewExample:
    """What is needed to keep one more example of a tree."""

    seed: int
    parent: int | None
    call: int | None
    request: int | None
    position: int
    key: str
    depth: int
    example: Example
    wanted_answer: str | None = None
    drift: float | None = None
    flag: str | None = None
    origin: str = "created"


def question_key(question: str) -> str:
    """What two questions share when they are equal but for case, punctuation and white space."""
    return text_digest(normal_question(question))


def insert_examples(db: Database, examples: Iterable[NewExample]) -> list[int]:
    """Insert examples in this order, within the caller's change; their ids come back in the same order."""
    at = now()
    return [insert_row(db, "example", _columns(example, at)) for example in examples]


def _columns(new: NewExample, at: str) -> dict[str, Any]:
    return {
        "seed": new.seed,
        "parent": new.parent,
        "call": new.call,
        "request": new.request,
        "position": new.position,
        "key": new.key,
        "depth": new.depth,
        **columns_of(new.example),
        "wanted_answer": new.wanted_answer,
        "flag": new.flag,
        "origin": new.origin,
        "drift": new.drift,
        "question_key": question_key(new.example.question),
        "created": at,
    }


def read_columns(store: Store, seed: int, after: int = 0) -> TreeColumns:
    """The tree of a seed as columns; only examples with an id above `after`."""
    rows = store.rows(
        f"SELECT id, COALESCE(parent, 0), COALESCE(call, 0), depth, {_CODE}, drift FROM example "
        "WHERE seed = ? AND id > ? ORDER BY id",
        [seed, after],
    )
    ids, parents, calls, depths, states, drifts = zip(*rows, strict=True) if rows else ((),) * 6
    return TreeColumns(
        np.array(ids, np.int64),
        np.array(parents, np.int64),
        np.array(calls, np.int64),
        np.array(depths, np.int32),
        np.array(states, np.uint8),
        np.array([np.nan if drift is None else drift for drift in drifts], np.float32),
    )


def read_states(store: Store, seed: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Ids and state codes of a tree, by id: what the canvas needs after somebody changed states."""
    rows = store.rows(f"SELECT id, {_CODE} FROM example WHERE seed = ? ORDER BY id", [seed])
    return np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], np.uint8)


def read_example(store: Store, example: int) -> ExampleRow:
    """One example; LookupError where there is none of that number."""
    found = read_examples(store, [example])
    if not found:
        raise LookupError(f"no example {example}")
    return found[0]


def read_examples(store: Store, examples: Sequence[int]) -> list[ExampleRow]:
    """The examples with these ids, by id; unknown ids are left out."""
    found: list[ExampleRow] = []
    for start in range(0, len(examples), 500):
        part = list(examples[start : start + 500])
        marks = ",".join("?" * len(part))
        found += [_example(row) for row in store.rows(f"SELECT * FROM example WHERE id IN ({marks}) ORDER BY id", part)]
    return found


def read_kept(store: Store, seed: int, *, approved_only: bool = False) -> list[ExampleRow]:
    """The examples of a tree that may train a model: neither rejected nor pruned, in canonical order."""
    states = "state = 'approved'" if approved_only else "state IN ('new', 'approved')"
    return [
        _example(row) for row in store.rows(f"SELECT * FROM example WHERE seed = ? AND {states} ORDER BY id", [seed])
    ]


def read_children(store: Store, seed: int, parent: int | None) -> list[ExampleRow]:
    """Examples whose formatting example was `parent` (None: the seed), in canonical order."""
    return [
        _example(row)
        for row in store.rows("SELECT * FROM example WHERE seed = ? AND parent IS ? ORDER BY id", [seed, parent])
    ]


def read_of_call(store: Store, call: int) -> list[ExampleRow]:
    """Examples that one call gave, in canonical order."""
    return [_example(row) for row in store.rows("SELECT * FROM example WHERE call = ? ORDER BY id", [call])]


def read_branch(store: Store, example: int) -> list[int]:
    """Ids of an example and all its descendants."""
    query = """WITH RECURSIVE branch(id) AS (
  SELECT ? UNION ALL SELECT e.id FROM example e JOIN branch b ON e.parent = b.id
  WHERE e.seed = (SELECT seed FROM example WHERE id = ?)
) SELECT id FROM branch ORDER BY id"""
    return [int(row[0]) for row in store.rows(query, [example, example])]


def read_path(store: Store, example: int) -> list[int]:
    """Ids from an example up to the one that the seed begot, itself first."""
    query = """WITH RECURSIVE up(id, parent) AS (
  SELECT id, parent FROM example WHERE id = ?
  UNION ALL SELECT e.id, e.parent FROM example e JOIN up ON e.id = up.parent
) SELECT id FROM up"""
    return [int(row[0]) for row in store.rows(query, [example])]


def read_closed(store: Store, seed: int) -> list[int]:
    """Ids of the rejected and pruned examples of a tree."""
    query = "SELECT id FROM example WHERE seed = ? AND state IN ('rejected', 'pruned')"
    return [int(row[0]) for row in store.rows(query, [seed])]


def search(store: Store, words: str, seed: int | None = None, limit: int = 200) -> list[int]:
    """Ids of examples whose text has words that begin with each of these, best first; nothing is a query language."""
    parts = normal_question(words).split()
    if not parts:
        return []
    match = " ".join(f'"{part}"*' for part in parts)
    query = """SELECT e.id FROM example_text t JOIN example e ON e.id = t.rowid
WHERE example_text MATCH ? AND (? IS NULL OR e.seed = ?) LIMIT ?"""
    return [int(row[0]) for row in store.rows(query, [match, seed, seed, limit])]


def read_keys(store: Store, seed: int) -> dict[int, str]:
    """id -> key of every example of a tree: the key is the same in every project that grew the same tree."""
    return {row[0]: row[1] for row in store.rows("SELECT id, key FROM example WHERE seed = ?", [seed])}


def known_questions(store: Store, seed: int) -> dict[str, int]:
    """question_key -> id of every example of a tree, rejected ones too: none of them is created twice."""
    return {row[0]: row[1] for row in store.rows("SELECT question_key, id FROM example WHERE seed = ?", [seed])}


def _example(row: Any) -> ExampleRow:
    return ExampleRow(
        id=row["id"],
        seed=row["seed"],
        parent=row["parent"],
        call=row["call"],
        request=row["request"],
        position=row["position"],
        key=row["key"],
        depth=row["depth"],
        example=example_of(row),
        wanted_answer=row["wanted_answer"],
        state=State(row["state"]),
        flag=row["flag"],
        origin=row["origin"],
        drift=row["drift"],
        created=row["created"],
        edited=row["edited"],
    )
