"""Text with its changed words marked: plain text, tinted and lined where it differs from another."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from seedbed_gui import style
from seedbed_gui.pages.reading import ReadingText

AIR = 1.5


class MarkedText(ReadingText):
    """Shows stretches of text; those that are changed are struck out (before) or underlined (after), and tinted."""

    def __init__(self, name: str, *, is_after: bool, parent: QWidget | None = None) -> None:
        super().__init__(name, style.NORMAL, AIR, parent=parent)
        self._is_after = is_after

    def show_pieces(self, pieces: Sequence[tuple[str, bool]]) -> None:
        """Show a text in stretches, each with whether it is changed."""
        self.set_text("".join(text for text, _ in pieces))
        colours, mark = style.current(), QTextCharFormat()
        mark.setForeground(QColor(colours.accent if self._is_after else colours.wrong))
        mark.setBackground(QColor(colours.accent_tint if self._is_after else colours.wrong_tint))
        mark.setFontUnderline(self._is_after)
        mark.setFontStrikeOut(not self._is_after)
        cursor = QTextCursor(self.document())
        for text, is_changed in pieces:
            size = len(text.encode("utf-16-le")) // 2  # Qt counts in halves of 32 bits
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, size)
            if is_changed:
                cursor.mergeCharFormat(mark)
            cursor.setPosition(cursor.position())
