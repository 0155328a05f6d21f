"""Work on one cell: grow a tree in a project of its own, train small models on it, ask them the test splits."""

import json
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from seedbed_engine import events
from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.encoding.vectors import vectors_of
from seedbed_engine.errors import NotEnoughData, PersonError
from seedbed_engine.examples import Example, Options
from seedbed_engine.experiments.cells import HUMAN, UNTUNED, Answered, Cell, CellResult, CellRow, Test, packed_hits
from seedbed_engine.keeping import calls, datasets, runs, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.baselines import untuned
from seedbed_engine.learning.evaluation import majority
from seedbed_engine.learning.items import Form, Kind, infer_form
from seedbed_engine.learning.matrix import translated
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.training import train
from seedbed_engine.settings import GrowthSettings
from seedbed_engine.similarity import Vectors, drifts

LOOK_SECONDS = 0.5
Say = Callable[[str], None]


def work_on_cell(
    cell: Cell, should_stop: Callable[[], bool] = lambda: False, say: Say = lambda text: None
) -> CellResult | None:
    """Grow, train and ask; None where it was stopped: what was created is kept in the cell's project, and another try
    goes on from there.

    A PersonError of the growth (no key, no server, nothing to pay with) is raised: other cells will meet it too.
    """
    if cell.key.strategy == UNTUNED:
        return CellResult(_untuned_row(cell))
    if cell.key.strategy == HUMAN:
        row = _trained_row(cell, cell.human, _no_growth(cell), should_stop)
        return None if row is None else CellResult(row)
    with _project_of(cell) as path:
        row = _grown_and_trained(cell, path, should_stop, say)
        if row is None:
            return None
        return CellResult(row, path.read_bytes() if cell.project is None else None)


@contextmanager
def _project_of(cell: Cell) -> Iterator[Path]:
    if cell.project is not None:
        cell.project.parent.mkdir(parents=True, exist_ok=True)
        yield cell.project
        return
    with tempfile.TemporaryDirectory(prefix="seedbed-cell-") as folder:
        yield Path(folder) / f"{cell.key.file_name}.seedbed"


def _grown_and_trained(cell: Cell, path: Path, should_stop: Callable[[], bool], say: Say) -> CellRow | None:
    with open_project(path) if path.exists() else create_project(path) as store:
        run = _run_of(store, cell)
        if runs.read_run(store, run).state != "finished" and not _grow(store, run, should_stop, say):
            return None
        grown = _account(store, run, cell)
        examples = [row.example for row in trees.read_kept(store, 1)]
    return _trained_row(cell, examples, grown, should_stop)


def _run_of(store: Store, cell: Cell) -> int:
    """The cell's one growth: begun, or gone on with. The test splits stand at its door: no leak comes in."""
    found = runs.read_runs(store)
    if found:
        return found[-1].id
    known = {dataset.name: dataset.id for dataset in datasets.read_datasets(store)}
    for test in cell.tests:  # a try that was cut off may have left a part of one
        number = known.get(test.name) or datasets.add_dataset(store, test.name)
        datasets.add_dataset_examples(store, number, "test", test.examples)
    seed = seeds.read_seeds(store)[0].id if seeds.read_seeds(store) else seeds.add_seed(store, cell.seed, cell.kind)
    fields = {**json.loads(cell.growth.to_json()), "strategy": cell.key.strategy, "seed_number": cell.key.seed_number}
    return runs.add_run(store, "grow", GrowthSettings.from_fields(fields).to_json(), seed)


def _grow(store: Store, run: int, should_stop: Callable[[], bool], say: Say) -> bool:
    """Work on the growth; whether it came to its end."""
    from seedbed_engine.creating.growth import grow

    def tell(event: events.Event) -> None:
        if isinstance(event, events.Said):
            say(event.text)

    runs.take_lease(store, run)
    with _watching(should_stop) as stop:
        try:
            state, _, result = grow(store, run, tell, stop)
        except PersonError as error:
            runs.end_run(store, run, "failed", error=str(error))
            raise
    runs.end_run(store, run, state, result=result)
    return state == "finished"


@contextmanager
def _watching(should_stop: Callable[[], bool]) -> Iterator[threading.Event]:
    """A stop flag that is set once somebody wants it."""
    stop, ended = threading.Event(), threading.Event()

    def look() -> None:
        while not ended.wait(LOOK_SECONDS):
            if should_stop():
                stop.set()

    thread = threading.Thread(target=look, name="stop of a cell", daemon=True)
    thread.start()
    try:
        yield stop
    finally:
        ended.set()
        thread.join()


def _account(store: Store, run: int, cell: Cell) -> CellRow:
    account = calls.read_account(store, run)
    result = json.loads(runs.read_run(store, run).result or "{}")
    rows = trees.read_kept(store, 1)
    drift, diversity = _spread(store, cell.seed, [row.example.question for row in rows])
    return CellRow(
        key=cell.key,
        examples=len(rows),
        asked=account.asked,
        discarded=account.discarded + account.missing + account.failed,
        tokens=account.prompt_tokens + account.completion_tokens,
        usd=account.usd,
        drift=drift,
        diversity=diversity,
        majority_share=None,
        growth_seconds=float(result.get("seconds", 0.0)),
        training_seconds=0.0,
        answered=(),
    )


def _no_growth(cell: Cell) -> CellRow:
    return CellRow(cell.key, len(cell.human), 0, 0, 0, 0.0, None, None, None, 0.0, 0.0, ())


def _spread(store: Store, seed: Example, questions: Sequence[str]) -> tuple[float | None, float | None]:
    """Mean distance from the seed, and between two examples; None where there are too few."""
    if len(questions) < 2:
        return None, None
    vectors = vectors_of(store, Encoder(), [seed.question, *questions])
    return float(drifts(vectors[0], vectors[1:]).mean()), mean_distance(vectors[1:])


def mean_distance(vectors: Vectors) -> float:
    """Mean cosine distance between two different rows of unit vectors (n, d), n above 1."""
    total = float(
        np.square(vectors.astype(np.float64).sum(axis=0)).sum()
    )  # all pairs at once, each row with itself too
    count = len(vectors)
    return 1.0 - (total - count) / (count * (count - 1))


def _trained_row(
    cell: Cell, examples: Sequence[Example], grown: CellRow, should_stop: Callable[[], bool]
) -> CellRow | None:
    """The row with what models trained on the examples got right, or why there are none; None: stopped."""
    began = time.monotonic()
    labels = cell.seed.options if cell.kind is Options.FIXED else ()
    try:
        form = infer_form(examples, labels)
        said = [e.answer if form.labels else str(e.answer_index) for e in examples]
        answered = _asked(cell, form, examples, should_stop)
    except NotEnoughData as error:
        return replace(grown, why_not=str(error))
    if answered is None:
        return None
    seconds = round(time.monotonic() - began, 1)
    return replace(grown, majority_share=majority(said)[1], training_seconds=seconds, answered=tuple(answered))


def _untuned_row(cell: Cell) -> CellRow:
    """What the encoder as it came gets right, before any training."""
    answered = []
    for test in cell.tests:
        form = Form(Kind.CHOICE)
        places = [int(np.argmax(row)) for row in untuned(form, cell.training, test.examples)]
        hits = packed_hits([place == e.answer_index for place, e in zip(places, test.examples, strict=True)])
        answered.append(Answered(test.name, (hits,), dict(Counter(_said(form, test, places)))))
    return replace(_no_growth(cell), answered=tuple(answered))


def _asked(
    cell: Cell, form: Form, examples: Sequence[Example], should_stop: Callable[[], bool]
) -> list[Answered] | None:
    tests = [(test, found) for test in cell.tests if (found := translated(form, test.examples))]
    hits: dict[str, list[str]] = {test.name: [] for test, _ in tests}
    given: dict[str, Counter[str]] = {test.name: Counter() for test, _ in tests}
    for seed in cell.training.seeds:
        trained = train(examples, form, cell.training, seed, should_stop=should_stop)
        if trained is None:
            return None
        for test, asked in tests:
            places = [int(np.argmax(row)) for row in predict(trained.classifier, asked)]
            hits[test.name].append(packed_hits([p == e.answer_index for p, e in zip(places, asked, strict=True)]))
            given[test.name].update(_said(form, test, places))
    return [Answered(test.name, tuple(hits[test.name]), dict(given[test.name])) for test, _ in tests]


def _said(form: Form, test: Test, places: Sequence[int]) -> list[str]:
    """The answers as the test itself words them, or their places where options vary."""
    if form.is_choice:
        return [str(place) for place in places]
    return [example.options[place] for example, place in zip(test.examples, places, strict=True)]
