"""The menu of the view: what of the tree is shown, and how; all of it by keys too."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from seedbed_gui.canvas import TreeCanvas
from seedbed_gui.pages.tree_colours import TreeColours


def show_view_menu(canvas: TreeCanvas, colours: TreeColours, at: QPoint) -> QMenu:
    """Show the menu at a point of the screen."""
    menu = QMenu(canvas)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    branches, folding, current = canvas.branches, canvas.branches.folding, canvas.current()

    def add(
        text: str, act: Callable[[], object], key: str = "", is_enabled: bool = True, is_on: bool | None = None
    ) -> None:
        entry = menu.addAction(text)
        entry.setShortcut(QKeySequence(key))
        entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the canvas hears the key itself
        entry.setEnabled(is_enabled)
        if is_on is not None:
            entry.setCheckable(True)
            entry.setChecked(is_on)
        entry.triggered.connect(lambda _: act())

    add("Fit the whole tree", canvas.fit, "F")
    add("Nearer", partial(canvas.zoom, 1.3), "+")
    add("Farther", partial(canvas.zoom, 1 / 1.3), "-")
    menu.addSeparator()
    add("Back", partial(canvas.step, -1), "Alt+Left", canvas.trail.can_go_back)
    add("Forward", partial(canvas.step, 1), "Alt+Right", canvas.trail.can_go_forward)
    menu.addSeparator()
    has_branch = current is not None and branches.has_children(current)
    is_folded = current is not None and current in folding.closed
    add("Unfold branch" if is_folded else "Fold branch", partial(branches.toggle, current or 0), "Space", has_branch)
    slot = None if current is None else canvas.scene.slot_of(current)
    depth = 0 if slot is None else canvas.scene.depth_of(slot)
    add(f"Fold all below depth {depth}", partial(branches.fold_below, depth), "Shift+Space", slot is not None)
    add("Focus on branch", partial(branches.focus, current or 0), "B", has_branch and bool(current))
    hides = folding.hides_rejected
    add("Hide rejected", lambda: branches.hide_rejected(not hides), "H", is_on=hides)
    add("Show all", branches.show_all, "Backspace", not folding.is_whole)
    menu.addSeparator()
    is_round = canvas.scene.is_round
    add("Radial form", lambda: canvas.set_round(not is_round), "V", is_on=is_round)
    add(f"Colour by {colours.chosen} …", partial(colours.ask, at), "C")
    menu.popup(at)
    return menu
