"""Making and opening project files: what is refused, what is upgraded after a copy is made."""

import contextlib
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database, Migrations

from seedbed_engine.errors import ProjectError
from seedbed_engine.keeping.faults import is_damaged, is_no_database, reason_of, translated
from seedbed_engine.keeping.folders import network_file_system, read_mounts
from seedbed_engine.keeping.migrations import APPLICATION_ID, shape_number, steps
from seedbed_engine.keeping.store import BUSY_SECONDS, Store, connect

SUFFIX = ".seedbed"
OPEN_SECONDS = 5.0  # how long opening waits for a program that keeps the file locked


def now() -> str:
    """The time as the project file writes it: UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def create_project(path: Path, *, mounts: str | None = None) -> Store:
    """Make a new, empty project file and open it; an existing file is never overwritten.

    `mounts` is the system's table of mounts, by which a network folder is known and refused.
    """
    path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    if not os.path.isdir(path.parent):
        raise ProjectError(f"The folder {path.parent} is not there.", "Make it first, or choose another.")
    _refuse_network_folder(path, mounts)
    try:
        path.touch(exist_ok=False)
    except FileExistsError as error:
        raise ProjectError(f"{path.name} exists already.", "Choose another name, or open it.") from error
    except OSError as error:
        raise ProjectError(f"{path.name} cannot be made: {reason_of(error)}.", "Choose another folder.") from error
    try:
        _fill(path)
        return Store(path)
    except BaseException:
        for left in (path, *_beside(path)):
            left.unlink(missing_ok=True)
        raise


def open_project(
    path: Path, *, shape: Migrations = steps, mounts: str | None = None, busy_seconds: float = BUSY_SECONDS
) -> Store:
    """Open a project file; an older one is upgraded after a copy is made, a newer or foreign one refused.

    `shape` is the steps this version knows, `mounts` the system's table of mounts; a change waits `busy_seconds` for
    another process's transaction.
    """
    path = path.absolute()
    _refuse_foreign_file(path)
    _refuse_network_folder(path, mounts)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    immutable = not writable and not any(map(os.path.exists, _beside(path)))
    found = _shape_found(path, writable=writable, immutable=immutable)
    if found > shape_number(shape):
        raise ProjectError(f"{path.name} was made by a newer Seedbed.", "Update Seedbed, then open it.")
    if found < shape_number(shape):
        if not writable:
            raise ProjectError(f"{path.name} is older and read-only.", "Copy it to a folder you may write to.")
        _upgrade(path, found, shape)
    return Store(path, read_only=not writable, immutable=immutable, busy_seconds=busy_seconds)


def copy_project(store: Store, target: Path) -> None:
    """Write a complete copy of an open project with SQLite's backup, safe while others work on it."""
    if os.path.lexists(target):
        raise ProjectError(f"{target.name} exists already.", "Choose another name.")
    with store.reading() as db:
        _copy(db, target)


def _fill(path: Path) -> None:
    with translated(path), contextlib.closing(connect(path, read_only=False)) as db:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        with db.atomic():
            steps.apply(db)
            rows = [{"name": "created", "value": now()}, {"name": "title", "value": path.stem}]
            db.table("project").insert_all(rows, pk="name")
            db.execute(f"PRAGMA user_version={shape_number()}")


def _beside(path: Path) -> tuple[Path, Path]:
    """The files that SQLite keeps beside an open project."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def _refuse_foreign_file(path: Path) -> None:
    """Refuse what is no project.

    SQLite is asked, no project is read by hand: closing a handle of one's own drops all locks that this process has on
    the file (POSIX), those of an open store too, and another process would then take its log away.
    """
    try:
        if path.is_dir():
            raise ProjectError(f"{path.name} is a folder.", f"Choose a {SUFFIX} file.")
        is_empty = path.stat().st_size == 0
    except FileNotFoundError as error:
        raise ProjectError(f"{path.name} is not there.", "Check the path, or make a new project.") from error
    except OSError as error:
        raise ProjectError(f"{path.name} cannot be read: {reason_of(error)}.", "Check its permissions.") from error
    if not path.is_file():
        raise ProjectError(f"{path.name} is not a file.", f"Choose a {SUFFIX} file.")
    if not os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
        raise ProjectError(f"{path.name} cannot be read: you have no permission.", "Check its permissions.")
    application = 0 if is_empty else _application_of(path)
    if is_empty or application is None:
        raise ProjectError(f"{path.name} is not a Seedbed project.", "To bring in examples from it, use Import.")
    if application != APPLICATION_ID:
        raise ProjectError(f"{path.name} is an SQLite file, but not a Seedbed project.", "Choose another file.")


def _application_of(path: Path) -> int | None:
    """Whose SQLite file it is; None where it is none. Nothing is locked, and nothing made beside it, but where the file
    makes sense with its log only: a full disk or a kill has cut off the taking over of what is in there."""
    try:
        return _application_asked(path, immutable=True)
    except ProjectError as error:
        if is_no_database(error) and not _is_marked(path):
            return None
        if is_damaged(error) and _beside(path)[0].exists():
            return _application_asked(path, immutable=False)
        raise


def _application_asked(path: Path, *, immutable: bool) -> int:
    with translated(path), contextlib.closing(connect(path, read_only=True, immutable=immutable)) as db:
        return int(db.conn.execute("PRAGMA application_id").fetchone()[0])


def _is_marked(path: Path) -> bool:
    """Whether a file that SQLite does not take for its own has the marks of a project: then it is damaged."""
    with path.open("rb") as file:
        head = file.read(100)
    return head.startswith(b"SQLite format 3\0") and int.from_bytes(head[68:72], "big") == APPLICATION_ID


def _shape_found(path: Path, *, writable: bool, immutable: bool) -> int:
    try:
        db = connect(path, read_only=True, immutable=immutable, busy_seconds=OPEN_SECONDS)
        with translated(path), contextlib.closing(db):
            number = int(db.conn.execute("PRAGMA user_version").fetchone()[0])
            if not db.conn.execute("SELECT 1 FROM sqlite_schema WHERE name = 'seed'").fetchone():
                raise ProjectError(f"{path.name} was not made completely.", "Make a new project.")
            return number
    except ProjectError as error:
        if writable or immutable:
            raise
        raise ProjectError(
            f"{path.name} was not closed properly and cannot be written here ({error.what})",
            f"Copy it together with {path.name}-wal to a folder you may write to, and open it there.",
        ) from error


def _upgrade(path: Path, found: int, shape: Migrations) -> None:
    """Carry out the steps that the file lacks, in one transaction, after a copy; the copy stays if it worked."""
    with translated(path), contextlib.closing(connect(path, read_only=False)) as db:
        copy = _copy_name(path, found)
        _copy(db, copy)
        try:
            db.conn.execute("BEGIN IMMEDIATE")
            if db.conn.execute("PRAGMA user_version").fetchone()[0] != found:
                raise ProjectError(f"Another window is upgrading {path.name}.", "Open it again.")
            shape.apply(db)
            db.conn.execute(f"PRAGMA user_version={shape_number(shape)}")
            db.conn.execute("COMMIT")
        except BaseException:
            db.rollback()
            copy.unlink(missing_ok=True)
            raise


def _copy_name(path: Path, found: int) -> Path:
    names = (f"{path.stem}.before-upgrade-{found}{more}{SUFFIX}" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(copy for name in names if not (copy := path.with_name(name)).exists())


def _copy(db: Database, target: Path) -> None:
    partial = target.with_name(target.name + ".partial")
    try:
        with translated(target), contextlib.closing(sqlite3.connect(partial)) as copy:
            db.conn.backup(copy)
        partial.replace(target)
    except OSError as error:
        raise ProjectError(f"{target.name} cannot be made: {reason_of(error)}.", "Choose another folder.") from error
    finally:
        for left in (partial, *_beside(partial)):
            left.unlink(missing_ok=True)


def _refuse_network_folder(path: Path, mounts: str | None) -> None:
    kind = network_file_system(path.parent, read_mounts() if mounts is None else mounts)
    if kind is not None:
        raise ProjectError(
            f"{path.parent} is a network folder ({kind}).",
            "Keep the project on a disk of this machine, and copy it there when it is closed.",
        )
