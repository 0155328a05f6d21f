"""The figures of a run that goes on follow on the runs page, in place: of this window's run and of another's."""

import json
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from seedbed_engine.events import Progress
from seedbed_engine.examples import Example
from seedbed_engine.keeping import calls, runs, trees
from seedbed_engine.keeping.rows import Account
from seedbed_engine.keeping.store import Store, update_row
from seedbed_engine.keeping.trees import NewExample
from seedbed_engine.settings import GrowthSettings, MendingSettings
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages import runs_page
from seedbed_gui.pages.growth_card import Figures, GrowthCard

LABELS = ("yes", "no")


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs_page, "FOLLOWS_MS", 50)


def make(store: Store, run: int, number: int, kept: int = 2) -> None:
    """One call of a run, with what it gave; one item of it is discarded."""
    call = calls.add_call(store, run, 1, None, f"r{run}c{number}", number, kept + 1)
    new = calls.NewRequest(0, 0, kept + 1, None, None, "embedded", "small", "[]", "{}")
    request = calls.add_request(store, call, new)
    calls.keep_reply(
        store, request, "a reply", model="small", finish_reason="stop", prompt_tokens=100, completion_tokens=50, usd=0.0
    )
    made = [Example(f"Is {run}.{number}.{at} cold?", LABELS, "no") for at in range(kept)]
    rows = [
        NewExample(1, None, call, request, at, f"r{run}c{number}/{at}", 1, example) for at, example in enumerate(made)
    ]
    store.do(lambda db: trees.insert_examples(db, rows))
    store.do(lambda db: calls.insert_discards(db, [calls.NewDiscard(request, kept, "raw", "too long")]))


def beat(store: Store, run: int, beats: int) -> None:
    """What another process writes of how far it is."""
    store.do(lambda db: update_row(db, "run", run, {"state": "running", "progress": json.dumps({"calls": beats})}))


def texts(studio: MainWindow) -> list[str]:
    return [label.text() for label in studio.runs._story.findChildren(QLabel) if not label.isHidden()]


def show_run(qtbot: QtBot, studio: MainWindow, work: str = "grow", settings: str = "") -> int:
    """A run that goes on, chosen on the runs page."""
    assert studio.project is not None
    store = studio.project.store
    run = runs.add_run(store, work, settings or GrowthSettings(target=90).to_json(), 1)
    beat(store, run, 0)
    studio.show_page("runs")
    qtbot.waitUntil(lambda: bool(studio.runs._runs) and studio.runs._runs[0].state == "running", timeout=10_000)
    studio.runs.choose(run)
    qtbot.waitUntil(lambda: any(said.startswith("0 asked = 0 kept") for said in texts(studio)), timeout=10_000)
    return run


def test_the_figures_follow_a_run_of_another_process_in_place(qtbot: QtBot, opened: MainWindow) -> None:
    run, page = show_run(qtbot, opened), opened.runs
    assert opened.project is not None
    opened.resize(960, 320)
    card, store = page.growth, opened.project.store
    page._story.setFocus(Qt.FocusReason.TabFocusReason)
    page._story.verticalScrollBar().setValue(9)
    place, focus = page._story.verticalScrollBar().value(), QApplication.focusWidget()
    resets: list[Any] = []
    page.table.rows.modelReset.connect(lambda: resets.append(1))
    for number in (1, 2):
        make(store, run, number)
        beat(store, run, number)
        said = f"{3 * number} asked = {2 * number} kept + {number} discarded"
        qtbot.waitUntil(lambda said=said: any(text.startswith(said) for text in texts(opened)), timeout=10_000)
    assert {"4 examples kept", "2 · too long", "Why items were discarded"} <= set(texts(opened))
    assert "75 tokens a kept example" in texts(opened)
    assert page.growth is card
    assert page._story.verticalScrollBar().value() == place
    assert QApplication.focusWidget() is focus
    assert resets == []


def test_the_figures_follow_what_a_run_of_this_window_says(qtbot: QtBot, opened: MainWindow) -> None:
    run = show_run(qtbot, opened)
    assert opened.project is not None
    make(opened.project.store, run, 1)
    event = Progress(run, 90, 3, 0, 2, 1, 0, 0, 0, 150, None, None)
    opened.desk.heard.emit(replace(event, run=run + 1))  # of no concern here
    assert not opened.runs._figures_soon.isActive()
    opened.desk.heard.emit(event)
    qtbot.waitUntil(lambda: "2 examples kept" in texts(opened), timeout=10_000)


def test_nothing_is_read_while_nobody_sees_it(qtbot: QtBot, opened: MainWindow) -> None:
    run = show_run(qtbot, opened)
    assert opened.project is not None
    opened.show_page("tree")
    make(opened.project.store, run, 1)
    opened.desk.heard.emit(Progress(run, 90, 3, 0, 2, 1, 0, 0, 0, 150, None, None))
    assert not opened.runs._figures_soon.isActive()
    opened.show_page("runs")
    qtbot.waitUntil(lambda: "2 examples kept" in texts(opened), timeout=10_000)


def test_what_a_mending_came_to_follows_too(qtbot: QtBot, opened: MainWindow) -> None:
    run = show_run(qtbot, opened, "regenerate", MendingSettings(examples=(1, 2)).to_json())
    assert opened.project is not None
    assert "0 new siblings" in texts(opened)
    make(opened.project.store, run, 1)
    beat(opened.project.store, run, 1)
    qtbot.waitUntil(lambda: "2 new siblings" in texts(opened), timeout=10_000)
    assert texts(opened).count("2 new siblings") == 1


def test_a_card_says_no_more_than_there_is(qtbot: QtBot, opened: MainWindow) -> None:
    run = show_run(qtbot, opened)
    assert opened.project is not None
    card = opened.runs.growth
    assert isinstance(card, GrowthCard)
    account = Account(5, 0, 2, 3, 0, 0, 0, 1, 100, 50, 0.02)
    card.show_figures(Figures(account, {"too long": 2, "empty question": 1}))
    assert {"2 · too long", "1 · empty question", "$0.010 a kept example"} <= set(texts(opened))
    card.show_figures(Figures(replace(account, possibly_billed=0), {"too long": 3}))
    said = [text for text in texts(opened) if "·" in text or "possibly" in text]
    assert "3 · too long" in said
    assert not any("empty question" in text or "possibly" in text for text in said)
    assert run == opened.runs._shown
