"""`seedbed-studio [FILE]`: starts the window; what goes wrong beyond all plans is shown and written to a log."""

import argparse
import faulthandler
import logging
import logging.handlers
import os
import signal
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import seedbed_resources
from seedbed_engine.errors import PersonError
from seedbed_gui import language, notices, style
from seedbed_gui.language import tr
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.preferences import config_folder, read_preferences
from seedbed_gui.overrides import guard_overrides

LOG_BYTES = 1_000_000
SIGNALS_MS = 200  # how soon Ctrl+C in the terminal is seen

log = logging.getLogger("seedbed_gui")


def main(words: list[str] | None = None) -> int:
    """Open the studio; returns its exit status."""
    parser = argparse.ArgumentParser(prog="seedbed-studio", description="The studio of Seedbed.")
    parser.add_argument("file", nargs="?", type=Path, help="a project to open, or a data file to begin with")
    parser.add_argument(
        "--sample", help="without a file: the project worked on last, or this sample where there is none"
    )
    parser.add_argument("--language", choices=[*language.NAMES, language.PSEUDO], help="speak this one, this time")
    said = parser.parse_args(words)
    app = make_application(said.language)
    where = _start_log()
    _show_faults(where)
    window = MainWindow()
    window.show()
    last = _last_project() if said.sample is not None else None
    if said.file is not None:
        window.open_path(said.file.absolute())
    elif said.sample is not None and last is None:
        _welcome(window, said.sample)
    else:
        if last is not None:
            window.open_path(last)
        _offer_tour(window)
    _listen_to_signals(window)
    return app.exec()


def _last_project() -> Path | None:
    return next((Path(name) for name in read_preferences().recent if Path(name).is_file()), None)


def _welcome(window: MainWindow, sample: str) -> None:
    """Whoever was never here gets a sample, and is offered the demo and a look around."""
    acts = [(tr("Watch the demo"), window.watch_demo)]
    if not window.preferences.has_toured:
        window.remembered.change(has_toured=True)
        acts.append((tr("Take the tour"), window.take_tour))
    offer = notices.Notice(
        tr("This is a sample: one human claim, and a tree that was grown from it beforehand."),
        tr(
            "A larger model wrote it; nobody has verified its labels. The demo begins anew: it grows 60 examples, "
            "trains a small model on them and judges it, in some minutes. "
            "The creator in the box is a demonstrator: its examples look the part, its labels are noise."
        ),
        acts=tuple(acts),
    )
    window.open_sample(sample, lambda: notices.door.send(offer))


def _offer_tour(window: MainWindow) -> None:
    """Whoever is here for the first time may be shown around; it is offered once."""
    if not window.preferences.has_toured:
        window.remembered.change(has_toured=True)
        said = tr("Seven steps, a minute, on a sample project. Later it is found with Ctrl+K.")
        tour = (tr("Take the tour"), window.take_tour)
        notices.door.send(notices.Notice(tr("New here?"), said, acts=(tour,)))


def make_application(spoken: str | None = None) -> QApplication:
    """The application with its name, mark, looks and language: the one given here, else the one preferred."""
    guard_overrides()
    preferences = read_preferences()
    if preferences.scale != 100:
        os.environ.setdefault("QT_SCALE_FACTOR", f"{preferences.scale / 100:.2f}")
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Seedbed")
    app.setDesktopFileName("seedbed")
    app.setWindowIcon(QIcon(str(seedbed_resources.path("icons", "seedbed.svg"))))
    language.begin(spoken or preferences.language)
    style.choose(preferences.looks)
    style.apply(app)
    style.follow_system(app)
    return app


def _start_log() -> Path:
    where = config_folder() / "studio.log"
    try:
        where.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(where, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8")
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        logging.getLogger().addHandler(handler)
        faulthandler.enable()
    except OSError:
        logging.getLogger().addHandler(logging.StreamHandler())
    return where


def _show_faults(where: Path) -> None:
    """Whatever nobody caught, on any thread: a sentence for the person, the details into the log."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
        elif isinstance(error, PersonError):
            notices.warn(error)
        else:
            details = "".join(traceback.format_exception(kind, error, trace))
            log.error("%s", details)
            notices.report_fault(details, str(where))

    sys.excepthook = show
    threading.excepthook = lambda said: show(said.exc_type, said.exc_value or said.exc_type(), said.exc_traceback)


def _listen_to_signals(window: MainWindow) -> None:
    """Ctrl+C and SIGTERM close the window; Python sees them only when it runs, so a timer wakes it."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: window.close())
    awake = QTimer(window, interval=SIGNALS_MS)
    awake.timeout.connect(lambda: None)
    awake.start()
