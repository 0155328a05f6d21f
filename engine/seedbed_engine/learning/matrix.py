"""In and out of distribution: every trained model of a project on every human data set of the same form."""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from seedbed_engine import events
from seedbed_engine.errors import NotEnoughData
from seedbed_engine.examples import Example
from seedbed_engine.keeping import datasets, runs
from seedbed_engine.keeping.published import Pairs, pairs_among
from seedbed_engine.keeping.rows import DatasetRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.baselines import untuned
from seedbed_engine.learning.evaluation import (
    LEVEL,
    Interval,
    difference_interval,
    holm,
    is_collapsed,
    majority,
    mcnemar,
    wilson,
)
from seedbed_engine.learning.items import Form, Kind, infer_form
from seedbed_engine.learning.material import HUMAN_TEST
from seedbed_engine.learning.models import load_model
from seedbed_engine.learning.predictions import predict
from seedbed_engine.settings import EvaluationSettings, TrainingSettings

UNTUNED = "untuned encoder"
TRAIN_ON_PAIRS = "Import the data sets of a pair under their names, and train with one of them as the test set."
TRUTH = {"yes": True, "true": True, "no": False, "false": False}  # labels that mean the same in two data sets


@dataclass(frozen=True, slots=True)
class Cell:
    """One model on one data set; `is_own` where the model was judged on that very data set by its own run.

    `over_majority` is the difference to always the same answer, paired; `is_distinguishable` after Holm's correction
    for all cells of the matrix.
    """

    dataset: str
    items: int
    accuracy: float
    interval: Interval
    over_majority: float
    is_own: bool
    is_collapsed: bool
    over_interval: Interval
    p_value: float
    is_distinguishable: bool = False


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A model (or the untuned encoder) with a cell for each data set of its form, in the order of the columns."""

    model: int | None
    run: int | None
    name: str
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A data set: how many items are asked, what always the same answer gets, how often its split was looked at."""

    dataset: str
    items: int
    majority: float
    looks: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Models down, data sets across; `seeds` is how many trainings stand behind each figure.

    `pairs` says which of the paper's pairs are here and which are missing, where only these were asked.
    """

    split: str
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    seeds: int = 1
    pairs: str = ""

    def as_fields(self) -> dict[str, object]:
        """The matrix as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Asked:
    row: DatasetRow
    examples: tuple[Example, ...]
    form: Form

    @property
    def _said(self) -> list[str]:
        return [e.answer if self.form.labels else str(e.answer_index) for e in self.examples]

    @property
    def majority(self) -> float:
        return majority(self._said)[1]

    @property
    def constant_hits(self) -> NDArray[np.bool_]:
        """(items,): where always the same answer is right."""
        best = majority(self._said)[0]
        return np.array([said == best for said in self._said])


def run_evaluation(
    store: Store, run: int, tell: Callable[[events.Event], None], stop: threading.Event
) -> tuple[str, str, str | None]:
    """Do what a run of the work 'evaluate' asks for; how it ended: state, sentence, the matrix as JSON."""
    settings = EvaluationSettings.from_json(runs.read_run(store, run).settings)
    found = evaluate_all(store, settings.split, lambda text: tell(events.Said(run, text)), stop.is_set, settings.pairs)
    if found is None:
        return "stopped", "Stopped before every model was asked.", None
    sets, models = len(found.columns), sum(row.run is not None for row in found.rows)
    said = f"{models} model{'s' * (models > 1)} asked {sets} data set{'s' * (sets > 1)}."
    return "finished", said, json.dumps(found.as_fields(), ensure_ascii=False, sort_keys=True)


def evaluate_all(
    store: Store,
    split: str = "test",
    tell: Callable[[str], None] = lambda text: None,
    should_stop: Callable[[], bool] = lambda: False,
    only_pairs: bool = False,
) -> Matrix | None:
    """Ask every trained model every data set of its form; a look at each test split that is asked is counted. On train
    splits no model is asked what it was trained on.

    With `only_pairs` each is asked the data set that it was judged on and those that the paper pairs with it, and no
    other test split is looked at. None where it was stopped. Rows stand in the order of the data sets that their models
    were judged on.
    """
    sets = datasets.read_datasets(store)
    models = list(reversed(runs.read_trained_models(store)))
    own = {run: _judged_on(store, run, sets) for _, run, _, _, _ in models}
    pairs = pairs_among(sets) if only_pairs else None
    if pairs is not None:
        models = [each for each in models if own[each[1]] in pairs.trained_on]
        wanted = {own[each[1]] for each in models}
        wanted |= {pair.test for pair in pairs.found if pair.trained_on in wanted}
        sets = [row for row in sets if row.name in wanted]
        if not models:
            raise NotEnoughData(f"No trained model was judged on a data set of a pair. {pairs.said}", TRAIN_ON_PAIRS)
    asked = [each for row in sets if (each := _asked(store, row, split)) is not None]
    if not asked or not models:
        missing = f"a {split} split" if models else "a trained model"
        raise NotEnoughData(f"There is nothing to compare: {missing} is missing.", "Import data, or train first.")
    looks = _Looks(store, split)
    rows = []
    for number, run, name, _, folder in models:
        if should_stop():
            return None
        tell(f"Asking the model on {name} data of run {run}.")
        rows.append(_row((number, run, name), own[run], store.path.parent / folder, asked, pairs, looks))
    rows.sort(key=_own_column)
    if any(each.form.is_choice for each in asked):
        rows.append(_untuned_row(asked, looks))
    return Matrix(split, _columns(store, asked), _corrected(rows), pairs=pairs.said if pairs is not None else "")


def _columns(store: Store, asked: Sequence[_Asked]) -> tuple[Column, ...]:
    looks = {row.id: row.looks for row in datasets.read_datasets(store)}
    return tuple(Column(each.row.name, len(each.examples), each.majority, looks[each.row.id]) for each in asked)


def _own_column(row: MatrixRow) -> int:
    return next((place for place, cell in enumerate(row.cells) if cell is not None and cell.is_own), len(row.cells))


def _corrected(rows: Sequence[MatrixRow]) -> tuple[MatrixRow, ...]:
    """Cells are distinguishable only where interval and exact test say so after Holm's correction for all of them."""
    p_values = iter(holm([cell.p_value for row in rows for cell in row.cells if cell is not None]))

    def corrected(cell: Cell | None) -> Cell | None:
        if cell is None:
            return None
        p_value = next(p_values)
        return replace(cell, is_distinguishable=cell.over_interval.excludes_zero and p_value < LEVEL)

    return tuple(replace(row, cells=tuple(map(corrected, row.cells))) for row in rows)


def translated(form: Form, examples: Sequence[Example]) -> list[Example] | None:
    """The examples in a model's own labels; None where the form, or what the labels mean, is another."""
    found = infer_form(examples)
    if found.kind is not form.kind:
        return None
    if form.is_choice or set(found.labels) <= set(form.labels):
        return list(examples)
    by_meaning = {TRUTH.get(label.casefold(), label.casefold()): label for label in form.labels}
    words = {label: by_meaning.get(TRUTH.get(label.casefold(), label.casefold())) for label in found.labels}
    if None in words.values() or len(set(words.values())) < len(words):
        return None
    return [
        replace(e, options=tuple(str(words[option]) for option in e.options), answer=str(words[e.answer]))
        for e in examples
    ]


def _asked(store: Store, row: DatasetRow, split: str) -> _Asked | None:
    if not {"train": row.train, "dev": row.dev, "test": row.test}[split]:
        return None
    is_test = split == "test"
    found = datasets.read_test(store, row.id) if is_test else datasets.read_split(store, row.id, split)
    examples = tuple(example for _, example in found)
    return _Asked(row, examples, infer_form(examples))


class _Looks:
    """Counts a look at a test split when the first model is asked it."""

    def __init__(self, store: Store, split: str) -> None:
        self._store, self.split, self._counted = store, split, set[int]()

    def count(self, dataset: int) -> None:
        if self.split == "test" and dataset not in self._counted:
            datasets.count_look(self._store, dataset)
            self._counted.add(dataset)


def _row(
    model: tuple[int, int, str],
    own: str | None,
    folder: Path,
    asked: Sequence[_Asked],
    pairs: Pairs | None,
    looks: _Looks,
) -> MatrixRow:
    trained = load_model(folder)
    cells: list[Cell | None] = []
    for each in asked:
        is_own, name = own == each.row.name, each.row.name
        has_learned_it = looks.split == "train" and is_own and model[2] != "created"
        is_wanted = not has_learned_it and (pairs is None or is_own or pairs.has(own or "", name))
        examples = translated(trained.form, each.examples) if is_wanted else None
        if not examples:
            cells.append(None)
            continue
        looks.count(each.row.id)
        shares = predict(trained.classifier, examples)
        cells.append(_cell(each, examples, shares, is_own and looks.split == "test"))
    return MatrixRow(*model, tuple(cells))


def _judged_on(store: Store, run: int, sets: Sequence[DatasetRow]) -> str | None:
    """The data set whose test split a run's own verdict was reached on; None where it was another kind of test."""
    verdict = json.loads(runs.read_run(store, run).result or "{}")
    names = {f"{HUMAN_TEST} {row.name}": row.name for row in sets}
    return names.get(verdict.get("test_name", "")) if verdict.get("is_human_test") else None


def _untuned_row(asked: Sequence[_Asked], looks: _Looks) -> MatrixRow:
    cells = []
    for each in asked:
        is_choice = each.form.kind is Kind.CHOICE
        if is_choice:
            looks.count(each.row.id)
        shares = untuned(each.form, TrainingSettings(), each.examples) if is_choice else None
        cells.append(_cell(each, list(each.examples), shares, False) if shares else None)
    return MatrixRow(None, None, UNTUNED, tuple(cells))


def _cell(asked: _Asked, examples: Sequence[Example], shares: Sequence[Sequence[float]], is_own: bool) -> Cell:
    said = [e.options[max(range(len(row)), key=row.__getitem__)] for e, row in zip(examples, shares, strict=True)]
    hits = np.array([answer == e.answer for answer, e in zip(said, examples, strict=True)])
    constant, accuracy = asked.constant_hits, float(hits.mean())
    return Cell(
        dataset=asked.row.name,
        items=len(said),
        accuracy=accuracy,
        interval=wilson(accuracy, len(said)),
        over_majority=accuracy - asked.majority,
        is_own=is_own,
        is_collapsed=bool(asked.form.labels) and is_collapsed(said),
        over_interval=difference_interval(hits[None], constant[None]),
        p_value=mcnemar(hits, constant)[0],
    )
