"""The command palette: all that can be done here, found by words as they are typed."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from seedbed_gui import style
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.acts import Act
from seedbed_gui.pages.frames import column, frame, row
from seedbed_gui.pages.labels import Label, one_line

WIDTH, TOP = 620, 72  # pixels; the distance to the top of the window
ROW, MOST_ROWS = 36, 11
CAP_AIR = 12
NOTHING = mark("Nothing has these words. Try fewer letters, or a page that has it.")
HINT = mark("↑ ↓ choose    ↵ do it    Esc close")
STEPS = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: MOST_ROWS - 1,
    Qt.Key.Key_PageUp: 1 - MOST_ROWS,
}
Index = QModelIndex | QPersistentModelIndex


def rank(act: Act, words: Sequence[str]) -> int | None:
    """How well an act fits the words, 0 best; None: not at all. Each word begins one of its words, or is within one."""
    title = act.words().lower()
    parts = title.replace("“", " ").split()
    others = f"{act.group} {act.also} {act.key}".lower().split()
    worst = 0 if words and title.startswith(" ".join(words)) else 1
    for word in words:
        if any(part.startswith(word) for part in parts):
            continue
        if any(part.startswith(word) for part in others):
            worst = max(worst, 2)
        elif word in title:
            worst = max(worst, 3)
        else:
            return None
    return worst


class ActList(QAbstractListModel):
    """The acts that fit what was typed: best first, those that cannot be done now behind them."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._all: list[tuple[Act, str]] = []
        self.shown: list[tuple[Act, str]] = []

    def set_acts(self, acts: Sequence[Act]) -> None:
        """Offer others; each is asked once what stands in its way."""
        self._all = [(act, act.why_not()) for act in acts]
        self.find("")

    def find(self, text: str) -> None:
        """Show those that fit."""
        words = text.lower().split()
        ranked = [(rank(act, words), bool(why), place) for place, (act, why) in enumerate(self._all)]
        found = sorted(item for item in ranked if item[0] is not None)
        self.beginResetModel()
        self.shown = [self._all[place] for _, _, place in found]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        act, why = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return act.words()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (act.words(), act.key_in_words(), why) if part)
        return None


class _Row(QStyledItemDelegate):
    """One act: its words, where it belongs, its key; in its place the reason why it cannot be done."""

    def __init__(self, acts: ActList, parent: QObject) -> None:
        super().__init__(parent)
        self._acts = acts  # not by a role of its own: a QObject that `data` gives to PySide is never let go

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(WIDTH, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        act, why = self._acts.shown[index.row()]
        colours, room = style.current(), QRect(option.rect).adjusted(style.S, 0, -style.S, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_tint if not why else colours.hover))
            painter.drawRoundedRect(QRectF(room).adjusted(0, 1, 0, -1), style.RADIUS, style.RADIUS)
        line = room.adjusted(style.M, 0, -style.M, 0)
        right = line.right()
        if act.key:
            right = self._paint_key(painter, line, act.key_in_words()) - style.M
        small = style.text_font(style.SMALL)
        side = one_line(why) or act.group
        side_width = min(QFontMetrics(small).horizontalAdvance(side) + 2, line.width() * 3 // 5)
        painter.setFont(small)
        painter.setPen(QColor(colours.quiet))
        self._write(painter, QRect(right - side_width, line.top(), side_width, ROW), side)
        weight = QFont.Weight.Medium if not why and act.is_on is not None and act.is_on() else QFont.Weight.Normal
        painter.setFont(style.text_font(style.NORMAL, weight))
        painter.setPen(QColor(colours.quiet if why else colours.text))
        words = act.words() + ("  ✓" if act.is_on is not None and act.is_on() else "")
        self._write(painter, QRect(line.left(), line.top(), right - side_width - style.L - line.left(), ROW), words)
        painter.restore()

    def _write(self, painter: QPainter, room: QRect, text: str) -> None:
        text = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), text)

    def _paint_key(self, painter: QPainter, line: QRect, key: str) -> int:
        """A key's cap at the right; where it begins."""
        colours = style.current()
        painter.setFont(style.text_font(style.SMALL, QFont.Weight.Medium))
        width = painter.fontMetrics().horizontalAdvance(key) + CAP_AIR
        cap = QRectF(line.right() - width, line.center().y() - 10, width, 20)
        painter.setPen(QPen(QColor(colours.edge), 1))
        painter.setBrush(QColor(colours.panel))
        painter.drawRoundedRect(cap, style.CAP_RADIUS, style.CAP_RADIUS)
        painter.setPen(QColor(colours.quiet))
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), key)
        return int(cap.left())


class Palette(QFrame):
    """A field and a list over the window; a click beside it closes it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self._window = window
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(tr("Command palette"))
        card = self._card = frame("palette")
        column(self, 0).addWidget(card)
        lines = column(card, 0, (1, 1, 1, 1))
        self.field = QLineEdit()
        self.field.setObjectName("command")
        self.field.setAccessibleName(tr("What do you want to do?"))
        self.field.setPlaceholderText(tr("What do you want to do?"))
        self.field.installEventFilter(self)
        self.acts = ActList(self)
        self.view = QListView()
        self.view.setAccessibleName(tr("Commands"))
        self.view.setModel(self.acts)
        self.view.setItemDelegate(_Row(self.acts, self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.said = Label("", "small")
        foot = row(space=style.S, margins=(style.XL, style.S, style.XL, style.S))
        foot.addWidget(self.said, 1)
        foot.addWidget(Label(tr(HINT), "small"))
        for part in (self.field, frame("line"), self.view, frame("line")):
            lines.addWidget(part)
        lines.addLayout(foot)
        self.field.textChanged.connect(self._find)
        self.view.clicked.connect(lambda index: self._do(index.row()))
        self.view.entered.connect(self.view.setCurrentIndex)

    def open_with(self, acts: Sequence[Act]) -> None:
        """Show the palette with these acts."""
        self.acts.set_acts(acts)
        self.field.clear()
        self._find("")
        window = self._window
        left = (window.width() - WIDTH) // 2
        self.setFixedWidth(WIDTH)
        self.move(window.mapToGlobal(QPoint(left, TOP)))
        self.show()
        self.field.setFocus()

    def chosen(self) -> Act | None:
        """The act that Return would carry out."""
        place = self.view.currentIndex().row()
        return self.acts.shown[place][0] if 0 <= place < len(self.acts.shown) else None

    def leave(self) -> None:
        """Close it; the keys belong to the window again."""
        self.close()
        self._window.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in STEPS:
            self._step(STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._do(self.view.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.leave()
        else:
            return False
        return True

    def _find(self, text: str) -> None:
        self.acts.find(text)
        many = len(self.acts.shown)
        self.said.setText(tr("{n:,} commands", "{n:,} command", many) if many else tr(NOTHING))
        self.view.setFixedHeight(ROW * min(max(many, 1), MOST_ROWS))
        self.view.setCurrentIndex(self.acts.index(0, 0))
        self.view.scrollToTop()
        for part in (self._card.layout(), self.layout()):
            if part is not None:
                part.activate()
        self.resize(WIDTH, self.sizeHint().height())

    def _step(self, by: int) -> None:
        place = min(max(self.view.currentIndex().row() + by, 0), len(self.acts.shown) - 1)
        self.view.setCurrentIndex(self.acts.index(place, 0))

    def _do(self, place: int) -> None:
        if not 0 <= place < len(self.acts.shown):
            return
        act, why = self.acts.shown[place]
        if why:
            self.said.setText(one_line(why))
            return
        self.leave()
        act.trigger()
