"""What a run that asks a creator made and used, on the runs page; while it goes on its figures change in place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from seedbed_engine.asking.costs import Estimate
from seedbed_engine.keeping import calls
from seedbed_engine.keeping.rows import Account, RunRow
from seedbed_engine.keeping.spending import Sums
from seedbed_engine.keeping.store import Store
from seedbed_gui import style
from seedbed_gui.language import fill, tr
from seedbed_gui.pages import numbers
from seedbed_gui.pages.costs_dialog import told_in_words
from seedbed_gui.pages.frames import Card
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.mending_card import NAMES
from seedbed_gui.pages.status_bar import line_that_adds_up
from seedbed_gui.sayings import told


@dataclass(frozen=True, slots=True)
class Figures:
    """What changes while a run goes on."""

    account: Account
    discards: Mapping[str, int]


def read_figures(store: Store, run: int) -> Figures:
    """Read what one run came to so far."""
    return Figures(calls.read_account(store, run), calls.discard_reasons(store, run))


class GrowthCard(Card):
    """The line that adds up, the money, why items were discarded."""

    def __init__(self, run: RunRow, sums: Sums, figures: Figures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._sums = run, sums
        self.figures = figures
        self.kept = Label("", "title")
        self.line = Label("", wraps=True)
        self._money = [Label("", "quiet", wraps=True) for _ in range(2)]
        self._billed = Label("", "amber")
        self._why = Label(tr("Why items were discarded"), "caption")
        for label in (self.kept, self.line, *self._money, self._billed):
            self.column.addWidget(label)
        self._why.setContentsMargins(0, style.S, 0, 0)
        self.column.addWidget(self._why)
        self._reasons: list[Label] = []
        self._show(figures, sums)

    def show_figures(self, figures: Figures) -> None:
        """Show how far it is now; only texts change."""
        if figures != self.figures:
            self.figures = figures
            self._show(figures, sums_so_far(self._sums, figures.account))

    def _show(self, figures: Figures, sums: Sums) -> None:
        account, billed = figures.account, figures.account.possibly_billed
        _say(self.kept, "" if self._run.work in NAMES else _kept(account))
        _say(self.line, line_that_adds_up(account, is_short=False))
        lines = money_lines(self._run, account, sums)
        for label, text in zip(self._money, [*lines, ""], strict=False):
            _say(label, text)
        said = tr(
            "{n:,} requests were in flight when the work ended, and possibly billed.",
            "{n:,} request was in flight when the work ended, and possibly billed.",
            billed,
        )
        _say(self._billed, said if billed else "")
        self._why.setVisible(bool(figures.discards))
        while len(self._reasons) < len(figures.discards):
            self._reasons.append(Label())
            self.column.addWidget(self._reasons[-1])
        texts = [fill("{many:,} · {reason}", many=many, reason=told(why)) for why, many in figures.discards.items()]
        for place, label in enumerate(self._reasons):
            _say(label, texts[place] if place < len(texts) else "")


def money_lines(run: RunRow, account: Account, sums: Sums) -> list[str]:
    """What a growth used, beside what was told of it, and what an example cost."""
    said = told_in_words(Estimate.from_json(run.estimate), sums)
    beforehand = f" · {tr('told beforehand: {amount}', amount=said)}" if said else ""
    lines = [f"{numbers.tokens(account.tokens)} · {numbers.money(account.usd)}{beforehand}"]
    if sums.usd_a_kept:
        line = tr("{money} a kept example", money=numbers.small_money(sums.usd_a_kept))
        if sums.usd_an_approved:
            line += " · " + tr("{money} an approved one", money=numbers.small_money(sums.usd_an_approved))
        lines.append(line)
    elif sums.tokens_a_kept:
        lines.append(tr("{tokens:,.0f} tokens a kept example", tokens=sums.tokens_a_kept))
    return lines


def sums_so_far(sums: Sums, account: Account) -> Sums:
    """What a run came to by its account alone: its sums are read once it has ended."""
    priced = 0 if account.usd is None else account.kept
    return replace(sums, tokens=account.tokens, usd=account.usd, kept=account.kept, priced_kept=priced)


def _kept(account: Account) -> str:
    return tr("{n:,} examples kept", "{n:,} example kept", account.kept)


def _say(label: Label, text: str) -> None:
    """A label that says nothing takes no room."""
    if label.text() != text:
        label.setText(text)
    label.setVisible(bool(text))
