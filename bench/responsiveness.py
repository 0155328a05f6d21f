"""How late the window's event loop is while the studio grows, trains and imports, beside an idle window.

Run from the project's root: `python bench/responsiveness.py`. The real window on the platform without a screen, real
processes of the engine, a tree of 10,000 examples on the canvas. A timer asks for 60 beats a second; its lateness is
what a person feels. Needs the model in the box (`seedbed setup-model`).
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from seedbed_engine.creating.creators.box import model_path
from seedbed_engine.examples import Example
from seedbed_engine.keeping.exchange import ReadExamples
from seedbed_engine.keeping.samples import create_sample_project
from seedbed_engine.keeping.trees import NewExample, insert_examples
from seedbed_engine.settings import GrowthSettings, TrainingSettings
from seedbed_gui.app import make_application
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.import_dialog import Wanted, import_examples

BEAT_MS = 16
TREE, IMPORTED = 10_000, 100_000
BEGINS = 200.0  # seconds in which a run's first step is to come


def main() -> None:
    """Measure and print the figures as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long each part is watched at most")
    limit = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "models").symlink_to(model_path().parent, target_is_directory=True)
        os.environ["SEEDBED_HOME"] = folder  # no trace in the preferences of whoever measures
        app = make_application()
        path = Path(folder) / "bench.seedbed"
        with create_sample_project(path, "creak") as store:
            store.do(lambda db: insert_examples(db, grown()))
        window = opened(app, path)
        print(f"load {os.getloadavg()[0]:.1f}; milliseconds late that 99 of 100 beats stay within")
        figures: dict[str, float | None] = {}
        figures |= {
            "anchor_event_loop_p99_ms_idle": watched(app, window, lambda: None, lambda: False, min(limit, 10.0))
        }
        figures |= {"event_loop_p99_ms_importing": importing(app, window, limit)}
        figures |= {"event_loop_p99_ms_growing": growing(app, window, limit)}
        figures |= {"event_loop_p99_ms_training": training(app, window, limit)}
        window.desk.abandon()
        until(app, lambda: not window.desk.is_busy)
        window.close()
    print(json.dumps(figures))


def grown() -> list[NewExample]:
    """A tree of random growth, five children a call."""
    rng, depths, rows = np.random.default_rng(13), [0], []
    for number in range(1, TREE + 1):
        parent = int(rng.random() * ((number - 1) // 5 * 5 + 1)) if number > 5 else 0
        depths.append(depths[parent] + 1)
        example = Example(f"Number {number} is one that people like to talk about.", ("True", "False"), "True")
        rows.append(NewExample(1, parent or None, None, None, 0, f"k{number}", depths[-1], example))
    return rows


def opened(app: QApplication, path: Path) -> MainWindow:
    """The window with the tree on its canvas."""
    window = MainWindow()
    window.resize(1440, 900)
    window.show()
    window.open_path(path)
    until(app, lambda: len(window.tree.canvas.scene) > TREE)
    return window


def importing(app: QApplication, window: MainWindow, limit: float) -> float:
    """Human data comes in."""
    examples = [Example(f"Claim number {n} is about a thing.", ("True", "False"), "True") for n in range(IMPORTED)]
    wanted = Wanted("bench", "train", True, "bench", ReadExamples(examples, [], 0))
    done: list[int] = []

    def start() -> None:
        if window.project is not None:
            window.project.act(lambda store: import_examples(store, wanted), done.append)

    return watched(app, window, start, lambda: bool(done), limit)


def growing(app: QApplication, window: MainWindow, limit: float) -> float | None:
    """A growth by the embedded creator, from its first kept example on."""
    seed = window.seed
    assert seed is not None
    window.wishes.start_growth(GrowthSettings(target=5000, seed_number=99), seed)
    before = len(window.tree.canvas.scene)
    until(app, lambda: len(window.tree.canvas.scene) > before or not window.desk.is_busy, BEGINS)
    has_begun = len(window.tree.canvas.scene) > before
    found = watched(app, window, lambda: None, lambda: not window.desk.is_busy, limit) if has_begun else None
    if not has_begun:
        print(f"growing was not measured: no example came within {BEGINS:.0f} s")
    window.desk.abandon()
    until(app, lambda: not window.desk.is_busy)
    return found


def training(app: QApplication, window: MainWindow, limit: float) -> float | None:
    """A training on the tree, from its first step on."""
    window.wishes.start_training(TrainingSettings(test_dataset=1, seeds=(1,)))
    until(app, lambda: bool(window.runs.curve.lines) or not window.desk.is_busy, BEGINS)
    if not window.runs.curve.lines:
        print(f"training was not measured: it made no step within {BEGINS:.0f} s")
        return None
    return watched(app, window, lambda: None, lambda: not window.desk.is_busy, limit)


def watched(
    app: QApplication, window: MainWindow, start: Callable[[], object], has_ended: Callable[[], bool], limit: float
) -> float:
    """Lateness of the beat, in milliseconds, that 99 of 100 beats stay within; the canvas is painted at each."""
    gaps: list[float] = []
    last = time.perf_counter()

    def beat() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(1000 * (now - last) - BEAT_MS)
        last = now
        window.tree.canvas.update()

    timer = QTimer(window, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(beat)
    start()
    timer.start()
    until(app, has_ended, limit)
    timer.stop()
    print(f"  {len(gaps)} beats, median {np.median(gaps):.1f}, worst {max(gaps):.1f}", file=sys.stderr)
    return round(float(np.percentile(gaps, 99)), 1)


def until(app: QApplication, is_so: Callable[[], bool], limit: float = 120.0) -> None:
    """Let the window live until something is so."""
    ended = time.monotonic() + limit
    while not is_so() and time.monotonic() < ended:
        app.processEvents()
        time.sleep(0.0005)


if __name__ == "__main__":
    main()
