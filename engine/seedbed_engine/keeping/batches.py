"""Batches in the project file: requests that go to a server together, written down with them before any is sent."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlite_utils import Database

from seedbed_engine.keeping.calls import Guard, NewReply, NewRequest, insert_request, replied_values, request_of
from seedbed_engine.keeping.project import now
from seedbed_engine.keeping.rows import BatchRow, RequestRow, storable
from seedbed_engine.keeping.store import Store, insert_row, update_row

SLICE = 200  # replies committed together

_BATCHES = """SELECT b.*, (SELECT COUNT(*) FROM request q WHERE q.batch = b.id) AS requests
FROM batch b JOIN run u ON u.id = b.run WHERE b.state != 'fetched'"""


def project_token(store: Store) -> str:
    """What this project is called where a server keeps something for it: a random word, made once."""

    def find_or_make(db: Database) -> str:
        db.execute("INSERT OR IGNORE INTO project (name, value) VALUES ('token', ?)", [secrets.token_hex(12)])
        return str(db.execute("SELECT value FROM project WHERE name = 'token'").fetchone()[0])

    return store.do(find_or_make)


def add_batch(store: Store, run: int, requests: Sequence[tuple[int, NewRequest, Guard | None]]) -> BatchRow:
    """Write a batch down with its requests (call, request, and what is asked in the same change whether it is still to
    be sent); only then may it be sent."""

    def insert(db: Database) -> int:
        batch = insert_row(db, "batch", {"run": run, "token": secrets.token_hex(12), "written": now()})
        for call, new, guard in requests:
            if guard is None or guard(db):
                insert_request(db, call, new, batch)
        return batch

    number = store.do(insert)
    return next(batch for batch in read_open(store) if batch.id == number)


def note_posted(store: Store, batch: int, name: str, status: str, due: str | None) -> None:
    """The server has the batch: its name of it, and what it says of it."""
    values = {"state": "posted", "name": storable(name), "status": storable(status), "due": due}
    store.do(lambda db: update_row(db, "batch", batch, values))


def keep_replies(store: Store, replies: Sequence[tuple[int, NewReply]]) -> None:
    """Commit replies, raw, before anybody reads them; what was committed before stays as it is."""
    for start in range(0, len(replies), SLICE):
        part = replies[start : start + SLICE]
        store.do(lambda db, part=part: _keep(db, part))  # type: ignore[misc]


def _keep(db: Database, replies: Sequence[tuple[int, NewReply]]) -> None:
    for request, reply in replies:
        if db.execute("SELECT 1 FROM request WHERE id = ? AND outcome = 'sent'", [request]).fetchone():
            update_row(db, "request", request, replied_values(reply))


def end_batch(
    store: Store, batch: int, status: str, troubles: Mapping[int, str], *, why: str, is_billed: bool = False
) -> None:
    """All that will ever come of a batch has come: requests without a reply are to be asked again, each for its own
    reason or else for this one; `is_billed` where nobody knows whether they were paid for."""
    values: dict[str, Any] = {"outcome": "possibly billed", "replied": now()}
    if not is_billed:
        values |= {"outcome": "retried", "worst_tokens": None, "worst_usd": None}

    def end(db: Database) -> None:
        for row in db.execute("SELECT id FROM request WHERE batch = ? AND outcome = 'sent'", [batch]).fetchall():
            error = storable(troubles.get(row["id"], why))
            update_row(db, "request", row["id"], {**values, "error": error})
        update_row(db, "batch", batch, {"state": "fetched", "status": storable(status)})

    store.do(end)


def want_cancel(store: Store, run: int) -> int:
    """Have the batches that a run waits for cancelled, by whoever looks at them next; how many there are."""
    return store.do(
        lambda db: db.execute("UPDATE batch SET cancel_wanted = 1 WHERE run = ? AND state != 'fetched'", [run]).rowcount
    )


def read_open(store: Store, seed: int | None = None) -> list[BatchRow]:
    """Batches from which replies are still to come, oldest first; of one seed, or all."""
    where, values = (" AND u.seed = ?", [seed]) if seed is not None else ("", [])
    return [_batch(row) for row in store.rows(f"{_BATCHES}{where} ORDER BY b.id", values)]


def read_unanswered(store: Store, batch: int) -> list[RequestRow]:
    """The requests of a batch that have no reply yet."""
    query = "SELECT * FROM request WHERE batch = ? AND outcome = 'sent' ORDER BY id"
    return [request_of(row) for row in store.rows(query, [batch])]


def _batch(row: Any) -> BatchRow:
    values = {name: row[name] for name in BatchRow.__slots__}
    values["cancel_wanted"] = bool(values["cancel_wanted"])
    return BatchRow(**values)
