"""Reads the replies of a call, in canonical order: valid examples go to the door, everything else is a discard."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.asking.replies import read_reply
from seedbed_engine.creating.strategies import Formatting, Plan
from seedbed_engine.curating.door import Door
from seedbed_engine.examples import Example
from seedbed_engine.keeping import calls
from seedbed_engine.keeping.rows import RequestRow, columns_of
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import NewExample
from seedbed_engine.similarity import Vectors, drifts


@dataclass(frozen=True, eq=False)
class _Item:
    """A valid example of a reply, before the door."""

    request: RequestRow
    position: int
    example: Example
    vector: Vectors


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item that was let in, and its place at the door."""

    item: _Item
    place: int


class Reader:
    """Decides what of a call's replies enters the tree; each call is one transaction."""

    def __init__(
        self,
        store: Store,
        seed: int,
        task: TaskFormat,
        door: Door,
        embed: Callable[[Sequence[str]], Vectors],
        seed_vector: Vectors,
    ) -> None:
        self._store = store
        self._seed = seed
        self._task = task
        self._door = door
        self._embed = embed
        self._seed_vector = seed_vector

    def read(self, plan: Plan, call: int, formatting_example: Example) -> list[Formatting]:
        """Read a call whose requests have all ended; what was kept, in canonical order."""
        requests = [r for r in calls.read_requests(self._store, call) if r.outcome == "replied"]
        found: list[tuple[RequestRow, int, Example]] = []
        discards: list[calls.NewDiscard] = []
        for request in requests:
            reply = read_reply(
                request.raw_reply or "",
                self._task,
                formatting_example,
                finish_reason=request.finish_reason,
                wanted=request.wanted,
                shuffle_key=f"{plan.key}/{request.part}",
            )
            found += [(request, position, example) for position, example in reply.kept]
            discards += [
                calls.NewDiscard(request.id, d.position, d.raw_text, d.reason, d.detail) for d in reply.discards
            ]
        vectors = self._embed([example.question for _, _, example in found])
        items = [_Item(*entry, vector) for entry, vector in zip(found, vectors, strict=True)]
        kept, refused = self._through_the_door(items)
        return self._write(plan, call, requests, kept, [*discards, *refused])

    def _through_the_door(self, items: Sequence[_Item]) -> tuple[list[_Entry], list[calls.NewDiscard]]:
        """Items of one call are compared with each other too: the first of two twins comes in."""
        kept: list[_Entry] = []
        refused: list[calls.NewDiscard] = []
        for item in items:
            refusal = self._door.ask(item.example.question, item.vector)
            if refusal is None:
                kept.append(_Entry(item, self._door.let_in(item.example.question, item.vector)))
                continue
            refused.append(
                calls.NewDiscard(
                    request=item.request.id,
                    position=item.position,
                    raw_text=json.dumps(columns_of(item.example), ensure_ascii=False),
                    reason=refusal.reason.value,
                    detail=refusal.detail,
                    too_near_to=refusal.too_near_to,
                )
            )
        return kept, refused

    def _write(
        self,
        plan: Plan,
        call: int,
        requests: Sequence[RequestRow],
        entries: Sequence[_Entry],
        discards: Sequence[calls.NewDiscard],
    ) -> list[Formatting]:
        new = [self._new_example(plan, call, entry.item) for entry in entries]
        seen = Counter([entry.item.request.id for entry in entries] + [discard.request for discard in discards])
        account = [(r.id, max(0, seen[r.id] - r.wanted), max(0, r.wanted - seen[r.id])) for r in requests]

        ids = calls.decide_call(self._store, call, new, discards, account)
        for entry, example in zip(entries, ids, strict=True):
            self._door.number(entry.place, entry.item.example.question, example)
        return [
            Formatting(id_, row.key, row.depth, row.example, entry.item.vector)
            for id_, row, entry in zip(ids, new, entries, strict=True)
        ]

    def _new_example(self, plan: Plan, call: int, item: _Item) -> NewExample:
        answers = item.request.wanted_answers
        return NewExample(
            seed=self._seed,
            parent=plan.parent.id,
            call=call,
            request=item.request.id,
            position=item.position,
            key=f"{plan.key}.{item.request.part}.{item.position}",
            depth=plan.parent.depth + 1,
            example=item.example,
            wanted_answer=answers[item.position] if answers and item.position < len(answers) else None,
            drift=float(drifts(self._seed_vector, item.vector[None])[0]),
        )
