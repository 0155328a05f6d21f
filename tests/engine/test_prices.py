"""The dated price list, and a person's own prices over it."""

import json
from pathlib import Path

import click.testing
import pytest

from seedbed_engine.__main__ import main
from seedbed_engine.asking.costs import price
from seedbed_engine.asking.prices import own_prices_path, read_prices
from seedbed_engine.errors import InvalidFile


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SEEDBED_HOME", str(tmp_path))
    return tmp_path


def shown(*words: str) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, ["costs", *words])


def test_the_bundled_list_has_a_day_and_the_models_of_the_paper_and_after(home: Path) -> None:
    found = read_prices()
    assert len(found.day) == 10
    assert {"gpt-3.5-turbo", "gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano"} <= set(found.models)
    assert found.own == frozenset()
    assert found.day in shown("--prices").output


def test_a_persons_own_prices_go_before_the_bundled_ones_and_are_read_anew(home: Path) -> None:
    assert own_prices_path() == home / "prices.json"
    own_prices_path().write_text(
        '{"models": {"gpt-4o-mini": {"prompt": 1, "completion": 2}, "my-deployment": {"prompt": 3, "completion": 4}}}'
    )
    assert price("gpt-4o-mini", 1_000_000, 1_000_000) == 3.0
    assert price("my-deployment", 1_000_000, 0) == 3.0
    assert price("gpt-4o", 1_000_000, 0) == 2.5
    rows = json.loads(shown("--prices", "--json").stdout)["prices"]
    assert {row["model"] for row in rows if row["whose"] == "yours"} == {"gpt-4o-mini", "my-deployment"}
    own_prices_path().unlink()
    assert price("my-deployment", 1, 1) is None


ONE = '{"models": {"m": {"prompt": PRICE, "completion": 1}}}'
BROKEN = ["", "[]", '{"models": {"m": 1}}', ONE.replace("PRICE", "-1"), ONE.replace("PRICE", "NaN")]


@pytest.mark.parametrize("text", BROKEN)
def test_a_broken_list_is_said_with_its_place_and_form(home: Path, text: str) -> None:
    own_prices_path().write_text(text)
    with pytest.raises(InvalidFile, match=r"prices\.json, are not a price list.*in US dollars"):
        read_prices()
    assert shown("--prices").exit_code == 1


def test_a_list_that_breaks_while_a_run_goes_on_does_not_stop_it(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    own_prices_path().write_text('{"models": {"mine": {"prompt": 1, "completion": 1}}}')
    assert price("mine", 1_000_000, 0) == 1.0
    own_prices_path().write_text("{")
    assert price("mine", 1_000_000, 0) == 1.0
    assert "prices read before are used" in caplog.text


def test_costs_wants_a_project_or_the_list(home: Path) -> None:
    found = shown()
    assert found.exit_code == 1
    assert "No project is named" in found.output


def test_a_price_can_be_set_by_the_command_line(home: Path) -> None:
    rows = json.loads(shown("--set-price", "my-deployment", "0.15", "0.6", "--json").stdout)["prices"]
    assert {"model": "my-deployment", "prompt": 0.15, "completion": 0.6, "whose": "yours"} in rows
    assert price("my-deployment", 1_000_000, 0) == 0.15
    refused = shown("--set-price", "m", "-1", "0")
    assert refused.exit_code == 1
    assert "That is no price" in refused.output
