"""Examples as a table of any length: numbers at once, texts when they come in sight; knows no file."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from seedbed_engine.keeping.rows import ExampleRow
from seedbed_gui.language import figure, mark, tr
from seedbed_gui.sayings import told

Index = QModelIndex | QPersistentModelIndex
HEADINGS = {
    "id": mark("Example"),
    "question": mark("Question"),
    "answer": mark("Answer"),
    "state": mark("State"),
    "depth": mark("Depth"),
    "drift": mark("Drift"),
    "parent": mark("Parent"),
}
RIGHT = frozenset({"id", "depth", "drift", "parent"})
PART, KEPT = 64, 4_000  # rows read at once, and texts kept
LONGEST = 240  # characters of a cell


class ExampleTable(QAbstractTableModel):
    """Rows are ids in an order; `wanted` asks for the texts of those in sight, which `take` brings."""

    wanted = Signal(list)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(HEADINGS)
        self.ids: NDArray[np.int64] = np.empty(0, np.int64)
        self._order = (0, False)  # the column that sorts, and whether downwards
        self._rows: dict[int, ExampleRow] = {}
        self._asked: set[int] = set()
        self._missing: set[int] = set()
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self._ask)

    def show_ids(self, ids: NDArray[np.int64]) -> None:
        """Show other examples, or the same in another order; texts are read anew."""
        self.beginResetModel()
        self.ids = ids
        self._rows, self._asked, self._missing = {}, set(), set()
        self.endResetModel()

    def show_order(self, column: int, descending: bool) -> None:
        """Say in the headings which column sorts."""
        self._order = (column, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def take(self, rows: Iterable[ExampleRow]) -> None:
        """The texts that were wanted."""
        if len(self._rows) > KEPT:
            self._rows, self._asked = {}, set()
        for row in rows:
            self._rows[row.id] = row
        if len(self.ids):
            last = self.index(len(self.ids) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def forget(self) -> None:
        """Texts may be others now: read those in sight anew."""
        self._rows, self._asked, self._missing = {}, set(), set()
        self.take(())

    @property
    def texts_kept(self) -> int:
        """How many rows are in memory."""
        return len(self._rows)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.ids)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role != Qt.ItemDataRole.DisplayRole or not index.isValid():
            return None
        number = int(self.ids[index.row()])
        row = self._rows.get(number)
        if row is None:
            self._want(index.row())
            return f"#{number}" if index.column() == 0 else ""
        return cell(row, self.columns[index.column()])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = (" ↓" if self._order[1] else " ↑") if section == self._order[0] else ""
            return tr(HEADINGS[self.columns[section]]) + arrow
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> int:
        is_right = self.columns[column] in RIGHT
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def _want(self, place: int) -> None:
        if place in self._asked:
            return
        start = place // PART * PART
        part: Sequence[int] = range(start, min(start + PART, len(self.ids)))
        self._asked.update(part)
        self._missing.update(self.ids[start : start + PART].tolist())
        self._soon.start()

    def _ask(self) -> None:
        missing, self._missing = sorted(self._missing), set()
        if missing:
            self.wanted.emit(missing)


def cell(row: ExampleRow, column: str) -> str:
    """What stands in a column of an example's row."""
    if column == "question":
        return " ".join(row.example.question[: 2 * LONGEST].split())[:LONGEST]
    found = {
        "id": f"#{row.id}",
        "answer": " ".join(row.example.answer[:LONGEST].split()),
        "state": tr("{state}, edited", state=told(row.state.value)) if row.edited else told(row.state.value),
        "depth": str(row.depth),
        "drift": "" if row.drift is None else figure(row.drift, ".2f"),
        "parent": tr("seed") if row.parent is None else f"#{row.parent}",
    }
    return found[column]
