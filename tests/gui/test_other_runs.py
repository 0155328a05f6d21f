"""Runs of another process on the open project: no second one is begun beside them, and they stay in sight."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from seedbed_engine.events import Started, Stopped
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.store import Store, update_row
from seedbed_engine.settings import BranchSettings, GrowthSettings, TrainingSettings
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.run_desk import Wish
from seedbed_gui.pages.run_wishes import BUSY

PROGRESS = {
    "run": 2, "target": 90, "asked": 60, "surplus": 0, "kept": 19, "discarded": 41, "missing": 0, "failed": 0,
    "waiting": 0, "tokens": 900, "usd": None, "seconds_left": None,
}  # fmt: skip


@pytest.fixture
def other() -> Iterator[subprocess.Popen[bytes]]:
    """A process that is not of this window, and lives."""
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    yield process
    process.kill()
    process.wait()


def hold(store: Store, run: int, pid: int, **values: Any) -> None:
    """Have a process work on a run."""
    lease = {"lease_process": pid, "lease_host": socket.gethostname(), "lease_heartbeat": time.time()}
    store.do(lambda db: update_row(db, "run", run, {**lease, "state": "running", **values}))


def begin_growth(qtbot: QtBot, studio: MainWindow, pid: int) -> int:
    """A growth of another process, as it is seen."""
    assert studio.project is not None
    store = studio.project.store
    run = runs.add_run(store, "grow", GrowthSettings(target=90).to_json(), 1)
    hold(store, run, pid, progress=json.dumps({**PROGRESS, "run": run}))
    qtbot.waitUntil(lambda: "by another process" in studio.status_bar.what.text(), timeout=10_000)
    return run


def test_nothing_is_begun_beside_a_run_of_another_process(
    qtbot: QtBot, opened: MainWindow, other: subprocess.Popen[bytes]
) -> None:
    run = begin_growth(qtbot, opened, other.pid)
    wishes, project = opened.wishes, opened.project
    assert project is not None
    assert not opened.top_bar.grow.isEnabled()
    assert not opened.top_bar.train.isEnabled()
    assert opened.top_bar.grow.toolTip() == BUSY
    assert wishes.why_not_train() == BUSY
    wishes.train()
    wishes.ask_to_compare()
    wishes.evaluate()
    wishes.improve()
    wishes.start_training(TrainingSettings())  # its dialog was open before the other process began
    opened.runs.go_on_wanted.emit(1)
    opened.runs.leave_out_wanted.emit(1, 1)
    qtbot.wait(100)
    assert not opened.desk.is_busy
    assert opened.questions.dialog is None
    assert [row.id for row in runs.read_runs(project.store)] == [run, 1]
    assert BUSY in opened.toasts.shown[-1].accessibleName()
    runs_end(project.store, run)
    qtbot.waitUntil(opened.top_bar.grow.isEnabled, timeout=10_000)
    assert opened.status_bar.what.text() == "Nothing is running"


def runs_end(store: Store, run: int) -> None:
    store.do(lambda db: update_row(db, "run", run, {"state": "finished", "lease_process": None}))


def test_a_killed_process_stands_in_nobody_s_way(
    qtbot: QtBot, opened: MainWindow, other: subprocess.Popen[bytes]
) -> None:
    begin_growth(qtbot, opened, other.pid)
    other.kill()
    other.wait()
    qtbot.waitUntil(opened.top_bar.grow.isEnabled, timeout=10_000)
    assert opened.status_bar.what.text() == "Nothing is running"


def test_the_line_and_stop_of_another_process_come_back_after_a_run_of_this_window(
    qtbot: QtBot, opened: MainWindow, other: subprocess.Popen[bytes]
) -> None:
    run = begin_growth(qtbot, opened, other.pid)
    bar, project = opened.status_bar, opened.project
    assert project is not None
    wish = Wish("leave-out", BranchSettings(1), 1, "Leaving branches out")
    opened.desk.began.emit(1, wish)
    assert bar.what.text() == "Leaving branches out"
    opened.desk.ended.emit(1, wish, Stopped(1, "Stopped."))
    assert bar.what.text() == "Growing (by another process)"
    assert bar.line.text().startswith("60 asked = 19 kept")
    assert bar.stop.isVisible()
    bar.stop.click()
    qtbot.waitUntil(lambda: runs.is_stop_wanted(project.store, run), timeout=10_000)


def test_a_run_of_this_window_is_never_taken_for_one_of_another_process(qtbot: QtBot, opened: MainWindow) -> None:
    """What was read of the project may be a moment old when a run ends."""
    assert opened.project is not None
    opened.desk.heard.emit(Started(1, "grow", os.getpid()))
    hold(opened.project.store, 1, os.getpid())
    qtbot.waitUntil(lambda: opened.project.overview.runs[0].state == "running", timeout=10_000)  # type: ignore[union-attr]
    assert "by another process" not in opened.status_bar.what.text()
    assert opened.top_bar.grow.isEnabled()
