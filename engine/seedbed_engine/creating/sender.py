"""Sends the requests of a call: each is written down before it is sent, each reply committed before it is read."""

import asyncio
import contextlib
import dataclasses
import functools
import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from seedbed_engine.asking.costs import count_tokens, most_prompt_tokens, price
from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.asking.passages import MOST_AROUND_A_CHECK
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.asking.replies import read_reply
from seedbed_engine.creating.creators.protocol import Creator, Reply, Request, Transient
from seedbed_engine.creating.pace import Pace, Turn
from seedbed_engine.creating.patience import LONGEST_WAIT, Failures
from seedbed_engine.creating.purse import NOTHING, Purse
from seedbed_engine.creating.requests import check_of, request_of
from seedbed_engine.creating.strategies import Plan, chance
from seedbed_engine.errors import ProjectError
from seedbed_engine.examples import Example
from seedbed_engine.keeping import calls, trees
from seedbed_engine.keeping.spending import Amount
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings


class Drained(Exception):
    """The run is to stop: this request was not sent. No error: the call goes on when the run does."""


class Withdrawn(Exception):
    """A person no longer wants the formatting example as a parent: it was not shown. No error: others are."""


class _Changed(Exception):
    """A person edited or rejected the formatting example while a request waited to be sent."""


@dataclass(frozen=True, slots=True)
class Part:
    """One request of a call: which one, how many examples it asks for, and with which answers and topics."""

    number: int
    wanted: int
    wanted_answers: tuple[str, ...] | None
    topics: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Wording:
    """What a request says: `guard` is asked whether that still holds in the transaction that writes it down."""

    request: Request
    shown: Example | None = None
    guard: calls.Guard | None = None


Word = Callable[[], Wording]


class Sender:
    """Asks one creator on behalf of one run."""

    def __init__(
        self,
        store: Store,
        settings: GrowthSettings,
        task: TaskFormat,
        creator: Creator,
        topics: tuple[str, ...],
        purse: Purse,
        stop: threading.Event,
        on_answer: Callable[[str], None],
        ground: str,
        shown: Callable[[Plan], Example] = lambda plan: plan.parent.example,
    ) -> None:
        self._store = store
        self._settings = settings
        self._task = task
        self._creator = creator
        self._topics = topics
        self._purse = purse
        self._stop = stop
        self._on_answer = on_answer
        self._ground = ground
        self._shown = shown  # the formatting example of a call as it reads now, or Withdrawn
        self.pace = Pace(settings.concurrency, settings.requests_per_minute, settings.tokens_per_minute)
        self._usual_tokens = 0.0  # of a request and its reply; 0: not known yet

    def expect(self, call: int) -> None:
        """This call is about to be asked."""

    def go(self) -> None:
        """All that may be asked now is on its way here."""

    async def ask(self, plan: Plan, call: int, *, is_new: bool = False) -> Example | None:
        """Ask whatever of a growth's call has no reply yet; what was shown (None: nothing was left to ask).

        Drained where the run is to stop first, Withdrawn where nothing was asked because the parent is not wanted.
        """
        wordings = [(part, functools.partial(self._wording, plan, part)) for part in self.parts(plan)]
        shown = await self._send(call, plan.place, wordings, plan.parent.key, is_new=is_new)
        if shown is not None and (again := self._again(plan, call, shown)):
            await self._send(call, plan.place, again, plan.parent.key, is_new=False)
        return shown

    def _again(self, plan: Plan, call: int, shown: Example) -> list[tuple[Part, Word]]:
        """Once more, and about another topic, what a small creator answered without an example in it."""
        if not self._creator.one_example_a_request or not self._settings.topics or len(self._topics) < 2:
            return []
        parts = {part.number: part for part in self.parts(plan)}
        found: list[tuple[Part, Word]] = []
        for request in calls.read_requests(self._store, call):
            part = parts.get(request.part)
            if part is None or request.outcome != "replied":
                continue
            if read_reply(request.raw_reply or "", self._task, shown, request.finish_reason).kept:
                continue
            others = [topic for topic in self._topics if topic not in (part.topics or ())]
            topic = chance(self._settings.seed_number, "another topic", plan.key, part.number).choice(others)
            again = dataclasses.replace(part, number=part.number + self._settings.n, topics=(topic,))
            found.append((again, functools.partial(self._wording, plan, again)))
        return found

    async def send(
        self, call: int, place: int, requests: Sequence[tuple[Part, Request]], likeness: str, *, is_new: bool = False
    ) -> None:
        """Send those requests of a call that have no reply yet; Drained where the run is to stop first.

        Calls of the same likeness begin with the same words, which a small creator then reads only once.
        """
        wordings = [(part, functools.partial(Wording, request)) for part, request in requests]
        await self._send(call, place, wordings, likeness, is_new=is_new)

    async def _send(
        self, call: int, place: int, wordings: Sequence[tuple[Part, Word]], likeness: str, *, is_new: bool
    ) -> Example | None:
        likeness = likeness if self._creator.one_example_a_request else ""
        before = [] if is_new else calls.read_requests(self._store, call)
        done = {request.part for request in before if request.outcome in {"replied", "read"}}
        tried = {request.part: request.attempt for request in before}
        asked = [
            self._ask_part(call, part, word, tried.get(part.number, -1) + 1, (place, part.number), likeness)
            for part, word in wordings
            if part.number not in done
        ]
        results = await asyncio.gather(*asked, return_exceptions=True)
        sent = [result for result in results if not isinstance(result, BaseException)]
        errors = [result for result in results if isinstance(result, BaseException)]
        others = [error for error in errors if not isinstance(error, Withdrawn)]
        if others:
            raise next((error for error in others if not isinstance(error, Drained)), others[0])
        if errors and not sent and not done:
            raise errors[0]
        return sent[-1].shown if sent else None

    def parts(self, plan: Plan) -> list[Part]:
        """The requests of a call: one of n examples, or n of one where the creator is asked for one at a time."""
        n = self._settings.n
        sizes = [1] * n if self._creator.one_example_a_request else [n]
        starts = [sum(sizes[:number]) for number in range(len(sizes))]
        return [
            Part(number, size, self._answers(plan, start, size), self._drawn_topics(plan, start, size))
            for number, (start, size) in enumerate(zip(starts, sizes, strict=True))
        ]

    def _answers(self, plan: Plan, start: int, size: int) -> tuple[str, ...] | None:
        """The one answer that a person wants; else answers in equal shares over the run, or, where each example has
        options of its own, the answer's positions among them (from 1): each round in an order of its own."""
        if self._settings.wanted_answer:
            return (self._settings.wanted_answer,) * size
        if not self._settings.balance:
            return None
        options = self._task.options or tuple(str(place + 1) for place in range(self._task.count))
        return self._drawn("answers", options, plan, start, size)

    def _drawn_topics(self, plan: Plan, start: int, size: int) -> tuple[str, ...] | None:
        """Topics without repetition until all were drawn, then in a new order; for small creators only."""
        if not self._settings.topics or not self._topics or not self._creator.one_example_a_request:
            return None  # a larger creator stays in the seed's field better without a topic from outside it
        return self._drawn("topics", self._topics, plan, start, size)

    def _drawn(self, what: str, choice: Sequence[str], plan: Plan, start: int, size: int) -> tuple[str, ...]:
        """The next ones for some examples of a call: round by round, each round in an order of its own."""
        first = plan.rank(self._settings.n) * self._settings.n + start
        rounds = [divmod(index, len(choice)) for index in range(first, first + size)]
        orders = {turn: self._order(what, choice, turn) for turn in {turn for turn, _ in rounds}}
        return tuple(orders[turn][place] for turn, place in rounds)

    def _order(self, what: str, choice: Sequence[str], turn: int) -> list[str]:
        return chance(self._settings.seed_number, self._ground, what, turn).sample(choice, len(choice))

    async def _ask_part(
        self, call: int, part: Part, word: Word, attempt: int, order: tuple[int, int], likeness: str
    ) -> Wording:
        """Ask for a part until a reply is kept or there were failures enough; what was said last."""
        if self._stop.is_set():
            raise Drained
        failures = Failures()
        while True:
            async with self.pace.turn(order, self._expected_tokens(word), likeness) as turn:
                if self._stop.is_set():
                    raise Drained
                said, is_over = await self._say(call, part, attempt, word, turn, failures)
            if is_over or failures.are_enough:
                return said
            attempt += 1
            await self._pause(failures.wait)

    async def _say(
        self, call: int, part: Part, attempt: int, word: Word, turn: Turn, failures: Failures
    ) -> tuple[Wording, bool]:
        """One attempt, in the words of the moment in which it is sent."""
        while True:
            said = word()
            with contextlib.suppress(_Changed):
                return said, await self._exchange(call, part, attempt, said, turn, failures)

    def _expected_tokens(self, word: Word) -> float:
        if not self.pace.tokens.per_minute:
            return 0.0
        if self._usual_tokens:
            return self._usual_tokens
        request = word().request
        return float(count_tokens(request.messages) + request.max_tokens)

    def _wording(self, plan: Plan, part: Part) -> Wording:
        """A part of a growth's call with its formatting example as it reads now; Withdrawn where that is not wanted."""
        parent, shown = plan.parent.id, self._shown(plan)
        guard = None if parent is None else functools.partial(trees.is_as_shown, example=parent, shown=shown)
        return Wording(self._request(plan, part, shown), shown, guard)

    def _request(self, plan: Plan, part: Part, formatting_example: Example) -> Request:
        words = words_for_call(
            self._task,
            formatting_example,
            part.wanted,
            one_at_a_time=self._creator.one_example_a_request,
            wanted_answers=part.wanted_answers,
            topics=part.topics,
            instruction=self._settings.instruction,
        )
        is_small = self._creator.one_example_a_request
        check = check_of(self._settings, self._task) if is_small else None
        return request_of(words, self._settings, plan.key, part.number, is_small=is_small, check=check)

    async def _exchange(
        self,
        call: int,
        part: Part,
        attempt: int,
        said: Wording,
        turn: Turn,
        failures: Failures,
    ) -> bool:
        """One attempt; whether a reply was kept."""
        request = said.request
        worst = self._worst_case(request)
        reserved = await self._purse.reserve(worst)
        spent = NOTHING
        try:
            if self._stop.is_set():  # meanwhile
                raise Drained
            written = self._written(part, attempt, request, worst)
            number = await asyncio.wrap_future(calls.queue_request(self._store, call, written, said.guard))
            if number is None:
                raise _Changed
            spent = worst  # until it is known to be less
            reply = await self._answer(number, request, turn, failures)
            if reply is None:
                spent = worst if failures.may_be_billed else NOTHING
                return False
            usd = price_of(self._creator, reply)
            self._purse.compare(
                usd, price(self._creator.model, reply.prompt_tokens, reply.completion_tokens), reply.model
            )
            spent = _spent(reply, usd, worst)
            await self._keep(number, reply, usd)
        finally:
            self._purse.settle(reserved, spent)
        return True

    async def _answer(self, number: int, request: Request, turn: Turn, failures: Failures) -> Reply | None:
        """What the creator answers; None where another attempt may help. Failures are written down, and raised where
        none will."""
        try:
            reply = await self._creator.ask(request)
        except Transient as error:
            failures.add(error)
            if error.is_busy:
                self.pace.refuse(turn, min(LONGEST_WAIT, error.retry_after or 0.0))
            await self._fail(number, error, will_be_retried=not failures.are_enough)
            self._on_answer(error.what)
            return None
        except Exception as error:
            await self._fail(number, error, will_be_retried=False)
            raise
        self._on_answer("")
        self._learn(reply, turn)
        return reply

    async def _fail(self, number: int, error: Exception, *, will_be_retried: bool) -> None:
        may_be_billed = getattr(error, "may_be_billed", False)
        written = calls.queue_failure(
            self._store, number, str(error), will_be_retried=will_be_retried, may_be_billed=may_be_billed
        )
        await asyncio.wrap_future(written)

    def _learn(self, reply: Reply, turn: Turn) -> None:
        used = None
        if reply.prompt_tokens is not None and reply.completion_tokens is not None:
            used = reply.prompt_tokens + reply.completion_tokens
            self._usual_tokens = 0.9 * self._usual_tokens + 0.1 * used if self._usual_tokens else used
        self.pace.succeed(turn, used)
        limits = self._creator.limits
        self.pace.learn(limits.requests, limits.tokens)
        self.pace.hold(min(LONGEST_WAIT, limits.wait(self._usual_tokens)))

    async def _keep(self, number: int, reply: Reply, usd: float | None) -> None:
        """Commit a reply before anybody reads it; while another program keeps the file locked, wait long."""
        new = calls.NewReply(
            reply.text, reply.model, reply.finish_reason, reply.prompt_tokens, reply.completion_tokens, usd
        )
        for is_last in (*[False] * calls.REPLY_PATIENCE, True):
            try:
                return await asyncio.wrap_future(calls.queue_reply(self._store, number, new))
            except ProjectError as error:
                if is_last or not calls.is_worth_waiting(error):
                    raise
        return None

    def _written(self, part: Part, attempt: int, request: Request, worst: Amount) -> calls.NewRequest:
        fields = dataclasses.asdict(request)
        messages = json.dumps(fields.pop("messages"), ensure_ascii=False)
        return calls.NewRequest(
            part=part.number,
            attempt=attempt,
            wanted=part.wanted,
            wanted_answers=part.wanted_answers,
            topics=part.topics,
            creator=self._creator.name,
            model=self._creator.model,
            messages=messages,
            sampling=json.dumps({**fields, **self._creator.extras}, ensure_ascii=False),
            worst_tokens=worst.tokens,
            worst_usd=worst.usd,
        )

    def _worst_case(self, request: Request) -> Amount:
        prompt = most_prompt_tokens(request.messages, request.schema)
        if request.check is not None:
            prompt += request.max_tokens + MOST_AROUND_A_CHECK
        usd = 0.0 if self._creator.is_free else price(self._creator.model, prompt, request.max_tokens)
        return Amount(prompt + request.max_tokens, usd)

    async def _pause(self, seconds: float) -> None:
        """Wait before another attempt; a stop ends the wait."""
        until = asyncio.get_running_loop().time() + seconds
        while not self._stop.is_set() and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(min(0.2, seconds))


def _spent(reply: Reply, usd: float | None, worst: Amount) -> Amount:
    """What a reply counts for: what the server reports; where it does not, the worst case."""
    if reply.prompt_tokens is None or reply.completion_tokens is None:
        return Amount(worst.tokens, worst.usd if usd is None else usd)
    return Amount(reply.prompt_tokens + reply.completion_tokens, usd)


def price_of(creator: Creator, reply: Reply) -> float | None:
    """What a reply cost, in US dollars; None where the model's price or the usage is not known."""
    if creator.is_free:
        return 0.0
    return price(creator.model, reply.prompt_tokens, reply.completion_tokens, reply.model)
