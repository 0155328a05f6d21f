"""One example as fields: read, or changed and saved."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QButtonGroup, QWidget

from seedbed_engine.errors import InvalidExample
from seedbed_engine.examples import Example, clean_text
from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.pages.buttons import KeyButton
from seedbed_gui.pages.frames import clear, column, row
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.texts import OptionRow, TextField
from seedbed_gui.sayings import told


class ExampleForm(QWidget):
    """Question, context and options with the answer chosen. Choosing another answer begins an edit as well."""

    save_wanted = Signal(Example)
    edit_began = Signal()
    edit_ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._example: Example | None = None
        self._options_fixed = True
        self._can_edit = True
        self.is_editing = False
        self.question = TextField(tr("Question"), (1, 10))
        self.context = TextField(tr("Context"), (1, 14))
        self.context_caption = Label(tr("Context"), "caption")
        self.options: list[OptionRow] = []
        self._group = QButtonGroup(self)
        self._option_column = column(space=style.XS)
        self.wrong = Label("", "wrong", wraps=True)
        self.save = KeyButton(tr("Save"), "Ctrl+Return", self._save, "primary")
        self.cancel = KeyButton(tr("Cancel"), "Esc", self.leave)
        self._save_row = row(margins=(0, style.S, 0, 0))
        for button in (self.save, self.cancel):
            self._save_row.addWidget(button)
        self._save_row.addStretch(1)
        layout = column(self, style.XS)
        layout.addWidget(Label(tr("Question"), "caption"))
        layout.addWidget(self.question)
        layout.addSpacing(style.S)
        layout.addWidget(self.context_caption)
        layout.addWidget(self.context)
        layout.addSpacing(style.S)
        layout.addWidget(Label(tr("Answer"), "caption"))
        layout.addLayout(self._option_column)
        layout.addWidget(self.wrong)
        layout.addLayout(self._save_row)
        keys = (("Esc", self.leave), ("Ctrl+Return", self._save), ("Ctrl+Enter", self._save))
        self._keys = [self._key(key, act) for key, act in keys]
        self._set_editing(False)

    def show_example(self, example: Example, *, options_fixed: bool, can_edit: bool = True) -> None:
        """Show another example, to be read."""
        self._example, self._options_fixed, self._can_edit = example, options_fixed, can_edit
        self.question.set_text(example.question)
        self.context.set_text(example.context or "")
        self._show_options(example)
        self._set_editing(False)

    def edit(self) -> None:
        """Let it be changed."""
        if self._example is not None and self._can_edit and not self.is_editing:
            self._set_editing(True)
            self.question.setFocus()
            self.question.moveCursor(QTextCursor.MoveOperation.End)
            self.edit_began.emit()

    def leave(self) -> None:
        """Forget what was changed."""
        if self._example is not None:
            self.show_example(self._example, options_fixed=self._options_fixed, can_edit=self._can_edit)
            self.edit_ended.emit()

    @property
    def is_changed(self) -> bool:
        """Whether an edit is going on that has changed something."""
        if not self.is_editing or self._example is None:
            return False
        texts = (self.question.toPlainText(), self.context.toPlainText(), *(option.text for option in self.options))
        before = (self._example.question, self._example.context or "", *self._example.options)
        place = self._example.answer_index
        return texts != before or not self.options[place].radio.isChecked()

    def changed(self) -> Example:
        """The example as the fields have it; InvalidExample where no answer is chosen."""
        options = tuple(clean_text(option.text) for option in self.options)
        chosen = next((place for place, option in enumerate(self.options) if option.radio.isChecked()), None)
        if chosen is None:
            raise InvalidExample(tr("No answer is chosen."), tr("Choose one of the options."))
        context = clean_text(self.context.toPlainText())
        return Example(clean_text(self.question.toPlainText()), options, options[chosen], context or None)

    def show_wrong(self, text: str) -> None:
        """Say why it could not be saved."""
        self.wrong.setText(text)
        self.wrong.setVisible(bool(text))

    def _save(self) -> None:
        try:
            self.save_wanted.emit(self.changed())
        except InvalidExample as error:
            self.show_wrong(told(str(error)))

    def _key(self, key: str, act: Callable[[], None]) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)
        return shortcut

    def _order_tabs(self) -> None:
        """The order of reading: options are made after the buttons that stand below them."""
        stops = [self.question, self.context]
        chain: list[QWidget] = [*stops, *(stop for option in self.options for stop in option.tab_stops)]
        chain += [self.save, self.cancel]
        for before, after in zip(chain[:-1], chain[1:], strict=True):
            QWidget.setTabOrder(before, after)

    def _show_options(self, example: Example) -> None:
        for option in self.options:
            self._group.removeButton(option.radio)
        clear(self._option_column)
        self.options = []
        for place, text in enumerate(example.options):
            option = OptionRow(text)
            self._group.addButton(option.radio)
            option.radio.setChecked(place == example.answer_index)
            option.radio.setEnabled(self._can_edit)
            option.chosen.connect(self._answer_chosen)
            self._option_column.addWidget(option)
            self.options.append(option)
        self._order_tabs()

    def _answer_chosen(self) -> None:
        if self._example is not None and not self.is_editing and self.changed().answer != self._example.answer:
            self._set_editing(True)
            self.edit_began.emit()

    def _set_editing(self, is_editing: bool) -> None:
        self.is_editing = is_editing
        has_context = bool(self._example and self._example.context)
        for field in (self.question, self.context):
            field.set_read_only(not is_editing)
        for widget in (self.context, self.context_caption):
            widget.setVisible(has_context)
        for option in self.options:
            option.set_editable(is_editing and not self._options_fixed)
        for button in (self.save, self.cancel):
            button.setVisible(is_editing)
        for key in self._keys:
            key.setEnabled(is_editing)
        self.show_wrong("")
