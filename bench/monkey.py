"""A monkey at the window: for some minutes it clicks, types, turns the wheel, drags, opens and closes what it meets.

Run from the project's root: `python bench/monkey.py [--minutes 8] [--seed 13]`. The real window on the platform without
a screen, a project of some thousand examples with a judged training, a home of its own, no network. Counted are
exceptions nobody caught, Qt's warnings, and how much memory grows from the end of the first minute to the end, each
looked at with nothing over the window, nothing running, the whole tree in sight at 1440x900 (a larger window needs
more) and the clipboard empty (a copied picture of the window takes 16 MB, until something else is copied). Each finding
is printed with the acts before it; the same seed does the same acts again.
"""

import argparse
import contextlib
import ctypes
import faulthandler
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter, deque
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from monkey_hands import Hands
from PySide6.QtCore import QEvent, QEventLoop, QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from seedbed_engine.asking.recordings import open_sample
from seedbed_engine.creating.creators.box import model_path
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example
from seedbed_engine.keeping.project import open_project
from seedbed_engine.keeping.trees import NewExample, insert_examples
from seedbed_engine.settings import GrowthSettings
from seedbed_gui import notices
from seedbed_gui.app import make_application
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.preferences import Preferences, write_preferences

TREE = 3000
BETWEEN_MS = 10
WARM_UP, REST, HANGS, SLOW = 60.0, 40.0, 120.0, 1.0  # seconds
SEEN = 0.7  # seconds that each page is looked at beforehand
LONGEST_ACT = 3.0  # seconds after which what lies over the window is closed
OWN_LOOP = 0.5  # seconds after which what an act has opened is taken to have a loop of its own
SHOWN = 12  # findings of one kind printed
MEANS_NOTHING = "This plugin does not support"  # what the platform without a screen says of dialogs and menus
NOWHERE = "http://127.0.0.1:9"  # the discard port: nobody answers


def main() -> None:
    """Prepare, let the monkey at the window in a process of its own, and print the figures as the last line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=8.0)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--at", type=Path, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.at is not None:
        Round(said.at, said.seed, said.minutes).play()
        return
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        prepare(home)
        print(json.dumps(watched(home, said.seed, said.minutes)))


def prepare(home: Path) -> None:
    """A home with the models of this machine, short growths, and the project."""
    (home / "models").symlink_to(model_path().parent, target_is_directory=True)
    proxies = {name: NOWHERE for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "PIP_INDEX_URL")}
    os.environ.update(proxies | {name.lower(): where for name, where in proxies.items()})
    os.environ.update({"SEEDBED_HOME": str(home), "PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"})
    for name in [name for name in os.environ if name.endswith("_API_KEY")]:
        del os.environ[name]
    write_preferences(Preferences(growth=GrowthSettings(target=6, n=3).to_json()))
    path = home / "monkey.seedbed"
    open_sample(path, "creak").close()
    words = ["train", str(path), "--seeds", "1", "--epochs", "1", "--no-human"]
    subprocess.run([sys.executable, "-m", "seedbed_engine", *words], check=True, stdout=subprocess.DEVNULL)
    with open_project(path) as store:
        already = int(store.rows("SELECT MAX(id) FROM example")[0][0])
        store.do(lambda db: insert_examples(db, grown(already)))


def grown(already: int) -> list[NewExample]:
    """A tree of random growth, five children a call, beside so many examples."""
    rng, depths, rows = np.random.default_rng(13), [0], []
    for number in range(1, TREE + 1):
        parent = int(rng.random() * ((number - 1) // 5 * 5 + 1)) if number > 5 else 0
        depths.append(depths[parent] + 1)
        example = Example(f"Number {number} is one that people like to talk about.", ("True", "False"), "True")
        rows.append(
            NewExample(1, parent + already if parent else None, None, None, 0, f"k{number}", depths[-1], example)
        )
    return rows


def watched(home: Path, seed: int, minutes: float) -> dict[str, float | None]:
    """Play the round in another process, so that a crash or a window that hangs is a finding as well."""
    words = [sys.executable, __file__, "--at", str(home), "--seed", str(seed), "--minutes", str(minutes)]
    acts = home / "acts.txt"
    acts.touch()
    player = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    threading.Thread(target=_end_if_hanging, args=(player, acts), daemon=True).start()
    assert player.stdout is not None
    last = ""
    for line in player.stdout:
        last = line.strip()
        if not last.startswith("{"):
            print(last)
    if player.wait() == 0 and last.startswith("{"):
        found: dict[str, float | None] = json.loads(last)
        return found
    print(f"The window's process ended by itself (status {player.returncode}). The last acts:")
    print(*acts.read_text().splitlines()[-20:], sep="\n")
    return {"minutes": minutes, "exceptions": 1, "qt_warnings": None, "memory_growth_percent": None}


def _end_if_hanging(player: subprocess.Popen[str], acts: Path) -> None:
    while player.poll() is None:
        time.sleep(5)
        if time.time() - acts.stat().st_mtime > HANGS:
            print(f"The window answered nothing for {HANGS:.0f} s:")
            player.send_signal(signal.SIGABRT)
            return


def _own_memory() -> float:
    """Megabytes in use that are no file's pages, such as those of a library that is needed for the first time."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("RssAnon:")), 0.0)


class Round:
    """One round of the monkey, in the window's process."""

    def __init__(self, home: Path, seed: int, minutes: float) -> None:
        self.seconds, self.minutes = 60 * minutes, minutes
        self.counts: Counter[str] = Counter()
        self.kinds: Counter[str] = Counter()
        self.last: deque[str] = deque(maxlen=20)
        self.slowest = 0.0
        self._acts = (home / "acts.txt").open("w", buffering=1)
        faulthandler.enable()
        self.app = make_application()
        self._listen()
        self.window = MainWindow()
        self.window.resize(1440, 900)
        self.window.show()
        self.window.open_path(home / "monkey.seedbed")
        self.hands = Hands(self.window, home / "monkey.seedbed", seed, self._write)
        self._loop = QEventLoop()
        self._next = QTimer(interval=BETWEEN_MS, singleShot=True)  # QTimer.singleShot leaves something behind each time
        self._next.timeout.connect(self._act)
        self._end_of_play, self._began, self._depth = 0.0, 0.0, 0

    def play(self) -> None:
        """All of it; the figures are the last line."""
        self._live(lambda: self.window.seed is not None)
        self._see_all()
        start = time.monotonic()
        self._play_until(start + min(WARM_UP, self.seconds / 2))
        before, first, own = self._memory(), self.hands.acts, _own_memory()
        for minute in range(2, int(self.minutes)):
            self._play_until(start + 60 * minute)
            whole, acts = self._memory() / 2**20, self.hands.acts
            print(f"{minute} minutes, {acts} acts: {whole:.1f} MB, {_own_memory():.1f} its own", flush=True)
        self._play_until(start + self.seconds)
        after = self._memory()
        print(f"{self.hands.acts} acts ({first} to warm up); {before / 2**20:.1f} MB then, {after / 2**20:.1f} MB now")
        print(f"{own:.1f} MB its own then (no file's pages), {_own_memory():.1f} MB now")
        print(f"slowest act {self.slowest:.2f} s; widgets {len(QApplication.allWidgets())}")
        self._end()
        print(json.dumps({
            "minutes": self.minutes, "exceptions": self.counts["exception"], "qt_warnings": self.counts["Qt warning"],
            "memory_growth_percent": round(100 * (after / before - 1), 2), "acts": self.hands.acts,
        }))  # fmt: skip

    # playing

    def _see_all(self) -> None:
        """Show each page in both colours, each dialog, and cards: what is made once, at first need, is no growth."""
        for looks in ("dark", "light"):
            self.window.remembered.change(looks=looks)
            for name in self.window.pages:
                self.window.show_page(name)
                self._live(lambda: False, SEEN)
        leaving = QTimer(interval=round(1000 * SEEN))  # some dialogs have a loop of their own
        leaving.timeout.connect(self.hands.leave)
        leaving.start()
        for act in self.window.acts.all():
            if act.words().endswith("…") and not act.why_not():
                act.trigger()
                self._live(lambda: QApplication.activeModalWidget() is None)
        leaving.stop()
        self.window.show_page("tree")
        self.window.tree.canvas.center_on(1, near=True)
        self._live(lambda: False, SEEN)
        self.window.tree.canvas.fit()

    def _play_until(self, end: float) -> None:
        self._end_of_play = end
        self._next.start()
        self._loop.exec()

    def _act(self) -> None:
        """One act, and the next is on its way: some dialogs have a loop of their own and come back only later."""
        if time.monotonic() < self._end_of_play or self._depth:
            self._next.start()
        else:
            self._loop.quit()
            return
        is_own_loop = self.hands.in_file_dialog() and time.monotonic() > self._began + OWN_LOOP
        if self._depth and not is_own_loop:
            if time.monotonic() > self._began + LONGEST_ACT:
                self.hands.leave()  # a scroll bar's menu has a loop of its own as well
            return  # an act is just being done
        if self._depth and time.monotonic() > self._end_of_play:
            self.hands.leave()
            return
        self._depth += 1
        began, acts = time.monotonic(), self.hands.acts
        self._began = began
        try:
            self.hands.act()
        finally:
            self._depth -= 1
        took = time.monotonic() - began
        if self.hands.acts == acts + 1:
            self.slowest = max(self.slowest, took)
        if self.hands.acts == acts + 1 and took > SLOW:
            self._find("slow act", f"{took:.2f} s", "")
        if self.window.isHidden():
            self._find("exception", "the window was closed by what was done", "")
            self.window.show()

    def _memory(self) -> int:
        """Bytes in use, at rest."""
        ended = time.monotonic() + REST
        while time.monotonic() < ended and not self._is_at_rest():
            self.hands.rest()
            self._live(self._is_at_rest, 1.0)
        self.hands.rest()
        self._live(lambda: False, 1.0)
        QApplication.clipboard().clear()
        gc.collect()
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL("libc.so.6").malloc_trim(0)
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def _is_at_rest(self) -> bool:
        is_over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        window = self.window
        there = window.project is not None and window.project.path == self.hands.project
        return there and not is_over and not window.desk.is_busy and window.page == "tree"

    def _live(self, is_so: object, limit: float = 60.0) -> None:
        ended = time.monotonic() + limit
        while not (callable(is_so) and is_so()) and time.monotonic() < ended:
            self.app.processEvents()
            self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            time.sleep(0.002)

    def _end(self) -> None:
        self.window.desk.abandon()
        self._live(lambda: not self.window.desk.is_busy)
        self.window.close()
        with open_project(self.hands.project) as store:
            said = store.rows("PRAGMA integrity_check")[0][0]
            if said != "ok":
                self._find("exception", "the project file is broken", str(said))

    # finding

    def _write(self, words: str) -> None:
        self.last.append(words)
        self._acts.write(words + "\n")

    def _find(self, kind: str, what: str, details: str) -> None:
        self.counts[kind] += 1
        self.kinds[f"{kind}: {what}"] += 1
        if self.kinds[f"{kind}: {what}"] == 1 and self.counts[kind] <= SHOWN:
            print(f"--- {kind}: {what}\n{details}\n" + "\n".join(f"    {act}" for act in self.last), flush=True)

    def _listen(self) -> None:
        """To whatever nobody caught, on any thread, and to what Qt warns of."""

        def hear(error: BaseException | None) -> None:
            if isinstance(error, PersonError):
                notices.warn(error)
            elif error is not None:
                ours = [one for one in traceback.extract_tb(error.__traceback__) if "seedbed_" in one.filename]
                last = ours[-1:]
                where = f" ({Path(last[0].filename).name}:{last[0].lineno})" if last else ""
                details = "".join(traceback.format_exception(error))
                self._find("exception", f"{type(error).__name__}: {error}{where}", details)

        def hear_qt(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
            if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and MEANS_NOTHING not in text:
                self._find("Qt warning", text, "")

        sys.excepthook = lambda kind, error, trace: hear(error)
        threading.excepthook = lambda said: hear(said.exc_value)
        sys.unraisablehook = lambda said: hear(said.exc_value)
        qInstallMessageHandler(hear_qt)


if __name__ == "__main__":
    main()
