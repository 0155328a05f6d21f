"""Mending by the creator: asks about many examples at once, keeps what comes back in order, stops and goes on.

A run of this kind obeys the same pace, budget, stop and resume as a growth. Re-answers and rewritings bring nothing
into the tree, so they may go on beside a growth of it; a regeneration may not.
"""

import asyncio
import dataclasses
import json
import threading
import time
from collections import deque
from collections.abc import Iterator

from seedbed_engine import events
from seedbed_engine.asking.estimates import estimate_in_words
from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.mendings import estimate_mending
from seedbed_engine.creating.creators.protocol import Creator
from seedbed_engine.creating.mends import Answered, Errand, Ground, Mend
from seedbed_engine.creating.purse import Purse
from seedbed_engine.creating.reporter import Reporter, Tell
from seedbed_engine.creating.sender import Drained, Sender
from seedbed_engine.errors import BudgetReached, BugError, CreatorError, PersonError
from seedbed_engine.keeping import calls, runs, spending, trees
from seedbed_engine.keeping.rows import CallRow, RunRow, SeedRow
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import MendingSettings

FAILED_CALLS = 3  # in a row, after which the creator counts as gone


def mend(store: Store, run: int, tell: Tell, stop: threading.Event) -> tuple[str, str, str]:
    """Mend examples as the run's settings say; how it ended: state, sentence, result as JSON."""
    row = runs.read_run(store, run)
    settings = MendingSettings.from_json(row.settings).checked()
    if row.seed is None or not settings.examples:
        raise PersonError("The run names no examples.", "Start it from the examples that are meant.")
    from seedbed_engine.creating.creators.making import make_creator

    creator = make_creator(settings, lambda text: tell(events.Said(run, text)))
    mending = Mending(store, run, read_seed(store, row.seed), settings, creator, tell, stop)
    return asyncio.run(mending.go())


class Mending:
    """One run of mending: the state of the loop."""

    def __init__(
        self,
        store: Store,
        run: int,
        seed: SeedRow,
        settings: MendingSettings,
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
        self._attempted: set[str] = set()  # keys of calls that this process has asked
        self._order: deque[str] = deque()  # keys of calls that are not kept yet, in order
        self._ready: dict[str, Answered | None] = {}  # None: nothing came
        self._turn = asyncio.Lock()
        self._failed_in_row = 0
        self._is_halted = False  # stopped by an error or an empty purse, not by a person
        self._began = time.monotonic()
        self._why_ended = ""

    async def go(self) -> tuple[str, str, str]:
        """Work until all was asked, a limit, a stop, or an error for the person."""
        try:
            await asyncio.to_thread(self._begin)
            await self._work()
        finally:
            await self._creator.close()
        return await asyncio.to_thread(self._end)

    def _begin(self) -> None:
        boxes = calls.mark_possibly_billed(self._store, self._run)
        task = infer_format(self._seed.example, self._seed.kind)
        is_small = self._creator.one_example_a_request
        ground = Ground(self._store, self._run, self._seed, self._settings, task, is_small, self._tell)
        row = runs.read_run(self._store, self._run)
        self._mend = _make_mend(row.work, ground)
        many = self._mend.requests_a_call
        wanted = dataclasses.replace(self._settings, target=self._mend.target, n=many)
        self._reporter = Reporter(self._store, self._run, wanted, self._tell, self._stop, requests_a_call=many)
        self._tell_estimate(row)
        if boxes:
            what = f"{boxes} requests were in flight when the work ended; they may have been billed."
            self._reporter.say(f"{what} Asking again.")
        spent = spending.read_counted(self._store, self._run)
        purse = Purse(self._settings.budget_usd, self._settings.budget_tokens, spent)
        purse.on_excess = self._reporter.say
        answered = self._reporter.answered
        self._sender = Sender(
            self._store, self._settings, task, self._creator, (), purse, self._stop, answered, ground.key("")
        )

    def _tell_estimate(self, row: RunRow) -> None:
        """Say what the run is likely to come to, once, and keep it beside what it will have come to."""
        if row.estimate is None:
            found = trees.read_examples(self._store, self._settings.examples)
            told = estimate_mending(row.work, self._seed, [each.example for each in found], self._settings)
            runs.keep_estimate(self._store, self._run, told.to_json())
            self._reporter.say(estimate_in_words(told, self._settings))

    async def _work(self) -> None:
        watch = asyncio.create_task(self._reporter.watch(self._sender.pace))
        try:
            while errands := await asyncio.to_thread(self._errands):
                await self._ask_all(errands)
        except BudgetReached as reached:
            self._why_ended = str(reached)
        finally:
            self._reporter.end()
            await watch
            self._mend.close()

    def _errands(self) -> list[Errand]:
        """What is still to be asked; a call that failed is asked again by the next process only."""
        if self._stop.is_set():
            return []
        self._calls: dict[str, CallRow] = {call.key: call for call in calls.read_calls_of(self._store, self._run)}
        found = [errand for errand in self._mend.errands(self._calls) if errand.key not in self._attempted]
        self._attempted.update(errand.key for errand in found)
        return found

    async def _ask_all(self, errands: list[Errand]) -> None:
        self._order.extend(errand.key for errand in errands)
        waiting = iter(errands)
        workers = [self._work_through(waiting) for _ in range(min(self._settings.concurrency, len(errands)))]
        ended = await asyncio.gather(*workers, return_exceptions=True)
        errors = [error for error in ended if isinstance(error, BaseException)]
        if errors:
            raise next((error for error in errors if not isinstance(error, BudgetReached)), errors[0])

    async def _work_through(self, waiting: Iterator[Errand]) -> None:
        for errand in waiting:
            if self._stop.is_set():
                return
            self._ready[errand.key] = await self._asked(errand)
            await self._keep_ready()

    async def _asked(self, errand: Errand) -> Answered | None:
        """What came back for an errand; None where it was not asked, or another run stops it."""
        try:
            return await self._ask(errand)
        except Drained:
            return None
        except BaseException:
            self._halt()
            self._ready[errand.key] = None
            raise

    async def _ask(self, errand: Errand) -> Answered | None:
        row = await asyncio.to_thread(trees.read_example, self._store, errand.example)
        if not await asyncio.to_thread(self._mend.wants, row):
            return None
        requests = await asyncio.to_thread(self._mend.requests, errand.key, row)
        call = await self._call(errand, self._mend.parent(row), len(requests))
        await self._sender.send(call, errand.place, requests, self._seed.example.question)
        found = await asyncio.to_thread(calls.read_requests, self._store, call)
        return Answered(errand, row, call, [request for request in found if request.outcome == "replied"])

    async def _call(self, errand: Errand, parent: int | None, wanted: int) -> int:
        if errand.key in self._calls:
            return self._calls[errand.key].id
        planned = [(parent, errand.key, errand.place)]
        written = calls.queue_calls(self._store, self._run, self._seed.id, wanted, planned)
        return (await asyncio.wrap_future(written))[0]

    async def _keep_ready(self) -> None:
        """Keep what came back, in order, up to the first that is still on its way."""
        async with self._turn:
            while self._order and self._order[0] in self._ready:
                answered = self._ready.pop(self._order.popleft())
                if answered is not None:
                    await self._mend.keep(answered)
                    self._watch_failures(answered)

    def _watch_failures(self, answered: Answered) -> None:
        """CreatorError where the creator counts as gone; what it left is asked again by the next run."""
        self._failed_in_row = 0 if answered.requests else self._failed_in_row + 1
        if self._failed_in_row >= FAILED_CALLS:
            self._halt()
            error = calls.read_requests(self._store, answered.call)[-1].error
            raise CreatorError(
                f"The creator did not answer {FAILED_CALLS} calls in a row ({error}).",
                "Check that it runs, then start the run again: it goes on where it was.",
            )

    def _halt(self) -> None:
        """Let what is in flight come back, and begin nothing more."""
        if not self._stop.is_set():
            self._is_halted = True
            self._stop.set()

    def _end(self) -> tuple[str, str, str]:
        account = calls.read_account(self._store, self._run)
        seconds = time.monotonic() - self._began
        self._reporter.report()
        said, facts = self._mend.result()
        reasons = calls.discard_reasons(self._store, self._run)
        result = {"account": dataclasses.asdict(account), "discards": reasons, "seconds": round(seconds, 1), **facts}
        if self._stop.is_set() and not self._is_halted:
            return "stopped", f"Stopped: {said}.", json.dumps(result)
        return "finished", f"{said}. {self._why_ended}".strip(), json.dumps(result)


def _make_mend(work: str, ground: Ground) -> Mend:
    """The kind of mending of this name; only those that look at the door load the encoder."""
    if work == "reanswer":
        from seedbed_engine.creating.reanswering import Reanswering

        return Reanswering(ground)
    if work == "rewrite":
        from seedbed_engine.creating.rewriting import Rewriting

        return Rewriting(ground)
    if work == "regenerate":
        from seedbed_engine.creating.regenerating import Regenerating

        return Regenerating(ground)
    raise BugError(f"no mending called {work}")
