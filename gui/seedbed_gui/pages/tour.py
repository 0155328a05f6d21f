"""A short tour of the window: a bubble beside each real control, with Next, Back and Skip; all of it by keys too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.pages.buttons import Button, KeyButton
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.labels import Label

WIDTH, GAP, RING = 320, 12, 4
FOLLOW_MS = 100  # how soon the bubble follows a control that moves


@dataclass(frozen=True, slots=True)
class Step:
    """One stop: a control, the page where it is, what is said of it."""

    page: str
    control: Callable[[], QWidget]
    title: str
    said: str


class Tour(QObject):
    """Leads through the steps; nothing of the window is blocked meanwhile."""

    ended = Signal()

    def __init__(self, window: QWidget, steps: Sequence[Step], show_page: Callable[[str], object]) -> None:
        super().__init__(window)
        self._window, self.steps, self._show_page = window, tuple(steps), show_page
        self.place = 0
        self.ring = _Ring(window)
        self.bubble = Bubble(window, self.next, self.back, self.end)
        self._follow = QTimer(self, interval=FOLLOW_MS)
        self._follow.timeout.connect(self._put)

    @property
    def is_going(self) -> bool:
        """Whether the tour is on."""
        return self.bubble.isVisible()

    def start(self) -> None:
        """Begin with the first step."""
        self._go(0)
        self._follow.start()

    def next(self) -> None:
        """Go to the next step; behind the last one the tour ends."""
        if self.place + 1 < len(self.steps):
            self._go(self.place + 1)
        else:
            self.end()

    def back(self) -> None:
        """Go to the step before."""
        self._go(max(0, self.place - 1))

    def end(self) -> None:
        """Leave the tour; the keys belong to the page again."""
        if not self.is_going:
            return
        self._follow.stop()
        self.bubble.hide()
        self.ring.hide()
        self.steps[self.place].control().setFocus()
        self.ended.emit()

    def _go(self, place: int) -> None:
        self.place = place
        step = self.steps[place]
        self._show_page(step.page)
        self.bubble.show_step(step, place, len(self.steps))
        self._put()
        for part in (self.ring, self.bubble):
            part.show()
            part.raise_()
        self.bubble.next.setFocus()

    def _put(self) -> None:
        control = self.steps[self.place].control()
        self.ring.setVisible(control.isVisible())
        there = QRect(control.mapTo(self._window, QPoint()), control.size())
        self.ring.setGeometry(there.adjusted(-RING, -RING, RING, RING).intersected(self._window.rect()))
        height = max(self.bubble.sizeHint().height(), self.bubble.heightForWidth(WIDTH))
        size = QSize(WIDTH, height)
        self.bubble.setGeometry(QRect(spot_beside(there, size, self._window.rect()), size))


class Bubble(QFrame):
    """What is said of a control."""

    def __init__(
        self, window: QWidget, on_next: Callable[[], None], on_back: Callable[[], None], on_skip: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self.setObjectName("bubble")
        self.setAccessibleName(tr("Tour"))
        self._keys = {Qt.Key.Key_Right: on_next, Qt.Key.Key_Left: on_back, Qt.Key.Key_Escape: on_skip}
        self.title, self.said, self.count = Label("", "heading", wraps=True), Label("", wraps=True), Label("", "small")
        self.back, self.next = Button(tr("Back"), on_back), Button(tr("Next"), on_next, "primary")
        self.skip = KeyButton(tr("Skip"), "Esc", on_skip, "flat")
        layout = column(self, style.S, (style.L, style.M, style.L, style.M))
        for label in (self.title, self.said):
            layout.addWidget(label)
        foot = row(space=style.S, margins=(0, style.S, 0, 0))
        foot.addWidget(self.count)
        foot.addStretch(1)
        for button in (self.skip, self.back, self.next):
            button.installEventFilter(self)
            foot.addWidget(button)
        layout.addLayout(foot)
        self.setFixedWidth(WIDTH)
        self.hide()

    def show_step(self, step: Step, place: int, many: int) -> None:
        """Show what is said of another control."""
        self.title.setText(step.title)
        self.said.setText(step.said)
        self.count.setText(tr("{place} of {many}", place=place + 1, many=many))
        self.setAccessibleDescription(f"{step.title}. {step.said}")
        self.back.setEnabled(place > 0)
        self.skip.setVisible(place + 1 < many)
        self.next.setText(tr("Next") if place + 1 < many else tr("Done"))
        self.next.setAccessibleName(self.next.text())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys work while the focus is in the bubble, and there only."""
        if isinstance(event, QKeyEvent) and event.key() in self._keys:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._keys[Qt.Key(event.key())]()
                return True
        is_return = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and event.type() == QEvent.Type.KeyPress and isinstance(watched, Button):
            watched.click()
            return True
        return False


class _Ring(QWidget):
    """A ring around the control that is spoken of; the mouse goes through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(style.current().ring), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), style.CARD_RADIUS, style.CARD_RADIUS)


def spot_beside(control: QRect, size: QSize, room: QRect) -> QPoint:
    """Where a bubble of this size stands beside a control: at a side where it fits, else over the control's foot."""
    room = room.adjusted(GAP, GAP, -GAP, -GAP)
    middle_x = control.center().x() - size.width() // 2
    middle_y = control.center().y() - size.height() // 2
    left = min(max(middle_x, room.left()), room.right() - size.width())
    top = min(max(middle_y, room.top()), room.bottom() - size.height())
    spots = (
        QPoint(left, control.bottom() + GAP),
        QPoint(control.right() + GAP, top),
        QPoint(control.left() - GAP - size.width(), top),
        QPoint(left, control.top() - GAP - size.height()),
    )
    fits = next((spot for spot in spots if room.contains(QRect(spot, size))), None)
    return fits or QPoint(left, min(control.bottom(), room.bottom()) - size.height() - GAP)
