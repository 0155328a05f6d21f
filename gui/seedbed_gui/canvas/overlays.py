"""Overlays: depth lines behind the tree, the depths and the map before it."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QLinearGradient, QPainter, QPen

from seedbed_engine.tree.places import Shape
from seedbed_gui.canvas.density import opaque_pixel
from seedbed_gui.canvas.edges import curves, is_block
from seedbed_gui.canvas.inks import Inks, pen
from seedbed_gui.canvas.legend import EDGE, paint_panel
from seedbed_gui.canvas.plan import Form, Plan
from seedbed_gui.canvas.qtarrays import draw_lines
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.canvas.view import TIGHT_HEIGHT, Extent, View
from seedbed_gui.language import figure, tr
from seedbed_gui.style import CAP_RADIUS, Palette

Floats = NDArray[np.float64]

MARGIN_START, MARGIN_END = 54.0, 84.0  # the depths stand in the left margin
MAP_WIDTH, MAP_HEIGHT, MAP_PAD = 176.0, 104.0, 10.0
MOST_RADIUS = 20_000.0  # pixels; a larger ring is a straight line in the window
CELL = 2.5  # pixels; nodes are looked for this exactly where a ring's label would hide them
LABEL_STEP, MOST_STEPS, FARTHEST = 8.0, 60, 0.8  # pixels along the ring, how often, and the angle from the top at most
OFF_RING = 3.0  # pixels between the nodes of a ring and a label beside them
DRAWN_MAP = 1_500  # a larger tree's map has dots only


def paint_depth_lines(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
    """Draw an almost invisible line for each depth, or ring."""
    if plan.is_round:
        _paint_rings(painter, scene, plan, inks)
        return
    width = round(plan.view.width)
    for depth in _labelled_depths(scene, plan):
        painter.fillRect(QRect(0, round(plan.view.y(depth)), width, 1), inks.depth_line)


def _ring_radii(scene: Scene, plan: Plan) -> list[tuple[int, float]]:
    """Lines with a ring that is drawn, and its radius in pixels."""
    step = next((s for s in _STEPS if s * plan.view.scale_y >= 26), _STEPS[-1])
    lines = np.arange(max(step, -(-plan.first_line // step) * step), plan.after_line, step)
    return list(zip(lines.tolist(), (scene.rings.radius(lines) * plan.view.scale_x).tolist(), strict=True))


def _paint_rings(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
    painter.setPen(pen(inks.depth_line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    centre = QPointF(plan.view.origin_x, plan.view.origin_y)
    for _, radius in _ring_radii(scene, plan):
        if radius < MOST_RADIUS:
            painter.drawEllipse(centre, radius, radius)


def _paint_ring_labels(painter: QPainter, scene: Scene, plan: Plan, metrics: QFontMetricsF, inks: Inks) -> None:
    """The depth of each ring, with how many stand there: above the seed or near there, where no node is hidden by it;
    where there is no such room, nothing."""
    found = _ring_radii(scene, plan) if scene.places.shape is Shape.TREE else []
    if not found:
        return
    room, taken = _Room(scene, plan), list[QRectF]()
    for depth, radius in found:
        text = f"{depth - scene.is_forest} · {_count(scene, depth)}"
        size = QSizeF(metrics.horizontalAdvance(text) + 10, metrics.height() + 2)
        for area in room.free(_beside_ring(plan.view, radius, _half(plan, depth), size), size):
            if not any(area.intersects(other) for other in taken):
                taken.append(area)
                _paint_chip(painter, QPointF(area.left() + 5, area.top() + metrics.ascent() + 1), text, metrics, inks)
                break


def _half(plan: Plan, depth: int) -> float:
    """How far the nodes of a ring reach out of it."""
    line = plan.line(depth)
    return 0.0 if line is None else (line.look.height if line.look.form is Form.CARDS else line.look.side) / 2


def _beside_ring(view: View, radius: float, half: float, size: QSizeF) -> Floats:
    """Where a label of a ring may have its middle (x, y), the best first: above the seed outside, on and inside it."""
    steps = np.arange(0, max(1, min(MOST_STEPS, int(radius * FARTHEST / LABEL_STEP))))
    angles = np.stack((steps, -steps), axis=1).reshape(-1, 1) * LABEL_STEP / max(radius, 1.0)
    upright = np.abs(np.cos(angles)) * size.height() / 2 + np.abs(np.sin(angles)) * size.width() / 2
    far = radius + (upright + half + OFF_RING) * np.array([[1.0, 0.0, -1.0]])
    spots = np.stack((view.origin_x + far * np.sin(angles), view.origin_y - far * np.cos(angles)), axis=-1)
    return np.asarray(spots.reshape(-1, 2))


class _Room:
    """Which parts of the window no node takes, in cells of a few pixels; asked about an area in no time."""

    def __init__(self, scene: Scene, plan: Plan) -> None:
        self.width, self.height = plan.view.width, plan.view.height
        columns, rows = int(self.width / CELL) + 2, int(self.height / CELL) + 2
        left, top, right, bottom = _node_boxes(scene, plan)
        seen = (right > 0) & (bottom > 0) & (left < self.width) & (top < self.height)
        first, after = ((side[seen] / CELL).astype(np.int64).clip(0, columns - 1) for side in (left, right + CELL))
        upper, below = ((side[seen] / CELL).astype(np.int64).clip(0, rows - 1) for side in (top, bottom + CELL))
        corners = (upper * columns + first, below * columns + after, upper * columns + after, below * columns + first)
        signs = np.repeat((1.0, 1.0, -1.0, -1.0), len(first))
        edges = np.bincount(np.concatenate(corners), signs, rows * columns).astype(np.int32).reshape(rows, columns)
        taken = edges.cumsum(0, dtype=np.int32).cumsum(1, dtype=np.int32) > 0
        self._sums = np.pad(taken.cumsum(0, dtype=np.int32).cumsum(1, dtype=np.int32), ((1, 0), (1, 0)))

    def free(self, middles: Floats, size: QSizeF) -> list[QRectF]:
        """The areas of a size around these middles that are in the window and hide no node."""
        left, top = middles[:, 0] - size.width() / 2, middles[:, 1] - size.height() / 2
        right, bottom = left + size.width(), top + size.height()
        inside = (left >= 0) & (top >= 0) & (right <= self.width) & (bottom <= self.height)
        left, top, right, bottom = left[inside], top[inside], right[inside], bottom[inside]
        first, upper = (left / CELL).astype(np.int64), (top / CELL).astype(np.int64)
        after, below = (right / CELL).astype(np.int64) + 1, (bottom / CELL).astype(np.int64) + 1
        sums = self._sums
        many = sums[below, after] - sums[upper, after] - sums[below, first] + sums[upper, first]
        return [QRectF(QPointF(left[at], top[at]), size) for at in np.flatnonzero(many == 0).tolist()]


def _node_boxes(scene: Scene, plan: Plan) -> tuple[Floats, Floats, Floats, Floats]:
    """What all nodes in sight take, with what is written at them: lefts, tops, rights, bottoms in pixels."""
    wide, high = plan.sizes / 2 + 1, plan.sizes / 2 + 1
    texts = []
    for line in plan.lines_in(Form.LABELS, Form.CARDS):
        part = slice(*np.searchsorted(plan.slots, (line.first, line.after)).tolist())
        x, y, half = plan.px[part], plan.py[part], line.look.width / 2 + 2
        if line.look.form is Form.CARDS:
            wide[part], high[part] = half, line.look.height / 2 + 2
        else:
            texts.append((x - half, y, x + half, y + line.look.foot))
    parts = [(plan.px - wide, plan.py - high, plan.px + wide, plan.py + high), *texts]
    for line in plan.lines_in(Form.DENSE):
        for first, after in plan.ranges.get(line.line, []):
            x, y = plan.pixels(scene, _near_top(plan, first, after))
            half = line.look.height / 2 + 1
            parts.append((x - half, y - half, x + half, y + half))
    left, top, right, bottom = (np.concatenate(sides) for sides in zip(*parts, strict=True))
    return left, top, right, bottom


def _near_top(plan: Plan, first: int, after: int) -> NDArray[np.int64]:
    """The slots of these above the seed, as far to the sides as labels come: there may be very many others."""
    if plan.plane is None:
        return np.arange(first, after)
    across, down = plan.plane[0][first:after], plan.plane[1][first:after]
    return np.flatnonzero(np.abs(across) <= -down * np.tan(FARTHEST + 0.4)) + first


def _faint(colour: QColor, alpha: int) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(alpha)
    return faint


def _labelled_depths(scene: Scene, plan: Plan) -> list[int]:
    """Depths with a line: each where there is room, else every 2nd, 5th, 10th ..."""
    if scene.places.band_lines:
        return []
    if is_block(scene):
        return [0, 1] if plan.view.scale_y > 14 else []
    step = next((s for s in _STEPS if s * plan.view.scale_y >= 30), _STEPS[-1])
    first = -(-plan.first_line // step) * step
    return list(range(first, plan.after_line, step))


_STEPS = tuple(10**power * step for power in range(6) for step in (1, 2, 5))


def paint_depth_labels(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
    """Draw `depth N` at the left with how many stand there; in a folded chain, the depths of each band above it."""
    painter.setFont(inks.small)
    metrics = QFontMetricsF(inks.small)
    if plan.is_round:
        _paint_ring_labels(painter, scene, plan, metrics, inks)
        return
    depths = _labelled_depths(scene, plan)
    if depths:
        _paint_margin(painter, plan, inks)
    painter.setPen(QPen(inks.text))
    for depth in depths:
        painter.drawText(QPointF(14, plan.view.y(depth) - 5), _name(scene, depth))
    painter.setPen(QPen(inks.quiet))
    for depth in depths:
        if depth:
            painter.drawText(QPointF(14, plan.view.y(depth) + 13), _count(scene, depth))
    if scene.places.band_lines:
        _paint_band_labels(painter, scene, plan, metrics, inks)


def _name(scene: Scene, depth: int) -> str:
    """What a line of the tree is called; in a forest the seeds are depth 0, below the project."""
    return tr("depth {depth}", depth=depth - scene.is_forest) if depth or not scene.is_forest else tr("project")


def _count(scene: Scene, depth: int) -> str:
    """How many examples of a depth there are; of a folded tree, how many of them are shown."""
    shown, there = scene.depth_counts(depth)
    return figure(there, ",") if shown == there else tr("{shown:,} of {there:,}", shown=shown, there=there)


def _paint_margin(painter: QPainter, plan: Plan, inks: Inks) -> None:
    """The tree fades out towards the left edge, so that the depths can be read over whatever lies there."""
    painter.drawImage(0, 0, _margin(inks.palette, round(plan.view.height)))


@lru_cache(maxsize=4)
def _margin(palette: Palette, height: int) -> QImage:
    colour = QColor(palette.background)
    image = QImage(round(MARGIN_END), height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    fade = QLinearGradient(MARGIN_START, 0.0, MARGIN_END, 0.0)
    fade.setColorAt(0.0, _faint(colour, 245))
    fade.setColorAt(1.0, _faint(colour, 0))
    painter = QPainter(image)
    painter.fillRect(image.rect(), fade)
    painter.end()
    return image


def _paint_chip(painter: QPainter, at: QPointF, text: str, metrics: QFontMetricsF, inks: Inks) -> None:
    width = metrics.horizontalAdvance(text)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_faint(inks.background, 225))
    painter.drawRoundedRect(
        QRectF(at.x() - 5, at.y() - metrics.ascent() - 1, width + 10, metrics.height() + 2), CAP_RADIUS, CAP_RADIUS
    )
    painter.setPen(QPen(inks.quiet))
    painter.drawText(at, text)


def _paint_band_labels(painter: QPainter, scene: Scene, plan: Plan, metrics: QFontMetricsF, inks: Inks) -> None:
    gutters, lines = scene.places.gutters, scene.places.band_lines
    if gutters is None:
        return
    starts = gutters * plan.view.scale_x + plan.view.origin_x
    ends = np.append(starts[1:], plan.view.x(scene.extent.places + 1))
    top = plan.view.y(0) - 30 if plan.view.scale_x > 4 else plan.view.y(0) - 14
    last_right, narrowest = -1e9, metrics.horizontalAdvance("0")
    for band, (left, right) in enumerate(zip(starts.tolist(), ends.tolist(), strict=True)):
        deepest = min((band + 1) * lines, scene.tree.levels) - 1
        if right < 0 or left > plan.view.width or (left + right - narrowest) / 2 <= last_right + 14:
            continue
        first = band * lines
        span = (
            tr("depth {first} to {deepest}", first=first, deepest=deepest)
            if deepest > first
            else tr("depth {first}", first=first)
        )
        text = span if right - left > 110 else f"{first}"
        width = metrics.horizontalAdvance(text)
        at = (left + right - width) / 2
        if at > last_right + 14:
            _paint_chip(painter, QPointF(at, max(top, 18.0)), text, metrics, inks)
            last_right = at + width


class Map:
    """The small map of the whole tree; its picture is kept until the tree or the palette changes."""

    def __init__(self) -> None:
        self._of: object = None
        self._image = QImage()

    @staticmethod
    def area(width: float, height: float, legend_right: float) -> QRectF | None:
        """Where the map stands; None where the window is too small for it."""
        left = width - EDGE - MAP_WIDTH
        if left < legend_right + EDGE or height <= TIGHT_HEIGHT:
            return None
        return QRectF(left, height - EDGE - MAP_HEIGHT, MAP_WIDTH, MAP_HEIGHT)

    def paint(self, painter: QPainter, scene: Scene, plan: Plan, area: QRectF, inks: Inks) -> None:
        """Draw the map with the part in sight as a frame."""
        paint_panel(painter, area, inks)
        small = map_view(scene.extent, area)
        state = (id(scene), scene.version, inks.palette, painter.device().devicePixelRatioF())
        if state != self._of:
            self._of, self._image = state, _map_image(scene, area, inks, state[3])
        painter.drawImage(area.topLeft(), self._image)
        view = plan.view
        left, right = small.x(view.place(0)), small.x(view.place(view.width))
        top, bottom = small.y(view.row(0)), small.y(view.row(view.height))
        sight = QRectF(left, top, right - left, bottom - top).intersected(area.adjusted(3, 3, -3, -3))
        if not sight.isEmpty():
            painter.setPen(pen(inks.ring, 1.25))
            part = sight.width() * sight.height() / (area.width() * area.height())
            painter.setBrush(_faint(inks.ring, 18 if part < 0.8 else 0))
            painter.drawRoundedRect(sight, CAP_RADIUS, CAP_RADIUS)


def map_view(extent: Extent, area: QRectF) -> View:
    """The view in which the whole tree fills the map."""
    width, height = area.width() - 2 * MAP_PAD - 8, area.height() - 2 * MAP_PAD - 8
    scale_x = min(width / max(extent.places, 1e-9), 30.0)
    scale_y = min(height / max(extent.rows, 1e-9), 24.0)
    if extent.is_round:
        scale_x = scale_y = min(scale_x, scale_y)
    left = area.left() + (area.width() - extent.places * scale_x) / 2 - extent.left * scale_x
    top = area.top() + (area.height() - extent.rows * scale_y) / 2 - extent.top * scale_y
    return View(area.width(), area.height(), extent, scale_x, scale_y, left, top)


def _map_image(scene: Scene, area: QRectF, inks: Inks, ratio: float) -> QImage:
    local = QRectF(0, 0, area.width(), area.height())
    image = QImage(round(area.width() * ratio), round(area.height() * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    view = map_view(scene.extent, local)
    plane = scene.plane(scene.x)
    x, y = plane[0] * view.scale_x + view.origin_x, plane[1] * view.scale_y + view.origin_y
    painter = QPainter(image)
    if len(scene) <= DRAWN_MAP and not is_block(scene):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen(inks.edge))
        below = np.flatnonzero(scene.parents >= 0)
        ends = np.column_stack((x[scene.parents[below]], y[scene.parents[below]], x[below], y[below]))
        if scene.is_round:
            draw_lines(painter, ends)
        else:
            painter.drawPath(curves(ends[ends[:, 3] > ends[:, 1]]))
    painter.end()
    _set_dots(image, np.asarray(x * ratio), np.asarray(y * ratio), scene, inks)
    return image


def _set_dots(image: QImage, x: Floats, y: Floats, scene: Scene, inks: Inks) -> None:
    size = 2 if len(x) < 20_000 else 1
    pixels = np.frombuffer(image.bits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4)
    table = np.array([opaque_pixel(colour) for colour in inks.group_pixels(scene.colouring)], np.uint32)
    column = np.clip(x.astype(np.int64) - size // 2, 0, image.width() - size)
    row = np.clip(y.astype(np.int64) - size // 2, 0, image.height() - size)
    for down in range(size):
        for right in range(size):
            pixels[row + down, column + right] = table[scene.groups]
