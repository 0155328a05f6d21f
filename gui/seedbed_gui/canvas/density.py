"""Density: lines and blocks with more nodes than can be told apart, set as pixels.

The cost grows with the pixels (and the logarithm of the nodes). A column that holds a flagged or selected node always
shows it: nothing that a person marked vanishes far out.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from seedbed_gui.canvas.colouring import FLAG
from seedbed_gui.canvas.inks import Inks
from seedbed_gui.canvas.plan import Line, Plan
from seedbed_gui.canvas.scene import Scene

ARC_STEP = 0.8  # pixels of a ring's arc for each bin
MOST_BINS = 12_000

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Pixels = NDArray[np.uint32]


def paint_dense_line(painter: QPainter, scene: Scene, plan: Plan, line: Line, inks: Inks) -> None:
    """Draw one line as columns of pixels: coloured by the groups in a column, stronger where there are more."""
    columns, flagged, edited = dense_columns(scene, plan, line, inks)
    height = max(3, round(line.look.height))
    strip = np.empty((height, len(columns)), np.uint32)
    strip[:] = columns
    third = max(1, height // 3)
    strip[:third, flagged] = opaque_pixel(inks.flag_pixel)
    if edited.any():
        strip[-third:, edited] = opaque_pixel(inks.edited_pixel)
    image = QImage(strip.data, len(columns), height, 4 * len(columns), QImage.Format.Format_ARGB32_Premultiplied)
    top = plan.view.y(line.line) - height / 2
    painter.drawImage(QPointF(0.0, round(top)), image)


def paint_dense_rings(painter: QPainter, scene: Scene, plan: Plan, lines: list[Line], inks: Inks) -> None:
    """Draw rings as bins of a pixel of their arc, all set into one picture."""
    view = plan.view
    width, height = int(view.width), int(view.height)
    buffer = np.zeros((height, width), np.uint32)
    for line in lines:
        radius = float(scene.rings.radius(np.array([line.line]))[0]) * view.scale_x
        for first, after in plan.ranges[line.line]:
            _set_ring(buffer, scene, plan, line, (first, after), radius, inks)
    image = QImage(buffer.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(0, 0, image)


def _set_ring(
    buffer: Pixels, scene: Scene, plan: Plan, line: Line, part: tuple[int, int], radius: float, inks: Inks
) -> None:
    view, x = plan.view, plan.x[part[0] : part[1]]
    arc = scene.rings.a_place * radius
    count = int(min(max((float(x[-1]) - float(x[0])) * arc / ARC_STEP, 1), MOST_BINS)) + 1
    step = max((float(x[-1]) - float(x[0])) / count, 1e-12)
    edges = np.asarray(float(x[0]) + step * np.arange(count + 1), np.float64)
    edges[-1] = np.inf
    bounds = part[0] + x.searchsorted(edges)
    full = max(1.0, ARC_STEP / max(arc * float(scene.line_gaps[line.line]), 1e-9))
    colours, flagged, edited = bins(scene, bounds, full, inks)
    seen = np.flatnonzero(np.diff(bounds) > 0)
    angle = scene.rings.angle(edges[seen] + step / 2)
    if len(angle) and seen[-1] == count - 1:
        angle[-1] = scene.rings.angle(np.array([float(x[-1])]))[0]
    across = np.arange(-line.look.height / 2, line.look.height / 2, ARC_STEP)
    reach = (radius + across)[:, None]
    px = (reach * np.cos(angle) + view.origin_x).astype(np.int64)
    py = (reach * np.sin(angle) + view.origin_y).astype(np.int64)
    shown = np.broadcast_to(colours[seen], px.shape).copy()
    third = max(1, len(across) // 3)
    shown[-third:, flagged[seen]] = opaque_pixel(inks.flag_pixel)
    shown[:third, edited[seen]] = opaque_pixel(inks.edited_pixel)
    inside = (px >= 0) & (px < buffer.shape[1]) & (py >= 0) & (py < buffer.shape[0])
    buffer[py[inside], px[inside]] = shown[inside]


def dense_columns(
    scene: Scene, plan: Plan, line: Line, inks: Inks
) -> tuple[Pixels, NDArray[np.bool_], NDArray[np.bool_]]:
    """One premultiplied colour for each pixel column of a dense line; which columns hold a flagged, an edited node."""
    view = plan.view
    start, stop = int(scene.offsets[line.line]), int(scene.offsets[line.line + 1])
    width = int(view.width)
    edges = (np.arange(width + 1) - view.origin_x) / view.scale_x
    bounds = start + plan.x[start:stop].searchsorted(edges)
    full = max(1.0, 1.0 / (view.scale_x * max(float(scene.line_gaps[line.line]), 1e-9)))
    return bins(scene, bounds, full, inks)


def bins(scene: Scene, bounds: Ints, full: float, inks: Inks) -> tuple[Pixels, NDArray[np.bool_], NDArray[np.bool_]]:
    """One premultiplied colour for what stands between bounds (`full`: as many cover it); where flags and edits are."""
    counts, marks, total = scene.tallies.between(bounds)
    colours = inks.group_pixels(scene.colouring)
    if scene.hidden:
        colours = colours.copy()
        colours[list(scene.hidden)] = inks.faded_pixel
    mixed = counts.T @ colours
    mixed /= np.maximum(total, 1)[:, None]
    alpha = np.minimum(0.42 + 0.58 / full * total, 1.0)
    alpha[total == 0] = 0.0
    chosen, edited = marks[0] > 0, marks[1] > 0
    flagged = marks[2] > 0 if len(marks) > 2 else counts[FLAG] > 0
    mixed[chosen], alpha[chosen] = inks.ring_pixel, 1.0
    if scene.is_hidden_look(FLAG):
        flagged[:] = False
    return _premultiplied(mixed, alpha), flagged, edited


def _premultiplied(colours: Floats, alpha: Floats) -> Pixels:
    red, green, blue = (colours * alpha[:, None] + 0.5).astype(np.uint32).T
    whole = (alpha * 255 + 0.5).astype(np.uint32)
    return np.asarray(whole << 24 | red << 16 | green << 8 | blue, np.uint32)


def opaque_pixel(colour: Floats) -> int:
    """An opaque ARGB pixel of red, green, blue."""
    red, green, blue = (round(float(part)) for part in colour)
    return 0xFF000000 | red << 16 | green << 8 | blue


def paint_scatter(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
    """Draw very many small squares: each is set into one picture, which then covers what they cover."""
    size = max(1, round(plan.scatter_side))
    left, top, width, height = _covered(plan, size)
    if width <= 0 or height <= 0:
        return
    buffer = np.zeros((height + size) * (width + size), np.uint32)
    stride = width + size
    px = np.rint(plan.px - (size / 2 + left)).astype(np.int32)
    py = np.rint(plan.py - (size / 2 + top)).astype(np.int32)
    inside = (px.view(np.uint32) < width) & (py.view(np.uint32) < height)  # what is below 0 wraps round
    places = py * np.int32(stride) + px
    colours, last = slot_pixels(scene, plan.slots, inks)
    for order in (inside, last[inside[last]]):  # what must not be covered is set once more
        at, pixels = places[order], colours[order]
        for down in range(size):
            for right in range(size):
                buffer[at + (down * stride + right)] = pixels
    image = QImage(buffer.data, stride, height + size, 4 * stride, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(left, top, image)


def _covered(plan: Plan, size: int) -> tuple[int, int, int, int]:
    if not len(plan.slots):
        return 0, 0, 0, 0
    left = max(0, int(plan.px.min()) - size)
    top = max(0, int(plan.py.min()) - size)
    right = min(int(plan.view.width), int(plan.px.max()) + size + 1)
    bottom = min(int(plan.view.height), int(plan.py.max()) + size + 1)
    return left, top, right - left, bottom - top


def slot_pixels(scene: Scene, slots: Ints, inks: Inks) -> tuple[Pixels, Ints]:
    """The opaque colour of each slot, and the places of those that must not be covered by others."""
    table = np.array([opaque_pixel(colour) for colour in inks.group_pixels(scene.colouring)], np.uint32)
    table[list(scene.hidden)] = opaque_pixel(inks.faded_pixel)
    colours = table[scene.groups[slots]]
    last = [np.empty(0, np.int64)]
    if not scene.is_hidden_look(FLAG):
        flagged = np.flatnonzero(scene.looks[slots] == FLAG)
        colours[flagged] = opaque_pixel(inks.flag_pixel)
        last.append(flagged)
    if scene.current is not None and (slot := scene.slot_of(scene.current)) is not None:
        path = np.zeros(len(scene), np.bool_)
        path[scene.path(slot)] = True
        on_way = np.flatnonzero(path[slots])
        colours[on_way] = opaque_pixel(inks.path_pixel)
        last.append(on_way)
    if scene.selected_ids:
        chosen = np.flatnonzero(scene.selected[slots])
        colours[chosen] = opaque_pixel(inks.ring_pixel)
        last.append(chosen)
    return colours, np.concatenate(last)
