"""A soak: a tree of a hundred thousand examples grown in one go, a chain as long gone on with: nothing may slow down.

A server without latency stands for the creator, so what is measured is our own work: processor time a call at the
beginning and at the end, memory, and how long a run takes to begin where there is much already. Run from the project's
root: python bench/soak.py [--calls 20000]
"""

import argparse
import json
import os
import resource
import tempfile
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from fast_server import FastServer

from seedbed_engine import events, jobs
from seedbed_engine.creating.doors import loaded_encoder
from seedbed_engine.examples import Example, Options, State, text_digest
from seedbed_engine.keeping import calls, history, runs, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.vectors_kept import write_vectors
from seedbed_engine.settings import GrowthSettings
from seedbed_engine.similarity import unit_rows

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")
N = 5
LOOKS = 20  # at a run, evenly
AGAIN = 200  # calls with which a long chain is gone on with


@dataclass
class Looks:
    """What a run has used so far, looked at from time to time."""

    every: int
    at: list[tuple[int, float, float]] = field(default_factory=list)  # calls, processor seconds, megabytes
    calls: int = 0
    said: str = ""
    began: float = 0.0
    first: float | None = None

    def hear(self, event: events.Event) -> None:
        if isinstance(event, events.Kept):
            self.first = self.first or time.perf_counter()
            self.calls += 1
            if self.calls % self.every == 0:
                self.look()
        elif isinstance(event, events.Failed | events.Finished | events.Stopped):
            self.said = str(event)

    def look(self) -> None:
        self.at.append((self.calls, time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))

    def cpu_ms(self, start: int, end: int) -> float:
        """Milliseconds of processor a call between two looks."""
        (first, before, _), (last, after, _) = self.at[start], self.at[end]
        return 1000 * (after - before) / (last - first)


def work(path: Path, run: int, count: int) -> Looks:
    looks = Looks(max(1, count // LOOKS), began=time.perf_counter())
    looks.look()
    jobs.work_on(path, run, looks.hear, threading.Event())
    if looks.at[-1][0] < looks.calls:
        looks.look()
    print(looks.said[:200])
    return looks


def settings(server: FastServer, **given: Any) -> GrowthSettings:
    os.environ["SEEDBED_BENCH"] = "bench"
    where = {"creator": "hosted", "model": "bench", "base_url": server.address, "key_name": "SEEDBED_BENCH"}
    return GrowthSettings.from_fields({**where, "target": 10_000_000, "concurrency": 512, **given})


def grown(folder: Path, server: FastServer, count: int, strategy: str, **given: Any) -> dict[str, float]:
    """Grow so much in one go."""
    path = folder / f"{strategy}.seedbed"
    with create_project(path) as store:
        seed = seeds.add_seed(store, SEED, Options.FIXED)
        run = runs.add_run(store, "grow", settings(server, strategy=strategy, max_calls=count, **given).to_json(), seed)
    looks = work(path, run, count)
    with open_project(path) as store:
        assert calls.read_account(store, run).adds_up
    edge = max(1, len(looks.at) // 5)  # the first look is before anything is loaded
    found = {
        f"{strategy}_kept": float(kept(path)),
        f"{strategy}_cpu_ms_first": looks.cpu_ms(1, 1 + edge),
        f"{strategy}_cpu_ms_last": looks.cpu_ms(-1 - edge, -1),
        f"{strategy}_megabytes_first": looks.at[edge][2],
        f"{strategy}_megabytes_last": looks.at[-1][2],
    }
    print(found, flush=True)
    return found


def kept(path: Path) -> int:
    with open_project(path) as store:
        return int(store.rows("SELECT COUNT(*) FROM example")[0][0])


def long_chain(store: Store, seed: int, steps: int) -> None:
    """A chain as if it had been imported: each step five examples, the first the parent of the next step's."""
    encoder = loaded_encoder()
    chance = np.random.default_rng(13)
    parent: int | None = None
    for start in range(0, steps, 2000):
        new: list[trees.NewExample] = []
        first = int(store.rows("SELECT COALESCE(MAX(id), 0) + 1 FROM example")[0][0])
        for step in range(start, min(steps, start + 2000)):
            texts = [Example(f"Is it so that {step} goes with {place}?", ("yes", "no"), "yes") for place in range(N)]
            keys = [f"step {step}.{place}" for place in range(N)]
            new += [
                trees.NewExample(seed, parent, None, None, place, key, step + 1, text, drift=0.5)
                for place, (key, text) in enumerate(zip(keys, texts, strict=True))
            ]
            parent = first + len(new) - N
        store.do(partial(trees.insert_examples, examples=new))
        rows = unit_rows(chance.standard_normal((len(new), encoder.dimensions), np.float32))
        digests = [text_digest(one.example.question) for one in new]
        write_vectors(store, encoder.name, dict(zip(digests, rows, strict=True)))


def gone_on_with(folder: Path, server: FastServer, steps: int) -> dict[str, float]:
    """Go on from the end of a long chain, in which something was rejected."""
    path = folder / "long.seedbed"
    with create_project(path) as store:
        seed = seeds.add_seed(store, SEED, Options.FIXED)
        long_chain(store, seed, steps)
        last = int(store.rows("SELECT MAX(id) FROM example")[0][0])
        history.set_state(store, [last], State.REJECTED)
        given = {"strategy": "random", "chains": 64, "parents": (last - N + 1,), "max_calls": AGAIN}
        run = runs.add_run(store, "grow", settings(server, **given).to_json(), seed)
    looks = work(path, run, AGAIN)
    assert looks.first is not None
    found = {
        "long_chain_begins_s": looks.first - looks.began,
        "long_chain_cpu_s": looks.at[-1][1] - looks.at[0][1],
        "long_chain_megabytes": looks.at[-1][2],
    }
    print(found, flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--only", choices=["tree", "chains", "long"])
    given = parser.parse_args()
    found: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name, FastServer(1_000_000, delay=0.0) as server:
        folder = Path(name)
        if given.only in (None, "tree"):
            found |= grown(folder, server, given.calls, "tree")
        if given.only in (None, "chains"):
            found |= grown(folder, server, given.calls // 4, "random", chains=64)
        if given.only in (None, "long"):
            found |= gone_on_with(folder, server, given.calls)
    print(json.dumps({name: round(value, 3) for name, value in found.items()}))


if __name__ == "__main__":
    main()
