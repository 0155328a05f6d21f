"""The table page: all examples as rows, searched, filtered and sorted in the file, decided about in bulk."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, QPoint, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QHBoxLayout, QLineEdit, QTableView, QWidget

from seedbed_engine.examples import State
from seedbed_engine.keeping import lists, trees
from seedbed_engine.keeping.lists import Listing
from seedbed_engine.keeping.store import Store
from seedbed_gui import style
from seedbed_gui.language import fill, mark, tr, upper_first
from seedbed_gui.models.example_table import ExampleTable
from seedbed_gui.pages.acts import Act, hear_keys
from seedbed_gui.pages.buttons import Button, KeyButton
from seedbed_gui.pages.empty import EmptyPage
from seedbed_gui.pages.found_words import FoundWords
from seedbed_gui.pages.frames import column, frame, hairline, row
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.open_project import OpenProject, Overview
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.tables import RowsView, columns_of, dress, place_columns
from seedbed_gui.sayings import told

SEARCH_MS = 150
MOST_PARTS = 500  # a selection in more pieces than these is not made again
CELL_AIR = 24  # pixels of a cell beside its text
VERBS = {
    State.APPROVED: mark("Approve"),
    State.REJECTED: mark("Reject"),
    State.PRUNED: mark("Prune"),
    State.NEW: mark("Set back"),
}
Found = tuple[Listing, NDArray[np.int64], dict[State, int]]


class TablePage(Page):
    """A view of any length over the project's examples."""

    name, title = "table", mark("Table")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project: OpenProject | None = None
        self._sorted, self._descending = "id", False
        self._listing: Listing | None = None  # what is shown
        self._wanted: tuple[State, list[int]] | None = None  # what is to be confirmed
        self._asked_for: set[int] = set()  # what was selected when it was asked for
        self._steps: tuple[str | None, str | None] = (None, None)  # what undo and redo would do
        self.model = ExampleTable(self)
        self.model.wanted.connect(self._read_texts)
        self._build()
        self._add_keys()
        self._show_selection()

    def acts(self) -> Sequence[Act]:
        return self._acts

    def layout_to_keep(self) -> dict[str, Any]:
        return {
            "columns": columns_of(self.view),
            "state": self.filter.currentData(),
            "sorted": self._sorted,
            "descending": self._descending,
        }

    def set_layout(self, kept: Mapping[str, Any]) -> None:
        place_columns(self.view, kept.get("columns"))
        self.filter.setCurrentIndex(max(0, self.filter.findData(kept.get("state"))))
        if kept.get("sorted") in self.model.columns:
            self._sorted, self._descending = str(kept["sorted"]), kept.get("descending") is True
            self.model.show_order(self.model.columns.index(self._sorted), self._descending)

    def set_project(self, project: OpenProject | None) -> None:
        """Show the examples of another project."""
        self._project, self._listing = project, None
        self.search.clear()
        self.model.show_ids(np.empty(0, np.int64))
        self._leave()

    def enter(self) -> None:
        """See what changed since one was here; the keys work at once."""
        self.refresh()
        self._leave()

    def show_overview(self, overview: Overview) -> None:
        """After an undo or redo nothing waits to be confirmed any more."""
        steps = overview.undo, overview.redo
        if overview.redo is not None and steps != self._steps:
            self._withdraw()
        self._steps = steps

    def notice_corner(self) -> QPoint:
        """Notices lie above what can be pressed at the foot."""
        tops = [part.mapTo(self, QPoint()).y() for part in (self.strip, self.buttons[0]) if part.isVisible()]
        return QPoint(self.width() - style.L, min(tops, default=self.height()) - style.L)

    def refresh(self) -> None:
        """Read what is wanted now."""
        project, listing = self._project, self._wish()
        if project is None or not self.isVisible():
            return

        def read(store: Store) -> Found:
            return listing, lists.read_listing(store, listing), lists.count_states(store)

        project.read(read, self._take, owner=self)

    def selected(self) -> list[int]:
        """Ids of the selected examples."""
        parts = [self.model.ids[part.top() : part.bottom() + 1].tolist() for part in self._ranges()]
        return [int(one) for part in parts for one in part]

    def ask(self, state: State) -> None:
        """Decide about what is selected: one example at once, more after their number was said."""
        chosen = self.selected()
        if self._project is None or self._project.is_read_only or not chosen:
            return
        if state is State.PRUNED:
            self._project.read(lambda store: lists.read_branches(store, chosen), self._ask_prune, owner=self)
        elif len(chosen) == 1:
            self._project.set_state(chosen, state)
        else:
            self._confirm(state, chosen, tr("{verb} {many:,} examples?", verb=tr(VERBS[state]), many=len(chosen)))

    def confirm(self) -> None:
        """Do what was asked for."""
        if self._wanted is not None and self._project is not None:
            state, chosen = self._wanted
            self._project.set_state(chosen, state)
            self._leave()

    def _ask_prune(self, branches: list[int]) -> None:
        self._confirm(
            State.PRUNED,
            branches,
            tr(
                "Prune {n:,} branches with {many:,} examples in all?",
                "Prune {n:,} branch with {many:,} examples in all?",
                len(self.selected()),
                many=len(branches),
            ),
        )

    def _confirm(self, state: State, chosen: list[int], said: str) -> None:
        self._wanted, self._asked_for = (state, chosen), set(self.selected())
        self.question.setText(f"{said} {tr('Ctrl+Z takes it back in one step.')}")
        self.sure.setText(fill("{verb} {many:,}", verb=tr(VERBS[state]), many=len(chosen)))
        self.strip.show()
        self.sure.setFocus()

    def _leave(self) -> None:
        self._withdraw()
        self._take_focus()

    def _withdraw(self) -> None:
        """Ask no more, and leave the focus where it is, but for the strip's own."""
        had_focus = self.strip.isAncestorOf(self.focusWidget() or self)
        self._wanted = None
        self.strip.hide()
        if had_focus:
            self._take_focus()

    def _take_focus(self) -> None:
        (self._none.button if self.view.isHidden() else self.view).setFocus()

    def _wish(self) -> Listing:
        state = self.filter.currentData()
        states = () if state is None else (State(state),)
        return Listing(None, states, self.search.text(), self._sorted, self._descending)

    def _take(self, found: Found) -> None:
        listing, ids, counts = found
        if listing != self._wish():
            return
        chosen = set(self.selected()) if listing == self._listing else set()
        top = self.view.verticalScrollBar().value() if listing == self._listing else 0
        is_same = listing == self._listing and np.array_equal(ids, self.model.ids)
        self._listing = listing
        if is_same:
            self.model.forget()
        else:
            self.model.show_ids(ids)
            self.view.verticalScrollBar().setValue(top)
            self._select_again(sorted(chosen))
        total = sum(counts.values())
        many = tr("{n:,} examples", "{n:,} example", len(ids))
        self.said.setText(many if len(ids) == total else tr("{many} of {total:,}", many=many, total=total))
        self._body.setVisible(bool(total))
        self._empty.setVisible(not total)
        self._show_none(total if not len(ids) else 0)
        self._show_selection()

    def _select_again(self, chosen: Sequence[int]) -> None:
        """Select the same examples where they stand now."""
        places = np.flatnonzero(np.isin(self.model.ids, np.asarray(chosen, np.int64)))
        parts = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)
        if len(places) == 1:
            self.view.selectRow(int(places[0]))
        elif len(places) and len(parts) <= MOST_PARTS:
            found, last = QItemSelection(), self.model.columnCount() - 1
            for part in parts:
                found.select(self.model.index(int(part[0]), 0), self.model.index(int(part[-1]), last))
            self.view.selectionModel().select(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _show_none(self, total: int) -> None:
        """Say that none of so many examples fits, instead of a table without rows; 0: there are rows."""
        self._none.said.setText(
            tr(
                "None of {n:,} examples fits the search and the filter. Change the words, or show all.",
                "The one example does not fit the search and the filter. Change the words, or show all.",
                total,
            )
        )
        has_focus = self._none.button.hasFocus() if self.view.isHidden() else self.view.hasFocus()
        self.view.setVisible(not total)
        self._none.setVisible(bool(total))
        if has_focus:
            self._take_focus()

    def _show_all(self) -> None:
        self.search.clear()
        self.filter.setCurrentIndex(0)
        self.refresh()

    def _read_texts(self, examples: list[int]) -> None:
        if self._project is not None:
            self._project.read(lambda store: trees.read_examples(store, examples), self.model.take, owner=self)

    def _sort_by(self, place: int) -> None:
        name = self.model.columns[place]
        self._descending = not self._descending if name == self._sorted else False
        self._sorted = name
        self.model.show_order(place, self._descending)
        self._withdraw()
        self.refresh()

    def _show_selection(self) -> None:
        many = sum(part.height() for part in self._ranges())
        if self._wanted is not None and set(self.selected()) != self._asked_for:
            self._withdraw()
        self.chosen.setText(tr("{many:,} selected", many=many) if many else tr("Select rows; Ctrl+A selects all"))
        can_act = many > 0 and self._project is not None and not self._project.is_read_only
        for button in self.buttons:
            button.setEnabled(can_act)

    def _ranges(self) -> list[QItemSelectionRange]:
        found = self.view.selectionModel().selection()
        return [found.at(place) for place in range(found.size())]

    def _open(self) -> None:
        chosen = self.selected()
        if len(chosen) == 1 and self._project is not None:
            wanted = chosen[0]
            self._project.read(
                lambda store: trees.read_example(store, wanted).seed,
                lambda seed: self.tree_wanted.emit(seed, wanted),
                owner=self,
            )

    # building

    def _build(self) -> None:
        self._body = QWidget()
        lines = column(self._body, 0)
        lines.addLayout(self._head())
        lines.addWidget(hairline())
        self.view = self._table()
        lines.addWidget(self.view, 1)
        self._none = EmptyPage(tr("No example fits"), "", tr("Show all"), self._show_all)
        self._none.hide()
        lines.addWidget(self._none, 1)
        lines.addWidget(self._strip())
        lines.addWidget(hairline())
        lines.addLayout(self._foot())
        self._empty = EmptyPage(
            tr("No examples yet"),
            tr("Grow a tree: each example will be a row here, to be searched, sorted and decided about in bulk."),
            tr("Go to the tree"),
            lambda: self.tree_wanted.emit(0, 0),
        )
        self._body.hide()
        layout = column(self, 0)
        layout.addWidget(self._body, 1)
        layout.addWidget(self._empty, 1)

    def _head(self) -> QHBoxLayout:
        line = row(space=style.M, margins=(style.L, style.M, style.L, style.M))
        self.search, self.filter = QLineEdit(), QComboBox()
        self.search.setAccessibleName(tr("Search examples"))
        self.search.setPlaceholderText(tr("Search in questions, passages and options"))
        self.search.setMinimumWidth(320)
        wait = QTimer(self, interval=SEARCH_MS, singleShot=True)
        wait.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _: wait.start())
        self.search.textChanged.connect(lambda _: self._withdraw())
        self.filter.setAccessibleName(tr("State"))
        self.filter.addItem(tr("In every state"), None)
        for state in State:
            self.filter.addItem(upper_first(told(state.value)), state.value)
        self.filter.currentIndexChanged.connect(lambda _: self._withdraw())
        self.filter.currentIndexChanged.connect(lambda _: self.refresh())
        self.said = Label("", "quiet")
        line.addWidget(self.search)
        line.addWidget(self.filter)
        line.addStretch(1)
        line.addWidget(self.said)
        return line

    def _foot(self) -> QHBoxLayout:
        line = row(space=style.S, margins=(style.L, style.M, style.L, style.M))
        self.chosen = Label("", "quiet", wraps=True)
        self.buttons = [KeyButton(said, key, act) for said, key, act in self._deeds()]
        line.addWidget(self.chosen, 1)
        for button in self.buttons:
            line.addWidget(button)
        return line

    def _table(self) -> QTableView:
        view = RowsView()
        view.setModel(self.model)
        dress(view, tr("Examples"), self.model.columns.index("question"))
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.marks = FoundWords(view, self.model.columns.index("question"))
        self.search.textChanged.connect(self.marks.show_words)
        for place, width in enumerate((84, 0, 160, _widest_state(), 72, 72, 84)):
            if width:
                view.setColumnWidth(place, width)
        header = view.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort_by)
        view.selectionModel().selectionChanged.connect(lambda *_: self._show_selection())
        view.doubleClicked.connect(lambda _: self._open())
        return view

    def _strip(self) -> QWidget:
        self.strip = frame("banner")
        line = row(self.strip, style.S, (style.L, style.S, style.L, style.S))
        self.question = Label("", "strong")
        self.sure = Button(tr("Confirm"), self.confirm, "primary")
        line.addWidget(self.question, 1)
        for button in (self.sure, KeyButton(tr("Cancel"), "Esc", self._leave)):
            button.setAutoDefault(True)  # Return presses it
            line.addWidget(button)
        self.strip.hide()
        return self.strip

    def _deeds(self) -> tuple[tuple[str, str, Callable[[], object]], ...]:
        return (
            (tr("Approve"), "A", lambda: self.ask(State.APPROVED)),
            (tr("Reject"), "R", lambda: self.ask(State.REJECTED)),
            (tr("Prune branches"), "Del", lambda: self.ask(State.PRUNED)),
            (tr("Set back"), "N", lambda: self.ask(State.NEW)),
            (tr("Open in tree"), "T", self._open),
        )

    def _add_keys(self) -> None:
        self._acts = [self._act(*deed) for deed in self._deeds()]
        hear_keys(self, self._acts)
        QShortcut(QKeySequence("Esc"), self).activated.connect(self._leave)
        enter = QShortcut(QKeySequence("Return"), self.view)
        enter.setContext(Qt.ShortcutContext.WidgetShortcut)
        enter.activated.connect(self._open)

    def _act(self, said: str, key: str, do: Callable[[], object]) -> Act:
        return Act(said, do, key, group=self.title, why_not=partial(self._why_not, key))

    def _why_not(self, key: str) -> str:
        many = sum(part.height() for part in self._ranges())
        if not many:
            return tr("Select rows first.")
        if key == "T":
            return "" if many == 1 else tr("Select one row only.")
        is_read_only = self._project is None or self._project.is_read_only
        return tr("The project is open read-only.") if is_read_only else ""


def _widest_state() -> int:
    """The width of a column in which each state is to be read in full."""
    measured = QFontMetrics(style.text_font())
    said = (tr("{state}, edited", state=told(state.value)) for state in State)
    return max(map(measured.horizontalAdvance, said)) + CELL_AIR
