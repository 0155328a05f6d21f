"""Human data in the project file: train, dev and test splits; a sealed test split is only looked at by a verdict."""

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from seedbed_engine.errors import ProjectError
from seedbed_engine.examples import Example
from seedbed_engine.keeping.project import now
from seedbed_engine.keeping.rows import DatasetRow, HumanRow, columns_of, example_of
from seedbed_engine.keeping.store import Store, insert_row
from seedbed_engine.keeping.trees import question_key

_INSERT = """INSERT INTO dataset_example (dataset, split, question, context, options, answer, question_key)
VALUES (:dataset, :split, :question, :context, :options, :answer, :question_key)"""
_SAME = ("question_key", "context", "options", "answer")  # what makes two rows of a split the same
SLICE = 1000  # rows a transaction, so that no import holds the file for long
SPLITS = ("train", "dev", "test")


def add_dataset(
    store: Store, name: str, *, source: str | None = None, licence: str | None = None, sealed: bool = True
) -> int:
    """Make an empty data set; ProjectError where the name is taken."""

    def insert(db: Database) -> int:
        if db.execute("SELECT 1 FROM dataset WHERE name = ?", [name]).fetchone():
            raise ProjectError(f"There is a data set '{name}' already.", "Give this one another name.")
        row = {"name": name, "source": source, "licence": licence, "sealed": int(sealed), "created": now()}
        return insert_row(db, "dataset", row)

    return store.do(insert)


def add_dataset_examples(store: Store, dataset: int, split: str, examples: Sequence[Example]) -> int:
    """Add human examples to a split, in slices; how many. Those that are in it already are left out: a test item that
    counts twice would look like more evidence. ProjectError where the split's name is none of SPLITS."""
    if split not in SPLITS:
        raise ProjectError(f"There is no split '{split}'.", f"Choose one of {', '.join(SPLITS)}.")
    known = f"SELECT {', '.join(_SAME)} FROM dataset_example WHERE dataset = ? AND split = ?"
    there = {tuple(row) for row in store.rows(known, [dataset, split])}
    before = len(there)
    for start in range(0, len(examples), SLICE):
        rows = [{"dataset": dataset, "split": split, **_columns(e)} for e in examples[start : start + SLICE]]
        found = {tuple(row[name] for name in _SAME): row for row in rows}
        new = [row for same, row in found.items() if same not in there]
        there |= found.keys()
        store.do(lambda db, new=new: db.conn.executemany(_INSERT, new).rowcount)  # type: ignore[misc]
    return len(there) - before


def item_key(example: Example) -> tuple[str, str, tuple[str, ...]]:
    """The same for two human examples that ask the same: question, passage and options, whatever their order."""
    return question_key(example.question), question_key(example.context or ""), tuple(sorted(example.options))


def _columns(example: Example) -> dict[str, Any]:
    return {**columns_of(example), "question_key": question_key(example.question)}


def read_datasets(store: Store) -> list[DatasetRow]:
    """All data sets with the sizes of their splits."""
    query = """SELECT d.*, SUM(e.split = 'train') AS train, SUM(e.split = 'dev') AS dev, SUM(e.split = 'test') AS test
FROM dataset d LEFT JOIN dataset_example e ON e.dataset = d.id GROUP BY d.id ORDER BY d.id"""
    return [_dataset(row) for row in store.rows(query)]


def read_split(store: Store, dataset: int, split: str) -> list[tuple[int, Example]]:
    """Ids and examples of a train or dev split, or of a test split that is not sealed."""
    sealed = store.rows("SELECT sealed FROM dataset WHERE id = ?", [dataset])
    if split == "test" and sealed and sealed[0][0]:
        raise ProjectError("The test split is sealed.", "Only a verdict looks at it.")
    return _split(store, dataset, split)


def read_some(store: Store, dataset: int, most: int) -> list[Example]:
    """So many examples from all over the train and dev splits."""
    ids = [row[0] for row in store.rows(
        "SELECT id FROM dataset_example WHERE dataset = ? AND split IN ('train', 'dev') ORDER BY id", [dataset]
    )]  # fmt: skip
    chosen = ids[:: max(1, len(ids) // most)][:most]
    marks = ", ".join("?" * len(chosen))
    return [example_of(row) for row in store.rows(f"SELECT * FROM dataset_example WHERE id IN ({marks})", chosen)]


def read_test(store: Store, dataset: int) -> list[tuple[int, Example]]:
    """Ids and examples of a test split, for a verdict, which counts its look before answers are held against them."""
    return _split(store, dataset, "test")


def count_look(store: Store, dataset: int) -> None:
    """Count a look at a test split: answers of models are about to be held against it."""
    store.do(lambda db: db.execute("UPDATE dataset SET looks = looks + 1 WHERE id = ?", [dataset]))


def read_watched(store: Store, dataset: int | None = None) -> list[HumanRow]:
    """Every human dev and test example (of one data set): what created data must not come near. Nobody sees them, so
    this is no look at a sealed split."""
    query = """SELECT e.*, d.name, ROW_NUMBER() OVER (PARTITION BY e.dataset, e.split ORDER BY e.id) AS number
FROM dataset_example e JOIN dataset d ON d.id = e.dataset
WHERE e.split IN ('dev', 'test') AND (? IS NULL OR e.dataset = ?) ORDER BY e.id"""
    rows = store.rows(query, [dataset, dataset])
    return [HumanRow(row["id"], row["name"], row["split"], row["number"], example_of(row)) for row in rows]


def watched_version(store: Store) -> tuple[int, int]:
    """Changes when data sets come, grow or go."""
    query = "SELECT (SELECT COALESCE(MAX(id), 0) FROM dataset_example), (SELECT COUNT(*) FROM dataset)"
    highest, sets = store.rows(query)[0]
    return highest, sets


def remove_dataset(store: Store, dataset: int) -> None:
    """Take a data set out, unless a prediction was stored on it."""

    def remove(db: Database) -> None:
        used = "SELECT 1 FROM prediction p JOIN dataset_example e ON e.id = p.dataset_example WHERE e.dataset = ?"
        if db.execute(used, [dataset]).fetchone():
            raise ProjectError("A verdict was reached on this data set.", "It stays, so that the verdict can be read.")
        db.conn.execute("DELETE FROM dataset WHERE id = ?", [dataset])

    store.do(remove)


def _split(store: Store, dataset: int, split: str) -> list[tuple[int, Example]]:
    query = "SELECT * FROM dataset_example WHERE dataset = ? AND split = ? ORDER BY id"
    return [(row["id"], example_of(row)) for row in store.rows(query, [dataset, split])]


def _dataset(row: Any) -> DatasetRow:
    return DatasetRow(
        id=row["id"],
        name=row["name"],
        source=row["source"],
        licence=row["licence"],
        sealed=bool(row["sealed"]),
        looks=row["looks"],
        train=row["train"] or 0,
        dev=row["dev"] or 0,
        test=row["test"] or 0,
    )
