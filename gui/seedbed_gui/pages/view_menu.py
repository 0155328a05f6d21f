"""The menu of the view: what of the tree is shown, and how; all of it by keys too."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from seedbed_gui.canvas import TreeCanvas
from seedbed_gui.pages.tree_colours import TreeColours


@dataclass(frozen=True, slots=True)
class Forest:
    """Whether there are several seeds, whether they are shown side by side, and what changes that."""

    can_be: bool
    is_on: bool
    toggle: Callable[[], object]


class ViewMenu(QMenu):
    """The menu as it is now; deleted once it is closed."""

    def __init__(
        self, canvas: TreeCanvas, colours: TreeColours, at: QPoint, save: Callable[[bool], object], forest: Forest
    ) -> None:
        super().__init__(canvas)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._canvas = canvas
        self._add_views()
        self.addSeparator()
        self._add_branches()
        self.addSeparator()
        is_round = canvas.scene.is_round
        self._add("Radial form", lambda: canvas.set_round(not is_round), "V", is_on=is_round)
        self._add("All seeds side by side", forest.toggle, "S", forest.can_be, is_on=forest.is_on)
        self._add(f"Colour by {colours.chosen} …", partial(colours.ask, at), "C")
        self.addSeparator()
        self._add("Save a picture of what is seen …", partial(save, False), "Ctrl+P")
        self._add("Save a picture of the whole tree …", partial(save, True), "Ctrl+Shift+P")

    def _add_views(self) -> None:
        canvas = self._canvas
        self._add("Fit the whole tree", canvas.fit, "F")
        self._add("Nearer", partial(canvas.zoom, 1.3), "+")
        self._add("Farther", partial(canvas.zoom, 1 / 1.3), "-")
        self.addSeparator()
        self._add("Back", partial(canvas.step, -1), "Alt+Left", canvas.trail.can_go_back)
        self._add("Forward", partial(canvas.step, 1), "Alt+Right", canvas.trail.can_go_forward)

    def _add_branches(self) -> None:
        scene, branches, current = self._canvas.scene, self._canvas.branches, self._canvas.current()
        folding = branches.folding
        has_branch = current is not None and branches.has_children(current)
        is_folded = current is not None and current in folding.closed
        words = "Unfold branch" if is_folded else "Fold branch"
        self._add(words, partial(branches.toggle, current or 0), "Space", has_branch)
        slot = None if current is None else scene.slot_of(current)
        depth = 0 if slot is None else scene.depth_of(slot)
        below = partial(branches.fold_below, depth)
        self._add(f"Fold all below depth {depth}", below, "Shift+Space", slot is not None)
        self._add("Focus on branch", partial(branches.focus, current or 0), "B", has_branch and bool(current))
        hides = folding.hides_rejected
        self._add("Hide rejected", lambda: branches.hide_rejected(not hides), "H", is_on=hides)
        self._add("Show all", branches.show_all, "Backspace", not folding.is_whole)

    def _add(
        self, text: str, act: Callable[[], object], key: str = "", is_enabled: bool = True, is_on: bool | None = None
    ) -> None:
        entry = self.addAction(text)
        entry.setShortcut(QKeySequence(key))
        entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the canvas or the page hears the key itself
        entry.setEnabled(is_enabled)
        if is_on is not None:
            entry.setCheckable(True)
            entry.setChecked(is_on)
        entry.triggered.connect(lambda _: act())
