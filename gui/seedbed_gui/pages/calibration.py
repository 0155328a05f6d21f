"""How often a model is right where it is so sure: a reliability diagram, with the number of items below each bin."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedbed_gui import style
from seedbed_gui.language import figure, tr
from seedbed_gui.models.mistakes import Bin
from seedbed_gui.pages.plots import paint_levels

LEFT, RIGHT, TOP = 40, 12, 12  # pixels around the plot
SCALE, COUNTS = 22, 52  # pixels below it: the scale, then bars with the number of items
HEIGHT = 280
DOT = 4.5


class CalibrationPicture(QWidget):
    """Bins on the diagonal are as often right as sure; those with few items are hollow and their lines dashed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bins: tuple[Bin, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Calibration"))

    def sizeHint(self) -> QSize:
        return QSize(320, HEIGHT)

    def show_bins(self, bins: Sequence[Bin]) -> None:
        """Show other bins."""
        self.bins = tuple(bins)
        said = [_said(each) for each in bins]
        self.setAccessibleDescription("; ".join(said))
        self.update()

    def first(self) -> float:
        """Where the scale of sureness begins: at the lowest bin."""
        return min((each.low for each in self.bins), default=0.0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - SCALE - COUNTS)
        self._paint_scales(painter, plot)
        for each in self.bins:
            self._paint_bin(painter, plot, each)
        self._paint_counts(painter, plot)

    def _at(self, plot: QRectF, sure: float, right: float) -> QPointF:
        first = self.first()
        return QPointF(plot.left() + plot.width() * (sure - first) / (1 - first), plot.bottom() - plot.height() * right)

    def _paint_scales(self, painter: QPainter, plot: QRectF) -> None:
        colours = style.current()
        paint_levels(painter, plot, lambda share: f"{100 * share:.0f}")
        for tenth in range(round(10 * self.first()), 11):
            x = self._at(plot, tenth / 10, 0).x()
            side = Qt.AlignmentFlag.AlignRight if tenth == 10 else Qt.AlignmentFlag.AlignHCenter
            room = QRectF(x - 20, plot.bottom() + 4, 20 + (0 if tenth == 10 else 20), 16)
            painter.drawText(room, int(side), f"{10 * tenth}")
        painter.setPen(QPen(QColor(colours.new), 1, Qt.PenStyle.DashLine))
        painter.drawLine(self._at(plot, self.first(), self.first()), self._at(plot, 1, 1))

    def _paint_bin(self, painter: QPainter, plot: QRectF, each: Bin) -> None:
        colours = style.current()
        colour = QColor(colours.quiet if each.is_uncertain else colours.text)
        dashes = Qt.PenStyle.DotLine if each.is_uncertain else Qt.PenStyle.SolidLine
        painter.setPen(QPen(colour, 1.5, dashes))
        painter.drawLine(self._at(plot, each.sureness, each.least), self._at(plot, each.sureness, each.most))
        painter.setPen(QPen(colour, 1.5))
        painter.setBrush(QColor(colours.panel) if each.is_uncertain else colour)
        painter.drawEllipse(self._at(plot, each.sureness, each.accuracy), DOT, DOT)

    def _paint_counts(self, painter: QPainter, plot: QRectF) -> None:
        colours = style.current()
        bottom, most = plot.bottom() + SCALE + COUNTS - 4, max((each.items for each in self.bins), default=1)
        painter.setFont(style.text_font(style.SMALL))
        for each in self.bins:
            left, right = self._at(plot, each.low, 0).x() + 2, self._at(plot, each.high, 0).x() - 2
            height = max(2.0, (COUNTS - 22) * each.items / most)
            bar = QRectF(left, bottom - height, right - left, height)
            painter.setPen(
                QPen(QColor(colours.new), 1, Qt.PenStyle.DotLine) if each.is_uncertain else Qt.PenStyle.NoPen
            )
            painter.setBrush(Qt.BrushStyle.NoBrush if each.is_uncertain else QColor(colours.edge))
            painter.drawRect(bar)
            painter.setPen(QColor(colours.quiet))
            room = QRectF(left - 10, bar.top() - 16, right - left + 20, 14)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), figure(each.items, ","))


def _said(each: Bin) -> str:
    said = tr(
        "{sure:.0f} % sure: {right:.0f} % right, {items} items",
        sure=100 * each.sureness,
        right=100 * each.accuracy,
        items=each.items,
    )
    return f"{said}, {tr('few')}" if each.is_uncertain else said
