from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from seedbed_gui import notices
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.saved_pictures import save_picture


@pytest.mark.parametrize("whole", [False, True])
def test_a_picture_has_the_texts_that_it_shows(qtbot: QtBot, opened: MainWindow, tmp_path: Path, whole: bool) -> None:
    tree = opened.tree
    tree.canvas.center_on(1, near=True)
    target = tmp_path / "tree.svg"
    assert opened.project is not None
    save_picture(tree.canvas, opened.project, tree.texts, target, whole=whole)
    qtbot.waitUntil(target.exists, timeout=10_000)
    drawn = target.read_text(encoding="utf-8")
    assert drawn.startswith("<?xml")
    assert "Is ice cold?" in drawn if whole else "Is thing" in drawn


def test_what_is_seen_is_saved_in_its_size_for_print(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    target = tmp_path / "view.png"
    canvas = opened.tree.canvas
    assert opened.project is not None
    save_picture(canvas, opened.project, opened.tree.texts, target, whole=False)
    qtbot.waitUntil(target.exists, timeout=10_000)
    image = QImage(str(target))
    assert (image.width(), image.height()) == (2 * canvas.width(), 2 * canvas.height())
    colours = {image.pixelColor(x, y).name() for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}
    assert len(colours) > 4


def test_a_place_that_cannot_be_written_is_said(qtbot: QtBot, opened: MainWindow, tmp_path: Path) -> None:
    assert opened.project is not None
    with qtbot.waitSignal(notices.door.came, timeout=10_000) as told:
        target = tmp_path / "nowhere" / "tree.png"
        save_picture(opened.tree.canvas, opened.project, opened.tree.texts, target, whole=True)
    assert "cannot be written" in told.args[0].what


def test_what_is_seen_goes_into_the_clipboard(qtbot: QtBot, opened: MainWindow) -> None:
    QGuiApplication.clipboard().clear()
    act = next(act for act in opened.tree.view_acts.all() if act.key == "Ctrl+Shift+C")
    with qtbot.waitSignal(notices.door.came, timeout=10_000) as told:
        act.trigger()
    assert "clipboard" in told.args[0].what
    image, canvas = QGuiApplication.clipboard().image(), opened.tree.canvas
    assert (image.width(), image.height()) == (2 * canvas.width(), 2 * canvas.height())
