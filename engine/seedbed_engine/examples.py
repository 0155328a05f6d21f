"""What an example is: the one normal form that every task is written in."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from seedbed_engine.errors import InvalidExample

MAX_OPTIONS = 26
MAX_CHARACTERS = 100_000


class State(StrEnum):
    """What a person has decided about an example; `pruned` also says so of a branch above it."""

    NEW = "new"
    APPROVED = "approved"
    REJECTED = "rejected"
    PRUNED = "pruned"


class Options(StrEnum):
    """Whether every example has the seed's very options, or options of its own."""

    FIXED = "fixed"
    VARIABLE = "variable"


@dataclass(frozen=True, slots=True)
class Example:
    """One question with its options and the option that answers it; `context` is the passage it is asked about."""

    question: str
    options: tuple[str, ...]
    answer: str
    context: str | None = None

    @property
    def answer_index(self) -> int:
        """Position of the answer among the options (the first, where two options are equal)."""
        return self.options.index(self.answer)


def check_example(example: Example) -> list[str]:
    """Raise InvalidExample where the example cannot be used; return warnings where it can, but should be looked at."""
    if not example.question.strip():
        raise InvalidExample("The question is empty.", "Write a question.")
    if len(example.options) < 2:
        raise InvalidExample(
            f"There {'is one option' if example.options else 'are no options'}.", "Give at least two options."
        )
    if len(example.options) > MAX_OPTIONS:
        raise InvalidExample(f"There are {len(example.options)} options.", f"Give at most {MAX_OPTIONS}.")
    if any(not option.strip() for option in example.options):
        raise InvalidExample("An option is empty.", "Fill it in or take it out.")
    if example.answer not in example.options:
        raise InvalidExample("The answer is not among the options.", "Make it equal to one of them.")
    size = size_of(example)
    if size > MAX_CHARACTERS:
        raise InvalidExample(
            f"The example has {size:,} characters.", f"Shorten it to {MAX_CHARACTERS:,} characters or fewer."
        )
    if len({option.strip() for option in example.options}) < len(example.options):
        return ["Two options are equal."]
    return []


def size_of(example: Example) -> int:
    """How many characters an example has in all."""
    return len(example.question) + len(example.context or "") + sum(map(len, example.options))


def example_from_fields(fields: Mapping[str, Any]) -> Example:
    """Read an example from named fields (a line of a file, a form); InvalidExample says what is wrong with it.

    The answer may be an option's text, its letter (A, B, ...), its position from 0, or a truth value.
    """
    question = fields.get("question")
    if not isinstance(question, str):
        raise InvalidExample("The question is missing.", "Give a text under 'question'.")
    raw_options = fields.get("options")
    if not isinstance(raw_options, list | tuple) or not all(
        isinstance(o, str | bool | int | float) for o in raw_options
    ):
        raise InvalidExample("The options are missing.", "Give a list of texts under 'options'.")
    options = tuple(clean_text(str(option)) for option in raw_options)
    context = fields.get("context")
    if context is not None and not isinstance(context, str):
        raise InvalidExample("The context is not a text.", "Give a text under 'context', or leave it out.")
    answer = _read_answer(fields.get("answer"), options)
    example = Example(clean_text(question), options, answer, clean_text(context) if context else None)
    check_example(example)
    return example


def _read_answer(answer: Any, options: tuple[str, ...]) -> str:
    if isinstance(answer, int) and not isinstance(answer, bool) and str(answer) not in options:
        return options[answer] if 0 <= answer < len(options) else str(answer)
    text = clean_text(str(answer)) if isinstance(answer, str | bool | int | float) else ""
    if not text:
        raise InvalidExample("The answer is missing.", "Give one of the options under 'answer'.")
    if text not in options and len(text) == 1 and text.isalpha():
        index = ord(text.upper()) - ord("A")
        return options[index] if index < len(options) else text
    return text


def clean_text(text: str) -> str:
    """Text as it is kept: NFC, without control characters (but line breaks and tabs) and outer white space."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"})
    return "".join(kept).strip()


_NOT_WORD = re.compile(r"[\W_]+")


def normal_question(question: str) -> str:
    """The question for exact comparison: case, punctuation and white space do not count."""
    return _NOT_WORD.sub(" ", unicodedata.normalize("NFKC", question).casefold()).strip()


def text_digest(text: str) -> str:
    """Short stable name of a text (16 hexadecimal digits of SHA-256)."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
