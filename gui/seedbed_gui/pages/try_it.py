"""A card to try a trained model: one question typed, its answer with how sure the model is."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox

from seedbed_gui import style
from seedbed_gui.language import fill, mark, tr
from seedbed_gui.models.verdict import Verdict
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import Card, clear, column, row
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.texts import TextField
from seedbed_gui.running.model_question import ModelQuestion

NAMES = {
    "created": mark("trained on created data"),
    "human": mark("trained on human data"),
    "all human": mark("on all human data"),
}
WAITS = mark("Asking the model: loading it takes some seconds.")
UNSURE = mark("How sure a model says it is and how often it is right are two things: the verdict says the latter.")


class TryIt(Card):
    """Asks one model of a run; `models` are (number, name)."""

    def __init__(self, project: str, verdict: Verdict, models: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self._project = project
        self._work = ModelQuestion(self)
        self._work.ended.connect(self._show)
        head = row(space=style.M)
        head.addWidget(Label(tr("Try it"), "strong"), 1)
        self.model = QComboBox()
        self.model.setAccessibleName(tr("Model"))
        for number, name in models:
            self.model.addItem(tr("The model {name}", name=tr(NAMES.get(name, name))), number)
        head.addWidget(self.model)
        self.column.addLayout(head)
        self.question = self._field(tr("A question of your own"), tr("Question"))
        self.context = self._field(tr("The passage it is about"), tr("Passage"), (3, 10))
        self.options = self._field(tr("The options, one a line"), tr("Options"), (2, 8))
        self.context.setVisible(verdict.has_passages)
        self.options.setVisible(not verdict.labels)
        self._needs_options = not verdict.labels
        foot = row(space=style.M)
        self.ask = Button(tr("Ask"), self._ask)
        self.said = Label("", "quiet", wraps=True)
        foot.addWidget(self.ask)
        foot.addWidget(self.said, 1)
        self.column.addLayout(foot)
        self._answers = column(space=style.XS)
        self.column.addLayout(self._answers)
        self._look()

    def abandon(self) -> None:
        """Another run is shown: nobody waits for the answer."""
        self._work.abandon()

    def _field(self, hint: str, name: str, lines: tuple[int, int] = (1, 6)) -> TextField:
        field = TextField(name, lines)
        field.setPlaceholderText(hint)
        field.textChanged.connect(self._look)
        self.column.addWidget(field)
        return field

    def _options(self) -> list[str]:
        lines = [line.strip() for line in self.options.toPlainText().splitlines()]
        return [line for line in lines if line] if self._needs_options else []

    def _look(self) -> None:
        has_all = bool(self.question.toPlainText().strip()) and (not self._needs_options or len(self._options()) > 1)
        self.ask.setEnabled(has_all and not self._work.is_running)

    def _ask(self) -> None:
        clear(self._answers)
        self.said.set_role("quiet")
        self.said.setText(tr(WAITS))
        context = self.context.toPlainText().strip() if self.context.isVisible() else ""
        question = self.question.toPlainText().strip()
        self._work.start(self._project, int(self.model.currentData()), question, context, self._options())
        if self.ask.hasFocus():
            self.question.setFocus()  # the button cannot be pressed now
        self._look()

    def _show(self, found: Mapping[str, object], wrong: str) -> None:
        self._look()
        shares = found.get("probabilities")
        if not isinstance(shares, dict):
            self.said.set_role("wrong")
            self.said.setText(wrong)
            return
        self.said.setText(tr(UNSURE))
        for name, share in sorted(shares.items(), key=lambda each: -float(each[1])):
            is_first = name == found.get("predicted")
            self._answers.addWidget(
                Label(
                    fill("{name} · {share:.0f} %", name=name, share=100 * float(share)),
                    "strong" if is_first else "quiet",
                    wraps=True,
                )
            )
