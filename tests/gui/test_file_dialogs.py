"""Asking for files: the project that is open keeps its locks while a dialog lists its folder."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from seedbed_engine.keeping.project import create_project
from seedbed_gui.pages.file_dialogs import ask_for_folder, ask_to_open, ask_to_save

ASK: dict[str, Callable[[QWidget, Path], Any]] = {
    "open": lambda owner, folder: ask_to_open(owner, "Open", str(folder), "All files (*)"),
    "save": lambda owner, folder: ask_to_save(owner, "Save", str(folder / "copy"), "Projects (*.seedbed)", ".seedbed"),
    "folder": lambda owner, folder: ask_for_folder(owner, "Folder", str(folder)),
}


def answer(act: Callable[[QFileDialog], None]) -> None:
    """Have the next dialog answered once it has listed its folder."""

    def find() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            act(dialog)
        else:
            QTimer.singleShot(20, find)

    QTimer.singleShot(20, find)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system's dialogs are used")
@pytest.mark.parametrize("kind", ASK)
def test_a_dialog_looks_into_no_file_of_the_folder_it_lists(qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    with create_project(tmp_path / "one.seedbed") as store:
        store.rows("SELECT 1")

        def leave(dialog: QFileDialog) -> None:
            qtbot.wait(500)
            dialog.reject()

        answer(leave)
        found = ASK[kind](owner, tmp_path)
        assert (found[0] if kind == "save" else found) is None
        script = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('PRAGMA user_version'); db.close()"
        subprocess.run([sys.executable, "-c", script, str(store.path)], check=True)
        assert store.path.with_name("one.seedbed-wal").exists(), "another program took itself for the last one"


def test_a_name_without_an_ending_gets_one_and_a_chosen_file_is_given_back(qtbot: QtBot, tmp_path: Path) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    (tmp_path / "claims.jsonl").write_text("{}")

    def choose(dialog: QFileDialog) -> None:
        QTest.keyClicks(QApplication.focusWidget(), "claims.jsonl")
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    answer(choose)
    assert ask_to_open(owner, "Open", str(tmp_path), "Data (*.jsonl)") == tmp_path / "claims.jsonl"
    answer(QFileDialog.accept)
    assert ASK["save"](owner, tmp_path)[0] == tmp_path / "copy.seedbed"
    answer(QFileDialog.accept)
    assert ask_for_folder(owner, "Folder", str(tmp_path)) == tmp_path


@pytest.mark.parametrize("kind", ASK)
def test_nothing_is_chosen_where_who_asked_is_closed_meanwhile(qtbot: QtBot, tmp_path: Path, kind: str) -> None:
    owner = QWidget()
    answer(lambda _: shiboken6.delete(owner))
    found = ASK[kind](owner, tmp_path)
    assert (found[0] if kind == "save" else found) is None
