"""JSON-like objects found in any text: whole, cut or sloppily written. Knows nothing about examples."""

import json
import re
from dataclasses import dataclass, field
from typing import TypeAlias

MAX_DEPTH = 64


class Number(str):
    """A number as it was written, so that 1.50 stays 1.50 and a million digits harm nobody."""


class Pairs(tuple[tuple[str, "Value"], ...]):
    """The fields of an object in order; a name may come twice."""


Value: TypeAlias = str | bool | None | list["Value"] | Pairs


@dataclass(frozen=True, slots=True)
class Found:
    """An object in the text from `start` to `end`; not `is_whole` where its closing brace was never reached."""

    start: int
    end: int
    pairs: Pairs
    is_whole: bool


@dataclass(slots=True)
class _Frame:
    start: int
    is_object: bool
    pairs: list[tuple[str, Value]] = field(default_factory=list)
    items: list[Value] = field(default_factory=list)
    key: str | None = None

    @property
    def value(self) -> Value:
        return Pairs(self.pairs) if self.is_object else self.items

    def take(self, value: Value) -> None:
        if not self.is_object:
            self.items.append(value)
        elif self.key is not None:
            self.pairs.append((self.key, value))
            self.key = None


class _Unreadable(Exception):
    """The text at this place is not what the open object or list needs."""


# A quote ends a text only where something follows that may follow a text: so quotes within a text need no backslash.
_NEXT = r"""(?=\s*+(?:[:}\])]|$|,\s*+(?:["'“{\[\]}]|-?\d|(?:true|false|null|True|False|None|NaN)\b|\w++\s*+:|$))"""
_NEXT += r"""|[ \t]*+\r?\n\s*+["'“])"""
# Atomic groups and no possessive ones: Python 3.11.2, Debian 12's own, loses matches of possessively repeated groups.
_STRINGS = {
    '"': re.compile(rf'"((?>(?:[^"\\]++|\\.|"(?!{_NEXT}))*))"', re.DOTALL),
    "'": re.compile(rf"'((?>(?:[^'\\]++|\\.|'(?!{_NEXT}))*))'", re.DOTALL),
    "“": re.compile(r"“([^”]*+)”"),
}
_SWALLOWED = re.compile(r"""[{\[]\s*+["'“]""")
_OBJECT = re.compile(r"""\{\s*+["']([^"'\\]++)["']\s*+:""")
_OPEN = re.compile(r"[{\[]")
_SKIP = re.compile(r"[\s,;]*+")
_COLON = re.compile(r"\s*+(?::|=>|=)")
_KEY = re.compile(r"[^\W\d]\w*+(?=\s*+(?::|=>|=))")
_NUMBER = re.compile(r"[-+]?\d[\d.eE+_-]*+(?=\s*+(?:[,;}\]]|$))")
_BARE = re.compile(r"""[^\s,:{}\[\]"'“][^,{}\[\]"“\n]*+""")
_LITERALS: dict[str, bool | None] = {
    "true": True, "false": False, "null": None, "True": True, "False": False, "None": None,
}  # fmt: skip
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "", "f": "", "0": "", "\n": ""}


def _unescape(raw: str) -> str:
    if "\\" not in raw:
        return raw
    if '"' not in raw:
        try:
            return str(json.loads(f'"{raw}"', strict=False))
        except ValueError:
            pass
    text = _ESCAPE.sub(lambda m: chr(int(m[1][1:], 16)) if len(m[1]) > 1 else _LETTERS.get(m[1], m[1]), raw)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class _Reader:
    """One walk over the text with a stack of its own; what it reads again after a mishap is bounded by a budget."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.stack: list[_Frame] = []
        self.found: dict[int, Found] = {}
        self.budget = len(text) + 10_000
        self.endless: set[str] = set()
        self.beginnings: set[str] = set()  # the first names of objects

    def read(self) -> list[Found]:
        while True:
            try:
                if not self._step():
                    break
            except _Unreadable:
                self._recover()
        return sorted(self.found.values(), key=lambda found: found.start)

    def _step(self) -> bool:
        if not self.stack:
            opening = _OPEN.search(self.text, self.at)
            if opening is None:
                return False
            self._open(opening.start())
            return True
        self.at += len(_SKIP.match(self.text, self.at)[0])  # type: ignore[index]
        if self.at >= len(self.text):
            self._note_open()
            return False
        frame = self.stack[-1]
        if frame.is_object and frame.key is None:
            self._read_key(frame)
        else:
            self._read_value(frame)
        return True

    def _read_key(self, frame: _Frame) -> None:
        mark = self.text[self.at]
        if mark == "}":
            self._close()
        elif mark in "{]" and frame.pairs and len(self.stack) > 1:
            self._close(implied=True)
        elif mark in _STRINGS:
            start = self.at
            frame.key = self._read_string(mark)
            if not frame.pairs:
                self.beginnings.add(frame.key)
            if _SWALLOWED.search(self.text, start + 1, self.at - 1):
                raise _Unreadable
            self._read_colon()
        elif key := _KEY.match(self.text, self.at):
            frame.key, self.at = key[0], key.end()
            self._read_colon()
        else:
            raise _Unreadable

    def _read_colon(self) -> None:
        colon = _COLON.match(self.text, self.at)
        if colon is None:
            raise _Unreadable
        self.at = colon.end()

    def _read_value(self, frame: _Frame) -> None:
        mark = self.text[self.at]
        if mark in "{[":
            self._open(self.at)
        elif mark == "]" and not frame.is_object:
            self._close()
        elif mark in "]}:":
            raise _Unreadable
        elif mark in _STRINGS:
            start = self.at
            value = self._read_string(mark)
            if self._has_swallowed(start):
                raise _Unreadable
            frame.take(value)
        else:
            frame.take(self._read_bare())

    def _read_string(self, mark: str) -> str:
        found = None if mark in self.endless else _STRINGS[mark].match(self.text, self.at)
        if found is None:
            self.endless.add(mark)
            raise _Unreadable
        self.at = found.end()
        return _unescape(found[1])

    def _has_swallowed(self, start: int) -> bool:
        """Whether a text that was just read holds an object that begins as others do: its own end was missing."""
        return any(found[1] in self.beginnings for found in _OBJECT.finditer(self.text, start, self.at))

    def _read_bare(self) -> Value:
        found = _NUMBER.match(self.text, self.at) or _BARE.match(self.text, self.at)
        if found is None or found.end() == len(self.text):
            raise _Unreadable
        self.at = found.end()
        word = found[0].strip()
        if word in _LITERALS:
            return _LITERALS[word]
        return Number(word) if found.re is _NUMBER else word

    def _open(self, start: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            del self.stack[0]  # nobody misses a wrapper so far out
        self.stack.append(_Frame(start, self.text[start] == "{"))
        self.at = start + 1

    def _close(self, implied: bool = False) -> None:
        frame = self.stack.pop()
        self.at += 0 if implied else 1
        if frame.is_object:
            self.found[frame.start] = Found(frame.start, self.at, Pairs(frame.pairs), True)
        if self.stack:
            self.stack[-1].take(frame.value)

    def _note_open(self) -> None:
        for frame in self.stack:
            if frame.is_object and (frame.pairs or frame.key) and frame.start not in self.found:
                self.found[frame.start] = Found(frame.start, self.at, Pairs(frame.pairs), False)

    def _recover(self) -> None:
        self._note_open()
        self._restart()

    def _restart(self) -> None:
        """Look again from just behind the outermost opening, while the budget lasts; else go on from here."""
        start = self.stack[0].start + 1 if self.stack else self.at
        cost = self.at - start + 1
        self.stack.clear()
        if cost <= self.budget:
            self.budget -= cost
            self.at = start
        elif self.at < len(self.text):
            self.at += 1


def find_objects(text: str) -> list[Found]:
    """All objects in the text by place, outer before inner; never raises, and takes time linear in the text."""
    return _Reader(text).read()
