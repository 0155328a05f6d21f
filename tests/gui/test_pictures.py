"""The main pages look as they did: each is compared with a small picture of it, light and dark.

Compared is what a glance sees: four pixels each way become one, and three of these each way are averaged again, so that
another machine's way of drawing letters makes no difference (1 of 255 without hinting, 6 are tolerated), a moved button
or another colour does. Where a page was changed on purpose, renew the pictures, look at them, and commit them:

    RENEW_PICTURES=1 ./seedbed test tests/gui/test_pictures.py
"""

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import State
from seedbed_engine.keeping import history, runs
from seedbed_engine.keeping.project import open_project
from seedbed_engine.settings import TrainingSettings
from seedbed_gui import style
from seedbed_gui.main_window import MainWindow

KEPT = Path(__file__).parent / "pictures"
SIZE, SMALLER, AROUND = QSize(1280, 720), 4, 3
TOLERATED = 6.0  # of 255: what an area of 12 x 12 pixels may differ by in one colour
RENEW = "RENEW_PICTURES" in os.environ
LEFT = Path(tempfile.gettempdir()) / "seedbed-pictures"
HOW = "If it is meant: RENEW_PICTURES=1 ./seedbed test tests/gui/test_pictures.py"
LINE, LINE_WIDTH = "Grow a training set from one example", 441.6  # with full hinting it is wider
THEN = "2026-01-02T03:04:05.000+00:00"
PAGES = ("start", "tree", "review", "table", "runs", "compare", "log")
VERDICT = {
    "headline": "Better than always the same answer", "sentence": "71.0 % of 400 human examples were answered rightly.",
    "notes": ["The test set was looked at once."], "test_name": "creak", "test_items": 400, "is_human_test": True,
    "majority_share": 0.5, "labels": ["yes", "no"], "confusion": [[150, 50], [66, 134]],
    "rows": [
        {"name": "trained on created data", "examples": 120, "accuracy": 0.71, "interval": {"low": 0.66, "high": 0.75},
         "seeds": 3, "sd": 0.012, "macro_f1": 0.7, "is_collapsed": False, "model": "created"},
        {"name": "always answering “yes”", "examples": None, "accuracy": 0.5, "interval": {"low": 0.45, "high": 0.55},
         "seeds": 0, "sd": None, "macro_f1": 0.33, "is_collapsed": False, "model": "majority"},
    ],
    "comparisons": [
        {"name": "Always answering “yes”", "difference": 0.21, "interval": {"low": 0.15, "high": 0.27},
         "p_value": 0.0004, "is_distinguishable": True},
    ],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two pictures differ, in pixels of the window, and by how much of 255 at most."""

    area: QRect
    most: float


def small(image: QImage) -> QImage:
    """The picture that is kept."""
    ratio = Qt.AspectRatioMode.IgnoreAspectRatio
    size = QSize(image.width() // SMALLER, image.height() // SMALLER)
    return image.scaled(size, ratio, Qt.TransformationMode.SmoothTransformation)


def numbers(image: QImage) -> NDArray[np.float64]:
    """Height x width x red, green, blue."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : 3 * plain.width()].reshape(plain.height(), plain.width(), 3).astype(float)


def averaged(found: NDArray[np.float64]) -> NDArray[np.float64]:
    """Each place with those around it: what letters differ by, here darker and there lighter, comes to nothing."""
    height, width, _ = found.shape
    padded = np.pad(found, ((AROUND // 2,) * 2, (AROUND // 2,) * 2, (0, 0)), mode="edge")
    shifts = [padded[y : y + height, x : x + width] for y in range(AROUND) for x in range(AROUND)]
    return np.mean(shifts, axis=0)


def difference(new: QImage, kept: QImage) -> Difference | None:
    """What a glance sees of the window that is another than in the kept picture; None: nothing."""
    shown = small(new)
    if shown.size() != kept.size():
        return Difference(new.rect(), 255.0)
    strength = np.abs(averaged(numbers(shown) - numbers(kept))).max(axis=2)
    rows, columns = np.nonzero(strength > TOLERATED)
    if not len(rows):
        return None
    corner, end = QPoint(int(columns.min()), int(rows.min())), QPoint(int(columns.max()), int(rows.max()))
    return Difference(QRect(corner * SMALLER, (end + QPoint(1, 1)) * SMALLER), float(strength.max()))


def check(name: str, new: QImage) -> None:
    """Compare with the kept picture, or keep this one where pictures are renewed."""
    path = KEPT / f"{name}.png"
    if RENEW:
        KEPT.mkdir(exist_ok=True)
        assert small(new).convertToFormat(QImage.Format.Format_RGB888).save(str(path))
        return
    assert path.is_file(), f"There is no picture {path.name} yet. {HOW}"
    found = difference(new, QImage(str(path)))
    if found is not None:
        pytest.fail(f"{name} {described(found)} {left(name, new, found.area)} {HOW}")


def described(found: Difference) -> str:
    area = found.area
    to = f"{area.right()},{area.bottom()}"
    return f"looks different between {area.x()},{area.y()} and {to}, by {found.most:.0f} of 255 at most."


def left(name: str, new: QImage, area: QRect) -> str:
    """Leave the new picture, the place framed, for whoever looks into it."""
    LEFT.mkdir(exist_ok=True)
    marked = new.convertToFormat(QImage.Format.Format_RGB888)
    painter = QPainter(marked)
    painter.setPen(QPen(QColor("#ff00ff"), 2))
    painter.drawRect(area.adjusted(-3, -3, 3, 3))
    painter.end()
    where = LEFT / f"{name}.png"
    marked.save(str(where))
    return f"The new picture, with the place framed: {where}; the one before: {KEPT / name}.png."


@pytest.fixture
def still(qapp: QApplication) -> Iterator[None]:
    """Nothing blinks, and the pointer is over nothing."""
    before = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    QCursor.setPos(SIZE.width() + 200, SIZE.height() + 200)
    yield
    qapp.setCursorFlashTime(before)


@pytest.fixture
def filled(project_file: Path) -> Path:
    """The small project, with decisions and a judged training."""
    with open_project(project_file) as store:
        history.set_state(store, [1, 5], State.APPROVED)
        history.set_state(store, [3], State.REJECTED, "unclear")
        run = runs.add_run(store, "train", TrainingSettings(seeds=(1,)).to_json(), 1)
        runs.take_lease(store, run)
        runs.end_run(store, run, "finished", result=json.dumps(VERDICT))
        for table, moment in (("run", "created"), ("run", "started"), ("request", "sent")):
            store.do(lambda db, what=(table, moment): db.execute(f"UPDATE {what[0]} SET {what[1]} = ?", [THEN]))  # type: ignore[misc]
    return project_file


@pytest.fixture
def pictured(qtbot: QtBot, studio: MainWindow, still: None, filled: Path) -> Callable[[str], QImage]:
    """The window on a page, once nothing changes any more."""
    studio.setFixedSize(SIZE)
    qtbot.mouseMove(studio, QPoint(SIZE.width() // 2, SIZE.height() - 4))  # not where another test left the pointer

    def take(page: str) -> QImage:
        if page != "start" and studio.project is None:
            studio.open_path(filled)
            qtbot.waitUntil(lambda: studio.seed is not None and studio.tree._is_whole, timeout=10_000)
        studio.show_page(page)
        if page == "tree":
            studio.tree.show_example(4)
            qtbot.waitUntil(lambda: studio.tree.inspector.shown is not None, timeout=10_000)
        return at_rest(qtbot, studio)

    return take


def at_rest(qtbot: QtBot, studio: MainWindow) -> QImage:
    """The window's picture, when it stays the same for five looks."""
    last: list[QImage] = []

    def is_same() -> bool:
        for toast in list(studio.toasts.shown):
            toast.hide()
        now = studio.grab().toImage()
        if last and now != last[-1]:
            last.clear()
        last.append(now)
        return len(last) >= 5 and not studio.tree.canvas.is_gliding

    qtbot.waitUntil(is_same, timeout=20_000)
    return last[-1]


@pytest.mark.parametrize("looks", ["light", "dark"])
def test_the_main_pages_look_as_they_did(
    qapp: QApplication, studio: MainWindow, pictured: Callable[[str], QImage], looks: str
) -> None:
    width = QFontMetricsF(style.text_font(style.QUESTION)).horizontalAdvance(LINE)
    if abs(width - LINE_WIDTH) > 1:
        pytest.skip(f"This machine sets letters wider or closer: {width:.1f} pixels a line instead of {LINE_WIDTH}.")
    style.apply(qapp, dark=looks == "dark")
    wrong = []
    for page in PAGES:
        try:
            check(f"{page}-{looks}", pictured(page))
        except pytest.fail.Exception as error:
            wrong.append(str(error))
    style.apply(qapp, dark=False)
    assert wrong == [], "\n".join(wrong)


def test_a_moved_button_and_a_changed_colour_are_found(
    qtbot: QtBot, studio: MainWindow, pictured: Callable[[str], QImage]
) -> None:
    kept = small(pictured("tree"))
    assert difference(at_rest(qtbot, studio), kept) is None
    button = studio.top_bar.grow
    there = QRect(button.mapTo(studio, QPoint()), button.size())
    button.move(button.x() + 12, button.y())
    moved = difference(studio.grab().toImage(), kept)
    assert moved is not None
    assert moved.area.intersects(there)
    assert moved.area.width() < there.width() + 60
    button.move(button.x() - 12, button.y())
    assert difference(at_rest(qtbot, studio), kept) is None
    button = studio.top_bar.train
    button.setStyleSheet(f"background: {style.current().ring}")
    changed = difference(at_rest(qtbot, studio), kept)
    assert changed is not None
    assert changed.area.intersects(QRect(button.mapTo(studio, QPoint()), button.size()))


def test_letters_drawn_more_softly_are_not_found(pictured: Callable[[str], QImage]) -> None:
    """As without hinting, or with a filter: each pixel takes a fifth of either neighbour."""
    for page in ("start", "tree", "runs"):
        shown = pictured(page)
        soft = shown.copy()
        painter = QPainter(soft)
        for step, share in ((1, 0.25), (-1, 0.2)):
            painter.setOpacity(share)
            painter.drawImage(step, 0, shown)
        painter.end()
        assert soft != shown
        assert difference(soft, small(shown)) is None, page


def test_what_differs_is_named_with_its_place_and_left_to_be_looked_at(pictured: Callable[[str], QImage]) -> None:
    shown = pictured("start")
    other = shown.copy()
    painter = QPainter(other)
    painter.fillRect(400, 200, 80, 40, QColor("#cc2222"))
    painter.end()
    found = difference(other, small(shown))
    assert found is not None
    assert found.area.adjusted(-1, -1, 1, 1).contains(QRect(400, 200, 80, 40))
    said = left("trial", other, found.area)
    assert str(LEFT / "trial.png") in said
    assert QImage(str(LEFT / "trial.png")).size() == SIZE
    (LEFT / "trial.png").unlink()
