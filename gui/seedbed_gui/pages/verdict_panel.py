"""A verdict: a sentence first, then the table, the intervals beside it, the matrix, the remarks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from seedbed_gui import style
from seedbed_gui.models.verdict import Judged, Verdict
from seedbed_gui.pages import numbers
from seedbed_gui.pages.frames import Card, column, hairline, row
from seedbed_gui.pages.intervals import ROW, Interval, IntervalPicture
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.matrix import ConfusionMatrix

HEADINGS = ("Trained on", "Examples", "Accuracy", "95 % interval", "Seeds, SD", "Macro-F1")


class VerdictPanel(QWidget):
    """Cards that are made anew for each verdict."""

    def __init__(self, verdict: Verdict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict = verdict
        layout = column(self, style.L)
        layout.addWidget(self._sentence())
        middle = row(space=style.L)
        middle.addWidget(self._table(), 3)
        middle.addWidget(self._intervals(), 2)
        layout.addLayout(middle)
        if verdict.labels:
            layout.addWidget(self._matrix())

    def _sentence(self) -> Card:
        card = Card()
        self.sentence = Label(self.verdict.sentence, "title", wraps=True)
        card.column.addWidget(self.sentence)
        for words in self.verdict.words:
            card.column.addWidget(Label(words, "quiet", wraps=True))
        for warning in self.verdict.warnings:
            card.column.addWidget(Label(warning, "amber", wraps=True))
        return card

    def _table(self) -> Card:
        card = Card(space=0)
        card.column.addWidget(Label(self.verdict.test_name, "strong", wraps=True))
        grid = QGridLayout()
        grid.setContentsMargins(0, style.S, 0, 0)
        grid.setHorizontalSpacing(style.L)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for place, heading in enumerate(HEADINGS):
            label = Label(heading, "caption")
            label.setFixedHeight(32)
            grid.addWidget(label, 0, place)
        for line, judged in enumerate(self.verdict.rows):
            grid.addWidget(hairline(), 2 * line + 1, 0, 1, len(HEADINGS))
            for place, cell in enumerate(row_cells(judged)):
                label = Label(cell, "strong" if judged.is_created else "text")
                label.setFixedHeight(ROW - 1)
                grid.addWidget(label, 2 * line + 2, place)
        card.column.addLayout(grid)
        card.column.addStretch(1)
        return card

    def _intervals(self) -> Card:
        card = Card(space=0)
        picture = IntervalPicture()
        rows = [Interval(j.name, j.accuracy, j.low, j.high, j.is_created, j.is_quiet) for j in self.verdict.rows]
        picture.head = 20 + style.S + 32
        picture.show_rows(rows, self.verdict.majority)
        card.column.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        return card

    def _matrix(self) -> Card:
        card = Card()
        card.column.addWidget(Label("Right and wrong answers · trained on created data", "strong"))
        matrix = ConfusionMatrix()
        matrix.show_counts(self.verdict.labels, self.verdict.matrix)
        card.column.addWidget(matrix)
        return card


def row_cells(judged: Judged) -> tuple[str, ...]:
    """A judged model as a row of the table."""
    interval = ""
    if judged.low is not None and judged.high is not None:
        interval = f"{numbers.share(judged.low)} \N{EN DASH} {numbers.share(judged.high)}"
    seeds = ""
    if judged.seeds:
        seeds = f"{judged.seeds}" + (f" × {numbers.share(judged.deviation)}" if judged.deviation is not None else "")
    examples = "" if judged.examples is None else f"{judged.examples:,}"
    accuracy, macro_f1 = numbers.share(judged.accuracy), numbers.share(judged.macro_f1)
    return (judged.name, examples, accuracy, interval, seeds, macro_f1)
