"""Reading replies under fire: real examples written as creators write them, then damaged in many ways.

The mutator knows which examples it left whole: each of them must be kept as it was, and nothing may raise. Run from
the project's root: python bench/fuzz.py [--replies N] [--seed N] [--show N]
"""

import argparse
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from seedbed_engine.asking.formats import TaskFormat, infer_format, plain
from seedbed_engine.asking.replies import ReadReply, read_reply
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping.samples import read_samples, sample_examples

REPLIES = 100_000
PART = 2_500  # replies a piece of work
MOST = 7  # examples a reply


@dataclass(frozen=True)
class Task:
    """A format with examples of it."""

    seed: Example
    form: TaskFormat
    examples: tuple[Example, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of a reply: an item with its example (None once it is damaged), or what stands between two."""

    text: str
    example: Example | None = None
    is_item: bool = False


@dataclass(frozen=True)
class Tried:
    """One reply and what came of it."""

    text: str
    lost: tuple[Example, ...]
    crash: str
    way: str


Write = Callable[[Task, Example], str]
Act = Callable[[list[Piece], random.Random], list[Piece]]


def as_object(task: Task, example: Example, ascii_only: bool = False, indent: int | None = None) -> str:
    values = {
        "question": example.question,
        "context": example.context,
        "options": list(example.options),
        "answer": example.answer,
    }
    return json.dumps({name: values[name] for name in task.form.fields}, ensure_ascii=ascii_only, indent=indent)


def in_small_lines(task: Task, example: Example) -> str:
    """As the embedded creator writes under its grammar."""
    question = f"Question: {' '.join(example.question.split())}"
    passage = [f"Passage: {' '.join((example.context or '').split())}"] if task.form.has_context else []
    if task.form.is_fixed:
        return "\n".join([f"Answer: {example.answer}", *passage, question])
    wrong = [f"Wrong: {option}" for option in example.options if option != example.answer]
    return "\n".join([*passage, question, f"Answer: {example.answer}", *wrong])


def in_paper_lines(task: Task, example: Example) -> str:
    """Questions, lettered options and an answer in lines, as chat models write without JSON."""
    passage = [f"**Passage:** {example.context}"] if task.form.has_context else []
    options = [f"{chr(65 + place)}) {option}" for place, option in enumerate(example.options)]
    return "\n".join([*passage, f"**Question:** {example.question}", *options, f"**Answer:** {example.answer}"])


def in_lines_apart(task: Task, example: Example) -> str:
    """The same with a gap between any two fields."""
    return in_paper_lines(task, example).replace("\n**", "\n\n**")


@dataclass(frozen=True)
class Way:
    """How a whole reply is written."""

    write: Write
    before: str = ""
    between: str = ", "
    behind: str = ""
    is_json: bool = True
    without: tuple[Act, ...] = ()  # damage by which nobody could tell what is whole


MARKS = (
    *('"', "'", "{", "}", "[", "]", ",", ":", "\\", "\n", "```", "\ud800", "\x00", "null", "NaN", "A)", "Question:"),
    *("\u2028", "\u200b", "\ufeff", "“", "”", "</s>", "<|im_end|>", "\\u00", '\\"', "é", "日本", "}}", '"}', '":'),
)
PROSE = ("\n", "\n\n", " And ", "\n---\n", "\n// next\n", "\n\nHere is another one:\n\n", "\n```\n```json\n", " \t ")


@cache
def tasks() -> tuple[Task, ...]:
    """The samples' own formats, and three made of them: a passage, and more options."""
    found: list[Task] = []
    for sample in read_samples():
        examples = tuple(sample_examples(sample.name, "train"))
        found.append(Task(sample.seed, infer_format(sample.seed, sample.kind), examples))
        if sample.kind is Options.VARIABLE:
            found += [with_more_options(found[-1], count) for count in (3, 5)]
        else:
            found.append(with_passages(found[-1]))
    return tuple(replace(task, examples=tuple(filter(lambda e: is_readable(task, e), task.examples))) for task in found)


def with_passages(task: Task) -> Task:
    passages = [f"{one.question}\n{two.question}" for one, two in pairwise((task.seed, *task.examples))]
    examples = tuple(replace(e, context=text) for e, text in zip(task.examples, passages, strict=True))
    seed = replace(task.seed, context=passages[-1])
    return Task(seed, infer_format(seed, task.form.kind), examples)


def with_more_options(task: Task, count: int) -> Task:
    others = [option for example in task.examples for option in example.options]

    def wider(example: Example, place: int) -> Example:
        more = [o for o in others[place * 7 % len(others) :] + others if plain(o) not in map(plain, example.options)]
        return replace(example, options=tuple(dict.fromkeys((*example.options, *more)))[:count])

    examples = tuple(wider(example, place) for place, example in enumerate(task.examples))
    seed = wider(task.seed, 3)
    return Task(seed, infer_format(seed, task.form.kind), examples)


def is_readable(task: Task, example: Example) -> bool:
    """Whether an example of the samples has the format at all (some human ones have two equal options)."""
    read = read_reply(as_object(task, example), task.form, task.seed)
    return [kept for _, kept in read.kept] == [example]


def write_reply(task: Task, way: Way, chance: random.Random) -> list[Piece]:
    """A reply in pieces, examples and what stands between them in turn."""
    chosen = chance.sample(task.examples, chance.randint(1, MOST))
    pieces = [Piece(way.before)]
    for place, example in enumerate(chosen):
        pieces += [Piece(way.between)] if place else []
        pieces.append(Piece(way.write(task, example), example, True))
    return [*pieces, Piece(way.behind)]


def damaged(text: str, chance: random.Random) -> str:
    """A text with a mark put in, a stretch taken out or doubled, or a character changed."""
    at = chance.randrange(len(text) + 1)
    to = min(len(text), at + chance.randint(1, 40))
    act = chance.randrange(5)
    if act == 0:
        return text[:at] + chance.choice(MARKS) + text[at:]
    if act == 1:
        return text[:at] + text[to:]
    if act == 2:
        return text[:to] + text[at:]
    if act == 3:
        return text[:at]
    return text[:at] + chr(chance.choice((chance.randrange(32, 127), chance.randrange(0xD800)))) + text[at + 1 :]


def damage_one(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    """Some examples are damaged: they are whole no more, their neighbours are."""
    places = [place for place, piece in enumerate(pieces) if piece.example]
    for place in chance.sample(places, min(len(places), chance.choice((1, 1, 1, 2)))):
        pieces[place] = Piece(damaged(pieces[place].text, chance), None, True)
    return pieces


def cut(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    """The end is missing: what stood before it is whole."""
    place = chance.randrange(len(pieces))
    rest = pieces[place].text[: chance.randrange(len(pieces[place].text) + 1)]
    return [*pieces[:place], Piece(rest, None, pieces[place].is_item)]


def talk_between(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    """Something else stands between two examples than what belongs there."""
    between = [p for p in range(2, len(pieces) - 2) if not pieces[p].is_item]
    for place in chance.sample(between, min(len(between), 2)):
        pieces[place] = Piece(pieces[place].text + chance.choice(PROSE))
    return pieces


def no_frame(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    """What stands before or behind all examples is missing, doubled, or is talk."""
    place = chance.choice((0, -1))
    text = pieces[place].text
    pieces[place] = Piece(chance.choice(("", text * 2, text + "\n", "Well.\n" + text, text[: len(text) // 2])))
    return pieces


def shuffled(pieces: list[Piece], chance: random.Random) -> list[Piece]:
    """The examples in another order, one of them perhaps twice."""
    examples = [piece for piece in pieces if piece.example]
    chance.shuffle(examples)
    again = iter(examples)
    return [next(again) if piece.example else piece for piece in pieces]


WAYS: dict[str, Way] = {
    "as asked": Way(as_object, '{"examples": [', ", ", "]}"),
    "a bare list": Way(lambda t, e: as_object(t, e, indent=2), "[\n", ",\n", "\n]"),
    "in a fence": Way(as_object, 'Sure! Here they are:\n```json\n{"examples": [', ",\n", "]}\n```\nI hope it helps."),
    "JSON lines": Way(lambda t, e: as_object(t, e, ascii_only=True), "", "\n", "\n"),
    "numbered": Way(lambda t, e: as_object(t, e, indent=1), "1. ", "\n\nNext. ", "\n"),
    "nested": Way(lambda t, e: f'{{"example": {as_object(t, e)}}}', '{"data": {"result": [', ", ", "]}}"),
    "Python's way": Way(lambda t, e: repr(json.loads(as_object(t, e))), "[", ", ", "]"),
    "small lines": Way(in_small_lines, "", "\n\n", "\n", is_json=False),
    # with gaps between all fields nothing shows where an example ends, once a label is damaged
    "lines apart": Way(in_lines_apart, "", "\n\n", "\n", is_json=False, without=(damage_one,)),
    "lines": Way(in_paper_lines, "Here they are.\n\n", "\n\n", "\n", is_json=False),
}
ACTS = (damage_one, damage_one, damage_one, cut, talk_between, no_frame, shuffled)


def as_lines(pieces: list[Piece], is_cut: bool) -> list[Piece]:
    """Lines are items of their own only where a line ends before and behind; of a cut reply nobody knows the last."""
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        if not piece.is_item:
            text = piece.text if place == 0 else "\n\n" + piece.text.removeprefix("\n\n")
            piece = Piece(text if not text or text.endswith("\n") else text + "\n")
        found.append(piece)
    if is_cut and found[-1].is_item:
        found[-1] = replace(found[-1], example=None)
    return found


def is_there(example: Example, read: ReadReply, task: Task) -> bool:
    """Whether an example was kept as it was; of own options their order may be the code's, white space be narrower."""

    def same(one: Example) -> bool:
        options = (one.options == example.options) if task.form.is_fixed else sorted(one.options) == wanted
        return options and one.answer == example.answer and words(one.context) == words(example.context)

    wanted = sorted(example.options)
    return any(words(one.question) == words(example.question) and same(one) for _, one in read.kept)


def words(text: str | None) -> list[str]:
    return (text or "").split()


def try_one(seed: int, number: int) -> Tried:
    """One mutated reply, fixed by the two numbers."""
    chance = random.Random(f"{seed}/{number}")
    task = chance.choice(tasks())
    name = chance.choice(tuple(WAYS))
    way = WAYS[name]
    pieces = write_reply(task, way, chance)
    acts = chance.sample([act for act in ACTS if act not in way.without], chance.randint(0, 3))
    for act in acts:
        pieces = act(pieces, chance)
    is_cut = cut in acts
    pieces = pieces if way.is_json else as_lines(pieces, is_cut)
    text = "".join(piece.text for piece in pieces)
    finish_reason = "length" if is_cut else chance.choice(("stop", "stop", None))
    whole = [piece.example for piece in pieces if piece.example]
    try:
        read = read_reply(text, task.form, task.seed, finish_reason, len(whole), f"{number}")
    except Exception as error:  # noqa: BLE001  that is what is looked for
        return Tried(text, (), repr(error), name)
    if len(read.kept) + len(read.discards) + read.missing != len(whole) + read.surplus and whole:
        return Tried(text, (), "the line does not add up", name)
    lost = tuple(example for example in whole if not is_there(example, read, task))
    return Tried(text, lost, "", f"{name}: {', '.join(act.__name__ for act in acts)}")


def try_part(seed: int, start: int, count: int) -> tuple[int, list[Tried]]:
    """The number of examples that had to be kept cannot be known from outside: only what went wrong comes back."""
    found = [try_one(seed, number) for number in range(start, start + count)]
    return len(found), [tried for tried in found if tried.crash or tried.lost]


def fuzz(replies: int, seed: int, processes: int = 1) -> tuple[int, list[Tried]]:
    """Try this many replies; how many were tried, and those that went wrong."""
    starts = range(0, replies, PART)
    counts = [min(PART, replies - start) for start in starts]
    if processes == 1:
        parts = [try_part(seed, start, count) for start, count in zip(starts, counts, strict=True)]
    else:
        with ProcessPoolExecutor(processes) as pool:
            parts = list(pool.map(try_part, [seed] * len(counts), starts, counts))
    return sum(count for count, _ in parts), [tried for _, wrong in parts for tried in wrong]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--replies", type=int, default=REPLIES)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--show", type=int, default=5)
    options = parser.parse_args()
    began = time.monotonic()
    count, wrong = fuzz(options.replies, options.seed, os.cpu_count() or 1)
    print(f"{count} replies in {time.monotonic() - began:.0f} s, {len(tasks())} formats, {len(WAYS)} ways of writing")
    for way, times in Counter(tried.way for tried in wrong).most_common(30):
        print(f"{times:6} {way}")
    for tried in wrong[: options.show]:
        print(f"--- {tried.way} {tried.crash}\n{tried.text!r}\nLOST: {tried.lost}")
    crashes = sum(bool(tried.crash) for tried in wrong)
    lost = sum(len(tried.lost) for tried in wrong)
    print(json.dumps({"fuzzed_replies": count, "crashes": crashes, "valid_thrown_away": lost}))


if __name__ == "__main__":
    main()
