"""Fields for one example that becomes a seed: typed, pasted as JSON, or taken from a file."""

import json

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLayout, QWidget

from seedbed_engine.errors import InvalidExample
from seedbed_engine.examples import MAX_OPTIONS, Example, check_example, clean_text, example_from_fields
from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.labels import Label, one_line
from seedbed_gui.pages.texts import TextField


class SeedForm(QWidget):
    """Question, context, options one a line, and which of them is the answer."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._refused: InvalidExample | None = None  # why the JSON in the question is no example
        self.question = TextField(tr("Question"), (2, 6))
        self.context = TextField(tr("Context"), (1, 6))
        self.options = TextField(tr("Options, one a line"), (2, 8))
        self.answer = QComboBox()
        self.answer.setAccessibleName(tr("Answer"))
        self.question.setPlaceholderText(tr("Type a question, or paste a JSON object"))
        self.context.setPlaceholderText(tr("None"))
        self.options.setPlaceholderText("yes\nno")
        layout = column(self, style.M)
        layout.addLayout(_named(tr("Question"), self.question))
        layout.addLayout(_named(tr("Context (a passage the question is about, if your task has one)"), self.context))
        beside = row(space=style.L)
        beside.addLayout(_named(tr("Options, one a line"), self.options), 1)
        beside.addLayout(_named(tr("Answer"), self.answer), 1)
        layout.addLayout(beside)
        self.question.textChanged.connect(self._question_changed)
        self.context.textChanged.connect(self.changed)
        self.options.textChanged.connect(self._options_changed)
        self.answer.currentIndexChanged.connect(lambda _: self.changed.emit())

    def show_example(self, example: Example) -> None:
        """Fill the fields."""
        self.options.set_text("\n".join(one_line(option, 5000) for option in example.options))
        self.context.set_text(example.context or "")
        self.answer.setCurrentIndex(example.answer_index)
        self.question.set_text(example.question)

    def is_empty(self) -> bool:
        """Whether nothing was typed yet."""
        return not (self.question.toPlainText().strip() or self.options.toPlainText().strip())

    def example(self) -> Example:
        """The example as the fields have it; InvalidExample says what is wrong."""
        options = self._option_lines()
        if self._refused is not None and not options:
            raise self._refused
        place = self.answer.currentIndex()
        answer = options[place] if 0 <= place < len(options) else ""
        context = clean_text(self.context.toPlainText())
        example = Example(clean_text(self.question.toPlainText()), options, answer, context or None)
        check_example(example)
        return example

    def _option_lines(self) -> tuple[str, ...]:
        lines = (clean_text(line) for line in self.options.toPlainText().splitlines()[:1000])
        return tuple(line for line in lines if line)

    def _question_changed(self) -> None:
        text = self.question.toPlainText()
        self._refused = None
        if text.lstrip().startswith("{") and text.rstrip().endswith("}"):
            try:
                example = example_of_json(text)
            except InvalidExample as error:
                self._refused = error
            else:
                if example is not None:
                    self.show_example(example)
                    return
        self.changed.emit()

    def _options_changed(self) -> None:
        chosen = self.answer.currentIndex()
        options = self._option_lines()[: MAX_OPTIONS + 1]
        self.answer.blockSignals(True)
        self.answer.clear()
        self.answer.addItems([one_line(option, 120) for option in options])
        self.answer.setCurrentIndex(min(max(chosen, 0), len(options) - 1))
        self.answer.blockSignals(False)
        self.changed.emit()


def _named(caption: str, field: QWidget) -> QLayout:
    """A field below its caption."""
    part = column(space=style.XS)
    part.addWidget(Label(caption, "caption"))
    part.addWidget(field)
    part.addStretch(1)
    return part


def example_of_json(text: str) -> Example | None:
    """The example in a pasted JSON object; None where it is no JSON, InvalidExample where it is no example."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return example_from_fields(found) if isinstance(found, dict) else None
