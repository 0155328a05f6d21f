"""Found words: in a column that is searched, what was found stands on a tint."""

import re

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from seedbed_gui import style

Index = QModelIndex | QPersistentModelIndex
SIDE_AIR = 3  # pixels that Qt leaves beside the text of a cell


class FoundWords(QStyledItemDelegate):
    """Draws the cells of one column; words that begin with one of those looked for are tinted."""

    def __init__(self, view: QTableView, column: int) -> None:
        super().__init__(view)
        self._view, self._pattern = view, re.compile("(?!)")
        view.setItemDelegateForColumn(column, self)

    def show_words(self, words: str) -> None:
        """Look for other words."""
        parts = sorted((re.escape(part) for part in words.split() if any(map(str.isalnum, part))), key=len)
        pattern = rf"(?<!\w)(?:{'|'.join(reversed(parts))})" if parts else "(?!)"
        self._pattern = re.compile(pattern, re.IGNORECASE)
        self._view.viewport().update()

    def found_in(self, text: str) -> list[tuple[int, int]]:
        """Where the words begin and end in a text."""
        return [found.span() for found in self._pattern.finditer(text)]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        text = str(index.data() or "")
        if not self.found_in(text):
            return super().paint(painter, option, index)
        bare = QStyleOptionViewItem(option)
        self.initStyleOption(bare, index)
        look = self._view.style()
        room = look.subElementRect(QStyle.SubElement.SE_ItemViewItemText, bare, self._view)
        room.adjust(SIDE_AIR, 0, -SIDE_AIR, 0)
        bare.text = ""
        look.drawControl(QStyle.ControlElement.CE_ItemViewItem, bare, painter, self._view)
        metrics, colours = bare.fontMetrics, style.current()
        line = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(style.tinted(colours.amber, colours.panel, 0.6)))
        top = room.center().y() - metrics.height() / 2
        for start, end in self.found_in(line):
            left = room.left() + metrics.horizontalAdvance(line[:start])
            wide = metrics.horizontalAdvance(line[start:end])
            painter.drawRoundedRect(
                QRectF(left - 1, top, wide + 2, metrics.height() + 1), style.BAR_RADIUS, style.BAR_RADIUS
            )
        painter.setPen(QColor(colours.text))
        painter.setFont(bare.font)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), line)
        painter.restore()
        return None
