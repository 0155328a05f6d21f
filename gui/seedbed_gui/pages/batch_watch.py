"""Looks after the batches that runs of the open project wait for: when it is opened, now and then, and when told to."""

from PySide6.QtCore import QObject, QTimer

from seedbed_engine.events import Event, Failed
from seedbed_engine.keeping import batches, runs
from seedbed_engine.keeping.rows import RunRow
from seedbed_engine.settings import GrowthSettings
from seedbed_gui.language import tr
from seedbed_gui.pages.open_project import OpenProject, Overview
from seedbed_gui.pages.run_desk import RunDesk, Wish

LOOK_MS = 10 * 60 * 1000


class BatchWatch(QObject):
    """Has the desk go on with runs that wait for a batch; one whose batch is not there yet ends at once, unsaid."""

    def __init__(self, desk: RunDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._project: OpenProject | None = None
        self._waiting: tuple[RunRow, ...] = ()
        self._has_looked = False
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        desk.ended.connect(self._ended)

    def set_project(self, project: OpenProject | None) -> None:
        """Look after another project."""
        self._project, self._waiting, self._has_looked = project, (), False
        self._timer.stop()

    def show_overview(self, overview: Overview) -> None:
        """What the project has now; what waits when it is opened is looked for at once."""
        waiting = {batch.run for batch in overview.waiting}
        self._waiting = tuple(run for run in overview.runs if run.id in waiting and not runs.is_alive(run))
        if self._waiting and not self._has_looked:
            self._has_looked = True
            self._timer.start()
            self.look()

    def look(self) -> None:
        """See whether any batch is there, unless something else is going on."""
        if self._project is not None and not self._project.is_read_only and not self._desk.is_busy:
            self._desk.ask_for(*(_wish(run, is_quiet=True) for run in self._waiting))

    def fetch(self, number: int) -> None:
        """The person wants to know now."""
        run = next((run for run in self._waiting if run.id == number), None)
        if run is not None and not self._desk.is_busy:
            self._desk.ask_for(_wish(run))

    def cancel(self, number: int) -> None:
        """The person does not want to wait any more."""
        if self._project is not None:
            self._project.act(lambda store: batches.want_cancel(store, number), lambda _: self.fetch(number))

    def _ended(self, run: int, wish: Wish, end: Event) -> None:
        if wish.is_quiet and isinstance(end, Failed):  # it was said once
            self._timer.stop()


def _wish(run: RunRow, *, is_quiet: bool = False) -> Wish:
    settings = GrowthSettings.from_json(run.settings)
    return Wish("grow", settings, run.seed or 0, tr("Fetching a batch"), run=run.id, is_quiet=is_quiet)
