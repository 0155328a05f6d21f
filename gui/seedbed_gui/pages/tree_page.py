"""The tree page: the canvas in the middle, the inspector at its right, search over it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.rows import ExampleRow, SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_gui import notices, style
from seedbed_gui.canvas import TreeCanvas
from seedbed_gui.pages.frames import row
from seedbed_gui.pages.inspector import Inspector
from seedbed_gui.pages.node_texts import NodeTexts
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.pages.saved_pictures import ask_for_picture, save_picture
from seedbed_gui.pages.search_panel import SHOWN, SearchPanel
from seedbed_gui.pages.tree_colours import TreeColours
from seedbed_gui.pages.tree_menu import show_tree_menu
from seedbed_gui.pages.tree_news import Log, News, Whole, read_news, read_whole
from seedbed_gui.pages.view_menu import ViewMenu

MOST_FOUND = 1_000_000
HINT = "Only the seed is here so far. Press G to grow examples from it."


class TreePage(QWidget):
    """Shows one seed's tree and keeps it as the file has it."""

    path_changed = Signal(list)  # ids from the seed's child down to the example that is selected

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._project: OpenProject | None = None
        self.seed: SeedRow | None = None
        self._last, self._log = 0, Log()
        self._is_reading, self._is_stale, self._is_whole = False, False, False
        self._to_show: int | None = None  # once the tree is read
        self.is_growing = False
        self.path: list[int] = []
        self.menu: QMenu | None = None
        self.texts = NodeTexts(self)
        self.canvas = TreeCanvas()
        self.canvas.set_labels(self.texts.of)
        self.canvas.set_hint(HINT)
        self.texts.came.connect(self.canvas.labels_changed)
        self.colours = TreeColours(self.canvas)
        self.inspector = Inspector()
        self.found = SearchPanel(self)
        layout = row(self, 0)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.inspector)
        self.canvas.selection_changed.connect(self._selection_changed)
        self.canvas.activated.connect(lambda _: self.inspector.edit())
        self.canvas.context_requested.connect(self._show_menu)
        self.canvas.view_menu_wanted.connect(self.show_view_menu)
        self.inspector.select_wanted.connect(self.show_example)
        self.inspector.edit_left.connect(self.canvas.setFocus)
        self.found.chosen.connect(self.show_example)
        self.found.all_wanted.connect(self._select_found)
        self._add_keys()

    def show_seed(self, project: OpenProject | None, seed: SeedRow | None) -> None:
        """Show another tree, or none."""
        is_other = project is not self._project or (seed and seed.id) != (self.seed and self.seed.id)
        self._project, self.seed = project, seed
        self.inspector.set_project(project, seed)
        if not is_other:
            return
        self._is_whole = self._is_reading = self._is_stale = False
        self._to_show = None
        self.texts.set_seed(project, seed)
        self.found.hide()
        self.canvas.clear()
        self.colours.set_seed(project, seed)
        if project is not None and seed is not None:
            self.refresh()

    def refresh(self) -> None:
        """Read what is new; several wishes at once become one."""
        project, seed = self._project, self.seed
        if project is None or seed is None:
            return
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading = True
        if not self._is_whole:
            project.read(lambda store: (seed.id, read_whole(store, seed.id)), self._take_whole, owner=self)
            return
        last, log, growing = self._last, self._log, self.is_growing
        project.read(
            lambda store: (seed.id, read_news(store, seed.id, last, log, growing)), self._take_news, owner=self
        )

    def show_example(self, example: int) -> None:
        """Select an example (0: the seed) and bring it into sight."""
        self._to_show = None if self._is_whole else example
        self.canvas.show_example(example)

    def search(self, words: str) -> None:
        """Look for examples by the beginnings of their words."""
        project, seed = self._project, self.seed
        if project is None or seed is None or not words.strip():
            self.found.hide()
            return

        def find(store: Store) -> tuple[list[ExampleRow], str]:
            ids = trees.search(store, words, seed.id, SHOWN)
            by_id = {found.id: found for found in trees.read_examples(store, ids)}
            return [by_id[one] for one in ids if one in by_id], words

        project.read(find, self._show_found, owner=self)

    def _select_found(self, words: str) -> None:
        """Select all that match, also those beyond the list."""
        project, seed = self._project, self.seed
        if project is not None and seed is not None:
            project.read(lambda store: trees.search(store, words, seed.id, MOST_FOUND), self.canvas.select, owner=self)

    def enter(self) -> None:
        """The keys belong to the canvas."""
        self.canvas.setFocus()

    def notice_corner(self) -> QPoint:
        """Notices lie over the canvas, beside the inspector's buttons."""
        return self.canvas.mapTo(self, self.canvas.free_corner())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_found()

    def _show_found(self, answer: tuple[list[ExampleRow], str]) -> None:
        self.found.show_found(*answer)
        self._place_found()

    def _show_menu(self, example: int, at: QPoint) -> None:
        if self._project is not None:
            self.menu = show_tree_menu(self.canvas, self.inspector, self._project, example, at)

    def show_view_menu(self, at: QPoint) -> None:
        """Show what can be done with the view, at a point of the screen."""
        if self._project is not None:
            self.menu = ViewMenu(self.canvas, self.colours, self.save_picture, at)
            self.menu.popup(at)

    def save_picture(self, whole: bool) -> None:
        """Ask where a picture of the tree goes, and draw it."""
        if self._project is None or self.seed is None:
            return
        target = ask_for_picture(self, self._project, whole)
        if target is not None:
            save_picture(self.canvas, self._project, self.texts, target, whole=whole)

    def _place_found(self) -> None:
        self.found.move(self.canvas.width() - self.found.width() - style.L, style.M)

    def _take_whole(self, answer: tuple[int, Whole]) -> None:
        seed, whole = answer
        if self.seed is None or self.seed.id != seed:
            return
        self._is_reading, self._is_whole = False, True
        self._last, self._log = whole.last, whole.log
        self.canvas.set_tree(whole.arrays)
        self.colours.tree_changed()
        self.canvas.select([0], 0)
        if self._to_show is not None:
            self.show_example(self._to_show)
        self._again_if_stale()

    def _take_news(self, answer: tuple[int, News]) -> None:
        seed, news = answer
        if self.seed is None or self.seed.id != seed or not self._is_whole:
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
        self.inspector.show_selection(selection)
        current = selection[0] if len(selection) == 1 else None
        self.path = self._path_to(current) if current else []
        self.path_changed.emit(self.path)

    def _path_to(self, example: int) -> list[int]:
        return [one for one in reversed(self.canvas.scene.whole.path_to_seed(example)) if one]

    def _add_keys(self) -> None:
        inspector = self.inspector
        keys = {
            "A": inspector.approve,
            "R": inspector.reject,
            "E": inspector.edit,
            "G": inspector.grow,
            "Del": inspector.prune,
            "F": self.canvas.fit,
            "Ctrl+P": lambda: self.save_picture(False),
            "Ctrl+Shift+P": lambda: self.save_picture(True),
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(act)
