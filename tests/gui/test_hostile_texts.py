from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedbed_engine.keeping.project import create_project
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.labels import Label, plain_tip

TEXTS = [
    "<h1>Is <img src='file:///etc/passwd'> this</h1><script>alert(1)</script>",
    "هل هذا سؤال؟ \u202e reversed \u202c and back",
    "这是一个问题吗？" * 40,
    "x" * 90_000,
    "Z" + "\u0301" * 500 + " combining",
    "line one\nline two\n\n\n&amp; &lt;b&gt; %s {0} $text",
]


@pytest.fixture
def hostile(qtbot: QtBot, studio: MainWindow, tmp_path: Path, grow_tree: object) -> MainWindow:
    assert callable(grow_tree)
    path = tmp_path / "hostile & co.seedbed"
    with create_project(path) as store:
        grow_tree(store, TEXTS)
    studio.open_path(path)
    qtbot.waitUntil(lambda: studio.tree._is_whole, timeout=10_000)
    return studio


@pytest.mark.parametrize("number", range(1, 7))
def test_any_text_is_shown_as_it_is(qtbot: QtBot, hostile: MainWindow, number: int) -> None:
    hostile.tree.show_example(number)
    inspector = hostile.tree.inspector
    qtbot.waitUntil(lambda: inspector.shown is not None and inspector.shown.id == number, timeout=10_000)
    assert inspector.form.question.toPlainText() == TEXTS[number - 1]
    assert inspector.width() == inspector.minimumWidth()
    hostile.grab()


def test_hostile_words_can_be_searched(qtbot: QtBot, hostile: MainWindow) -> None:
    for words in ('"', "* OR", "NEAR(", "这是", "<script>", "-- ;drop table example", "\x00"):
        hostile.tree.search(words)
        qtbot.wait(30)
    assert hostile.toasts.shown == []


def test_a_label_shows_a_megabyte_as_its_beginning(qtbot: QtBot) -> None:
    label = Label("<b>" + "word " * 200_000, wraps=True)
    qtbot.addWidget(label)
    assert len(label.text()) < 21_000
    assert label.text().startswith("<b>")


def test_a_tool_tip_never_takes_a_text_for_markup() -> None:
    assert "<img" not in plain_tip("<img src=x>")
