"""The grid: which cells there are, worked on here or elsewhere; the project file stays the only truth."""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import numpy as np

from seedbed_engine import events
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example, Options
from seedbed_engine.experiments.cells import HUMAN, UNTUNED, Cell, CellResult, CellRow, Key, Test
from seedbed_engine.experiments.cluster import Cluster
from seedbed_engine.experiments.processes import Processes
from seedbed_engine.experiments.tables import Tables, tables_of
from seedbed_engine.keeping import datasets, experiments, runs, seeds
from seedbed_engine.keeping.project import SUFFIX
from seedbed_engine.keeping.published import Pairs, pairs_among
from seedbed_engine.keeping.rows import DatasetRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.items import FEWEST, LearningItem, infer_form
from seedbed_engine.learning.material import without_test_items
from seedbed_engine.learning.matrix import translated
from seedbed_engine.settings import STRATEGIES, ExperimentSettings

Tell = Callable[[events.Event], None]
DRAWN = 29  # the seed number by which human examples are drawn for a cell
_LOOKED = "looked at the test"
MISSING = "Import the data sets of a pair under their names, with train and test splits."


class Workers(Protocol):
    """Who works on cells: processes of this machine, or a cluster."""

    def work(self, cells: Sequence[Cell], should_stop: Callable[[], bool]) -> Iterator[CellResult | PersonError | None]:
        """The result of each cell as it comes, in any order: None where it was stopped, an error for the person."""


def run_experiment(store: Store, run: int, tell: Tell, stop: threading.Event) -> tuple[str, str, str | None]:
    """Work on all cells that the project file has no row for; how it ended: state, sentence, the tables as JSON."""
    settings = ExperimentSettings.from_json(runs.read_run(store, run).settings).checked()
    workers = Cluster(settings.cluster) if settings.cluster else Processes(settings.workers)
    return work_on_grid(store, run, settings, workers, tell, stop)


def work_on_grid(
    store: Store, run: int, settings: ExperimentSettings, workers: Workers, tell: Tell, stop: threading.Event
) -> tuple[str, str, str | None]:
    """The same by any workers. A cell that fails for good does not keep the others from their end."""
    cells = make_cells(store, run, settings)
    done = {CellRow.from_fields(row).key for row in experiments.read_cells(store, run)}
    waiting = [cell for cell in cells if cell.key not in done]
    tell(events.Said(run, f"{len(cells)} cells, {len(done)} of them finished before."))
    errors: list[str] = []
    for found in workers.work(waiting, stop.is_set):
        if isinstance(found, PersonError):
            errors.append(str(found))
            tell(events.Said(run, f"A cell failed: {found}"))
        elif found is not None:
            _keep(store, run, found)
            done.add(found.row.key)
            tell(events.Said(run, f"{len(done)} of {len(cells)}: {_said(found.row)}"))
            runs.beat(store, run, {_LOOKED: True, "cells": len(cells), "done": len(done)})
            runs.keep_result(store, run, json.dumps(read_tables(store, run).as_fields(), ensure_ascii=False))
    tables = read_tables(store, run)
    result = json.dumps(tables.as_fields(), ensure_ascii=False)
    if len(done) == len(cells):
        return "finished", f"All {len(cells)} cells are finished.", result
    if stop.is_set():
        return "stopped", f"Stopped: {len(done)} of {len(cells)} cells are finished.", result
    return "failed", f"{len(done)} of {len(cells)} cells are finished. {errors[0] if errors else ''}".strip(), result


def read_tables(store: Store, run: int) -> Tables:
    """The tables of an experiment from the cells that it has finished by now."""
    settings = ExperimentSettings.from_json(runs.read_run(store, run).settings)
    rows = [CellRow.from_fields(row) for row in experiments.read_cells(store, run)]
    return tables_of(rows, settings.strategies, _majorities(store, rows))


def folder_of(project: Path, run: int) -> Path:
    """Where the projects of an experiment's cells lie: beside the project file."""
    return project.with_name(f"{project.stem}.experiment-{run}")


def make_cells(store: Store, run: int, settings: ExperimentSettings) -> list[Cell]:
    """All cells of the grid, data set by data set; those test splits that are asked are looked at once, and that is
    counted."""
    _check(settings)
    grounds = _grounds(store, settings, runs.read_run(store, run).seed)
    pairs = pairs_among(datasets.read_datasets(store)) if settings.pairs else None
    tests = _read_tests(store, settings, {row.name for row, _, _ in grounds}, pairs)
    cells = []
    for row, seed, kind in grounds:
        own = [test for test in tests if test.name == row.name]
        others = [t for t in tests if t.name != row.name and _is_alike(own[0], t)] if own else []
        if pairs is not None:
            others = [test for test in others if pairs.has(row.name, test.name)]
        ground = Cell(Key(row.name, "", 0), seed, kind, settings.growth, settings.training, (*own, *others))
        cells += list(_cells_of(store, run, settings, row, ground))
    _count_looks(store, run, {test.name for cell in cells for test in cell.tests})
    return cells


def _cells_of(store: Store, run: int, settings: ExperimentSettings, row: DatasetRow, ground: Cell) -> Iterator[Cell]:
    folder = folder_of(store.path, run)
    human = _human_of(store, row, ground) if settings.human else []
    if ground.kind is Options.VARIABLE:
        yield replace(ground, key=Key(row.name, UNTUNED, settings.seed_numbers[0]))
    for number in settings.seed_numbers:
        for strategy in settings.strategies:
            key = Key(row.name, strategy, number)
            yield replace(ground, key=key, project=folder / f"{key.file_name}{SUFFIX}")
        if len(human) >= FEWEST:
            drawn = np.random.default_rng([DRAWN, number]).permutation(len(human))[: settings.growth.target]
            yield replace(ground, key=Key(row.name, HUMAN, number), human=tuple(human[i] for i in sorted(drawn)))


def _human_of(store: Store, row: DatasetRow, ground: Cell) -> list[Example]:
    """A data set's training examples, but for those that its test split asks too."""
    asked = [LearningItem(None, each) for test in ground.tests if test.name == row.name for each in test.examples]
    found = [LearningItem(number, each) for number, each in datasets.read_split(store, row.id, "train")]
    return [item.example for item in without_test_items(found, asked)[0]]


def _check(settings: ExperimentSettings) -> None:
    unknown = [name for name in settings.strategies if name not in STRATEGIES]
    if unknown or not settings.strategies:
        raise PersonError(
            f"There is no strategy {unknown[0] if unknown else ''}.", f"Choose of {', '.join(STRATEGIES)}."
        )
    if not settings.seed_numbers or not settings.training.seeds:
        raise PersonError("An experiment needs at least one seed number.", "Give one or more.")


def _grounds(store: Store, settings: ExperimentSettings, seed: int | None) -> list[tuple[DatasetRow, Example, Options]]:
    """The data sets with the seed that is grown for each: their first training example, or the project's own."""
    found = {row.name: row for row in datasets.read_datasets(store)}
    if settings.datasets:
        return [_ground_of(store, found.get(name), name) for name in settings.datasets]
    if settings.pairs:
        raise PersonError(f"No pair can be judged. {pairs_among(list(found.values())).said}", MISSING)
    tested = [row for row in found.values() if row.test]
    own = next((row for row in seeds.read_seeds(store) if seed in (None, row.id)), None)
    if not tested or own is None:
        raise PersonError("An experiment needs a seed and a human test set.", "Import human data with a test split.")
    return [(tested[0], own.example, own.kind)]


def _ground_of(store: Store, row: DatasetRow | None, name: str) -> tuple[DatasetRow, Example, Options]:
    if row is None or not row.test or not row.train:
        raise PersonError(f"There is no data set '{name}' with a training and a test split.", "Import them first.")
    train = [example for _, example in datasets.read_split(store, row.id, "train")]
    return row, train[0], Options.VARIABLE if infer_form(train).is_choice else Options.FIXED


def _read_tests(store: Store, settings: ExperimentSettings, wanted: set[str], pairs: Pairs | None) -> list[Test]:
    """The test splits of the grid's data sets, and of those asked out of distribution: all others, or of the pairs."""
    rows = [row for row in datasets.read_datasets(store) if row.test]
    if settings.out_of_distribution:
        wanted |= {row.name for row in rows} if pairs is None else pairs.names
    return [
        Test(row.name, tuple(example for _, example in datasets.read_test(store, row.id)))
        for row in rows
        if row.name in wanted
    ]


def _count_looks(store: Store, run: int, names: set[str]) -> None:
    """Count a look at each of these test splits, unless the run goes on and has counted it."""
    if _LOOKED not in json.loads(runs.read_run(store, run).progress or "{}"):
        for row in datasets.read_datasets(store):
            if row.name in names:
                datasets.count_look(store, row.id)
    runs.beat(store, run, {_LOOKED: True})


def _is_alike(own: Test, other: Test) -> bool:
    """Whether a model of one data set can be asked the other's test split."""
    form = infer_form(own.examples)
    return translated(form, other.examples) is not None and _count(own) == _count(other)


def _count(test: Test) -> int:
    return len(test.examples[0].options)


def _majorities(store: Store, rows: Sequence[CellRow]) -> dict[str, tuple[int, float]]:
    """Of each test split that was asked: its size, and what always the same answer gets."""
    names = {answered.test for row in rows for answered in row.answered}
    sizes = {}
    for row in datasets.read_datasets(store):
        if row.name in names:
            examples = [example for _, example in datasets.read_test(store, row.id)]
            sizes[row.name] = (len(examples), _majority_share(examples))
    return sizes


def _majority_share(examples: Sequence[Example]) -> float:
    from seedbed_engine.learning.evaluation import majority

    is_choice = infer_form(examples).is_choice
    return majority([str(e.answer_index) if is_choice else e.answer for e in examples])[1]


def _keep(store: Store, run: int, result: CellResult) -> None:
    """The row into the project file; a project that came from elsewhere into the folder beside it."""
    key = result.row.key
    if result.project is not None:
        folder = folder_of(store.path, run)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{key.file_name}{SUFFIX}").write_bytes(result.project)
    experiments.keep_cell(store, run, key.dataset, key.strategy, key.seed_number, result.row.as_fields())


def _said(row: CellRow) -> str:
    own = next((a for a in row.answered if a.test == row.key.dataset), None)
    name = f"{row.key.dataset}, {row.key.strategy}, seed {row.key.seed_number}: {row.examples} examples"
    if own is None:
        return f"{name}. {row.why_not}".strip()
    right = sum(text.count("1") for text in own.hits) / sum(map(len, own.hits))
    return f"{name}, {right:.1%} right."
