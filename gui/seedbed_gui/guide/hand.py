"""A hand at the real window: it clicks, types, pastes and drops, and waits until the window shows what came of it."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QCursor, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

from seedbed_engine.errors import ProjectError
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.frames import ScrolledColumn

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SOON, LONG = 60.0, 1800.0  # seconds a machine with other things to do may take: to answer, and to grow or train
TICK_MS = 20
D = TypeVar("D", bound=Dialog)


class Hand:
    """Does what a person does, through the events of the platform: what lies under something else is not reached."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def wait(self, until: Callable[[], object], what: str, seconds: float = SOON) -> None:
        """Let the window live until something holds; ProjectError where it does not come, or a problem is shown."""
        late = monotonic() + seconds
        while not until():
            wrong = [toast for toast in self.window.toasts.shown if toast.property("tone") == "wrong"]
            if wrong:
                raise ProjectError(f"The window says: {wrong[0].accessibleName()}", "Mend that, then run it again.")
            if monotonic() > late:
                raise ProjectError(f"The window did not show {what} in time.", "Run it when the machine is less busy.")
            QTest.qWait(TICK_MS)

    def pause(self, seconds: float) -> None:
        """Let the window come to rest."""
        QTest.qWait(round(seconds * 1000))

    def click(self, control: QWidget, at: QPoint | None = None) -> None:
        """Click a control in its middle, or at a place in it, once it can be clicked."""
        name = control.accessibleName() or (control.text() if isinstance(control, QAbstractButton) else "a control")
        self.wait(lambda: control.isVisible() and control.isEnabled(), f"“{name}”")
        self.bring_in_sight(control)
        top = control.window()
        place = control.mapTo(top, control.rect().center() if at is None else at)
        self._point(top, place)
        QTest.mouseClick(top.windowHandle(), LEFT, NONE, place)

    def leave(self) -> None:
        """Move the pointer to where nothing answers to it."""
        self._point(self.window, QPoint(self.window.width() // 2, self.window.height() - 4))

    def _point(self, window: QWidget, place: QPoint) -> None:
        QCursor.setPos(window.mapToGlobal(place))  # Qt asks for it when a page changes below the pointer
        QTest.mouseMove(window.windowHandle(), place)

    def bring_in_sight(self, control: QWidget) -> None:
        """Scroll to a control."""
        above = control.parentWidget()
        while above is not None and not isinstance(above, ScrolledColumn):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(control, 0, 48)
            QApplication.processEvents()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press a key."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def write(self, text: str) -> None:
        """Type a text where the cursor is."""
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)

    def rewrite(self, field: QWidget, text: str) -> None:
        """Type a text into a field instead of what is there."""
        self.click(field)
        self.press(Qt.Key.Key_A, CTRL)
        self.write(text)

    def paste(self, field: QWidget, text: str) -> None:
        """Paste a text into a field instead of what is there."""
        QGuiApplication.clipboard().setText(text)
        self.click(field)
        self.press(Qt.Key.Key_A, CTRL)
        self.press(Qt.Key.Key_V, CTRL)

    def choose(self, field: QWidget, value: str) -> None:
        """Choose one of several in a field: open its list, click the line."""
        assert isinstance(field, QComboBox)
        self.click(field)
        lines = field.view()
        self.wait(lines.isVisible, "the list of a field")
        line = field.model().index(field.findData(value), 0)
        lines.scrollTo(line)
        self.click(lines.viewport(), lines.visualRect(line).center())
        self.wait(lambda: field.currentData() == value and not lines.isVisible(), "the choice")

    def drop(self, file: Path) -> None:
        """Drop a file on the window."""
        window, data = self.window, QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        act, middle = Qt.DropAction.CopyAction, QPoint(window.width() // 2, window.height() // 2)
        QApplication.sendEvent(window, QDragEnterEvent(middle, act, data, LEFT, NONE))
        QApplication.sendEvent(window, QDropEvent(QPointF(middle), act, data, LEFT, NONE))

    def dialog(self, kind: type[D]) -> D:
        """The dialog that the window has opened."""
        self.wait(lambda: isinstance(self.window.questions.dialog, kind), "the dialog")
        dialog = self.window.questions.dialog
        assert isinstance(dialog, kind)
        self.wait(dialog.isActiveWindow, "the dialog in front")
        return dialog

    def accept(self, dialog: Dialog) -> None:
        """Answer a dialog; a platform without a screen has nobody who would bring the window back to the front then."""
        self.click(dialog.accept_button)
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow, "the window in front")

    def click_example(self, example: int) -> None:
        """Click an example where the tree has it, once nothing moves any more, and wait until it is shown in full."""
        canvas, inspector = self.window.tree.canvas, self.window.tree.inspector
        self.wait(lambda: not canvas.is_gliding, "a tree at rest")
        slot = canvas.scene.slot_of(example)
        assert slot is not None
        view = canvas.view()
        self.click(canvas, QPointF(view.x(float(canvas.scene.x[slot])), view.y(canvas.scene.line_of(slot))).toPoint())
        self.wait(lambda: inspector.shown is not None and inspector.shown.id == example, f"#{example}")
