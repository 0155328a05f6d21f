"""What pictures with axes share: levels with their figures."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from seedbed_gui import style

LEVELS = 4  # spaces between hairlines
GAP = 8  # pixels between a plot and the figures beside it
MIDDLE = Qt.AlignmentFlag.AlignVCenter


def paint_levels(
    painter: QPainter, plot: QRectF, left: Callable[[float], str], right: Callable[[float], str] | None = None
) -> None:
    """Level hairlines from 0 to 1; `left` and `right` say what a share stands for at either side."""
    colours = style.current()
    painter.setFont(style.text_font(style.SMALL))
    for place in range(LEVELS + 1):
        share = place / LEVELS
        y = plot.bottom() - plot.height() * share
        painter.setPen(QPen(QColor(colours.hairline), 1))
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
        painter.setPen(QColor(colours.quiet))
        room = QRectF(0, y - 8, plot.left() - GAP, 16)
        painter.drawText(room, int(MIDDLE | Qt.AlignmentFlag.AlignRight), left(share))
        if right is not None:
            room = QRectF(plot.right() + GAP, y - 8, plot.right(), 16)
            painter.drawText(room, int(MIDDLE | Qt.AlignmentFlag.AlignLeft), right(share))
