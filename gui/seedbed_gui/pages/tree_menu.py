"""The menu of an example in the tree: all that can be done with what is selected, with its keys."""

import json
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from seedbed_engine.keeping import exchange
from seedbed_engine.keeping.store import Store
from seedbed_gui import notices
from seedbed_gui.canvas import TreeCanvas
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.acts import Act, Words, add_to_menu
from seedbed_gui.pages.inspector import Inspector
from seedbed_gui.pages.open_project import OpenProject

GROUP = mark("Example")
MOST_COPIED = 10_000  # examples; more belong into a file


class TreeActs:
    """The acts of an example in the order of its menu; they act on what is selected now."""

    def __init__(self, canvas: TreeCanvas, inspector: Inspector) -> None:
        self._canvas, self._inspector = canvas, inspector
        self._judging = [
            self._act(tr("Approve"), inspector.approve, "A", also=tr("accept keep")),
            self._act(tr("Reject"), inspector.reject, "R"),
            self._act(tr("Set back to new"), inspector.set_back),
            self._act(
                lambda: tr("Prune branch") if self._is_one() else tr("Prune branches"),
                inspector.prune,
                "Del",
                also=tr("delete"),
            ),
        ]
        self._asking = [
            self._act(tr("Edit"), inspector.edit, "E", self._not_one, also=tr("change")),
            self._act(self._grow_words, inspector.grow, "G", self._not_writing, also=tr("create")),
            self._act(tr("New sibling …"), inspector.regenerate, "N", also=tr("regenerate")),
            self._act(
                lambda: tr("Check the label …") if self._is_one() else tr("Check the labels …"),
                inspector.check_label,
                "L",
                also=tr("answer again reanswer"),
            ),
            self._act(tr("Rewrite …"), inspector.rewrite, "W"),
        ]
        self._branch = [
            self._act(self._fold_words, self._fold, "Space", self._no_branch, hears=False),
            self._act(self._focus_words, self._focus, "B", self._no_focus, hears=False),
        ]
        self._rest = [
            self._act(tr("Select branch"), self._select_branch, "", self._nothing),
            self._act(tr("Open in review"), self._open_in_review, "", self._not_shown),
            self._act(tr("Copy as JSON"), self._copy, "", self._none_chosen, also=tr("clipboard")),
        ]

    def all(self) -> Sequence[Act]:
        """Every act that is not one of the view's too."""
        return [*self._judging, *self._asking, *self._rest]

    def menu(self) -> QMenu:
        """The menu as it is now; deleted once it is closed."""
        menu = QMenu(self._canvas)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(chosen := self._chosen()) > 1:
            menu.addAction(tr("{many:,} examples", many=len(chosen))).setEnabled(False)
            menu.addSeparator()
        add_to_menu(menu, [*self._judging, None, *self._asking, None, *self._branch, *self._rest])
        return menu

    def _act(
        self,
        words: Words,
        do: Callable[[], object],
        key: str = "",
        why_not: Callable[[], str] | None = None,
        also: str = "",
        hears: bool = True,
    ) -> Act:
        return Act(words, do, key, group=tr(GROUP), why_not=why_not or self._not_chosen, also=also, hears=hears)

    # what is selected

    def _chosen(self) -> list[int]:
        return [one for one in self._canvas.selected() if one > 0]

    def _example(self) -> int:
        return self._canvas.current() or 0

    def _is_one(self) -> bool:
        return len(self._canvas.selected()) <= 1

    # why not

    def _not_writing(self) -> str:
        project = self._inspector.project
        if project is None:
            return tr("No project is open.")
        return tr("The project is open read-only.") if project.is_read_only else ""

    def _none_chosen(self) -> str:
        return "" if self._chosen() else tr("Select an example first.")

    def _not_chosen(self) -> str:
        return self._not_writing() or self._none_chosen()

    def _not_one(self) -> str:
        return self._not_chosen() or ("" if self._is_one() else tr("Select one example only."))

    def _not_shown(self) -> str:
        return self._none_chosen() or ("" if self._is_one() else tr("Select one example only."))

    def _nothing(self) -> str:
        return "" if self._canvas.current() is not None else tr("Select an example first.")

    def _no_branch(self) -> str:
        has_branch = self._canvas.branches.has_children(self._example())
        return "" if has_branch else tr("There is nothing below this example.")

    def _no_focus(self) -> str:
        is_in_focus = self._is_in_focus()
        return "" if is_in_focus else self._no_branch() or ("" if self._example() else tr("It is the whole tree."))

    # words and deeds

    def _grow_words(self) -> str:
        many = len(self._chosen())
        return (
            tr("Grow from these {many:,} …", many=many)
            if many > 1
            else tr("Grow here …")
            if many
            else tr("Grow from the seed …")
        )

    def _is_in_focus(self) -> bool:
        focus = self._canvas.branches.folding.focus
        return bool(focus) and focus == self._example()

    def _fold_words(self) -> str:
        return tr("Unfold branch") if self._example() in self._canvas.branches.folding.closed else tr("Fold branch")

    def _focus_words(self) -> str:
        return tr("Leave this branch") if self._is_in_focus() else tr("Focus on branch")

    def _fold(self) -> None:
        self._canvas.branches.toggle(self._example())

    def _focus(self) -> None:
        self._canvas.branches.focus(0 if self._is_in_focus() else self._example())

    def _select_branch(self) -> None:
        select_branch(self._canvas, self._example())

    def _open_in_review(self) -> None:
        self._inspector.review_wanted.emit(self._chosen()[0])

    def _copy(self) -> None:
        if self._inspector.project is not None:
            copy_as_json(self._canvas, self._inspector.project, self._chosen())


def select_branch(canvas: TreeCanvas, example: int) -> None:
    """Select an example with all its descendants, folded ones too; of the seed: the whole tree."""
    canvas.branches.unfold_branch(example)
    branch = canvas.scene.whole.branch(example)
    canvas.select(branch[branch > 0].tolist(), example)


def copy_as_json(owner: QWidget, project: OpenProject, examples: list[int]) -> None:
    """Put examples on the clipboard as an export would write them: one object, or a list."""
    if len(examples) > MOST_COPIED:
        notices.say(
            tr("{many:,} examples are too many to copy.", many=len(examples)), tr("Export the training table instead.")
        )
        return

    def read(store: Store) -> str:
        records = exchange.read_records(store, examples)
        return json.dumps(records[0] if len(records) == 1 else records, ensure_ascii=False, indent=2)

    def copy(text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        notices.say(tr("{n:,} examples copied as JSON.", "{n:,} example copied as JSON.", len(examples)))

    project.read(read, copy, owner)
