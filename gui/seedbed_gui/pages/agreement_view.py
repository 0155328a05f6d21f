"""What the creator answered with the label hidden, beside the label; what a person can do where they disagree."""

from PySide6.QtWidgets import QWidget

from seedbed_engine.keeping import agreement, history
from seedbed_engine.keeping.agreement import Tally
from seedbed_engine.keeping.rows import ExampleRow
from seedbed_engine.keeping.store import Store
from seedbed_gui import notices, style
from seedbed_gui.language import stored, tr
from seedbed_gui.pages.bars import ProgressBar
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.labels import ElidedLabel, Label, one_line
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.sayings import told

LONGEST_ANSWER = 24  # characters of an answer on a button


class AgreementView(QWidget):
    """A sentence, the other answers, and two ways to settle a disagreement; hidden where nothing was asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project: OpenProject | None = None
        self._row: ExampleRow | None = None
        self._tally: Tally | None = None
        layout = column(self, style.XS)
        layout.addWidget(Label(tr("Asked again, the label hidden"), "caption"))
        self.said, self.others, self.bar = Label("", "strong", wraps=True), ElidedLabel("", "quiet"), ProgressBar()
        layout.addWidget(self.said)
        layout.addWidget(self.bar)
        layout.addWidget(self.others)
        self.keep_button = Button(tr("Keep the label"), self.keep_label)
        self.take_button = Button(tr("Take its answer"), self.take_answer)
        self._acts = QWidget()
        acts = row(self._acts, style.S, (0, style.XS, 0, 0))
        acts.addWidget(self.keep_button)
        acts.addWidget(self.take_button)
        acts.addStretch(1)
        layout.addWidget(self._acts)
        self.hide()

    def show_example(self, project: OpenProject, example: ExampleRow) -> None:
        """Show what was answered to another example."""
        if self._row is None or self._row.id != example.id:
            self.hide()
        self._project, self._row = project, example

        def read(store: Store) -> tuple[int, Tally | None]:
            return example.id, agreement.read_tallies(store, [example.id]).get(example.id)

        project.read(read, self._take, owner=self)

    def keep_label(self) -> None:
        """The label is right: the example needs no look any more."""
        if self._project is not None and self._row is not None:
            number = self._row.id
            said = tr("Kept the label of #{number}.", number=number)
            self._project.act(
                lambda store: history.settle_flags(store, [number]),
                lambda _: notices.say(said, tr("Ctrl+Z undoes it.")),
            )

    def take_answer(self) -> None:
        """The creator is right: its answer becomes the label."""
        if self._project is None or self._row is None:
            return
        number = self._row.id

        def take(store: Store) -> int:
            corrections = agreement.read_corrections(store, [number])
            return history.edit_examples(
                store, corrections, stored("take the creator's answer for #{number}", number=number)
            )

        done = tr("The label of #{number} is the creator's answer now.", number=number)
        self._project.act(take, lambda _: notices.say(done, tr("Ctrl+Z undoes it.")))

    def _take(self, answer: tuple[int, Tally | None]) -> None:
        example, tally = answer
        if self._row is None or self._row.id != example:
            return
        self._tally = tally
        self.setVisible(tally is not None)
        if tally is None:
            return
        self.said.setText(told(tally.said))
        said = tally.agreeing if tally.other is None else tally.counts[0][1]
        self.bar.show_share(said / tally.total)  # of what the line above it says
        rest = [tr("{n} say {answer}", "{n} says {answer}", many, answer=one_line(said)) for said, many in tally.counts]
        self.others.set_whole(" · ".join(rest[1:]))
        self.others.setVisible(len(rest) > 1)
        is_open = agreement.OTHERWISE in (self._row.flag or "")
        can_write = self._project is not None and not self._project.is_read_only
        self._acts.setVisible(is_open and can_write)
        self.take_button.setVisible(tally.other is not None)
        other = one_line(tally.other or "")
        short = other if len(other) <= LONGEST_ANSWER else other[: LONGEST_ANSWER - 1] + "…"
        self.take_button.setText(tr("Take “{short}”", short=short).replace("&", "&&"))
