"""The main job through the real window: grow, look, edit, judge, undo, close, open again, train, read the verdict."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from seedbed_engine.events import Event, Kept, Progress
from seedbed_engine.examples import State
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.rows import ExampleRow
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.grow_dialog import GrowDialog
from seedbed_gui.pages.start_page import ListLine
from seedbed_gui.pages.train_dialog import TrainDialog
from seedbed_gui.pages.verdict_panel import VerdictPanel

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SOON, LONG = 10_000, 120_000  # milliseconds, for a machine that has other things to do
TARGET, N = 9, 3
NEW_QUESTION = "Spiders have eight legs."
D = TypeVar("D", bound=Dialog)


class Person:
    """Somebody at the window: clicks, types, and waits until it shows what it should."""

    def __init__(self, qtbot: QtBot) -> None:
        self.bot = qtbot
        self.window = self.open_studio()

    def open_studio(self) -> MainWindow:
        self.window = MainWindow()
        self.window.show()
        self.bot.waitActive(self.window)
        return self.window

    def close_studio(self) -> None:
        assert self.window.close()
        assert self.window.project is None
        self.window.deleteLater()

    def wait(self, until: Callable[[], object], ms: int = SOON) -> None:
        self.bot.waitUntil(lambda: bool(until()), timeout=ms)
        assert [toast.accessibleName() for toast in self.window.toasts.shown if toast.property("tone") == "wrong"] == []

    def click(self, button: QWidget) -> None:
        self.wait(lambda: button.isVisible() and button.isEnabled())
        self.bot.mouseClick(button, LEFT, NONE)

    def accept(self, dialog: Dialog) -> None:
        """Answer a dialog; the offscreen platform has nobody who would bring the window back to the front then."""
        self.click(dialog.accept_button)
        self.window.activateWindow()
        self.bot.waitActive(self.window)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.bot.keyClick(self.window.focusWidget() or self.window, key, modifier)

    def retype(self, field: QWidget, text: str) -> None:
        field.setFocus()
        self.bot.keyClick(field, Qt.Key.Key_A, CTRL)
        self.bot.keyClicks(field, text)

    def dialog(self, kind: type[D]) -> D:
        self.wait(lambda: isinstance(self.window.questions.dialog, kind))
        dialog = self.window.questions.dialog
        assert isinstance(dialog, kind)
        self.bot.waitActive(dialog)
        return dialog

    def click_example(self, example: int) -> None:
        """Click where it is drawn, once nothing moves any more."""
        canvas = self.window.tree.canvas
        self.wait(lambda: not canvas.is_gliding)
        canvas.grab()
        slot, view = canvas.scene.slot_of(example), canvas.view()
        assert slot is not None
        at = QPointF(view.x(float(canvas.scene.x[slot])), view.y(canvas.scene.line_of(slot))).toPoint()
        assert canvas.rect().contains(at)
        self.bot.mouseClick(canvas, LEFT, NONE, at)
        assert canvas.selected() == [example]
        self.wait(lambda: self.window.tree.inspector.shown and self.window.tree.inspector.shown.id == example)

    def undo(self) -> None:
        self.press(Qt.Key.Key_Z, CTRL)

    def redo(self) -> None:
        self.press(Qt.Key.Key_Z, CTRL | SHIFT)

    # what the window and the file show

    def nodes(self) -> int:
        return len(self.window.tree.canvas.scene) - 1

    def example(self, example: int) -> ExampleRow:
        assert self.window.project is not None
        return trees.read_example(self.window.project.store, example)

    def is_now(self, example: int, state: State) -> bool:
        """Whether the file has the state and the canvas shows it."""
        scene = self.window.tree.canvas.scene
        slot = scene.slot_of(example)
        drawn = slot is not None and int(scene.states[slot]) & 3
        return self.example(example).state is state and drawn == trees.STATE_CODES[state]


@pytest.fixture
def person(qtbot: QtBot, home: Path) -> Iterator[Person]:
    person = Person(qtbot)
    yield person
    if person.window.isVisible():  # the test has failed
        person.window.desk.abandon()
        person.window.close()


def adds_up(line: str) -> bool:
    """Whether the numbers at the left of the status line come to those at the right."""
    left, right = line.split(" · ")[0].split(" = ")
    return sum(map(int, re.findall(r"\d+", left))) == sum(map(int, re.findall(r"\d+", right)))


def test_a_person_grows_looks_mends_undoes_closes_reopens_and_trains(person: Person) -> None:
    """Each step asserts what it has brought about."""
    open_the_sample(person)
    grow(person)
    edit_and_judge(person)
    undo_and_redo(person)
    person.close_studio()
    reopen_and_undo(person)
    train(person)
    read_the_verdict(person)
    person.close_studio()


def open_the_sample(person: Person) -> None:
    """One that comes without a recorded tree."""
    lines = person.window.start.findChildren(ListLine)
    person.click(next(line for line in lines if line.text() == "Yes or no questions that need a thought"))
    person.wait(lambda: person.window.project is not None and person.window.seed is not None)
    person.wait(lambda: person.window.tree.isVisible() and person.window.top_bar.grow.isEnabled())
    assert person.nodes() == 0
    assert not person.window.top_bar.train.isEnabled()


def grow(person: Person) -> None:
    """Nodes appear while the run is going on, and the status line adds up whenever it says anything."""
    window = person.window
    heard: list[Event] = []
    lines: list[str] = []
    nodes_while_busy: set[int] = set()

    def hear(event: Event) -> None:
        heard.append(event)
        if isinstance(event, Progress):
            lines.append(window.status_bar.line.text())
        nodes_while_busy.add(person.nodes())

    window.desk.heard.connect(hear)
    person.click(window.top_bar.grow)
    dialog = person.dialog(GrowDialog)
    person.retype(dialog.form.fields["target"], str(TARGET))
    person.retype(dialog.form.fields["n"], str(N))
    person.wait(lambda: "free" in dialog.estimate.text())
    person.accept(dialog)
    person.wait(lambda: window.desk.is_busy and window.status_bar.stop.isVisible())
    person.wait(lambda: not window.desk.is_busy, LONG)
    person.wait(lambda: person.nodes() == TARGET)
    kept = [event for event in heard if isinstance(event, Kept)]
    assert [len(event.examples) for event in kept] == [N] * (TARGET // N)
    assert nodes_while_busy & set(range(1, TARGET))
    assert lines
    assert [line for line in lines if not adds_up(line)] == []
    assert lines[-1].startswith(f"{TARGET} asked")
    assert window.status_bar.what.text() == "Nothing is running"
    assert window.tree.canvas.scene.growing == {}


def edit_and_judge(person: Person) -> None:
    """Edit and approve example 1 by buttons, reject 2 by its key, prune the branch of the grown parent by Delete."""
    inspector = person.window.tree.inspector
    person.click_example(1)
    person.click(inspector.edit_button)
    person.retype(inspector.form.question, NEW_QUESTION)
    person.click(inspector.form.save)
    person.wait(lambda: person.example(1).example.question == NEW_QUESTION and not inspector.form.is_editing)
    person.click(inspector.approve_button)
    person.wait(lambda: person.is_now(1, State.APPROVED))
    person.click_example(2)
    person.press(Qt.Key.Key_R)
    person.wait(lambda: person.is_now(2, State.REJECTED))
    parent = grown_parent(person)
    person.click_example(parent)
    person.press(Qt.Key.Key_Delete)
    person.wait(lambda: all(person.is_now(one, State.PRUNED) for one in branch(person, parent)))


def undo_and_redo(person: Person) -> None:
    parent = grown_parent(person)
    before = {one: State.REJECTED if one == 2 else State.NEW for one in branch(person, parent) if one != 1}
    person.undo()
    person.wait(lambda: all(person.is_now(one, state) for one, state in before.items()))
    person.undo()
    person.wait(lambda: person.is_now(2, State.NEW))
    person.redo()
    person.wait(lambda: person.is_now(2, State.REJECTED))


def reopen_and_undo(person: Person) -> None:
    """Undo goes on where it was: the rejection, the approval, the edit; then there is nothing left."""
    window = person.open_studio()
    person.click(next(line for line in window.start.findChildren(ListLine) if line.text() == "strategyqa"))
    person.wait(lambda: window.project is not None and person.nodes() == TARGET)
    assert person.is_now(1, State.APPROVED)
    assert person.is_now(2, State.REJECTED)
    person.undo()
    person.wait(lambda: person.is_now(2, State.NEW))
    person.undo()
    person.wait(lambda: person.is_now(1, State.NEW))
    person.undo()
    person.wait(lambda: person.example(1).example.question != NEW_QUESTION)
    person.undo()
    person.wait(lambda: any(toast.accessibleName().startswith("Nothing to undo") for toast in window.toasts.shown))
    assert all(person.is_now(one, State.NEW) for one in range(1, TARGET + 1))


def train(person: Person) -> None:
    """One training of one epoch, asked for in the dialog behind the button's dots."""
    window = person.window
    person.wait(window.top_bar.more.isEnabled)
    person.click(window.top_bar.more)
    dialog = person.dialog(TrainDialog)
    person.retype(dialog.form.fields["seeds"], "1")
    person.retype(dialog.form.fields["epochs"], "1")
    person.accept(dialog)
    person.wait(lambda: window.desk.is_busy and window.runs.isVisible())
    person.wait(lambda: not window.desk.is_busy, LONG)


def read_the_verdict(person: Person) -> None:
    runs = person.window.runs
    person.wait(lambda: runs.findChildren(VerdictPanel))
    panel = runs.findChildren(VerdictPanel)[0]
    assert panel.isVisible()
    assert panel.headline.text()
    said = [label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)]
    shown = [toast.accessibleName() for toast in person.window.toasts.shown]
    assert not any(panel.headline.text() in name for name in shown)  # the page says it, so no notice lies over it
    names = [row.name for row in panel.verdict.rows]
    assert len(names) >= 3
    assert set(names) <= set(said)
    assert any(name.startswith("Always answering") for name in names), names
    assert sum(1 for text in said if re.fullmatch(r"[\d.]+ – [\d.]+", text)) == len(names), said
    assert {compared.name for compared in panel.verdict.comparisons} <= set(said)
    created = next(row for row in panel.verdict.rows if row.is_created)
    assert created.examples == TARGET
    assert created.low is not None
    assert created.high is not None
    assert created.low <= created.accuracy <= created.high
    assert panel.verdict.test_items == 115
    assert panel.verdict.is_human_test


def grown_parent(person: Person) -> int:
    """An example of the first level that was grown further."""
    assert person.window.project is not None
    found = trees.read_columns(person.window.project.store, 1).parents.tolist()
    return next(int(parent) for parent in found if parent)


def branch(person: Person, example: int) -> list[int]:
    assert person.window.project is not None
    return trees.read_branch(person.window.project.store, example)
