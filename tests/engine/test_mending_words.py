"""The words regenerate, reanswer and rewrite, against a real server on the loopback."""

import json
from pathlib import Path
from typing import Any

import click.testing
import pytest

from seedbed_engine.__main__ import main
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import history, runs, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.trees import NewExample, insert_examples

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")
TEXTS = ("Is a mile longer than a yard?", "Do whales breathe air?", "Can owls turn their heads?")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "one.seedbed"
    with create_project(path) as store:
        seeds.add_seed(store, SEED, Options.FIXED)
        new = [
            NewExample(1, parent, None, None, 0, f"k{n}", 2 if parent else 1, Example(text, SEED.options, "no"))
            for n, (text, parent) in enumerate(zip(TEXTS, (None, 1, 1), strict=True), start=1)
        ]
        store.do(lambda db: insert_examples(db, new))
    return path


@pytest.fixture
def hosted(chat_server: Any) -> list[str]:
    words = ["--creator", "hosted", "--model", "test-model", "--base-url", chat_server.address]
    return [*words, "--key-name", "SEEDBED_NO_KEY"]


def seedbed(*words: object) -> click.testing.Result:
    found = click.testing.CliRunner().invoke(main, [str(word) for word in words])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def write_mended(body: dict[str, Any]) -> str:
    """What the server writes: the answer yes, or the example in kilometres."""
    shown = json.loads(body["messages"][-1]["content"].split("\n\n")[0])
    if "answer" not in shown:
        return json.dumps({"answer": "yes"})
    return json.dumps({"examples": [{**shown, "question": shown["question"].replace("mile", "kilometre")}]})


def test_a_branch_is_answered_again_and_what_is_marked_is_listed(
    project: Path, chat_server: Any, hosted: list[str]
) -> None:
    chat_server.writer = write_mended
    found = seedbed("reanswer", project, "--example", 1, "--branch", "--k", 2, *hosted)
    assert found.exit_code == 0
    assert len(chat_server.heard) == 6
    form = chat_server.heard[0]["response_format"]["json_schema"]["schema"]
    assert sorted(form["properties"]["answer"]["enum"]) == ["no", "yes"]
    assert "3 examples were answered again, 3 are marked" in found.output
    assert "#2" in found.output
    assert "2 of 2 say yes" in found.output
    costs = json.loads(seedbed("costs", project, "--json").stdout)
    assert [(run["strategy"], run["requests"]) for run in costs["runs"]] == [("reanswer", 6)]
    assert costs["runs"][0]["tokens told"] is not None


def test_a_rewriting_is_shown_then_applied_then_undone(project: Path, chat_server: Any, hosted: list[str]) -> None:
    chat_server.writer = write_mended
    found = seedbed("rewrite", project, "--example", 1, "--branch", "--instruction", "Use metric units.", *hosted)
    assert found.exit_code == 0
    assert "kilometre" in found.output
    assert "unchanged" in found.output
    assert "1 can be taken over" in found.output
    facts = json.loads(seedbed("rewrite", project, "--preview", 1, "--json").stdout)
    assert [each["fate"] for each in facts] == ["offered", "turned away", "turned away"]
    assert json.loads(seedbed("rewrite", project, "--apply", 1, "--json").stdout) == {"applied": 1, "left": 0}
    with open_project(project) as store:
        assert trees.read_example(store, 1).example.question == "Is a kilometre longer than a yard?"
        change = history.undo(store)
        assert change is not None
        assert change.said == "rewrite: Use metric units."
        assert trees.read_example(store, 1).example.question == TEXTS[0]
    assert len(chat_server.heard) == 3  # nothing was paid for again


def test_a_new_sibling_is_asked_for(project: Path, chat_server: Any, hosted: list[str]) -> None:
    found = seedbed("regenerate", project, "--example", 2, *hosted)
    assert found.exit_code == 0
    assert "1 of 1 example has a new sibling" in found.output
    with open_project(project) as store:
        assert len(trees.read_children(store, 1, 1)) == 3


def test_an_estimate_asks_nothing(project: Path, chat_server: Any, hosted: list[str]) -> None:
    found = seedbed("reanswer", project, "--example", 1, "--k", 4, "--estimate", *hosted)
    assert found.stdout.startswith("About 1 calls, 4 requests, ")
    with open_project(project) as store:
        assert runs.read_runs(store) == []
    assert chat_server.heard == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["reanswer"], "No example is named."),
        (["reanswer", "--example", 99], "There is no example 99."),
        (["regenerate", "--example", 99], "There is no example 99."),
        (["rewrite", "--example", 1], "There is no instruction."),
        (["rewrite", "--apply", 7], "Run 7 is no rewriting."),
        (["rewrite", "--preview", 7], "Run 7 is no rewriting."),
        (["reanswer", "--resume", 7], "There is no run 7."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_begun(project: Path, words: list[object], said: str) -> None:
    command, *rest = words
    found = seedbed(command, project, *rest)
    assert found.exit_code == 1
    assert said in found.stderr
    with open_project(project) as store:
        assert runs.read_runs(store) == []
