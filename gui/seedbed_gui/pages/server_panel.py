"""The part of the Grow dialog about a server: try it, and see what works."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

import seedbed_resources
from seedbed_engine.asking.addresses import check_address, is_on_this_machine
from seedbed_engine.asking.presets import Preset, find_preset, read_presets
from seedbed_engine.asking.trials import REQUESTS, price_in_words
from seedbed_engine.errors import CreatorError
from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import clear, column, row
from seedbed_gui.pages.labels import Label, one_line
from seedbed_gui.running.server_test import ServerTest
from seedbed_gui.sayings import told

OPENAI = "https://api.openai.com/v1"
OTHER = "another"
MARKS = {True: ("✓", "good"), False: ("✗", "wrong"), None: ("–", "quiet")}
MOST_MODELS = 500


class ServerPanel(QWidget):
    """A Test button with what it may cost, and below it a line for each thing that was tried."""

    found_models = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._address = self._model = self._key_name = ""
        self.test = Button(tr("Test"), self._start)
        self.said = Label("", "small", wraps=True)
        line = row(space=style.M)
        line.addWidget(self.test, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.said, 1)
        self.results = column(space=style.XS)
        layout = column(self, style.S)
        layout.addLayout(line)
        layout.addLayout(self.results)
        self._work = ServerTest(self)
        self._work.ended.connect(self._show)

    def set_server(self, address: str, model: str, key_name: str) -> None:
        """Which server would be tried; what was found of another one is no longer shown."""
        if (address, model, key_name) != (self._address, self._model, self._key_name):
            self._address, self._model, self._key_name = address, model, key_name
            if not self._work.is_running:
                clear(self.results)
                self._say()

    def abandon(self) -> None:
        """The dialog closes."""
        self._work.abandon()

    def _say(self) -> None:
        wrong = _wrong_with(self._address)
        self.test.setEnabled(not wrong)
        if wrong:
            self.said.setText("")
        elif is_on_this_machine(self._address or OPENAI):
            self.said.setText(tr("Sends {requests} tiny requests and says what works.", requests=REQUESTS))
        else:
            self.said.setText(told(price_in_words(self._model)))

    def _start(self) -> None:
        self.test.setEnabled(False)
        clear(self.results)
        self.said.setText(tr("Asking …"))
        self._work.start(self._address or OPENAI, self._model, self._key_name)

    def _show(self, found: dict[str, Any], wrong: str) -> None:
        models = [one_line(str(model)) for model in found.get("models", [])[:MOST_MODELS]]
        if models:
            self.found_models.emit(models)
        self._say()
        if wrong:
            self.results.addWidget(_line(False, wrong))
        for finding in found.get("found", []):
            self.results.addWidget(_line(finding.get("works"), str(finding.get("said", ""))))


class ModelField(QLineEdit):
    """The name of a model; those that a server listed are offered."""

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.names = QStringListModel(self)
        completer = QCompleter(self.names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        self.open = self.addAction(_chevron(), QLineEdit.ActionPosition.TrailingPosition)
        self.open.setToolTip(tr("Models that the server lists"))
        self.open.triggered.connect(completer.complete)
        self.open.setVisible(False)

    def offer(self, models: Sequence[str]) -> None:
        """Offer these; an empty field takes the first."""
        self.names.setStringList(list(models))
        self.open.setVisible(bool(models))
        if models and not self.text():
            self.setText(models[0])


def server_choices() -> list[tuple[str, str]]:
    """The presets by name, and any other server."""
    return [*((preset.name, told(preset.title)) for preset in read_presets()), (OTHER, tr("Another server"))]


def note_of(server: str) -> str:
    """What is worth knowing of a server that was chosen."""
    preset = find_preset(server)
    return told(preset.note) if preset else tr("Any server that is asked as OpenAI's is: its address ends with /v1.")


def has_batches(server: str) -> bool:
    """Whether a Batch API can be hoped for: servers on one's own machine have none, Azure's is another one."""
    return server in {"openai", OTHER}


def preset_of(address: str) -> str:
    """The name of the preset with this address."""
    wanted = address.rstrip("/") or OPENAI
    return next((preset.name for preset in read_presets() if _looks_like(preset, wanted)), OTHER)


def _looks_like(preset: Preset, address: str) -> bool:
    return address == preset.base_url or (not preset.is_whole and address.endswith(preset.base_url.split("NAME")[1]))


def _chevron() -> QIcon:
    side = "dark" if style.current() is style.DARK else "light"
    return QIcon(str(seedbed_resources.path("icons", f"chevron-{side}.svg")))


def _wrong_with(address: str) -> str:
    try:
        check_address(address)
    except CreatorError as error:
        return told(str(error))
    return ""


def _line(works: bool | None, said: str) -> QWidget:
    mark, role = MARKS.get(works, MARKS[None])
    whole = QWidget()
    line = row(whole, style.S)
    sign = Label(mark, role)
    sign.setFixedWidth(style.L)
    line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(Label(said[:600], "small", wraps=True), 1)
    return whole
