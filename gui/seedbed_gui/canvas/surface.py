"""Surface: the tree on a widget: what is shown of it, what is selected, the view; hears neither pointer nor keys."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from seedbed_engine.tree.folding import Folding
from seedbed_engine.tree.lineage import TreeArrays, tree_arrays
from seedbed_engine.tree.places import Shape
from seedbed_gui import style
from seedbed_gui.canvas.colouring import LOOK_NAMES, Colouring
from seedbed_gui.canvas.fitting import fitted
from seedbed_gui.canvas.growth import Floats, Glide
from seedbed_gui.canvas.inks import inks_of
from seedbed_gui.canvas.labels import Provider
from seedbed_gui.canvas.legend import EDGE, LEGEND_HEIGHT
from seedbed_gui.canvas.painter import Frame, TreePainter
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.canvas.view import View
from seedbed_gui.language import tr
from seedbed_gui.sayings import told

CARD_SCALE = 206.0  # pixels a place at which all nodes are cards
SETTLE_MS = 1_000
TICK_MS = 16


class Surface(QWidget):
    """Shows one seed's tree. Ids are the examples' own; the seed is 0."""

    selection_changed = Signal(list)
    activated = Signal(int)
    context_requested = Signal(int, QPoint)
    view_menu_wanted = Signal(QPoint)
    filter_changed = Signal(list)
    folding_changed = Signal()
    colouring_wanted = Signal(QPoint)  # the person asks for another one, at this point of the screen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = Scene()
        self.painter = TreePainter()
        self.frame: Frame | None = None
        self._is_stale = False  # the tree has changed since the frame was drawn
        self._view = View(self.width(), self.height(), self.scene.extent).fitted()
        self._follows = True
        self._is_empty = True
        self._hint = ""
        self._glide = Glide()
        self._clock = QElapsedTimer()
        self._ticker = QTimer(self, interval=TICK_MS)
        self._ticker.timeout.connect(self._tick)
        self._later = QTimer(self, interval=0, singleShot=True)
        self._later.timeout.connect(self.update)
        self._settler = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settler.timeout.connect(self.settle)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 200)
        self.setAccessibleName(tr("Tree of examples"))

    def sizeHint(self) -> QSize:
        return QSize(900, 640)

    # what is shown

    def set_tree(
        self,
        arrays: TreeArrays,
        states: NDArray[np.uint8] | None = None,
        keep_view: bool = False,
        is_forest: bool = False,
    ) -> None:
        """Show a tree; `states` in the arrays' order take the place of those they have.

        Of a forest, 0 is the project and its children, with ids below 0, are the seeds.
        """
        if states is not None:
            arrays = TreeArrays(arrays.ids, arrays.parents, arrays.offsets, np.array(states, np.uint8))
        before = self.selected()
        self._is_empty = False
        self._is_stale = True
        self._settler.stop()
        self._glide.start(None, None)
        self.scene.is_forest = is_forest
        self.scene.set_tree(arrays)
        self.painter.book.forget()
        self._view = self._view.moved_onto(self.scene.extent)
        if not keep_view:
            self._follows = True
            self._view = fitted(self.scene, self._view)
        self._tell_selection(before)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self.scene.folding, self.scene.is_forest = Folding(), False
        self.set_tree(tree_arrays((), ()))
        self._is_empty, self.frame = True, None

    def set_hint(self, text: str) -> None:
        """What to say below the seed while it stands alone."""
        self._hint = text
        self.update()

    def set_states(self, examples: Sequence[int], states: ArrayLike) -> None:
        """Change state codes: one for each of the examples, or one for all."""
        self.scene.set_states(examples, np.asarray(states, np.uint8))
        if self.scene.folding.hides_rejected:
            self.refold(self.scene.folding)
        self.update()

    def set_labels(self, provider: Provider | None) -> None:
        """Say who tells the texts of examples; asked only for those in sight, and kept."""
        self.painter.book.provider = provider
        self.labels_changed()

    def labels_changed(self, examples: Sequence[int] | None = None) -> None:
        """Ask again for the texts of these examples, or of all."""
        self.painter.book.forget(examples)
        self.update()

    def add_children(self, parent: int, ids: ArrayLike, states: ArrayLike | None = None) -> None:
        """Put new children of an example in at once: what is there gives way, the new ones glide in."""
        new = np.asarray(ids, np.int64)
        codes = np.zeros(len(new), np.uint8) if states is None else np.asarray(states, np.uint8)
        view = self._shown_view()
        came_from = self.scene.add_children(parent, new, codes)
        self._is_empty, self._is_stale = False, True
        self._move_to(self._view.moved_onto(self.scene.extent), came_from, view)
        if self.scene.places.shape is Shape.TREE and not self._settler.isActive():
            self._settler.start()

    def settle(self) -> None:
        """Lay the grown tree out tidily again; what is in the middle of the window stays there."""
        anchor, timer = self._anchor(), QElapsedTimer()
        view, before = self._shown_view(), self._glide.places(self.scene.x)
        timer.start()
        came_from = self.scene.settle()
        self._is_stale = True
        self._settler.setInterval(max(SETTLE_MS, 40 * timer.elapsed()))
        self._move_about(anchor, None if came_from is None else before, view)

    def refold(self, folding: Folding, *, fits: bool = False) -> None:
        """Show another part of the tree; `fits`: all of it in the window, else what is in the middle stays there."""
        before = self.selected()
        anchor, view = self._anchor(), self._shown_view()
        came_from = self.scene.refold(folding, self._glide.places(self.scene.x))
        self._is_stale = True
        self._follows = self._follows or fits
        self._move_about(anchor, came_from, view)
        self._tell_selection(before)
        self.folding_changed.emit()

    def _move_about(self, anchor: int | None, came_from: Floats | None, view: View) -> None:
        """Glide to new places; an anchor (an example) stays where it is."""
        target = self._view.moved_onto(self.scene.extent)
        slot = None if anchor is None else self.scene.slot_of(self.scene.shown_ancestor(anchor))
        if came_from is None or slot is None or self._follows or self.scene.is_round:
            self._move_to(target, came_from, view)
            return
        moved = float(self.scene.x[slot] - came_from[slot])
        self._view = target.panned(-moved * target.scale_x, 0.0)
        self._start_glide(came_from + moved, None)

    def set_growing(self, growing: Mapping[int, int]) -> None:
        """Say which examples are being grown and how many children of each are on the way; empty: none."""
        self.scene.set_growing(dict(growing))
        self.update()

    def set_colouring(self, colouring: Colouring) -> None:
        """Colour the examples by something else; the legend's filter starts anew where it has other groups."""
        self.scene.set_colouring(colouring)
        self.update()

    def set_hidden(self, labels: Iterable[str]) -> None:
        """Fade the groups with these labels (by state: new, approved ...); the legend's filter."""
        wanted = set(labels)
        known = enumerate(self.scene.colouring.labels)
        self.scene.hidden = frozenset(group for group, label in known if label in wanted)
        self.filter_changed.emit(self.hidden())
        self.update()

    def hidden(self) -> list[str]:
        """What the legend's filter fades."""
        return [self.scene.colouring.labels[group] for group in sorted(self.scene.hidden)]

    def toggle_group(self, group: int, alone: bool = False) -> None:
        """Fade a group, or show it again; `alone`: fade all others, or show all again."""
        labels, hidden = self.scene.colouring.labels, self.scene.hidden
        others = frozenset(range(len(labels))) - {group}
        now = hidden ^ {group} if not alone else (frozenset() if hidden >= others else others)
        self.set_hidden(labels[one] for one in now)

    def of_group(self, group: int) -> list[int]:
        """Ids of the examples of a group."""
        scene = self.scene
        return [int(one) for one in scene.ids[scene.seeds :][scene.groups[scene.seeds :] == group]]

    def set_round(self, is_round: bool) -> None:
        """Draw the tree in the radial form, or from the top down; the example that is looked at stays in sight."""
        self.scene.set_round(is_round)
        self._is_stale = True
        self._glide.start(None, None)
        self._view = fitted(self.scene, self._view.moved_onto(self.scene.extent))
        self._follows = True
        self.update()

    # selection

    def selected(self) -> list[int]:
        """Ids of the selected examples, nearest to the seed first."""
        return self.scene.selected_in_order()

    def current(self) -> int | None:
        """The example that the path leads to and that keys move from."""
        return self.scene.current

    def select(self, ids: Iterable[int], current: int | None = None) -> None:
        """Select exactly these; unknown ids are passed over."""
        before = self.selected()
        self.scene.select(list(ids), current)
        self._tell_selection(before)
        self.update()

    def _tell_selection(self, before: list[int]) -> None:
        now = self.selected()
        if now != before:
            self.setAccessibleDescription(self._selection_in_words(now))
            self.selection_changed.emit(now)

    def _selection_in_words(self, chosen: list[int]) -> str:
        slot = self.scene.slot_of(chosen[0]) if len(chosen) == 1 else None
        if slot is None:
            return tr("{many:,} examples selected", many=len(chosen))
        look, depth = told(LOOK_NAMES[int(self.scene.looks[slot])]), self.scene.depth_of(slot) - self.scene.is_forest
        return tr("Example {example}, {look}, depth {depth}", example=chosen[0], look=look, depth=depth)

    # view

    def view(self) -> View:
        """The view that is shown, or that the window is gliding to."""
        return self._view

    def set_view(self, view: View, smooth: bool = False) -> None:
        """Show another part; the person's own doing, so that the tree is no longer fitted while it grows."""
        self._follows = False
        shown = self._shown_view()
        self._view = view
        if smooth:
            self._start_glide(self._glide.places(self.scene.x), shown)
        self.update()

    def fit(self) -> None:
        """Show the whole tree, and keep it fitted while it grows."""
        self.set_view(fitted(self.scene, self._view.moved_onto(self.scene.extent)), smooth=True)
        self._follows = True

    @property
    def is_fitted(self) -> bool:
        """Whether the whole tree is kept in the window."""
        return self._follows

    def center_on(self, example: int, near: bool = False, scale: float | None = None) -> None:
        """Bring an example to the middle; `near`: as a card; else at a scale where one is given."""
        slot = self.scene.slot_of(example)
        if slot is None:
            return
        place, line = self.scene.spot(slot)
        if near:
            scale = max(CARD_SCALE, self._view.scale_x)
            if self.scene.is_round:
                scale = self.scene.card_scale(slot)
        at = self._view.centred(place, line) if scale is None else self._view.near(place, line, scale)
        self.set_view(at, smooth=True)

    def reveal(self, example: int) -> None:
        """Bring an example to the middle where it is not in sight."""
        slot = self.scene.slot_of(example)
        if slot is None:
            return
        place, row = self.scene.spot(slot)
        x, y = self._view.x(place), self._view.y(row)
        if not (60 < x < self.width() - 60 and 40 < y < self.height() - 70):
            self.center_on(example)

    def zoom(self, factor: float, x: float | None = None, y: float | None = None) -> None:
        """Nearer (above 1) or farther about a point, the middle where none is given."""
        about_x = self.width() / 2 if x is None else x
        about_y = self.height() / 2 if y is None else y
        self.set_view(self._view.zoomed(factor, about_x, about_y))

    def seen(self) -> Frame | None:
        """The frame in which the pointer finds things: of the tree as it is now, drawn first where it changed since."""
        if self._is_stale and self.frame is not None:
            self.repaint()
        return None if self._is_stale else self.frame

    def free_corner(self) -> QPoint:
        """Lower right corner of what no overlay covers: there a notice can lie."""
        area = self.frame.map_area or self.frame.legend.area if self.frame is not None else None
        top = self.height() - EDGE - LEGEND_HEIGHT if area is None else area.top()
        return QPoint(round(self.width() - EDGE), round(top - EDGE / 2))

    # moving

    @property
    def is_gliding(self) -> bool:
        """Whether nodes or the view are on their way."""
        return self._glide.is_going

    def _shown_view(self) -> View:
        return self._glide.view(self._view)

    def _anchor(self) -> int | None:
        """Example that stays where it is when all is laid out anew: the selected one, else the one in the middle."""
        if self.scene.current is not None:
            return self.scene.current
        if self.scene.is_round:
            return None
        line = round(self._view.row(self.height() / 2))
        line = min(max(line, 0), self.scene.places.line_count - 1)
        start, stop = int(self.scene.offsets[line]), int(self.scene.offsets[line + 1])
        at = start + int(np.searchsorted(self.scene.x[start:stop], self._view.place(self.width() / 2)))
        return int(self.scene.ids[min(at, stop - 1)])

    def _move_to(self, target: View, came_from: Floats | None, shown: View) -> None:
        self._view = fitted(self.scene, target) if self._follows else target
        self._start_glide(came_from, shown)

    def _start_glide(self, came_from: Floats | None, shown: View | None) -> None:
        self._glide.start(came_from, shown if self.isVisible() else None)
        if not self.isVisible():
            self._glide.start(None, None)
        if self._glide.is_going:
            self._clock.start()
            self._ticker.start()
        self.update()

    def _tick(self) -> None:
        self._glide.advance(self._clock.restart())
        if not self._glide.is_going:
            self._ticker.stop()
        self.update()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        view = self._view.resized(self.width(), self.height())
        self._view = fitted(self.scene, view) if self._follows else view

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self.update()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._is_empty:
            painter.fillRect(self.rect(), inks_of(style.current()).background)
        else:
            x = self._glide.places(self.scene.x)
            self.frame = self.painter.paint(painter, self.scene, self._shown_view(), x, style.current())
            self._is_stale = False
            self._paint_hint(painter)
            self.paint_over(painter)
            if self.painter.typesetter.postponed and not self.is_gliding:
                self._later.start()
        painter.end()

    def paint_over(self, painter: QPainter) -> None:
        """What lies over all else while something is being done."""

    def _paint_hint(self, painter: QPainter) -> None:
        if len(self.scene) > 1 or self.scene.growing or not self._hint:
            return
        inks = inks_of(style.current())
        painter.setFont(inks.body.font)
        painter.setPen(QPen(inks.quiet))
        area = QRectF(24, self._view.y(0) + 56, self.width() - 48, 60)
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self._hint)
