"""Growth on the canvas: nodes glide to their places; parents that are being grown show what is on the way."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from seedbed_gui.canvas.edges import curves
from seedbed_gui.canvas.inks import Inks, pen
from seedbed_gui.canvas.plan import Form, Line, Plan
from seedbed_gui.canvas.qtarrays import draw_rects
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.canvas.typesetting import Typesetter
from seedbed_gui.canvas.view import View
from seedbed_gui.language import tr
from seedbed_gui.style import BAR_RADIUS, CARD_RADIUS

GLIDE_MS = 200
MANY = 400  # more parents growing at once than this have no ring with a number each
SIDE = 6.0  # pixels

Floats = NDArray[np.float64]


class Glide:
    """Nodes, and the view, on their way from old to new. Both orders are equal, so lines stay sorted on the way."""

    def __init__(self) -> None:
        self._from: Floats | None = None
        self._from_view: View | None = None
        self._share = 1.0

    @property
    def is_going(self) -> bool:
        return self._share < 1.0

    def start(self, came_from: Floats | None, view: View | None) -> None:
        """Begin with the x each slot comes from and the view that was shown; None: that does not glide."""
        self._from, self._from_view = came_from, view
        self._share = 1.0 if came_from is None and view is None else 0.0

    def advance(self, milliseconds: float) -> None:
        """Let time pass."""
        self._share = min(1.0, self._share + milliseconds / GLIDE_MS)
        if self._share == 1.0:
            self._from = self._from_view = None

    @property
    def _eased(self) -> float:
        return 1.0 - (1.0 - self._share) ** 3

    def places(self, x: Floats) -> Floats:
        """Where the slots are now, on their way to x."""
        if self._from is None or len(self._from) != len(x):
            return x
        return self._from + (x - self._from) * self._eased

    def view(self, target: View) -> View:
        """The view now, on its way to the target."""
        return target if self._from_view is None else self._from_view.towards(target, self._eased)


def paint_growing(painter: QPainter, scene: Scene, plan: Plan, typesetter: Typesetter, inks: Inks) -> None:
    """Draw what is on the way: a dashed card beside the children where cards are drawn, else a dashed ring.

    Very many have a small square each, however far out: what is running is never lost from sight.
    """
    growing = scene.growing_slots()
    if len(growing) > MANY:
        _paint_many(painter, scene, plan, np.fromiter(growing, np.int64), inks)
        return
    for slot, wanted in growing.items():
        x, y = plan.pixel(scene, slot)
        if not (-300 < x < plan.view.width + 300 and -200 < y < plan.view.height + 200):
            continue
        line = plan.line(scene.line_of(slot))
        below = plan.line(scene.line_of(slot) + 1)
        if _has_room(scene, plan, slot, below):
            _paint_card(painter, scene, plan, slot, wanted, typesetter, inks)
        else:
            _paint_ring(painter, x, y, line, wanted, inks)


def _paint_many(painter: QPainter, scene: Scene, plan: Plan, slots: NDArray[np.int64], inks: Inks) -> None:
    x, y = plan.pixels(scene, slots)
    seen = (x > -SIDE) & (x < plan.view.width + SIDE) & (y > -SIDE) & (y < plan.view.height + SIDE)
    corner = np.rint(np.column_stack((x, y))[seen] - SIDE / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(pen(inks.accent, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    draw_rects(painter, np.hstack((corner, np.full_like(corner, SIDE))))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)


def _has_room(scene: Scene, plan: Plan, slot: int, below: Line | None) -> bool:
    if scene.places.line_count != scene.tree.levels or plan.is_round:
        return False
    is_last = scene.line_of(slot) + 1 == scene.places.line_count
    if is_last or below is None:
        return is_last and plan.view.scale_x >= 128 and plan.view.scale_y >= 92
    return below.look.form is Form.CARDS and plan.view.scale_x >= 128


def _paint_card(
    painter: QPainter, scene: Scene, plan: Plan, slot: int, wanted: int, typesetter: Typesetter, inks: Inks
) -> None:
    view, children = plan.view, scene.children(slot)
    place = float(plan.x[children[-1]]) + 1.0 if len(children) else float(plan.x[slot])
    width, height = min(view.scale_x - 14, 236.0), min(view.scale_y - 38, 92.0)
    x, y = view.x(place), view.y(scene.line_of(slot) + 1)
    rect = QRectF(round(x - width / 2), round(y - height / 2), round(width), round(height))
    above = plan.line(scene.line_of(slot))
    foot = view.y(scene.line_of(slot)) + (above.look.foot if above is not None else 0.0)
    painter.setPen(pen(inks.accent, 1.25, dashed=True))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(curves(np.array([[view.x(float(plan.x[slot])), foot, x, rect.top()]])))
    painter.setBrush(inks.background)
    painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
    painter.setPen(QPen(inks.accent))
    told = tr("{wanted} more on the way", wanted=wanted)
    at = QPointF(rect.left() + 8, rect.center().y() - 16)
    typesetter.draw(painter, told, inks.note, at, width - 16)
    _paint_progress(painter, rect, len(children) / (len(children) + wanted), inks)


def _paint_progress(painter: QPainter, rect: QRectF, share: float, inks: Inks) -> None:
    bar = QRectF(rect.center().x() - 48, rect.center().y() + 8, 96, 4)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.hairline)
    painter.drawRoundedRect(bar, BAR_RADIUS, BAR_RADIUS)
    painter.setBrush(inks.accent)
    painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(4.0, bar.width() * share), 4), BAR_RADIUS, BAR_RADIUS)


def _paint_ring(painter: QPainter, x: float, y: float, line: Line | None, wanted: int, inks: Inks) -> None:
    painter.setPen(pen(inks.accent, 1.5, dashed=True))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if line is None:  # so many lines that each is a pixel or two
        painter.drawEllipse(QPointF(x, y), SIDE, SIDE)
        return
    if line.look.form is Form.CARDS:
        width, height = line.look.width + 12, line.look.height + 12
        painter.drawRoundedRect(QRectF(x - width / 2, y - height / 2, width, height), CARD_RADIUS + 3, CARD_RADIUS + 3)
        tag = QPointF(x + width / 2 + 6, y + height / 2 + 8)
    else:
        radius = max(line.look.side / 2 + (4 if line.look.form is Form.LABELS else 6), 7.0)  # over no label
        painter.drawEllipse(QPointF(x, y), radius, radius)
        tag = QPointF(x, y - radius - 5)  # its label stands below, neighbours' rings beside it
    if line.look.width >= 24:
        _paint_tag(painter, tag, f"+{wanted}", inks)


def _paint_tag(painter: QPainter, foot: QPointF, text: str, inks: Inks) -> None:
    """A few letters, `foot` the middle below them, on a ground of their own: no edge crosses them."""
    metrics = QFontMetricsF(inks.small_strong)
    at = foot - QPointF(metrics.horizontalAdvance(text) / 2, 0)
    ground = metrics.tightBoundingRect(text).translated(at).adjusted(-3, -3, 3, 3)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.background)
    painter.drawRoundedRect(ground, BAR_RADIUS, BAR_RADIUS)
    painter.setPen(QPen(inks.accent))
    painter.setFont(inks.small_strong)
    painter.drawText(at, text)
