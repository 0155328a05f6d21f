"""From a run's errors back to the tree: each with the examples nearest to it that were trained on, and their branch."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.encoding.vectors import vectors_of
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Options
from seedbed_engine.keeping import answers_kept, runs, trees
from seedbed_engine.keeping.answers_kept import PredictionRow
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.created import created_items
from seedbed_engine.learning.items import LearningItem, infer_form
from seedbed_engine.learning.mistakes import Answered, as_fields, described
from seedbed_engine.settings import TrainingSettings

NEAREST = 3
MOST_ERRORS = 200  # that are told one by one, the surest first


def errors_of(store: Store, run: int, model: str = "created", encoder: Encoder | None = None) -> dict[str, Any]:
    """What a run's model got wrong, as plain values: confusion, calibration, slices, and errors, the surest first.

    Each error has the examples nearest to it among those trained on, by kept vectors of the questions.
    """
    answered = answers_of(store, run, model)
    items = trained_items(store, run)
    row = read_seed(store, runs.read_run(store, run).seed or 0)
    labels = row.example.options if row.kind is Options.FIXED else infer_form([a.example for a in answered]).labels
    wrong = sorted((each for each in answered if not each.is_right), key=lambda each: -each.sureness)[:MOST_ERRORS]
    found = [as_fields(each) for each in wrong]
    near = _nearest(store, encoder or Encoder(), wrong, items) if wrong and items else [[] for _ in wrong]
    for fields, examples in zip(found, near, strict=True):
        fields["nearest"] = examples
    return {"run": run, "model": model, **described(answered, labels), "errors": found, "branches": _branches(found)}


def answers_of(store: Store, run: int, model: str) -> list[Answered]:
    """What a model of a run answered, averaged over its seeds; PersonError where nothing is kept."""
    rows = answers_kept.read_predictions(store, run, model)
    if not rows:
        raise PersonError(f"Run {run} has no answers of a model '{model}'.", "Let a training finish first.")
    by_item: dict[tuple[int | None, int | None], list[PredictionRow]] = defaultdict(list)
    for row in rows:
        by_item[row.dataset_example, row.example].append(row)
    human = answers_kept.read_human_examples(store, [key[0] for key in by_item if key[0] is not None])
    created = {row.id: row.example for row in trees.read_examples(store, [k[1] for k in by_item if k[1] is not None])}
    found = []
    for (of_dataset, of_tree), answers in by_item.items():
        number = of_dataset if of_dataset is not None else of_tree or 0
        example = (human if of_dataset is not None else created).get(number)
        shares = np.mean([each.probabilities for each in answers], axis=0)
        if example is not None and len(example.options) == len(shares):  # not edited since
            found.append(Answered(number, example, tuple(shares.tolist())))
    if not found:
        raise PersonError(f"All that run {run} was tested on has been edited since.", "Train and judge again.")
    return found


def trained_items(store: Store, run: int) -> list[LearningItem]:
    """The created examples that a run trained on, as far as they are in the tree still, with their branches."""
    row = runs.read_run(store, run)
    settings = TrainingSettings.from_json(row.settings)
    items = created_items(store, row.seed or 0, approved_only=settings.approved_only)
    learned = {each.example for each in answers_kept.read_learned(store, run)}
    return [item for item in items if item.id in learned] if learned else items


def _nearest(
    store: Store, encoder: Encoder, wrong: Sequence[Answered], items: Sequence[LearningItem]
) -> list[list[dict[str, Any]]]:
    asked = vectors_of(store, encoder, [each.example.question for each in wrong])
    known = vectors_of(store, encoder, [item.example.question for item in items])
    likeness = asked @ known.T
    order = np.argsort(-likeness, axis=1, kind="stable")[:, :NEAREST]
    rows = zip(order.tolist(), likeness, strict=True)
    return [[_near(items[at], float(row[at])) for at in places] for places, row in rows]


def _near(item: LearningItem, likeness: float) -> dict[str, Any]:
    return {
        "example": item.id,
        "branch": item.branch,
        "likeness": round(likeness, 4),
        "question": item.example.question,
        "answer": item.example.answer,
    }


def _branches(errors: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many errors lie nearest to each branch, the most first."""
    counts: dict[str, int] = defaultdict(int)
    for error in errors:
        if error["nearest"]:
            counts[error["nearest"][0]["branch"]] += 1
    return [{"branch": name, "errors": n} for name, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def with_errors(store: Store, run: int, result: str) -> str:
    """A run's result with what `errors_of` finds under the name `mistakes`: the window reads it there."""
    found = errors_of(store, run)
    return json.dumps({**json.loads(result), "mistakes": found}, ensure_ascii=False, sort_keys=True)
