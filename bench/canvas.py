"""How quick the tree is on the canvas: frames, layout, insertion, first picture. `python bench/canvas.py [--quick]`.

Frames are CPU milliseconds of the process over one journey: the whole tree, a sweep from there to nearest zoom, and
pans there with cards. Anchors are measured in the same run.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QTransform
from PySide6.QtWidgets import QApplication, QGraphicsScene, QGraphicsView

from seedbed_engine.tree.lineage import TreeArrays, tree_arrays, with_children
from seedbed_engine.tree.places import insert_children, places
from seedbed_gui import style
from seedbed_gui.canvas import NodeText, TreeCanvas

WHOLE, SWEEP, PANS = 20, 40, 20
NEAR = 210.0  # pixels a place


def grown_tree(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Random growth with five children a call: ids and parents' ids."""
    rng = np.random.default_rng(13)
    calls = -(-count // 5)
    made = 5 * np.arange(calls)
    parents = np.repeat((rng.random(calls) * (made + 1)).astype(np.int64), 5)[:count]
    return np.arange(1, count + 1), parents


def with_states(tree: TreeArrays) -> TreeArrays:
    rng = np.random.default_rng(5)
    codes = rng.choice(np.array([0, 0, 0, 1, 1, 2, 3, 32], np.uint8), len(tree))
    return TreeArrays(tree.ids, tree.parents, tree.offsets, codes)


def texts(examples: Sequence[int]) -> Mapping[int, NodeText]:
    return {
        one: NodeText(f"#{one} · drift .31", f"Is question number {one} of this tree asked?", "yes") for one in examples
    }


def open_canvas(width: int, height: int) -> TreeCanvas:
    canvas = TreeCanvas()
    canvas.resize(width, height)
    canvas.set_labels(texts)
    canvas.show()
    QApplication.processEvents()  # until the platform has exposed it, nothing would be painted
    return canvas


def journey(canvas: TreeCanvas) -> Iterator[None]:
    """One view after another: whole, sweep, near pans."""
    fitted = canvas.view().fitted()
    canvas.set_view(fitted)
    for _ in range(WHOLE):
        yield
    middle = canvas.scene.ids[len(canvas.scene) // 2]
    slot = canvas.scene.slot_of(int(middle)) or 0
    factor = (NEAR / fitted.scale_x) ** (1 / SWEEP)
    for _ in range(SWEEP):
        view = canvas.view()
        at = view.x(float(canvas.scene.x[slot])), view.y(canvas.scene.line_of(slot))
        canvas.zoom(factor, *at)
        yield
    for step in range(PANS):
        canvas.set_view(canvas.view().panned(37.0 if step % 2 else 23.0, 3.0))
        yield


def frame_times(canvas: TreeCanvas) -> np.ndarray:
    canvas.repaint()
    if canvas.frame is None:
        raise SystemExit("nothing was painted")
    times = []
    for _ in journey(canvas):
        began = time.process_time()
        canvas.repaint()
        times.append(1000 * (time.process_time() - began))
    return np.array(times)


def frames(name: str, ids: np.ndarray, parents: np.ndarray, width: int = 1400, height: int = 900) -> dict[str, float]:
    canvas = open_canvas(width, height)
    canvas.set_tree(with_states(tree_arrays(ids, parents)))
    canvas.select([int(ids[len(ids) // 2])])
    times = frame_times(canvas)
    canvas.close()
    return {
        f"frame_p95_cpu_ms_{name}": float(np.percentile(times, 95)),
        f"frame_median_whole_cpu_ms_{name}": float(np.median(times[:WHOLE])),
        f"frame_median_near_cpu_ms_{name}": float(np.median(times[-PANS:])),
    }


def cpu(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def layout_and_insertion() -> dict[str, float]:
    million = tree_arrays(*grown_tree(1_000_000))
    found = {"layout_cpu_s_1m": min(cpu(lambda: places(million)) for _ in range(3))}
    tree = tree_arrays(*grown_tree(100_000))
    found["layout_cpu_s_100k"] = min(cpu(lambda: places(tree)) for _ in range(3))
    where = places(tree)
    rng = np.random.default_rng(1)
    times = []
    for step in range(200):
        row = int(rng.integers(len(tree)))
        ids = np.arange(5) + 1_000_000 + 5 * step
        began = time.process_time()
        where = insert_children(tree, where, row, 5)
        tree = with_children(tree, row, ids)
        times.append(1000 * (time.process_time() - began))
    found["insert_cpu_ms_100k"] = float(np.median(times))
    found["insert_p95_cpu_ms_100k"] = float(np.percentile(times, 95))
    return found


def first_picture(count: int) -> float:
    """Seconds from the rows as the project file gives them to the first painted frame."""
    ids, parents = grown_tree(count)
    canvas = open_canvas(1400, 900)
    began = time.perf_counter()
    canvas.set_tree(tree_arrays(ids, parents))
    canvas.repaint()
    seconds = time.perf_counter() - began
    canvas.close()
    return seconds


def graphics_scene(count: int) -> dict[str, float]:
    """The anchor: one C++ item for each square and each edge, drawn whole."""
    tree = tree_arrays(*grown_tree(count))
    where = places(tree)
    scene, view = QGraphicsScene(), QGraphicsView()
    view.setScene(scene)
    view.resize(1400, 900)
    pen, brush = QPen(QColor("#d8ddd8"), 0), QColor("#276b43")
    began = time.process_time()
    x, y, parents = (where.x * 20).tolist(), (tree.depths * 60).tolist(), tree.parents.tolist()
    for row in range(len(tree)):
        if row:
            scene.addLine(x[parents[row]], y[parents[row]], x[row], y[row], pen)
        scene.addRect(QRectF(x[row] - 5, y[row] - 5, 10, 10), pen, brush)
    made = time.process_time() - began
    image = QImage(1400, 900, QImage.Format.Format_RGB32)
    area = scene.sceneRect()
    view.setTransform(QTransform.fromScale(1400 / area.width(), 900 / area.height()))
    times = []
    for _ in range(4):
        began = time.process_time()
        painter = QPainter(image)
        view.render(painter)
        painter.end()
        times.append(1000 * (time.process_time() - began))
    short = f"{count // 1000}k"
    return {
        f"anchor_qgraphicsscene_frame_cpu_ms_{short}": float(np.median(times)),
        f"anchor_qgraphicsscene_open_cpu_s_{short}": made,
    }


def optional_anchors() -> dict[str, float | None]:
    """Other libraries where they are installed; else null and the reason."""
    found: dict[str, float | None] = {}
    ids, parents = grown_tree(10_000)
    try:
        import igraph

        graph = igraph.Graph(n=10_001, edges=list(zip(parents.tolist(), ids.tolist(), strict=True)))
        found["anchor_igraph_layout_cpu_s_10k"] = cpu(lambda: graph.layout_reingold_tilford(root=[0]))
    except ImportError:
        print("anchor_igraph_layout_cpu_s_10k: igraph is not installed")
        found["anchor_igraph_layout_cpu_s_10k"] = None
    try:
        import pygraphviz

        graph = pygraphviz.AGraph(directed=True)
        graph.add_edges_from(zip(parents[:1000].tolist(), ids[:1000].tolist(), strict=True))
        found["anchor_graphviz_dot_wall_s_1k"] = _wall(lambda: graph.layout("dot"))
    except ImportError:
        print("anchor_graphviz_dot_wall_s_1k: pygraphviz is not installed")
        found["anchor_graphviz_dot_wall_s_1k"] = None
    try:
        import pyqtgraph

        found["anchor_pyqtgraph_frame_cpu_ms_100k"] = _pyqtgraph_frame(pyqtgraph)
    except ImportError:
        print("anchor_pyqtgraph_frame_cpu_ms_100k: pyqtgraph is not installed")
        found["anchor_pyqtgraph_frame_cpu_ms_100k"] = None
    return found


def _wall(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _pyqtgraph_frame(pyqtgraph: object) -> float:
    tree = tree_arrays(*grown_tree(100_000))
    where = places(tree)
    widget = pyqtgraph.PlotWidget()  # type: ignore[attr-defined]
    widget.resize(1400, 900)
    widget.plot(where.x, -tree.depths.astype(float), pen=None, symbol="s", symbolSize=4)
    widget.show()
    widget.repaint()
    return 1000 * float(np.median([cpu(widget.repaint) for _ in range(5)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without the million and the anchors")
    quick = parser.parse_args().quick
    app = QApplication([])
    style.apply(app, dark=False)
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    many = np.arange(1, 100_001)
    found: dict[str, float | None] = {}
    found |= frames("10k", *grown_tree(10_000))
    found |= frames("100k", *grown_tree(100_000))
    found |= frames("100k_4k", *grown_tree(100_000), 3840, 2160)
    found |= frames("chain_100k", many, many - 1)
    found |= frames("star_100k", many, np.zeros_like(many))
    if not quick:
        found |= frames("1m", *grown_tree(1_000_000))
        found |= layout_and_insertion()
        found["first_picture_s_100k"] = first_picture(100_000)
        found["first_picture_s_1m"] = first_picture(1_000_000)
        found |= graphics_scene(10_000)
        found |= graphics_scene(100_000)
        found |= optional_anchors()
    print(json.dumps({name: None if value is None else round(value, 4) for name, value in found.items()}))


if __name__ == "__main__":
    main()
