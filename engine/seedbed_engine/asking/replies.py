"""How a reply is read: every valid example is salvaged, every other item is discarded with its reason.

Two choices where a reply is ambiguous: of a field that comes twice in one object the last counts, as in JSON (but an
object that starts over with its first field is read as two examples); a number as answer counts from 0.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from seedbed_engine.asking.fields import Discarded, Order, looks_like_example, read_example, split_items
from seedbed_engine.asking.formats import DiscardReason, TaskFormat
from seedbed_engine.asking.grammars import lacks_mark
from seedbed_engine.asking.lines import Block, find_blocks
from seedbed_engine.asking.objects import Found, Pairs, find_objects
from seedbed_engine.asking.passages import can_be_checked, checked, split_check
from seedbed_engine.examples import Example, normal_question

MAX_REPLY = 5_000_000
_RAW = 4_000
_REFUSAL = re.compile(
    r"\W*(?:I(?:['’]m| am) (?:very |so )?(?:sorry|unable|not able)|I (?:can(?:no|['’])?t|won['’]t|must decline)|"
    r"sorry\b|as an AI\b|unfortunately, I\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Discard:
    """An item of a reply that was not kept: where it stood, its text as it came, and why."""

    position: int
    raw_text: str
    reason: DiscardReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ReadReply:
    """What a reply held: with `wanted` items asked for, wanted + surplus = kept + discards + missing."""

    kept: tuple[tuple[int, Example], ...]
    discards: tuple[Discard, ...]
    missing: int
    surplus: int


@dataclass(frozen=True, slots=True)
class _Item:
    raw_text: str
    pairs: Pairs
    is_whole: bool
    is_in_lines: bool = False


def read_reply(
    text: str,
    task: TaskFormat,
    formatting_example: Example | None,
    finish_reason: str | None = None,
    wanted: int = 1,
    shuffle_key: str = "",
    wanted_answers: Sequence[str] | None = None,
) -> ReadReply:
    """Read any text that a creator may send; never raises. A copy of the formatting example, where one is named, is
    discarded.

    Where a creator gives the answer first and then wrong options, their order comes from `shuffle_key` and position,
    and the answer's place among them from what was wanted.
    """
    text, check = split_check(text[:MAX_REPLY].removeprefix("\ufeff"))
    items = _items(text, finish_reason == "length")
    if not items:
        return _count([], [whole_discard(text, finish_reason)], wanted)
    is_unmarked = formatting_example is not None and lacks_mark(formatting_example.question)
    copied = normal_question(formatting_example.question) if formatting_example else None
    kept: list[tuple[int, Example]] = []
    discards: list[Discard] = []
    for position, item in enumerate(items):
        order = Order(random.Random(f"{shuffle_key}/{position}"), _place(wanted_answers, position))
        read = _read_item(item, task, order)
        if isinstance(read, Example) and item.is_in_lines and is_unmarked:
            read = replace(read, question=read.question.removesuffix("?").rstrip() or read.question)
        if isinstance(read, Example) and normal_question(read.question) == copied:
            read = (DiscardReason.COPY_OF_FORMATTING_EXAMPLE, "")
        if isinstance(read, Example) and check and can_be_checked(task):
            read = checked(read, check)
        if isinstance(read, Example):
            kept.append((position, read))
        else:
            discards.append(Discard(position, item.raw_text, *read))
    return _count(kept, discards, wanted)


def _count(kept: list[tuple[int, Example]], discards: list[Discard], wanted: int) -> ReadReply:
    count = len(kept) + len(discards)
    return ReadReply(tuple(kept), tuple(discards), max(0, wanted - count), max(0, count - wanted))


def _place(wanted: Sequence[str] | None, position: int) -> int | None:
    """The place, from 0, that was wanted for the right one of an example's own options."""
    text = wanted[position] if wanted and position < len(wanted) else ""
    return int(text) - 1 if text.isdecimal() else None


def _read_item(item: _Item, task: TaskFormat, order: Order) -> Example | Discarded:
    read = read_example(item.pairs, task, order)
    if item.is_whole or isinstance(read, Example):
        return read
    return DiscardReason.CUT_SHORT, ""


def _items(text: str, is_cut: bool) -> list[_Item]:
    items: list[_Item] = []
    for found, is_example in _examples_and_strays(find_objects(text)):
        for pairs in split_items(found.pairs, found.is_whole) if is_example else [found.pairs]:
            items.append(_Item(text[found.start : min(found.end, found.start + _RAW)], pairs, found.is_whole))
    if any(item.is_whole and looks_like_example(item.pairs) for item in items):
        return items
    blocks = find_blocks(text)
    if any(looks_like_example(item.pairs) for item in items) and not any(map(Block.is_full, blocks)):
        return items
    last = len(blocks) - 1 if blocks and not blocks[-1].is_closed else -1
    lines = [
        _Item(text[block.start : block.end].strip()[:_RAW], Pairs(block.pairs), not (is_cut and place == last), True)
        for place, block in enumerate(blocks)
        if block.has("question")
    ]
    return [item for item in lines if item.is_whole] + [_cut(item) for item in lines if not item.is_whole] or items


def _cut(item: _Item) -> _Item:
    """The last lines of a reply that hit its limit: its last field cannot be trusted."""
    return _Item(item.raw_text, Pairs(item.pairs[:-1]), False, True)


def _examples_and_strays(found: list[Found]) -> list[tuple[Found, bool]]:
    """Objects meant as examples, and objects that are neither that nor part or holder of one."""
    result: list[tuple[Found, bool]] = []
    inside = 0
    for place, item in enumerate(found):
        if looks_like_example(item.pairs) and not (len(item.pairs) < 3 and _holds_more(found, place)):
            result.append((item, True))
            inside = max(inside, item.end)
        elif item.start >= inside and item.pairs and not _holds_more(found, place):
            result.append((item, False))
    return result


def _holds_more(found: list[Found], place: int) -> bool:
    return place + 1 < len(found) and found[place + 1].start < found[place].end


def whole_discard(text: str, finish_reason: str | None) -> Discard:
    """A reply that holds nothing of what was asked for, and why."""
    return Discard(0, text[:_RAW], _why_nothing(text, finish_reason))


def _why_nothing(text: str, finish_reason: str | None) -> DiscardReason:
    if finish_reason == "content_filter":
        return DiscardReason.FILTERED
    if finish_reason == "refusal" or _REFUSAL.match(text):
        return DiscardReason.REFUSED
    if finish_reason == "length":
        return DiscardReason.CUT_SHORT
    return DiscardReason.NOT_JSON if text.strip() else DiscardReason.EMPTY
