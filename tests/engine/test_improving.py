"""Rounds of growing where a model is weak: real trainings, a creator on the loopback, a test that stays sealed."""

import hashlib
import json
import re
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import click.testing
import pytest

from seedbed_engine import events, jobs
from seedbed_engine.__main__ import main
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import answers_kept, calls, datasets, runs, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.learning.verdicts import Verdict
from seedbed_engine.settings import GrowthSettings, ImprovementSettings, TrainingSettings

LABELS = ("Yes", "No")
ANIMALS = ("cat", "dog", "horse", "cow", "sheep", "goat", "hen", "duck", "pig", "fox")
TOOLS = ("hammer", "saw", "drill", "wrench", "chisel", "file", "clamp", "axe", "plane", "rasp")
WORDS = [word for pair in zip(ANIMALS, TOOLS, strict=True) for word in pair]


def claim(form: str, word: str) -> Example:
    return Example(form.format(word), LABELS, LABELS[word in TOOLS])


def flipped(example: Example) -> Example:
    return replace(example, answer=LABELS[example.answer == "Yes"])


def denials(body: dict[str, Any]) -> str:
    """Right examples of what the model is weak in: denials, other ones for other requests."""
    found = re.search(r"Write (\d+) new", body["messages"][0]["content"])
    digest = hashlib.sha256(json.dumps([body["messages"], body.get("seed")]).encode()).digest()
    made = []
    for place in range(int(found[1]) if found else 1):
        word = WORDS[(digest[0] + 3 * place) % len(WORDS)]
        form = ("No {} is alive, note {}.", "The {} does not live, note {}.")[place % 2].format("{}", digest[1 + place])
        each = flipped(claim(form, word))
        made.append({"question": each.question, "options": list(LABELS), "answer": each.answer})
    return json.dumps({"examples": made})


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three branches of plain claims; the dev set and the sealed test also have denials, which no branch has."""
    path = tmp_path / "animals.seedbed"
    with create_project(path) as store:
        seeds.add_seed(store, claim("Is a {} an animal?", "wolf"), Options.FIXED)
        for number, form in enumerate(("A {} is an animal.", "You can feed a {}.", "The {} is alive.")):
            root = [Example(f"This is branch {number}.", LABELS, "Yes")]
            above = insert(store, None, f"b{number}", 1, root)[0]
            insert(store, above, f"b{number}c", 2, [claim(form, word) for word in WORDS])
        human = datasets.add_dataset(store, "human")
        for split in ("dev", "test"):
            easy = [claim(f"Any {{}} must eat, {split}.", word) for word in WORDS]
            hard = [flipped(claim(f"There is no {{}} that lives, {split}.", word)) for word in WORDS]
            datasets.add_dataset_examples(store, human, split, [*easy, *hard])
    return path


def insert(store: Any, parent: int | None, key: str, depth: int, examples: list[Example]) -> list[int]:
    rows = [
        trees.NewExample(1, parent, None, None, place, f"{key}{place}", depth, example)
        for place, example in enumerate(examples)
    ]
    return list(store.do(lambda db: trees.insert_examples(db, rows)))


def settings_for(address: str, **given: Any) -> ImprovementSettings:
    growth = GrowthSettings(creator="hosted", model="test-model", base_url=address, target=30, n=5, topics=False)
    growth = replace(growth, twin_threshold=1.01, leak_threshold=1.01, **given)
    training = TrainingSettings(epochs=6, seeds=(1, 2))
    return ImprovementSettings(rounds=1, clusters=2, growth=growth, training=training)


def begin(project: Path, settings: ImprovementSettings) -> int:
    with open_project(project) as store:
        return runs.add_run(store, "improve", settings.to_json(), 1)


def test_a_round_grows_where_the_model_is_weak_and_gains_without_a_look_at_the_test(
    project: Path, chat_server: Any
) -> None:
    chat_server.writer = denials
    run = begin(project, settings_for(chat_server.address))
    said: list[events.Event] = []
    assert jobs.work_on(project, run, said.append) == "finished"
    with open_project(project) as store:
        found = json.loads(runs.read_run(store, run).result or "")
        rows = runs.read_runs(store)
        before, after = found["rounds"]
        growths = [GrowthSettings.from_json(runs.read_run(store, each).settings) for each in after["growths"]]
        trained = {row.example for row in answers_kept.read_learned(store, before["training"])}
        parts = {each.part for each in answers_kept.read_answered(store, after["training"], "created")}
        kept = sum(calls.read_account(store, each).kept for each in after["growths"])
        verdict = Verdict.from_json(runs.read_run(store, after["training"]).result or "")
        assert datasets.read_datasets(store)[0].looks == 0
    assert parts == {"dev"}
    assert sorted(row.work for row in rows) == ["grow", "grow", "improve", "train", "train"]
    assert {row.state for row in rows} == {"finished"}
    assert 20 <= after["kept"] == kept <= 30
    for growth in growths:
        assert set(growth.parents) <= trained
        assert growth.instruction.startswith("hard cases")
        assert not any(word in growth.instruction.split() for word in (*WORDS, "lives,", "dev."))
    heard = [message["content"] for body in chat_server.heard for message in body["messages"]]
    assert any("hard cases" in text for text in heard)
    assert not any("There is no" in text for text in heard)  # no text of the dev set went to the creator
    assert after["accuracy"] > before["accuracy"]
    assert after["gain_interval"]["low"] <= after["gain"] <= after["gain_interval"]["high"]
    assert "no test set was looked at" in found["said"]
    assert any("no test set was looked at" in note for note in verdict.notes)


def test_a_stopped_improvement_goes_on_without_training_again(project: Path, chat_server: Any) -> None:
    chat_server.writer = denials
    run = begin(project, settings_for(chat_server.address))
    stop = threading.Event()

    def tell(event: events.Event) -> None:
        if isinstance(event, events.Kept):
            stop.set()

    assert jobs.work_on(project, run, tell, stop) == "stopped"
    with open_project(project) as store:
        works = [row.work for row in runs.read_runs(store)]
        first = json.loads(runs.read_run(store, run).result or "")["rounds"]
    assert (works.count("train"), works.count("grow")) == (1, 1)
    asked = len(chat_server.heard)
    trained: list[int] = []

    def note(event: events.Event) -> None:
        if isinstance(event, events.Trained):
            trained.append(event.run)

    assert jobs.work_on(project, run, note) == "finished"
    with open_project(project) as store:
        rounds = json.loads(runs.read_run(store, run).result or "")["rounds"]
        grown = calls.read_account(store, rounds[1]["growths"][0])
    assert rounds[0] == first[0]
    assert rounds[1]["growths"][0] == first[1]["growths"][0]
    assert first[0]["training"] not in trained
    assert len(chat_server.heard) > asked
    assert grown.kept + grown.discarded + grown.missing == grown.asked + grown.surplus


def test_the_budget_is_of_all_rounds_together(project: Path, chat_server: Any) -> None:
    chat_server.writer = denials
    run = begin(project, replace(settings_for(chat_server.address, budget_tokens=5_000), rounds=5))
    assert jobs.work_on(project, run, lambda event: None) == "finished"
    with open_project(project) as store:
        rounds = json.loads(runs.read_run(store, run).result or "")["rounds"]
        accounts = [calls.read_account(store, each) for one in rounds for each in one["growths"]]
    assert 0 < sum(each.tokens for each in accounts) <= 5_000
    assert len(rounds) <= 6


def test_without_human_data_the_same_branches_judge_every_round(project: Path, chat_server: Any) -> None:
    chat_server.writer = denials
    with open_project(project) as store:
        datasets.remove_dataset(store, 1)
        ids = [row.id for row in trees.read_kept(store, 1)]
        for branch in range(2):  # further branches, one of which is held out
            insert(store, None, f"more{branch}", 1, [claim(f"Number {branch}: a {{}} grows.", w) for w in WORDS[:6]])
        assert ids
    run = begin(project, settings_for(chat_server.address))
    assert jobs.work_on(project, run, lambda event: None) == "finished"
    with open_project(project) as store:
        rounds = json.loads(runs.read_run(store, run).result or "")["rounds"]
        asked = [
            {row.example for row in answers_kept.read_predictions(store, each["training"], "created")}
            for each in rounds
        ]
    assert all(found == asked[0] and None not in found for found in asked)


def test_the_command_line_improves_and_grows_where_a_training_is_weak(project: Path, chat_server: Any) -> None:
    chat_server.writer = denials
    hosted = ["--creator", "hosted", "--model", "test-model", "--base-url", chat_server.address]
    words = ["improve", str(project), "--rounds", "1", "--target", "10", "--training-seeds", "1", "--epochs", "4"]
    done = click.testing.CliRunner().invoke(main, [*words, *hosted])
    assert done.exit_code == 0, done.output
    assert "before" in done.output
    assert "On dev" in done.output
    with open_project(project) as store:
        training = next(row.id for row in reversed(runs.read_runs(store)) if row.work == "train")
    words = ["grow", str(project), "--weak-in", str(training), "--target", "5", "--seed-number", "99"]
    grown = click.testing.CliRunner().invoke(main, [*words, *hosted, "--estimate"])
    assert grown.exit_code == 0, grown.output
    assert "errors: growing from #" in grown.output
    refused = click.testing.CliRunner().invoke(main, [*words, *hosted, "--cluster", "50"])
    assert refused.exit_code == 1
    assert "clusters of errors" in refused.output
    wrong = click.testing.CliRunner().invoke(main, ["improve", str(project), "--budget-usd", "nan", *hosted])
    assert wrong.exit_code == 2
