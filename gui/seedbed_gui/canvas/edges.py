"""Edges: curved while they are few, straight when many, sampled where lines are dense; the path to the selection."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath

from seedbed_engine.tree.places import Shape
from seedbed_gui.canvas.inks import Inks, pen
from seedbed_gui.canvas.plan import LABEL_LINE, Form, Line, Plan
from seedbed_gui.canvas.qtarrays import draw_lines
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.style import CARD_RADIUS

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CURVED = 420  # more edges than this are straight
SMOOTH = 1_500  # more than this are not smoothed
BUDGET = 6_000  # edges drawn of all dense lines together
BLOCK_PADDING = 18.0
MARGIN = 200.0  # pixels beside the window in which an edge is still drawn


def paint_edges(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
    """Draw the edges in sight, or the frame of a block, whose children have no edge each."""
    if is_block(scene) and plan.is_round:
        return
    if is_block(scene):
        _paint_block(painter, scene, plan, inks)
        return
    slots, crowded = _edges_in_sight(scene, plan)
    ends = edge_ends(scene, plan, slots)
    down = (ends[:, 3] > ends[:, 1]) | plan.is_round
    plan.drawn["edges"] = len(slots)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, len(slots) <= SMOOTH)
    painter.setPen(pen(inks.faint_edge))
    draw_lines(painter, ends[down & crowded])
    painter.setPen(pen(inks.edge))
    straight = ends[down & ~crowded]
    if len(slots) <= CURVED:
        painter.drawPath(_bent(scene, plan, straight))
    else:
        draw_lines(painter, straight)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    if not down.all():
        painter.drawPath(_turns(scene, plan, slots[~down], ends[~down]))


def is_block(scene: Scene) -> bool:
    """Whether the tree is a star drawn as a block of rows."""
    return scene.places.shape is Shape.STAR


def _paint_block(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
    view = plan.view
    pad = min(BLOCK_PADDING, 0.45 * view.scale_y)
    side = max(pad, 0.5 * view.scale_x + 6.0)
    last = plan.line(scene.places.line_count - 1)
    foot = last.look.foot if last else 0.0
    first = plan.line(1)
    head = first.look.head if first else 0.0
    left, right = view.x(0.0) - side, view.x(scene.extent.places) + side
    top, bottom = view.y(1) - pad - head, view.y(scene.places.line_count - 1) + foot + pad
    frame = QRectF(left, top, right - left, bottom - top)
    seed_x, seed_y = view.x(float(plan.x[0])), view.y(0)
    painter.setPen(pen(inks.edge, 1.25))
    painter.drawLine(QPointF(seed_x, seed_y), QPointF(seed_x, top))
    painter.setBrush(inks.panel)
    painter.setPen(pen(inks.hairline))
    painter.drawRoundedRect(_clipped(frame, view.width, view.height), CARD_RADIUS, CARD_RADIUS)


def _clipped(frame: QRectF, width: float, height: float) -> QRectF:
    return frame.intersected(QRectF(-40, -40, width + 80, height + 80))


def _edges_in_sight(scene: Scene, plan: Plan) -> tuple[Ints, NDArray[np.bool_]]:
    """Slots whose edge to the parent may be in sight, of dense lines a steady sample; and which fill an area."""
    if plan.is_round and plan.lines and scene.slots is None:
        return _edges_of_rings(scene, plan)
    if not plan.lines or scene.slots is not None:
        slots = _sampled(0, len(plan.slots), 2 * BUDGET, plan.slots)
        slots = slots[slots > 0]
        return slots, np.full(len(slots), len(slots) > BUDGET)
    crowded = [line for line in plan.lines.values() if line.after - line.first > CURVED]
    budget = max(BUDGET // max(len(crowded), 1), 64)
    below = [line for line in plan.lines.values() if line.line > 0]
    parts = [_hull(scene, line, plan.line(line.line - 1), budget) for line in below]
    if not parts:
        return np.empty(0, np.int64), np.empty(0, np.bool_)
    fills = [line.after - line.first > plan.view.width / 6 for line in below]
    return np.concatenate(parts), np.repeat(fills, [len(part) for part in parts])


def _edges_of_rings(scene: Scene, plan: Plan) -> tuple[Ints, NDArray[np.bool_]]:
    """The same in the radial form: to the parents of what is in sight, and to the children of what is in sight."""
    crowded = [line for line in plan.ranges if sum(b - a for a, b in plan.ranges[line]) > CURVED]
    budget = max(BUDGET // max(len(crowded), 1), 64)
    parts, fills = [], []
    for line, ranges in plan.ranges.items():
        below = plan.ranges.get(line + 1, [])
        own = ranges if line else []
        next_ones = [] if below else [(scene.tree.first_child_of(a), scene.tree.first_child_of(b)) for a, b in ranges]
        for first, after in (*own, *next_ones):
            part = _sampled(first, after, budget, None)
            parts.append(part)
            fills.append(np.full(len(part), after - first > plan.view.width / 2))
    if not parts:
        return np.empty(0, np.int64), np.empty(0, np.bool_)
    return np.concatenate(parts), np.concatenate(fills)


def _hull(scene: Scene, line: Line, above: Line | None, budget: int) -> Ints:
    """Slots of a line whose edges may be in sight: those in sight, children of parents in sight, and all between."""
    first, after = line.first, line.after
    if above is not None:
        low, high = scene.tree.first_child_of(above.first), scene.tree.first_child_of(above.after)
        first, after = min(first, low), max(after, high)
    return _sampled(first, after, max(budget, 64), None)


def _sampled(first: int, after: int, budget: int, of: Ints | None) -> Ints:
    step = 1
    while (after - first) > budget * step:
        step *= 2
    slots = np.arange(-(-first // step) * step, after, step)
    return slots if of is None else of[slots]


def edge_ends(scene: Scene, plan: Plan, slots: Ints) -> Floats:
    """Rows of x1, y1 (foot of the parent), x2, y2 (head of the child), in pixels."""
    parents = scene.parents[slots]
    if plan.is_round:
        return np.column_stack((*plan.pixels(scene, parents), *plan.pixels(scene, slots)))
    view = plan.view
    child_lines, parent_lines = scene.lines[slots], scene.lines[parents]
    ends = np.empty((len(slots), 4))
    ends[:, 0] = plan.x[parents] * view.scale_x + view.origin_x
    ends[:, 1] = parent_lines * view.scale_y + view.origin_y + plan.edge_gaps(parent_lines, feet=True)
    for line in plan.lines_in(Form.LABELS):
        ends[:, 1] -= _missing_text(scene, line, plan, parents)
    ends[:, 2] = plan.x[slots] * view.scale_x + view.origin_x
    ends[:, 3] = child_lines * view.scale_y + view.origin_y - plan.edge_gaps(child_lines, feet=False)
    return ends


def _missing_text(scene: Scene, line: Line, plan: Plan, parents: NDArray[np.int32]) -> Floats:
    """How much higher edges begin below those parents on a line of labels whose label is a number only."""
    start, stop = int(scene.offsets[line.line]), int(scene.offsets[line.line + 1])
    short = line.is_short(line.text_widths(plan, start, stop))
    place = np.clip(parents - line.first, 0, max(len(short) - 1, 0))
    on_line = (parents >= line.first) & (parents < line.after)
    spare = (line.look.text_lines - 1) * LABEL_LINE
    return np.where(on_line & short[place], spare, 0.0) if len(short) else np.zeros(len(parents))


def curves(ends: Floats) -> QPainterPath:
    """Edges as curves that leave the parent and reach the child upright."""
    path = QPainterPath()
    for x1, y1, x2, y2 in ends.tolist():
        path.moveTo(x1, y1)
        if abs(x2 - x1) < 1.0:
            path.lineTo(x2, y2)
        else:
            bend = (y2 - y1) * 0.55
            path.cubicTo(x1, y1 + bend, x2, y2 - bend, x2, y2)
    return path


def _bent(scene: Scene, plan: Plan, ends: Floats) -> QPainterPath:
    """Edges as curves: upright between rows, towards the seed between rings."""
    if not plan.is_round:
        return curves(ends)
    path = QPainterPath()
    ox, oy = plan.view.origin_x, plan.view.origin_y
    for x1, y1, x2, y2 in ends.tolist():
        inner, outer = math.hypot(x1 - ox, y1 - oy), math.hypot(x2 - ox, y2 - oy)
        path.moveTo(x1, y1)
        if inner < 1.0 or outer < 1.0:
            path.lineTo(x2, y2)
            continue
        middle = (inner + outer) / 2
        out, back = middle / inner, middle / outer
        path.cubicTo(ox + (x1 - ox) * out, oy + (y1 - oy) * out, ox + (x2 - ox) * back, oy + (y2 - oy) * back, x2, y2)
    return path


def _turns(scene: Scene, plan: Plan, slots: Ints, ends: Floats) -> QPainterPath:
    """Edges from the foot of a band to the head of the next: down, up through the gutter, and down again."""
    path = QPainterPath()
    gutters = scene.places.gutters
    if gutters is None or plan.view.scale_x < 4.0:
        return path
    bands = np.searchsorted(gutters, scene.x[slots]) - 1
    for (x1, y1, x2, y2), band in zip(ends.tolist(), bands.tolist(), strict=True):
        gutter = plan.view.x(float(gutters[band]))
        turn = min(18.0, 0.5 * plan.view.scale_y, abs(gutter - x1), abs(x2 - gutter))
        path.moveTo(x1, y1)
        path.cubicTo(x1, y1 + 1.2 * turn, gutter, y1 + 1.2 * turn, gutter, y1 - turn)
        path.lineTo(gutter, y2 + turn)
        path.cubicTo(gutter, y2 - 1.2 * turn, x2, y2 - 1.2 * turn, x2, y2)
    return path


def paint_path(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
    """Draw the way from the seed to the selected node, and on to its children, in green."""
    slot = None if scene.current is None else scene.slot_of(scene.current)
    if slot is None:
        return
    path = scene.path(slot)
    if plan.is_scatter and len(path) > CURVED:
        return  # its nodes are set as green pixels
    way = path[:-1][_near(scene, plan, path)]
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    children = scene.children(slot)
    if is_block(scene) and plan.is_round:
        return
    if len(children) <= CURVED and not is_block(scene):
        _paint_green(painter, scene, plan, inks, children, 1.5)
    if is_block(scene):
        way = way[scene.lines[way] == 1]
    _paint_green(painter, scene, plan, inks, way[::-1], 2.0)


def _near(scene: Scene, plan: Plan, path: Ints) -> NDArray[np.bool_]:
    """Which edges of a path, from each slot to the next, may be in sight."""
    if plan.is_round:
        return np.ones(len(path) - 1, np.bool_)
    x, lines = plan.x[path], scene.lines[path]
    left, right = np.minimum(x[1:], x[:-1]), np.maximum(x[1:], x[:-1])
    above, below = np.minimum(lines[1:], lines[:-1]), np.maximum(lines[1:], lines[:-1])
    view = plan.view
    is_across = (right >= view.place(-MARGIN)) & (left <= view.place(view.width + MARGIN))
    return is_across & (below >= plan.first_line) & (above <= plan.after_line)


def _paint_green(painter: QPainter, scene: Scene, plan: Plan, inks: Inks, slots: Ints, width: float) -> None:
    if not len(slots):
        return
    ends = edge_ends(scene, plan, slots)
    near = ((ends[:, 3] > -200) & (ends[:, 1] < plan.view.height + 200)) | plan.is_round
    down = (ends[:, 3] > ends[:, 1]) | plan.is_round
    painter.setPen(pen(inks.accent, width))
    shown = ends[near & down]
    if len(shown) <= CURVED:
        painter.drawPath(_bent(scene, plan, shown))
    else:
        draw_lines(painter, shown)
    if not down.all():
        painter.drawPath(_turns(scene, plan, slots[~down], ends[~down]))
