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
from seedbed_gui.pages import numbers
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.frames import Card
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.open_project import OpenProject

FIGURES = ("Requests", "Tokens", "Cost", "Kept", "A kept one", "Approved", "An approved one")
GROUPS = {"strategy": "By strategy", "model": "By model", "depth": "By depth"}
MOST_ROWS = 50
NONE = "\N{EN DASH}"
NOTHING = "Nothing was asked yet. Grow a tree: what it costs will be said here."


@dataclass(frozen=True, slots=True)
class Costs:
    """What a project's growths cost; `told` is what was told before a run, where that was kept."""

    told: dict[int, Estimate | None]
    spent: list[spending.Spent]


class CostsDialog(Dialog):
    """Tables of figures, newest growth first."""

    def __init__(self, costs: Costs, parent: QWidget | None = None) -> None:
        said = "What the servers reported. A growth's estimate stands as it was told before it began."
        super().__init__("What growths cost", said, "Close", (880, 640), parent)
        self.cancel_button.hide()
        if not costs.spent:
            self.body.column.addWidget(Label(NOTHING, "quiet"))
        else:
            self._show(costs)
        self.body.column.addStretch(1)

    def _show(self, costs: Costs) -> None:
        by_run = list(reversed(spending.sum_by(costs.spent, "run").items()))[:MOST_ROWS]
        rows = [(f"Run {run}", told_in_words(costs.told.get(run), sums) or NONE, *cells(sums)) for run, sums in by_run]
        self._add("Growths", ("", "Told beforehand", *FIGURES), rows)
        for name, title in GROUPS.items():
            groups = list(spending.sum_by(costs.spent, name).items())[:MOST_ROWS]
            self._add(title, ("", *FIGURES), [(str(key or "unnamed"), *cells(sums)) for key, sums in groups])

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
        f"{sums.requests:,}",
        numbers.tokens(sums.tokens).removesuffix(" tokens"),
        numbers.money(sums.usd),
        f"{sums.kept:,}",
        _each(each, is_paid),
        f"{sums.approved:,}",
        _each(approved, is_paid),
    )


def told_in_words(told: Estimate | None, sums: Sums) -> str:
    """What was told beforehand, in what the growth is judged by."""
    if told is None:
        return ""
    if sums.usd and told.usd_low is not None and told.usd_high is not None:
        return f"{numbers.money(told.usd_low)} to {numbers.money(told.usd_high)}"
    low, high = (numbers.tokens(tokens).removesuffix(" tokens") for tokens in (told.tokens_low, told.tokens_high))
    return f"{low} to {high} tokens"


def _each(amount: Any, is_paid: bool) -> str:
    if amount is None:
        return NONE
    return numbers.small_money(amount) if is_paid else f"{amount:,.0f} tokens"


def read_costs(store: Store) -> Costs:
    """Read what growths cost and what was told of them."""
    told = {run.id: Estimate.from_json(run.estimate) for run in runs.read_runs(store)}
    return Costs(told, spending.read_spending(store))


def show_costs(project: OpenProject, window: QWidget) -> None:
    """Open the dialog once its figures are read."""

    def show(costs: Costs) -> None:
        dialog = CostsDialog(costs, window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    project.read(read_costs, show, window)
