"""The log page: every request with its prompt, its reply, what was not kept of it, and what it cost."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from seedbed_engine.keeping import calls
from seedbed_engine.keeping.calls import NewDiscard
from seedbed_engine.keeping.rows import RequestRow
from seedbed_engine.keeping.store import Store
from seedbed_gui import style
from seedbed_gui.language import fill, mark, tr
from seedbed_gui.pages import numbers
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.empty import EmptyPage
from seedbed_gui.pages.frames import ScrolledColumn, column, row
from seedbed_gui.pages.labels import ElidedLabel, Label
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.pages.origin import prompt_text
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.tables import Table, columns_of, place_columns
from seedbed_gui.pages.texts import TextField
from seedbed_gui.sayings import told

PAGE = 300  # requests read at once
MOST_DISCARDS, LONGEST_DISCARD = 40, 2000  # shown of a reply, characters each
COLUMNS = (
    mark("Request"),
    mark("Call"),
    mark("Creator"),
    mark("Model"),
    mark("Outcome"),
    mark("Tokens"),
    mark("Price"),
    mark("Sent, UTC"),
)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request with what was not kept of its reply."""

    request: RequestRow
    discards: list[NewDiscard]
    seed: int


class LogPage(Page):
    """A table of requests, newest first; the chosen one in full below."""

    name, title = "log", mark("Log")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project: OpenProject | None = None
        self._requests: list[RequestRow] = []
        self.table = Table(
            tr("Requests"),
            [tr(name) for name in COLUMNS],
            tr("Model"),
            right=(tr("Request"), tr("Call"), tr("Tokens"), tr("Price")),
        )
        self.table.set_widths(c0=80, c1=64, c2=96, c4=112, c5=120, c6=96, c7=176)
        self.table.row_chosen.connect(self._chosen)
        self.more = Button(tr("Show older requests"), self._read_older, "link")
        self.details = _Details()
        self.details.tree_wanted.connect(self.tree_wanted)
        top = QWidget()
        lines = column(top, 0)
        lines.addWidget(self.table, 1)
        line = row(space=style.S, margins=(style.M, style.XS, style.M, style.XS))
        line.addWidget(self.more)
        line.addStretch(1)
        lines.addLayout(line)
        self._split = QSplitter(Qt.Orientation.Vertical)
        self._split.addWidget(top)
        self._split.addWidget(self.details)
        self._split.setSizes([360, 360])
        self._split.setChildrenCollapsible(False)
        self._empty = EmptyPage(
            tr("Nothing was asked yet"),
            tr("Grow a tree: each request with its prompt, reply and price will be listed here."),
        )
        layout = column(self, 0)
        layout.addWidget(self._split)
        layout.addWidget(self._empty)
        self._show_requests([])

    def layout_to_keep(self) -> dict[str, Any]:
        return {"columns": columns_of(self.table), "parts": self._split.sizes() if self.isVisible() else []}

    def set_layout(self, kept: Mapping[str, Any]) -> None:
        place_columns(self.table, kept.get("columns"))
        parts = kept.get("parts")
        if isinstance(parts, list) and len(parts) == 2 and all(isinstance(part, int) and part > 0 for part in parts):
            self._split.setSizes(parts)

    def set_project(self, project: OpenProject | None) -> None:
        """Show the log of another project."""
        if project is not self._project:
            self._project = project
            self.details.hide()
            self._show_requests([])

    def refresh(self) -> None:
        """Read the newest requests."""
        if self._project is not None and self.isVisible():
            self._project.read(lambda store: calls.read_log(store, PAGE), self._show_requests, owner=self)

    def enter(self) -> None:
        """See what was asked since one was here."""
        self.refresh()

    def _read_older(self) -> None:
        if self._project is not None and self._requests:
            before = self._requests[-1].id
            self._project.read(lambda store: calls.read_log(store, PAGE, before), self._add_older, owner=self)

    def _add_older(self, older: list[RequestRow]) -> None:
        self._show_requests([*self._requests, *older])
        self.more.setVisible(len(older) == PAGE)

    def _show_requests(self, requests: list[RequestRow]) -> None:
        chosen = self.table.currentIndex().row()
        number = self._requests[chosen].id if 0 <= chosen < len(self._requests) else None
        self._requests = requests
        self.table.rows.show_rows([request_cells(request) for request in requests])
        self.more.setVisible(len(requests) % PAGE == 0 and bool(requests))
        self._split.setVisible(bool(requests))
        self._empty.setVisible(not requests)
        places = [place for place, request in enumerate(requests) if request.id == number]
        if places:
            self.table.selectRow(places[0])

    def _chosen(self, place: int) -> None:
        if self._project is None or not 0 <= place < len(self._requests):
            return
        request = self._requests[place].id
        self._project.read(lambda store: read_exchange(store, request), self.details.show_exchange, owner=self)


class _Details(ScrolledColumn):
    """One request in full, as plain text."""

    tree_wanted = Signal(int, int)  # seed and example

    def __init__(self) -> None:
        super().__init__((style.XL, style.L, style.XL, style.L), style.XS)
        self.title = Label("", "heading")
        self.said = Label("", "quiet", wraps=True)
        self.prompt, self.reply = (TextField(name, (2, 16)) for name in (tr("Prompt"), tr("Raw reply")))
        self.column.addWidget(self.title)
        self.column.addWidget(self.said)
        for caption, field in ((tr("Prompt"), self.prompt), (tr("Raw reply"), self.reply)):
            field.setReadOnly(True)
            field.setProperty("plain", True)
            self.column.addSpacing(style.S)
            self.column.addWidget(Label(caption, "caption"))
            self.column.addWidget(field)
        self.discards = QWidget()
        self._listed = column(self.discards, style.S)
        self.column.addSpacing(style.S)
        self.column.addWidget(self.discards)
        self.column.addStretch(1)
        self.hide()

    def show_exchange(self, exchange: Exchange) -> None:
        """Show another request."""
        request = exchange.request
        self.title.setText(tr("Request {id}", id=request.id))
        self.said.setText(request_in_words(request))
        self.prompt.set_text(prompt_text(request.messages)[:50_000])
        self.reply.set_text((request.raw_reply or tr("No reply was kept."))[:50_000])
        while (item := self._listed.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._listed.addWidget(Label(tr("Not kept"), "caption"))
        for discard in exchange.discards[:MOST_DISCARDS]:
            self._listed.addWidget(self._discarded(discard, exchange.seed))
        if len(exchange.discards) > MOST_DISCARDS:
            self._listed.addWidget(Label(tr("and {many:,} more", many=len(exchange.discards) - MOST_DISCARDS), "quiet"))
        self.discards.setVisible(bool(exchange.discards))
        self.show()

    def _discarded(self, discard: NewDiscard, seed: int) -> QWidget:
        """Why an item was not kept, the way to what it is too near to, and its text."""
        found = QWidget()
        lines = column(found, style.XXS)
        head = row(space=style.S)
        head.addWidget(Label(discard.reason, "strong"))
        head.addWidget(ElidedLabel(discard.detail or "", "quiet"), 1)
        if discard.too_near_to is not None:
            near = discard.too_near_to
            head.addWidget(Button(tr("Show #{near}", near=near), lambda: self.tree_wanted.emit(seed, near), "link"))
        lines.addLayout(head)
        text = TextField(tr("Not kept"), (1, 4))
        text.setReadOnly(True)
        text.setProperty("plain", True)
        text.set_text(discard.raw_text[:LONGEST_DISCARD])
        lines.addWidget(text)
        return found


def read_exchange(store: Store, request: int) -> Exchange:
    """Read a request with its discards."""
    found = calls.read_request(store, request)
    return Exchange(found, calls.read_discards(store, request), calls.read_call(store, found.call).seed)


def request_cells(request: RequestRow) -> tuple[str, ...]:
    """A request as a row of the table."""
    tokens = (
        ""
        if request.prompt_tokens is None
        else fill(
            "{prompt_tokens:,} + {completion_tokens:,}",
            prompt_tokens=request.prompt_tokens,
            completion_tokens=request.completion_tokens or 0,
        )
    )
    price = "" if request.usd is None else numbers.money(request.usd)
    sent = request.sent[:19].replace("T", " ")
    return (
        str(request.id),
        str(request.call),
        told(request.creator),
        request.model,
        told(request.outcome),
        tokens,
        price,
        sent,
    )


def request_in_words(request: RequestRow) -> str:
    """What is to be said of a request beside its texts."""
    parts = [
        tr(
            "call {call}, part {part}, attempt {attempt}",
            call=request.call,
            part=request.part + 1,
            attempt=request.attempt + 1,
        ),
        told(request.outcome),
    ]
    parts.append(f"{told(request.creator)} {request.model}".strip())
    if request.wanted_answers:
        parts.append(tr("wanted answers: {answers}", answers=", ".join(request.wanted_answers)))
    if request.topics:
        parts.append(tr("topics: {topics}", topics=", ".join(request.topics)))
    if request.finish_reason:
        parts.append(tr("ended: {reason}", reason=request.finish_reason))
    if request.error:
        parts.append(told(request.error))
    return " · ".join(parts)
