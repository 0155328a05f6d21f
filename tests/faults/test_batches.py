"""Growths in batches: posted and left, fetched later, cut off at every step; nothing lost, nothing paid for twice."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine import events, jobs
from seedbed_engine.asking.costs import Estimate, price
from seedbed_engine.asking.formats import DiscardReason
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import batches, calls, exchange, runs, seeds
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.settings import GrowthSettings

MODEL = "gpt-4o-mini"
TARGET = 60


def new_run(path: Path, address: str, **given: Any) -> int:
    settings = GrowthSettings(
        creator="hosted",
        model=MODEL,
        base_url=address,
        key_name="SEEDBED_NO_KEY",
        twin_threshold=0.999,
        **{"target": TARGET, "strategy": "naive", "batch": True, **given},
    )
    if path.exists():
        with open_project(path) as store:
            return runs.add_run(store, "grow", settings.to_json(), 1)
    with create_project(path) as store:
        seed = seeds.add_seed(store, Example("Is amber a stone?", ("True", "False"), "False"), Options.FIXED)
        return runs.add_run(store, "grow", settings.to_json(), seed)


def work(path: Path, run: int) -> events.Event:
    """Work on the run in this process: how it ended."""
    heard: list[events.Event] = []
    jobs.work_on(path, run, heard.append)
    return heard[-1]


def said(event: events.Event) -> str:
    return str(getattr(event, "summary", "") or getattr(event, "what", ""))


def rows(path: Path, query: str) -> list[Any]:
    with open_project(path) as store:
        return [tuple(row) for row in store.rows(query)]


def outcomes(path: Path) -> Counter[str]:
    return Counter(row[0] for row in rows(path, "SELECT outcome FROM request"))


def exported(path: Path) -> str:
    with open_project(path) as store:
        exchange.export_examples(store, [1], path.with_suffix(".jsonl"))
    return path.with_suffix(".jsonl").read_text(encoding="utf-8")


def ungrown(path: Path, server: Any, **given: Any) -> str:
    """The tree of the same growth, asked one by one without batches."""
    other = path.with_name("other.seedbed")
    run = new_run(other, server.address, batch=False, **given)
    assert isinstance(work(other, run), events.Finished)
    return exported(other)


def assert_paid_once(path: Path, server: Any) -> None:
    """Each reply that the server gave, in a batch or at once, is in the project once."""
    query = "SELECT messages, sampling FROM request WHERE raw_reply IS NOT NULL AND finish_reason != 'content_filter'"
    kept = Counter((digest(json.loads(m)), json.loads(s)["seed"]) for m, s in rows(path, query))
    paid = Counter(server.answered) + Counter((entry["request"], entry["seed"]) for entry in server.ledger)
    assert kept == paid
    assert set(kept.values()) == {1}
    with open_project(path) as store:
        for run in runs.read_runs(store):
            assert calls.read_account(store, run.id).adds_up
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()


def digest(messages: Any) -> str:
    return hashlib.sha256(json.dumps(messages).encode()).hexdigest()[:24]


def test_a_growth_is_posted_left_and_fetched_later_at_half_the_price(tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    end = work(path, run)
    assert isinstance(end, events.Stopped)
    assert "Waiting for the batch: 11 requests at half the price, due by " in said(end)
    assert len(batch_server.heard) == 1  # the first shows how this server is to be asked
    (batch,) = batch_server.batches.values()
    assert len(batch.lines) == 11
    assert all(line["url"] == "/v1/chat/completions" and line["method"] == "POST" for line in batch.lines)
    assert batch.lines[0]["body"]["response_format"]["type"] == "json_schema"
    assert batch.metadata["seedbed_run"] == str(run)
    assert len(batch.metadata["seedbed_project"]) == 24

    assert isinstance(work(path, run), events.Stopped)  # not over yet: nothing is asked again
    assert len(batch_server.batches) == 1
    assert outcomes(path) == {"read": 1, "sent": 11}

    batch_server.finish()
    assert isinstance(work(path, run), events.Finished)
    assert outcomes(path) == {"read": 12}
    assert_paid_once(path, batch_server)
    usages = "SELECT usd, prompt_tokens, completion_tokens, batch FROM request"
    for usd, prompt, made, of_batch in rows(path, usages):
        assert usd == pytest.approx((price(MODEL, prompt, made) or 0) * (0.5 if of_batch else 1.0))
    assert exported(path) == ungrown(path, batch_server)


def test_a_tree_goes_a_level_at_a_time_few_at_once_and_many_in_a_batch(tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address, strategy="tree", target=230)
    sizes = []
    while isinstance(end := work(path, run), events.Stopped):
        sizes.append(len([b for b in batch_server.batches.values() if b.status == "in_progress"][0].lines))
        batch_server.finish()
    assert isinstance(end, events.Finished)
    assert len(batch_server.heard) == 1 + 5  # the seed's call and its children's
    assert sizes == [25, 15]
    assert_paid_once(path, batch_server)
    assert exported(path) == ungrown(path, batch_server, strategy="tree", target=230)


@pytest.mark.parametrize(("strategy", "target"), [("naive", 60), ("tree", 60), ("tree", 230)])
def test_the_range_told_for_batches_is_narrow_and_holds(
    strategy: str, target: int, tmp_path: Path, batch_server: Any
) -> None:
    path = tmp_path / "one.seedbed"
    first = new_run(path, batch_server.address, strategy=strategy, target=target)
    second = new_run(path, batch_server.address, strategy=strategy, target=target, seed_number=2)
    for run in (first, second):
        while isinstance(work(path, run), events.Stopped):
            batch_server.finish()
    with open_project(path) as store:
        told = Estimate.from_json(runs.read_run(store, second).estimate)
        came_to = calls.read_account(store, second).usd
    assert told is not None
    assert told.usd_low is not None
    assert told.usd_high is not None
    assert came_to is not None
    assert told.usd_high <= 1.5 * told.usd_low
    assert told.usd_low <= came_to <= told.usd_high


STEPS = (
    *("upload", "upload answered", "create", "create answered"),
    *("look", "look answered", "content", "content answered"),
)


@pytest.mark.parametrize("step", STEPS)
def test_a_kill_at_any_step_neither_loses_a_reply_nor_pays_for_one_twice(
    step: str, tmp_path: Path, batch_server: Any
) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    if step.split()[0] in {"look", "content"}:
        assert isinstance(work(path, run), events.Stopped)
        batch_server.finish()
    assert killed_at(step, path, run, batch_server)
    assert "possibly billed" not in outcomes(path)

    while isinstance(end := work(path, run), events.Stopped):
        batch_server.finish()
    assert isinstance(end, events.Finished)
    assert len(batch_server.batches) == 1
    assert len(batch_server.answered) == 11
    assert len(batch_server.files) <= 3
    assert_paid_once(path, batch_server)
    assert exported(path) == ungrown(path, batch_server)


def killed_at(step: str, path: Path, run: int, server: Any) -> bool:
    """Work in a process that is killed when the server comes to this step; whether it died of that."""
    command = [sys.executable, "-m", "seedbed_engine", "run", str(path), str(run)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=dict(os.environ))

    def kill() -> None:
        process.kill()
        process.wait()

    server.hooks = {step: kill}
    try:
        return process.wait(timeout=60) == -signal.SIGKILL
    finally:
        server.hooks = {}
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.parametrize("many", [1, 11])
def test_a_kill_between_two_commits_of_the_replies_is_mended(many: int, tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    work(path, run)
    batch_server.finish()
    lines = [json.loads(text) for text in batch_server.files[batch_server.batches["batch_1"].output].splitlines()]
    found = {line["custom_id"]: line["response"]["body"]["choices"][0]["message"]["content"] for line in lines}
    with open_project(path) as store:  # what a kill after the first commit leaves, or after the last before the end
        first = [row.id for row in batches.read_unanswered(store, 1)][:many]
        for id_ in first:
            reply = calls.NewReply(found[f"request-{id_}"], MODEL, "stop", 1, 1, 0.25)
            batches.keep_replies(store, [(id_, reply)])
    end = work(path, run)
    assert isinstance(end, events.Finished), said(end)
    assert rows(path, f"SELECT DISTINCT usd FROM request WHERE id IN ({','.join(map(str, first))})") == [(0.25,)]
    assert_paid_once(path, batch_server)


ERRORS: dict[str, tuple[dict[str, Any] | None, str]] = {
    "a failure of the server": (
        {"response": {"status_code": 500, "body": {"error": {"message": "boom"}}}, "error": None},
        "(status 500): boom",
    ),
    "expired": (
        {"response": None, "error": {"code": "batch_expired", "message": "not in time"}},
        "no reply in the batch: not in time",
    ),
    "nothing at all": (None, "no reply in the batch (completed)"),
    "no completion": ({"response": {"status_code": 200, "body": {"hello": 1}}, "error": None}, "could not be read"),
    "an odd line": ({"response": [1], "error": "x"}, "could not be read"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_what_failed_in_a_batch_is_named_and_asked_again(name: str, tmp_path: Path, batch_server: Any) -> None:
    line, says = ERRORS[name]
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    work(path, run)
    batch_server.finish(changes={0: line, 7: line})
    assert isinstance(work(path, run), events.Finished)  # two are few: they are asked at once
    retried = rows(path, "SELECT error FROM request WHERE outcome = 'retried'")
    assert [says in error for (error,) in retried] == [True, True]
    assert len(batch_server.heard) == 3
    assert_paid_once(path, batch_server)
    assert exported(path) == ungrown(path, batch_server)


@pytest.mark.parametrize("status", ["expired", "cancelled"])
def test_what_a_batch_did_not_get_to_goes_into_the_next_one(status: str, tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address, target=100)
    work(path, run)
    batch_server.finish(status, only=4)
    assert isinstance(work(path, run), events.Stopped)
    assert (outcomes(path)["retried"], outcomes(path)["sent"]) == (15, 15)
    assert [len(batch.lines) for batch in batch_server.batches.values()] == [19, 15]
    batch_server.finish()
    assert isinstance(work(path, run), events.Finished)
    assert_paid_once(path, batch_server)
    assert exported(path) == ungrown(path, batch_server, target=100)


def test_a_request_that_fails_in_three_batches_is_asked_at_once(tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    for _ in range(3):
        assert isinstance(work(path, run), events.Stopped)
        batch_server.finish("expired", only=0)
    assert isinstance(work(path, run), events.Finished)
    assert len(batch_server.batches) == 3
    assert len(batch_server.heard) == 12
    assert_paid_once(path, batch_server)


def test_a_filter_in_a_batch_is_a_refusal_and_costs_nothing(tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    work(path, run)
    error = {"error": {"code": "content_filter", "message": "filtered"}}
    batch_server.finish(changes={3: {"response": {"status_code": 400, "body": error}, "error": None}})
    assert isinstance(work(path, run), events.Finished)
    with open_project(path) as store:
        assert calls.discard_reasons(store, run) == {DiscardReason.FILTERED: 1}
    assert_paid_once(path, batch_server)


def test_a_batch_that_the_server_cannot_take_ends_the_run_in_its_words(tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    work(path, run)
    batch = batch_server.batches["batch_1"]
    batch.status, batch.said = "failed", "Enqueued token limit reached for gpt-4o-mini."
    end = work(path, run)
    assert isinstance(end, events.Failed)
    assert "Enqueued token limit reached" in said(end)
    assert "Nothing was paid" in said(end)
    assert isinstance(work(path, run), events.Stopped)
    batch_server.finish()
    assert isinstance(work(path, run), events.Finished)
    assert_paid_once(path, batch_server)


def test_a_form_that_the_whole_batch_was_refused_for_is_simpler_in_the_next(tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    work(path, run)
    error = {"error": {"code": None, "message": "'response_format' of type 'json_schema' is not supported"}}
    bad = {"response": {"status_code": 400, "body": error}, "error": None}
    batch_server.finish(changes=dict.fromkeys(range(11), bad))
    assert isinstance(work(path, run), events.Stopped)
    (line, *_) = batch_server.batches["batch_2"].lines
    assert line["body"]["response_format"]["type"] == "json_object"
    batch_server.finish()
    assert isinstance(work(path, run), events.Finished)
    assert_paid_once(path, batch_server)


REFUSALS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "no Batch API": (lambda chat: chat.fails(404, "Not Found"), "has no Batch API"),
    "not allowed": (lambda chat: chat.fails(403, "no batches for you"), "does not allow this: no batches for you"),
    "no credit": (lambda chat: chat.fails(429, "quota", "insufficient_quota"), "no credit left"),
    "a bad request": (lambda chat: chat.fails(400, "not this model"), "calls the request bad: not this model"),
}


@pytest.mark.parametrize(
    ("name", "step"), [("no Batch API", "upload"), *((name, "create") for name in REFUSALS if name != "no Batch API")]
)
def test_a_server_that_refuses_a_batch_ends_the_run_in_words(
    name: str, step: str, chat: Any, tmp_path: Path, batch_server: Any
) -> None:
    act, says = REFUSALS[name]
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    batch_server.hooks = {step: lambda: act(chat)}
    end = work(path, run)
    assert isinstance(end, events.Failed)
    assert says in said(end)
    with open_project(path) as store:
        assert batches.read_open(store) == []
    batch_server.hooks = {}
    while isinstance(end := work(path, run), events.Stopped):
        batch_server.finish()
    assert isinstance(end, events.Finished)
    assert_paid_once(path, batch_server)


@pytest.mark.parametrize(
    ("step", "body"),
    [
        *(("upload answered", b"[]"), ("create answered", b"null"), ("create answered", b"{}"), ("list", b"{}")),
        ("look", b'{"id": "batch_1", "errors": {"data": [1]}, "metadata": [1]}'),
    ],
)
def test_an_answer_that_is_no_batchs_is_said_and_the_batch_is_found_again(
    step: str, body: bytes, chat: Any, tmp_path: Path, batch_server: Any
) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    if step == "look":
        work(path, run)
    batch_server.hooks = {step: lambda: chat.Act(body=body)}
    if step == "list":
        batch_server.hooks["create answered"] = lambda: chat.Act(resets=True)
    end = work(path, run)
    assert "Something went wrong" not in said(end)
    batch_server.hooks = {}
    while isinstance(end := work(path, run), events.Stopped):
        batch_server.finish()
    assert isinstance(end, events.Finished), said(end)
    assert len(batch_server.batches) == 1
    assert_paid_once(path, batch_server)


@pytest.mark.parametrize("step", ["upload", "create", "create answered", "look", "content", "list"])
def test_troubles_that_pass_are_waited_for_and_nothing_is_posted_twice(
    step: str, chat: Any, tmp_path: Path, batch_server: Any
) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    troubles = [chat.fails(503, "busy", retry_after_ms="1"), chat.Act(resets=True)]
    hook = lambda: troubles.pop(0) if troubles else None  # noqa: E731
    batch_server.hooks = {step: hook, "create": hook} if step == "list" else {step: hook}
    while isinstance(end := work(path, run), events.Stopped):
        batch_server.finish()
    assert isinstance(end, events.Finished), said(end)
    assert len(troubles) == (1 if step == "create answered" else 0)  # there the batch is found before it is made again
    assert len(batch_server.batches) == 1
    assert_paid_once(path, batch_server)


def test_a_batch_is_cancelled_where_the_person_says_so_and_what_was_answered_is_kept(
    tmp_path: Path, batch_server: Any
) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    work(path, run)
    with open_project(path) as store:
        assert batches.want_cancel(store, run) == 1
    batch_server.hooks = {"look": lambda: _cancelled(batch_server)}
    end = work(path, run)
    assert isinstance(end, events.Stopped)
    assert "cancelled" in said(end)
    assert outcomes(path) == {"read": 1, "replied": 4, "retried": 7}
    assert "cancel" in batch_server.steps
    with open_project(path) as store:
        assert batches.want_cancel(store, run) == 0
    batch_server.hooks = {}
    assert isinstance(work(path, run), events.Finished)  # the seven are few
    assert_paid_once(path, batch_server)
    assert exported(path) == ungrown(path, batch_server)


def _cancelled(server: Any) -> None:
    batch = server.batches["batch_1"]
    if batch.status == "cancelling":
        batch.status = "in_progress"
        server.finish("cancelled", only=4)


def test_a_batch_that_was_never_posted_is_cancelled_without_a_word_to_the_server(
    tmp_path: Path, batch_server: Any
) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    assert killed_at("upload", path, run, batch_server)
    with open_project(path) as store:
        batches.want_cancel(store, run)
    assert isinstance(work(path, run), events.Stopped)
    assert batch_server.batches == {}
    assert outcomes(path) == {"read": 1, "retried": 11} or outcomes(path) == {"replied": 1, "retried": 11}


def test_a_batch_that_the_server_forgot_is_said_and_can_be_given_up(tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    work(path, run)
    forgotten = batch_server.batches.pop("batch_1")
    end = work(path, run)
    assert isinstance(end, events.Failed)
    assert "knows nothing of this batch" in said(end)
    assert outcomes(path)["sent"] == len(forgotten.lines)  # it may be another key: nothing is asked again
    with open_project(path) as store:
        batches.want_cancel(store, run)
    assert isinstance(work(path, run), events.Stopped)
    assert outcomes(path)["possibly billed"] == len(forgotten.lines)


def test_the_budget_holds_the_worst_case_at_half_the_price(tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address, budget_usd=0.004)
    end = work(path, run)
    assert isinstance(end, events.Stopped)
    (batch,) = batch_server.batches.values()
    worst = max(price(MODEL, 2 * len(json.dumps(line["body"])), 1200) or 0 for line in batch.lines)
    assert 0.004 / (worst / 2) * 0.5 < len(batch.lines) < 11
    while isinstance(end, events.Stopped):
        batch_server.finish()
        end = work(path, run)
    with open_project(path) as store:
        account = calls.read_account(store, run)
    assert account.usd is not None
    assert account.usd <= 0.004
    assert_paid_once(path, batch_server)


def test_another_run_of_the_same_growth_waits_for_the_batch_too(tmp_path: Path, batch_server: Any) -> None:
    path = tmp_path / "one.seedbed"
    run = new_run(path, batch_server.address)
    work(path, run)
    other = new_run(path, batch_server.address, batch=False)
    assert "Waiting for the batch" in said(work(path, other))
    third = new_run(path, batch_server.address, batch=False, seed_number=99, target=5)
    assert isinstance(work(path, third), events.Finished)
    batch_server.finish()
    assert isinstance(work(path, other), events.Finished)
    assert_paid_once(path, batch_server)


def test_chains_and_azure_do_not_go_in_batches(
    tmp_path: Path, batch_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEEDBED_NO_KEY", "a-key")
    path = tmp_path / "one.seedbed"
    end = work(path, new_run(path, batch_server.address, strategy="random"))
    assert "In a chain each call waits" in said(end)
    end = work(path, new_run(path, batch_server.address.removesuffix("/v1"), api_version="2024-10-21"))
    assert "Only hosted creators" in said(end)
