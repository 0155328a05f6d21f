"""The one door to the person: sentences for them, kept until a window listens."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from seedbed_engine.errors import PersonError
from seedbed_gui.language import tr
from seedbed_gui.sayings import told

KEPT_UNHEARD = 50


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened and, where it is a problem, what to do about it; `details` are for a report of a fault of ours.

    `acts` are its buttons: their names, and what each does.
    """

    what: str
    mend: str = ""
    is_problem: bool = False
    details: str = ""
    acts: tuple[tuple[str, Callable[[], object]], ...] = ()


class Notices(QObject):
    """Carries notices to whichever window listens; what comes before that waits."""

    came = Signal(Notice)

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Notice] = []
        self._is_heard = False

    def send(self, notice: Notice) -> None:
        """Show a notice now, or as soon as a window listens."""
        if self._is_heard:
            self.came.emit(notice)
        else:
            self._waiting = [*self._waiting, notice][-KEPT_UNHEARD:]

    def listen(self) -> list[Notice]:
        """From now on `came` is heard; what waited is returned, to be shown first."""
        self._is_heard = True
        waiting, self._waiting = self._waiting, []
        return waiting

    def leave(self) -> None:
        """The window that listened is closing."""
        self._is_heard = False


door = Notices()


def say(what: str, mend: str = "") -> None:
    """Tell the person something that went well or is worth knowing."""
    door.send(Notice(what, mend))


def warn(error: PersonError) -> None:
    """Tell the person about a problem in the words it came with."""
    door.send(Notice(told(error.what), told(error.mend), is_problem=True))


def report_fault(details: str, log: str) -> None:
    """Tell the person that something went wrong on our side, with what to send us."""
    mend = tr("Your project is saved. The details are in {log}.", log=log)
    door.send(Notice(tr("Something went wrong in the studio."), mend, is_problem=True, details=details))
