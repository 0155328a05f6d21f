"""What is too near to human test and dev examples: shared words, shared meaning, and what is not the same question."""

from pathlib import Path

import numpy as np
import pytest

from seedbed_engine.curating.facts import are_same_facts
from seedbed_engine.curating.leakage import Leakage, WatchedLeakage
from seedbed_engine.curating.ngrams import COMMON, NGrams
from seedbed_engine.examples import Example
from seedbed_engine.keeping import datasets
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.rows import HumanRow
from seedbed_engine.similarity import Vectors

PASSAGE = "The po box is a uniquely addressable lockable box that stands on the premises of a post office station"
HERE, ELSEWHERE = np.array([1, 0], np.float32), np.array([0, 1], np.float32)


def asked(question: str, context: str | None = None, options: tuple[str, ...] = ("yes", "no")) -> Example:
    return Example(question, options, options[0], context)


def leak_of(new: Example, *human: Example, vector: Vectors = ELSEWHERE) -> str:
    """By what it is too near, where the human examples' vectors all point here; nothing: it is not."""
    rows = [HumanRow(number, "boxes", "test", number, example) for number, example in enumerate(human, start=1)]
    leakage = Leakage(rows, np.stack([HERE] * len(rows)), 0.9)
    found = leakage.ask(new, vector, leakage.glance(vector[None])[0])
    return str(found or "").removeprefix("row 1 of the test split of 'boxes': ")


@pytest.mark.parametrize(
    ("new", "human"),
    [
        ("Can a PO box be a return address?", "can a return address be a po box"),
        ("Is Fantastic Beast and Where to Find Them a book?", "is fantastic beasts and where to find them a book"),
        ("is it 1990", "Is it 1990?"),
    ],
)
def test_the_same_words_in_another_order_or_number_are_a_leak(new: str, human: str) -> None:
    assert leak_of(asked(new), asked(human)) == "the same words"


def test_a_question_that_holds_a_whole_test_question_of_eight_words_is_a_leak() -> None:
    human = asked("Do red squirrels bury nuts in frozen ground?")
    assert (
        leak_of(asked("We wonder: do red squirrels bury nuts in frozen ground, and why?"), human) == "8 words in a row"
    )


def test_thirteen_words_in_a_row_are_a_leak_and_twelve_are_none() -> None:
    said = "one brown fox and its lazy dog went out to hunt for old mice in the snow of march"
    words, human = said.split(), asked(said)
    assert leak_of(asked(" ".join(["a", *words[2:15], "b"])), human) == "13 words in a row"
    assert leak_of(asked(" ".join(["a", *words[2:14], "b"])), human) == ""


def test_a_passage_that_shares_thirteen_words_is_a_leak_whatever_is_asked_about_it() -> None:
    human = asked("Is it made of steel?", PASSAGE)
    assert (
        leak_of(asked("Does it lock?", f"As we know, {PASSAGE.lower()}."), human) == "13 words in a row of its passage"
    )
    assert leak_of(asked("Does it lock?", "A box that stands on the premises of a post office."), human) == ""


def test_a_question_of_the_same_meaning_is_a_leak_unless_it_is_about_other_facts() -> None:
    human = asked("Did the league have 14 teams before the war?")
    assert leak_of(asked("Was the number of teams 14 until war came?"), human, vector=HERE).startswith("cosine")
    assert leak_of(asked("Was the number of teams 16 until war came?"), human, vector=HERE) == ""
    assert leak_of(asked("Was the number of teams 14 since war came?"), human, vector=HERE) == ""
    assert leak_of(asked("Was the number of teams not 14 until war came?"), human, vector=HERE) == ""


def test_a_question_that_only_names_a_topic_is_a_leak_where_its_options_are_the_same() -> None:
    human = asked("soap", None, ("can coat a straw", "can break a window"))
    assert leak_of(asked("Soap", None, ("keeps the teeth clean", "can be eaten raw")), human, vector=HERE) == ""
    assert leak_of(asked("Soap", None, ("can break a window", "can coat the straw")), human) == "the same words"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Did it end before 1990?", "Did it end after 1990?"),
        ("Is it two miles away?", "Is it 3 miles away?"),
        ("Did he serve in World War I?", "Did he serve in World War II?"),
        ("It doesn't cause seizures.", "It does cause seizures."),
        ("Is a cat heavier than a loaf?", "Is a cat lighter than a loaf?"),
        ("Did it last a month?", "Did it last a year?"),
        ("Could it grow in Japan?", "Could it grow in Russia?"),
    ],
)
def test_numbers_negation_direction_and_names_make_another_question(first: str, second: str) -> None:
    assert not are_same_facts(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("There are fourteen teams.", "The league consists of 14 teams."),
        ("The US Army fought.", "The army of the United States fought."),
        ("Roses have thorns.", "A rose has thorns."),
        ("How to Transfer Words to Wood", "How do I transfer words to wood?"),
        ("It isn't true.", "It is not true."),
        ("Was it there before the war?", "Was it there until the war?"),
    ],
)
def test_another_wording_is_the_same_question(first: str, second: str) -> None:
    assert are_same_facts(first, second)


def test_a_turn_of_phrase_that_many_texts_share_tells_nothing() -> None:
    said = "this is a turn of phrase that all of them begin with"
    phrase, grams = said.split(), NGrams()
    for text in range(COMMON + 1):
        grams.add([*phrase, f"end{text}"], 5, text)
    assert grams.find(phrase) is None
    assert grams.find(["all", "of", "them", "begin", "with", "nothing"]) is None
    assert grams.find(["of", "them", "begin", "with", "end3"]) == (3, 5)


def test_what_is_watched_follows_the_data_sets_and_leaves_train_alone(tmp_path: Path) -> None:
    with create_project(tmp_path / "one") as store:
        watch = WatchedLeakage(store, lambda texts: np.stack([HERE] * len(texts)), 0.9, 13)
        assert watch() is None
        number = datasets.add_dataset(store, "creak")
        datasets.add_dataset_examples(store, number, "train", [asked("Is water wet?")])
        assert watch() is None
        datasets.add_dataset_examples(store, number, "dev", [asked("Is the dry moon cold?")])
        found = watch()
        assert found is not None
        assert found is watch()
        leak = found.ask(asked("is the DRY moon cold"), ELSEWHERE, [])
        assert str(leak) == "row 1 of the dev split of 'creak': the same words"
