"""Checking what is too near to what: the engine's own word in a process, one after the other."""

import json
import shutil
import sys
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

SETTLE_MS = 4000  # after an edit: further ones are looked at together with it


class Checking(QObject):
    """Has created examples compared with human data and with each other; too near ones are flagged in the file.

    `found` tells what the check of a data set said (its name, the facts), `failed` that one could not be made.
    """

    found = Signal(str, dict)
    failed = Signal(str, str)

    def __init__(self, path: Path, parent: QObject | None = None, command: Sequence[str] | None = None) -> None:
        super().__init__(parent)
        gently = ["nice", "-n", "5"] if shutil.which("nice") else []
        self._command = list(command or [*gently, sys.executable, "-m", "seedbed_engine", "check", str(path)])
        self._edited: dict[int, None] = {}
        self._waiting: deque[tuple[str, list[str]]] = deque()
        self._dataset = ""
        self._is_working = False
        self._process = QProcess(self)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._went_wrong)
        self._settled = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settled.timeout.connect(self._check_edited)

    def check_dataset(self, name: str) -> None:
        """Flag, as an act of its own, what is too near to a data set that came in."""
        self._waiting.append((name, [f"--dataset={name}"]))
        self._next()

    def check_example(self, example: int) -> None:
        """Look at an example that was edited, soon, together with others."""
        self._edited[example] = None
        self._settled.start()

    def abandon(self) -> None:
        """Forget what waits and kill what is at work: it changes the file in one step or not at all."""
        self._settled.stop()
        self._waiting.clear()
        self._is_working = True
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(3000)

    def _check_edited(self) -> None:
        self._waiting.append(("", ["--quietly", *(f"--example={example}" for example in self._edited)]))
        self._edited.clear()
        self._next()

    def _next(self) -> None:
        if self._waiting and not self._is_working:
            self._is_working = True
            self._dataset, options = self._waiting.popleft()
            self._process.start(self._command[0], [*self._command[1:], "--flag", "--json", *options])

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        facts = _facts(bytes(self._process.readAllStandardOutput().data()))
        words = bytes(self._process.readAllStandardError().data()).decode("utf-8", errors="replace").split("\n")
        if facts is None or code != 0 or status != QProcess.ExitStatus.NormalExit:
            self._end(" ".join(words).strip()[-300:])
        else:
            dataset, self._is_working = self._dataset, False
            if dataset:
                self.found.emit(dataset, facts)
            self._next()

    def _went_wrong(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end(self._process.errorString())

    def _end(self, words: str) -> None:
        dataset, self._is_working = self._dataset, False
        if dataset:
            self.failed.emit(dataset, words)
        self._next()


def _facts(output: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(output)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
