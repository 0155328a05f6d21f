"""The examples of a tree in the project file: as rows, as arrays for the canvas, by search."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from seedbed_engine.examples import Example, State, normal_question, text_digest
from seedbed_engine.keeping.project import now
from seedbed_engine.keeping.rows import ExampleRow, columns_of, example_of, storable
from seedbed_engine.keeping.store import Store

STATE_CODES = {State.NEW: 0, State.APPROVED: 1, State.REJECTED: 2, State.PRUNED: 3}
EDITED, FLAGGED = 16, 32
DRIFT_STEP = 1e-7  # drifts travel as whole steps: SQLite writes whole numbers five times as fast as fractions
NO_DRIFT = -(10**9)
SLICE = 2000  # examples read at once
RANKED = 1000  # more hits than these come in the order of the tree: the best of so many words nobody can tell
_CODE = """CASE state WHEN 'new' THEN 0 WHEN 'approved' THEN 1 WHEN 'rejected' THEN 2 ELSE 3 END
  + 16 * (edited IS NOT NULL) + 32 * (flag IS NOT NULL)"""


_PICTURE = f"""SELECT group_concat(id), group_concat(parent), group_concat(call), group_concat(depth),
  group_concat(code), group_concat(drift) FROM (
  SELECT id, COALESCE(parent, 0) AS parent, COALESCE(call, 0) AS call, depth, {_CODE} AS code,
    COALESCE(CAST(ROUND(drift / {DRIFT_STEP}) AS INTEGER), {NO_DRIFT}) AS drift
  FROM example INDEXED BY example_for_picture WHERE seed = ? AND id > ? ORDER BY id
)"""
_STATES = f"""SELECT group_concat(id), group_concat(code) FROM (
  SELECT id, {_CODE} AS code FROM example INDEXED BY example_for_picture WHERE seed = ? ORDER BY id
)"""
_UP = """WITH RECURSIVE up(id, parent) AS (
  SELECT id, parent FROM example WHERE id = ?
  UNION SELECT e.id, e.parent FROM example e JOIN up ON e.id = up.parent
)"""
_NAMES = (
    *("id", "seed", "parent", "call", "request", "position", "key", "depth", "question", "context", "options"),
    *("answer", "wanted_answer", "flag", "origin", "drift", "question_key", "created"),
)
_INSERT = f"INSERT INTO example ({', '.join(_NAMES)}) VALUES ({', '.join('?' * len(_NAMES))})"


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
    first = int(db.conn.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM example").fetchone()[0])
    rows = [_values(id_, example, at) for id_, example in enumerate(examples, start=first)]
    db.conn.executemany(_INSERT, rows)
    return [row[0] for row in rows]


def _values(id_: int, new: NewExample, at: str) -> tuple[Any, ...]:
    """The values of _NAMES, in that order."""
    columns = columns_of(new.example)
    return (
        *(id_, new.seed, new.parent, new.call, new.request, new.position, new.key, new.depth, columns["question"]),
        *(columns["context"], columns["options"], columns["answer"], new.wanted_answer and storable(new.wanted_answer)),
        *(new.flag, new.origin, new.drift, question_key(new.example.question), at),
    )


def read_columns(store: Store, seed: int, after: int = 0) -> TreeColumns:
    """The tree of a seed as columns; only examples with an id above `after`."""
    ids, parents, calls, depths, codes, steps = map(whole_numbers, store.rows(_PICTURE, [seed, after])[0])
    drifts = np.where(steps == NO_DRIFT, np.nan, steps * DRIFT_STEP).astype(np.float32)
    return TreeColumns(ids, parents, calls, depths.astype(np.int32), codes.astype(np.uint8), drifts)


def read_states(store: Store, seed: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Ids and state codes of a tree, by id: what the canvas needs after somebody changed states."""
    ids, codes = map(whole_numbers, store.rows(_STATES, [seed])[0])
    return ids, codes.astype(np.uint8)


def whole_numbers(joined: str | None) -> NDArray[np.int64]:
    """Whole numbers that SQLite joined with commas: a column as one text is read without an object for each row."""
    return np.fromstring(joined, np.int64, sep=",") if joined else np.empty(0, np.int64)


def read_example(store: Store, example: int) -> ExampleRow:
    """One example; LookupError where there is none of that number."""
    found = read_examples(store, [example])
    if not found:
        raise LookupError(f"no example {example}")
    return found[0]


def read_examples(store: Store, examples: Sequence[int]) -> list[ExampleRow]:
    """The examples with these ids, by id; unknown ids are left out."""
    found: list[ExampleRow] = []
    wanted = sorted(set(examples))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ",".join("?" * len(part))
        found += [_example(row) for row in store.rows(f"SELECT * FROM example WHERE id IN ({marks}) ORDER BY id", part)]
    return found


def read_kept(store: Store, seed: int, *, approved_only: bool = False) -> list[ExampleRow]:
    """The examples of a tree that may train a model: neither rejected nor pruned, in canonical order."""
    return list(iterate_kept(store, seed, approved_only=approved_only))


def iterate_kept(store: Store, seed: int, *, approved_only: bool = False) -> Iterator[ExampleRow]:
    """The same as `read_kept`, a slice at a time: a million examples need not be in memory at once."""
    states = "state = 'approved'" if approved_only else "state IN ('new', 'approved')"
    query = f"SELECT * FROM example WHERE seed = ? AND id > ? AND {states} ORDER BY id LIMIT {SLICE}"
    after, is_more = 0, True
    while is_more:
        rows = store.rows(query, [seed, after])
        yield from map(_example, rows)
        is_more = len(rows) == SLICE
        after = rows[-1]["id"] if rows else after


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
  SELECT ? UNION SELECT e.id FROM example e JOIN branch b ON e.parent = b.id
  WHERE e.seed = (SELECT seed FROM example WHERE id = ?)
) SELECT id FROM branch ORDER BY id"""
    return [int(row[0]) for row in store.rows(query, [example, example])]


def read_path(store: Store, example: int) -> list[int]:
    """Ids from an example up to the one that the seed begot, itself first."""
    return [int(row[0]) for row in store.rows(f"{_UP} SELECT id FROM up", [example])]


def read_closed(store: Store, seed: int) -> list[int]:
    """Ids of the rejected and pruned examples of a tree."""
    query = "SELECT id FROM example WHERE seed = ? AND state IN ('rejected', 'pruned')"
    return [int(row[0]) for row in store.rows(query, [seed])]


def is_as_shown(db: Database, example: int, shown: Example) -> bool:
    """Whether an example still reads like this, and neither it nor what it came from is rejected or pruned."""
    row = db.execute("SELECT * FROM example WHERE id = ?", [example]).fetchone()
    if row is None or example_of(row) != shown:
        return False
    closed = "SELECT 1 FROM example WHERE seed = ? AND state IN ('rejected', 'pruned')"
    if not db.execute(f"{closed} LIMIT 1", [row["seed"]]).fetchone():
        return True
    return not db.execute(f"{_UP} {closed} AND id IN (SELECT id FROM up) LIMIT 1", [example, row["seed"]]).fetchone()


def search(store: Store, words: str, seed: int | None = None, limit: int = 200) -> list[int]:
    """Ids of examples whose text has words that begin with each of these; nothing is a query language.

    The best come first, where there are not so many that the first `limit` of the tree do as well.
    """
    parts = unicodedata.normalize("NFC", storable(words).replace("\0", " ")).split()
    match = " ".join('"' + part.replace('"', '""') + '"*' for part in parts if any(map(str.isalnum, part)))
    if not match:
        return []
    of_seed = "" if seed is None else "AND (SELECT seed FROM example WHERE id = example_text.rowid) = ?"
    values = [match] if seed is None else [match, seed]
    query = f"SELECT rowid FROM example_text WHERE example_text MATCH ? {of_seed}"
    hits = [int(row[0]) for row in store.rows(f"{query} LIMIT ?", [*values, max(limit, RANKED)])]
    if len(hits) < RANKED:
        hits = [int(row[0]) for row in store.rows(f"{query} ORDER BY rank, rowid LIMIT ?", [*values, limit])]
    return hits[:limit]


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
