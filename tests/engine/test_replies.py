"""Reading replies: every valid example is salvaged, nothing raises, time is linear."""

import json
import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from seedbed_engine.asking.formats import DiscardReason, infer_format
from seedbed_engine.asking.objects import find_objects
from seedbed_engine.asking.replies import ReadReply, read_reply
from seedbed_engine.examples import Example

CHOICE = Example("Where are books?", ("library", "river", "oven"), "river")
CLAIM = Example("Soup is wet.", ("True", "False"), "True")
PASSAGE = Example("is it wet", ("yes", "no"), "yes", "Soup is made with water.")
SEEDS = (CHOICE, CLAIM, PASSAGE)
WORDS = [
    "Zürich",
    "l'eau",
    'the "big" one',
    "日本",
    "a, b; c",
    "{curly}",
    "[square]",
    "colon: here",
    "back\\slash",
    "שלום",
]


def made(seed: Example, count: int, chance: random.Random) -> list[dict[str, Any]]:
    task = infer_format(seed)
    items = []
    for number in range(count):
        tail = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}"
        options = list(task.options) or [f"{word} {number}" for word in chance.sample(WORDS, 3)]
        fields = {"question": f"Is it {tail}?", "options": options, "answer": chance.choice(options)}
        if task.has_context:
            fields["context"] = f"It is said that {tail}.\nSo it is."
        items.append({field: fields[field] for field in task.fields})
    return items


def read(text: str, seed: Example = CHOICE, wanted: int = 5, finish_reason: str = "stop") -> ReadReply:
    return read_reply(text, infer_format(seed), seed, finish_reason, wanted, "key")


def questions(reply: ReadReply) -> list[str]:
    return [example.question for _, example in reply.kept]


def lettered(items: list[dict[str, Any]]) -> str:
    changed = []
    for item in items:
        letters = "ABC"[: len(item["options"])]
        options = dict(zip(letters, item["options"], strict=True))
        changed.append(item | {"options": options, "answer": letters[item["options"].index(item["answer"])]})
    return json.dumps(changed)


WRITERS: dict[str, Callable[[list[dict[str, Any]]], str]] = {
    "as asked": lambda items: json.dumps({"examples": items}),
    "a bare list": lambda items: json.dumps(items, indent=2, ensure_ascii=False),
    "in a fence": lambda items: f"Sure! Here are {{5}} examples:\n```json\n{json.dumps(items)}\n```\nI hope it's fine.",
    "JSON lines": lambda items: "\n".join(map(json.dumps, items)),
    "concatenated": lambda items: "".join(map(json.dumps, items)),
    "numbered": lambda items: "\n\n".join(f"{n}. {json.dumps(item)}" for n, item in enumerate(items, 1)),
    "nested": lambda items: json.dumps({"data": {"result": [{"example": item, "id": 3} for item in items]}}),
    "python literals": str,
    "trailing commas": lambda items: "[" + ",".join(json.dumps(item)[:-1] + ",}" for item in items) + ",]",
    "other names": lambda items: json.dumps(
        [{name.title() if name != "options" else "Choices": value for name, value in item.items()} for item in items]
    ),
    "lettered": lettered,
    "byte order mark": lambda items: "\ufeff" + json.dumps({"examples": items}),
    "one object": lambda items: "{" + ", ".join(json.dumps(item)[1:-1] for item in items) + "}",
    "no commas between": lambda items: "[" + "\n".join(map(json.dumps, items)) + "]",
    "deeply wrapped": lambda items: "[" * 300 + json.dumps(items) + "]" * 300,
    "after a stray brace": lambda items: 'A set {"a is open. ' + json.dumps(items),
}


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("seed", SEEDS)
def test_every_valid_example_is_salvaged_however_it_is_written(seed: Example, writer: str) -> None:
    for number in range(20):
        items = made(seed, 5, random.Random(number))
        reply = read(WRITERS[writer](items), seed)
        assert questions(reply) == [item["question"] for item in items]
        assert [e.answer for _, e in reply.kept] == [item["answer"] for item in items]
        assert [list(e.options) for _, e in reply.kept] == [item["options"] for item in items]
        assert [position for position, _ in reply.kept] == [0, 1, 2, 3, 4]
        assert (reply.discards, reply.missing, reply.surplus) == ((), 0, 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_whole_items_before_a_cut_are_kept_wherever_it_is(seed: Example) -> None:
    items = made(seed, 4, random.Random(1))
    text = json.dumps({"examples": items})
    ends = [text.index(json.dumps(item)) + len(json.dumps(item)) for item in items]
    for cut in range(len(text)):
        reply = read(text[:cut], seed, wanted=4, finish_reason="length")
        whole = sum(end <= cut for end in ends)
        assert questions(reply)[:whole] == [item["question"] for item in items[:whole]]
        assert len(reply.kept) + len(reply.discards) + reply.missing == 4
        assert len(reply.discards) <= 1
        assert all(discard.reason is DiscardReason.CUT_SHORT for discard in reply.discards)


def test_inner_quotes_without_backslashes_do_not_lose_an_example() -> None:
    text = '[{"question": "Who said "hi" to him, then left?", "options": ["a", "b", "c"], "answer": "b"}]'
    assert questions(read(text)) == ['Who said "hi" to him, then left?']


@pytest.mark.parametrize(
    ("answer", "meant"),
    [("B", "y"), ("(b)", "y"), ("B) y", "y"), ("b. y", "y"), ("Y", "y"), (1, "y"), ("Option C", "z"), (["x"], "x")],
)
def test_an_answer_may_be_a_letter_a_position_or_the_text_in_other_case(answer: object, meant: str) -> None:
    text = json.dumps({"question": "Q?", "options": ["x", "y", "z"], "answer": answer})
    assert [example.answer for _, example in read(text).kept] == [meant]


@pytest.mark.parametrize("answer", [True, "true", "TRUE", "T", "yes", "Yes."])
def test_truth_values_are_read_into_the_seeds_options(answer: object) -> None:
    text = json.dumps({"options": [True, False], "answer": answer, "question": "It is."})
    assert [(e.options, e.answer) for _, e in read(text, CLAIM).kept] == [(("True", "False"), "True")]


@pytest.mark.parametrize(
    "options",
    [
        {"a": "x", "b": "y", "c": "z"},
        ["A) x", "B) y", "C) z"],
        ["1. x", "2. y", "3. z"],
        "x; y; z",
        "A) x, B) y, C) z",
        "[x, y, z]",
        [{"label": "A", "text": "x"}, {"label": "B", "text": "y"}, {"label": "C", "text": "z"}],
        [{"A": "x"}, {"B": "y"}, {"C": "z"}],
    ],
)
def test_options_may_be_numbered_nested_or_one_text(options: object) -> None:
    reply = read(json.dumps({"question": "Q?", "options": options, "answer": "y"}))
    assert [(e.options, e.answer) for _, e in reply.kept] == [(("x", "y", "z"), "y")]
    assert not reply.discards


def test_options_may_be_fields_of_their_own() -> None:
    reply = read('{"question": "Q?", "A": "x", "option_b": "y", "Option 3": "z", "answer": "B"}')
    assert [e.answer for _, e in reply.kept] == ["y"]


def test_the_papers_lines_are_read_too() -> None:
    text = "1. **Question:** Where is it?\n**Options:** x, y, z\n**Answer:** y\n\n"
    text += "Question: And\nthen?\nA. x\nB. y\nC. z\nAnswer: C"
    reply = read(text)
    assert [(e.question, e.options, e.answer) for _, e in reply.kept] == [
        ("Where is it?", ("x", "y", "z"), "y"),
        ("And\nthen?", ("x", "y", "z"), "z"),
    ]


def test_lines_with_the_answer_first_become_options_in_an_order_that_the_key_fixes() -> None:
    text = "Question: Q?\nAnswer: right\nWrong: left\nWrong: up\n"
    task = infer_format(CHOICE)
    orders = {read_reply(text, task, CHOICE, shuffle_key=str(key)).kept[0][1].options for key in range(50)}
    assert len(orders) == 6
    assert read(text).kept == read(text).kept
    assert {read(text).kept[0][1].answer} == {"right"}


def test_lines_that_hit_the_limit_are_cut_short() -> None:
    reply = read("Answer: True\nQuestion: It is never the", CLAIM, 1, "length")
    assert [discard.reason for discard in reply.discards] == [DiscardReason.CUT_SHORT]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"question": "Q?", "options": ["a", "b"], "answer": "a"}', DiscardReason.WRONG_OPTION_COUNT),
        ('{"question": "Q?", "options": ["a", "a", "b"], "answer": "a"}', DiscardReason.EQUAL_OPTIONS),
        ('{"question": "Q?", "options": ["a", "b", "c"], "answer": "d"}', DiscardReason.ANSWER_NOT_AMONG_OPTIONS),
        ('{"question": " ", "options": ["a", "b", "c"], "answer": "a"}', DiscardReason.EMPTY_QUESTION),
        ('{"question": "Q?", "options": ["a", "b", "c"]}', DiscardReason.NO_FIELDS),
        ('{"question": "where are BOOKS", "options": ["a", "b", "c"], "answer": "a"}', "copy"),
        ('{"foo": 1}', DiscardReason.NO_FIELDS),
        ("I'm sorry, but I cannot help with that.", DiscardReason.REFUSED),
        ("Nothing to see.", DiscardReason.NOT_JSON),
    ],
)
def test_what_is_not_kept_has_a_reason_and_its_raw_text(text: str, reason: str) -> None:
    reply = read(text, wanted=2)
    assert not reply.kept
    assert [discard.raw_text for discard in reply.discards] == [text]
    assert reply.discards[0].reason == (DiscardReason.COPY_OF_FORMATTING_EXAMPLE if reason == "copy" else reason)
    assert reply.missing == 1


def test_an_empty_reply_is_named_and_more_than_wanted_is_surplus() -> None:
    for text in ("", " \n"):
        assert (read(text).missing, [found.reason for found in read(text).discards]) == (4, [DiscardReason.EMPTY])
    items = made(CHOICE, 7, random.Random(3))
    assert (len(read(json.dumps(items)).kept), read(json.dumps(items)).surplus) == (7, 2)


def test_of_a_field_that_comes_twice_the_last_counts() -> None:
    text = '{"question": "Q?", "options": ["a", "b", "c"], "answer": "a", "answer": "b"}'
    assert [e.answer for _, e in read(text).kept] == ["b"]
    text = '{"question": "First?", "options": ["a", "b", "c"], "answer": "a", "question": "Last?"}'
    assert questions(read(text)) == ["Last?"]


def test_numbers_stay_as_they_were_written() -> None:
    text = '{"question": "Q?", "options": [1.50, 1e999, ' + "9" * 6000 + '], "answer": 1.50}'
    assert read(text).kept[0][1].options[:2] == ("1.50", "1e999")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 300_000,
        "{" * 300_000,
        '{"a":' * 100_000,
        '["a' * 100_000,
        '{"' * 200_000,
        "{'a' " * 80_000,
        '{"' + "\\" * 400_000,
        '{"a"' + " " * 400_000,
        '{"' + '" ' * 200_000,
        '{"a' + '"\n' * 200_000,
        "[1" * 200_000,
        "{a " * 100_000,
        "Question:" * 50_000,
        "1. " * 200_000,
        "(A) " * 100_000,
        '{"question": "' + "A) " * 100_000 + '", "options": "' + "B) " * 100_000 + '", "answer": "x"}',
        "\x00\ud800" * 100_000,
    ],
)
def test_bombs_are_read_in_linear_time(text: str) -> None:
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 5


def mutated(text: str, chance: random.Random) -> str:
    marks = [
        '"',
        "'",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\\",
        "\n",
        "```",
        "\ud800",
        "\x00",
        "null",
        "NaN",
        "A)",
        "Question:",
    ]
    for _ in range(chance.randint(1, 6)):
        at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        act = chance.randrange(5)
        if act == 0:
            text = text[:at] + chance.choice(marks) + text[at:]
        elif act == 1:
            text = text[:at] + text[min(to, at + chance.randint(1, 40)) :]
        elif act == 2:
            text = text[:at] + text[at:to] * 2 + text[to:]
        elif act == 3:
            text = text[:to]
        else:
            text = text[:at] + chance.choice(WORDS) + text[at:]
    return text


def test_no_text_raises_and_every_reply_adds_up() -> None:
    chance = random.Random(7)
    for number in range(3_000):
        seed = SEEDS[number % 3]
        text = chance.choice(list(WRITERS.values()))(made(seed, 3, chance))
        reply = read(mutated(text, chance), seed, 3, chance.choice(["stop", "length"]))
        assert len(reply.kept) + len(reply.discards) + reply.missing == 3 + reply.surplus
        places = sorted([place for place, _ in reply.kept] + [discard.position for discard in reply.discards])
        assert places == list(range(len(places)))


def test_valid_json_is_read_as_json_reads_it() -> None:
    chance = random.Random(11)
    for _ in range(300):
        item = {chance.choice(WORDS): chance.choice([1, True, None, "x", chance.choice(WORDS)]) for _ in range(4)}
        found = find_objects(json.dumps(item, indent=chance.choice([None, 2]), ensure_ascii=chance.random() < 0.5))
        assert len(found) == 1
        assert {name: str(value) for name, value in found[0].pairs} == {n: str(v) for n, v in item.items()}


def test_of_wrong_answers_to_spare_the_first_new_ones_count_and_the_answer_stands_where_it_was_wanted() -> None:
    seed = Example("Where are books?", ("library", "river", "oven"), "library")
    text = "Question: Where is bread?\nAnswer: bakery\nWrong: lake\nWrong: Lake\nWrong: moon\n"
    for place in (1, 2, 3):
        read = read_reply(text, infer_format(seed), seed, shuffle_key="k", wanted_answers=[str(place)])
        ((_, example),) = read.kept
        assert example.options[place - 1] == example.answer == "bakery"
        assert set(example.options) == {"bakery", "lake", "moon"}
    for unclear in (["9"], ["x"], [], None):
        assert len(read_reply(text, infer_format(seed), seed, shuffle_key="k", wanted_answers=unclear).kept) == 1


def test_a_sentence_with_a_blank_has_one_and_names_both_options() -> None:
    seed = Example("Ann gave Bea the shoes, because _ had too many.", ("Ann", "Bea"), "Ann")
    reasons = []
    for sentence in (
        "Tom saw Tim, so _ ran.",
        "Tom saw Tim, so Tom ran.",
        "Tom saw a cat, so _ ran.",
        "_ saw Tim, so _ ran.",
    ):
        read = read_reply(f"Answer: Tom\nWrong: Tim\nQuestion: {sentence}\n", infer_format(seed), seed)
        reasons.append(read.discards[0].reason if read.discards else None)
    assert reasons == [None, *[DiscardReason.NO_BLANK] * 3]
