"""What is told before a growth, beside what it came to; and what growths cost."""

import dataclasses
import json
import threading
from pathlib import Path
from typing import Any

import click.testing
import pytest
from sqlite_utils import Database

from seedbed_engine import jobs
from seedbed_engine.__main__ import main
from seedbed_engine.asking.costs import Estimate
from seedbed_engine.asking.estimates import estimate_growth
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import calls, runs, seeds, spending
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

FIXED = Example("Is copper a good conductor of heat, as most metals are?", ("yes", "no"), "yes")
VARIABLE = Example("Where would you look for a book?", ("a library", "a river", "an oven"), "a library", "It is quiet.")


def count(body: dict[str, Any]) -> dict[str, int]:
    """Prompt tokens as a server with another tokenizer than ours counts them."""
    return {"prompt_tokens": sum(len(message["content"]) for message in body["messages"]) * 10 // 37 + 9}


@pytest.fixture
def server(chat_server: Any) -> Any:
    chat_server.usage = count
    return chat_server


def hosted(server: Any, **other: Any) -> GrowthSettings:
    settings = {"creator": "hosted", "model": "gpt-4o-mini", "base_url": server.address, "n": 4, "target": 40}
    return GrowthSettings.from_fields({**settings, **other})


def project(path: Path, seed: Example) -> Store:
    store = create_project(path)
    seeds.add_seed(store, seed, Options.FIXED if seed is FIXED else Options.VARIABLE)
    return store


def grow(store: Store, settings: GrowthSettings) -> int:
    run = runs.add_run(store, "grow", settings.to_json(), 1)
    assert jobs.work_on(store.path, run, lambda event: None, threading.Event()) == "finished"
    return run


@pytest.mark.parametrize("seed", [FIXED, VARIABLE])
@pytest.mark.parametrize("strategies", [("naive", "tree"), ("random", "similar", "contrastive")])
def test_the_range_told_beforehand_holds_what_a_growth_came_to(
    server: Any, tmp_path: Path, seed: Example, strategies: tuple[str, ...]
) -> None:
    """The same strategy twice: the second time it is learnt from the first."""
    with project(tmp_path / "a.seedbed", seed) as store:
        for seed_number, strategy in enumerate(strategies * 2):
            settings = hosted(server, strategy=strategy, seed_number=seed_number)
            told = estimate_growth(store, seeds.read_seed(store, 1), settings)
            run = grow(store, settings)
            account = calls.read_account(store, run)
            used = account.prompt_tokens + account.completion_tokens
            if seed_number:  # nothing is known of how this server writes before its first run
                assert told.tokens_low <= used <= told.tokens_high, (strategy, seed_number, told, used)
                assert told.usd_low is not None
                assert told.usd_high is not None
                assert account.usd is not None
                assert told.usd_low <= account.usd <= told.usd_high <= 1.5 * told.usd_low
            assert estimate_growth(store, seeds.read_seed(store, 1), settings, before=run) == told
            assert Estimate.from_json(runs.read_run(store, run).estimate) == told


def test_a_yield_that_was_seen_makes_more_calls_likely_and_limits_fewer(server: Any, tmp_path: Path) -> None:
    def half_twins(body: dict[str, Any]) -> str:
        made = json.loads(write(body))["examples"]
        return json.dumps({"examples": [*made[:2], made[0], made[1]]})

    write, server.writer = server.writer, half_twins
    with project(tmp_path / "a.seedbed", FIXED) as store:
        seed = seeds.read_seed(store, 1)
        before = estimate_growth(store, seed, hosted(server))
        grow(store, hosted(server))
        after = estimate_growth(store, seed, hosted(server))
        assert after.calls > 1.4 * before.calls
        assert "such a growth" in after.basis
        assert estimate_growth(store, seed, hosted(server, max_calls=3)).requests == 3
        cheap = estimate_growth(store, seed, hosted(server, budget_usd=1e-6))
        assert (cheap.usd_low, cheap.usd_high) == (1e-6, 1e-6)


def test_what_has_no_price_or_costs_nothing_is_told_in_tokens(tmp_path: Path) -> None:
    with project(tmp_path / "a.seedbed", FIXED) as store:
        seed = seeds.read_seed(store, 1)
        unknown = estimate_growth(store, seed, GrowthSettings(creator="hosted", model="nobody/knows"))
        assert unknown.usd is None
        assert unknown.tokens_low > 0
        own = estimate_growth(store, seed, GrowthSettings(target=20, n=5))
        assert own.usd_high == 0.0
        assert 5 * (own.calls - 1) < own.requests <= 5 * own.calls
        with pytest.raises(PersonError, match="no example 9"):
            estimate_growth(store, seed, GrowthSettings(parents=(9,)))


def test_a_check_of_the_answers_is_told_beforehand(tmp_path: Path) -> None:
    """The example is read again, and about half of what is checked is not kept."""
    passage = Example("Does tin melt?", ("yes", "no"), "yes", "Tin melts at 232 degrees. " * 8)
    with create_project(tmp_path / "one.seedbed") as store:
        seeds.add_seed(store, passage, Options.FIXED)
        seed = seeds.read_seed(store, 1)
        settings = GrowthSettings(model="a.gguf", n=2, target=40)
        checked = estimate_growth(store, seed, settings)
        unchecked = estimate_growth(store, seed, dataclasses.replace(settings, check_passages=False))
    assert checked.requests > 1.5 * unchecked.requests
    assert checked.prompt_tokens / checked.requests > 1.3 * unchecked.prompt_tokens / unchecked.requests


def test_a_budget_for_batches_is_told_whole(tmp_path: Path) -> None:
    settings = GrowthSettings(creator="hosted", model="gpt-4o-mini", target=1000, batch=True)
    with project(tmp_path / "one", FIXED) as store:
        free = estimate_growth(store, seeds.read_seed(store, 1), settings)
        assert free.usd_low is not None
        budget = 0.9 * free.usd_low
        held = estimate_growth(store, seeds.read_seed(store, 1), dataclasses.replace(settings, budget_usd=budget))
    assert held.usd_low == held.usd == held.usd_high == budget


def test_an_estimate_asks_nothing_and_begins_nothing_and_costs_are_shown_beside_it(server: Any, tmp_path: Path) -> None:
    def seedbed(*words: str) -> click.testing.Result:
        return click.testing.CliRunner().invoke(main, list(words))

    path = str(tmp_path / "a.seedbed")
    asked = [
        "--creator",
        "hosted",
        "--model",
        "gpt-4o-mini",
        "--base-url",
        server.address,
        "--target",
        "12",
        "--n",
        "4",
    ]
    project(Path(path), FIXED).close()
    told = seedbed("grow", path, *asked, "--estimate")
    assert told.exit_code == 0
    assert "$0.0" in told.stdout
    assert "by the prices of 2" in told.stdout
    assert json.loads(seedbed("grow", path, *asked, "--estimate", "--json").stdout)["calls"] >= 3
    assert server.heard == []
    assert seedbed("grow", path, "--resume", "1", "--estimate").exit_code == 1
    assert json.loads(seedbed("costs", path, "--json").stdout)["runs"] == []
    assert seedbed("grow", path, *asked, "--json").exit_code == 0
    facts = json.loads(seedbed("costs", path, "--json").stdout)
    (run,) = facts["runs"]
    assert run["kept"] == 12
    assert run["usd told"].startswith("$0.0")
    assert run["usd a kept one"] == pytest.approx(run["usd"] / 12)
    assert run["usd an approved one"] is None
    assert [row["kept"] for row in facts["by depth"]] == [4, 8]
    for group in ("by strategy", "by model", "by depth"):
        assert sum(row["usd"] for row in facts[group]) == pytest.approx(run["usd"])
        assert sum(row["requests"] for row in facts[group]) == run["requests"]
    (model,) = facts["by model"]
    assert (model["model"], model["answers as"]) == ("gpt-4o-mini", "test-model")
    shown = seedbed("costs", path).stdout
    assert "by model\nmodel gpt-4o-mini\n" in shown
    assert "run 1 \N{MIDDLE DOT} tree \N{MIDDLE DOT} finished\n" in shown
    assert "  usd an approved one" not in shown
    assert max(map(len, shown.splitlines())) < 80


def test_a_failed_request_stands_under_the_same_model_as_a_reply(tmp_path: Path) -> None:
    with project(tmp_path / "a.seedbed", FIXED) as store:
        settings = GrowthSettings(creator="hosted", model="gpt-4o-mini")
        run = runs.add_run(store, "grow", settings.to_json(), 1)
        add = """INSERT INTO request
(id, call, part, attempt, wanted, creator, model, messages, sampling, outcome, sent)
VALUES (?, 1, ?, 0, 1, 'hosted', ?, '[]', '{}', ?, '2026-01-01')"""

        def ask(db: Database) -> None:
            db.execute("INSERT INTO call (id, run, seed, key, place, wanted) VALUES (1, ?, 1, 'k', 0, 2)", [run])
            db.execute(add, [1, 0, "gpt-4o-mini", "failed"])
            db.execute(add, [2, 1, "gpt-4o-mini-2024-07-18", "read"])

        store.do(ask)
        sums = spending.sum_by(spending.read_spending(store), "model")
        assert {model: each.requests for model, each in sums.items()} == {"gpt-4o-mini": 2}
        assert spending.read_answering(store) == {"gpt-4o-mini": ["gpt-4o-mini-2024-07-18"]}
