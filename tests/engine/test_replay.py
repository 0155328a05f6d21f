"""A replay reads the stored replies anew: nothing changes where nothing changed, and what changes is said."""

import asyncio
import hashlib
import json
import threading
from pathlib import Path
from typing import Any

import click.testing
import pytest

from seedbed_engine.__main__ import main
from seedbed_engine.creating.creators.protocol import Request
from seedbed_engine.creating.creators.scripted import ScriptedCreator
from seedbed_engine.creating.growth import Growth
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import calls, exchange, history, runs, seeds, trees
from seedbed_engine.keeping.datasets import add_dataset, add_dataset_examples
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")
SECOND = Example("Is tin a metal?", ("yes", "no"), "yes")
ANIMALS = "whales owls beetles foxes salmon spiders horses pigeons turtles bats frogs wolves ants cranes seals moths"
DEEDS = "sing dig swim climb hide sleep migrate hunt glow whistle build fly wander fight hibernate dance"
PLACES = "dunes rivers cities forests caves oceans gardens mountains barns swamps islands mines attics ruins ports huts"


def write(request: Request) -> str:
    """Five examples that depend on the request: alike ones among them, one repeated, one in another format."""
    items: list[dict[str, Any]] = []
    for position in range(5):
        digest = hashlib.sha256(f"{request.seed}/{position}".encode()).digest()
        words = [words.split()[byte % 16] for words, byte in zip((ANIMALS, DEEDS, PLACES), digest, strict=False)]
        question = f"Do {words[0]} {words[1]} in {words[2]}?"
        items.append({"options": ["yes", "no"], "answer": ("yes", "no")[digest[4] % 2], "question": question})
    items[3] = {**items[0], "question": items[0]["question"].replace("Do ", "Do the ")}
    items[4]["options"] = ["yes", "maybe"]
    return json.dumps({"examples": [*items, items[0]]})


def grow(store: Store, seed: int, **given: object) -> int:
    settings = GrowthSettings.from_fields({"creator": "scripted", "twin_threshold": 0.99, "target": 40, **given})
    run = runs.add_run(store, "grow", settings.to_json(), seed)
    runs.take_lease(store, run)
    creator = ScriptedCreator(write)
    row = seeds.read_seed(store, seed)
    growth = Growth(store, run, row, settings, creator, lambda event: None, threading.Event())
    assert asyncio.run(growth.go())[0] == "finished"
    runs.end_run(store, run, "finished")
    return run


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two trees that several runs grew, the first with two strategies."""
    path = tmp_path / "one.seedbed"
    with create_project(path) as store:
        for seed in (SEED, SECOND):
            seeds.add_seed(store, seed, Options.FIXED)
        grow(store, 1)
        grow(store, 1, strategy="naive", seed_number=5)
        grow(store, 2, strategy="random", target=20)
        grow(store, 1, strategy="similar", target=10)
    return path


def replayed(project: Path, *options: object) -> tuple[Path, dict[str, Any]]:
    out = project.with_name("today.seedbed")
    words = ["replay", project, out, "--json", *options]
    done = click.testing.CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return out, json.loads(done.stdout)


def exported(path: Path) -> str:
    table = path.with_suffix(".jsonl")
    with open_project(path) as store:
        exchange.export_examples(store, [1, 2], table)
    return table.read_text(encoding="utf-8")


def discards(store: Store) -> list[calls.NewDiscard]:
    of_calls = [
        r for seed in (1, 2) for call in calls.read_calls(store, seed) for r in calls.read_requests(store, call.id)
    ]
    return [discard for request in of_calls for discard in calls.read_discards(store, request.id)]


def assert_lines_add_up(path: Path) -> None:
    with open_project(path) as store:
        for run in runs.read_runs(store):
            assert calls.read_account(store, run.id).adds_up


def test_a_project_in_which_nothing_changed_is_the_same_byte_for_byte(project: Path) -> None:
    before = exported(project)
    out, said = replayed(project)
    assert exported(out) == before
    assert exported(project) == before
    assert (said["went_out"], said["came_in"], said["held"], said["read_otherwise"]) == ({}, [], 0, 0)
    assert said["kept_before"] == said["kept_now"] == len(before.splitlines())
    assert said["reasons_before"] == said["reasons_now"]
    assert said["reasons_now"]["twin of a kept example"] > 0
    with open_project(project) as one, open_project(out) as other:
        assert discards(one) == discards(other)
    assert_lines_add_up(out)


def test_a_stricter_filter_shows_what_goes_out_and_lineage_stays_as_the_requests_fixed_it(project: Path) -> None:
    out, said = replayed(project, "--twin-threshold", 0.85)
    assert said["kept_now"] < said["kept_before"]
    assert said["kept_before"] - said["kept_now"] == len(said["went_out"]) - len(said["came_in"])
    assert said["reasons_now"]["twin of a kept example"] > said["reasons_before"]["twin of a kept example"]
    assert 0 < said["held"] < len(said["went_out"])
    with open_project(project) as one, open_project(out) as other:
        for row in trees.read_kept(other, 1):
            before = trees.read_example(one, row.id)
            assert (row.key, row.parent, row.depth, row.example) == (
                before.key,
                before.parent,
                before.depth,
                before.example,
            )
        held = [row for row in trees.read_examples(other, range(1000)) if row.flag]
        assert {row.state for row in held} == {State.PRUNED}
        assert all("twin of a kept example" in (row.flag or "") for row in held)
    assert_lines_add_up(out)


def test_what_a_model_has_learnt_from_stays_as_a_link(project: Path) -> None:
    with open_project(project) as store:
        run = runs.add_run(store, "train", "{}", 1)
        learn = "INSERT INTO learned SELECT ?, id, 0.5, 0.1, 0.5, 0.0 FROM example"
        store.do(lambda db: db.execute(learn, [run]) and None)
    _, said = replayed(project, "--twin-threshold", 0.85)
    assert said["held"] == len(said["went_out"]) > 0


def test_a_looser_filter_lets_in_what_was_a_twin(project: Path) -> None:
    out, said = replayed(project, "--twin-threshold", 1.0)
    assert said["came_in"]
    assert said["kept_now"] == said["kept_before"] + len(said["came_in"])
    with open_project(out) as store:
        new = [row for seed in (1, 2) for row in trees.read_kept(store, seed) if row.key in said["came_in"]]
        assert len(new) == len(said["came_in"])
        for row in new:
            assert row.parent == calls.read_call(store, row.call or 0).parent
            assert row.drift is not None
    assert_lines_add_up(out)


def test_what_a_person_decided_is_carried_over_and_can_still_be_undone(project: Path) -> None:
    with open_project(project) as store:
        rows = trees.read_kept(store, 1)
        history.set_state(store, [row.id for row in rows[:6]], State.APPROVED)
        history.set_state(store, trees.read_branch(store, rows[7].id), State.PRUNED)
        history.edit_example(store, rows[2].id, Example("Do geese remember faces?", ("yes", "no"), "no"))
    before = exported(project)
    out, said = replayed(project)
    assert exported(out) == before
    assert said["decisions_lost"] == 0
    with open_project(out) as store:
        assert trees.read_example(store, rows[2].id).example.question == "Do geese remember faces?"
        assert history.undo(store) is not None
        assert trees.read_example(store, rows[2].id).example == rows[2].example


def test_an_edit_before_a_later_growth_counts_at_the_door_as_it_did_then(project: Path) -> None:
    with open_project(project) as store:
        rows = trees.read_kept(store, 1)
        history.edit_example(store, rows[0].id, Example("Do geese remember faces?", ("yes", "no"), "no"))
        grow(store, 1, strategy="naive", seed_number=7)
    before = exported(project)
    out, said = replayed(project)
    assert exported(out) == before
    assert said["went_out"] == {}


def test_a_test_set_that_came_later_turns_leaks_away(project: Path) -> None:
    with open_project(project) as store:
        leaf = trees.read_kept(store, 2)[-1]
        history.set_state(store, [leaf.id], State.APPROVED)
        add_dataset_examples(store, add_dataset(store, "human"), "test", [leaf.example])
    _, said = replayed(project)
    assert leaf.key in said["went_out"]  # and the same with an article before its noun
    assert set(said["went_out"].values()) == {"too near to a test example"}
    assert said["decisions_lost"] == 1


def test_what_cannot_be_replayed_is_said_and_leaves_nothing_behind(project: Path, tmp_path: Path) -> None:
    runner = click.testing.CliRunner()
    taken = runner.invoke(main, ["replay", str(project), str(project)])
    assert taken.exit_code == 1
    assert "exists already" in taken.stderr
    odd = runner.invoke(main, ["replay", str(project), str(tmp_path / "out"), "--twin-threshold", "nan"])
    assert odd.exit_code == 2
    assert not (tmp_path / "out.seedbed").exists()


def test_a_replay_is_told_in_words(project: Path) -> None:
    out = project.with_name("today")
    done = click.testing.CliRunner().invoke(main, ["replay", str(project), str(out), "--twin-threshold", "0.85"])
    assert done.exit_code == 0
    assert "replies read again" in done.stderr
    assert "twin of a kept example: " in done.stderr
    assert "stay as links of the tree" in done.stderr


def test_a_replay_without_a_name_lies_beside_the_project_and_never_over_a_file(project: Path) -> None:
    other = project.with_name(f"{project.stem}-replayed.seedbed")
    other.write_text("mine")
    done = click.testing.CliRunner().invoke(main, ["replay", str(project), "--json"])
    assert done.exit_code == 0
    assert Path(json.loads(done.stdout)["project"]) == project.with_name(f"{project.stem}-replayed-2.seedbed")
    assert other.read_text() == "mine"
