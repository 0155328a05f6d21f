"""The plan of a frame in the radial form: which rings and slots are in sight, and in which form; knows no painter."""

import numpy as np

from seedbed_gui.canvas.plan import (
    CARD_HEIGHT,
    CARD_WIDTH,
    LABELLED,
    LOOP_LINES,
    SEED_WIDTH,
    SQUARE,
    WIDEST_LABEL,
    Floats,
    Form,
    Ints,
    Line,
    Look,
    Plan,
    scattered,
    usual_gap,
)
from seedbed_gui.canvas.rings import SEAM, Rings, angles_in_sight, radii_in_sight
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.canvas.view import View

CARD_GAP, CARD_RING = 156.0, 150.0  # pixels between neighbours, and between rings
LABEL_GAP, LABEL_RING = 48.0, 64.0
SEED_RING = 190.0
DENSE_GAP = 1.5  # pixels a node
FEW = 200  # not more nodes than this are told apart however small the ring
Range = tuple[int, int]


def make_ring_plan(scene: Scene, view: View, x: Floats) -> Plan:
    """Find what is in sight. Rings are culled by their radius, their nodes by the angles of the window."""
    rings = scene.rings
    pad = CARD_WIDTH / 2
    box = (
        (-pad - view.origin_x) / view.scale_x,
        (-pad - view.origin_y) / view.scale_x,
        (view.width + pad - view.origin_x) / view.scale_x,
        (view.height + pad - view.origin_y) / view.scale_x,
    )
    near, far = radii_in_sight(*box)
    radii = rings.radius(np.arange(scene.places.line_count))
    first_line = int(np.searchsorted(radii, near))
    after_line = int(np.searchsorted(radii, far, side="right"))
    plane = scene.plane(x)
    if after_line - first_line > LOOP_LINES:
        return _many_rings(scene, view, x, plane, (first_line, after_line), box)
    spans = _places_in_sight(rings, box)
    lines, ranges, parts = {}, {}, []
    for line in range(first_line, after_line):
        mine = _ranges(scene, x, line, spans)
        parts_of = [x[first:after] for first, after in mine]
        look = look_of_ring(scene, view, line, float(radii[line]) * view.scale_x, parts_of)
        slots = _in_box(mine, plane, box) if look.form is not Form.DENSE else np.empty(0, np.int64)
        if mine and (len(slots) or look.form is Form.DENSE):
            first, after = (int(slots[0]), int(slots[-1]) + 1) if len(slots) else (mine[0][0], mine[-1][1])
            lines[line], ranges[line] = Line(line, first, after, look), mine
            parts.append(slots)
    return _plan(view, x, plane, (first_line, after_line), lines, ranges, parts)


def _plan(
    view: View,
    x: Floats,
    plane: tuple[Floats, Floats],
    in_sight: Range,
    lines: dict[int, Line],
    ranges: dict[int, list[Range]],
    parts: list[Ints],
) -> Plan:
    slots = np.concatenate(parts) if parts else np.empty(0, np.int64)
    sides = [line.look.side for line in lines.values()]
    sizes = np.repeat(sides, [len(part) for part in parts]) if parts else np.empty(0)
    plan = Plan(
        view, x, lines, *in_sight, slots,
        feet=np.zeros(2), heads=np.zeros(2),
        px=plane[0][slots] * view.scale_x + view.origin_x,
        py=plane[1][slots] * view.scale_y + view.origin_y,
        sizes=sizes,
        scatter_side=scattered(sizes),
        plane=plane,
    )  # fmt: skip
    plan.ranges = ranges
    return plan


def _many_rings(
    scene: Scene, view: View, x: Floats, plane: tuple[Floats, Floats], in_sight: Range, box: tuple[float, ...]
) -> Plan:
    """So many rings that each is a pixel or two: all is set as pixels."""
    slots = _in_box([(int(scene.offsets[in_sight[0]]), int(scene.offsets[in_sight[1]]))], plane, box)
    px, py = plane[0][slots] * view.scale_x + view.origin_x, plane[1][slots] * view.scale_y + view.origin_y
    side = max(1.0, 0.5 * view.scale_x)
    sizes = np.full(len(slots), side)
    return Plan(view, x, {}, *in_sight, slots, np.zeros(2), np.zeros(2), px, py, sizes, side, plane=plane)


def _places_in_sight(rings: Rings, box: tuple[float, ...]) -> list[tuple[float, float]]:
    """Stretches of places under the angles of the window: one, or two where they lie over the seam."""
    seen = angles_in_sight(*box)
    end = rings.width + SEAM / 2
    if seen is None:
        return [(-SEAM / 2, end)]
    start = rings.place(seen[0])
    stop = start + (seen[1] - seen[0]) / rings.a_place
    return [(start, stop)] if stop <= end else [(-SEAM / 2, stop - rings.width - SEAM), (start, end)]


def _ranges(scene: Scene, x: Floats, line: int, spans: list[tuple[float, float]]) -> list[Range]:
    start, stop = int(scene.offsets[line]), int(scene.offsets[line + 1])
    if scene.rings.has_centre and line == 0:
        return [(start, stop)]
    bounds = x[start:stop].searchsorted(np.array(spans).reshape(-1)).tolist()
    found = zip(bounds[::2], bounds[1::2], strict=True)
    return [(start + first, start + after) for first, after in found if after > first]


def _in_box(ranges: list[Range], plane: tuple[Floats, Floats], box: tuple[float, ...]) -> Ints:
    slots = np.concatenate([np.arange(*one) for one in ranges]) if ranges else np.empty(0, np.int64)
    px, py = plane[0][slots], plane[1][slots]
    inside: Ints = slots[(px >= box[0]) & (px <= box[2]) & (py >= box[1]) & (py <= box[3])]
    return inside


def look_of_ring(scene: Scene, view: View, line: int, radius: float, in_sight: list[Floats]) -> Look:
    """The richest form for which there is room on a ring of a radius in pixels, between the places in sight."""
    ring = view.scale_x
    if line == 0 and scene.rings.has_centre:
        if ring >= SEED_RING:
            return Look(Form.CARDS, SEED_WIDTH, 45 + 17.0 * scene.seed_lines, scene.seed_lines)
        return Look(Form.SQUARES, SQUARE, min(SQUARE, max(4.0, 0.5 * ring)))
    arc = scene.rings.a_place * radius
    gap = float(scene.line_gaps[line]) * arc
    if gap >= CARD_GAP and ring >= CARD_RING:
        width, height = min(gap - 20, CARD_WIDTH), min(gap - 40, ring - 44, CARD_HEIGHT)
        return Look(Form.CARDS, width, height, max(1, int((height - 32) // 17)))
    if gap >= LABEL_GAP and ring >= LABEL_RING:
        return Look(Form.LABELS, min(gap - 8, WIDEST_LABEL), LABELLED, 1)
    room = sum(float(part[-1] - part[0]) for part in in_sight if len(part)) * arc
    if sum(map(len, in_sight)) > max(room / DENSE_GAP, FEW):
        return Look(Form.DENSE, gap, min(max(0.3 * ring, 3.0), 8.0))
    usual = min((usual_gap(part) for part in in_sight), default=np.inf) * arc
    return Look(Form.SQUARES, gap, min(max(0.62 * usual, 2.0), SQUARE, max(0.5 * ring, 1.5)))
