"""What tests of the window need: a home of their own, a project with a small tree, the studio."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import calls, datasets, runs, trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import NewExample
from seedbed_engine.settings import GrowthSettings, TrainingSettings
from seedbed_gui import language, notices, style
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


def forget_notices() -> None:
    """What waits for a window that listens is of another test."""
    notices.door.leave()
    notices.door.listen()
    notices.door.leave()


@pytest.fixture(autouse=True)
def no_notices() -> None:
    """No notice of an earlier test waits, not even one that came after its window had gone."""
    forget_notices()


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
def spoken(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """The language of the window; a test that wants another than English says so by its parameter."""
    wanted, before = getattr(request, "param", "en"), QLocale()
    if wanted != "en":
        language.begin(wanted)
    yield wanted
    if wanted != "en":
        language.begin("en")
        QLocale.setDefault(before)


@pytest.fixture
def studio(qtbot: QtBot, qapp: QApplication, spoken: str) -> Iterator[MainWindow]:
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
    forget_notices()
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


LABELS = ("Yes", "No")
ANIMALS = ("cat", "dog", "horse", "cow", "sheep", "goat", "hen", "duck", "pig", "fox")
TOOLS = ("hammer", "saw", "drill", "wrench", "chisel", "file", "clamp", "axe", "plane", "rasp")


def claim(form: str, word: str) -> Example:
    return Example(form.format(word), LABELS, LABELS[word in TOOLS])


def flipped(example: Example) -> Example:
    return replace(example, answer=LABELS[example.answer == "Yes"])


@pytest.fixture(scope="session")
def judged_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was trained and judged once; what is asked with 'no' is answered wrongly by such a model."""
    from seedbed_engine.learning.trial import train_and_judge

    path = tmp_path_factory.mktemp("judged") / "animals.seedbed"
    with create_project(path) as store:
        add_seed(store, claim("Is a {} an animal?", "wolf"), Options.FIXED)
        forms = ("A {} is an <b>animal</b>.", "You can feed a {}.", "The {} is alive.")
        made = [[claim(form, word) for pair in zip(ANIMALS, TOOLS, strict=True) for word in pair] for form in forms]
        for branch, examples in enumerate(made):
            root = [NewExample(1, None, None, None, 0, f"b{branch}", 1, Example(f"Branch {branch}.", LABELS, "Yes"))]
            above = store.do(lambda db, root=root: trees.insert_examples(db, root))[0]  # type: ignore[misc]
            rows = [
                NewExample(1, above, None, None, place, f"b{branch}c{place}", 2, each)
                for place, each in enumerate(examples)
            ]
            store.do(lambda db, rows=rows: trees.insert_examples(db, rows))  # type: ignore[misc]
        human = datasets.add_dataset(store, "human")
        for split, form in (("dev", "A {} has a heart."), ("test", "Any {} must eat.")):
            easy = [claim(form, word) for word in (*ANIMALS, *TOOLS)]
            hard = [flipped(claim(f"There is no {{}} that lives, {split}.", word)) for word in (*ANIMALS, *TOOLS)]
            datasets.add_dataset_examples(store, human, split, [*easy, *hard])
        forms = ("A {} is born.", "A {} can be ill.", "The {} sleeps.", "Some {} drinks.", "A {} grows.")
        beings = [claim(form, word) for form in forms for word in (*ANIMALS, *TOOLS)]
        datasets.add_dataset_examples(store, human, "train", beings)
        other = [claim("It is true that a {} lives.", word) for word in (*ANIMALS, *TOOLS)]
        datasets.add_dataset_examples(store, datasets.add_dataset(store, "truths"), "test", other)
        run = runs.add_run(store, "train", TrainingSettings(epochs=4, seeds=(1,)).to_json(), 1)
        runs.take_lease(store, run)
        state, _, result = train_and_judge(store, run, lambda event: None, threading.Event())
        runs.end_run(store, run, state, result=result)
    return path
