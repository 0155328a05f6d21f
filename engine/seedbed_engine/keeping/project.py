"""Making and opening project files: what is refused, what is upgraded after a copy is made."""

import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from seedbed_engine.errors import ProjectError
from seedbed_engine.keeping.migrations import APPLICATION_ID, shape_number, steps
from seedbed_engine.keeping.store import Store, connect, translated

SUFFIX = ".seedbed"
NETWORK_FILE_SYSTEMS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "fuse.sshfs",
    "afs",
    "ceph",
    "9p",
    "davfs",
    "fuse.rclone",
}


def now() -> str:
    """The time as the project file writes it: UTC, ISO 8601, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def create_project(path: Path) -> Store:
    """Make a new, empty project file and open it; an existing file is never overwritten."""
    path = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    if path.exists():
        raise ProjectError(f"{path.name} exists already.", "Choose another name, or open it.")
    if not path.parent.is_dir():
        raise ProjectError(f"The folder {path.parent} is not there.", "Make it first, or choose another.")
    _refuse_network_folder(path)
    with translated(path):
        try:
            path.touch(exist_ok=False)
        except OSError as error:
            raise ProjectError(f"{path.name} cannot be made: {error.strerror}.", "Choose another folder.") from error
        db = connect(path, read_only=False)
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        steps.apply(db)
        db.execute(f"PRAGMA user_version={shape_number()}")
        db.table("project").insert_all(
            [{"name": "created", "value": now()}, {"name": "title", "value": path.stem}], pk="name"
        )
        db.close()
    return Store(path)


def open_project(path: Path) -> Store:
    """Open a project file; an older one is upgraded after a copy is made, a newer or foreign one refused."""
    if not path.is_file():
        raise ProjectError(f"{path.name} is not there.", "Check the path, or make a new project.")
    _refuse_foreign_file(path)
    _refuse_network_folder(path)
    writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    found = _shape_found(path, immutable=not writable)
    if found > shape_number():
        raise ProjectError(f"{path.name} was made by a newer Seedbed.", "Update Seedbed, then open it.")
    if found < shape_number():
        if not writable:
            raise ProjectError(f"{path.name} is older and read-only.", "Copy it to a folder you may write to.")
        _upgrade(path, found)
    return Store(path, read_only=not writable)


def copy_project(store: Store, target: Path) -> None:
    """Write a complete copy of an open project with SQLite's backup, safe while others work on it."""
    if target.exists():
        raise ProjectError(f"{target.name} exists already.", "Choose another name.")
    with translated(target):
        copy = sqlite3.connect(target)
        try:
            store.read().conn.backup(copy)
        finally:
            copy.close()


def _refuse_foreign_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        raise ProjectError(f"{path.name} cannot be read: {error.strerror}.", "Check its permissions.") from error
    if not head.startswith(b"SQLite format 3\0") or len(head) < 100:
        raise ProjectError(f"{path.name} is not a Seedbed project.", "To bring in examples from it, use Import.")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise ProjectError(f"{path.name} is an SQLite file, but not a Seedbed project.", "Choose another file.")


def _shape_found(path: Path, *, immutable: bool) -> int:
    with translated(path):
        db = connect(path, read_only=True, immutable=immutable)
        try:
            number = int(db.execute("PRAGMA user_version").fetchone()[0])
            db.execute("SELECT count(*) FROM seed").fetchone()
            return number
        finally:
            db.close()


def _upgrade(path: Path, found: int) -> None:
    copy = path.with_name(f"{path.stem}.before-upgrade-{found}{SUFFIX}")
    with translated(path):
        db = connect(path, read_only=False)
        try:
            if not copy.exists():
                target = sqlite3.connect(copy)
                db.conn.backup(target)
                target.close()
            steps.apply(db)
            db.execute(f"PRAGMA user_version={shape_number()}")
        finally:
            db.close()


def _refuse_network_folder(path: Path) -> None:
    """SQLite's locks do not hold on network file systems: two writers there would damage the file."""
    try:
        mounts = Path("/proc/mounts").read_text(encoding="utf-8")
    except OSError:
        return
    kinds = {
        parts[1].replace("\\040", " "): parts[2] for parts in map(str.split, mounts.splitlines()) if len(parts) > 2
    }
    for folder in (path.absolute(), *path.absolute().parents):
        if str(folder) in kinds:
            if kinds[str(folder)] in NETWORK_FILE_SYSTEMS:
                raise ProjectError(
                    f"{path.parent} is a network folder ({kinds[str(folder)]}).",
                    "Keep the project on a disk of this machine, and copy it there when it is closed.",
                )
            return
