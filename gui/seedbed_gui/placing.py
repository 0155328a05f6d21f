"""Where the window stands: where it was left, or at first a size that fits the screen."""

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

FIRST_SIZE = 1440, 900


def place_of(window: QWidget) -> str:
    """Where the window stands now, as text to be kept."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def place_window(window: QWidget, place: str) -> None:
    """Put the window where it was left; empty or unreadable: its first size."""
    if place and window.restoreGeometry(QByteArray.fromBase64(place.encode())):
        return
    screen = QGuiApplication.primaryScreen().availableSize()
    window.resize(min(FIRST_SIZE[0], screen.width()), min(FIRST_SIZE[1], screen.height()))
