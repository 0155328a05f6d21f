"""The learning curve while a model trains: loss as a line, accuracy as dots with a line, one colour a model."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedbed_gui import style
from seedbed_gui.language import figure, tr
from seedbed_gui.models.training_progress import NAMES
from seedbed_gui.pages.plots import paint_levels

LEFT, RIGHT, TOP, BOTTOM = 44, 44, 28, 28  # pixels around the plot
POINTS_DRAWN = 600  # of one line; more are thinned


@dataclass
class Line:
    """One training: loss and accuracy by how far it is, 0 to 1."""

    model: str
    training_seed: int
    loss: list[tuple[float, float]] = field(default_factory=list)
    accuracy: list[tuple[float, float]] = field(default_factory=list)


class CurveChart(QWidget):
    """Draws trainings as they come in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: dict[tuple[str, int], Line] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(200)
        self.setAccessibleName(tr("Learning curve"))

    def sizeHint(self) -> QSize:
        return QSize(480, 220)

    def clear(self) -> None:
        """Forget all lines."""
        self.lines.clear()
        self.update()

    def add(self, model: str, training_seed: int, step: int, steps: int, loss: float, accuracy: float | None) -> None:
        """One more point."""
        line = self.lines.setdefault((model, training_seed), Line(model, training_seed))
        done = step / steps if steps else 0.0
        if line.loss and done < line.loss[-1][0]:
            line.loss.clear()
            line.accuracy.clear()
        line.loss.append((done, loss))
        if accuracy is not None:
            line.accuracy.append((done, accuracy))
        self.setAccessibleDescription(tr("{model}: loss {loss:.3f}", model=tr(NAMES.get(model, model)), loss=loss))
        self.update()

    def show_points(self, points: Sequence[tuple[str, int, int, int, float, float | None]]) -> None:
        """Show a run's points: model, training seed, step, steps, loss, accuracy."""
        self.lines.clear()
        for model, training_seed, step, steps, loss, accuracy in points:
            self.add(model, training_seed, step, steps, loss, accuracy)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot = QRectF(LEFT, TOP, self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM)
        highest = max((loss for line in self.lines.values() for _, loss in line.loss), default=1.0) * 1.05 or 1.0
        self._paint_grid(painter, plot, highest)
        for line in self.lines.values():
            self._paint_line(painter, plot, line, highest)
        self._paint_legend(painter)

    def _paint_grid(self, painter: QPainter, plot: QRectF, highest: float) -> None:
        paint_levels(painter, plot, lambda share: figure(highest * share, ".2f"), lambda share: f"{100 * share:.0f} %")
        painter.setPen(QColor(style.current().quiet))
        for share, side_flag in ((0.0, Qt.AlignmentFlag.AlignLeft), (1.0, Qt.AlignmentFlag.AlignRight)):
            room = QRectF(plot.left(), plot.bottom() + 6, plot.width(), 16)
            painter.drawText(room, int(side_flag), "start" if share == 0 else "end")

    def _paint_line(self, painter: QPainter, plot: QRectF, line: Line, highest: float) -> None:
        colour = line_colour(line.model)
        faint = QColor(colour)
        faint.setAlpha(130)

        def at(done: float, share: float) -> QPointF:
            return QPointF(plot.left() + done * plot.width(), plot.bottom() - share * plot.height())

        every = max(1, len(line.loss) // POINTS_DRAWN)
        loss = QPolygonF([at(done, value / highest) for done, value in line.loss[::every]])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(faint, 1.5))
        painter.drawPolyline(loss)
        painter.setPen(QPen(colour, 1.5))
        dots = [at(done, value) for done, value in line.accuracy]
        if len(dots) > 1:
            painter.drawPolyline(QPolygonF(dots))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        for dot in dots:
            painter.drawEllipse(dot, 3.5, 3.5)

    def _paint_legend(self, painter: QPainter) -> None:
        colours = style.current()
        painter.setFont(style.text_font(style.SMALL))
        metrics = painter.fontMetrics()
        left = float(LEFT)
        for model in dict.fromkeys(line.model for line in self.lines.values()):
            name = tr(NAMES.get(model, model))
            painter.setPen(QPen(line_colour(model), 2))
            painter.drawLine(QPointF(left, 12), QPointF(left + 14, 12))
            painter.setPen(QColor(colours.quiet))
            painter.drawText(QPointF(left + 20, 16), name)
            left += 20 + metrics.horizontalAdvance(name) + 16
        painter.setPen(QColor(colours.quiet))
        told = tr("line: loss (left) · dots: accuracy (right)")
        room = QRectF(0, 4, self.width() - 8, 16)
        if left + metrics.horizontalAdvance(told) + 16 < self.width():
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), told)


def line_colour(model: str) -> QColor:
    """The colour of a model's line: created data in the accent."""
    colours = style.current()
    return QColor({"created": colours.accent, "human": colours.text}.get(model, colours.new))
