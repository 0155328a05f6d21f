"""Buttons: plain, primary, with their key written on them."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QWidget

from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.pages.labels import repolish

KEY_GAP = 8  # pixels between a button's text and its key
CAP_HEIGHT = 22


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
        self._waits_for_focus = False
        self.setAccessibleName(text)
        if kind in {"flat", "link", "crumb"}:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        if on_click is not None:
            self.clicked.connect(lambda: on_click())

    def setEnabled(self, is_enabled: bool, /) -> None:
        """Let it be pressed or not. The focus of one that cannot be pressed any more goes to nobody, where Qt would
        hand it on to the next thing that Space presses; it comes back with the button, if nobody took it meanwhile."""
        is_left = self.window().focusWidget() is self and not is_enabled
        if is_left:
            self.clearFocus()
        super().setEnabled(is_enabled)
        if is_enabled and self._waits_for_focus and self.window().focusWidget() is None:
            self.setFocus()
        self._waits_for_focus = is_left or (self._waits_for_focus and not is_enabled)

    def setText(self, text: str) -> None:
        """Write something else on it; where it had no other name, it is called by that."""
        if self.accessibleName() == self.text().replace("&&", "&"):
            self.setAccessibleName(text.replace("&&", "&"))
        super().setText(text)

    def set_kind(self, kind: str) -> None:
        """Change the look."""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            repolish(self)
            self.updateGeometry()  # a bolder text is wider


class _KeyedButton(Button):
    """A button that writes its key itself, beside its text."""

    def _say_key(self, key: str) -> None:
        self.key = key
        self.cap = key_in_words(key)
        self.setAccessibleDescription(tr("Key {key}", key=self.cap))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _painter_over_bare_button(self) -> QPainter:
        """The button is drawn without its text; what goes on it comes next."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        return painter


class KeyButton(_KeyedButton):
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
        self._say_key(key)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + KEY_GAP + self._key_width(), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter_over_bare_button()
        text_width = self.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - text_width - KEY_GAP - self._key_width()) // 2
        painter.setPen(self.palette().color(self.foregroundRole()))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(QRect(left, 0, text_width + 4, self.height()), int(middle), self.text())
        painter.setPen(self._key_colour())
        painter.setFont(style.text_font(style.SMALL))
        rect = QRect(left + text_width + KEY_GAP, 0, self._key_width() + 4, self.height())
        painter.drawText(rect, int(middle), self.cap)

    def _key_width(self) -> int:
        return QFontMetrics(style.text_font(style.SMALL)).horizontalAdvance(self.cap)

    def _key_colour(self) -> QColor:
        colours = style.current()
        if not self.isEnabled():
            return QColor(colours.quiet)
        if self.property("kind") == "primary":
            tint = QColor(colours.on_accent)
            tint.setAlpha(200)
            return tint
        return QColor(colours.quiet)


class CapButton(_KeyedButton):
    """A key as its cap with what it does beside it, as at the foot of a page that is worked by keyboard."""

    def __init__(self, key: str, text: str, on_click: Callable[[], object], parent: QWidget | None = None) -> None:
        super().__init__(text, on_click, "flat", parent)
        self._say_key(key)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        text = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(self._cap_width() + KEY_GAP + text + 12, 34)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = self._painter_over_bare_button()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, top = style.current(), (self.height() - CAP_HEIGHT) / 2
        cap = QRectF(4.5, top + 0.5, self._cap_width() - 1, CAP_HEIGHT - 1)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(QColor(colours.edge))
        painter.drawRoundedRect(cap.translated(0, 1), style.CAP_RADIUS, style.CAP_RADIUS)
        painter.setBrush(QColor(colours.panel))
        painter.drawRoundedRect(cap, style.CAP_RADIUS, style.CAP_RADIUS)
        painter.setFont(_cap_font())
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.quiet))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), self.cap)
        painter.setFont(self.font())
        painter.setPen(QColor(colours.quiet))
        room = QRectF(cap.right() + KEY_GAP, 0, self.width() - cap.right(), self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), self.text())

    def _cap_width(self) -> int:
        return max(28, QFontMetrics(_cap_font()).horizontalAdvance(self.cap) + 14)


def key_in_words(key: str) -> str:
    """A key as this system and language write it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) or key


def _cap_font() -> QFont:
    return style.text_font(style.SMALL, QFont.Weight.DemiBold)
