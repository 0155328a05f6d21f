"""An audit of created examples: likely mislabelled first, and what each branch seems worth.

Three views, all for ranking and none for deleting: how the examples were learned (training dynamics: finds wrong
labels), their worth to a nearest-neighbour classifier on frozen vectors (a proxy for the trained model), and how near
they are to what is asked (finds what is off the topic).
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.encoding.vectors import vectors_of
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example
from seedbed_engine.keeping import answers_kept, datasets, runs, trees
from seedbed_engine.keeping.answers_kept import LearnedRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.items import LearningItem
from seedbed_engine.learning.shapley import NEIGHBOURS, knn_shapley
from seedbed_engine.learning.tracing import trained_items
from seedbed_engine.settings import TrainingSettings
from seedbed_engine.similarity import Vectors, unit_rows

MOST_ASKED = 500  # held-out examples that the proxy is reckoned on


def audit(store: Store, run: int, encoder: Encoder | None = None) -> dict[str, Any]:
    """A run's created examples, the least sure first, and its branches, the least sure first, as plain values."""
    learned = {row.example: row for row in answers_kept.read_learned(store, run)}
    items = [item for item in trained_items(store, run) if item.id in learned]
    if not items:
        raise PersonError(f"Run {run} has not kept how its examples were learned.", "Train again, then audit that run.")
    asked, judged_on = held_out_of(store, run)
    rows = [_row(item, learned) for item in items]
    if asked:
        encoder, examples = encoder or Encoder(), [item.example for item in items]
        values, likeness = values_of(store, encoder, examples, asked), likeness_of(store, encoder, examples, asked)
        for row, value, near in zip(rows, values.tolist(), likeness.tolist(), strict=True):
            row |= {"value": round(value, 7), "likeness": round(near, 4)}
    return {
        "run": run,
        "proxy": "KNN-Shapley on frozen vectors" if asked else None,
        "proxy judged on": judged_on,
        "examples": sorted(rows, key=lambda row: (row["confidence"], row["example"])),
        "branches": _branches(rows),
    }


def held_out_of(store: Store, run: int) -> tuple[list[Example], str]:
    """Examples that nothing created was learned from: a dev split, else human train data, else branches held out."""
    settings = TrainingSettings.from_json(runs.read_run(store, run).settings)
    found = datasets.read_datasets(store)
    chosen = [each for each in found if settings.test_dataset in (None, each.id)]
    for split in ("dev", "train"):
        for dataset in chosen:
            rows = datasets.read_split(store, dataset.id, split)[:MOST_ASKED]
            if rows:
                return [example for _, example in rows], f"{len(rows)} human examples ({dataset.name}, {split} split)"
    held = {row.example for row in answers_kept.read_predictions(store, run, "created") if row.example is not None}
    rows_held = trees.read_examples(store, sorted(held))[:MOST_ASKED]
    return [row.example for row in rows_held], f"{len(rows_held)} created examples that were held out"


def values_of(
    store: Store, encoder: Encoder, known: Sequence[Example], asked: Sequence[Example]
) -> NDArray[np.float64]:
    """What each known example is worth, on vectors of texts; where options vary, on products of question and option.

    The latter is weak: on CommonsenseQA it did not find a branch of wrong answers, which the confidence did.
    """
    if len({frozenset(example.options) for example in (*known, *asked)}) > 1:
        first, answers, owners = _pairs(store, encoder, known)
        second, truth, _ = _pairs(store, encoder, asked)
        return np.bincount(owners, knn_shapley(first, answers, second, truth), len(known)).astype(np.float64)
    labels = sorted(known[0].options)
    answers, truth = (np.array([labels.index(example.answer) for example in each]) for each in (known, asked))
    first, second = (vectors_of(store, encoder, [_text(example) for example in each]) for each in (known, asked))
    return knn_shapley(first, answers, second, truth)


def likeness_of(store: Store, encoder: Encoder, known: Sequence[Example], asked: Sequence[Example]) -> Vectors:
    """Mean cosine of each known question with the held-out ones nearest to it."""
    first, second = (vectors_of(store, encoder, [example.question for example in each]) for each in (known, asked))
    nearest: Vectors = np.sort(first @ second.T, axis=1)[:, -NEIGHBOURS:]
    return cast(Vectors, nearest.mean(axis=1))


def _text(example: Example) -> str:
    return f"{example.question}\n{example.context}" if example.context else example.question


def _pairs(
    store: Store, encoder: Encoder, examples: Sequence[Example]
) -> tuple[Vectors, NDArray[np.int64], NDArray[np.int64]]:
    """A row for each question with each of its options, whether it is the answer, and whose it is."""
    owners = np.array([at for at, example in enumerate(examples) for _ in example.options])
    questions = vectors_of(store, encoder, [example.question for example in examples])
    options = vectors_of(store, encoder, [option for example in examples for option in example.options])
    is_answer = [place == e.answer_index for e in examples for place in range(len(e.options))]
    return unit_rows(questions[owners] * options), np.array(is_answer, np.int64), owners


def _row(item: LearningItem, learned: dict[int, LearnedRow]) -> dict[str, Any]:
    found = learned[item.id or 0]
    return {
        "example": found.example,
        "branch": item.branch,
        "question": item.example.question,
        "answer": item.example.answer,
        "confidence": round(found.confidence, 4),
        "variability": round(found.variability, 4),
        "correctness": round(found.correctness, 4),
        "forgotten": round(found.forgotten, 4),
        "value": None,
        "likeness": None,
    }


def _branches(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    members: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        members[row["branch"]].append(row)
    found = [
        {
            "branch": name,
            "examples": len(inside),
            "confidence": _mean(inside, "confidence"),
            "value": _mean(inside, "value"),
            "likeness": _mean(inside, "likeness"),
        }
        for name, inside in members.items()
    ]
    return sorted(found, key=lambda row: (row["confidence"], row["branch"]))


def _mean(rows: Sequence[dict[str, Any]], name: str) -> float | None:
    found = [row[name] for row in rows]
    return None if None in found else round(float(np.mean(found)), 7)
