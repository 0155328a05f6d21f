"""The preferences: looks, what a growth begins with, models, topics, keys, prices; every change is kept at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLayout, QLineEdit, QWidget

from seedbed_engine.asking.topics import read_topics
from seedbed_gui import style
from seedbed_gui.language import mark, tr
from seedbed_gui.models.preferences import SCALES, Preferences, Remembered, read_topic_list, write_topic_list
from seedbed_gui.pages import toasts
from seedbed_gui.pages.acts import Act
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.embedded_panel import TopicsDialog
from seedbed_gui.pages.file_dialogs import ask_for_folder
from seedbed_gui.pages.frames import Card, ScrolledColumn, column, row
from seedbed_gui.pages.keys_card import KeysCard
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.prices_dialog import PricesDialog
from seedbed_gui.pages.settings_form import FIELD_HEIGHT, LABEL_WIDTH, choice
from seedbed_gui.pages.usual_growth import UsualGrowth

WIDEST = 760
LOOKS = (("system", mark("As the system has it")), ("light", mark("Light")), ("dark", mark("Dark")))
SPEAKS = (("system", mark("As the system has it")), ("en", "English"), ("de", "Deutsch"))
LANGUAGE = mark("From the next start of the studio. What creators write stays in their language.")
NEXT_START = mark("Text, buttons and spaces alike; from the next start of the studio.")
GROWTH = mark("What the Grow dialog begins with. A growth that is asked for can still be given others.")
KEYS = mark("Keys of hosted creators. Only their names are shown here.")
RESET = mark(
    "Looks, size, growth, topics and the folder as they were at first. Projects, keys and prices of yours stay."
)


class PreferencesPage(Page):
    """Shows what is remembered and changes it."""

    name, title, key = "preferences", mark("Preferences"), "Ctrl+,"
    needs_project = False

    def __init__(self, remembered: Remembered, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remembered = remembered
        self.dialog: QWidget | None = None
        now = remembered.now
        self.looks = choice([(value, tr(said)) for value, said in LOOKS], now.looks)
        self.scale = choice([(str(scale), f"{scale} %") for scale in SCALES], str(now.scale))
        self.language = choice([(value, tr(said)) for value, said in SPEAKS], now.language)
        self.folder = QLineEdit(now.models_folder)
        self.growth = UsualGrowth(now.usual_growth)
        self.keys = KeysCard(now.key_names)
        self.topics = Button("", self.edit_topics)
        self._build()
        self._connect()
        self._say_topics()

    def enter(self) -> None:
        """See where the keys are now."""
        self.keys.refresh()

    def acts(self) -> Sequence[Act]:
        return self._acts

    def reset(self) -> None:
        """All that was chosen here as it was at first."""
        write_topic_list(())
        self._remembered.take(self._remembered.now.as_at_first())
        self.show_preferences(self._remembered.now)

    def show_preferences(self, now: Preferences) -> None:
        """Show them as they are."""
        for field, value in (
            (self.looks, now.looks),
            (self.scale, str(now.scale)),
            (self.language, now.language),
        ):
            field.blockSignals(True)
            field.setCurrentIndex(field.findData(value))
            field.blockSignals(False)
        self.folder.setText(now.models_folder)
        self.growth.show_settings(now.usual_growth)
        self._say_topics()

    def edit_topics(self) -> None:
        """Edit the list of topics."""
        dialog = TopicsDialog(read_topic_list(), self)
        self._open(dialog)
        dialog.accepted.connect(lambda: self._take_topics(dialog.topics()))

    def choose_folder(self) -> None:
        """Ask for the folder of models."""
        found = ask_for_folder(self, tr("The folder of your models"), self.folder.text())
        if found is not None:
            self.folder.setText(str(found))

    def abandon(self) -> None:
        """The window closes."""
        self.keys.abandon()

    def _open(self, dialog: PricesDialog | TopicsDialog) -> None:
        self.dialog = dialog
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _take_topics(self, topics: tuple[str, ...]) -> None:
        write_topic_list(() if topics == read_topics() else topics)
        self._say_topics()

    def _say_topics(self) -> None:
        own = read_topic_list()
        said = tr("{n:,} topics of yours", "{n:,} topic of yours", len(own)) if own else tr("The program's topics")
        self.topics.setText(f"{said} …")
        self.topics.setAccessibleName(tr("Topics: {said}", said=said))

    def _connect(self) -> None:
        change = self._remembered.change
        self.looks.currentIndexChanged.connect(lambda _: change(looks=str(self.looks.currentData())))
        self.scale.currentIndexChanged.connect(lambda _: change(scale=int(self.scale.currentData())))
        self.language.currentIndexChanged.connect(lambda _: change(language=str(self.language.currentData())))
        self.folder.textChanged.connect(lambda text: change(models_folder=text.strip()))
        self.growth.changed.connect(lambda settings: change(growth=settings.to_json()))
        self.keys.names_changed.connect(lambda names: change(key_names=names))
        group = tr(self.title)
        self._acts = [
            Act(tr("Topics …"), self.edit_topics, group=group, also=tr("list subjects")),
            Act(tr("Folder of models …"), self.choose_folder, group=group, also=tr("gguf")),
            Act(tr("Reset the preferences"), self.reset, group=group, also=tr("default")),
        ]

    def _build(self) -> None:
        inside = column(space=style.L, margins=(style.XXL, style.XXL, style.XXL, style.XXL))
        inside.addWidget(
            _card(
                tr("Looks"),
                "",
                [
                    _line(tr("Colours"), self.looks),
                    _line(tr("Size"), self.scale, tr(NEXT_START)),
                    _line(tr("Language"), self.language, tr(LANGUAGE)),
                ],
            )
        )
        inside.addWidget(_card(tr("A growth begins with"), tr(GROWTH), [self.growth]))
        inside.addWidget(_card(tr("Models on this machine"), "", self._model_lines()))
        inside.addWidget(_card(tr("Keys"), tr(KEYS), [self.keys]))
        prices = Button(tr("Prices of models …"), lambda: self._open(PricesDialog(self)))
        inside.addWidget(
            _card(tr("Money"), "", [_line(tr("Prices"), prices, tr("A dated list, and prices of your own."))])
        )
        inside.addWidget(
            _card(tr("Start anew"), "", [_line(tr("Defaults"), Button(tr("Reset to defaults"), self.reset), tr(RESET))])
        )
        inside.addStretch(1)
        holder = QWidget()
        holder.setLayout(inside)
        holder.setMaximumWidth(WIDEST)
        scrolled = ScrolledColumn((0, 0, toasts.WIDTH, 0), 0)  # notices have a place where they cover no field
        scrolled.column.addWidget(holder)
        column(self, 0).addWidget(scrolled)

    def _model_lines(self) -> list[QLayout | QWidget]:
        self.folder.setPlaceholderText(tr("Where your GGUF files are"))
        folder = QWidget()
        line = row(folder, style.S)
        line.addWidget(self.folder, 1)
        line.addWidget(Button(tr("Choose …"), self.choose_folder))
        said = tr("“Use a GGUF file” begins here. The model in the box is not moved.")
        topics = tr("Each request of the embedded creator is about another one of these.")
        self.folder.setAccessibleName(tr("Folder of models"))
        return [_line(tr("Folder"), folder, said), _line(tr("Topics"), self.topics, topics)]


def _card(title: str, said: str, parts: Sequence[QLayout | QWidget]) -> Card:
    card = Card(space=style.M)
    card.column.addWidget(Label(title, "heading"))
    if said:
        card.column.addWidget(Label(said, "quiet", wraps=True))
    for part in parts:
        if isinstance(part, QWidget):
            card.column.addWidget(part)
        else:
            card.column.addLayout(part)
    return card


def _line(caption: str, field: QWidget, said: str = "") -> QLayout:
    """A caption, a field, and below it what it does."""
    line = row(space=style.L)
    label = Label(caption)
    label.setFixedSize(LABEL_WIDTH, FIELD_HEIGHT)
    if isinstance(field, QComboBox):
        label.setBuddy(field)
        field.setAccessibleName(caption)
    cell = column(space=style.XXS)
    cell.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft if isinstance(field, Button) else Qt.AlignmentFlag(0))
    if said:
        cell.addWidget(Label(said, "small", wraps=True))
        field.setAccessibleDescription(said)
    line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(cell, 1)
    return line
