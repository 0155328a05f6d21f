"""The embedded creator in the dialog: what a model file is comes before it is used; topics are a person's own."""

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedbed_engine.asking.topics import read_topics
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.settings import GrowthSettings
from seedbed_gui.models.preferences import read_topic_list
from seedbed_gui.pages.grow_dialog import Ground, GrowDialog
from seedbed_gui.pages.labels import Label
from seedbed_gui.running.background import Background

SEED = SeedRow(1, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED, None, 0, 0, 0, 0, 0)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[GrowDialog]:
    background = Background()
    made = GrowDialog(Ground(SEED, (), SEED.example), GrowthSettings(), background=background)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()
    background.close()


def gguf(folder: Path, architecture: bytes) -> Path:
    def text(value: bytes) -> bytes:
        return struct.pack("<Q", len(value)) + value

    fields = [text(b"general.architecture") + struct.pack("<I", 8) + text(architecture)]
    fields += [text(b"general.license") + struct.pack("<I", 8) + text(b"<b>mit</b>")]
    path = folder / "model.gguf"
    path.write_bytes(struct.pack("<4sIQQ", b"GGUF", 3, 0, len(fields)) + b"".join(fields))
    return path


def test_a_model_file_is_shown_before_it_is_used_and_what_is_none_is_said(
    qtbot: QtBot, dialog: GrowDialog, tmp_path: Path
) -> None:
    panel = dialog.embedded
    assert panel.isVisible()
    assert not panel.facts.isVisible()
    panel.chosen.emit(str(gguf(tmp_path, b"llama")))
    qtbot.waitUntil(panel.facts.isVisible, timeout=10_000)
    said = [label.text() for label in panel.facts.findChildren(Label)]
    assert "llama" in said
    assert "<b>mit</b>" in said  # as plain text
    assert dialog.settings().model == str(tmp_path / "model.gguf")
    (tmp_path / "other.gguf").write_bytes(b"<html>")
    panel.chosen.emit(str(tmp_path / "other.gguf"))
    qtbot.waitUntil(panel.complaint.isVisible, timeout=10_000)
    assert "is not a GGUF" in panel.complaint.text()
    assert not panel.facts.isVisible()


def test_topics_are_edited_kept_for_the_next_time_and_part_of_the_run(qtbot: QtBot, dialog: GrowDialog) -> None:
    panel = dialog.embedded
    assert dialog.settings().topic_list == ()
    panel.topics_button.click()
    edit = panel.dialog
    assert edit is not None
    assert edit.topics() == read_topics()
    edit.field.setPlainText("")
    assert not edit.accept_button.isEnabled()
    edit.field.setPlainText("tea\nants\n\ntea")
    edit.accept_button.click()
    assert dialog.settings().topic_list == ("tea", "ants") == read_topic_list()
    assert panel.topics_button.text() == "2 topics of yours …"
    panel._take_topics(read_topics())
    assert dialog.settings().topic_list == () == read_topic_list()
