"""What a rewriting would change: old and new side by side, each can be unticked, and nothing is changed until then."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from seedbed_engine.asking.differences import changed_fields, mark_changes
from seedbed_engine.keeping.proposals import Fate, Preview
from seedbed_gui import style
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.frames import Card, column, row
from seedbed_gui.pages.labels import Chip, ElidedLabel, Label
from seedbed_gui.pages.marked_text import MarkedText
from seedbed_gui.sayings import told

STEP = 40  # changes shown at once
CAPTIONS = {
    "question": mark("Question"),
    "context": mark("Passage"),
    "options": mark("Options"),
    "answer": mark("Answer"),
}


class PreviewDialog(Dialog):
    """Every change that was proposed; `chosen()` are the examples whose change is wanted."""

    def __init__(
        self, previews: Sequence[Preview], instruction: str, *, can_write: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("What would change"), f"“{instruction}”", tr("Apply"), (960, 720), parent)
        self._offered = [preview for preview in previews if preview.fate is Fate.OFFERED]
        self._others = [preview for preview in previews if preview.fate is not Fate.OFFERED]
        self._left_out: set[int] = set()
        self._shown = 0
        self._can_write = can_write
        self.cards: dict[int, _Change] = {}
        self._changes = column(space=style.M)
        self.all_button = Button(tr("Untick all"), self._tick_all, "link")
        self.more_button = Button("", self._show_more, "link")
        self.body.column.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.column.addLayout(self._changes)
        self.body.column.addWidget(self.more_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.rest = _Rest(self._others)
        self.rest.setVisible(bool(self._others))
        self.body.column.addWidget(self.rest)
        self.body.column.addStretch(1)
        self.cancel_button.setText(tr("Close"))
        self._show_more()
        self._show_count()

    def chosen(self) -> list[int]:
        """Examples whose change is wanted."""
        return [preview.example for preview in self._offered if preview.example not in self._left_out]

    def _show_more(self) -> None:
        for preview in self._offered[self._shown : self._shown + STEP]:
            card = _Change(preview, preview.example not in self._left_out, self._ticked)
            self.cards[preview.example] = card
            self._changes.addWidget(card)
        self._shown += STEP
        left = len(self._offered) - self._shown
        self.more_button.setText(tr("Show {many:,} more of {left:,}", many=min(left, STEP), left=left))
        self.more_button.setVisible(left > 0)

    def _ticked(self, example: int, is_wanted: bool) -> None:
        self._left_out.discard(example) if is_wanted else self._left_out.add(example)
        self._show_count()

    def _tick_all(self) -> None:
        is_wanted = not self.chosen()
        self._left_out = set() if is_wanted else {preview.example for preview in self._offered}
        for card in self.cards.values():
            card.tick.setChecked(is_wanted)
        self._show_count()

    def _show_count(self) -> None:
        many, offered = len(self.chosen()), len(self._offered)
        self.all_button.setText(tr("Untick all") if many else tr("Tick all"))
        self.all_button.setVisible(offered > 1)
        self.accept_button.setText(tr("Apply {n:,} changes", "Apply {n:,} change", many))
        self.accept_button.setEnabled(bool(many) and self._can_write)
        self.accept_button.setVisible(bool(offered))
        if not offered:
            self.said.setText(tr("There is nothing to apply."))
        else:
            self.said.setText(
                tr("{many:,} of {offered:,} chosen. One Ctrl+Z takes them all back.", many=many, offered=offered)
            )


class _Change(Card):
    """One example: a box to tick, and each field that differs, old beside new."""

    def __init__(self, preview: Preview, is_wanted: bool, on_tick: Callable[[int, bool], None]) -> None:
        super().__init__()
        self.tick = QCheckBox(f"#{preview.example}")
        self.tick.setAccessibleName(tr("Change #{example}", example=preview.example))
        self.tick.setChecked(is_wanted)
        self.tick.toggled.connect(lambda ticked: on_tick(preview.example, ticked))
        self.column.addWidget(self.tick)
        grid = QGridLayout()
        grid.setHorizontalSpacing(style.XL)
        grid.setVerticalSpacing(style.XS)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.texts: list[MarkedText] = []
        to = preview.to or preview.now
        for place, (name, before, after) in enumerate(changed_fields(preview.now, to)):
            caption = tr(CAPTIONS[name])
            for side, said in enumerate((tr("{caption} now", caption=caption), tr("{caption} then", caption=caption))):
                grid.addWidget(Label(said, "caption"), 2 * place, side)
            for side, pieces in enumerate(mark_changes(before, after)):
                text = MarkedText(
                    tr("{caption}, then", caption=caption) if side else tr("{caption}, now", caption=caption),
                    is_after=bool(side),
                )
                text.show_pieces(pieces)
                self.texts.append(text)
                grid.addWidget(text, 2 * place + 1, side, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(grid)


class _Rest(Card):
    """Examples of which nothing can be taken, each with the reason."""

    def __init__(self, previews: Sequence[Preview]) -> None:
        super().__init__(space=style.S)
        self.column.addWidget(Label(tr("{n:,} without a change", "{n:,} without a change", len(previews)), "caption"))
        for preview in previews[: 5 * STEP]:
            line = row(space=style.S)
            number = Label(f"#{preview.example}", "quiet")
            number.setMinimumWidth(44)
            line.addWidget(number)
            is_done = preview.fate is Fate.APPLIED
            line.addWidget(Chip(told(preview.reason or preview.fate.value), "good" if is_done else "amber"))
            detail = f" · {told(preview.detail)}" if preview.detail else ""
            line.addWidget(ElidedLabel(f"{preview.now.question}{detail}", "quiet"), 1)
            self.column.addLayout(line)
        if len(previews) > 5 * STEP:
            self.column.addWidget(Label(tr("and {many:,} more", many=len(previews) - 5 * STEP), "quiet"))
