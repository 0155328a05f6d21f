"""Whatever a server does, the run goes on or ends in words: no reply lost, no valid example thrown away."""

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine import events
from seedbed_engine.asking.formats import DiscardReason
from seedbed_engine.creating.creators.box import setup_model
from seedbed_engine.creating.creators.embedded import quiet_threads
from seedbed_engine.creating.creators.hosted import HostedCreator
from seedbed_engine.creating.growth import Growth
from seedbed_engine.errors import CreatorError
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import calls, runs, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.rows import RequestRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

SEED = Example("Is amber a stone?", ("True", "False"), "False")
TARGET = 10
N = 5
Items = list[dict[str, Any]]


def settings_for(address: str, **given: Any) -> GrowthSettings:
    return GrowthSettings(
        creator="hosted",
        model="test-model",
        base_url=address,
        key_name="SEEDBED_NO_KEY",
        twin_threshold=0.999,
        **{"target": TARGET, "strategy": "naive", "concurrency": 1, "n": N, **given},
    )


def new_run(store: Store, settings: GrowthSettings) -> int:
    seed = seeds.add_seed(store, SEED, Options.FIXED)
    return runs.add_run(store, "grow", settings.to_json(), seed)


def carry_on(store: Store, run: int, reply_seconds: float = 20.0) -> str:
    settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
    creator = HostedCreator("test-model", "no-key", settings.base_url, reply_seconds=reply_seconds)
    runs.take_lease(store, run)
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, lambda event: None, threading.Event())
    return asyncio.run(growth.go())[0]


def requests_of(store: Store) -> list[RequestRow]:
    return [request for call in calls.read_calls(store, 1) for request in calls.read_requests(store, call.id)]


def questions_of(store: Store) -> list[str]:
    return [row.example.question for row in trees.read_kept(store, 1)]


def contents(server: Any) -> list[str]:
    """The texts of the replies that the server's ledger has as delivered."""
    return [json.loads(entry["reply"])["choices"][0]["message"]["content"] or "" for entry in server.ledger]


def assert_nothing_is_lost(store: Store, run: int, server: Any) -> None:
    """The line adds up, every delivered reply is there raw and once, and no example came in twice."""
    assert calls.read_account(store, run).adds_up
    kept = [request.raw_reply for request in requests_of(store) if request.raw_reply is not None]
    assert Counter(kept) == Counter(contents(server))
    keys = [row.key for row in trees.read_kept(store, 1)]
    assert len(keys) == len(set(keys))
    for request in requests_of(store):
        assert "Traceback" not in (request.error or "")


PASSING: dict[str, tuple[Callable[[Any], Any], str]] = {
    "429 with Retry-After": (lambda chat: chat.fails(429, "slow down", Retry_After="0.05"), "too many requests"),
    "429 without": (lambda chat: chat.fails(429, "slow down"), "too many requests"),
    "500": (lambda chat: chat.fails(500, "boom"), "in trouble (status 500)"),
    "502 as a page": (lambda chat: chat.Act(502, b"<html>Bad Gateway</html>"), "in trouble (status 502)"),
    "503": (lambda chat: chat.fails(503, "overloaded", Retry_After="0.05"), "in trouble (status 503)"),
    "time-out": (lambda chat: chat.Act(delay=2.0), "did not answer in time"),
    "a drip without end": (lambda chat: chat.Act(drips=4.0), "did not answer in time"),
    "connection reset": (lambda chat: chat.Act(resets=True), "No connection"),
    "connection cut in the midst": (lambda chat: chat.Act(cuts=True), "No connection"),
    "an empty body": (lambda chat: chat.Act(201, b""), "not complete"),
    "half of the JSON": (lambda chat: chat.Act(201, changes=lambda body: body[: len(body) // 2]), "not complete"),
    "brackets only": (lambda chat: chat.Act(201, b"[" * 100_000), "not complete"),
}


@pytest.mark.parametrize("name", PASSING)
def test_what_may_pass_is_asked_again_and_costs_no_example(
    name: str, chat: Any, chat_server: Any, tmp_path: Path
) -> None:
    act, says = PASSING[name]
    chat_server.script = [chat.Act(), act(chat)]
    with create_project(tmp_path / "one") as store:
        run = new_run(store, settings_for(chat_server.address))
        assert carry_on(store, run, reply_seconds=1.5) == "finished"
        retried = [request for request in requests_of(store) if request.outcome == "retried"]
        account = calls.read_account(store, run)
        assert [says in (request.error or "") for request in retried] == [True]
        assert (account.kept, account.failed, account.discarded, account.missing) == (TARGET, 0, 0, 0)
        assert_nothing_is_lost(store, run, chat_server)


def as_asked(items: Items) -> str:
    return json.dumps({"examples": items})


def times_ten(items: Items) -> str:
    return as_asked([{**item, "question": f"{item['question'][:-4]} {n} so?"} for n in range(10) for item in items])


def twice_named(items: Items) -> str:
    return "[" + ", ".join('{"question": "An earlier thought", ' + json.dumps(item)[1:] for item in items) + "]"


def five_megabytes(items: Items) -> str:
    return as_asked([*items, {**items[0], "question": "So? " * 1_240_000}])


# Name of what comes -> how it is written, how many of the five examples are valid, why the others are not.
WRITTEN: dict[str, tuple[Callable[[Items], str], int, dict[str, int]]] = {
    "as asked": (as_asked, 5, {}),
    "in a fence": (lambda items: f"Here you are:\n```json\n{as_asked(items)}\n```\nGood luck!", 5, {}),
    "nested": (lambda items: json.dumps({"data": [{"result": {"example": item}} for item in items]}), 5, {}),
    "other keys": (lambda items: as_asked([{"Claim": i["question"], "label": i["answer"]} for i in items]), 5, {}),
    "NaN": (lambda items: as_asked([{**item, "score": float("nan")} for item in items]), 5, {}),
    "duplicate keys": (twice_named, 5, {}),
    "ten times as many": (times_ten, 50, {}),
    "five megabytes": (five_megabytes, 5, {DiscardReason.TOO_LONG: 1}),
    "none": (lambda items: '{"examples": []}', 0, {DiscardReason.NO_FIELDS: 1}),
    "nothing": (lambda items: "", 0, {DiscardReason.EMPTY: 1}),
    "white space": (lambda items: " \n ", 0, {DiscardReason.EMPTY: 1}),
    "a page": (lambda items: "<!DOCTYPE html><html><body>Log in, please</body></html>", 0, {DiscardReason.NOT_JSON: 1}),
    "an apology": (lambda items: "I'm sorry, but I can't help with that.", 0, {DiscardReason.REFUSED: 1}),
    "half a surrogate": (lambda items: as_asked(items) + "\ud83d", 5, {}),
    "one not in the format": (
        lambda items: as_asked([*items[:4], {**items[4], "answer": "perhaps"}]),
        4,
        {DiscardReason.ANSWER_NOT_AMONG_OPTIONS: 1},
    ),
    "one repeated": (lambda items: as_asked([*items[:4], items[0]]), 4, {DiscardReason.REPEATED_QUESTION: 1}),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_whatever_a_reply_says_is_kept_raw_its_valid_examples_stay_and_the_rest_has_a_reason(
    name: str, chat: Any, chat_server: Any, tmp_path: Path
) -> None:
    write, valid, reasons = WRITTEN[name]
    written: list[str] = []

    def badly(body: dict[str, Any]) -> str:
        written.append(write(json.loads(chat.write_examples(body))["examples"]))
        return written[-1]

    chat_server.script = [chat.Act(writes=badly)]
    with create_project(tmp_path / "one") as store:
        run = new_run(store, settings_for(chat_server.address))
        assert carry_on(store, run) == "finished"
        first = requests_of(store)[0]
        stored = written[0].encode("utf-8", "backslashreplace").decode()
        assert first.raw_reply == stored
        assert first.outcome == "read"
        assert sum(row.request == first.id for row in trees.read_kept(store, 1)) == valid
        assert calls.discard_reasons(store, run) == {reason.value: count for reason, count in reasons.items()}
        assert calls.read_account(store, run).kept >= TARGET
        chat_server.ledger[0]["reply"] = json.dumps({"choices": [{"message": {"content": stored}}]})
        assert_nothing_is_lost(store, run, chat_server)


@pytest.mark.parametrize(
    ("finish_reason", "content", "refusal", "reason"),
    [
        ("stop", None, "I can't write that.", DiscardReason.REFUSED),
        ("content_filter", "The text was", None, DiscardReason.FILTERED),
        ("content_filter", None, None, DiscardReason.FILTERED),
        ("length", "Well, let me think about", None, DiscardReason.CUT_SHORT),
    ],
)
def test_a_refusal_a_filter_and_a_length_stop_are_named(
    finish_reason: str,
    content: str | None,
    refusal: str | None,
    reason: str,
    chat: Any,
    chat_server: Any,
    tmp_path: Path,
) -> None:
    chat_server.script = [chat.says(content, finish_reason, refusal)]
    with create_project(tmp_path / "one") as store:
        run = new_run(store, settings_for(chat_server.address))
        assert carry_on(store, run) == "finished"
        assert calls.discard_reasons(store, run) == {reason: 1}
        assert requests_of(store)[0].raw_reply == (content or refusal or "")
        account = calls.read_account(store, run)
        assert (account.adds_up, account.missing) == (True, N - 1)


def test_a_reply_cut_by_its_limit_keeps_every_example_that_was_whole(
    chat: Any, chat_server: Any, tmp_path: Path
) -> None:
    chat_server.script = [
        chat.Act(writes=lambda body: chat.write_examples(body)[:-40], finish_reason="length"),
    ]
    with create_project(tmp_path / "one") as store:
        run = new_run(store, settings_for(chat_server.address))
        assert carry_on(store, run) == "finished"
        assert calls.discard_reasons(store, run) == {DiscardReason.CUT_SHORT: 1}
        assert sum(row.request == 1 for row in trees.read_kept(store, 1)) == N - 1
        assert_nothing_is_lost(store, run, chat_server)


BODIES: dict[str, Callable[[bytes], bytes]] = {
    "in Windows' encoding": lambda body: body.replace(b"Is ", "Est-ce que l'\u00e9t\u00e9 ".encode("cp1252")),
    "in UTF-16": lambda body: body.decode().encode("utf-16-le"),
    "with a byte order mark": lambda body: b"\xef\xbb\xbf" + body,
    "with NaN as usage": lambda body: body.replace(b'"prompt_tokens": 100', b'"prompt_tokens": NaN'),
    "with words as usage": lambda body: body.replace(b'"prompt_tokens": 100', b'"prompt_tokens": "many"'),
    "with usage below zero": lambda body: body.replace(b'"prompt_tokens": 100', b'"prompt_tokens": -5'),
    "with a list as usage": lambda body: body.replace(b'"usage": {', b'"usage": [], "used": {'),
    "with a number as model": lambda body: body.replace(b'"model": "test-model"', b'"model": 5'),
    "with a list as finish reason": lambda body: body.replace(b'"finish_reason": "stop"', b'"finish_reason": ["x"]'),
    "with its content in parts": lambda body: _in_parts(body),
}


def _in_parts(body: bytes) -> bytes:
    found = json.loads(body)
    text = found["choices"][0]["message"]["content"]
    found["choices"][0]["message"]["content"] = [{"type": "text", "text": half} for half in (text[:50], text[50:])]
    return json.dumps(found).encode()


@pytest.mark.parametrize("name", BODIES)
def test_an_answer_that_is_oddly_wrapped_is_read_all_the_same_and_asked_for_once(
    name: str, chat: Any, chat_server: Any, tmp_path: Path
) -> None:
    chat_server.script = [chat.Act(changes=BODIES[name])]
    with create_project(tmp_path / "one") as store:
        run = new_run(store, settings_for(chat_server.address))
        assert carry_on(store, run) == "finished"
        account = calls.read_account(store, run)
        assert (account.kept, account.adds_up) == (TARGET, True)
        assert [request.outcome for request in requests_of(store)] == ["read", "read"]
        assert len(chat_server.heard) == 2
        assert "\ufffd" not in "".join(questions_of(store))


def test_a_drip_that_ends_in_time_is_a_reply_like_any_other(chat: Any, chat_server: Any, tmp_path: Path) -> None:
    chat_server.script = [chat.Act(drips=0.5)]
    with create_project(tmp_path / "one") as store:
        run = new_run(store, settings_for(chat_server.address))
        assert carry_on(store, run) == "finished"
        assert [request.outcome for request in requests_of(store)] == ["read", "read"]
        assert_nothing_is_lost(store, run, chat_server)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"<html>Please log in to the hotel's network</html>", "not as a chat server does"),
        (b'{"error": "no such route"}', "not as a chat server does"),
        (b'{"choices": [null]}', "not as a chat server does"),
    ],
)
def test_what_is_no_chat_server_ends_the_run_in_words_and_the_run_goes_on_where_it_was(
    body: bytes, says: str, chat: Any, chat_server: Any, tmp_path: Path
) -> None:
    chat_server.script = [chat.Act(), chat.Act(201, body)]
    with create_project(tmp_path / "one") as store:
        run = new_run(store, settings_for(chat_server.address))
        with pytest.raises(CreatorError, match=says) as caught:
            carry_on(store, run)
        assert caught.value.mend
        assert calls.read_account(store, run).kept == N
        assert calls.read_account(store, run).adds_up
        assert carry_on(store, run) == "finished"
        assert calls.read_account(store, run).kept == TARGET
        assert_nothing_is_lost(store, run, chat_server)


def test_a_server_that_stays_in_trouble_ends_the_run_in_words_and_later_it_goes_on(
    chat: Any, chat_server: Any, tmp_path: Path
) -> None:
    chat_server.script = [chat.fails(503, "maintenance", Retry_After="0.001") for _ in range(24)]
    with create_project(tmp_path / "one") as store:
        run = new_run(store, settings_for(chat_server.address, target=15))
        with pytest.raises(CreatorError, match=r"did not answer 3 calls in a row .*maintenance"):
            carry_on(store, run)
        assert calls.read_account(store, run).adds_up
        assert carry_on(store, run) == "finished"
        assert calls.read_account(store, run).kept == 15
        assert_nothing_is_lost(store, run, chat_server)


def test_the_real_process_goes_through_all_of_it_without_a_traceback(
    chat: Any, chat_server: Any, tmp_path: Path
) -> None:
    slow = {"time-out", "a drip without end"}  # the process waits three minutes for a reply
    chat_server.script = [act(chat) for name, (act, _) in PASSING.items() if name not in slow]
    for write, _, _ in WRITTEN.values():
        written = lambda body, write=write: write(json.loads(chat.write_examples(body))["examples"])  # noqa: E731
        chat_server.script += [chat.Act(writes=written), chat.Act()]
    path = tmp_path / "one.seedbed"
    with create_project(path) as store:
        run = new_run(store, settings_for(chat_server.address, target=200, strategy="tree", concurrency=8))
    done = subprocess.run(
        [sys.executable, "-m", "seedbed_engine", "run", str(path), str(run)],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "NO_PROXY": "*"},
        timeout=120,
    )
    said = [events.from_line(line) for line in done.stdout.splitlines()]
    assert "Traceback" not in done.stderr + done.stdout
    assert not chat_server.script
    assert isinstance(said[-1], events.Finished)
    assert done.returncode == 0
    for event in said:
        if isinstance(event, events.Progress):
            right = event.kept + event.discarded + event.missing + event.failed + event.waiting
            assert event.asked + event.surplus == right
    with open_project(path) as store:
        account = calls.read_account(store, run)
        assert account.adds_up
        assert account.kept >= 200
        raw = [request.raw_reply for request in requests_of(store) if request.raw_reply is not None]
        delivered = [text.encode("utf-8", "backslashreplace").decode() for text in contents(chat_server)]
        assert Counter(raw) == Counter(delivered)


def test_a_foreign_server_with_strict_schemas_gives_examples_at_the_first_request(tmp_path: Path) -> None:
    """llama.cpp's own server, asked as any OpenAI-compatible one: plain text, schema or not, whatever the model can."""
    import xllamacpp

    model = setup_model(lambda text: None)
    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.n_ctx, params.n_parallel, params.verbosity, params.warmup = 2048, 1, -1, False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = quiet_threads()
    server = xllamacpp.Server(params)
    address = f"{server.listening_address}/v1"
    with create_project(tmp_path / "one") as store:
        run = new_run(store, settings_for(address, n=1, target=2, max_calls=2, max_tokens=120))
        assert carry_on(store, run, reply_seconds=60.0) == "finished"
        found = requests_of(store)
        account = calls.read_account(store, run)
    assert [request.outcome for request in found] == ["read", "read"]
    assert all(json.loads(request.sampling)["schema"] for request in found)
    assert account.adds_up
    assert account.prompt_tokens
    for request in found:
        if request.finish_reason == "stop":  # the schema holds: one example, its options the seed's
            (item,) = json.loads(request.raw_reply or "")["examples"]
            assert sorted(item) == ["answer", "options", "question"]
            assert set(item["options"]) <= set(SEED.options)
