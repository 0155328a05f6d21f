"""Where runs are started, followed and stopped: one process of this window at a time, further ones wait in line."""

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from seedbed_engine.errors import PersonError
from seedbed_engine.events import Event, Failed, Finished, Stopped
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.rows import RunRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import (
    BranchSettings,
    EvaluationSettings,
    ExperimentSettings,
    GrowthSettings,
    ImprovementSettings,
    TrainingSettings,
)
from seedbed_gui import notices
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.running.job_process import JobProcess, engine_command, stand_by_command, start_detached

GOES_ON = {"stopped", "failed"}
RESUMED = ("grow", "train", "leave-out")  # works that go on where they were stopped, from the window too
LEAVING_OUT = mark("Leaving branches out")
DEMO_SAMPLE, DEMO_TARGET = "creak", 60


@dataclass(frozen=True, slots=True)
class Wish:
    """A run that is wanted: its work, settings and seed, and how it is called in the status bar.

    `run` where one is to go on that is there already; `is_quiet` where nobody asked, so that its stop need not be said.
    """

    work: str
    settings: (
        GrowthSettings
        | TrainingSettings
        | ExperimentSettings
        | EvaluationSettings
        | ImprovementSettings
        | BranchSettings
    )
    seed: int
    said: str
    run: int | None = None
    is_quiet: bool = False

    @property
    def budget(self) -> float | None:
        """What may be spent."""
        settings = self.settings.growth if isinstance(self.settings, ImprovementSettings) else self.settings
        return settings.budget_usd if isinstance(settings, GrowthSettings) else None


def demo_wishes() -> tuple[Wish, Wish]:
    """What the demo does with its sample: grow, then train and judge."""
    grow = Wish("grow", GrowthSettings(target=DEMO_TARGET), 1, tr("Growing from the seed"))
    return grow, Wish("train", TrainingSettings(test_dataset=1), 1, tr("Training"))


def growing_words(settings: GrowthSettings) -> str:
    """What a growth does, in the status bar."""
    parents = settings.parents
    if len(parents) > 1:
        return tr("Growing from {many:,} examples", many=len(parents))
    return tr("Growing from #{parent}", parent=parents[0]) if parents else tr("Growing from the seed")


class RunDesk(QObject):
    """Begins runs, passes on what they say, and tells how they ended."""

    began = Signal(int, Wish)
    heard = Signal(Event)
    ended = Signal(int, Wish, Event)
    idle = Signal()  # nothing is going on any more, and nothing waits

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project: OpenProject | None = None
        self._waiting: deque[Wish] = deque()
        self._process: JobProcess | None = None
        self._wish: Wish | None = None
        self._grower: JobProcess | None = None  # keeps encoder and model loaded from one growth to the next
        self._is_starting = False

    def set_project(self, project: OpenProject | None) -> None:
        """Work for another project; nothing may be running."""
        self._project = project
        self._waiting.clear()

    @property
    def is_busy(self) -> bool:
        """Whether a run of this window is going on or about to."""
        return self._process is not None or self._is_starting

    @property
    def run(self) -> int | None:
        """The run that is going on."""
        return self._process.run if self._process else None

    def ask_for(self, *wishes: Wish) -> None:
        """Do these one after the other; a run that does not finish takes those behind it off the line."""
        self._waiting.extend(wishes)
        self._next()

    def go_on(self, run: int) -> None:
        """Go on with a growth or a training that was stopped or failed, with its own settings."""
        if self._project is None or self._project.is_read_only:
            return
        if self.is_busy:
            notices.say(tr("A run is going on here."), tr("Stop it, or wait until it ends, then go on with this one."))
            return
        self._is_starting = True
        self._project.read(lambda store: runs.read_run(store, run), self._start_again, self, self._give_up)

    def leave_out(self, run: int, seed: int) -> None:
        """Learn what the branches of a training gave, by retraining without each."""
        if not self.is_busy:
            self.ask_for(Wish("leave-out", BranchSettings(run), seed, tr(LEAVING_OUT)))
        else:
            notices.say(tr("A run is going on here."), tr("Stop it, or wait until it ends."))

    def _start_again(self, run: RunRow) -> None:
        if run.work not in RESUMED or run.state not in GOES_ON:
            self._is_starting = False
            return
        settings: GrowthSettings | TrainingSettings | BranchSettings
        if run.work == "train":
            settings, said = TrainingSettings.from_json(run.settings), tr("Training")
        elif run.work == "leave-out":
            settings, said = BranchSettings.from_json(run.settings), tr(LEAVING_OUT)
        else:
            settings = GrowthSettings.from_json(run.settings)
            said = growing_words(settings)
        self._start(run.id, Wish(run.work, settings, run.seed or 0, said))

    def _give_up(self, error: PersonError) -> None:
        self._is_starting = False
        notices.warn(error)

    def stop(self) -> None:
        """The first time: finish what is in flight. The second time: kill."""
        self._waiting.clear()
        if self._process is not None:
            self._process.stop()

    @property
    def can_pause(self) -> bool:
        """Whether what is going on can wait where it stands."""
        return self._process is not None and self._wish is not None and self._wish.work in ("train", "leave-out")

    def pause(self, waits: bool) -> None:
        """Have a training wait before its next step, or go on."""
        if self._process is not None and self.can_pause:
            self._process.pause(waits)

    @property
    def stops(self) -> int:
        """How often Stop was pressed."""
        return self._process.stops if self._process else 0

    def go_on_alone(self, run: int) -> None:
        """Let a run that was stopped here go on without this window."""
        if self._project is not None:
            start_detached(engine_command(str(self._project.path), run))

    def abandon(self) -> None:
        """The window closes now: kill what still runs; all it did is kept."""
        self._waiting.clear()
        for process in (self._process, self._grower):
            if process is not None:
                process.abandon()

    def _next(self) -> None:
        if self.is_busy or not self._waiting or self._project is None:
            return
        wish = self._waiting.popleft()
        if wish.run is not None:
            self._start(wish.run, wish)
            return
        self._is_starting = True
        self._project.add_run(wish.work, wish.settings.to_json(), wish.seed, lambda run: self._start(run, wish))

    def _start(self, run: int, wish: Wish) -> None:
        self._is_starting = False
        if self._project is None:
            return
        path = str(self._project.path)
        process = self._process = (
            self._grower_for(run) if wish.work == "grow" else self._made(run, engine_command(path, run))
        )
        self._wish = wish
        self.began.emit(run, wish)
        if process is self._grower:
            process.take(path, run)
        else:
            process.start()

    def _grower_for(self, run: int) -> JobProcess:
        """The process that stands by; a new one where it is gone."""
        if self._grower is None or not self._grower.can_take_more:
            if self._grower is not None:
                self._grower.deleteLater()
            self._grower = self._made(run, stand_by_command())
        return self._grower

    def _made(self, run: int, command: list[str]) -> JobProcess:
        process = JobProcess(run, command, self)
        process.heard.connect(self.heard)
        process.ended.connect(lambda end: self._ended(process, end))
        return process

    def _ended(self, process: JobProcess, end: Event) -> None:
        wish, self._process = self._wish, None
        if wish is None:
            return
        run = process.run
        if process is not self._grower:
            process.deleteLater()
        if not isinstance(end, Finished) and not wish.is_quiet:
            self._waiting.clear()
        if self._project is not None:
            self._project.act(lambda store: _end_row(store, run, end))
        self.ended.emit(run, wish, end)
        self._next()
        if not self.is_busy:
            self.idle.emit()


def _end_row(store: Store, run: int, end: Event) -> None:
    """A process that was killed could not end its row."""
    if runs.read_run(store, run).state not in runs.ENDED:
        error = end.what if isinstance(end, Failed) else None
        runs.end_run(store, run, "stopped" if isinstance(end, Stopped) else "failed", error=error)
