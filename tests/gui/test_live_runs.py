"""Runs as the window follows them: real processes of the engine, a real server on the loopback."""

import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from seedbed_engine.errors import CreatorError
from seedbed_engine.events import Progress, Started
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import calls, runs, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.grow_dialog import GrowDialog
from seedbed_gui.pages.run_display import NOT_SET_UP

LONG = (
    240_000  # milliseconds; the engine loads its encoder in a process of its own, for 4 s alone, 60 s on a busy machine
)


@pytest.fixture
def only_seed(qtbot: QtBot, studio: MainWindow, tmp_path: Path) -> MainWindow:
    """The window with a project that has a seed and nothing else."""
    path = tmp_path / "seed.seedbed"
    with create_project(path) as store:
        add_seed(store, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED)
    studio.open_path(path)
    qtbot.waitUntil(lambda: studio.seed is not None and studio.tree._is_whole, timeout=10_000)
    return studio


@pytest.fixture
def slow(chat_server: Any) -> Iterator[Any]:
    """The server takes its time."""
    chat_server.delay = 0.4
    yield chat_server
    chat_server.delay = 0.0


def grow(qtbot: QtBot, studio: MainWindow, server: Any, target: int) -> None:
    """Through the dialog, as a person does it."""
    studio.questions._growth = GrowthSettings(creator="hosted", model="test-model", base_url=server.address, n=3)
    studio.top_bar.grow.click()
    dialog = studio.questions.dialog
    assert isinstance(dialog, GrowDialog)
    dialog.form.fields["target"].setValue(target)  # type: ignore[union-attr]
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: studio.desk.is_busy, timeout=10_000)


def kept(studio: MainWindow) -> int:
    return len(studio.tree.canvas.scene) - 1


def test_a_growth_is_seen_live_adds_up_and_stops_after_what_is_in_flight(
    qtbot: QtBot, only_seed: MainWindow, slow: Any
) -> None:
    heard: list[Progress] = []
    only_seed.desk.heard.connect(lambda event: heard.append(event) if isinstance(event, Progress) else None)
    grow(qtbot, only_seed, slow, 5000)
    qtbot.waitUntil(lambda: kept(only_seed) >= 6, timeout=LONG)
    assert not only_seed.top_bar.grow.isEnabled()
    only_seed.status_bar.stop.click()
    assert only_seed.status_bar.stop.text() == "Stop now"
    qtbot.waitUntil(lambda: not only_seed.desk.is_busy, timeout=LONG)
    for at in heard:
        assert at.asked + at.surplus == at.kept + at.discarded + at.missing + at.failed + at.waiting
    assert only_seed.project is not None
    account = calls.read_account(only_seed.project.store, 1)
    assert account.adds_up
    # what was asked ahead of a turn that did not come waits, as it was delivered
    assert account.kept + account.discarded + account.waiting == len(slow.ledger) * 3
    assert only_seed.runs.whereabouts()[-1].startswith("Run 1")
    qtbot.waitUntil(lambda: kept(only_seed) == account.kept, timeout=10_000)
    assert only_seed.status_bar.what.text() == "Nothing is running"
    toast = only_seed.toasts.shown[-1]
    assert f"{account.kept} examples kept" in toast.accessibleName()
    qtbot.waitUntil(only_seed.top_bar.grow.isEnabled, timeout=10_000)
    asked = len(slow.ledger)
    next(button for button in toast.findChildren(Button) if button.text() == "Go on").click()
    qtbot.waitUntil(lambda: len(slow.ledger) > asked, timeout=LONG)
    assert "another day" in only_seed.status_bar.stop.toolTip()
    only_seed.status_bar.stop.click()
    qtbot.waitUntil(lambda: not only_seed.desk.is_busy, timeout=LONG)
    store = only_seed.project.store
    assert [run.id for run in runs.read_runs(store)] == [1]
    account = calls.read_account(store, 1)
    assert account.adds_up
    assert account.kept + account.discarded + account.waiting == len(slow.ledger) * 3  # nothing was asked twice


def shown_in(body: dict[str, Any]) -> str:
    return str(json.loads(body["messages"][-1]["content"].split("\n\n")[0])["question"])


def test_a_person_steers_a_growth_from_several_examples_while_it_goes_on(
    qtbot: QtBot, slow: Any, opened: MainWindow
) -> None:
    """G on three examples; meanwhile one is rejected by its button, one edited: the server's ledger shows both held."""
    settings = GrowthSettings(creator="hosted", model="test-model", base_url=slow.address, n=3)
    opened.questions._growth, before = replace(settings, strategy="naive", target=5000), kept(opened)
    assert opened.project is not None
    store, canvas = opened.project.store, opened.tree.canvas
    shown_before = len(calls_of(store, 1))
    canvas.select([3, 1, 2], 2)
    qtbot.keyClick(canvas, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: opened.questions.dialog is not None, timeout=10_000)
    dialog = opened.questions.dialog
    assert isinstance(dialog, GrowDialog)
    assert dialog.windowTitle() == "Grow from 3 examples"
    dialog.accept_button.click()
    qtbot.waitUntil(lambda: kept(opened) > before + 6, timeout=2 * LONG)
    assert opened.status_bar.what.text() == "Growing from 3 examples"
    canvas.set_view(canvas.view().zoomed(1.4, 300, 300))
    canvas.select([1], 1)
    opened.tree.inspector.reject_button.click()
    qtbot.waitUntil(lambda: trees.read_example(store, 1).state is State.REJECTED, timeout=10_000)
    last, scale = calls.read_log(store, limit=1)[0].id, canvas.view().scale_x
    opened.project.edit(2, Example("Is snow white?", ("yes", "no"), "yes"), lambda _: None)
    qtbot.waitUntil(lambda: "Is snow white?" in map(shown_in, list(slow.heard)), timeout=LONG)
    assert canvas.selected() == [1]
    assert canvas.view().scale_x == scale
    opened.status_bar.stop.click()
    qtbot.waitUntil(lambda: not opened.desk.is_busy, timeout=LONG)
    later = [request for request in calls.read_log(store, limit=5000) if request.id > last]
    rejected = trees.read_example(store, 1).example.question
    assert later
    assert not any(rejected in request.messages for request in later)
    assert sum(shown_in(body) == rejected for body in slow.heard) == len(calls_of(store, 1)) - shown_before


def calls_of(store: Store, parent: int) -> list[int]:
    """The requests that showed an example."""
    query = "SELECT q.id FROM request q JOIN call c ON c.id = q.call WHERE c.parent = ?"
    return [row[0] for row in store.rows(query, [parent])]


def test_a_growth_that_waits_for_approval_goes_on_from_its_notice(
    qtbot: QtBot, only_seed: MainWindow, slow: Any
) -> None:
    slow.delay = 0.0
    settings = GrowthSettings(creator="hosted", model="test-model", base_url=slow.address, n=3, target=6)
    only_seed.wishes.start_growth(replace(settings, approved_parents=True), only_seed.seed)  # type: ignore[arg-type]
    offers = lambda: [b for t in only_seed.toasts.shown for b in t.findChildren(QPushButton) if b.text() == "Go on"]  # noqa: E731
    qtbot.waitUntil(lambda: bool(offers()), timeout=LONG)
    assert only_seed.project is not None
    store = only_seed.project.store
    qtbot.waitUntil(lambda: runs.read_run(store, 1).state == "stopped" and not only_seed.desk.is_busy, timeout=10_000)
    only_seed.project.set_state([1], State.APPROVED)
    qtbot.waitUntil(lambda: trees.read_example(store, 1).state is State.APPROVED, timeout=10_000)
    offers()[-1].click()
    qtbot.waitUntil(lambda: runs.read_run(store, 1).state == "finished", timeout=LONG)
    assert {call.parent for call in calls.read_calls(store, 1)} == {None, 1}
    assert calls.read_account(store, 1).kept == 6


def test_a_run_that_is_killed_ends_its_row(qtbot: QtBot, only_seed: MainWindow, slow: Any) -> None:
    slow.delay = 5.0
    grow(qtbot, only_seed, slow, 9)
    qtbot.waitUntil(lambda: bool(slow.heard), timeout=LONG)
    only_seed.status_bar.stop.click()
    qtbot.wait(200)
    only_seed.status_bar.stop.click()
    qtbot.waitUntil(lambda: not only_seed.desk.is_busy, timeout=10_000)
    assert only_seed.project is not None
    store = only_seed.project.store
    qtbot.waitUntil(lambda: runs.read_run(store, 1).state == "stopped", timeout=10_000)


def test_a_window_that_closes_can_let_its_run_go_on(
    qtbot: QtBot, only_seed: MainWindow, slow: Any, tmp_path: Path
) -> None:
    grow(qtbot, only_seed, slow, 30)
    qtbot.waitUntil(lambda: kept(only_seed) >= 3, timeout=LONG)
    only_seed.close()
    assert only_seed.isVisible()
    box = only_seed.findChildren(QMessageBox)[-1]
    next(b for b in box.findChildren(QPushButton) if b.text() == "Close, let it go on").click()
    qtbot.waitUntil(lambda: not only_seed.isVisible(), timeout=LONG)
    with open_project(tmp_path / "seed.seedbed") as store:
        deadline = time.monotonic() + LONG / 1000
        while runs.read_run(store, 1).state != "finished" and time.monotonic() < deadline:
            time.sleep(0.2)
        assert calls.read_account(store, 1).kept == 30


def test_a_wrong_key_is_said_with_its_mend(qtbot: QtBot, only_seed: MainWindow, chat_server: Any) -> None:
    chat_server.key = "another one"
    grow(qtbot, only_seed, chat_server, 3)
    qtbot.waitUntil(lambda: bool(only_seed.toasts.shown), timeout=LONG)
    assert only_seed.toasts.shown[-1].property("tone") == "wrong"
    assert "key" in only_seed.toasts.shown[-1].accessibleName()
    assert only_seed.project is not None
    store = only_seed.project.store
    qtbot.waitUntil(lambda: not only_seed.desk.is_busy, timeout=10_000)
    assert runs.read_run(store, 1).state == "failed"


def test_the_model_in_the_box_can_be_set_up_from_the_notice(qtbot: QtBot, only_seed: MainWindow) -> None:
    from seedbed_engine.creating.creators.box import box_model

    with pytest.raises(CreatorError) as refused:
        box_model()
    assert NOT_SET_UP in refused.value.what
    only_seed.wishes.start_growth(GrowthSettings(target=2), only_seed.seed)  # type: ignore[arg-type]
    offer = "Set it up now"
    qtbot.waitUntil(
        lambda: offer in [b.text() for t in only_seed.toasts.shown for b in t.findChildren(QPushButton)], timeout=LONG
    )


@pytest.mark.parametrize(("code", "says"), [(0, "The model in the box is ready."), (1, "half-way")])
def test_setting_up_is_shown_and_its_end_is_said(qtbot: QtBot, studio: MainWindow, code: int, says: str) -> None:
    child = f"import sys, time; print('half-way', flush=True); time.sleep(0.5); sys.exit({code})"
    studio.display.set_up_model([sys.executable, "-c", child])
    qtbot.waitUntil(lambda: studio.status_bar.line.text() == "half-way", timeout=10_000)
    assert not studio.status_bar.stop.isVisible()
    qtbot.waitUntil(lambda: any(says in t.accessibleName() for t in studio.toasts.shown), timeout=10_000)
    assert studio.status_bar.what.text() == "Nothing is running"


def test_a_run_of_another_process_is_followed_and_can_be_stopped(
    qtbot: QtBot, only_seed: MainWindow, slow: Any, tmp_path: Path
) -> None:
    import subprocess

    assert only_seed.project is not None
    store = only_seed.project.store
    settings = GrowthSettings(creator="hosted", model="test-model", base_url=slow.address, n=3, target=5000)
    run = runs.add_run(store, "grow", settings.to_json(), 1)
    command = [sys.executable, "-m", "seedbed_engine", "run", str(tmp_path / "seed.seedbed"), str(run)]
    other = subprocess.Popen(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    try:
        qtbot.waitUntil(lambda: "by another process" in only_seed.status_bar.what.text(), timeout=LONG)
        qtbot.waitUntil(lambda: kept(only_seed) >= 3, timeout=LONG)
        only_seed.status_bar.stop.click()
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=LONG)
    finally:
        other.kill()
        other.wait()
    qtbot.waitUntil(lambda: only_seed.status_bar.what.text() == "Nothing is running", timeout=10_000)


def test_the_next_growth_is_taken_by_the_same_process_and_another_one_where_it_was_killed(
    qtbot: QtBot, only_seed: MainWindow, chat_server: Any
) -> None:
    pids: list[int] = []
    only_seed.desk.heard.connect(lambda event: pids.append(event.pid) if isinstance(event, Started) else None)
    for _ in range(2):
        grow(qtbot, only_seed, chat_server, 3)
        qtbot.waitUntil(lambda: not only_seed.desk.is_busy, timeout=LONG)
    assert len(pids) == 2
    assert pids[0] == pids[1]
    os.kill(pids[0], signal.SIGKILL)
    grower = only_seed.desk._grower
    assert grower is not None
    qtbot.waitUntil(lambda: not grower.can_take_more, timeout=10_000)
    grow(qtbot, only_seed, chat_server, 3)
    qtbot.waitUntil(lambda: not only_seed.desk.is_busy, timeout=LONG)
    assert len(pids) == 3
    assert pids[2] != pids[0]
    assert only_seed.project is not None
    assert [run.state for run in runs.read_runs(only_seed.project.store)] == ["finished"] * 3
