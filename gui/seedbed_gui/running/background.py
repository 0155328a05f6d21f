"""Short reads and a person's acts off the window's thread; what comes of them arrives on it, result or error."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from seedbed_engine.errors import PersonError, ProjectError
from seedbed_gui import notices
from seedbed_gui.language import tr

T = TypeVar("T")


class _Answer(QObject):
    """Carries one future's end to the thread it was made on."""

    ready = Signal()

    def __init__(
        self,
        owner: QObject,
        on_result: Callable[[Any], None],
        on_error: Callable[[PersonError], None],
        is_wanted: Callable[[], bool],
    ) -> None:
        super().__init__()
        self._owner, self._on_result, self._on_error, self._is_wanted = owner, on_result, on_error, is_wanted
        self.future: Future[Any] | None = None
        self.ready.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def _deliver(self) -> None:
        future = self.future
        _unanswered.discard(self)
        if future is None or future.cancelled() or not isValid(self._owner) or not self._is_wanted():
            return
        error = future.exception()
        if isinstance(error, PersonError):
            self._on_error(error)
        elif error is not None:
            raise error
        else:
            self._on_result(future.result())


_unanswered: set[_Answer] = set()  # keeps an answer alive until it is delivered


class Background(QObject):
    """Threads for one window: `read` answers in any order, `act` carries out one act after the other."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._readers = ThreadPoolExecutor(2, "reader")
        self._actor = ThreadPoolExecutor(1, "actor")
        self._is_closed = False

    def read(
        self,
        work: Callable[[], T],
        on_result: Callable[[T], None],
        on_error: Callable[[PersonError], None] = notices.warn,
        owner: QObject | None = None,
    ) -> None:
        """Do short reading work; its result or error comes to this thread, unless `owner` is gone by then.

        Nothing is read any more once this is closed: the last act's answer may still ask for it. What was read before
        that and is still on its way is of a project that is not shown any more: it is forgotten.
        """
        if not self._is_closed:
            self._start(self._readers, work, on_result, on_error, owner or self, lambda: not self._is_closed)

    def act(
        self,
        work: Callable[[], T],
        on_result: Callable[[T], None],
        on_error: Callable[[PersonError], None] = notices.warn,
        owner: QObject | None = None,
    ) -> None:
        """Carry out a person's act, after those asked for before it; a closed one can carry out nothing."""
        if self._is_closed:
            what = tr("The project was closed meanwhile: nothing was done.")
            on_error(ProjectError(what, tr("Open it and do it again.")))
            return
        self._start(self._actor, work, on_result, on_error, owner or self)

    def close(self) -> None:
        """Finish the acts, forget the reads."""
        self._is_closed = True
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._actor.shutdown(wait=True)

    def _start(
        self,
        threads: ThreadPoolExecutor,
        work: Callable[[], T],
        on_result: Callable[[T], None],
        on_error: Callable[[PersonError], None],
        owner: QObject,
        is_wanted: Callable[[], bool] = lambda: True,
    ) -> None:
        answer = _Answer(owner, on_result, on_error, is_wanted)
        _unanswered.add(answer)
        answer.future = threads.submit(work)
        answer.future.add_done_callback(lambda _: answer.ready.emit())
