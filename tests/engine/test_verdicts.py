"""Verdicts: reached from answers that are known, and from real small trainings."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import seedbed_resources
from seedbed_engine.errors import InvalidFile, NotEnoughData
from seedbed_engine.examples import Example, example_from_fields
from seedbed_engine.learning import judging
from seedbed_engine.learning.branches import hold_out
from seedbed_engine.learning.items import Form, Kind, LearningItem
from seedbed_engine.learning.judging import CurvePoint, Judgement, judge
from seedbed_engine.learning.material import LearningTask, gather
from seedbed_engine.learning.models import load_model
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.training import Step
from seedbed_engine.learning.verdicts import Verdict, verdict_table
from seedbed_engine.learning.weighing import CREATED, FROZEN, HUMAN, UNTUNED, Answers, weigh
from seedbed_engine.learning.wording import power_said
from seedbed_engine.settings import TrainingSettings

LABELS = ("yes", "no")
FORM = Form(Kind.CLOSED, LABELS)


def items(count: int, yes: int, word: str = "Question") -> list[LearningItem]:
    return [LearningItem(n, Example(f"{word} {n}?", LABELS, "yes" if n < yes else "no")) for n in range(count)]


def answering(model: str, test: list[LearningItem], right: int, seeds: int = 1, says: str | None = None) -> Answers:
    """A model that has the first `right` items right (or always says the same)."""
    rows = []
    for place, item in enumerate(test):
        answer = says or (item.example.answer if place < right else LABELS[item.example.answer == "yes"])
        rows.append([0.9 if option == answer else 0.1 for option in LABELS])
    return Answers(model, f"{model} data", 60, test, [rows] * seeds)


def reached(*answers: Answers, is_human: bool = True) -> Verdict:
    return weigh(FORM, answers, items(60, 30), "the human test set", is_human)


def sample(name: str, split: str, count: int) -> list[LearningItem]:
    lines = seedbed_resources.text("samples", name, f"{split}.jsonl").splitlines()[:count]
    return [
        LearningItem(100 + n, example_from_fields(json.loads(line)), f"branch {n % 6}") for n, line in enumerate(lines)
    ]


def mixed(test: list[LearningItem]) -> list[LearningItem]:
    """The same items with the two labels in turn, so that those a model has right are of both."""
    yes, no = ([i for i in test if i.example.answer == label] for label in LABELS)
    return [item for pair in zip(yes, no, strict=True) for item in pair]


def test_a_clear_difference_is_said_with_its_interval_and_test() -> None:
    test = mixed(items(400, 200))
    verdict = reached(answering(CREATED, test, 320), answering(HUMAN, test, 280))
    assert verdict.headline == "Better than human data"
    assert "Created data scores 10.0 points above the same number of human examples" in verdict.sentence
    assert "p < 0.001, 400 test items, 1 seed" in verdict.sentence
    assert verdict.relative == pytest.approx(0.8 / 0.7 - 1)
    worse = reached(answering(CREATED, test, 280), answering(HUMAN, test, 320))
    assert worse.headline == "Worse than human data"


def test_a_difference_that_the_test_cannot_show_is_called_so() -> None:
    test = mixed(items(100, 50))
    verdict = reached(answering(CREATED, test, 80), answering(HUMAN, test, 78))
    assert verdict.headline == "Not distinguishable from human data"
    found = verdict.comparison(HUMAN)
    assert found is not None
    assert not found.is_distinguishable
    assert "can show differences of" in verdict.sentence


def test_two_models_at_the_floor_are_not_praised_for_being_alike() -> None:
    test = mixed(items(100, 50))
    verdict = reached(answering(CREATED, test, 51), answering(HUMAN, test, 52))
    assert verdict.headline.startswith("Not distinguishable from human data, nor better than always answering")


def test_without_human_examples_created_data_stands_against_the_constant_answer() -> None:
    test = mixed(items(200, 100))
    verdict = reached(answering(CREATED, test, 160), answering(FROZEN, test, 120))
    assert verdict.headline.startswith("Better than always answering")
    assert verdict.relative is None


def test_a_model_that_always_says_the_same_is_marked() -> None:
    test = items(100, 40)
    verdict = reached(answering(CREATED, test, 0, says="no"), answering(HUMAN, test, 90))
    assert verdict.rows[0].is_collapsed
    assert "created data has collapsed" in verdict.sentence
    assert not verdict.rows[1].is_collapsed
    assert any("100.0 % of the answers are 'no'" in note for note in verdict.notes)
    assert verdict.confusion == ((0, 40), (0, 60))
    assert [round(score.f1, 2) for score in verdict.classes] == [0.0, 0.75]
    assert (verdict.majority_answer, verdict.majority_share) == ("no", 0.6)


def test_other_shares_of_labels_in_training_and_test_are_said() -> None:
    verdict = weigh(FORM, [answering(CREATED, items(100, 20), 90)], items(60, 40), "the test", True)
    assert any("33.3 % of the created examples and 80.0 % of the test" in note for note in verdict.notes)


def test_what_is_no_human_test_is_said_in_words() -> None:
    verdict = reached(answering(CREATED, items(20, 10), 15), is_human=False)
    assert "This is not a human test" in verdict.sentence
    assert not verdict.is_human_test


def test_seeds_are_averaged_and_their_spread_is_shown() -> None:
    test = mixed(items(100, 50))
    rows = [answering(CREATED, test, right).shares[0] for right in (60, 70, 80)]
    verdict = reached(Answers(CREATED, "created data", 60, test, rows), answering(HUMAN, test, 70, seeds=3))
    assert verdict.rows[0].accuracy == pytest.approx(0.7)
    assert verdict.rows[0].sd == pytest.approx(0.1)
    assert verdict.rows[1].sd == pytest.approx(0.0)
    assert verdict_table(verdict)[1][:6] == ["Created data", "60", "70.0", "57.3 to 82.0", "3", "10.0"]


def test_the_table_has_no_column_that_says_nothing() -> None:
    test = mixed(items(60, 30))
    head = verdict_table(reached(answering(CREATED, test, 40), answering(HUMAN, test, 35, seeds=3)))[0]
    assert head == ["Trained on", "Examples", "Accuracy", "95 % interval", "Seeds", "SD", "Macro-F1"]
    remarked = verdict_table(reached(answering(CREATED, test, 0, says="no")))
    assert remarked[0][-1] == ""
    assert remarked[1][-1] == "one answer for nearly all"


def test_a_verdict_is_the_same_after_it_was_kept() -> None:
    test = mixed(items(40, 20))
    verdict = reached(answering(CREATED, test, 30), answering(HUMAN, test, 25))
    assert Verdict.from_json(verdict.to_json()) == verdict
    for damaged in ("", "[]", "{}", verdict.to_json().replace('"p_value"', '"q_value"')):
        with pytest.raises(InvalidFile):
            Verdict.from_json(damaged)


def test_whole_branches_are_held_out_the_approved_first() -> None:
    made = [
        LearningItem(n, Example(f"Q{n}", LABELS, "yes"), f"b{n // 10}", is_approved=n // 10 == 3) for n in range(60)
    ]
    held = hold_out(made)
    assert {item.branch for item in held.test} == {"b3"}
    assert not {item.branch for item in held.train} & {item.branch for item in held.test}
    assert len(held.train) + len(held.test) == 60
    assert "10 approved examples" in held.words


def test_nothing_is_held_out_where_one_branch_is_nearly_all() -> None:
    made = [LearningItem(n, Example(f"Q{n}", LABELS, "yes"), "only") for n in range(30)]
    with pytest.raises(NotEnoughData, match="no branch small enough"):
        hold_out(made)


def test_human_examples_that_draw_the_curve_are_not_trained_on(tmp_path: Path) -> None:
    human = items(200, 100, "Human")
    task = LearningTask(items(40, 20), TrainingSettings(), tmp_path, human, items(50, 25))
    material = gather(task)
    trained = {item.example.question for seed in (1, 2) for item in material.human_for(seed)}
    assert len(material.watched) == 64
    assert len(material.human_for(1)) == 40
    assert not trained & {example.question for example in material.watched}
    assert len(material.dev) == 80
    assert not trained & {item.example.question for item in material.dev}
    own = replace(task, dev=items(12, 6))
    assert gather(own).dev == tuple(own.dev)
    assert material.human_for(1) == material.human_for(1) != material.human_for(2)


def test_too_little_to_compare_with_is_a_remark_and_too_little_to_train_on_an_error(tmp_path: Path) -> None:
    task = LearningTask(items(40, 20), TrainingSettings(), tmp_path, items(5, 2, "Human"), items(50, 25))
    assert any("no comparison with human data" in note for note in gather(task).notes)
    with pytest.raises(NotEnoughData):
        gather(LearningTask(items(40, 40), TrainingSettings(), tmp_path, (), items(50, 25)))
    with pytest.raises(NotEnoughData):
        gather(LearningTask(items(40, 20), TrainingSettings(), tmp_path, (), items(2, 1)))


def test_a_real_task_is_judged_beside_human_data(tmp_path: Path) -> None:
    """Claims: trained on 24 as created, 24 others as human, on 40 test items, two seeds; then again from its files."""
    human = sample("creak", "train", 80)
    settings = TrainingSettings(epochs=1, seeds=(1, 2))
    task = LearningTask(human[:24], settings, tmp_path, human[24:], sample("creak", "test", 40), ("True", "False"))
    told: list[CurvePoint | str] = []
    found = judge(task, told.append)
    assert found is not None
    names = ["created", "human", "all human", "frozen", "prior", "bag of words", "majority"]
    assert [row.model for row in found.verdict.rows] == names
    assert [row.examples for row in found.verdict.rows] == [24, 24, 56, 24, None, None, None]
    points = [point for point in told if isinstance(point, CurvePoint)]
    assert {(point.model, point.training_seed) for point in points} == {
        (m, s) for m in ("created", "human", "all human") for s in (1, 2)
    }
    assert points[-1].seconds_left == 0
    assert sum(point.accuracy is not None for point in points) == 4
    assert (
        len(found.predictions) == 40 * 9 + 32 * 4
    )  # the dev examples are asked of models that were not trained on them
    assert all(p.predicted == p.item.example.options[int(np.argmax(p.probabilities))] for p in found.predictions)
    assert len(found.learned) == len(found.trained) == 24
    assert all(0 < each.confidence < 1 and each.forgotten == 0 for each in found.learned)
    saved = load_model(found.models[0].folder)
    mine = [p.probabilities for p in found.predictions if (p.model, p.training_seed) == ("created", 1)][:40]
    np.testing.assert_allclose(predict(saved.classifier, [i.example for i in task.test]), mine, atol=0.005)
    told.clear()
    again = judge(task, told.append)
    assert again is not None
    assert again.verdict == found.verdict
    assert not [point for point in told if isinstance(point, CurvePoint)]


def test_all_human_data_is_trained_on_last_and_only_once_for_every_task(tmp_path: Path) -> None:
    human = sample("creak", "train", 60)
    test = sample("creak", "test", 12)
    settings = TrainingSettings(epochs=1, seeds=(1,))
    told: list[CurvePoint | str] = []
    first: list[Judgement] = []
    for folder, created in (("a", human[:16]), ("b", human[8:24])):
        task = LearningTask(created, settings, tmp_path / folder, human, test, ("True", "False"), shared=tmp_path)
        found = judge(task, told.append, on_first=first.append)
        assert found is not None
        assert {model.model for model in found.models} == {"created", "human", "all human"}
        assert "all human data" in found.verdict.sentence
    models = [point.model for point in told if isinstance(point, CurvePoint)]
    assert list(dict.fromkeys(models)) == ["created", "human", "all human"]
    assert models.count("all human") == -(-60 // 16)
    assert len(first) == 1
    assert "all human" not in [row.model for row in first[0].verdict.rows]
    assert any("not trained yet" in note for note in first[0].verdict.notes)


def test_learning_rates_are_tried_on_held_out_branches_and_the_choice_is_said(tmp_path: Path) -> None:
    settings = TrainingSettings(epochs=1, seeds=(1,), search_rates=True)
    task = LearningTask(
        sample("creak", "train", 36), settings, tmp_path, (), sample("creak", "test", 12), ("True", "False")
    )
    told: list[CurvePoint | str] = []
    found = judge(task, told.append)
    assert found is not None
    tried = [each for each in told if str(each).startswith("Learning rate")]
    assert [str(each).split(":")[0].split()[-1] for each in tried] == ["5e-06", "1e-05", "2e-05", "5e-05"]
    said = next(note for note in found.verdict.notes if "learning rate" in note)
    assert "6 created examples held out by branch" in said
    assert found.models[0].card["recipe"]["learning_rate"] in (5e-6, 1e-5, 2e-5, 5e-5)
    assert judge(task, told.append) is not None


def test_what_the_test_can_show_and_the_shortcuts_are_said_before_anything_is_trained(tmp_path: Path) -> None:
    task = LearningTask(
        sample("creak", "train", 16), TrainingSettings(), tmp_path, (), sample("creak", "test", 140), ("True", "False")
    )
    told: list[CurvePoint | str] = []
    assert judge(task, told.append, lambda: True) is None
    assert "140 test items" in str(told[0])
    assert "8.6 points or more" in str(told[0])
    assert "a bag of words" in str(told[1])
    assert str(told[2]).startswith("Training")


def test_a_headline_of_two_comparisons_is_corrected_after_holm() -> None:
    test = mixed(items(200, 100))
    verdict = reached(answering(CREATED, test, 116), answering(HUMAN, test, 110))
    human, floor = verdict.comparisons[0], verdict.comparison("majority")
    assert floor is not None
    assert human.p_value == pytest.approx(0.03125)
    assert human.p_corrected == pytest.approx(0.0625)
    assert not human.is_distinguishable
    assert verdict.headline.startswith("Not distinguishable from human data, nor better than always answering")
    assert "p = 0.031, p = 0.062 after Holm's correction" in verdict.sentence


def test_a_verdict_kept_by_an_earlier_version_can_be_read() -> None:
    test = mixed(items(40, 20))
    found = json.loads(reached(answering(CREATED, test, 30), answering(HUMAN, test, 25)).to_json())
    del found["detectable_difference"]
    for each in found["comparisons"]:
        del each["p_corrected"]
    assert Verdict.from_json(json.dumps(found)).detectable_difference is None


def test_a_stopped_judging_goes_on_where_it_was(tmp_path: Path) -> None:
    human = sample("creak", "train", 16)
    settings = TrainingSettings(epochs=1, seeds=(1, 2))
    task = LearningTask(human, settings, tmp_path, (), sample("creak", "test", 12), ("True", "False"))
    points: list[CurvePoint] = []

    def tell(told: CurvePoint | str) -> None:
        if isinstance(told, CurvePoint):
            points.append(told)

    assert judge(task, tell, lambda: bool(points)) is None
    assert {point.training_seed for point in points} == {1}
    found = judge(task, tell)
    assert found is not None
    assert [point.training_seed for point in points] == [1, 2]


def test_options_of_their_own_are_judged_beside_the_untuned_encoder_on_held_out_branches(tmp_path: Path) -> None:
    task = LearningTask(sample("piqa", "train", 36), TrainingSettings(epochs=1, seeds=(1,)), tmp_path)
    found = judge(task, lambda told: None)
    assert found is not None
    verdict = found.verdict
    shortcuts = ["prior", "longest option", "options only", "question only"]
    assert [row.model for row in verdict.rows] == ["created", "untuned", *shortcuts, "majority"]
    assert verdict.comparisons[0].against == UNTUNED
    assert not verdict.is_human_test
    assert verdict.test_items == 6
    assert {item.branch for item in found.trained}.isdisjoint({p.item.branch for p in found.predictions})


def test_what_comes_before_the_first_step_does_not_weigh_on_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two trainings of six steps, a second each, after a minute of other work; the second goes on after its third."""
    now = 0.0
    monkeypatch.setattr(judging.time, "monotonic", lambda: now)
    clock = judging._Clock(12)
    now = 60.0
    found = []
    for seed, steps in ((1, range(1, 7)), (2, range(4, 7))):
        for step in steps:
            now += 1
            found.append(clock.point("created", seed, Step(step, 6, 0.5, None, 8.0, 6.0 - step)).seconds_left)
    assert found == [11, 10, 9, 8, 7, 6, 2, 1, 0]


def test_human_examples_that_are_test_items_are_not_trained_on(tmp_path: Path) -> None:
    human = [*items(40, 20, "Human"), *items(10, 5)]
    asked = items(50, 25)
    again = LearningItem(99, replace(human[0].example, question="HUMAN 0 ?", options=("no", "yes")))
    material = gather(LearningTask(items(12, 6, "Created"), TrainingSettings(), tmp_path, human, [*asked, again]))
    used = [*material.human, *material.all_human, *material.dev]
    assert {item.example.question for item in used} == {f"Human {n}?" for n in range(1, 40)}
    assert any(note.startswith("11 human training examples ask what the test set asks") for note in material.notes)


def test_items_that_offer_fewer_options_than_there_are_labels_are_said(tmp_path: Path) -> None:
    three = [
        replace(item, example=replace(item.example, options=("yes", "no", "maybe"))) for item in items(20, 10, "Made")
    ]
    task = LearningTask(three, TrainingSettings(), tmp_path, (), items(50, 25), ("yes", "no", "maybe"))
    assert any(
        note.startswith("50 of 50 test items offer fewer options than the 3 labels") for note in gather(task).notes
    )


def test_a_label_that_an_item_does_not_offer_is_never_right() -> None:
    test = items(10, 5)
    always = Answers("prior", "most frequent created answer", None, test, [[[0.0, 0.0]] * 10])
    assert always.hits.sum() == 0
    assert set(always.averaged) == {""}


def test_what_a_test_can_show_is_what_its_verdict_needs() -> None:
    """6 items won and none lost: p = 0.031, of two comparisons 0.062; 7 are needed."""
    test = mixed(items(120, 60))
    right = [item.example.answer for item in test]
    wrong = [LABELS[answer == "yes"] for answer in right]
    rows = [[right[n] if n < made else wrong[n] for n in range(120)] for made in (66, 60)]
    shares = [[[float(option == answer) for option in LABELS] for answer in row] for row in rows]
    created, human = (Answers(m, f"{m} data", 60, test, [s]) for m, s in zip((CREATED, HUMAN), shares, strict=True))
    verdict = reached(created, human)
    assert not verdict.comparisons[0].is_distinguishable
    assert verdict.comparisons[0].difference == pytest.approx(0.05)
    assert verdict.smallest_difference == pytest.approx(7 / 120)


@pytest.mark.parametrize(
    ("said", "items_", "compared"),
    [
        ("4 test items can show no difference", 4, 1),
        ("a fifth of them differently, this test shows no difference", 20, 1),
        ("a fifth of them differently, this test shows no difference", 32, 2),
        ("this test can show differences of 20.0 points", 35, 2),
    ],
)
def test_a_test_that_is_too_small_is_said_before_anything_is_trained(said: str, items_: int, compared: int) -> None:
    assert said in power_said(items_, compared)
