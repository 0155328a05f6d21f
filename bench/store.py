"""How quick the project file is: opening to the first picture, inserting, searching, deciding about very many.

`python bench/store.py [--quick]`. A tree of random growth, five examples a request; questions of 15 words drawn from a
vocabulary with a long tail. The file lies in the temporary folder and has just been written, so the system still has
it in memory. Anchors are measured in the same run.
"""

import argparse
import contextlib
import itertools
import json
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtWidgets import QApplication

from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import calls, history, runs, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.tree.lineage import tree_arrays
from seedbed_gui import style
from seedbed_gui.canvas import TreeCanvas

SLICE = 2000
SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")
PLAIN = trees._INSERT
BARE = (
    "CREATE TABLE example (id INTEGER PRIMARY KEY, seed, parent, call, request, position, key, depth, question,"
    " context, options, answer,"
    " wanted_answer, state DEFAULT 'new', flag, origin, drift, question_key, created, edited)",
    "CREATE VIRTUAL TABLE example_text USING fts5 (question, context, options, content='example', content_rowid='id')",
    "CREATE TRIGGER added AFTER INSERT ON example BEGIN INSERT INTO example_text (rowid, question, context, options)"
    " VALUES (new.id, new.question, new.context, new.options); END",
)


class Vocabulary:
    """Words of two to nine letters; the hundred most frequent make up half of a text."""

    def __init__(self) -> None:
        self._rng = np.random.default_rng(13)
        letters = np.array(list("etaoinshrdlucmfwypvbgkjqxz"))
        lengths = self._rng.integers(2, 10, 20_000)
        shares = 1 / np.arange(2, 28)
        self.words = ["".join(self._rng.choice(letters, n, p=shares / shares.sum())) for n in lengths]
        self._ranks = 1 / np.arange(1, 20_001)
        self._ranks /= self._ranks.sum()

    def texts(self, count: int, length: int) -> list[str]:
        chosen = self._rng.choice(len(self.words), (count, length), p=self._ranks)
        return [" ".join(map(self.words.__getitem__, row)) for row in chosen.tolist()]


def wall(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def cpu(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return time.process_time() - began


def new_project(path: Path) -> Store:
    store = create_project(path)
    seeds.add_seed(store, SEED, Options.FIXED)
    runs.add_run(store, "grow", "{}", 1)
    return store


def rows(words: Vocabulary, first: int, count: int, context_words: int) -> list[trees.NewExample]:
    """Examples with ids from `first` on; every five have a parent, a call and a request of their own."""
    rng = np.random.default_rng(first)
    parents = np.repeat(rng.integers(0, first, -(-count // 5)), 5).tolist()
    contexts: Sequence[str | None] = words.texts(count, context_words) if context_words else [None] * count
    made = zip(words.texts(count, 15), contexts, parents, range(count), strict=False)
    return [
        trees.NewExample(
            seed=1,
            parent=parent or None,
            call=(first + n - 1) // 5 + 1,
            request=(first + n - 1) // 5 + 1,
            position=n % 5,
            key=f"13/{parent}.{n}",
            depth=1 if not parent else 2,
            example=Example(f"{question}?", ("yes", "no"), "yes", context),
            wanted_answer="yes",
            drift=0.5,
        )
        for question, context, parent, n in made
    ]


def add_requests(store: Store, first: int, count: int) -> None:
    """The calls and requests that the examples of `rows` name."""
    numbers = range((first - 1) // 5 + 1, (first + count - 2) // 5 + 2)
    store.do(
        lambda db: (
            db.conn.executemany(
                "INSERT INTO call (id, run, seed, key, place, wanted) VALUES (?, 1, 1, ?, ?, 5)",
                [(n, str(n), n) for n in numbers],
            )
            and db.conn.executemany(
                "INSERT INTO request (id, call, part, attempt, wanted, creator, model, messages, sampling, sent) "
                "VALUES (?, ?, 0, 1, 5, 'scripted', '', '[]', '{}', '')",
                [(n, n) for n in numbers],
            )
            and None
        )
    )


def grow(path: Path, words: Vocabulary, count: int) -> float:
    """Make a project of so many examples; examples a second."""
    seconds = 0.0
    with new_project(path) as store:
        for first in range(1, count + 1, SLICE):
            part = rows(words, first, min(SLICE, count + 1 - first), 0)
            add_requests(store, first, len(part))
            seconds += wall(lambda part=part: store.do(lambda db: trees.insert_examples(db, part)))  # type: ignore[misc]
    return count / seconds


def open_to_picture(path: Path, canvas: TreeCanvas) -> dict[str, float]:
    """Seconds from the path of a closed file to the painted tree, with what they are made of."""
    began = time.perf_counter()
    with open_project(path) as store:
        opened = time.perf_counter()
        seeds.read_seeds(store)
        counted = time.perf_counter()
        columns = trees.read_columns(store, 1)
        read = time.perf_counter()
        canvas.set_tree(tree_arrays(columns.ids, columns.parents, columns.states))
        canvas.repaint()
        ended = time.perf_counter()
    parts = {"file": opened - began, "counts": counted - opened, "columns": read - counted, "picture": ended - read}
    print(f"  opening {path.name}: " + ", ".join(f"{name} {seconds:.3f} s" for name, seconds in parts.items()))
    return {"all": ended - began, **parts}


def best_opening(path: Path, canvas: TreeCanvas, name: str) -> dict[str, float | None]:
    times = [open_to_picture(path, canvas)["all"] for _ in range(3)]
    with contextlib.closing(sqlite3.connect(path)) as db:
        plain = wall(lambda: db.execute("SELECT id, parent, call, depth, state, drift FROM example").fetchall())
    return {f"open_s_{name}": float(np.median(times)), f"anchor_plain_select_s_{name}": plain}


def inserting(folder: Path, words: Vocabulary, count: int, context_words: int) -> dict[str, float | None]:
    """The same rows through the store, by plain executemany into the same tables, and into a bare table.

    CPU seconds, since all three wait for the same disk and other work on the machine counts in wall seconds.
    """
    new = rows(words, 1, count, context_words)
    slices = [new[start : start + SLICE] for start in range(0, count, SLICE)]
    with new_project(folder / "ours") as store:
        add_requests(store, 1, count)
        ours = cpu(lambda: [store.do(lambda db, part=part: trees.insert_examples(db, part)) for part in slices])  # type: ignore[misc]
        ready = [tuple(row) for row in store.rows(f"SELECT {', '.join(trees._NAMES)} FROM example ORDER BY id")]
    with new_project(folder / "plain") as store:
        add_requests(store, 1, count)
    bare = folder / "bare.db"
    with contextlib.closing(sqlite3.connect(bare)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        for statement in BARE:
            db.execute(statement)
    plain, naked = (cpu_of_plain(path, ready) for path in (folder / "plain.seedbed", bare))
    for path in folder.iterdir():
        path.unlink()
    name = f"{context_words}_words"
    return {
        f"insert_per_cpu_s_{name}": count / ours,
        f"insert_share_of_plain_{name}": plain / ours,
        f"anchor_plain_per_cpu_s_{name}": count / plain,
        f"anchor_bare_table_per_cpu_s_{name}": count / naked,
    }


def cpu_of_plain(path: Path, ready: Sequence[tuple[object, ...]]) -> float:
    def insert() -> None:
        for start in range(0, len(ready), SLICE):
            db.executemany(PLAIN, ready[start : start + SLICE])
            db.commit()

    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA foreign_keys=ON")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA cache_size=-65536")
        return cpu(insert)


def typed(words: Vocabulary) -> Iterator[str]:
    """Two words of a question, letter by letter, for forty questions."""
    for question in words.texts(40, 2):
        yield from filter(str.strip, itertools.accumulate(question))


def searching(path: Path, words: Vocabulary) -> dict[str, float | None]:
    with open_project(path) as store:
        times = [1000 * wall(lambda text=text: trees.search(store, text)) for text in typed(words)]  # type: ignore[misc]
        one_seed = [1000 * wall(lambda text=text: trees.search(store, text, 1)) for text in typed(words)]  # type: ignore[misc]
    return {
        "search_p95_ms_100k": float(np.percentile(times, 95)),
        "search_max_ms_100k": max(times),
        "search_in_seed_p95_ms_100k": float(np.percentile(one_seed, 95)),
    }


def deciding(path: Path, count: int) -> dict[str, float | None]:
    """Reject six of ten examples in one step, take it back, do it again."""
    chosen = np.sort(np.random.default_rng(1).choice(count, count * 6 // 10, replace=False) + 1).tolist()
    with open_project(path) as store:
        reject = wall(lambda: history.set_state(store, chosen, State.REJECTED))
        size = store.rows("SELECT LENGTH(examples) + LENGTH(before) + LENGTH(after) FROM change")[0][0]
        undo = wall(lambda: history.undo(store))
        account = wall(lambda: calls.read_account(store, 1))
    return {"reject_600k_s": reject, "undo_600k_s": undo, "change_row_bytes_600k": size, "account_s_1m": account}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="without the million")
    quick = parser.parse_args().quick
    app = QApplication([])
    style.apply(app, dark=False)
    canvas = TreeCanvas()
    canvas.resize(1400, 900)
    canvas.show()
    app.processEvents()
    words = Vocabulary()
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    found: dict[str, float | None] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for context_words, count in ((0, 40_000), (180, 10_000)):
            found |= inserting(folder, words, count, context_words)
        shares = [found[f"insert_share_of_plain_{n}_words"] or 0.0 for n in (0, 180)]
        found["insert_share_of_plain"] = min(shares)
        found["grow_per_s_100k"] = grow(folder / "100k", words, 100_000)
        found |= best_opening(folder / "100k.seedbed", canvas, "100k")
        found |= searching(folder / "100k.seedbed", words)
        if quick:
            print("open_s_1m was left out: --quick")
            found["open_s_1m"] = None
        else:
            found["grow_per_s_1m"] = grow(folder / "1m", words, 1_000_000)
            found |= best_opening(folder / "1m.seedbed", canvas, "1m")
            found |= deciding(folder / "1m.seedbed", 1_000_000)
    canvas.close()
    print(f"load average {os.getloadavg()[0]:.1f}")
    print(json.dumps({name: None if value is None else round(value, 4) for name, value in found.items()}))


if __name__ == "__main__":
    main()
