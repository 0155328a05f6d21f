"""A replay: the stored raw replies are read again with today's parser and filters. Asks nobody anything.

Lineage stays as the requests fixed it, and an example that comes in again keeps its number: so what a person decided
about it, and the undo log, hold as they are.
"""

import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.replies import read_reply
from seedbed_engine.curating.door import Door, Refusal
from seedbed_engine.curating.leakage import WatchedLeakage
from seedbed_engine.examples import Example, State, normal_question
from seedbed_engine.keeping import calls, replays, runs, trees
from seedbed_engine.keeping.rows import CallRow, ExampleRow, RequestRow, SeedRow, columns_of
from seedbed_engine.keeping.seeds import read_seeds
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings
from seedbed_engine.similarity import Vectors, drifts

BATCH = 200  # calls that are looked at together
Embed = Callable[[Sequence[str]], Vectors]
OPEN = (State.NEW, State.APPROVED)


@dataclass(slots=True)
class Replayed:
    """What a replay changed; reasons count discarded items, before and now."""

    replies: int = 0
    kept_before: int = 0
    kept_now: int = 0
    reasons_before: Counter[str] = field(default_factory=Counter)
    reasons_now: Counter[str] = field(default_factory=Counter)
    came_in: list[str] = field(default_factory=list)  # keys
    went_out: dict[str, str] = field(default_factory=dict)  # key -> why
    held: int = 0  # of those that went out: still links of the tree, because calls were asked from them
    read_otherwise: int = 0
    decisions_lost: int = 0  # approvals and edits of examples that went out

    def as_fields(self) -> dict[str, Any]:
        """The same for machines."""
        return {each.name: getattr(self, each.name) for each in fields(self)}


@dataclass(frozen=True, eq=False, slots=True)
class _Item:
    """A valid example of a reply."""

    call: CallRow
    request: RequestRow
    position: int
    example: Example

    @property
    def place(self) -> tuple[int, int]:
        return self.request.id, self.position


def replay(store: Store, embed: Embed, twin_threshold: float | None = None) -> Replayed:
    """Rewrite an open project (a copy: this cannot be undone) from its raw replies; what changed.

    The twins' threshold is that of each run, unless another is given.
    """
    done = Replayed()
    replays.leave_runs(store)
    for seed in read_seeds(store):
        _Replay(store, seed, embed, twin_threshold, done).go()
    return done


class _Replay:
    """The replay of one tree."""

    def __init__(self, store: Store, seed: SeedRow, embed: Embed, twin_threshold: float | None, done: Replayed) -> None:
        self._store = store
        self._seed = seed
        self._embed = embed
        self._twin_threshold = twin_threshold
        self._done = done
        self._task = infer_format(seed.example, seed.kind)
        self._seed_vector = embed([seed.example.question])[0]
        self._rows = {row.id: row for row in _read_all(store, seed.id)}
        self._last = replays.last_number(store)
        self._decided = replays.read_decided_calls(store, seed.id)
        of_calls = {call.id for call in self._decided}
        self._before = {(r.request or 0, r.position): r for r in self._rows.values() if r.call in of_calls}
        self._there = {r.id: r.example for r in self._rows.values() if r.call not in of_calls}  # as first read
        self._found = replays.Rewriting()
        self._seen: Counter[int] = Counter()  # items of a request, those held included
        self._again: set[int] = set()
        self._requests: dict[int, RequestRow] = {}

    def go(self) -> None:
        kept = sum(row.state in OPEN for row in self._rows.values())
        self._done.kept_before += kept
        for run in dict.fromkeys(call.run for call in self._decided):
            self._done.reasons_before.update(calls.discard_reasons(self._store, run))
        for run, group in itertools.groupby(self._decided, key=lambda call: call.run):
            door: Door | None = None
            while batch := list(itertools.islice(group, BATCH)):
                items, sent = self._read(batch)
                door = door or self._door_of(run, sent)
                self._decide(items, door)
        self._let_go()
        self._write()

    def _read(self, batch: Sequence[CallRow]) -> tuple[list[_Item], str]:
        """The valid examples of these calls, and when the first request was sent; all else becomes discards."""
        items: list[_Item] = []
        sent = ""
        for call in batch:
            for request in calls.read_requests(self._store, call.id):
                if request.outcome == "read":
                    sent = sent or request.sent
                    items += self._read_reply(call, request)
        return items, sent

    def _read_reply(self, call: CallRow, request: RequestRow) -> Iterator[_Item]:
        reply = read_reply(
            request.raw_reply or "",
            self._task,
            self._shown(call, request),
            finish_reason=request.finish_reason,
            wanted=request.wanted,
            shuffle_key=f"{call.key}/{request.part}",
            wanted_answers=None if self._task.is_fixed else request.wanted_answers,
        )
        self._done.replies += 1
        self._requests[request.id] = request
        self._seen[request.id] = len(reply.kept) + len(reply.discards)
        for item in reply.discards:
            new = calls.NewDiscard(request.id, item.position, item.raw_text, item.reason, item.detail)
            self._found.discards.append(new)
        return (_Item(call, request, position, example) for position, example in reply.kept)

    def _shown(self, call: CallRow, request: RequestRow) -> Example:
        """The formatting example as it was when the request was sent."""
        return self._seed.example if call.parent is None else self._at(call.parent, request.sent)

    def _at(self, example: int, time: str) -> Example:
        """An example's text at a time: edited, or as it was first read."""
        row = self._rows.get(example)
        if row is None or row.edited is None or row.edited >= time:
            return self._there.get(example) or self._rows[example].example
        return row.example

    def _door_of(self, run: int, sent: str) -> Door:
        """The door as a growth finds it when it begins: everything that the tree holds by then."""
        settings = GrowthSettings.from_json(runs.read_run(self._store, run).settings)
        threshold = settings.twin_threshold if self._twin_threshold is None else self._twin_threshold
        leakage = WatchedLeakage(self._store, self._embed, settings.leak_threshold, settings.leak_words)
        door = Door(len(self._seed_vector), threshold, leakage)
        questions = {0: self._seed.example.question} | {id_: self._at(id_, sent).question for id_ in self._there}
        door.remember(list(questions.values()), self._embed(list(questions.values())), list(questions))
        return door

    def _decide(self, items: Sequence[_Item], door: Door) -> None:
        if not items:
            return
        vectors = self._embed([item.example.question for item in items])
        for item, vector, glance in zip(items, vectors, door.glance(vectors), strict=True):
            refusal = door.ask(item.example, vector, glance)
            if refusal is None:
                door.let_in(item.example.question, vector, self._let_in(item, vector))
            else:
                self._refuse(item, refusal)

    def _let_in(self, item: _Item, vector: Vectors) -> int:
        """The number of the example that comes in: the one that it had, or a new one."""
        row = self._before.get(item.place)
        if row is not None and (row.edited or normal_question(row.example.question) == _normal(item)):
            self._again.add(row.id)
            if not row.edited and row.example != item.example:
                self._found.texts[row.id] = item.example
            self._there[row.id] = item.example
            return row.id
        self._found.new.append(self._new_example(item, vector))
        number = self._last + len(self._found.new)
        self._there[number] = item.example
        return number

    def _refuse(self, item: _Item, refusal: Refusal) -> None:
        text = json.dumps(columns_of(item.example), ensure_ascii=False)
        new = calls.NewDiscard(
            *(item.request.id, item.position, text, refusal.reason.value, refusal.detail, refusal.too_near_to),
            dataset_example=refusal.dataset_example,
        )
        self._found.discards.append(new)

    def _new_example(self, item: _Item, vector: Vectors) -> trees.NewExample:
        answers = item.request.wanted_answers if self._task.is_fixed else None
        parent = self._rows[item.call.parent] if item.call.parent is not None else None
        return trees.NewExample(
            seed=self._seed.id,
            parent=item.call.parent,
            call=item.call.id,
            request=item.request.id,
            position=item.position,
            key=f"{item.call.key}.{item.request.part}.{item.position}",
            depth=parent.depth + 1 if parent else 1,
            example=item.example,
            wanted_answer=answers[item.position] if answers and item.position < len(answers) else None,
            drift=float(drifts(self._seed_vector, vector[None])[0]),
        )

    def _let_go(self) -> None:
        """What was kept and does not come in again goes, but for links of the tree."""
        links = replays.read_links(self._store, self._seed.id)
        why = {(discard.request, discard.position): discard.reason for discard in self._found.discards}
        held_places = set()
        for place, row in self._before.items():
            if row.id in self._again:
                continue
            reason = why.get(place, "not found in the reply")
            self._done.went_out[row.key] = reason
            self._done.decisions_lost += row.state is State.APPROVED or row.edited is not None
            if row.id in links:
                self._found.held[row.id] = reason
                self._seen[place[0]] += place not in why
                held_places.add(place)
            else:
                self._found.gone.append(row.id)
        self._done.reasons_now.update(discard.reason for discard in self._found.discards)
        self._found.discards[:] = [d for d in self._found.discards if (d.request, d.position) not in held_places]

    def _write(self) -> None:
        for request in self._requests.values():
            seen = self._seen[request.id]
            self._found.requests.append((request.id, max(0, seen - request.wanted), max(0, request.wanted - seen)))
        replays.rewrite(self._store, self._seed.id, self._found)
        self._done.held += len(self._found.held)
        self._done.read_otherwise += len(self._found.texts)
        self._done.came_in += [new.key for new in self._found.new]
        self._done.kept_now += sum(1 for _ in trees.iterate_kept(self._store, self._seed.id))


def _read_all(store: Store, seed: int) -> list[ExampleRow]:
    return trees.read_examples(store, trees.read_columns(store, seed).ids.tolist())


def _normal(item: _Item) -> str:
    return normal_question(item.example.question)
