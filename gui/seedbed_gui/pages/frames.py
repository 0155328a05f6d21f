"""Frames that hold other things: cards, rows, columns, hairlines, scrolled columns."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from seedbed_gui import style
from seedbed_gui.pages.labels import repolish

Margins = tuple[int, int, int, int]
NONE: Margins = (0, 0, 0, 0)


def column(parent: QWidget | None = None, space: int = style.S, margins: Margins = NONE) -> QVBoxLayout:
    """An upright layout with spaces in fours."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    layout.setSpacing(space)
    layout.setContentsMargins(*margins)
    return layout


def row(parent: QWidget | None = None, space: int = style.S, margins: Margins = NONE) -> QHBoxLayout:
    """A level layout with spaces in fours."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    layout.setSpacing(space)
    layout.setContentsMargins(*margins)
    return layout


def frame(name: str, parent: QWidget | None = None) -> QFrame:
    """A frame that the style sheet knows by its name."""
    made = QFrame(parent)
    made.setObjectName(name)
    made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def hairline() -> QFrame:
    """A thin level line."""
    return frame("line")


class Card(QFrame):
    """A panel with a thin border and a column in it."""

    def __init__(self, parent: QWidget | None = None, space: int = style.S) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.column = column(self, space, (style.XL, style.L, style.XL, style.L))


class ScrolledColumn(QScrollArea):
    """A column that scrolls when it is higher than its room, never sideways.

    With a name it is something to be read: Tab reaches it, and keys scroll it. Without, it follows its fields.
    """

    def __init__(self, margins: Margins, space: int = style.S, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setProperty("reading", bool(name))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if name else Qt.FocusPolicy.NoFocus)
        ring_by_tab(self)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.inside = QWidget()
        self.inside.setObjectName("scrolled")
        self.column = column(self.inside, space, margins)
        self.setWidget(self.inside)

    def bring_in_sight(self, widget: QWidget) -> None:
        """Scroll until the top of a widget inside stands a little below the top, once it has its place."""

        def scroll() -> None:
            top = widget.mapTo(self.inside, QPoint(0, 0)).y()
            self.verticalScrollBar().setValue(top - style.L)

        QTimer.singleShot(0, widget, scroll)


def centred(inner: QLayout, widest: int) -> QHBoxLayout:
    """A column in the middle of the page, no wider than a line to be read."""
    holder = QWidget()
    holder.setLayout(inner)
    holder.setMaximumWidth(widest)
    line = row(space=0)
    line.addStretch(1)
    line.addWidget(holder, 1000)
    line.addStretch(1)
    return line


class _TabRing(QObject):
    """Gives what it watches a ring where Tab brought the focus: to a large area nobody needs it otherwise."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and isinstance(watched, QWidget):
            by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
            watched.setProperty("ringed", event.gotFocus() and by_tab)
            repolish(watched)
        return False


def ring_by_tab(widget: QWidget) -> None:
    """Show a ring around a large area when Tab brings the focus there."""
    widget.installEventFilter(_TabRing(widget))


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)
