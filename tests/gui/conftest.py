"""What tests of the window need: a home of their own, a project with a small tree, the studio."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import calls, runs, trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import NewExample
from seedbed_engine.settings import GrowthSettings
from seedbed_gui import notices, style
from seedbed_gui.main_window import MainWindow


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    """The studio remembers here, and nowhere else."""
    before = os.environ.get("SEEDBED_HOME")
    os.environ["SEEDBED_HOME"] = str(tmp_path / "home")
    yield tmp_path / "home"
    if before is None:
        del os.environ["SEEDBED_HOME"]
    else:
        os.environ["SEEDBED_HOME"] = before


@pytest.fixture(autouse=True)
def threads_end() -> Iterator[None]:
    """A test that leaves a thread of ours running has not closed what it opened."""
    before = set(threading.enumerate())
    yield
    ours = ("reader", "actor", "writer of")
    left = [thread.name for thread in set(threading.enumerate()) - before if thread.name.startswith(ours)]
    assert left == []


def grown(store: Store, texts: list[str] | None = None) -> list[int]:
    """A seed with two calls: three examples below it, three below the first of them. Their ids."""
    seed = add_seed(store, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED)
    run = runs.add_run(store, "grow", GrowthSettings().to_json(), seed)
    runs.end_run(store, run, "finished", result="{}")
    ids: list[int] = []
    questions = texts or [f"Is thing {number} cold?" for number in range(6)]
    for number, parent in enumerate((None, 0)):
        above = None if parent is None else ids[parent]
        call = calls.add_call(store, run, seed, above, f"k{number}", number, 3)
        messages = json.dumps([{"role": "user", "content": f"Write three more, call {number}."}])
        new = calls.NewRequest(0, 0, 3, None, None, "embedded", "small", messages, "{}")
        request = calls.add_request(store, call, new)
        calls.keep_reply(
            store, request, f"<b>reply {number}</b>", model="small", finish_reason="stop",
            prompt_tokens=100, completion_tokens=50, usd=0.0,
        )  # fmt: skip
        examples = [
            NewExample(
                seed, above, call, request, place, f"k{number}/{place}", number + 1,
                Example(questions[len(ids) + place], ("yes", "no"), "no"),
            )
            for place in range(3)
        ]  # fmt: skip
        ids += store.do(lambda db, examples=examples: trees.insert_examples(db, examples))  # type: ignore[misc]
    return ids


@pytest.fixture
def project_file(tmp_path: Path) -> Path:
    """A closed project file with a small tree."""
    path = tmp_path / "small.seedbed"
    with create_project(path) as store:
        grown(store)
    return path


@pytest.fixture
def studio(qtbot: QtBot, qapp: QApplication) -> Iterator[MainWindow]:
    """The window, shown, with no project."""
    style.apply(qapp, dark=False)
    window = MainWindow()
    window.resize(1280, 720)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.desk.abandon()
    qtbot.waitUntil(lambda: not window.desk.is_busy, timeout=10_000)
    if window.isVisible():
        window.close()
    notices.door.leave()
    notices.door.listen()
    notices.door.leave()
    window.deleteLater()


@pytest.fixture
def opened(qtbot: QtBot, studio: MainWindow, project_file: Path) -> MainWindow:
    """The window with the small tree."""
    open_in(qtbot, studio, project_file)
    return studio


def open_in(qtbot: QtBot, studio: MainWindow, path: Path) -> None:
    """Open a project and wait until its tree is shown."""
    studio.open_path(path)
    qtbot.waitUntil(lambda: studio.seed is not None and studio.tree._is_whole, timeout=10_000)


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[MainWindow, int], None]:
    """Select an example and wait until the inspector has it."""

    def select(studio: MainWindow, example: int) -> None:
        studio.tree.show_example(example)
        inspector = studio.tree.inspector
        qtbot.waitUntil(lambda: inspector.shown is not None and inspector.shown.id == example, timeout=10_000)

    return select


@pytest.fixture
def grow_tree() -> Callable[[Store, list[str]], list[int]]:
    """Makes the small tree with these six questions."""
    return grown
