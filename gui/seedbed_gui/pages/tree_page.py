"""The tree page: the canvas in the middle, the inspector at its right, search over it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.rows import ExampleRow, SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.tree.folding import Folding
from seedbed_gui import notices, style
from seedbed_gui.canvas import TreeCanvas
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.acts import Act, hear_keys
from seedbed_gui.pages.frames import row
from seedbed_gui.pages.inspector import Inspector
from seedbed_gui.pages.node_texts import NodeTexts
from seedbed_gui.pages.open_project import OpenProject, Overview
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.saved_pictures import ask_for_picture, copy_picture, save_picture
from seedbed_gui.pages.search_panel import SHOWN, SearchPanel
from seedbed_gui.pages.top_bar import TopBar
from seedbed_gui.pages.tree_colours import STATE, WORDS, TreeColours
from seedbed_gui.pages.tree_menu import TreeActs
from seedbed_gui.pages.tree_news import Log, News, Shown, Whole, read_news, read_whole
from seedbed_gui.pages.view_menu import Forest, ViewActs

MOST_FOUND = 1_000_000
MOST_FOLDED = 2000  # branches remembered across starts
HINT = mark("Only the seed is here so far. Press G to grow examples from it.")


class TreePage(Page):
    """Shows one seed's tree and keeps it as the file has it."""

    name, title = "tree", mark("Tree")

    path_changed = Signal(list)  # ids from the seed's child down to the example that is selected
    seed_entered = Signal(int)  # in a forest: the seed of what is selected
    trail_changed = Signal(bool, bool)  # whether there is a place to go back to, and one to go forward to

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project: OpenProject | None = None
        self.seed: SeedRow | None = None
        self._last: Mapping[int, int] = {}
        self._log = Log()
        self._shown = Shown()
        self.is_forest = False
        self._is_reading, self._is_stale, self._is_whole = False, False, False
        self._to_show: int | None = None  # once the tree is read
        self._folded: dict[str, Any] = {}  # as it was when the studio was closed
        self.is_growing = False
        self._words = ""  # looked for last
        self.path: list[int] = []
        self.menu: QMenu | None = None
        self.texts = NodeTexts(self)
        self.canvas = TreeCanvas()
        self.canvas.set_labels(self.texts.of)
        self.canvas.set_hint(tr(HINT))
        self.texts.came.connect(self.canvas.labels_changed)
        self.colours = TreeColours(self.canvas)
        self.inspector = Inspector()
        self.found = SearchPanel(self)
        layout = row(self, 0)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.inspector)
        self._connect()

    def _connect(self) -> None:
        self.canvas.selection_changed.connect(self._selection_changed)
        trail = self.canvas.trail
        self.canvas.trail_changed.connect(lambda: self.trail_changed.emit(trail.can_go_back, trail.can_go_forward))
        self.canvas.activated.connect(lambda _: self.inspector.edit())
        self.canvas.context_requested.connect(self._show_menu)
        self.canvas.view_menu_wanted.connect(self.show_view_menu)
        self.inspector.select_wanted.connect(self.show_example)
        self.inspector.edit_left.connect(self.canvas.setFocus)
        self.found.chosen.connect(self.show_example)
        self.found.all_wanted.connect(self._select_found)
        forest = Forest(lambda: self.can_be_forest, lambda: self.is_forest, self.toggle_forest)
        self.view_acts = ViewActs(self.canvas, self.colours, forest, self.save_picture, self.copy_picture)
        self.example_acts = TreeActs(self.canvas, self.inspector)
        hear_keys(self, self.acts())
        fit = QShortcut(QKeySequence("F"), self)  # the canvas hears it too, while the focus is there
        fit.activated.connect(self.canvas.fit)

    def hear_search(self, bar: TopBar) -> None:
        """Look for what is typed in the bar; the keys go from there into the list of what was found, and back."""
        bar.searched.connect(self.search)
        bar.search_entered.connect(self.search_first)
        bar.list_wanted.connect(self.enter_found)
        bar.search_left.connect(self.canvas.setFocus)
        self.found.up_wanted.connect(bar.search.setFocus)
        self.found.left.connect(bar.leave_search)

    def set_project(self, project: OpenProject | None) -> None:
        self.show_seed(project, None)

    def acts(self) -> Sequence[Act]:
        return [*self.example_acts.all(), *self.view_acts.all()]

    def layout_to_keep(self) -> dict[str, Any]:
        folding, project = self.canvas.scene.folding, self._project
        kept = {"colour": self.colours.chosen, "is_round": self.canvas.scene.is_round, **self._folded}
        if project is not None and not self.is_forest and self.seed is not None:
            kept["folded"] = [str(project.path), self.seed.id, sorted(folding.closed)[:MOST_FOLDED]]
            kept["hides_rejected"] = folding.hides_rejected
        return kept

    def set_layout(self, kept: Mapping[str, Any]) -> None:
        self.colours.chosen = chosen if (chosen := kept.get("colour")) in WORDS else STATE
        self.canvas.set_round(kept.get("is_round") is True)
        self._folded = {name: kept[name] for name in ("folded", "hides_rejected") if name in kept}

    def count_of(self, overview: Overview) -> int:
        return sum(seed.new + seed.approved for seed in overview.seeds)

    def show_seed(self, project: OpenProject | None, seed: SeedRow | None) -> None:
        """Show another tree, or none; in a forest all are shown, and this one is where the person is."""
        self.is_forest = self.is_forest and project is self._project
        seeds = () if project is None or seed is None else (seed,) if not self.is_forest else project.overview.seeds
        shown = Shown(tuple(one.id for one in seeds), self.is_forest)
        is_other = project is not self._project or shown != self._shown
        self._project, self.seed, self._shown = project, seed, shown
        self.inspector.set_project(project, seed)
        if not is_other:
            return
        self._is_whole = self._is_reading = self._is_stale = False
        self._to_show = None
        self.texts.set_seed(project, seed, seeds if self.is_forest else ())
        self.found.hide()
        self.canvas.select(())  # else the seed of the next tree would seem to be selected already
        self.canvas.clear()
        self.colours.set_seeds(project, shown.seeds)
        if project is not None and seed is not None:
            self.refresh()

    def show_forest(self, is_forest: bool) -> None:
        """Show all seeds side by side, or only the one where the person is."""
        self.is_forest = is_forest
        self.show_seed(self._project, self.seed)

    @property
    def can_be_forest(self) -> bool:
        """Whether there are several seeds to show side by side."""
        return self._project is not None and len(self._project.overview.seeds) > 1

    def toggle_forest(self) -> None:
        """Show all seeds side by side, or one of them again."""
        if self.is_forest or self.can_be_forest:
            self.show_forest(not self.is_forest)

    def refresh(self) -> None:
        """Read what is new; several wishes at once become one."""
        project, shown = self._project, self._shown
        if project is None or not shown.seeds:
            return
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading = True
        if not self._is_whole:
            project.read(lambda store: (shown, read_whole(store, shown)), self._take_whole, owner=self)
            return
        last, log, growing = self._last, self._log, self.is_growing
        project.read(lambda store: (shown, read_news(store, shown, last, log, growing)), self._take_news, owner=self)

    def reread_states(self) -> None:
        """Read all states anew: a run marked examples, which is no change of the history."""
        project, shown = self._project, self._shown
        if project is not None and self._is_whole:
            project.read(
                lambda store: (shown, [trees.read_states(store, seed) for seed in shown.seeds]),
                self._take_states,
                owner=self,
            )

    def _take_states(self, answer: tuple[Shown, list[tuple[NDArray[np.int64], NDArray[np.uint8]]]]) -> None:
        shown, found = answer
        if shown == self._shown and self._is_whole:
            for ids, codes in found:
                self.canvas.set_states(ids.tolist(), codes)

    def show_example(self, example: int) -> None:
        """Select an example (0: the seed) and bring it into sight."""
        self._to_show = None if self._is_whole else example
        self.canvas.show_example(example or self._root)

    def go_to_seed(self) -> None:
        """In a forest, bring the seed where the person is into sight."""
        if self.is_forest and self._is_whole:
            self.show_example(0)

    @property
    def _root(self) -> int:
        """What the seed where the person is is called on the canvas."""
        return self._shown.root(self.seed.id) if self.seed is not None else 0

    def search(self, words: str, then: Callable[[], object] = lambda: None) -> None:
        """Look for examples by the beginnings of their words; `then` is done once they are listed."""
        project, seed, self._words = self._project, self.seed, words
        if project is None or seed is None or not words.strip():
            self.found.hide()
            return

        of = None if self.is_forest else seed.id

        def find(store: Store) -> tuple[list[ExampleRow], str]:
            ids = trees.search(store, words, of, SHOWN)
            by_id = {found.id: found for found in trees.read_examples(store, ids)}
            return [by_id[one] for one in ids if one in by_id], words

        def show(answer: tuple[list[ExampleRow], str]) -> None:
            if words == self._words:
                self.found.show_found(*answer)
                self._place_found()
                then()

        project.read(find, show, owner=self)

    def search_first(self, words: str) -> None:
        """Go to the first one that is found."""
        self._once_found(words, self.found.choose_first)

    def enter_found(self, words: str) -> None:
        """Walk through those that are found."""
        self._once_found(words, self.found.enter)

    def _once_found(self, words: str, act: Callable[[], object]) -> None:
        if self.found.isVisible() and self.found.words == words:
            act()
        else:
            self.search(words, act)

    def _select_found(self, words: str) -> None:
        """Select all that match, also those beyond the list."""
        project, seed = self._project, self.seed
        if project is not None and seed is not None:
            of = None if self.is_forest else seed.id
            project.read(lambda store: trees.search(store, words, of, MOST_FOUND), self.canvas.select, owner=self)

    def enter(self) -> None:
        """The keys belong to the canvas."""
        self.canvas.setFocus()

    def notice_corner(self) -> QPoint:
        """Notices lie over the canvas, beside the inspector's buttons."""
        return self.canvas.mapTo(self, self.canvas.free_corner())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_found()

    def _show_menu(self, example: int, at: QPoint) -> None:
        if self._project is not None:
            self.canvas.select(self.canvas.selected(), example)
            self.menu = self.example_acts.menu()
            self.menu.popup(at)

    def show_view_menu(self, at: QPoint) -> None:
        """Show what can be done with the view, at a point of the screen."""
        if self._project is not None:
            self.menu = self.view_acts.menu(at, self.canvas)
            self.menu.popup(at)

    def save_picture(self, whole: bool) -> None:
        """Ask where a picture of the tree goes, and draw it."""
        if self._project is None or self.seed is None:
            return
        target = ask_for_picture(self, self._project, whole)
        if target is not None:
            save_picture(self.canvas, self._project, self.texts, target, whole=whole)

    def copy_picture(self) -> None:
        """Put a picture of what is seen into the clipboard."""
        if self._project is not None and self.seed is not None:
            copy_picture(self.canvas, self._project, self.texts)

    def _place_found(self) -> None:
        self.found.move(self.canvas.width() - self.found.width() - style.L, style.M)

    def _take_whole(self, answer: tuple[Shown, Whole]) -> None:
        shown, whole = answer
        if shown != self._shown:
            return
        self._is_reading, self._is_whole = False, True
        self._last, self._log = whole.last, whole.log
        self.canvas.set_tree(whole.arrays, is_forest=shown.is_forest)
        self.colours.tree_changed()
        self._fold_again()
        self.canvas.select([self._root], self._root)
        if self._to_show is not None:
            self.show_example(self._to_show)
        self._again_if_stale()

    def _fold_again(self) -> None:
        """Fold what was folded when the studio was closed, where it is this tree."""
        folded, hides = self._folded.pop("folded", None), self._folded.pop("hides_rejected", False) is True
        if self._project is None or self.seed is None or not isinstance(folded, list) or len(folded) != 3:
            return
        path, seed, closed = folded
        if path != str(self._project.path) or seed != self.seed.id or not isinstance(closed, list):
            return
        known = frozenset(one for one in closed if isinstance(one, int) and self.canvas.branches.has_children(one))
        if known or hides:
            self.canvas.refold(Folding(known, hides_rejected=hides), fits=True)

    def _take_news(self, answer: tuple[Shown, News]) -> None:
        shown, news = answer
        if shown != self._shown or not self._is_whole:
            return
        self._is_reading = False
        self._last, self._log = news.last, news.log
        for parent, ids, states in news.children:
            self.canvas.add_children(parent, ids, states)
        if len(news.changed):
            changed = news.changed.tolist()
            self.canvas.set_states(changed, news.codes)
            self.texts.forget(changed)
            self.canvas.labels_changed(changed)
        if news.children or len(news.changed):
            self.colours.tree_changed()
        self.canvas.set_growing(news.growing if self.is_growing else {})
        self.inspector.reread()
        self._again_if_stale()

    def _give_up(self, error: PersonError) -> None:
        self._is_reading = False
        notices.warn(error)

    def _again_if_stale(self) -> None:
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def _selection_changed(self, selection: Sequence[int]) -> None:
        current = selection[0] if len(selection) == 1 else None
        if self.is_forest and current:
            seed = next(one for one in self.canvas.scene.whole.path_to_seed(current) if one < 0)
            self.seed_entered.emit(-seed)
        self.inspector.show_selection(self._for_inspector(selection))
        self.path = self._path_to(current) if current else []
        self.path_changed.emit(self.path)

    def _path_to(self, example: int) -> list[int]:
        return [one for one in reversed(self.canvas.scene.whole.path_to_seed(example)) if one > 0]

    def _for_inspector(self, selection: Sequence[int]) -> Sequence[int]:
        """What is selected as the inspector knows it: 0 is the seed; a forest's project is nothing to inspect."""
        if not self.is_forest:
            return selection
        return [0 if one < 0 else one for one in selection if one]
