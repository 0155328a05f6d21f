from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.keeping.trees import NewExample
from seedbed_gui import picture
from seedbed_gui.style import LIGHT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one seed and two levels of examples."""
    path = tmp_path / "small.seedbed"
    with create_project(path) as store:
        seed = add_seed(store, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED)

        def new(number: int, parent: int | None) -> NewExample:
            example = Example(f"Is <b>thing {number}</b> cold?", ("yes", "no"), "no")
            return NewExample(seed, parent, None, None, number, f"k{number}", 1 if parent is None else 2, example)

        first = store.do(lambda db: trees.insert_examples(db, [new(number, None) for number in range(3)]))
        store.do(lambda db: trees.insert_examples(db, [new(number, first[0]) for number in range(3, 6)]))
    return path


def test_a_tree_is_drawn_as_png_of_the_wanted_size(qtbot: QtBot, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "tree.png"
    assert picture.main([str(project), str(out), "--size", "800x500"]) == 0
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1600, 1000)
    assert image.pixelColor(2, 2).name() == LIGHT.background
    assert len({image.pixelColor(x, y).name() for x in range(0, 1600, 7) for y in range(0, 1000, 7)}) > 5


def test_a_picture_can_be_no_higher_than_its_tree(qtbot: QtBot, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "tree.png"
    assert picture.main([str(project), str(out), "--size", "1000x1000", "--trim"]) == 0
    image = QImage(str(out))
    assert image.width() == 2000
    assert image.height() < 1200  # three lines
    assert any(image.pixelColor(1000, y).name() != LIGHT.background for y in range(0, 200))
    assert picture.main([str(project), str(out), "--size", "1000x300", "--trim"]) == 0
    assert QImage(str(out)).height() == 600


def test_a_tree_is_drawn_as_svg_with_its_texts(qtbot: QtBot, project: Path, tmp_path: Path) -> None:
    out = tmp_path / "tree.svg"
    assert picture.main([str(project), str(out)]) == 0
    texts = "".join(ElementTree.parse(out).getroot().itertext())
    assert "Is ice cold?" in texts
    assert "<b>thing" in texts


def test_the_whole_window_is_drawn_with_an_example_selected(
    qtbot: QtBot, qapp: QApplication, project: Path, tmp_path: Path
) -> None:
    out, other = tmp_path / "seed.png", tmp_path / "example.png"
    assert picture.main([str(project), str(out), "--whole-window", "--size", "1200x700"]) == 0
    assert picture.main([str(project), str(other), "--whole-window", "--size", "1200x700", "--select", "2"]) == 0
    image = QImage(str(out))
    assert (image.width(), image.height()) == (2400, 1400)
    assert image.pixelColor(20, 1000).name() == LIGHT.sidebar
    assert image != QImage(str(other))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"out": "tree.jpeg"}, "neither .png nor .svg"),
        ({"project": "missing.seedbed"}, "is not there"),
        ({"out": "nowhere/tree.png"}, "cannot be written"),
        ({"out": "nowhere/tree.svg"}, "cannot be written"),
        ({"more": "--seed=9"}, "has no seed 9"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(
    qtbot: QtBot,
    project: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, str],
    says: str,
) -> None:
    arguments = [
        str(tmp_path / change["project"]) if "project" in change else str(project),
        str(tmp_path / change.get("out", "tree.png")),
    ]
    assert picture.main([*arguments, *([change["more"]] if "more" in change else [])]) == 1
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("size", ["10x10", "big", "99999x1000", "1600"])
def test_a_size_that_is_none_is_refused(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        picture.main(["a.seedbed", "b.png", "--size", size])
    assert "WIDTHxHEIGHT" in capsys.readouterr().err
