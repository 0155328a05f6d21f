"""Differences: which words of two texts are not the same. Pure."""

import re
from difflib import SequenceMatcher

from seedbed_engine.examples import Example

_PIECE = re.compile(r"\s+|\w+|[^\w\s]")
MOST_PIECES = 4000  # longer texts are compared as wholes

Piece = tuple[str, bool]  # a stretch of text, and whether it is changed


def mark_changes(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts as stretches that are the same and stretches that are not; joined they are the texts again."""
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if before == after or max(len(old), len(new)) > MOST_PIECES:
        is_changed = before != after
        return _joined([(before, is_changed)]), _joined([(after, is_changed)])
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left.append(("".join(old[a:b]), kind != "equal"))
        right.append(("".join(new[c:d]), kind != "equal"))
    return _joined(left), _joined(right)


def changed_fields(now: Example, to: Example) -> list[tuple[str, str, str]]:
    """The fields that differ: name, as it is, as it would be."""
    pairs = (
        ("question", now.question, to.question),
        ("context", now.context or "", to.context or ""),
        ("options", " | ".join(now.options), " | ".join(to.options)),
        ("answer", now.answer, to.answer),
    )
    return [pair for pair in pairs if pair[1] != pair[2]]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Without empty stretches; white space between two changed words counts as changed with them."""
    found: list[Piece] = []
    for place, (text, is_changed) in enumerate(pieces):
        is_gap = not text.strip() and 0 < place < len(pieces) - 1
        mark = is_changed or (is_gap and pieces[place - 1][1] and pieces[place + 1][1])
        if text and found and found[-1][1] == mark:
            found[-1] = (found[-1][0] + text, mark)
        elif text:
            found.append((text, mark))
    return found
