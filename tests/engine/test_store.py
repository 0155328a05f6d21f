"""The open project file: changes of many threads and processes, kills, full disks, closing."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedbed_engine.errors import BugError, ProjectError
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.store import Store, insert_row

WRITER = """
import sys
from pathlib import Path
from seedbed_engine.keeping.project import open_project
from seedbed_engine.keeping.store import insert_row
store = open_project(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    store.do(lambda db: insert_row(db, "reviewer", {"name": f"reviewer {number}"}))
    print(number, flush=True)
store.close()
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_project(tmp_path / "one") as made:
        yield made


def add(store: Store, name: str) -> int:
    return store.do(lambda db: insert_row(db, "reviewer", {"name": name}))


def names(path: Path) -> set[str]:
    """What another SQLite tool finds in the file."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return {row[0] for row in db.execute("SELECT name FROM reviewer")}


def writer(path: Path, first: int, end: int) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), str(first), str(end)], stdout=subprocess.PIPE, text=True
    )


def test_a_change_gives_its_result_once_it_is_committed(store: Store) -> None:
    assert add(store, "Ada") == 1
    assert store.rows("SELECT name FROM reviewer")[0]["name"] == "Ada"


def test_a_change_that_fails_takes_no_other_with_it(store: Store) -> None:
    hold = threading.Event()
    first = store.write(lambda db: hold.wait(10))  # so that the next ones share a transaction
    good = [store.write(lambda db, n=n: insert_row(db, "reviewer", {"name": str(n)})) for n in range(3)]  # type: ignore[misc]
    twice = store.write(lambda db: insert_row(db, "reviewer", {"name": "0"}))
    wrong = store.write(lambda db: db.conn.execute("INSERT INTO no_such_table VALUES (1)"))
    raising = store.write(lambda db: [insert_row(db, "reviewer", {"name": "half"}), 1 // 0])
    leaving = store.write(lambda db: sys.exit(3))
    last = store.write(lambda db: insert_row(db, "reviewer", {"name": "last"}))
    hold.set()
    assert first.result(10)
    assert [answer.result(10) for answer in good] == [1, 2, 3]
    with pytest.raises(BugError, match="UNIQUE"):
        twice.result(10)
    with pytest.raises(BugError, match="no_such_table"):
        wrong.result(10)
    with pytest.raises(ZeroDivisionError):
        raising.result(10)
    with pytest.raises(SystemExit):
        leaving.result(10)
    assert last.result(10) == 4
    assert {row[0] for row in store.rows("SELECT name FROM reviewer")} == {"0", "1", "2", "last"}


def test_a_change_that_ends_the_transaction_itself_is_a_bug_and_the_writer_goes_on(store: Store) -> None:
    with pytest.raises(BugError):
        store.do(lambda db: db.conn.execute("ROLLBACK"))
    assert add(store, "after") == 1


def test_a_change_given_up_before_its_turn_is_never_made(store: Store) -> None:
    hold = threading.Event()
    store.write(lambda db: hold.wait(10))
    given_up = store.write(lambda db: insert_row(db, "reviewer", {"name": "given up"}))
    assert given_up.cancel()
    hold.set()
    assert add(store, "next") == 1
    assert [row[0] for row in store.rows("SELECT name FROM reviewer")] == ["next"]


def test_a_change_that_waits_for_a_change_is_a_bug_and_no_standstill(store: Store) -> None:
    with pytest.raises(BugError, match="waits"):
        store.do(lambda db: add(store, "inner"))


def test_many_threads_write_and_read_at_once(store: Store) -> None:
    def work(thread: int) -> None:
        for number in range(20):
            add(store, f"{thread}/{number}")
            assert store.rows("SELECT COUNT(*) FROM reviewer")[0][0] > 0

    threads = [threading.Thread(target=work, args=[n]) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.rows("SELECT COUNT(*) FROM reviewer")[0][0] == 160


def test_two_processes_write_at_once(store: Store) -> None:
    others = [writer(store.path, 1000 * n, 1000 * n + 40) for n in (1, 2)]
    for number in range(40):
        add(store, f"reviewer {number}")
    for other in others:
        assert other.wait(60) == 0
        assert other.stdout is not None
        other.stdout.close()
    store.close()
    assert names(store.path) == {f"reviewer {start + n}" for start in (0, 1000, 2000) for n in range(40)}


def test_whoever_looks_sees_that_another_process_has_written(store: Store) -> None:
    before = store.data_version()
    assert store.data_version() == before
    with contextlib.closing(sqlite3.connect(store.path)) as other:
        other.execute("INSERT INTO reviewer (name) VALUES ('other')")
        other.commit()
    assert store.data_version() != before


@pytest.mark.parametrize("after", [1, 7, 25])
def test_a_kill_loses_nothing_that_was_reported_as_done(tmp_path: Path, after: int) -> None:
    create_project(tmp_path / "one").close()
    path = tmp_path / "one.seedbed"
    child = writer(path, 0, 100_000)
    assert child.stdout is not None
    reported = [next(child.stdout) for _ in range(after)]
    time.sleep(0.003 * after)
    child.send_signal(signal.SIGKILL)
    reported += child.stdout.readlines()
    child.stdout.close()
    assert child.wait(10) == -signal.SIGKILL
    done = {f"reviewer {line.strip()}" for line in reported if line.endswith("\n")}
    with open_project(path) as again:
        kept = {row[0] for row in again.rows("SELECT name FROM reviewer")}
    assert done <= kept
    assert len(kept - done) <= 1  # the one that was on its way
    assert names(path) == kept
    assert os.listdir(tmp_path) == ["one.seedbed"]


def test_closing_finishes_what_is_queued_and_leaves_one_file(tmp_path: Path) -> None:
    store = create_project(tmp_path / "one")
    store.rows("SELECT 1")
    queued = [store.write(lambda db, n=n: insert_row(db, "reviewer", {"name": str(n)})) for n in range(200)]  # type: ignore[misc]
    store.close()
    assert all(answer.done() for answer in queued)
    assert os.listdir(tmp_path) == ["one.seedbed"]
    assert len(names(store.path)) == 200
    store.close()  # a second time does nothing


def test_closing_ends_what_other_threads_read(store: Store) -> None:
    started, ended = threading.Event(), []

    def read() -> None:
        store.rows("SELECT 1")
        started.set()
        try:
            store.rows("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n")
        except ProjectError as error:
            ended.append(error.what)

    thread = threading.Thread(target=read)
    thread.start()
    started.wait(10)
    time.sleep(0.1)
    store.close()
    thread.join(10)
    assert ended == ["one.seedbed is closed."]
    assert os.listdir(store.path.parent) == ["one.seedbed"]


def test_a_closed_store_says_so(store: Store) -> None:
    store.close()
    with pytest.raises(ProjectError, match="closed"):
        store.rows("SELECT 1")
    with pytest.raises(ProjectError, match="closed"):
        add(store, "late")


def drop_locks(path: Path) -> None:
    """What a file dialog does that looks into the file: closing it drops all POSIX locks of this process on it."""
    path.open("rb").close()


def let_another_program_write(path: Path, name: str) -> None:
    words = (
        "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('INSERT INTO reviewer (name) VALUES (?)', "
    )
    words += "[sys.argv[2]]); db.commit(); db.close()"
    subprocess.run([sys.executable, "-c", words, str(path), name], check=True)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows' locks are not dropped so")
def test_nothing_is_lost_where_another_program_took_the_log_away(store: Store) -> None:
    add(store, "Ada")
    assert len(store.rows("SELECT name FROM reviewer")) == 1
    log = store.path.with_name(store.path.name + "-wal")
    for number in range(3):
        drop_locks(store.path)
        let_another_program_write(store.path, f"other {number}")
        assert not log.exists(), "the other program takes itself for the last one"
        assert f"other {number}" in {row["name"] for row in store.rows("SELECT name FROM reviewer")}
        add(store, f"mine {number}")
        assert log.exists()
    expected = {"Ada", *(f"{who} {number}" for number in range(3) for who in ("other", "mine"))}
    assert {row["name"] for row in store.rows("SELECT name FROM reviewer")} == expected
    assert names(store.path) == expected


@pytest.mark.skipif(sys.platform == "win32", reason="Windows' locks are not dropped so")
def test_closing_after_the_log_was_taken_away_leaves_the_others_changes(store: Store) -> None:
    add(store, "Ada")
    drop_locks(store.path)
    let_another_program_write(store.path, "other")
    with writer(store.path, 1, 100_000) as at_work:
        assert at_work.stdout is not None
        at_work.stdout.readline()
        store.close()
        done = int(at_work.stdout.readline())
        at_work.kill()
    assert {"Ada", "other", *(f"reviewer {number}" for number in range(1, done + 1))} <= names(store.path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no file that is open")
def test_a_project_that_was_moved_away_is_not_written_until_it_is_back(store: Store, tmp_path: Path) -> None:
    add(store, "Ada")
    elsewhere = tmp_path / "elsewhere.seedbed"
    store.path.rename(elsewhere)
    with pytest.raises(ProjectError, match="moved, deleted or replaced"):
        add(store, "Ben")
    elsewhere.rename(store.path)
    add(store, "Cleo")
    assert {row["name"] for row in store.rows("SELECT name FROM reviewer")} == {"Ada", "Cleo"}


def test_closing_does_not_wait_for_a_reader_in_another_program(store: Store) -> None:
    add(store, "Ada")
    with contextlib.closing(sqlite3.connect(store.path)) as other:
        reading = other.execute("SELECT * FROM reviewer UNION ALL SELECT 2, 'Ben'")
        reading.fetchone()
        began = time.monotonic()
        store.close()
        assert time.monotonic() - began < 5
    assert names(store.path) == {"Ada"}


def test_a_lock_held_by_another_program_is_said_and_then_forgotten(store: Store) -> None:
    with open_project(store.path, busy_seconds=0.2) as patient:
        with contextlib.closing(sqlite3.connect(store.path)) as other:
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(ProjectError, match="keeps one.seedbed locked"):
                add(patient, "Ada")
            assert patient.rows("SELECT COUNT(*) FROM reviewer")[0][0] == 0
            other.rollback()
        assert add(patient, "Ada") == 1


def test_a_mistake_in_a_query_is_our_bug(store: Store) -> None:
    with pytest.raises(BugError):
        store.rows("SELECT no_such_column FROM seed")


FILLER = """
import resource, signal, sys
from pathlib import Path
from seedbed_engine.errors import ProjectError
from seedbed_engine.keeping.project import open_project
from seedbed_engine.keeping.store import insert_row
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
store = open_project(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
done = 0
try:
    while done < 1000:
        store.do(lambda db: insert_row(db, "reviewer", {"name": f"reviewer {done} " + "x" * 10_000}))
        done += 1
except ProjectError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
print(store.rows("SELECT COUNT(*) FROM reviewer")[0][0])
store.close()
print(done)
"""


def test_a_full_disk_is_said_and_nothing_that_was_saved_is_lost(tmp_path: Path) -> None:
    create_project(tmp_path / "one").close()
    path = tmp_path / "one.seedbed"
    ended = subprocess.run([sys.executable, "-c", FILLER, str(path)], capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    said, there, done = ended.stdout.splitlines()
    assert said.startswith("The disk that holds one.seedbed")
    assert "nothing that was saved" in said
    assert int(there) == int(done) > 0
    assert len(names(path)) == int(done)
    with open_project(path) as again:
        add(again, "room again")
