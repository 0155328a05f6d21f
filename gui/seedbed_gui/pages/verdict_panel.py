"""A verdict: a sentence first, then the table, the intervals beside it, the comparisons, the matrix, the remarks."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QWidget

from seedbed_gui import style
from seedbed_gui.language import figure, mark, tr
from seedbed_gui.models.verdict import Compared, Judged, Verdict
from seedbed_gui.pages import numbers
from seedbed_gui.pages.frames import Card, column, hairline, row
from seedbed_gui.pages.intervals import ROW, Interval, IntervalPicture
from seedbed_gui.pages.labels import Chip, ElidedLabel, Label
from seedbed_gui.pages.matrix import ConfusionMatrix

HEADINGS = (
    mark("Trained on"),
    mark("Examples"),
    mark("Accuracy"),
    mark("95 % interval"),
    mark("Seeds, SD"),
    mark("Macro-F1"),
)
WIDE = 840  # pixels from which cards stand side by side
NAME_WIDTH = 152  # pixels: the longest name in two lines
HEAD_HEIGHT, TITLE_HEIGHT = 32, 20  # pixels; the picture's rows stand level with the table's


class VerdictPanel(QWidget):
    """Cards that are made anew for each verdict."""

    def __init__(self, verdict: Verdict, with_matrix: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = verdict
        layout = column(self, style.L)
        layout.addWidget(self._sentence())
        self._pairs = (column(space=style.L), column(space=style.L))
        middle, lower = self._pairs
        middle.addWidget(self._table(), 3)
        middle.addWidget(self._intervals(), 1)
        if verdict.comparisons:
            lower.addWidget(self._comparisons(), 3)
        if with_matrix and verdict.labels and verdict.matrix:
            lower.addWidget(self._matrix(), 2)
        for pair in self._pairs:
            layout.addLayout(pair)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cards stand side by side where there is room, else one below the other, the picture with names of its own."""
        super().resizeEvent(event)
        is_wide = event.size().width() >= WIDE
        for pair in self._pairs:
            pair.setDirection(QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom)
        self.picture.show_names(not is_wide)

    def _sentence(self) -> Card:
        card = Card()
        self.headline = Label(self.verdict.headline, "title", wraps=True)
        head = row(space=style.S)
        head.addWidget(self.headline, 1)
        if not self.verdict.is_human_test:
            head.addWidget(Chip(tr("not a human test"), "amber"), 0, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(head)
        card.column.addWidget(Label(self.verdict.sentence, "quiet", wraps=True))
        for note in self.verdict.notes:
            card.column.addWidget(Label(note, "quiet", wraps=True))
        return card

    def _table(self) -> Card:
        card = Card(space=0)
        title = ElidedLabel(
            tr(
                "Judged on {test_name} · {test_items:,} items",
                test_name=self.verdict.test_name,
                test_items=self.verdict.test_items,
            ),
            "strong",
        )
        title.setFixedHeight(TITLE_HEIGHT)
        card.column.addWidget(title)
        lines = [row_cells(judged) for judged in self.verdict.rows]
        strong = [place for place, judged in enumerate(self.verdict.rows) if judged.is_created]
        card.column.addLayout(_grid([tr(name) for name in HEADINGS], lines, strong))
        for judged in self.verdict.rows:
            if judged.is_collapsed:
                said = tr("{name}: one answer for nearly all items.", name=judged.name)
                card.column.addWidget(Label(said, "amber", wraps=True))
        card.column.addStretch(1)
        return card

    def _intervals(self) -> Card:
        card = Card(space=0)
        title = ElidedLabel(tr("Accuracy, % · majority dashed"), "quiet")
        title.setFixedHeight(TITLE_HEIGHT)
        card.column.addWidget(title)
        picture = self.picture = IntervalPicture()
        picture.setMinimumWidth(196)
        picture.head = style.S + HEAD_HEIGHT
        rows = [Interval(j.name, j.accuracy, j.low, j.high, j.is_created, j.is_quiet) for j in self.verdict.rows]
        picture.show_rows(rows, self.verdict.majority)
        card.column.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        card.column.addStretch(1)
        return card

    def _comparisons(self) -> Card:
        card = Card(space=0)
        card.column.addWidget(Label(tr("Created data against"), "strong"))
        lines = [comparison_cells(compared) for compared in self.verdict.comparisons]
        grid = _grid(("", tr("Points"), tr("95 % interval"), "p", ""), lines, [], wraps=True)
        for place, compared in enumerate(self.verdict.comparisons):
            item = grid.itemAtPosition(2 * place + 2, 1)
            label = item.widget() if item is not None else None
            if compared.is_distinguishable and isinstance(label, Label):
                label.set_role("good" if compared.difference > 0 else "wrong")
        card.column.addLayout(grid)
        card.column.addStretch(1)
        return card

    def _matrix(self) -> Card:
        card = Card()
        card.column.addWidget(ElidedLabel(tr("Answers of the model trained on created data"), "strong"))
        matrix = ConfusionMatrix()
        matrix.show_counts(self.verdict.labels, self.verdict.matrix)
        card.column.addWidget(matrix)
        card.column.addStretch(1)
        return card


def row_cells(judged: Judged) -> tuple[str, ...]:
    """A judged model as a row of the table."""
    interval = _span(judged.low, judged.high) if judged.low is not None and judged.high is not None else ""
    seeds = f"{judged.seeds} × {numbers.share(judged.deviation)}" if judged.deviation is not None else ""
    examples = "" if judged.examples is None else figure(judged.examples, ",")
    accuracy, macro_f1 = numbers.share(judged.accuracy), numbers.share(judged.macro_f1)
    return (judged.name, examples, accuracy, interval, seeds, macro_f1)


def comparison_cells(compared: Compared) -> tuple[str, ...]:
    """A comparison as a row of the table."""
    p_value = f"< {figure(0.001, '.3f')}" if compared.p_value < 0.001 else figure(compared.p_value, ".3f")
    said = "" if compared.is_distinguishable else tr("not distinguishable")
    interval = tr("{low} to {high}", low=numbers.points(compared.low), high=numbers.points(compared.high))
    return (compared.name, numbers.points(compared.difference), interval, p_value, said)


def _span(low: float, high: float) -> str:
    return f"{numbers.share(low)} \N{EN DASH} {numbers.share(high)}"


def _grid(
    headings: Sequence[str], lines: Sequence[Sequence[str]], strong: Sequence[int], wraps: bool = False
) -> QGridLayout:
    """A table; its rows are all of one height, in which a name has two lines, unless they may grow with it."""
    grid = QGridLayout()
    grid.setContentsMargins(0, style.S, 0, 0)
    grid.setHorizontalSpacing(style.M)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(0, 1)
    grid.setColumnMinimumWidth(0, NAME_WIDTH)
    for place, heading in enumerate(headings):
        label = Label(heading, "caption")
        label.setFixedHeight(HEAD_HEIGHT)
        grid.addWidget(label, 0, place)
    for number, cells in enumerate(lines):
        grid.addWidget(hairline(), 2 * number + 1, 0, 1, len(headings))
        for place, cell in enumerate(cells):
            role = "strong" if number in strong else "text"
            label = Label(cell, role, wraps=place == 0)
            if wraps:
                label.setMinimumHeight(ROW - 1)
            else:
                label.setFixedHeight(ROW - 1)
            grid.addWidget(label, 2 * number + 2, place)
    return grid
