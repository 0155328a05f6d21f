"""The studio with eyes in it: each line on standard input is answered by what the window shows. It acts on nothing."""

import json
import os
import sys
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSocketNotifier
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget

from seedbed_gui import app
from seedbed_gui.main_window import MainWindow

MOST_EXAMPLES = 500


class Pointer(QObject):
    """Where the pointer was when the studio heard of it last."""

    at = (-1, -1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            there = event.globalPosition().toPoint()
            self.at = (there.x(), there.y())
        return False


pointer = Pointer()


def look() -> dict[str, Any]:
    """All that can be seen: controls and texts with their place on the screen, the tree's examples with theirs."""
    window = next((top for top in QApplication.topLevelWidgets() if isinstance(top, MainWindow)), None)
    over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
    active = QApplication.activeWindow()
    seen: dict[str, Any] = {
        "active": active is not None,
        "top": handle(over or window),
        "over": over is not None,
        "pointer": pointer.at,
    }
    seen["controls"] = [found for top in shown_windows(over) for found in controls(top)]
    if window is not None:
        seen |= {"page": window.page, "is_busy": window.desk.is_busy, **tree(window)}
    return seen


def shown_windows(over: QWidget | None) -> list[QWidget]:
    """What a person can reach: what lies over the window, or the window."""
    if over is not None:
        return [over]
    return [top for top in QApplication.topLevelWidgets() if isinstance(top, MainWindow) and top.isVisible()]


def controls(top: QWidget) -> list[dict[str, Any]]:
    """Every part that shows words or can be typed into, where it can be seen."""
    kinds = (QAbstractButton, QLabel, QLineEdit, QPlainTextEdit)
    found = []
    for part in top.findChildren(QWidget):
        room = part.visibleRegion().boundingRect()
        if not isinstance(part, kinds) or not part.isVisible() or room.isEmpty():
            continue
        text = part.toPlainText() if isinstance(part, QPlainTextEdit) else part.text()
        names = [name for name in (part.accessibleName(), text) if name]
        enabled, focused = part.isEnabled(), part.hasFocus()
        found.append({
            "names": names, "text": text, "at": place(part, room.center()), "enabled": enabled, "focused": focused,
            "is_caption": isinstance(part, QLabel),
        })  # fmt: skip
    return sorted(found, key=lambda control: control["is_caption"])


def tree(window: MainWindow) -> dict[str, Any]:
    """The examples on the canvas and what is selected."""
    canvas = window.tree.canvas
    scene, view = canvas.scene, canvas.view()
    rests = canvas.isVisible() and not canvas.is_gliding
    at: dict[int, tuple[int, int]] = {}
    for example in scene.ids.tolist()[:MOST_EXAMPLES] if rests else ():
        slot = scene.slot_of(example)
        if slot is not None:
            x, row = scene.spot(slot)
            at[example] = place(canvas, QPoint(round(view.x(x)), round(view.y(row))))
    return {
        "examples": at, "nodes": len(scene), "rests": rests, "selected": canvas.selected(),
        "scale": view.scale_x, "origin": view.origin_x,
    }  # fmt: skip


def place(part: QWidget, at: QPoint) -> tuple[int, int]:
    """A point of a part, on the screen."""
    there = part.mapToGlobal(at)
    return there.x(), there.y()


def handle(widget: QWidget | None) -> int:
    """The number by which the screen knows its window."""
    return int(widget.winId()) if widget is not None else 0


def answer() -> None:
    """Answer each line that came."""
    for _ in os.read(0, 4096).decode().splitlines():
        sys.stdout.write(json.dumps(look()) + "\n")
    sys.stdout.flush()


def main() -> int:
    """The studio, as its launcher starts it."""
    made = app.make_application

    def make_application(language: str | None = None) -> QApplication:
        found = made(language)
        ears = QSocketNotifier(0, QSocketNotifier.Type.Read, found)
        ears.activated.connect(lambda *_: answer())
        found.installEventFilter(pointer)
        return found

    app.make_application = make_application
    return app.main([*sys.argv[1:], "--language", "en"])


if __name__ == "__main__":
    sys.exit(main())
