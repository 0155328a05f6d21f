"""Small trainings with the real encoder in the box: every form, killed and gone on, saved and loaded."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from seedbed_engine.encoding.weights import find_model
from seedbed_engine.errors import ModelError, NotEnoughData
from seedbed_engine.examples import Example
from seedbed_engine.learning.batches import epoch_batches, reading_batches
from seedbed_engine.learning.items import Form, Kind, Query, infer_form
from seedbed_engine.learning.models import CARD, HEAD, load_model, read_card, save_model
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.training import Step, TrainedModel, train
from seedbed_engine.settings import TrainingSettings

YES_NO = ("Yes", "No")
QUICK = TrainingSettings(epochs=2)
ANIMALS = ["cat", "dog", "horse", "cow", "sheep", "goat", "hen", "duck"]
TOOLS = ["hammer", "saw", "drill", "wrench", "chisel", "file", "clamp", "axe"]
MOODS = {"joy": "I am so happy about the {}.", "anger": "I hate the damned {}.", "fear": "I am scared of the {}."}


def claims() -> list[Example]:
    animals = [Example(f"A {name} is an animal.", YES_NO, "Yes") for name in ANIMALS]
    return animals + [Example(f"A {name} is an animal.", YES_NO, "No") for name in TOOLS]


def moods() -> list[Example]:
    return [Example(sentence.format(name), tuple(MOODS), mood) for mood, sentence in MOODS.items() for name in ANIMALS]


def passages() -> list[Example]:
    return [
        Example(f"Is the {name} old?", YES_NO, answer, f"The {name} was {made} years ago. It stands in the garden.")
        for name in TOOLS
        for answer, made in (("Yes", "made two hundred"), ("No", "bought two"))
    ]


def choices() -> list[Example]:
    """Two to five options, one passage, once two equal options."""
    found = [
        Example(f"Which of these is an animal, like a {name}?", (*TOOLS[: 1 + place % 4], name), name)
        for place, name in enumerate(ANIMALS)
    ]
    found[0] = replace(found[0], context="Animals are alive.")
    found[1] = replace(found[1], options=("saw", "saw", found[1].answer))
    return found


def run(examples: list[Example], settings: TrainingSettings = QUICK, seed: int = 1) -> TrainedModel:
    model = train(examples, infer_form(examples), settings, seed)
    assert model is not None
    return model


def accuracy(model: TrainedModel, examples: list[Example]) -> float:
    shares = predict(model.classifier, examples)
    return float(np.mean([np.argmax(row) == e.answer_index for row, e in zip(shares, examples, strict=True)]))


@pytest.fixture(scope="module")
def claims_model() -> TrainedModel:
    return run(claims())


def test_the_form_is_inferred_from_the_examples() -> None:
    assert infer_form(claims()) == Form(Kind.CLOSED, YES_NO)
    assert infer_form(passages()) == Form(Kind.OPEN, YES_NO)
    assert infer_form(choices()) == Form(Kind.CHOICE)
    turned = [replace(example, options=("No", "Yes")) for example in claims()]
    assert infer_form([*claims(), *turned]).labels == ("No", "Yes") or infer_form([*claims(), *turned]).labels == YES_NO
    with pytest.raises(NotEnoughData, match="not among the task's labels"):
        infer_form(choices(), YES_NO)


def test_options_can_be_read_together_with_their_question(tmp_path: Path) -> None:
    model = run(choices(), TrainingSettings(epochs=12, cross_encoder=True))
    assert (model.recipe.cross_encoder, model.recipe.freeze_lower) == (True, 0)
    shares = predict(model.classifier, choices())
    assert [len(row) for row in shares] == [len(example.options) for example in choices()]
    assert all(sum(row) == pytest.approx(1, abs=1e-4) for row in shares)
    assert accuracy(model, choices()) > 0.8
    turned = replace(choices()[3], question="Which of these is a tool, like a hammer?")
    assert predict(model.classifier, [turned])[0] != pytest.approx(shares[3], abs=1e-4)
    card = save_model(model, tmp_path / "model", {})
    assert card["head"].endswith("(question, option)")
    assert_alike(predict(load_model(tmp_path / "model").classifier, choices()), shares)


def test_labels_are_never_read_as_a_cross_encoder_reads(claims_model: TrainedModel) -> None:
    model = run(claims(), replace(QUICK, cross_encoder=True))
    assert model.recipe == claims_model.recipe
    assert_alike(predict(model.classifier, claims()), predict(claims_model.classifier, claims()))


def test_class_weights_give_a_rare_label_its_due() -> None:
    uneven = [*claims()[:8], *claims()[8:10]]
    shares = []
    for is_weighed in (False, True):
        model = run(uneven, TrainingSettings(epochs=2, class_weights=is_weighed))
        shares.append(np.mean([row[1] for row in predict(model.classifier, claims())]))
    assert shares[1] > shares[0]


def test_three_labels_are_learned() -> None:
    model = run(moods(), TrainingSettings(epochs=6, learning_rate=2e-4))
    assert model.form.labels == ("joy", "anger", "fear")
    assert accuracy(model, moods()) > 0.9
    unseen = Query("I am terrified of the spider.", options=("fear", "joy"))
    with_labels = predict(model.classifier, [Query(unseen.question)])[0]
    assert np.argmax(with_labels) == 2
    assert predict(model.classifier, [unseen])[0] == pytest.approx([with_labels[2], with_labels[0]], abs=1e-3)


def test_a_question_is_read_together_with_its_passage() -> None:
    model = run(passages(), TrainingSettings(epochs=6))
    assert model.form.kind is Kind.OPEN
    assert accuracy(model, passages()) > 0.9


def test_any_number_of_options_may_be_chosen_from() -> None:
    model = run(choices(), TrainingSettings(epochs=3))
    shares = predict(model.classifier, choices())
    assert [len(row) for row in shares] == [len(example.options) for example in choices()]
    assert all(sum(row) == pytest.approx(1, abs=1e-4) for row in shares)
    assert shares[1][0] == pytest.approx(shares[1][1], abs=0.02)
    many = Query("Which one is an animal?", tuple(f"{name} {n}" for n in range(2) for name in TOOLS) + ("cat",))
    assert np.argmax(predict(model.classifier, [many])[0]) == 16
    assert accuracy(model, choices()) > 0.8


def test_the_same_seed_gives_the_same_model_and_another_seed_another(claims_model: TrainedModel) -> None:
    first = predict(claims_model.classifier, claims())
    assert predict(run(claims()).classifier, claims()) == first
    assert predict(run(claims(), seed=2).classifier, claims()) != first


def test_embeddings_and_frozen_layers_stay_as_they_are() -> None:
    from transformers import AutoModel

    model = run(claims(), TrainingSettings(epochs=1, freeze_lower=2))
    before = AutoModel.from_pretrained(str(find_model()), use_safetensors=True).state_dict()
    trained = model.classifier.body.encoder.state_dict()
    same = {name for name in trained if bool((trained[name] == before[name]).all())}
    frozen = ("embeddings.", "encoder.layer.0.", "encoder.layer.1.")
    assert {name for name in trained if name.startswith(frozen)} <= same
    assert "encoder.layer.2.output.dense.weight" not in same


def test_each_step_is_told_and_each_example_followed() -> None:
    told: list[Step] = []
    model = train(claims(), infer_form(claims()), TrainingSettings(epochs=2, batch=6), 1, on_step=told.append,
                  watched=claims()[:4])  # fmt: skip
    assert model is not None
    assert [step.step for step in told] == [1, 2, 3, 4, 5, 6]
    assert {step.steps for step in told} == {6}
    assert [step.accuracy is not None for step in told] == [False, False, True] * 2
    assert told[-1].seconds_left == 0
    assert model.dynamics.shape == model.right.shape == (2, 16)
    assert (model.right == (model.dynamics > 0.5))[abs(model.dynamics - 0.5) > 0.01].all()  # at a half both may be said
    assert ((model.dynamics > 0) & (model.dynamics < 1)).all()


class Killed(Exception):
    """Stands for a process that ends between two steps."""


def test_a_killed_training_goes_on_from_its_last_epoch_to_the_same_model(tmp_path: Path) -> None:
    settings = TrainingSettings(epochs=3, batch=8)
    whole = run(claims(), settings)
    checkpoint = tmp_path / "half.safetensors"

    def kill(step: Step) -> None:
        if step.step == 5:
            raise Killed

    arguments = {"checkpoint": checkpoint, "checkpoint_seconds": 0.0}
    with pytest.raises(Killed):
        train(claims(), whole.form, settings, 1, on_step=kill, **arguments)
    steps: list[Step] = []
    resumed = train(claims(), whole.form, settings, 1, on_step=steps.append, **arguments)
    assert resumed is not None
    assert [step.step for step in steps] == [5, 6]
    assert_alike(predict(resumed.classifier, claims()), predict(whole.classifier, claims()))
    np.testing.assert_allclose(resumed.dynamics, whole.dynamics, atol=0.01)
    is_clear = abs(whole.dynamics - 0.5) > 0.01
    np.testing.assert_array_equal(resumed.right[is_clear], whole.right[is_clear])
    assert not checkpoint.exists()


def test_a_checkpoint_of_another_training_or_a_damaged_one_is_left_aside(tmp_path: Path) -> None:
    checkpoint = tmp_path / "half.safetensors"
    stop = iter([False] * 3 + [True] * 9)
    form = infer_form(claims())
    settings = TrainingSettings(epochs=2, batch=8)
    stopped = train(claims(), form, settings, 1, should_stop=lambda: next(stop), checkpoint=checkpoint,
                    checkpoint_seconds=0.0)  # fmt: skip
    assert stopped is None
    assert checkpoint.exists()
    steps: list[Step] = []
    train(claims(), form, settings, 2, on_step=steps.append, checkpoint=checkpoint)
    assert len(steps) == 4
    checkpoint.write_bytes(b"damaged")
    train(claims(), form, settings, 2, on_step=steps.append, checkpoint=checkpoint)
    assert len(steps) == 8


def assert_alike(found: Sequence[Sequence[float]], expected: Sequence[Sequence[float]]) -> None:
    """As equal as bfloat16 is from one place in memory to another; other weights would differ far more."""
    assert [len(row) for row in found] == [len(row) for row in expected]
    for row, other in zip(found, expected, strict=True):
        assert row == pytest.approx(other, abs=0.005)


def assert_same_weights(found: TrainedModel, expected: TrainedModel) -> None:
    """To the last bit: a saved model is the model."""
    mine, theirs = found.classifier.state_dict(), expected.classifier.state_dict()
    assert mine.keys() == theirs.keys()
    assert all(bool((mine[name] == theirs[name]).all()) for name in mine)


def test_a_saved_model_answers_as_before_and_opens_in_plain_transformers(
    claims_model: TrainedModel, tmp_path: Path
) -> None:
    from transformers import AutoModel, AutoTokenizer

    card = save_model(claims_model, tmp_path / "model", {"trained_on": "claims", "examples": 16})
    assert read_card(tmp_path / "model") == card
    assert (card["kind"], card["labels"], card["recipe"]["epochs"]) == ("closed", list(YES_NO), 2)
    loaded = load_model(tmp_path / "model")
    assert_same_weights(loaded, claims_model)
    assert_alike(predict(loaded.classifier, claims()), predict(claims_model.classifier, claims()))
    assert not [path for path in (tmp_path / "model").iterdir() if path.suffix in (".bin", ".pt", ".pkl")]
    encoder = AutoModel.from_pretrained(str(tmp_path / "model"), use_safetensors=True)
    tokenizer = AutoTokenizer.from_pretrained(str(tmp_path / "model"))
    assert encoder(**tokenizer(["A cat is an animal."], return_tensors="pt")).last_hidden_state.shape[-1] == 384
    name = "encoder.layer.5.output.dense.weight"
    assert bool((encoder.state_dict()[name] == loaded.classifier.body.encoder.state_dict()[name]).all())


def test_a_chooser_is_saved_and_loaded_with_its_scale(tmp_path: Path) -> None:
    model = run(choices(), TrainingSettings(epochs=1))
    save_model(model, tmp_path / "model", {})
    loaded = load_model(tmp_path / "model")
    assert_same_weights(loaded, model)
    assert_alike(predict(loaded.classifier, choices()), predict(model.classifier, choices()))


def test_a_folder_that_is_no_trained_model_is_said(claims_model: TrainedModel, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no model"):
        load_model(tmp_path)
    save_model(claims_model, tmp_path / "model", {})
    (tmp_path / "model" / HEAD).write_bytes(b"?")
    with pytest.raises(ModelError, match="head of the model"):
        load_model(tmp_path / "model")
    (tmp_path / "model" / CARD).write_text('{"kind": "poem"}')
    with pytest.raises(ModelError, match="holds no model"):
        load_model(tmp_path / "model")


def test_an_option_that_the_model_does_not_know_is_said(claims_model: TrainedModel) -> None:
    with pytest.raises(ModelError, match="does not know the label 'Perhaps'"):
        predict(claims_model.classifier, [Query("A cat is an animal.", ("Yes", "Perhaps"))])


def test_texts_of_any_length_and_script_are_answered(claims_model: TrainedModel) -> None:
    hostile = ["", " ", "word " * 20_000, "قطة", "\u202e\u0000<script>", "🐈" * 300]
    shares = predict(claims_model.classifier, [Query(text) for text in hostile])
    assert all(sum(row) == pytest.approx(1, abs=1e-4) for row in shares)
    assert predict(claims_model.classifier, []) == []


def test_too_few_examples_or_one_label_alone_are_refused() -> None:
    form = infer_form(claims())
    with pytest.raises(NotEnoughData, match="There are 4 examples"):
        train(claims()[:4], form, QUICK, 1)
    with pytest.raises(NotEnoughData, match="All examples have the answer 'Yes'"):
        train([*claims()[:8], *claims()[:8]], form, QUICK, 1)


def test_every_example_is_in_one_batch_of_each_epoch() -> None:
    lengths = [5 + place % 11 for place in range(333)]
    batches = epoch_batches(lengths, 16, seed=3, epoch=1)
    assert sorted(index for batch in batches for index in batch) == list(range(333))
    assert batches == epoch_batches(lengths, 16, seed=3, epoch=1) != epoch_batches(lengths, 16, seed=3, epoch=2)
    read = reading_batches(lengths, 200)
    assert sorted(index for batch in read for index in batch) == list(range(333))
    assert all(len(batch) * max(lengths[index] for index in batch) <= 200 for batch in read)
