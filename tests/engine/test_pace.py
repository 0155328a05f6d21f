"""The pace doubles until it is refused, halves once for what was in flight together, and keeps to a rate."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from seedbed_engine.creating.creators.protocol import Transient
from seedbed_engine.creating.pace import RAISED, SHARE, HiddenLimit, Pace
from seedbed_engine.creating.patience import LONGEST_WAIT, REFUSALS, Failures


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(work, 20))


async def most_at_once(pace: Pace, count: int) -> int:
    most = 0

    async def ask(number: int) -> None:
        nonlocal most
        async with pace.turn((number,)) as turn:
            most = max(most, pace.in_flight)
            await asyncio.sleep(0.005)
            pace.succeed(turn, None)

    await asyncio.gather(*map(ask, range(count)))
    return most


def test_the_pace_rises_to_the_ceiling_and_never_above() -> None:
    async def work() -> None:
        pace = Pace(64, None, None)
        assert await most_at_once(pace, 16) == 16
        assert await most_at_once(pace, 300) == 64

    run(work())


def test_a_ceiling_of_one_is_one_at_a_time() -> None:
    async def work() -> None:
        assert await most_at_once(Pace(1, None, None), 10) == 1

    run(work())


def test_refusals_of_what_was_in_flight_together_halve_once_and_then_the_pace_rises_slowly() -> None:
    async def work() -> None:
        pace = Pace(32, None, None)

        async def refused(number: int) -> None:
            async with pace.turn((number,)) as turn:
                await asyncio.sleep(0.005)
                pace.refuse(turn, 0.0)

        await asyncio.gather(*map(refused, range(8)))
        assert pace.allowed == 4.0
        await most_at_once(pace, 4)
        assert 4.5 < pace.allowed < 5.1

    run(work())


def test_nobody_goes_while_the_server_asks_to_wait_and_the_first_in_order_goes_first() -> None:
    async def work() -> None:
        pace = Pace(1, None, None)
        loop = asyncio.get_running_loop()
        async with pace.turn((0,)) as turn:
            pace.refuse(turn, 0.2)
        began, gone = loop.time(), []

        async def ask(number: int) -> None:
            async with pace.turn((number,)):
                gone.append(number)

        await asyncio.gather(*map(ask, [3, 1, 2]))
        assert gone == [1, 2, 3]
        assert loop.time() - began > 0.19

    run(work())


def test_a_rate_is_kept_and_nearly_reached() -> None:
    async def work() -> None:
        pace = Pace(64, None, None)
        pace.learn(12_000, None)  # 200 a second
        loop = asyncio.get_running_loop()
        await most_at_once(pace, 120)  # what may be made up for at once
        began = loop.time()
        await most_at_once(pace, 200)
        assert loop.time() - began > 0.95 / SHARE

    run(work())


def test_tokens_are_counted_as_they_were_used() -> None:
    async def work() -> None:
        pace = Pace(8, None, 60_000)  # 1,000 a second
        async with pace.turn((0,), tokens=3_000) as turn:
            pace.succeed(turn, 600)
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with pace.turn((1,), tokens=600):
            assert loop.time() - began < 0.5

    run(work())


def test_a_stop_lets_everybody_go() -> None:
    async def work() -> None:
        pace = Pace(1, None, None)
        async with pace.turn((0,)) as turn:
            pace.refuse(turn, 3600.0)
        waiting = asyncio.create_task(most_at_once(pace, 3))
        await asyncio.sleep(0.05)
        assert not waiting.done()
        pace.open()
        await waiting

    run(work())


def test_who_gives_up_waiting_takes_no_place() -> None:
    async def work() -> None:
        pace = Pace(1, None, None)
        async with pace.turn((0,)):
            waiting = asyncio.create_task(most_at_once(pace, 1))
            await asyncio.sleep(0.01)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        assert await most_at_once(pace, 3) == 1
        assert pace.in_flight == 0

    run(work())


def test_a_refusal_uses_up_no_attempt_and_silence_only_two() -> None:
    failures = Failures()
    for _ in range(REFUSALS - 1):
        failures.add(Transient("Too many.", retry_after=0.5, is_refusal=True))
    assert not failures.are_enough
    assert failures.wait == 0.5
    failures.add(Transient("In trouble."))
    assert failures.wait == 0.5
    failures.add(Transient("In trouble.", retry_after=9999.0))
    assert failures.wait == LONGEST_WAIT
    assert not failures.are_enough
    failures.add(Transient("Silent.", is_silent=True))
    failures.add(Transient("Silent.", is_silent=True))
    assert failures.are_enough


def test_requests_that_begin_alike_follow_each_other_and_others_go_beside_them() -> None:
    async def work() -> None:
        pace = Pace(2, None, None)
        gone: list[tuple[str, int]] = []
        most: list[int] = []

        async def ask(place: int, likeness: str) -> None:
            async with pace.turn((place,), likeness=likeness):
                gone.append((likeness, place))
                most.append(pace.in_flight)
                await asyncio.sleep(0.005 * (1 + (likeness == "b")))

        await asyncio.gather(*(ask(place, likeness) for place, likeness in enumerate("aaabbbcc")))
        assert [place for likeness, place in gone if likeness == "a"] == [0, 1, 2]
        assert [likeness for likeness, _ in gone][:3] == ["a", "b", "a"]
        assert sorted(gone) == sorted((likeness, place) for place, likeness in enumerate("aaabbbcc"))
        assert max(most) == 2

    run(work())


def sliding_window(limit: int, minutes: float, *, at_once: int) -> tuple[int, int]:
    """How many a server took and refused that allows `limit` in any minute and only says how long to wait."""
    hidden, taken, refused = HiddenLimit(), list[float](), 0
    at = 0.0
    while at < minutes * 60:
        at += max(1.0, hidden.meter.wait(at))
        for _ in range(at_once):
            if hidden.meter.wait(at) > 0:
                break
            hidden.take(at)
            window = [each for each in taken if each > at - 60]
            if len(window) >= limit:
                refused += 1
                wait = window[0] + 60 - at
                hidden.refuse(at, wait)
                at += wait
                break
            taken.append(at)
            hidden.succeed(at)
    return len(taken), refused


def test_a_limit_that_the_server_does_not_say_is_found_from_its_refusals() -> None:
    taken, refused = sliding_window(60, 30, at_once=10)
    assert taken >= 0.9 * 60 * 30
    assert refused <= 0.01 * taken


def test_a_short_wait_teaches_no_limit_and_a_raised_one_that_is_refused_is_taken_back() -> None:
    hidden = HiddenLimit()
    hidden.take(0.0)
    hidden.succeed(0.5)
    hidden.refuse(1.0, 1.0)
    hidden.take(2.0)
    assert hidden.meter.per_minute is None
    hidden.succeed(2.5)
    hidden.refuse(3.0, 57.0)
    hidden.take(60.0)
    assert hidden.meter.per_minute == 2
    hidden.take(120.0)
    assert hidden.meter.per_minute == 2 * RAISED
    hidden.refuse(121.0, 1.0)
    assert hidden.meter.per_minute == 2
    hidden.take(300.0)
    assert hidden.meter.per_minute == 2
