"""Reads the replies of calls: valid examples go to the door in canonical order, everything else is a discard.

Reading is by batches on a thread of its own, in any order, since it depends on nothing else; deciding is in order.
"""

import asyncio
import itertools
import json
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.asking.replies import read_reply
from seedbed_engine.creating.strategies import Formatting, Plan
from seedbed_engine.curating.door import Door, Glance
from seedbed_engine.errors import BugError
from seedbed_engine.examples import Example, text_digest
from seedbed_engine.keeping import calls
from seedbed_engine.keeping.rows import RequestRow, columns_of
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import NewExample
from seedbed_engine.similarity import Vectors, drifts

FEW = 12  # calls, or a quarter of those in flight: with fewer, reading waits a little for more, and costs half as much
LINGER_SECONDS = 0.15
BATCH = 24  # calls read together: about 120 short texts, from which on encoding gets no cheaper

Embed = Callable[[Sequence[str]], tuple[Vectors, dict[str, Vectors]]]


@dataclass(frozen=True, eq=False, slots=True)
class Item:
    """A valid example of a reply, before the door."""

    request: RequestRow
    position: int
    example: Example
    vector: Vectors


@dataclass(frozen=True, eq=False, slots=True)
class ReadCall:
    """A call whose replies were read: what may come in, what was discarded, and vectors that are to be kept."""

    plan: Plan
    call: int
    requests: Sequence[RequestRow]
    items: Sequence[Item]
    discards: Sequence[calls.NewDiscard]
    fresh: dict[str, Vectors]


@dataclass(frozen=True, slots=True)
class _Entry:
    """An item that was let in, and its place at the door."""

    item: Item
    place: int


@dataclass(frozen=True, eq=False, slots=True)
class _Decided:
    """What the door said about the items of a call."""

    read: ReadCall
    entries: list[_Entry]
    refused: list[calls.NewDiscard]


@dataclass(eq=False, slots=True)
class _Waiting:
    """A call whose requests have all ended, to be read."""

    plan: Plan
    call: int
    formatting_example: Example
    read: ReadCall | None = None


class Reader:
    """Decides what of the calls' replies enters the tree; a batch of calls is one transaction."""

    def __init__(
        self,
        store: Store,
        seed: int,
        task: TaskFormat,
        door: Door,
        embed: Embed,
        encoder: str,
        seed_vector: Vectors,
        in_flight: Callable[[], int] = lambda: 0,
    ) -> None:
        self._store = store
        self._seed = seed
        self._task = task
        self._door = door
        self._embed = embed
        self._encoder = encoder
        self._seed_vector = seed_vector
        self._in_flight = in_flight
        self._waiting: deque[_Waiting] = deque()
        self._keys_of_new: dict[int, str] = {}  # by what the door calls those that have no number yet
        self._turn = asyncio.Lock()
        self._thread = ThreadPoolExecutor(1, "reader of replies")

    def close(self) -> None:
        """End the reading thread."""
        self._thread.shutdown()

    async def read(self, plan: Plan, call: int, formatting_example: Example) -> ReadCall:
        """Read a call whose requests have all ended, together with others that wait for it."""
        mine = _Waiting(plan, call, formatting_example)
        self._waiting.append(mine)
        async with self._turn:
            if mine.read is None:  # not read with one that came before
                await self._linger()
                batch = list(itertools.islice(self._waiting, BATCH))
                found = await asyncio.get_running_loop().run_in_executor(self._thread, self._read_batch, batch)
                for each, read in zip(batch, found, strict=True):
                    each.read = read
                    self._waiting.popleft()
        if mine.read is None:
            raise BugError("a call was not read in its turn")
        return mine.read

    async def _linger(self) -> None:
        """Wait for more to read together, while more is on its way."""
        until = asyncio.get_running_loop().time() + LINGER_SECONDS
        while len(self._waiting) < min(FEW, self._in_flight() // 4):
            if asyncio.get_running_loop().time() >= until:
                return
            await asyncio.sleep(LINGER_SECONDS / 10)

    async def decide(self, read: Sequence[ReadCall], room: int) -> list[list[Formatting]]:
        """Let calls in, in this order, until this many examples are kept or a call gave none: what was kept of each."""
        decided = await asyncio.to_thread(self._through_the_door, read, room)
        decisions = [self._decision(one) for one in decided]
        fresh = {digest: vector for one in decided for digest, vector in one.read.fresh.items()}
        written = calls.queue_decisions(self._store, decisions, self._encoder, fresh)
        found = await asyncio.wrap_future(written)
        return [self._numbered(*each) for each in zip(decided, decisions, found, strict=True)]

    def _read_batch(self, batch: Sequence[_Waiting]) -> list[ReadCall]:
        requests = calls.read_requests_of(self._store, [each.call for each in batch])
        replied = [[r for r in requests[each.call] if r.outcome == "replied"] for each in batch]
        parsed = [self._parsed(each, found) for each, found in zip(batch, replied, strict=True)]
        vectors, fresh = self._embed([example.question for found, _ in parsed for _, _, example in found])
        rows = iter(vectors)
        read = []
        for each, own, (found, discards) in zip(batch, replied, parsed, strict=True):
            items = [Item(*entry, vector) for entry, vector in zip(found, rows, strict=False)]
            digests = {text_digest(item.example.question) for item in items}
            new = {digest: fresh[digest] for digest in digests if digest in fresh}
            read.append(ReadCall(each.plan, each.call, own, items, discards, new))
        return read

    def _parsed(
        self, waiting: _Waiting, requests: Sequence[RequestRow]
    ) -> tuple[list[tuple[RequestRow, int, Example]], list[calls.NewDiscard]]:
        found: list[tuple[RequestRow, int, Example]] = []
        discards: list[calls.NewDiscard] = []
        for request in requests:
            reply = read_reply(
                request.raw_reply or "",
                self._task,
                waiting.formatting_example,
                finish_reason=request.finish_reason,
                wanted=request.wanted,
                shuffle_key=f"{waiting.plan.key}/{request.part}",
                wanted_answers=None if self._task.is_fixed else request.wanted_answers,
            )
            found += [(request, position, example) for position, example in reply.kept]
            discards += [
                calls.NewDiscard(request.id, d.position, d.raw_text, d.reason, d.detail) for d in reply.discards
            ]
        return found, discards

    def _through_the_door(self, read: Sequence[ReadCall], room: int) -> list[_Decided]:
        """What is decided together is looked at together; a call that gave none ends it: the run may be over then."""
        vectors = [item.vector for one in read for item in one.items]
        glances = iter(self._door.glance(np.stack(vectors)) if vectors else ())
        decided: list[_Decided] = []
        for one in read:
            decided.append(self._asked_at_the_door(one, glances))
            room -= len(decided[-1].entries)
            if room <= 0 or not decided[-1].entries:
                break
        return decided

    def _asked_at_the_door(self, read: ReadCall, glances: Iterator[Glance]) -> _Decided:
        """Items of one call are compared with each other too: the first of two twins comes in."""
        decided = _Decided(read, [], [])
        for item, glance in zip(read.items, glances, strict=False):
            refusal = self._door.ask(item.example, item.vector, glance)
            if refusal is None:
                place = self._door.let_in(item.example.question, item.vector)
                self._keys_of_new[-1 - place] = _key(read, item)
                decided.entries.append(_Entry(item, place))
                continue
            decided.refused.append(
                calls.NewDiscard(
                    request=item.request.id,
                    position=item.position,
                    raw_text=json.dumps(columns_of(item.example), ensure_ascii=False),
                    reason=refusal.reason.value,
                    detail=refusal.detail,
                    too_near_to=refusal.too_near_to,
                    too_near_key=self._keys_of_new.get(refusal.too_near_to or 0),
                    dataset_example=refusal.dataset_example,
                )
            )
        return decided

    def _decision(self, decided: _Decided) -> calls.Decision:
        read = decided.read
        new = [self._new_example(read, entry.item) for entry in decided.entries]
        discards = [*read.discards, *decided.refused]
        seen = Counter([entry.item.request.id for entry in decided.entries] + [each.request for each in discards])
        account = [(r.id, max(0, seen[r.id] - r.wanted), max(0, r.wanted - seen[r.id])) for r in read.requests]
        return calls.Decision(read.call, read.plan.place, new, discards, account)

    def _numbered(self, decided: _Decided, decision: calls.Decision, ids: Sequence[int]) -> list[Formatting]:
        for entry, example in zip(decided.entries, ids, strict=True):
            self._door.number(entry.place, entry.item.example.question, example)
            del self._keys_of_new[-1 - entry.place]
        return [
            Formatting(id_, row.key, row.depth, row.example) for id_, row in zip(ids, decision.examples, strict=True)
        ]

    def _new_example(self, read: ReadCall, item: Item) -> NewExample:
        answers = item.request.wanted_answers if self._task.is_fixed else None
        parent = read.plan.parent
        return NewExample(
            seed=self._seed,
            parent=parent.id,
            call=read.call,
            request=item.request.id,
            position=item.position,
            key=_key(read, item),
            depth=parent.depth + 1,
            example=item.example,
            wanted_answer=answers[item.position] if answers and item.position < len(answers) else None,
            drift=float(drifts(self._seed_vector, item.vector[None])[0]),
        )


def _key(read: ReadCall, item: Item) -> str:
    return f"{read.plan.key}.{item.request.part}.{item.position}"
