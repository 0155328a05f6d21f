"""The steps of the first five minutes: what is written of each, which picture it has, and what the hand does."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from seedbed_engine.events import Trained
from seedbed_engine.examples import Example, State
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.rows import DatasetRow
from seedbed_engine.keeping.samples import read_sample, sample_examples
from seedbed_gui.guide.hand import CTRL, LONG, Hand
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.errors_panel import ErrorsPanel
from seedbed_gui.pages.grow_dialog import GrowDialog
from seedbed_gui.pages.import_dialog import ImportDialog
from seedbed_gui.pages.new_project import NewProjectDialog
from seedbed_gui.pages.start_page import ListLine
from seedbed_gui.pages.verdict_panel import VerdictPanel

SAMPLE = "creak"  # the one whose seed is pasted, and whose human claims are dropped on the window
NAME = "claims"
CORRECTED = "A spider has eight legs."
JUDGED = 12  # examples of the sample, and one
DECIDED = (State.APPROVED, State.REJECTED)
CURVE = 4  # points of the learning curve when its picture is taken


@dataclass(frozen=True, slots=True)
class Plan:
    """How large it all is, and who is asked: without an address the model in the box."""

    target: int
    human: int  # claims of the test, and at most as many to train on
    base_url: str = ""
    model: str = ""


@dataclass(slots=True)
class Walk:
    """The way through the window: the hand, the plan, and a folder for files that are dropped."""

    hand: Hand
    plan: Plan
    folder: Path

    @property
    def window(self) -> MainWindow:
        """The real window."""
        return self.hand.window

    @property
    def nodes(self) -> int:
        """Examples in the tree that is shown."""
        return len(self.window.tree.canvas.scene) - 1


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its picture's name, its title, the sentences, and the act after which the picture is taken."""

    picture: str
    title: str
    said: str
    act: Callable[[Walk], None]


def see_the_start_page(walk: Walk) -> None:
    """The first page of a first start."""
    walk.hand.wait(walk.window.start.isVisible, "the Start page")


def paste_one_example(walk: Walk) -> None:
    """The dialog of a new project, filled by one pasted example."""
    hand = walk.hand
    hand.click(_button(walk.window.start, "New project …"))
    dialog = hand.dialog(NewProjectDialog)
    seed = read_sample(SAMPLE).seed
    pasted = {"question": seed.question, "options": list(seed.options), "answer": seed.answer}
    hand.paste(dialog.form.question, json.dumps(pasted))
    hand.rewrite(dialog.name, NAME)
    hand.wait(lambda: dialog.accept_button.isEnabled() and dialog.cost.text(), "what it would cost")


def create_the_project(walk: Walk) -> None:
    """A tree of nothing but its seed."""
    window, hand = walk.window, walk.hand
    hand.accept(hand.dialog(NewProjectDialog))
    hand.wait(lambda: window.project is not None and window.seed is not None, "the project")
    hand.wait(lambda: window.tree.isVisible() and window.top_bar.grow.isEnabled(), "the tree")
    hand.wait(lambda: window.tree.inspector.selection == (0,), "the seed")


def ask_for_growth(walk: Walk) -> None:
    """The Grow dialog with what it would cost."""
    hand, plan = walk.hand, walk.plan
    hand.click(walk.window.top_bar.grow)
    dialog = hand.dialog(GrowDialog)
    fields = dialog.form.fields
    hand.rewrite(fields["target"], str(plan.target))
    if plan.base_url:
        hand.choose(fields["creator"], "hosted")
        hand.choose(fields["server"], "another")
        hand.rewrite(fields["base_url"], plan.base_url)
        hand.rewrite(fields["model"], plan.model)
    hand.wait(dialog.estimate.text, "what it would cost")


def watch_it_grow(walk: Walk) -> None:
    """Half of the tree, while the other half is being written."""
    hand, desk = walk.hand, walk.window.desk
    hand.accept(hand.dialog(GrowDialog))
    hand.wait(lambda: desk.is_busy or walk.nodes, "that it grows")
    hand.wait(lambda: walk.nodes >= walk.plan.target // 2 or not desk.is_busy, "half of the tree", LONG)
    line = walk.window.status_bar.line
    hand.wait(lambda: f" {walk.nodes} kept" in line.text() or not desk.is_busy, "the line that adds up")


def see_the_tree(walk: Walk) -> None:
    """The whole tree."""
    hand, window = walk.hand, walk.window
    hand.wait(lambda: not window.desk.is_busy, "the end of the growth", LONG)
    hand.wait(lambda: walk.nodes >= walk.plan.target, "all examples")
    hand.wait(lambda: not window.toasts.shown, "that notices have gone")
    hand.press(Qt.Key.Key_F)


def read_one_example(walk: Walk) -> None:
    """A deep example in full, with where it came from."""
    scene = walk.window.tree.canvas.scene
    ids = sorted(scene.ids.tolist())[1:]
    deep = [one for one in ids if len(scene.tree.path_to_seed(one)) > 2] or ids
    walk.hand.click_example(deep[len(deep) // 3])


def review_by_keyboard(walk: Walk) -> None:
    """The review, with two examples approved."""
    hand, review = walk.hand, walk.window.review
    hand.click(walk.window.sidebar.pages["review"])
    for done in range(2):
        hand.wait(lambda: review.shown is not None, "an example to review")
        hand.press(Qt.Key.Key_A)
        hand.wait(lambda done=done: _count(walk, State.APPROVED) > done, "that it is approved")  # type: ignore[misc]
    hand.wait(lambda: review.shown is not None, "an example to review")


def reject_one(walk: Walk) -> None:
    """The question why."""
    walk.hand.press(Qt.Key.Key_R)
    walk.hand.wait(walk.window.review.reason.isVisible, "the reasons")


def correct_one(walk: Walk) -> None:
    """An example that is being rewritten."""
    hand, review = walk.hand, walk.window.review
    hand.press(Qt.Key.Key_1)
    hand.press(Qt.Key.Key_Return)
    hand.wait(lambda: _count(walk, State.REJECTED) == 1 and review.shown is not None, "that it is rejected")
    hand.press(Qt.Key.Key_E)
    hand.wait(lambda: review.form.is_editing, "the fields")
    hand.rewrite(review.form.question, CORRECTED)
    hand.click(next(option for option in review.form.options if option.text == "True").radio)


def bring_a_test(walk: Walk) -> None:
    """The correction saved and approved; human claims dropped on the window, as they are read."""
    hand, review = walk.hand, walk.window.review
    hand.press(Qt.Key.Key_Return, CTRL)
    hand.wait(lambda: not review.form.is_editing and review.shown is not None, "that it is saved")
    hand.wait(lambda: review.shown is not None and review.shown.example.question == CORRECTED, "the correction")
    hand.press(Qt.Key.Key_A)
    hand.wait(lambda: _count(walk, State.APPROVED) == 3, "that it is approved")
    _drop(walk, "test")


def bring_human_examples(walk: Walk) -> None:
    """The same for claims to compare with."""
    hand = walk.hand
    hand.accept(hand.dialog(ImportDialog))
    hand.wait(lambda: any(found.test for found in _datasets(walk)), "the test set")
    hand.wait(lambda: not walk.window.toasts.shown, "that notices have gone")
    _drop(walk, "train")
    hand.click(_button(hand.dialog(ImportDialog), "Train: to compare with"))


def watch_it_train(walk: Walk) -> None:
    """The learning curve, some points long."""
    hand, window = walk.hand, walk.window
    hand.accept(hand.dialog(ImportDialog))
    hand.wait(lambda: any(found.train for found in _datasets(walk)), "the examples to compare with")
    heard: list[Trained] = []
    window.desk.heard.connect(lambda event: heard.append(event) if isinstance(event, Trained) else None)
    hand.click(window.top_bar.train)
    hand.wait(lambda: window.desk.is_busy and window.runs.isVisible(), "that it trains")
    hand.wait(lambda: len(heard) >= CURVE or not window.desk.is_busy, "the learning curve", LONG)


def read_the_verdict(walk: Walk) -> None:
    """The verdict, notices gone."""
    hand, window = walk.hand, walk.window
    hand.wait(lambda: not window.desk.is_busy, "the end of the training", LONG)
    hand.wait(lambda: window.runs.findChildren(VerdictPanel), "the verdict")
    hand.wait(lambda: not window.toasts.shown, "that notices have gone")


def see_where_it_is_wrong(walk: Walk) -> None:
    """What is in the fullest wrong cell of the confusion."""
    hand, runs = walk.hand, walk.window.runs
    matrix = runs.findChildren(ErrorsPanel)[0].matrix
    many = range(len(matrix.labels))
    wrong = max(((i, j) for i in many for j in many if i != j), key=lambda cell: matrix.counts[cell[0]][cell[1]])
    hand.click(matrix, matrix.cell(*wrong).center().toPoint())
    hand.wait(lambda: matrix.chosen == wrong, "the errors of this cell")


def look_back_at_the_growth(walk: Walk) -> None:
    """The growth in the list of runs."""
    hand, table = walk.hand, walk.window.runs.table
    first = table.model().index(table.model().rowCount() - 1, 1)
    hand.click(table.viewport(), table.visualRect(first).center())
    hand.wait(lambda: "growth" in " ".join(walk.window.runs.whereabouts()), "the growth")


def open_a_sample(walk: Walk) -> None:
    """A sample with the tree that came with it, an example of it selected, some judged by keys."""
    hand, window = walk.hand, walk.window
    hand.click(window.sidebar, QPoint(60, 24))
    title = read_sample(SAMPLE).title
    hand.click(next(line for line in window.start.findChildren(ListLine) if line.text() == title))
    hand.wait(lambda: window.project is not None and window.project.path.stem != NAME, "the sample")
    hand.wait(lambda: window.tree.isVisible() and walk.nodes > 20, "its tree")
    hand.pause(1)
    hand.press(Qt.Key.Key_F)
    for place, example in enumerate(sorted(window.tree.canvas.scene.ids.tolist())[1:JUDGED]):
        hand.click_example(example)
        hand.press(Qt.Key.Key_R if place % 4 == 3 else Qt.Key.Key_A)
        hand.wait(lambda place=place: sum(map(partial(_count, walk), DECIDED)) > place, "a decision")  # type: ignore[misc]
    read_one_example(walk)


def _button(within: QWidget, text: str) -> Button:
    return next(button for button in within.findChildren(Button) if button.text() == text)


def _count(walk: Walk, state: State) -> int:
    """Examples in a state, as the file has it."""
    project = walk.window.project
    return int((trees.read_columns(project.store, 1).states & 3 == trees.STATE_CODES[state]).sum()) if project else 0


def _datasets(walk: Walk) -> tuple[DatasetRow, ...]:
    project = walk.window.project
    return tuple(project.overview.datasets) if project is not None else ()


def _drop(walk: Walk, split: str) -> None:
    """Drop a file of human claims on the window and wait until the dialog has read it."""
    file = walk.folder / f"{NAME}.{split}.jsonl"
    rows = [_row(example) for example in sample_examples(SAMPLE, split)[: walk.plan.human]]
    file.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    walk.hand.drop(file)
    dialog = walk.hand.dialog(ImportDialog)
    walk.hand.wait(lambda: dialog.wanted is not None, "what is in the file")


def _row(example: Example) -> str:
    return json.dumps({"question": example.question, "options": list(example.options), "answer": example.answer})
