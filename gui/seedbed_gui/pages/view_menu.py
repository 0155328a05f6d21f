"""What can be done with the view of the tree: what of it is shown, and how; all of it by keys too."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from seedbed_gui.canvas import TreeCanvas
from seedbed_gui.language import inside, mark, tr
from seedbed_gui.pages.acts import Act, add_to_menu
from seedbed_gui.pages.tree_colours import WORDS, TreeColours
from seedbed_gui.sayings import told

GROUP, COLOURS = mark("View"), mark("Colour")
NO_BRANCH = mark("Select an example that has some below it first.")
NO_EXAMPLE = mark("Select an example first.")


@dataclass(frozen=True, slots=True)
class Forest:
    """Whether there are several seeds, whether they are shown side by side, and what changes that."""

    can_be: Callable[[], bool]
    is_on: Callable[[], bool]
    toggle: Callable[[], object]


class ViewActs:
    """The acts of the view, in the order of its menu; the canvas itself hears most of their keys."""

    def __init__(
        self,
        canvas: TreeCanvas,
        colours: TreeColours,
        forest: Forest,
        save: Callable[[bool], object],
        copy: Callable[[], object],
    ) -> None:
        self._canvas, self._colours = canvas, colours
        self._menu_at = QPoint()
        self.entries: list[Act | None] = [*self._views(), None, *self._branches(), None, *self._forms(forest), None]
        self.entries += self._pictures(save, copy)
        self.colour_acts = [
            Act(
                tr("Colour by {what}", what=inside(tr(words))),
                partial(colours.choose, by),
                group=tr(COLOURS),
                is_on=partial(self._is_coloured_by, by),
                also=tr("color"),
            )
            for by, words in WORDS.items()
        ]

    def _pictures(self, save: Callable[[bool], object], copy: Callable[[], object]) -> list[Act]:
        return [
            Act(
                tr("Save a picture of what is seen …"),
                partial(save, False),
                "Ctrl+P",
                group=tr(GROUP),
                also=tr("export PNG SVG"),
            ),
            Act(
                tr("Save a picture of the whole tree …"),
                partial(save, True),
                "Ctrl+Shift+P",
                group=tr(GROUP),
                also=tr("export"),
            ),
            Act(
                tr("Copy a picture of what is seen"),
                copy,
                "Ctrl+Shift+C",
                group=tr(GROUP),
                also=tr("clipboard screenshot"),
            ),
        ]

    def all(self) -> Sequence[Act]:
        """Every act."""
        return [*(act for act in self.entries if act is not None), *self.colour_acts]

    def menu(self, at: QPoint, owner: QWidget) -> QMenu:
        """The menu as it is now, which opens here; deleted once it is closed."""
        self._menu_at = at
        menu = QMenu(owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_to_menu(menu, self.entries)
        return menu

    def _is_coloured_by(self, by: str) -> bool:
        return self._colours.chosen == by

    def _views(self) -> list[Act | None]:
        canvas, trail = self._canvas, self._canvas.trail
        return [
            _shown(tr("Fit the whole tree"), canvas.fit, "F", also=tr("zoom")),
            _shown(tr("Nearer"), partial(canvas.zoom, 1.3), "+", also=tr("zoom in")),
            _shown(tr("Farther"), partial(canvas.zoom, 1 / 1.3), "-", also=tr("zoom out")),
            None,
            _shown(
                tr("Back"),
                partial(canvas.step, -1),
                "Alt+Left",
                lambda: "" if trail.can_go_back else tr("Nowhere yet."),
            ),
            _shown(
                tr("Forward"),
                partial(canvas.step, 1),
                "Alt+Right",
                lambda: "" if trail.can_go_forward else tr("Nowhere yet."),
            ),
        ]

    def _branches(self) -> list[Act | None]:
        canvas, branches = self._canvas, self._canvas.branches
        return [
            _shown(self._fold_words, lambda: branches.toggle(canvas.current() or 0), "Space", self._no_branch),
            _shown(
                lambda: tr("Fold all below depth {depth}", depth=self._depth()),
                lambda: branches.fold_below(self._depth()),
                "Shift+Space",
                lambda: "" if canvas.current() is not None else tr(NO_EXAMPLE),
            ),
            _shown(tr("Focus on branch"), lambda: branches.focus(canvas.current() or 0), "B", self._no_focus),
            _shown(
                tr("Hide rejected"),
                lambda: branches.hide_rejected(not branches.folding.hides_rejected),
                "H",
                is_on=lambda: branches.folding.hides_rejected,
            ),
            _shown(
                tr("Show all"),
                branches.show_all,
                "Backspace",
                lambda: tr("All is shown.") if branches.folding.is_whole else "",
                also=tr("unfold"),
            ),
        ]

    def _forms(self, forest: Forest) -> list[Act | None]:
        canvas, colours = self._canvas, self._colours
        several = lambda: "" if forest.can_be() else tr("There is one seed only.")  # noqa: E731
        return [
            _shown(
                tr("Radial form"),
                lambda: canvas.set_round(not canvas.scene.is_round),
                "V",
                is_on=lambda: canvas.scene.is_round,
                also=tr("rings top-down"),
            ),
            Act(
                tr("All seeds side by side"), forest.toggle, "S", group=tr(GROUP), why_not=several, is_on=forest.is_on,
                also=tr("forest"),
            ),
            _shown(
                lambda: tr("Colour by {what} …", what=told(colours.chosen)),
                lambda: colours.ask(self._menu_at),
                "C",
                also=tr("legend color"),
            ),
        ]  # fmt: skip

    def _depth(self) -> int:
        scene, current = self._canvas.scene, self._canvas.current()
        slot = None if current is None else scene.slot_of(current)
        return 0 if slot is None else scene.depth_of(slot)

    def _fold_words(self) -> str:
        return (
            tr("Unfold branch") if self._canvas.current() in self._canvas.branches.folding.closed else tr("Fold branch")
        )

    def _no_branch(self) -> str:
        current = self._canvas.current()
        return "" if current is not None and self._canvas.branches.has_children(current) else tr(NO_BRANCH)

    def _no_focus(self) -> str:
        return self._no_branch() or ("" if self._canvas.current() else tr("The seed's branch is the whole tree."))


def _shown(
    words: str | Callable[[], str],
    do: Callable[[], object],
    key: str,
    why_not: Callable[[], str] = lambda: "",
    is_on: Callable[[], bool] | None = None,
    also: str = "",
) -> Act:
    """An act whose key the canvas hears."""
    return Act(words, do, key, group=tr(GROUP), why_not=why_not, is_on=is_on, also=also, hears=False)
