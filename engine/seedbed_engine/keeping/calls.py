"""Calls and requests in the project file: a request is committed before it is sent, its reply before it is read."""

import json
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from seedbed_engine.errors import ProjectError
from seedbed_engine.keeping.faults import is_locked
from seedbed_engine.keeping.project import now
from seedbed_engine.keeping.rows import Account, CallRow, RequestRow, storable
from seedbed_engine.keeping.store import Store, insert_row, update_row
from seedbed_engine.keeping.trees import NewExample, insert_examples

log = logging.getLogger(__name__)
REPLY_PATIENCE = 20  # times the store's own patience that a reply waits for a locked file


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What is written down before a request is sent."""

    part: int
    attempt: int
    wanted: int
    wanted_answers: tuple[str, ...] | None
    topics: tuple[str, ...] | None
    creator: str
    model: str
    messages: str
    sampling: str


@dataclass(frozen=True, slots=True)
class NewDiscard:
    """An item of a reply that was not kept, with its reason."""

    request: int
    position: int
    raw_text: str
    reason: str
    detail: str | None = None
    too_near_to: int | None = None


def add_call(store: Store, run: int, seed: int, parent: int | None, key: str, place: int, wanted: int) -> int:
    """Write a call down, before any of its requests is sent."""
    row = {"run": run, "seed": seed, "parent": parent, "key": key, "place": place, "wanted": wanted}
    return store.do(lambda db: insert_row(db, "call", row))


def add_request(store: Store, call: int, new: NewRequest) -> int:
    """Write a request down; only after this returns may it be sent."""
    row = {
        "call": call,
        "part": new.part,
        "attempt": new.attempt,
        "wanted": new.wanted,
        "wanted_answers": _as_json(new.wanted_answers),
        "topics": _as_json(new.topics),
        "creator": new.creator,
        "model": new.model,
        "messages": storable(new.messages),
        "sampling": new.sampling,
        "sent": now(),
    }
    return store.do(lambda db: insert_row(db, "request", row))


def keep_reply(
    store: Store,
    request: int,
    raw_reply: str,
    *,
    model: str,
    finish_reason: str | None,
    prompt_tokens: int | None,
    completion_tokens: int | None,
    usd: float | None,
) -> None:
    """Commit a reply, raw, before anybody reads it; when this returns it outlives a power cut.

    It is paid for: while another program keeps the file locked, it waits much longer than any other change.
    """
    values = {
        "raw_reply": storable(raw_reply),
        "model": model,
        "finish_reason": finish_reason,
        "prompt_tokens": prompt_tokens,
        "completion_tokens": completion_tokens,
        "usd": usd,
        "replied": now(),
        "outcome": "replied",
    }
    for is_last in (*[False] * REPLY_PATIENCE, True):
        try:
            return store.do(lambda db: update_row(db, "request", request, values))
        except ProjectError as error:
            if is_last or not is_locked(error):
                raise
            log.warning("a reply waits to be kept: %s", error)
    return None


def fail_request(store: Store, request: int, error: str, *, will_be_retried: bool) -> None:
    """Write down that no reply came, and whether it will be asked again."""
    values = {"outcome": "retried" if will_be_retried else "failed", "error": storable(error), "replied": now()}
    store.do(lambda db: update_row(db, "request", request, values))


def mark_possibly_billed(store: Store, seed: int) -> int:
    """Requests of a seed that were in flight when their process ended: said so, and asked again. Their number."""

    def mark(db: Database) -> int:
        found = db.execute(
            "UPDATE request SET outcome = 'possibly billed', error = 'in flight when the work ended' "
            "WHERE outcome = 'sent' AND call IN (SELECT id FROM call WHERE seed = ?)",
            [seed],
        )
        return found.rowcount

    return store.do(mark)


def decide_call(
    store: Store,
    call: int,
    examples: Iterable[NewExample],
    discards: Iterable[NewDiscard],
    requests: Sequence[tuple[int, int, int]],
) -> list[int]:
    """Keep what a call gave, in one transaction: its examples (their ids are returned), its discards, its end.

    `requests` are those that were replied to: id, surplus, missing; without any the call counts as failed.
    """

    def decide(db: Database) -> list[int]:
        ids = insert_examples(db, examples)
        insert_discards(db, discards)
        close_call(db, call, "read" if requests else "failed", requests)
        return ids

    return store.do(decide)


def reopen_calls(store: Store, found: Sequence[int]) -> None:
    """Have calls asked again that failed because their creator was gone; their failed requests stay as they are."""

    def reopen(db: Database) -> None:
        for call in found:
            update_row(db, "call", call, {"state": "waiting"})

    store.do(reopen)


def take_over_call(store: Store, call: int, run: int) -> None:
    """Let a run finish a call that another run of the same growth left: it counts as this run's from then on."""
    store.do(lambda db: update_row(db, "call", call, {"run": run}))


def close_call(db: Database, call: int, state: str, requests: Iterable[tuple[int, int, int]]) -> None:
    """Mark a call read or failed, and each of its replied requests (id, surplus, missing) as read."""
    update_row(db, "call", call, {"state": state})
    for request, surplus, missing in requests:
        update_row(db, "request", request, {"outcome": "read", "surplus": surplus, "missing": missing})


def insert_discards(db: Database, discards: Iterable[NewDiscard]) -> None:
    """Insert discards, within the caller's change."""
    db.conn.executemany(
        "INSERT INTO discard (request, position, raw_text, reason, detail, too_near_to) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (d.request, d.position, storable(d.raw_text), d.reason, d.detail and storable(d.detail), d.too_near_to)
            for d in discards
        ],
    )


def read_calls(store: Store, seed: int) -> list[CallRow]:
    """All calls of a seed, in canonical order within each run."""
    return [_call(row) for row in store.rows("SELECT * FROM call WHERE seed = ? ORDER BY run, place, id", [seed])]


def read_call(store: Store, call: int) -> CallRow:
    """One call; LookupError where there is none of that number."""
    rows = store.rows("SELECT * FROM call WHERE id = ?", [call])
    if not rows:
        raise LookupError(f"no call {call}")
    return _call(rows[0])


def read_requests(store: Store, call: int) -> list[RequestRow]:
    """All requests of a call: parts in order, attempts in order."""
    return [_request(row) for row in store.rows("SELECT * FROM request WHERE call = ? ORDER BY part, attempt", [call])]


def read_request(store: Store, request: int) -> RequestRow:
    """One request; LookupError where there is none of that number."""
    rows = store.rows("SELECT * FROM request WHERE id = ?", [request])
    if not rows:
        raise LookupError(f"no request {request}")
    return _request(rows[0])


def read_log(store: Store, limit: int = 500, before: int | None = None) -> list[RequestRow]:
    """The latest requests, newest first; those before a given one for the next page."""
    where = "WHERE id < ?" if before is not None else ""
    values: Sequence[Any] = [before, limit] if before is not None else [limit]
    return [_request(row) for row in store.rows(f"SELECT * FROM request {where} ORDER BY id DESC LIMIT ?", values)]


def read_discards(store: Store, request: int) -> list[NewDiscard]:
    """What was not kept of a reply, with the reasons."""
    rows = store.rows("SELECT * FROM discard WHERE request = ? ORDER BY position", [request])
    return [
        NewDiscard(r["request"], r["position"], r["raw_text"], r["reason"], r["detail"], r["too_near_to"]) for r in rows
    ]


def discard_reasons(store: Store, run: int) -> dict[str, int]:
    """How many items of a run were discarded for each reason, most frequent first."""
    query = """SELECT d.reason, COUNT(*) AS many FROM discard d JOIN request q ON q.id = d.request
JOIN call c ON c.id = q.call WHERE c.run = ? GROUP BY d.reason ORDER BY many DESC, d.reason"""
    return {row[0]: row[1] for row in store.rows(query, [run])}


def read_account(store: Store, run: int) -> Account:
    """The line that adds up, for a growth."""
    rows = store.rows("SELECT * FROM account WHERE run = ?", [run])
    if not rows:
        return Account(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, None)
    return Account(**{name: rows[0][name] for name in Account.__slots__})


def _as_json(values: tuple[str, ...] | None) -> str | None:
    return None if values is None else storable(json.dumps(values, ensure_ascii=False))


def _call(row: Any) -> CallRow:
    return CallRow(**{name: row[name] for name in CallRow.__slots__})


def _request(row: Any) -> RequestRow:
    values = {name: row[name] for name in RequestRow.__slots__}
    for name in ("wanted_answers", "topics"):
        values[name] = None if values[name] is None else tuple(json.loads(values[name]))
    return RequestRow(**values)
