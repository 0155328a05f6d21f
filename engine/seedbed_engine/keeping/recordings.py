"""Recorded trees into the project file: their calls, requests and replies as they were, under numbers of their own."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from seedbed_engine.examples import Example
from seedbed_engine.keeping.calls import NewDiscard, insert_discards
from seedbed_engine.keeping.rows import storable
from seedbed_engine.keeping.store import Store, insert_row
from seedbed_engine.keeping.trees import NewExample, insert_examples


@dataclass(frozen=True, slots=True)
class RecordedItem:
    """An item of a recorded reply: let in (`reason` is empty) with its drift, or turned away."""

    position: int
    example: Example | None
    drift: float | None = None
    wanted_answer: str | None = None
    raw_text: str = ""
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One exchange: the columns of its row by name, and what its reply held."""

    row: Mapping[str, Any]
    items: Sequence[RecordedItem]


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """One call; `parent` is the key of its formatting example, None: the seed."""

    key: str
    parent: str | None
    place: int
    wanted: int
    requests: Sequence[RecordedRequest] = field(default_factory=list)


def keep_recorded(store: Store, seed: int, run: Mapping[str, Any], calls: Sequence[RecordedCall]) -> None:
    """Keep a recorded growth under a seed, all or nothing; its examples say that they are recorded."""

    def keep(db: Database) -> None:
        number = insert_row(db, "run", {**run, "work": "grow", "seed": seed, "state": "finished"})
        places: dict[str | None, tuple[int | None, int]] = {None: (None, 0)}  # key -> id, depth
        for call in calls:
            _keep_call(db, seed, number, call, places)

    store.do(keep)


def _keep_call(
    db: Database, seed: int, run: int, call: RecordedCall, places: dict[str | None, tuple[int | None, int]]
) -> None:
    parent, depth = places[call.parent]
    row = {"run": run, "seed": seed, "parent": parent, "key": call.key, "place": call.place, "wanted": call.wanted}
    number = insert_row(db, "call", {**row, "state": "read"})
    for request in call.requests:
        values = {name: _storable(value) for name, value in request.row.items()}
        id_ = insert_row(db, "request", {**values, "call": number, "outcome": "read"})
        new = [
            NewExample(
                seed=seed,
                parent=parent,
                call=number,
                request=id_,
                position=item.position,
                key=f"{call.key}.{request.row['part']}.{item.position}",
                depth=depth + 1,
                example=item.example,
                wanted_answer=item.wanted_answer,
                drift=item.drift,
                origin="recorded",
            )
            for item in request.items
            if item.example is not None and not item.reason
        ]
        places |= {one.key: (kept, depth + 1) for one, kept in zip(new, insert_examples(db, new), strict=True)}
        refused = [item for item in request.items if item.reason]
        insert_discards(db, [NewDiscard(id_, i.position, i.raw_text, i.reason, i.detail) for i in refused])


def _storable(value: Any) -> Any:
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False)
    return storable(value) if isinstance(value, str) else value
