"""A list of answers, the surest errors first, each with the examples near to it: a click opens these in the tree."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLayout, QWidget

from seedbed_engine.keeping.answers_kept import Answered
from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.models.mistakes import Answers, Mistakes, Near
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import clear, column, hairline, row
from seedbed_gui.pages.labels import ElidedLabel, Label, one_line

AT_FIRST, MORE = 6, 20  # entries shown, and how many come with a click
LONGEST = 400  # characters of a question
LONGEST_ANSWER = 80


class ErrorList(QWidget):
    """Shows some of the answers to one part."""

    example_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, style.S)
        self._entries = column(space=style.S)
        layout.addLayout(self._entries)
        self.more = Button("", self._show_more, "link")
        foot = row()
        foot.addWidget(self.more)
        foot.addStretch(1)
        layout.addLayout(foot)
        self._rest: list[Answered] = []
        self._mistakes: Mistakes | None = None
        self._answers = Answers()

    def show_items(self, mistakes: Mistakes, answers: Answers, items: Sequence[Answered]) -> None:
        """Show these, the surest first."""
        clear(self._entries)
        self._mistakes, self._answers = mistakes, answers
        self._rest = sorted(items, key=lambda each: -each.sureness)
        self._add(AT_FIRST)

    def _show_more(self) -> None:
        self._add(MORE)

    def _add(self, many: int) -> None:
        for each in self._rest[:many]:
            if self._entries.count():
                self._entries.addWidget(hairline())
            self._entries.addLayout(self._entry(each))
        self._rest = self._rest[many:]
        self.more.setText(tr("{more} more of {many:,}", more=min(MORE, len(self._rest)), many=len(self._rest)))
        self.more.setVisible(bool(self._rest))

    def _entry(self, each: Answered) -> QLayout:
        found = column(space=style.XS)
        found.addWidget(Label(one_line(each.example.question, LONGEST), wraps=True))
        sure = tr("{sureness:.0f} % sure", sureness=100 * each.sureness)
        if each.is_right:
            found.addWidget(
                Label(
                    tr("answered “{answer}”, rightly · {sure}", answer=_answer(each.answer), sure=sure),
                    "quiet",
                    wraps=True,
                )
            )
        else:
            said = tr(
                "answered “{answer}” · right: “{right}” · {sure}",
                answer=_answer(each.answer),
                right=_answer(each.example.answer),
                sure=sure,
            )
            found.addWidget(Label(said, "wrong", wraps=True))
        near = self._mistakes.nearest.get(each.id, ()) if self._mistakes else ()
        for one in near:
            found.addLayout(self._near(one))
        return found

    def _near(self, near: Near) -> QLayout:
        line = row(space=style.S, margins=(style.L, 0, 0, 0))
        open_it = Button(f"#{near.example}", partial(self.example_wanted.emit, near.example), "link")
        open_it.setToolTip(tr("Open in the tree"))
        open_it.setMinimumWidth(44)
        line.addWidget(open_it, 0, Qt.AlignmentFlag.AlignTop)
        example = (self._answers.examples or {}).get(near.example)
        if example is None:
            open_it.setEnabled(False)
            line.addWidget(Label(tr("is not in the tree any more"), "quiet"), 1)
            return line
        line.addWidget(ElidedLabel(f"{example.question} ({example.answer})", "quiet"), 1)
        line.addWidget(
            Label(tr("{branch} · likeness {likeness:.2f}", branch=near.branch, likeness=near.likeness), "small")
        )
        return line


def _answer(text: str) -> str:
    return one_line(text, LONGEST_ANSWER)


def errors_in_words(many: int) -> str:
    """How many errors, in words."""
    return tr("{n:,} errors", "{n:,} error", many)
