"""Errors in what Qt calls of ours: told like any other; without the guard some of them kill the process."""

import pkgutil
import subprocess
import sys
from importlib import import_module

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import seedbed_gui
from seedbed_gui.overrides import classes_of_ours, guard_overrides, is_guarded

SCRIPT = """
import sys
import numpy as np
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from seedbed_gui import overrides

class Broken(QWidget):
    def event(self, event):
        if event.type() == QEvent.Type.User:
            {act}
        return super().event(event)

overrides.OURS = "__main__"
overrides.guard_overrides()
app = QApplication([])
heard = []
sys.excepthook = lambda kind, error, trace: heard.append(kind.__name__)
widget = Broken()
app.postEvent(widget, QEvent(QEvent.Type.User))
app.processEvents()
print(*heard)
"""


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        ("np.zeros(1)[1]", "IndexError"),
        ("[][3]", "IndexError"),
        ("1 // 0", "ZeroDivisionError"),
        ("int('x')", "ValueError"),
        ("raise KeyError(5)", "KeyError"),
    ],
)
def test_an_error_in_an_override_is_told_and_the_process_lives(act: str, kind: str) -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT.format(act=act)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, kind), done.stderr


def test_all_overrides_of_the_window_are_guarded_before_it_opens(qapp: QApplication) -> None:
    for module in pkgutil.walk_packages(seedbed_gui.__path__, "seedbed_gui."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    made_first = {kind for kind in classes_of_ours() if ".guide." not in kind.__module__}
    guard_overrides()
    assert len(made_first) > 60
    for kind in made_first:
        for name in ("event", "paintEvent", "mousePressEvent", "keyPressEvent", "data", "sizeHint", "eventFilter"):
            if name in vars(kind):
                assert is_guarded(vars(kind)[name]), (kind, name)


def test_a_guarded_override_still_does_what_it_did(qtbot: QtBot) -> None:
    from seedbed_gui.canvas.widget import TreeCanvas

    guard_overrides()
    before = vars(TreeCanvas)["event"]
    guard_overrides()
    assert vars(TreeCanvas)["event"] is before
    canvas = TreeCanvas()
    qtbot.addWidget(canvas)
    assert QApplication.sendEvent(canvas, QEvent(QEvent.Type.Polish))
    assert isinstance(canvas, QWidget)
