"""Picking: which node is under the pointer, in a rectangle or in a loop; by lines, with no index to build."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from seedbed_gui.canvas.plan import Form, Line, Plan
from seedbed_gui.canvas.scene import Scene

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

REACH = 9.0  # pixels around a small square that still count as on it


def pick(scene: Scene, plan: Plan, x: float, y: float) -> int | None:
    """Slot of the node under a point, None where there is none."""
    if plan.is_round:
        return _pick_on_rings(scene, plan, x, y)
    row = round(plan.view.row(y))
    best: tuple[float, int] | None = None
    for line in (row - 1, row, row + 1):
        if 0 <= line < scene.places.line_count:
            found = _pick_on_line(scene, plan, line, x, y)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
    return None if best is None else best[1]


def _pick_on_rings(scene: Scene, plan: Plan, x: float, y: float) -> int | None:
    view, rings = plan.view, scene.rings
    across, down = view.place(x), view.row(y)
    ring = round(float(np.hypot(across, down)) - rings.inner)
    place = rings.place(float(np.arctan2(down, across)))
    near: set[int] = set()
    for line in range(max(ring - 1, 0), min(ring + 2, scene.places.line_count)):
        start, stop = int(scene.offsets[line]), int(scene.offsets[line + 1])
        at = int(np.searchsorted(plan.x[start:stop], place))
        near |= {start + (at + step) % (stop - start) for step in (-1, 0)}
    best: tuple[float, int] | None = None
    for slot in near:
        px, py = plan.pixel(scene, slot)
        width, above, below = _reach(plan.line(scene.line_of(slot)))
        if abs(px - x) <= width and -above <= y - py <= below:
            best = min(best or (np.inf, slot), (float(np.hypot(px - x, py - y)), slot))
    return None if best is None else best[1]


def _pick_on_line(scene: Scene, plan: Plan, line: int, x: float, y: float) -> tuple[float, int] | None:
    start, stop = int(scene.offsets[line]), int(scene.offsets[line + 1])
    place = plan.view.place(x)
    at = start + int(np.searchsorted(plan.x[start:stop], place))
    near = [slot for slot in (at - 1, at) if start <= slot < stop]
    slot = min(near, key=lambda slot: abs(float(plan.x[slot]) - place))
    dx, dy = abs(plan.view.x(float(plan.x[slot])) - x), y - plan.view.y(line)
    width, above, below = _reach(plan.line(line))
    if dx <= width and -above <= dy <= below:
        return dx + abs(dy), slot
    return None


def _reach(line: Line | None) -> tuple[float, float, float]:
    """How far a node reaches to the sides, up and down, in pixels."""
    if line is None:
        return REACH, REACH, REACH
    if line.look.form is Form.CARDS:
        return line.look.width / 2, line.look.height / 2, line.look.height / 2
    if line.look.form is Form.LABELS:
        return line.look.width / 2, REACH, line.look.foot
    reach = max(REACH, line.look.height / 2 + 3)
    return reach, reach, reach


def in_rectangle(scene: Scene, plan: Plan, left: float, top: float, right: float, bottom: float) -> Ints:
    """Slots whose middle is in a rectangle of pixels."""
    return in_loop(scene, plan, [(left, top), (right, top), (right, bottom), (left, bottom)])


def in_loop(scene: Scene, plan: Plan, points: Sequence[tuple[float, float]]) -> Ints:
    """Slots whose middle is inside a loop of pixels (even-odd): each line is crossed once, whatever it holds."""
    loop = np.array(points, np.float64)
    if plan.is_round:
        return _not_hidden(scene, _in_loop_of_rings(scene, plan, loop))
    rows = (loop[:, 1] - plan.view.origin_y) / plan.view.scale_y
    places = (loop[:, 0] - plan.view.origin_x) / plan.view.scale_x
    first = max(0, int(np.ceil(rows.min())))
    after = min(scene.places.line_count, int(np.floor(rows.max())) + 1)
    next_rows, next_places = np.roll(rows, -1), np.roll(places, -1)
    parts = []
    for line in range(first, after):
        crossed = (rows <= line) != (next_rows <= line)
        share = (line - rows[crossed]) / (next_rows[crossed] - rows[crossed])
        crossings = np.sort(places[crossed] + share * (next_places[crossed] - places[crossed]))
        start, stop = int(scene.offsets[line]), int(scene.offsets[line + 1])
        bounds = start + np.searchsorted(plan.x[start:stop], crossings)
        parts += [np.arange(low, high) for low, high in zip(bounds[::2], bounds[1::2], strict=True)]
    found = np.concatenate(parts) if parts else np.empty(0, np.int64)
    return _not_hidden(scene, found)


def _not_hidden(scene: Scene, found: Ints) -> Ints:
    return found[~np.isin(scene.groups[found], list(scene.hidden))] if scene.hidden else found


def _in_loop_of_rings(scene: Scene, plan: Plan, loop: Floats) -> Ints:
    """The full even-odd test, of what is in the loop's box."""
    px, py = plan.pixels(scene, np.arange(len(scene)))
    box = (px >= loop[:, 0].min()) & (px <= loop[:, 0].max()) & (py >= loop[:, 1].min()) & (py <= loop[:, 1].max())
    slots = np.flatnonzero(box)
    px, py = px[slots], py[slots]
    inside = np.zeros(len(slots), np.bool_)
    for (x1, y1), (x2, y2) in zip(loop.tolist(), np.roll(loop, -1, axis=0).tolist(), strict=True):
        if y1 != y2:
            inside ^= ((y1 <= py) != (y2 <= py)) & (px > x1 + (py - y1) / (y2 - y1) * (x2 - x1))
    return slots[inside]


def neighbour(scene: Scene, slot: int, direction: str) -> int | None:
    """The slot an arrow key leads to: up to the parent, down to the middle child, left and right along the depth."""
    if direction == "up":
        parent = int(scene.parents[slot])
        return parent if parent >= 0 else None
    if direction == "down":
        children = scene.children(slot)
        return int(children[(len(children) - 1) // 2]) if len(children) else None
    row = scene.row_of(slot) + (1 if direction == "right" else -1)
    if not 0 <= row < len(scene) or scene.tree.depth_of(row) != scene.depth_of(slot):
        return None
    return scene.slot_at(row)


def span(scene: Scene, one: int, other: int) -> list[int]:
    """Ids from one example to another of the same depth, both included, in the order they stand; else none."""
    slots = scene.slot_of(one), scene.slot_of(other)
    if slots[0] is None or slots[1] is None or scene.depth_of(slots[0]) != scene.depth_of(slots[1]):
        return []
    first, last = sorted((scene.row_of(slots[0]), scene.row_of(slots[1])))
    rows = np.arange(first, last + 1)
    seen = scene.groups[rows if scene.slots is None else scene.slots[rows]]
    return [int(example) for example in scene.tree.ids[rows][~np.isin(seen, list(scene.hidden))]]
