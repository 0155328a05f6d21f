"""Text fields: as high as their text, plain, and rows of options to choose the answer from."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QRadioButton, QSizePolicy, QWidget

from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.pages.frames import row
from seedbed_gui.pages.labels import Label, repolish

FRAME = 2 * (4 + 1) + 2 * 4 + 2  # pixels a field adds above and below its text: padding, border, document margin


class TextField(QPlainTextEdit):
    """A plain-text field that grows with its text up to some lines, then scrolls."""

    def __init__(self, name: str, lines: tuple[int, int] = (1, 12), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._is_fitting = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def set_text(self, text: str) -> None:
        """Show another text, from its beginning."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def set_read_only(self, is_read_only: bool) -> None:
        """Read it only, or change it."""
        self.setReadOnly(is_read_only)
        self.setProperty("reading", is_read_only)
        repolish(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    @property
    def _wanted(self) -> int:
        """Lines that the text has at the width of now."""
        return round(self.document().size().height())

    def _fit(self) -> None:
        """Take the text's height.

        A scroll bar that comes or goes resizes the field in the midst of this, and Qt may then count fewer lines of
        paragraphs that it has not laid out yet: without a guard the two go on for ever.
        """
        if self._is_fitting:
            return
        self._is_fitting = True
        try:
            least, most = self._lines
            is_cut = self._wanted > most
            on, off = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            self.setVerticalScrollBarPolicy(on if is_cut else off)
            shown = most if is_cut else min(max(self._wanted, least), most)
            height = shown * self.fontMetrics().lineSpacing() + FRAME
            if height != self.height():
                self.setFixedHeight(height)
        finally:
            self._is_fitting = False


class OptionRow(QFrame):
    """One option as a card with a radio button; the whole card can be clicked. In edit mode its text can be changed."""

    chosen = Signal()

    def __init__(self, text: str, key: str = "", parent: QWidget | None = None) -> None:
        """`key` is shown at its right: somebody else hears it."""
        super().__init__(parent)
        self.setObjectName("option")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.radio = QRadioButton()
        self.radio.setAccessibleName(text[:300])
        self.radio.setFixedSize(20, 24)
        self.radio.toggled.connect(self._toggled)
        self.radio.clicked.connect(lambda: self.chosen.emit())
        self.radio.installEventFilter(self)
        self._text = text
        self._label = Label(text, wraps=True)
        self._field = TextField(tr("Option"), (1, 6))
        self._field.set_text(text)
        self._field.hide()
        layout = row(self, style.XS, (style.S, style.XS, style.S, style.XS))
        layout.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._label, 1)
        layout.addWidget(self._field, 1)
        self._label.setContentsMargins(0, style.XS, 0, style.XS)
        if key:
            layout.addWidget(Label(key, "small"), 0, Qt.AlignmentFlag.AlignVCenter)
            self.radio.setAccessibleDescription(tr("Key {key}", key=key))

    @property
    def text(self) -> str:
        """The option as it stands now."""
        return self._field.toPlainText() if not self._field.isHidden() else self._text

    @property
    def tab_stops(self) -> tuple[QWidget, ...]:
        """What the tab key stops at, in order."""
        return (self.radio, self._field)

    def set_editable(self, is_editable: bool) -> None:
        """Let the text be changed, or only chosen."""
        self._field.setVisible(is_editable)
        self._label.setVisible(not is_editable)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.radio.isEnabled():
            self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
            self.radio.click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.setProperty("focused", event.type() == QEvent.Type.FocusIn)
            repolish(self)
        return False

    def _toggled(self, is_chosen: bool) -> None:
        self.setProperty("chosen", is_chosen)
        repolish(self)
        repolish(self._label)
