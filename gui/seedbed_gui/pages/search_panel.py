"""What a search found: a list over the tree."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from seedbed_engine.keeping.rows import ExampleRow
from seedbed_gui import style
from seedbed_gui.language import figure, tr
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.found_words import FoundWords
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.tables import ROW_HEIGHT, Table

WIDTH = 320
SHOWN = 200
MOST_ROWS = 10  # seen without scrolling
LEAVING = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchPanel(QFrame):
    """A card with the examples found; the one chosen is shown in the tree."""

    chosen = Signal(int)
    all_wanted = Signal(str)  # the words
    up_wanted = Signal()  # from the first one up, to where the words are typed
    left = Signal()  # by Escape or Return

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
        self.table.installEventFilter(self)
        self.marks = FoundWords(self.table, 1)
        layout.addWidget(self.table)
        self._ids: list[int] = []
        self.words = ""
        self.hide()

    def show_found(self, found: Sequence[ExampleRow], words: str) -> None:
        """Show what was found for these words."""
        self._ids, self.words = [one.id for one in found], words
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
        self.table.ensurePolished()
        self.table.setFixedHeight(ROW_HEIGHT * min(len(found), MOST_ROWS) + 2 * self.table.frameWidth())
        self.setFixedHeight(self.sizeHint().height())
        self.show()
        self.raise_()

    def choose_first(self) -> None:
        """Choose the best one."""
        if self.table.currentIndex().row() == 0:
            self._choose(0)
        elif self._ids:
            self.table.selectRow(0)

    def enter(self) -> None:
        """Walk through the list by the arrow keys, from the one that was chosen last."""
        if self._ids:
            self.table.setFocus()
            if not self.table.currentIndex().isValid():
                self.choose_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        is_up = event.key() == Qt.Key.Key_Up and self.table.currentIndex().row() <= 0
        if not is_up and event.key() not in LEAVING:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() == QEvent.Type.KeyPress:
            (self.up_wanted if is_up else self.left).emit()
        return True

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self._ids):
            self.chosen.emit(self._ids[place])

    def _select_all(self) -> None:
        self.all_wanted.emit(self.words)
