"""The scene: a tree, its places, states and selection as arrays in drawing order; knows no Qt.

A *slot* is a position in drawing order: lines one after the other, x rising within each. All masks are by slot.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.tree.folding import Folding, fold, hidden_below
from seedbed_engine.tree.lineage import EDITED, TreeArrays, is_chain, is_star, tree_arrays, with_children
from seedbed_engine.tree.places import Places, Shape, insert_children, places
from seedbed_gui.canvas.colouring import BY_STATE, FLAG, Colouring, Scale, looks_of
from seedbed_gui.canvas.matching import came_from, wanted_mask
from seedbed_gui.canvas.rings import Rings, rings_of
from seedbed_gui.canvas.tallies import Tallies
from seedbed_gui.canvas.view import Extent

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Codes = NDArray[np.uint8]


ROOM_OF_CARD, NEAREST_RING = 250.0, 320.0  # pixels: between neighbours on a ring; the least greatest scale
MOST_FOLDED_GROWING = 200
LEVELS_GLIDED = 2_000  # a deeper tree is folded at once


class Scene:
    """What is drawn. Slots change when the tree grows or is laid out anew; ids never do."""

    _below: dict[int, int] | None
    _rings: Rings | None
    _plane: tuple[bool, tuple[Floats, Floats]] | None

    def __init__(self) -> None:
        self.version = 0
        self.selected_ids: set[int] = set()
        self.current: int | None = None
        self.colouring = BY_STATE
        self.hidden: frozenset[int] = frozenset()  # groups
        self.growing: dict[int, int] = {}
        self._growing: dict[int, int] | None = None  # by slot
        self.seed_lines = 1  # lines of the seed's question on its card
        self.folding = Folding()
        self.is_round = False
        self.is_forest = False  # the first node is the project, and the seeds are its children with ids below 0
        self.whole = tree_arrays((), ())
        self.set_tree(tree_arrays((), ()))

    def set_tree(self, tree: TreeArrays) -> None:
        """Show another tree; the selection stays where its examples are still there."""
        self.whole = tree
        self._lay_out()
        self._keep_selection()

    def _lay_out(self) -> None:
        """Place what is shown of the whole tree."""
        tree = fold(self.whole, self.folding)
        is_part = tree is not self.whole and not is_star(self.whole) and not is_chain(self.whole)
        self.place(tree, places(tree, is_part or self.is_forest))

    def refold(self, folding: Folding, x: Floats) -> Floats | None:
        """Show another part, from places x now. Returns the x each slot comes from, None where lines have changed."""
        ids, shape = self.ids, self.places.shape
        self.folding = folding
        self._lay_out()
        self._keep_selection()
        if shape is not Shape.TREE or self.places.shape is not Shape.TREE or self.tree.levels > LEVELS_GLIDED:
            return None
        return came_from(ids, x, self.ids, self.parents, self.offsets)

    def depth_counts(self, depth: int) -> tuple[int, int]:
        """How many examples of a depth are shown, and how many there are."""
        counts = [0, 0]
        for place, tree in enumerate((self.tree, self.whole)):
            if 0 <= depth < tree.levels:
                counts[place] = int(tree.offsets[depth + 1] - tree.offsets[depth])
            if self.tree is self.whole:
                return counts[0], counts[0]
        return counts[0], counts[1]

    def hidden_below(self) -> dict[int, int]:
        """How many descendants of each folded example are left out."""
        if self._below is None:
            self._below = hidden_below(self.whole, self.tree, self.folding.closed) if self.folding.closed else {}
        return self._below

    def shown_ancestor(self, example: int) -> int:
        """The example itself, or the nearest one above it that is shown."""
        return next((one for one in self.whole.path_to_seed(example) if self.slot_of(one) is not None), 0)

    def _keep_selection(self) -> None:
        if self.selected_ids:
            kept = set(self.ids[np.isin(self.ids, self._selected_array())].tolist())
            self.selected_ids = kept
        if self.current is not None and self.slot_of(self.current) is None:
            self.current = None

    def place(self, tree: TreeArrays, where: Places) -> None:
        """Take a tree with its places."""
        self.tree, self.places = tree, where
        order = where.order
        if order is None:
            self.ids, self.parents, self.x, self.states = tree.ids, tree.parents, where.x, tree.states
            self.slots: Ints | None = None
        else:
            self.slots = np.empty(len(order), np.int64)
            self.slots[order] = np.arange(len(order))
            parents = tree.parents[order]
            self.parents = np.where(parents < 0, -1, self.slots[parents]).astype(np.int32)
            self.ids, self.x, self.states = tree.ids[order], where.x[order], tree.states[order]
        self.offsets = where.offsets
        self.seeds = int(np.count_nonzero(tree.ids[: tree.offsets[min(2, tree.levels)]] <= 0)) if self.is_forest else 1
        self._group()
        self._selected: NDArray[np.bool_] | None = None
        self._path: tuple[int, Ints] | None = None
        self._lines: NDArray[np.int32] | None = None
        self._gaps: Floats | None = None
        self._known_slots: dict[int, int | None] = {}
        self._below = self._growing = None
        self._rings = None
        self._plane = None
        self._width = float(self.x.max())
        self.version += 1

    @property
    def line_gaps(self) -> Floats:
        """Least distance of two neighbours on each line, in places; infinite where a line has one node."""
        if self._gaps is None:
            apart = np.full(len(self.x), np.inf)
            np.subtract(self.x[1:], self.x[:-1], out=apart[:-1])
            apart[self.offsets[1:] - 1] = np.inf
            self._gaps = np.minimum.reduceat(apart, self.offsets[:-1])
            if self.places.shape is not Shape.TREE:  # a chain or a block looks the same all over
                first = 0 if self.places.band_lines or len(self._gaps) == 1 else 1
                self._gaps[first:] = self._gaps.min()
        return self._gaps

    @property
    def rings(self) -> Rings:
        """How the tree stands in the radial form."""
        if self._rings is None:
            self._rings = rings_of(self.places, self._width)
        return self._rings

    def set_round(self, is_round: bool) -> None:
        """Draw it in the radial form, or from the top down."""
        self.is_round = is_round
        self.version += 1

    def plane(self, x: Floats) -> tuple[Floats, Floats]:
        """Where all slots stand in the plane of the form, when they are at places x."""
        if x is self.x and self._plane is not None and self._plane[0] is self.is_round:
            return self._plane[1]
        found = self.rings.plane(x, self.lines) if self.is_round else (x, self.lines.astype(np.float64))
        if x is self.x:
            self._plane = self.is_round, found
        return found

    def spot(self, slot: int) -> tuple[float, float]:
        """Where one slot stands in the plane."""
        if not self.is_round:
            return float(self.x[slot]), float(self.line_of(slot))
        x, y = self.rings.plane(self.x[slot : slot + 1], np.array([self.line_of(slot)]))
        return float(x[0]), float(y[0])

    @property
    def extent(self) -> Extent:
        if self.is_round:
            radius = max(float(self.rings.radius(np.array([self.places.line_count - 1]))[0]), 1.0)
            return Extent(2 * radius, 2 * radius, -radius, -radius, True, self._nearest_ring())
        below = 0.5 if self.places.shape is Shape.STAR else 0.0  # the foot of the block
        return Extent(self._width, self.places.line_count - 1 + below)

    def card_scale(self, slot: int) -> float:
        """The least scale at which a node on a ring is a card."""
        line = self.line_of(slot)
        radius = float(self.rings.radius(np.array([line]))[0])
        return max(
            220.0,
            ROOM_OF_CARD / max(float(self.line_gaps[line]) * self.rings.a_place * radius, 1e-9) if radius else 0.0,
        )

    def _nearest_ring(self) -> float:
        """The scale at which the neighbours on every ring have room for cards."""
        lines = np.arange(1, self.places.line_count)
        with np.errstate(divide="ignore"):
            wanted = ROOM_OF_CARD / (self.line_gaps[1:] * self.rings.a_place * self.rings.radius(lines))
        return float(max(NEAREST_RING, wanted.max(initial=0.0)))

    def __len__(self) -> int:
        return len(self.ids)

    def slot_of(self, example: int) -> int | None:
        """Slot of an example, None where it is not shown."""
        if example not in self._known_slots:
            found = np.flatnonzero(self.ids == example)
            self._known_slots[example] = int(found[0]) if len(found) else None
        return self._known_slots[example]

    def line_of(self, slot: int) -> int:
        return int(np.searchsorted(self.offsets, slot, side="right")) - 1

    @property
    def lines(self) -> NDArray[np.int32]:
        """Line of each slot."""
        if self._lines is None:
            self._lines = np.repeat(np.arange(self.places.line_count, dtype=np.int32), np.diff(self.offsets))
        return self._lines

    def depth_of(self, slot: int) -> int:
        return self.tree.depth_of(self.row_of(slot))

    def row_of(self, slot: int) -> int:
        """Row in the tree's own order."""
        return slot if self.places.order is None else int(self.places.order[slot])

    def slot_at(self, row: int) -> int:
        return row if self.slots is None else int(self.slots[row])

    def path(self, slot: int) -> Ints:
        """Slots from a slot up to the seed; the last one asked for is kept, as each frame asks."""
        if self._path is None or self._path[0] != slot:
            path = [slot]
            while (above := int(self.parents[path[-1]])) >= 0:
                path.append(above)
            self._path = slot, np.array(path, np.int64)
        return self._path[1]

    def children(self, slot: int) -> Ints:
        """Slots of the children of a slot."""
        children = self.tree.children(self.row_of(slot))
        rows = np.arange(children.start, children.stop)
        return rows if self.slots is None else self.slots[rows]

    # what is told apart

    def set_colouring(self, colouring: Colouring) -> None:
        """Tell the examples apart by something else; the filter is kept only where the groups are the same."""
        if (colouring.name, colouring.labels) != (self.colouring.name, self.colouring.labels):
            self.hidden = frozenset()
        self.colouring = colouring
        self._group()
        self.version += 1

    def is_hidden_look(self, look: int) -> bool:
        """Whether the filter fades what looks so; only a colouring by state has looks as groups."""
        return self.colouring.scale is Scale.STATES and look in self.hidden

    def _group(self) -> None:
        self.looks = looks_of(self.states)
        self.groups = self.colouring.groups(self.ids, self.looks, self._depths)
        self._tallies: Tallies | None = None
        self._counts: Ints | None = None

    def _depths(self) -> Ints:
        depths = self.tree.depths if self.places.order is None else self.tree.depths[self.places.order]
        return np.maximum(np.asarray(depths, np.int64) - self.is_forest, 0)

    # what a person has decided

    def set_states(self, examples: Sequence[int], states: Codes) -> None:
        """Put in new state codes of some examples (one code for each, or one for all)."""
        wanted = np.asarray(examples, np.int64)
        by_id = np.argsort(wanted, kind="stable")
        codes = np.broadcast_to(np.asarray(states, np.uint8), wanted.shape)[by_id]
        for tree in (self.tree, self.whole) if self.tree is not self.whole else (self.tree,):
            rows = tree.rows_of(wanted)
            place = np.searchsorted(wanted[by_id], tree.ids[rows])
            tree.states[rows] = codes[place]
        if self.slots is not None:
            self.states[self.slots] = self.tree.states
        self._group()
        self.version += 1

    def counts(self) -> Ints:
        """Number of examples of each group; seeds are not counted."""
        if self._counts is None:
            self._counts = np.bincount(self.groups[self.seeds :], minlength=len(self.colouring.labels))
        return self._counts

    def count_of(self, label: str) -> int:
        """Number of examples of the group with this label."""
        return int(self.counts()[self.colouring.labels.index(label)])

    @property
    def tallies(self) -> Tallies:
        """Counts between slots: of the groups; of the marks selected, edited, and flagged where that is no group."""
        if self._tallies is None:
            masks = [self.selected, self.is_edited(None)]
            if self.colouring.scale is not Scale.STATES:  # by state, they are a group
                masks.append(self.looks == FLAG)
            self._tallies = Tallies(self.groups, len(self.colouring.labels), masks)
        return self._tallies

    def is_edited(self, slots: Ints | None) -> NDArray[np.bool_]:
        """Which of the slots (None: of all) a person has edited."""
        states = self.states if slots is None else self.states[slots]
        return np.asarray((states & EDITED) != 0)

    # selection

    def _selected_array(self) -> Ints:
        return np.fromiter(self.selected_ids, np.int64, len(self.selected_ids))

    def select(self, examples: Iterable[int], current: int | None = None) -> None:
        """Select exactly these examples; `current` is the one that keys move from and the path leads to."""
        wanted = np.fromiter(examples, np.int64)
        found = self.ids[wanted_mask(self.ids, wanted)]
        self.selected_ids = set(found.tolist())
        if current is None or current not in self.selected_ids:
            current = int(found[0]) if len(found) == 1 else None
        self.current = current
        self._selected = self._tallies = None

    @property
    def selected(self) -> NDArray[np.bool_]:
        """Mask of the selected slots."""
        if self._selected is None:
            self._selected = wanted_mask(self.ids, self._selected_array())
        return self._selected

    def selected_in_order(self) -> list[int]:
        """Selected ids in breadth-first order."""
        if len(self.selected_ids) < 2:
            return list(self.selected_ids)
        return [int(example) for example in self.tree.ids[self.tree.rows_of(self._selected_array())]]

    # growth

    def set_growing(self, growing: dict[int, int]) -> None:
        """Take which examples are being grown, and how many children of each are on the way."""
        self.growing, self._growing = growing, None

    def growing_slots(self) -> dict[int, int]:
        """The same by slot; of folded ones at the nearest example above that is shown."""
        if self._growing is None:
            wanted = np.fromiter(self.growing, np.int64)
            slots = np.flatnonzero(wanted_mask(self.ids, wanted))
            shown = self.ids[slots].tolist()
            self._growing = {slot: self.growing[one] for slot, one in zip(slots.tolist(), shown, strict=True)}
            hidden = self.growing.keys() - set(shown) if self.tree is not self.whole else ()
            for one in list(hidden)[:MOST_FOLDED_GROWING]:
                slot = self.slot_of(self.shown_ancestor(one)) if len(self.whole.rows_of([one])) else None
                if slot is not None:
                    self._growing[slot] = self._growing.get(slot, 0) + self.growing[one]
            self._growing = {slot: count for slot, count in self._growing.items() if count > 0}
        return self._growing

    def add_children(self, parent: int, ids: Ints, states: Codes) -> Floats | None:
        """Put children in. Returns the x each slot comes from, None where the whole drawing was laid out anew."""
        whole_row = self.whole.row_of(parent)
        fresh = ids[~wanted_mask(ids, self.whole.ids[list(self.whole.children(whole_row))])]
        codes = states[np.isin(ids, fresh)]
        if not len(fresh):
            return self.x
        is_whole = self.tree is self.whole
        self.whole = with_children(self.whole, whole_row, fresh, codes)
        if not is_whole and not self._shows_below(parent):
            self._below = None
            return self.x
        row = whole_row if is_whole else self.tree.row_of(parent)
        grown = self.whole if is_whole else with_children(self.tree, row, fresh, codes)
        if self.places.shape is not Shape.TREE or self.places.order is not None:
            self._lay_out()
            return None
        before, at = self.x, self.tree.first_child_of(row + 1)
        self.place(grown, insert_children(self.tree, self.places, row, len(fresh)))
        came_from = np.insert(before, at, np.full(len(fresh), before[row]))
        after = slice(at, at + len(fresh))
        line = grown.depth_of(at)
        low = came_from[at - 1] if at > grown.offsets[line] else -np.inf
        high = came_from[after.stop] if after.stop < grown.offsets[line + 1] else np.inf
        came_from[after] = np.clip(came_from[after], low, max(low, high))
        return came_from

    def _shows_below(self, parent: int) -> bool:
        """Whether new children of an example would be shown."""
        slot, focus = self.slot_of(parent), self.folding.focus
        if slot is None or parent in self.folding.closed:
            return False
        return not focus or focus in self.whole.path_to_seed(parent)

    def settle(self) -> Floats | None:
        """Lay a grown tree out tidily again. Returns the x each slot comes from, None where lines have changed."""
        before, shape = self.x, self.places.shape
        ids = self.ids
        self._lay_out()
        if len(ids) != len(self.ids):
            return None
        return before if shape is Shape.TREE and self.places.shape is Shape.TREE else None
