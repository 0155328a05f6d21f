"""An example read out of named fields, however the creator spelled, nested or numbered them."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from seedbed_engine.asking.formats import DiscardReason, TaskFormat, check_against, plain
from seedbed_engine.asking.objects import Number, Pairs, Value
from seedbed_engine.examples import Example, clean_text

_SPELLINGS = {
    "question": "question questions query claim statement sentence problem stem goal riddle prompt hypothesis input q",
    "context": "context passage paragraph background document article abstract premise story text",
    "options": "options option choices choice candidates alternatives answerchoices answeroptions labels endings",
    "answer": "answer answers correctanswer correct correctoption correctchoice label answerkey solution gold output "
    "target rightanswer answerindex",
    "wrong": "wrong wronganswer wronganswers wrongoption wrongoptions incorrect incorrectanswers distractor "
    "distractors",
}
_KINDS = {spelling: kind for kind, spellings in _SPELLINGS.items() for spelling in spellings.split()}
_SINGLE = re.compile(r"(?:option|choice|answer)?([a-z]|\d{1,2})")
_PREFIX = re.compile(r"\(?([A-Za-z]|\d{1,2})[).:]\s*(?=\S)")
_LETTER = re.compile(r"\(?(?:(?:option|choice|answer)\s*)?([A-Za-z])[).:]?", re.IGNORECASE)
_LETTERED = re.compile(r"(?:^|[\s,;(])([A-Z]|\d{1,2})[).:]\s*")
_SAME = ({"true", "yes"}, {"false", "no"})

Discarded = tuple[DiscardReason, str]


@dataclass(frozen=True, slots=True)
class Order:
    """How options that came as an answer and wrong ones are mixed; `place` is the answer's, where one was wanted."""

    chance: random.Random
    place: int | None = None

    def mixed(self, options: tuple[str, ...]) -> tuple[str, ...]:
        """The options, of which the first is the answer, in an order that gives nothing away."""
        if self.place is None or self.place >= len(options):
            return tuple(self.chance.sample(options, len(options)))
        wrong = self.chance.sample(options[1:], len(options) - 1)
        return (*wrong[: self.place], options[0], *wrong[self.place :])


def field_kind(name: str) -> str | None:
    """Which field a name means: question, context, options, answer or wrong; None where it means none of them."""
    return _KINDS.get(re.sub(r"[\W_]+", "", name.casefold()) if len(name) < 40 else "")


def split_items(pairs: Pairs, is_whole: bool = True) -> list[Pairs]:
    """One object per example, where a creator wrote several into one object by starting over with its first field.

    Where only one of them could be an example, a field simply came twice.
    """
    first = next((field_kind(name) for name, _ in pairs if field_kind(name)), None)
    items: list[list[tuple[str, Value]]] = [[]]
    seen: set[str | None] = set()
    full = 0
    for name, value in pairs:
        kind = field_kind(name)
        if kind is not None and kind == first and {"question", "answer"} <= seen:
            items.append([])
            seen = set()
            full += 1
        seen.add(kind)
        items[-1].append((name, value))
    if is_whole and full == 1 and not {"question", "answer"} <= seen:
        return [pairs]
    return [Pairs(item) for item in items]


def looks_like_example(pairs: Pairs) -> bool:
    """Whether the object was meant as an example: a question in words, or two of the other fields."""
    kinds = {field_kind(name) for name, value in pairs if isinstance(value, str | bool | list)}
    question = any(field_kind(name) == "question" and isinstance(value, str) for name, value in pairs)
    return question or {"options", "answer"} <= kinds


def read_example(pairs: Pairs, task: TaskFormat, order: Order) -> Example | Discarded:
    """The example that the fields hold, or why there is none; `order` mixes options given as answer and wrong ones."""
    fields = _gather(pairs)
    question = clean_text(text_of(fields.get("question")))
    if "question" not in fields:
        return DiscardReason.NO_FIELDS, "question"
    if not question:
        return DiscardReason.EMPTY_QUESTION, ""
    read = _read_options(fields, task)
    if read is None:
        return DiscardReason.NO_FIELDS, "options"
    options, labels = read
    if fields.get("answer") is None:
        return DiscardReason.NO_FIELDS, "answer"
    answer = _resolve(fields["answer"], options, labels)
    context = clean_text(text_of(fields.get("context"))) if task.has_context else ""
    if "wrong" in fields and not task.is_fixed:
        options = order.mixed(_distinct(options, task.count))
    example = Example(question, options, answer, context or None)
    reason = check_against(task, example)
    return example if reason is None else (reason, _detail(reason, example))


def _distinct(options: tuple[str, ...], count: int) -> tuple[str, ...]:
    """Of more wrong answers than were needed, the first that say something new."""
    found = {plain(option): option for option in reversed(options)}
    kept = tuple(option for place, option in enumerate(options) if found[plain(option)] is option)
    return kept[:count] if len(options) > count and len(kept) >= count else options


def text_of(value: Value) -> str:
    """A value as text; of an object its text field, of a list of one its member."""
    if isinstance(value, Pairs):
        named = [text_of(v) for name, v in value if name.casefold() in {"text", "value", "option", "answer", "content"}]
        return named[-1] if named else (text_of(value[0][1]) if len(value) == 1 else "")
    if isinstance(value, list):
        return text_of(value[0]) if len(value) == 1 else ""
    return "" if value is None else str(value)


def _gather(pairs: Pairs) -> dict[str, Value]:
    """The last value of each field; flat options (A, B, ... or option1, ...) and wrong answers come together."""
    fields: dict[str, Value] = {}
    exact: set[str] = set()
    flat: list[tuple[str, Value]] = []
    wrong: list[Value] = []
    for name, value in pairs:
        kind = field_kind(name)
        single = _SINGLE.fullmatch(re.sub(r"[\W_]+", "", name.casefold())) if kind is None else None
        if single:
            flat.append((single[1], value))
        elif kind == "wrong":
            wrong.extend(value if isinstance(value, list) else [value])
        elif kind is not None and (kind not in exact or kind == name.casefold()):
            fields[kind] = value
            if kind == name.casefold():
                exact.add(kind)
    if "options" not in fields and len(flat) > 1:
        fields["options"] = Pairs(flat)
    if "options" not in fields and wrong and "answer" in fields:
        fields["options"] = [fields["answer"], *wrong]
        fields["wrong"] = wrong
    return fields


def _read_options(fields: dict[str, Value], task: TaskFormat) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    value = fields.get("options")
    if value is None or value == "" or value == []:
        return (task.options, ()) if task.is_fixed else None
    texts, labels = _texts_and_labels(value, task.count)
    if task.is_fixed:
        if sorted(map(plain, texts)) == sorted(map(plain, task.options)):
            kept = tuple(next(o for o in task.options if plain(o) == plain(text)) for text in texts)
            labels = (
                tuple(labels[kept.index(o)] for o in task.options) if labels and len(set(kept)) == len(kept) else ()
            )
            return task.options, labels
        return tuple(texts), labels
    if not labels:
        texts, labels = _without_prefixes(texts)
    return tuple(texts), labels


def _texts_and_labels(value: Value, count: int) -> tuple[list[str], tuple[str, ...]]:
    if isinstance(value, Pairs):
        return [clean_text(text_of(v)) for _, v in value], tuple(name for name, _ in value)
    if isinstance(value, list):
        labels = tuple(_label_of(v) for v in value)
        return [clean_text(text_of(v)) for v in value], labels if all(labels) else ()
    return [clean_text(part) for part in _split(text_of(value), count)], ()


def _label_of(value: Value) -> str:
    if not isinstance(value, Pairs):
        return ""
    if len(value) == 1 and value[0][0].casefold() not in {"text", "value", "option", "answer", "content"}:
        return value[0][0]
    named = [text_of(v) for name, v in value if name.casefold() in {"label", "id", "key", "letter"}]
    return named[-1] if named else ""


def _split(text: str, count: int) -> list[str]:
    """Options written as one text, parted by whatever gives the right number of them."""
    text = text.strip().removeprefix("[").removesuffix("]")
    lettered = [part.strip(" ,;") for part in _LETTERED.split(text)]
    if not lettered[0] and len(lettered) == 2 * count + 1:
        return lettered[2::2]
    for mark in ("\n", ";", "|", ",", "/"):
        parts = [part.strip(" \t'\"“”-*•") for part in text.split(mark)]
        if len(parts) == count:
            return parts
    return [text]


def _without_prefixes(texts: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    found = [_PREFIX.match(text) for text in texts]
    labels = tuple(match[1] for match in found if match)
    n = len(texts)
    runs = ([chr(65 + i) for i in range(n)], [chr(97 + i) for i in range(n)], [str(i) for i in range(1, n + 1)])
    if n < 2 or list(labels) not in runs:
        return list(texts), ()
    return [text[match.end() :] for text, match in zip(texts, found, strict=True) if match], labels


def _resolve(value: Value, options: tuple[str, ...], labels: tuple[str, ...]) -> str:
    """The option that an answer means: its text, label, letter, position from 0 or truth value; else the answer."""
    text = clean_text(text_of(value))
    if text in options:
        return text
    if len(labels) == len(options):
        for label, option in zip(labels, options, strict=True):
            if plain(label) == plain(text.strip("().: ")):
                return option
    prefix = _PREFIX.match(text)
    for candidate in (text, text.rstrip(" ."), text[prefix.end() :] if prefix else text):
        alike = [option for option in options if plain(option) == plain(candidate)]
        alike = alike or _same_truth(candidate, options)
        if len(alike) == 1:
            return alike[0]
    return _by_position(value, text, options)


def answer_meant(value: Value, options: tuple[str, ...]) -> str | None:
    """The option that an answer means by its text, letter, position from 0 or truth value; None where it means none."""
    found = _resolve(value, options, ())
    return found if found in options else None


def _same_truth(text: str, options: tuple[str, ...]) -> list[str]:
    words = next((words for words in _SAME if plain(text) in words), set())
    return [option for option in options if plain(option) in words]


def _by_position(value: Value, text: str, options: tuple[str, ...]) -> str:
    letter = _LETTER.fullmatch(text)
    if letter and (index := ord(letter[1].upper()) - ord("A")) < len(options):
        return options[index]
    if letter and len(initials := [o for o in options if o[:1].casefold() == letter[1].casefold()]) == 1:
        return initials[0]
    if isinstance(value, Number) and len(text) <= 2 and text.isdecimal() and int(text) < len(options):
        return options[int(text)]
    return text


def _detail(reason: DiscardReason, example: Example) -> str:
    if reason in {DiscardReason.WRONG_OPTION_COUNT, DiscardReason.OTHER_OPTIONS, DiscardReason.EQUAL_OPTIONS}:
        return " | ".join(example.options)[:200]
    return example.answer[:200] if reason is DiscardReason.ANSWER_NOT_AMONG_OPTIONS else ""
