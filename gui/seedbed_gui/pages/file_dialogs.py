"""Asking for files and folders, without a look into any of them.

A dialog that chooses each file's icon by what is in the file opens the project that is open here and closes it again,
and by that (POSIX) drops the locks that SQLite has on it. Qt's own dialog does so unless its icons come from elsewhere,
and so do dialogs that a Linux desktop runs in this process. Elsewhere the system's own dialogs are used as they are.
"""

import sys
from functools import cache
from pathlib import Path

from PySide6.QtCore import QFileInfo
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QHeaderView, QTreeView, QWidget
from shiboken6 import isValid

from seedbed_gui.language import tr

KIND = QAbstractFileIconProvider.IconType


class IconsByName(QFileIconProvider):
    """Icons and kinds from a file's name alone."""

    def icon(self, of: QFileInfo | QAbstractFileIconProvider.IconType) -> QIcon:
        """A folder's, or a file's."""
        if isinstance(of, QFileInfo):
            return super().icon(KIND.Folder if of.isDir() else KIND.File)
        return super().icon(of)

    def type(self, info: QFileInfo) -> str:
        """What stands in the column of kinds."""
        return tr("Folder") if info.isDir() else info.suffix()


def ask_to_open(owner: QWidget, title: str, start: str, kinds: str) -> Path | None:
    """Ask for a file that is there; `kinds` are filters as Qt writes them."""
    return _answer(_dialog(owner, title, start, kinds))[0]


def ask_to_save(owner: QWidget, title: str, start: str, kinds: str, ending: str = "") -> tuple[Path | None, str]:
    """Ask where to write, and in which of the kinds; a name without an ending gets this one."""
    dialog = _dialog(owner, title, start, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(ending)
    dialog.selectFile(start)
    return _answer(dialog)


def ask_for_folder(owner: QWidget, title: str, start: str) -> Path | None:
    """Ask for a folder."""
    dialog = _dialog(owner, title, start, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    return _answer(dialog)[0]


def _dialog(owner: QWidget, title: str, start: str, kinds: str) -> QFileDialog:
    folder = Path(start) if not start or Path(start).is_dir() else Path(start).parent
    dialog = QFileDialog(owner, title, str(folder) if start else "", kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.resize(780, 500)
    if sys.platform.startswith("linux"):
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setIconProvider(_icons())
        listing = dialog.findChild(QTreeView)
        if listing is not None:
            listing.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return dialog


def _answer(dialog: QFileDialog) -> tuple[Path | None, str]:
    """The path that was chosen and its kind; none where who asked was closed meanwhile, and the dialog with it."""
    has_chosen = bool(dialog.exec())
    if not isValid(dialog):
        return None, ""
    dialog.deleteLater()
    return Path(dialog.selectedFiles()[0]) if has_chosen else None, dialog.selectedNameFilter()


@cache
def _icons() -> IconsByName:
    return IconsByName()
