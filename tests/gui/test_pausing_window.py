"""A training that is paused, stopped and taken up again in the window: real processes of the engine."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import seedbed_resources
from seedbed_engine.events import Event, Paused, Trained
from seedbed_engine.examples import example_from_fields
from seedbed_engine.keeping import runs, trees
from seedbed_engine.keeping.samples import create_sample_project
from seedbed_engine.settings import TrainingSettings
from seedbed_gui.main_window import MainWindow

LONG = 240_000  # milliseconds; the engine loads torch in a process of its own
SETTINGS = TrainingSettings(seeds=(1,), human=False, epochs=25, test_dataset=1, batch=8)


@pytest.fixture
def with_tree(qtbot: QtBot, studio: MainWindow, tmp_path: Path) -> MainWindow:
    """The window with a sample whose tree has 32 examples."""
    path = tmp_path / "small.seedbed"
    with create_sample_project(path, "creak") as store:
        lines = seedbed_resources.text("samples", "creak", "train.jsonl").splitlines()[20:52]
        made = [
            trees.NewExample(1, None, None, None, place, f"k{place}", 1, example_from_fields(json.loads(line)))
            for place, line in enumerate(lines)
        ]
        store.do(lambda db: trees.insert_examples(db, made))
    studio.open_path(path)
    qtbot.waitUntil(lambda: studio.seed is not None and studio.tree._is_whole, timeout=10_000)
    return studio


def test_pause_and_go_on_then_stop_and_go_on(qtbot: QtBot, with_tree: MainWindow) -> None:
    heard: list[Event] = []
    studio, bar = with_tree, with_tree.status_bar
    studio.desk.heard.connect(heard.append)
    studio.wishes.start_training(SETTINGS)
    qtbot.waitUntil(lambda: any(isinstance(event, Trained) for event in heard), timeout=LONG)
    assert bar.pause.isVisible()
    assert bar.pause.text() == "Pause"
    bar.pause.click()
    qtbot.waitUntil(lambda: Paused(1, True) in heard, timeout=LONG)
    assert bar.pause.text() == "Go on"
    assert bar.what.text() == "Training, paused"
    many = len(heard)
    qtbot.wait(1500)
    assert len(heard) == many
    bar.pause.click()
    qtbot.waitUntil(lambda: isinstance(heard[-1], Trained), timeout=LONG)
    assert Paused(1, False) in heard
    assert bar.what.text() == "Training"
    bar.pause.click()
    qtbot.waitUntil(lambda: heard.count(Paused(1, True)) == 2, timeout=LONG)
    bar.stop.click()
    qtbot.waitUntil(lambda: not studio.desk.is_busy, timeout=LONG)
    assert not bar.pause.isVisible()
    qtbot.waitUntil(lambda: bool(go_on_buttons(studio)), timeout=LONG)
    go_on_buttons(studio)[0].click()
    qtbot.waitUntil(lambda: studio.desk.is_busy, timeout=LONG)
    qtbot.waitUntil(lambda: not studio.desk.is_busy, timeout=LONG)
    assert studio.project is not None
    (run,) = runs.read_runs(studio.project.store)
    assert run.state == "finished"


def go_on_buttons(studio: MainWindow) -> list[QPushButton]:
    return [button for button in studio.runs.findChildren(QPushButton) if button.text() == "Go on"]
