"""The dialog for a new project, or a further seed: one example, its format, what will be asked, what it may cost."""

import dataclasses
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QLineEdit, QWidget

from seedbed_engine.asking.costs import Estimate
from seedbed_engine.asking.estimates import estimate_unseen
from seedbed_engine.asking.formats import TaskFormat, infer_format
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.errors import InvalidExample, InvalidFile, PersonError
from seedbed_engine.examples import Example, Options, check_example
from seedbed_engine.keeping import exchange
from seedbed_engine.keeping.project import SUFFIX
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.settings import GrowthSettings
from seedbed_gui import style
from seedbed_gui.language import inside, mark, tr, upper_first
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.file_dialogs import ask_for_folder, ask_to_open
from seedbed_gui.pages.frames import Card, column, row
from seedbed_gui.pages.grow_dialog import estimate_in_words
from seedbed_gui.pages.labels import Label, folder_in_words
from seedbed_gui.pages.seed_form import SeedForm
from seedbed_gui.pages.texts import TextField
from seedbed_gui.running.background import Background
from seedbed_gui.sayings import told

PRICED_WITH = GrowthSettings(target=500, creator="hosted", model="gpt-4o-mini")
FILES = mark("Data files (*.jsonl *.json *.csv *.tsv *.gz)")


class NewProjectDialog(Dialog):
    """`example()`, `kind` and `path()` are the answer; without a folder it asks for a seed only."""

    def __init__(self, background: Background, folder: Path | None, parent: QWidget | None = None) -> None:
        title = tr("New project") if folder is not None else tr("Add a seed")
        said = tr("All that Seedbed needs is one good example. Type it, paste it as JSON, or take it from a file.")
        super().__init__(title, said, tr("Create") if folder is not None else tr("Add"), (600, 760), parent)
        self._background = background
        self._folder = folder
        self._rows: list[Example] = []
        self._place = 0
        self.source: str | None = None
        self.kind: Options | None = None
        self._kind_said: Options | None = None
        self._build_file_row()
        self.form = SeedForm()
        self.body.column.addWidget(self.form)
        self.body.column.addWidget(self._format_card())
        if folder is not None:
            self._build_name_row(folder)
        self.body.column.addStretch(1)
        self.form.changed.connect(self._show)
        self._show()
        self.form.question.setFocus()  # else Qt would begin at Cancel

    def example(self) -> Example:
        """The seed."""
        return self.form.example()

    def path(self) -> Path:
        """Where the project file is to be made."""
        name = self.name.text().strip().removesuffix(SUFFIX)
        return (self._folder or Path()) / f"{name}{SUFFIX}"

    def take_file(self, path: Path) -> None:
        """Read examples from a file and show the first."""
        self._background.read(
            lambda: read_seeds_of(path), lambda found: self._take_rows(path, found), self._wrong, self
        )

    # building

    def _build_file_row(self) -> None:
        line = row()
        line.addWidget(Button(tr("From a file …"), self._ask_for_file))
        self.next = Button(tr("Another row"), self._next_row)
        self.next.hide()
        self.file_said = Label("", "quiet")
        line.addWidget(self.next)
        line.addWidget(self.file_said, 1)
        self.body.column.addLayout(line)

    def _format_card(self) -> Card:
        card = Card()
        self.format_said = Label("", "strong", wraps=True)
        card.column.addWidget(Label(tr("Format"), "caption"))
        card.column.addWidget(self.format_said)
        kinds = row(space=style.XS)
        self._kinds = QButtonGroup(self)
        self.fixed = Button(tr("All examples have these options"), kind="segment")
        self.variable = Button(tr("Each example has its own"), kind="segment")
        for button, kind in ((self.fixed, Options.FIXED), (self.variable, Options.VARIABLE)):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, kind=kind: self._choose_kind(kind))
            self._kinds.addButton(button)
            kinds.addWidget(button)
        kinds.addStretch(1)
        card.column.addLayout(kinds)
        why = tr("One example cannot settle this: switch where the guess is wrong.")
        card.column.addWidget(Label(why, "small", wraps=True))
        self.prompt = TextField(tr("Prompt preview"), (4, 14))
        self.prompt.setReadOnly(True)
        self.prompt.setProperty("plain", True)
        self.prompt.hide()
        self.show_prompt = Button(tr("Show what will be asked"), self._toggle_prompt, "link")
        self.cost = Label("", "quiet", wraps=True)
        links = row()
        links.addWidget(self.show_prompt)
        links.addStretch(1)
        card.column.addWidget(self.cost)
        card.column.addLayout(links)
        card.column.addWidget(self.prompt)
        self._card = card
        return card

    def _build_name_row(self, folder: Path) -> None:
        self.name = QLineEdit(_free_name(folder, "my-task"))
        self.name.setAccessibleName(tr("Name of the project"))
        self.name.textChanged.connect(lambda _: self._show())
        self._where = Label("", "small", wraps=True)
        line = row()
        line.addWidget(self.name, 1)
        line.addWidget(Button(tr("Folder …"), self._ask_for_folder))
        named = column(space=style.XS)
        named.addWidget(Label(tr("Name of the project"), "caption"))
        named.addLayout(line)
        named.addWidget(self._where)
        self.body.column.addLayout(named)

    # acting

    def _show(self) -> None:
        try:
            example = self.form.example()
        except InvalidExample as error:
            self._card.hide()
            self.show_wrong(told(str(error)))
            if self.form.is_empty():
                self.said.setText("")
            return
        self._card.show()
        task = infer_format(example, self._kind_said)
        self.kind = task.kind
        self._show_format(example, task)
        warnings = " ".join(check_example(example))
        self.show_wrong(self._name_wrong())
        if warnings and not self.said.text():
            self.said.setText(warnings)

    def _show_format(self, example: Example, task: TaskFormat) -> None:
        self.format_said.setText(upper_first(format_in_words(task)))
        (self.fixed if task.is_fixed else self.variable).setChecked(True)
        words = words_for_call(task, example, PRICED_WITH.n)
        self.prompt.set_text("\n\n".join(f"{m.role}:\n{m.content}" for m in words.messages)[:50_000])
        seed = SeedRow(0, example, task.kind, None, 0, 0, 0, 0, 0)
        self._background.read(lambda: estimate_unseen(seed, example, PRICED_WITH), self._show_cost, owner=self)

    def _show_cost(self, estimate: Estimate) -> None:
        said = estimate_in_words(estimate, PRICED_WITH)
        self.cost.setText(tr("500 examples by {model}: {said}", model=PRICED_WITH.model, said=inside(said)))

    def _name_wrong(self) -> str:
        if self._folder is None:
            return ""
        name = self.name.text().strip()
        self._where.setText(tr("In {folder}", folder=folder_in_words(self._folder)))
        if not name or "/" in name or name.startswith("."):
            return tr("Give the project a name without slashes.")
        return tr("{name} exists already in that folder.", name=self.path().name) if self.path().exists() else ""

    def _choose_kind(self, kind: Options) -> None:
        self._kind_said = kind
        self._show()

    def _toggle_prompt(self) -> None:
        self.prompt.setVisible(self.prompt.isHidden())
        self.show_prompt.setText(tr("Show what will be asked") if self.prompt.isHidden() else tr("Hide it"))

    def _ask_for_file(self) -> None:
        path = ask_to_open(self, tr("Take an example from a file"), "", tr(FILES))
        if path is not None:
            self.take_file(path)

    def _ask_for_folder(self) -> None:
        folder = ask_for_folder(self, tr("Folder of the project"), str(self._folder))
        if folder is not None:
            self._folder = folder
            self._show()

    def _take_rows(self, path: Path, found: list[Example]) -> None:
        self._rows, self._place = found, -1
        self.source = path.name
        self.next.setVisible(len(found) > 1)
        self._next_row()

    def _next_row(self) -> None:
        self._place = (self._place + 1) % len(self._rows)
        self.file_said.set_role("quiet")
        self.file_said.setText(
            tr("Row {place} of {many:,} · {source}", place=self._place + 1, many=len(self._rows), source=self.source)
        )
        self.form.show_example(self._rows[self._place])

    def _wrong(self, error: PersonError) -> None:
        self.file_said.setText(told(str(error)))
        self.file_said.set_role("wrong")


def read_seeds_of(path: Path) -> list[Example]:
    """Examples of a file whose columns are known by their names; InvalidFile says what is wrong."""
    found = exchange.read_file(path)
    mapped = exchange.guess_columns(found)
    if mapped is None:
        raise InvalidFile(
            tr("{name} has no columns called question and answer.", name=path.name), tr("Rename its columns.")
        )
    few = dataclasses.replace(found, rows=found.rows[:200], warnings=[])
    read = exchange.read_examples_of(few, mapped)
    if not read.examples:
        raise InvalidFile(
            tr("No row of {name} can be a seed.", name=path.name), read.warnings[0] if read.warnings else ""
        )
    return read.examples


def _free_name(folder: Path, name: str) -> str:
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next((free for free in names if not (folder / f"{free}{SUFFIX}").exists()), name)


def format_in_words(task: TaskFormat) -> str:
    """The form of a task, such as "True or False with a passage"."""
    if not task.is_fixed:
        said = tr("multiple choice of {count}", count=task.count)
    elif task.count <= 4:
        said = tr("{labels} or {last}", labels=", ".join(task.options[:-1]), last=task.options[-1])
    else:
        said = tr("one of {count} labels", count=task.count)
    return tr("{format} with a passage", format=said) if task.has_context else said
