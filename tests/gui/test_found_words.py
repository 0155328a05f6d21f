import pytest
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from seedbed_gui import style
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.found_words import FoundWords
from seedbed_gui.pages.tables import Table

TEXTS = ("Is ice cold?", "Is icecream cold? A nice ICE", "It is <b>i(ce</b>", "")


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    made = Table("Found", ("Question",), "Question")
    qtbot.addWidget(made)
    made.rows.show_rows([(text,) for text in TEXTS])
    made.resize(400, 200)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_words_are_found_where_they_begin_whatever_their_case(table: Table) -> None:
    marks = FoundWords(table, 0)
    assert marks.found_in(TEXTS[0]) == []
    marks.show_words("ice")
    assert [marks.found_in(text) for text in TEXTS] == [[(3, 6)], [(3, 6), (25, 28)], [], []]
    marks.show_words("ice icecream ? (")
    assert marks.found_in(TEXTS[1]) == [(3, 11), (25, 28)]
    marks.show_words("i(ce *")
    assert marks.found_in(TEXTS[2]) == [(9, 13)]


def test_what_is_found_stands_on_a_tint_until_other_words_are_looked_for(table: Table) -> None:
    marks, tint = FoundWords(table, 0), QColor(style.tinted(style.current().amber, style.current().panel, 0.6)).name()

    def tinted() -> set[int]:
        image = table.viewport().grab().toImage()
        spots = ((x, y) for y in range(image.height()) for x in range(image.width()))
        return {y // 34 for x, y in spots if image.pixelColor(x, y).name() == tint}

    before = table.viewport().grab().toImage()
    marks.show_words("ice")
    assert tinted() == {0, 1}
    marks.show_words("")
    assert tinted() == set()
    assert table.viewport().grab().toImage() == before


def test_the_table_page_marks_what_is_searched(qtbot: QtBot, opened: MainWindow) -> None:
    opened.show_page("table")
    opened.table.search.setText("thing")
    assert opened.table.marks.found_in("Is thing 0 cold?") == [(3, 8)]


def test_the_search_over_the_tree_marks_what_it_found(qtbot: QtBot, opened: MainWindow) -> None:
    opened.tree.search("thing")
    qtbot.waitUntil(opened.tree.found.isVisible, timeout=10_000)
    assert opened.tree.found.marks.found_in("Is thing 0 cold?") == [(3, 8)]
