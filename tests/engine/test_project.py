"""Making, opening, copying and upgrading project files; what is refused, and in which words."""

import contextlib
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from seedbed_engine.errors import BugError, ProjectError
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import seeds
from seedbed_engine.keeping.folders import network_file_system
from seedbed_engine.keeping.migrations import APPLICATION_ID, shape_number, steps
from seedbed_engine.keeping.project import copy_project, create_project, open_project
from seedbed_engine.keeping.runs import add_run
from seedbed_engine.keeping.trees import NewExample, insert_examples, read_columns, read_kept

SEED = Example("Is copper a good conductor?", ("yes", "no"), "yes")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed project with a seed and 300 examples."""
    with create_project(tmp_path / "one") as store:
        seed = seeds.add_seed(store, SEED, Options.FIXED)
        new = [
            NewExample(
                seed, None, None, None, n, str(n), 1, Example(f"Question {n} " + "word " * 40, ("yes", "no"), "no")
            )
            for n in range(300)
        ]
        store.do(lambda db: insert_examples(db, new))
    return tmp_path / "one.seedbed"


def refusal(path: Path) -> str:
    with pytest.raises(ProjectError) as caught:
        open_project(path).close()
    assert caught.value.mend
    return caught.value.what


def test_a_project_is_one_sqlite_file_with_words_for_columns(path: Path) -> None:
    assert os.listdir(path.parent) == ["one.seedbed"]
    with contextlib.closing(sqlite3.connect(path)) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info(example)")]
        assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert db.execute("SELECT question, options FROM training_table").fetchone()[1] == '["yes", "no"]'
    assert {"question", "context", "options", "answer", "wanted_answer", "state", "parent", "depth"} <= set(columns)


def test_the_shell_shows_the_schema_with_its_remarks(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        schema = "\n".join(row[0] for row in db.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"))
    assert "-- the formatting example; NULL: the seed" in schema
    assert all(len(line) <= 120 for line in schema.splitlines())


def test_a_name_gets_the_suffix_and_dots_in_it_stay(tmp_path: Path) -> None:
    with create_project(tmp_path / "my.v2 100% #1?") as store:
        assert store.path.name == "my.v2 100% #1?.seedbed"
        seeds.add_seed(store, SEED, Options.FIXED)
    with open_project(store.path) as again:
        assert seeds.read_seed(again, 1).example == SEED


def test_an_existing_file_is_never_overwritten(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(ProjectError, match="exists already"):
        create_project(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["no-folder/one", "x" * 300])
def test_a_place_where_no_file_can_be_is_said_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProjectError):
        create_project(tmp_path / name)
    assert os.listdir(tmp_path) == []


def test_a_file_that_is_not_there_or_is_a_folder_is_said(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.seedbed") == "none.seedbed is not there."
    assert refusal(tmp_path) == f"{tmp_path.name} is a folder."
    assert "too long" in refusal(tmp_path / ("x" * 300))
    assert "not a folder" in refusal(tmp_path / "a" / "b") or "not there" in refusal(tmp_path / "a" / "b")


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n" + bytes(200), b'{"question": 1}\n' * 100])
def test_a_file_that_is_no_project_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "one.seedbed").write_bytes(content)
    assert refusal(tmp_path / "one.seedbed") == "one.seedbed is not a Seedbed project."
    assert (tmp_path / "one.seedbed").read_bytes() == content


def test_another_programs_sqlite_file_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE seed (x)")
    before = path.read_bytes()
    assert refusal(path) == "other.db is an SQLite file, but not a Seedbed project."
    assert path.read_bytes() == before


def test_a_header_overwritten_in_its_name_is_no_project_any_more(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"garbage!")
    assert refusal(path) == "one.seedbed is not a Seedbed project."


@pytest.mark.parametrize(("at", "what"), [(16, b"\x00\x07"), (100, b"\xff" * 400), (18, b"\x09\x09")])
def test_a_damaged_first_page_is_said(path: Path, at: int, what: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(what)
    with pytest.raises(ProjectError, match=r"damaged|cannot be written"), open_project(path) as store:
        seeds.read_seeds(store)


def test_a_damaged_page_inside_is_said_when_it_is_read_and_the_rest_can_be_read(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        pages = db.execute("SELECT pageno FROM dbstat WHERE name = 'example' AND pagetype = 'leaf'").fetchall()
    with path.open("r+b") as file:
        file.seek((pages[len(pages) // 2][0] - 1) * 4096)
        file.write(b"\xa5" * 4096)
    with open_project(path) as store:
        assert seeds.read_seed(store, 1).example == SEED
        assert len(read_columns(store, 1).ids) == 300  # read from its index, which is whole
        with pytest.raises(ProjectError, match="one.seedbed is damaged") as caught:
            read_kept(store, 1)
    assert ".recover" in caught.value.mend


def test_a_file_cut_short_is_said(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(ProjectError, match="damaged"), open_project(path) as store:
        assert read_kept(store, 1) + list(read_columns(store, 1).ids) == []


def test_a_newer_file_is_refused(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version=99")
    assert refusal(path) == "one.seedbed was made by a newer Seedbed."


def shape_of(count: int) -> Migrations:
    """The shape of the version that knew only so many steps."""
    shape = Migrations(steps.name)
    with contextlib.closing(Database(memory=True, execute_plugins=False)) as nothing:
        for known in steps.pending(nothing)[:count]:
            shape()(known.fn)
    return shape


def longer(step_fails: bool = False) -> Migrations:
    """The shape of a later version: one more step."""
    shape = shape_of(shape_number())

    @shape()
    def a_colour_for_seeds(db: Database) -> None:
        db.execute("ALTER TABLE seed ADD COLUMN colour TEXT")
        if step_fails:
            db.execute("INSERT INTO no_such_table VALUES (1)")

    return shape


def test_an_older_file_is_upgraded_after_a_copy(path: Path) -> None:
    with open_project(path, shape=longer()) as store:
        assert store.rows("SELECT colour FROM seed")[0][0] is None
        assert store.rows("PRAGMA user_version")[0][0] == shape_number() + 1
    copy = path.with_name(f"one.before-upgrade-{shape_number()}.seedbed")
    assert sorted(os.listdir(path.parent)) == sorted([copy.name, path.name])
    with open_project(copy) as before:
        assert len(read_kept(before, 1)) == 300
    with open_project(path, shape=longer()) as again:
        assert len(read_kept(again, 1)) == 300
    assert len(os.listdir(path.parent)) == 2
    assert refusal(path) == "one.seedbed was made by a newer Seedbed."


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """A file of the first shape, with a seed, an example and the growth that it came from."""
    path = tmp_path / "old.seedbed"
    with contextlib.closing(sqlite3.connect(path)) as plain:
        plain.row_factory = sqlite3.Row
        plain.execute(f"PRAGMA application_id={APPLICATION_ID}")
        shape_of(1).apply(Database(plain, execute_plugins=False))
        plain.executescript("""PRAGMA user_version=1;
INSERT INTO seed VALUES (1, 'Is it?', NULL, '["yes", "no"]', 'yes', 'fixed', NULL, '2026-01-01');
INSERT INTO run (id, work, seed, settings, created) VALUES (7, 'grow', 1, '{"strategy": "tree"}', '2026-01-01');
INSERT INTO call (id, run, seed, key, place, wanted, state) VALUES (3, 7, 1, 'k', 0, 1, 'read');
INSERT INTO example (seed, call, key, depth, question, options, answer, question_key, created)
VALUES (1, 3, 'k.0', 1, 'Was it?', '["yes", "no"]', 'no', 'q', '2026-01-01');""")
    return path


def test_a_file_of_the_first_shape_is_upgraded_and_keeps_what_it_has(first: Path) -> None:
    with open_project(first) as store:
        assert store.rows("PRAGMA user_version")[0][0] == shape_number()
        assert store.rows("SELECT COUNT(*) FROM learned")[0][0] == 0
        assert [tuple(row) for row in store.rows("SELECT run, strategy FROM lineage")] == [(7, "tree")]
        assert [row["run"] for row in store.rows("SELECT * FROM account")] == [7]
        assert store.rows("PRAGMA foreign_key_check") == []
    assert first.with_name("old.before-upgrade-1.seedbed").exists()


def test_settings_that_no_reader_of_json_takes_are_mended(first: Path) -> None:
    broken = '{"budget_usd": Infinity, "growth": {"temperature": NaN}, "n": 5, "instruction": "Of ages: NaN, Infinity"}'
    with contextlib.closing(sqlite3.connect(first)) as plain:
        plain.execute("UPDATE run SET settings = ?", [broken])
        plain.commit()
    with open_project(first) as store:
        assert store.rows("SELECT json_extract(settings, '$.n') FROM run")[0][0] == 5
        found = json.loads(store.rows("SELECT settings FROM run")[0][0])
    assert found == {
        "budget_usd": None,
        "growth": {"temperature": None},
        "n": 5,
        "instruction": "Of ages: NaN, Infinity",
    }


def test_runs_may_be_of_any_kind(first: Path) -> None:
    with open_project(first) as store:
        assert add_run(store, "reanswer", "{}", 1) == 8
        shape = store.rows("SELECT sql FROM sqlite_schema WHERE name = 'run'")[0][0]
        assert "-- JSON; never a key" in shape
        assert "CHECK (work" not in shape
        with pytest.raises(BugError, match="FOREIGN KEY"):
            store.do(lambda db: db.execute("DELETE FROM run WHERE id = 7") and None)


def test_an_upgrade_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    with pytest.raises(Exception, match="no_such_table"):
        open_project(path, shape=longer(step_fails=True))
    assert os.listdir(path.parent) == ["one.seedbed"]
    with open_project(path) as store:
        assert store.rows("PRAGMA user_version")[0][0] == shape_number()
        assert "colour" not in [row[1] for row in store.rows("PRAGMA table_info(seed)")]


def test_a_second_upgrade_never_writes_over_the_first_copy(path: Path) -> None:
    other = path.with_name(f"one.before-upgrade-{shape_number()}.seedbed")
    other.write_bytes(b"precious")
    open_project(path, shape=longer()).close()
    assert other.read_bytes() == b"precious"
    assert path.with_name(f"one.before-upgrade-{shape_number()}-2.seedbed").exists()


def test_a_copy_is_complete_while_others_write(path: Path, tmp_path: Path) -> None:
    with open_project(path) as store:
        seeds.add_seed(store, SEED, Options.FIXED)
        copy_project(store, tmp_path / "copy.seedbed")
        with pytest.raises(ProjectError, match="exists already"):
            copy_project(store, tmp_path / "copy.seedbed")
        with pytest.raises(ProjectError):
            copy_project(store, tmp_path / "no folder" / "copy.seedbed")
    with open_project(tmp_path / "copy.seedbed") as copy:
        assert len(seeds.read_seeds(copy)) == 2
    assert sorted(os.listdir(tmp_path)) == ["copy.seedbed", "one.seedbed"]


MOUNTS = """/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
tmpfs /home/ada/local\\040disk tmpfs rw 0 0
//nas/share /mnt/nas cifs rw 0 0
/dev/sdb1 /mnt/nas ext4 rw 0 0
ada@host:/ /mnt/ssh fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/ada", "nfs4"),
        ("/home/ada/local disk/projects", None),
        ("/home/ada/local", "nfs4"),
        ("/mnt/nas", None),  # a local disk was mounted over it
        ("/mnt/ssh/a/b", "fuse.sshfs"),
        ("/srv", None),
    ],
)
def test_a_network_folder_is_known_by_the_mounts(folder: str, kind: str | None) -> None:
    assert network_file_system(Path(folder), MOUNTS) == kind


def test_a_project_on_a_network_folder_is_refused_with_a_way_out(path: Path, tmp_path: Path) -> None:
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/x {str(tmp_path).replace(' ', chr(92) + '040')} nfs rw 0 0\n"
    with pytest.raises(ProjectError, match=r"network folder \(nfs\)") as caught:
        open_project(path, mounts=mounts)
    assert "Keep the project on a disk of this machine" in caught.value.mend
    with pytest.raises(ProjectError, match=r"network folder \(nfs\)"):
        create_project(tmp_path / "two", mounts=mounts)


def test_a_link_into_a_network_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "near").symlink_to(tmp_path / "far")
    assert network_file_system(tmp_path / "near", f"server:/x {tmp_path / 'far'} nfs4 rw 0 0\n") == "nfs4"


AS_NOBODY = """
import os, sys
from pathlib import Path
from seedbed_engine.errors import BugError, ProjectError
from seedbed_engine.keeping.project import create_project, copy_project, open_project
from seedbed_engine.keeping.seeds import add_seed, read_seeds
from seedbed_engine.keeping.trees import read_kept, search
if os.getuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
path = Path(sys.argv[1])
try:
    store = open_project(path)
    print(store.read_only, len(read_kept(store, 1)), len(search(store, "question")))
    seed = read_seeds(store)[0]
    try:
        add_seed(store, seed.example, seed.kind)
    except ProjectError as error:
        print(error)
    store.close()
except ProjectError as error:
    print(error)
"""


def as_nobody(path: Path) -> list[str]:
    """What an ordinary user sees of this file: permissions mean nothing to root."""
    for folder in path.parents:
        if folder.stat().st_uid == os.getuid() and folder.name.startswith(("pytest-", "popen-", "test_")):
            folder.chmod(folder.stat().st_mode | 0o055)
    try:
        done = subprocess.run([sys.executable, "-c", AS_NOBODY, str(path)], capture_output=True, text=True, timeout=60)
    finally:
        path.parent.chmod(0o755)
        path.chmod(0o644)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_read_only_file_can_be_read_and_says_that_it_cannot_be_written(path: Path) -> None:
    path.chmod(0o444)
    path.parent.chmod(0o555)
    read, said = as_nobody(path)
    assert read == "True 300 200"
    assert said == "one.seedbed is open read-only. Save a copy elsewhere to change it."
    assert os.listdir(path.parent) == ["one.seedbed"]


def test_a_file_in_a_folder_that_cannot_be_written_is_opened_read_only(path: Path) -> None:
    path.chmod(0o666)
    path.parent.chmod(0o555)
    assert as_nobody(path)[0] == "True 300 200"


def test_a_file_that_may_not_be_read_is_said(path: Path) -> None:
    path.chmod(0o000)
    assert as_nobody(path) == ["one.seedbed cannot be read: you have no permission. Check its permissions."]


def test_what_another_user_has_open_is_read_with_the_latest_changes(path: Path) -> None:
    with open_project(path) as store:
        new = [NewExample(1, None, None, None, 0, "new", 1, Example("Question of now?", ("yes", "no"), "no"))]
        store.do(lambda db: insert_examples(db, new))
        path.chmod(0o444)
        path.parent.chmod(0o555)
        assert as_nobody(path)[0] == "True 301 200"


def test_a_read_only_file_that_was_not_closed_is_refused_with_a_way_out(path: Path, tmp_path: Path) -> None:
    crash = (
        "import os, sys; from pathlib import Path; from seedbed_engine.keeping.project import open_project\n"
        "from seedbed_engine.keeping.store import insert_row\n"
        "store = open_project(Path(sys.argv[1]))\n"
        "store.do(lambda db: insert_row(db, 'reviewer', {'name': 'last'})); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", crash, str(path)], check=True, timeout=60)
    (path.parent / "one.seedbed-shm").unlink()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    (said,) = as_nobody(path)
    assert said.startswith("one.seedbed was not closed properly and cannot be written here")
    assert "one.seedbed-wal" in said
    with open_project(path) as store:  # whoever may write brings it in order
        assert store.rows("SELECT name FROM reviewer")[0][0] == "last"


def test_a_folder_where_nothing_may_be_made_is_said(tmp_path: Path) -> None:
    code = AS_NOBODY.split("path = Path")[0] + (
        "\ntry:\n    create_project(Path(sys.argv[1]))\nexcept ProjectError as error:\n    print(error)"
    )
    for folder in tmp_path.parents:
        if folder.name.startswith(("pytest-", "popen-")):
            folder.chmod(0o755)
    tmp_path.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "two")], capture_output=True, text=True, timeout=60
    )
    tmp_path.chmod(0o755)
    assert done.stdout == "two.seedbed cannot be made: you have no permission. Choose another folder.\n", done.stderr


def test_the_queries_of_the_page_about_the_project_file_run(path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "project-file.md").read_text()
    queries = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    assert len(queries) == 3
    with contextlib.closing(sqlite3.connect(path)) as db:
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")}
        assert db.execute(queries[0]).fetchone()[1] == SEED.question
        assert [row[1] for row in db.execute(queries[1])] == [17]
        db.execute(queries[2]).fetchall()
    told = set(re.findall(r"`(\w+)`", page))
    assert {name for name in tables if not name.startswith(("example_text", "sqlite_", "_sqlite_"))} <= told


def test_looking_at_an_open_project_does_not_drop_its_locks(tmp_path: Path) -> None:
    """Else another process takes itself for the last one and removes the log that this one still writes to."""
    path = tmp_path / "a.seedbed"
    with create_project(path) as store:
        store.do(lambda db: db.execute("INSERT INTO project (name, value) VALUES ('one', '1')"))
        open_project(path).close()
        code = "import sys, pathlib; from seedbed_engine.keeping.project import open_project; s = open_project"
        code += "(pathlib.Path(sys.argv[1])); s.rows('SELECT 1'); s.close()"
        subprocess.run([sys.executable, "-c", code, str(path)], check=True)
        assert path.with_name("a.seedbed-wal").exists()
        store.do(lambda db: db.execute("INSERT INTO project (name, value) VALUES ('two', '2')"))
    with open_project(path) as store:
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
        assert store.rows("SELECT COUNT(*) FROM project WHERE name IN ('one', 'two')")[0][0] == 2


def test_a_project_whose_log_was_taken_over_in_part_opens_with_all_that_is_in_it(path: Path, tmp_path: Path) -> None:
    """As a full disk or a kill leaves it: the file says already how large it becomes, the rest is in its log only."""
    cut = tmp_path / "cut.seedbed"
    with open_project(path) as store:
        more = [
            NewExample(1, None, None, None, n, f"m{n}", 1, Example(f"More {n}?", ("yes", "no"), "no"))
            for n in range(900)
        ]
        store.do(lambda db: insert_examples(db, more))
        file, log = bytearray(path.read_bytes()), path.with_name(path.name + "-wal").read_bytes()
    frame = 24 + 4096
    heads = [at for at in range(32, len(log) - frame + 1, frame) if int.from_bytes(log[at : at + 4], "big") == 1]
    file[:4096] = log[heads[-1] + 24 : heads[-1] + frame]
    cut.write_bytes(file)
    assert "damaged" in refusal(cut)  # without its log it is
    cut.with_name(cut.name + "-wal").write_bytes(log)
    with open_project(cut) as store:
        assert len(read_kept(store, 1)) == 1200
        assert store.rows("PRAGMA integrity_check")[0][0] == "ok"
