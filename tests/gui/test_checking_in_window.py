"""What is too near to what, in the window: after an import, in the log, in the inspector, before a growth."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example
from seedbed_engine.keeping import calls, history, trees
from seedbed_engine.keeping.project import open_project
from seedbed_engine.settings import GrowthSettings
from seedbed_gui import notices
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.grow_dialog import Ground, GrowDialog
from seedbed_gui.pages.import_dialog import ImportDialog
from seedbed_gui.running.checking import Checking

SAYS = "import sys, json; print(json.dumps({'options': sys.argv[1:]}))"
FAILS = "import sys; sys.exit('no encoder')"


def test_edited_examples_are_looked_at_together_and_data_sets_one_after_the_other(qtbot: QtBot, tmp_path: Path) -> None:
    checking = Checking(tmp_path / "x.seedbed", command=[sys.executable, "-c", SAYS])
    found: list[tuple[str, list[str]]] = []
    checking.found.connect(lambda name, facts: found.append((name, facts["options"])))
    checking.check_dataset("one")
    checking.check_dataset("-- two")
    qtbot.waitUntil(lambda: len(found) == 2, timeout=20_000)
    options = [("one", ["--flag", "--json", "--dataset=one"]), ("-- two", ["--flag", "--json", "--dataset=-- two"])]
    assert found == options
    checking.abandon()


def test_a_check_that_fails_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    checking = Checking(tmp_path / "x.seedbed", command=[sys.executable, "-c", FAILS])
    with qtbot.waitSignal(checking.failed, timeout=20_000) as failed:
        checking.check_dataset("one")
    assert failed.args == ["one", "no encoder"]
    gone = Checking(tmp_path / "x.seedbed", command=[str(tmp_path / "nothing")])
    with qtbot.waitSignal(gone.failed, timeout=20_000):
        gone.check_dataset("one")


def test_after_an_import_the_person_is_told_how_many_are_too_near(
    qtbot: QtBot, opened: MainWindow, project_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "exam.jsonl"
    rows = [{"question": q, "options": ["yes", "no"], "answer": "no"} for q in ("Is thing 2 cold?", "Is soup hot?")]
    file.write_text("\n".join(map(json.dumps, rows)))
    opened.questions.import_data(opened.project, file)  # type: ignore[arg-type]
    dialog = opened.questions.dialog
    assert isinstance(dialog, ImportDialog)
    qtbot.waitUntil(lambda: dialog.wanted is not None, timeout=10_000)
    said: list[str] = []
    notices.door.came.connect(lambda notice: said.append(notice.what))
    dialog.accept()
    qtbot.waitUntil(lambda: len(said) == 2, timeout=400_000)
    assert said[1] == "1 of 6 examples is too near to “exam”."
    assert opened.project is not None
    qtbot.waitUntil(lambda: opened.project.overview.undo == "flag what is too near to exam", timeout=10_000)  # type: ignore[union-attr]
    assert trees.read_example(opened.project.store, 3).flag == "too near to row 1 of the test split of 'exam'"


def test_the_log_shows_what_a_discard_is_too_near_to_and_the_way_there(
    qtbot: QtBot, studio: MainWindow, project_file: Path
) -> None:
    with open_project(project_file) as store:
        new = calls.NewDiscard(
            1, 3, '{"question": "<b>Is thing 2 icy?</b>"}', "twin of a kept example", "cosine 0.95", 3
        )
        store.do(lambda db: calls.insert_discards(db, [new]))
    studio.open_path(project_file)
    qtbot.waitUntil(lambda: studio.seed is not None and studio.tree._is_whole, timeout=10_000)
    studio.show_page("log")
    qtbot.waitUntil(lambda: studio.log.table.rows.rowCount() == 2, timeout=10_000)
    studio.log.table.selectRow(1)
    qtbot.waitUntil(studio.log.details.discards.isVisible, timeout=10_000)
    button = next(b for b in studio.log.details.discards.findChildren(QPushButton) if b.text() == "Show #3")
    button.click()
    qtbot.waitUntil(lambda: studio.page == "tree" and studio.tree.inspector.selection == (3,), timeout=10_000)
    origin = studio.tree.inspector.origin
    qtbot.waitUntil(lambda: origin._values["Twins"].text() == "1 turned away, too near to this one", timeout=10_000)


def test_the_inspector_says_why_an_example_is_flagged_and_goes_to_what_it_is_too_near_to(
    qtbot: QtBot, opened: MainWindow, show: Callable[[MainWindow, int], None]
) -> None:
    assert opened.project is not None
    history.set_flags(opened.project.store, {5: "answered otherwise: no; too near to #2"})
    show(opened, 5)
    inspector = opened.tree.inspector
    qtbot.waitUntil(inspector.near.isVisible, timeout=10_000)
    assert inspector.near.text() == "Show #2"
    inspector.near.click()
    qtbot.waitUntil(lambda: inspector.shown is not None and inspector.shown.id == 2, timeout=10_000)
    assert not inspector.near.isVisible()


def test_the_doors_limits_are_asked_for_where_one_wants_to_see_them(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.seed is not None
    dialog = GrowDialog(
        Ground(opened.seed, (), Example("Is ice cold?", ("yes", "no"), "yes")),
        GrowthSettings(),
    )
    qtbot.addWidget(dialog)
    dialog.show()
    field = dialog.form.fields["twin_threshold"]
    assert not field.isVisible()
    dialog.fold.click()
    assert field.isVisible()
    field.setValue(0.97)
    dialog.form.fields["leak_words"].setValue(9)
    assert (dialog.settings().twin_threshold, dialog.settings().leak_words) == (0.97, 9)
