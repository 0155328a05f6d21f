from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from seedbed_engine.errors import InvalidFile
from seedbed_gui import notices
from seedbed_gui.notices import Notice, Notices
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.toasts import Toasts


def test_notices_wait_until_a_window_listens(qtbot: QtBot) -> None:
    door, heard = Notices(), []
    door.came.connect(heard.append)
    door.send(Notice("early"))
    assert heard == []
    assert door.listen() == [Notice("early")]
    door.send(Notice("late"))
    assert heard == [Notice("late")]


def test_a_problem_is_shown_with_its_mend_until_it_is_closed(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    toasts = Toasts(window, lambda: QPoint(window.width() - 20, window.height() - 40))
    notices.warn(InvalidFile("<b>The file</b> is odd.", "Mend it."))
    labels = toasts.shown[0].findChildren(QLabel)
    assert [label.text() for label in labels][1:] == ["<b>The file</b> is odd.", "Mend it."]
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels)
    close = next(b for b in toasts.shown[0].findChildren(Button) if b.accessibleName() == "Close this notice")
    close.click()
    assert toasts.shown == []
    toasts.close()


def test_a_fault_of_ours_can_be_copied_to_be_reported(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    toasts = Toasts(window, lambda: QPoint(window.width() - 20, window.height() - 40))
    notices.report_fault("Traceback: …", "studio.log")
    copy = next(b for b in toasts.shown[0].findChildren(Button) if b.text() == "Copy the details")
    copy.click()
    assert QGuiApplication.clipboard().text() == "Traceback: …"
    toasts.close()


def test_many_notices_do_not_fill_the_window(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(900, 600)
    window.show()
    toasts = Toasts(window, lambda: QPoint(window.width() - 20, window.height() - 40))
    for number in range(20):
        notices.say(f"notice {number}")
    assert len(toasts.shown) == 4
    assert all(toast.geometry().bottom() <= 560 for toast in toasts.shown)
    toasts.close()
