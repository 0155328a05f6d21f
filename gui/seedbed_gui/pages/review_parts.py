"""Parts of the review page: the example as it is read, its reason when it is rejected, the keys at the foot."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
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
NOT_SUPPORTED = mark("not supported by its passage")
REASONS = (
    mark("wrong answer"),
    mark("unclear"),
    mark("off the subject"),
    mark("too like another"),
    NOT_SUPPORTED,  # last: where there are no passages the others keep their numbers
)
WITH_KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
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
    """Escape leaves it."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ReasonBar(QWidget):
    """Why an example is rejected: in words, or by the number of one of a few reasons; Return takes it."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = column(self, style.S)
        self.title = Label("", "strong")
        self.field = _ReasonField()
        self.field.setAccessibleName(tr("Reason"))
        self.field.setPlaceholderText(tr("Why? A number, your own words, or nothing; Return rejects, Esc leaves"))
        self.field.textChanged.connect(lambda _: self._mark_chosen())
        self.field.returnPressed.connect(lambda: self.given.emit(self.reason()))
        self.field.left.connect(self.left)
        layout.addWidget(self.title)
        layout.addWidget(self.field)
        line = row(space=style.S)
        self.buttons: list[CapButton] = []
        for place, reason in enumerate(REASONS):
            button = CapButton(str(place + 1), tr(reason), partial(self.given.emit, tr(reason)))
            button.setCheckable(True)
            button.setAutoDefault(True)  # Return presses it
            self.buttons.append(button)
            line.addWidget(button)
        line.addStretch(1)
        layout.addLayout(line)
        self.hide()

    def ask(self, title: str, *, has_passage: bool) -> None:
        """Ask for the reason."""
        self.title.setText(title)
        self.buttons[REASONS.index(NOT_SUPPORTED)].setVisible(has_passage)
        self.field.clear()
        self._mark_chosen()
        self.show()
        self.field.setFocus()

    def reason(self) -> str:
        """The reason as it was typed, or the one whose number is all that was typed."""
        place = self._place()
        return self.field.text().strip() if place is None else tr(REASONS[place])

    def event(self, event: QEvent) -> bool:
        """What is typed while one of the reasons has the focus goes into the field, never to the page's keys."""
        if not isinstance(event, QKeyEvent) or not event.text().isprintable() or event.modifiers() & WITH_KEYS:
            return super().event(event)
        if event.text() and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.text() and event.type() == QEvent.Type.KeyPress:
            self.field.setFocus()
            self.field.insert(event.text())
            return True
        return super().event(event)

    def _place(self) -> int | None:
        typed = self.field.text().strip()
        return next((n for n, button in enumerate(self.buttons) if button.key == typed and not button.isHidden()), None)

    def _mark_chosen(self) -> None:
        chosen = self._place()
        for place, button in enumerate(self.buttons):
            button.set_kind("segment" if place == chosen else "flat")
            button.setChecked(place == chosen)


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
