"""A grid of strategies: real growths against a loopback server in real processes, gone on with, and its tables."""

import csv
import io
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from seedbed_engine import events, jobs
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Options
from seedbed_engine.experiments.cells import HUMAN, UNTUNED, Answered, Cell, CellResult, CellRow, Key
from seedbed_engine.experiments.grid import folder_of, make_cells, work_on_grid
from seedbed_engine.experiments.processes import Processes
from seedbed_engine.experiments.tables import as_csv, as_latex, tables_of
from seedbed_engine.experiments.working import mean_distance, work_on_cell
from seedbed_engine.keeping import datasets, experiments, runs, seeds
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.samples import sample_examples
from seedbed_engine.learning.baselines import untuned
from seedbed_engine.learning.items import infer_form
from seedbed_engine.settings import ExperimentSettings, GrowthSettings, TrainingSettings
from seedbed_engine.similarity import unit_rows

TARGET = 12


def settings_for(address: str, **given: Any) -> ExperimentSettings:
    growth = GrowthSettings(creator="hosted", model="test-model", base_url=address, target=TARGET, n=4)
    plain = ExperimentSettings(
        strategies=("naive", "tree"), seed_numbers=(13,), growth=growth, training=TrainingSettings(epochs=1, seeds=(1,))
    )
    return replace(plain, **given)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two data sets of the same form, each with training and test rows, and one of another form."""
    path = tmp_path / "grid.seedbed"
    with create_project(path) as store:
        for name in ("creak", "strategyqa", "piqa"):
            number = datasets.add_dataset(store, name)
            datasets.add_dataset_examples(store, number, "train", sample_examples(name, "train")[:20])
            datasets.add_dataset_examples(store, number, "test", sample_examples(name, "test")[:16])
        seeds.add_seed(store, sample_examples("creak", "train")[0], Options.FIXED)
    return path


def begin(project: Path, settings: ExperimentSettings) -> int:
    with open_project(project) as store:
        return runs.add_run(store, "experiment", settings.to_json(), None)


def test_settings_come_back_from_json_with_all_that_is_in_them() -> None:
    settings = settings_for("http://127.0.0.1:1/v1", datasets=("creak",), seed_numbers=(1, 2))
    assert ExperimentSettings.from_json(settings.to_json()) == settings


def test_a_grid_is_grown_trained_and_asked_and_goes_on_without_asking_again(project: Path, chat_server: Any) -> None:
    run = begin(project, settings_for(chat_server.address, datasets=("creak", "strategyqa")))
    said: list[events.Event] = []
    assert jobs.work_on(project, run, said.append) == "finished"
    asked = len(chat_server.heard)
    assert asked >= 4 * TARGET // 4
    with open_project(project) as store:
        rows = [CellRow.from_fields(row) for row in experiments.read_cells(store, run)]
        looks = {row.name: row.looks for row in datasets.read_datasets(store)}
        result = runs.read_run(store, run).result
    assert {(r.key.dataset, r.key.strategy) for r in rows} == {
        (name, strategy) for name in ("creak", "strategyqa") for strategy in ("naive", "tree", HUMAN)
    }
    for row in rows:
        assert row.examples == TARGET, row
        assert {a.test for a in row.answered} == {"creak", "strategyqa"}
        assert all(len(text) == 16 for a in row.answered for text in a.hits)
        if row.key.strategy != HUMAN:
            assert row.tokens > 0
            assert row.diversity is not None
            assert 0 < row.diversity < 1.2
    assert looks == {"creak": 1, "strategyqa": 1, "piqa": 0}  # which no model of theirs can be asked
    assert '"relative"' in (result or "")
    grown = sorted(path.name for path in folder_of(project, run).glob("*.seedbed"))
    assert grown == [f"{name}-{s}-13.seedbed" for name in ("creak", "strategyqa") for s in ("naive", "tree")]
    again = begin_again(project, run)
    assert again == "finished"
    assert len(chat_server.heard) == asked  # all cells were there
    with open_project(project) as store:
        assert [row.looks for row in datasets.read_datasets(store)] == [looks[name] for name in looks]


def begin_again(project: Path, run: int) -> str:
    return jobs.work_on(project, run, lambda event: None)


def test_a_cell_that_was_stopped_goes_on_from_what_it_had(project: Path, chat_server: Any) -> None:
    cell = one_cell(project, chat_server.address)
    chat_server.delay = 0.2
    assert work_on_cell(cell, lambda: len(chat_server.heard) >= 2) is None
    before = len(chat_server.heard)
    assert before >= 2
    chat_server.delay = 0.0
    found = work_on_cell(cell)
    assert found is not None
    assert found.row.examples == TARGET
    assert found.project is None
    with open_project(cell.project or Path()) as store:
        replied = store.rows("SELECT COUNT(*) FROM request WHERE outcome = 'read'")[0][0]
    assert replied == len(chat_server.heard)  # nothing that was answered was asked again


def one_cell(project: Path, address: str) -> Cell:
    run = begin(project, settings_for(address, strategies=("naive",), human=False, out_of_distribution=False))
    with open_project(project) as store:
        runs.take_lease(store, run)
        cells = make_cells(store, run, ExperimentSettings.from_json(runs.read_run(store, run).settings))
    assert [cell.key for cell in cells] == [Key("creak", "naive", 13)]
    return cells[0]


def test_a_cell_without_a_project_of_its_own_gives_one_back(project: Path, chat_server: Any) -> None:
    found = work_on_cell(replace(one_cell(project, chat_server.address), project=None))
    assert found is not None
    assert (found.project or b"").startswith(b"SQLite format 3")


class Here:
    """Workers that give what a list says, in this process."""

    def __init__(self, found: Sequence[CellResult | PersonError | None]) -> None:
        self.found = found

    def work(self, cells: Sequence[Cell], should_stop: Callable[[], bool]) -> Iterator[CellResult | PersonError | None]:
        yield from self.found


def test_a_cell_that_fails_keeps_no_other_from_its_end(project: Path) -> None:
    settings = settings_for("http://127.0.0.1:9/v1", human=False, out_of_distribution=False)
    run = begin(project, settings)
    good = CellResult(a_row("creak", "naive", ["1" * 16]), b"SQLite of another machine")
    workers = Here([PersonError("The server is gone.", "Start it."), good])
    with open_project(project) as store:
        runs.take_lease(store, run)
        state, sentence, _ = work_on_grid(store, run, settings, workers, lambda event: None, threading.Event())
        kept = experiments.read_cells(store, run)
    assert state == "failed"
    assert "1 of 2 cells" in sentence
    assert "The server is gone" in sentence
    assert len(kept) == 1
    assert (folder_of(project, run) / "creak-naive-13.seedbed").read_bytes() == b"SQLite of another machine"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"strategies": ("naive", "clever")}, "clever"),
        ({"strategies": ()}, "no strategy"),
        ({"seed_numbers": ()}, "seed number"),
        ({"datasets": ("nothing",)}, "nothing"),
    ],
)
def test_a_grid_that_cannot_be_is_refused_in_a_sentence(project: Path, given: dict[str, Any], said: str) -> None:
    run = begin(project, settings_for("http://127.0.0.1:9/v1", **given))
    assert jobs.work_on(project, run, lambda event: None) == "failed"
    with open_project(project) as store:
        assert said in (runs.read_run(store, run).error or "")
        assert {row.looks for row in datasets.read_datasets(store)} == {0}


def test_a_server_that_is_not_there_fails_the_cells_and_says_why(project: Path) -> None:
    run = begin(project, settings_for("http://127.0.0.1:9/v1", strategies=("naive",), human=False))
    assert jobs.work_on(project, run, lambda event: None) == "failed"
    with open_project(project) as store:
        assert "127.0.0.1:9" in (runs.read_run(store, run).error or "")


def test_a_process_that_dies_is_replaced_once(project: Path) -> None:
    cell = replace(one_cell(project, "http://127.0.0.1:9/v1"), training=Killer())  # type: ignore[arg-type]
    found = list(Processes(1).work([cell], lambda: False))
    assert [type(each) for each in found] == [PersonError]
    assert "ended" in str(found[0])


def test_a_cell_that_breaks_in_a_way_nobody_thought_of_keeps_no_other_from_its_end(project: Path) -> None:
    cell = one_cell(project, "http://127.0.0.1:9/v1")
    broken = replace(cell, project=None, growth=None)  # type: ignore[arg-type]
    found = list(Processes(1).work([broken, cell], lambda: False))
    assert [isinstance(each, PersonError) for each in found] == [True, True]
    assert "creak-naive-13: AttributeError" in str(found[0])
    assert "127.0.0.1:9" in str(found[1])


def test_where_nobody_wants_the_results_any_more_no_further_cell_is_begun(project: Path, chat_server: Any) -> None:
    cell = one_cell(project, chat_server.address)
    assert cell.project is not None
    cells = [replace(cell, project=cell.project.with_name(f"{number}.seedbed")) for number in range(6)]
    results = Processes(1).work(cells, lambda: False)
    assert isinstance(next(results), CellResult)
    results.close()
    assert len(list(cell.project.parent.glob("*.seedbed"))) < 6


class Killer:
    """Whoever unpacks it is gone."""

    def __reduce__(self) -> tuple[Callable[[int], Any], tuple[int]]:
        import os

        return os._exit, (9,)


def a_row(dataset: str, strategy: str, hits: Sequence[str], seed_number: int = 13, **given: int) -> CellRow:
    answered = Answered(dataset, tuple(hits), given or {"yes": 8, "no": 8})
    return CellRow(Key(dataset, strategy, seed_number), 16, 20, 4, 900, 0.01, 0.4, 0.5, 0.5, 1.0, 2.0, (answered,))


def test_tables_say_the_interval_the_relative_difference_and_who_collapsed() -> None:
    rows = [
        a_row("creak", HUMAN, ["1" * 12 + "0" * 4] * 3),
        a_row("creak", "tree", ["1" * 9 + "0" * 7] * 3),
        a_row("creak", "tree", ["0" * 7 + "1" * 9] * 3, seed_number=14, yes=48),
    ]
    tables = tables_of(rows, ("naive", "tree"), {"creak": (16, 0.5)})
    assert tables.strategies == (HUMAN, "tree")
    human, tree = tables.in_distribution
    assert (human.accuracy, tree.accuracy) == (0.75, 9 / 16)
    assert tree.interval.low < 9 / 16 < tree.interval.high
    assert (tree.growths, tree.trainings, tree.collapsed, human.collapsed) == (2, 6, 1, 0)
    assert tree.relative == pytest.approx((9 / 16 - 0.75) / 0.75)
    assert human.relative is None
    assert tables.makings[0].kept_share == 32 / 40
    lines = list(csv.DictReader(io.StringIO(as_csv(tables))))
    assert [line["strategy"] for line in lines] == [HUMAN, "tree"]
    assert float(lines[1]["usd"]) == 0.01
    latex = as_latex(tables)
    assert "always the same answer & 50.0" in latex
    assert "-25.0\\,\\%" in latex
    assert latex.count("\\begin{tabular}") == latex.count("\\end{tabular}") == 2


def test_multiple_choice_stands_beside_the_encoder_as_it_came(project: Path) -> None:
    run = begin(project, settings_for("http://127.0.0.1:9/v1", datasets=("piqa", "creak"), human=False))
    with open_project(project) as store:
        runs.take_lease(store, run)
        cells = make_cells(store, run, ExperimentSettings.from_json(runs.read_run(store, run).settings))
    (cell,) = (cell for cell in cells if cell.key.strategy == UNTUNED)
    assert cell.key.dataset == "piqa"
    found = work_on_cell(cell)  # asks no creator: none is there
    assert found is not None
    (answered,) = found.row.answered
    examples = cell.tests[0].examples
    expected = untuned(infer_form(examples), cell.training, examples)
    right = [np.argmax(row) == each.answer_index for row, each in zip(expected, examples, strict=True)]
    assert answered.hits == ("".join("1" if each else "0" for each in right),)
    tree = a_row("piqa", "tree", ["1" * 16])
    before = a_row("piqa", UNTUNED, ["1" * 4 + "0" * 12])
    tables = tables_of([tree, before], ("tree",), {"piqa": (16, 0.5)})
    assert tables.strategies == (UNTUNED, "tree")
    first, second = tables.scores
    assert first.over_untuned is None
    assert second.over_untuned is not None
    assert second.over_untuned.low > 0
    assert second.relative is None
    assert [making.strategy for making in tables.makings] == ["tree"]


def test_trainings_on_the_same_growth_are_no_further_evidence() -> None:
    """Two growths that differ: six trainings or two hundred, the interval stays as wide."""
    few, many = (
        tables_of(
            [a_row("d", "tree", ["1" * 16] * n), a_row("d", "tree", ["0" * 16] * n, seed_number=14)],
            ("tree",),
            {"d": (16, 0.5)},
        ).scores[0]
        for n in (3, 100)
    )
    assert few.interval == many.interval
    assert few.interval.high - few.interval.low > 0.9


def test_hostile_names_neither_leave_the_folder_nor_break_the_table() -> None:
    key = Key("../..\\x{}_%", "tree", 1)
    assert "/" not in key.file_name
    assert "." not in key.file_name
    latex = as_latex(tables_of([replace(a_row("x", "tree", ["10"]), key=key)], ("tree",), {"x": (2, 0.5)}))
    assert "\\_\\%" in latex
    assert "\\x" not in latex


def test_no_two_data_sets_share_the_projects_of_their_cells() -> None:
    names = ("boolq_open", "boolq-open", "boolq open", "a" * 50, "a" * 51)
    assert len({Key(name, "tree", 1).file_name for name in names}) == len(names)


def test_a_cell_that_was_cut_off_before_its_test_split_was_there_watches_all_of_it(
    project: Path, chat_server: Any
) -> None:
    cell = one_cell(project, chat_server.address)
    assert cell.project is not None
    cell.project.parent.mkdir()
    with create_project(cell.project) as store:
        datasets.add_dataset_examples(store, datasets.add_dataset(store, "creak"), "test", cell.tests[0].examples[:5])
    assert work_on_cell(cell) is not None
    with open_project(cell.project) as store:
        assert [row.example for row in datasets.read_watched(store)] == list(cell.tests[0].examples)


def test_the_mean_distance_is_that_of_all_pairs() -> None:
    vectors = unit_rows(np.random.default_rng(1).standard_normal((7, 5)).astype(np.float32))
    pairs = [1 - float(a @ b) for i, a in enumerate(vectors) for b in vectors[:i]]
    assert mean_distance(vectors) == pytest.approx(np.mean(pairs), abs=1e-6)


def test_an_example_of_the_human_test_set_is_turned_away_at_a_cells_door(project: Path, chat_server: Any) -> None:
    cell = one_cell(project, chat_server.address)
    leaked = cell.tests[0].examples[0]

    def writes(body: dict[str, Any]) -> str:
        import json

        found = json.loads(plain(body))
        found["examples"][0] = {"options": ["True", "False"], "answer": "True", "question": leaked.question}
        return json.dumps(found)

    plain = chat_server.writer
    chat_server.writer = writes
    found = work_on_cell(cell)
    assert found is not None
    assert found.row.discarded > 0
    with open_project(cell.project or Path()) as store:
        assert store.rows("SELECT COUNT(*) FROM discard WHERE reason LIKE '%test example%'")[0][0] > 0
        assert not store.rows("SELECT 1 FROM example WHERE question = ?", [leaked.question])


def test_a_strategy_that_kept_far_fewer_is_not_held_against_human_data() -> None:
    few = replace(a_row("creak", "naive", ["1" * 16]), examples=10)
    full, human = a_row("creak", "tree", ["1" * 15 + "0"]), a_row("creak", HUMAN, ["1" * 8 + "0" * 8])
    found = {s.strategy: s for s in tables_of([few, full, human], ("naive", "tree"), {"creak": (16, 0.5)}).scores}
    assert found["naive"].relative is found["naive"].over_human is None
    assert found["tree"].relative == pytest.approx(15 / 8 - 1)
    assert found["tree"].over_human is not None
    assert {name: score.examples for name, score in found.items()} == {"naive": 10, "tree": 16, HUMAN: 16}
    assert "human examples trained on: creak 16" in as_latex(
        tables_of([few, full, human], ("tree",), {"creak": (16, 0.5)})
    )


def test_human_rows_have_what_there_is_and_no_test_item(project: Path) -> None:
    with open_project(project) as store:
        known = {row.name: row.id for row in datasets.read_datasets(store)}
        asked = [example for _, example in datasets.read_test(store, known["creak"])]
        datasets.add_dataset_examples(store, known["creak"], "train", asked)
        train = {example.question for _, example in datasets.read_split(store, known["creak"], "train")}
        settings = settings_for("http://127.0.0.1:1/v1", datasets=("creak",))
        settings = replace(settings, growth=replace(settings.growth, target=500))
        run = runs.add_run(store, "experiment", settings.to_json(), None)
        runs.take_lease(store, run)
        (human,) = [cell for cell in make_cells(store, run, settings) if cell.key.strategy == HUMAN]
    assert {example.question for example in human.human} == train - {example.question for example in asked}
