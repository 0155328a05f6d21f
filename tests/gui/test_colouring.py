from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import State
from seedbed_engine.keeping import history
from seedbed_engine.keeping.traits import Trait
from seedbed_engine.tree.lineage import FLAGGED, TreeArrays, tree_arrays
from seedbed_gui import style
from seedbed_gui.canvas import NodeText, TreeCanvas
from seedbed_gui.canvas.colouring import BY_STATE, MOST_NAMES, STEPS, Scale, by_depth, by_names, by_numbers
from seedbed_gui.canvas.hues import group_colours
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.tree_colours import DEPTH, WORDS
from seedbed_gui.style import LIGHT

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def five_a_call(count: int) -> TreeArrays:
    ids = np.arange(1, count + 1)
    return tree_arrays(ids, (ids - 1) // 5)


def tell(examples: Sequence[int]) -> Mapping[int, NodeText]:
    return {one: NodeText(f"#{one} · drift .31", f"Is question {one} asked?", "yes") for one in examples}


@pytest.fixture
def canvas(qtbot: QtBot) -> TreeCanvas:
    made = TreeCanvas()
    qtbot.addWidget(made)
    made.resize(1100, 640)
    made.set_labels(tell)
    made.set_tree(five_a_call(30))
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


def spot(canvas: TreeCanvas, example: int) -> QPoint:
    slot = canvas.scene.slot_of(example) or 0
    view = canvas.view()
    return QPointF(view.x(float(canvas.scene.x[slot])), view.y(canvas.scene.line_of(slot))).toPoint()


def colour_at(canvas: TreeCanvas, at: QPoint) -> str:
    return str(canvas.grab().toImage().pixelColor(at).name())


IDS = np.arange(1, 31)
NAMES = ["ape", "bee", "cow"]


def test_names_are_drawn_in_their_colours_and_shapes(canvas: TreeCanvas) -> None:
    canvas.set_colouring(by_names("creator", IDS, (IDS % 3).astype(float), NAMES))
    colours = group_colours(LIGHT, Scale.NAMES, 4)
    assert [colour_at(canvas, spot(canvas, one)) for one in (6, 7, 8)] == [c.name() for c in colours[:3]]
    corner = QPoint(-6, -6)  # in a square, beside a circle and a diamond
    outside = [colour_at(canvas, spot(canvas, one) + corner) for one in (6, 7, 8)]
    apart = [style.contrast(one, LIGHT.background) for one in outside]
    assert max(apart[0], apart[2]) < 1.2 < apart[1]


def test_states_stay_marks_and_flags_stay_in_sight_in_any_colouring(canvas: TreeCanvas) -> None:
    colouring = by_names("creator", IDS, IDS * 0.0, ["ape"])
    canvas.set_colouring(colouring)
    plain = canvas.grab().toImage().copy(spot(canvas, 6).x() - 9, spot(canvas, 6).y() - 9, 19, 19)
    canvas.set_states([6], [2])
    assert canvas.grab().toImage().copy(spot(canvas, 6).x() - 9, spot(canvas, 6).y() - 9, 19, 19) != plain
    tree = five_a_call(100_000)
    canvas.set_tree(tree)
    lonely = int(tree.ids[-20_000])
    canvas.set_states([lonely], [FLAGGED])
    at, image = spot(canvas, lonely), canvas.grab().toImage()
    near = {image.pixelColor(at.x() + dx, at.y() + dy).name() for dx in (-1, 0, 1) for dy in range(-8, 9)}
    assert LIGHT.amber in near


def test_the_legend_names_counts_and_filters_by_click_key_and_alone(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.set_colouring(by_names("creator", IDS[:20], (IDS[:20] % 3).astype(float), NAMES))
    canvas.grab()
    assert canvas.frame is not None
    legend = canvas.frame.legend
    assert legend.name.startswith("Creator")
    assert [entry.text for entry in legend.entries] == ["ape 6", "bee 7", "cow 7", "not known 10"]
    bee = legend.entries[1].area.center().toPoint()
    qtbot.mouseClick(canvas, LEFT, NONE, bee)
    assert canvas.hidden() == ["bee"]
    assert colour_at(canvas, spot(canvas, 7)) == LIGHT.hairline
    qtbot.keyClick(canvas, Qt.Key.Key_2)
    assert canvas.hidden() == []
    qtbot.mouseClick(canvas, LEFT, CTRL, bee)
    assert canvas.hidden() == ["ape", "cow", "not known"]
    qtbot.mouseClick(canvas, LEFT, CTRL, bee)
    assert canvas.hidden() == []
    qtbot.mouseClick(canvas, LEFT, SHIFT, bee)
    assert canvas.selected() == [1, 4, 7, 10, 13, 16, 19]
    canvas.toggle_group(0)
    canvas.set_colouring(BY_STATE)
    assert canvas.hidden() == []


def test_a_long_legend_breaks_into_rows_inside_the_window(canvas: TreeCanvas) -> None:
    names = [f"a model with a rather long name {n}" for n in range(9)]
    canvas.set_colouring(by_names("creator", IDS, (IDS % 9).astype(float), names))
    canvas.resize(600, 640)
    canvas.grab()
    assert canvas.frame is not None
    areas = [entry.area for entry in canvas.frame.legend.entries]
    assert len(areas) == MOST_NAMES + 1
    assert len({area.top() for area in areas}) > 1
    assert all(canvas.frame.legend.area.contains(area.center()) and area.right() < canvas.width() for area in areas)


def test_numbers_fall_into_even_steps_and_depths_into_depths() -> None:
    values = np.linspace(0, 1, 101)
    found = by_numbers("drift", np.arange(101), values, lambda low, high: f"{low:.1f}")
    codes = found.groups(np.arange(101), np.zeros(101, np.uint8), lambda: np.zeros(101, np.int64))
    assert codes[0] == 0
    assert codes[-1] == STEPS - 1
    assert np.all(np.diff(codes.astype(int)) >= 0)
    assert np.bincount(codes).min() >= 10
    deep = by_depth(3)
    assert deep.labels[:2] == ("1", "2")
    depths = by_depth(101)
    of = depths.groups(np.arange(101), np.zeros(101, np.uint8), lambda: np.arange(101))
    assert set(of.tolist()) == set(range(STEPS))


def test_equal_numbers_are_one_group() -> None:
    found = by_numbers("cost", np.arange(5), np.full(5, 0.5), lambda low, high: "one")
    assert found.labels == ("one", "not known")


@pytest.mark.parametrize("by", [DEPTH, Trait.ANSWER, Trait.STRATEGY, Trait.CREATOR, Trait.COST, Trait.AGE])
def test_the_window_colours_by_what_is_chosen(qtbot: QtBot, opened: MainWindow, by: str) -> None:
    canvas, colours = opened.tree.canvas, opened.tree.colours
    colours.choose(by)
    qtbot.waitUntil(lambda: canvas.scene.colouring.name == by, timeout=10_000)
    assert canvas.scene.counts().sum() == 6
    assert int(canvas.scene.counts()[-1]) == 0


def test_what_nobody_has_said_yet_is_said_so_and_comes_when_it_is_there(qtbot: QtBot, opened: MainWindow) -> None:
    canvas, colours = opened.tree.canvas, opened.tree.colours
    colours.choose(Trait.REVIEWER)
    qtbot.waitUntil(lambda: colours.chosen == "state", timeout=10_000)
    history.set_state(opened.project.store, [1, 2], State.APPROVED, reviewer="Ada")  # type: ignore[union-attr]
    colours.choose(Trait.REVIEWER)
    qtbot.waitUntil(lambda: canvas.scene.colouring.labels == ("Ada", "not known"), timeout=10_000)
    assert canvas.scene.counts().tolist() == [2, 4]


def test_the_colours_are_chosen_in_a_menu_at_the_legend(qtbot: QtBot, opened: MainWindow) -> None:
    canvas = opened.tree.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_C)
    menu = opened.tree.colours.menu
    assert menu is not None
    assert [entry.text() for entry in menu.actions()] == list(WORDS.values())
    menu.actions()[1].trigger()
    menu.close()
    assert canvas.scene.colouring.name == DEPTH
