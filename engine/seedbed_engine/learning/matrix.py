"""In and out of distribution: every trained model of a project on every human data set of the same form."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from seedbed_engine.errors import NotEnoughData
from seedbed_engine.examples import Example
from seedbed_engine.keeping import datasets, runs
from seedbed_engine.keeping.rows import DatasetRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.baselines import untuned
from seedbed_engine.learning.evaluation import Interval, is_collapsed, majority, wilson
from seedbed_engine.learning.items import Form, Kind, infer_form
from seedbed_engine.learning.models import load_model
from seedbed_engine.learning.predictions import predict
from seedbed_engine.settings import TrainingSettings

UNTUNED = "untuned encoder"
TRUTH = {"yes": True, "true": True, "no": False, "false": False}  # labels that mean the same in two data sets


@dataclass(frozen=True, slots=True)
class Cell:
    """One model on one data set; `is_own` where the model was judged on that very data set by its own run."""

    dataset: str
    items: int
    accuracy: float
    interval: Interval
    over_majority: float
    is_own: bool
    is_collapsed: bool


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
    """Models down, data sets across; `seeds` is how many trainings stand behind each figure."""

    split: str
    columns: tuple[Column, ...]
    rows: tuple[MatrixRow, ...]
    seeds: int = 1

    def as_fields(self) -> dict[str, object]:
        """The matrix as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Asked:
    row: DatasetRow
    examples: tuple[Example, ...]
    form: Form

    @property
    def majority(self) -> float:
        said = [e.answer if self.form.labels else str(e.answer_index) for e in self.examples]
        return majority(said)[1]


def evaluate_all(store: Store, split: str = "test", tell: Callable[[str], None] = lambda text: None) -> Matrix:
    """Ask every trained model every data set of its form; a look at each sealed test split is counted."""
    asked = [each for row in datasets.read_datasets(store) if (each := _asked(store, row, split)) is not None]
    models = runs.read_trained_models(store)
    if not asked or not models:
        missing = f"a {split} split" if models else "a trained model"
        raise NotEnoughData(f"There is nothing to compare: {missing} is missing.", "Import data, or train first.")
    rows = []
    for number, run, name, _, folder in reversed(models):
        tell(f"Asking the model on {name} data of run {run}.")
        rows.append(_row(store, number, run, name, store.path.parent / folder, asked))
    if any(each.form.is_choice for each in asked):
        rows.append(_untuned_row(asked))
    looks = {row.id: row.looks for row in datasets.read_datasets(store)}
    columns = tuple(Column(a.row.name, len(a.examples), a.majority, looks[a.row.id]) for a in asked)
    return Matrix(split, columns, tuple(rows))


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
    found = datasets.look_at_test(store, row.id) if split == "test" else datasets.read_split(store, row.id, split)
    examples = tuple(example for _, example in found)
    return _Asked(row, examples, infer_form(examples))


def _row(store: Store, number: int, run: int, name: str, folder: Path, asked: Sequence[_Asked]) -> MatrixRow:
    model = load_model(folder)
    own = _judged_on(store, run, asked)
    cells: list[Cell | None] = []
    for each in asked:
        examples = translated(model.form, each.examples)
        shares = predict(model.classifier, examples) if examples else None
        cells.append(_cell(each, examples, shares, own == each.row.id) if examples and shares else None)
    return MatrixRow(number, run, name, tuple(cells))


def _judged_on(store: Store, run: int, asked: Sequence[_Asked]) -> int | None:
    """The data set that a run's own verdict was reached on."""
    chosen = TrainingSettings.from_json(runs.read_run(store, run).settings).test_dataset
    with_test = [each.row.id for each in asked if each.row.test]
    return chosen if chosen is not None else next(iter(with_test), None)


def _untuned_row(asked: Sequence[_Asked]) -> MatrixRow:
    cells = []
    for each in asked:
        is_choice = each.form.kind is Kind.CHOICE
        shares = untuned(each.form, TrainingSettings(), each.examples) if is_choice else None
        cells.append(_cell(each, list(each.examples), shares, False) if shares else None)
    return MatrixRow(None, None, UNTUNED, tuple(cells))


def _cell(asked: _Asked, examples: Sequence[Example], shares: Sequence[Sequence[float]], is_own: bool) -> Cell:
    said = [e.options[max(range(len(row)), key=row.__getitem__)] for e, row in zip(examples, shares, strict=True)]
    accuracy = sum(answer == e.answer for answer, e in zip(said, examples, strict=True)) / len(said)
    return Cell(
        dataset=asked.row.name,
        items=len(said),
        accuracy=accuracy,
        interval=wilson(accuracy, len(said)),
        over_majority=accuracy - asked.majority,
        is_own=is_own,
        is_collapsed=bool(asked.form.labels) and is_collapsed(said),
    )
