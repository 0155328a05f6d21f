"""Makes the README's pictures of the real window: docs/studio.png (a grown tree) and docs/verdict.png (a judged model).

    QT_QPA_PLATFORM=offscreen .venv/bin/python docs/make_screenshots.py [PROJECT]

Without a project one is made of the sample creak and grown to 60 examples by the model in the box (a minute or two).
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from seedbed_engine.examples import State
from seedbed_gui.app import make_application
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.verdict_panel import VerdictPanel

DOCS = Path(__file__).parent
SIZE = 1440, 900
LONGEST_WAIT = 900.0  # seconds
SETTLED = 1.5  # seconds in which the canvas lays out and glides


def main() -> None:
    """Make both pictures."""
    with tempfile.TemporaryDirectory() as folder:
        given = sys.argv[1:]
        project = Path(given[0]).absolute() if given else make_project(Path(folder))
        os.environ["SEEDBED_HOME"] = folder  # no trace in the preferences of whoever makes the pictures
        app = make_application()
        QCursor.setPos(SIZE[0] // 2, SIZE[1] - 10)  # over nothing that answers to it
        window = MainWindow()
        window.resize(*SIZE)
        window.show()
        window.open_path(project)
        wait(lambda: len(window.tree.canvas.scene) > 1)
        picture_the_tree(window)
        picture_the_verdict(window)
        window.close()
        app.quit()


def make_project(folder: Path) -> Path:
    """The sample creak, grown by the model in the box."""
    path = folder / "creak.seedbed"
    for words in (["new", str(path), "--sample", "creak"], ["grow", str(path), "--target", "60"]):
        subprocess.run([sys.executable, "-m", "seedbed_engine", *words], check=True)
    return path


def picture_the_tree(window: MainWindow) -> None:
    """Some examples approved, some rejected, one selected."""
    project, canvas = window.project, window.tree.canvas
    assert project is not None
    ids = sorted(canvas.scene.ids.tolist())[1:]
    project.set_state([one for one in ids if one % 3 == 0], State.APPROVED)
    project.set_state([one for one in ids if one % 8 == 4], State.REJECTED)
    wait(lambda: canvas.scene.count_of("approved") > 0 and canvas.scene.count_of("rejected") > 0)
    canvas.fit()
    deep = [one for one in ids if one % 3 == 0 and len(canvas.scene.tree.path_to_seed(one)) > 3]
    chosen = deep[len(deep) // 3]
    window.tree.show_example(chosen)
    wait(lambda: window.tree.inspector.shown is not None)
    settle()
    save(window, "studio.png")


def picture_the_verdict(window: MainWindow) -> None:
    """Trained and judged with the usual settings, as one click does it."""
    wait(window.top_bar.train.isEnabled)
    window.wishes.train()
    wait(lambda: window.desk.is_busy)
    wait(lambda: not window.desk.is_busy)
    wait(lambda: bool(window.runs.findChildren(VerdictPanel)))
    for toast in list(window.toasts.shown):
        toast.hide()
    settle()
    save(window, "verdict.png")


def save(window: QWidget, name: str) -> None:
    """Save what the window shows."""
    if not window.grab().save(str(DOCS / name)):
        raise OSError(f"{DOCS / name} cannot be written")


def settle() -> None:
    """Let the window come to rest."""
    until = monotonic() + SETTLED
    wait(lambda: monotonic() > until)


def wait(until: Callable[[], bool]) -> None:
    """Let the window live until something holds."""
    late = monotonic() + LONGEST_WAIT
    while not until():
        if monotonic() > late:
            raise TimeoutError("the window did not come so far")
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


if __name__ == "__main__":
    main()
