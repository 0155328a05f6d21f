"""Hands that do anything: clicks, keys, wheel, drags, pages, palette, each drawn from a seed and written down."""

import random
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QWheelEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from seedbed_gui.main_window import MainWindow

KEY, BUTTON = Qt.Key, Qt.MouseButton
NONE, CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
HELD_KEYS = {CTRL: KEY.Key_Control, SHIFT: KEY.Key_Shift, ALT: KEY.Key_Alt}
MODIFIERS = (NONE,) * 6 + (CTRL, SHIFT, CTRL | SHIFT, ALT)
BUTTONS = (BUTTON.LeftButton,) * 8 + (BUTTON.RightButton, BUTTON.RightButton, BUTTON.MiddleButton, BUTTON.BackButton)
LETTERS = [KEY(code) for code in range(KEY.Key_A.value, KEY.Key_Z.value + 1)]
KEYS = [
    *LETTERS,
    *(KEY(code) for code in range(KEY.Key_0.value, KEY.Key_9.value + 1)),
    *(KEY.Key_Up, KEY.Key_Down, KEY.Key_Left, KEY.Key_Right, KEY.Key_Home, KEY.Key_End, KEY.Key_PageUp) * 2,
    *(KEY.Key_PageDown, KEY.Key_Return, KEY.Key_Space, KEY.Key_Tab, KEY.Key_Backtab, KEY.Key_Delete) * 3,
    *(KEY.Key_Backspace, KEY.Key_Plus, KEY.Key_Minus, KEY.Key_Slash, KEY.Key_Question, KEY.Key_Comma, KEY.Key_F2),
    *(KEY.Key_Menu, KEY.Key_F10, KEY.Key_Escape),
]
WORDS = (
    "claim",
    "7",
    "0",
    "-1",
    "99999",
    "naïve 𝔘 日本",
    "<b>bold</b>",
    "x" * 300,
    "#12",
    "true",
    "%s %d",
    "a\tb",
    " ",
)
TOUCHED = (QAbstractButton, QAbstractItemView, QAbstractSlider, QComboBox, QLineEdit, QPlainTextEdit)
STOP_AFTER, STOP_AGAIN, CLOSE_AFTER = 8.0, 4.0, 6.0  # seconds a run goes on; a dialog or menu stays


class Hands:
    """One act after the other; `said` keeps their words, each with its number."""

    def __init__(self, window: MainWindow, project: Path, seed: int, write: Callable[[str], object]) -> None:
        self.window, self.project, self._seed, self._write = window, project, seed, write
        self.acts = 0
        self._chance = random.Random(seed)
        self._busy_since: float | None = None
        self._stopped = 0.0
        self._over: tuple[int, float] = (0, 0.0)
        self._kinds: list[tuple[int, Callable[[QWidget], None]]] = [
            (25, self._touch_something),
            (20, self._click_somewhere),
            (16, self._press_key),
            (8, self._turn_wheel),
            (7, self._drag),
            (5, self._type_words),
            (4, self._hover),
            (4, self._change_page),
            (4, self._use_palette),
            (4, self._undo_or_redo),
            (1, self._resize),
            (1, self._close_project),
        ]

    def act(self) -> None:
        """Do one thing. Each act draws from a chance of its own, so that a replay comes back into step."""
        self.acts += 1
        self._chance = random.Random(f"{self._seed} {self.acts}")
        target = self._target()
        if self._tend(target):
            return
        weights, kinds = zip(*self._kinds, strict=True)
        self._chance.choices(kinds, weights)[0](target)

    def rest(self) -> None:
        """Come back to the tree of the project, with nothing over the window and nothing running."""
        self._say("rests")
        self.leave()
        if self.window.desk.is_busy:
            self.window.desk.stop()
        elif self.window.project is None or self.window.project.path != self.project:
            self.window.open_path(self.project)
        else:
            self.window.resize(1440, 900)
            self.window.show_page("tree")
            self.window.tree.canvas.fit()

    def in_file_dialog(self) -> bool:
        """Whether a file dialog is open, which has a loop of its own: the act that opened it is not over."""
        over = QApplication.activeModalWidget()
        return isinstance(over, QFileDialog) or (over is not None and isinstance(over.parentWidget(), QFileDialog))

    def leave(self) -> None:
        """Close what lies over the window."""
        for over in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if over is not None:
                over.close()

    # what keeps the round going

    def _target(self) -> QWidget:
        over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        if over is None and QApplication.activeWindow() is None:
            self.window.activateWindow()  # as every window manager does; this platform has none
        return over or self.window

    def _tend(self, target: QWidget) -> bool:
        """Stop what runs long, leave what lies over the window long, find the project again."""
        now = time.monotonic()
        if not self.window.desk.is_busy:
            self._busy_since = None
        elif self._busy_since is None:
            self._busy_since = now
        elif now - self._busy_since > STOP_AFTER and now - self._stopped > STOP_AGAIN:
            self._stopped = now
            self._say("stops the run")
            self.window.stop_run()
            return True
        if isinstance(target, QFileDialog):
            self._answer_file_dialog(target)
            return True
        if target is not self.window:
            return self._leave_if_long(target, now)
        if self.window.project is None and self._chance.random() < 0.05:
            self._say("opens the project")
            self.window.open_path(self.project)
            return True
        return False

    def _leave_if_long(self, target: QWidget, now: float) -> bool:
        which, since = self._over
        if which != id(target):
            self._over = (id(target), now)
        elif now - since > CLOSE_AFTER or self._chance.random() < 0.04:
            self._over = (0, now)
            self._say(f"leaves {_name(target)}")
            if now - since > 2 * CLOSE_AFTER:
                target.close()
            else:
                self._key(target, KEY.Key_Escape)
            return True
        return False

    def _answer_file_dialog(self, dialog: QFileDialog) -> None:
        """Only by name, below the bench's own folder: what else such a dialog can do is done to real files."""
        if self._chance.random() < 0.5:
            self._say("leaves the file dialog")
            dialog.reject()
            return
        names = ("a", "b.seedbed", "c.jsonl", "d.csv", "e.png", "f.svg", self.project.name, "nothing/here.seedbed", "")
        name = str(self.project.parent / self._chance.choice(names))
        self._say(f"answers the file dialog with {name}")
        dialog.selectFile(name)
        dialog.accept() if self._chance.random() < 0.2 else self._key(dialog, KEY.Key_Return)

    # acts

    def _touch_something(self, target: QWidget) -> None:
        """Click a control that can be seen."""
        if isinstance(target, QMenu):
            return self._choose_in_menu(target)
        every = QApplication.allWidgets()  # findChildren and childAt would tie what they give to the window for good
        all_there = [part for part in every if isinstance(part, TOUCHED) and target.isAncestorOf(part)]
        seen = [part for part in all_there if part.isVisible() and not part.visibleRegion().isEmpty()]
        if not seen:
            return self._click_somewhere(target)
        part = self._chance.choice(seen)
        room = part.visibleRegion().boundingRect()
        inside = QPoint(
            room.left() + int(self._chance.random() * room.width()),
            room.top() + int(self._chance.random() * room.height()),
        )
        self._say(f"touches {_name(part)}")
        return self._click(target, part.mapTo(target, inside), BUTTON.LeftButton, NONE, False)

    def _choose_in_menu(self, menu: QMenu) -> None:
        choices = menu.actions()
        if not choices:
            return menu.close() and None
        action = self._chance.choice(choices)
        self._say(f"chooses {action.text()!r}")
        return self._click(menu, menu.actionGeometry(action).center(), BUTTON.LeftButton, NONE, False)

    def _click_somewhere(self, target: QWidget) -> None:
        at, button, held = self._place(target), self._chance.choice(BUTTONS), self._chance.choice(MODIFIERS)
        twice = self._chance.random() < 0.2
        self._say(
            f"clicks {button.name}{' twice' if twice else ''} at {at.x()},{at.y()} of {_name(target)}{_held(held)}"
        )
        self._click(target, at, button, held, twice)

    def _press_key(self, target: QWidget) -> None:
        key, held = self._chance.choice(KEYS), self._chance.choice(MODIFIERS)
        self._say(f"presses {key.name}{_held(held)} in {_name(target)} (focus: {_name(QApplication.focusWidget())})")
        self._key(target, key, held)

    def _type_words(self, target: QWidget) -> None:
        field = QApplication.focusWidget()
        text = self._chance.choice(WORDS)
        if field is None or not target.isAncestorOf(field):
            return
        self._say(f"types {text[:20]!r} into {_name(field)}")
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                if isValid(field):
                    QApplication.sendEvent(field, QKeyEvent(kind, 0, NONE, letter))

    def _turn_wheel(self, target: QWidget) -> None:
        at, held = self._place(target), self._chance.choice(MODIFIERS)
        turned = self._chance.choice((120, -120, 240, -240, 15, -960, 960))
        over = QApplication.widgetAt(target.mapToGlobal(at))
        over = over if over is not None and target.isAncestorOf(over) else target
        self._say(f"turns the wheel by {turned} over {_name(over)}{_held(held)}")
        for _ in range(self._chance.randint(1, 5)):
            event = QWheelEvent(
                QPointF(over.mapFrom(target, at)), QPointF(target.mapToGlobal(at)), QPoint(), QPoint(0, turned),
                BUTTON.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(over, event)

    def _drag(self, target: QWidget) -> None:
        way = [self._place(target) for _ in range(self._chance.randint(2, 6))]
        held = self._chance.choice((NONE, SHIFT, SHIFT, CTRL | SHIFT))
        handle = target.windowHandle()
        self._say(f"drags from {way[0].x()},{way[0].y()} through {len(way) - 1} places{_held(held)} in {_name(target)}")
        if not _takes_input(handle):
            return
        QTest.mousePress(handle, BUTTON.LeftButton, held, way[0])
        for at in way[1:]:
            if _takes_input(handle):
                QTest.mouseMove(handle, at)
        if _takes_input(handle):
            QTest.mouseRelease(handle, BUTTON.LeftButton, held, way[-1])

    def _hover(self, target: QWidget) -> None:
        at, handle = self._place(target), target.windowHandle()
        if _takes_input(handle):
            QTest.mouseMove(handle, at)

    def _change_page(self, target: QWidget) -> None:
        number = self._chance.randint(1, 8)
        self._say(f"goes to page {number}")
        self._key(target, KEY(KEY.Key_0.value + number), CTRL)

    def _use_palette(self, target: QWidget) -> None:
        letters = [self._chance.choice(LETTERS) for _ in range(self._chance.randint(0, 3))]
        self._say(f"types {''.join(letter.name[-1] for letter in letters)!r} in the palette")
        self._key(target, KEY.Key_K, CTRL)
        for key in (*letters, *[KEY.Key_Down] * self._chance.randint(0, 12), KEY.Key_Return):
            self._key(self._target(), key)

    def _undo_or_redo(self, target: QWidget) -> None:
        again = self._chance.random() < 0.4
        self._say("redoes" if again else "undoes")
        self._key(target, KEY.Key_Z, CTRL | SHIFT if again else CTRL)

    def _resize(self, target: QWidget) -> None:
        width, height = self._chance.randint(1080, 1900), self._chance.randint(640, 1100)
        self._say(f"resizes to {width} x {height}")
        self.window.resize(width, height)

    def _close_project(self, target: QWidget) -> None:
        if self._chance.random() < 0.5:
            self._say("closes the project by Ctrl+W")
            self._key(target, KEY.Key_W, CTRL)
        elif self.window.desk.is_busy:
            self._say("asks to close the window while a run goes on")
            QApplication.sendEvent(self.window, QCloseEvent())
            box = QApplication.activeModalWidget()
            if box is not None:
                box.close()  # cancelled: the round goes on

    # how it is done

    def _say(self, words: str) -> None:
        self._write(f"{self.acts}: {words}")

    def _place(self, target: QWidget) -> QPoint:
        return QPoint(int(self._chance.random() * target.width()), int(self._chance.random() * target.height()))

    def _click(self, target: QWidget, at: QPoint, button: BUTTON, held: Qt.KeyboardModifier, twice: bool) -> None:
        handle = target.windowHandle()
        if not _takes_input(handle):
            return
        QTest.mouseMove(handle, at)
        if _takes_input(handle):
            QTest.mousePress(handle, button, held, at)
        if _takes_input(handle):  # a press alone can close a window
            QTest.mouseRelease(handle, button, held, at)
        if twice and _takes_input(handle):
            QTest.mouseDClick(handle, button, held, at)

    def _key(self, target: QWidget, key: KEY, held: Qt.KeyboardModifier = NONE) -> None:
        handle = target.windowHandle()
        if QApplication.activePopupWidget() is not None:
            held = NONE  # Alt alone closes a menu, and QTest would press the key itself in a window that is gone
        if _takes_input(handle):
            QTest.keyPress(handle, key, held)
        if _takes_input(handle):  # without QTest, which lets go of Ctrl in a window that this very event deleted
            QCoreApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyRelease, key, held))
        for modifier, name in HELD_KEYS.items():
            if held & modifier and _takes_input(handle):
                QTest.keyRelease(handle, name)


def _takes_input(handle: QWindow | None) -> bool:
    return handle is not None and isValid(handle) and handle.isVisible()


def _held(modifiers: Qt.KeyboardModifier) -> str:
    names = {CTRL: "Ctrl", SHIFT: "Shift", ALT: "Alt"}
    return "".join(f" + {name}" for one, name in names.items() if modifiers & one)


def _name(widget: QWidget | None) -> str:
    if widget is None:
        return "nothing"
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {(widget.accessibleName() or text or widget.objectName())[:40]!r}"
