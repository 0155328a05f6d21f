"""The first page: what can be begun, recent projects, samples; a file can be dropped on it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLayout, QSizePolicy, QWidget

from seedbed_engine.keeping.samples import Sample, read_samples
from seedbed_gui import style
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import Card, ScrolledColumn, clear, column, frame, row
from seedbed_gui.pages.labels import Label, folder_in_words, plain_tip
from seedbed_gui.pages.page import Page
from seedbed_gui.sayings import told

WIDTH = 840


class StartPage(Page):
    """Says what the person wants to begin; opens nothing itself."""

    name, title = "start", mark("Start")
    needs_project = has_sidebar = has_top_bar = False

    demo_wanted = Signal()
    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal(str)
    project_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        scroll = ScrolledColumn((style.XXL, style.XXXL, style.XXL, style.XXL), 0)
        outer = column(self)
        outer.addWidget(scroll)
        middle = QWidget()
        middle.setMaximumWidth(WIDTH)
        inside = column(middle, style.L)
        centred = row()
        centred.addStretch(1)
        centred.addWidget(middle, 100)
        centred.addStretch(1)
        scroll.column.addLayout(centred)
        scroll.column.addStretch(1)
        inside.addLayout(_greeting())
        inside.addLayout(self._first_acts())
        inside.addSpacing(style.S)
        lists = row(space=style.XXL)
        self._recent, samples = column(space=style.XXS), column(space=style.XXS)
        for layout, caption in ((self._recent, tr("Recent projects")), (samples, tr("Samples"))):
            part = column(space=style.S)
            part.addWidget(Label(caption, "caption"))
            part.addLayout(layout)
            part.addStretch(1)
            lists.addLayout(part, 1)
        inside.addLayout(lists)
        for sample in read_samples():
            samples.addWidget(_sample_line(sample, self.sample_wanted.emit))
        self.show_recent(())

    def show_recent(self, recent: Sequence[str]) -> None:
        """Show which projects were open lately."""
        clear(self._recent)
        for name in recent:
            path = Path(name)
            line = ListLine(path.stem, folder_in_words(path.parent), partial(self.project_wanted.emit, name))
            line.setEnabled(path.is_file())
            line.setToolTip(plain_tip(name if path.is_file() else tr("{name} is not there any more", name=name)))
            self._recent.addWidget(line)
        if not recent:
            hint = frame("drop")
            layout = column(hint, style.XS, (style.L, style.L, style.L, style.L))
            layout.addWidget(Label(tr("No project yet"), "strong"))
            said = tr("Begin with one example of your own, or drop a .seedbed, .jsonl or .csv file here.")
            layout.addWidget(Label(said, "quiet", wraps=True))
            self._recent.addWidget(hint)

    def _first_acts(self) -> QLayout:
        acts = row(space=style.M)
        demo = Button(tr("Watch the demo"), self.demo_wanted.emit, "primary")
        new = Button(tr("New project …"), self.new_wanted.emit)
        for title, said, button in (
            (tr("See it work"), tr("Grows a tree from a sample and trains on it."), demo),
            (tr("Your own task"), tr("Type or paste one example, or take it from a file."), new),
            (tr("Go on"), tr("Open a project file from your disk."), Button(tr("Open …"), self.open_wanted.emit)),
        ):
            card = Card(space=style.XS)
            card.column.addWidget(Label(title, "strong"))
            words = Label(said, "quiet", wraps=True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            card.column.addWidget(words, 1)
            card.column.addSpacing(style.S)
            line = row()
            line.addWidget(button)
            line.addStretch(1)
            card.column.addLayout(line)
            acts.addWidget(card, 1)
        return acts


class ListLine(QAbstractButton):
    """Two lines of text that can be clicked as one."""

    def __init__(self, title: str, said: str, on_click: Callable[[], object]) -> None:
        super().__init__()
        self.setText(title)
        self._said = said
        self.setAccessibleName(title)
        self.setAccessibleDescription(said)
        self.setFixedHeight(52)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: on_click())

    def sizeHint(self) -> QSize:
        return QSize(240, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = style.current()
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.underMouse() and self.isEnabled():
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(room, style.RADIUS, style.RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.ring), 2))
            painter.drawRoundedRect(room, style.RADIUS, style.RADIUS)
        strong = colours.text if self.isEnabled() else colours.quiet
        for text, font, colour, top in (
            (self.text(), style.text_font(style.NORMAL, QFont.Weight.Medium), strong, 6),
            (self._said, style.text_font(style.SMALL), colours.quiet, 26),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            line = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, self.width() - 2 * style.M)
            painter.drawText(style.M, top, self.width() - 2 * style.M, 20, int(Qt.AlignmentFlag.AlignVCenter), line)


def _greeting() -> QLayout:
    lines = column(space=style.XS)
    lines.addWidget(Label(tr("Grow a training set from one example"), "display"))
    said = tr(
        "Seedbed asks a language model for examples like yours, shows the tree they grow into, and trains and judges "
        "a small local model on what you keep."
    )
    lines.addWidget(Label(said, "quiet", wraps=True))
    return lines


def _sample_line(sample: Sample, on_click: Callable[[str], object]) -> QWidget:
    return ListLine(told(sample.title), told(sample.about), partial(on_click, sample.name))
