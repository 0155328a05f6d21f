"""Which branch helped, on the runs page: a sentence, then each branch with its interval; strong where it is told."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from seedbed_engine.keeping.rows import RunRow
from seedbed_gui import style
from seedbed_gui.language import figure, fill, mark, tr
from seedbed_gui.models.branch_effects import BranchEffect, read_left_out
from seedbed_gui.pages.frames import Card, hairline
from seedbed_gui.pages.labels import Label

HEADINGS = (
    mark("Branch"),
    mark("Examples"),
    mark("Accuracy without"),
    mark("Points it gives"),
    mark("95 of 100 repetitions"),
    "",
)
NOT_YET = mark("Each branch is left out in turn and the model trained again; what it gives is shown at the end.")
CHANCE = mark("By chance about one in a hundred branches that give nothing is answered all the same.")
WHY = mark("Trains again without each of the three branches in doubt; takes about four times as long as this training.")


def branches_card(run: RunRow) -> Card:
    """What came of leaving branches out."""
    card = Card(space=style.S)
    found = read_left_out(run.result)
    if found is None:
        card.column.addWidget(Label(tr(NOT_YET), "quiet", wraps=True))
        return card
    card.column.addWidget(Label(found.said, "title", wraps=True))
    said = tr(
        "Run {run} trained again without each, {seeds} seeds, judged on {judged_on}.",
        run=found.run,
        seeds=found.seeds,
        judged_on=found.judged_on,
    )
    card.column.addWidget(Label(said, "quiet", wraps=True))
    if found.branches:
        card.column.addLayout(_grid(found.branches))
    card.column.addWidget(Label(tr(CHANCE), "small", wraps=True))
    return card


def _grid(branches: tuple[BranchEffect, ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(style.L)
    grid.setVerticalSpacing(style.S)
    grid.setColumnStretch(len(HEADINGS) - 1, 1)
    right = Qt.AlignmentFlag.AlignRight
    for place, heading in enumerate(HEADINGS):
        grid.addWidget(Label(tr(heading), "caption"), 0, place, right if 0 < place < 5 else Qt.AlignmentFlag.AlignLeft)
    for number, each in enumerate(branches):
        grid.addWidget(hairline(), 2 * number + 1, 0, 1, len(HEADINGS))
        role = "strong" if each.is_told else "text"
        for place, text in enumerate(_cells(each)):
            side = right if 0 < place < 5 else Qt.AlignmentFlag.AlignLeft
            grid.addWidget(Label(text, role), 2 * number + 2, place, side)
    return grid


def _cells(each: BranchEffect) -> tuple[str, ...]:
    interval = tr("{low} to {high}", low=_points(each.low), high=_points(each.high))
    without = fill("{without:.1f} %", without=100 * each.without)
    return each.branch, figure(each.examples, ","), without, _points(each.difference), interval, each.answer


def _points(difference: float) -> str:
    return figure(100 * difference, "+.1f").replace("-", "\N{MINUS SIGN}")
