"""Accuracies with their intervals as a picture; the majority share is a dashed line through all of them."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedbed_gui import style
from seedbed_gui.language import fill, tr

LEAST_APART = 24  # pixels between two numbers of the scale
HEAD, ROW, FOOT = 34, 36, 28  # pixels: the first row's top, a row, the scale
SIDE = 16  # pixels left free beside the plot
MOST_NAME = 0.4  # of the width at most is for the names
LONGEST_NAME = 400  # characters


@dataclass(frozen=True, slots=True)
class Interval:
    """One row: a share with its interval (None: a bare dot)."""

    name: str
    value: float
    low: float | None
    high: float | None
    is_created: bool = False
    is_quiet: bool = False


class IntervalPicture(QWidget):
    """Rows level with those of the table beside it; standing alone, each has its name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[Interval, ...] = ()
        self.majority: float | None = None
        self.head = HEAD
        self.has_names = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Intervals"))

    def show_rows(self, rows: Sequence[Interval], majority: float | None) -> None:
        """Show other rows."""
        self.rows, self.majority = tuple(rows), majority
        self.setAccessibleDescription(
            "; ".join(fill("{name} {value:.1f} %", name=row.name, value=100 * row.value) for row in rows)
        )
        self.setFixedHeight(self.head + ROW * len(rows) + FOOT)
        self.update()

    def show_names(self, has_names: bool) -> None:
        """Write each row's name at its left, or leave that to a table beside it."""
        if has_names != self.has_names:
            self.has_names = has_names
            self.update()

    def names(self) -> list[str]:
        """What is written at the left of the rows: the names, cut in their middle where they are too long."""
        if not self.has_names:
            return []
        metrics, room = QFontMetricsF(style.text_font(style.SMALL)), int(MOST_NAME * self.width())
        lines = [" ".join(row.name[:LONGEST_NAME].split()) for row in self.rows]
        return [metrics.elidedText(line, Qt.TextElideMode.ElideMiddle, room) for line in lines]

    def plot(self) -> QRectF:
        """Where the intervals are."""
        metrics = QFontMetricsF(style.text_font(style.SMALL))
        names = max(map(metrics.horizontalAdvance, self.names()), default=0.0)
        left = names + style.M + SIDE if names else SIDE
        return QRectF(left, self.head, self.width() - SIDE - left, ROW * len(self.rows))

    def sizeHint(self) -> QSize:
        return QSize(360, self.head + ROW * len(self.rows) + FOOT)

    def scale(self) -> tuple[float, float]:
        """The ends of the scale, in whole tenths."""
        shown = [value for row in self.rows for value in (row.value, row.low, row.high) if value is not None]
        if self.majority is not None:
            shown.append(self.majority)
        low, high = min(shown, default=0.5), max(shown, default=1.0)
        first, last = int(low * 10) / 10, min(1.0, int(high * 10 + 0.999) / 10)
        return (first, last) if last - first >= 0.2 else (max(0.0, last - 0.3), last)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, last = self.scale()
        plot = self.plot()

        def x(share: float) -> float:
            return plot.left() + plot.width() * (share - first) / (last - first)

        self._paint_scale(painter, plot, x(0.0), x(1.0), first, last)
        if self.majority is not None:
            painter.setPen(QPen(QColor(style.current().new), 1, Qt.PenStyle.DashLine))
            at = x(self.majority)
            painter.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom()))
        painter.setPen(QColor(style.current().text))
        for place, name in enumerate(self.names()):
            room = QRectF(0, plot.top() + ROW * place, plot.left(), ROW)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine), name)
        for place, row in enumerate(self.rows):
            self._paint_row(painter, row, plot.top() + ROW * (place + 0.5), x(row.value), x)

    def _paint_scale(
        self, painter: QPainter, plot: QRectF, x_of_none: float, x_of_all: float, first: float, last: float
    ) -> None:
        colours = style.current()
        painter.setFont(style.text_font(style.SMALL))
        every = max(1, math.ceil(LEAST_APART / max(1.0, (x_of_all - x_of_none) / 10)))
        for tenth in range(round(first * 10), round(last * 10) + 1):
            at = x_of_none + (x_of_all - x_of_none) * tenth / 10
            painter.setPen(QPen(QColor(colours.hairline), 1))
            painter.drawLine(QPointF(at, plot.top()), QPointF(at, plot.bottom()))
            if tenth % every:
                continue
            painter.setPen(QColor(colours.quiet))
            room = QRectF(at - 20, plot.bottom() + 6, 40, 16)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignHCenter), f"{10 * tenth}")

    def _paint_row(self, painter: QPainter, row: Interval, y: float, at: float, x: Callable[[float], float]) -> None:
        colours = style.current()
        colour = QColor(colours.accent if row.is_created else colours.new if row.is_quiet else colours.text)
        painter.setPen(QPen(colour, 2))
        if row.low is not None and row.high is not None:
            painter.drawLine(QPointF(x(row.low), y), QPointF(x(row.high), y))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(QPointF(at, y), 5, 5)
