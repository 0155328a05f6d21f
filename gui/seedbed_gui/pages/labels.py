"""Labels and chips: text is always plain, so that no creator's words are ever taken for markup."""

import html
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

LONGEST_SHOWN = 20_000  # characters; a label is no place for more


class Label(QLabel):
    """A plain-text label; `role` names its look in the style sheet."""

    def __init__(
        self, text: str = "", role: str = "text", *, wraps: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wraps)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + " …")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.wordWrap() and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Qt guesses a narrow column for text that wraps, and would then reserve its height: take the width it has."""
        if not self.wordWrap():
            return super().minimumSizeHint()
        return QSize(48, self.heightForWidth(max(self.width(), 48)))

    def set_role(self, role: str) -> None:
        """Change how it looks."""
        if self.property("role") != role:
            self.setProperty("role", role)
            repolish(self)


class ElidedLabel(Label):
    """One line, cut with … where it does not fit, at its end or where it is said; the whole text is its tool tip."""

    def __init__(
        self,
        text: str = "",
        role: str = "text",
        parent: QWidget | None = None,
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__("", role, parent=parent)
        self._cut = cut
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_whole(text)

    def set_whole(self, text: str) -> None:
        """Show another text."""
        line = one_line(text)
        self.setText(line)
        self.setToolTip(plain_tip(line))
        self.setAccessibleName(line)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), self._cut, room.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextSingleLine), text)


class Chip(Label):
    """A small rounded word; `tone` is neutral, good, amber or wrong."""

    def __init__(self, text: str = "", tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(text, "chip", parent=parent)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_word(self, text: str, tone: str) -> None:
        """Show another word; an empty one hides the chip."""
        self.setText(text)
        self.setVisible(bool(text))
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            repolish(self)


def folder_in_words(folder: Path) -> str:
    """A folder as people write it: the home folder is ~."""
    return f"~/{folder.relative_to(Path.home())}" if folder.is_relative_to(Path.home()) else str(folder)


def one_line(text: str, longest: int = 300) -> str:
    """The beginning of a text without line breaks."""
    return " ".join(text[: longest * 2].split())[:longest]


def plain_tip(text: str) -> str:
    """A text for a tool tip, which Qt would else take for markup where it looks like it."""
    return f"<p>{html.escape(text)}</p>" if text else ""


def repolish(widget: QWidget) -> None:
    """Let the style sheet look at the widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
