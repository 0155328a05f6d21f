"""Which files this process has open through SQLite: nobody may open and close one of them by hand.

Closing any handle of a file drops all locks that the process has on it (POSIX), SQLite's too: another process would
then take itself for the last one, and remove the log that this one still writes to.
"""

import contextlib
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_guard = threading.Lock()
_open: Counter[tuple[int, int]] = Counter()


def note_open(path: Path) -> tuple[int, int]:
    """Say that a file is about to be opened through SQLite; the key is what `note_closed` wants."""
    with _guard:
        key = _key(path)
        _open[key] += 1
        return key


def note_closed(key: tuple[int, int]) -> None:
    """Say that a connection noted before has been closed."""
    with _guard:
        _open[key] -= 1


@contextlib.contextmanager
def by_hand(path: Path) -> Iterator[bool]:
    """Whether a file may be opened and closed by hand; while this lasts, nobody opens it through a store."""
    with _guard:
        yield _open[_key(path)] == 0


def _key(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino
