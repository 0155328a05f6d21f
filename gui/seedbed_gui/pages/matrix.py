"""The confusion matrix: which answer was given where which one was right."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from seedbed_gui import style
from seedbed_gui.language import figure, tr
from seedbed_gui.pages.labels import one_line

CELL, HIGH_CELL, FEW = 48, 76, 3  # pixels, the height of a row; of one where labels are few
SIDE, TOP = 112, 44  # pixels for the labels
SHOWN = 8  # labels; more are not drawn


STEPS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class ConfusionMatrix(QWidget):
    """Rows are the right answers, columns what the model answered; right ones on the diagonal in the accent's tint.

    Where `is_open`, a cell can be chosen, by a click or by arrows and Enter.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.labels: tuple[str, ...] = ()
        self.counts: tuple[tuple[int, ...], ...] = ()
        self.chosen: tuple[int, int] | None = None
        self.is_open = False
        self._hot: tuple[int, int] | None = None  # under the pointer, or reached by arrows
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("Confusion matrix"))

    def show_counts(self, labels: Sequence[str], counts: Sequence[Sequence[int]]) -> None:
        """Show another matrix: counts[right][answered]."""
        self.labels = tuple(labels[:SHOWN])
        self.counts = tuple(tuple(line[:SHOWN]) for line in counts[:SHOWN])
        said = [
            tr("{right} answered as {given}: {counts}", right=right, given=given, counts=self.counts[i][j])
            for i, right in enumerate(self.labels)
            for j, given in enumerate(self.labels)
        ]
        self.setAccessibleDescription("; ".join(said)[:1000])
        self.setFixedHeight(TOP + self.row_height * len(self.labels) + 8)
        self.update()

    @property
    def row_height(self) -> int:
        """How high a row is: few labels have more room, where their cells are to be clicked."""
        return HIGH_CELL if self.is_open and len(self.labels) <= FEW else CELL

    def open(self) -> None:
        """Let cells be chosen."""
        self.is_open = True
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def choose(self, cell: tuple[int, int] | None) -> None:
        """Mark a cell as the one whose items are shown."""
        self.chosen = cell
        self.update()

    def cell(self, i: int, j: int) -> QRectF:
        """Where a cell is drawn."""
        width = min(160.0, (self.width() - SIDE) / max(1, len(self.labels)))
        return QRectF(SIDE + width * j, TOP + self.row_height * i, width - 4, self.row_height - 4)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._heat(self._cell_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._heat(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._heat(None)
        super().focusOutEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        found = self._cell_at(event.position()) if self.is_open else None
        if found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.cell_chosen.emit(*found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if not self.is_open or not self.labels:
            super().keyPressEvent(event)
        elif step is not None:
            i, j = self._hot or self.chosen or (0, 0)
            last = len(self.labels) - 1
            self._heat((min(last, max(0, i + step[0])), min(last, max(0, j + step[1]))))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._hot is not None:
            self.cell_chosen.emit(*self._hot)
        else:
            super().keyPressEvent(event)

    def _cell_at(self, at: QPointF) -> tuple[int, int] | None:
        cells = [(i, j) for i in range(len(self.counts)) for j in range(len(self.labels))]
        return next((found for found in cells if self.cell(*found).contains(at)), None)

    def _heat(self, cell: tuple[int, int] | None) -> None:
        if self.is_open and cell != self._hot:
            self._hot = cell
            self.setCursor(Qt.CursorShape.PointingHandCursor if cell else Qt.CursorShape.ArrowCursor)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, TOP + self.row_height * len(self.labels) + 8)

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
        painter.drawText(QRectF(0, 0, self.width(), 16), told, tr("rows: right answer · columns: the model's answer"))
        for place, label in enumerate(self.labels):
            self._write(painter, QRectF(SIDE + width * place, 20, width - 4, 20), label, middle)
            left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            self._write(painter, QRectF(0, TOP + self.row_height * place, SIDE - 8, self.row_height - 4), label, left)
        for i, line in enumerate(self.counts):
            for j, many in enumerate(line):
                self._paint_cell(painter, (i, j), many, most)

    def _paint_cell(self, painter: QPainter, place: tuple[int, int], many: int, most: int) -> None:
        colours, cell, is_right = style.current(), self.cell(*place), place[0] == place[1]
        hue, strength = (colours.accent, 1.0) if is_right else (colours.wrong, 0.7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(style.tinted(hue, colours.hover, strength * many / most)))
        painter.drawRoundedRect(cell, style.INNER_RADIUS, style.INNER_RADIUS)
        if place in (self.chosen, self._hot):
            painter.setPen(QPen(QColor(colours.ring if place == self.chosen else colours.quiet), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), style.INNER_RADIUS, style.INNER_RADIUS)
        painter.setPen(QColor(colours.text))
        painter.setFont(style.text_font(style.NORMAL, QFont.Weight.DemiBold if is_right else QFont.Weight.Normal))
        painter.drawText(cell, int(Qt.AlignmentFlag.AlignCenter), figure(many, ","))

    def _write(self, painter: QPainter, room: QRectF, text: str, flags: int) -> None:
        painter.setPen(QColor(style.current().text))
        painter.setFont(style.text_font(style.NORMAL))
        line = painter.fontMetrics().elidedText(one_line(text, 80), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, flags, line)
