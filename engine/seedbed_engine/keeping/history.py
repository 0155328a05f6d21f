"""What a person decided, as a log that can be undone and redone, also after a restart.

A change is one set-wise operation: the ids it touched and what they were before, packed, so that rejecting 600,000
examples is one small row. It applies backwards only where the state after it still holds.
"""

import getpass
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from seedbed_engine.errors import Conflict
from seedbed_engine.examples import Example, State, check_example
from seedbed_engine.keeping.project import now
from seedbed_engine.keeping.rows import columns_of, example_of, storable
from seedbed_engine.keeping.store import Store, insert_row, update_row
from seedbed_engine.keeping.trees import question_key

_VERBS = {State.APPROVED: "approve", State.REJECTED: "reject", State.PRUNED: "prune", State.NEW: "set back"}
_STATES = tuple(State)
_HELD = ("question", "context", "options", "answer", "state")  # must be as a change left them for it to be undone
_SET_ASIDE = 2  # in the column `undone`: could not be taken back, so undo passes it over from then on
_CHANGES = "SELECT c.*, r.name AS reviewer_name FROM change c LEFT JOIN reviewer r ON r.id = c.reviewer"


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the log: what was done to how many examples, and by whom."""

    id: int
    operation: str
    said: str
    count: int
    packed: bytes
    reviewer: str | None
    at: str
    undone: bool

    @property
    def examples(self) -> tuple[int, ...]:
        """Ids of the examples it touched, ascending."""
        return tuple(_unpack_ids(self.packed).tolist())


def user_name() -> str:
    """Who sits here, as the system calls them: the reviewer where no other is named."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def set_state(
    store: Store, examples: Sequence[int], state: State, said: str = "", *, reviewer: str | None = None
) -> int:
    """Approve, reject, prune or set back examples; the number of those whose state changed."""

    def change(db: Database) -> int:
        ids, before = _states(db, examples)
        differ = before != _STATES.index(state)
        ids, before = ids[differ], before[differ]
        if not len(ids):
            return 0
        _update_states(db, ids, np.full(len(ids), _STATES.index(state), np.uint8))
        words = said or f"{_VERBS[state]} {_count(len(ids))}"
        _log(db, _VERBS[state], words, ids, before.tobytes(), {"state": state.value}, reviewer)
        return len(ids)

    return store.do(change)


def edit_example(store: Store, example: int, to: Example, *, reviewer: str | None = None) -> None:
    """Change the text of one example; InvalidExample where the new one cannot be used."""
    edit_examples(store, {example: to}, reviewer=reviewer)


def edit_examples(
    store: Store,
    to: Mapping[int, Example],
    said: str = "",
    *,
    before: Mapping[int, Example] | None = None,
    reviewer: str | None = None,
) -> int:
    """Change the texts of examples in one step; the number of those that changed. InvalidExample where a new text
    cannot be used. Those that no longer read as `before` says are left as they are.

    An edited example was looked at, so its flag goes; its drift is not known any more where the question is another.
    """
    for example in to.values():
        check_example(example)

    def change(db: Database) -> int:
        after: dict[int, dict[str, Any]] = {}
        for id_, text in to.items():
            row = _row(db, id_)
            now_there = example_of(row)
            if now_there != text and (before is None or now_there == before[id_]):
                drift = row["drift"] if row["question"] == text.question else None
                after[id_] = {**columns_of(text), "edited": now(), "drift": drift, "flag": None}
        words = said or (f"edit #{min(after)}" if len(after) == 1 else f"edit {_count(len(after))}")
        return _write_and_log(db, words, after, reviewer)

    return store.do(change)


def settle_flags(
    store: Store, examples: Sequence[int], said: str = "", state: State | None = None, *, reviewer: str | None = None
) -> int:
    """Take the flags off examples, as a person does who looked at them and keeps their labels, and give them a state
    where one is named; the number of those that changed."""

    def change(db: Database) -> int:
        after: dict[int, dict[str, Any]] = {}
        for id_ in examples:
            row = _row(db, id_)
            if row["flag"] is not None or (state is not None and row["state"] != state.value):
                after[id_] = {"flag": None, "state": row["state"] if state is None else state.value}
        one = f"keep the label of #{min(after, default=0)}"
        words = said or (one if len(after) == 1 else f"keep the labels of {_count(len(after))}")
        return _write_and_log(db, words, after, reviewer)

    return store.do(change)


def set_flags(store: Store, flags: Mapping[int, str | None], said: str = "", *, reviewer: str | None = None) -> int:
    """Say why examples should be looked at (None: no longer); the number of those whose flag changed.

    Without words it is no act of its own: an edit that is undone brings the flag back that was there before it.
    """

    def change(db: Database) -> int:
        wanted = {id_: flag and storable(flag) for id_, flag in flags.items()}
        after = {id_: {"flag": flag} for id_, flag in wanted.items() if _row(db, id_)["flag"] != flag}
        if said:
            return _write_and_log(db, said, after, reviewer)
        for id_, columns in after.items():
            _write_columns(db, id_, columns)
        return len(after)

    return store.do(change)


def undo(store: Store) -> Change | None:
    """Take the last change back; None where there is none.

    Conflict where its examples are no longer as it left them: that change is then passed over by the next undo.
    """
    return _step(store, f"{_CHANGES} WHERE c.undone = 0 ORDER BY c.id DESC LIMIT 1", backwards=True)


def redo(store: Store) -> Change | None:
    """Do again what was undone last; None where there is nothing."""
    return _step(store, f"{_CHANGES} WHERE c.undone = 1 ORDER BY c.id LIMIT 1", backwards=False)


def read_changes(store: Store, limit: int = 100) -> list[Change]:
    """The latest changes, newest first."""
    return [_change(row) for row in store.rows(f"{_CHANGES} ORDER BY c.id DESC LIMIT ?", [limit])]


def ids_by_reviewer(store: Store) -> list[tuple[str, NDArray[np.int64]]]:
    """Who changed which examples, the oldest change first; what was undone is left out."""
    rows = store.rows(f"{_CHANGES} WHERE c.undone = 0 ORDER BY c.id")
    return [(row["reviewer_name"], _unpack_ids(row["examples"])) for row in rows if row["reviewer_name"]]


def next_steps(store: Store) -> tuple[str | None, str | None]:
    """What undo and redo would do now, in words (None: nothing)."""
    last = store.rows("SELECT said FROM change WHERE undone = 0 ORDER BY id DESC LIMIT 1")
    first = store.rows("SELECT said FROM change WHERE undone = 1 ORDER BY id LIMIT 1")
    return (last[0][0] if last else None, first[0][0] if first else None)


def _step(store: Store, query: str, *, backwards: bool) -> Change | None:
    def change(db: Database) -> Change | Conflict | None:
        row = db.execute(query).fetchone()
        if row is None:
            return None
        ids = _unpack_ids(row["examples"])
        try:
            if row["operation"] == "edit":
                _step_edit(db, row, ids.tolist(), backwards=backwards)
            else:
                _step_states(db, row, ids, backwards=backwards)
        except Conflict as conflict:
            update_row(db, "change", row["id"], {"undone": _SET_ASIDE})
            return conflict
        update_row(db, "change", row["id"], {"undone": int(backwards)})
        return _change({**row, "undone": int(backwards)})

    done = store.do(change)
    if isinstance(done, Conflict):
        raise done
    return done


def _step_states(db: Database, row: Mapping[str, Any], ids: NDArray[np.int64], *, backwards: bool) -> None:
    before = np.frombuffer(zlib.decompress(row["before"]), np.uint8)
    after = np.full(len(ids), _STATES.index(State(json.loads(row["after"])["state"])), np.uint8)
    from_, to = (after, before) if backwards else (before, after)
    there, found = _states(db, ids.tolist())
    if len(there) != len(ids):
        raise Conflict(
            f"#{int(np.setdiff1d(ids, there)[0])} is not there any more.", "Look at the tree and decide there."
        )
    if not np.array_equal(found, from_):
        other = int(ids[np.argmax(found != from_)])
        raise Conflict(
            f"'{row['said']}' is left as it is: #{other} was changed since then.",
            "Look at it in the tree and decide there.",
        )
    _update_states(db, ids, to)


def _step_edit(db: Database, row: Mapping[str, Any], ids: Sequence[int], *, backwards: bool) -> None:
    before = _each(json.loads(zlib.decompress(row["before"])))
    after = _each(json.loads(row["after"])["texts"])
    from_, to = (after, before) if backwards else (before, after)
    for example, expected in zip(ids, from_, strict=True):
        found = db.execute("SELECT * FROM example WHERE id = ?", [example]).fetchone()
        held = [name for name in expected if name in _HELD]
        if found is None or any(found[name] != expected[name] for name in held):
            raise Conflict(
                f"#{example} was edited since then, so that edit is left as it is.", "Open it and edit it there."
            )
    for example, columns in zip(ids, to, strict=True):
        _write_columns(db, example, columns)


def _each(found: Any) -> list[dict[str, Any]]:
    """The columns of each example; a change of one only was once kept without a list."""
    return found if isinstance(found, list) else [found]


def _row(db: Database, example: int) -> Mapping[str, Any]:
    row: Mapping[str, Any] | None = db.execute("SELECT * FROM example WHERE id = ?", [example]).fetchone()
    if row is None:
        raise LookupError(f"no example {example}")
    return row


def _write_and_log(db: Database, said: str, after: Mapping[int, Mapping[str, Any]], reviewer: str | None) -> int:
    """Write columns of examples as one change; how many there are."""
    if not after:
        return 0
    ids = sorted(after)
    before = [{name: row[name] for name in after[id_]} for id_ in ids for row in [_row(db, id_)]]
    for id_ in ids:
        _write_columns(db, id_, after[id_])
    texts = {"texts": [after[id_] for id_ in ids]}
    _log(db, "edit", said, np.array(ids, np.int64), json.dumps(before).encode(), texts, reviewer)
    return len(ids)


def _write_columns(db: Database, example: int, columns: Mapping[str, Any]) -> None:
    key = {"question_key": question_key(columns["question"])} if "question" in columns else {}
    update_row(db, "example", example, {**columns, **key})


def _states(db: Database, examples: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Ids that are there, ascending, and their states as numbers."""
    _fill_chosen(db, [(example, 0) for example in examples])
    rows = db.execute("SELECT e.id, e.state FROM chosen c JOIN example e ON e.id = c.id ORDER BY e.id").fetchall()
    codes = {state.value: index for index, state in enumerate(_STATES)}
    return np.array([row[0] for row in rows], np.int64), np.array([codes[row[1]] for row in rows], np.uint8)


def _update_states(db: Database, ids: NDArray[np.int64], states: NDArray[np.uint8]) -> None:
    _fill_chosen(db, list(zip(ids.tolist(), states.tolist(), strict=True)))
    for code in np.unique(states).tolist():
        db.execute(
            "UPDATE example SET state = ? WHERE id IN (SELECT id FROM chosen WHERE code = ?)",
            [_STATES[code].value, code],
        )


def _fill_chosen(db: Database, rows: Sequence[tuple[int, int]]) -> None:
    db.execute("CREATE TEMP TABLE IF NOT EXISTS chosen (id INTEGER PRIMARY KEY, code INTEGER)")
    db.execute("DELETE FROM chosen")
    db.conn.executemany("INSERT OR REPLACE INTO chosen VALUES (?, ?)", rows)


def _reviewer(db: Database, name: str | None) -> int:
    name = storable((name or "").strip() or user_name())
    db.execute("INSERT OR IGNORE INTO reviewer (name) VALUES (?)", [name])
    return int(db.execute("SELECT id FROM reviewer WHERE name = ?", [name]).fetchone()[0])


def _log(
    db: Database,
    operation: str,
    said: str,
    ids: NDArray[np.int64],
    before: bytes,
    after: Mapping[str, Any],
    reviewer: str | None,
) -> None:
    db.execute("DELETE FROM change WHERE undone = 1")  # what was undone cannot be redone on top of something new
    row = {
        "operation": operation,
        "said": storable(said),
        "examples": _pack_ids(ids),
        "count": len(ids),
        "before": zlib.compress(before),
        "after": json.dumps(after),
        "reviewer": _reviewer(db, reviewer),
        "at": now(),
    }
    insert_row(db, "change", row)


def _pack_ids(ids: NDArray[np.int64]) -> bytes:
    """Ascending ids as compressed steps from one to the next."""
    return zlib.compress(np.diff(ids, prepend=0).astype(np.int64).tobytes())


def _unpack_ids(packed: bytes) -> NDArray[np.int64]:
    return np.cumsum(np.frombuffer(zlib.decompress(packed), np.int64))


def _change(row: Mapping[str, Any]) -> Change:
    return Change(
        id=row["id"],
        operation=row["operation"],
        said=row["said"],
        count=row["count"],
        packed=row["examples"],
        reviewer=row["reviewer_name"],
        at=row["at"],
        undone=row["undone"] == 1,
    )


def _count(number: int) -> str:
    return "one example" if number == 1 else f"{number:,} examples"
