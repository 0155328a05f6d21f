"""What a search found: a list over the tree."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from seedbed_engine.keeping.rows import ExampleRow
from seedbed_gui import style
from seedbed_gui.language import figure, tr
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.found_words import FoundWords
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.tables import Table

WIDTH = 320
SHOWN = 200


class SearchPanel(QFrame):
    """A card with the examples found; the one chosen is shown in the tree."""

    chosen = Signal(int)
    all_wanted = Signal(str)  # the words

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setFixedWidth(WIDTH)
        layout = column(self, style.S, (style.M, style.M, style.M, style.M))
        self.said = Label("", "quiet")
        self.all = Button(tr("Select all"), self._select_all, "link")
        head = row()
        head.addWidget(self.said, 1)
        head.addWidget(self.all)
        layout.addLayout(head)
        self.table = Table(tr("Examples found"), (tr("Example"), tr("Question")), tr("Question"))
        self.table.horizontalHeader().hide()
        self.table.set_widths(c0=68)
        self.table.row_chosen.connect(self._choose)
        self.marks = FoundWords(self.table, 1)
        layout.addWidget(self.table)
        self._ids: list[int] = []
        self._words = ""
        self.hide()

    def show_found(self, found: Sequence[ExampleRow], words: str) -> None:
        """Show what was found for these words."""
        self._ids, self._words = [one.id for one in found], words
        count = tr("{many:,} or more", many=len(found)) if len(found) >= SHOWN else figure(len(found))
        self.said.setText(
            tr("{count} found", count=count)
            if found
            else tr("Nothing has words beginning with “{words}”.", words=words[:40])
        )
        self.all.setVisible(len(found) > 1)
        self.marks.show_words(words)
        self.table.rows.show_rows([(f"#{one.id}", one.example.question) for one in found])
        self.table.setVisible(bool(found))
        self.setFixedHeight(min(420, 60 + 34 * len(found)) if found else 52)
        self.show()
        self.raise_()

    def choose_first(self) -> None:
        """Choose the best one."""
        if self._ids:
            self.table.selectRow(0)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._ids):
            self.chosen.emit(self._ids[place])

    def _select_all(self) -> None:
        self.all_wanted.emit(self._words)
