"""Runs in processes of the engine: their events as signals, and exactly one end each."""

import json
import shutil
import sys
from collections import deque
from time import perf_counter

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from seedbed_engine.events import Event, Failed, Finished, Stopped, from_line
from seedbed_gui.language import stored

LONGEST_LINE = 1 << 20  # bytes; a longer line is no event
BUDGET_SECONDS = 0.004  # of the window's thread, then the rest waits
KEPT_STDERR = 4000  # bytes

ENDS = (Finished, Stopped, Failed)


class JobProcess(QObject):
    """Runs a command that writes events as JSON lines; `heard` for each, `ended` once, when the process is gone.

    One that stands by takes further runs: there a run's own last event is its end, and the process goes on.
    """

    heard = Signal(Event)
    ended = Signal(Event)

    def __init__(self, run: int, command: list[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = run
        self.stops = 0
        self._command = command
        self._stands_by = False
        self._rest = b""
        self._skipping = False
        self._lines: deque[bytes] = deque()
        self._stderr = b""
        self._end: Event | None = None
        self._is_gone = False
        self.is_running = True  # until `ended` was sent
        self._process = QProcess(self)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_stderr)
        self._process.finished.connect(self._gone)
        self._process.errorOccurred.connect(self._went_wrong)
        self._drain = QTimer(self, interval=16, singleShot=True)
        self._drain.timeout.connect(self._hear_some)

    def start(self) -> None:
        """Start the process; a command that cannot be started ends as Failed."""
        self._process.start(self._command[0], self._command[1:])

    @property
    def can_take_more(self) -> bool:
        """Whether it stands by with nothing to do."""
        is_up = self._process.state() == QProcess.ProcessState.Running
        return self._stands_by and is_up and not self.is_running and not self._is_gone

    def take(self, project: str, run: int) -> None:
        """Have a process that stands by work on a run; it is started where it is not up yet."""
        self.run, self.stops, self.is_running, self._end = run, 0, True, None
        self._stands_by, self._stderr = True, b""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            self.start()
        self._process.write(json.dumps({"project": project, "run": run}).encode() + b"\n")

    def stop(self) -> None:
        """The first time: ask it to finish what is in flight. The second time: kill it."""
        self.stops += 1
        if self.stops == 1:
            self._process.write(b"stop\n")
        else:
            self._process.kill()

    def pause(self, waits: bool) -> None:
        """Have it wait before its next step, or go on."""
        self._process.write(b"pause\n" if waits else b"go on\n")

    def abandon(self) -> None:
        """Kill it and wait: for a window that closes."""
        self.stops = max(self.stops, 1)
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(3000)

    def _read(self) -> None:
        data = self._rest + bytes(self._process.readAllStandardOutput().data())
        *lines, self._rest = data.split(b"\n")
        if lines and self._skipping:
            lines, self._skipping = lines[1:], False
        if len(self._rest) > LONGEST_LINE:
            self._rest, self._skipping = b"", True
        self._lines.extend(line for line in lines if line.startswith(b"{") and len(line) <= LONGEST_LINE)
        if self._lines and not self._drain.isActive():
            self._drain.start(0)

    def _hear_some(self) -> None:
        deadline = perf_counter() + BUDGET_SECONDS
        while self._lines and perf_counter() < deadline:
            self._hear(self._lines.popleft())
        if self._lines:
            self._drain.start()
        elif self._is_gone:
            self._finish()

    def _hear(self, line: bytes) -> None:
        event = from_line(line.decode("utf-8", errors="replace"))
        if event is None or event.run != self.run:
            return
        if isinstance(event, ENDS):
            self._end = self._end or event
            if self._stands_by:
                self._finish()
        else:
            self.heard.emit(event)

    def _read_stderr(self) -> None:
        self._stderr = (self._stderr + bytes(self._process.readAllStandardError().data()))[-KEPT_STDERR:]

    def _went_wrong(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._end = Failed(self.run, stored("The run could not be started."), self._process.errorString())
            self._gone()

    def _gone(self) -> None:
        if self._is_gone:
            return
        self._is_gone = True
        self._read_stderr()
        self._read()
        if self._rest.strip():
            self._lines.append(self._rest)
        self._drain.start(0)

    def _finish(self) -> None:
        if self.is_running:
            self.is_running = False
            self.ended.emit(self._end or self._end_in_words())

    def _end_in_words(self) -> Event:
        if self.stops:
            return Stopped(self.run, stored("Stopped. What was made is kept."))
        last = self._stderr.decode("utf-8", errors="replace").strip().splitlines()
        code = self._process.exitCode()
        said = stored("Its last words: {last}", last=last[-1][:200]) if last else ""
        return Failed(
            self.run,
            stored("The run ended without a word (exit status {code}).", code=code),
            f"{stored('Start it again.')} {said}".strip(),
        )


def engine_command(project: str, run: int) -> list[str]:
    """The command that works on a run of a project, giving way to the window where the system can say so."""
    gently = ["nice", "-n", "5"] if shutil.which("nice") else []
    return [*gently, sys.executable, "-u", "-m", "seedbed_engine", "run", project, str(run)]


def stand_by_command() -> list[str]:
    """The command of a process that works on one run after the other."""
    gently = ["nice", "-n", "5"] if shutil.which("nice") else []
    return [*gently, sys.executable, "-u", "-m", "seedbed_engine", "stand-by"]


def start_detached(command: list[str]) -> bool:
    """Start a process that outlives this one; what it says goes nowhere, its row tells all."""
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(command[1:])
    for set_file in (process.setStandardOutputFile, process.setStandardErrorFile, process.setStandardInputFile):
        set_file(QProcess.nullDevice())
    started = process.startDetached()
    return bool(started[0] if isinstance(started, tuple) else started)
