"""A training that waits: asked before each step whether it is to stop, the answer is held back while it is paused."""

import threading
from collections.abc import Callable

LOOK_SECONDS = 0.2


class Reins:
    """Called before each step: whether the training is to stop. While it is paused the call waits; a stop ends that.

    Nothing is given back meanwhile: the process keeps its memory, and its lease on the run.
    """

    def __init__(self, stop: threading.Event, pause: threading.Event, tell: Callable[[bool], None]) -> None:
        self._stop, self._pause, self._tell = stop, pause, tell

    def __call__(self) -> bool:
        """Whether to stop, asked anew each time."""
        if self._pause.is_set() and not self._stop.is_set():
            self._tell(True)
            while self._pause.is_set() and not self._stop.wait(LOOK_SECONDS):
                pass
            if not self._stop.is_set():
                self._tell(False)
        return self._stop.is_set()
