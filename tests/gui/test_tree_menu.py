import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QGuiApplication
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import State
from seedbed_engine.keeping import history, trees
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.questions import export_table

Show = Callable[[MainWindow, int], None]


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
        "Check the label …", "Rewrite …", "Fold branch", "Focus on branch", "Select branch", "Copy as JSON",
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
