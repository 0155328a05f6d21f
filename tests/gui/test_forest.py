from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import history, trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.traits import Trait
from seedbed_engine.keeping.trees import NewExample
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.tree_news import Shown, read_news, read_whole

YES = ("yes", "no")


def plant(store: Store, seed: int, parent: int | None, count: int, depth: int = 1) -> list[int]:
    examples = [Example(f"Is {seed} {parent} {n}?", YES, "no") for n in range(count)]
    made = [
        NewExample(seed, parent, None, None, n, f"s{seed}p{parent}/{n}", depth, example)
        for n, example in enumerate(examples)
    ]
    return store.do(lambda db: trees.insert_examples(db, made))


@pytest.fixture
def forest_file(tmp_path: Path) -> Path:
    """Two seeds with three examples each, the first of them with two below it; and one seed alone."""
    path = tmp_path / "forest.seedbed"
    with create_project(path) as store:
        for number in range(3):
            seed = add_seed(store, Example(f"Is ice {number} cold?", YES, "yes"), Options.FIXED)
            if number < 2:
                first = plant(store, seed, None, 3)
                plant(store, seed, first[0], 2, depth=2)
    return path


@pytest.fixture
def forest(qtbot: QtBot, studio: MainWindow, forest_file: Path) -> MainWindow:
    studio.open_path(forest_file)
    qtbot.waitUntil(lambda: studio.seed is not None and studio.tree._is_whole, timeout=10_000)
    studio.tree.toggle_forest()
    qtbot.waitUntil(lambda: studio.tree._is_whole and len(studio.tree.canvas.scene) == 14, timeout=10_000)
    return studio


def test_trees_are_read_as_one_with_the_seeds_below_the_project(forest_file: Path) -> None:
    with create_project(forest_file.with_name("other.seedbed")) as store:
        for _ in range(2):
            seed = add_seed(store, Example("Is ice cold?", YES, "yes"), Options.FIXED)
            plant(store, seed, None, 2)
        shown = Shown((1, 2), True)
        whole = read_whole(store, shown)
        assert whole.arrays.ids.tolist() == [0, -1, -2, 1, 2, 3, 4]
        assert whole.arrays.parents.tolist() == [-1, 0, 0, 1, 1, 2, 2]
        plant(store, 2, None, 1)
        plant(store, 1, 2, 1, depth=2)
        history.set_state(store, [3], State.APPROVED)
        news = read_news(store, shown, whole.last, whole.log, is_growing=False)
        assert [(parent, ids.tolist()) for parent, ids, _ in news.children] == [(2, [6]), (-2, [5])]
        assert (news.changed.tolist(), news.codes.tolist()) == ([3], [1])


def test_all_seeds_stand_side_by_side_and_none_is_counted_as_an_example(forest: MainWindow) -> None:
    scene = forest.tree.canvas.scene
    assert scene.ids[:4].tolist() == [0, -1, -2, -3]
    assert int(scene.counts().sum()) == 10
    x = [float(scene.x[scene.slot_of(-one) or 0]) for one in (1, 2, 3)]
    assert x == sorted(x)
    of_first = [float(scene.x[scene.slot_of(one) or 0]) for one in range(1, 6)]
    of_second = [float(scene.x[scene.slot_of(one) or 0]) for one in range(6, 11)]
    assert max(of_first) < min(of_second)


def test_an_example_of_another_seed_brings_the_person_there(qtbot: QtBot, forest: MainWindow) -> None:
    forest.tree.show_example(9)
    inspector = forest.tree.inspector
    qtbot.waitUntil(lambda: inspector.shown is not None and inspector.shown.id == 9, timeout=10_000)
    assert forest.seed is not None
    assert forest.seed.id == 2
    assert forest.tree.path == [6, 9]
    assert forest.tree.canvas.selected() == [9]
    forest.tree.canvas.select([-3], -3)
    assert forest.seed.id == 3
    assert inspector.selection == (0,)
    forest.choose_seed(1)
    assert forest.tree.canvas.selected() == [-1]
    assert len(forest.tree.canvas.scene) == 14


def test_acts_of_the_selection_pass_seeds_over(qtbot: QtBot, forest: MainWindow) -> None:
    canvas, store = forest.tree.canvas, forest.project.store  # type: ignore[union-attr]
    canvas.select([-1, -2, 1, 6])
    forest.tree.inspector.approve()
    qtbot.waitUntil(lambda: trees.read_example(store, 6).state is State.APPROVED, timeout=10_000)
    assert trees.read_example(store, 1).state is State.APPROVED
    assert trees.read_example(store, 2).state is State.NEW
    qtbot.waitUntil(lambda: canvas.scene.counts()[1] == 2, timeout=10_000)


def test_new_examples_of_any_seed_come_in(qtbot: QtBot, forest: MainWindow) -> None:
    store = forest.project.store  # type: ignore[union-attr]
    plant(store, 3, None, 2)
    qtbot.waitUntil(lambda: len(forest.tree.canvas.scene) == 16, timeout=10_000)
    scene = forest.tree.canvas.scene
    assert [int(scene.ids[slot]) for slot in scene.children(scene.slot_of(-3) or 0)] == [11, 12]


def test_a_forest_is_coloured_drawn_in_rings_and_left_by_key(qtbot: QtBot, forest: MainWindow) -> None:
    canvas = forest.tree.canvas
    forest.tree.colours.choose(Trait.ANSWER)
    qtbot.waitUntil(lambda: canvas.scene.colouring.name == Trait.ANSWER, timeout=10_000)
    assert canvas.scene.counts().tolist() == [10, 0]
    canvas.set_round(True)
    assert not canvas.grab().isNull()
    canvas.set_round(False)
    qtbot.keyClick(canvas, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: forest.tree._is_whole and len(canvas.scene) == 6, timeout=10_000)
    assert np.all(canvas.scene.ids >= 0)


def test_a_project_with_one_seed_is_no_forest(opened: MainWindow) -> None:
    opened.top_bar.view.click()
    menu = opened.tree.menu
    assert menu is not None
    entry: QAction = next(action for action in menu.actions() if action.text() == "All seeds side by side")
    assert not entry.isEnabled()
    menu.close()
