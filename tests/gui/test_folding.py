from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from seedbed_engine.tree.lineage import TreeArrays, tree_arrays
from seedbed_gui.canvas import NodeText, TreeCanvas
from seedbed_gui.main_window import MainWindow

LEFT, NONE, ALT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier


def five_a_call(count: int) -> TreeArrays:
    """1 to 5 are the seed's children, 6 to 10 those of 1 ..."""
    ids = np.arange(1, count + 1)
    return tree_arrays(ids, (ids - 1) // 5)


def tell(examples: Sequence[int]) -> Mapping[int, NodeText]:
    return {one: NodeText(f"#{one} · drift .31", f"Is question {one} asked?", "yes") for one in examples}


@pytest.fixture
def canvas(qtbot: QtBot) -> TreeCanvas:
    made = TreeCanvas()
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.set_labels(tell)
    made.set_tree(five_a_call(60))
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


def shown(canvas: TreeCanvas) -> list[int]:
    return [int(one) for one in canvas.scene.tree.ids]


def spot(canvas: TreeCanvas, example: int) -> QPoint:
    slot = canvas.scene.slot_of(example)
    assert slot is not None
    view = canvas.view()
    return QPointF(view.x(float(canvas.scene.x[slot])), view.y(canvas.scene.line_of(slot))).toPoint()


def still(qtbot: QtBot, canvas: TreeCanvas) -> None:
    qtbot.waitUntil(lambda: not canvas.is_gliding, timeout=5000)
    canvas.grab()


FOLDED = [0, 1, 2, 3, 4, 5, *range(11, 31)]  # without the descendants of 1


def test_space_folds_a_branch_to_a_count_and_a_click_on_it_unfolds(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.select([1], 1)
    qtbot.keyClick(canvas, Qt.Key.Key_Space)
    still(qtbot, canvas)
    assert shown(canvas)[: len(FOLDED)] == FOLDED[:6] + list(range(11, 31))
    assert canvas.frame is not None
    badge, banner = canvas.frame.badges
    assert (badge.example, badge.text) == (1, "+30")
    assert banner.example is None
    below = canvas.grab().toImage().pixelColor((badge.area.topLeft() + QPointF(8, 2)).toPoint())
    assert below.name() != canvas.palette().window().color().name()
    qtbot.mouseClick(canvas, LEFT, NONE, badge.area.center().toPoint())
    still(qtbot, canvas)
    assert len(shown(canvas)) == 61
    assert canvas.frame.badges == []


def test_what_is_folded_away_is_not_selected_any_more(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.select([6, 7, 11])
    canvas.branches.toggle(1)
    assert canvas.selected() == [11]


def test_a_branch_in_focus_fills_the_window_and_the_banner_leads_out(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.select([7], 7)
    qtbot.keyClick(canvas, Qt.Key.Key_B)
    still(qtbot, canvas)
    assert shown(canvas) == [0, 1, 7, 36, 37, 38, 39, 40]
    assert canvas.selected() == [7]
    assert all(canvas.rect().contains(spot(canvas, one)) for one in shown(canvas))
    assert canvas.frame is not None
    qtbot.mouseClick(canvas, LEFT, NONE, canvas.frame.badges[-1].area.center().toPoint())
    still(qtbot, canvas)
    assert len(shown(canvas)) == 61


def test_rejected_examples_hide_by_key_and_come_back(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.set_states([2, 36, 37], [2, 2, 3])
    qtbot.keyClick(canvas, Qt.Key.Key_H)
    assert not {36, 37} & set(shown(canvas))
    assert 2 in shown(canvas)  # its children are kept
    canvas.set_states([38], [2])
    assert 38 not in shown(canvas)
    qtbot.keyClick(canvas, Qt.Key.Key_H)
    assert len(shown(canvas)) == 61
    assert canvas.scene.states[canvas.scene.slot_of(38) or 0] == 2


def test_showing_an_example_unfolds_what_hides_it(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.branches.toggle(1)
    canvas.branches.focus(2)
    canvas.show_example(36)
    still(qtbot, canvas)
    assert canvas.selected() == [36]
    assert canvas.rect().contains(spot(canvas, 36))


def test_a_tree_is_folded_below_a_depth(canvas: TreeCanvas) -> None:
    canvas.branches.fold_below(2)
    assert shown(canvas) == list(range(31))
    canvas.branches.fold_below(2)
    assert len(shown(canvas)) == 61


def test_folding_moves_nobody_abruptly_and_the_folded_node_stays(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.zoom(1.2, 300, 300)
    canvas.select([3], 3)
    at = spot(canvas, 3)
    canvas.branches.toggle(3)
    assert canvas.is_gliding
    still(qtbot, canvas)
    assert abs(spot(canvas, 3).x() - at.x()) <= 1
    canvas.branches.toggle(3)
    still(qtbot, canvas)
    assert abs(spot(canvas, 3).x() - at.x()) <= 1


def test_a_folded_tree_grows_where_it_is_shown_and_counts_where_it_is_not(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.branches.toggle(1)
    canvas.add_children(1, [101, 102])
    canvas.add_children(36, [103])
    canvas.add_children(11, [104, 105])
    assert {104, 105} <= set(shown(canvas))
    assert not {101, 102, 103} & set(shown(canvas))
    assert canvas.scene.hidden_below() == {1: 33}
    canvas.settle()
    canvas.branches.toggle(1)
    still(qtbot, canvas)
    assert len(shown(canvas)) == 61 + 5


@pytest.mark.parametrize("parents", [lambda n: 0 * n, lambda n: n - 1])
def test_stars_and_chains_fold(canvas: TreeCanvas, parents: object) -> None:
    assert callable(parents)
    ids = np.arange(1, 201)
    canvas.set_tree(tree_arrays(ids, parents(ids)))
    canvas.branches.toggle(50)
    canvas.branches.toggle(0)
    canvas.grab()
    assert shown(canvas) == [0]
    canvas.branches.show_all()
    canvas.grab()
    assert len(shown(canvas)) == 201


def test_one_goes_back_and_forward_as_in_a_browser(qtbot: QtBot, canvas: TreeCanvas) -> None:
    for example in (3, 20, 41):
        canvas.show_example(example)
    canvas.branches.focus(8)
    qtbot.keyClick(canvas, Qt.Key.Key_Left, ALT)
    still(qtbot, canvas)
    assert (canvas.current(), len(shown(canvas))) == (41, 61)
    qtbot.mouseClick(canvas, Qt.MouseButton.BackButton, NONE, QPoint(5, 5))
    qtbot.mouseClick(canvas, Qt.MouseButton.BackButton, NONE, QPoint(5, 5))
    assert canvas.current() == 3
    assert not canvas.trail.can_go_back
    qtbot.keyClick(canvas, Qt.Key.Key_Right, ALT)
    assert canvas.current() == 20
    canvas.show_example(6)
    assert not canvas.trail.can_go_forward


def test_a_walk_with_the_arrows_is_one_place(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.show_example(20)
    canvas.show_example(1)
    for _ in range(3):
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
    qtbot.keyClick(canvas, Qt.Key.Key_Left, ALT)
    assert canvas.current() == 20


def test_the_ruler_counts_each_depth(canvas: TreeCanvas) -> None:
    assert [canvas.scene.depth_counts(depth) for depth in range(4)] == [(1, 1), (5, 5), (25, 25), (30, 30)]
    before = canvas.grab().toImage().copy(0, 0, 54, 700)
    canvas.branches.focus(7)
    assert canvas.scene.depth_counts(3) == (5, 30)
    assert canvas.grab().toImage().copy(0, 0, 54, 700) != before


def test_search_selects_all_that_match(qtbot: QtBot, opened: MainWindow) -> None:
    opened.tree.search("thing")
    qtbot.waitUntil(opened.tree.found.isVisible, timeout=10_000)
    opened.tree.found.all.click()
    qtbot.waitUntil(lambda: len(opened.tree.canvas.selected()) == 6, timeout=10_000)


def test_the_view_menu_does_what_the_keys_do(qtbot: QtBot, opened: MainWindow) -> None:
    canvas, tree = opened.tree.canvas, opened.tree
    canvas.show_example(1)
    assert opened.top_bar.back.isEnabled()
    opened.top_bar.view.click()
    assert tree.menu is not None
    found = {action.text(): action for action in tree.menu.actions()}
    assert [found[name].isEnabled() for name in ("Fold branch", "Focus on branch", "Show all")] == [True, True, False]
    found["Fold all below depth 1"].trigger()
    tree.menu.close()
    assert shown(canvas) == [0, 1, 2, 3]
    opened.top_bar.view.click()
    next(action for action in tree.menu.actions() if action.text() == "Show all").trigger()
    tree.menu.close()
    assert len(shown(canvas)) == 7
    opened.top_bar.back.click()
    assert canvas.current() == 1
