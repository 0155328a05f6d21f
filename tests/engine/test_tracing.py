"""From a real small training back to the tree: errors, audit, and what the result keeps for the window."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import click.testing
import pytest

from seedbed_engine import events, jobs
from seedbed_engine.__main__ import main
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import answers_kept, datasets, runs, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.samples import sample_examples
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.audit import audit
from seedbed_engine.learning.branch_trial import doubtful, in_words
from seedbed_engine.learning.evaluation import Interval
from seedbed_engine.learning.items import Form, Kind
from seedbed_engine.learning.leaving import BranchEffect
from seedbed_engine.learning.matrix import translated
from seedbed_engine.learning.tracing import errors_of, errors_of_all
from seedbed_engine.learning.trial import train_and_judge
from seedbed_engine.learning.verdicts import Verdict
from seedbed_engine.settings import BranchSettings, TrainingSettings

LABELS = ("Yes", "No")
ANIMALS = ("cat", "dog", "horse", "cow", "sheep", "goat", "hen", "duck", "pig", "fox")
TOOLS = ("hammer", "saw", "drill", "wrench", "chisel", "file", "clamp", "axe", "plane", "rasp")
FORMS = ("A {} is born.", "A {} can be ill.", "The {} sleeps.", "Some {} drinks.", "A {} grows.")
WORDS = [word for pair in zip(ANIMALS, TOOLS, strict=True) for word in pair]


def claim(form: str, word: str) -> Example:
    return Example(form.format(word), LABELS, LABELS[word in TOOLS])


def flipped(example: Example) -> Example:
    return replace(example, answer=LABELS[example.answer == "Yes"])


def grow(store: Store) -> None:
    """Four branches of 21 claims each; the labels of the fourth are all wrong."""
    forms = ("A {} is an animal.", "You can feed a {}.", "The {} is alive.", "A {} breathes.")
    for number, form in enumerate(forms):
        made = [claim(form, word) for word in WORDS]
        made = [flipped(each) for each in made] if number == 3 else made
        root = Example(f"This is branch {number}.", LABELS, "Yes")
        kept = store.do(lambda db, n=number, e=root: insert(db, None, f"b{n}", 1, [e]))[0]
        store.do(lambda db, n=number, p=kept, e=made: insert(db, p, f"b{n}c", 2, e))


def insert(db: object, parent: int | None, key: str, depth: int, examples: list[Example]) -> list[int]:
    rows = [
        trees.NewExample(1, parent, None, None, place, f"{key}{place}", depth, example)
        for place, example in enumerate(examples)
    ]
    return trees.insert_examples(db, rows)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was trained and judged once."""
    path = tmp_path_factory.mktemp("traced") / "animals.seedbed"
    with create_project(path) as store:
        seeds.add_seed(store, claim("Is a {} an animal?", "wolf"), Options.FIXED)
        grow(store)
        human = datasets.add_dataset(store, "human")
        hard = [flipped(claim("There is no {} that lives.", word)) for word in WORDS[:8]]
        easy = [claim("A {} has a heart.", word) for word in WORDS]
        datasets.add_dataset_examples(store, human, "dev", [*easy, *hard])
        beings = [claim(form, word) for form in FORMS for word in WORDS]
        datasets.add_dataset_examples(store, human, "train", beings)
        datasets.add_dataset_examples(store, human, "test", [claim("Any {} must eat.", word) for word in WORDS])
        settings = TrainingSettings(epochs=5, seeds=(1,))
        run = runs.add_run(store, "train", settings.to_json(), 1)
        runs.take_lease(store, run)
        told: list[events.Event] = []
        state, _, result = train_and_judge(store, run, told.append, threading.Event())
        runs.end_run(store, run, state, result=result)
        assert isinstance(told[0], events.Said)
    return path


def test_a_branch_of_wrong_labels_comes_first_in_the_audit(project: Path) -> None:
    with open_project(project) as store:
        found = audit(store, 1)
    assert len(found["examples"]) == 84
    assert found["branches"][0]["branch"] == "branch 3"
    assert found["branches"][0]["value"] == min(branch["value"] for branch in found["branches"])
    first = [row["branch"] for row in found["examples"][:20]]
    assert first.count("branch 3") >= 16
    assert "dev split" in found["proxy judged on"]
    off_topic = min(found["examples"], key=lambda row: row["likeness"])
    assert off_topic["question"].startswith("This is branch")


def test_errors_are_told_with_the_nearest_examples_and_their_branch(project: Path) -> None:
    with open_project(project) as store:
        found = errors_of(store, 1, "prior")
        trained = {row.example for row in answers_kept.read_learned(store, 1)}
    assert found["items"] == 20
    assert sum(sum(row) for row in found["confusion"]) == 20
    assert found["errors"]
    assert len(found["errors"]) == round(20 * (1 - found["accuracy"]))
    for error in found["errors"]:
        assert error["predicted"] != error["answer"]
        likeness = [near["likeness"] for near in error["nearest"]]
        assert likeness == sorted(likeness, reverse=True)
        assert {near["example"] for near in error["nearest"]} <= trained
    word = found["errors"][0]["question"].split()[1]
    assert any(word in near["question"] for near in found["errors"][0]["nearest"])


def test_the_result_of_the_run_holds_verdict_and_errors(project: Path) -> None:
    with open_project(project) as store:
        result = runs.read_run(store, 1).result or ""
    assert Verdict.from_json(result).test_items == 20
    found = json.loads(result)["mistakes"]
    assert [(each["model"], each["part"], each["items"]) for each in found] == [
        ("created", "test", 20),
        ("created", "dev", 28),
        ("human", "test", 20),
        ("human", "dev", 28),
        ("all human", "test", 20),
    ]
    assert "wolf" not in json.dumps(found[0]["errors"])
    assert [bool(each["clusters"]) for each in found] == [False, True, False, False, False]


def test_errors_of_every_model_are_told_by_its_own_answers(project: Path) -> None:
    with open_project(project) as store:
        found = errors_of_all(store, 1)
        trained = {row.example for row in answers_kept.read_learned(store, 1)}
        for each in found:
            answered = [one for one in answers_kept.read_answered(store, 1, each["model"]) if one.part == each["part"]]
            wrong = {one.id for one in answered if not one.is_right}
            assert {error["item"] for error in each["errors"]} == wrong
            assert each["accuracy"] == pytest.approx(1 - len(wrong) / len(answered))
            assert {near["example"] for error in each["errors"] for near in error["nearest"]} <= trained
        said = errors_of(store, 1, "human", "dev")
    assert found[1]["calibration"] != found[3]["calibration"]
    assert said["calibration"] == found[3]["calibration"]
    assert all(each["p_corrected"] >= each["p_value"] for each in said["slices"])


def test_errors_on_the_dev_set_say_what_to_grow_and_never_their_text(project: Path) -> None:
    with open_project(project) as store:
        found = errors_of(store, 1, "created", "dev")
        trained = {row.example for row in answers_kept.read_learned(store, 1)}
        with pytest.raises(PersonError, match="no answers on a part 'dev'"):
            errors_of(store, 1, "prior", "dev")
    assert found["errors"]
    assert sum(len(each["errors"]) for each in found["clusters"]) == len(found["errors"])
    for each in found["clusters"]:
        assert 0 < len(each["parents"]) <= 5
        assert set(each["parents"]) <= trained
        assert "Yes" in each["instruction"] or "No" in each["instruction"]
        assert not any(word in each["instruction"].split() for word in (*WORDS, "heart"))


def test_the_dev_set_judges_nothing(project: Path) -> None:
    with open_project(project) as store:
        verdict = Verdict.from_json(runs.read_run(store, 1).result or "")
        answered = answers_kept.read_answered(store, 1, "created")
    on_test = [each.is_right for each in answered if each.part == "test"]
    assert verdict.rows[0].accuracy == pytest.approx(sum(on_test) / len(on_test))
    assert {each.part for each in answered} == {"test", "dev"}


@pytest.mark.parametrize("words", [["audit"], ["errors", "--run", "1", "--model", "prior"]])
def test_the_command_line_tells_both(project: Path, words: list[str]) -> None:
    plain = click.testing.CliRunner().invoke(main, [words[0], str(project), *words[1:]])
    assert plain.exit_code == 0
    assert "branch 3" in plain.output
    machine = click.testing.CliRunner().invoke(main, [words[0], str(project), *words[1:], "--json"])
    assert json.loads(machine.output)["run"] == 1


def test_the_command_line_names_the_other_models(project: Path) -> None:
    plain = click.testing.CliRunner().invoke(main, ["errors", str(project), "--model", "human", "--part", "dev"])
    assert "Also judged: created, all human" in plain.output
    assert "did not teach this model" in " ".join(plain.output.split())
    wrong = click.testing.CliRunner().invoke(main, ["errors", str(project), "--model", "humans"])
    assert wrong.exit_code == 1
    assert "There are: created, human" in wrong.output.replace("\n", " ")


def test_a_report_has_the_errors_of_all_models(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "animals.html"
    done = click.testing.CliRunner().invoke(main, ["report", str(project), str(file), "--no-picture", "--json"])
    assert json.loads(done.stdout) == {"run": 1, "report": str(file)}
    page = file.read_text(encoding="utf-8")
    for name in ("created data", "human data", "all human data"):
        assert f"<h2>Errors of the model trained on {name}</h2>" in page
    assert page.count("As often right as it is sure?") == 3  # on what was judged on; the dev set is no verdict
    assert "Is a wolf an animal?" in page
    for said in ("seeds 1", "learning rate", "epochs", "batch 16", "Seedbed 0", "not by this program"):
        assert said in page
    refused = click.testing.CliRunner().invoke(main, ["report", str(project), str(tmp_path / "animals.pdf")])
    assert refused.exit_code == 1
    assert "neither HTML nor Markdown" in refused.output


def test_what_was_not_judged_is_said(project: Path, tmp_path: Path) -> None:
    for words in (["errors", "--run", "9"], ["audit", "--run", "9"], ["errors", "--model", "nothing"]):
        found = click.testing.CliRunner().invoke(main, [words[0], str(project), *words[1:]])
        assert found.exit_code == 1
        assert found.output.strip()
    with create_project(tmp_path / "other.seedbed") as store:
        seeds.add_seed(store, sample_examples("creak", "train")[0], Options.FIXED)
        run = runs.add_run(store, "train", TrainingSettings().to_json(), 1)
        with pytest.raises(PersonError, match="has not kept"):
            audit(store, run)


def test_all_models_meet_all_data_sets_of_their_form(project: Path) -> None:
    truths = {"Yes": "true", "No": "false"}
    with open_project(project) as store:
        said = [claim("It is true that a {} lives.", word) for word in WORDS]
        other = datasets.add_dataset(store, "truths")
        turned = [replace(e, options=("false", "true"), answer=truths[e.answer]) for e in said]
        datasets.add_dataset_examples(store, other, "test", turned)
        datasets.add_dataset_examples(
            store, datasets.add_dataset(store, "goals"), "test", sample_examples("piqa", "test")[:12]
        )
    done = click.testing.CliRunner().invoke(main, ["evaluate", str(project), "--matrix", "--json"])
    found = json.loads(done.stdout)
    assert [column["dataset"] for column in found["columns"]] == ["human", "truths", "goals"]
    assert [column["looks"] for column in found["columns"]] == [2, 1, 1]
    assert [row["name"] for row in found["rows"] if row["run"]] == ["created", "human", "all human"]
    model, untuned = found["rows"][0], found["rows"][-1]
    assert [cell and cell["is_own"] for cell in model["cells"]] == [True, False, None]
    assert model["cells"][1]["accuracy"] > 0.8
    assert model["cells"][1]["over_majority"] == pytest.approx(model["cells"][1]["accuracy"] - 0.5)
    assert [cell and cell["items"] for cell in untuned["cells"]] == [None, None, 12]
    plain = click.testing.CliRunner().invoke(main, ["evaluate", str(project), "--matrix", "--split", "dev"])
    assert "created data, run 1" in plain.output
    done = click.testing.CliRunner().invoke(main, ["evaluate", str(project), "--matrix", "--split", "train", "--json"])
    cells = {row["name"]: row["cells"][0] for row in json.loads(done.stdout)["rows"] if row["run"]}
    assert cells["human"] is cells["all human"] is None  # they have learned it
    assert cells["created"]["is_own"] is False
    refused = click.testing.CliRunner().invoke(main, ["evaluate", str(project), "--matrix", "--dataset", "human"])
    assert refused.exit_code == 1


def test_labels_are_translated_only_where_they_mean_the_same() -> None:
    form = Form(Kind.CLOSED, LABELS)
    moods = [Example("I laugh.", ("joy", "fear"), "joy"), Example("I run.", ("joy", "fear"), "fear")]
    assert translated(form, moods) is None
    found = translated(form, [Example("So?", ("TRUE", "false"), "TRUE")])
    assert found == [Example("So?", ("Yes", "No"), "Yes")]


def test_branches_are_left_out_as_a_run_that_can_be_stopped_and_taken_up(project: Path) -> None:
    with open_project(project) as store:
        run = runs.add_run(store, "leave-out", BranchSettings(1, 2, (1, 2)).to_json(), 1)
    told: list[events.Event] = []
    stop = threading.Event()

    def hear(event: events.Event) -> None:
        told.append(event)
        if isinstance(event, events.Trained) and event.training_seed == 2:
            stop.set()

    assert jobs.work_on(project, run, hear, stop) == "stopped"
    assert jobs.work_on(project, run, told.append) == "finished"
    with open_project(project) as store:
        row = runs.read_run(store, run)
    found = json.loads(row.result or "")
    assert (found["run"], found["seeds"]) == (1, 2)
    assert "dev split" in found["judged on"]
    assert found["branches"][0]["branch"] == "branch 3"
    assert len(found["branches"]) == 2
    for each in found["branches"]:
        low, high = each["interval"]
        assert low <= each["difference"] <= high
        assert each["is_told"] == (low > 0 or high < 0)
    steps = [(e.model, e.training_seed, e.step) for e in told if isinstance(e, events.Trained)]
    assert len([step for step in steps if step == ("all branches", 1, 1)]) == 1
    left_out = {f"without {each['branch']}" for each in found["branches"]}
    assert {model for model, _, _ in steps} == {"all branches", *left_out}
    done = click.testing.CliRunner().invoke(main, ["leave-out", str(project), "--resume", str(run)])
    assert done.exit_code == 0
    assert found["said"] in done.output.replace("\n", " ")


def test_what_no_branch_can_be_told_of_is_said_so() -> None:
    none = BranchEffect("branch 1", 20, 0.7, 0.69, Interval(-0.02, 0.04))
    helps = BranchEffect("branch 2", 40, 0.7, 0.6, Interval(0.05, 0.15))
    harms = BranchEffect("branch 3", 40, 0.7, 0.8, Interval(-0.15, -0.05))
    assert in_words([none]).startswith("Of 1 branches none can be told")
    assert in_words([none, helps, harms]) == (
        "Of 3 branches: branch 2 helped; branch 3 did harm; the others cannot be told."
    )
    large = {"branch": "large", "examples": 97, "confidence": 0.9}
    assert doubtful([large, {"branch": "tiny", "examples": 2, "confidence": 0.1}], 5) == ["large"]
