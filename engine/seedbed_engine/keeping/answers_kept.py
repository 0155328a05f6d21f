"""What models answered and how examples were learned, in the project file: by run."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from seedbed_engine.examples import Example
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.rows import example_of
from seedbed_engine.keeping.store import Store

SLICE = 500
TEST, DEV, HELD_OUT = "test", "dev", "held out"
PARTS = (TEST, HELD_OUT, DEV)  # what a model answers; the first that there is was judged on
_INSERT = "INSERT OR REPLACE INTO learned (run, example, confidence, variability, correctness, forgotten) VALUES "


@dataclass(frozen=True, slots=True)
class PredictionRow:
    """What one model answered on one item: a human example, or a created one that was held out."""

    training_seed: int
    dataset_example: int | None
    example: int | None
    predicted: str
    probabilities: tuple[float, ...]
    split: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One item with what a model answered: `shares` of its options, averaged over the training seeds.

    `part` is 'test' (a human test set), 'held out' (created, with its branch) or 'dev' (human, never of a test set).
    """

    id: int
    example: Example
    shares: tuple[float, ...]
    part: str = TEST

    @property
    def place(self) -> int:
        """Which option was answered."""
        return int(np.argmax(self.shares))

    @property
    def answer(self) -> str:
        """The option that was answered."""
        return self.example.options[self.place]

    @property
    def sureness(self) -> float:
        """The probability of the option that was answered."""
        return max(self.shares)

    @property
    def is_right(self) -> bool:
        """Whether the answer was right."""
        return self.answer == self.example.answer


@dataclass(frozen=True, slots=True)
class LearnedRow:
    """How one example was learned, averaged over training seeds; the first three are over the epochs."""

    example: int
    confidence: float
    variability: float
    correctness: float
    forgotten: float


def read_predictions(store: Store, run: int, model: str) -> list[PredictionRow]:
    """All that one model of a run answered, in the order of the test."""
    query = """SELECT p.training_seed, p.dataset_example, p.example, p.predicted, p.probabilities, e.split
FROM prediction p LEFT JOIN dataset_example e ON e.id = p.dataset_example
WHERE p.run = ? AND p.model = ? ORDER BY p.rowid"""
    rows = store.rows(query, [run, model])
    return [PredictionRow(r[0], r[1], r[2], r[3], tuple(json.loads(r[4])), r[5]) for r in rows]


def read_answered(store: Store, run: int, model: str) -> list[Answered]:
    """What a model of a run answered, averaged over its seeds; items whose options were edited since are left out."""
    by_item: dict[tuple[int | None, int | None], list[PredictionRow]] = defaultdict(list)
    for row in read_predictions(store, run, model):
        by_item[row.dataset_example, row.example].append(row)
    human = read_human_examples(store, [key[0] for key in by_item if key[0] is not None])
    created = {row.id: row.example for row in trees.read_examples(store, [k[1] for k in by_item if k[1] is not None])}
    found = []
    for (of_dataset, of_tree), answers in by_item.items():
        number = of_dataset if of_dataset is not None else of_tree or 0
        example = (human if of_dataset is not None else created).get(number)
        shares = np.mean([each.probabilities for each in answers], axis=0)
        part = HELD_OUT if of_dataset is None else TEST if answers[0].split == "test" else DEV
        if example is not None and len(example.options) == len(shares):
            found.append(Answered(number, example, tuple(shares.tolist()), part))
    return found


def read_models(store: Store, run: int) -> list[str]:
    """The models of a run whose answers are kept, in the order in which they were judged."""
    query = "SELECT model FROM prediction WHERE run = ? GROUP BY model ORDER BY MIN(rowid)"
    return [row[0] for row in store.rows(query, [run])]


def read_human_examples(store: Store, ids: Sequence[int]) -> dict[int, Example]:
    """Human examples by their numbers, of whatever split: of tests only those that a verdict has judged."""
    found: dict[int, Example] = {}
    for start in range(0, len(ids), SLICE):
        part = list(ids[start : start + SLICE])
        query = f"SELECT * FROM dataset_example WHERE id IN ({','.join('?' * len(part))})"
        found |= {row["id"]: example_of(row) for row in store.rows(query, part)}
    return found


def write_learned(store: Store, run: int, rows: Sequence[LearnedRow]) -> None:
    """Keep how the examples of a run were learned, instead of what was kept of it before."""
    values = [(run, *astuple(row)) for row in rows]
    store.do(lambda db: db.conn.execute("DELETE FROM learned WHERE run = ?", [run]).rowcount)
    for start in range(0, len(values), SLICE):
        part = values[start : start + SLICE]
        store.do(lambda db, part=part: db.conn.executemany(f"{_INSERT} (?, ?, ?, ?, ?, ?)", part).rowcount)  # type: ignore[misc]


def read_learned(store: Store, run: int) -> list[LearnedRow]:
    """How the examples of a run were learned, the least sure first."""
    query = """SELECT example, confidence, variability, correctness, forgotten
FROM learned WHERE run = ? ORDER BY confidence, example"""
    return [LearnedRow(*row) for row in store.rows(query, [run])]
