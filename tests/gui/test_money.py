"""What growths cost, and a person's own prices, in the window."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from seedbed_engine.asking.costs import Estimate
from seedbed_engine.asking.prices import Price, own_prices_path, read_prices
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import calls, history, runs, seeds, trees
from seedbed_engine.keeping.calls import Decision, NewRequest
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import NewExample
from seedbed_engine.settings import GrowthSettings
from seedbed_gui.pages.costs_dialog import CostsDialog, read_costs
from seedbed_gui.pages.prices_dialog import PricesDialog
from seedbed_gui.pages.runs_page import RunsPage, read_story

TOLD = Estimate(10, 900, 400, 0.011, 0.0091, 0.0136, 2, 1000, 1500, "")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_project(tmp_path / "a.seedbed") as store:
        seeds.add_seed(store, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED)
        yield store


def grown(store: Store, model: str = "gpt-4o-mini", usd: float | None = 0.012) -> int:
    """A growth of one call that gave two examples."""
    run = runs.add_run(store, "grow", GrowthSettings(strategy="tree", creator="hosted", model=model).to_json(), 1)
    runs.keep_estimate(store, run, TOLD.to_json())
    call = calls.add_call(store, run, 1, None, f"k{run}", 0, 2)
    request = calls.add_request(store, call, NewRequest(0, 0, 2, None, None, "hosted", model, "[]", "{}"))
    calls.keep_reply(
        store, request, "", model=model, finish_reason="stop", prompt_tokens=900, completion_tokens=300, usd=usd
    )
    made = [
        NewExample(
            1, None, call, request, place, f"k{run}.{place}", 1, Example(f"{run} {place}?", ("yes", "no"), "yes")
        )
        for place in range(2)
    ]
    calls.queue_decisions(store, [Decision(call, 0, made, [], [(request, 0, 0)])]).result()
    runs.end_run(store, run, "finished")
    return run


def texts_of(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def shown(qtbot: QtBot, store: Store) -> list[str]:
    dialog = CostsDialog(read_costs(store))
    qtbot.addWidget(dialog)
    dialog.show()
    return texts_of(dialog)


def test_nothing_asked_is_said(qtbot: QtBot, store: Store) -> None:
    assert any("Nothing was asked yet" in text for text in shown(qtbot, store))


def test_what_was_told_stands_beside_what_it_came_to(qtbot: QtBot, store: Store) -> None:
    grown(store)
    history.set_state(store, [trees.read_children(store, 1, None)[0].id], State.APPROVED)
    found = shown(qtbot, store)
    assert "$0.0091 to $0.014" in found
    assert "$0.012" in found
    assert "$0.0060" in found  # a kept one
    assert {"By strategy", "By model", "By depth", "tree", "gpt-4o-mini"} <= set(found)


def test_without_a_price_tokens_are_told(qtbot: QtBot, store: Store) -> None:
    grown(store, "somebody/model", None)
    found = shown(qtbot, store)
    assert "price not known" in found
    assert "600 tokens" in found
    assert "1,000 to 1,500 tokens" in found


def test_what_has_no_price_makes_no_example_cheaper(qtbot: QtBot, store: Store) -> None:
    grown(store, "somebody/model", None)
    grown(store)
    assert shown(qtbot, store).count("$0.0060") == 4  # the run, its strategy, its model, its depth


def test_a_growth_on_the_runs_page_says_what_was_told_and_what_an_example_cost(qtbot: QtBot, store: Store) -> None:
    run = grown(store)
    page = RunsPage()
    qtbot.addWidget(page)
    page.show_runs(tuple(runs.read_runs(store)))
    page._shown = run
    page._show_story(read_story(store, run))
    assert "1,200 tokens · $0.012 · told beforehand: $0.0091 to $0.014" in texts_of(page)
    assert "$0.0060 a kept example" in texts_of(page)


@pytest.fixture
def prices(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PricesDialog:
    monkeypatch.setenv("SEEDBED_HOME", str(tmp_path / "home"))
    dialog = PricesDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_price_of_ones_own_is_given_and_taken_out(prices: PricesDialog) -> None:
    assert read_prices().day in prices.source.text()
    assert not prices.set_button.isEnabled()
    prices.model.setEditText("my-deployment")
    prices.prompt.setValue(0.15)
    prices.completion.setValue(0.6)
    prices.set_button.click()
    assert read_prices().find("my-deployment") == Price(0.15, 0.6)
    assert prices.table.rows.rows[0] == ("my-deployment", "0.15", "0.60", "yours")
    prices.remove_button.click()
    assert read_prices().find("my-deployment") is None
    assert json.loads(own_prices_path().read_text()) == {"models": {}}


def test_a_row_that_is_chosen_can_be_changed(prices: PricesDialog) -> None:
    place = [row[0] for row in prices.table.rows.rows].index("gpt-4o")
    prices.table.selectRow(place)
    assert prices.model.currentText() == "gpt-4o"
    assert prices.prompt.value() == 2.5


def test_a_broken_file_of_ones_own_is_said(prices: PricesDialog) -> None:
    own_prices_path().parent.mkdir(parents=True, exist_ok=True)
    own_prices_path().write_text("{")
    prices.model.setEditText("m")
    prices.set_button.click()
    assert "are not a price list" in prices.said.text()
    assert own_prices_path().read_text() == "{"
