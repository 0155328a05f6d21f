"""The open project file: one writer thread a process with short transactions, one reading connection a thread.

WAL while open; durable (`synchronous=FULL`), so that what was committed outlives a power cut. Knows no table.
"""

import contextlib
import queue
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from seedbed_engine.errors import ProjectError, SeedbedError

T = TypeVar("T")
BUSY_SECONDS = 30.0
JOBS_A_TRANSACTION = 64

_Job = tuple[Callable[[Database], Any], "Future[Any]"]


class Store:
    """An open project file: `write` queues a change, `do` waits for it, `read` gives this thread's connection."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._readers: dict[threading.Thread, Database] = {}
        self._guard = threading.Lock()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._writer: threading.Thread | None = None
        if not read_only:
            self._writer = threading.Thread(target=self._work, name=f"writer of {path.name}", daemon=True)
            self._writer.start()

    def write(self, change: Callable[[Database], T]) -> "Future[T]":
        """Queue a change for the writer thread; the future holds its result once it is committed."""
        if self.read_only:
            raise ProjectError(f"{self.path.name} is open read-only.", "Save a copy elsewhere to change it.")
        if self._closed:
            raise ProjectError(f"{self.path.name} is closed.", "Open it again.")
        answer: Future[T] = Future()
        self._jobs.put((change, answer))
        return answer

    def do(self, change: Callable[[Database], T]) -> T:
        """Carry out a change and wait until it is committed."""
        return self.write(change).result()

    def read(self) -> Database:
        """This thread's reading connection."""
        thread = threading.current_thread()
        with self._guard:
            if self._closed:
                raise ProjectError(f"{self.path.name} is closed.", "Open it again.")
            if thread not in self._readers:
                self._close_dead_readers()
                self._readers[thread] = connect(self.path, read_only=True, immutable=self.read_only)
            return self._readers[thread]

    def rows(self, query: str, values: Any = ()) -> list[Any]:
        """All rows of a reading query (each can be read by column name)."""
        with translated(self.path):
            return self.read().execute(query, values).fetchall()

    def data_version(self) -> int:
        """Changes when anybody else has committed to the file since this thread's last look."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def close(self) -> None:
        """Finish what is queued, bring all into one file, close every connection."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
        if self._writer is not None:
            self._jobs.put(None)
            self._writer.join()
        with self._guard:
            for reader in self._readers.values():
                reader.close()
            self._readers.clear()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _close_dead_readers(self) -> None:
        for thread in [thread for thread in self._readers if not thread.is_alive()]:
            self._readers.pop(thread).close()

    def _work(self) -> None:
        db = connect(self.path, read_only=False)
        ended = False
        while not ended:
            jobs, ended = self._next_jobs()
            if jobs:
                _commit(db, jobs, self.path)
        with contextlib.suppress(sqlite3.Error):
            db.execute("PRAGMA optimize")
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()

    def _next_jobs(self) -> tuple[list[_Job], bool]:
        """Wait for one job and take those queued behind it: they share one commit."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            if len(jobs) == JOBS_A_TRANSACTION or self._jobs.empty():
                return jobs, False
            job = self._jobs.get()
        return jobs, True


def _commit(db: Database, jobs: list[_Job], path: Path) -> None:
    """Run jobs in one transaction, each in a savepoint of its own: one that fails takes no other with it."""
    done: list[tuple[Future[Any], Any]] = []
    try:
        with translated(path):
            db.execute("BEGIN IMMEDIATE")
            for change, answer in jobs:
                try:
                    with db.atomic():
                        done.append((answer, change(db)))
                except sqlite3.OperationalError:
                    raise  # the disk or the file: nothing of this transaction can be trusted
                except Exception as error:  # noqa: BLE001  the error belongs to whoever asked for the change
                    answer.set_exception(error)
            db.execute("COMMIT")
    except SeedbedError as error:
        if db.conn.in_transaction:
            db.rollback()
        for _, answer in jobs:
            if not answer.done():
                answer.set_exception(error)
        return
    for answer, result in done:
        answer.set_result(result)


def insert_row(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """Insert one row, within the caller's change, and return its id."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    cursor = db.conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
    return int(cursor.lastrowid or 0)


def connect(path: Path, *, read_only: bool, immutable: bool = False) -> Database:
    """Open one connection as every part of the house uses it; ProjectError says why it cannot be."""
    mode = "ro&immutable=1" if immutable else "rw"
    uri = f"file:{_quoted(path)}?mode={mode}"
    with translated(path):
        connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA cache_size=-65536")
        connection.execute("PRAGMA mmap_size=1073741824")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        else:
            connection.execute("PRAGMA journal_mode=WAL")
        return Database(connection, execute_plugins=False)


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


@contextlib.contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into sentences for the person."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _project_error(path, error) from error


def _project_error(path: Path, error: sqlite3.DatabaseError) -> ProjectError:
    text = str(error).lower()
    if "malformed" in text or "not a database" in text or "disk i/o" in text:
        return ProjectError(f"{path.name} is damaged ({error}).", "Open a copy, or salvage it with sqlite3's .recover.")
    if "full" in text:
        return ProjectError(f"The disk that holds {path.name} is full.", "Make room; nothing that was saved is lost.")
    if "locked" in text or "busy" in text:
        return ProjectError(f"Another program keeps {path.name} locked.", "Close it there, then try again.")
    if "readonly" in text or "read-only" in text:
        return ProjectError(f"{path.name} cannot be written.", "Check its permissions, or save a copy elsewhere.")
    if "unable to open" in text:
        return ProjectError(f"{path.name} cannot be opened.", "Check that it is there and that you may read it.")
    return ProjectError(f"{path.name}: {error}.", "Open a copy of the file and try again.")
