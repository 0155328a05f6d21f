"""What SQLite complains about, in a person's words; what is our own mistake stays a bug."""

import contextlib
import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from seedbed_engine.errors import BugError, ProjectError, SeedbedError

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_PROTOCOL}
_CLOSED = {sqlite3.SQLITE_INTERRUPT, sqlite3.SQLITE_MISUSE}
_OF_THE_FILE = {
    *_DAMAGED,
    *_BUSY,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_INTERRUPT,
}
_READING = {
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
    sqlite3.SQLITE_IOERR_CORRUPTFS,
}
_WORDS = {
    errno.EACCES: "you have no permission",
    errno.EPERM: "you have no permission",
    errno.EROFS: "the disk is read-only",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOENT: "it is not there",
    errno.ENOTDIR: "a part of its path is not a folder",
    errno.EISDIR: "it is a folder",
}


def is_of_the_file(error: BaseException) -> bool:
    """Whether an error is about the disk or the file, so that nothing of its transaction can be trusted."""
    return isinstance(error, sqlite3.Error) and _code(error) & 0xFF in _OF_THE_FILE


def is_locked(error: BaseException) -> bool:
    """Whether an error says that another program keeps the file locked, so that trying again may help."""
    cause = error.__cause__
    return isinstance(cause, sqlite3.Error) and _code(cause) & 0xFF in _BUSY


def is_no_database(error: BaseException) -> bool:
    """Whether an error says that the file was not written by SQLite."""
    cause = error.__cause__
    return isinstance(cause, sqlite3.Error) and _code(cause) & 0xFF == sqlite3.SQLITE_NOTADB


def is_damaged(error: BaseException) -> bool:
    """Whether an error says that what is in a file does not fit together."""
    cause = error.__cause__
    return isinstance(cause, sqlite3.Error) and _code(cause) & 0xFF in _DAMAGED


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn errors of SQLite about the file at `path` into sentences for the person, and all others into bugs."""
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(path, error) from error


def in_words(path: Path, error: sqlite3.Error) -> SeedbedError:
    """The error that a person can act on; a BugError where it is a mistake of ours."""
    code = _code(error)
    if code & 0xFF in _DAMAGED or code in _READING:
        return ProjectError(f"{path.name} is damaged ({error}).", "Open a copy, or salvage it with sqlite3's .recover.")
    if code & 0xFF == sqlite3.SQLITE_FULL:
        return ProjectError(f"The disk that holds {path.name} is full.", "Make room; nothing that was saved is lost.")
    if code & 0xFF == sqlite3.SQLITE_IOERR:
        return ProjectError(
            f"The disk that holds {path.name} did not take what was to be saved ({error}).",
            "Make room or look after the disk; nothing that was saved before is lost.",
        )
    if code & 0xFF in _BUSY:
        return ProjectError(f"Another program keeps {path.name} locked.", "Close it there, then try again.")
    if code & 0xFF == sqlite3.SQLITE_READONLY:
        return ProjectError(f"{path.name} cannot be written.", "Check its permissions, or save a copy elsewhere.")
    if code & 0xFF == sqlite3.SQLITE_CANTOPEN:
        return ProjectError(f"{path.name} cannot be opened.", "Check that it is there and that you may read it.")
    if code & 0xFF == sqlite3.SQLITE_NOMEM:
        return ProjectError(f"There is no memory left for {path.name}.", "Close other programs, then try again.")
    if code & 0xFF in _CLOSED:
        return ProjectError(f"{path.name} is closed.", "Open it again.")
    return BugError(f"{path.name}: {error}")


def reason_of(error: OSError) -> str:
    """Why the system refused, in words."""
    return _WORDS.get(error.errno or 0, error.strerror or str(error))


def _code(error: sqlite3.Error) -> int:
    """SQLite's number of an error; the Python module's own complaint about a closed connection counts as misuse."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    if code is not None:
        return code
    return sqlite3.SQLITE_MISUSE if "closed database" in str(error) else sqlite3.SQLITE_ERROR
