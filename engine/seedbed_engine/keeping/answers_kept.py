"""What models answered and how examples were learned, in the project file: by run."""

import json
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from seedbed_engine.examples import Example
from seedbed_engine.keeping.rows import example_of
from seedbed_engine.keeping.store import Store

SLICE = 500
_INSERT = "INSERT OR REPLACE INTO learned (run, example, confidence, variability, correctness, forgotten) VALUES "


@dataclass(frozen=True, slots=True)
class PredictionRow:
    """What one model answered on one item: a human example, or a created one that was held out."""

    training_seed: int
    dataset_example: int | None
    example: int | None
    predicted: str
    probabilities: tuple[float, ...]


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
    query = """SELECT training_seed, dataset_example, example, predicted, probabilities
FROM prediction WHERE run = ? AND model = ? ORDER BY rowid"""
    rows = store.rows(query, [run, model])
    return [PredictionRow(r[0], r[1], r[2], r[3], tuple(json.loads(r[4]))) for r in rows]


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
