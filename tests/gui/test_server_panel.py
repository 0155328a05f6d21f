"""The Grow dialog's part about servers: presets, the Test button, models that are offered, batches."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.settings import GrowthSettings
from seedbed_gui.pages.grow_dialog import Ground, GrowDialog
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.server_panel import preset_of

SEED = SeedRow(1, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED, None, 0, 0, 0, 0, 0)
LONG = 60_000  # milliseconds; the test is a process of its own


def a_dialog(qtbot: QtBot, **given: Any) -> GrowDialog:
    dialog = GrowDialog(Ground(SEED, (), SEED.example), GrowthSettings(creator="hosted", **given))
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


@pytest.fixture
def talking(chat_server: Any) -> Any:
    """A server with three models and no schemas."""
    chat_server.models = ["b-model", "a-model", "<b>c</b>"]
    chat_server.understands = {"json_object"}
    chat_server.writer = lambda body: '{"colour": "red"}'
    return chat_server


def choose(dialog: GrowDialog, name: str, value: str) -> None:
    field = dialog.form.fields[name]
    assert isinstance(field, QComboBox)
    field.setCurrentIndex(field.findData(value))


def text(dialog: GrowDialog, name: str) -> str:
    field = dialog.form.fields[name]
    assert isinstance(field, QLineEdit)
    return field.text()


def lines(dialog: GrowDialog) -> list[str]:
    labels = dialog.server.findChildren(Label)
    return [label.text() for label in labels if label.isVisible() and label is not dialog.server.said]


def test_a_preset_fills_in_address_key_and_model(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, model="gpt-4o-mini")
    assert dialog.form.fields["server"].currentData() == "openai"  # type: ignore[union-attr]
    choose(dialog, "server", "ollama")
    assert text(dialog, "base_url") == "http://127.0.0.1:11434/v1"
    assert (text(dialog, "key_name"), text(dialog, "model")) == ("OLLAMA_API_KEY", "")
    assert not dialog.accept_button.isEnabled()
    dialog.model.setText("llama3.2")
    choose(dialog, "server", "vllm")
    assert text(dialog, "model") == "llama3.2"
    assert dialog.settings().base_url == "http://127.0.0.1:8000/v1"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("", "openai"),
        ("https://api.openai.com/v1/", "openai"),
        ("https://mine.openai.azure.com", "azure"),
        ("http://127.0.0.1:1234/v1", "lmstudio"),
        ("https://example.org/v1", "another"),
    ],
)
def test_an_address_is_known_by_its_preset(address: str, name: str) -> None:
    assert preset_of(address) == name


def test_a_test_says_what_works_and_offers_the_models(qtbot: QtBot, talking: Any) -> None:
    dialog = a_dialog(qtbot, base_url=talking.address, key_name="SEEDBED_NO_KEY")
    assert "tiny requests" in dialog.server.said.text()
    dialog.server.test.click()
    assert not dialog.server.test.isEnabled()
    qtbot.waitUntil(lambda: len(lines(dialog)) > 8, timeout=LONG)
    said = " ".join(lines(dialog))
    assert "answers" in said
    assert "A JSON schema does not work" in said
    assert "JSON mode works" in said
    assert "It tells no limits" in said
    assert dialog.model.names.stringList() == ["b-model", "a-model", "<b>c</b>"]
    assert text(dialog, "model") == "b-model"
    assert dialog.server.test.isEnabled()
    dialog.form.fields["base_url"].setText("http://127.0.0.1:9/v1")  # type: ignore[union-attr]
    assert lines(dialog) == []


def test_a_server_that_is_not_there_is_said(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, base_url="http://127.0.0.1:9/v1", key_name="SEEDBED_NO_KEY")
    qtbot.waitUntil(dialog.isActiveWindow, timeout=10_000)
    dialog.server.test.setFocus()
    qtbot.keyClick(dialog.server.test, Qt.Key.Key_Space)
    assert dialog.focusWidget() is None  # a further Space presses nothing else
    qtbot.waitUntil(lambda: bool(lines(dialog)), timeout=LONG)
    assert dialog.server.test.hasFocus()
    assert "No connection to http://127.0.0.1:9/v1" in " ".join(lines(dialog))


def test_beyond_this_machine_the_price_is_said_before_and_a_missing_key_after(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, model="gpt-4o-mini", key_name="A_KEY_THAT_IS_NOT_THERE")
    assert "4 tiny requests, for at most $0.000" in dialog.server.said.text()
    dialog.server.test.click()
    qtbot.waitUntil(lambda: bool(lines(dialog)), timeout=LONG)
    assert "There is no key under the name A_KEY_THAT_IS_NOT_THERE" in " ".join(lines(dialog))


def test_an_address_with_a_secret_cannot_be_tested(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, base_url="https://me:secret@example.org/v1")
    assert not dialog.server.test.isEnabled()


def test_a_dialog_that_closes_ends_its_test(qtbot: QtBot, talking: Any) -> None:
    dialog = a_dialog(qtbot, base_url=talking.address)
    dialog.server.test.click()
    dialog.reject()
    assert not dialog.server._work.is_running


def test_batches_are_offered_where_they_can_be_and_halve_the_estimate(qtbot: QtBot) -> None:
    dialog = a_dialog(qtbot, model="gpt-4o-mini", target=2000)
    box = dialog.form.fields["batch"]
    assert box.isVisible()
    assert not dialog.settings().batch
    before = dialog.estimate.text()
    box.click()  # type: ignore[union-attr]
    assert dialog.settings().batch
    assert dialog.estimate.text() != before
    choose(dialog, "strategy", "random")
    assert (box.isVisible(), dialog.settings().batch) == (False, False)
    choose(dialog, "strategy", "tree")
    choose(dialog, "server", "ollama")
    assert (box.isVisible(), dialog.settings().batch) == (False, False)
