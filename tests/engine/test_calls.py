"""Calls, requests and discards: committed before they are sent, and adding up at every commit."""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from seedbed_engine.errors import ProjectError
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import calls, history, runs, seeds, trees
from seedbed_engine.keeping.calls import NewDiscard, NewRequest
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.store import Store

SEED = Example("Is copper a good conductor?", ("yes", "no"), "yes")


class Lines:
    """A project whose account is looked at after every single change."""

    def __init__(self, store: Store) -> None:
        self.store = store
        seeds.add_seed(store, SEED, Options.FIXED)
        self.run = runs.add_run(store, "grow", '{"strategy": "tree"}', 1)
        self.call = 0

    def account(self) -> dict[str, int]:
        account = calls.read_account(self.store, self.run)
        assert account.adds_up
        names = ("asked", "surplus", "kept", "discarded", "missing", "failed", "waiting", "possibly_billed")
        return {name: number for name in names if (number := getattr(account, name))}

    def ask(self, wanted: int, *, part: int = 0, attempt: int = 1) -> int:
        if not self.call:
            self.call = calls.add_call(self.store, self.run, 1, None, f"13/{part}", 0, wanted)
            self.account()
        messages = json.dumps([{"role": "user", "content": "one"}])
        new = NewRequest(part, attempt, wanted, ("yes", "no"), ("metals",), "scripted", "none", messages, "{}")
        return calls.add_request(self.store, self.call, new)

    def reply(self, request: int, text: str = "raw") -> None:
        calls.keep_reply(
            self.store,
            request,
            text,
            model="m-1",
            finish_reason="stop",
            prompt_tokens=100,
            completion_tokens=50,
            usd=0.25,
        )

    def read(self, request: int, wanted: int, kept: int, discarded: int) -> list[int]:
        """What growth does: examples, discards and the call's end in one change."""
        new = [
            trees.NewExample(1, None, self.call, request, n, f"{request}.{n}", 1, SEED, "yes", 0.1) for n in range(kept)
        ]
        discards = [NewDiscard(request, kept + n, "{", "not an object", "\ud83d", None) for n in range(discarded)]
        found = kept + discarded

        def change(db: Database) -> list[int]:
            ids = trees.insert_examples(db, new)
            calls.insert_discards(db, discards)
            calls.close_call(db, self.call, "read", [(request, max(0, found - wanted), max(0, wanted - found))])
            return ids

        return self.store.do(change)


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Lines]:
    with create_project(tmp_path / "one") as store:
        yield Lines(store)


def test_a_run_without_calls_adds_up_to_nothing(lines: Lines) -> None:
    assert lines.account() == {}
    assert calls.read_account(lines.store, 99).adds_up


@pytest.mark.parametrize(
    ("kept", "discarded", "expected"),
    [
        (5, 0, {"asked": 5, "kept": 5}),
        (3, 1, {"asked": 5, "kept": 3, "discarded": 1, "missing": 1}),
        (4, 3, {"asked": 5, "surplus": 2, "kept": 4, "discarded": 3}),
        (0, 0, {"asked": 5, "missing": 5}),
    ],
)
def test_the_line_adds_up_at_every_commit(lines: Lines, kept: int, discarded: int, expected: dict[str, int]) -> None:
    request = lines.ask(5)
    assert lines.account() == {"asked": 5, "waiting": 5}
    lines.reply(request)
    assert lines.account() == {"asked": 5, "waiting": 5}
    lines.read(request, 5, kept, discarded)
    assert lines.account() == expected
    assert calls.read_call(lines.store, lines.call).state == "read"


def test_the_line_adds_up_through_retries_failures_and_kills(lines: Lines) -> None:
    first = lines.ask(5)
    calls.fail_request(lines.store, first, "429", will_be_retried=True)
    assert lines.account() == {}
    second = lines.ask(5, attempt=2)
    calls.fail_request(lines.store, second, "500", will_be_retried=False)
    assert lines.account() == {"asked": 5, "failed": 5}
    lines.ask(2, part=1)
    assert lines.account() == {"asked": 7, "failed": 5, "waiting": 2}
    assert calls.mark_possibly_billed(lines.store, 1) == 1
    assert calls.mark_possibly_billed(lines.store, 1) == 0
    assert lines.account() == {"asked": 5, "failed": 5, "possibly_billed": 1}
    again = lines.ask(2, part=1, attempt=2)
    lines.reply(again)
    lines.read(again, 2, 2, 0)
    assert lines.account() == {"asked": 7, "kept": 2, "failed": 5, "possibly_billed": 1}
    assert [r.outcome for r in calls.read_requests(lines.store, lines.call)] == [
        *("retried", "failed", "possibly billed", "read"),
    ]


def test_what_a_person_rejects_stays_in_the_line(lines: Lines) -> None:
    request = lines.ask(5)
    lines.reply(request)
    ids = lines.read(request, 5, 5, 0)
    history.set_state(lines.store, ids[:3], State.REJECTED)
    assert lines.account() == {"asked": 5, "kept": 5}


def test_from_an_example_one_can_walk_to_all_that_made_it(lines: Lines) -> None:
    request = lines.ask(5)
    lines.reply(request, '{"examples": []} \ud83d')
    (example, *_) = lines.read(request, 5, 2, 1)
    row = trees.read_example(lines.store, example)
    assert row.parent is None
    assert row.request is not None
    assert row.call is not None
    asked = calls.read_request(lines.store, row.request)
    assert json.loads(asked.messages) == [{"role": "user", "content": "one"}]
    assert asked.raw_reply == '{"examples": []} \\ud83d'  # half a character, as JSON writes it
    assert (asked.wanted_answers, asked.topics, asked.model) == (("yes", "no"), ("metals",), "m-1")
    assert (asked.prompt_tokens, asked.completion_tokens, asked.usd, asked.outcome) == (100, 50, 0.25, "read")
    call = calls.read_call(lines.store, row.call)
    assert (call.run, call.key, call.wanted) == (lines.run, "13/0", 5)
    (discard,) = calls.read_discards(lines.store, request)
    assert (discard.reason, discard.detail, discard.position) == ("not an object", "\\ud83d", 2)
    assert calls.discard_reasons(lines.store, lines.run) == {"not an object": 1}
    (found,) = lines.store.rows("SELECT * FROM lineage WHERE id = ?", [example])
    assert found["parent_question"] == SEED.question
    assert (found["strategy"], found["raw_reply"], found["usd"]) == ("tree", asked.raw_reply, 0.25)


def test_a_reply_waits_for_a_locked_file_longer_than_anything_else(lines: Lines) -> None:
    request = lines.ask(5)
    lines.store.close()
    with (
        open_project(lines.store.path, busy_seconds=0.1) as store,
        contextlib.closing(sqlite3.connect(store.path, check_same_thread=False)) as other,
    ):
        other.execute("BEGIN EXCLUSIVE")
        threading.Timer(0.5, other.rollback).start()
        lines.store = store
        with pytest.raises(ProjectError, match="locked"):
            lines.ask(5, part=1)
        lines.reply(request, "paid")
        assert calls.read_request(store, request).raw_reply == "paid"


def test_the_log_is_read_page_by_page_newest_first(lines: Lines) -> None:
    made = [lines.ask(1, part=n) for n in range(7)]
    first = calls.read_log(lines.store, limit=3)
    assert [request.id for request in first] == made[:-4:-1]
    assert [request.id for request in calls.read_log(lines.store, 3, before=first[-1].id)] == made[-4:-7:-1]


def test_what_is_not_there_is_said(lines: Lines) -> None:
    with pytest.raises(LookupError):
        calls.read_call(lines.store, 9)
    with pytest.raises(LookupError):
        calls.read_request(lines.store, 9)
    with pytest.raises(LookupError):
        lines.reply(9)
