"""What a growth says while it works: how far it is, that a server is in trouble, that nobody answers."""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable
from dataclasses import asdict

from seedbed_engine import events
from seedbed_engine.asking.projections import project
from seedbed_engine.creating.pace import Pace
from seedbed_engine.keeping import calls, runs, spending
from seedbed_engine.keeping.rows import Account
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

SAY_SECONDS = 0.2
SILENT_SECONDS = 30.0
TROUBLE_SECONDS = 30.0  # between two sentences about troubles
Tell = Callable[[events.Event], None]


class Reporter:
    """Looks at a run from time to time, beside the loop that works on it."""

    def __init__(
        self,
        store: Store,
        run: int,
        settings: GrowthSettings,
        tell: Tell,
        stop: threading.Event,
        silent_seconds: float = SILENT_SECONDS,
        requests_a_call: int | None = None,
    ) -> None:
        self._store = store
        self._run = run
        self._settings = settings
        self._tell = tell
        self._stop = stop
        self._silent_seconds = silent_seconds
        self._requests_a_call = requests_a_call
        self._before = calls.read_account(store, run)
        self._began = self._heard = time.monotonic()
        self._is_silence_said = False
        self._trouble_said = float("-inf")
        self._say_seconds = SAY_SECONDS
        self._ended = asyncio.Event()

    def answered(self, trouble: str) -> None:
        """Somebody answered, with a reply (no trouble) or with this trouble, which is said now and then."""
        self._heard = time.monotonic()
        self._is_silence_said = False
        if trouble and self._heard - self._trouble_said > TROUBLE_SECONDS:
            self._trouble_said = self._heard
            self.say(f"{trouble} Asking again.")

    def say(self, text: str) -> None:
        """Say a sentence to the person."""
        self._tell(events.Said(self._run, text))

    async def watch(self, pace: Pace) -> None:
        """Report until the end; a stop lets everybody go who waits for a turn."""
        last = time.monotonic()
        while not self._ended.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._ended.wait(), SAY_SECONDS)
            if self._stop.is_set():
                pace.open()
            self._watch_silence(pace.in_flight)
            if time.monotonic() - last >= self._say_seconds and not self._ended.is_set():
                await asyncio.to_thread(self.report)
                last = time.monotonic()

    def end(self) -> None:
        """End the watch."""
        self._ended.set()

    def report(self) -> None:
        """Say how far the run is, and keep it in its row."""
        began = time.monotonic()
        progress = self._progress(calls.read_account(self._store, self._run), began - self._began)
        runs.beat(self._store, self._run, asdict(progress))
        self._tell(progress)
        # a large tree takes long to count: never more than a twentieth of the time
        self._say_seconds = max(SAY_SECONDS, 20 * (time.monotonic() - began))

    def _progress(self, account: Account, passed: float) -> events.Progress:
        made = account.kept - self._before.kept
        left = (self._settings.target - account.kept) * passed / made if made else None
        course = spending.read_course(self._store, self._run)
        tokens_at_end, usd_at_end = project(course, self._settings, self._requests_a_call)
        a_minute = 60 / max(1.0, passed)
        usd = None if account.usd is None else account.usd - (self._before.usd or 0.0)
        return events.Progress(
            run=self._run,
            target=self._settings.target,
            asked=account.asked,
            surplus=account.surplus,
            kept=account.kept,
            discarded=account.discarded,
            missing=account.missing,
            failed=account.failed,
            waiting=account.waiting,
            tokens=account.tokens,
            usd=account.usd,
            seconds_left=None if left is None else max(0.0, left),
            calls=course.decided,
            tokens_a_minute=(account.tokens - self._before.tokens) * a_minute,
            usd_a_minute=None if usd is None else usd * a_minute,
            tokens_at_end=tokens_at_end,
            usd_at_end=usd_at_end,
        )

    def _watch_silence(self, in_flight: int) -> None:
        now = time.monotonic()
        if not in_flight:
            self._heard = now
        elif now - self._heard > self._silent_seconds and not self._is_silence_said:
            self._is_silence_said = True
            self.say(f"No reply for {self._silent_seconds:.0f} s; {in_flight} requests wait for one.")
