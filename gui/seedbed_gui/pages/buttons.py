"""Buttons: plain, primary, with their key written on them."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from seedbed_gui import style
from seedbed_gui.pages.labels import repolish

KEY_GAP = 8  # pixels between a button's text and its key


class Button(QPushButton):
    """A push button; `kind` names its look (plain, primary, flat, link, danger, crumb, segment)."""

    def __init__(
        self,
        text: str,
        on_click: Callable[[], object] | None = None,
        kind: str = "plain",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setProperty("kind", kind)
        self.setAutoDefault(False)
        self.setAccessibleName(text)
        if kind in {"flat", "link", "crumb"}:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if on_click is not None:
            self.clicked.connect(lambda: on_click())

    def set_kind(self, kind: str) -> None:
        """Change the look."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            repolish(self)


class KeyButton(Button):
    """A button with its key in small letters behind the text."""

    def __init__(
        self,
        text: str,
        key: str,
        on_click: Callable[[], object] | None = None,
        kind: str = "plain",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, on_click, kind, parent)
        self.key = key
        self.setAccessibleDescription(f"Key {key}")

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + KEY_GAP + self._key_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        text_width = self.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - text_width - KEY_GAP - self._key_width()) // 2
        painter.setPen(self.palette().color(self.foregroundRole()))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(left, 0, text_width + 4, self.height()), int(middle), self.text())
        painter.setPen(self._key_colour())
        painter.setFont(style.text_font(style.SMALL))
        rect = QRect(left + text_width + KEY_GAP, 0, self._key_width() + 4, self.height())
        painter.drawText(rect, int(middle), self.key)

    def _key_width(self) -> int:
        return QFontMetrics(style.text_font(style.SMALL)).horizontalAdvance(self.key)

    def _key_colour(self) -> QColor:
        colours = style.current()
        if not self.isEnabled():
            return QColor(colours.new)
        if self.property("kind") == "primary":
            tint = QColor(colours.on_accent)
            tint.setAlpha(200)
            return tint
        return QColor(colours.quiet)
