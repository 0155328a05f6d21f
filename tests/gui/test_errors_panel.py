"""Errors of a real small training in the window: what is in a cell, what lies near, what is grown from them."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from seedbed_gui.main_window import SMALLEST, MainWindow
from seedbed_gui.models.mistakes import Bin, cell_of, read_mistakes
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.calibration import CalibrationPicture
from seedbed_gui.pages.errors_panel import ErrorsPanel, calibration_in_words
from seedbed_gui.pages.grow_dialog import GrowDialog
from seedbed_gui.pages.improvement_card import read_rounds
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.matrix import ConfusionMatrix

LABELS = ("Yes", "No")


@pytest.fixture
def panel(qtbot: QtBot, studio: MainWindow, judged_file: Path, tmp_path: Path) -> ErrorsPanel:
    """The errors of the run, on the page for runs."""
    path = Path(shutil.copy(judged_file, tmp_path))
    studio.open_path(path)
    qtbot.waitUntil(lambda: studio.seed is not None and studio.tree._is_whole, timeout=10_000)
    studio.show_page("runs")
    qtbot.waitUntil(lambda: bool(studio.runs.findChildren(ErrorsPanel)), timeout=10_000)
    return studio.runs.findChildren(ErrorsPanel)[0]


def names(panel: ErrorsPanel) -> list[str]:
    return [button.text() for button in panel.items.findChildren(Button) if button.isVisibleTo(panel)]


def wrong_cell(panel: ErrorsPanel) -> tuple[int, int]:
    counts = panel.part.confusion
    return max(((i, j) for i in range(2) for j in range(2) if i != j), key=lambda cell: counts[cell[0]][cell[1]])


def test_a_click_on_a_cell_lists_what_is_in_it(qtbot: QtBot, panel: ErrorsPanel, studio: MainWindow) -> None:
    i, j = wrong_cell(panel)
    many = panel.part.confusion[i][j]
    assert many > 0
    qtbot.mouseClick(panel.matrix, Qt.MouseButton.LeftButton, pos=panel.matrix.cell(i, j).center().toPoint())
    assert panel.title.text() == f"Right “{LABELS[i]}”, answered “{LABELS[j]}” · {many}"
    assert panel.matrix.chosen == (i, j)
    bar = studio.runs._story.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0, timeout=5000)
    qtbot.mouseClick(panel.matrix, Qt.MouseButton.LeftButton, pos=panel.matrix.cell(0, 0).center().toPoint())
    assert panel.title.text().endswith(f"· {panel.part.confusion[0][0]}")
    panel.show_all()
    assert panel.title.text() == f"All errors · {round(panel.part.items * (1 - panel.part.accuracy))}"
    assert panel.matrix.chosen is None


def test_nothing_is_cut_in_the_smallest_window(qtbot: QtBot, panel: ErrorsPanel, studio: MainWindow) -> None:
    studio.resize(*SMALLEST)
    inside, port = studio.runs._story.inside, studio.runs._story.viewport()
    qtbot.waitUntil(lambda: inside.width() <= port.width(), timeout=5000)


def test_cells_are_reached_by_keys(qtbot: QtBot) -> None:
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    matrix.show_counts(LABELS, ((5, 1), (2, 8)))
    chosen: list[tuple[int, int]] = []
    matrix.cell_chosen.connect(lambda i, j: chosen.append((i, j)))
    qtbot.keyClick(matrix, Qt.Key.Key_Right)
    qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert chosen == []  # a matrix that only shows
    matrix.open()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Return, Qt.Key.Key_Left):
        qtbot.keyClick(matrix, key)
    qtbot.keyClick(matrix, Qt.Key.Key_Space)
    assert chosen == [(1, 1), (1, 0)]


def test_every_item_is_in_the_cell_that_counts_it(panel: ErrorsPanel) -> None:
    for part in panel._found:
        counted = [[0, 0], [0, 0]]
        for each in panel._answers.of(part):
            i, j = cell_of(each, part.labels)
            counted[i][j] += 1
        assert counted == [list(line) for line in part.confusion]


def test_the_nearest_example_of_an_error_opens_in_the_tree(
    qtbot: QtBot, panel: ErrorsPanel, studio: MainWindow
) -> None:
    near = next(button for button in panel.items.findChildren(Button) if button.text().startswith("#"))
    number = int(near.text()[1:])
    near.click()
    assert studio.page == "tree"
    inspector = studio.tree.inspector
    qtbot.waitUntil(lambda: inspector.shown is not None and inspector.shown.id == number, timeout=10_000)


def test_a_slice_lists_its_errors_and_says_how_many_were_looked_at(panel: ErrorsPanel) -> None:
    place = next(place for place, each in enumerate(panel.part.slices) if each.errors)
    each = panel.part.slices[place]
    button = next(
        button
        for button in panel.slices.findChildren(Button)
        if button.accessibleName().startswith(f"{each.by}, {each.name}:")
    )
    button.click()
    assert panel.title.text() == f"Errors where {each.by} is: {each.name} · {len(each.errors)}"
    assert f"{len(panel.part.slices)} slices were looked at" in panel.part.said


def test_another_model_of_the_verdict_is_chosen_and_keeps_the_part(panel: ErrorsPanel) -> None:
    assert list(panel.models) == ["created", "human", "all human"]
    assert panel.models["created"].isChecked()
    panel.show_part(1)
    created = [(each.id, each.sureness) for each in panel._answered]
    panel.models["human"].click()
    assert (panel.part.model, panel.part.part) == ("human", "dev")
    assert [button.isChecked() for button in panel.models.values()] == [False, True, False]
    assert panel.heading.text() == "Where the model trained on human data is wrong"
    assert [(each.id, each.sureness) for each in panel._answered] != created
    wrong = sum(not each.is_right for each in panel._answered)
    assert panel.title.text() == f"All errors · {wrong}"
    assert panel.grow.isHidden()  # the tree grows by what its own model does not know
    assert "Grow there …" not in [each.text() for each in panel.findChildren(Button) if each.isVisibleTo(panel)]
    panel.models["all human"].click()  # which was trained on the dev examples
    assert [button.text() for button in panel.buttons] == [f"Test set · {panel.part.items}"]
    panel.models["created"].click()
    panel.show_part(1)
    assert not panel.grow.isHidden()


def test_a_verdict_of_one_model_has_no_chooser(qtbot: QtBot, panel: ErrorsPanel) -> None:
    alone = ErrorsPanel([part for part in panel._found if part.model == "created"], panel._answers)
    qtbot.addWidget(alone)
    assert not alone.models
    assert alone.heading.text() == "Where the model trained on created data is wrong"


def test_a_tree_grows_by_errors_on_the_dev_set_and_not_by_those_on_the_test(
    qtbot: QtBot, panel: ErrorsPanel, studio: MainWindow
) -> None:
    assert [part.part for part in panel._parts] == ["test", "dev"]
    assert panel.grow.isHidden()
    panel.buttons[1].click()
    assert panel.part.part == "dev"
    assert not panel.grow.isHidden()
    panel.show_cell(*wrong_cell(panel))
    panel.grow.click()
    qtbot.waitUntil(lambda: isinstance(studio.questions.dialog, GrowDialog), timeout=10_000)
    dialog = studio.questions.dialog
    assert isinstance(dialog, GrowDialog)
    settings = dialog.settings()
    near = {one.example for nearest in panel.part.nearest.values() for one in nearest}
    assert settings.parents
    assert set(settings.parents) <= near
    assert settings.instruction.startswith("hard cases whose right answer is")
    assert "lives" not in settings.instruction
    dialog.reject()
    qtbot.waitUntil(lambda: studio.questions.dialog is None, timeout=10_000)
    studio.grow(())
    qtbot.waitUntil(lambda: isinstance(studio.questions.dialog, GrowDialog), timeout=10_000)
    assert studio.questions.dialog.settings().instruction == ""  # type: ignore[union-attr]
    studio.questions.dialog.reject()  # type: ignore[union-attr]


def test_clusters_of_dev_errors_can_be_grown_there(qtbot: QtBot, panel: ErrorsPanel, studio: MainWindow) -> None:
    panel.show_part(1)
    assert sum(len(each.errors) for each in panel.part.clusters) == len(panel.part.nearest)
    there = next(button for button in panel.findChildren(Button) if button.text() == "Grow there …")
    there.click()
    qtbot.waitUntil(lambda: isinstance(studio.questions.dialog, GrowDialog), timeout=10_000)
    assert studio.questions.dialog.settings().parents  # type: ignore[union-attr]
    studio.questions.dialog.reject()  # type: ignore[union-attr]


def test_examples_that_were_rejected_since_are_not_grown_from(
    qtbot: QtBot, panel: ErrorsPanel, studio: MainWindow
) -> None:
    panel.show_part(1)
    assert panel.grow.isEnabled()
    panel._answers = replace(panel._answers, kept=frozenset())
    panel.show_all()
    assert not panel.grow.isEnabled()


def test_a_bin_with_few_items_is_said_to_be_uncertain(qtbot: QtBot) -> None:
    picture = CalibrationPicture()
    qtbot.addWidget(picture)
    picture.show_bins([Bin(0.5, 0.6, 30, 0.55, 0.5, 0.33, 0.67, False), Bin(0.9, 1.0, 2, 0.95, 0.5, 0.1, 0.9, True)])
    assert "95 % sure: 50 % right, 2 items, few" in picture.accessibleDescription()
    assert "30 items, few" not in picture.accessibleDescription()
    assert picture.first() == 0.5
    picture.resize(400, 280)
    assert not picture.grab().isNull()


def test_calibration_is_said_with_what_chance_alone_gives(panel: ErrorsPanel) -> None:
    off = replace(panel.part, error=0.2, by_chance=0.1)
    assert "more sure than right" in calibration_in_words(off) or "less sure" in calibration_in_words(off)
    assert "no sign of being off" in calibration_in_words(replace(off, error=0.05))


@pytest.mark.parametrize(
    "result",
    [
        None,
        "",
        "{}",
        "[1]",
        '{"mistakes": {"items": 3}}',
        '{"mistakes": [{"part": 1}]}',
        '{"mistakes": [{"model": "<b>other</b>", "part": "test"}]}',
    ],
)
def test_a_result_without_errors_has_no_parts(result: str | None) -> None:
    assert read_mistakes(result) == ()


def test_rounds_are_asked_for_and_shown_on_the_page_for_runs(
    qtbot: QtBot, panel: ErrorsPanel, studio: MainWindow
) -> None:
    panel.show_part(1)
    panel.rounds.click()
    qtbot.waitUntil(lambda: isinstance(studio.questions.dialog, GrowDialog), timeout=10_000)
    dialog = studio.questions.dialog
    assert isinstance(dialog, GrowDialog)
    assert any("no gain" in label.text() for label in dialog.findChildren(Label))
    settings = replace(dialog.settings(), creator="scripted", model="nowhere.jsonl")
    dialog.reject()
    qtbot.waitUntil(lambda: studio.questions.dialog is None, timeout=10_000)
    assert studio.seed is not None
    studio.wishes.start_rounds(settings, studio.seed)
    project = studio.project
    assert project is not None
    qtbot.waitUntil(lambda: any(run.work == "improve" for run in project.overview.runs), timeout=20_000)

    def ended() -> bool:
        return any(run.work == "improve" and run.state == "failed" for run in project.overview.runs)

    qtbot.waitUntil(ended, timeout=180_000)  # nobody is there to be asked: the first training stays
    assert any("nowhere.jsonl" in (run.error or "") for run in project.overview.runs)
    qtbot.waitUntil(lambda: "before" in [each.text() for each in studio.runs.findChildren(Label)], timeout=10_000)


@pytest.mark.parametrize("result", [None, "", "[]", '{"rounds": 1}', '{"rounds": [{}], "said": ""}'])
def test_a_result_without_rounds_has_none(result: str | None) -> None:
    assert read_rounds(result) == ("", [])
