"""How quick the tree is on the canvas: frames, layout, insertion, first picture. `python bench/canvas.py [--quick]`.

Frames are CPU milliseconds of the process over one journey: the whole tree, a sweep from there to nearest zoom, and
pans there with cards. Anchors are measured in the same run.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

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
ANCHORS = ("igraph==1.0.0", "pyqtgraph==0.14.0", "PySide6-Essentials>=6.9,<6.12", "numpy")
ANCHOR_FIGURES = (
    *("anchor_igraph_layout_cpu_s_100k", "anchor_pyqtgraph_frame_whole_cpu_ms_100k"),
    *("anchor_graphviz_twopi_cpu_s_100k", "anchor_graphviz_dot_cpu_s_10k"),
)
CLEAN = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}  # the other environment's own code


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
    near = canvas.scene.card_scale(slot) if canvas.scene.is_round else NEAR
    factor = (near / fitted.scale_x) ** (1 / SWEEP)
    for _ in range(SWEEP):
        view, (x, y) = canvas.view(), canvas.scene.spot(slot)
        canvas.zoom(factor, view.x(x), view.y(y))
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


def frames(
    name: str, ids: np.ndarray, parents: np.ndarray, width: int = 1400, height: int = 900, *, is_round: bool = False
) -> dict[str, float]:
    canvas = open_canvas(width, height)
    canvas.set_tree(with_states(tree_arrays(ids, parents)))
    canvas.set_round(is_round)
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


def anchors_python() -> Path:
    """The interpreter of an environment of their own for the other libraries; made on the first run."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = cache / "seedbed" / "bench-anchors"
    python = place / "bin" / "python"
    if not (place / "complete").exists():
        subprocess.run([sys.executable, "-m", "venv", str(place)], check=True, capture_output=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", *ANCHORS], check=True, capture_output=True)
        (place / "complete").touch()
    return python


def other_libraries() -> dict[str, float | None]:
    """pyqtgraph, igraph and graphviz on the same trees, in a process of their own; else null and the reason."""
    arrays: dict[str, np.ndarray] = {}
    for size in (1_000, 10_000, 100_000):
        ids, parents = grown_tree(size)
        tree = tree_arrays(ids, parents)
        arrays[f"parents_{size}"] = parents
        arrays |= {f"rows_{size}": tree.parents[1:], f"x_{size}": places(tree).x, f"depth_{size}": tree.depths}
    script = Path(__file__).with_name("canvas_anchors.py")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "trees.npz"
        np.savez(file, **arrays)
        try:
            done = subprocess.run(
                [str(anchors_python()), str(script), str(file)], check=True, capture_output=True, text=True, env=CLEAN
            )
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"anchors: {error}; {getattr(error, 'stderr', '')}")
            return dict.fromkeys(ANCHOR_FIGURES)
    *said, last = done.stdout.strip().splitlines()
    print("\n".join(said), end="\n" if said else "")
    return dict(json.loads(last))


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
    found |= frames("radial_100k", *grown_tree(100_000), is_round=True)
    found |= frames("chain_100k", many, many - 1)
    found |= frames("star_100k", many, np.zeros_like(many))
    if not quick:
        found |= frames("1m", *grown_tree(1_000_000))
        found |= frames("radial_1m", *grown_tree(1_000_000), is_round=True)
        found |= layout_and_insertion()
        found["first_picture_s_100k"] = first_picture(100_000)
        found["first_picture_s_1m"] = first_picture(1_000_000)
        found |= graphics_scene(10_000)
        found |= graphics_scene(100_000)
        found |= other_libraries()
    print(json.dumps({name: None if value is None else round(value, 4) for name, value in found.items()}))


if __name__ == "__main__":
    main()
