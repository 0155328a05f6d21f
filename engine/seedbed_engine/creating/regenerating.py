"""Regeneration: the creator is asked again from the same formatting example for a new sibling, kept beside the old."""

import functools
from collections.abc import Mapping
from typing import Any

from seedbed_engine import events
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.asking.topics import topics_for
from seedbed_engine.creating.creators.protocol import Request
from seedbed_engine.creating.doors import embed_new, loaded_encoder, open_door
from seedbed_engine.creating.mends import Answered, Errand, Ground
from seedbed_engine.creating.reader import Reader
from seedbed_engine.creating.requests import check_of, request_of
from seedbed_engine.creating.sender import Part
from seedbed_engine.creating.strategies import Formatting, Plan, chance
from seedbed_engine.encoding.vectors import vectors_of
from seedbed_engine.examples import Example
from seedbed_engine.keeping import runs, trees
from seedbed_engine.keeping.calls import read_call, read_calls_of
from seedbed_engine.keeping.rows import CallRow, ExampleRow
from seedbed_engine.settings import GrowthSettings


class Regenerating:
    """Asks for one new example for each; where the door turns it away, up to a few times more."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._rows = ground.rows()
        self.requests_a_call = 1
        self.target = len(self._rows)
        wants_topics = ground.is_small and ground.settings.topics
        self._topics = topics_for(ground.task, ground.seed.example) if wants_topics else ()
        encoder = loaded_encoder()
        embed = functools.partial(vectors_of, ground.store, encoder)
        self._reader = Reader(
            ground.store,
            ground.seed.id,
            ground.task,
            open_door(ground.store, ground.seed, embed, ground.settings),
            functools.partial(embed_new, ground.store, encoder),
            encoder.name,
            embed([ground.seed.example.question])[0],
        )

    def errands(self, calls: Mapping[str, CallRow]) -> list[Errand]:
        """The next try for each example that has no new sibling yet."""
        found = [self._next_try(place, row, calls) for place, row in enumerate(self._rows)]
        return sorted((errand for errand in found if errand is not None), key=lambda errand: errand.place)

    def wants(self, row: ExampleRow) -> bool:
        """Whether the formatting example is still wanted as one; the old example may have been rejected."""
        store = self._ground.store
        path = [] if row.parent is None else trees.read_path(store, row.parent)
        return set(trees.read_closed(store, row.seed)).isdisjoint(path)

    def parent(self, row: ExampleRow) -> int | None:
        """The formatting example that the old one came from."""
        return row.parent

    def requests(self, key: str, row: ExampleRow) -> list[tuple[Part, Request]]:
        """One request for one example, with the answer and the instruction that the old one was asked for with."""
        ground = self._ground
        answers = (row.wanted_answer,) if row.wanted_answer and ground.task.is_fixed else None
        topics = (chance(ground.settings.seed_number, "topic", key).choice(self._topics),) if self._topics else None
        words = words_for_call(
            ground.task,
            self._formatting(row),
            1,
            one_at_a_time=ground.is_small,
            wanted_answers=answers,
            topics=topics,
            instruction=ground.settings.instruction or self._instruction(row),
        )
        check = check_of(ground.settings, ground.task) if ground.is_small else None
        request = request_of(words, ground.settings, key, 0, is_small=ground.is_small, check=check)
        return [(Part(0, 1, answers, topics), request)]

    async def keep(self, answered: Answered) -> None:
        """Let the new example in, as a growth does."""
        row, errand = answered.row, answered.errand
        example = self._formatting(row)
        parent = Formatting(row.parent, errand.key, row.depth - 1, example)
        read = await self._reader.read(Plan(errand.key, errand.place, parent), answered.call, example)
        (kept,) = await self._reader.decide([read], 1)
        if kept:
            ids = tuple(one.id for one in kept if one.id is not None)
            self._ground.tell(events.Kept(self._ground.run, self._ground.seed.id, row.parent, ids))

    def result(self) -> tuple[str, dict[str, Any]]:
        """For which examples there is a new sibling, and for which there is none."""
        store = self._ground.store
        calls = {call.key: call.id for call in read_calls_of(store, self._ground.run)}
        given = {key for key, call in calls.items() if trees.read_of_call(store, call)}
        without = [row.id for row in self._rows if given.isdisjoint(self._keys(row))]
        many = self.target - len(without)
        said = f"{many:,} of {self.target:,} {'example has' if self.target == 1 else 'examples have'} a new sibling"
        if without:
            named = ", ".join(f"#{one}" for one in without[:5]) + (", …" if len(without) > 5 else "")
            said += f"; for {named} the creator gave nothing new"
        return said, {"siblings": many, "without": without}

    def close(self) -> None:
        """End the reading thread."""
        self._reader.close()

    def _keys(self, row: ExampleRow) -> list[str]:
        """The keys of the tries for an example."""
        return [self._ground.key(row.key, number) for number in range(max(1, self._ground.settings.tries))]

    def _next_try(self, place: int, row: ExampleRow, calls: Mapping[str, CallRow]) -> Errand | None:
        for number, key in enumerate(self._keys(row)):
            call = calls.get(key)
            if call is None or call.state != "read":
                return Errand(row.id, key, number * self.target + place)
            if trees.read_of_call(self._ground.store, call.id):
                return None
        return None

    def _formatting(self, row: ExampleRow) -> Example:
        """The formatting example as it reads now."""
        if row.parent is None:
            return self._ground.seed.example
        return trees.read_example(self._ground.store, row.parent).example

    def _instruction(self, row: ExampleRow) -> str:
        """What the old example was asked to be about."""
        if row.call is None:
            return ""
        run = runs.read_run(self._ground.store, read_call(self._ground.store, row.call).run)
        return GrowthSettings.from_json(run.settings).instruction
