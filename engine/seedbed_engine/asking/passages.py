"""The answer of an open-book example, checked with its passage: the creator is asked again, the label hidden.

How likely its first word is Yes or No is written behind the reply as a line of its own, with the thresholds that hold
for it, so that whoever reads the stored reply decides the same. Pure.
"""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from seedbed_engine.asking.formats import DiscardReason, TaskFormat
from seedbed_engine.asking.grammars import TRUE_WORDS, noun_of, truths
from seedbed_engine.asking.prompts import Message, prompt
from seedbed_engine.examples import Example

MOST_AROUND_A_CHECK = 120  # tokens that are read and written for a check besides the example itself
_LINE = re.compile(
    r"\nChecked with the passage: yes (\d\.\d\d); kept from (\d\.\d\d), turned up to (\d\.\d\d)\s*", re.ASCII
)
_PASSAGE = re.compile(r"^Passage: (.+)$", re.MULTILINE)
_QUESTION = re.compile(r"^Question: (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which share its label is kept, and up to which it is turned; in between the example is discarded."""

    keep: float
    flip: float


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found: the share of Yes among Yes and No, between 0 and 1, and the thresholds that hold for it."""

    yes: float
    thresholds: Thresholds


def can_be_checked(task: TaskFormat) -> bool:
    """Whether the examples are yes/no (or true/false) questions about a passage."""
    return task.has_context and task.is_fixed and truths(task)


def words_of_check(reply: str) -> tuple[Message, ...]:
    """What the creator is asked about the example in its reply, whose lines a grammar has fixed; nothing where one is
    missing, as in a reply that was cut."""
    passage, question = _PASSAGE.search(reply), _QUESTION.search(reply)
    if passage is None or question is None:
        return ()
    kind = "Statement" if noun_of(question[1]) == "statement" else "Question"
    asked = "Is the statement right? " if kind == "Statement" else ""
    user = f"Passage: {passage[1]}\n{kind}: {question[1]}\n{asked}Answer Yes or No only."
    return Message("system", prompt("small_check")), Message("user", user)


def share_of_yes(likely: Iterable[tuple[str, float]]) -> float | None:
    """The share of Yes among Yes and No, from the likeliest first tokens and their natural logarithms of probability;
    None where neither is among them."""
    found = {"yes": 0.0, "no": 0.0}
    for token, logarithm in likely:
        word = token.strip().casefold()
        if word in found:
            found[word] += math.exp(min(0.0, logarithm))
    total = sum(found.values())
    return found["yes"] / total if total else None


def with_check(reply: str, yes: float, thresholds: Thresholds) -> str:
    """The reply with the line of its check."""
    said = f"Checked with the passage: yes {yes:.2f}; kept from {thresholds.keep:.2f}, turned up to"
    return f"{reply.rstrip()}\n{said} {thresholds.flip:.2f}"


def split_check(reply: str) -> tuple[str, Check | None]:
    """A stored reply without the line of its check, and what that said."""
    start = reply.rfind("\nChecked with the passage: ")
    found = _LINE.fullmatch(reply, start) if start >= 0 else None
    if found is None:
        return reply, None
    yes, keep, flip = map(float, found.groups())
    return reply[:start], Check(yes, Thresholds(keep, flip))


def checked(example: Example, check: Check) -> Example | tuple[DiscardReason, str]:
    """The example as it is kept: as it is, or with the other answer; else why it is not."""
    is_yes = example.answer.casefold() in TRUE_WORDS
    share = check.yes if is_yes else 1 - check.yes
    if share >= check.thresholds.keep:
        return example
    if share <= check.thresholds.flip:
        return replace(example, answer=next(option for option in example.options if option != example.answer))
    return DiscardReason.NOT_IN_PASSAGE, f"asked again, the creator says yes with {check.yes:.0%}"
