"""The confusion matrix: which answer was given where which one was right."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedbed_gui import style
from seedbed_gui.pages.labels import one_line

CELL = 48  # pixels, the height of a row
SIDE, TOP = 112, 44  # pixels for the labels
SHOWN = 8  # labels; more are not drawn


class ConfusionMatrix(QWidget):
    """Rows are the right answers, columns what the model answered; right ones on the diagonal in the accent's tint."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels: tuple[str, ...] = ()
        self.counts: tuple[tuple[int, ...], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Confusion matrix")

    def show_counts(self, labels: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
        """Show another matrix: counts[right][answered]."""
        self.labels = tuple(labels[:SHOWN])
        self.counts = tuple(tuple(line[:SHOWN]) for line in counts[:SHOWN])
        said = [
            f"{right} answered as {given}: {self.counts[i][j]}"
            for i, right in enumerate(self.labels)
            for j, given in enumerate(self.labels)
        ]
        self.setAccessibleDescription("; ".join(said)[:1000])
        self.setFixedHeight(TOP + CELL * len(self.labels) + 8)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, TOP + CELL * len(self.labels) + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.labels:
            return
        colours = style.current()
        width = min(160.0, (self.width() - SIDE) / len(self.labels))
        most = max((max(line, default=0) for line in self.counts), default=0) or 1
        middle = int(Qt.AlignmentFlag.AlignCenter)
        painter.setFont(style.text_font(style.SMALL))
        painter.setPen(QColor(colours.quiet))
        told = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        painter.drawText(QRectF(0, 0, self.width(), 16), told, "rows: right answer · columns: the model's answer")
        for place, label in enumerate(self.labels):
            self._write(painter, QRectF(SIDE + width * place, 20, width - 4, 20), label, middle)
            left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self._write(painter, QRectF(0, TOP + CELL * place, SIDE - 8, CELL), label, left)
        for i, line in enumerate(self.counts):
            for j, many in enumerate(line):
                cell = QRectF(SIDE + width * j, TOP + CELL * i, width - 4, CELL - 4)
                ground = QColor(colours.accent if i == j else colours.wrong)
                ground.setAlpha(round(150 * many / most * (1.0 if i == j else 0.7)))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(colours.hover))
                painter.drawRoundedRect(cell, 6, 6)
                painter.setBrush(ground)
                painter.drawRoundedRect(cell, 6, 6)
                painter.setPen(QColor(colours.text))
                weight = QFont.Weight.DemiBold if i == j else QFont.Weight.Normal
                painter.setFont(style.text_font(style.NORMAL, weight))
                painter.drawText(cell, middle, f"{many:,}")

    def _write(self, painter: QPainter, room: QRectF, text: str, flags: int) -> None:
        painter.setPen(QColor(style.current().text))
        painter.setFont(style.text_font(style.NORMAL))
        line = painter.fontMetrics().elidedText(one_line(text, 80), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, flags, line)
