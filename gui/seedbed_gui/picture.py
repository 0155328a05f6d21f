"""Pictures: a project's tree drawn into a PNG or SVG file without a screen, by the painter of the window."""

import argparse
import os
import re
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from seedbed_engine.errors import InvalidFile, PersonError, ProjectError
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.project import open_project
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.keeping.seeds import read_seeds
from seedbed_engine.keeping.store import Store
from seedbed_engine.tree.lineage import tree_arrays
from seedbed_gui import style
from seedbed_gui.canvas.fitting import fitted
from seedbed_gui.canvas.labels import LONGEST, NodeText
from seedbed_gui.canvas.painter import TreePainter
from seedbed_gui.canvas.picture_file import LARGEST, print_ratio, save_image, write_picture
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.canvas.view import View
from seedbed_gui.pages.node_texts import node_text

SMALLEST = 200  # shortest side of a picture in pixels
PATIENCE, SETTLING = 30.0, 1.5  # seconds a window may take to open a project, and to come to rest


def draw_tree(store: Store, seed: SeedRow, target: Path, size: QSize, *, trims: bool = False) -> None:
    """Draw the whole tree of a seed into a file; its name says the form (.png or .svg).

    `trims`: the picture is no higher than the tree.
    """
    columns = trees.read_columns(store, seed.id)
    scene = Scene()
    scene.set_tree(tree_arrays(columns.ids, columns.parents, columns.states))
    painting = TreePainter()
    painting.book.provider = lambda examples: _texts(store, seed, examples)
    view = fitted(scene, View(size.width(), size.height(), scene.extent))
    if trims:
        size = QSize(size.width(), min(size.height(), round(view.least_height)))
        view = fitted(scene, View(size.width(), size.height(), scene.extent))

    def paint(painter: QPainter) -> None:
        painting.paint(painter, scene, view, scene.x, style.current(), is_picture=True)

    write_picture(target, size, f"Tree of seed {seed.id}", paint)


def _texts(store: Store, seed: SeedRow, examples: Sequence[int]) -> Mapping[int, NodeText]:
    texts = {row.id: node_text(row) for row in trees.read_examples(store, [one for one in examples if one])}
    return {0: NodeText("seed", seed.example.question[: 2 * LONGEST], seed.example.answer), **texts}


def draw_window(project: Path, target: Path, size: QSize, number: int, example: int) -> None:
    """Draw the studio with a project open and an example selected; the person's preferences are not touched."""
    from seedbed_gui.main_window import MainWindow

    with tempfile.TemporaryDirectory() as folder:
        os.environ["SEEDBED_HOME"] = folder
        window = MainWindow()
        window.resize(size)
        window.show()
        window.open_path(project.absolute())
        canvas = window.tree.canvas
        _wait(lambda: canvas.frame is not None, "The project was not opened in time.")
        window.choose_seed(number)
        _wait(lambda: window.tree.seed is not None and window.tree.seed.id == number, "The seed was not read in time.")
        window.tree.show_example(example)
        _let_pass(SETTLING)
        ratio = print_ratio(size)
        image = QImage(size * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        window.render(image)
        save_image(image, target)
        window.close()
        _let_pass(0.1)


def _wait(is_so: Callable[[], bool], else_say: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > ends:
            raise ProjectError(else_say, "Try again when the machine is less busy.")
        _let_pass(0.02)


def _let_pass(seconds: float) -> None:
    """Let the window work for a while."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        QApplication.processEvents()
        time.sleep(0.005)


def _size(text: str) -> QSize:
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", text)
    sides = [int(side) for side in found.groups()] if found else []
    if not sides or not all(SMALLEST <= side <= LARGEST for side in sides):
        raise argparse.ArgumentTypeError(f"a size is WIDTHxHEIGHT, each from {SMALLEST} to {LARGEST}, not {text!r}")
    return QSize(*sides)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="seedbed_gui picture", description="Draw a project's tree into a PNG or SVG.")
    parser.add_argument("project", type=Path, help="the project file")
    parser.add_argument("out", type=Path, help="the picture to write: NAME.png or NAME.svg")
    parser.add_argument("--seed", type=int, help="number of the seed; without it, the one with most examples")
    parser.add_argument("--size", type=_size, default="1600x1000", help="width and height in pixels")
    parser.add_argument("--trim", action="store_true", help="no higher than the tree")
    parser.add_argument("--whole-window", action="store_true", help="the whole studio instead of the tree alone")
    parser.add_argument("--select", type=int, default=0, metavar="ID", help="in the window, the selected example")
    parser.add_argument("--dark", action="store_true", help="in dark colours")
    return parser


def _chosen(seeds: Sequence[SeedRow], number: int | None, name: str) -> SeedRow:
    if not seeds:
        raise ProjectError(f"{name} has no seed yet.", "Add one, then draw it.")
    if number is None:
        return max(seeds, key=lambda seed: (seed.new + seed.approved + seed.rejected + seed.pruned, -seed.id))
    for seed in seeds:
        if seed.id == number:
            return seed
    known = ", ".join(str(seed.id) for seed in seeds)
    raise ProjectError(f"{name} has no seed {number}.", f"It has {known}.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Draw what the command line asks for; 0 where it was drawn, 1 with a sentence where not."""
    wanted = _parser().parse_args(arguments)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = QApplication.instance() or QApplication(["seedbed"])
    if isinstance(app, QApplication):
        style.apply(app, dark=wanted.dark)
    try:
        if wanted.out.suffix.lower() not in (".png", ".svg"):
            raise InvalidFile(f"{wanted.out.name} is neither .png nor .svg.", "Name the picture so.")
        with open_project(wanted.project) as store:
            seed = _chosen(read_seeds(store), wanted.seed, wanted.project.name)
            if not wanted.whole_window:
                draw_tree(store, seed, wanted.out, wanted.size, trims=wanted.trim)
                return 0
        draw_window(wanted.project, wanted.out, wanted.size, seed.id, wanted.select)
    except PersonError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0
