from collections.abc import Callable
from pathlib import Path
from time import thread_time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.keeping.trees import NewExample
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.table_page import TablePage


@pytest.fixture
def table(qtbot: QtBot, opened: MainWindow) -> TablePage:
    """The table page of the small tree."""
    opened.show_page("table")
    qtbot.waitUntil(lambda: len(opened.table.model.ids) == 6 and texts_are_there(opened.table), timeout=10_000)
    return opened.table


def texts_are_there(table: TablePage) -> bool:
    return table.model.texts_kept > 0 or bool(table.grab().isNull())


def column_of(table: TablePage, name: str) -> list[str]:
    place = table.model.columns.index(name)
    return [table.model.data(table.model.index(row, place)) for row in range(table.model.rowCount())]


def states(opened: MainWindow) -> str:
    assert opened.project is not None
    return "".join(row.state.value[:1] for row in trees.read_examples(opened.project.store, range(1, 7)))


def test_all_examples_are_rows(qtbot: QtBot, table: TablePage) -> None:
    qtbot.waitUntil(lambda: "Is thing 0 cold?" in column_of(table, "question"), timeout=10_000)
    assert column_of(table, "parent") == ["seed", "seed", "seed", "#1", "#1", "#1"]
    assert table.said.text() == "6 examples"


def test_it_searches_as_one_types_and_filters_by_state(qtbot: QtBot, opened: MainWindow, table: TablePage) -> None:
    table.search.setFocus()
    qtbot.keyClicks(table.search, "thing 4")
    qtbot.waitUntil(lambda: table.model.ids.tolist() == [5], timeout=10_000)
    assert table.said.text() == "1 example of 6"
    table.search.clear()
    table.filter.setCurrentIndex(table.filter.findData("approved"))
    qtbot.waitUntil(lambda: table.model.ids.tolist() == [], timeout=10_000)
    assert states(opened) == "nnnnnn"


def test_a_click_on_a_heading_sorts_and_a_second_one_turns_it_round(qtbot: QtBot, table: TablePage) -> None:
    depth = table.model.columns.index("depth")
    table.view.horizontalHeader().sectionClicked.emit(depth)
    table.view.horizontalHeader().sectionClicked.emit(depth)
    qtbot.waitUntil(lambda: table.model.ids.tolist() == [4, 5, 6, 1, 2, 3], timeout=10_000)


def test_one_example_is_decided_at_once_many_after_their_number_was_said(
    qtbot: QtBot, opened: MainWindow, table: TablePage
) -> None:
    table.view.selectRow(1)
    qtbot.keyClick(table.view, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: states(opened) == "nannnn", timeout=10_000)
    qtbot.waitUntil(lambda: column_of(table, "state")[1] == "approved", timeout=10_000)
    table.view.selectAll()
    qtbot.keyClick(table.view, Qt.Key.Key_R)
    assert table.question.text() == "Reject 6 examples? Ctrl+Z takes it back in one step."
    assert table.sure.text() == "Reject 6"
    assert states(opened) == "nannnn"
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not table.strip.isVisible()
    qtbot.keyClick(table.view, Qt.Key.Key_R)
    table.sure.click()
    qtbot.waitUntil(lambda: states(opened) == "rrrrrr", timeout=10_000)
    qtbot.keyClick(table.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: states(opened) == "nannnn", timeout=10_000)


def asked_for_all(qtbot: QtBot, table: TablePage, key: Qt.Key = Qt.Key.Key_A) -> None:
    """Ctrl+A, then a decision that waits to be confirmed."""
    table.view.setFocus()
    qtbot.keyClick(table.view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(table.view, key)
    assert table.strip.isVisible()


@pytest.mark.parametrize("change", ["selection", "filter", "search", "sort", "page"])
def test_what_is_asked_for_many_ends_with_their_selection(
    qtbot: QtBot, opened: MainWindow, table: TablePage, change: str
) -> None:
    asked_for_all(qtbot, table)
    changes: dict[str, Callable[[], object]] = {
        "selection": lambda: table.view.selectRow(2),
        "filter": lambda: table.filter.setCurrentIndex(table.filter.findData("new")),
        "search": lambda: qtbot.keyClicks(table.search, "t"),
        "sort": lambda: table.view.horizontalHeader().sectionClicked.emit(4),
        "page": lambda: (opened.show_page("log"), opened.show_page("table")),
    }
    if change == "search":
        table.search.setFocus()
    changes[change]()
    assert not table.strip.isVisible()
    assert (table.search if change == "search" else table.view).hasFocus()
    table.confirm()
    qtbot.wait(50)
    assert states(opened) == "nnnnnn"


def test_an_undo_ends_what_is_asked_for_but_what_others_write_does_not(
    qtbot: QtBot, opened: MainWindow, table: TablePage
) -> None:
    table.view.selectRow(1)
    qtbot.keyClick(table.view, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: column_of(table, "state")[1] == "approved", timeout=10_000)
    asked_for_all(qtbot, table, Qt.Key.Key_R)
    assert opened.project is not None
    more = NewExample(1, 1, None, None, 3, "more", 2, Example("Is it more?", ("yes", "no"), "no"))
    opened.project.act(lambda store: store.do(lambda db: trees.insert_examples(db, [more])))
    qtbot.waitUntil(lambda: len(table.model.ids) == 7, timeout=10_000)
    assert table.strip.isVisible()
    assert table.selected() == [1, 2, 3, 4, 5, 6]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: states(opened) == "nnnnnn", timeout=10_000)
    qtbot.waitUntil(lambda: not table.strip.isVisible(), timeout=10_000)
    assert table.view.hasFocus()


def test_return_presses_the_button_that_has_the_focus(qtbot: QtBot, opened: MainWindow, table: TablePage) -> None:
    asked_for_all(qtbot, table)
    assert table.sure.hasFocus()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: states(opened) == "aaaaaa", timeout=10_000)
    assert not table.strip.isVisible()


def test_a_search_that_finds_nothing_says_what_to_do(qtbot: QtBot, table: TablePage) -> None:
    table.search.setFocus()
    qtbot.keyClicks(table.search, "zebra")
    qtbot.waitUntil(table._none.isVisible, timeout=10_000)
    assert not table.view.isVisible()
    assert table._none.said.text().startswith("None of 6 examples fits the search and the filter.")
    assert table.search.hasFocus()
    table._none.button.setFocus()
    table._none.button.click()
    qtbot.waitUntil(lambda: table.view.isVisible() and len(table.model.ids) == 6, timeout=10_000)
    assert table.view.hasFocus()
    assert table.search.text() == ""


def test_the_last_row_of_a_filter_leaves_the_keys_on_the_page(
    qtbot: QtBot, opened: MainWindow, table: TablePage
) -> None:
    table.filter.setCurrentIndex(table.filter.findData("new"))
    asked_for_all(qtbot, table)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(table._none.isVisible, timeout=10_000)
    assert table._none.button.hasFocus()


def test_each_state_is_read_in_full(qtbot: QtBot, opened: MainWindow, table: TablePage) -> None:
    assert opened.project is not None
    edited = Example("Is it?", ("yes", "no"), "no")
    opened.project.try_edit(1, edited, lambda _: None, table)
    opened.project.set_state([1], State.APPROVED)
    qtbot.waitUntil(lambda: column_of(table, "state")[0] == "approved, edited", timeout=10_000)
    place = table.model.columns.index("state")
    assert table.view.sizeHintForIndex(table.model.index(0, place)).width() <= table.view.columnWidth(place)


def test_pruning_says_how_many_are_below(qtbot: QtBot, opened: MainWindow, table: TablePage) -> None:
    table.view.selectRow(0)
    qtbot.keyClick(table.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(table.strip.isVisible, timeout=10_000)
    assert table.question.text().startswith("Prune 1 branch with 4 examples in all?")
    table.sure.click()
    qtbot.waitUntil(lambda: states(opened) == "pnnppp", timeout=10_000)


def test_a_row_opens_in_the_tree(qtbot: QtBot, opened: MainWindow, table: TablePage) -> None:
    table.view.selectRow(4)
    qtbot.keyClick(table.view, Qt.Key.Key_T)
    qtbot.waitUntil(lambda: opened.page == "tree" and opened.tree.canvas.selected() == [5], timeout=10_000)


def test_an_empty_table_says_what_to_do(qtbot: QtBot, studio: MainWindow) -> None:
    studio.open_sample("creak")
    qtbot.waitUntil(lambda: studio.seed is not None, timeout=10_000)
    studio.show_page("table")
    assert studio.table._empty.isVisible()


def test_a_hundred_thousand_rows_scroll_without_being_read(qtbot: QtBot, studio: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "many.seedbed"
    with create_project(path) as store:
        seed = add_seed(store, Example("Is it?", ("yes", "no"), "yes"), Options.FIXED)
        new = (
            NewExample(seed, (n - 1) // 5 or None, None, None, 0, f"k{n}", 1, Example(f"Is it {n}?", ("a", "b"), "a"))
            for n in range(1, 100_001)
        )
        store.do(lambda db: trees.insert_examples(db, new))
    studio.open_path(path)
    qtbot.waitUntil(lambda: studio.tree._is_whole, timeout=30_000)
    studio.show_page("table")
    table = studio.table
    qtbot.waitUntil(lambda: len(table.model.ids) == 100_000, timeout=30_000)
    bar, took = table.view.verticalScrollBar(), []
    for share in range(1, 21):
        began = thread_time()
        bar.setValue(bar.maximum() * share // 20)
        table.view.repaint()
        took.append(thread_time() - began)
        qtbot.wait(20)
    assert sorted(took)[10] < 0.05
    qtbot.waitUntil(lambda: column_of_last(table) == "Is it 100000?", timeout=30_000)
    assert table.model.texts_kept < 5_000
    asked: list[int] = []
    table.model.wanted.connect(asked.extend)
    qtbot.keyClicks(table.view, "q")  # a letter that is no key of the page searches nothing
    qtbot.wait(100)
    assert len(asked) < 1_000
    table.view.selectAll()
    assert table.chosen.text() == "100,000 selected"


def column_of_last(table: TablePage) -> str:
    place = table.model.columns.index("question")
    return str(table.model.data(table.model.index(99_999, place)))
