"""Where a trained model is wrong: confusion, calibration, slices and a list of errors that leads back to the tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from seedbed_engine.keeping.answers_kept import Answered
from seedbed_gui import style
from seedbed_gui.language import fill, mark, tr
from seedbed_gui.models.mistakes import (
    ALL_HUMAN,
    CREATED,
    HUMAN,
    MODELS,
    WORDS,
    Answers,
    Mistakes,
    cell_of,
    wish_of,
)
from seedbed_gui.pages import numbers
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.calibration import CalibrationPicture
from seedbed_gui.pages.error_list import ErrorList, errors_in_words
from seedbed_gui.pages.frames import Card, clear, column, row
from seedbed_gui.pages.labels import Label, one_line
from seedbed_gui.pages.matrix import ConfusionMatrix
from seedbed_gui.pages.slice_table import SliceTable
from seedbed_gui.sayings import told

WIDE = 840  # pixels from which cards stand side by side
ABOUT = {
    "test": mark(
        "The errors of the test set are for understanding only: growing by them would make the test worthless."
    ),
    "held out": mark("Created examples that were held out, in whole branches. The tree may be grown by these errors."),
    "dev": mark(
        "Human examples that no compared model was trained on and no verdict counts: the tree may grow by them."
    ),
}
TITLES = {
    CREATED: mark("Where the model trained on created data is wrong"),
    HUMAN: mark("Where the model trained on human data is wrong"),
    ALL_HUMAN: mark("Where the model trained on all human data is wrong"),
}
NEAREST = mark("Below each error: the examples of the tree that lie nearest, which did not teach this model.")
LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """What the list shows: a title, and the numbers of the items; `cell` where it is one of the confusion."""

    title: str
    items: frozenset[int]
    cell: tuple[int, int] | None = None


class ErrorsPanel(QWidget):
    """Cards for one model and one part at a time; tells which example, or which growth, is wanted."""

    example_wanted = Signal(int)
    grow_wanted = Signal(tuple, str)  # parents, and what the new examples should be
    rounds_wanted = Signal()
    listed = Signal(QWidget)  # another list is shown: its title should come in sight

    def __init__(self, parts: Sequence[Mistakes], answers: Answers, can_write: bool = True) -> None:
        super().__init__()
        self._found, self._answers, self._can_write = tuple(parts), answers, can_write
        self._parts: tuple[Mistakes, ...] = ()
        self.part = self._found[0]
        self._pair: QBoxLayout | None = None
        layout = column(self, style.L)
        layout.addWidget(self._head())
        self._cards: QVBoxLayout = column(space=style.L)
        layout.addLayout(self._cards)
        self.show_model(self.part.model)

    def show_model(self, model: str) -> None:
        """Show where another model is wrong: on the same part, where it was asked that."""
        for name, button in self.models.items():
            button.setChecked(name == model)
        self.heading.setText(tr(TITLES[model]))
        self._parts = tuple(each for each in self._found if each.model == model)
        clear(self._part_line)
        self.buttons = []
        for place, part in enumerate(self._parts):
            said = fill("{words} · {items:,}", words=tr(WORDS[part.part]), items=part.items)
            button = Button(said, partial(self.show_part, place), "segment")
            button.setCheckable(True)
            self.buttons.append(button)
            self._part_line.addWidget(button)
        self.show_part(next((n for n, each in enumerate(self._parts) if each.part == self.part.part), 0))

    def show_part(self, place: int) -> None:
        """Show what was answered on another part."""
        self.part = self._parts[place]
        for number, button in enumerate(self.buttons):
            button.setChecked(number == place)
        about = ABOUT[self.part.part] if self.part.model == CREATED else NEAREST
        self.about.setText(tr(about))
        clear(self._cards)
        self._pair = pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(style.L)
        pair.addWidget(self._confusion(), 1)
        pair.addWidget(self._calibration(), 1)
        self._cards.addLayout(pair)
        self.slices = SliceTable(self.part)
        self.slices.slice_chosen.connect(self._show_slice)
        self._cards.addWidget(self.slices)
        if self.part.clusters:
            self._cards.addWidget(self._clusters())
        self.list = self._list()
        self._cards.addWidget(self.list)
        self._arrange(self.width())
        self._show(self._all)

    def show_all(self) -> None:
        """List every error."""
        self._choose(self._all)

    def show_cell(self, right: int, said: int) -> None:
        """List what is in a cell of the confusion."""
        names = [one_line(label, LONGEST_LABEL) for label in self.part.labels]
        items = frozenset(e.id for e in self._answered if cell_of(e, self.part.labels) == (right, said))
        title = tr("Right “{right}”, answered “{said}”", right=names[right], said=names[said])
        self._choose(Shown(title, items, (right, said)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        if self._pair is not None:
            is_wide = width >= WIDE
            way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
            self._pair.setDirection(way)

    def _head(self) -> Card:
        card = Card()
        head = row(space=style.S)
        self.heading = Label("", "strong", wraps=True)
        self._part_line = row(space=style.S)
        head.addWidget(self.heading, 1)
        head.addLayout(self._part_line)
        card.column.addLayout(head)
        self.models: dict[str, Button] = {}
        line = row(space=style.S)
        models = list(dict.fromkeys(each.model for each in self._found))
        for model in models if len(models) > 1 else ():
            button = Button(tr(MODELS[model]), partial(self.show_model, model), "segment")
            button.setCheckable(True)
            button.setAccessibleName(tr(TITLES[model]))
            self.models[model] = button
            line.addWidget(button)
        line.addStretch(1)
        card.column.addLayout(line)
        self.about = Label("", "quiet", wraps=True)
        card.column.addWidget(self.about)
        return card

    def _confusion(self) -> Card:
        card = Card()
        wrong = sum(not each.is_right for each in self._answered)
        said = tr("{errors} of {items:,}", errors=errors_in_words(wrong), items=self.part.items)
        card.column.addWidget(Label(tr("Confusion · {said}", said=said), "strong"))
        self.matrix = ConfusionMatrix()
        self.matrix.open()
        self.matrix.show_counts(self.part.labels, self.part.confusion)
        self.matrix.cell_chosen.connect(self.show_cell)
        card.column.addWidget(self.matrix)
        card.column.addWidget(Label(tr("A click on a cell lists what is in it."), "small"))
        card.column.addStretch(1)
        return card

    def _calibration(self) -> Card:
        card = Card()
        card.column.addWidget(Label(tr("As often right as it is sure?"), "strong"))
        card.column.addWidget(Label(calibration_in_words(self.part), "quiet", wraps=True))
        self.calibration = CalibrationPicture()
        self.calibration.show_bins(self.part.bins)
        card.column.addWidget(self.calibration)
        card.column.addWidget(
            Label(
                tr("Across: sure, %; upright: right, % (95 % intervals); below: items. Hollow: few items."),
                "small",
                wraps=True,
            )
        )
        card.column.addStretch(1)
        return card

    def _clusters(self) -> Card:
        card = Card()
        head = row(space=style.M)
        head.addWidget(Label(tr("Errors that belong together"), "strong"), 1)
        self.rounds = Button(tr("Grow and train in rounds …"), self.rounds_wanted.emit)
        self.rounds.setEnabled(self._can_write)
        head.addWidget(self.rounds)
        card.column.addLayout(head)
        for place, each in enumerate(self.part.clusters):
            line = row(space=style.M)
            near = ", ".join(f"{branch} ({many})" for branch, many in each.branches[:3])
            words = column(space=0)
            show = Button(one_line(each.name, 80), partial(self._show_cluster, place), "link")
            left = row(space=0)
            left.addWidget(show)
            left.addStretch(1)
            words.addLayout(left)
            said = tr("{errors} · nearest: {near}", errors=errors_in_words(len(each.errors)), near=near)
            words.addWidget(Label(said, "quiet", wraps=True))
            line.addLayout(words, 1)
            wish = wish_of(self.part, self._answers, each.errors)
            grow = Button(tr("Grow there …"), partial(self.grow_wanted.emit, wish.parents, wish.instruction))
            grow.setEnabled(self._can_write and bool(wish.parents))
            line.addWidget(grow)
            card.column.addLayout(line)
        return card

    def _list(self) -> Card:
        card = Card()
        head = row(space=style.S)
        self.title = Label("", "strong", wraps=True)
        self.all = Button(tr("All errors"), self.show_all, "link")
        self.grow = Button(tr("Grow where these are …"), self._grow_shown)
        self.grow.setToolTip(tr("From the examples that lie nearest, with the kind of these errors as the instruction"))
        head.addWidget(self.title, 1)
        head.addWidget(self.all)
        head.addWidget(self.grow)
        card.column.addLayout(head)
        self.items = ErrorList()
        self.items.example_wanted.connect(self.example_wanted)
        card.column.addWidget(self.items)
        return card

    @property
    def _answered(self) -> list[Answered]:
        return self._answers.of(self.part)

    def _show_slice(self, place: int) -> None:
        each = self.part.slices[place]
        self._choose(
            Shown(
                tr("Errors where {by} is: {name}", by=told(each.by), name=one_line(each.name, 80)),
                frozenset(each.errors),
            )
        )

    def _show_cluster(self, place: int) -> None:
        each = self.part.clusters[place]
        self._choose(Shown(tr("Errors about: {name}", name=one_line(each.name, 80)), frozenset(each.errors)))

    @property
    def _all(self) -> Shown:
        return Shown(tr("All errors"), frozenset(each.id for each in self._answered if not each.is_right))

    def _choose(self, shown: Shown) -> None:
        self._show(shown)
        self.listed.emit(self.list)

    def _show(self, shown: Shown) -> None:
        found = [each for each in self._answered if each.id in shown.items]
        self._wrong = [each.id for each in found if not each.is_right]
        self.title.setText(fill("{title} · {many:,}", title=shown.title, many=len(found)))
        self.all.setVisible(shown != self._all)
        wish = wish_of(self.part, self._answers, self._wrong)
        self.grow.setVisible(self.part.can_grow)
        self.grow.setEnabled(self._can_write and bool(wish.parents))
        self.matrix.choose(shown.cell)
        self.items.show_items(self.part, self._answers, found)

    def _grow_shown(self) -> None:
        wish = wish_of(self.part, self._answers, self._wrong)
        self.grow_wanted.emit(wish.parents, wish.instruction)


def calibration_in_words(part: Mistakes) -> str:
    """The expected calibration error beside what chance alone gives, and in which direction it is off."""
    sure = sum(each.items * each.sureness for each in part.bins) / part.items
    more = tr("more sure than right") if sure > part.accuracy else tr("less sure than right")
    error, chance = numbers.share(part.error), numbers.share(part.by_chance)
    said = tr(
        "On average {sure} % sure and {right} % right.", sure=numbers.share(sure), right=numbers.share(part.accuracy)
    )
    if part.error > part.by_chance:
        off = tr(
            "Expected calibration error {error} points; chance alone stays below {chance} with so many items: "
            "it is {more}.",
            error=error,
            chance=chance,
            more=more,
        )
    else:
        off = tr(
            "Expected calibration error {error} points; chance alone gives up to {chance} with so many items: "
            "no sign of being off.",
            error=error,
            chance=chance,
        )
    return f"{said} {off}"
