"""Rewriting by an instruction in words: what the creator proposes is kept, and nothing is changed by it."""

import asyncio
import functools
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from seedbed_engine.asking.formats import DiscardReason
from seedbed_engine.asking.replies import Discard, ReadReply
from seedbed_engine.asking.rewrites import read_rewrite, words_for_rewrite
from seedbed_engine.creating.creators.protocol import Request
from seedbed_engine.creating.doors import embed_new, loaded_encoder, open_door
from seedbed_engine.creating.mends import OPEN, Answered, Errand, Ground
from seedbed_engine.creating.requests import request_of
from seedbed_engine.creating.sender import Part
from seedbed_engine.encoding.vectors import vectors_of
from seedbed_engine.examples import Example
from seedbed_engine.keeping import proposals
from seedbed_engine.keeping.calls import NewDiscard
from seedbed_engine.keeping.rows import CallRow, ExampleRow, RequestRow, columns_of


class Rewriting:
    """Asks for each example once; what comes back must pass the door beside all examples but the one it replaces."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._rows = ground.rows()
        self.requests_a_call = 1
        self.target = len(self._rows)
        self._encoder = loaded_encoder()
        embed = functools.partial(vectors_of, ground.store, self._encoder)
        self._door = open_door(ground.store, ground.seed, embed, ground.settings)
        for example, text in proposals.read_proposals(ground.store, ground.run).items():
            self._door.let_in(text.question, embed([text.question])[0], example)

    def errands(self, calls: Mapping[str, CallRow]) -> list[Errand]:
        """Every example for which no reply was read."""
        planned = [Errand(row.id, self._ground.key(row.key), place) for place, row in enumerate(self._rows)]
        return [errand for errand in planned if errand.key not in calls or calls[errand.key].state != "read"]

    def wants(self, row: ExampleRow) -> bool:
        """Whether the example has not been rejected or pruned."""
        return row.state in OPEN

    def parent(self, row: ExampleRow) -> int | None:
        """The example itself."""
        return row.id

    def requests(self, key: str, row: ExampleRow) -> list[tuple[Part, Request]]:
        """One request."""
        return [(Part(0, 1, None, None), self._request(key, row))]

    async def keep(self, answered: Answered) -> None:
        """Keep what was proposed, or why nothing can be taken of it."""
        found = [await asyncio.to_thread(self._read, answered, request) for request in answered.requests]
        new = [each for proposed, _, _ in found for each in proposed]
        discards = [each for _, refused, _ in found for each in refused]
        ends = [end for _, _, end in found]
        ground = self._ground
        written = proposals.queue_proposals(ground.store, ground.run, answered.call, new, discards, ends)
        await asyncio.wrap_future(written)

    def result(self) -> tuple[str, dict[str, Any]]:
        """How many can be looked at."""
        many = len(proposals.read_proposals(self._ground.store, self._ground.run))
        said = f"{many:,} of {self.target:,} examples were rewritten; nothing is changed until it is applied"
        return said, {"proposed": many}

    def close(self) -> None:
        """Nothing is held."""

    def _request(self, key: str, row: ExampleRow) -> Request:
        words = words_for_rewrite(self._ground.task, row.example, self._ground.settings.instruction)
        return request_of(words, self._ground.settings, key, 0, is_small=self._ground.is_small)

    def _read(
        self, answered: Answered, request: RequestRow
    ) -> tuple[list[proposals.NewProposal], list[NewDiscard], tuple[int, int, int]]:
        row = answered.row
        reply = self._reply(answered, request)
        discards = [NewDiscard(request.id, d.position, d.raw_text, d.reason.value, d.detail) for d in reply.discards]
        proposed: list[proposals.NewProposal] = []
        for position, text in reply.kept:
            refused = self._refused(request, position, row, text) if not proposed else None
            if refused is not None:
                discards.append(refused)
            elif not proposed:
                about = proposals.digest_of_text(row.example)
                proposed.append(proposals.NewProposal(row.id, request.id, about, text))
        seen = len(proposed) + len(discards)  # a second example where one was wanted is nobody's
        return proposed, discards, (request.id, max(0, seen - request.wanted), max(0, request.wanted - seen))

    def _reply(self, answered: Answered, request: RequestRow) -> ReadReply:
        row, text = answered.row, request.raw_reply or ""
        messages = [asdict(message) for message in self._request(answered.errand.key, row).messages]
        if json.loads(request.messages) != messages:  # sent by an earlier process, before an edit
            return ReadReply((), (Discard(0, text[:4000], DiscardReason.EDITED),), 0, 0)
        return read_rewrite(text, self._ground.task, row.example, request.finish_reason)

    def _refused(self, request: RequestRow, position: int, row: ExampleRow, text: Example) -> NewDiscard | None:
        """Why the door turns a rewritten example away; where it does not, the text counts as one of the tree's."""
        vectors, _ = embed_new(self._ground.store, self._encoder, [text.question])
        refusal = self._door.ask(text, vectors[0], but=row.id)
        if refusal is None:
            self._door.let_in(text.question, vectors[0], row.id)
            return None
        raw = json.dumps(columns_of(text), ensure_ascii=False)
        near = refusal.too_near_to
        return NewDiscard(
            request.id,
            position,
            raw,
            refusal.reason.value,
            refusal.detail,
            near,
            dataset_example=refusal.dataset_example,
        )
