"""Model files: what a GGUF file says of itself, read from its head alone, whoever wrote it.

Nothing that the file claims is believed before it fits into the file: a damaged or foreign one gets a sentence.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from seedbed_engine.errors import CreatorError

MOST_FIELDS = 4_096
MOST_MEMBERS = 4_000_000  # of a list; vocabularies have some 300,000
MOST_TENSORS = 100_000
LONGEST_KEPT = 200_000  # bytes of a text; chat templates have some thousand
_SHOWN = 240  # characters of a chat template
_NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_TEXT, _LIST = 8, 9
_NEWEST = 3  # version of the format


class _Damaged(Exception):
    """What the head claims is not in the file."""


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What a GGUF file says of itself; empty or 0 where it says nothing."""

    path: Path
    bytes: int
    architecture: str
    name: str = ""
    licence: str = ""
    context: int = 0  # tokens
    parameters: int = 0
    written_as: str = ""
    chat_template: str = ""

    def lines(self) -> list[tuple[str, str]]:
        """The facts in words, for a person who is to decide whether to use the file."""
        size = f"{self.bytes / 1e9:.2f} GB" if self.bytes >= 1e9 else f"{self.bytes / 1e6:.0f} MB"
        more = [f"{self.parameters / 1e9:.2f} billion parameters"] if self.parameters else []
        template = " ".join(self.chat_template.split())
        return [
            ("Name", self.name or "not said"),
            ("Architecture", self.architecture or "not said"),
            ("Licence", self.licence or "not said in the file: look where it came from"),
            ("Size", ", ".join([size, *more, *([self.written_as] if self.written_as else [])])),
            ("Context", f"{self.context:,} tokens" if self.context else "not said"),
            (
                "Chat template",
                _cut(template) if template else "none: this is probably no model that follows instructions",
            ),
        ]


@dataclass(slots=True)
class _Head:
    """The head of a file, read once from front to back."""

    file: BinaryIO
    size: int
    order: str = "<"
    fields: dict[str, Any] = field(default_factory=dict)

    def number(self, code: str) -> Any:
        wide = struct.calcsize(f"={code}")
        data = self.file.read(wide)
        if len(data) < wide:
            raise _Damaged
        return struct.unpack(f"{self.order}{code}", data)[0]

    def skip(self, count: int) -> None:
        if count > self.size - self.file.tell():
            raise _Damaged
        self.file.seek(count, 1)

    def text(self) -> str:
        length = self.number("Q")
        if length > self.size - self.file.tell():
            raise _Damaged
        text = self.file.read(min(length, LONGEST_KEPT)).decode("utf-8", errors="replace")
        self.skip(max(0, length - LONGEST_KEPT))
        return text

    def value(self, kind: int, depth: int = 0) -> Any:
        """A value of this kind; lists are passed over."""
        if kind in _NUMBERS:
            return self.number(_NUMBERS[kind])
        if kind == _TEXT:
            return self.text()
        if kind != _LIST or depth > 2:
            raise _Damaged
        inner, count = self.number("I"), self.number("Q")
        if count > MOST_MEMBERS:
            raise _Damaged
        if inner in _NUMBERS:
            self.skip(count * struct.calcsize(f"={_NUMBERS[inner]}"))
        else:
            pass_over: Callable[[], object] = (
                self._pass_text if inner == _TEXT else lambda: self.value(inner, depth + 1)
            )
            for _ in range(count):
                pass_over()
        return None

    def _pass_text(self) -> None:
        self.skip(self.number("Q"))


def read_model_file(path: Path) -> ModelFacts:
    """What a GGUF file says of itself; CreatorError, with the reason, where it is none or is damaged."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            return _facts(path, _Head(file, size))
    except _Damaged:
        raise CreatorError(f"'{path.name}' is damaged: it ends before what it announces.", "Fetch it again.") from None
    except OSError as error:
        raise CreatorError(f"The model file '{path}' cannot be read.", "Choose a GGUF file.") from error


def _facts(path: Path, head: _Head) -> ModelFacts:
    tensors, count = _begin(path, head)
    for _ in range(count):
        name = head.text()
        head.fields[name] = head.value(head.number("I"))
    held = [_tensor(head) for _ in range(tensors)]
    parameters = sum(elements for elements, _ in held)
    _check_length(path, head, max((end for _, end in held), default=0))
    found = head.fields
    architecture = _text(found, "general.architecture")
    licences = (_text(found, "general.license.name"), _text(found, "general.license"))
    return ModelFacts(
        path,
        head.size,
        architecture,
        name=_text(found, "general.name"),
        licence=next(filter(None, licences), ""),
        context=_whole(found, f"{architecture}.context_length"),
        parameters=parameters,
        written_as=_written_as(_whole(found, "general.file_type", -1)),
        chat_template=_text(found, "tokenizer.chat_template"),
    )


def _begin(path: Path, head: _Head) -> tuple[int, int]:
    """How many tensors and fields the file announces."""
    if head.file.read(4) != b"GGUF":
        raise CreatorError(f"'{path.name}' is not a GGUF model file.", "Choose a file that ends with .gguf.")
    version = head.number("I")
    if version > 0xFFFF:
        raise CreatorError(f"'{path.name}' was written for machines of another byte order.", "Choose another file.")
    if version > _NEWEST:
        raise CreatorError(
            f"'{path.name}' is of version {version} of GGUF, which nobody here can read.",
            "Choose one of version 2 or 3; if its maker has no other, it may be damaged: fetch it again.",
        )
    if version < 2:
        raise CreatorError(f"'{path.name}' is a GGUF file of an early kind.", "Fetch a newer one.")
    tensors, fields = head.number("Q"), head.number("Q")
    if tensors > MOST_TENSORS or fields > MOST_FIELDS:
        raise _Damaged
    return tensors, fields


def _tensor(head: _Head) -> tuple[int, int]:
    """The numbers that a tensor holds, and where it ends after the head; its entry is read to its end."""
    head.skip(head.number("Q"))
    dimensions = head.number("I")
    if dimensions > 8:
        raise _Damaged
    elements = 1
    for _ in range(dimensions):
        elements *= int(head.number("Q"))
    block, wide = _blocks().get(int(head.number("I")), (1, 0))
    return min(elements, 1 << 50), head.number("Q") + -(-elements // block) * wide


@cache
def _blocks() -> dict[int, tuple[int, int]]:
    """Numbers and bytes of a block, by the tensor's type; of a type that is not here only the offset is known."""
    from gguf import GGML_QUANT_SIZES

    return {int(kind): sizes for kind, sizes in GGML_QUANT_SIZES.items()}


def _written_as(kind: int) -> str:
    from gguf import LlamaFileType

    known = {int(each): each.name for each in LlamaFileType}
    return known.get(kind, "").removeprefix("MOSTLY_").removeprefix("ALL_")


def _check_length(path: Path, head: _Head, end: int) -> None:
    """CreatorError where the last tensor ends beyond the file: a download that was cut."""
    aligned = max(1, _whole(head.fields, "general.alignment", 32))
    wanted = -(-head.file.tell() // aligned) * aligned + end
    if end and wanted > head.size:
        raise CreatorError(
            f"'{path.name}' is cut: it has {head.size:,} bytes of {wanted:,}.",
            "Its download has probably ended early: fetch it again.",
        )


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    return "".join(c for c in value if c.isprintable() or c in "\n\t").strip() if isinstance(value, str) else ""


def _whole(found: dict[str, Any], name: str, default: int = 0) -> int:
    value = found.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else default


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"
