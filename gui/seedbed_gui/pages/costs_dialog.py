"""The dialog that says what growths cost: each beside what was told beforehand, and by strategy, model and depth."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from seedbed_engine.asking.costs import Estimate
from seedbed_engine.keeping import runs, spending
from seedbed_engine.keeping.spending import Sums
from seedbed_engine.keeping.store import Store
from seedbed_gui import style
from seedbed_gui.language import figure, mark, tr
from seedbed_gui.pages import numbers
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.frames import Card
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.sayings import told

FIGURES = (
    mark("Requests"),
    mark("Tokens"),
    mark("Cost"),
    mark("Kept"),
    mark("A kept one"),
    mark("Approved"),
    mark("An approved one"),
)
GROUPS = {"strategy": mark("By strategy"), "model": mark("By model"), "depth": mark("By depth")}
MOST_ROWS = 50
NONE = "\N{EN DASH}"
NOTHING = mark("Nothing was asked yet. Grow a tree: what it costs will be said here.")


@dataclass(frozen=True, slots=True)
class Costs:
    """What a project's growths cost; `told` is what was told before a run, where that was kept."""

    told: dict[int, Estimate | None]
    spent: list[spending.Spent]


class CostsDialog(Dialog):
    """Tables of figures, newest growth first."""

    def __init__(self, costs: Costs, parent: QWidget | None = None) -> None:
        said = tr("What the servers reported. A growth's estimate stands as it was told before it began.")
        super().__init__(tr("What growths cost"), said, tr("Close"), (880, 640), parent)
        self.cancel_button.hide()
        if not costs.spent:
            self.body.column.addWidget(Label(tr(NOTHING), "quiet"))
        else:
            self._show(costs)
        self.body.column.addStretch(1)

    def _show(self, costs: Costs) -> None:
        by_run = list(reversed(spending.sum_by(costs.spent, "run").items()))[:MOST_ROWS]
        rows = [
            (tr("Run {run}", run=run), told_in_words(costs.told.get(run), sums) or NONE, *cells(sums))
            for run, sums in by_run
        ]
        self._add(tr("Growths"), ("", tr("Told beforehand"), *map(tr, FIGURES)), rows)
        for name, title in GROUPS.items():
            groups = list(spending.sum_by(costs.spent, name).items())[:MOST_ROWS]
            self._add(
                tr(title),
                ("", *map(tr, FIGURES)),
                [(told(str(key)) if key else tr("unnamed"), *cells(sums)) for key, sums in groups],
            )

    def _add(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        card = Card()
        card.column.addWidget(Label(title, "strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.L)
        grid.setVerticalSpacing(style.XS)
        grid.setColumnStretch(0, 1)
        for line, row in enumerate((head, *rows)):
            for place, text in enumerate(row):
                side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
                role = "caption" if line == 0 else "normal" if place else "strong"
                grid.addWidget(Label(text, role), line, place, side | Qt.AlignmentFlag.AlignVCenter)
        card.column.addLayout(grid)
        self.body.column.addWidget(card)


def cells(sums: Sums) -> tuple[str, ...]:
    """The figures of one row: in dollars, or in tokens where nothing is paid."""
    is_paid = bool(sums.usd)
    each = sums.usd_a_kept if is_paid else sums.tokens_a_kept
    approved = sums.usd_an_approved if is_paid else sums.tokens / sums.approved if sums.approved else None
    return (
        figure(sums.requests, ","),
        numbers.short(sums.tokens),
        numbers.money(sums.usd),
        figure(sums.kept, ","),
        _each(each, is_paid),
        figure(sums.approved, ","),
        _each(approved, is_paid),
    )


def told_in_words(before: Estimate | None, sums: Sums) -> str:
    """What was told beforehand, in what the growth is judged by."""
    if before is None:
        return ""
    if sums.usd and before.usd_low is not None and before.usd_high is not None:
        return tr("{low} to {high}", low=numbers.money(before.usd_low), high=numbers.money(before.usd_high))
    low, high = (numbers.short(tokens) for tokens in (before.tokens_low, before.tokens_high))
    return tr("{low} to {high} tokens", low=low, high=high)


def _each(amount: Any, is_paid: bool) -> str:
    if amount is None:
        return NONE
    return numbers.small_money(amount) if is_paid else tr("{amount:,.0f} tokens", amount=amount)


def read_costs(store: Store) -> Costs:
    """Read what growths cost and what was told of them."""
    before = {run.id: Estimate.from_json(run.estimate) for run in runs.read_runs(store)}
    return Costs(before, spending.read_spending(store))


def show_costs(project: OpenProject, window: QWidget) -> None:
    """Open the dialog once its figures are read."""

    def show(costs: Costs) -> None:
        dialog = CostsDialog(costs, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    project.read(read_costs, show, window)
