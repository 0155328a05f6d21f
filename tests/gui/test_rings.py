import math
import time
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from pytestqt.qtbot import QtBot

from seedbed_engine.tree.lineage import FLAGGED, TreeArrays, tree_arrays
from seedbed_gui.canvas import NodeText, TreeCanvas, overlays
from seedbed_gui.canvas.inks import Inks
from seedbed_gui.canvas.picking import in_loop, pick
from seedbed_gui.canvas.plan import Form
from seedbed_gui.canvas.rings import angles_in_sight, radii_in_sight
from seedbed_gui.style import LIGHT

LEFT, NONE, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def five_a_call(count: int) -> TreeArrays:
    ids = np.arange(1, count + 1)
    return tree_arrays(ids, (ids - 1) // 5)


def random_tree(count: int) -> TreeArrays:
    rng = np.random.default_rng(1)
    return tree_arrays(np.arange(1, count + 1), [int(n * rng.random() ** 0.6) for n in range(count)])


def tell(examples: Sequence[int]) -> Mapping[int, NodeText]:
    return {one: NodeText(f"#{one} · drift .31", f"Is question {one} asked?", "yes") for one in examples}


@pytest.fixture
def canvas(qtbot: QtBot) -> TreeCanvas:
    made = TreeCanvas()
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.set_labels(tell)
    made.set_tree(five_a_call(30))
    made.set_round(True)
    made.show()
    qtbot.waitExposed(made)
    made.grab()
    return made


def spot(canvas: TreeCanvas, example: int) -> QPoint:
    slot = canvas.scene.slot_of(example)
    assert slot is not None
    x, y = canvas.scene.spot(slot)
    return QPointF(canvas.view().x(x), canvas.view().y(y)).toPoint()


def far_from_seed(canvas: TreeCanvas, example: int) -> float:
    apart = spot(canvas, example) - spot(canvas, 0)
    return math.hypot(apart.x(), apart.y())


def test_each_depth_is_a_ring_around_the_seed_and_all_of_it_is_in_the_window(canvas: TreeCanvas) -> None:
    first = [far_from_seed(canvas, one) for one in range(1, 6)]
    second = [far_from_seed(canvas, one) for one in range(6, 31)]
    assert max(first) - min(first) <= 2
    assert min(second) > 1.9 * max(first)
    assert all(canvas.rect().contains(spot(canvas, one)) for one in range(31))
    spots = np.array([spot(canvas, one).toTuple() for one in range(6, 31)])
    apart = np.hypot(*(spots[:, None] - spots[None, :]).transpose(2, 0, 1)) + 1e9 * np.eye(25)
    assert apart.min() > 20


def test_a_click_selects_on_rings_and_the_node_is_drawn_there(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.set_states([17], [1])
    assert canvas.grab().toImage().pixelColor(spot(canvas, 17) + QPoint(-4, 4)).name() == LIGHT.accent
    qtbot.mouseClick(canvas, LEFT, NONE, spot(canvas, 17))
    assert canvas.selected() == [17]


def test_the_key_changes_the_form_and_back(qtbot: QtBot, canvas: TreeCanvas) -> None:
    before = canvas.grab().toImage()
    qtbot.keyClick(canvas, Qt.Key.Key_V)
    assert not canvas.scene.is_round
    assert canvas.grab().toImage() != before
    qtbot.keyClick(canvas, Qt.Key.Key_V)
    assert canvas.grab().toImage() == before


def test_picking_and_loops_on_rings_equal_the_full_test(canvas: TreeCanvas) -> None:
    canvas.set_tree(random_tree(3000))
    canvas.grab()
    assert canvas.frame is not None
    plan, scene = canvas.frame.plan, canvas.scene
    x, y = plan.pixels(scene, np.arange(len(scene)))
    rng = np.random.default_rng(3)
    for slot in rng.integers(len(scene), size=60).tolist():
        found = pick(scene, plan, float(x[slot]), float(y[slot]))
        assert found is not None
        assert math.hypot(float(x[found] - x[slot]), float(y[found] - y[slot])) < 1e-6
    loop = [(300.0, 50.0), (900.0, 220.0), (600.0, 400.0), (800.0, 700.0), (190.0, 610.0)]
    inside = np.zeros(len(x), bool)
    for (x1, y1), (x2, y2) in zip(loop, [*loop[1:], loop[0]], strict=True):
        inside ^= ((y1 <= y) != (y2 <= y)) & (x > x1 + (y - y1) / (y2 - y1) * (x2 - x1))
    np.testing.assert_array_equal(np.sort(in_loop(scene, plan, loop)), np.flatnonzero(inside))


@pytest.mark.parametrize("example", [1, 5, 700, 1500, 2400, 2999])
@pytest.mark.parametrize("nearer", [1.0, 6.0, 40.0, 900.0])
def test_what_is_in_the_window_is_in_the_plan(canvas: TreeCanvas, example: int, nearer: float) -> None:
    canvas.set_tree(random_tree(3000))
    canvas.zoom(nearer, *spot(canvas, example).toTuple())
    canvas.grab()
    assert canvas.frame is not None
    plan, scene = canvas.frame.plan, canvas.scene
    x, y = plan.pixels(scene, np.arange(len(scene)))
    seen = np.flatnonzero((x > 0) & (x < canvas.width()) & (y > 0) & (y < canvas.height()))
    dense = [np.arange(*part) for line in plan.lines_in(Form.DENSE) for part in plan.ranges[line.line]]
    planned = np.concatenate([plan.slots, *dense])
    assert np.isin(seen, planned).all()
    assert np.all(np.diff(plan.slots) > 0)


def test_a_ring_is_culled_by_its_angles(canvas: TreeCanvas) -> None:
    canvas.set_tree(random_tree(20_000))
    canvas.zoom(60.0, *spot(canvas, 9000).toTuple())
    canvas.grab()
    assert canvas.frame is not None
    assert 0 < len(canvas.frame.plan.slots) < 2_000
    assert angles_in_sight(-1, -1, 1, 1) is None
    low, high = angles_in_sight(1, -1, 2, 1) or (0.0, 0.0)
    assert (low, high) == pytest.approx((-math.pi / 4, math.pi / 4))
    left, right = angles_in_sight(-2, -1, -1, 1) or (0.0, 0.0)
    assert right - left == pytest.approx(math.pi / 2)
    assert radii_in_sight(1, -1, 2, 1) == pytest.approx((1.0, math.sqrt(5)))


def test_near_enough_nodes_on_rings_are_cards_and_between_labels(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.center_on(17, near=True)
    qtbot.waitUntil(lambda: not canvas.is_gliding, timeout=5000)
    canvas.grab()
    assert canvas.frame is not None
    assert canvas.frame.plan.lines[2].look.form is Form.CARDS
    assert abs(spot(canvas, 17).x() - canvas.width() // 2) <= 2
    canvas.zoom(0.45)
    canvas.grab()
    assert canvas.frame.plan.lines[2].look.form is Form.LABELS


def test_flagged_and_selected_nodes_are_seen_however_far_out(canvas: TreeCanvas) -> None:
    tree = five_a_call(100_000)
    canvas.set_tree(tree)
    flagged, chosen = int(tree.ids[-20_000]), int(tree.ids[-60_000])
    canvas.set_states([flagged], [FLAGGED])
    canvas.select([chosen])
    image = canvas.grab().toImage()
    for example, colour in ((flagged, LIGHT.amber), (chosen, LIGHT.ring)):
        at = spot(canvas, example)
        near = {image.pixelColor(at.x() + dx, at.y() + dy).name() for dx in range(-6, 7) for dy in range(-6, 7)}
        assert colour in near


def test_new_children_come_on_rings(qtbot: QtBot, canvas: TreeCanvas) -> None:
    canvas.add_children(13, [101, 102, 103])
    canvas.settle()
    qtbot.waitUntil(lambda: not canvas.is_gliding, timeout=5000)
    canvas.grab()
    assert far_from_seed(canvas, 101) > far_from_seed(canvas, 13) + 20
    assert canvas.rect().contains(spot(canvas, 102))


@pytest.mark.parametrize("shape", ["tree", "chain", "star", "deep"])
def test_all_shapes_are_painted_on_rings_in_a_frame(canvas: TreeCanvas, shape: str) -> None:
    ids = np.arange(1, 10_001)
    parents = {"chain": ids - 1, "star": ids * 0, "deep": np.maximum(ids - 1 - ids % 3, 0)}
    canvas.set_tree(tree_arrays(ids, parents[shape]) if shape in parents else random_tree(10_000))
    times = []
    for _ in range(10):
        began = time.process_time()
        canvas.repaint()
        times.append(time.process_time() - began)
    assert float(np.median(times)) < 0.05  # thrice the frame of 16 ms: the machine may be busy
    image = canvas.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 1000, 3) for y in range(0, 800, 3)}
    assert len(colours) > 2
    canvas.zoom(12.0)
    canvas.grab()


def ring_labels(canvas: TreeCanvas, monkeypatch: pytest.MonkeyPatch) -> dict[str, QRectF]:
    """The labels of rings as they are painted, with the ground that hides what is below."""
    found: dict[str, QRectF] = {}
    paint = overlays._paint_chip

    def chip(painter: QPainter, at: QPointF, text: str, metrics: QFontMetricsF, inks: Inks) -> None:
        width, height = metrics.horizontalAdvance(text) + 10, metrics.height() + 2
        found[text] = QRectF(at.x() - 5, at.y() - metrics.ascent() - 1, width, height)
        paint(painter, at, text, metrics, inks)

    with monkeypatch.context() as patch:
        patch.setattr(overlays, "_paint_chip", chip)
        canvas.grab()
    return found


@pytest.mark.parametrize("nearer", [1.0, 1.7, 6.0])
@pytest.mark.parametrize("tree", [five_a_call(30), five_a_call(155), random_tree(300), random_tree(3000)])
def test_the_label_of_a_ring_hides_no_node(
    canvas: TreeCanvas, tree: TreeArrays, nearer: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    canvas.set_tree(tree)
    if nearer > 1:
        canvas.zoom(nearer, canvas.width() / 2, canvas.height() / 3)
    labels = ring_labels(canvas, monkeypatch)
    assert canvas.frame is not None
    plan = canvas.frame.plan
    for x, y, size in zip(plan.px.tolist(), plan.py.tolist(), plan.sizes.tolist(), strict=True):
        node = QRectF(x - size / 2, y - size / 2, size, size)
        assert not [text for text, label in labels.items() if label.intersects(node)]
    areas = list(labels.values())
    assert not [1 for at, one in enumerate(areas) for other in areas[at + 1 :] if one.intersects(other)]
    assert all(QRectF(canvas.rect()).contains(area) for area in areas)


def test_the_labels_of_rings_stand_above_the_seed_where_there_is_room(
    canvas: TreeCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    labels = ring_labels(canvas, monkeypatch)
    assert set(labels) == {"1 · 5", "2 · 25"}
    for area in labels.values():
        assert abs(area.center().x() - spot(canvas, 0).x()) < 2
    assert labels["2 · 25"].bottom() < spot(canvas, 6).y()


def test_many_nodes_leave_the_labels_between_the_rings(canvas: TreeCanvas, monkeypatch: pytest.MonkeyPatch) -> None:
    canvas.set_tree(five_a_call(100_000))
    labels = ring_labels(canvas, monkeypatch)
    assert len(labels) >= 6
    image = canvas.grab().toImage()
    for area in labels.values():
        inner = area.adjusted(3, 0, -3, 0).toRect()
        colours = [image.pixelColor(x, inner.top()).name() for x in range(inner.left(), inner.right())]
        assert LIGHT.new not in colours
