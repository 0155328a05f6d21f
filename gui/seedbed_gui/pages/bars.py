"""Thin bars: the shares of a tree's states, and progress."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedbed_gui import style
from seedbed_gui.language import tr

HEIGHT = 4  # pixels


def paint_shares(painter: QPainter, room: QRectF, shares: Sequence[tuple[float, str]]) -> None:
    """Fill a rounded bar with parts side by side: (amount, colour) each."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(room, room.height() / 2, room.height() / 2)
    painter.setClipPath(outline)
    painter.fillRect(room, QColor(style.current().hairline))
    total = sum(amount for amount, _ in shares)
    left = room.left()
    for amount, colour in shares if total > 0 else ():
        width = room.width() * amount / total
        painter.fillRect(QRectF(left, room.top(), width, room.height()), QColor(colour))
        left += width
    painter.restore()


class ProgressBar(QWidget):
    """How far something is, from 0 to 1; None: not known, a quiet bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Progress"))

    def show_share(self, share: float | None) -> None:
        """Show another share."""
        self._share = None if share is None else min(max(share, 0.0), 1.0)
        self.setAccessibleDescription(
            "" if share is None else tr("{share:.0f} percent", share=100 * (self._share or 0))
        )
        self.update()

    @property
    def share(self) -> float | None:
        """The share that is shown."""
        return self._share

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        done = self._share or 0.0
        colours = style.current()
        top = (self.height() - HEIGHT) / 2
        room = QRectF(0, top, self.width(), HEIGHT)
        paint_shares(painter, room, [(done, colours.accent), (1.0 - done, colours.hairline)])
