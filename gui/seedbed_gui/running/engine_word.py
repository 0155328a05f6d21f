"""One word of the engine in a process: what it answers as JSON comes as a signal."""

import json
import sys
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from seedbed_gui.language import tr

KEPT = 1000  # characters of what went wrong


class EngineWord(QObject):
    """Runs `seedbed WORD ...`; `ended` once, with what was found ({}: nothing) or with a sentence instead."""

    ended = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._went_wrong)

    @property
    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def run(self, words: Sequence[str], told: str = "") -> None:
        """Begin; the words ask for JSON. `told` goes in by the standard input: no other process can read it."""
        self._process.start(sys.executable, ["-m", "seedbed_engine", *words])
        if told:
            self._process.write(f"{told}\n".encode())
        self._process.closeWriteChannel()

    def abandon(self) -> None:
        """Kill it."""
        if self.is_running:
            self._process.finished.disconnect(self._finished)
            self._process.kill()
            self._process.waitForFinished(3000)

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        found = _read(bytes(self._process.readAllStandardOutput().data()))
        said = bytes(self._process.readAllStandardError().data()).decode("utf-8", errors="replace")
        self.ended.emit(found, "" if found else " ".join(said.split())[-KEPT:] or tr("It ended without a word."))

    def _went_wrong(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.ended.emit({}, self._process.errorString())


def _read(output: bytes) -> dict[str, Any]:
    try:
        found = json.loads(output)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
