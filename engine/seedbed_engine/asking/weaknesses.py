"""Where a model is weak, as something to ask for: which examples to grow from, and the kind of the errors in words.

The words name what kind of error it is, never a text that was answered wrongly.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

MOST_PARENTS = 5
MOSTLY = 0.6  # share of the errors that have something in common, from which it is said
QUOTED = 60  # characters of a label


@dataclass(frozen=True, slots=True)
class Missed:
    """One item that was answered wrongly, with (number, cosine) of the examples trained on that lie nearest to it.

    `right` and `said` are labels that all items share; empty where each has options of its own.
    """

    item: int
    right: str
    said: str
    length: str
    nearest: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What to grow: the formatting examples, and what the new examples should be."""

    parents: tuple[int, ...]
    instruction: str


def wish_for(missed: Sequence[Missed], most: int = MOST_PARENTS) -> Wish:
    """The examples nearest to these errors, each counted as often as it is near, and the errors' kind in words."""
    weights: dict[int, float] = defaultdict(float)
    for each in missed:
        for number, likeness in each.nearest:
            weights[number] += max(likeness, 0.0)
    parents = sorted(weights, key=lambda number: (-weights[number], number))[:most]
    return Wish(tuple(parents), f"hard cases {_confusion(missed)}{_length(missed)}." if missed else "")


def _confusion(missed: Sequence[Missed]) -> str:
    pairs = Counter((each.right, each.said) for each in missed if each.right)
    if not pairs:
        return "in which one of the wrong options is tempting"
    (right, said), many = pairs.most_common(1)[0]
    if many >= MOSTLY * len(missed):
        return f"whose right answer is {_quoted(right)} although {_quoted(said)} is easily given by mistake"
    names = sorted({name for pair in pairs for name in pair})
    listed = f"{', '.join(map(_quoted, names[:-1]))} and {_quoted(names[-1])}"
    return f"in which {listed} are easily mistaken for each other"


def _length(missed: Sequence[Missed]) -> str:
    for name, words in (("longest third", "; rather long"), ("shortest third", "; rather short")):
        if sum(each.length == name for each in missed) >= MOSTLY * len(missed):
            return words
    return ""


def _quoted(label: str) -> str:
    return f"\N{LEFT DOUBLE QUOTATION MARK}{' '.join(label.split())[:QUOTED]}\N{RIGHT DOUBLE QUOTATION MARK}"
