"""Density: lines and blocks with more nodes than can be told apart, set as pixels.

The cost grows with the pixels (and the logarithm of the nodes). A column that holds a flagged or selected node always
shows it: nothing that a person marked vanishes far out.
"""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from seedbed_gui.canvas.inks import Inks
from seedbed_gui.canvas.plan import Line, Plan
from seedbed_gui.canvas.scene import FLAG, LOOK_NAMES, PRUNED, Scene

Floats = NDArray[np.float64]
Pixels = NDArray[np.uint32]


def paint_dense_line(painter: QPainter, scene: Scene, plan: Plan, line: Line, inks: Inks) -> None:
    """Draw one line as columns of pixels: coloured by the states in a column, stronger where there are more."""
    columns, flagged = dense_columns(scene, plan, line, inks)
    height = max(3, round(line.height))
    strip = np.empty((height, len(columns)), np.uint32)
    strip[:] = columns
    strip[: max(1, height // 3), flagged] = opaque_pixel(inks.look_pixels[FLAG])
    image = QImage(strip.data, len(columns), height, 4 * len(columns), QImage.Format.Format_ARGB32_Premultiplied)
    top = plan.view.y(line.line) - height / 2
    painter.drawImage(QPointF(0.0, round(top)), image)


def dense_columns(scene: Scene, plan: Plan, line: Line, inks: Inks) -> tuple[Pixels, NDArray[np.bool_]]:
    """One premultiplied colour for each pixel column of a dense line, and which columns hold a flagged node."""
    view = plan.view
    start, stop = int(scene.offsets[line.line]), int(scene.offsets[line.line + 1])
    width = int(view.width)
    edges = (np.arange(width + 1) - view.origin_x) / view.scale_x
    bounds = start + np.searchsorted(plan.x[start:stop], edges)
    total = np.diff(bounds)
    mixed = np.zeros((width, 3))
    flagged = np.zeros(width, np.bool_)
    for look in range(len(LOOK_NAMES)):
        slots = scene.slots_looking(look)
        counts = np.diff(np.searchsorted(slots, bounds))
        shown = PRUNED if look in scene.hidden else look
        mixed += counts[:, None] * inks.look_pixels[shown]
        if look == FLAG and shown == FLAG:
            flagged = counts > 0
    filled = total > 0
    mixed[filled] /= total[filled, None]
    full = max(1.0, 1.0 / (view.scale_x * max(float(scene.line_gaps[line.line]), 1e-9)))
    alpha = np.where(filled, np.clip(0.42 + 0.58 * total / full, 0.0, 1.0), 0.0)
    _mark_selected(scene, bounds, mixed, alpha, inks)
    return _premultiplied(mixed, alpha), flagged


def _mark_selected(scene: Scene, bounds: NDArray[np.int64], mixed: Floats, alpha: Floats, inks: Inks) -> None:
    if not scene.selected_ids:
        return
    counts = np.diff(np.searchsorted(scene.selected_slots, bounds))
    mixed[counts > 0] = inks.ring_pixel
    alpha[counts > 0] = 1.0


def _premultiplied(colours: Floats, alpha: Floats) -> Pixels:
    parts = np.rint(colours * alpha[:, None]).astype(np.uint32)
    whole = np.rint(alpha * 255).astype(np.uint32) << np.uint32(24)
    return np.asarray(whole | parts[:, 0] << 16 | parts[:, 1] << 8 | parts[:, 2], np.uint32)


def opaque_pixel(colour: Floats) -> int:
    """An opaque ARGB pixel of red, green, blue."""
    red, green, blue = (round(float(part)) for part in colour)
    return 0xFF000000 | red << 16 | green << 8 | blue


def paint_scatter(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
    """Draw very many small squares: each is set into one picture, which then covers what they cover."""
    size = int(max(1, round(float(np.median(plan.sizes)))))
    left, top, width, height = _covered(plan, size)
    if width <= 0 or height <= 0:
        return
    buffer = np.zeros((height + size) * (width + size), np.uint32)
    stride = width + size
    px = np.rint(plan.px - size / 2).astype(np.int64) - left
    py = np.rint(plan.py - size / 2).astype(np.int64) - top
    inside = (px >= 0) & (px < width) & (py >= 0) & (py < height)
    places = py[inside] * stride + px[inside]
    colours = _slot_pixels(scene, plan.slots[inside], inks)
    for down in range(size):
        for right in range(size):
            buffer[places + (down * stride + right)] = colours
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


def _slot_pixels(scene: Scene, slots: NDArray[np.int64], inks: Inks) -> Pixels:
    table = np.array([opaque_pixel(colour) for colour in inks.look_pixels], np.uint32)
    for look in scene.hidden:
        table[look] = table[PRUNED]
    colours = table[scene.looks[slots]]
    if scene.selected_ids:
        ring = inks.ring_pixel
        colours[scene.selected[slots]] = opaque_pixel(ring)
    return colours
