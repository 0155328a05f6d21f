import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from seedbed_gui import style
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.preferences import Preferences, read_preferences, read_topic_list, write_preferences
from seedbed_gui.pages.embedded_panel import TopicsDialog
from seedbed_gui.pages.grow_dialog import GrowDialog

KEY = "sk-planted-0123456789"
LONG = 60_000  # milliseconds; the engine's word is a process of its own
DRAWER = '''
import json, os
from pathlib import Path
from keyring.backend import KeyringBackend

class Drawer(KeyringBackend):
    """A keyring in a file."""
    priority = 1
    path = Path(os.environ["DRAWER"])
    def _all(self):
        return json.loads(self.path.read_text()) if self.path.exists() else {}
    def get_password(self, service, username):
        return self._all().get(username)
    def set_password(self, service, username, password):
        self.path.write_text(json.dumps({**self._all(), username: password}))
    def delete_password(self, service, username):
        self.path.write_text(json.dumps({name: key for name, key in self._all().items() if name != username}))
'''


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A keyring that the engine's processes use."""
    (tmp_path / "drawer.py").write_text(DRAWER)
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv("PYTHONPATH", path)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "drawer.Drawer")
    monkeypatch.setenv("DRAWER", str(tmp_path / "kept.json"))
    return tmp_path / "kept.json"


@pytest.fixture
def light() -> Iterator[None]:
    """Whatever was chosen, the next test is light."""
    yield
    style.choose("system")


def field(studio: MainWindow, name: str) -> object:
    return studio.settings.growth.form.fields[name]


def test_ctrl_comma_opens_them_without_a_project(qtbot: QtBot, studio: MainWindow) -> None:
    qtbot.keyClick(studio, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert studio.page == "preferences"
    assert studio.sidebar.isVisible()
    assert [name for name, button in studio.sidebar.pages.items() if button.isVisible()] == ["preferences"]


def test_looks_change_at_once_and_at_the_next_start(qtbot: QtBot, studio: MainWindow, light: None) -> None:
    studio.show_page("preferences")
    studio.settings.looks.setCurrentIndex(studio.settings.looks.findData("dark"))
    assert style.current() is style.DARK
    assert read_preferences().looks == "dark"
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    style.apply(app)  # as a start does
    assert style.current() is style.DARK
    studio.settings.reset()
    assert style.current() is style.LIGHT


def test_a_growth_begins_with_what_was_chosen(qtbot: QtBot, opened: MainWindow) -> None:
    opened.show_page("preferences")
    target, strategy = field(opened, "target"), field(opened, "strategy")
    assert isinstance(target, QSpinBox)
    assert isinstance(strategy, QComboBox)
    target.setValue(123)
    strategy.setCurrentIndex(strategy.findData("similar"))
    assert read_preferences().usual_growth.target == 123
    opened.wishes.grow(())
    qtbot.waitUntil(lambda: opened.questions.dialog is not None, timeout=10_000)
    dialog = opened.questions.dialog
    assert isinstance(dialog, GrowDialog)
    assert (dialog.settings().target, dialog.settings().strategy) == (123, "similar")
    dialog.reject()


def test_a_server_that_cannot_be_asked_is_not_kept(qtbot: QtBot, studio: MainWindow) -> None:
    studio.show_page("preferences")
    creator, server, address = (field(studio, name) for name in ("creator", "server", "base_url"))
    assert isinstance(creator, QComboBox)
    assert isinstance(server, QComboBox)
    assert isinstance(address, QLineEdit)
    creator.setCurrentIndex(creator.findData("hosted"))
    assert studio.settings.growth.wrong.text() == "Name the model."
    assert read_preferences().usual_growth.creator == "embedded"
    server.setCurrentIndex(server.findData("openai"))
    server.activated.emit(server.currentIndex())
    assert read_preferences().usual_growth.creator == "hosted"
    kept = read_preferences().growth
    address.setText(f"https://me:{KEY}@example.org/v1")
    assert studio.settings.growth.wrong.text()
    assert read_preferences().growth == kept


def test_a_key_is_set_seen_as_set_and_forgotten(qtbot: QtBot, studio: MainWindow, drawer: Path, home: Path) -> None:
    keys = studio.settings.keys
    studio.show_page("preferences")
    qtbot.waitUntil(lambda: keys.places.get("OPENAI_API_KEY") == "", timeout=LONG)
    keys.name.setText("MY_KEY")
    keys.add.click()
    assert keys.dialog is not None
    assert not keys.dialog.accept_button.isEnabled()
    assert keys.dialog.field.echoMode() is QLineEdit.EchoMode.Password
    keys.dialog.field.setText(KEY)
    keys.dialog.accept_button.click()
    qtbot.waitUntil(lambda: keys.places.get("MY_KEY") == "keyring", timeout=LONG)
    assert json.loads(drawer.read_text()) == {"MY_KEY": KEY}
    assert read_preferences().key_names == ("MY_KEY",)
    assert KEY not in (home / "studio.json").read_text()
    forget = next(
        button for button in keys.findChildren(QPushButton) if button.accessibleName() == "Forget the key MY_KEY"
    )
    forget.click()
    qtbot.waitUntil(lambda: keys.places.get("MY_KEY") == "", timeout=LONG)
    assert json.loads(drawer.read_text()) == {}


def test_without_a_keyring_a_sentence_says_what_to_do(
    qtbot: QtBot, studio: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    studio.show_page("preferences")
    keys = studio.settings.keys
    qtbot.waitUntil(lambda: keys.places.get("OPENAI_API_KEY") == "environment", timeout=LONG)
    assert "no keyring" in keys.said.text()
    assert not [button for button in keys.findChildren(QPushButton) if button.isVisible()]


def test_topics_of_ones_own_are_kept_and_reset(studio: MainWindow) -> None:
    studio.show_page("preferences")
    studio.settings.topics.click()
    dialog = studio.settings.dialog
    assert isinstance(dialog, TopicsDialog)
    dialog.field.set_text("whales\nvolcanoes")
    dialog.accept_button.click()
    assert read_topic_list() == ("whales", "volcanoes")
    assert studio.settings.topics.text() == "2 topics of yours …"
    studio.settings.reset()
    assert read_topic_list() == ()
    assert studio.settings.topics.text() == "The program's topics …"


def test_a_reset_keeps_projects_keys_and_the_window() -> None:
    mine = Preferences(
        recent=("/a.seedbed",), geometry="x", key_names=("A_KEY",), looks="dark", scale=125, page="table"
    )
    assert mine.as_at_first() == replace(mine, looks="system", scale=100)


def test_odd_values_in_the_file_become_the_defaults(home: Path) -> None:
    home.mkdir()
    (home / "studio.json").write_text('{"looks": "pink", "scale": 9000, "layout": [], "growth": "{", "page": 7}')
    found = read_preferences()
    assert (found.looks, found.scale, found.layout, found.page) == ("system", 100, {}, "7")
    assert found.usual_growth.target == 60


def test_a_window_comes_back_as_it_was_left(qtbot: QtBot, opened: MainWindow, project_file: Path) -> None:
    opened.tree.colours.choose("depth")
    opened.tree.canvas.set_round(True)
    opened.tree.canvas.branches.toggle(1)
    opened.show_page("table")
    opened.table.view.setColumnWidth(0, 133)
    opened.table.filter.setCurrentIndex(opened.table.filter.findData("new"))
    opened.review.order.setCurrentIndex(opened.review.order.findData("random"))
    opened.close()
    again = MainWindow()
    again.show()
    again.open_path(project_file)
    qtbot.waitUntil(lambda: again.tree._is_whole, timeout=10_000)
    assert again.page == "table"
    assert again.table.view.columnWidth(0) == 133
    assert again.table.filter.currentData() == "new"
    assert again.review.order.currentData() == "random"
    assert again.tree.colours.chosen == "depth"
    assert again.tree.canvas.scene.is_round
    assert again.tree.canvas.scene.ids.tolist() == [0, 1, 2, 3]
    again.close()
    again.deleteLater()


def test_a_layout_of_another_version_is_passed_over(qtbot: QtBot, home: Path, project_file: Path) -> None:
    odd = {"colour": "taste", "folded": [1, 2], "is_round": "yes"}
    table = {"columns": [0, "a", -5], "state": "lost", "sorted": "taste"}
    write_preferences(
        Preferences(layout={"tree": odd, "table": table, "log": {"parts": [0, 0]}, "gone": {}, "runs": 3})
    )
    window = MainWindow()
    window.show()
    window.open_path(project_file)
    qtbot.waitUntil(lambda: window.tree._is_whole, timeout=10_000)
    assert window.tree.colours.chosen == "state"
    assert len(window.tree.canvas.scene.ids) == 7
    window.close()
    window.deleteLater()
