"""How soon the studio is visible, beside a bare window; and what the launcher adds the second time.

Run from the project's root in its environment: `python bench/start.py`. Uses the screen that is there, else a virtual
one (Xvfb), else the platform without a screen; a line says which.
"""

import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROUNDS = 7
WATCH = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        print(time.time(), flush=True)
        QTimer.singleShot(0, window.close)
"""
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication([])
window = QMainWindow()
window.resize(1440, 900)
"""
STUDIO = """
from seedbed_gui.app import make_application
from seedbed_gui.main_window import MainWindow
app = make_application()
window = MainWindow()
"""
SHOW = """
watch = Watch()
window.installEventFilter(watch)
window.show()
app.exec()
"""


def main() -> None:
    """Measure and print the figures as the last line."""
    with screen() as display, tempfile.TemporaryDirectory() as home:
        # Compiled modules are kept, as wherever pip installed them; here beside nothing that is in use.
        environment = {**os.environ, **display, "SEEDBED_HOME": home, "PYTHONPYCACHEPREFIX": f"{home}/compiled"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        seconds_to_paint(STUDIO, environment)
        rounds = [(*seconds_to_paint(STUDIO, environment), *seconds_to_paint(BARE, environment)) for _ in range(ROUNDS)]
    studio, studio_cpu, bare, bare_cpu = (sorted(column) for column in zip(*rounds, strict=True))
    print(f"load {os.getloadavg()[0]:.1f}; medians of {ROUNDS} rounds, wall seconds from the start of the process")
    print(f"studio {studio[0]:.2f} to {studio[-1]:.2f}, bare window {bare[0]:.2f} to {bare[-1]:.2f}")
    figures = {
        "studio_visible_s": round(statistics.median(studio), 3),
        "studio_cpu_s": round(statistics.median(studio_cpu), 3),
        "anchor_bare_window_cpu_s": round(statistics.median(bare_cpu), 3),
        "anchor_bare_window_visible_s": round(statistics.median(bare), 3),
        "second_launch_overhead_s": launcher_overhead(),
    }
    print(json.dumps(figures))


def seconds_to_paint(what: str, environment: dict[str, str]) -> tuple[float, float]:
    """From the start of the process to the first paint of its window; and CPU seconds of the process in all."""
    before = os.times()
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", WATCH + what + SHOW], env=environment, capture_output=True, text=True, check=True
    )
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return float(done.stdout.split()[0]) - began, cpu


def launcher_overhead() -> float | None:
    """What `./seedbed` adds before the program itself starts, where the environment was made by it."""
    launcher = ROOT / "seedbed"
    if not launcher.exists() or not list((ROOT / ".venv").glob("ready-*")):
        print("second_launch_overhead_s: this environment was not made by ./seedbed; run ./seedbed setup first")
        return None
    with_it = statistics.median(seconds([str(launcher), "new", "--help"]) for _ in range(ROUNDS))
    without = statistics.median(
        seconds([sys.executable, "-m", "seedbed_engine", "new", "--help"]) for _ in range(ROUNDS)
    )
    return round(with_it - without, 3)


def seconds(command: list[str]) -> float:
    """Wall seconds of a command."""
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


@contextlib.contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Environment variables of a screen to draw on."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        print("on the screen that is there")
        yield {}
        return
    if shutil.which("Xvfb") is None:
        print("without a screen (QT_QPA_PLATFORM=offscreen)")
        yield {"QT_QPA_PLATFORM": "offscreen"}
        return
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        print("on a virtual screen (Xvfb)")
        yield {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
