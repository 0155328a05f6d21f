"""The open project file: one writer thread a process with short transactions, one reading connection a thread.

WAL while open; durable (`synchronous=FULL`), so that what was committed outlives a power cut. Knows no table.

SQLite's locks are POSIX's, and whoever in this process opens and closes the file by other means (a file dialog that
looks into it for its icon) drops them all: another process then takes the log away as if it were the last. So each look
at the file sees to it that its log is the one that was opened; where it is not, all connections of this process
are closed and opened anew (SQLite shares the log's index among them: one that stayed would pass the old one on).
"""

import contextlib
import os
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlite_utils import Database

from seedbed_engine.errors import BugError, ProjectError, SeedbedError
from seedbed_engine.keeping.faults import in_words, is_of_the_file, translated

T = TypeVar("T")
BUSY_SECONDS = 30.0  # how long a change waits for another process's transaction
CLOSE_SECONDS = 1.0  # how long closing waits for others before it leaves the folding to them
JOBS_A_TRANSACTION = 64
TRIES = 20  # to open all connections anew
TRANSACTION_SECONDS = 0.05  # after this a transaction takes no further job, so that others come to write too
WRITER_CACHE_KIB, READER_CACHE_KIB = 65536, 16384

_Job = tuple[Callable[[Database], Any], "Future[Any]"]
_Files = tuple[int | None, int | None]  # inodes of the file and of its log's index, None for what is not there


@dataclass(slots=True)
class _Reader:
    """One thread's reading connection; the lock keeps `close` from closing it while it reads."""

    db: Database
    lock: threading.RLock = field(default_factory=threading.RLock)
    uses: int = 0


class Store:
    """An open project file: `write` queues a change, `do` waits for it, `rows` reads on this thread's connection.

    A read-only one is `immutable` where nobody else can write to it either: SQLite then needs no files beside it.
    """

    def __init__(
        self, path: Path, *, read_only: bool = False, immutable: bool = False, busy_seconds: float = BUSY_SECONDS
    ) -> None:
        self.path = path
        self.read_only = read_only
        self._immutable = immutable
        self._busy_seconds = busy_seconds
        self._readers: dict[threading.Thread, _Reader] = {}
        self._guard = threading.Lock()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._ended = False
        self._writer: threading.Thread | None = None
        if not read_only:
            self._writing = threading.RLock()  # held during a transaction
            self._open_writer()
            self._writer = threading.Thread(target=self._work, name=f"writer of {path.name}", daemon=True)
            self._writer.start()

    def write(self, change: Callable[[Database], T]) -> "Future[T]":
        """Queue a change for the writer thread; the future holds its result once it is committed."""
        if self.read_only:
            raise ProjectError(f"{self.path.name} is open read-only.", "Save a copy elsewhere to change it.")
        answer: Future[T] = Future()
        with self._guard:
            self._refuse_closed()
            self._jobs.put((change, answer))
        return answer

    def do(self, change: Callable[[Database], T]) -> T:
        """Carry out a change and wait until it is committed."""
        if threading.current_thread() is self._writer:
            raise BugError("a change waits for another change")
        return self.write(change).result()

    def read(self) -> Database:
        """This thread's reading connection."""
        return self._reader().db

    @contextlib.contextmanager
    def reading(self) -> Iterator[Database]:
        """This thread's reading connection, kept open until the end of the block; errors become sentences."""
        reader = self._reader()
        with reader.lock, translated(self.path):
            self._refuse_closed()
            reader.uses += 1
            try:
                yield reader.db
            finally:
                reader.uses -= 1

    def rows(self, query: str, values: Any = ()) -> list[Any]:
        """All rows of a reading query (each can be read by column name)."""
        with self.reading() as db:
            return db.conn.execute(query, values).fetchall()

    def data_version(self) -> int:
        """Changes when anybody has committed to the file (also this process) since this thread's last look."""
        return int(self.rows("PRAGMA data_version")[0][0])

    def close(self) -> None:
        """Finish what is queued, bring all into one file, close every connection."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            readers = list(self._readers.values())
            self._readers.clear()
        for reader in readers:
            reader.db.conn.interrupt()
            with reader.lock:
                reader.db.close()
        self._jobs.put(None)  # the writer closes last: of two that close at once, none would take the log away
        if self._writer is not None:
            self._writer.join()

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _refuse_closed(self) -> None:
        if self._closed:
            raise ProjectError(f"{self.path.name} is closed.", "Open it again.")

    def _reader(self) -> _Reader:
        thread = threading.current_thread()
        if not self.read_only and self._has_lost_its_log():
            self._take_up_the_log()
        with self._guard:
            self._refuse_closed()
            if thread not in self._readers:
                for ended in [known for known in self._readers if not known.is_alive()]:
                    self._readers.pop(ended).db.close()
                self._readers[thread] = _Reader(self._connected(read_only=True))
            return self._readers[thread]

    def _connected(self, *, read_only: bool) -> Database:
        immutable = self._immutable and read_only
        db = connect(self.path, read_only=read_only, immutable=immutable, busy_seconds=self._busy_seconds)
        with translated(self.path):
            db.conn.execute("PRAGMA schema_version").fetchone()  # opens the log
        return db

    def _open_writer(self) -> None:
        """Connect the writer, and the keeper: a connection that may not write and closes last where the log was lost.

        As long as it is there, SQLite takes no other for the last one of this process, and by itself it cannot bring a
        log into the file: one that another process has taken away must never get there.
        """
        self._db = self._connected(read_only=False)
        with translated(self.path):
            uri = f"file:{_quoted(self.path)}?mode=ro"
            self._keeper = sqlite3.connect(uri, uri=True, timeout=self._busy_seconds, check_same_thread=False)
            self._keeper.execute("PRAGMA schema_version").fetchone()
        self._files = _files_at(self.path)

    def _has_lost_its_log(self) -> bool:
        """Whether another process has taken away the log of what was opened, and the file is still the same."""
        found = _files_at(self.path)
        return found != self._files and found[0] == self._files[0]

    def _take_up_the_log(self) -> bool:
        """Close all connections and open the writer's anew; False where one is in use just now."""
        with contextlib.ExitStack() as held:
            if not _hold(held, self._writing):
                return False
            held.enter_context(self._guard)
            if not self._has_lost_its_log():
                return True
            is_over = self._closed and threading.current_thread() is not self._writer
            if is_over or _is_in_transaction(self._db):
                return False
            readers = list(self._readers.values())
            if not all(_hold(held, reader.lock) for reader in readers) or any(reader.uses for reader in readers):
                return False
            self._readers.clear()
            for db in (*(reader.db for reader in readers), self._db):
                db.close()
            self._keeper.close()
            self._open_writer()
            return None not in self._files

    def _begin(self) -> None:
        """Begin a transaction in the file that is at the path; ProjectError where it is not there any more."""
        tries = 0
        while self._has_lost_its_log() and not self._take_up_the_log():
            if tries == TRIES:
                raise _log_was_taken(self.path)
            tries += 1
            time.sleep(0.05)  # somebody reads just now
        if _files_at(self.path)[0] != self._files[0]:
            raise ProjectError(
                f"{self.path.name} was moved, deleted or replaced while it was open.",
                "Nothing more is written. Put it back, or open it where it is now.",
            )
        self._db.conn.execute("BEGIN IMMEDIATE")

    def _work(self) -> None:
        while not self._ended:
            started: list[_Job] = []
            try:
                with contextlib.ExitStack() as held:
                    self._transact(started, held)
            except (sqlite3.Error, ProjectError) as error:
                with self._writing, contextlib.suppress(sqlite3.Error):
                    self._db.rollback()
                said = error if isinstance(error, ProjectError) else in_words(self.path, error)
                if said is not error:
                    said.__cause__ = error
                _answer(started + self._queued(), said)
        with contextlib.suppress(sqlite3.Error, ProjectError):
            if not self._has_lost_its_log() or self._take_up_the_log():
                self._keeper.close()
                _fold(self._db)
        self._db.close()
        self._keeper.close()

    def _transact(self, started: list[_Job], held: contextlib.ExitStack) -> None:
        """One transaction for the jobs at hand, each in a savepoint: one that fails takes no other with it."""
        done: list[tuple[Future[Any], Any]] = []
        for change, answer in self._at_hand():
            if not answer.set_running_or_notify_cancel():
                continue
            started.append((change, answer))
            if len(started) == 1:
                held.enter_context(self._writing)
            if not _is_in_transaction(self._db):
                self._begin()
            db = self._db
            try:
                with db.atomic():
                    done.append((answer, change(db)))
            except BaseException as error:
                if is_of_the_file(error) or not db.conn.in_transaction:
                    raise _as_sqlite(error) from error  # nothing of this transaction can be trusted
                answer.set_exception(in_words(self.path, error) if isinstance(error, sqlite3.Error) else error)
        if started and self._db.conn.in_transaction:
            self._db.conn.execute("COMMIT")
        if done and _files_at(self.path) != self._files:
            raise _log_was_taken(self.path)
        for answer, result in done:
            answer.set_result(result)

    def _at_hand(self) -> Iterator[_Job]:
        """The next job, waited for, and those queued behind it while there is time: they share one commit."""
        began = 0.0
        for _ in range(JOBS_A_TRANSACTION):
            job = self._jobs.get()
            if job is None:
                self._ended = True
                return
            began = began or time.monotonic()
            yield job
            if self._jobs.empty() or time.monotonic() - began > TRANSACTION_SECONDS:
                return

    def _queued(self) -> list[_Job]:
        """All that waits now: it would meet the same fate as the transaction that failed."""
        found: list[_Job] = []
        while not self._jobs.empty():
            job = self._jobs.get()
            if job is None:
                self._ended = True
            else:
                found.append(job)
        return found


def _answer(jobs: list[_Job], error: SeedbedError) -> None:
    for _, answer in jobs:
        if not answer.done() and (answer.running() or answer.set_running_or_notify_cancel()):
            answer.set_exception(error)


def _as_sqlite(error: BaseException) -> sqlite3.Error:
    """A job that ended the writer's transaction by itself took the others with it: that is a bug of the job."""
    return error if isinstance(error, sqlite3.Error) else sqlite3.InternalError(f"the transaction was ended: {error!r}")


def _fold(db: Database) -> None:
    """Bring the log beside the file into it, unless others still work on it: the last of them does it then."""
    db.conn.execute(f"PRAGMA busy_timeout={int(CLOSE_SECONDS * 1000)}")
    db.conn.execute("PRAGMA analysis_limit=400")
    db.conn.execute("PRAGMA optimize")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def insert_row(db: Database, table: str, row: Mapping[str, Any]) -> int:
    """Insert one row, within the caller's change, and return its id."""
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    cursor = db.conn.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))
    return int(cursor.lastrowid or 0)


def update_row(db: Database, table: str, id_: int, values: Mapping[str, Any]) -> None:
    """Change one row, within the caller's change; LookupError where there is none of that number."""
    sets = ", ".join(f"{name} = ?" for name in values)
    if not db.conn.execute(f"UPDATE {table} SET {sets} WHERE id = ?", [*values.values(), id_]).rowcount:
        raise LookupError(f"no {table} {id_}")


def connect(path: Path, *, read_only: bool, immutable: bool = False, busy_seconds: float = BUSY_SECONDS) -> Database:
    """Open one connection as every part of the house uses it; ProjectError says why it cannot be."""
    mode = "ro&immutable=1" if immutable else "rw"
    uri = f"file:{_quoted(path)}?mode={mode}"
    with translated(path):
        connection = sqlite3.connect(uri, uri=True, timeout=busy_seconds, check_same_thread=False)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA synchronous=FULL")
            connection.execute("PRAGMA temp_store=MEMORY")
            connection.execute(f"PRAGMA cache_size=-{READER_CACHE_KIB if read_only else WRITER_CACHE_KIB}")
            connection.execute("PRAGMA query_only=ON" if read_only else "PRAGMA journal_mode=WAL")
            return Database(connection, execute_plugins=False)
        except BaseException:
            connection.close()
            raise


def _is_in_transaction(db: Database) -> bool:
    try:
        return bool(db.conn.in_transaction)
    except sqlite3.ProgrammingError:  # closed: opening it anew failed, and is tried again
        return False


def _hold(held: contextlib.ExitStack, lock: threading.RLock) -> bool:
    if not lock.acquire(timeout=CLOSE_SECONDS):
        return False
    held.callback(lock.release)
    return True


def _log_was_taken(path: Path) -> ProjectError:
    said = f"The log of {path.name} was taken away by another program."
    return ProjectError(said, "Open the project again, and look whether what was done last is there.")


def _files_at(path: Path) -> _Files:
    found: list[int | None] = []
    for each in (path, f"{path}-shm"):
        try:
            found.append(os.stat(each).st_ino)
        except FileNotFoundError:
            found.append(None)
    return found[0], found[1]


def _quoted(path: Path) -> str:
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
