"""Proposals: examples as the creator rewrote them, kept until a person takes them over or never does."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlite_utils import Database

from seedbed_engine.examples import Example, text_digest
from seedbed_engine.keeping import history
from seedbed_engine.keeping.calls import NewDiscard, close_call, insert_discards
from seedbed_engine.keeping.rows import columns_of, example_of
from seedbed_engine.keeping.store import Store, insert_row


class Fate(StrEnum):
    """What can be done with a proposal."""

    OFFERED = "offered"
    APPLIED = "applied"
    EDITED = "edited since it was asked for"
    REFUSED = "turned away"
    WAITING = "not asked for yet"


@dataclass(frozen=True, slots=True)
class NewProposal:
    """An example as the creator rewrote it; `about` names the text that it was shown."""

    example: int
    request: int
    about: str
    to: Example


@dataclass(frozen=True, slots=True)
class Preview:
    """One example of a rewriting: as it reads now, as it would read (None: nothing to take over), and why not."""

    example: int
    now: Example
    to: Example | None
    fate: Fate
    reason: str = ""
    detail: str = ""


def digest_of_text(example: Example) -> str:
    """The name of an example's whole text."""
    return text_digest(json.dumps(columns_of(example), sort_keys=True, ensure_ascii=False))


def queue_proposals(
    store: Store,
    run: int,
    call: int,
    proposals: Sequence[NewProposal],
    discards: Sequence[NewDiscard],
    ends: Sequence[tuple[int, int, int]],
) -> "Future[None]":
    """Keep what a call gave, in one transaction; `ends` are the requests that were replied to: id, surplus, missing
    (none: the call failed)."""

    def keep(db: Database) -> None:
        for new in proposals:
            row = {"run": run, "example": new.example, "request": new.request, "about": new.about}
            insert_row(db, "proposal", {**row, **columns_of(new.to)})
        insert_discards(db, discards)
        close_call(db, call, "read" if ends else "failed", ends)

    return store.write(keep)


def read_proposals(store: Store, run: int) -> dict[int, Example]:
    """What a run has proposed so far, by example, in the order of asking."""
    rows = store.rows("SELECT * FROM proposal WHERE run = ? ORDER BY rowid", [run])
    return {row["example"]: example_of(row) for row in rows}


def read_previews(store: Store, run: int, examples: Sequence[int]) -> list[Preview]:
    """What a run found for each of the examples that it is about, in this order."""
    proposals = {row["example"]: row for row in store.rows("SELECT * FROM proposal WHERE run = ?", [run])}
    reasons = _reasons(store, run)
    query = "SELECT * FROM example WHERE id IN (SELECT value FROM json_each(?))"
    rows = {row["id"]: row for row in store.rows(query, [json.dumps(list(examples))])}
    return [_preview(rows[one], proposals.get(one), reasons.get(one)) for one in examples if one in rows]


def apply_proposals(
    store: Store, run: int, examples: Sequence[int], said: str, *, reviewer: str | None = None
) -> tuple[int, int]:
    """Take proposals over as ONE change of the history; how many were, and how many were edited meanwhile and so left
    as they are."""
    found = read_previews(store, run, examples)
    offered = {each.example: each for each in found if each.fate is Fate.OFFERED}
    to = {id_: each.to for id_, each in offered.items() if each.to is not None}
    before = {id_: each.now for id_, each in offered.items()}
    many = history.edit_examples(store, to, said, before=before, reviewer=reviewer)
    return many, len(to) - many + sum(each.fate is Fate.EDITED for each in found)


def _preview(row: Mapping[str, Any], proposal: Any, reason: tuple[str, str] | None) -> Preview:
    text = example_of(row)
    if proposal is None:
        if reason is None:
            return Preview(row["id"], text, None, Fate.WAITING)
        return Preview(row["id"], text, None, Fate.REFUSED, *reason)
    to = example_of(proposal)
    if to == text:
        return Preview(row["id"], text, to, Fate.APPLIED)
    fate = Fate.OFFERED if proposal["about"] == digest_of_text(text) else Fate.EDITED
    return Preview(row["id"], text, to, fate)


def _reasons(store: Store, run: int) -> dict[int, tuple[str, str]]:
    """Why nothing came of an example: why its reply was turned away, else how its last request failed."""
    failed = """SELECT c.parent, q.error FROM request q JOIN call c ON c.id = q.call
WHERE c.run = ? AND c.state <> 'waiting' ORDER BY q.id"""
    turned_away = """SELECT c.parent, d.reason, d.detail FROM discard d JOIN request q ON q.id = d.request
JOIN call c ON c.id = q.call WHERE c.run = ? ORDER BY d.id DESC"""
    found = {row[0]: ("no reply", row[1] or "nothing was in it") for row in store.rows(failed, [run])}
    return found | {row[0]: (row[1], row[2] or "") for row in store.rows(turned_away, [run])}
