"""Long work by its number: takes the lease of a run, works on it, says what happens, and always ends its row."""

import contextlib
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from seedbed_engine import events
from seedbed_engine.errors import BugError, PersonError
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.heartbeats import heartbeat
from seedbed_engine.keeping.project import open_project
from seedbed_engine.keeping.rows import RunRow
from seedbed_engine.keeping.store import Store

log = logging.getLogger(__name__)
Tell = Callable[[events.Event], None]


@dataclass(frozen=True)
class Ended:
    """How a piece of work ended: state, a sentence, and its result as JSON."""

    state: str
    summary: str
    result: str | None = None


def work_on(
    path: Path, run: int, tell: Tell, stop: threading.Event | None = None, pause: threading.Event | None = None
) -> str:
    """Work on a run until it ends; its state ('finished', 'stopped' or 'failed') is returned, and said as an event.

    Setting `stop` (or the row's stop flag) drains what is in flight and ends the run as 'stopped'. While `pause` is set
    a training waits before its next step; other work takes no notice of it. A PersonError before the run is taken is
    raised; after that it ends the run as 'failed'.
    """
    stop = stop or threading.Event()
    tell = _never_failing(tell)
    store = open_project(path)
    try:
        row = _read_run(store, run)
        runs.take_lease(store, run)
        tell(events.Started(run, row.work, os.getpid()))
        with heartbeat(store, run, stop):
            ended = _carried_out(store, run, row.work, tell, stop, pause)
        error = ended.summary if ended.state == "failed" else None
        runs.end_run(store, run, ended.state, result=ended.result, error=error)
        _say_end(tell, run, ended)
        return ended.state
    finally:
        store.close()


def _read_run(store: Store, run: int) -> RunRow:
    try:
        return runs.read_run(store, run)
    except LookupError:
        raise PersonError(f"There is no run {run}.", "seedbed show PROJECT lists them.") from None


def _never_failing(tell: Tell) -> Tell:
    """Events are a view only: the work goes on where nobody reads them any more."""

    def tell_if_heard(event: events.Event) -> None:
        with contextlib.suppress(OSError):
            tell(event)

    return tell_if_heard


def _carried_out(
    store: Store, run: int, work: str, tell: Tell, stop: threading.Event, pause: threading.Event | None
) -> Ended:
    try:
        if work == "grow":
            from seedbed_engine.creating.growth import grow

            return Ended(*grow(store, run, tell, stop))
        if work in ("regenerate", "reanswer", "rewrite"):
            from seedbed_engine.creating.mending import mend

            return Ended(*mend(store, run, tell, stop))
        if work == "train":
            from seedbed_engine.learning.trial import train_and_judge

            return Ended(*train_and_judge(store, run, tell, stop, pause))
        if work == "evaluate":
            from seedbed_engine.learning.matrix import run_evaluation

            return Ended(*run_evaluation(store, run, tell, stop))
        if work == "leave-out":
            from seedbed_engine.learning.branch_trial import weigh_branches

            return Ended(*weigh_branches(store, run, tell, stop, pause or threading.Event()))
        if work == "experiment":
            from seedbed_engine.experiments.grid import run_experiment

            return Ended(*run_experiment(store, run, tell, stop))
        if work == "improve":
            from seedbed_engine.experiments.improving import improve

            return Ended(*improve(store, run, tell, stop))
        raise BugError(f"no work called {work}")
    except PersonError as error:
        return Ended("failed", str(error))
    except Exception as error:  # noqa: BLE001  the edge of the job: whatever happens, the row must end
        log.exception("run %s failed", run)
        return Ended("failed", f"Something went wrong in the engine ({type(error).__name__}: {error}).")


def _say_end(tell: Tell, run: int, ended: Ended) -> None:
    if ended.state == "finished":
        tell(events.Finished(run, ended.summary))
    elif ended.state == "stopped":
        tell(events.Stopped(run, ended.summary))
    else:
        tell(events.Failed(run, ended.summary, ""))
