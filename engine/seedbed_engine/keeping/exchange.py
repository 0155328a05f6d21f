"""Examples from files and into files: JSON lines, JSON, CSV and TSV (also gzipped). Text is data, never code."""

import csv
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seedbed_engine.errors import InvalidExample, InvalidFile
from seedbed_engine.examples import Example, check_example, example_from_fields
from seedbed_engine.keeping.rows import ExampleRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import read_kept, read_keys

MAX_BYTES = 1 << 30
FIELDS = ("question", "context", "options", "answer")
GUESSES: Mapping[str, tuple[str, ...]] = {
    "question": ("question", "query", "goal", "sentence", "claim", "text", "statement", "input", "q"),
    "context": ("context", "passage", "abstract", "paragraph", "background", "document"),
    "options": ("options", "choices", "answers", "candidates"),
    "answer": ("answer", "label", "gold", "target", "correct", "output", "final_decision"),
}


@dataclass(frozen=True)
class FileRows:
    """A file's rows with the names of their columns, before anybody said which column is what."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Mapped:
    """Which column holds what; several option columns make one list; `fixed_options` where no column has them."""

    question: str
    answer: str
    options: tuple[str, ...] = ()
    context: str | None = None
    fixed_options: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadExamples:
    """Examples of a file, and in words what was left out or should be looked at."""

    examples: list[Example]
    warnings: list[str]
    left_out: int


def read_file(path: Path) -> FileRows:
    """Read rows of a JSON lines, JSON, CSV or TSV file (perhaps .gz); InvalidFile says what is wrong with it."""
    text = _read_text(path)
    name = path.name.removesuffix(".gz").lower()
    if name.endswith((".csv", ".tsv")):
        return _read_table(path, text, "\t" if name.endswith(".tsv") else None)
    stripped = text.lstrip()
    if name.endswith(".json") and stripped.startswith("["):
        return _read_json_list(path, text)
    if name.endswith((".jsonl", ".json", ".ndjson")) or stripped.startswith("{"):
        return _read_json_lines(path, text)
    raise InvalidFile(f"{path.name} is of no kind that can be read.", "Give a .jsonl, .json, .csv or .tsv file.")


def guess_columns(found: FileRows) -> Mapped | None:
    """The likely meaning of the columns by their names; None where no question or answer column is seen."""
    lower = {column.lower().strip(): column for column in found.columns}

    def first(what: str) -> str | None:
        return next((lower[guess] for guess in GUESSES[what] if guess in lower), None)

    question, answer, options = first("question"), first("answer"), first("options")
    if question is None or answer is None:
        return None
    several = tuple(c for name, c in lower.items() if _is_option_column(name)) if options is None else (options,)
    fixed = () if several else tuple(sorted({str(row.get(answer)) for row in found.rows[:5000]} - {"None", ""}))
    return Mapped(question, answer, several, first("context"), fixed if len(fixed) <= 26 else ())


def _is_option_column(name: str) -> bool:
    stem = name.rstrip("0123456789").rstrip("_- ")
    return stem in {"option", "choice", "sol", "opt", "answer", "ending"} and name != stem


def read_examples_of(found: FileRows, mapped: Mapped) -> ReadExamples:
    """Examples of rows whose columns are mapped; a row that cannot be used is left out with a warning."""
    examples: list[Example] = []
    warnings = list(found.warnings)
    left_out = len(found.warnings)
    for number, row in enumerate(found.rows, start=1):
        try:
            example = example_from_fields(_fields(row, mapped))
        except InvalidExample as error:
            left_out += 1
            warnings.append(f"Row {number} left out: {error}")
            continue
        warnings += [f"Row {number}: {warning}" for warning in check_example(example)]
        examples.append(example)
    return ReadExamples(examples, warnings, left_out)


def _fields(row: Mapping[str, Any], mapped: Mapped) -> dict[str, Any]:
    options: Any = list(mapped.fixed_options)
    if len(mapped.options) == 1:
        options = _option_list(row.get(mapped.options[0]))
    elif mapped.options:
        options = [row[c] for c in mapped.options if row.get(c) not in (None, "")]
    answer = row.get(mapped.answer)
    if isinstance(answer, str) and answer.isdigit() and isinstance(options, list) and answer not in options:
        answer = int(answer)
    context = row.get(mapped.context) if mapped.context else None
    return {"question": row.get(mapped.question), "options": options, "answer": answer, "context": context or None}


def _option_list(value: Any) -> Any:
    """A list as it is; a text that is a JSON list or a list with bars or semicolons between."""
    if not isinstance(value, str):
        return value
    if value.lstrip().startswith("["):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return [value]
    mark = next((mark for mark in ("|", ";", "\n") if mark in value), None)
    return [part.strip() for part in value.split(mark)] if mark else [value]


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InvalidFile(f"{path.name} is larger than 1 GB.", "Split it.")
        data = _unzip(path) if path.name.endswith(".gz") else path.read_bytes()
    except OSError as error:
        raise InvalidFile(f"{path.name} cannot be read: {error.strerror or error}.", "Check the path.") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:4096]:
        raise InvalidFile(f"{path.name} is not a text file.", "Give a .jsonl, .json, .csv or .tsv file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidFile(f"{path.name} is not UTF-8 text (byte {error.start:,}).", "Save it as UTF-8.") from error


def _unzip(path: Path) -> bytes:
    try:
        with gzip.open(path) as file:
            data = file.read(MAX_BYTES + 1)
    except (EOFError, zlib.error) as error:
        raise InvalidFile(f"{path.name} is a damaged gzip file.", "Get it again.") from error
    if len(data) > MAX_BYTES:
        raise InvalidFile(f"{path.name} unpacks to more than 1 GB.", "Split it.")
    return data


def _read_table(path: Path, text: str, delimiter: str | None) -> FileRows:
    csv.field_size_limit(MAX_BYTES)
    if delimiter is None:
        head = text[: text.find("\n")] if "\n" in text else text
        delimiter = max(",;\t", key=head.count)
    try:
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows: list[dict[str, Any]] = [dict(row) for row in reader]
    except csv.Error as error:
        raise InvalidFile(f"{path.name} is not a proper table: {error}.", "Save it anew as CSV.") from error
    columns = tuple(name for name in reader.fieldnames or () if name)
    if not rows or len(columns) < 2:
        raise InvalidFile(f"{path.name} has no rows below a line of column names.", "Name the columns in line 1.")
    return FileRows(columns, rows)


def _read_json_list(path: Path, text: str) -> FileRows:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidFile(f"{path.name} is not proper JSON: {error}.", "Check the file.") from error
    return _as_rows(path, [(number, row) for number, row in enumerate(found, start=1)], "Item")


def _read_json_lines(path: Path, text: str) -> FileRows:
    rows: list[tuple[int, Any]] = []
    broken = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                rows.append((number, json.loads(line)))
            except (ValueError, RecursionError):
                broken += 1
                rows.append((number, None))
    if broken == len(rows):
        raise InvalidFile(f"{path.name} is not JSON lines.", "Each line must be one JSON object.")
    return _as_rows(path, rows, "Line")


def _as_rows(path: Path, found: Sequence[tuple[int, Any]], word: str) -> FileRows:
    rows = [row for _, row in found if isinstance(row, dict)]
    warnings = [
        f"{word} {number} left out: it is not a JSON object." for number, row in found if not isinstance(row, dict)
    ]
    if not rows:
        raise InvalidFile(f"{path.name} has no JSON objects in it.", "Each row must be an object with named fields.")
    columns = tuple(dict.fromkeys(name for row in rows[:1000] for name in row))
    return FileRows(columns, rows, warnings)


def export_examples(store: Store, seeds: Sequence[int], path: Path, *, approved_only: bool = False) -> int:
    """Write the training table of trees as JSON lines or CSV (by the file's ending); the number of examples written."""
    rows = [
        _record(row, keys)
        for seed in seeds
        for keys in [read_keys(store, seed)]
        for row in read_kept(store, seed, approved_only=approved_only)
    ]
    writers: dict[str, Callable[[list[dict[str, Any]]], Iterator[str]]] = {".jsonl": _json_lines, ".csv": _csv_lines}
    if path.suffix not in writers:
        raise InvalidFile(f"{path.name} has no ending that can be written.", "Choose .jsonl or .csv.")
    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            file.writelines(writers[path.suffix](rows))
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InvalidFile(f"{path.name} cannot be written: {error.strerror}.", "Choose another folder.") from error
    return len(rows)


def _record(row: ExampleRow, keys: Mapping[int, str]) -> dict[str, Any]:
    example = row.example
    return {
        "id": row.key,
        "parent": keys.get(row.parent or 0),
        "depth": row.depth,
        "question": example.question,
        "context": example.context,
        "options": list(example.options),
        "answer": example.answer,
        "state": row.state.value,
        "edited": row.edited is not None,
    }


def _json_lines(records: list[dict[str, Any]]) -> Iterator[str]:
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _csv_lines(records: list[dict[str, Any]]) -> Iterator[str]:
    names = tuple(records[0]) if records else ("id", *FIELDS)
    for record in (dict(zip(names, names, strict=True)), *records):
        line = io.StringIO(newline="")
        values = [json.dumps(v, ensure_ascii=False) if isinstance(v, list) else _harmless(v) for v in record.values()]
        csv.writer(line).writerow(values)
        yield line.getvalue()


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets a quote in front."""
    return "'" + value if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t"} else value
