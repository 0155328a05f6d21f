"""Notices on the window: they lie over what is no button, never take the focus, and good news goes away by itself."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from seedbed_gui import notices, style
from seedbed_gui.language import tr
from seedbed_gui.notices import Notice
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import column, frame, row
from seedbed_gui.pages.labels import Chip, Label

WIDTH, MARK_WIDTH = 380, 28
GOOD_NEWS_MS = 5000
WATCH_MS = 60
AT_ONCE = 4  # notices shown at the same time


class Toasts(QObject):
    """Shows notices over a window, the newest lowest; `corner` says where the lowest ends at the right, now."""

    def __init__(self, window: QWidget, corner: Callable[[], QPoint]) -> None:
        super().__init__(window)
        self._window, self._corner = window, corner
        self.shown: list[QFrame] = []
        self._at = QPoint()
        self._watch = QTimer(
            self, interval=WATCH_MS
        )  # what is under the notices may change: a bar comes up, a page fills
        self._watch.timeout.connect(self._follow)
        window.installEventFilter(self)
        notices.door.came.connect(self.show_notice)
        for waiting in notices.door.listen():
            self.show_notice(waiting)

    def place(self) -> None:
        """The room for notices may be another one now."""
        corner = self._at = self._corner()
        bottom = corner.y()
        if not self.shown:
            self._watch.stop()
        elif not self._watch.isActive():
            self._watch.start()
        for toast in reversed(self.shown):
            toast.adjustSize()
            height = max(toast.sizeHint().height(), toast.heightForWidth(WIDTH))
            toast.setGeometry(corner.x() - WIDTH, bottom - height, WIDTH, height)
            bottom -= height + style.S

    def show_notice(self, notice: Notice) -> None:
        """Show one more notice."""
        toast = self._make(notice)
        self.shown.append(toast)
        while len(self.shown) > AT_ONCE:
            self._drop(self.shown[0])
        toast.show()
        toast.raise_()
        self.place()
        if not notice.is_problem and not notice.acts:
            QTimer.singleShot(GOOD_NEWS_MS, toast, lambda: self._drop(toast))

    def close(self) -> None:
        """The window is closing: later notices wait for the next one."""
        self._watch.stop()
        notices.door.came.disconnect(self.show_notice)
        notices.door.leave()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return False

    def _follow(self) -> None:
        if self._corner() != self._at:
            self.place()

    def _make(self, notice: Notice) -> QFrame:
        toast = frame("toast", self._window)
        toast.setProperty("tone", "wrong" if notice.is_problem else "good")
        toast.setFixedWidth(WIDTH)
        toast.setAccessibleName(f"{notice.what} {notice.mend}".strip())
        line = row(toast, style.S, (style.L, style.M, style.S, style.M))
        mark = Chip("!" if notice.is_problem else "✓", "wrong" if notice.is_problem else "good")
        mark.setFixedWidth(MARK_WIDTH)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark.setAccessibleName(tr("Problem") if notice.is_problem else tr("Done"))
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = column(space=style.XS, margins=(0, style.XS, 0, 0))
        words.addWidget(Label(notice.what, "strong", wraps=True))
        if notice.mend:
            words.addWidget(Label(notice.mend, "quiet", wraps=True))
        if notice.details:
            copy = Button(tr("Copy the details"), lambda: QGuiApplication.clipboard().setText(notice.details), "link")
            words.addWidget(copy, 0, Qt.AlignmentFlag.AlignLeft)
        if notice.acts:
            buttons = row(space=style.S)
            for name, act in notice.acts:
                buttons.addWidget(Button(name, partial(self._act, toast, act)))
            buttons.addStretch(1)
            words.addLayout(buttons)
        words.addStretch(1)
        line.addLayout(words, 1)
        close = Button("×", lambda: self._drop(toast), "icon")
        close.setAccessibleName(tr("Close this notice"))
        close.setFixedSize(24, 24)
        shut = column(space=0)
        shut.addWidget(close)
        shut.addStretch(1)
        line.addLayout(shut)
        return toast

    def _act(self, toast: QFrame, act: Callable[[], object]) -> None:
        self._drop(toast)
        act()

    def _drop(self, toast: QFrame) -> None:
        if toast in self.shown:
            self.shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self.place()
