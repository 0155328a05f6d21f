"""Which branch helped, as the runs page shows it and begins it."""

import json
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from seedbed_engine.keeping import runs
from seedbed_engine.keeping.project import open_project
from seedbed_engine.keeping.rows import RunRow
from seedbed_engine.settings import BranchSettings, TrainingSettings
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.branch_effects import read_left_out
from seedbed_gui.pages.branches_card import CHANCE, NOT_YET, branches_card

FOUND = {
    "run": 1,
    "said": "Of 2 branches: branch 3 did harm; the others cannot be told.",
    "judged on": "300 human examples (creak, dev split)",
    "seeds": 3,
    "branches": [
        {"branch": "branch 3", "examples": 40, "without": 0.71, "difference": -0.062, "interval": [-0.11, -0.014],
         "is_told": True},
        {"branch": "<b>branch 1</b>", "examples": 1200, "without": 0.65, "difference": 0.002,
         "interval": [-0.03, 0.035], "is_told": False},
    ],
}  # fmt: skip

VERDICT = {
    "headline": "Not told apart", "sentence": "So it is.", "notes": [], "test_name": "a test", "test_items": 10,
    "is_human_test": True, "rows": [], "comparisons": [], "majority_share": 0.5, "labels": [], "confusion": [],
}  # fmt: skip


def row(project: Path, result: str | None) -> RunRow:
    with open_project(project) as store:
        run = runs.add_run(store, "leave-out", BranchSettings(1).to_json(), 1)
        return replace(runs.read_run(store, run), result=result)


def test_the_sentence_comes_first_and_each_branch_has_its_interval(qtbot: QtBot, project_file: Path) -> None:
    card = branches_card(row(project_file, json.dumps(FOUND)))
    qtbot.addWidget(card)
    texts = [label.text() for label in card.findChildren(QLabel)]
    assert texts[0] == FOUND["said"]
    assert "\N{MINUS SIGN}6.2" in texts
    assert "\N{MINUS SIGN}11.0 to \N{MINUS SIGN}1.4" in texts
    assert texts.count("harms") == texts.count("cannot be told") == 1
    assert "<b>branch 1</b>" in texts
    assert texts[-1] == CHANCE


def test_what_is_not_finished_or_damaged_is_said(qtbot: QtBot, project_file: Path) -> None:
    for result in (None, "", "[]", '{"branches": 3}', json.dumps({**FOUND, "branches": [{"branch": "x"}]})):
        assert read_left_out(result) is None
        card = branches_card(row(project_file, result))
        qtbot.addWidget(card)
        assert [label.text() for label in card.findChildren(QLabel)] == [NOT_YET]


def test_the_button_below_a_verdict_asks_for_the_run(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.project is not None
    store = opened.project.store
    run = runs.add_run(store, "train", TrainingSettings(seeds=(1,)).to_json(), 1)
    runs.take_lease(store, run)
    runs.end_run(store, run, "finished", result=json.dumps(VERDICT))
    wanted: list[tuple[int, int]] = []
    opened.runs.leave_out_wanted.disconnect()
    opened.runs.leave_out_wanted.connect(lambda *of: wanted.append(of))
    opened.project.look()
    opened.show_page("runs")
    opened.runs.choose(run)
    qtbot.waitUntil(lambda: bool(buttons(opened)), timeout=10_000)
    buttons(opened)[0].click()
    assert wanted == [(run, 1)]


def buttons(studio: MainWindow) -> list[QPushButton]:
    return [each for each in studio.runs.findChildren(QPushButton) if each.text() == "Which branch helped?"]
