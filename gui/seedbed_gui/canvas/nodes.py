"""Nodes as squares: state by colour and by mark, rounded while they are few, set from arrays when many.

Coloured by something else, names have shapes of their own while the nodes are few, and states show as marks alone.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from seedbed_gui.canvas.colouring import APPROVED, FLAG, NEW, PRUNED, REJECTED, Colouring, Scale
from seedbed_gui.canvas.density import paint_dense_line, paint_dense_rings, paint_scatter
from seedbed_gui.canvas.inks import Inks, pen
from seedbed_gui.canvas.plan import Form, Plan
from seedbed_gui.canvas.qtarrays import draw_lines, draw_rects
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.style import INNER_RADIUS

Floats = NDArray[np.float64]

ROUNDED = 450  # more squares than this have square corners
MARKED_FROM = 8.0  # smaller squares show their state by colour alone
RING_FROM = 3.0

# marks as lines within a square of side 1 around 0, 0
_TICK = ((-0.24, 0.02, -0.07, 0.19), (-0.07, 0.19, 0.25, -0.17))
_STROKE = ((-0.42, -0.42, 0.42, 0.42),)
_EXCLAMATION = ((0.0, -0.26, 0.0, 0.06), (0.0, 0.25, 0.0, 0.26))
_CROSS = ((-0.18, -0.18, 0.18, 0.18), (-0.18, 0.18, 0.18, -0.18))
# shapes of names in a square of side 1; the first is a circle, those not here are squares
SHAPES = {
    2: ((0.5, -0.12), (1.12, 0.5), (0.5, 1.12), (-0.12, 0.5)),
    3: ((0.5, -0.1), (1.14, 1.0), (-0.14, 1.0)),
    4: ((-0.14, 0.0), (1.14, 0.0), (0.5, 1.1)),
    5: ((0.5, -0.1), (1.06, 0.2), (1.06, 0.8), (0.5, 1.1), (-0.06, 0.8), (-0.06, 0.2)),
}
SQUARE_SHAPE = 1
MARKS = {APPROVED: _TICK, REJECTED: _STROKE, FLAG: _EXCLAMATION, PRUNED: _CROSS}


def paint_nodes(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
    """Draw all nodes in sight that are not cards."""
    dense = plan.lines_in(Form.DENSE)
    if plan.is_round and dense:
        paint_dense_rings(painter, scene, plan, dense, inks)
    else:
        for line in dense:
            paint_dense_line(painter, scene, plan, line, inks)
    if plan.is_scatter:
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
    slots = plan.slots[squares]
    groups, looks = scene.groups[slots], scene.looks[slots]
    x, y, sizes = plan.px[squares], plan.py[squares], plan.sizes[squares]
    rounded = len(squares) <= ROUNDED
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, rounded)
    colours, marks = inks.groups(scene.colouring), inks.group_marks(scene.colouring)
    for group in np.unique(groups[slots >= scene.seeds]).tolist():
        of_group = (groups == group) & (slots >= scene.seeds)
        rects = _rects(x[of_group], y[of_group], sizes[of_group], snapped=not rounded)
        if group in scene.hidden:
            _paint_faded(painter, rects, inks)
            continue
        _paint_group(painter, rects, scene.colouring, group, colours[group], inks, rounded)
        of_look = looks[of_group]
        for look in MARKS:
            if (marked := of_look == look).any():
                paint_marks(painter, rects[marked], look, marks[group][look])
    _paint_small_flags(painter, scene, groups, looks, (x, y, sizes), inks)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for place in squares[slots < scene.seeds].tolist():
        _paint_seed(painter, plan, place, inks)
    _paint_edited(painter, scene, plan, inks, squares)
    _paint_rings(painter, scene, plan, inks, squares)


def _paint_small_flags(
    painter: QPainter,
    scene: Scene,
    groups: NDArray[np.uint8],
    looks: NDArray[np.uint8],
    where: tuple[Floats, Floats, Floats],
    inks: Inks,
) -> None:
    """Squares too small for a mark, and not coloured by state, have an amber cap where they are flagged."""
    if scene.colouring.scale is Scale.STATES:
        return
    flagged = (looks == FLAG) & (where[2] < MARKED_FROM) & ~np.isin(groups, list(scene.hidden))
    if flagged.any():
        x, y, sizes = (part[flagged] for part in where)
        caps = _rects(x, y, sizes, snapped=True)
        caps[:, 3] = np.maximum(1.0, np.rint(caps[:, 3] / 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(inks.looks[FLAG])
        draw_rects(painter, caps)


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


def _paint_faded(painter: QPainter, rects: Floats, inks: Inks) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.hairline)
    draw_rects(painter, rects + np.column_stack((rects[:, 2:] * 0.3, rects[:, 2:] * -0.6)))


def _paint_group(
    painter: QPainter, rects: Floats, colouring: Colouring, group: int, colour: QColor, inks: Inks, rounded: bool
) -> None:
    _set_inks(painter, colouring, group, colour, inks)
    if not rounded:
        draw_rects(painter, rects)
        return
    shape = group if colouring.scale is Scale.NAMES else SQUARE_SHAPE
    for left, top, side, _ in rects.tolist():
        _paint_shape(painter, shape, left, top, side)


def _set_inks(painter: QPainter, colouring: Colouring, group: int, colour: QColor, inks: Inks) -> None:
    """What is pruned, or not known, is hollow."""
    is_hollow = group == (PRUNED if colouring.scale is Scale.STATES else len(colouring.labels) - 1)
    painter.setPen(pen(inks.looks[NEW]) if is_hollow else Qt.PenStyle.NoPen)
    painter.setBrush(inks.background if is_hollow else colour)


def _paint_shape(painter: QPainter, shape: int, left: float, top: float, side: float) -> None:
    """Draw the shape of a name: a circle, a diamond, triangles, a hexagon; else a rounded square."""
    area = QRectF(left, top, side, side)
    if shape == 0:
        painter.drawEllipse(area.adjusted(-0.5, -0.5, 0.5, 0.5))
    elif (corners := SHAPES.get(shape)) is not None:
        painter.drawPolygon(QPolygonF([QPointF(left + side * x, top + side * y) for x, y in corners]))
    else:
        painter.drawRoundedRect(area, 0.22 * side, 0.22 * side)


def paint_marks(painter: QPainter, rects: Floats, look: int, ink: QColor) -> None:
    """Draw the mark of a state over squares (rows of x, y, side, side) that are large enough for it."""
    large = rects[rects[:, 2] >= MARKED_FROM]
    if not len(large):
        return
    side = large[:, 2:3]
    centre = large[:, :2] + side / 2
    lines = [np.hstack((centre, centre)) + side * np.array(mark) for mark in MARKS[look]]
    width = max(1.2, float(side.mean()) * 0.13) if len(large) <= ROUNDED / 2 else 1.0  # thin lines are quick
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(pen(ink, width))
    draw_lines(painter, np.concatenate(lines))


def paint_square(
    painter: QPainter, centre: QPointF, side: float, colouring: Colouring, group: int, look: int, inks: Inks
) -> None:
    """Draw one square (or shape) of a group with the mark of a look: the legend's, a card's."""
    _set_inks(painter, colouring, group, inks.groups(colouring)[group], inks)
    shape = group if colouring.scale is Scale.NAMES else SQUARE_SHAPE
    _paint_shape(painter, shape, centre.x() - side / 2, centre.y() - side / 2, side)
    if look in MARKS:
        painter.setPen(pen(inks.group_marks(colouring)[group][look], max(1.2, 0.13 * side)))
        for x1, y1, x2, y2 in MARKS[look]:
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
        painter.drawRoundedRect(QRectF(left, top, side, side), min(INNER_RADIUS, side / 3), min(INNER_RADIUS, side / 3))


def _ring_pen(inks: Inks) -> QPen:
    return QPen(QBrush(inks.ring), 2.0)
