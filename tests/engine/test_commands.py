"""What a person can get wrong on the command line is answered by a sentence; machines read nothing but JSON."""

import json
from pathlib import Path

import click.testing
import pytest

from seedbed_engine.__main__ import main
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import runs, seeds
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.settings import ExperimentSettings, TrainingSettings

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "one.seedbed"
    with create_project(path) as store:
        seeds.add_seed(store, SEED, Options.FIXED)
    return path


def seedbed(*words: object) -> click.testing.Result:
    found = click.testing.CliRunner().invoke(main, [str(word) for word in words])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def run_count(project: Path) -> int:
    with open_project(project) as store:
        return len(runs.read_runs(store))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["grow", "--seed", 9], "There is no seed 9."),
        (["train", "--seed", 9], "There is no seed 9."),
        (["export", "out.jsonl", "--seed", 9], "There is no seed 9."),
        (["export", "out.graphml", "--seed", 9], "There is no seed 9."),
        (["grow", "--resume", 9], "There is no run 9."),
        (["grow", "--resume", 0], "There is no run 0."),
        (["train", "--resume", 9], "There is no run 9."),
        (["run", 9], "There is no run 9."),
        (["train", "--seeds", ","], "is no list of seed numbers"),
        (["train", "--dataset", "x"], "There is no data set 'x'."),
        (["show", "--example", 9], "There is no example 9."),
    ],
)
def test_what_is_not_there_or_cannot_be_is_said_and_nothing_is_begun(
    project: Path, tmp_path: Path, words: list[object], said: str
) -> None:
    command, *rest = [tmp_path / str(word) if str(word).startswith("out.") else word for word in words]
    found = seedbed(command, project, *rest)
    assert found.exit_code == 1
    assert said in " ".join(found.output.replace('"', " ").split())
    assert run_count(project) == 0
    assert not list(tmp_path.glob("out.*"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["grow", "--target", 0], "0 is not in the range x>=1."),
        (["grow", "--max-tokens", 0], "0 is not in the range x>=1."),
        (["grow", "--concurrency", -3], "-3 is not in the range x>=1."),
        (["grow", "--max-calls", -1], "-1 is not in the range x>=1."),
        (["grow", "--budget-usd", "nan"], "nan is no finite number."),
        (["grow", "--budget-usd", "inf"], "inf is no finite number."),
        (["grow", "--budget-usd", "-1"], "-1.0 is not in the range x>0."),
        (["grow", "--temperature", "nan"], "nan is no finite number."),
        (["grow", "--twin-threshold", "7"], "7.0 is not in the range 0<x<=1.01."),
        (["reanswer", "--example", 1, "--budget-usd", "nan"], "nan is no finite number."),
        (["regenerate", "--example", 1, "--temperature", "-inf"], "-inf is not in the range x>=0."),
        (["train", "--epochs", -1], "-1 is not in the range x>=1."),
        (["train", "--learning-rate", "inf"], "inf is not in the range 0<x<=1"),
        (["experiment", "--concurrency", -3], "-3 is not in the range x>=1."),
        (["experiment", "--workers", 0], "0 is not in the range x>=1."),
        (["improve", "--budget-usd", "inf"], "inf is no finite number."),
        (["replay", "--twin-threshold", "nan"], "nan is no finite number."),
    ],
)
def test_a_number_beyond_its_limits_is_said_and_nothing_is_begun(project: Path, words: list[object], said: str) -> None:
    command, *rest = words
    found = seedbed(command, project, *rest)
    assert found.exit_code == 2
    assert said in found.output
    assert run_count(project) == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["train", "--seeds", "1,-2"], "The setting 'seeds' cannot be -2. Give a number at least 0."),
        (["grow", "--n", 10**30], f"The setting 'n' cannot be {10**30}. Give a number that is smaller."),
    ],
)
def test_what_only_the_settings_know_is_said_too(project: Path, words: list[object], said: str) -> None:
    command, *rest = words
    found = seedbed(command, project, *rest)
    assert found.exit_code == 1
    assert said in " ".join(found.output.split())
    assert run_count(project) == 0


def test_a_sample_opens_with_its_tree_unless_it_is_to_be_bare(tmp_path: Path) -> None:
    kept = []
    for number, more in enumerate(([], ["--bare"])):
        path = tmp_path / f"{number}.seedbed"
        assert seedbed("new", path, "--sample", "piqa", *more).exit_code == 0
        with open_project(path) as store:
            kept.append(seeds.read_seeds(store)[0].kept)
    assert kept[0] > 100
    assert kept[1] == 0


def test_a_run_goes_on_with_its_own_word_and_its_own_settings(project: Path) -> None:
    with open_project(project) as store:
        run = runs.add_run(store, "train", TrainingSettings().to_json(), 1)
    assert f"seedbed train --resume {run}" in " ".join(seedbed("grow", project, "--resume", run).output.split())
    found = seedbed("train", project, "--resume", run, "--epochs", 3)
    assert found.exit_code == 1
    assert "--epochs cannot be given with --resume" in " ".join(found.output.split())
    with open_project(project) as store:
        run = runs.add_run(store, "experiment", ExperimentSettings(datasets=("nothing",)).to_json(), 1)
    found = seedbed("experiment", project, "--resume", run, "--csv", project.with_name("found.csv"))
    assert "cannot be given" not in found.output
    assert project.with_name("found.csv").read_text().startswith("trained_on,")


def test_machines_read_nothing_but_json_also_where_a_growth_fails(project: Path) -> None:
    found = seedbed("grow", project, "--creator", "scripted", "--model", "nowhere.jsonl", "--json")
    assert found.exit_code == 1
    lines = [json.loads(line) for line in found.stdout.splitlines()]
    assert [line["event"] for line in lines] == ["started", "failed"]


def test_a_tree_as_a_graph_is_answered_in_json_too(project: Path, tmp_path: Path) -> None:
    found = seedbed("export", project, tmp_path / "tree.graphml", "--json")
    assert found.exit_code == 0
    assert json.loads(found.stdout) == {"file": str(tmp_path / "tree.graphml")}
    assert (tmp_path / "tree.graphml").exists()


@pytest.mark.parametrize("name", ["tree.graphml", "rows.jsonl", "rows.csv"])
def test_a_folder_that_is_not_there_is_said(project: Path, tmp_path: Path, name: str) -> None:
    found = seedbed("export", project, tmp_path / "nowhere" / name)
    assert found.exit_code == 1
    assert found.output.strip()
