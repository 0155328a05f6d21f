"""A read-only table of texts for Qt's views; knows nothing of what is in it."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
LONGEST = 200  # characters of a cell


class PlainTable(QAbstractTableModel):
    """Rows of texts under headings; columns named in `right` are aligned right."""

    def __init__(self, headings: Sequence[str], right: Sequence[str] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.headings = tuple(headings)
        self._right = frozenset(right)
        self.rows: list[tuple[str, ...]] = []

    def show_rows(self, rows: Sequence[Sequence[str]], headings: Sequence[str] | None = None) -> None:
        """Show other rows, perhaps under other headings."""
        self.beginResetModel()
        if headings is not None:
            self.headings = tuple(headings)
        self.rows = [tuple(row) for row in rows]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            text = self.rows[index.row()][index.column()]
            return " ".join(text[: 2 * LONGEST].split())[:LONGEST]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or section >= len(self.headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column: int) -> int:
        is_right = self.headings[column] in self._right
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)
