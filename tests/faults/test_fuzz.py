"""The fuzzer of the bench, in small: no crash, and no example thrown away that the mutator left whole."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from seedbed_engine.asking.lines import find_blocks


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    path = Path(__file__).parents[2] / "bench" / "fuzz.py"
    spec = importlib.util.spec_from_file_location("bench_fuzz", path)
    assert spec is not None
    assert spec.loader is not None
    sys.modules["bench_fuzz"] = importlib.util.module_from_spec(spec)  # dataclasses look their module up
    spec.loader.exec_module(sys.modules["bench_fuzz"])
    return sys.modules["bench_fuzz"]


def test_two_thousand_mutated_replies_lose_no_valid_example(fuzz: ModuleType) -> None:
    count, wrong = fuzz.fuzz(2_000, seed=13)
    assert count == 2_000
    assert [(tried.way, tried.crash, tried.text, tried.lost) for tried in wrong] == []


def test_the_fuzzer_notices_a_lost_example_and_a_changed_answer(fuzz: ModuleType) -> None:
    task = fuzz.tasks()[0]
    example, other = task.examples[:2]
    read = fuzz.read_reply(fuzz.as_object(task, example), task.form, task.seed)
    assert fuzz.is_there(example, read, task)
    assert not fuzz.is_there(other, read, task)
    turned = fuzz.replace(example, answer=next(option for option in example.options if option != example.answer))
    assert not fuzz.is_there(turned, read, task)


def test_one_damaged_label_does_not_give_every_question_the_answer_of_the_next() -> None:
    items = [
        f"Answer: {answer}\nQuestion: Is {name} so?\n"
        for name, answer in zip("abcd", ("yes", "no", "yes", "no"), strict=True)
    ]
    found = find_blocks("\n".join(["Ans#er: yes\nQuestion: Is it?\n", *items]))
    pairs = [dict(block.pairs) for block in found]
    assert [pair.get("answer") for pair in pairs] == [None, "yes", "no", "yes", "no"]


def test_talk_between_examples_in_lines_belongs_to_none() -> None:
    found = find_blocks(
        "Answer: yes\nQuestion: Is it?\n\nHere is another:\n\nAnswer: no\nQuestion: Was it?\n\n---\nDone."
    )
    assert [dict(block.pairs)["question"] for block in found] == ["Is it?", "Was it?"]


def test_a_passage_of_several_paragraphs_stays_with_its_question() -> None:
    item = "Passage: One.\n\nTwo.\n\nQuestion: Is it?\nA) yes\nB) no\nAnswer: yes\n"
    found = find_blocks(f"{item}\n{item}")
    assert [dict(block.pairs)["context"] for block in found] == ["One.\nTwo.", "One.\nTwo."]


def test_a_passage_behind_a_gap_belongs_to_the_question_that_follows_it() -> None:
    whole = "Passage: Two.\nQuestion: Is it two?\nA) yes\nB) no\nAnswer: no\n"
    damaged = "**sage: One.\nQuestion: Is it one?\nA) yes\nB) no\nAnswer: yes\n"
    first = "Passage: Nought.\n**Que** Is it?\nA) yes\nB) no\nAnswer: yes\n"
    found = [dict(block.pairs) for block in find_blocks("\n".join([first, damaged, whole]))]
    assert [pairs.get("context") for pairs in found if pairs.get("question")] == [None, "Two."]
