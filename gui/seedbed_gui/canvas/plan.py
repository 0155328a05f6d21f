"""The plan of a frame: which slots are in sight, and in which form each line is drawn; knows no painter.

Far out a line is dense (columns of pixels), then come squares, squares with labels, and cards. A line takes the richest
form for which its closest neighbours have room, so that the few examples near the seed can be read from afar.
"""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.tree.places import Shape
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.canvas.view import View

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CARD_GAP, CARD_ROW = 128.0, 92.0
LABEL_GAP, LABEL_ROW = 44.0, 42.0
TEXT_WIDTH = 72.0  # below this, a label is a number only
CARD_WIDTH, CARD_HEIGHT = 236.0, 92.0
SEED_WIDTH, SEED_HEIGHT, SEED_ROW = 268.0, 62.0, 60.0
SQUARE = 14.0
LABEL_LINE = 14.0
WIDEST_LABEL = 168.0
LOOP_LINES = 600  # more lines than this in sight are not culled by x one by one
SCATTER_FROM = 9_000  # more small squares than this are set as pixels


class Form(IntEnum):
    DENSE = 0
    SQUARES = 1
    LABELS = 2
    CARDS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """How one line is drawn: the slots in sight, their form, and where edges end above and begin below it."""

    line: int
    first: int
    after: int
    form: Form
    width: float
    height: float
    text_lines: int
    foot: float

    def text_widths(self, plan: "Plan", start: int, stop: int) -> Floats:
        """Room for the text of each slot in sight on a line (start:stop) of labels, in pixels."""
        low, high = max(self.first - 1, start), min(self.after + 1, stop)
        apart = np.diff(plan.x[low:high], prepend=-np.inf, append=np.inf) * plan.view.scale_x
        nearest = np.minimum(apart[:-1], apart[1:])[self.first - low : self.after - low]
        return np.clip(nearest - 12.0, self.width, WIDEST_LABEL)


@dataclass(slots=True)
class Plan:
    """All that one frame draws, with what was drawn counted."""

    view: View
    x: Floats
    lines: dict[int, Line]
    first_line: int
    after_line: int
    slots: Ints  # of the lines that are not dense
    px: Floats
    py: Floats
    sizes: Floats  # side of the square
    scatter: bool
    drawn: dict[str, int] = field(default_factory=dict)

    def line(self, line: int) -> Line | None:
        return self.lines.get(line)


def make_plan(scene: Scene, view: View, x: Floats) -> Plan:
    """Find what is in sight. `x` are the places now, which differ from the scene's while nodes glide."""
    first_line = max(0, int(np.floor(view.row(-CARD_HEIGHT))))
    after_line = min(scene.places.line_count, int(np.ceil(view.row(view.height + CARD_HEIGHT))) + 1)
    pad = CARD_WIDTH / 2
    low, high = view.place(-pad), view.place(view.width + pad)
    lines: dict[int, Line] = {}
    if after_line - first_line > LOOP_LINES:
        slots = _all_in(scene, x, first_line, after_line, low, high)
    else:
        gaps = scene.line_gaps * view.scale_x
        for line in range(first_line, after_line):
            lines[line] = _plan_line(scene, view, x, line, float(gaps[line]), (low, high))
        open_lines = [line for line in lines.values() if line.form is not Form.DENSE]
        slots = _joined([(line.first, line.after) for line in open_lines])
    on_line = scene.lines_of(slots)
    py = on_line * view.scale_y + view.origin_y
    sizes = _sizes(lines, on_line, view)
    scatter = len(slots) > SCATTER_FROM and float(np.median(sizes)) < 6.0
    px = x[slots] * view.scale_x + view.origin_x
    return Plan(view, x, lines, first_line, after_line, slots, px, np.asarray(py), sizes, scatter)


def _joined(ranges: list[tuple[int, int]]) -> Ints:
    parts = [np.arange(first, after) for first, after in ranges if after > first]
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _all_in(scene: Scene, x: Floats, first_line: int, after_line: int, low: float, high: float) -> Ints:
    first, after = int(scene.offsets[first_line]), int(scene.offsets[after_line])
    part = x[first:after]
    return np.flatnonzero((part >= low) & (part <= high)) + first


def _sizes(lines: dict[int, Line], on_line: Ints, view: View) -> Floats:
    if not lines:
        return np.full(len(on_line), max(1.0, 0.5 * view.scale_y))
    of_line = np.array([_square(line) for line in lines.values()])
    return of_line[on_line - min(lines)]


def _square(line: Line) -> float:
    return 12.0 if line.form is Form.LABELS else line.height


def _plan_line(scene: Scene, view: View, x: Floats, line: int, gap: float, sight: tuple[float, float]) -> Line:
    start, stop = int(scene.offsets[line]), int(scene.offsets[line + 1])
    found = np.searchsorted(x[start:stop], sight)
    first, after = start + int(found[0]), start + int(found[1])
    row = view.scale_y
    if start == 0 and row >= SEED_ROW and scene.places.band_lines == 0:
        return _card_line(line, first, after, SEED_WIDTH, min(SEED_HEIGHT, row - 20))
    if gap >= CARD_GAP and row >= CARD_ROW:
        return _card_line(line, first, after, min(gap - 14, CARD_WIDTH), min(row - 38, CARD_HEIGHT))
    if gap >= LABEL_GAP and row >= LABEL_ROW:
        return _label_line(line, first, after, gap - (24 if scene.places.band_lines else 12), row)
    if after - first > view.width / 2 and scene.places.shape is Shape.TREE:
        height = min(max(0.36 * row, 3.0), SQUARE)
        return Line(line, first, after, Form.DENSE, gap, height, 0, height / 2)
    usual = _usual_gap(x[first:after]) * view.scale_x if scene.places.shape is Shape.TREE else gap
    size = min(max(0.58 * usual, 2.0), SQUARE, max(0.5 * row, 1.5))
    return Line(line, first, after, Form.SQUARES, gap, size, 0, size / 2)


def _usual_gap(x: Floats) -> float:
    """A distance that nine of ten neighbours keep."""
    if len(x) < 3:
        return float(x[-1] - x[0]) if len(x) == 2 else np.inf
    apart = np.diff(x)
    tenth = len(apart) // 10
    return float(np.partition(apart, tenth)[tenth])


def _card_line(line: int, first: int, after: int, width: float, height: float) -> Line:
    texts = max(1, int((height - 32) // 17))
    return Line(line, first, after, Form.CARDS, width, height, texts, height / 2)


def _label_line(line: int, first: int, after: int, width: float, row: float) -> Line:
    texts = min(max(int((row - 36) // LABEL_LINE), 1), 3)
    return Line(line, first, after, Form.LABELS, min(width, WIDEST_LABEL), 12.0, texts, 6 + 5 + texts * LABEL_LINE)
