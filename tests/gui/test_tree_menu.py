import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import history, trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.questions import export_table

Show = Callable[[MainWindow, int], None]


@pytest.fixture
def only_seed_file(tmp_path: Path) -> Path:
    """A closed project file with nothing but a seed."""
    path = tmp_path / "further.seedbed"
    with create_project(path) as store:
        add_seed(store, Example("Is fire hot?", ("yes", "no"), "yes"), Options.FIXED)
    return path


def entries(opened: MainWindow, example: int) -> dict[str, QAction]:
    """The menu of an example, by its words."""
    opened.tree.canvas.context_requested.emit(example, opened.mapToGlobal(QPoint(300, 300)))
    menu = opened.tree.menu
    assert menu is not None
    return {action.text(): action for action in menu.actions() if action.text()}


def close(opened: MainWindow) -> None:
    assert opened.tree.menu is not None
    opened.tree.menu.close()


def test_the_menu_of_an_example_has_all_acts(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 1)
    found = entries(opened, 1)
    assert list(found) == [
        "Approve", "Reject", "Set back to new", "Prune branch", "Edit", "Grow here …", "New sibling …",
        "Check the label …", "Rewrite …", "Fold branch", "Focus on branch", "Select branch", "Open in review",
        "Copy as JSON",
    ]  # fmt: skip
    assert all(action.isEnabled() for action in found.values())
    found["Approve"].trigger()
    close(opened)
    store = opened.project.store  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: trees.read_example(store, 1).state is State.APPROVED, timeout=10_000)


def test_a_branch_is_selected_and_copied_as_json(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    show(opened, 1)
    entries(opened, 1)["Select branch"].trigger()
    close(opened)
    qtbot.waitUntil(lambda: opened.tree.canvas.selected() == [1, 4, 5, 6], timeout=10_000)
    found = entries(opened, 1)
    assert "4 examples" in found
    assert not found["Edit"].isEnabled()
    assert found["Grow from these 4 …"].isEnabled()
    QGuiApplication.clipboard().clear()
    found["Copy as JSON"].trigger()
    close(opened)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()), timeout=10_000)
    copied = json.loads(QGuiApplication.clipboard().text())
    assert [record["question"] for record in copied] == [f"Is thing {n} cold?" for n in (0, 3, 4, 5)]
    assert copied[1]["parent"] == copied[0]["id"]


def test_the_seed_can_only_be_grown_from(opened: MainWindow) -> None:
    opened.tree.canvas.select([0], 0)
    found = entries(opened, 0)
    close(opened)
    assert {text for text, action in found.items() if action.isEnabled()} == {
        "Grow from the seed …", "Fold branch", "Select branch",
    }  # fmt: skip


def test_an_export_of_approved_ones_has_a_card_that_says_so(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    assert opened.project is not None
    history.set_state(opened.project.store, [2, 3], State.APPROVED)
    export_table(opened.project, tmp_path / "mine.jsonl", approved_only=True)
    card = tmp_path / "mine.card.md"
    qtbot.waitUntil(card.is_file, timeout=10_000)
    assert len((tmp_path / "mine.jsonl").read_text().splitlines()) == 2
    assert "has the 2 approved ones only" in card.read_text()
    qtbot.waitUntil(lambda: bool(opened.toasts.shown), timeout=10_000)


def test_an_example_opens_in_the_review_whatever_was_decided_about_it(
    qtbot: QtBot, opened: MainWindow, show: Show
) -> None:
    review = opened.review
    for example, state in ((5, None), (2, State.APPROVED)):
        if state is not None:
            opened.project.set_state([example], state)  # type: ignore[union-attr]
        opened.show_page("tree")
        show(opened, example)
        entries(opened, example)["Open in review"].trigger()
        close(opened)
        assert opened.page == "review"
        qtbot.waitUntil(lambda wanted=example: review.shown is not None and review.shown.id == wanted, timeout=10_000)
    qtbot.waitUntil(lambda: review.shown is not None and review.shown.state is State.APPROVED, timeout=10_000)
    review.edit()
    opened.show_in_review(5)
    assert review.form.isVisible()
    assert review.shown.id == 2


def test_a_further_tree_shows_its_seed_at_once_and_grows_from_it(
    qtbot: QtBot, opened: MainWindow, only_seed_file: Path
) -> None:
    opened.open_path(only_seed_file)
    inspector = opened.tree.inspector
    qtbot.waitUntil(lambda: opened.tree._is_whole and inspector.selection == (0,), timeout=10_000)
    opened.tree.canvas.select(())
    assert inspector.selection == ()
    qtbot.keyClick(opened.tree.canvas, Qt.Key.Key_G)
    qtbot.waitUntil(lambda: opened.questions.dialog is not None, timeout=10_000)
    dialog = opened.questions.dialog
    assert dialog is not None
    assert dialog.windowTitle() == "Grow from the seed"
    dialog.reject()
