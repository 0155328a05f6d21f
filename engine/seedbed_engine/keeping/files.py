"""Rows of files that others made: JSON lines, JSON, CSV and TSV (also gzipped). Nothing in them is trusted."""

import csv
import gzip
import io
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seedbed_engine.errors import InvalidFile
from seedbed_engine.keeping.faults import reason_of

MAX_BYTES = 1 << 30
BOMB_RATIO, BOMB_BYTES = 200, 1 << 26  # text does not shrink to less than a 200th, but for small files
NESTED = 3  # objects within objects become columns 'a.b.c' so far down
MAGICS = (
    (b"PK\x03\x04", "a zip archive or a spreadsheet", "Save it as CSV."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save it as CSV."),
    (b"PAR1", "a Parquet file", "Save it as JSON lines."),
    (b"ARROW1", "an Arrow file", "Save it as JSON lines."),
    (b"SQLite format 3\0", "an SQLite file", "If it is a Seedbed project, open it instead."),
    (b"%PDF", "a PDF", "Give a .jsonl, .json, .csv or .tsv file."),
    (b"\x89PNG", "a picture", "Give a .jsonl, .json, .csv or .tsv file."),
    (b"\xff\xd8\xff", "a picture", "Give a .jsonl, .json, .csv or .tsv file."),
    (b"\x1f\x8b", "a gzip file", "Let its name end in .gz."),
    (b"BZh", "a bzip2 file", "Unpack it."),
    (b"\xfd7zXZ", "an xz file", "Unpack it."),
    (b"(\xb5/\xfd", "a zstd file", "Unpack it."),
)
OPTION_FIELDS = {"label", "text", "key", "value", "id"}
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet runs; an export puts a quote in front
_LINE = re.compile(r"[^\r\n]+")


@dataclass(frozen=True)
class FileRows:
    """A file's rows with the names of their columns, before anybody said which column is what.

    Each of `warnings` is a row that was left out; `remarks` are about the file as a whole.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    warnings: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def read_file(path: Path, max_bytes: int = MAX_BYTES) -> FileRows:
    """Read rows of a JSON lines, JSON, CSV or TSV file (perhaps .gz); InvalidFile says what is wrong with it."""
    name = path.name.lower().removesuffix(".gz")
    is_table = name.endswith((".csv", ".tsv"))
    if not is_table and not name.endswith((".jsonl", ".json", ".ndjson")):
        raise InvalidFile(f"{path.name} is of no kind that can be read.", "Give a .jsonl, .json, .csv or .tsv file.")
    text = _as_text(path, _read_bytes(path, max_bytes))
    if not text.strip():
        raise InvalidFile(f"{path.name} is empty.", "Choose another file.")
    return _read_table(path, text, name) if is_table else _read_json(path, text)


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise InvalidFile(f"{path.name} is not a file.", "Choose a file.")
        if path.stat().st_size > max_bytes:
            raise InvalidFile(f"{path.name} is larger than {_size(max_bytes)}.", "Split it.")
        return _unzip(path, max_bytes) if path.name.lower().endswith(".gz") else path.read_bytes()
    except OSError as error:
        raise InvalidFile(f"{path.name} cannot be read: {reason_of(error)}.", "Check the path.") from error


def _unzip(path: Path, max_bytes: int) -> bytes:
    limit = min(max_bytes, max(BOMB_BYTES, BOMB_RATIO * path.stat().st_size))
    try:
        with gzip.open(path) as file:
            data = file.read(limit + 1)
    except gzip.BadGzipFile as error:
        raise InvalidFile(f"{path.name} is not a gzip file, or a damaged one.", "Get it again.") from error
    except (EOFError, zlib.error) as error:
        raise InvalidFile(f"{path.name} is a damaged gzip file.", "Get it again.") from error
    if len(data) > limit:
        raise InvalidFile(f"{path.name} unpacks to more than {_size(limit)}.", "Unpack it and split it.")
    return data


def _size(count: int) -> str:
    return f"{count / (1 << 20):,.0f} MB" if count >= 1 << 20 else f"{count:,} bytes"


def _as_text(path: Path, data: bytes) -> str:
    for magic, kind, mend in MAGICS:
        if data.startswith(magic):
            raise InvalidFile(f"{path.name} is not what its name says: it is {kind}.", mend)
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        encoding = "utf-32"
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in data[:4096]:
        raise InvalidFile(f"{path.name} is not a text file.", "If it is UTF-16 text, save it as UTF-8.")
    else:
        encoding = "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        is_utf8 = encoding == "utf-8-sig"
        what = "UTF-8 text" if is_utf8 else "the UTF-16 text it begins as"
        raise InvalidFile(f"{path.name} is not {what} (byte {error.start:,}).", "Save it as UTF-8.") from error


def _read_table(path: Path, text: str, name: str) -> FileRows:
    if _is_json(next(_LINE.finditer(text))[0]):
        raise InvalidFile(f"{path.name} is not what its name says: it is JSON.", "Let its name end in .jsonl or .json.")
    csv.field_size_limit(MAX_BYTES)
    delimiter = "\t" if name.endswith(".tsv") else _delimiter(text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[dict[str, Any]] = []
    warnings: list[str] = []
    try:
        columns, remarks = _named(next(lines))
        for cells in lines:
            if len(cells) > len(columns):
                warnings.append(f"Line {lines.line_num} left out: {len(cells)} cells for {len(columns)} columns.")
            elif cells:
                rows.append(dict(zip(columns, map(_unquoted, cells), strict=False)))
    except csv.Error as error:
        raise InvalidFile(
            f"{path.name} is not a proper table: line {lines.line_num}: {error}.", "Save it anew as CSV."
        ) from error
    if not rows or len(columns) < 2:
        raise InvalidFile(f"{path.name} has no rows below a line of column names.", "Name the columns in line 1.")
    return FileRows(columns, rows, warnings, remarks)


def _unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_SIGNS) else cell


def _delimiter(text: str) -> str:
    return max(",;\t", key=next(_LINE.finditer(text))[0].count)


def _named(header: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Names that are all there and all different, and remarks where they were not."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    remarks: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = cell.strip() or f"column {number}"
        seen[name] += 1
        if seen[name] > 1:
            remarks.append(f"Two columns are called '{name}': the second one is now '{name} ({seen[name]})'.")
            name = f"{name} ({seen[name]})"
        names.append(name)
    return tuple(names), remarks


def _is_json(line: str) -> bool:
    if not line.lstrip().startswith(("{", "[")):
        return False
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return line.strip() in {"{", "["}
    return True


def _read_json(path: Path, text: str) -> FileRows:
    if text.lstrip().startswith(("[", "{")):
        try:
            return _of_one_value(path, json.loads(text))
        except (ValueError, RecursionError) as error:
            if text.lstrip().startswith("["):
                why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
                raise InvalidFile(f"{path.name} is not proper JSON: {why}.", "Check the file.") from error
    return _read_json_lines(path, text)


def _of_one_value(path: Path, found: Any) -> FileRows:
    if isinstance(found, dict):
        lists = [value for value in found.values() if _is_list_of_rows(value)]
        if found and all(isinstance(value, dict) for value in found.values()):
            found = [{"id": name, **value} for name, value in found.items()]
        else:
            found = lists[0] if len(lists) == 1 and len(found) < 5 else [found]
    return _as_rows(path, list(enumerate(found, start=1)), "Item")


def _is_list_of_rows(value: Any) -> bool:
    """A list of objects that are more than the labelled options of one question."""
    return (
        isinstance(value, list)
        and all(isinstance(row, dict) for row in value)
        and any(not set(row) <= OPTION_FIELDS for row in value)
    )


def _read_json_lines(path: Path, text: str) -> FileRows:
    rows: list[tuple[int, Any]] = []
    broken = 0
    text = text if "\n" in text else text.replace("\r", "\n")
    for number, line in enumerate(io.StringIO(text), start=1):
        try:
            if line.strip():
                rows.append((number, json.loads(line)))
        except (ValueError, RecursionError):
            broken += 1
            rows.append((number, None))
    if broken == len(rows):
        raise InvalidFile(f"{path.name} is not JSON lines.", "Each line must be one JSON object.")
    return _as_rows(path, rows, "Line")


def _as_rows(path: Path, found: Sequence[tuple[int, Any]], word: str) -> FileRows:
    rows = [dict(_flat(row)) for _, row in found if isinstance(row, dict)]
    warnings = [
        f"{word} {number} left out: it is not a JSON object." for number, row in found if not isinstance(row, dict)
    ]
    if not rows:
        raise InvalidFile(f"{path.name} has no JSON objects in it.", "Each row must be an object with named fields.")
    columns = tuple(dict.fromkeys(name for row in rows[:1000] for name in row))
    return FileRows(columns, rows, warnings)


def _flat(row: Mapping[str, Any], stem: str = "", depth: int = 1) -> Iterator[tuple[str, Any]]:
    """Names and values; an object within the object gives columns named 'outer.inner'."""
    for name, value in row.items():
        if isinstance(value, dict) and depth < NESTED:
            yield from _flat(value, f"{stem}{name}.", depth + 1)
        else:
            yield f"{stem}{name}", value
