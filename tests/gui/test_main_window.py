import gc
import os
import shutil
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import State
from seedbed_engine.keeping import history, trees
from seedbed_engine.keeping.project import open_project
from seedbed_gui import notices
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.preferences import read_preferences
from seedbed_gui.pages.new_project import NewProjectDialog

Show = Callable[[MainWindow, int], None]


def state_of(studio: MainWindow, example: int) -> State:
    assert studio.project is not None
    return trees.read_example(studio.project.store, example).state


def test_the_first_page_says_what_can_be_begun(studio: MainWindow) -> None:
    assert studio.page == "start"
    texts = {button.text() for button in studio.start.findChildren(QPushButton)}
    assert {"Watch the demo", "New project …", "Open …"} <= texts
    assert studio.status_bar.what.text() == "Nothing is running"


def test_a_sample_opens_with_its_seed_and_its_human_data(qtbot: QtBot, studio: MainWindow, home: Path) -> None:
    studio.open_sample("piqa")
    qtbot.waitUntil(lambda: studio.seed is not None, timeout=10_000)
    assert (home / "projects" / "piqa.seedbed").is_file()
    assert studio.project is not None
    assert studio.project.overview.datasets[0].test > 0
    assert studio.page == "tree"


def test_a_sample_never_overwrites_what_was_made_of_it_before(qtbot: QtBot, studio: MainWindow, home: Path) -> None:
    for name in ("creak", "creak-2"):
        studio.open_sample("creak")
        qtbot.waitUntil(lambda name=name: studio.windowTitle() == f"{name} · Seedbed", timeout=10_000)
    assert {path.name for path in home.glob("projects/*.seedbed")} == {"creak.seedbed", "creak-2.seedbed"}


def test_a_project_that_opens_while_the_window_closes_is_closed_again(
    qtbot: QtBot, studio: MainWindow, project_file: Path
) -> None:
    studio.open_path(project_file)
    studio.close()
    qtbot.wait(300)
    assert studio.project is None
    assert not list(project_file.parent.glob("small.seedbed-*"))


def test_an_opened_project_is_among_the_recent_ones(qtbot: QtBot, opened: MainWindow, project_file: Path) -> None:
    assert read_preferences().recent == (str(project_file),)
    assert opened.windowTitle() == "small · Seedbed"
    assert opened.status_bar.saved.text() == "Project saved · small.seedbed"


def test_the_sidebar_counts_what_is_kept(opened: MainWindow) -> None:
    assert opened.sidebar.pages["tree"].accessibleDescription() == "6"
    assert opened.sidebar.pages["runs"].accessibleDescription() == "1"


@pytest.mark.parametrize(("key", "state"), [(Qt.Key.Key_A, State.APPROVED), (Qt.Key.Key_R, State.REJECTED)])
def test_a_key_judges_the_selected_example(
    qtbot: QtBot, opened: MainWindow, show: Show, key: Qt.Key, state: State
) -> None:
    show(opened, 2)
    qtbot.keyClick(opened.tree.canvas, key)
    qtbot.waitUntil(lambda: state_of(opened, 2) is state, timeout=10_000)
    qtbot.waitUntil(lambda: opened.tree.inspector._state.text() == state.value, timeout=10_000)


def test_delete_prunes_a_whole_branch_and_undo_brings_it_back(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 1)
    qtbot.keyClick(opened.tree.canvas, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: {state_of(opened, n) for n in (1, 4, 5, 6)} == {State.PRUNED}, timeout=10_000)
    assert state_of(opened, 2) is State.NEW
    qtbot.keyClick(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: {state_of(opened, n) for n in (1, 4, 5, 6)} == {State.NEW}, timeout=10_000)
    qtbot.waitUntil(lambda: opened.tree.canvas.scene.count_of("pruned") == 0, timeout=10_000)


def test_undo_and_redo_survive_a_restart(
    qtbot: QtBot, qapp: QApplication, opened: MainWindow, show: Show, project_file: Path
) -> None:
    show(opened, 3)
    opened.tree.inspector.approve()
    qtbot.waitUntil(lambda: state_of(opened, 3) is State.APPROVED, timeout=10_000)
    opened.close()
    again = MainWindow()
    again.show()
    again.open_path(project_file)
    qtbot.waitUntil(lambda: again.tree._is_whole, timeout=10_000)
    qtbot.keyClick(again, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: state_of(again, 3) is State.NEW, timeout=10_000)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(again, Qt.Key.Key_Z, both)
    qtbot.waitUntil(lambda: state_of(again, 3) is State.APPROVED, timeout=10_000)
    again.close()
    again.deleteLater()


def test_nothing_to_undo_is_said(qtbot: QtBot, opened: MainWindow) -> None:
    opened.undo()
    qtbot.waitUntil(lambda: bool(opened.toasts.shown), timeout=10_000)
    assert opened.toasts.shown[-1].accessibleName() == "Nothing to undo."


def test_what_others_write_is_seen(qtbot: QtBot, opened: MainWindow, project_file: Path) -> None:
    with open_project(project_file) as other:
        history.set_state(other, [2, 3], State.APPROVED)
    qtbot.waitUntil(lambda: opened.tree.canvas.scene.count_of("approved") == 2, timeout=10_000)
    qtbot.waitUntil(lambda: opened.project is not None and opened.project.overview.seeds[0].approved == 2)


def test_ctrl_f_searches_as_one_types(qtbot: QtBot, opened: MainWindow) -> None:
    qtbot.keyClick(opened, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert opened.top_bar.search.hasFocus()
    qtbot.keyClicks(opened.top_bar.search, "thing 4")
    found = opened.tree.found
    qtbot.waitUntil(lambda: found.isVisible() and len(found.table.rows.rows) == 1, timeout=10_000)
    found.table.selectRow(0)
    qtbot.waitUntil(lambda: opened.tree.canvas.selected() == [5], timeout=10_000)
    qtbot.keyClick(opened.top_bar.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not found.isVisible(), timeout=10_000)


def test_what_a_search_found_is_walked_through_by_keyboard(qtbot: QtBot, opened: MainWindow) -> None:
    canvas, found, box = opened.tree.canvas, opened.tree.found, opened.top_bar.search
    box.setFocus()
    qtbot.keyClicks(box, "thing 2")
    qtbot.keyClick(box, Qt.Key.Key_Return)  # before the list is there
    qtbot.waitUntil(lambda: canvas.selected() == [3], timeout=10_000)
    assert box.hasFocus()
    box.selectAll()
    qtbot.keyClicks(box, "thing")
    qtbot.waitUntil(lambda: len(found.table.rows.rows) == 6, timeout=10_000)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert found.table.hasFocus()
    assert canvas.selected() == [1]
    qtbot.keyClick(found.table, Qt.Key.Key_Down)
    assert canvas.selected() == [2]
    for _ in range(2):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
    assert box.hasFocus()
    assert canvas.selected() == [1]
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(found.table, Qt.Key.Key_Escape)
    assert not found.isVisible()
    assert canvas.hasFocus()
    assert (canvas.selected(), box.text()) == ([1], "")


def test_a_short_list_of_what_was_found_does_not_scroll(qtbot: QtBot, opened: MainWindow) -> None:
    found = opened.tree.found
    for words, many in (("thing", 6), ("thing 4", 1)):
        opened.tree.search(words)
        qtbot.waitUntil(lambda many=many: len(found.table.rows.rows) == many, timeout=10_000)  # type: ignore[misc]
        qtbot.wait(50)
        assert not found.table.verticalScrollBar().isVisible()
        assert found.table.viewport().height() == 34 * many
    opened.tree.search("zebra")
    qtbot.waitUntil(lambda: not found.table.isVisible(), timeout=10_000)
    assert found.height() < 80


def test_letters_typed_into_the_search_box_judge_nothing(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 2)
    opened.top_bar.search.setFocus()
    qtbot.keyClicks(opened.top_bar.search, "rareg")
    qtbot.wait(300)
    assert state_of(opened, 2) is State.NEW
    assert opened.questions.dialog is None


def test_the_path_to_the_selected_example_can_be_walked_up(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 5)
    steps = {button.text(): button for button in opened.top_bar.findChildren(QPushButton) if button.isVisible()}
    assert {"Seed 1", "#1", "#5"} <= steps.keys()
    steps["#1"].click()
    qtbot.waitUntil(lambda: opened.tree.canvas.selected() == [1], timeout=10_000)


def test_training_is_offered_only_where_there_is_something_to_train_on(opened: MainWindow) -> None:
    assert not opened.top_bar.train.isEnabled()
    assert opened.top_bar.grow.isEnabled()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "is not there"),
        (lambda path: path.write_text("no project"), "is not a Seedbed project"),
        (lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(200)), "not a Seedbed project"),
    ],
)
def test_a_file_that_is_no_project_is_refused_in_a_sentence(
    qtbot: QtBot, studio: MainWindow, tmp_path: Path, make: Callable[[Path], object], says: str
) -> None:
    path = tmp_path / "odd.seedbed"
    make(path)
    studio.open_path(path)
    qtbot.waitUntil(lambda: bool(studio.toasts.shown), timeout=10_000)
    assert says in studio.toasts.shown[-1].accessibleName()
    assert studio.page == "start"


@pytest.fixture
def may_not_write(project_file: Path) -> Iterator[None]:
    """The system itself says that the project may not be written, to root as well: it is asked as somebody else."""
    project_file.chmod(0o444)
    project_file.parent.chmod(0o555)
    if os.geteuid() == 0:
        os.setresuid(65534, 0, 0)  # access is judged by the real user; files are still opened by the effective one
    yield
    if os.geteuid() == 0:
        os.setresuid(0, 0, 0)
    project_file.parent.chmod(0o755)


def test_a_read_only_project_can_be_looked_at(
    qtbot: QtBot, studio: MainWindow, project_file: Path, may_not_write: None
) -> None:
    studio.open_path(project_file)
    qtbot.waitUntil(lambda: studio.tree._is_whole, timeout=10_000)
    assert not studio.top_bar.grow.isEnabled()
    assert studio.status_bar.saved.text().startswith("Open read-only")
    studio.close()


def test_a_dropped_project_is_opened(qtbot: QtBot, studio: MainWindow, project_file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(project_file))])
    drop = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    studio.dropEvent(drop)
    qtbot.waitUntil(lambda: studio.tree._is_whole, timeout=10_000)


def test_a_dropped_data_file_begins_a_new_project(qtbot: QtBot, studio: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("question,options,answer\nIs it?,yes|no,yes\n")
    studio.open_path(path)
    qtbot.waitUntil(lambda: isinstance(studio.questions.dialog, NewProjectDialog), timeout=10_000)
    dialog = studio.questions.dialog
    assert isinstance(dialog, NewProjectDialog)
    qtbot.waitUntil(lambda: dialog.form.question.toPlainText() == "Is it?", timeout=10_000)
    dialog.reject()


def test_a_project_that_was_moved_away_cannot_be_chosen_any_more(
    qtbot: QtBot, opened: MainWindow, project_file: Path
) -> None:
    opened.close_project()
    project_file.unlink()
    opened.start.show_recent(opened.preferences.recent)
    line = opened.start._recent.itemAt(0)
    assert line is not None
    widget = line.widget()
    assert widget is not None
    assert not widget.isEnabled()


def test_closing_leaves_one_file_and_remembers_the_window(opened: MainWindow, project_file: Path) -> None:
    opened.close()
    assert read_preferences().geometry
    assert not list(project_file.parent.glob("small.seedbed-*"))


def test_a_copy_of_an_open_project_is_opened_beside_it(
    qtbot: QtBot, opened: MainWindow, project_file: Path, tmp_path: Path
) -> None:
    opened.close_project()
    other = tmp_path / "other.seedbed"
    shutil.copy(project_file, other)
    opened.open_path(other)
    qtbot.waitUntil(lambda: opened.tree._is_whole, timeout=10_000)
    assert opened.windowTitle() == "other · Seedbed"


def test_of_a_closed_project_nothing_stays(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.project is not None
    threads = weakref.ref(opened.project.background._readers)
    opened.close_project()

    def is_gone() -> bool:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        return threads() is None

    qtbot.waitUntil(is_gone)


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_nothing_is_cut_off_at_the_smallest_size(
    qtbot: QtBot, opened: MainWindow, show: Show, size: tuple[int, int]
) -> None:
    opened.resize(*size)
    show(opened, 5)
    for page in ("tree", "review", "table", "runs", "log"):
        opened.show_page(page)
        qtbot.wait(50)
        for button in opened.findChildren(QPushButton):
            if button.isVisible():
                corner = button.mapTo(opened, button.rect().bottomRight())
                assert corner.x() <= opened.width(), button.text()
                assert corner.y() <= opened.height(), button.text()


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_notices_cover_no_button(qtbot: QtBot, opened: MainWindow, show: Show, size: tuple[int, int]) -> None:
    opened.resize(*size)
    show(opened, 5)
    for _ in range(3):
        notices.say("Pruned 3 examples.", "Ctrl+Z brings them back.")
    qtbot.wait(100)
    for page in opened.shell.pages:
        opened.show_page(page)
        qtbot.wait(400)
        for toast in opened.toasts.shown:
            assert opened.rect().contains(toast.geometry())
            for button in opened.centralWidget().findChildren(QPushButton):
                if button.isVisible() and not button.visibleRegion().isEmpty():
                    there = QRect(button.mapTo(opened, QPoint()), button.size())
                    assert not there.intersects(toast.geometry()), (page, button.text())


def test_closing_a_second_time_does_nothing_more(opened: MainWindow) -> None:
    assert opened.close()
    assert opened.close()


def test_a_question_about_a_project_goes_with_it_and_one_about_none_stays(
    qtbot: QtBot, opened: MainWindow, project_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.seedbed"
    shutil.copy(project_file, other)
    opened.top_bar.grow.click()
    asked = opened.questions.dialog
    assert asked is not None
    with qtbot.waitSignal(asked.rejected, timeout=10_000):
        opened.open_path(other)
    qtbot.waitUntil(lambda: opened.seed is not None and opened.tree._is_whole, timeout=10_000)
    assert opened.questions.dialog is None
    opened.new_project()
    opened.close_project()
    assert isinstance(opened.questions.dialog, NewProjectDialog)
    opened.questions.dialog.reject()
