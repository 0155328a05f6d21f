"""The menu of an example in the tree: all that can be done with what is selected, with its keys."""

import json
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from seedbed_engine.keeping import exchange
from seedbed_engine.keeping.store import Store
from seedbed_gui import notices
from seedbed_gui.canvas import TreeCanvas
from seedbed_gui.pages import numbers
from seedbed_gui.pages.inspector import Inspector
from seedbed_gui.pages.open_project import OpenProject

MOST_COPIED = 10_000  # examples; more belong into a file


def show_tree_menu(canvas: TreeCanvas, inspector: Inspector, example: int, at: QPoint) -> QMenu | None:
    """Show the menu of an example (0: the seed) at a point of the screen."""
    project = inspector.project
    if project is None:
        return None
    chosen = [one for one in canvas.selected() if one > 0]
    is_one, can_write = len(canvas.selected()) == 1, not project.is_read_only
    menu = QMenu(canvas)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _add_count(menu, chosen)

    def add(text: str, act: Callable[[], object], key: str = "", is_enabled: bool = True) -> None:
        entry = menu.addAction(text)
        entry.setShortcut(QKeySequence(key))
        entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the page hears the key itself
        entry.setEnabled(is_enabled)
        entry.triggered.connect(lambda _: act())

    add("Approve", inspector.approve, "A", can_write and bool(chosen))
    add("Reject", inspector.reject, "R", can_write and bool(chosen))
    add("Set back to new", inspector.set_back, is_enabled=can_write and bool(chosen))
    add("Prune branch" if is_one else "Prune branches", inspector.prune, "Del", can_write and bool(chosen))
    menu.addSeparator()
    add("Edit", inspector.edit, "E", can_write and is_one and bool(chosen))
    here = f"Grow from these {len(chosen):,} …" if len(chosen) > 1 else "Grow here …"
    add(here if chosen else "Grow from the seed …", inspector.grow, "G", can_write)
    add("New sibling …", inspector.regenerate, "N", can_write and bool(chosen))
    add("Check the label …" if is_one else "Check the labels …", inspector.check_label, "L", can_write and bool(chosen))
    add("Rewrite …", inspector.rewrite, "W", can_write and bool(chosen))
    menu.addSeparator()
    _add_branch_acts(add, canvas, example)
    add("Open in review", partial(inspector.review_wanted.emit, example), is_enabled=is_one and bool(chosen))
    add("Copy as JSON", lambda: copy_as_json(canvas, project, chosen), is_enabled=bool(chosen))
    menu.popup(at)
    return menu


def _add_count(menu: QMenu, chosen: list[int]) -> None:
    if len(chosen) > 1:
        menu.addAction(f"{len(chosen):,} examples").setEnabled(False)
        menu.addSeparator()


def _add_branch_acts(add: Callable[..., None], canvas: TreeCanvas, example: int) -> None:
    """What is done to a branch as it is seen."""
    folding, has_branch = canvas.branches.folding, canvas.branches.has_children(example)
    add(
        "Unfold branch" if example in folding.closed else "Fold branch",
        partial(canvas.branches.toggle, example),
        "Space",
        has_branch,
    )
    if folding.focus and folding.focus == example:
        add("Leave this branch", partial(canvas.branches.focus, 0), "B")
    else:
        add("Focus on branch", partial(canvas.branches.focus, example), "B", has_branch and bool(example))
    add("Select branch", partial(select_branch, canvas, example))


def select_branch(canvas: TreeCanvas, example: int) -> None:
    """Select an example with all its descendants, folded ones too; of the seed: the whole tree."""
    canvas.branches.unfold_branch(example)
    branch = canvas.scene.whole.branch(example)
    canvas.select(branch[branch > 0].tolist(), example)


def copy_as_json(owner: QWidget, project: OpenProject, examples: list[int]) -> None:
    """Put examples on the clipboard as an export would write them: one object, or a list."""
    if len(examples) > MOST_COPIED:
        notices.say(f"{len(examples):,} examples are too many to copy.", "Export the training table instead.")
        return

    def read(store: Store) -> str:
        records = exchange.read_records(store, examples)
        return json.dumps(records[0] if len(records) == 1 else records, ensure_ascii=False, indent=2)

    def copy(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        notices.say(f"{numbers.count(len(examples), 'example', 'examples')} copied as JSON.")

    project.read(read, copy, owner)
