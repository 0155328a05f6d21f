"""Heartbeats: the lease of a run renewed, and its stop flag watched, while somebody works on it."""

import contextlib
import logging
import threading
import time
from collections.abc import Iterator

from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.store import Store

log = logging.getLogger(__name__)
BEAT_SECONDS = 2.0
LOOK_SECONDS = 0.5


@contextlib.contextmanager
def heartbeat(store: Store, run: int, stop: threading.Event) -> Iterator[None]:
    """Renew the lease and watch the stop flag from a thread of its own, however busy the work is.

    Where the lease is lost to another process the work drains; where the file is only locked for a while it goes on.
    """
    ended = threading.Event()

    def look(is_beat: bool) -> None:
        try:
            if runs.is_stop_wanted(store, run):
                stop.set()
            if is_beat:
                runs.beat(store, run)
        except PersonError as error:
            log.warning("heartbeat of run %s: %s", run, error)
            with contextlib.suppress(PersonError):
                if not runs.is_mine(store, run):
                    stop.set()

    def beat() -> None:
        last = time.monotonic()
        while not ended.wait(LOOK_SECONDS):
            is_beat = time.monotonic() - last > BEAT_SECONDS
            last = time.monotonic() if is_beat else last
            look(is_beat)

    thread = threading.Thread(target=beat, name=f"heartbeat of run {run}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
