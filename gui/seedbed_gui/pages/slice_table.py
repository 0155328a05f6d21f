"""Slices: the items by length, answer and topic, each with its accuracy and interval; a click shows its errors."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout

from seedbed_gui import style
from seedbed_gui.language import figure, mark, tr
from seedbed_gui.models.mistakes import Mistakes, Slice
from seedbed_gui.pages import numbers
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.error_list import errors_in_words
from seedbed_gui.pages.frames import Card, hairline, row
from seedbed_gui.pages.intervals import ROW, Interval, IntervalPicture
from seedbed_gui.pages.labels import Label, one_line, plain_tip

HEAD = 32  # pixels
LONGEST_NAME = 25  # characters; the tool tip has all
HEADINGS = (mark("Slice"), "", mark("Items"), mark("Accuracy"), mark("95 % interval"))


class SliceTable(Card):
    """Rows with their intervals beside them; strong where a slice differs from the rest."""

    slice_chosen = Signal(int)

    def __init__(self, mistakes: Mistakes) -> None:
        super().__init__(space=style.S)
        self.column.addWidget(Label(tr("Slices"), "strong"))
        self.column.addWidget(Label(mistakes.said, "quiet", wraps=True))
        both = row(space=style.L)
        both.addLayout(self._grid(mistakes.slices), 3)
        picture = IntervalPicture()
        picture.setMinimumWidth(72)
        picture.head = HEAD
        rows = [_interval(each) for each in mistakes.slices]
        picture.show_rows(rows, mistakes.accuracy)
        both.addWidget(picture, 2, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(both)
        self.column.addWidget(Label(tr("Dashed: all items. Intervals are Wilson's, each for itself."), "small"))

    def _grid(self, slices: Sequence[Slice]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.M)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for place, heading in enumerate(HEADINGS):
            label = Label(tr(heading), "caption")
            label.setFixedHeight(HEAD)
            grid.addWidget(label, 0, place)
        for number, each in enumerate(slices):
            grid.addWidget(hairline(), 2 * number + 1, 0, 1, len(HEADINGS))
            is_first = not number or slices[number - 1].by != each.by
            self._add(grid, number, each, is_first)
        grid.setRowStretch(2 * len(slices) + 2, 1)
        return grid

    def _add(self, grid: QGridLayout, number: int, each: Slice, is_first: bool) -> None:
        role = "strong" if each.is_distinguishable else "text"
        by = Label(each.by if is_first else "", "quiet")
        by.setFixedHeight(ROW - 1)
        grid.addWidget(by, 2 * number + 2, 0)
        whole = one_line(each.name)
        short = whole if len(whole) <= LONGEST_NAME else f"{whole[: LONGEST_NAME - 2]} …"
        name = Button(short, partial(self.slice_chosen.emit, number), "link")
        name.setToolTip(
            plain_tip(tr("{whole}: list the {errors}", whole=whole, errors=errors_in_words(len(each.errors))))
        )
        name.setAccessibleName(tr("{by}, {name}: show its errors", by=each.by, name=each.name))
        grid.addWidget(name, 2 * number + 2, 1, Qt.AlignmentFlag.AlignLeft)
        interval = f"{numbers.share(each.low)} \N{EN DASH} {numbers.share(each.high)}"
        cells = (figure(each.items, ","), numbers.share(each.accuracy), interval)
        for place, cell in enumerate(cells, start=2):
            grid.addWidget(Label(cell, role), 2 * number + 2, place)


def _interval(each: Slice) -> Interval:
    return Interval(f"{each.by}, {each.name}", each.accuracy, each.low, each.high, False, not each.is_distinguishable)
