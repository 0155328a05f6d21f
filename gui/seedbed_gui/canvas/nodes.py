"""Nodes as squares: state by colour and by mark, rounded while they are few, set from arrays when many."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPainter, QPen

from seedbed_gui.canvas.density import paint_dense_line, paint_scatter
from seedbed_gui.canvas.inks import Inks, pen
from seedbed_gui.canvas.plan import Form, Plan
from seedbed_gui.canvas.qtarrays import draw_lines, draw_rects
from seedbed_gui.canvas.scene import APPROVED, FLAG, LOOK_NAMES, NEW, PRUNED, REJECTED, Scene

Floats = NDArray[np.float64]

ROUNDED = 450  # more squares than this have square corners
MARKED_FROM = 8.0  # smaller squares show their state by colour alone
RING_FROM = 3.0

# marks as lines within a square of side 1 around 0, 0
_TICK = ((-0.24, 0.02, -0.07, 0.19), (-0.07, 0.19, 0.25, -0.17))
_STROKE = ((-0.42, -0.42, 0.42, 0.42),)
_EXCLAMATION = ((0.0, -0.26, 0.0, 0.06), (0.0, 0.25, 0.0, 0.26))
_CROSS = ((-0.18, -0.18, 0.18, 0.18), (-0.18, 0.18, 0.18, -0.18))
MARKS = {APPROVED: _TICK, REJECTED: _STROKE, FLAG: _EXCLAMATION, PRUNED: _CROSS}


def paint_nodes(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
    """Draw all nodes in sight that are not cards."""
    for line in plan.lines_in(Form.DENSE):
        paint_dense_line(painter, scene, plan, line, inks)
    if plan.scatter:
        paint_scatter(painter, scene, plan, inks)
    else:
        squares = _squares(scene, plan)
        _paint_squares(painter, scene, plan, inks, squares)
    plan.drawn["nodes"] = len(plan.slots)


def _squares(scene: Scene, plan: Plan) -> NDArray[np.int64]:
    """Places in the plan's arrays of what is drawn as a square."""
    keep = np.ones(len(plan.slots), np.bool_)
    for card in plan.lines_in(Form.CARDS):
        first, after = np.searchsorted(plan.slots, (card.first, card.after))
        keep[first:after] = False
    return np.flatnonzero(keep)


def _paint_squares(painter: QPainter, scene: Scene, plan: Plan, inks: Inks, squares: NDArray[np.int64]) -> None:
    looks = scene.looks[plan.slots[squares]]
    x, y, sizes = plan.px[squares], plan.py[squares], plan.sizes[squares]
    rounded = len(squares) <= ROUNDED
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, rounded)
    for look in range(len(LOOK_NAMES)):
        of_look = (looks == look) & (plan.slots[squares] > 0)
        if of_look.any():
            rects = _rects(x[of_look], y[of_look], sizes[of_look], snapped=not rounded)
            _paint_look(painter, rects, look, inks, rounded, look in scene.hidden)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for place in squares[plan.slots[squares] == 0].tolist():
        _paint_seed(painter, plan, place, inks)
    _paint_edited(painter, scene, plan, inks, squares)
    _paint_rings(painter, scene, plan, inks, squares)


def _paint_seed(painter: QPainter, plan: Plan, place: int, inks: Inks) -> None:
    """The seed is no created example: it is hollow, with a strong outline."""
    side = max(float(plan.sizes[place]), 6.0)
    painter.setPen(pen(inks.text, 1.75))
    painter.setBrush(inks.panel)
    centre = QPointF(plan.px[place], plan.py[place])
    painter.drawRoundedRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), 0.22 * side, 0.22 * side)


def _rects(x: Floats, y: Floats, sizes: Floats, snapped: bool) -> Floats:
    rects = np.column_stack((x - sizes / 2, y - sizes / 2, sizes, sizes))
    return np.rint(rects + (0, 0, 0.2, 0.2)) if snapped else rects


def _paint_look(painter: QPainter, rects: Floats, look: int, inks: Inks, rounded: bool, hidden: bool) -> None:
    if hidden:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.hairline)
        small = rects + np.column_stack((rects[:, 2:] * 0.3, rects[:, 2:] * -0.6))
        draw_rects(painter, small)
        return
    painter.setPen(pen(inks.looks[NEW]) if look == PRUNED else Qt.PenStyle.NoPen)
    painter.setBrush(inks.looks[look])
    if rounded:
        for left, top, side, _ in rects.tolist():
            painter.drawRoundedRect(QRectF(left, top, side, side), 0.22 * side, 0.22 * side)
    else:
        draw_rects(painter, rects)
    if look in MARKS:
        paint_marks(painter, rects, look, inks)


def paint_marks(painter: QPainter, rects: Floats, look: int, inks: Inks) -> None:
    """Draw the mark of a state over squares (rows of x, y, side, side) that are large enough for it."""
    large = rects[rects[:, 2] >= MARKED_FROM]
    if not len(large):
        return
    side = large[:, 2:3]
    centre = large[:, :2] + side / 2
    lines = [np.hstack((centre, centre)) + side * np.array(mark) for mark in MARKS[look]]
    width = max(1.2, float(side.mean()) * 0.13) if len(large) <= ROUNDED / 2 else 1.0  # thin lines are quick
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(pen(inks.marks[look], width))
    draw_lines(painter, np.concatenate(lines))


def paint_square(painter: QPainter, centre: QPointF, side: float, look: int, inks: Inks) -> None:
    """Draw one square with its mark: the legend's, a card's."""
    painter.setPen(pen(inks.looks[NEW]) if look == PRUNED else Qt.PenStyle.NoPen)
    painter.setBrush(inks.looks[look])
    painter.drawRoundedRect(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side), 0.22 * side, 0.22 * side)
    painter.setPen(pen(inks.marks[look], max(1.2, 0.13 * side)))
    for x1, y1, x2, y2 in MARKS.get(look, ()):
        painter.drawLine(centre + QPointF(x1, y1) * side, centre + QPointF(x2, y2) * side)


def _paint_edited(painter: QPainter, scene: Scene, plan: Plan, inks: Inks, squares: NDArray[np.int64]) -> None:
    large = squares[plan.sizes[squares] >= MARKED_FROM]
    edited = large[scene.is_edited(plan.slots[large])]
    painter.setPen(pen(inks.background, 1.5))
    painter.setBrush(inks.text)
    for place in edited.tolist():
        half = plan.sizes[place] / 2
        paint_edited_dot(painter, QPointF(plan.px[place] + half, plan.py[place] - half), inks)


def paint_edited_dot(painter: QPainter, centre: QPointF, inks: Inks) -> None:
    """Draw the dot that says that a person has edited this example."""
    painter.setPen(pen(inks.background, 1.5))
    painter.setBrush(inks.text)
    painter.drawEllipse(centre, 3.25, 3.25)


def _paint_rings(painter: QPainter, scene: Scene, plan: Plan, inks: Inks, squares: NDArray[np.int64]) -> None:
    if not scene.selected_ids:
        return
    chosen = squares[scene.selected[plan.slots[squares]]]
    small = plan.sizes[chosen] < RING_FROM
    painter.setPen(_ring_pen(inks))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    around = plan.sizes[chosen] + np.where(small, 4.0, np.minimum(8.0, 2 + plan.sizes[chosen]))
    rects = _rects(plan.px[chosen], plan.py[chosen], around, snapped=False)
    if len(chosen) > ROUNDED:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        draw_rects(painter, rects)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        return
    for left, top, side, _ in rects.tolist():
        painter.drawRoundedRect(QRectF(left, top, side, side), min(6.0, side / 3), min(6.0, side / 3))


def _ring_pen(inks: Inks) -> QPen:
    return QPen(QBrush(inks.ring), 2.0)
