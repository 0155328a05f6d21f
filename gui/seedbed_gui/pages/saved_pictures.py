"""Saved pictures: the tree as it is seen, or all of it, as a PNG or SVG file with its texts."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QWidget

from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.rows import ExampleRow
from seedbed_gui import notices, style
from seedbed_gui.canvas import NodeText, TreeCanvas
from seedbed_gui.canvas.fitting import fitted
from seedbed_gui.canvas.painter import TreePainter
from seedbed_gui.canvas.picture_file import Paint, print_image, write_picture
from seedbed_gui.canvas.view import View
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.file_dialogs import ask_to_save
from seedbed_gui.pages.node_texts import NodeTexts, node_text
from seedbed_gui.pages.open_project import OpenProject

WHOLE = QSize(2000, 1250)
FORMS = mark("PNG picture (*.png);;SVG drawing (*.svg)")


def ask_for_picture(owner: QWidget, project: OpenProject, whole: bool) -> Path | None:
    """Ask where a picture goes."""
    name = f"{project.path.stem}-{'tree' if whole else 'view'}.png"
    target, form = ask_to_save(owner, tr("Save a picture"), str(project.path.with_name(name)), tr(FORMS))
    if target is None:
        return None
    return (
        target if target.suffix.lower() in (".png", ".svg") else target.with_suffix(".svg" if "svg" in form else ".png")
    )


def save_picture(canvas: TreeCanvas, project: OpenProject, texts: NodeTexts, target: Path, *, whole: bool) -> None:
    """Draw what is seen, or the whole tree, into a file."""

    def write(size: QSize, paint: Paint) -> None:
        try:
            write_picture(target, size, project.path.stem, paint)
        except PersonError as error:
            notices.warn(error)
            return
        notices.say(tr("The picture is in {name}.", name=target.name))

    _draw(canvas, project, texts, write, whole=whole)


def copy_picture(canvas: TreeCanvas, project: OpenProject, texts: NodeTexts) -> None:
    """Draw what is seen into the clipboard, to be pasted into a letter or a talk."""

    def copy(size: QSize, paint: Paint) -> None:
        QGuiApplication.clipboard().setImage(print_image(size, paint))
        notices.say(tr("The picture is in the clipboard."))

    _draw(canvas, project, texts, copy, whole=False)


def _draw(
    canvas: TreeCanvas, project: OpenProject, texts: NodeTexts, done: Callable[[QSize, Paint], None], *, whole: bool
) -> None:
    """Hand over what paints the picture once the texts that it needs are read."""
    scene = canvas.scene
    size = WHOLE if whole else canvas.size()
    view = fitted(scene, View(size.width(), size.height(), scene.extent)) if whole else canvas.view()
    painting = TreePainter()
    told: dict[int, NodeText] = dict(texts.of(scene.ids[: scene.seeds].tolist()))
    wanted: set[int] = set()

    def tell(examples: Sequence[int]) -> Mapping[int, NodeText]:
        wanted.update(examples)
        return {one: told[one] for one in examples if one in told}

    def paint(painter: QPainter) -> None:
        painting.paint(painter, scene, view, scene.x, style.current(), is_picture=True)

    def hand_over(rows: list[ExampleRow]) -> None:
        told.update({row.id: node_text(row) for row in rows})
        painting.book.forget()
        done(size, paint)

    painting.book.provider = tell
    trial = QImage(size, QImage.Format.Format_RGB32)  # which texts will be asked for
    painter = QPainter(trial)
    paint(painter)
    painter.end()
    project.read(
        lambda store: trees.read_examples(store, sorted(one for one in wanted if one > 0)), hand_over, owner=canvas
    )
