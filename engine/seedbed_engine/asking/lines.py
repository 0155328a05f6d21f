"""Examples written as labelled lines ("Question: ...", "Options: ..."), as in the paper and under a line grammar."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from seedbed_engine.asking.fields import field_kind
from seedbed_engine.asking.objects import Pairs, Value

_LABEL = re.compile(r"[\s>*#_\-\d.)(]*+([A-Za-z][A-Za-z ]{0,24}?)(?:\s*\d{1,2})?[\s*_]*[:：][\s*_]*(.*)", re.DOTALL)
_LETTERED = re.compile(r"\s*[-*(]?\s*([A-Z])[).:]\s*(\S.*)", re.DOTALL)

_STARTERS = ("context", "question", "answer", "options")  # the likeliest first
_ODD = 1.6  # fields that a block must gain to make up for looking odd
_GAP = re.compile(r"\s*+(?:`{3,}\w*+|[-*_=]{3,})?\s*+")


@dataclass(slots=True)
class Block:
    """The lines of one example, from `start` to `end` in the text."""

    start: int
    end: int = 0
    pairs: list[tuple[str, Value]] = field(default_factory=list)
    lettered: list[tuple[str, Value]] = field(default_factory=list)
    is_parted: bool = False  # by a gap between its fields (within a passage there may be gaps)
    is_turned: bool = False  # lettered options come behind the answer
    is_closed: bool = False  # by a gap after question and answer: what comes then is talk
    is_ended: bool = False  # by such talk

    def _last_kind(self) -> str | None:
        return field_kind(self.pairs[-1][0]) if self.pairs else None

    def has(self, kind: str) -> bool:
        """Whether a field of this kind was read."""
        return any(name == kind for name, _ in self.pairs)

    def is_full(self) -> bool:
        """Whether it has what every example has."""
        return self.has("question") and self.has("answer")

    def has_had(self, kind: str) -> bool:
        """Whether a field of this kind cannot belong here any more; wrong answers may come one after the other."""
        return self.has(kind) and (kind != "wrong" or self.is_ended)

    def is_left_by(self, kind: str, starter: str) -> bool:
        """Whether a field of this kind belongs to the next example; a passage behind a gap does, and goes with the
        question that follows it."""
        if kind == starter:
            return not (kind == "question" and all(name == "context" for name, _ in self.pairs))
        return self.has_had(kind) or (kind == "context" and self.is_closed)

    def add_field(self, kind: str, value: str, is_behind_gap: bool) -> None:
        """A labelled line."""
        self.is_parted = self.is_parted or (is_behind_gap and self._last_kind() not in {None, "context"})
        self.pairs.append((kind, value))

    def add_line(self, line: str) -> None:
        """A line without a label goes on with the field before it; a lettered one is an option."""
        if _GAP.fullmatch(line):
            self.is_closed = self.is_full()
            return
        self.is_ended = self.is_closed
        if self.is_ended:
            return
        lettered = _LETTERED.fullmatch(line)
        if lettered and (self._last_kind() in {"question", "options"}):
            self._add_option(lettered[1], lettered[2].strip())
        elif self._last_kind() in {"question", "context"}:
            name, value = self.pairs[-1]
            self.pairs[-1] = (name, f"{value}\n{line.strip()}")
        elif self._last_kind() == "options" and isinstance(self.pairs[-1][1], str):
            self.pairs[-1] = ("options", f"{self.pairs[-1][1]}\n{line.strip()}".strip())

    def _add_option(self, letter: str, text: str) -> None:
        if self._last_kind() == "options":
            self.pairs.pop()
        self.is_turned = self.has("answer")
        self.lettered.append((letter, text))
        self.pairs.append(("options", Pairs(self.lettered)))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and where it ends; `kind` is the field that its label names, `is_first`: none is between it and a gap."""

    text: str
    end: int
    kind: str | None
    value: str
    is_first: bool


def find_blocks(text: str) -> list[Block]:
    """The examples written as labelled lines; one ends where a field comes again, or where the field comes with which
    they all begin.

    Which field that is shows in what comes out most complete and in one piece: without it, one damaged label would
    have every question take the answer of the next.
    """
    lines = list(_lines(text))
    kinds = {line.kind for line in lines}
    return max((_blocks(lines, starter) for starter in _STARTERS if starter in kinds), key=_worth, default=[])


def _worth(blocks: Sequence[Block]) -> float:
    """How many fields came together, less where they do not look as if they belonged together."""
    full = [block for block in blocks if block.is_full()]
    fields = sum(len({name for name, value in block.pairs if value}) for block in full)
    return fields - _ODD * sum(block.is_parted + block.is_turned for block in full)


def _blocks(lines: Sequence[_Line], starter: str) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    for line in lines:
        if line.kind:
            if not blocks or blocks[-1].is_left_by(line.kind, starter):
                blocks.append(Block(at))
            blocks[-1].add_field(line.kind, line.value, line.is_first)
        elif blocks:
            blocks[-1].add_line(line.text)
        at = line.end
        if blocks and (line.kind or not blocks[-1].is_closed):
            blocks[-1].end = at
    return blocks


def _lines(text: str) -> Iterator[_Line]:
    end = 0
    is_first = True
    for line in text.splitlines(keepends=True):
        end += len(line)
        labelled = _LABEL.fullmatch(line)
        kind = field_kind(labelled[1]) if labelled else None
        yield _Line(line, end, kind, labelled[2].strip() if labelled else "", is_first)
        is_first = bool(_GAP.fullmatch(line)) or (is_first and kind is None)  # talk behind a gap is a wider gap
