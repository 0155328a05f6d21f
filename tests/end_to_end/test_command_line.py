"""The main job on the command line: real processes, exit codes that mean something, sentences instead of tracebacks."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine.examples import Example
from seedbed_engine.keeping.samples import create_sample_project, sample_examples

TARGET, N = 6, 3
SECONDS = 240  # for a machine that has other things to do


def seedbed(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "seedbed_engine", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=SECONDS)


def done(folder: Path, *words: str) -> str:
    """What a command that must go well writes for machines."""
    found = seedbed(folder, *words)
    assert found.returncode == 0, found.stderr
    assert "Traceback" not in found.stderr
    return found.stdout


def refused(folder: Path, *words: str, code: int = 1) -> str:
    """The one sentence, or two, with which a command refuses."""
    found = seedbed(folder, *words)
    said = " ".join(found.stderr.split())
    assert found.returncode == code, (found.returncode, said)
    assert found.stdout == ""
    assert "Traceback" not in said
    assert said.endswith(".")
    return said


def write_rows(path: Path, examples: Iterable[Example], **names: str) -> None:
    """Examples as JSON lines, with columns of these names."""
    rows = (
        {
            names.get("question", "question"): example.question,
            names.get("options", "options"): list(example.options),
            names.get("answer", "answer"): example.answer,
        }
        for example in examples
    )
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def events_of(output: str, kind: str) -> list[dict[str, Any]]:
    return [found for line in output.splitlines() if (found := json.loads(line)).get("event") == kind]


def test_the_whole_loop_runs_on_the_command_line(home: Path, tmp_path: Path) -> None:
    """Each step asserts what it has brought about."""
    make_the_project(tmp_path)
    grow(tmp_path)
    show(tmp_path)
    import_human_data(tmp_path)
    train(tmp_path)
    ask_the_model(tmp_path)
    export(tmp_path)


def make_the_project(folder: Path) -> None:
    seed = ["--question", "Jumping spider can kill humans with its venom."]
    seed += ["--option", "True", "--option", "False", "--answer", "False"]
    made = json.loads(done(folder, "new", "claims", *seed, "--json"))
    assert made == {"project": "claims.seedbed"}
    assert (folder / "claims.seedbed").is_file()
    assert "exists already" in refused(folder, "new", "claims", *seed)


def grow(folder: Path) -> None:
    """From the seed, then from an example of the tree; every progress line adds up."""
    size = ["--target", str(TARGET), "--n", str(N), "--json"]
    said = done(folder, "grow", "claims.seedbed", *size)
    assert sum(len(event["examples"]) for event in events_of(said, "kept")) == TARGET
    for line in events_of(said, "progress"):
        right = line["kept"] + line["discarded"] + line["missing"] + line["failed"] + line["waiting"]
        assert line["asked"] + line["surplus"] == right
    assert len(events_of(said, "finished")) == 1
    assert "no human test set" in refused_run(folder, "train", "claims.seedbed")
    more = done(folder, "grow", "claims.seedbed", "--parent", "2", "--target", "3", "--n", str(N), "--json")
    assert {event["parent"] for event in events_of(more, "kept")[:1]} == {2}


def refused_run(folder: Path, *words: str) -> str:
    found = seedbed(folder, *words, "--json")
    assert found.returncode == 1
    assert "Traceback" not in found.stderr
    (failed,) = events_of(found.stdout, "failed")
    return str(failed["what"])


def show(folder: Path) -> None:
    found = json.loads(done(folder, "show", "claims.seedbed", "--json"))
    (seed,) = found["seeds"]
    assert seed["kept"] == TARGET + 3
    assert seed["depth"] >= 2
    assert [run["state"] for run in found["runs"]] == ["finished", "failed", "finished"]
    example = json.loads(done(folder, "show", "claims.seedbed", "--example", str(TARGET + 1), "--json"))
    assert example["parent"] == 2
    assert example["answer"] in example["options"]
    assert example["question"] in example["reply"] or example["reply"]
    assert example["prompt"][-1]["role"] == "user"
    assert "Jumping spider" in done(folder, "show", "claims.seedbed")


def import_human_data(folder: Path) -> None:
    write_rows(folder / "test.jsonl", sample_examples("creak", "test")[:60], question="claim", answer="verdict")
    write_rows(folder / "train.jsonl", sample_examples("creak", "train")[:40])
    assert "No question and answer columns" in refused(folder, "import", "claims.seedbed", "test.jsonl")
    columns = ["--question", "claim", "--answer", "verdict", "--options", "options"]
    words = ["import", "claims.seedbed", "test.jsonl", *columns, "--name", "creak", "--split", "test", "--json"]
    found = json.loads(done(folder, *words))
    assert (found["imported"], found["left_out"]) == (60, 0)
    words = ["import", "claims.seedbed", "train.jsonl", "--name", "creak", "--split", "train", "--json"]
    assert json.loads(done(folder, *words))["imported"] == 40


def train(folder: Path) -> None:
    words = ["train", "claims.seedbed", "--dataset", "creak", "--seeds", "1", "--epochs", "1", "--json"]
    said = done(folder, *words).splitlines()
    assert json.loads(said[-2])["event"] == "finished"
    verdict = json.loads(said[-1])
    assert verdict["test_items"] == 60
    assert verdict["is_human_test"] is True
    by_model = {row["model"]: row for row in verdict["rows"]}
    assert {"created", "human", "majority"} <= set(by_model)
    assert by_model["created"]["examples"] == by_model["human"]["examples"] == TARGET + 3
    assert all(row["interval"]["low"] <= row["accuracy"] <= row["interval"]["high"] for row in by_model.values())


def ask_the_model(folder: Path) -> None:
    words = ["predict", "claims.seedbed", "--question", "Spiders have eight legs.", "--json"]
    found = json.loads(done(folder, *words))
    assert found["predicted"] in {"True", "False"}
    assert sum(found["probabilities"].values()) == pytest.approx(1)
    judged = json.loads(done(folder, "evaluate", "claims.seedbed", "--file", "train.jsonl", "--json"))
    assert judged["examples"] == 40
    assert judged["interval"][0] <= judged["accuracy"] <= judged["interval"][1]
    assert sum(map(sum, judged["confusion"])) == 40


def export(folder: Path) -> None:
    found = json.loads(done(folder, "export", "claims.seedbed", "out.jsonl", "--json"))
    rows = [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert found["examples"] == len(rows) == TARGET + 3
    assert {row["answer"] for row in rows} <= {"True", "False"}
    assert "claims" in (folder / "out.card.md").read_text(encoding="utf-8")
    assert "ending" in refused(folder, "export", "claims.seedbed", "out.xlsx")


def test_a_growth_that_is_interrupted_stops_with_exit_code_3_and_goes_on(home: Path, tmp_path: Path) -> None:
    create_sample_project(tmp_path / "creak.seedbed", "creak").close()
    words = ["grow", "creak.seedbed", "--target", "200", "--n", "3", "--json"]
    command = [sys.executable, "-u", "-m", "seedbed_engine", *words]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if json.loads(line)["event"] == "kept":
                break
        process.send_signal(signal.SIGINT)
        rest, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 3, said
    assert "Traceback" not in said
    assert json.loads(rest.splitlines()[-1])["event"] == "stopped"
    found = json.loads(done(tmp_path, "show", "creak.seedbed", "--json"))
    assert found["runs"][0]["state"] == "stopped"
    assert 0 < found["seeds"][0]["kept"] < 200


def test_words_that_cannot_be_done_end_in_a_sentence(home: Path, tmp_path: Path) -> None:
    create_sample_project(tmp_path / "creak.seedbed", "creak").close()
    (tmp_path / "letter.seedbed").write_text("Dear reader, this is no project.\n" * 9, encoding="utf-8")
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    seed = ["--question", "Is it cold?", "--option", "yes", "--option", "no"]
    cases: list[tuple[str, list[str]]] = [
        ("is not there", ["show", "nowhere.seedbed"]),
        ("is not a Seedbed project", ["show", "letter.seedbed"]),
        ("The answer is not among the options", ["new", "a", *seed, "--answer", "maybe"]),
        ("one option", ["new", "a", "--question", "Is it cold?", "--option", "yes", "--answer", "yes"]),
        ("There is no seed", ["new", "a"]),
        ("No question and answer columns", ["import", "creak.seedbed", "odd.csv"]),
        ("empty", ["import", "creak.seedbed", "empty.jsonl"]),
        ("is not there", ["import", "creak.seedbed", "missing.jsonl"]),
        ("There is no seed 9", ["grow", "creak.seedbed", "--seed", "9"]),
        ("There is no example 99", ["show", "creak.seedbed", "--example", "99"]),
        ("There is no data set 'x'", ["train", "creak.seedbed", "--dataset", "x"]),
        ("There is no such trained model", ["predict", "creak.seedbed", "--question", "Is it cold?"]),
    ]
    for says, words in cases:
        assert says in refused(tmp_path, *words), words
    assert not (tmp_path / "a.seedbed").exists()


def test_a_hosted_creator_without_a_key_fails_in_a_sentence(home: Path, tmp_path: Path) -> None:
    create_sample_project(tmp_path / "creak.seedbed", "creak").close()
    found = seedbed(tmp_path, "grow", "creak.seedbed", "--creator", "hosted", "--model", "gpt-4o-mini")
    said = " ".join(found.stderr.split())
    assert found.returncode == 1
    assert "Traceback" not in said
    assert "OPENAI_API_KEY" in said


def test_words_that_are_not_understood_end_with_exit_code_2(home: Path, tmp_path: Path) -> None:
    for words in (["bloom"], ["grow"], ["grow", "a.seedbed", "--strategy", "wild"], ["new", "a", "--sample", "bioasq"]):
        found = seedbed(tmp_path, *words)
        assert found.returncode == 2, words
        assert "Traceback" not in found.stderr
        assert "Try" in found.stderr


def test_every_word_has_help_with_an_example(tmp_path: Path) -> None:
    for word in ("new", "import", "grow", "show", "train", "evaluate", "predict", "export", "demo"):
        assert f"Example:  seedbed {word}" in " ".join(done(tmp_path, word, "--help").split("\n")), word


def test_the_demo_leaves_a_project_a_report_and_a_picture(home: Path, tmp_path: Path) -> None:
    said = seedbed(tmp_path, "demo", "--target", "10", "--json")
    assert said.returncode == 0, said.stderr
    found = json.loads(said.stdout.splitlines()[-1])
    assert "demonstrator" in said.stderr
    project, report, *pictures = (tmp_path / found[name] for name in ("project", "report", "tree", "window"))
    assert project.is_file()
    for picture in pictures:
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert picture.stat().st_size > 10_000
    text = report.read_text(encoding="utf-8")
    assert "Jumping spider" in text
    assert "demonstrator" in text
    assert "<img" in text
