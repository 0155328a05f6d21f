"""Setting up the model in the box: the engine's own word in a process, its sentences as a signal."""

import sys

from PySide6.QtCore import QObject, QProcess, Signal

KEPT = 2000  # characters of what it said last


class SetUp(QObject):
    """Runs `seedbed setup-model`; `said` for each sentence, `ended` once with whether it worked and its last words."""

    said = Signal(str)
    ended = Signal(bool, str)

    def __init__(self, parent: QObject | None = None, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._command = command or [sys.executable, "-u", "-m", "seedbed_engine", "setup-model"]
        self._words = ""
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
        self._process.readyRead.connect(self._read)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._went_wrong)

    def start(self) -> None:
        """Begin; what an earlier one fetched is used."""
        self._process.start(self._command[0], self._command[1:])

    def abandon(self) -> None:
        """Kill it: a later one goes on where it was."""
        self._process.finished.disconnect(self._finished)
        self._process.kill()
        self._process.waitForFinished(3000)

    def _read(self) -> None:
        new = bytes(self._process.readAll().data()).decode("utf-8", errors="replace")
        self._words = (self._words + new)[-KEPT:]
        lines = [line for line in self._words.split("\n") if line.strip()]
        if lines:
            self.said.emit(lines[-1].strip())

    def _finished(self, code: int, status: QProcess.ExitStatus) -> None:
        self._read()
        has_worked = code == 0 and status == QProcess.ExitStatus.NormalExit
        self.ended.emit(has_worked, " ".join(self._words.split())[-300:])

    def _went_wrong(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.ended.emit(False, self._process.errorString())
