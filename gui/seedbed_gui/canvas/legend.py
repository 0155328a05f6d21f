"""The legend: what the nodes are coloured by, what each colour and shape means, how many there are; a click filters."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from seedbed_gui.canvas.colouring import Scale
from seedbed_gui.canvas.inks import Inks, pen
from seedbed_gui.canvas.nodes import paint_square
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.language import figure, tr, upper_first
from seedbed_gui.sayings import told
from seedbed_gui.style import CARD_RADIUS

EDGE = 16.0  # distance of the overlays from the window's edge
LEGEND_HEIGHT = 36.0  # of one row
ROW = 24.0  # of each further one
PAD, GAP, SQUARE, COUNT_GAP = 12.0, 18.0, 18.0, 5.0
MAP_SIDE = 176.0 + 2 * EDGE  # kept free for the map, where the window is wide enough
WIDE = 860.0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One entry: clicking `area` hides or shows the group."""

    group: int
    area: QRectF
    label: str
    count: str

    @property
    def text(self) -> str:
        return f"{self.label} {self.count}"


@dataclass(frozen=True, slots=True)
class Legend:
    """Where all of it stands; clicking `title` asks for another colouring."""

    area: QRectF
    title: QRectF
    name: str
    chosen: str  # how many are selected, in words
    entries: list[LegendEntry]


def make_legend(scene: Scene, width: float, height: float, inks: Inks, is_picture: bool = False) -> Legend:
    """Place the entries, in rows where one does not hold them; rare states are named only where they occur.

    In a picture nothing can be chosen, and no arrow offers it.
    """
    metrics, strong = QFontMetricsF(inks.small), QFontMetricsF(inks.small_strong)
    colouring, counts = scene.colouring, scene.counts()
    name = upper_first(told(colouring.name)) + ("" if is_picture else " ▾")
    most = width - EDGE - (MAP_SIDE if width > WIDE else EDGE) - PAD
    left, row, right = EDGE + PAD + strong.horizontalAdvance(name) + GAP, 0, 0.0
    indent = left
    placed: list[tuple[int, float, int, float]] = []
    for group in colouring.order:
        if not (counts[group] or group in colouring.always_told or group in scene.hidden):
            continue
        words = told(colouring.labels[group]), figure(int(counts[group]), ",")
        wide = sum(map(metrics.horizontalAdvance, words)) + COUNT_GAP + SQUARE
        if placed and left + wide > most:
            left, row = indent, row + 1
        placed.append((group, left, row, wide))
        right = max(right, left + wide)
        left += wide + GAP
    chosen = tr("{many:,} selected", many=len(scene.selected_ids)) if len(scene.selected_ids) > 1 else ""
    extra = strong.horizontalAdvance(chosen) + GAP if chosen else 0.0
    tall = LEGEND_HEIGHT + row * ROW
    top = height - EDGE - tall
    area = QRectF(EDGE, top, max(right, left - GAP + extra) + PAD - EDGE, tall)
    entries = [
        LegendEntry(
            group,
            QRectF(x - 6, top + 6 + line * ROW, wide + 12, ROW),
            told(colouring.labels[group]),
            figure(int(counts[group]), ","),
        )
        for group, x, line, wide in placed
    ]
    title = QRectF(EDGE + 4, top + 6, indent - GAP - EDGE + 4, ROW)
    return Legend(area, title, name, chosen, entries)


def paint_legend(painter: QPainter, scene: Scene, legend: Legend, inks: Inks) -> None:
    """Draw the legend; what is hidden is struck through."""
    paint_panel(painter, legend.area, inks)
    sink = QFontMetricsF(inks.small).capHeight() / 2
    painter.setFont(inks.small_strong)
    painter.setPen(QPen(inks.text))
    painter.drawText(QPointF(EDGE + PAD, legend.title.center().y() + sink), legend.name)
    for entry in legend.entries:
        _paint_entry(painter, scene, entry, sink, inks)
    if legend.chosen and legend.entries:
        painter.setFont(inks.small_strong)
        painter.setPen(QPen(inks.ring))
        last = legend.entries[-1].area
        painter.drawText(QPointF(last.right() - 6 + GAP, last.center().y() + sink), legend.chosen)


def _paint_entry(painter: QPainter, scene: Scene, entry: LegendEntry, sink: float, inks: Inks) -> None:
    is_hidden = entry.group in scene.hidden
    x, middle = entry.area.left() + 6, entry.area.center().y()
    painter.setOpacity(0.4 if is_hidden else 1.0)
    look = entry.group if scene.colouring.scale is Scale.STATES else 0
    paint_square(painter, QPointF(x + 5, middle), 10, scene.colouring, entry.group, look, inks)
    painter.setOpacity(1.0)
    painter.setFont(inks.small)
    painter.setPen(QPen(inks.quiet if is_hidden else inks.text))
    painter.drawText(QPointF(x + SQUARE, middle + sink), entry.label)
    painter.setPen(QPen(inks.quiet))
    end = entry.area.right() - 6 - QFontMetricsF(inks.small).horizontalAdvance(entry.count)
    painter.drawText(QPointF(end, middle + sink), entry.count)
    if is_hidden:
        y = round(middle) + 0.5
        painter.drawLine(QPointF(x + SQUARE - 1, y), QPointF(entry.area.right() - 5, y))


def paint_panel(painter: QPainter, area: QRectF, inks: Inks) -> None:
    """Draw the ground of an overlay."""
    painter.setPen(pen(inks.hairline))
    painter.setBrush(inks.panel)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)
