"""The pace of asking: how many requests may be in flight, and how many a minute; found from how the server answers.

Additive increase (doubling until the first refusal), multiplicative decrease. Knows no request and no server.
"""

import asyncio
import heapq
import itertools
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

FIRST = 8  # requests at once before anything is known of the server, or a quarter of what is allowed
SHARE = 0.98  # of what a server allows a minute: a request may take longer on its way than the one behind it
CATCH_UP = 0.5  # seconds of a limit that may be made up for at once where this process was late
MINUTE = 60.0  # seconds
LONG = 5.0  # seconds that a server asks to wait when a minute's share is used up, and not when it is only busy
RAISED = 1.25  # what a hidden limit is tried at after a minute without a refusal
TRUSTED = 600.0  # seconds for which it is not tried again where that was too much
Order = tuple[int, ...]


@dataclass
class Turn:
    """A request's leave to be sent; who has it says how it ended."""

    number: int  # of all requests, in the order of sending
    tokens: float  # that were expected


@dataclass(slots=True)
class Meter:
    """So much a minute, evenly: `free_at` is when the next may go."""

    per_minute: float | None = None
    free_at: float = 0.0

    def wait(self, at: float) -> float:
        return max(0.0, self.free_at - at) if self.per_minute else 0.0

    def take(self, amount: float, at: float) -> None:
        if self.per_minute:
            self.free_at = max(self.free_at, at - CATCH_UP) + amount * 60.0 / (SHARE * self.per_minute)

    def limit(self, per_minute: float | None) -> None:
        """Keep to this limit too: the lower one counts."""
        if per_minute and per_minute > 0:
            self.per_minute = min(per_minute, self.per_minute or per_minute)


class HiddenLimit:
    """The limit of a server that only says how long to wait, never how much it allows a minute: what it took in the
    minute before it asked for a long wait, raised now and then."""

    def __init__(self) -> None:
        self.meter = Meter()
        self._answered: deque[float] = deque()
        self._refused_at: float | None = None
        self._raise_at = 0.0
        self._is_raised = False

    def succeed(self, at: float) -> None:
        self._answered.append(at)
        while self._answered[0] < at - 2 * MINUTE:
            self._answered.popleft()

    def refuse(self, at: float, seconds: float) -> None:
        """A refusal; of those that came together, one."""
        if self._is_raised and self.meter.per_minute:
            self.meter.per_minute /= RAISED
            self._is_raised, self._raise_at = False, at + TRUSTED
        elif seconds >= LONG and self._refused_at is None:
            self._refused_at = at

    def take(self, at: float) -> None:
        """A request goes: the first after a wait knows what was answered before it."""
        if self._refused_at is not None:
            taken = sum(answered >= self._refused_at - MINUTE for answered in self._answered)
            self.meter.per_minute = float(max(1, taken))
            self._refused_at, self._is_raised, self._raise_at = None, False, at + MINUTE
        elif self.meter.per_minute and at >= self._raise_at:
            self.meter.per_minute *= RAISED
            self._is_raised, self._raise_at = True, at + MINUTE
        self.meter.take(1.0, at)


@dataclass(order=True, slots=True)
class _Waiter:
    order: Order
    number: int
    tokens: float = field(compare=False)
    turn: "asyncio.Future[Turn]" = field(compare=False)
    likeness: str = field(compare=False)


class Pace:
    """Lets requests go: those that are first in canonical order first."""

    def __init__(self, ceiling: int, requests_per_minute: float | None, tokens_per_minute: float | None) -> None:
        self.ceiling = max(1, ceiling)
        self.allowed = float(min(self.ceiling, max(FIRST, self.ceiling // 4)))
        self.in_flight = 0
        self.requests, self.tokens, self.hidden = Meter(), Meter(), HiddenLimit()
        self.learn(requests_per_minute, tokens_per_minute)
        self._threshold = float(self.ceiling)  # below it, growth is by doubling
        self._hold_until = 0.0
        self._sent = self._decreased_at = 0
        self._waiting: list[_Waiter] = []
        self._counter = itertools.count()
        self._alarm: asyncio.TimerHandle | None = None
        self._is_open = False
        self._alike: Counter[str] = Counter()  # in flight, by likeness
        self._last = ""  # the likeness of the request that ended last

    @asynccontextmanager
    async def turn(self, order: Order, tokens: float = 0.0, likeness: str = "") -> AsyncIterator[Turn]:
        """Wait until a request may be sent; it counts as in flight until the end of the block.

        Requests of one likeness begin alike. Where it is said, they follow each other rather than go side by side, so
        that each slot of a server on this machine reads what they share once.
        """
        loop = asyncio.get_running_loop()
        waiter = _Waiter(order, next(self._counter), tokens, loop.create_future(), likeness)
        heapq.heappush(self._waiting, waiter)
        if likeness:  # others that are asked in the same moment are looked at together
            loop.call_soon(self._let_go)
        else:
            self._let_go()
        try:
            turn = await waiter.turn
        except asyncio.CancelledError:
            if waiter.turn.done() and not waiter.turn.cancelled():
                self._end(waiter)
            raise
        try:
            yield turn
        finally:
            self._end(waiter)
            self._let_go()

    def _end(self, waiter: _Waiter) -> None:
        self.in_flight -= 1
        self._alike[waiter.likeness] -= 1
        self._last = waiter.likeness

    def succeed(self, turn: Turn, tokens: int | None) -> None:
        """A reply came: more may be sent at once."""
        self.hidden.succeed(self._now())
        if tokens is not None and self.tokens.per_minute:
            self.tokens.free_at += (tokens - turn.tokens) * 60.0 / (SHARE * self.tokens.per_minute)
        step = 1.0 if self.allowed < self._threshold else 1.0 / self.allowed
        self.allowed = min(float(self.ceiling), self.allowed + step)

    def refuse(self, turn: Turn, seconds: float) -> None:
        """The server has too much to do: fewer at once (once for all that were in flight together), and none for as
        long as it asks."""
        if turn.number > self._decreased_at:
            self._decreased_at = self._sent
            self.allowed = self._threshold = max(1.0, self.allowed / 2)
            self.hidden.refuse(self._now(), seconds)
        self.hold(seconds)

    def hold(self, seconds: float) -> None:
        """Nobody goes for so long: the server has nothing left to give."""
        self._hold_until = max(self._hold_until, self._now() + seconds)

    def learn(self, requests_per_minute: float | None, tokens_per_minute: float | None) -> None:
        """Keep to these limits too."""
        self.requests.limit(requests_per_minute)
        self.tokens.limit(tokens_per_minute)

    def open(self) -> None:
        """Let everybody go: the run is to stop, and who waits here finds that out."""
        self._is_open = True
        self._let_go()

    def _let_go(self) -> None:
        while self._waiting:
            if self._waiting[0].turn.done():  # whoever waited was cancelled
                heapq.heappop(self._waiting)
                continue
            if not self._is_open and not self._may_go():
                return
            waiter = self._take_next()
            at = self._now()
            self.requests.take(1.0, at)
            self.hidden.take(at)
            self.tokens.take(waiter.tokens, at)
            self.in_flight += 1
            self._alike[waiter.likeness] += 1
            self._sent += 1
            waiter.turn.set_result(Turn(self._sent, waiter.tokens))

    def _take_next(self) -> _Waiter:
        """The first in order; but where likeness is said, first one like the last to end, then one like none in
        flight."""
        if not self._waiting[0].likeness:
            return heapq.heappop(self._waiting)
        chosen = min(self._waiting, key=lambda w: (w.likeness != self._last, self._alike[w.likeness] > 0, w))
        self._waiting.remove(chosen)
        heapq.heapify(self._waiting)
        return chosen

    def _may_go(self) -> bool:
        if self.in_flight >= int(self.allowed):
            return False
        at = self._now()
        meters = (self.requests, self.tokens, self.hidden.meter)
        wait = max(self._hold_until - at, *(meter.wait(at) for meter in meters))
        if wait <= 0:
            return True
        self._wake(at + wait)
        return False

    def _wake(self, at: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_at(at, self._let_go)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
