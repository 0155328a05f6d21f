import logging
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedbed_gui import app, notices

HEAVY = ("torch", "transformers", "sentence_transformers", "openai", "sklearn", "scipy", "networkx", "openpyxl")


@pytest.fixture
def hooks() -> Iterator[None]:
    """What the program hangs up for the whole process is taken down again."""
    before, threads, handlers = sys.excepthook, threading.excepthook, list(logging.getLogger().handlers)
    yield
    sys.excepthook, threading.excepthook = before, threads
    for handler in logging.getLogger().handlers[:]:
        if handler not in handlers:
            logging.getLogger().removeHandler(handler)
            handler.close()


def test_a_fault_nobody_caught_is_shown_and_written_to_the_log(hooks: None, home: Path) -> None:
    app._show_faults(app._start_log())
    try:
        raise RuntimeError("the reason")
    except RuntimeError as error:
        sys.excepthook(RuntimeError, error, error.__traceback__)
    shown = notices.door.listen()
    notices.door.leave()
    assert shown[-1].what == "Something went wrong in the studio."
    assert "the reason" in shown[-1].details
    assert "the reason" in (home / "studio.log").read_text()


def test_the_window_loads_nothing_that_belongs_into_a_job() -> None:
    code = f"import sys, seedbed_gui.app; print([name for name in {HEAVY} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_the_program_opens_the_file_it_is_given_and_closes_when_asked(project_file: Path, home: Path) -> None:
    """The real program in a process of its own; SIGTERM is how a desktop asks."""
    command = [sys.executable, "-m", "seedbed_gui", str(project_file)]
    studio = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 30
        while not (home / "studio.json").is_file() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.3)
        studio.send_signal(signal.SIGTERM)
        _, said = studio.communicate(timeout=30)
    finally:
        studio.kill()
        studio.wait()
    assert studio.returncode == 0, said
    assert str(project_file) in (home / "studio.json").read_text()
    assert not list(project_file.parent.glob("small.seedbed-*"))
