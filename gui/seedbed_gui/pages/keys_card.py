"""The names of keys, where each key is, Set and Forget; a key itself is typed once and never shown."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from seedbed_engine.asking.presets import read_presets
from seedbed_gui import style
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.frames import clear, column, row
from seedbed_gui.pages.labels import Label, one_line
from seedbed_gui.running.keys import KeyKeeping, KeyPlaces

WHERE = {"keyring": mark("in the keyring"), "environment": mark("in the environment"), "": mark("not set")}
NO_KEYRING = mark("This machine has no keyring: set keys in the environment before the studio is started.")
NAME_WIDTH = 240


class KeysCard(QWidget):
    """A line for each name of a key."""

    names_changed = Signal(tuple)

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = tuple(names)
        self.places: dict[str, str] = {}
        self.dialog: KeyDialog | None = None
        self.said = Label("", "small", wraps=True)
        self._lines = column(space=style.XS)
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name of another key"))
        self.name.setPlaceholderText(tr("Another name, like MY_SERVER_KEY"))
        self.add = Button(tr("Set …"), lambda: self.ask(self.name.text().strip()))
        self.add.setAccessibleName(tr("Set the key of this name"))
        self.name.textChanged.connect(lambda text: self.add.setEnabled(bool(text.strip())))
        self.add.setEnabled(False)
        another = row(space=style.S)
        another.addWidget(self.name, 1)
        another.addWidget(self.add)
        layout = column(self, style.M)
        layout.addLayout(self._lines)
        layout.addLayout(another)
        layout.addWidget(self.said)
        self._places, self._keeping = KeyPlaces(self), KeyKeeping(self)
        self._places.ended.connect(self._show)
        self._keeping.ended.connect(self._kept)

    def refresh(self) -> None:
        """Ask where the keys are."""
        if not self._places.is_running and not self._keeping.is_running:
            self._places.start(self._names())

    def ask(self, name: str) -> None:
        """Ask for the key of a name."""
        dialog = self.dialog = KeyDialog(name, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._keep(name, dialog.field.text()))
        dialog.open()

    def abandon(self) -> None:
        """The window closes."""
        self._places.abandon()
        self._keeping.abandon()

    def _names(self) -> list[str]:
        return list(dict.fromkeys([*(preset.key_name for preset in read_presets() if preset.key_name), *self._own]))

    def _keep(self, name: str, key: str) -> None:
        if self._keeping.is_running:
            return
        self.said.setText("")
        self._keeping.start(name, key)

    def _kept(self, found: dict[str, Any], wrong: str) -> None:
        if wrong:
            self.said.set_role("wrong")
            self.said.setText(one_line(wrong))
            return
        name = str(found.get("name", ""))
        if name not in self._names():
            self._own = (*self._own, name)
            self.names_changed.emit(self._own)
        self.name.clear()
        self.refresh()

    def _show(self, found: dict[str, Any], wrong: str) -> None:
        self.places = {str(name): str(place) for name, place in found.get("places", {}).items()}
        has_keyring = bool(found.get("has_keyring"))
        self.said.set_role("wrong" if wrong else "small")
        self.said.setText(one_line(wrong) if wrong else "" if has_keyring else tr(NO_KEYRING))
        self.add.setVisible(has_keyring)
        self.name.setVisible(has_keyring)
        clear(self._lines)
        for name, place in self.places.items():
            self._lines.addWidget(self._line(name, place, has_keyring))

    def _line(self, name: str, place: str, has_keyring: bool) -> QWidget:
        whole = QWidget()
        line = row(whole, style.S)
        label = Label(name)
        label.setFixedWidth(NAME_WIDTH)
        line.addWidget(label)
        line.addWidget(Label(tr(WHERE.get(place, place)), "good" if place else "quiet"), 1)
        if place == "keyring":
            forget = Button(tr("Forget"), partial(self._keep, name, ""), "link")
            forget.setAccessibleName(tr("Forget the key {name}", name=name))
            line.addWidget(forget)
        if has_keyring:
            put = Button(tr("Replace …") if place == "keyring" else tr("Set …"), partial(self.ask, name))
            put.setAccessibleName(tr("Set the key {name}", name=name))
            line.addWidget(put)
        return whole


class KeyDialog(Dialog):
    """Asks for one key; what is typed is shown as dots."""

    def __init__(self, name: str, parent: QWidget) -> None:
        said = tr("It goes into this system's keyring and nowhere else; the studio never shows it again.")
        super().__init__(tr("The key {name}", name=one_line(name, 64)), said, tr("Keep it"), (480, 260), parent)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(tr("Key"))
        self.body.column.addWidget(self.field)
        self.body.column.addStretch(1)
        self.field.textChanged.connect(lambda text: self.accept_button.setEnabled(bool(text.strip())))
        self.accept_button.setEnabled(False)
        self.field.setFocus()
