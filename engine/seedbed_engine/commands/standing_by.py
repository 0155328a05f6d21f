"""The hidden word that works on one run after the other, with its encoder and model kept loaded in between."""

import json
import queue
import sys
import threading
from pathlib import Path
from typing import TextIO

import click

from seedbed_engine import events, jobs
from seedbed_engine.errors import PersonError

IDLE_SECONDS = 900.0  # without a run, after which the memory is given back


@click.command("stand-by", hidden=True)
@click.option("--idle-seconds", default=IDLE_SECONDS)
def stand_by(idle_seconds: float) -> None:
    """Work on the runs named on standard input, one after the other: a line {"project": PATH, "run": NUMBER} each.

    The line "stop" drains the run that was named last. It ends where standard input does, and after a while without
    a run; a run that is going on is finished first.
    """
    from seedbed_engine.creating.creators.making import keep_models

    output = sys.stdout
    sys.stdout = sys.stderr  # what libraries print must not mix with the events
    lock = threading.Lock()

    def tell(event: events.Event) -> None:
        with lock:
            output.write(events.to_line(event) + "\n")
            output.flush()

    wanted: queue.SimpleQueue[tuple[Path, int, threading.Event] | None] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin, wanted), name="standard input", daemon=True).start()
    with keep_models() as kept:
        while (found := _next(wanted, idle_seconds)) is not None:
            project, run, stop = found
            try:
                state = jobs.work_on(project, run, tell, stop)
            except PersonError as error:
                state = "failed"
                tell(events.Failed(run, error.what, error.mend))
            if state == "failed":
                kept.free()  # whatever it was, the next run begins with a model that was just started


def _next(
    wanted: "queue.SimpleQueue[tuple[Path, int, threading.Event] | None]", seconds: float
) -> tuple[Path, int, threading.Event] | None:
    try:
        return wanted.get(timeout=seconds)
    except queue.Empty:
        return None


def _listen(source: TextIO, wanted: "queue.SimpleQueue[tuple[Path, int, threading.Event] | None]") -> None:
    """A stop that comes late finds its own run, not the next one: lines are read in the order of writing."""
    stop = threading.Event()
    for line in source:
        if line.strip() == "stop":
            stop.set()
            continue
        try:
            found = json.loads(line)
            project, run = Path(found["project"]), int(found["run"])
        except (ValueError, TypeError, KeyError):
            continue
        stop = threading.Event()
        wanted.put((project, run, stop))
    wanted.put(None)
