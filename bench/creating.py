"""Creating at full strength: calls a second, everything included, beside other ways and other engines.

The others: a sequential and a bare asyncio loop, distilabel and Bespoke Curator (bench/others.py). A loopback server
with one second of latency stands for the creator (bench/fast_server.py, a process of its own); the anchors keep
nothing. Run from the project's root: python bench/creating.py
"""

import argparse
import asyncio
import json
import os
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import openai
import others
from fast_server import FastServer

from seedbed_engine import events, jobs
from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.curating.door import Door
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import calls, runs, seeds
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.settings import GrowthSettings
from seedbed_engine.similarity import Vectors, unit_rows

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")
RATE = 1200
NO_LIMIT = 1_000_000
NEW, THRESHOLD = 120, GrowthSettings().twin_threshold  # examples that are usually looked at together; what a twin is
ENCODING_SECONDS = 150  # for the door's real vectors; a later run goes on
DOOR_FIGURES = (
    "door_ms_100k",
    "door_ms_1m",
    "door_cpu_ms_100k",
    "door_cpu_ms_1m",
    "door_recall",
    "door_real",
)  # need the paper's data sets


@dataclass(frozen=True)
class Measured:
    """One run: calls a second from first request to last commit, and after the ramp; processor seconds a call."""

    calls: int
    seconds: float
    whole_per_s: float
    committed_per_s: float
    decided_per_s: float
    cpu_ms: float
    refused: int
    said: str

    def __str__(self) -> str:
        return (
            f"{self.calls} calls in {self.seconds:.1f} s: {self.whole_per_s:.1f}/s from first request to last commit; "
            f"after the ramp {self.committed_per_s:.1f}/s committed, {self.decided_per_s:.1f}/s decided; "
            f"{self.cpu_ms:.1f} ms of processor a call; {self.refused} refused; "
            f"load {os.getloadavg()[0]:.1f}; {self.said}"
        )


def steady(times: Sequence[float], after: float, until: float = 1.0) -> float:
    """Calls a second between the moments at which these shares of the calls were through."""
    ordered = sorted(times)
    first, last = int(len(ordered) * after), int((len(ordered) - 1) * until)
    return (last - first) / max(1e-9, ordered[last] - ordered[first])


def ours(folder: Path, name: str, server: FastServer, count: int, ramp: float, **given: Any) -> Measured:
    """A growth through the whole engine, as the command line works on it."""
    os.environ["SEEDBED_BENCH"] = "bench"
    path = folder / f"{name}.seedbed"
    settings = GrowthSettings.from_fields(
        {"creator": "hosted", "model": "bench", "base_url": server.address, "key_name": "SEEDBED_BENCH"}
        | {"target": NO_LIMIT, "max_calls": count, **given}
    )
    with create_project(path) as store:
        run = runs.add_run(store, "grow", settings.to_json(), seeds.add_seed(store, SEED, Options.FIXED))
    said: list[str] = []

    def tell(event: events.Event) -> None:
        if isinstance(event, events.Failed | events.Finished | events.Stopped):
            said.append(str(event))

    began = time.process_time()
    jobs.work_on(path, run, tell, threading.Event())
    cpu = time.process_time() - began
    with open_project(path) as store:
        rows = store.rows("SELECT sent, replied FROM request WHERE outcome = 'read'")
        made = store.rows("SELECT call, MAX(created) FROM example GROUP BY call")
        account = calls.read_account(store, run)
    assert account.adds_up, account
    replied = [datetime.fromisoformat(row[1]).timestamp() for row in rows]
    decided = [datetime.fromisoformat(row[1]).timestamp() for row in made]
    first = min(datetime.fromisoformat(row[0]).timestamp() for row in rows)
    seconds = max(*replied, *decided) - first
    return Measured(
        len(rows),
        seconds,
        len(rows) / seconds,
        steady(replied, ramp),
        steady(decided, ramp),
        1000 * cpu / len(rows),
        server.counted()["refused"],
        said[-1][:160],
    )


def at_the_door(kept: int, real: Vectors) -> dict[str, float]:
    """Milliseconds an example at a door that has let in so many, and the share of twins that it sees.

    Kept are real vectors and, beyond these, mixtures of two. The new ones are real ones that are not kept, and a third
    of kept ones that were moved by more and more, around the threshold.
    """
    import numpy as np  # not before the engine, which says how numpy's waiting threads wait

    chance = np.random.default_rng(3)
    new, kept_ones = real[:NEW].copy(), real[NEW:]
    moved = NEW // 3
    shares = np.linspace(0, 0.5, moved, dtype=np.float32)[:, None]
    new[:moved] = unit_rows(kept_ones[chance.choice(len(kept_ones), moved)] + shares * new[:moved])
    door = Door(real.shape[1], THRESHOLD)
    exact: set[tuple[int, int]] = set()
    for first in range(0, kept, len(kept_ones)):
        rows = kept_ones[: kept - first]
        if first:
            rows = unit_rows(
                rows + chance.uniform(0.5, 1, (len(rows), 1)).astype(np.float32) * chance.permutation(rows)
            )
        door.remember(["kept"] * len(rows), rows, range(first + 1, first + len(rows) + 1))
        places = np.argwhere(new.astype(np.float64) @ rows.astype(np.float64).T >= THRESHOLD)
        exact |= {(int(row), first + int(place)) for row, place in places}
    began, cpu = time.perf_counter(), time.process_time()
    glances = door.glance(new)
    refused = 0
    for number, (vector, glance) in enumerate(zip(new, glances, strict=True)):
        refused += door.ask(Example("Is it " + "x" * number, ("yes", "no"), "yes"), vector, glance) is not None
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    seen = {(row, place) for row, glance in enumerate(glances) for place in glance.near}
    assert refused == len({row for row, _ in exact})
    print(f"door, {kept} kept: {1000 * seconds / NEW:.2f} ms an example, {refused} of {NEW} are twins")
    return {"ms": 1000 * seconds / NEW, "cpu": 1000 * cpu / NEW, "recall": len(exact & seen) / len(exact)}


def doors(only_small: bool) -> dict[str, float | None]:
    """The door at 100,000 and at a million kept examples."""
    from real_texts import data_folder, many_texts, vectors_of

    from seedbed_engine.encoding.encoder import Encoder

    began = time.perf_counter()
    real = vectors_of(Encoder(), many_texts(data_folder(), 100_000 + NEW), ENCODING_SECONDS)
    print(f"{len(real)} real vectors in {time.perf_counter() - began:.0f} s")
    small = at_the_door(100_000, real)
    large = dict.fromkeys(small) if only_small else at_the_door(1_000_000, real)
    found: dict[str, float | None] = {"door_ms_100k": small["ms"], "door_cpu_ms_100k": small["cpu"]}
    found |= {"door_ms_1m": large["ms"], "door_cpu_ms_1m": large["cpu"], "door_real": len(real) - NEW}
    return found | {"door_recall": min(small["recall"], large["recall"] or 1.0)}


def request_body(number: int) -> dict[str, Any]:
    words = words_for_call(infer_format(SEED, Options.FIXED), SEED, 5)
    schema = {"name": "examples", "strict": True, "schema": words.schema}
    return {
        "model": "bench",
        "messages": [{"role": message.role, "content": message.content} for message in words.messages],
        "max_tokens": 1200,
        "seed": number,
        "response_format": {"type": "json_schema", "json_schema": schema},
    }


async def _bare(address: str, count: int, slots: int) -> None:
    turns = asyncio.Semaphore(slots)
    async with openai.AsyncOpenAI(api_key="bench", base_url=address, max_retries=0) as client:

        async def ask(number: int) -> None:
            async with turns:
                await client.chat.completions.create(**request_body(number))

        await asyncio.gather(*map(ask, range(count)))


def bare(count: int, slots: int) -> dict[str, float]:
    """The openai client in a bare asyncio loop: replies thrown away."""
    with FastServer(slots) as server:
        began, cpu = time.perf_counter(), time.process_time()
        asyncio.run(_bare(server.address, count, slots))
        seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(f"bare loop, {slots} slots: {count / seconds:.1f} calls/s, {1000 * cpu / count:.1f} ms of processor a call")
    return {f"anchor_bare_per_s_{slots}_slots": count / seconds, f"anchor_bare_cpu_ms_{slots}": 1000 * cpu / count}


def sequential(count: int) -> dict[str, float]:
    """One call after the other, as the reference program works."""
    with FastServer(1) as server:
        began = time.perf_counter()
        asyncio.run(_bare(server.address, count, 1))
        return {"anchor_sequential_per_s": count / (time.perf_counter() - began)}


def at_64(folder: Path, count: int) -> dict[str, float]:
    found: dict[str, float] = {}
    for strategy, ramp in (("naive", 0.1), ("tree", 0.1)):
        with FastServer(64) as server:
            measured = ours(folder, strategy, server, count, ramp, strategy=strategy, concurrency=64)
        print(f"{strategy}, 64 slots: {measured}")
        found[f"calls_per_s_64_slots_{strategy}_whole"] = measured.whole_per_s
        found[f"calls_per_s_64_slots_{strategy}"] = min(measured.committed_per_s, measured.decided_per_s)
        found[f"cpu_ms_64_slots_{strategy}"] = measured.cpu_ms
    found["calls_per_s_64_slots"] = min(found["calls_per_s_64_slots_naive"], found["calls_per_s_64_slots_tree"])
    return found


def at_512(folder: Path, count: int) -> dict[str, float]:
    with FastServer(512) as server:
        measured = ours(folder, "wide", server, count, 0.3, strategy="naive", concurrency=512)
    print(f"naive, 512 slots: {measured}")
    return {
        "calls_per_s_512_committed": measured.committed_per_s,
        "calls_per_s_512_decided": measured.decided_per_s,
        "cpu_ms_512_slots": measured.cpu_ms,
    }


def with_a_rate(folder: Path, minutes: float) -> dict[str, float]:
    """A server that refuses what comes above its rate: with the setting, with its headers, and without either."""
    found: dict[str, float] = {}
    ways: list[tuple[str, bool, dict[str, Any]]] = [
        ("setting", False, {"requests_per_minute": RATE}),
        ("headers", True, {}),
        ("retry_after", False, {}),
    ]
    for name, says_limits, given in ways:
        with FastServer(NO_LIMIT, per_minute=RATE, says_limits=says_limits) as server:
            measured = ours(folder, name, server, int(RATE * minutes), 0.05, strategy="naive", concurrency=64, **given)
        print(f"{RATE} requests a minute, by {name}: {measured}")
        found[f"share_of_rate_limit_{name}"] = measured.whole_per_s * 60 / RATE
        found[f"refused_share_{name}"] = measured.refused / (measured.calls + measured.refused)
    for key, choose in (("share_of_rate_limit", min), ("refused_share", max)):
        found[key] = choose(found[f"{key}_{name}"] for name, _, _ in ways)
    return found


def ratios(found: dict[str, float | None]) -> dict[str, float | None]:
    """Ours, from first request to last commit, beside each anchor with as many slots; None where one is missing."""
    ours_64 = found.get("calls_per_s_64_slots_naive_whole")
    made: dict[str, float | None] = {}
    for name in ("sequential_per_s", "bare_per_s_64_slots", "distilabel_per_s_64", "curator_per_s_64"):
        anchor = found.get(f"anchor_{name}")
        made[f"ratio_to_{name.split('_')[0]}"] = ours_64 / anchor if ours_64 and anchor else None
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="fewer calls")
    parser.add_argument("--only", choices=["64", "512", "rate", "door", "anchors", "others"])
    parser.add_argument("--environments", type=Path, default=others.default_folder(), help="of the other engines")
    given = parser.parse_args()
    count = 640 if given.quick else 3000
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    found: dict[str, float | None] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with FastServer(64, delay=0.0) as server:  # what a process loads once is not counted with the calls
            ours(folder, "warm", server, 20, 0.1)
        if given.only in (None, "anchors"):
            found |= sequential(5) | bare(640, 64) | bare(2048, 512)
        if given.only in (None, "anchors", "others"):
            found |= others.measure(given.environments, request_body(0)["messages"], 640, 64)
        if given.only in (None, "64"):
            found |= at_64(folder, count)
        if given.only in (None, "512"):
            found |= at_512(folder, 2048)
        if given.only in (None, "rate"):
            found |= with_a_rate(folder, 0.5 if given.quick else 1.25)
    if given.only in (None, "door"):
        found |= doors(given.quick) if "SEEDBED_DATA" in os.environ else dict.fromkeys(DOOR_FIGURES)
    print(f"load average {os.getloadavg()[0]:.1f}")
    found |= ratios(found)
    print(json.dumps({name: None if value is None else round(value, 4) for name, value in found.items()}))


if __name__ == "__main__":
    main()
