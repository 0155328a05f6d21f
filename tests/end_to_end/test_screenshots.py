"""The pictures of the first five minutes: the whole way in the real window, with a recorded creator behind a server."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from seedbed_gui.guide.camera import with_palette
from seedbed_gui.guide.first_minutes import FIRST_MINUTES, picture_of
from seedbed_gui.guide.screenshots import SIZE

DOCS = Path(__file__).parents[2] / "docs"
SECONDS = 900  # for a machine that has other things to do
TARGET = 8
FEWEST_COLOURS = 40


def pixels(path: Path) -> "np.ndarray[Any, np.dtype[np.uint32]]":
    picture = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
    assert (picture.width(), picture.height()) == SIZE, path
    return np.frombuffer(picture.constBits(), dtype=np.uint32).copy()


@pytest.fixture(scope="module")
def shots(chat: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the whole way has filled, small: few examples, few human claims."""
    folder = tmp_path_factory.mktemp("shots")
    server = chat.ChatServer().start()
    words = ["--base-url", server.address, "--model", "test-model", "--target", str(TARGET), "--human", "20"]
    command = [sys.executable, "-m", "seedbed_engine", "screenshots", str(folder), *words]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    finally:
        server.stop()
    assert done.returncode == 0, done.stderr
    assert len(server.ledger) >= 2
    assert "Traceback" not in done.stderr
    return folder


def test_each_step_stands_in_the_page_with_its_picture(shots: Path) -> None:
    page = (shots / "first-five-minutes.md").read_text(encoding="utf-8")
    told = re.findall(r"^(\d+)\. \*\*(.+?)\.\*\* (.+)\n\n +!\[.+?\]\((.+?)\)$", page, re.MULTILINE)
    assert [int(number) for number, *_ in told] == list(range(1, len(FIRST_MINUTES) + 1))
    assert [title for _, title, *_ in told] == [step.title for step in FIRST_MINUTES]
    assert [picture for *_, picture in told] == [picture_of(step) for step in FIRST_MINUTES]
    assert len({picture for *_, picture in told}) == len(told)
    assert all((shots / picture).is_file() for *_, picture in told)


def test_no_picture_is_blank_and_none_is_like_the_one_before(shots: Path) -> None:
    seen = {step.picture: pixels(shots / picture_of(step)) for step in FIRST_MINUTES}
    assert {name: len(np.unique(found)) for name, found in seen.items() if len(np.unique(found)) < FEWEST_COLOURS} == {}
    for (before, one), (after, other) in pairwise(seen.items()):
        assert (one != other).mean() > 0.0005, (before, after)


def test_the_page_in_docs_has_the_steps_that_are_driven_now() -> None:
    page = (DOCS / "first-five-minutes.md").read_text(encoding="utf-8")
    assert re.findall(r"^\d+\. \*\*(.+?)\.\*\* (.+)$", page, re.MULTILINE) == [
        (step.title, step.said) for step in FIRST_MINUTES
    ]
    sizes = [(DOCS / picture_of(step)).stat().st_size for step in FIRST_MINUTES]
    assert min(sizes) > 5_000
    assert sum(sizes) < 2_500_000


def test_a_picture_with_a_palette_keeps_its_colours(qapp: QApplication) -> None:
    """Few colours stay exactly as they are; a fine shading moves by a few steps of 255 at most."""
    flat = QImage(30, 20, QImage.Format.Format_RGB32)
    for x in range(30):
        for y in range(20):
            flat.setPixel(x, y, 0xFF000000 | x << 16 | y << 8 | 7)
    few = flat.copy(0, 0, 12, 20)
    assert with_palette(few).convertToFormat(QImage.Format.Format_RGB32) == few
    shaded = with_palette(flat).convertToFormat(QImage.Format.Format_RGB32)
    first, second = (np.frombuffer(each.constBits(), dtype=np.uint8).astype(int) for each in (flat, shaded))
    assert 0 < np.abs(first - second).max() <= 8
