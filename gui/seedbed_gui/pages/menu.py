"""The window's menu: what is not on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from seedbed_engine.keeping.project import SUFFIX, copy_project
from seedbed_gui import notices
from seedbed_gui.pages.costs_dialog import show_costs
from seedbed_gui.pages.open_project import OpenProject, Overview
from seedbed_gui.pages.prices_dialog import PricesDialog

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class MenuActs:
    """What the window does for each entry."""

    new: Act
    open: Act
    undo: Act
    redo: Act
    add_seed: Act
    import_data: Act
    export: Act


def make_menu(window: QWidget, project: OpenProject | None, acts: MenuActs) -> QMenu:
    """The menu as it is now."""
    overview = project.overview if project else Overview()
    menu = QMenu(window)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def add(text: str, act: Act, key: str = "", is_enabled: bool = True) -> None:
        entry = menu.addAction(text.replace("&", "&&"))
        entry.setShortcut(QKeySequence(key))
        entry.setEnabled(is_enabled)
        entry.triggered.connect(lambda _: act())

    add("New project …", acts.new, "Ctrl+N")
    add("Open …", acts.open, "Ctrl+O")
    menu.addSeparator()
    add(f"Undo {overview.undo or ''}".strip(), acts.undo, "Ctrl+Z", overview.undo is not None)
    add(f"Redo {overview.redo or ''}".strip(), acts.redo, "Ctrl+Shift+Z", overview.redo is not None)
    menu.addSeparator()
    can_write = project is not None and not project.is_read_only
    add("Add a seed …", acts.add_seed, is_enabled=can_write)
    add("Import human data …", acts.import_data, "Ctrl+I", can_write)
    add("Export the training table …", acts.export, is_enabled=project is not None)
    add("Save a copy …", lambda: _save_copy(window, project), is_enabled=project is not None)
    menu.addSeparator()
    if project is not None:
        add("What growths cost …", partial(show_costs, project, window))
    add("Prices of models …", lambda: PricesDialog(window).open())
    return menu


def _save_copy(window: QWidget, project: OpenProject | None) -> None:
    if project is None:
        return
    start = str(project.path.with_stem(f"{project.path.stem}-copy"))
    name, _ = QFileDialog.getSaveFileName(window, "Save a copy", start, f"Seedbed projects (*{SUFFIX})")
    if name:
        target = Path(name)
        project.background.act(
            lambda: copy_project(project.store, target), lambda _: notices.say(f"A copy is in {target.name}.")
        )
