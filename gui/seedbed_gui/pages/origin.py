"""Where an example came from: its parent, the call, who wrote it, what was sent, what came back, what it cost."""

import json
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from seedbed_engine.keeping import calls, trees
from seedbed_engine.keeping.rows import ExampleRow, RequestRow
from seedbed_engine.keeping.store import Store
from seedbed_gui import style
from seedbed_gui.language import mark, tr
from seedbed_gui.pages import numbers
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.labels import ElidedLabel, Label, one_line
from seedbed_gui.pages.texts import TextField
from seedbed_gui.sayings import told

LONGEST = 50_000  # characters of a prompt or reply that are shown; all of it can be copied
ORIGINS = {"recorded": mark("recorded · label unverified"), "imported": mark("imported")}
FACTS = (mark("Parent"), mark("Written by"), mark("Call"), mark("Cost"), mark("Drift"), mark("Twins"), mark("Origin"))


@dataclass(frozen=True, slots=True)
class Origin:
    """An example with what it came from."""

    row: ExampleRow
    parent: ExampleRow | None
    request: RequestRow | None
    twins: int = 0  # turned away for being too near to it


def read_origin(store: Store, example: int) -> Origin:
    """Read it all, off the window's thread."""
    row = trees.read_example(store, example)
    parent = trees.read_example(store, row.parent) if row.parent is not None else None
    request = calls.read_request(store, row.request) if row.request is not None else None
    return Origin(row, parent, request, calls.count_refused_for(store, example))


class OriginView(QWidget):
    """A few facts in a table, and behind a button the prompt and the raw reply as plain text."""

    parent_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._origin: Origin | None = None
        layout = column(self, style.S)
        layout.addWidget(Label(tr("Where it came from"), "caption"))
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(style.M)
        self._facts.setVerticalSpacing(style.XS)
        self._facts.setColumnMinimumWidth(0, 64)
        self._facts.setColumnStretch(1, 1)
        layout.addLayout(self._facts)
        self._values: dict[str, ElidedLabel] = {}
        self._names: dict[str, Label] = {}
        for place, name in enumerate(FACTS):
            self._names[name], self._values[name] = Label(tr(name), "quiet"), ElidedLabel("")
            self._facts.addWidget(self._names[name], place, 0)
            self._facts.addWidget(self._values[name], place, 1)
        self.more = Button(tr("Show prompt and reply"), self._toggle, "link")
        self.up = Button(tr("Go to its parent"), self._go_up, "link")
        links = row(space=style.S)
        links.addWidget(self.more)
        links.addWidget(self.up)
        links.addStretch(1)
        layout.addLayout(links)
        self.prompt, self.reply = _plain_field(tr("Prompt that was sent")), _plain_field(tr("Raw reply"))
        self._texts = QWidget()
        texts = column(self._texts, style.XS)
        for name, field in ((tr("Prompt that was sent"), self.prompt), (tr("Raw reply"), self.reply)):
            texts.addWidget(Label(name, "caption"))
            texts.addWidget(field)
        self._texts.hide()
        layout.addWidget(self._texts)

    def show_origin(self, origin: Origin) -> None:
        """Show where another example came from."""
        self._origin = origin
        for name, text in facts(origin).items():
            self._values[name].set_whole(text)
            for widget in (self._names[name], self._values[name]):
                widget.setVisible(bool(text))
        request = origin.request
        self.more.setVisible(request is not None)
        self.up.setVisible(origin.parent is not None)
        self.prompt.set_text(_cut(prompt_text(request.messages)) if request else "")
        self.reply.set_text(_cut(request.raw_reply or tr("No reply was kept.")) if request else "")
        if request is None:
            self._texts.hide()

    def _toggle(self) -> None:
        self._texts.setVisible(self._texts.isHidden())
        self.more.setText(tr("Show prompt and reply") if self._texts.isHidden() else tr("Hide prompt and reply"))

    def _go_up(self) -> None:
        if self._origin is not None and self._origin.parent is not None:
            self.parent_wanted.emit(self._origin.parent.id)


def facts(origin: Origin) -> dict[str, str]:
    """What is said about an example's origin; empty: nothing to say."""
    row, request = origin.row, origin.request
    parent = f"#{origin.parent.id} · {one_line(origin.parent.example.question)}" if origin.parent else tr("the seed")
    found = {**dict.fromkeys(FACTS, ""), "Parent": parent}
    if request is not None:
        found["Written by"] = f"{told(request.creator)} · {request.model}"
        tokens = tr(
            "{prompt_tokens:,} + {completion_tokens:,} tokens",
            prompt_tokens=request.prompt_tokens or 0,
            completion_tokens=request.completion_tokens or 0,
        )
        found["Call"] = tr("{call} · request {id} · {tokens}", call=request.call, id=request.id, tokens=tokens)
        found["Cost"] = numbers.money(request.usd)
    if row.drift is not None:
        found["Drift"] = tr("{drift:.2f} from the seed", drift=row.drift)
    if origin.twins:
        found["Twins"] = tr("{twins:,} turned away, too near to this one", twins=origin.twins)
    if row.origin != "created":
        found["Origin"] = tr(ORIGINS.get(row.origin, row.origin))
    if row.edited:
        found["Origin"] = f"{found['Origin']} · {tr('edited by a person')}".strip(" ·")
    return found


def prompt_text(messages: str) -> str:
    """The messages of a request as text, one after the other."""
    try:
        found = json.loads(messages)
    except ValueError:
        return messages
    if not isinstance(found, list) or not all(isinstance(message, dict) for message in found):
        return messages
    return "\n\n".join(f"{message.get('role', '')}:\n{message.get('content', '')}" for message in found)


def _plain_field(name: str) -> TextField:
    field = TextField(name, (2, 14))
    field.setReadOnly(True)
    field.setProperty("plain", True)
    return field


def _cut(text: str) -> str:
    return (
        text
        if len(text) <= LONGEST
        else f"{text[:LONGEST]}\n{tr('… and {many:,} more characters', many=len(text) - LONGEST)}"
    )
