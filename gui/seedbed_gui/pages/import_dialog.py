"""The dialog that brings human data in: columns mapped with a preview, the split chosen, warnings listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QGridLayout, QLineEdit, QWidget

from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import datasets, exchange
from seedbed_engine.keeping.exchange import FileRows, Mapped, ReadExamples
from seedbed_engine.keeping.rows import DatasetRow
from seedbed_engine.keeping.store import Store
from seedbed_gui import style
from seedbed_gui.language import inside, mark, tr
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.file_dialogs import ask_to_open
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.new_project import FILES
from seedbed_gui.pages.tables import Table
from seedbed_gui.pages.texts import TextField
from seedbed_gui.running.background import Background
from seedbed_gui.sayings import told

PREVIEW = 6  # rows
SPLITS = (("train", mark("Train: to compare with")), ("dev", mark("Dev")), ("test", mark("Test: judges the models")))
FIELDS = ("question", "context", "options", "answer")
NONE = mark("(none)")
LISTED = 200  # warnings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be imported, and how."""

    name: str
    split: str
    is_sealed: bool
    source: str
    found: ReadExamples


class ImportDialog(Dialog):
    """`wanted` is the answer once a file was read."""

    def __init__(
        self,
        background: Background,
        known: Sequence[DatasetRow] = (),
        tasks: Sequence[Sequence[str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`known` data sets are in the project; `tasks` are the fixed labels of its seeds."""
        said = tr(
            "Human examples judge the models, and show what as many human examples would give. They never enter a tree."
        )
        super().__init__(tr("Import human data"), said, tr("Import"), (720, 760), parent)
        self._background, self._known, self._tasks = background, known, tasks
        self._suggested = ""
        self._file: FileRows | None = None
        self._path: Path | None = None
        self._read: ReadExamples | None = None
        self._several: tuple[str, ...] = ()
        self._build()
        self._show()

    def take_file(self, path: Path) -> None:
        """Read a file and guess its columns."""
        self._path = path
        self._file, self._read = None, None
        self.file_said.set_role("quiet")
        self.file_said.setText(tr("Reading {name} …", name=path.name))
        self._background.read(lambda: exchange.read_file(path), self._take_rows, self._wrong_file, self)

    @property
    def wanted(self) -> Wanted | None:
        """What is to be imported; None where nothing can be yet."""
        if self._read is None or self._path is None or not self._read.examples:
            return None
        return Wanted(self.name.text().strip(), self.split, self.sealed.isChecked(), self._path.name, self._read)

    @property
    def split(self) -> str:
        """The split that is chosen."""
        chosen = self._splits.checkedButton()
        return str(chosen.property("split")) if chosen else "test"

    def _build(self) -> None:
        line = row()
        choose = Button(tr("Choose a file …"), self._ask_for_file)
        choose.setAutoDefault(True)  # Return presses it
        line.addWidget(choose)
        self.file_said = Label(tr("A .jsonl, .json, .csv or .tsv file"), "quiet")
        line.addWidget(self.file_said, 1)
        self.body.column.addLayout(line)
        choose.setFocus()  # else Qt would begin at Cancel
        self._mapping = QWidget()
        grid = QGridLayout(self._mapping)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(style.L)
        self.columns: dict[str, QComboBox] = {}
        captions = (tr("Question"), tr("Context"), tr("Options"), tr("Answer"))
        for place, (what, said) in enumerate(zip(FIELDS, captions, strict=True)):
            box = QComboBox()
            box.setAccessibleName(tr("Column of the {what}", what=inside(said)))
            box.currentIndexChanged.connect(lambda _: self._read_anew())
            grid.addWidget(Label(said, "caption"), 0, place)
            grid.addWidget(box, 1, place)
            grid.setColumnStretch(place, 1)
            self.columns[what] = box
        self.body.column.addWidget(self._mapping)
        self.preview = Table(tr("Preview"), captions, tr("Question"))
        self.preview.set_widths(c1=120, c2=160, c3=96)
        self.body.column.addWidget(self.preview)
        self.warnings = TextField(tr("Warnings"), (1, 6))
        self.warnings.setReadOnly(True)
        self.warnings_said = Label("", "amber", wraps=True)
        remarks = column(space=style.XS)
        remarks.addWidget(self.warnings_said)
        remarks.addWidget(self.warnings)
        self.body.column.addLayout(remarks)
        self._build_choices()
        self.body.column.addStretch(1)

    def _build_choices(self) -> None:
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of the data set"))
        self.name.textChanged.connect(lambda _: self._show())
        named = column(space=style.XS)
        named.addWidget(Label(tr("Name of the data set"), "caption"))
        named.addWidget(self.name)
        said = tr("The splits of one data set need one name: a model is judged and compared within a data set.")
        named.addWidget(Label(said, "quiet", wraps=True))
        self.body.column.addLayout(named)
        used = column(space=style.XS)
        used.addWidget(Label(tr("Use it as"), "caption"))
        splits = row(space=style.XS)
        self._splits = QButtonGroup(self)
        for split, said in SPLITS:
            button = Button(tr(said), kind="segment")
            button.setCheckable(True)
            button.setChecked(split == "test")
            button.setProperty("split", split)
            button.clicked.connect(self._suggest)
            self._splits.addButton(button)
            splits.addWidget(button)
        splits.addStretch(1)
        used.addLayout(splits)
        self.body.column.addLayout(used)
        self.sealed = QCheckBox(tr("Sealed: only a verdict looks at it, and each look is counted"))
        self.sealed.setChecked(True)
        self.body.column.addWidget(self.sealed)

    def _ask_for_file(self) -> None:
        path = ask_to_open(self, tr("Import human data"), "", tr(FILES))
        if path is not None:
            self.take_file(path)

    def _wrong_file(self, error: PersonError) -> None:
        self.file_said.set_role("wrong")
        self.file_said.setText(told(str(error)))
        self._show()

    def _take_rows(self, found: FileRows) -> None:
        if self._path is None:
            return
        self._file = found
        self.file_said.setText(tr("{name} · {many:,} rows", name=self._path.name, many=len(found.rows)))
        self._suggest()
        guess = exchange.guess_columns(found)
        chosen = {
            "question": guess.question if guess else "",
            "answer": guess.answer if guess else "",
            "context": (guess.context or "") if guess else "",
            "options": " + ".join(guess.options) if guess else "",
        }
        for what, box in self.columns.items():
            box.blockSignals(True)
            box.clear()
            extra = [chosen[what]] if chosen[what] not in found.columns and chosen[what] else []
            box.addItems([tr(NONE), *extra, *found.columns[:200]])
            box.setCurrentText(chosen[what] or tr(NONE))
            box.blockSignals(False)
        self._several = guess.options if guess and len(guess.options) > 1 else ()
        self.name.setFocus()  # from there Return imports; the focus must not fall to Cancel
        self._read_anew()

    def _suggest(self) -> None:
        """A name, as long as the person gave none: the file's, or of a train or dev split that of its set."""
        name = self._path.name.split(".")[0] if self._path is not None else ""
        sizes = {row.name: row.train if self.split == "train" else row.dev for row in self._known if row.test}
        judging = [name for name, size in sizes.items() if not size]
        if self.split != "test" and len(judging) == 1:
            name = judging[0]
        if self.name.text().strip() == self._suggested:
            self.name.setText(name)
            self._suggested = name
        self._show()

    def mapped(self) -> Mapped | None:
        """Which column is what; None where the question or the answer is not said."""
        said = {what: box.currentText() for what, box in self.columns.items()}
        question, answer = said["question"], said["answer"]
        if self._file is None or tr(NONE) in (question, answer) or not question or not answer:
            return None
        options: tuple[str, ...] = () if said["options"] == tr(NONE) else (said["options"],)
        if said["options"] == " + ".join(self._several):
            options = self._several
        fixed: tuple[str, ...] = ()
        if not options:
            fixed = tuple(sorted({str(found.get(answer)) for found in self._file.rows[:5000]} - {"None", ""}))[:26]
        found = Mapped(question, answer, options, None if said["context"] == tr(NONE) else said["context"], fixed)
        return exchange.with_labels(found, self._tasks)

    def _read_anew(self) -> None:
        mapped, found = self.mapped(), self._file
        self._read = None
        if mapped is None or found is None:
            self._show()
            return
        self._background.read(lambda: exchange.read_examples_of(found, mapped), self._take_read, self._wrong_file, self)

    def _take_read(self, read: ReadExamples) -> None:
        self._read = read
        self._show()

    def _show(self) -> None:
        read = self._read
        examples = read.examples if read else []
        self._mapping.setVisible(self._file is not None)
        self.preview.setVisible(bool(examples))
        self.preview.rows.show_rows(
            [(e.question, e.context or "", " | ".join(e.options), e.answer) for e in examples[:PREVIEW]]
        )
        self.preview.setColumnHidden(1, not any(e.context for e in examples[:PREVIEW]))
        self.preview.setFixedHeight(34 * (min(len(examples), PREVIEW) + 1) + 8)
        warnings = read.warnings if read else []
        self.warnings.setVisible(bool(warnings))
        self.warnings_said.setVisible(bool(warnings))
        if read is not None and warnings:
            remarks = tr("{n:,} remarks", "{n:,} remark", len(warnings))
            left_out = tr("{n:,} rows are left out", "{n:,} row is left out", read.left_out)
            self.warnings_said.setText(f"{remarks}; {left_out}.")
            self.warnings.set_text("\n".join(warning[:300] for warning in warnings[:LISTED]))
        self.sealed.setVisible(self.split == "test")
        self.show_wrong(self._wrong())
        if not self.said.text() and examples:
            self.said.setText(
                tr("{many:,} examples will be the {split} split.", many=len(examples), split=told(self.split))
            )

    def _wrong(self) -> str:
        if self._file is None:
            return tr("Choose a file.")
        if self.mapped() is None:
            return tr("Say which columns hold the question and the answer.")
        if self._read is not None and not self._read.examples:
            return tr("No row can be used like this.")
        if self._read is None:
            return tr("Reading …")
        return "" if self.name.text().strip() else tr("Give the data set a name.")


def import_examples(store: Store, wanted: Wanted) -> int:
    """Write them into the project, in slices; how many."""
    known = {dataset.name: dataset.id for dataset in datasets.read_datasets(store)}
    number = known.get(wanted.name)
    if number is None:
        number = datasets.add_dataset(store, wanted.name, source=wanted.source, sealed=wanted.is_sealed)
    return datasets.add_dataset_examples(store, number, wanted.split, wanted.found.examples)
