"""The compare page and its dialog: what an experiment found, the sentence first; what is asked before one."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example, Options
from seedbed_engine.experiments.cells import HUMAN, UNTUNED, Answered, CellRow, Key
from seedbed_engine.experiments.tables import tables_of
from seedbed_engine.keeping import datasets, runs
from seedbed_engine.keeping.project import open_project
from seedbed_engine.keeping.published import printed_costs, read_printed
from seedbed_engine.keeping.rows import DatasetRow, SeedRow
from seedbed_engine.settings import ExperimentSettings, GrowthSettings
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.comparison import in_words, read_comparison
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.compare_dialog import CompareDialog
from seedbed_gui.pages.compare_page import ALL_FIGURES
from seedbed_gui.pages.labels import Label

SEED = SeedRow(1, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED, None, 0, 0, 0, 0, 0)
SETS = [DatasetRow(1, "creak", None, None, True, 0, 40, 0, 60)]


def a_row(strategy: str, right: int, seed_number: int = 13, dataset: str = "creak") -> CellRow:
    answered = Answered(dataset, ("1" * right + "0" * (60 - right),) * 3, {"yes": 90, "no": 90})
    return CellRow(Key(dataset, strategy, seed_number), 40, 50, 10, 900, 0.02, 0.4, 0.5, 0.5, 1.0, 2.0, (answered,))


def a_result() -> str:
    rows = [a_row(s, n, number) for s, n in ((HUMAN, 55), ("tree", 33), ("naive", 54)) for number in (13, 14)]
    return json.dumps(tables_of(rows, ("naive", "tree"), {"creak": (60, 0.5)}).as_fields())


def texts(widget: Any) -> list[str]:
    return [label.text() for label in widget.findChildren(Label) if label.isVisible()]


def test_the_sentence_says_who_differs_and_who_beats_a_constant_answer() -> None:
    found = read_comparison(a_result())
    assert found is not None
    assert in_words(found) == [
        "creak: naive is not distinguishable from human data; tree is worse than human data; "
        "naive is above always the same answer (50.0 %)."
    ]


def test_the_sentence_says_who_beats_the_encoder_as_it_came() -> None:
    rows = [a_row(s, n) for s, n in ((UNTUNED, 34), ("tree", 33), ("naive", 54))]
    tables = tables_of(rows, ("naive", "tree"), {"creak": (60, 0.5)}).as_fields()
    found = read_comparison(json.dumps(tables))
    assert found is not None
    assert in_words(found) == [
        "creak: naive is above always the same answer (50.0 %); naive is above the untuned encoder (56.7 %)."
    ]
    only_tree = replace(found, scores=tuple(score for score in found.scores if score.strategy != "naive"))
    assert in_words(only_tree)[0].endswith("none is above the untuned encoder (56.7 %).")


@pytest.mark.parametrize("result", [None, "", "{}", "[]", '{"strategies": [], "scores": [{}], "makings": []}', "nan"])
def test_a_result_that_cannot_be_read_is_none(result: str | None) -> None:
    assert read_comparison(result) is None


def test_the_page_shows_an_experiment_as_soon_as_it_is_read(
    qtbot: QtBot, studio: MainWindow, project_file: Path
) -> None:
    with open_project(project_file) as store:
        run = runs.add_run(store, "experiment", ExperimentSettings().to_json(), 1)
        runs.take_lease(store, run)
        runs.end_run(store, run, "finished", result=a_result())
    studio.open_path(project_file)
    qtbot.waitUntil(lambda: studio.compare.choice.count() == 1, timeout=10_000)
    studio.show_page("compare")
    shown = texts(studio.compare)
    assert "In distribution" in shown
    assert "not distinguishable" in " ".join(shown)
    assert "always the same answer" in shown
    tree = next(label for label in studio.compare.findChildren(Label) if label.text().startswith("55.0 ±"))
    assert tree.property("role") == "wrong"
    assert studio.compare.state.text() == "finished"
    assert any("RoBERTa" in text for text in shown)  # creak is one of the paper's


def test_an_empty_page_says_what_to_do_next(qtbot: QtBot, studio: MainWindow, project_file: Path) -> None:
    studio.open_path(project_file)
    qtbot.waitUntil(lambda: studio.project is not None and bool(studio.project.overview.seeds), timeout=10_000)
    studio.show_page("compare")
    assert "Strategies beside each other" in texts(studio.compare)
    studio.compare._empty.button.click()
    assert isinstance(studio.questions.dialog, CompareDialog)
    assert not studio.questions.dialog.accept_button.isEnabled()
    assert studio.questions.dialog.said.text().startswith("Import human data")
    studio.questions.dialog.reject()


@pytest.fixture
def ask(qtbot: QtBot) -> Callable[..., CompareDialog]:
    def make(before: GrowthSettings | None = None, sets: list[DatasetRow] | None = None) -> CompareDialog:
        dialog = CompareDialog(SEED, SETS if sets is None else sets, before or GrowthSettings())
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    return make


def test_the_dialog_asks_for_what_is_compared(ask: Callable[..., CompareDialog]) -> None:
    dialog = ask(GrowthSettings(target=100))
    assert dialog.settings().seed_numbers == (13, 14, 15)
    assert "15 growths" in dialog.estimate.text()
    assert "free" in dialog.estimate.text()
    dialog.strategies["similar"].setChecked(False)
    dialog.growths.setValue(1)
    found = dialog.settings()
    assert found.strategies == ("naive", "random", "contrastive", "tree")
    assert (found.seed_numbers, found.growth.target, found.human) == ((13,), 100, True)
    for box in dialog.strategies.values():
        box.setChecked(False)
    assert dialog.said.text() == "Choose at least one strategy."


def test_a_hosted_experiment_is_priced_as_a_whole_and_needs_a_model(ask: Callable[..., CompareDialog]) -> None:
    dialog = ask(GrowthSettings(creator="hosted", target=100))
    assert dialog.said.text() == "Name the model."
    dialog.form.fields["model"].setText("gpt-4o-mini")  # type: ignore[union-attr]
    assert dialog.accept_button.isEnabled()
    assert " to $" in dialog.estimate.text()
    dialog.form.fields["base_url"].setText("http://me:sesame@localhost:1/v1")  # type: ignore[union-attr]
    assert not dialog.accept_button.isEnabled()
    assert "sesame" not in dialog.said.text()


def test_the_papers_pairs_take_the_place_of_the_seed(ask: Callable[..., CompareDialog]) -> None:
    alone = ask()
    assert not alone.pairs.isEnabled()
    dialog = ask(sets=[*SETS, DatasetRow(2, "StrategyQA", None, None, True, 0, 40, 0, 60)])
    assert not dialog.pairs_said.isVisible()
    assert dialog.settings().datasets == ()
    dialog.pairs.click()
    found = dialog.settings()
    assert found.pairs
    assert found.datasets == ("StrategyQA", "creak")
    assert "30 growths" in dialog.estimate.text()
    assert "StrategyQA → creak, creak → StrategyQA" in dialog.pairs_said.text()
    assert "Missing: piqa, winogrande" in dialog.pairs_said.text()


def test_pairs_are_judged_by_one_click_where_a_pair_is_here(
    qtbot: QtBot, studio: MainWindow, project_file: Path
) -> None:
    with open_project(project_file) as store:
        rows = [Example(f"Is thing {n} warm?", ("yes", "no"), "yes" if n % 2 else "no") for n in range(12)]
        numbers = [datasets.add_dataset(store, name) for name in ("creak", "strategyqa")]
        for split in ("train", "test"):
            datasets.add_dataset_examples(store, numbers[0], split, rows)
        datasets.add_dataset_examples(store, numbers[1], "test", rows)
    studio.open_path(project_file)
    qtbot.waitUntil(lambda: studio.seed is not None, timeout=10_000)
    assert not studio.compare.pairs_first.isHidden()
    assert not studio.compare.pairs_first.isEnabled()  # nothing was trained yet
    assert studio.compare._why_no_pairs() == "Train and evaluate first, and let nothing else run."
    studio.compare.pairs_first.setEnabled(True)
    studio.compare.pairs_first.click()  # the engine says what is missing
    project = studio.project
    assert project is not None
    qtbot.waitUntil(lambda: any(run.error for run in project.overview.runs), timeout=240_000)
    (run,) = [run for run in project.overview.runs if run.work == "evaluate"]
    assert "No trained model was judged on a data set of a pair" in (run.error or "")
    assert "Without a train split: strategyqa" in (run.error or "")
    assert "creak → strategyqa" in (run.error or "")


def test_an_experiment_that_is_wanted_becomes_a_run_of_its_own(
    qtbot: QtBot, studio: MainWindow, project_file: Path
) -> None:
    """Grown by nobody: the recording is not there, so that the run fails, and says so on its page."""
    with open_project(project_file) as store:
        number = datasets.add_dataset(store, "human")
        rows = [Example(f"Is thing {n} warm?", ("yes", "no"), "yes" if n % 2 else "no") for n in range(12)]
        datasets.add_dataset_examples(store, number, "test", rows)
    studio.open_path(project_file)
    qtbot.waitUntil(lambda: studio.seed is not None, timeout=10_000)
    growth = GrowthSettings(creator="scripted", model="nowhere.jsonl")
    studio.wishes.start_experiment(ExperimentSettings(strategies=("naive",), seed_numbers=(1,), growth=growth))
    qtbot.waitUntil(lambda: studio.page == "compare", timeout=20_000)
    qtbot.waitUntil(lambda: studio.compare.state.text() == "failed", timeout=120_000)
    qtbot.waitUntil(lambda: "nowhere.jsonl" in " ".join(texts(studio.compare)), timeout=10_000)
    studio.show_page("runs")
    qtbot.waitUntil(lambda: any(b.text() == ALL_FIGURES for b in studio.runs.findChildren(Button)), timeout=10_000)
    next(b for b in studio.runs.findChildren(Button) if b.text() == ALL_FIGURES).click()
    assert studio.page == "compare"
    assert studio.project is not None
    assert studio.compare.choice.currentData() == studio.project.overview.runs[0].id


def test_the_printed_tables_are_read_whole() -> None:
    printed = read_printed()
    assert len([each for each in printed if each.trained_on == each.test]) == 10
    assert len(printed) == 18  # of two printed columns the training set is not known
    creak = next(each for each in printed if (each.trained_on, each.test) == ("creak", "creak"))
    assert creak.accuracies["human"] == pytest.approx(0.8119)
    assert asdict(creak)["accuracies"]["tree"] == pytest.approx(0.7274)
    assert printed_costs()["boolq_open"]["tree"] == 4.2
