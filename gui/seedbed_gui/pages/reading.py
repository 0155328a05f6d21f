"""Text to be read: large, with air between its lines, always plain, as high as it is."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QResizeEvent, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit, QWidget

from seedbed_gui import style


class ReadingText(QTextEdit):
    """A text of a size (pixels, halves too) and line height (times the size); it can be selected and copied."""

    def __init__(
        self, name: str, size: float, line_height: float, *, is_bold: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._line_height = line_height
        self._size, self._weight = size, QFont.Weight.Bold if is_bold else QFont.Weight.Normal
        self.setObjectName("reading")
        self.setAccessibleName(name)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text == self.toPlainText() and text:
            return
        self._set_font()
        self.setPlainText(text)
        air = QTextBlockFormat()
        height = self._size * self._line_height
        air.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(air)
        self._fit()

    def _set_font(self) -> None:
        font = style.text_font(style.READING, self._weight)
        font.setPointSizeF(self._size * 72.0 / max(self.logicalDpiY(), 1))
        self.setFont(font)
        self.document().setDefaultFont(font)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.toPlainText():  # another look: Qt took the font away
            self._set_font()
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    def _fit(self) -> None:
        height = round(self.document().size().height()) + 6
        if height != self.height():
            self.setFixedHeight(height)
