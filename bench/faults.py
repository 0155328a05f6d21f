"""What kills cost: growths against a loopback server with a ledger, killed at random moments and gone on with.

A kill is a SIGKILL. A process that grows is forked from this one, which has loaded the encoder already: so a kill
costs a second and not five. What the fork does is what `seedbed run` does: `jobs.work_on` on the project file. Each
growth ends undisturbed; then its file is compared with the ledger, and its tree with that of a growth that nobody
killed. Run from the project's root: python bench/faults.py [--kills N] [--seed N]
"""

import os

os.environ["OMP_NUM_THREADS"] = "1"  # a forked process would wait for ever for threads that were not forked with it
os.environ["TOKENIZERS_PARALLELISM"] = "false"

import argparse
import contextlib
import hashlib
import importlib
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from seedbed_engine import jobs
from seedbed_engine.creating import doors
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import calls, exchange, runs, seeds
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.settings import STRATEGIES, GrowthSettings

SERVER = Path(__file__).parents[1] / "tests" / "chat_server.py"
SEED = Example("Is amber a stone?", ("True", "False"), "False")
KILLS = 200
A_GROWTH = 10  # kills after which a growth is left to reach its end
TARGET = 200
DELAY = 0.05  # seconds in which the server answers
LATEST = 0.6  # seconds until which a kill may come, after the fork or after the first request
AT_ONCE = 0.2  # share of the kills that do not wait for a request
WAIT = 10.0  # seconds that the others wait for one at most

Key = tuple[str, int]


@dataclass
class Figures:
    """What is counted over all growths."""

    kills: int = 0
    replies_lost: int = 0
    replies_paid_twice: int = 0
    examples_twice: int = 0
    replies_delivered: int = 0
    possibly_billed: int = 0
    growths: int = 0
    files_damaged: int = 0
    trees_that_differ: int = 0
    lines_that_do_not_add_up: int = 0
    when: Counter[str] = field(default_factory=Counter)


@contextlib.contextmanager
def a_server(ledger: Path) -> Iterator[str]:
    """The address of a chat server in a process of its own, which writes down each reply that it delivered."""
    command = [sys.executable, str(SERVER), "--ledger", str(ledger), "--delay", str(DELAY)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def new_project(path: Path, address: str, number: int) -> int:
    settings = GrowthSettings(
        creator="hosted",
        model="test-model",
        base_url=address,
        target=TARGET,
        strategy=STRATEGIES[number % len(STRATEGIES)],
        concurrency=64 if number % 2 else 8,
        seed_number=number,
        twin_threshold=0.99,
        key_name="SEEDBED_NO_KEY",
    )
    with create_project(path) as store:
        return runs.add_run(store, "grow", settings.to_json(), seeds.add_seed(store, SEED, Options.FIXED))


def forked(path: Path, run: int) -> int:
    """The number of a process that works on the run."""
    process = os.fork()
    if process == 0:
        try:
            state = jobs.work_on(path, run, lambda event: None)
        except BaseException as error:  # noqa: BLE001  nothing may go on in the copy of this process
            print(repr(error), file=sys.stderr)
            state = "failed"
        os._exit(0 if state == "finished" else 1)
    return process


def kill_soon(path: Path, run: int, chance: random.Random, figures: Figures) -> bool:
    """Whether the work was killed; False where it had reached its end before."""
    before = asked(path)
    process = forked(path, run)
    until = time.monotonic() + (0.0 if chance.random() < AT_ONCE else WAIT)
    while asked(path) == before and time.monotonic() < until:  # most kills come while something is asked
        time.sleep(0.02)
    time.sleep(chance.uniform(0.0, LATEST))
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    if not os.WIFSIGNALED(status):
        if os.WEXITSTATUS(status):
            raise SystemExit("a growth ended in trouble")
        return False
    figures.kills += 1
    figures.when[moment(path)] += 1
    return True


def asked(path: Path) -> int:
    return int(str(rows(path, "SELECT COUNT(*) FROM request")[0][0]))


def moment(path: Path) -> str:
    """What was going on when the kill came, as the file shows it."""
    outcomes = {row[0] for row in rows(path, "SELECT DISTINCT outcome FROM request")}
    if "sent" in outcomes:
        return "requests in flight"
    return "replies to be read" if "replied" in outcomes else "between requests" if outcomes else "before the first"


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with contextlib.closing(sqlite3.connect(path, timeout=30)) as database:
        return database.execute(query).fetchall()


def finish(path: Path, run: int) -> None:
    _, status = os.waitpid(forked(path, run), 0)
    if status:
        raise SystemExit("a growth did not reach its end")


def key_of(messages: str, sampling: str) -> Key:
    digest = hashlib.sha256(json.dumps(json.loads(messages)).encode()).hexdigest()[:24]
    return digest, json.loads(sampling)["seed"]


def delivered(ledger: Path) -> Counter[Key]:
    lines = ledger.read_text(encoding="utf-8").splitlines() if ledger.exists() else []
    return Counter((entry["request"], entry["seed"]) for entry in map(json.loads, lines))


def compare(path: Path, run: int, ledger: Counter[Key], figures: Figures) -> None:
    """Hold what the file has against what the server delivered. A reply is paid twice where the server delivered it
    more often than the file owns up to: once, and once more for each request that shows as possibly billed."""
    found = rows(path, "SELECT messages, sampling, raw_reply IS NOT NULL, outcome FROM request")
    kept = Counter(key_of(str(m), str(s)) for m, s, has_reply, _ in found if has_reply)
    in_doubt = Counter(key_of(str(m), str(s)) for m, s, _, outcome in found if outcome == "possibly billed")
    figures.growths += 1
    figures.replies_delivered += ledger.total()
    figures.possibly_billed += in_doubt.total()
    figures.replies_lost += len(ledger.keys() - kept.keys())
    figures.replies_paid_twice += sum(max(0, times - 1 - in_doubt[key]) for key, times in ledger.items())
    figures.replies_paid_twice += sum(times - 1 for times in kept.values())
    twice = "SELECT COUNT(*) - COUNT(DISTINCT key) + COUNT(*) - COUNT(DISTINCT question_key) FROM example"
    figures.examples_twice += int(str(rows(path, twice)[0][0]))
    figures.files_damaged += rows(path, "PRAGMA integrity_check") != [("ok",)]
    with open_project(path) as store:
        figures.lines_that_do_not_add_up += not calls.read_account(store, run).adds_up


def exported(path: Path) -> str:
    table = path.with_suffix(".jsonl")
    with open_project(path) as store:
        exchange.export_examples(store, [1], table)
    return table.read_text(encoding="utf-8")


def one_growth(folder: Path, number: int, kills: int, chance: random.Random, figures: Figures) -> None:
    """A growth that is killed up to so many times, beside one that is not, each on a server of its own."""
    killed, whole = folder / f"killed-{number}.seedbed", folder / f"whole-{number}.seedbed"
    ledger = folder / f"ledger-{number}.jsonl"
    with a_server(ledger) as address:
        run = new_project(killed, address, number)
        for _ in range(kills):
            if not kill_soon(killed, run, chance, figures):
                break
        finish(killed, run)
    compare(killed, run, delivered(ledger), figures)
    with a_server(folder / "other.jsonl") as address:
        finish(whole, new_project(whole, address, number))
    figures.trees_that_differ += exported(killed) != exported(whole)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--seed", type=int, default=13)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    doors.loaded_encoder()
    importlib.import_module("seedbed_engine.creating.growth")
    importlib.import_module("seedbed_engine.creating.creators.making")  # and with it the client's package
    assert threading.active_count() == 1, "a process with threads cannot be forked safely"
    figures = Figures()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder  # what is remembered of these servers is forgotten with them
        for number in range(10 * options.kills):
            left = options.kills - figures.kills
            if left <= 0:
                break
            one_growth(Path(folder), number, min(A_GROWTH, left), chance, figures)
            print(f"{figures.kills} kills in {figures.growths} growths, {time.monotonic() - began:.0f} s", flush=True)
    print(f"When the kills came: {dict(figures.when.most_common())}")
    print(json.dumps({name: value for name, value in vars(figures).items() if name != "when"}))


if __name__ == "__main__":
    main()
