"""The left side: pages with counts, the seeds with their trees, the human data."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QLayout, QSizePolicy, QWidget

import seedbed_resources
from seedbed_engine.keeping.rows import DatasetRow, SeedRow
from seedbed_gui import style
from seedbed_gui.language import figure, fill, tr
from seedbed_gui.pages.bars import HEIGHT, paint_shares
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import ScrolledColumn, clear, column, row
from seedbed_gui.pages.labels import ElidedLabel, Label, one_line, plain_tip
from seedbed_gui.pages.open_project import Overview

WIDTH = 208


class _Painted(QAbstractButton):
    """A button that paints itself: background when chosen or under the pointer, ring when it has the focus."""

    def __init__(self, name: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setText(name)
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 2 * style.S, self.height())

    def paint_ground(self, painter: QPainter, chosen: str, border: str | None) -> None:
        """The rounded ground."""
        colours = style.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(QColor(chosen))
            if border:
                painter.setPen(QPen(QColor(border), 1))
            painter.drawRoundedRect(room, style.RADIUS, style.RADIUS)
        elif self.underMouse():
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(room, style.RADIUS, style.RADIUS)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours.ring), 2))
            painter.drawRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), style.RADIUS, style.RADIUS)

    def write(self, painter: QPainter, room: QRect, text: str, colour: str, font: QFont, right: bool = False) -> None:
        """One line of text, cut with … where it does not fit."""
        painter.setFont(font)
        painter.setPen(QColor(colour))
        line = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), line)


class PageButton(_Painted):
    """A page's name with how many things are on it."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 32)
        self.setAutoExclusive(True)
        self._count: int | None = None

    def show_count(self, count: int | None) -> None:
        """Show another count; None or 0: none."""
        self._count = count
        self.setAccessibleDescription(figure(count, ",") if count else "")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = style.current()
        self.paint_ground(painter, colours.accent_tint, None)
        weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
        font = style.text_font(style.NORMAL, weight)
        room = self.rect().adjusted(style.S, 0, -style.S, 0)
        self.write(painter, room, self.text(), colours.text, font)
        if self._count:
            colour = colours.text if self.isChecked() else colours.quiet
            self.write(painter, room, figure(self._count, ","), colour, font, right=True)


class SeedCard(_Painted):
    """A seed's question with the counts of its tree and their shares as a thin bar."""

    def __init__(self, seed: SeedRow) -> None:
        super().__init__(one_line(seed.example.question), 64)
        self.seed = seed.id
        total = seed.new + seed.approved + seed.rejected + seed.pruned
        self._said = (
            tr("{total:,} examples · depth {depth}", total=total, depth=seed.depth) if total else tr("no examples yet")
        )
        self._parts = [(seed.approved, "approved"), (seed.new, "new"), (seed.rejected + seed.pruned, "rejected")]
        self.setToolTip(plain_tip(one_line(seed.example.question)))
        self.setAccessibleDescription(
            tr(
                "{approved} approved, {new} new, {rejected} rejected, {pruned} pruned",
                approved=seed.approved,
                new=seed.new,
                rejected=seed.rejected,
                pruned=seed.pruned,
            )
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colours = style.current()
        self.paint_ground(painter, colours.panel, colours.hairline)
        room = self.rect().adjusted(style.S, style.S, -style.S, -style.S)
        weight = QFont.Weight.Medium if self.isChecked() else QFont.Weight.Normal
        first = QRect(room.left(), room.top(), room.width(), 20)
        self.write(painter, first, self.text(), colours.text, style.text_font(style.NORMAL, weight))
        second = QRect(room.left(), room.top() + 20, room.width(), 16)
        self.write(painter, second, self._said, colours.quiet, style.text_font(style.SMALL))
        bar = QRectF(room.left(), room.bottom() - HEIGHT - 1, room.width(), HEIGHT)
        paint_shares(painter, bar, [(many, style.state_colour(state)) for many, state in self._parts])


class Sidebar(QFrame):
    """Chooses the page and the seed."""

    page_chosen = Signal(str)
    seed_chosen = Signal(int)
    seed_wanted = Signal()
    import_wanted = Signal()
    home_wanted = Signal()
    menu_wanted = Signal()

    def __init__(self, pages: Sequence[tuple[str, str, bool]], parent: QWidget | None = None) -> None:
        """`pages`: the name and title of each, and whether it needs a project."""
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        layout = column(self, 0, (style.S, style.S, style.S, style.S))
        head = row(space=style.XS)
        head.addWidget(_Logo(self.home_wanted.emit), 1)
        self.menu = Button("☰", self.menu_wanted.emit, "icon")
        self.menu.setAccessibleName(tr("Menu"))
        self.menu.setToolTip(tr("Menu"))
        self.menu.setFixedSize(32, 32)
        head.addWidget(self.menu)
        layout.addLayout(head)
        layout.addSpacing(style.S)
        self.pages: dict[str, PageButton] = {}
        self._needy = [key for key, _, needs_project in pages if needs_project]
        for key, name, _ in pages:
            button = PageButton(name)
            button.clicked.connect(lambda _=False, key=key: self.page_chosen.emit(key))
            self.pages[key] = button
            layout.addWidget(button)
        layout.addSpacing(style.L)
        self._lists = ScrolledColumn((0, 0, 0, 0), 0)
        self._seeds, self._datasets = column(space=style.XXS), column(space=0)
        self._group = QButtonGroup(self)
        inside = self._lists.column
        inside.addLayout(_caption(tr("Seeds"), tr("Add a seed"), self.seed_wanted.emit))
        inside.addLayout(self._seeds)
        inside.addSpacing(style.L)
        inside.addLayout(_caption(tr("Human data"), tr("Import human data"), self.import_wanted.emit))
        inside.addLayout(self._datasets)
        inside.addStretch(1)
        layout.addWidget(self._lists, 1)
        layout.addStretch(0)
        self._shown: tuple[tuple[SeedRow, ...], tuple[DatasetRow, ...]] = ((), ())
        self._show_datasets(())

    def show_page(self, key: str) -> None:
        """Mark a page as the one that is shown; another one than these marks none."""
        for name, button in self.pages.items():
            button.setAutoExclusive(False)
            button.setChecked(name == key)
            button.setAutoExclusive(True)

    def set_has_project(self, has_project: bool) -> None:
        """Show only what there is without a project, or all."""
        for name in self._needy:
            self.pages[name].setVisible(has_project)
        self._lists.setVisible(has_project)

    def show_count(self, name: str, count: int | None) -> None:
        """Show how many things are on a page."""
        if name in self.pages:
            self.pages[name].show_count(count)

    def menu_corner(self) -> QPoint:
        """Where the menu drops down."""
        return self.menu.mapTo(self, self.menu.rect().bottomLeft())

    def show_overview(self, overview: Overview, seed: int | None) -> None:
        """Show what is in the project; `seed` is the chosen one."""
        if overview.seeds != self._shown[0]:
            self._show_seeds(overview.seeds)
        if overview.datasets != self._shown[1]:
            self._show_datasets(overview.datasets)
        self._shown = (overview.seeds, overview.datasets)
        self.show_seed(seed)

    def show_seed(self, seed: int | None) -> None:
        """Mark a seed as the chosen one."""
        for button in self._group.buttons():
            if isinstance(button, SeedCard) and button.seed == seed:
                button.setChecked(True)

    def _show_seeds(self, seeds: tuple[SeedRow, ...]) -> None:
        focused = next((b.seed for b in self._group.buttons() if isinstance(b, SeedCard) and b.hasFocus()), None)
        clear(self._seeds)
        for old in self._group.buttons():
            self._group.removeButton(old)
        for seed in seeds[:500]:
            card = SeedCard(seed)
            card.clicked.connect(lambda _=False, number=seed.id: self.seed_chosen.emit(number))
            self._group.addButton(card)
            self._seeds.addWidget(card)
            if seed.id == focused:
                card.setFocus()

    def _show_datasets(self, datasets: tuple[DatasetRow, ...]) -> None:
        clear(self._datasets)
        if not datasets:
            hint = Label(tr("None yet. Import some to compare with."), "small", wraps=True)
            hint.setContentsMargins(style.S, style.XS, style.S, style.XS)
            self._datasets.addWidget(hint)
        for dataset in datasets:
            for name, said in dataset_lines(dataset):
                self._datasets.addLayout(_dataset_line(name, said))


def dataset_lines(dataset: DatasetRow) -> list[tuple[str, str]]:
    """A data set's splits, each as a title and a remark."""
    looked = {0: tr("not looked at yet"), 1: tr("looked at once"), 2: tr("looked at twice")}
    lines = []
    if dataset.test:
        looks = looked.get(dataset.looks, tr("looked at {looks} times", looks=dataset.looks))
        lines.append(
            (
                tr("{name} · test (sealed)", name=dataset.name)
                if dataset.sealed
                else tr("{name} · test", name=dataset.name),
                fill("{test:,} · {looks}", test=dataset.test, looks=looks),
            )
        )
    if dataset.dev:
        lines.append((tr("{name} · dev", name=dataset.name), tr("{n:,} examples", "{n:,} example", dataset.dev)))
    if dataset.train:
        lines.append((tr("{name} · train", name=dataset.name), tr("{n:,} examples", "{n:,} example", dataset.train)))
    return lines or [(dataset.name, tr("empty"))]


def _dataset_line(name: str, said: str) -> QLayout:
    lines = column(space=style.XXS, margins=(style.S, style.XS, style.S, style.S))
    lines.addWidget(ElidedLabel(name, cut=Qt.TextElideMode.ElideMiddle))  # the split stands at the end
    lines.addWidget(Label(said, "small"))
    return lines


def _caption(text: str, action: str, on_click: Callable[[], None]) -> QLayout:
    line = row(space=0, margins=(style.S, 0, 0, style.XS))
    line.addWidget(Label(text, "caption"), 1, Qt.AlignmentFlag.AlignVCenter)
    button = Button("+", on_click, "icon")
    button.setAccessibleName(action)
    button.setToolTip(action)
    button.setFixedSize(24, 24)
    line.addWidget(button)
    return line


class _Logo(_Painted):
    """The studio's mark and name; leads to the start page."""

    def __init__(self, on_click: Callable[[], None]) -> None:
        super().__init__("Seedbed", 36)
        self.setCheckable(False)
        self.setToolTip(tr("To the start page"))
        self.setAccessibleDescription(tr("To the start page"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda: on_click())
        self._mark = QPixmap(str(seedbed_resources.path("icons", "seedbed.svg")))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter, "", None)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(QRect(8, 7, 22, 22), self._mark)
        font = style.text_font(style.READING, QFont.Weight.DemiBold)
        self.write(painter, self.rect().adjusted(38, 0, -8, 0), "Seedbed", style.current().text, font)
