"""The loop that grows a tree: asks what can be asked at once, reads what came in canonical order, until the target.

Resuming and going on are one thing: calls that the project file already has are followed, not asked again.
"""

import asyncio
import functools
import itertools
import json
import math
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from seedbed_engine import events
from seedbed_engine.asking.batches import waiting_in_words
from seedbed_engine.asking.estimates import estimate_growth, estimate_in_words
from seedbed_engine.asking.formats import TaskFormat, check_wanted_answer, infer_format
from seedbed_engine.asking.topics import topics_for
from seedbed_engine.creating.batching import make_sender
from seedbed_engine.creating.creators.making import make_creator
from seedbed_engine.creating.creators.protocol import Creator
from seedbed_engine.creating.doors import embed_new, loaded_encoder, open_door
from seedbed_engine.creating.fetching import fetch_batches
from seedbed_engine.creating.parents import Parents
from seedbed_engine.creating.purse import Purse
from seedbed_engine.creating.reader import ReadCall, Reader
from seedbed_engine.creating.reporter import Reporter, Tell
from seedbed_engine.creating.roots import read_roots, run_key
from seedbed_engine.creating.sender import Drained, Withdrawn
from seedbed_engine.creating.strategies import Formatting, Plan, Strategy, Tree, make_strategy
from seedbed_engine.encoding.vectors import vectors_of
from seedbed_engine.errors import BudgetReached, CreatorError, PersonError
from seedbed_engine.keeping import batches, calls, runs, spending, trees
from seedbed_engine.keeping.rows import CallRow, SeedRow
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

FAILED_CALLS = 3  # in a row, after which the creator counts as gone
WINDOW = 4  # times as many calls are on their way as requests in flight: what is read late keeps nobody from asking
NOTHING_APPROVED = "Nothing more is approved to grow from yet: approve some examples, then go on with this run."
TOGETHER = 64  # calls that are decided in one transaction


@dataclass(frozen=True, eq=False)
class _Asked:
    """A call on its way: `task` is None where the project file already has what it gave."""

    plan: Plan
    call: int
    task: "asyncio.Task[ReadCall] | None"


def _is_read(asked: _Asked) -> bool:
    task = asked.task
    return task is not None and task.done() and not task.cancelled() and task.exception() is None


def grow(store: Store, run: int, tell: Tell, stop: threading.Event) -> tuple[str, str, str]:
    """Grow a tree as the run's settings say; how it ended: state, sentence, result as JSON."""
    row = runs.read_run(store, run)
    settings = GrowthSettings.from_json(row.settings).checked()
    if row.seed is None:
        raise PersonError("The run has no seed.", "Start it from a seed.")

    def say(text: str) -> None:
        tell(events.Said(run, text))

    if wait := asyncio.run(fetch_batches(store, row.seed, settings, say)):
        return "stopped", wait, json.dumps({"account": asdict(calls.read_account(store, run))})
    creator = make_creator(settings, say)
    growth = Growth(store, run, read_seed(store, row.seed), settings, creator, tell, stop)
    return asyncio.run(growth.go())


class Growth:
    """One run of creating: the state of the loop."""

    def __init__(
        self,
        store: Store,
        run: int,
        seed: SeedRow,
        settings: GrowthSettings,
        creator: Creator,
        tell: Tell,
        stop: threading.Event,
    ) -> None:
        self._store = store
        self._run = run
        self._seed = seed
        self._settings = settings
        self._creator = creator
        self._tell = tell
        self._stop = stop
        self._task: TaskFormat = infer_format(seed.example, seed.kind)
        check_wanted_answer(self._task, settings.wanted_answer)
        self._asked: deque[_Asked] = deque()
        self._early: dict[str, _Asked] = {}  # asked before their turn, by key
        self._kept = 0
        self._calls_asked = 0  # by this run, also before it was stopped
        self._failed_in_row: list[int] = []
        self._on_their_way = 0  # calls that are asked and not decided
        self._began = time.monotonic()
        self._why_ended = ""

    async def go(self) -> tuple[str, str, str]:
        """Work until the target, a limit, a stop, or an error for the person."""
        try:
            await asyncio.to_thread(self._begin)
            await self._work()
        finally:
            await self._creator.close()
        return await asyncio.to_thread(self._end)

    async def _work(self) -> None:
        self._reader = asyncio.get_running_loop().run_in_executor(None, self._make_reader)
        watch = asyncio.create_task(self._reporter.watch(self._sender.pace))
        try:
            try:
                await self._grow()
            except BudgetReached as reached:
                self._why_ended = str(reached)
            finally:
                await self._drain()
            await self._decide_what_came()
        finally:
            self._reporter.end()
            await watch
            (reader,) = await asyncio.gather(self._reader, return_exceptions=True)
            if isinstance(reader, Reader):
                await asyncio.to_thread(reader.close)

    async def _grow(self) -> None:
        while not self._stop.is_set() and self._is_more_wanted():
            await self._plan_ahead()
            if not self._asked or not await self._decide_next():
                return

    def _is_more_wanted(self) -> bool:
        return self._kept < self._settings.target and not self._strategy.is_over

    def _begin(self) -> None:
        """Read what the project file already has, and set up strategy, sender and door."""
        boxes = calls.mark_possibly_billed(self._store, self._run)
        self._reporter = Reporter(self._store, self._run, self._settings, self._tell, self._stop)
        if boxes:
            what = f"{boxes} requests were in flight when the work ended; they may have been billed."
            self._reporter.say(f"{what} Asking again.")
        self._tell_estimate()
        self._calls = {call.key: call for call in calls.read_calls(self._store, self._seed.id)}
        self._calls_asked = sum(call.run == self._run and call.state != "waiting" for call in self._calls.values())
        self._encoder = loaded_encoder()
        self._embed = functools.partial(vectors_of, self._store, self._encoder)
        roots = read_roots(self._store, self._seed, self._settings)
        self._parents = self._make_parents()
        s = self._settings
        self._strategy: Strategy = make_strategy(s.strategy, roots, s.seed_number, self._parents, s.chains)
        account = calls.read_account(self._store, self._run)
        self._kept = account.kept
        spent = spending.read_counted(self._store, self._run)
        self._purse = Purse(self._settings.budget_usd, self._settings.budget_tokens, spent)
        self._purse.on_excess = self._reporter.say
        topics = topics_for(self._task, self._seed.example, self._settings.topic_list) if self._settings.topics else ()
        self._sender = make_sender(
            self._run,
            self._store,
            self._settings,
            self._task,
            self._creator,
            topics,
            self._purse,
            self._stop,
            self._reporter.answered,
            run_key(roots),
            self._parents.shown,
        )

    def _tell_estimate(self) -> None:
        """Say before the first request what the run will likely come to, and keep that with it."""
        if runs.read_run(self._store, self._run).estimate is None:
            told = estimate_growth(self._store, self._seed, self._settings, before=self._run)
            runs.keep_estimate(self._store, self._run, told.to_json())
            self._reporter.say(estimate_in_words(told, self._settings))

    def _make_parents(self) -> Parents:
        return Parents(
            self._store,
            self._seed.id,
            self._embed,
            self._calls,
            approved_only=self._settings.approved_parents,
            chosen=self._settings.parents,
        )

    def _make_reader(self) -> Reader:
        """Loads the encoder, which takes seconds: the first calls are out meanwhile."""
        return Reader(
            self._store,
            self._seed.id,
            self._task,
            open_door(self._store, self._seed, self._embed, self._settings),
            functools.partial(embed_new, self._store, self._encoder),
            self._encoder.name,
            self._embed([self._seed.example.question])[0],
            lambda: self._sender.pace.in_flight,
        )

    async def _plan_ahead(self) -> None:
        """Ask early only what will be needed even if every call on its way gives all; in batches, round by round."""
        if self._settings.batch and self._on_their_way:
            return
        new: list[Plan] = []
        while not self._stop.is_set() and not self._is_enough(len(new)):
            plan = next(self._strategy.ready(), None)
            if plan is None:
                break
            known = self._calls.get(plan.key)
            if known is None:
                new.append(plan)
                continue
            await self._ask_new(new)
            new = []
            self._ask_known(plan, known)
        await self._ask_new(new)
        await self._ask_ahead()
        self._sender.go()

    def _is_enough(self, new: int) -> bool:
        on_their_way = self._on_their_way + new
        if self._kept + on_their_way * self._settings.n >= self._settings.target:
            return True
        if not self._settings.batch and len(self._asked) + new >= WINDOW * self._settings.concurrency + 2:
            return True
        return self._calls_left(new) <= 0

    def _calls_left(self, new: int = 0) -> float:
        """How many calls may be asked beside these new ones; those asked early count at their turn."""
        limit = math.inf if self._settings.max_calls is None else self._settings.max_calls
        return limit - (self._calls_asked - len(self._early)) - new

    async def _ask_ahead(self) -> None:
        """Ask calls of a tree's next level whose turn comes for certain; what they give is kept for their turn."""
        if not isinstance(self._strategy, Tree) or self._purse.is_limited or self._settings.batch:
            return  # with a budget, the order of asking decides what it buys
        room = WINDOW * self._settings.concurrency + 2 - len(self._asked) - len(self._early)
        plans: list[Plan] = []
        for ahead in self._strategy.ahead(self._settings.n):
            wanted = self._settings.target - self._kept - ahead.undecided * self._settings.n
            if len(plans) >= room or wanted <= 0 or self._calls_left(ahead.unasked) <= 0:
                break
            if ahead.plan.key not in self._calls:
                plans.append(ahead.plan)
        await self._ask_new(plans, early=True)

    async def _ask_new(self, plans: Sequence[Plan], *, early: bool = False) -> None:
        """Write calls down, then ask them."""
        if not plans:
            return
        planned = [(plan.parent.id, plan.key, plan.place) for plan in plans]
        written = calls.queue_calls(self._store, self._run, self._seed.id, self._settings.n, planned)
        numbers = await asyncio.wrap_future(written)
        for plan, call, (parent, key, place) in zip(plans, numbers, planned, strict=True):
            self._calls[key] = CallRow(call, self._run, self._seed.id, parent, key, place, self._settings.n, "waiting")
            asked = self._ask(plan, call, is_new=True)
            if early:
                self._early[key] = asked
            else:
                self._queue(asked)

    def _ask_known(self, plan: Plan, known: CallRow) -> None:
        """The turn of a call that was asked early, that an earlier run left, or whose examples are there."""
        asked = self._early.pop(plan.key, None)
        if asked is not None:
            return self._queue(replace(asked, plan=plan))
        if known.state != "waiting":
            return self._queue(_Asked(plan, known.id, None))
        if known.run != self._run:  # what an earlier run of this growth was not given any more
            self._purse.take(spending.read_counted(self._store, known.run, known.id))
            calls.take_over_call(self._store, known.id, self._run)
        return self._queue(self._ask(plan, known.id, is_new=False))

    def _ask(self, plan: Plan, call: int, *, is_new: bool) -> _Asked:
        self._calls_asked += 1
        self._sender.expect(call)
        return _Asked(plan, call, asyncio.create_task(self._asked_and_read(plan, call, is_new)))

    def _queue(self, asked: _Asked) -> None:
        self._on_their_way += asked.task is not None
        self._asked.append(asked)

    async def _asked_and_read(self, plan: Plan, call: int, is_new: bool) -> ReadCall:
        shown = await self._sender.ask(plan, call, is_new=is_new)
        reader = await asyncio.shield(self._reader)
        return await reader.read(plan, call, shown or self._parents.as_now([plan.parent])[0].example)

    async def _decide_next(self) -> bool:
        """Wait for the call whose turn it is and decide what enters the tree, with those behind it that are read too;
        False where the run is to stop first."""
        asked = self._asked[0]
        if asked.task is None:
            self._asked.popleft()
            self._strategy.tell(asked.plan, await asyncio.to_thread(self._kept_then, asked.call))
            return True
        try:
            await asked.task
        except Drained:
            return False
        except Withdrawn:
            self._withdraw(self._asked.popleft())
            return True
        ready = itertools.takewhile(_is_read, itertools.islice(self._asked, TOGETHER))
        read = [replace(each.task.result(), plan=each.plan) for each in ready if each.task is not None]
        for kept in await (await asyncio.shield(self._reader)).decide(read, self._settings.target - self._kept):
            self._tell_kept(self._asked.popleft(), kept)
        return True

    def _withdraw(self, asked: _Asked) -> None:
        """A call whose parent was rejected before it was asked: it counts as never planned."""
        self._on_their_way -= 1
        self._calls_asked -= 1
        self._strategy.withdraw(asked.plan)

    def _tell_kept(self, asked: _Asked, kept: Sequence[Formatting]) -> None:
        self._on_their_way -= 1
        self._strategy.tell(asked.plan, kept)
        self._kept += len(kept)
        if kept:
            ids = tuple(example.id for example in kept if example.id is not None)
            self._tell(events.Kept(self._run, self._seed.id, asked.plan.parent.id, ids))
        self._watch_failures(asked.call, bool(kept))

    def _kept_then(self, call: int) -> Sequence[Formatting]:
        """What a call that was read before gave."""
        rows = trees.read_of_call(self._store, call)
        return [Formatting(row.id, row.key, row.depth, row.example) for row in rows]

    def _watch_failures(self, call: int, has_given: bool) -> None:
        """CreatorError where the creator counts as gone; the calls that it left are asked again by the next run."""
        requests = [] if has_given else calls.read_requests(self._store, call)
        if has_given or any(request.outcome == "read" for request in requests):
            self._failed_in_row.clear()
            return
        self._failed_in_row.append(call)
        if len(self._failed_in_row) >= FAILED_CALLS:
            calls.reopen_calls(self._store, self._failed_in_row)
            raise CreatorError(
                f"The creator did not answer {FAILED_CALLS} calls in a row ({requests[-1].error}).",
                "Check that it runs, then start the run again: it goes on where it was.",
            )

    async def _drain(self) -> None:
        """Wait for what is in flight, so that no paid reply is lost; a later run reads it."""
        tasks = [asked.task for asked in (*self._asked, *self._early.values()) if asked.task is not None]
        self._stop_was_set = self._stop.is_set()
        if tasks:
            self._stop.set()
            self._sender.go()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _decide_what_came(self) -> None:
        """After a stop: calls that are complete still enter the tree, in their order, up to the target."""
        while self._asked and self._is_more_wanted():
            task = self._asked[0].task
            if task is not None and (task.cancelled() or not isinstance(task.exception(), Withdrawn | None)):
                return
            await self._decide_next()

    def _end(self) -> tuple[str, str, str]:
        account = calls.read_account(self._store, self._run)
        reasons = calls.discard_reasons(self._store, self._run)
        seconds = time.monotonic() - self._began
        self._reporter.report()
        result = json.dumps({"account": asdict(account), "discards": reasons, "seconds": round(seconds, 1)})
        summary = f"{account.kept} examples kept in {seconds:.0f} s"
        if waiting := [each for each in batches.read_open(self._store, self._seed.id) if each.run == self._run]:
            return "stopped", f"{summary}. {waiting_in_words(waiting)}", result
        if self._stop_was_set:
            return "stopped", f"Stopped: {summary}.", result
        if account.kept < self._settings.target:
            why = self._why_not_more()
            state = "stopped" if why == NOTHING_APPROVED else "finished"
            return state, f"{summary}, of {self._settings.target} wanted. {why}", result
        return "finished", f"{summary}.", result

    def _why_not_more(self) -> str:
        if self._why_ended:
            return self._why_ended
        if self._settings.max_calls is not None and self._calls_asked >= self._settings.max_calls:
            return f"The limit of {self._settings.max_calls} calls is reached."
        if self._strategy.is_undecided:
            return NOTHING_APPROVED
        if not self._strategy.is_over:
            return "What it grew from is rejected or pruned now: set some back, or grow from others."
        return "The last calls gave nothing new. Another instruction, strategy or seed number asks anew."
