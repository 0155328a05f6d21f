"""What the embedded creator needs to be told: which model file, shown before it is used, and which topics."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from seedbed_engine.asking.model_files import ModelFacts, read_model_file
from seedbed_engine.asking.topics import read_topics, split_topics
from seedbed_engine.errors import PersonError
from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.models.preferences import read_preferences, read_topic_list, write_topic_list
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.file_dialogs import ask_to_open
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.texts import TextField
from seedbed_gui.running.background import Background
from seedbed_gui.sayings import told

READ_SOON_MS = 200  # after the last key


class EmbeddedPanel(QWidget):
    """Lets a person choose a GGUF file and says what it is; lets the topics be edited."""

    chosen = Signal(str)  # the path of a model file
    topics_changed = Signal()

    def __init__(self, background: Background | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._path = ""
        self.topics = read_topic_list()  # empty: those that the program brings
        self.dialog: TopicsDialog | None = None
        layout = column(self, style.S)
        acts = row(space=style.S)
        self.choose_button = Button(tr("Use a GGUF file …"), self._choose)
        self.topics_button = Button("", self._edit_topics)
        acts.addWidget(self.choose_button)
        acts.addWidget(self.topics_button)
        acts.addStretch(1)
        layout.addLayout(acts)
        self.facts = QWidget()
        self._grid = QGridLayout(self.facts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(style.M)
        self._grid.setVerticalSpacing(style.XXS)
        self._grid.setColumnStretch(1, 1)
        self._lines: dict[str, tuple[Label, Label]] = {}
        layout.addWidget(self.facts)
        self.complaint = Label("", "wrong", wraps=True)
        layout.addWidget(self.complaint)
        self._soon = QTimer(self, interval=READ_SOON_MS, singleShot=True)
        self._soon.timeout.connect(self._read)
        self._say_topics()
        self._show_nothing()

    def show_model(self, path: str) -> None:
        """Say what the model file of this path is; of the model in the box (empty) nothing need be said."""
        if path == self._path:
            return
        self._path = path
        self._show_nothing()
        if path:
            self._soon.start()
        else:
            self._soon.stop()

    def _read(self) -> None:
        path = self._path
        work: Callable[[], ModelFacts] = lambda: read_model_file(Path(path).expanduser())  # noqa: E731
        take: Callable[[ModelFacts], None] = lambda facts: self._take(path, facts)  # noqa: E731
        wrong: Callable[[PersonError], None] = lambda error: self._complain(path, error)  # noqa: E731
        if self._background is not None:
            self._background.read(work, take, wrong, owner=self)
            return
        try:
            take(work())
        except PersonError as error:
            wrong(error)

    def _take(self, path: str, facts: ModelFacts) -> None:
        if path != self._path:
            return
        for place, (name, said) in enumerate(facts.lines()):
            if name not in self._lines:
                self._lines[name] = (Label(name, "small"), Label("", "small", wraps=True))
                for side, label in enumerate(self._lines[name]):
                    self._grid.addWidget(label, place, side, Qt.AlignmentFlag.AlignTop)
            self._lines[name][1].setText(said)
        self.facts.show()

    def _complain(self, path: str, error: PersonError) -> None:
        if path == self._path:
            self.complaint.setText(told(str(error)))
            self.complaint.show()

    def _show_nothing(self) -> None:
        self.facts.hide()
        self.complaint.hide()

    def _choose(self) -> None:
        start = str(Path(self._path).expanduser().parent) if self._path else read_preferences().models_folder
        path = ask_to_open(self, tr("Choose a model"), start, tr("GGUF models (*.gguf);;All files (*)"))
        if path is not None:
            self.chosen.emit(str(path))

    def _edit_topics(self) -> None:
        dialog = self.dialog = TopicsDialog(self.topics, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._take_topics(dialog.topics()))
        dialog.open()

    def _take_topics(self, topics: tuple[str, ...]) -> None:
        self.topics = () if topics == read_topics() else topics
        write_topic_list(self.topics)
        self._say_topics()
        self.topics_changed.emit()

    def _say_topics(self) -> None:
        said = tr("{n:,} topics of yours", "{n:,} topic of yours", len(self.topics)) if self.topics else tr("Topics")
        self.topics_button.setText(f"{said} …")
        self.topics_button.setAccessibleName(self.topics_button.text())


class TopicsDialog(Dialog):
    """A list of topics to be edited, one a line."""

    def __init__(self, topics: tuple[str, ...], parent: QWidget | None = None) -> None:
        said = tr(
            "Each request of the embedded creator is about another one of these, in a random order, until all had "
            "their turn. One a line."
        )
        super().__init__(tr("Topics"), said, tr("Use these"), (480, 600), parent)
        self.field = TextField(tr("Topics, one a line"), (18, 18))
        self.field.set_text("\n".join(topics or read_topics()))
        self.body.column.addWidget(self.field)
        below = row(space=style.S)
        self.count = Label("", "quiet")
        below.addWidget(self.count, 1)
        below.addWidget(Button(tr("Medicine"), lambda: self._fill("medicine"), "link"))
        below.addWidget(Button(tr("Every day"), lambda: self._fill("topics"), "link"))
        self.body.column.addLayout(below)
        self.body.column.addStretch(1)
        self.field.textChanged.connect(self._check)
        self._check()

    def topics(self) -> tuple[str, ...]:
        """The topics as edited."""
        return split_topics(self.field.toPlainText())

    def _fill(self, name: str) -> None:
        self.field.set_text("\n".join(read_topics(name)))

    def _check(self) -> None:
        many = len(self.topics())
        self.count.setText(tr("{n:,} topics", "{n:,} topic", many))
        self.show_wrong("" if many else tr("Give at least one topic."))
