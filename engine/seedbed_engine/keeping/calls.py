"""Calls and requests in the project file: a request is committed before it is sent, its reply before it is read.

What a growth writes comes as a future, done once it is committed, so that many writes share one commit.
"""

import json
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from seedbed_engine.errors import BugError, ProjectError
from seedbed_engine.keeping.faults import is_locked
from seedbed_engine.keeping.project import now
from seedbed_engine.keeping.rows import Account, CallRow, RequestRow, storable
from seedbed_engine.keeping.runs import PLANTING
from seedbed_engine.keeping.store import Store, insert_row, update_row
from seedbed_engine.keeping.trees import NewExample, insert_examples
from seedbed_engine.keeping.vectors_kept import Vector, insert_vectors

log = logging.getLogger(__name__)
Guard = Callable[[Database], bool]
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
    worst_tokens: int | None = None  # what it counts for until its usage is known
    worst_usd: float | None = None


@dataclass(frozen=True, slots=True)
class NewDiscard:
    """An item of a reply that was not kept, with its reason; what it is too near to has a number, or, where it is
    kept in the same change, a key; `dataset_example` is the number of a human example that it is too near to."""

    request: int
    position: int
    raw_text: str
    reason: str
    detail: str | None = None
    too_near_to: int | None = None
    too_near_key: str | None = None
    dataset_example: int | None = None


@dataclass(frozen=True, slots=True)
class NewReply:
    """What came back for a request."""

    text: str
    model: str
    finish_reason: str | None
    prompt_tokens: int | None
    completion_tokens: int | None
    usd: float | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a call gave; `requests` are those that were replied to: id, surplus, missing (none: the call failed).

    Its `place` is known for certain only now: a call may have been asked before its turn.
    """

    call: int
    place: int
    examples: Sequence[NewExample]
    discards: Sequence[NewDiscard]
    requests: Sequence[tuple[int, int, int]]


def add_call(store: Store, run: int, seed: int, parent: int | None, key: str, place: int, wanted: int) -> int:
    """Write a call down, before any of its requests is sent."""
    return queue_calls(store, run, seed, wanted, [(parent, key, place)]).result()[0]


def queue_calls(
    store: Store, run: int, seed: int, wanted: int, planned: Sequence[tuple[int | None, str, int]]
) -> "Future[list[int]]":
    """Write calls down (parent, key, place); their ids come in the same order."""
    rows = [
        {"run": run, "seed": seed, "parent": parent, "key": key, "place": place, "wanted": wanted}
        for parent, key, place in planned
    ]
    return store.write(lambda db: [insert_row(db, "call", row) for row in rows])


def add_request(store: Store, call: int, new: NewRequest) -> int:
    """Write a request down; only after this returns may it be sent."""
    number = queue_request(store, call, new).result()
    if number is None:
        raise BugError("a request without a guard was not written down")
    return number


def queue_request(store: Store, call: int, new: NewRequest, guard: Guard | None = None) -> "Future[int | None]":
    """Write a request down; only when the future is done may it be sent. None where the guard, which is asked in the
    same transaction, says that it is not to be sent any more."""
    return store.write(lambda db: insert_request(db, call, new) if guard is None or guard(db) else None)


def insert_request(db: Database, call: int, new: NewRequest, batch: int | None = None) -> int:
    """Insert a request, within the caller's change."""
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
        "worst_tokens": new.worst_tokens,
        "worst_usd": new.worst_usd,
        "sent": now(),
        "batch": batch,
    }
    return insert_row(db, "request", row)


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
    reply = NewReply(raw_reply, model, finish_reason, prompt_tokens, completion_tokens, usd)
    for is_last in (*[False] * REPLY_PATIENCE, True):
        try:
            return queue_reply(store, request, reply).result()
        except ProjectError as error:
            if is_last or not is_worth_waiting(error):
                raise
    return None


def queue_reply(store: Store, request: int, reply: NewReply) -> "Future[None]":
    """Commit a reply, raw; when the future is done it outlives a power cut."""
    return store.write(lambda db: update_row(db, "request", request, replied_values(reply)))


def replied_values(reply: NewReply) -> dict[str, Any]:
    """The columns of a request that was replied to."""
    return {
        "raw_reply": storable(reply.text),
        "model": reply.model,
        "finish_reason": reply.finish_reason,
        "prompt_tokens": reply.prompt_tokens,
        "completion_tokens": reply.completion_tokens,
        "usd": reply.usd,
        "replied": now(),
        "outcome": "replied",
    }


def is_worth_waiting(error: ProjectError) -> bool:
    """Whether a reply that could not be kept may be kept a little later: another program has locked the file."""
    if is_locked(error):
        log.warning("a reply waits to be kept: %s", error)
        return True
    return False


def fail_request(store: Store, request: int, error: str, *, will_be_retried: bool) -> None:
    """Write down that no reply came, and whether it will be asked again."""
    queue_failure(store, request, error, will_be_retried=will_be_retried).result()


def queue_failure(
    store: Store, request: int, error: str, *, will_be_retried: bool, may_be_billed: bool = False
) -> "Future[None]":
    """The same, as a future; what cannot have been billed counts for nothing."""
    outcome = "retried" if will_be_retried else "failed"
    values: dict[str, Any] = {"outcome": outcome, "error": storable(error), "replied": now()}
    if not may_be_billed:
        values |= {"worst_tokens": None, "worst_usd": None}
    return store.write(lambda db: update_row(db, "request", request, values))


def mark_possibly_billed(store: Store, run: int) -> int:
    """Requests that were in flight when the process of a run ended: said so, and asked again. Their number.

    A growth goes on with what other growths of its seed left; so these are meant too.
    """

    def mark(db: Database) -> int:
        found = db.execute(
            f"""UPDATE request SET outcome = 'possibly billed', error = 'in flight when the work ended'
WHERE outcome = 'sent' AND batch IS NULL AND call IN (
  SELECT c.id FROM call c JOIN run u ON u.id = c.run JOIN run mine ON mine.id = ?
  WHERE u.id = mine.id OR (u.seed = mine.seed AND u.work IN {PLANTING} AND mine.work IN {PLANTING}))""",
            [run],
        )
        return found.rowcount

    return store.do(mark)


def queue_decisions(
    store: Store, decisions: Sequence[Decision], encoder: str = "", vectors: Mapping[str, Vector] | None = None
) -> "Future[list[list[int]]]":
    """Keep what calls gave, in one transaction: their examples (ids are returned), discards, vectors, ends."""

    def decide(db: Database) -> list[list[int]]:
        insert_vectors(db, encoder, vectors or {})
        found: list[list[int]] = []
        numbers: dict[str, int] = {}
        for decision in decisions:
            found.append(insert_examples(db, decision.examples))
            numbers |= zip([new.key for new in decision.examples], found[-1], strict=True)
            insert_discards(db, decision.discards, numbers)
            state = "read" if decision.requests else "failed"
            close_call(db, decision.call, state, decision.requests, decision.place)
        return found

    return store.write(decide)


def reopen_calls(store: Store, found: Sequence[int]) -> None:
    """Have calls asked again that failed because their creator was gone; their failed requests stay as they are."""

    def reopen(db: Database) -> None:
        for call in found:
            update_row(db, "call", call, {"state": "waiting"})

    store.do(reopen)


def take_over_call(store: Store, call: int, run: int) -> None:
    """Let a run finish a call that another run of the same growth left: it counts as this run's from then on."""
    store.do(lambda db: update_row(db, "call", call, {"run": run}))


def close_call(
    db: Database, call: int, state: str, requests: Iterable[tuple[int, int, int]], place: int | None = None
) -> None:
    """Mark a call read or failed, and each of its replied requests (id, surplus, missing) as read; its place, where it
    is known for certain only now."""
    update_row(db, "call", call, {"state": state} if place is None else {"state": state, "place": place})
    for request, surplus, missing in requests:
        update_row(db, "request", request, {"outcome": "read", "surplus": surplus, "missing": missing})


def insert_discards(db: Database, discards: Iterable[NewDiscard], numbers: Mapping[str, int] | None = None) -> None:
    """Insert discards, within the caller's change; `numbers` are the ids of examples by key."""
    known = numbers or {}
    db.conn.executemany(
        "INSERT INTO discard (request, position, raw_text, reason, detail, too_near_to, dataset_example) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(d.request, d.position, storable(d.raw_text), d.reason, d.detail and storable(d.detail)),
                known.get(d.too_near_key, d.too_near_to) if d.too_near_key else d.too_near_to,
                d.dataset_example,
            )
            for d in discards
        ],
    )


def read_waiting(store: Store, seed: int) -> dict[int, int]:
    """How many examples are on the way from each formatting example of a tree (0: the seed)."""
    query = f"""SELECT COALESCE(c.parent, 0), SUM(c.wanted) FROM call c JOIN run u ON u.id = c.run
WHERE c.seed = ? AND c.state = 'waiting' AND u.work IN {PLANTING} GROUP BY COALESCE(c.parent, 0)"""
    return {int(row[0]): int(row[1]) for row in store.rows(query, [seed])}


def read_calls(store: Store, seed: int) -> list[CallRow]:
    """All calls that are to give a seed's tree examples, in canonical order within each run."""
    query = f"""SELECT c.* FROM call c JOIN run u ON u.id = c.run WHERE c.seed = ? AND u.work IN {PLANTING}
ORDER BY c.run, c.place, c.id"""
    return [_call(row) for row in store.rows(query, [seed])]


def read_calls_of(store: Store, run: int) -> list[CallRow]:
    """The calls of one run, in its order."""
    return [_call(row) for row in store.rows("SELECT * FROM call WHERE run = ? ORDER BY place, id", [run])]


def read_call(store: Store, call: int) -> CallRow:
    """One call; LookupError where there is none of that number."""
    rows = store.rows("SELECT * FROM call WHERE id = ?", [call])
    if not rows:
        raise LookupError(f"no call {call}")
    return _call(rows[0])


def read_requests(store: Store, call: int) -> list[RequestRow]:
    """All requests of a call: parts in order, attempts in order."""
    return [
        request_of(row) for row in store.rows("SELECT * FROM request WHERE call = ? ORDER BY part, attempt", [call])
    ]


def read_requests_of(store: Store, found: Sequence[int]) -> dict[int, list[RequestRow]]:
    """The requests of several calls: for each call its parts in order, attempts in order."""
    requests: dict[int, list[RequestRow]] = {call: [] for call in found}
    for start in range(0, len(found), 500):
        part = list(found[start : start + 500])
        marks = ",".join("?" * len(part))
        query = f"SELECT * FROM request WHERE call IN ({marks}) ORDER BY part, attempt"
        for row in store.rows(query, part):
            requests[row["call"]].append(request_of(row))
    return requests


def read_request(store: Store, request: int) -> RequestRow:
    """One request; LookupError where there is none of that number."""
    rows = store.rows("SELECT * FROM request WHERE id = ?", [request])
    if not rows:
        raise LookupError(f"no request {request}")
    return request_of(rows[0])


def read_log(store: Store, limit: int = 500, before: int | None = None) -> list[RequestRow]:
    """The latest requests, newest first; those before a given one for the next page."""
    where = "WHERE id < ?" if before is not None else ""
    values: Sequence[Any] = [before, limit] if before is not None else [limit]
    return [request_of(row) for row in store.rows(f"SELECT * FROM request {where} ORDER BY id DESC LIMIT ?", values)]


def read_discards(store: Store, request: int) -> list[NewDiscard]:
    """What was not kept of a reply, with the reasons."""
    rows = store.rows("SELECT * FROM discard WHERE request = ? ORDER BY position", [request])
    names = ("request", "position", "raw_text", "reason", "detail", "too_near_to", "dataset_example")
    return [NewDiscard(**{name: row[name] for name in names}) for row in rows]


def count_refused_for(store: Store, example: int) -> int:
    """How many items of replies were turned away because they are too near to this example."""
    return int(store.rows("SELECT COUNT(*) FROM discard WHERE too_near_to = ?", [example])[0][0])


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


def request_of(row: Any) -> RequestRow:
    """A row of the table `request` as everybody reads it."""
    values = {name: row[name] for name in RequestRow.__slots__}
    for name in ("wanted_answers", "topics"):
        values[name] = None if values[name] is None else tuple(json.loads(values[name]))
    return RequestRow(**values)
