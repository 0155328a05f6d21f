"""Re-answers: the creator is asked for the answer of an example k times, its label hidden; disagreement marks it."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from seedbed_engine.asking.formats import DiscardReason
from seedbed_engine.asking.reanswers import read_answer, turned, words_for_answer
from seedbed_engine.creating.creators.protocol import Request
from seedbed_engine.creating.mends import OPEN, Answered, Errand, Ground
from seedbed_engine.creating.requests import request_of
from seedbed_engine.creating.sender import Part
from seedbed_engine.creating.strategies import chance
from seedbed_engine.keeping import agreement
from seedbed_engine.keeping.calls import NewDiscard
from seedbed_engine.keeping.rows import CallRow, ExampleRow


class Reanswering:
    """Asks about each example once more in a call of k requests."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._rows = ground.rows()
        self.requests_a_call = ground.settings.k
        self.target = len(self._rows) * ground.settings.k

    def errands(self, calls: Mapping[str, CallRow]) -> list[Errand]:
        """Every example that has not been answered."""
        planned = [Errand(row.id, self._ground.key(row.key), place) for place, row in enumerate(self._rows)]
        return [errand for errand in planned if errand.key not in calls or calls[errand.key].state != "read"]

    def wants(self, row: ExampleRow) -> bool:
        """Whether the example has not been rejected or pruned."""
        return row.state in OPEN

    def parent(self, row: ExampleRow) -> int | None:
        """The example itself."""
        return row.id

    def requests(self, key: str, row: ExampleRow) -> list[tuple[Part, Request]]:
        """The same question k times, its options turned further each time."""
        return [(Part(part, 1, None, None), self._request(key, part, row)) for part in range(self._ground.settings.k)]

    async def keep(self, answered: Answered) -> None:
        """Keep the answers, and mark the example where they disagree with its label."""
        answers: list[agreement.NewAnswer] = []
        discards: list[NewDiscard] = []
        row, key = answered.row, answered.errand.key
        about = agreement.digest_of_asked(row.example)
        for request in answered.requests:
            shown = self._shown(key, request.part, row)
            messages = [asdict(message) for message in self._request(key, request.part, row).messages]
            if json.loads(request.messages) != messages:  # sent by an earlier process, before an edit
                found: str | tuple[DiscardReason, str] = (DiscardReason.EDITED, "")
            else:
                found = read_answer(request.raw_reply or "", shown, request.finish_reason)
            if isinstance(found, str):
                answers.append(agreement.NewAnswer(row.id, request.id, found, shown.index(found), about))
            else:
                discards.append(NewDiscard(request.id, 0, (request.raw_reply or "")[:4000], found[0].value, found[1]))
        written = agreement.queue_answers(
            self._ground.store, self._ground.run, answered.call, row.id, answers, discards, answered.ends
        )
        await asyncio.wrap_future(written)

    def result(self) -> tuple[str, dict[str, Any]]:
        """How many agree, and how even the creator's hand was."""
        answered = agreement.read_answered(self._ground.store, self._ground.run)
        flagged = agreement.read_flagged(self._ground.store, self._ground.run)
        places = agreement.read_places(self._ground.store, self._ground.run)
        said = f"{len(answered):,} {'example was' if len(answered) == 1 else 'examples were'} answered again"
        said += f", {len(flagged):,} {'is' if len(flagged) == 1 else 'are'} marked for disagreement with the label"
        return said, {
            "answered": len(answered),
            "flagged": len(flagged),
            "places": places,
            "even": 1 / self._ground.task.count,
        }

    def close(self) -> None:
        """Nothing is held."""

    def _request(self, key: str, part: int, row: ExampleRow) -> Request:
        ground = self._ground
        shown = self._shown(key, part, row)
        words = words_for_answer(ground.task, ground.seed.example, row.example, shown, one_at_a_time=ground.is_small)
        return request_of(words, ground.settings, key, part, is_small=ground.is_small)

    def _shown(self, key: str, part: int, row: ExampleRow) -> tuple[str, ...]:
        """The options in an order that the key draws, turned by one for each request: none stands first more often."""
        options = row.example.options
        drawn = chance(self._ground.settings.seed_number, "order", key).sample(options, len(options))
        return turned(drawn, part)
