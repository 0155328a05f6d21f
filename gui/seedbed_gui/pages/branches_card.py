"""Which branch helped, on the runs page: a sentence, then each branch with its interval; strong where it is told."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from seedbed_engine.keeping.rows import RunRow
from seedbed_gui import style
from seedbed_gui.models.branch_effects import BranchEffect, read_left_out
from seedbed_gui.pages.frames import Card, hairline
from seedbed_gui.pages.labels import Label

HEADINGS = ("Branch", "Examples", "Accuracy without", "Points it gives", "95 of 100 repetitions", "")
NOT_YET = "Each branch is left out in turn and the model trained again; what it gives is shown at the end."
CHANCE = "By chance about one in a hundred branches that give nothing is answered all the same."
WHY = "Trains again without each of the three branches in doubt; takes about four times as long as this training."


def branches_card(run: RunRow) -> Card:
    """What came of leaving branches out."""
    card = Card(space=style.S)
    found = read_left_out(run.result)
    if found is None:
        card.column.addWidget(Label(NOT_YET, "quiet", wraps=True))
        return card
    card.column.addWidget(Label(found.said, "title", wraps=True))
    said = f"Run {found.run} trained again without each, {found.seeds} seeds, judged on {found.judged_on}."
    card.column.addWidget(Label(said, "quiet", wraps=True))
    if found.branches:
        card.column.addLayout(_grid(found.branches))
    card.column.addWidget(Label(CHANCE, "small", wraps=True))
    return card


def _grid(branches: tuple[BranchEffect, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(style.L)
    grid.setVerticalSpacing(style.S)
    grid.setColumnStretch(len(HEADINGS) - 1, 1)
    right = Qt.AlignmentFlag.AlignRight
    for place, heading in enumerate(HEADINGS):
        grid.addWidget(Label(heading, "caption"), 0, place, right if 0 < place < 5 else Qt.AlignmentFlag.AlignLeft)
    for number, each in enumerate(branches):
        grid.addWidget(hairline(), 2 * number + 1, 0, 1, len(HEADINGS))
        role = "strong" if each.is_told else "text"
        for place, text in enumerate(_cells(each)):
            side = right if 0 < place < 5 else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(Label(text, role), 2 * number + 2, place, side)
    return grid


def _cells(each: BranchEffect) -> tuple[str, ...]:
    interval = f"{_points(each.low)} to {_points(each.high)}"
    without = f"{100 * each.without:.1f} %"
    return each.branch, f"{each.examples:,}", without, _points(each.difference), interval, each.answer


def _points(difference: float) -> str:
    return f"{100 * difference:+.1f}".replace("-", "\N{MINUS SIGN}")
