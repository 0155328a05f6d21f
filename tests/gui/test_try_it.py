"""Trying a trained model in the studio: a real one, asked by a real process."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.project import open_project
from seedbed_engine.learning.items import infer_form
from seedbed_engine.learning.models import save_model
from seedbed_engine.learning.training import train
from seedbed_engine.settings import TrainingSettings
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.try_it import TryIt

LONG = 180_000
TOOLS = ("hammer", "saw", "drill", "wrench", "chisel", "file", "clamp", "axe")
ANIMALS = ("cat", "dog", "horse", "cow", "sheep", "goat", "hen", "duck")
CLAIMS = [
    Example(f"A {name} is an animal.", ("yes", "no"), "yes" if name in ANIMALS else "no") for name in (*ANIMALS, *TOOLS)
]
CHOICES = [
    Example(f"Which is like a {name}?", (*TOOLS[: 1 + place % 3], name), name) for place, name in enumerate(ANIMALS)
]


def with_model(project: Path, examples: list[Example]) -> None:
    """A project with a judged run that left a small model."""
    form = infer_form(examples)
    model = train(examples, form, TrainingSettings(epochs=1), 1)
    assert model is not None
    save_model(model, project.parent / "small.models" / "model", {})
    verdict = {
        "headline": "Not told apart", "sentence": "So it is.", "notes": [], "test_name": "a test", "test_items": 10,
        "is_human_test": True, "rows": [], "comparisons": [], "majority_share": 0.5, "labels": list(form.labels),
        "confusion": [], "kind": form.kind.value,
    }  # fmt: skip
    with open_project(project) as store:
        run = runs.add_run(store, "train", TrainingSettings().to_json(), 1)
        runs.take_lease(store, run)
        runs.add_trained_model(store, run, "created", 1, "small.models/model", "{}")
        runs.end_run(store, run, "finished", result=json.dumps(verdict))


def shown(qtbot: QtBot, studio: MainWindow, project: Path) -> TryIt:
    studio.open_path(project)
    studio.show_page("runs")
    qtbot.waitUntil(lambda: studio.runs.trial is not None, timeout=20_000)
    studio.show_page("runs")
    assert studio.runs.trial is not None
    return studio.runs.trial


@pytest.mark.parametrize("examples", [CLAIMS, CHOICES], ids=["labels", "options"])
def test_a_question_is_answered_with_how_sure_the_model_is(
    qtbot: QtBot, studio: MainWindow, project_file: Path, examples: list[Example]
) -> None:
    with_model(project_file, examples)
    trial = shown(qtbot, studio, project_file)
    assert not trial.ask.isEnabled()
    trial.question.setPlainText("A <b>donkey</b> is an animal.")
    if examples is CHOICES:
        assert not trial.ask.isEnabled()
        trial.options.setPlainText("hammer\ndonkey\n\n")
    assert trial.ask.isEnabled()
    trial.ask.setFocus()
    qtbot.keyClick(trial.ask, Qt.Key.Key_Space)
    assert not trial.ask.isEnabled()
    assert trial.question.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert studio.page == "runs"
    qtbot.waitUntil(lambda: trial.said.text().startswith("How sure"), timeout=LONG)
    answers = [label.text() for label in trial.findChildren(Label) if label.text().endswith(" %")]
    assert {text.partition(" ·")[0] for text in answers} == (
        {"yes", "no"} if examples is CLAIMS else {"hammer", "donkey"}
    )
    assert trial.ask.isEnabled()


def test_a_model_that_is_gone_is_said(qtbot: QtBot, studio: MainWindow, project_file: Path) -> None:
    with_model(project_file, CLAIMS)
    trial = shown(qtbot, studio, project_file)
    (project_file.parent / "small.models" / "model" / "seedbed.json").unlink()
    trial.question.setPlainText("A donkey is an animal.")
    trial.ask.click()
    qtbot.waitUntil(lambda: trial.said.property("role") == "wrong", timeout=LONG)
    assert "no model that Seedbed trained" in trial.said.text()


def test_leaving_the_run_leaves_no_process_and_no_file(qtbot: QtBot, studio: MainWindow, project_file: Path) -> None:
    with_model(project_file, CLAIMS)
    trial = shown(qtbot, studio, project_file)
    trial.question.setPlainText("A donkey is an animal.")
    trial.ask.click()
    file = trial._work._file
    assert file is not None
    assert file.exists()
    studio.close_project()
    assert not file.exists()
