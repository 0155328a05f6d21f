"""The plan of a frame: which slots are in sight, and in which form each line is drawn; knows no painter.

Far out a line is dense (columns of pixels), then come squares, squares with labels, and cards. A line takes the richest
form for which its closest neighbours have room, so that the few examples near the seed can be read from afar.
"""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.tree.places import Shape
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.canvas.view import FULL_FROM, FULL_GROWS, View

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CARD_GAP, CARD_ROW = 128.0, 92.0
LABEL_GAP, LABEL_ROW = 44.0, 42.0
TEXT_WIDTH, TEXT_WIDTH_BROKEN = 72.0, 56.0  # below this, a label of one line (of more) is a number only
CARD_WIDTH, CARD_HEIGHT = 236.0, 92.0
SEED_WIDTH, SEED_ROW = 288.0, 60.0
SQUARE, LABELLED = 14.0, 12.0  # largest square, and the one with a label
LABEL_LINE = 14.0
WIDEST_LABEL = 168.0
LOOP_LINES = 600  # more lines than this in sight are not culled by x one by one
CLOSE, LEAST = 0.8, 2.0  # a square takes at most this share of the way to the next one, but is seen
SCATTER_SIDE = 6.0
SCATTER_FROM = 9_000  # more small squares than this are set as pixels


class Form(IntEnum):
    DENSE = 0
    SQUARES = 1
    LABELS = 2
    CARDS = 3


@dataclass(frozen=True, slots=True)
class Look:
    """In which form a line is drawn, and how large: a card's size, or the room for a label, or a square's side."""

    form: Form
    width: float
    height: float
    text_lines: int = 0

    @property
    def side(self) -> float:
        """Side of the square."""
        return LABELLED if self.form is Form.LABELS else self.height

    @property
    def is_crowded(self) -> bool:
        """Whether the closest squares of the line would overlap: it is drawn for the room that most of them have."""
        return self.form is Form.SQUARES and CLOSE * self.width < self.height

    @property
    def head(self) -> float:
        """How far above the line its nodes begin."""
        return self.side / 2

    @property
    def foot(self) -> float:
        """How far below the line its nodes end."""
        return self.side / 2 + (5.0 + self.text_lines * LABEL_LINE if self.form is Form.LABELS else 0.0)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: the slots in sight and their look."""

    line: int
    first: int
    after: int
    look: Look

    def text_widths(self, plan: "Plan", start: int, stop: int) -> Floats:
        """Room for the text of each slot in sight on a line (start:stop) of labels, in pixels."""
        if plan.is_round:
            return np.full(self.after - self.first, self.look.width)
        low, high = max(self.first - 1, start), min(self.after + 1, stop)
        apart = np.diff(plan.x[low:high], prepend=-np.inf, append=np.inf) * plan.view.scale_x
        nearest = np.minimum(apart[:-1], apart[1:])[self.first - low : self.after - low]
        return np.clip(nearest - 12.0, self.look.width, WIDEST_LABEL)

    def is_short(self, widths: Floats) -> NDArray[np.bool_]:
        """Which labels are a number only."""
        return np.asarray(widths < (TEXT_WIDTH if self.look.text_lines == 1 else TEXT_WIDTH_BROKEN))


@dataclass(slots=True)
class Plan:
    """All that one frame draws, with what was drawn counted."""

    view: View
    x: Floats
    lines: dict[int, Line]
    first_line: int
    after_line: int
    slots: Ints  # of the lines that are not dense
    feet: Floats  # by line: how far below it edges begin; the entries before and after the lines in sight are 0
    heads: Floats  # by line: how far above it edges end
    px: Floats
    py: Floats
    sizes: Floats  # side of the square
    scatter_side: float  # of squares so many and small that they are set as pixels; else 0
    plane: tuple[Floats, Floats] | None = None  # in the radial form: where all slots stand in the plane
    ranges: dict[int, list[tuple[int, int]]] = field(default_factory=dict)  # of rings: slots under the window's angles
    drawn: dict[str, int] = field(default_factory=dict)

    @property
    def is_scatter(self) -> bool:
        """Whether nodes are set as pixels."""
        return self.scatter_side > 0.0

    @property
    def is_round(self) -> bool:
        """Whether lines are rings."""
        return self.plane is not None

    def pixels(self, scene: Scene, slots: NDArray[np.integer[Any]]) -> tuple[Floats, Floats]:
        """Where slots stand, in pixels, in sight or not."""
        view = self.view
        if self.plane is not None:
            x, y = self.plane[0][slots], self.plane[1][slots]
        else:
            x, y = self.x[slots], scene.lines[slots].astype(np.float64)
        return x * view.scale_x + view.origin_x, y * view.scale_y + view.origin_y

    def pixel(self, scene: Scene, slot: int, line: int | None = None) -> tuple[float, float]:
        """Where one slot stands, in pixels; quicker where its line is known."""
        if self.plane is not None:
            return self.view.x(float(self.plane[0][slot])), self.view.y(float(self.plane[1][slot]))
        return self.view.x(float(self.x[slot])), self.view.y(scene.line_of(slot) if line is None else line)

    def slots_on(self, line: Line) -> Ints:
        """The slots in sight on a line that is not dense."""
        if self.plane is None:
            return np.arange(line.first, line.after)
        low, high = np.searchsorted(self.slots, (line.first, line.after))
        return self.slots[low:high]

    def line(self, line: int) -> Line | None:
        """How a line is drawn, None where it is not in sight."""
        return self.lines.get(line)

    def lines_in(self, *forms: Form) -> list[Line]:
        """The lines of some forms."""
        return [line for line in self.lines.values() if line.look.form in forms]

    def edge_gaps(self, lines: NDArray[np.integer[Any]], feet: bool) -> Floats:
        """Feet, or heads, of lines that may be out of sight."""
        of_line = self.feet if feet else self.heads
        found: Floats = of_line[np.clip(lines - self.first_line + 1, 0, len(of_line) - 1)]
        return found


def make_plan(scene: Scene, view: View, x: Floats) -> Plan:
    """Find what is in sight. `x` are the places now, which differ from the scene's while nodes glide."""
    high, wide = CARD_HEIGHT + _more(view), (CARD_WIDTH + _more(view)) / 2
    first_line = max(0, int(np.floor(view.row(-high))))
    after_line = min(scene.places.line_count, int(np.ceil(view.row(view.height + high))) + 1)
    sight = view.place(-wide), view.place(view.width + wide)
    if after_line - first_line > LOOP_LINES:
        return _plan_many_lines(scene, view, x, first_line, after_line, sight)
    lines = _lines(scene, view, x, range(first_line, after_line), sight)
    shown = [line for line in lines if line.look.form is not Form.DENSE]
    counts = [line.after - line.first for line in shown]
    slots = _joined(shown)
    sides = [line.look.side for line in shown]
    px, sizes = x[slots] * view.scale_x + view.origin_x, np.repeat(sides, counts)
    scatter_side = scattered(sizes)
    if not scatter_side and any(line.look.is_crowded for line in shown):
        sizes = _side_by_side(px, sizes, np.cumsum(counts)[:-1])
    return Plan(
        view,
        x,
        {line.line: line for line in lines},
        first_line,
        after_line,
        slots,
        feet=np.array([lines[0].look.foot if lines else 0.0, *(line.look.foot for line in lines), 0.0]),
        heads=np.array([0.0, *(line.look.head for line in lines), 0.0]),
        px=px,
        py=np.repeat([view.y(line.line) for line in shown], counts),
        sizes=sizes,
        scatter_side=scatter_side,
    )


def scattered(sizes: Floats) -> float:
    """Side of the squares, all alike, that these many are set as pixels with; 0 where they are few or large."""
    side = float(np.median(sizes)) if len(sizes) > SCATTER_FROM else SCATTER_SIDE
    return side if side < SCATTER_SIDE else 0.0


def _side_by_side(px: Floats, sides: Floats, starts: Ints) -> Floats:
    """Sides of squares, smaller for those that would overlap the next one; `starts`: where a new line begins."""
    apart = np.diff(px, prepend=-np.inf, append=np.inf)
    apart[starts] = np.inf
    nearest = np.minimum(apart[:-1], apart[1:])
    return np.minimum(sides, np.maximum(CLOSE * nearest, LEAST))


def _plan_many_lines(
    scene: Scene, view: View, x: Floats, first_line: int, after_line: int, sight: tuple[float, float]
) -> Plan:
    """So many lines that each is a pixel or two: all is set as pixels."""
    first, after = int(scene.offsets[first_line]), int(scene.offsets[after_line])
    part = x[first:after]
    slots = np.flatnonzero((part >= sight[0]) & (part <= sight[1])) + first
    py = scene.lines[slots] * view.scale_y + view.origin_y
    none, side = np.zeros(2), max(1.0, 0.5 * view.scale_y)
    px = x[slots] * view.scale_x + view.origin_x
    sizes = np.full(len(slots), side)
    return Plan(view, x, {}, first_line, after_line, slots, none, none, px, np.asarray(py), sizes, side)


def _joined(lines: list[Line]) -> Ints:
    parts = [np.arange(line.first, line.after) for line in lines if line.after > line.first]
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _lines(scene: Scene, view: View, x: Floats, wanted: range, sight: tuple[float, float]) -> list[Line]:
    bounds = scene.offsets[wanted.start : wanted.stop + 1].tolist()
    gaps = (scene.line_gaps[wanted.start : wanted.stop] * view.scale_x).tolist()
    is_tree = scene.places.shape is Shape.TREE
    all_in_sight = sight[0] <= 0.0 and sight[1] >= scene.extent.places
    alike: Look | None = None
    found = []
    for line, start, stop, gap in zip(wanted, bounds[:-1], bounds[1:], gaps, strict=True):
        first, after = start, stop
        if not all_in_sight:
            low, high = x[start:stop].searchsorted(sight).tolist()
            first, after = start + low, start + high
        if is_tree or line == 0 or alike is None:
            in_sight = x[first:after] if is_tree else None
            look = look_of(scene, view, line, gap, in_sight)
            alike = None if line == 0 else look
        else:
            look = alike
        found.append(Line(line, first, after, look))
    return found


def look_of(scene: Scene, view: View, line: int, gap: float, in_sight: Floats | None) -> Look:
    """The richest form for which there is room; `in_sight` are the places of a tidy tree's line."""
    row, is_folded = view.scale_y, scene.places.band_lines > 0
    if line == 0 and row >= SEED_ROW and not is_folded:
        return _card(SEED_WIDTH, min(45 + 17.0 * scene.seed_lines, row - 20))
    if gap >= CARD_GAP and row >= CARD_ROW:
        more = _more(view)
        return _card(min(gap - 14, CARD_WIDTH + more), min(row - 38, CARD_HEIGHT + more))
    if gap >= LABEL_GAP and row >= LABEL_ROW:
        texts = min(max(int((row - 36) // LABEL_LINE), 1), 3)
        return Look(Form.LABELS, min(gap - (24 if is_folded else 12), WIDEST_LABEL), LABELLED, texts)
    if in_sight is not None and len(in_sight) > view.width / 2:
        return Look(Form.DENSE, gap, min(max(0.36 * row, 3.0), SQUARE))
    usual = gap if in_sight is None else usual_gap(in_sight) * view.scale_x
    return Look(Form.SQUARES, gap, min(max(0.58 * usual, 2.0), SQUARE, max(0.5 * row, 1.5)))


def _more(view: View) -> float:
    """How much larger cards are than usual, near enough for the full example; in pixels."""
    return 0.0 if view.extent.is_round else FULL_GROWS * max(0.0, view.scale_x - FULL_FROM)


def _card(width: float, height: float) -> Look:
    return Look(Form.CARDS, width, height, max(1, int((height - 32) // 17)))


def usual_gap(x: Floats) -> float:
    """A distance that nine of ten neighbours keep."""
    if len(x) < 3:
        return float(x[-1] - x[0]) if len(x) == 2 else np.inf
    apart = x[1:] - x[:-1]
    tenth = len(apart) // 10
    return float(np.partition(apart, tenth)[tenth])
