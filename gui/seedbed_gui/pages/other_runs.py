"""Which runs of a project another process works on: one that a closed window left going, or a command's."""

from PySide6.QtCore import QObject

from seedbed_engine.events import Event, Started
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.rows import RunRow
from seedbed_gui.pages.open_project import Overview
from seedbed_gui.pages.run_desk import RunDesk


class OtherRuns(QObject):
    """Knows the processes of this window by what they said when they began: the rows may be a moment old."""

    def __init__(self, desk: RunDesk) -> None:
        super().__init__(desk)
        self._mine: set[int | None] = set()  # numbers of processes
        desk.heard.connect(self._heard)

    def first(self, overview: Overview) -> RunRow | None:
        """The newest run that another process works on now; None where there is none."""
        return next((run for run in overview.runs if self.is_other(run)), None)

    def is_other(self, run: RunRow) -> bool:
        """Whether a process that is not of this window works on a run now."""
        return run.lease_process not in self._mine and runs.is_alive(run)

    def _heard(self, event: Event) -> None:
        if isinstance(event, Started):
            self._mine.add(event.pid)
