"""Budgets are never exceeded: whatever a server reports, at any concurrency, also over several runs."""

import asyncio
import json
import random
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine import events, jobs
from seedbed_engine.asking.costs import most_prompt_tokens, price
from seedbed_engine.asking.prompts import Message
from seedbed_engine.creating.purse import Purse
from seedbed_engine.errors import BudgetReached, CreatorError
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import calls, runs, seeds, spending
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.spending import Amount
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")
MODEL = "gpt-4o-mini"
LOST = 700  # tokens


def hostile_acts(chat: Any) -> list[Any]:
    """Replies with reports of usage that mean nothing, cut ones, and failures."""

    def damaged(change: Callable[[dict[str, Any]], object]) -> Any:
        def changed(body: bytes) -> bytes:
            reply = json.loads(body)
            change(reply)
            return json.dumps(reply).encode()

        return chat.Act(delay=0.02, changes=changed)

    return [
        *[chat.Act(delay=0.02), chat.Act(delay=0.05)] * 3,
        damaged(lambda reply: reply.pop("usage")),
        damaged(lambda reply: reply.update(usage=None)),
        damaged(lambda reply: reply.update(usage={})),
        damaged(lambda reply: reply.update(usage={"prompt_tokens": 0, "completion_tokens": 0})),
        damaged(lambda reply: reply["usage"].update(prompt_tokens=-5, completion_tokens=-(10**9))),
        damaged(lambda reply: reply["usage"].update(completion_tokens="many")),
        damaged(lambda reply: reply["usage"].update(completion_tokens=float("nan"))),
        damaged(lambda reply: reply["usage"].update(prompt_tokens=float("inf"))),
        damaged(lambda reply: reply["usage"].update(completion_tokens=None)),
        damaged(lambda reply: reply["usage"].pop("prompt_tokens")),
        chat.Act(cuts=True),
        chat.fails(500, Retry_After="0.02"),
        chat.fails(429, Retry_After="0.02"),
    ]


class Biller:
    """What a server really bills: anything up to a token a byte and a reply of full length."""

    def __init__(self, number: int) -> None:
        self._chance = random.Random(number)
        self.tokens = 0
        self.usd = 0.0

    def __call__(self, body: dict[str, Any]) -> dict[str, int]:
        most = sum(len(message["content"].encode()) + 8 for message in body["messages"]) + 40
        prompt = self._chance.choice([most // 4, most, self._chance.randint(1, most)])
        written = self._chance.choice([body["max_tokens"], self._chance.randint(1, body["max_tokens"])])
        self.tokens += prompt + written
        self.usd += price(MODEL, prompt, written) or 0.0
        return {"prompt_tokens": prompt, "completion_tokens": written}


def begin(store: Store, server: Any, **other: Any) -> int:
    given = {"creator": "hosted", "model": MODEL, "base_url": server.address, "strategy": "naive", "target": 5000}
    settings = GrowthSettings.from_fields({**given, "concurrency": 64, "max_tokens": 300, "n": 2, **other})
    return runs.add_run(store, "grow", settings.to_json(), 1)


def project(tmp_path: Path) -> Store:
    store = create_project(tmp_path / "a.seedbed")
    seeds.add_seed(store, SEED, Options.FIXED)
    return store


@pytest.mark.parametrize(
    ("number", "budget"),
    [
        (1, {"budget_tokens": 30_000}),
        (2, {"budget_tokens": 9_999, "strategy": "tree"}),
        (3, {"budget_usd": 0.006}),
        (4, {"budget_usd": 0.004, "budget_tokens": 25_000, "instruction": "銅の話 πρώτα 🙂"}),
    ],
)
def test_a_hostile_server_never_makes_a_run_exceed_its_budget(
    chat: Any, chat_server: Any, tmp_path: Path, number: int, budget: dict[str, Any]
) -> None:
    acts, chance, biller = hostile_acts(chat), random.Random(number), Biller(number)
    chat_server.usage = biller
    chat_server.script = [chance.choice(acts) for _ in range(400)]
    with project(tmp_path) as store:
        run = begin(store, chat_server, **budget)
        heard: list[events.Event] = []
        assert jobs.work_on(store.path, run, heard.append) == "finished"
        assert any(isinstance(event, events.Finished) and "The budget of" in event.summary for event in heard)
        counted = spending.read_counted(store, run)
        assert calls.read_account(store, run).adds_up
        most = Amount(budget.get("budget_tokens", 10**9), budget.get("budget_usd", 10**9))
        for spent in (counted, Amount(biller.tokens, biller.usd)):
            assert spent.tokens <= most.tokens
            assert (spent.usd or 0.0) <= (most.usd or 0.0) + 1e-12
        shares = [counted.tokens / most.tokens, (counted.usd or 0.0) / (most.usd or 1.0)]
        assert max(shares) > 0.7  # what is set aside comes back


def test_runs_that_are_stopped_and_killed_count_what_was_spent_before(chat_server: Any, tmp_path: Path) -> None:
    chat_server.delay = 0.02
    chat_server.usage = biller = Biller(7)
    with project(tmp_path) as store:
        run = begin(store, chat_server, budget_tokens=20_000, concurrency=8)
        killed = 0
        for _ in range(4):
            stop = threading.Event()
            jobs.work_on(store.path, run, lambda event: stop.set() if event.kind == "kept" else None, stop)  # noqa: B023
            if spending.read_counted(store, run).tokens + LOST > 20_000:
                break  # a busy machine stops late
            calls_left = calls.add_call(store, run, 1, None, f"killed {killed}", 10_000 + killed, 2)
            lost = calls.NewRequest(0, 0, 2, None, None, "hosted", MODEL, "[]", "{}", worst_tokens=LOST, worst_usd=0.0)
            calls.add_request(store, calls_left, lost)  # as a killed process leaves it
            killed += 1
        jobs.work_on(store.path, run, lambda event: None)
        account, counted = calls.read_account(store, run), spending.read_counted(store, run)
        assert account.possibly_billed == killed
        assert biller.tokens + LOST * killed == counted.tokens
        assert 15_000 < counted.tokens <= 20_000


def test_a_server_that_reports_more_than_can_be_is_believed_said_and_ends_the_run(
    chat_server: Any, tmp_path: Path
) -> None:
    chat_server.usage = lambda body: {"prompt_tokens": 100_000, "completion_tokens": 100_000}
    heard: list[events.Event] = []
    with project(tmp_path) as store:
        run = begin(store, chat_server, budget_tokens=50_000)
        jobs.work_on(store.path, run, heard.append)
        assert len(chat_server.ledger) == 1  # the first goes alone
        assert spending.read_counted(store, run).tokens == 200_000
    said = [event.text for event in heard if isinstance(event, events.Said)]
    assert any("reports 200,000 tokens for a request that can have" in text for text in said)


def own_price(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, models: dict[str, Any]) -> None:
    monkeypatch.setenv("SEEDBED_HOME", str(tmp_path))
    (tmp_path / "prices.json").write_text(json.dumps({"models": models}))


def answering_as(chat: Any, chat_server: Any, name: str) -> None:
    def change(body: bytes) -> bytes:
        return json.dumps({**json.loads(body), "model": name}).encode()

    chat_server.script = [chat.Act(delay=0.02, changes=change) for _ in range(400)]


def test_a_deployment_that_has_a_price_of_the_persons_own_costs_that_whoever_answers(
    chat: Any, chat_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_price(tmp_path, monkeypatch, {"my-deployment": {"prompt": 0.1, "completion": 0.4}})
    answering_as(chat, chat_server, "gpt-4o-2024-08-06")
    with project(tmp_path) as store:
        run = begin(store, chat_server, model="my-deployment", budget_usd=0.004, concurrency=32)
        assert jobs.work_on(store.path, run, lambda event: None) == "finished"
        counted = spending.read_counted(store, run)
        log = calls.read_log(store)
    assert 0.002 < (counted.usd or 0.0) <= 0.004
    assert all(row.usd == price("my-deployment", row.prompt_tokens, row.completion_tokens) for row in log)


def test_a_dearer_model_that_answers_is_said_and_counted_from_the_first_reply_on(
    chat: Any, chat_server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own_price(tmp_path, monkeypatch, {})
    answering_as(chat, chat_server, "gpt-4o-2024-08-06")
    heard: list[events.Event] = []
    with project(tmp_path) as store:
        run = begin(store, chat_server, budget_usd=0.03, concurrency=32)
        assert jobs.work_on(store.path, run, heard.append) == "finished"
        counted = spending.read_counted(store, run)
    assert 0.01 < (counted.usd or 0.0) <= 0.03
    said = [event.text for event in heard if isinstance(event, events.Said)]
    assert [text for text in said if "times as dear" in text] == [
        "The server answers as 'gpt-4o-2024-08-06', which is 16.7 times as dear as the model that was asked for; "
        "that counts, and more is set aside from now on."
    ]


def test_a_run_takes_over_calls_of_another_only_within_its_budget() -> None:
    purse = Purse(None, 1000, Amount(400, 0.0))
    purse.take(Amount(500, 0.0))
    with pytest.raises(BudgetReached, match=r"budget of 1,000 tokens is spent: 100 are left.*may take 200"):
        purse.take(Amount(200, 0.0))


def test_a_budget_in_dollars_wants_a_price() -> None:
    async def ask() -> None:
        await Purse(1.0, None, Amount(0, 0.0)).reserve(Amount(100, None))

    with pytest.raises(CreatorError, match=r"price of this model is not known.*budget in tokens"):
        asyncio.run(ask())


def test_the_worst_case_of_a_prompt_holds_for_a_tokenizer_of_single_bytes() -> None:
    for text in ("plain words", "日本語の文章", "🙂" * 50, "\ufdfa\ufb03", "\ud800 half a character", ""):
        most = most_prompt_tokens([Message("system", text), Message("user", text)], {"type": "object"})
        assert most >= 2 * len(text.encode("utf-8", "surrogatepass")) + 2 * 32 + len('{"type": "object"}')
