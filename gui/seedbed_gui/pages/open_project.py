"""The open project as the window sees it: what is in it now, and a person's acts. Knows no widget."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from seedbed_engine.errors import PersonError, ProjectError
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import batches, datasets, history, lists, runs, seeds
from seedbed_engine.keeping.rows import BatchRow, DatasetRow, RunRow, SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_gui import notices
from seedbed_gui.language import mark, tr
from seedbed_gui.running.background import Background
from seedbed_gui.running.checking import Checking
from seedbed_gui.sayings import told

POLL_MS = 500

UNDONE, REDONE = mark("Undone: {what}."), mark("Redone: {what}.")


@dataclass(frozen=True, slots=True)
class Overview:
    """What the frame of the window shows of a project."""

    seeds: tuple[SeedRow, ...] = ()
    datasets: tuple[DatasetRow, ...] = ()
    runs: tuple[RunRow, ...] = ()
    waiting: tuple[BatchRow, ...] = ()
    undo: str | None = None
    redo: str | None = None


def read_overview(store: Store) -> Overview:
    """Read it all, off the window's thread."""
    undo, redo = history.next_steps(store)
    return Overview(
        tuple(seeds.read_seeds(store)),
        tuple(datasets.read_datasets(store)),
        tuple(runs.read_runs(store)),
        tuple(batches.read_open(store)),
        undo,
        redo,
    )


class OpenProject(QObject):
    """Reads and acts in the background; says when something changed, whoever changed it."""

    overview_changed = Signal(Overview)
    changed = Signal()  # somebody wrote to the file

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.background = Background(self)
        self.overview = Overview()
        self._is_reading = False
        self._is_stale = False
        self._version = store.data_version()
        self._checking = Checking(store.path, self)
        self._checking.found.connect(_say_leaks)
        self._checking.failed.connect(_say_unchecked)
        self._timer = QTimer(self, interval=POLL_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def path(self) -> Path:
        """The project file."""
        return self.store.path

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed."""
        return self.store.read_only

    def look(self) -> None:
        """See whether anybody wrote to the file since the last look."""
        try:
            version = self.store.data_version()
        except ProjectError as error:
            self._timer.stop()
            notices.warn(error)
            return
        if version != self._version:
            self._version = version
            self.refresh()
            self.changed.emit()

    def refresh(self) -> None:
        """Read the overview anew; several wishes at once become one."""
        if self._is_reading:
            self._is_stale = True
            return
        self._is_reading = True
        self.background.read(lambda: read_overview(self.store), self._take, self._give_up, owner=self)

    def close(self) -> None:
        """Stop looking, finish the acts, close the file."""
        self._timer.stop()
        self._checking.abandon()
        self.background.close()
        self.store.close()

    def read(
        self,
        work: Callable[[Store], Any],
        on_result: Callable[[Any], None],
        owner: QObject,
        on_error: Callable[[PersonError], None] = notices.warn,
    ) -> None:
        """Read something of the project in the background."""
        self.background.read(lambda: work(self.store), on_result, on_error, owner=owner)

    def act(
        self,
        work: Callable[[Store], Any],
        on_done: Callable[[Any], None] | None = None,
        on_error: Callable[[PersonError], None] = notices.warn,
    ) -> None:
        """Carry out an act in the background, then look at once."""

        def done(result: Any) -> None:
            if on_done is not None:
                on_done(result)
            self.look()

        self.background.act(lambda: work(self.store), done, on_error, owner=self)

    # a person's acts

    def set_state(
        self,
        examples: Sequence[int],
        state: State,
        said: str = "",
        on_done: Callable[[int], None] | None = None,
        on_error: Callable[[PersonError], None] = notices.warn,
    ) -> None:
        """Approve, reject or set back examples; `said` is what the log says of it, in other words than the usual."""
        self.act(lambda store: history.set_state(store, examples, state, said), on_done, on_error)

    def approve_flagged(
        self,
        examples: Sequence[int],
        state: State,
        said: str,
        on_done: Callable[[int], None],
        on_error: Callable[[PersonError], None],
    ) -> None:
        """Decide about examples that were marked to be looked at: their marks go with it, in one step."""
        self.act(lambda store: history.settle_flags(store, examples, said, state), on_done, on_error)

    def prune(self, examples: Sequence[int]) -> None:
        """Prune the branches of these examples."""

        def prune(store: Store) -> int:
            return history.set_state(store, lists.read_branches(store, examples), State.PRUNED)

        self.act(
            prune,
            lambda many: notices.say(
                tr("Pruned {n:,} examples.", "Pruned one example.", many), tr("Ctrl+Z brings them back.")
            ),
        )

    def edit(self, example: int, to: Example, on_done: Callable[[Any], None]) -> None:
        """Change the text of an example; it is looked at again, whether it is too near to another."""

        def done(result: Any) -> None:
            self._checking.check_example(example)
            on_done(result)

        self.act(lambda store: history.edit_example(store, example, to), done)

    def try_edit(self, example: int, to: Example, on_end: Callable[[PersonError | None], None], owner: QObject) -> None:
        """Change the text of an example; the error is an answer here: it belongs beside the fields."""

        def edit() -> PersonError | None:
            try:
                history.edit_example(self.store, example, to)
            except PersonError as error:
                return error
            return None

        def ended(error: PersonError | None) -> None:
            if error is None:
                self._checking.check_example(example)
            on_end(error)
            self.look()

        self.background.act(edit, ended, owner=owner)

    def check_dataset(self, name: str) -> None:
        """Flag the created examples that are too near to a data set that came in, and say how many there are."""
        if any(seed.kept for seed in self.overview.seeds):
            self._checking.check_dataset(name)

    def undo(self) -> None:
        """Take the last change back."""
        self.act(history.undo, lambda change: notices.say(_said(UNDONE, change, tr("Nothing to undo."))))

    def redo(self) -> None:
        """Do again what was undone."""
        self.act(history.redo, lambda change: notices.say(_said(REDONE, change, tr("Nothing to redo."))))

    def add_seed(self, example: Example, kind: Options, source: str | None, on_done: Callable[[int], None]) -> None:
        """Add a seed to the project."""
        self.act(lambda store: seeds.add_seed(store, example, kind, source), on_done)

    def add_run(self, work: str, settings: str, seed: int | None, on_done: Callable[[int], None]) -> None:
        """Write down long work that is wanted."""
        self.act(lambda store: runs.add_run(store, work, settings, seed), on_done)

    def want_stop(self, run: int) -> None:
        """Ask whoever works on a run to stop."""
        self.act(lambda store: runs.want_stop(store, run))

    def _take(self, overview: Overview) -> None:
        self._is_reading = False
        if overview != self.overview:
            self.overview = overview
            self.overview_changed.emit(overview)
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def _give_up(self, error: PersonError) -> None:
        self._is_reading = False
        notices.warn(error)


def _say_leaks(name: str, facts: dict[str, Any]) -> None:
    """How many created examples are too near to a data set; no word of what they are near to, it may be sealed."""
    many, total = sum(leak["example"] > 0 for leak in facts["leaks"]), int(facts["examples"])
    if not many:
        said = tr(
            "None of {n:,} examples is too near to “{name}”.",
            "None of one example is too near to “{name}”.",
            total,
            name=name,
        )
        return notices.say(said)
    if total == 1:
        said = tr("1 of one example is too near to “{name}”.", name=name)
    else:
        said = tr(
            "{n:,} of {total:,} examples are too near to “{name}”.",
            "{n:,} of {total:,} examples is too near to “{name}”.",
            many,
            total=total,
            name=name,
        )
    return notices.say(said, tr("Flagged; Ctrl+Z takes the flags off."))


def _say_unchecked(name: str, words: str) -> None:
    what = tr("The created examples could not be compared with “{name}”.", name=name)
    notices.warn(PersonError(what, f"{tr('seedbed check does it too.')} {told(words)}".strip()))


def _said(words: str, change: history.Change | None, nothing: str) -> str:
    return nothing if change is None else tr(words, what=told(change.said))
