"""The format of a task: what every example of it must look like, inferred from one seed."""

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from seedbed_engine.errors import PersonError
from seedbed_engine.examples import MAX_CHARACTERS, Example, Options, size_of


class DiscardReason(StrEnum):
    """Why an item of a reply is not in the tree: one vocabulary for reading, for the door and for the database."""

    NOT_JSON = "no example in the reply"
    CUT_SHORT = "cut short"
    REFUSED = "refused by the creator"
    FILTERED = "stopped by the server's filter"
    EMPTY = "empty reply"
    NO_FIELDS = "a field is missing"
    WRONG_OPTION_COUNT = "wrong number of options"
    OTHER_OPTIONS = "other options than the seed's"
    EQUAL_OPTIONS = "two options are equal"
    ANSWER_NOT_AMONG_OPTIONS = "answer not among the options"
    EMPTY_QUESTION = "empty question"
    NO_BLANK = "not one blank and all options in the sentence"
    MISSING_CONTEXT = "no passage"
    NOT_IN_PASSAGE = "its passage does not bear its answer out"
    COPY_OF_FORMATTING_EXAMPLE = "copy of the formatting example"
    UNCHANGED = "unchanged"
    EDITED = "edited since it was asked about"
    LOOPED = "goes round in circles"
    TOO_LONG = "too long"
    REPEATED_QUESTION = "question was there before"
    TWIN = "twin of a kept example"
    LEAK = "too near to a test example"


@dataclass(frozen=True, slots=True)
class TaskFormat:
    """What all examples of a task share; `options` is empty where every example has options of its own.

    `seed_size` is how many characters the seed has (0: not known); it belongs to no comparison.
    """

    kind: Options
    count: int
    options: tuple[str, ...]
    has_context: bool
    has_blank: bool = False  # the question is a sentence with one blank, and both options stand in it
    seed_size: int = field(default=0, compare=False)

    @property
    def is_fixed(self) -> bool:
        """Whether every example has the seed's very options."""
        return self.kind is Options.FIXED

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields in the order in which they are written: with fixed options the label comes before the text."""
        if self.is_fixed:
            order: tuple[str, ...] = ("options", "answer", "question", "context")
        else:
            order = ("question", "context", "options", "answer")
        return order if self.has_context else tuple(field for field in order if field != "context")

    @property
    def name(self) -> str:
        """The format in words, such as "True or False with a passage" or "multiple choice of 5"."""
        passage = " with a passage" if self.has_context else ""
        if not self.is_fixed:
            return f"multiple choice of {self.count}{passage}"
        if self.count <= 4:
            return f"{', '.join(self.options[:-1])} or {self.options[-1]}{passage}"
        return f"one of {self.count} labels{passage}"


_BLANK = re.compile(r"_+")
_LABELS = """
true false yes no maybe unknown undecided unclear neither both none positive negative neutral mixed entailment
contradiction contradicted entailed supported refuted supports refutes not enough info evidence spam ham agree
disagree strongly very somewhat slightly good bad correct incorrect right wrong relevant irrelevant high
medium low toxic toxicity offensive hateful fact fiction real fake likely unlikely possible impossible safe
unsafe objective subjective formal informal complaint praise joy anger fear sadness surprise disgust love
other equivalent different same duplicate acceptable unacceptable plausible implausible present absent in
favor favour against
"""
_LABEL_WORDS = frozenset(_LABELS.split())
_LABEL_TOKEN = re.compile(r"[A-Z]|\d{1,2}|[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)+|[a-z]+(?:_[a-z0-9]+)+|[A-Z]{3,}")


def _is_label(option: str) -> bool:
    words = re.findall(r"\w+", option.casefold())
    return bool(_LABEL_TOKEN.fullmatch(option.strip())) or (0 < len(words) <= 4 and _LABEL_WORDS.issuperset(words))


def infer_kind(seed: Example) -> Options:
    """Fixed where the seed's options are labels (True/False, yes/no, grades, letters), else variable; a guess."""
    return Options.FIXED if all(_is_label(option) for option in seed.options) else Options.VARIABLE


def infer_format(seed: Example, kind: Options | None = None) -> TaskFormat:
    """The format that one seed shows; a person may say the `kind` of options, which one example cannot settle."""
    chosen = kind or infer_kind(seed)
    options = seed.options if chosen is Options.FIXED else ()
    has_blank = chosen is Options.VARIABLE and _has_filled_blank(seed)
    return TaskFormat(chosen, len(seed.options), options, bool(seed.context), has_blank, size_of(seed))


def _has_filled_blank(example: Example) -> bool:
    """Whether the question has one blank (_) and names all its options besides."""
    text = plain(example.question)
    return len(_BLANK.findall(text)) == 1 and all(_names(text, option) for option in example.options)


def _names(text: str, option: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(plain(option))}(?!\w)", text) is not None


def plain(option: str) -> str:
    """An option for comparison: case and white space do not count."""
    return " ".join(option.casefold().split())


def check_against(task: TaskFormat, example: Example) -> DiscardReason | None:
    """The reason why the example does not have the format; None where it has."""
    if not example.question.strip():
        return DiscardReason.EMPTY_QUESTION
    if len(example.options) != task.count:
        return DiscardReason.WRONG_OPTION_COUNT
    if task.is_fixed and example.options != task.options:
        return DiscardReason.OTHER_OPTIONS
    if not task.is_fixed and len({plain(option) for option in example.options}) < task.count:
        return DiscardReason.EQUAL_OPTIONS
    if example.answer not in example.options:
        return DiscardReason.ANSWER_NOT_AMONG_OPTIONS
    if task.has_blank and not _has_filled_blank(example):
        return DiscardReason.NO_BLANK
    if task.has_context and not (example.context or "").strip():
        return DiscardReason.MISSING_CONTEXT
    return _check_text(example)


def _check_text(example: Example) -> DiscardReason | None:
    texts = [example.question, example.context or "", *example.options]
    if sum(map(len, texts)) > MAX_CHARACTERS:
        return DiscardReason.TOO_LONG
    return DiscardReason.LOOPED if any(map(is_looped, texts)) or any(map(_stutters, example.options)) else None


def _stutters(option: str) -> bool:
    """Whether an option says one thing several times, as small models do: "LED TV LED TV", "chain chain chain"."""
    words = option.casefold().split()
    half = len(words) // 2
    is_double = half > 1 and words[:half] == words[half:]
    return is_double or any(a == b == c for a, b, c in zip(words, words[1:], words[2:], strict=False))


def is_looped(text: str) -> bool:
    """Whether the text goes round in circles, as small models do: repeated word triples make up much of it."""
    words = text.casefold().split()
    if len(words) < 9:
        return len(words) >= 5 and len(set(words)) == 1
    triples = Counter(zip(words, words[1:], words[2:], strict=False))
    often, share = (3, 0.4) if len(words) < 60 else (4, 0.5)
    repeated = sum(times for times in triples.values() if times >= often)
    return repeated >= share * (len(words) - 2)


def check_wanted_answer(task: TaskFormat, answer: str) -> None:
    """PersonError where no example of this task can have the answer that a person wants of all."""
    if not answer or answer in task.options:
        return
    if not task.is_fixed:
        raise PersonError(
            "Every example of this task has options of its own, so no one answer can be wanted of all.", "Leave it out."
        )
    listed = ", ".join(task.options)
    raise PersonError(f"The wanted answer “{answer}” is not among the options ({listed}).", "Choose one of those.")
