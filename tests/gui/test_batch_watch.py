"""Runs that wait for a batch, as the window shows and fetches them: real processes, a real server on the loopback."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from seedbed_engine import jobs
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import batches, calls, runs
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.settings import GrowthSettings
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.labels import Label

LONG = 90_000  # milliseconds; the engine loads its encoder in a process of its own


@pytest.fixture
def waiting(tmp_path: Path, batch_server: Any) -> Path:
    """A closed project whose run waits for a batch, as it was left yesterday."""
    path = tmp_path / "left.seedbed"
    settings = GrowthSettings(
        creator="hosted", model="test-model", base_url=batch_server.address, key_name="SEEDBED_NO_KEY",
        target=60, strategy="naive", batch=True, twin_threshold=0.999,
    )  # fmt: skip
    with create_project(path) as store:
        seed = add_seed(store, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED)
        run = runs.add_run(store, "grow", settings.to_json(), seed)
    assert jobs.work_on(path, run, lambda event: None) == "stopped"
    return path


def opened(qtbot: QtBot, studio: MainWindow, path: Path) -> Any:
    studio.open_path(path)
    qtbot.waitUntil(lambda: studio.project is not None and bool(studio.project.overview.runs), timeout=10_000)
    assert studio.project is not None
    return studio.project


def settled(studio: MainWindow) -> Callable[[], bool]:
    return lambda: not studio.desk.is_busy


def texts(studio: MainWindow) -> str:
    return " ".join(label.text() for label in studio.runs.findChildren(Label) if label.isVisible())


def test_opening_the_project_fetches_a_batch_that_is_there(
    qtbot: QtBot, studio: MainWindow, waiting: Path, batch_server: Any
) -> None:
    batch_server.finish()
    project = opened(qtbot, studio, waiting)
    qtbot.waitUntil(lambda: runs.read_run(project.store, 1).state == "finished", timeout=LONG)
    qtbot.waitUntil(settled(studio), timeout=LONG)
    assert calls.read_account(project.store, 1).kept == 60
    assert batches.read_open(project.store) == []


def test_a_batch_that_is_not_there_is_waited_for_without_a_word_and_can_be_cancelled(
    qtbot: QtBot, studio: MainWindow, waiting: Path, batch_server: Any
) -> None:
    project = opened(qtbot, studio, waiting)
    qtbot.waitUntil(lambda: "look" in batch_server.steps, timeout=LONG)
    qtbot.waitUntil(settled(studio), timeout=LONG)
    assert studio.toasts.shown == []
    studio.show_page("runs")
    qtbot.waitUntil(lambda: "Waiting for the batch: 11 requests at half the price" in texts(studio), timeout=10_000)
    assert studio.runs.table.rows.data(studio.runs.table.rows.index(0, 2)) == "waits"
    batch_server.hooks = {"look": lambda: cancelled(batch_server)}
    buttons = {button.text(): button for button in studio.runs.findChildren(QPushButton) if button.isVisible()}
    assert "Fetch now" in buttons
    buttons["Cancel the batch"].click()
    qtbot.waitUntil(lambda: batches.read_open(project.store) == [], timeout=LONG)
    qtbot.waitUntil(settled(studio), timeout=LONG)
    qtbot.waitUntil(lambda: "Waiting for the batch" not in texts(studio), timeout=10_000)
    assert "cancelled" in studio.toasts.shown[-1].accessibleName()
    assert runs.read_run(project.store, 1).state == "stopped"


def cancelled(server: Any) -> None:
    batch = server.batches["batch_1"]
    if batch.status == "cancelling":
        batch.status = "in_progress"
        server.finish("cancelled", only=4)
