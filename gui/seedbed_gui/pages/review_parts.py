"""Parts of the review page: the example as it is read, its reason when it is rejected, the keys at the foot."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from seedbed_engine.examples import State
from seedbed_engine.keeping.rows import ExampleRow
from seedbed_gui import style
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.acts import Act, hear_keys
from seedbed_gui.pages.buttons import CapButton, KeyButton
from seedbed_gui.pages.frames import clear, column, frame, row
from seedbed_gui.pages.labels import Chip, Label
from seedbed_gui.pages.reading import ReadingText
from seedbed_gui.pages.texts import OptionRow
from seedbed_gui.sayings import told

PASSAGE_AIR, QUESTION_AIR = 1.65, 1.3
OPTION_WIDTH, OPTION_HEIGHT = 254, 44
SHORT_OPTION = 28  # characters up to which options stand side by side
REASONS = (
    mark("not supported by its passage"),
    mark("wrong answer"),
    mark("unclear"),
    mark("off the subject"),
    mark("too like another"),
)
ORDERS = {
    "branch": mark("Branch by branch"),
    "depth": mark("Nearest to the seed first"),
    "drift": mark("Farthest drift first"),
    "flagged": mark("Flagged first"),
    "random": mark("Shuffled"),
}
SAID = {  # key: what it does, and further words to find it by
    "A": (mark("Approve"), mark("accept keep")),
    "R": (mark("Reject …"), ""),
    "E": (mark("Edit"), mark("change")),
    "S": (mark("Skip"), mark("later next")),
    "Z": (mark("Back to the one before"), mark("previous")),
    "B": (mark("Decide about the whole branch …"), mark("approve reject")),
    "T": (mark("Open in the tree"), mark("show")),
}
FOOT = {
    "A": mark("approve"),
    "R": mark("reject …"),
    "E": mark("edit"),
    "S": mark("skip"),
    "Z": mark("back"),
    "B": mark("whole branch"),
    "T": mark("open in tree"),
}
TONES = {State.APPROVED: "good", State.REJECTED: "wrong", State.PRUNED: "wrong"}


class ExampleReader(QWidget):
    """One example, large; another option can be chosen as the answer."""

    answer_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = ReadingText(tr("Question"), style.QUESTION, QUESTION_AIR, is_bold=True)
        self.passage = ReadingText(tr("Passage"), style.READING, PASSAGE_AIR)
        self.options: list[OptionRow] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(style.M)
        self.chips = row(space=style.S)
        layout = column(self, style.L)
        layout.addWidget(self.question)
        layout.addWidget(self.passage)
        beside = row()
        beside.addLayout(self._grid, 1)
        beside.addStretch(0)
        self._grid.setAlignment(Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(beside)
        layout.addLayout(self.chips)
        self._keys = [
            Act(partial(self._said, place), partial(self._choose, place), str(place + 1), group=tr("Review"))
            for place in range(9)
        ]
        hear_keys(self, self._keys)

    @property
    def acts(self) -> Sequence[Act]:
        """Each answer by its digit, as far as they go."""
        return self._keys[: len(self.options)]

    def _said(self, place: int) -> str:
        return tr("Answer “{answer}”", answer=self.options[place].text[:40]) if place < len(self.options) else ""

    def _choose(self, place: int) -> None:
        if place < len(self.options) and self.options[place].radio.isEnabled():
            self.options[place].radio.click()

    def show_example(self, example: ExampleRow, *, can_edit: bool) -> None:
        """Show another example."""
        self.question.set_text(example.example.question)
        self.passage.set_text(example.example.context or "")
        self.passage.setVisible(bool(example.example.context))
        self._show_options(example, can_edit)
        clear(self.chips)
        for said, tone in chips_of(example):
            self.chips.addWidget(Chip(said, tone))
        self.chips.addStretch(1)

    def _show_options(self, example: ExampleRow, can_edit: bool) -> None:
        clear(self._grid)
        texts = example.example.options
        columns = 2 if max(map(len, texts)) <= SHORT_OPTION else 1
        self.options = []
        for place, text in enumerate(texts):
            option = OptionRow(text, str(place + 1) if place < len(self._keys) else "")
            option.setMinimumHeight(OPTION_HEIGHT)
            if columns > 1:
                option.setFixedWidth(OPTION_WIDTH)
            option.radio.setAutoExclusive(False)
            option.radio.setChecked(place == example.example.answer_index)
            option.radio.setEnabled(can_edit)
            option.chosen.connect(lambda text=text: self.answer_wanted.emit(text))
            self._grid.addWidget(option, place // columns, place % columns)
            self.options.append(option)


def chips_of(example: ExampleRow) -> list[tuple[str, str]]:
    """What is worth knowing of an example beside its texts, each with its tone."""
    found = []
    if example.state is not State.NEW:
        found.append((told(example.state.value), TONES[example.state]))
    if example.flag:
        found.append((told(example.flag), "amber"))
    if example.wanted_answer and example.wanted_answer != example.example.answer:
        found.append((tr("asked for “{answer}”", answer=example.wanted_answer[:40]), "amber"))
    if example.drift is not None:
        found.append((tr("drift {drift:.2f}", drift=example.drift), "neutral"))
    if example.edited:
        found.append((tr("edited"), "neutral"))
    return found


def done_words(state: State, branch: int) -> str:
    """What was decided, of an example or of a branch with so many."""
    said = told(state.value)
    return tr("{done} with its branch, {many:,} in all", done=said, many=branch) if branch else said


def skipped_words(many: int) -> str:
    """How many were skipped, and how they are found again."""
    return tr(
        "{n:,} examples were skipped. Z goes back one by one.",
        "{n:,} example was skipped. Z goes back one by one.",
        many,
    )


class _ReasonField(QLineEdit):
    """A digit in the empty field takes one of the reasons offered."""

    digit = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place = event.key() - Qt.Key.Key_1
        if not self.text() and 0 <= place < len(REASONS) and not event.modifiers():
            self.digit.emit(place)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ReasonBar(QWidget):
    """Why an example is rejected: one of a few reasons by its number, or in words; Return takes it."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, style.S)
        self.title = Label("", "strong")
        self.field = _ReasonField()
        self.field.setAccessibleName(tr("Reason"))
        self.field.setPlaceholderText(tr("Why? A number, your own words, or nothing; Return rejects, Esc leaves"))
        self.field.returnPressed.connect(lambda: self.given.emit(self.field.text().strip()))
        self.field.digit.connect(lambda place: self.given.emit(tr(REASONS[place])))
        self.field.left.connect(self.left)
        layout.addWidget(self.title)
        layout.addWidget(self.field)
        line = row(space=style.S)
        for place, reason in enumerate(REASONS):
            line.addWidget(CapButton(str(place + 1), tr(reason), lambda reason=reason: self.given.emit(tr(reason))))  # type: ignore[misc]
        line.addStretch(1)
        layout.addLayout(line)
        self.hide()

    def ask(self, title: str) -> None:
        """Ask for the reason."""
        self.title.setText(title)
        self.field.clear()
        self.show()
        self.field.setFocus()


class BranchBar(QWidget):
    """What is to be done with a whole branch, with its number of examples said first."""

    def __init__(
        self, approve: Callable[[], object], reject: Callable[[], object], leave: Callable[[], object]
    ) -> None:
        super().__init__()
        layout = column(self, style.S)
        self.title = Label("", "strong")
        layout.addWidget(self.title)
        line = row(space=style.S)
        self.approve = KeyButton(tr("Approve all"), "A", approve)
        self.reject = KeyButton(tr("Reject all …"), "R", reject)
        for button in (self.approve, self.reject, KeyButton(tr("Leave"), "Esc", leave)):
            line.addWidget(button)
        line.addStretch(1)
        layout.addLayout(line)
        self.hide()


class KeyFoot(QWidget):
    """The keys of the page, on the screen and to be clicked, and what was decided last."""

    def __init__(self, acts: Sequence[tuple[str, str, Callable[[], object]]], undo: Callable[[], object]) -> None:
        super().__init__()
        layout = column(self, style.S, (0, 0, 0, style.L))
        layout.addWidget(frame("line"))
        line = row(space=style.L, margins=(0, style.S, 0, 0))
        self.buttons = {key: CapButton(key, said, act) for key, said, act in acts}
        for button in self.buttons.values():
            line.addWidget(button)
        line.addStretch(1)
        layout.addLayout(line)
        below = row(space=style.S)
        self.before = Label("", "quiet")
        self.undo = KeyButton(tr("Undo"), "Ctrl+Z", undo, "link")
        below.addWidget(self.before)
        below.addWidget(self.undo)
        below.addStretch(1)
        layout.addLayout(below)
