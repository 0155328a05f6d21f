"""Other canvases and layouts on the same trees: pyqtgraph, igraph, graphviz. canvas.py starts this in a process.

`python bench/canvas_anchors.py TREES.npz`: of each size, `parents_N` (of ids 1 to N), and `rows_N`, `x_N` and `depth_N`
as they are laid out. The last line is a JSON object; what could not be measured is null, with the reason before.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np

PATIENCE = 150.0  # seconds for one graphviz layout
FRAMES = 5

Figures = dict[str, float | None]


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process."""
    began = time.process_time()
    work()
    return time.process_time() - began


def igraph_layout(parents: np.ndarray) -> float:
    """Reingold and Tilford in C."""
    import igraph

    edges = list(zip(parents.tolist(), range(1, len(parents) + 1), strict=True))
    graph = igraph.Graph(n=len(parents) + 1, edges=edges)
    return cpu(lambda: graph.layout_reingold_tilford(root=[0]))


def graphviz_layout(program: str, parents: np.ndarray) -> float:
    """CPU seconds of the program, reading and writing included."""
    with tempfile.NamedTemporaryFile("w", suffix=".dot") as file:
        edges = "\n".join(f"{parent}->{child}" for child, parent in enumerate(parents.tolist(), start=1))
        file.write(f"digraph {{ node [shape=point]; edge [arrowhead=none];\n{edges}\n}}\n")
        file.flush()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        command = [program, "-Tplain", "-o", os.devnull, file.name]
        subprocess.run(command, check=True, timeout=PATIENCE, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def pyqtgraph_frames(parents: np.ndarray, x: np.ndarray, depth: np.ndarray) -> dict[str, float]:
    """One curve for all edges and one scatter for all nodes: the whole tree, then a part of it."""
    import pyqtgraph
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance() or QApplication([])
    rows = np.arange(1, len(x))
    ends = np.column_stack((parents, rows)).reshape(-1)
    widget = pyqtgraph.PlotWidget()
    widget.resize(1400, 900)
    widget.plot(x[ends], -depth[ends].astype(float), connect="pairs", pen="#d8ddd8")
    widget.addItem(pyqtgraph.ScatterPlotItem(x, -depth.astype(float), size=5, pen=None, brush="#276b43"))
    widget.show()
    app.processEvents()
    whole = [cpu(widget.viewport().repaint) for _ in range(FRAMES)]
    middle = float(x[len(x) // 2])
    widget.setXRange(middle - 400, middle + 400)
    app.processEvents()
    near = [cpu(widget.viewport().repaint) for _ in range(FRAMES)]
    widget.close()
    return {"whole": 1000 * float(np.median(whole)), "part": 1000 * float(np.median(near))}


def tried(found: Figures, names: tuple[str, ...], work: Callable[[], tuple[float, ...]]) -> None:
    """Measure, or say why not."""
    try:
        found.update(zip(names, work(), strict=True))
    except (ImportError, OSError, subprocess.SubprocessError) as error:
        for name in names:
            print(f"{name}: {error}")
            found[name] = None


def main() -> None:
    trees = np.load(sys.argv[1])
    found: Figures = {}
    for size, short in ((10_000, "10k"), (100_000, "100k")):
        parents, x, depth = (trees[f"{name}_{size}"] for name in ("parents", "x", "depth"))
        tried(found, (f"anchor_igraph_layout_cpu_s_{short}",), lambda p=parents: (igraph_layout(p),))
        names = (f"anchor_pyqtgraph_frame_whole_cpu_ms_{short}", f"anchor_pyqtgraph_frame_part_cpu_ms_{short}")
        rows = trees[f"rows_{size}"]
        tried(found, names, lambda r=rows, x=x, d=depth: tuple(pyqtgraph_frames(r, x, d).values()))
        twopi = (f"anchor_graphviz_twopi_cpu_s_{short}",)
        tried(found, twopi, lambda p=parents: (graphviz_layout("twopi", p),))
    for size, short in ((1_000, "1k"), (10_000, "10k")):
        dot = (f"anchor_graphviz_dot_cpu_s_{short}",)
        tried(found, dot, lambda p=trees[f"parents_{size}"]: (graphviz_layout("dot", p),))
    print(json.dumps(found))


if __name__ == "__main__":
    main()
