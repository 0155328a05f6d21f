"""A growth whose process is killed at any moment loses no reply, pays for none twice, and ends in the same tree."""

import contextlib
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from seedbed_engine import events
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import calls, exchange, runs, seeds
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.trees import NewExample, insert_examples
from seedbed_engine.settings import GrowthSettings, MendingSettings

KILLS = 10
FEW_KILLS = 3
TARGET = 250


def new_project(path: Path, address: str) -> int:
    settings = GrowthSettings(
        creator="hosted", model="test-model", base_url=address, target=TARGET, key_name="SEEDBED_NO_KEY", concurrency=2
    )
    with create_project(path) as store:
        seed = seeds.add_seed(store, Example("Is amber a stone?", ("True", "False"), "False"), Options.FIXED)
        return runs.add_run(store, "grow", settings.to_json(), seed)


def start(path: Path, run: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-u", "-m", "seedbed_engine", "run", str(path), str(run)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def work(path: Path, run: int) -> list[events.Event | None]:
    process = start(path, run)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said[-2000:]
    return [events.from_line(line) for line in said.splitlines()]


def kill_in_the_midst(path: Path, run: int, chance: random.Random) -> None:
    """Start the work and kill it some moments after its first replies came."""
    process = start(path, run)
    assert process.stdout is not None
    for line in process.stdout:
        event = events.from_line(line)
        if isinstance(event, events.Progress) and event.waiting:
            break
    time.sleep(chance.uniform(0.0, 0.4))
    process.kill()
    process.wait()
    process.stdout.close()
    assert process.stdin is not None
    process.stdin.close()
    assert process.returncode in (-signal.SIGKILL, 0)


def exported(path: Path, into: Path) -> str:
    with open_project(path) as store:
        exchange.export_examples(store, [1], into)
    return into.read_text(encoding="utf-8")


def requests_of(path: Path) -> list[dict[str, Any]]:
    database = sqlite3.connect(path)
    database.row_factory = sqlite3.Row
    found = [dict(row) for row in database.execute("SELECT * FROM request")]
    assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    database.close()
    return found


def key_of_request(row: dict[str, Any]) -> tuple[str, int]:
    seed = json.loads(row["sampling"])["seed"]
    return hashlib.sha256(json.dumps(json.loads(row["messages"])).encode()).hexdigest()[:24], seed


def test_a_growth_killed_again_and_again_loses_nothing_and_pays_for_nothing_twice(
    tmp_path: Path, chat_server: Any
) -> None:
    chat_server.delay = 0.2
    chance = random.Random(13)
    path = tmp_path / "killed.seedbed"
    run = new_project(path, chat_server.address)
    for _ in range(KILLS):
        kill_in_the_midst(path, run, chance)
    chat_server.delay = 0.0
    work(path, run)
    rows = requests_of(path)
    replied = Counter(key_of_request(row) for row in rows if row["raw_reply"] is not None)
    in_doubt = Counter(key_of_request(row) for row in rows if row["outcome"] == "possibly billed")
    delivered = Counter((entry["request"], entry["seed"]) for entry in chat_server.ledger)
    assert set(replied) == set(delivered)
    assert set(replied.values()) == {1}
    for key, count in delivered.items():
        assert count - 1 <= in_doubt[key]
    with open_project(path) as store:
        account = calls.read_account(store, run)
    assert account.adds_up
    assert account.kept >= TARGET

    whole = tmp_path / "whole.seedbed"
    work(whole, new_project(whole, chat_server.address))
    assert exported(path, tmp_path / "killed.jsonl") == exported(whole, tmp_path / "whole.jsonl")


def test_a_stop_drains_what_is_in_flight_and_the_run_goes_on_later(tmp_path: Path, chat_server: Any) -> None:
    chat_server.delay = 0.05
    path = tmp_path / "stopped.seedbed"
    run = new_project(path, chat_server.address)
    process = start(path, run)
    assert process.stdout is not None
    assert process.stdin is not None
    for line in process.stdout:
        if isinstance(events.from_line(line), events.Kept):
            process.stdin.write("stop\n")
            process.stdin.flush()
            break
    rest = [events.from_line(line) for line in process.stdout]
    chat_server.delay = 0.0
    assert process.wait(timeout=30) == 3
    process.stdout.close()
    process.stdin.close()
    assert isinstance(rest[-1], events.Stopped)
    assert not [row for row in requests_of(path) if row["outcome"] == "sent"]
    assert isinstance(work(path, run)[-1], events.Finished)
    assert not [row for row in requests_of(path) if row["outcome"] == "possibly billed"]


def test_a_second_process_cannot_grow_the_same_seed(tmp_path: Path, chat_server: Any) -> None:
    chat_server.delay = 0.2
    path = tmp_path / "twice.seedbed"
    run = new_project(path, chat_server.address)
    first = start(path, run)
    assert first.stdout is not None
    first.stdout.readline()
    second = subprocess.run(
        [sys.executable, "-m", "seedbed_engine", "grow", str(path), "--creator", "scripted", "--model", "none"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )
    assert second.returncode == 1
    assert f"process {first.pid}" in " ".join(second.stderr.split())
    first.kill()
    first.communicate()


def answer_slowly(body: dict[str, Any]) -> str:
    """An answer that depends on the request alone."""
    options = json.loads(body["messages"][-1]["content"])["options"]
    digest = hashlib.sha256(json.dumps([body["messages"], body["seed"]]).encode()).digest()
    return json.dumps({"answer": options[digest[0] % len(options)]})


def asked_again(path: Path) -> list[tuple[Any, ...]]:
    with contextlib.closing(sqlite3.connect(path)) as database:
        query = """SELECT a.example, q.part, a.answer, a.place, e.flag FROM answer_again a
JOIN request q ON q.id = a.request JOIN example e ON e.id = a.example ORDER BY 1, 2"""
        return database.execute(query).fetchall()


def test_a_re_answering_killed_again_and_again_asks_only_what_was_not_answered(
    tmp_path: Path, chat_server: Any
) -> None:
    chat_server.delay, chat_server.writer = 0.05, answer_slowly
    examples = tuple(range(1, 31))
    settings = MendingSettings(
        creator="hosted", model="m", base_url=chat_server.address, key_name="SEEDBED_NO_KEY", examples=examples, k=3
    )
    paths = [tmp_path / "killed.seedbed", tmp_path / "whole.seedbed"]
    for path in paths:
        with create_project(path) as store:
            seeds.add_seed(store, Example("Is amber a stone?", ("True", "False"), "False"), Options.FIXED)
            new = [
                NewExample(1, None, None, None, 0, f"k{one}", 1, Example(f"Is {one} odd?", ("True", "False"), "True"))
                for one in examples
            ]
            store.do(lambda db, new=new: insert_examples(db, new))
            runs.add_run(store, "reanswer", settings.to_json(), 1)
    chance = random.Random(7)
    for _ in range(FEW_KILLS):
        kill_in_the_midst(paths[0], 1, chance)
    work(paths[0], 1)
    delivered = Counter((entry["request"], entry["seed"]) for entry in chat_server.ledger)
    rows = requests_of(paths[0])
    in_doubt = Counter(key_of_request(row) for row in rows if row["outcome"] == "possibly billed")
    assert len(delivered) == 90
    assert all(count - 1 <= in_doubt[key] for key, count in delivered.items())
    with open_project(paths[0]) as store:
        account = calls.read_account(store, 1)
    assert (account.adds_up, account.kept) == (True, 90)
    work(paths[1], 1)
    assert asked_again(paths[0]) == asked_again(paths[1])
