"""Batching: requests that may all be asked now go together, at half the price; few of them are asked at once."""

import asyncio
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from seedbed_engine.asking.batches import SHARE, in_batches, line_of
from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.creating.creators.hosted import HostedCreator
from seedbed_engine.creating.creators.protocol import Creator, Request
from seedbed_engine.creating.posting import Post
from seedbed_engine.creating.sender import Drained, Part, Sender, Withdrawn, Word, Wording
from seedbed_engine.creating.strategies import Plan
from seedbed_engine.errors import CreatorError
from seedbed_engine.examples import Example
from seedbed_engine.keeping import batches
from seedbed_engine.keeping.spending import Amount
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import BATCH_STRATEGIES, NO_CHAIN, GrowthSettings

NO_BATCH = "Start another run without batches."
TRIES = 3  # of a request in batches, after which it is asked at once


@dataclass(frozen=True, eq=False, slots=True)
class _Letter:
    """A request that waits to be sent; `goes` is done when it may be asked at once, or fails when it may not."""

    call: int
    part: Part
    attempt: int
    word: Word
    order: tuple[int, int]
    goes: "asyncio.Future[None]"


_Worded = tuple[_Letter, Wording]


class BatchSender(Sender):
    """Asks a hosted creator in batches: once one is posted the run waits for it, and this process need not."""

    def __init__(self, run: int, creator: HostedCreator, least: int, *given: Any) -> None:
        super().__init__(*given)
        self._run = run
        self._hosted = creator
        self._least = least
        self._expected: set[int] = set()  # calls that have not said yet what they need
        self._letters: list[_Letter] = []
        self._is_complete = False
        self._at_once: set[asyncio.Future[None]] = set()  # let go, and not ended
        self._posting: asyncio.Task[None] | None = None

    def expect(self, call: int) -> None:
        self._expected.add(call)
        self._is_complete = False

    def go(self) -> None:
        self._is_complete = True
        self._look()

    async def ask(self, plan: Plan, call: int, *, is_new: bool = False) -> Example | None:
        try:
            return await super().ask(plan, call, is_new=is_new)
        finally:
            self._has_said(call)

    async def _ask_part(
        self, call: int, part: Part, word: Word, attempt: int, order: tuple[int, int], likeness: str
    ) -> Wording:
        if self._stop.is_set():
            raise Drained
        goes = asyncio.get_running_loop().create_future()
        self._letters.append(_Letter(call, part, attempt, word, order, goes))
        self._has_said(call)
        await goes
        try:
            return await super()._ask_part(call, part, word, attempt, order, likeness)
        finally:
            self._at_once.discard(goes)
            self._look()

    def _has_said(self, call: int) -> None:
        self._expected.discard(call)
        self._look()

    def _look(self) -> None:
        """Send what waits, once nothing more can come to it."""
        if self._stop.is_set():
            return self._return(self._letters, Drained())
        if not self._letters or self._expected or not self._is_complete or self._at_once:
            return None
        letters, self._letters = sorted(self._letters, key=lambda letter: letter.order), []
        if not self._hosted.has_dialect:  # the first shows how this server is to be asked
            self._letters = letters[1:]
            return self._let_go(letters[:1])
        tried = [letter for letter in letters if letter.attempt >= TRIES]
        if len(letters) - len(tried) < self._least:
            return self._let_go(letters)
        if tried:
            self._letters = [letter for letter in letters if letter.attempt < TRIES]
            return self._let_go(tried)
        self._posting = asyncio.create_task(self._post(letters))
        return None

    def _let_go(self, letters: Sequence[_Letter]) -> None:
        self._at_once |= {letter.goes for letter in letters}
        for letter in letters:
            letter.goes.set_result(None)

    def _return(self, letters: Sequence[_Letter], why: BaseException) -> None:
        for letter in letters:
            if not letter.goes.done():
                letter.goes.set_exception(why)

    async def _post(self, letters: Sequence[_Letter]) -> None:
        """Bring as many to the server as the budget allows; the rest waits for what these will really have cost."""
        why: BaseException = Drained()
        try:
            worded = self._worded(letters)
            affordable = await self._affordable(worded)
            post = Post(self._store, self._hosted)
            rest = iter(affordable)
            for count in in_batches(self._size(said.request) for _, said in affordable):
                await self._post_together(post, list(itertools.islice(rest, count)))
        except Exception as error:  # noqa: BLE001  it is raised where the request was asked for
            why = error
        self._return(letters, why)

    def _worded(self, letters: Sequence[_Letter]) -> list[_Worded]:
        found: list[_Worded] = []
        for letter in letters:
            try:
                found.append((letter, letter.word()))
            except Withdrawn as withdrawn:
                self._return([letter], withdrawn)
        return found

    async def _affordable(self, worded: Sequence[_Worded]) -> list[_Worded]:
        found: list[_Worded] = []
        for letter, said in worded:
            worst = self._worst_at_half(said.request)
            if not found:
                await self._purse.reserve(worst)
            elif not self._purse.reserve_now(worst):
                break
            found.append((letter, said))
        return found

    def _worst_at_half(self, request: Request) -> Amount:
        worst = self._worst_case(request)
        return Amount(worst.tokens, None if worst.usd is None else worst.usd * SHARE)

    async def _post_together(self, post: Post, worded: Sequence[_Worded]) -> None:
        written = [
            (
                each.call,
                self._written(each.part, each.attempt, said.request, self._worst_at_half(said.request)),
                said.guard,
            )
            for each, said in worded
        ]
        batch = await asyncio.to_thread(batches.add_batch, self._store, self._run, written)
        if batch.requests:
            await post.post(batch, is_new=True)
        else:  # a person has changed all of their formatting examples meanwhile
            batches.end_batch(self._store, batch.id, "empty", {}, why="")

    def _size(self, request: Request) -> int:
        return len(line_of(0, self._hosted.body_of(request))) + 20


def make_sender(
    run: int, store: Store, settings: GrowthSettings, task: TaskFormat, creator: Creator, *given: Any
) -> Sender:
    """Who sends the requests of a run: at once or, where the person chose so, in batches. CreatorError where the
    creator or the strategy does not go with batches."""
    if not settings.batch:
        return Sender(store, settings, task, creator, *given)
    if not isinstance(creator, HostedCreator) or not creator.has_batches:
        raise CreatorError("Only hosted creators that are asked in OpenAI's way answer in batches.", NO_BATCH)
    if settings.strategy not in BATCH_STRATEGIES:
        raise CreatorError(NO_CHAIN, NO_BATCH)
    return BatchSender(run, creator, settings.batch_least, store, settings, task, creator, *given)
