"""The paper's pairs among a project's data sets: which are here, which are missing, and what is judged on them."""

import json
import threading
from pathlib import Path

import click.testing
import pytest

from seedbed_engine.__main__ import main
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example, Options
from seedbed_engine.experiments.grid import make_cells
from seedbed_engine.keeping import datasets, runs, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.published import pairs_among, paper_pairs
from seedbed_engine.keeping.rows import DatasetRow
from seedbed_engine.keeping.samples import sample_examples
from seedbed_engine.learning.matrix import _judged_on
from seedbed_engine.learning.trial import train_and_judge
from seedbed_engine.settings import ExperimentSettings, GrowthSettings, TrainingSettings


def a_set(name: str, train: int = 9, test: int = 9) -> DatasetRow:
    return DatasetRow(1, name, None, None, True, 0, train, 0, test)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both sets of one pair, half of another, and one that is no one's; trained once, judged on CREAK."""
    path = tmp_path_factory.mktemp("pairs") / "pairs.seedbed"
    with create_project(path) as store:
        claims = sample_examples("creak", "train")
        seeds.add_seed(store, claims[0], Options.FIXED)
        rows = [trees.NewExample(1, None, None, None, n, f"k{n}", 1, each) for n, each in enumerate(claims[1:25])]
        store.do(lambda db: trees.insert_examples(db, rows))
        for name, of in (("own", "creak"), ("CREAK", "creak"), ("StrategyQA", "strategyqa"), ("piqa", "piqa")):
            number = datasets.add_dataset(store, name)
            datasets.add_dataset_examples(store, number, "train", sample_examples(of, "train")[30:50])
            datasets.add_dataset_examples(store, number, "test", sample_examples(of, "test")[:12])
        settings = TrainingSettings(epochs=1, seeds=(1,), test_dataset=2, all_human=False)
        run = runs.add_run(store, "train", settings.to_json(), 1)
        runs.take_lease(store, run)
        state, _, result = train_and_judge(store, run, lambda event: None, threading.Event())
        runs.end_run(store, run, state, result=result)
    return path


def looks_of(project: Path) -> dict[str, int]:
    with open_project(project) as store:
        return {row.name: row.looks for row in datasets.read_datasets(store)}


def test_the_paper_has_ten_columns_two_of_them_with_an_inferred_train_set() -> None:
    found = paper_pairs()
    assert len(found) == len(set(found)) == 10
    assert {str(pair) for pair in found if pair.is_inferred} == {"pubmedqa → bioasq", "bioasq → pubmedqa"}
    assert {(pair.test, pair.trained_on) for pair in found} == {(pair.trained_on, pair.test) for pair in found} | {
        ("bioasq", "pubmedqa"),
        ("pubmedqa", "bioasq"),
    }


def test_pairs_are_known_by_their_names_however_written() -> None:
    found = pairs_among(
        [a_set("CommonsenseQA"), a_set("Riddle-Sense"), a_set("mine"), a_set("BoolQ"), a_set("pubmedqa")]
    )
    assert [(pair.trained_on, pair.test) for pair in found.found] == [
        ("CommonsenseQA", "Riddle-Sense"),
        ("Riddle-Sense", "CommonsenseQA"),
        ("BoolQ", "pubmedqa"),
        ("pubmedqa", "BoolQ"),
    ]
    assert found.has("BoolQ", "pubmedqa")
    assert not found.has("BoolQ", "CommonsenseQA")
    assert "mine" not in found.names
    assert found.absent == ("piqa", "winogrande", "strategyqa", "creak", "bioasq")
    assert found.lacking == ()


def test_what_a_set_lacks_for_a_pair_is_said() -> None:
    found = pairs_among([a_set("creak", train=0), a_set("strategyqa"), a_set("piqa", test=0), a_set("winogrande")])
    assert [str(pair) for pair in found.found] == ["strategyqa → creak"]
    assert found.lacking == (("train", ("creak",)), ("test", ("piqa",)))
    assert found.said == (
        "Of the paper's 10 pairs 1 is here: strategyqa → creak. "
        "Missing: csqa, riddle_sense, boolq_open, pubmedqa, bioasq. "
        "Without a train split: creak. Without a test split: piqa."
    )
    assert pairs_among([a_set("creak")]).said.startswith("Of the paper's 10 pairs none is here. Missing: ")
    every = pairs_among([a_set(name) for pair in paper_pairs() for name in (pair.trained_on,)])
    assert (len(every.found), every.absent, every.lacking) == (10, (), ())
    assert "does not say what was trained on for pubmedqa → bioasq" in every.said


def test_models_are_asked_their_own_set_and_its_pair_and_no_other_is_looked_at(project: Path) -> None:
    before = looks_of(project)
    done = click.testing.CliRunner().invoke(main, ["evaluate", str(project), "--pairs", "--json"])
    found = json.loads(done.stdout)
    assert [column["dataset"] for column in found["columns"]] == ["CREAK", "StrategyQA"]
    assert {row["name"] for row in found["rows"]} == {"created", "human"}
    for row in found["rows"]:
        assert [cell["is_own"] for cell in row["cells"]] == [True, False]
    assert "2 are here: StrategyQA → CREAK, CREAK → StrategyQA" in found["pairs"]
    assert "Missing: winogrande, csqa" in found["pairs"]
    after = looks_of(project)
    assert {name for name in after if after[name] > before[name]} == {"CREAK", "StrategyQA"}
    plain = click.testing.CliRunner().invoke(main, ["evaluate", str(project), "--matrix", "--pairs"])
    assert "Of the paper's 10 pairs" in plain.output


def test_a_grid_of_the_pairs_has_their_sets_alone(project: Path) -> None:
    growth = GrowthSettings(target=4, n=2)
    settings = ExperimentSettings(("tree",), pairs=True, seed_numbers=(13,), growth=growth)
    before = looks_of(project)
    with open_project(project) as store:
        chosen = pairs_among(datasets.read_datasets(store)).trained_on
        named = ExperimentSettings.from_fields({**json.loads(settings.to_json()), "datasets": chosen})
        run = runs.add_run(store, "experiment", named.to_json(), None)
        runs.take_lease(store, run)
        cells = make_cells(store, run, named)
    tests = {cell.key.dataset: [test.name for test in cell.tests] for cell in cells}
    assert tests == {"StrategyQA": ["StrategyQA", "CREAK"], "CREAK": ["CREAK", "StrategyQA"]}
    after = looks_of(project)
    assert {name for name in after if after[name] > before[name]} == {"CREAK", "StrategyQA"}


def test_where_no_pair_is_here_nothing_is_begun_and_the_missing_are_named(tmp_path: Path) -> None:
    path = tmp_path / "none.seedbed"
    with create_project(path) as store:
        seeds.add_seed(store, sample_examples("creak", "train")[0], Options.FIXED)
        number = datasets.add_dataset(store, "creak")
        datasets.add_dataset_examples(store, number, "test", sample_examples("creak", "test")[:8])
        run = runs.add_run(store, "experiment", ExperimentSettings(pairs=True).to_json(), None)
        with pytest.raises(PersonError, match="Without a train split: creak"):
            make_cells(store, run, ExperimentSettings(pairs=True))
    refused = click.testing.CliRunner().invoke(main, ["experiment", str(path), "--pairs", "--datasets", "creak"])
    assert refused.exit_code == 1
    assert "Give --pairs or --datasets" in refused.output
    nothing = click.testing.CliRunner().invoke(main, ["evaluate", str(path), "--pairs"])
    assert nothing.exit_code == 1
    assert "No trained model was judged on a data set of a pair" in nothing.output.replace("\n", " ")


def test_a_run_is_judged_where_its_verdict_says(project: Path) -> None:
    with open_project(project) as store:
        sets = datasets.read_datasets(store)
        assert _judged_on(store, 1, sets) == "CREAK"
        for name, is_human in (("the dev set (CREAK, dev split)", True), ("6 created examples held out", False)):
            run = runs.add_run(store, "train", TrainingSettings().to_json(), 1)
            runs.take_lease(store, run)
            runs.keep_result(store, run, json.dumps({"test_name": name, "is_human_test": is_human}))
            assert _judged_on(store, run, sets) is None
            runs.end_run(store, run, "finished", result=runs.read_run(store, run).result)


def test_a_test_set_that_no_model_can_be_asked_is_not_looked_at(project: Path) -> None:
    moods = [Example(f"I laugh {n} times.", ("joy", "fear"), "joy") for n in range(12)]
    with open_project(project) as store:
        datasets.add_dataset_examples(store, datasets.add_dataset(store, "moods"), "test", moods)
    before = looks_of(project)
    assert click.testing.CliRunner().invoke(main, ["evaluate", str(project), "--matrix"]).exit_code == 0
    failed = click.testing.CliRunner().invoke(main, ["evaluate", str(project), "--dataset", "moods"])
    assert failed.exit_code == 1
    after = looks_of(project)
    assert after["moods"] == 0
    assert after["own"] == before["own"] + 1
