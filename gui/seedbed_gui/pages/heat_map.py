"""A heat map of train sets and test sets: accuracies in cells, coloured only where a difference is distinguishable."""

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from seedbed_gui import style
from seedbed_gui.language import mark, tr
from seedbed_gui.models.heat import Heat, HeatCell
from seedbed_gui.pages import numbers
from seedbed_gui.pages.frames import Card
from seedbed_gui.pages.labels import Label, one_line
from seedbed_gui.pages.matrix import STEPS
from seedbed_gui.sayings import told

SIDE, TOP = 300, 44  # pixels for the names, at most
CELL, LEAST, WIDEST = 58, 128, 208  # pixels: the height of a cell, its least and greatest width
GAP = 4
FULL = 0.3  # difference of shares from which a colour is at its strongest
WEAKEST = 0.33  # strength of the tint of the smallest difference
HINT = mark("Point at a cell, or walk by arrows, to read it with its interval.")


class HeatMap(QWidget):
    """Above in blue, below in orange, apart for all eyes; a ring marks what is in distribution."""

    pointed = Signal(str)  # what a cell says in full; empty: no cell

    def __init__(self, heat: Heat, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heat = heat
        self._hot: tuple[int, int] | None = None
        measure = QFontMetricsF(style.text_font(style.NORMAL)).horizontalAdvance
        self._side = min(SIDE, max((math.ceil(measure(row.name)) for row in heat.rows), default=0) + style.XL)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(TOP + CELL * len(heat.rows) + GAP)
        self.setMinimumWidth(self._side + LEAST * len(heat.columns))
        self.setAccessibleName(tr("Train sets and test sets"))
        self.setAccessibleDescription("; ".join(self.said(*place) for place in self._places())[:2000])

    def sizeHint(self) -> QSize:
        return QSize(self._side + WIDEST * len(self.heat.columns), self.height())

    def cell(self, row: int, column: int) -> QRectF:
        """Where a cell is drawn."""
        width = min(WIDEST, (self.width() - self._side) / max(1, len(self.heat.columns)))
        return QRectF(self._side + width * column, TOP + CELL * row, width - GAP, CELL - GAP)

    def said(self, row: int, column: int) -> str:
        """A cell in full, with its intervals."""
        found, one = self.heat.rows[row], self.heat.rows[row].cells[column]
        name = tr("{name} on {test}", name=one_line(found.name, 80), test=one_line(self.heat.columns[column][0], 80))
        if one is None:
            if self.heat.pairs:
                return tr("{name}: not asked, no pair of the paper", name=name)
            return tr("{name}: not asked, the form is another", name=name)
        where = tr("in distribution") if one.is_own else tr("out of distribution")
        text = tr(
            "{name}, {where}: {share} % of {items:,} right (95 % interval {low} to {high})",
            name=name,
            where=where,
            share=numbers.share(one.accuracy),
            items=one.items,
            low=numbers.share(one.low),
            high=numbers.share(one.high),
        )
        if one.over is not None and one.span is not None:
            span = tr("{low} to {high}", low=numbers.points(one.span[0]), high=numbers.points(one.span[1]))
            if not one.is_distinguishable:
                span += ", " + tr("not distinguishable")
            text += "; " + tr(
                "{points} points against {against} ({span})",
                points=numbers.points(one.over),
                against=self.heat.against,
                span=span,
            )
        return f"{text}; {tr('one answer for nearly all')}" if one.is_collapsed else text

    def ground(self, one: HeatCell | None) -> QColor:
        """The colour of a cell over the panel."""
        colours = style.current()
        if one is None or one.over is None or not one.is_distinguishable:
            return QColor(colours.hover)
        strength = WEAKEST + (1.0 - WEAKEST) * min(1.0, abs(one.over) / FULL)
        return QColor(style.tinted(colours.ring if one.over > 0 else colours.amber, colours.panel, strength))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (name, remark) in enumerate(self.heat.columns):
            room = self.cell(0, place)
            self._write(painter, QRectF(room.left(), 0, room.width(), 20), name, QFont.Weight.DemiBold)
            self._write(painter, QRectF(room.left(), 20, room.width(), 18), remark, size=style.SMALL, is_quiet=True)
        left = Qt.AlignmentFlag.AlignLeft
        for row, found in enumerate(self.heat.rows):
            room = self.cell(row, 0)
            self._write(painter, QRectF(0, room.top(), self._side - style.S, room.height()), found.name, align=left)
            for column, one in enumerate(found.cells):
                self._paint_cell(painter, (row, column), one)

    def _paint_cell(self, painter: QPainter, place: tuple[int, int], one: HeatCell | None) -> None:
        colours, room = style.current(), self.cell(*place)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.ground(one))
        painter.drawRoundedRect(room, style.INNER_RADIUS, style.INNER_RADIUS)
        if one is not None and one.is_own:
            painter.setPen(QPen(QColor(colours.text), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(0.75, 0.75, -0.75, -0.75), style.INNER_RADIUS, style.INNER_RADIUS)
        if place == self._hot:
            painter.setPen(QPen(QColor(colours.ring), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(3, 3, -3, -3), style.CAP_RADIUS, style.CAP_RADIUS)
        if one is None:
            self._write(painter, room, "\N{EN DASH}", is_quiet=True)
            return
        weight = QFont.Weight.DemiBold if one.is_distinguishable else QFont.Weight.Normal
        self._write(painter, QRectF(room.left(), room.top() + 8, room.width(), 20), numbers.share(one.accuracy), weight)
        self._write(painter, QRectF(room.left(), room.top() + 28, room.width(), 18), under(one), size=style.SMALL)

    def _write(
        self,
        painter: QPainter,
        room: QRectF,
        text: str,
        weight: QFont.Weight = QFont.Weight.Normal,
        *,
        size: int = style.NORMAL,
        is_quiet: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignHCenter,
    ) -> None:
        painter.setPen(QColor(style.current().quiet if is_quiet else style.current().text))
        painter.setFont(style.text_font(size, weight))
        line = painter.fontMetrics().elidedText(one_line(text, 80), Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, int(align | Qt.AlignmentFlag.AlignVCenter), line)

    # pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(next((place for place in self._places() if self.cell(*place).contains(event.position())), None))

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._point(None)
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None or not self.heat.rows:
            return super().keyPressEvent(event)
        if self._hot is None:
            return self._point((0, 0))
        row, column = self._hot[0] + step[0], self._hot[1] + step[1]
        last = len(self.heat.rows) - 1, len(self.heat.columns) - 1
        return self._point((min(last[0], max(0, row)), min(last[1], max(0, column))))

    def _point(self, place: tuple[int, int] | None) -> None:
        if place != self._hot:
            self._hot = place
            self.pointed.emit(self.said(*place) if place else "")
            self.update()

    def _places(self) -> list[tuple[int, int]]:
        return [(row, column) for row in range(len(self.heat.rows)) for column in range(len(self.heat.columns))]


class HeatCard(Card):
    """The map with what its colours stand for, and the cell that is pointed at in words."""

    def __init__(self, heat: Heat) -> None:
        super().__init__()
        self.column.addWidget(Label(tr("Train sets down, test sets across"), "strong"))
        said = tr(
            "Accuracy, %; below it the points against {against}. Ringed: in distribution. "
            "Blue: above, orange: below; grey: not distinguishable.",
            against=heat.against,
        )
        self.column.addWidget(Label(said, "quiet", wraps=True))
        if heat.pairs:
            self.column.addWidget(Label(told(heat.pairs), "quiet", wraps=True))
        self.map = HeatMap(heat)
        self.column.addWidget(_scrolled(self.map))
        self.told = Label(tr(HINT), "quiet", wraps=True)
        self.told.setMinimumHeight(36)
        self.map.pointed.connect(lambda text: self.told.setText(f"{text}." if text else tr(HINT)))
        self.column.addWidget(self.told)


def _scrolled(widget: HeatMap) -> QScrollArea:
    """Many test sets scroll sideways, the page never."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    widget.setAutoFillBackground(False)  # setWidget turns it on, and the card would show another ground
    area.setFixedHeight(widget.height() + area.horizontalScrollBar().sizeHint().height())
    return area


def under(one: HeatCell) -> str:
    """The line below an accuracy."""
    if one.is_collapsed:
        return tr("one answer for nearly all")
    if one.over is None:
        return ""
    if not one.is_distinguishable:
        return tr("not distinguishable")
    return numbers.points(one.over)
