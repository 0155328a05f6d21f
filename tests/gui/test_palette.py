import gc
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import State
from seedbed_engine.keeping import trees
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.acts import Act
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.palette import Palette, rank
from seedbed_gui.pages.shell import Shell

Show = Callable[[MainWindow, int], None]


def opened_palette(qtbot: QtBot, studio: MainWindow) -> Palette:
    """The palette as Ctrl+K shows it."""
    qtbot.keyClick(studio, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = studio.acts.palette
    assert palette is not None
    assert palette.isVisible()
    return palette


def titles(palette: Palette) -> list[str]:
    return [act.words() for act, _ in palette.acts.shown]


def reasons(palette: Palette) -> dict[str, str]:
    return {act.words(): why for act, why in palette.acts.shown}


def test_words_find_an_act_and_return_does_it(qtbot: QtBot, opened: MainWindow) -> None:
    palette = opened_palette(qtbot, opened)
    qtbot.keyClicks(palette.field, "go rev")
    assert titles(palette)[0] == "Go to Review"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert opened.page == "review"


def test_arrows_choose_and_the_mouse_does_it(qtbot: QtBot, opened: MainWindow) -> None:
    palette = opened_palette(qtbot, opened)
    qtbot.keyClicks(palette.field, "colour")
    first = palette.chosen()
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.chosen() is not first
    place = titles(palette).index("Colour by depth")
    spot = palette.view.visualRect(palette.acts.index(place, 0)).center()
    qtbot.mouseClick(palette.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert not palette.isVisible()
    assert opened.tree.colours.chosen == "depth"


def test_an_act_of_the_page_works_on_what_is_selected(qtbot: QtBot, opened: MainWindow, show: Show) -> None:
    palette = opened_palette(qtbot, opened)
    qtbot.keyClicks(palette.field, "prune")
    assert reasons(palette)["Prune branch"] == "Select an example first."
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()
    assert palette.said.text() == "Select an example first."
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    show(opened, 1)
    palette = opened_palette(qtbot, opened)
    qtbot.keyClicks(palette.field, "prune")
    assert reasons(palette)["Prune branch"] == ""
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert opened.project is not None
    store = opened.project.store
    qtbot.waitUntil(lambda: trees.read_example(store, 4).state is State.PRUNED, timeout=10_000)


def test_without_a_project_its_acts_say_so(qtbot: QtBot, studio: MainWindow) -> None:
    palette = opened_palette(qtbot, studio)
    found = reasons(palette)
    assert found["Go to Tree"] == found["Export the training table …"] == "No project is open."
    assert found["New project …"] == found["Watch the demo"] == ""
    assert any(words.startswith("Begin with the sample “") for words in found)


def test_recent_projects_are_offered(qtbot: QtBot, opened: MainWindow, project_file: Path) -> None:
    opened.close_project()
    palette = opened_palette(qtbot, opened)
    qtbot.keyClicks(palette.field, "open small")
    assert titles(palette) == ["Open small"]
    assert palette.said.text() == "1 command"
    assert reasons(palette)["Open small"] == ""
    project_file.unlink()
    palette.leave()
    palette = opened_palette(qtbot, opened)
    assert reasons(palette)["Open small"] == "The file is not there any more."


def test_the_project_is_closed_by_its_key_but_not_while_a_run_goes_on(qtbot: QtBot, opened: MainWindow) -> None:
    opened.desk._is_starting = True
    qtbot.keyClick(opened, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert opened.project is not None
    assert "A run is going on" in opened.toasts.shown[-1].accessibleName()
    opened.desk._is_starting = False
    qtbot.keyClick(opened, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert opened.project is None
    assert opened.page == "start"


def test_every_key_of_the_window_and_its_pages_is_shown(qtbot: QtBot, opened: MainWindow) -> None:
    for name, page in opened.pages.items():
        opened.show_page(name)
        palette = opened_palette(qtbot, opened)
        offered = {act.key for act, _ in palette.acts.shown}
        palette.leave()
        heard = {action.shortcut().toString() for widget in (opened, page) for action in widget.actions()}
        assert heard <= offered
        texts = [palette.acts.data(palette.acts.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) for row in range(5)]
        assert all(texts)


def test_no_two_acts_of_a_page_have_one_key(opened: MainWindow) -> None:
    for page in opened.pages.values():
        keys = [act.key for act in (*page.acts(), *opened.acts.all()) if act.key]
        assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize(
    ("typed", "fits"),
    [("", 1), ("train", 0), ("train and", 0), ("eval tr", 1), ("learn", 2), ("rain", 3), ("xyz", None)],
)
def test_how_well_words_fit(typed: str, fits: int | None) -> None:
    act = Act("Train and evaluate", lambda: None, "Ctrl+T", group="Run", also="learn judge")
    assert rank(act, typed.split()) == fits


class Atlas(Page):
    """A page that nobody has heard of."""

    name, title = "atlas", "Atlas"

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self._acts = [Act("Fold the atlas", lambda: self.done.append("folded"), "Ctrl+Shift+A", group="Atlas")]

    def acts(self) -> Sequence[Act]:
        return self._acts


def test_a_new_page_needs_no_change_of_the_shell_or_the_palette(qtbot: QtBot) -> None:
    atlas = Atlas()
    shell = Shell([atlas])
    qtbot.addWidget(shell)
    shell.show()
    assert shell.show_page("atlas") is atlas
    assert shell.sidebar.pages["atlas"].text() == "Atlas"
    palette = Palette(shell)
    palette.open_with([*shell.pages["atlas"].acts()])
    qtbot.keyClicks(palette.field, "fold")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert atlas.done == ["folded"]
    assert isinstance(palette.acts.shown[0][0], QAction)
    assert palette.acts.shown[0][0].key == "Ctrl+Shift+A"
    assert palette.mapToGlobal(QPoint()).y() > shell.mapToGlobal(QPoint()).y()


class MadeForOnce(Act):
    """An act for one showing of the palette."""


def test_acts_made_for_one_showing_are_let_go_after_it(qtbot: QtBot, studio: MainWindow) -> None:
    palette = opened_palette(qtbot, studio)
    for number in range(5):
        palette.open_with([MadeForOnce(f"Once {number}", lambda: None)])
        palette.grab()
        palette.hide()
    palette.open_with([])
    gc.collect()
    assert not any(type(each) is MadeForOnce for each in gc.get_objects())
