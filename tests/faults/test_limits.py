"""Limits against a real server: what it asks for is kept to, and what it refuses uses up no attempt."""

import asyncio
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine.creating.creators.hosted import HostedCreator
from seedbed_engine.creating.growth import Growth
from seedbed_engine.creating.pace import CATCH_UP
from seedbed_engine.creating.patience import ATTEMPTS
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import calls, runs, seeds
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_project(tmp_path / "limits") as made:
        seeds.add_seed(made, Example("Is amber a stone?", ("True", "False"), "False"), Options.FIXED)
        yield made


@pytest.fixture
def arrivals(chat_server: Any) -> list[float]:
    """When each request arrived at the server."""
    found: list[float] = []
    act_for = chat_server.act_for

    def noted(*given: Any) -> Any:
        found.append(time.time())
        return act_for(*given)

    chat_server.act_for = noted
    return found


def grow(store: Store, address: str, **given: Any) -> calls.Account:
    fields = {"creator": "hosted", "strategy": "naive", "concurrency": 8, "twin_threshold": 0.999, **given}
    settings = GrowthSettings.from_fields(fields)
    run = runs.add_run(store, "grow", settings.to_json(), 1)
    runs.take_lease(store, run)
    creator = HostedCreator("test-model", "no-key", address)
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, lambda event: None, threading.Event())
    assert asyncio.run(growth.go())[0] == "finished"
    account = calls.read_account(store, run)
    assert account.adds_up
    assert account.failed == 0
    return account


def outcomes(store: Store) -> list[str]:
    return [row[0] for row in store.rows("SELECT outcome FROM request ORDER BY id")]


def test_refusals_use_up_no_attempt(store: Store, chat: Any, chat_server: Any) -> None:
    refused = [chat.fails(429, "slow down", Retry_After="0.01")] * (ATTEMPTS + 3)
    trouble = [chat.fails(500, "down", retry_after_ms="10")] * (ATTEMPTS - 1)
    chat_server.script = [*refused, *trouble]
    account = grow(store, chat_server.address, max_calls=1, target=5, concurrency=1)
    assert account.kept > 0
    assert outcomes(store) == ["retried"] * (2 * ATTEMPTS + 2) + ["read"]


@pytest.mark.parametrize("status", [429, 503])
def test_nobody_asks_while_the_server_asks_to_wait(
    store: Store, chat: Any, chat_server: Any, arrivals: list[float], status: int
) -> None:
    chat_server.script = [chat.fails(status, "slow down", Retry_After="1")]
    grow(store, chat_server.address, target=60, concurrency=1)
    assert arrivals[1] - arrivals[0] >= 0.99
    assert outcomes(store).count("retried") == 1


def test_nobody_asks_before_the_date_that_the_server_names(
    store: Store, chat: Any, chat_server: Any, arrivals: list[float]
) -> None:
    until = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=4)
    chat_server.script = [chat.fails(429, "slow down", Retry_After=format_datetime(until, usegmt=True))]
    grow(store, chat_server.address, target=60, concurrency=1)
    assert arrivals[1] >= until.timestamp() - 0.05


@pytest.mark.parametrize("what", ["requests", "tokens"])
def test_nobody_asks_before_a_limit_begins_anew(
    store: Store, chat: Any, chat_server: Any, arrivals: list[float], what: str
) -> None:
    first = chat.Act(headers={f"x-ratelimit-remaining-{what}": "0", f"x-ratelimit-reset-{what}": "1s"})
    chat_server.script = [first]
    grow(store, chat_server.address, target=60, concurrency=1)
    assert arrivals[1] - arrivals[0] >= 0.99
    assert set(outcomes(store)) == {"read"}


@pytest.mark.parametrize("by_header", [False, True])
def test_a_limit_of_requests_a_minute_is_kept(
    store: Store, chat_server: Any, arrivals: list[float], by_header: bool
) -> None:
    if by_header:
        chat_server.headers = {"x-ratelimit-limit-requests": "600"}
    grow(store, chat_server.address, max_calls=30, target=1000, **({} if by_header else {"requests_per_minute": 600}))
    per_second = 600 / 60
    assert len(arrivals) == 30
    begun = 8 if by_header else 0  # what was on its way before the first answer said so
    assert arrivals[-1] - arrivals[0] >= (30 - 1 - begun) / per_second - CATCH_UP - 0.1


def test_a_limit_of_tokens_a_minute_is_kept(store: Store, chat_server: Any, arrivals: list[float]) -> None:
    chat_server.usage = lambda body: {"prompt_tokens": 300, "completion_tokens": 200}
    grow(store, chat_server.address, max_calls=20, target=1000, concurrency=2, tokens_per_minute=300_000)
    assert arrivals[-1] - arrivals[0] >= (20 - 4) * 500 / (300_000 / 60) - CATCH_UP
