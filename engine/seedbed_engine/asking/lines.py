"""Examples written as labelled lines ("Question: ...", "Options: ..."), as in the paper and under a line grammar."""

import re
from dataclasses import dataclass, field

from seedbed_engine.asking.fields import field_kind
from seedbed_engine.asking.objects import Pairs, Value

_LABEL = re.compile(r"[\s>*#_\-\d.)(]*+([A-Za-z][A-Za-z ]{0,24}?)(?:\s*\d{1,2})?[\s*_]*[:：][\s*_]*(.*)", re.DOTALL)
_LETTERED = re.compile(r"\s*[-*(]?\s*([A-Z])[).:]\s*(\S.*)", re.DOTALL)


@dataclass(slots=True)
class Block:
    """The lines of one example, from `start` to `end` in the text."""

    start: int
    end: int = 0
    pairs: list[tuple[str, Value]] = field(default_factory=list)
    lettered: list[tuple[str, Value]] = field(default_factory=list)

    def _last_kind(self) -> str | None:
        return field_kind(self.pairs[-1][0]) if self.pairs else None

    def has(self, kind: str) -> bool:
        """Whether a field of this kind was read."""
        return any(name == kind for name, _ in self.pairs)

    def add_line(self, line: str) -> None:
        """A line without a label goes on with the field before it; a lettered one is an option."""
        lettered = _LETTERED.fullmatch(line)
        if lettered and (self._last_kind() in {"question", "options"}):
            self._add_option(lettered[1], lettered[2].strip())
        elif self._last_kind() in {"question", "context"} and line.strip():
            name, value = self.pairs[-1]
            self.pairs[-1] = (name, f"{value}\n{line.strip()}")
        elif self._last_kind() == "options" and line.strip() and isinstance(self.pairs[-1][1], str):
            self.pairs[-1] = ("options", f"{self.pairs[-1][1]}\n{line.strip()}".strip())

    def _add_option(self, letter: str, text: str) -> None:
        if self._last_kind() == "options":
            self.pairs.pop()
        self.lettered.append((letter, text))
        self.pairs.append(("options", Pairs(self.lettered)))


def find_blocks(text: str) -> list[Block]:
    """The examples written as labelled lines; one ends where a field comes again."""
    blocks: list[Block] = []
    at = 0
    for line in text.splitlines(keepends=True):
        labelled = _LABEL.fullmatch(line)
        kind = field_kind(labelled[1]) if labelled else None
        if labelled and kind:
            if not blocks or (kind != "wrong" and blocks[-1].has(kind)):
                blocks.append(Block(at))
            blocks[-1].pairs.append((kind, labelled[2].strip()))
        elif blocks:
            blocks[-1].add_line(line)
        at += len(line)
        if blocks:
            blocks[-1].end = at
    return [block for block in blocks if block.has("question")]
