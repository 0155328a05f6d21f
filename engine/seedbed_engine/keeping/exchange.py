"""Examples from files and into files: which column is what, and the training table as JSON lines or CSV."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from seedbed_engine.errors import InvalidExample, InvalidFile
from seedbed_engine.examples import MAX_OPTIONS, Example, check_example, clean_text, example_from_fields
from seedbed_engine.keeping.faults import reason_of
from seedbed_engine.keeping.files import FORMULA_SIGNS
from seedbed_engine.keeping.files import FileRows as FileRows
from seedbed_engine.keeping.files import read_file as read_file
from seedbed_engine.keeping.rows import ExampleRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import iterate_kept, read_examples, read_keys

FIELDS = ("id", "seed", "parent", "depth", "question", "context", "options", "answer", "state", "edited")
LOOKED_AT = 5000  # rows whose answers say what the options may be
LISTED = 1000  # warnings listed one by one
GUESSES: Mapping[str, tuple[str, ...]] = {
    "question": (
        *("question", "question.stem", "stem", "query", "goal", "sentence", "claim", "text", "statement", "input"),
        *("prompt", "q"),
    ),
    "context": (
        *("context", "context.contexts", "contexts", "passage", "abstract", "paragraph", "background", "document"),
        *("support", "snippets"),
    ),
    "options": ("options", "choices", "choices.text", "question.choices", "options.text", "answers", "candidates"),
    "answer": (
        *("answer", "label", "answerkey", "answer_key", "answer_idx", "correct_answer", "gold", "target", "correct"),
        *("output", "final_decision"),
    ),
}
_Writer = Callable[[Iterable[dict[str, Any]]], Iterator[str]]
_OPTION_STEMS = {"option", "choice", "sol", "opt", "answer", "ending"}


@dataclass(frozen=True)
class Mapped:
    """Which column holds what; several option columns make one list; `fixed_options` where no column has them.

    `first_position` is the number of the first option where answers are numbers; None: as the rows at hand suggest.
    """

    question: str
    answer: str
    options: tuple[str, ...] = ()
    context: str | None = None
    fixed_options: tuple[str, ...] = ()
    first_position: int | None = None


@dataclass(frozen=True)
class ReadExamples:
    """Examples of a file, and in words what was left out or should be looked at."""

    examples: list[Example]
    warnings: list[str]
    left_out: int


def guess_columns(found: FileRows) -> Mapped | None:
    """The likely meaning of the columns by their names; None where no question or answer column is seen."""
    lower = {column.lower().strip(): column for column in found.columns}

    def first(what: str) -> str | None:
        return next((lower[guess] for guess in GUESSES[what] if guess in lower), None)

    question, answer, options = first("question"), first("answer"), first("options")
    if question is None or answer is None:
        return None
    several = _option_columns(lower) if options is None else (options,)
    fixed = () if several else tuple(sorted({str(row.get(answer)) for row in found.rows[:LOOKED_AT]} - {"None", ""}))
    mapped = Mapped(question, answer, several, first("context"), fixed if len(fixed) <= MAX_OPTIONS else ())
    return Mapped(**{**vars(mapped), "first_position": _first_position(found.rows, mapped)})


def with_labels(mapped: Mapped, tasks: Iterable[Sequence[str]]) -> Mapped:
    """Where no column has the options, they are the fixed labels of the first of these tasks that has all answers."""
    if mapped.options:
        return mapped
    labels = next((labels for labels in tasks if set(mapped.fixed_options) <= set(labels)), mapped.fixed_options)
    return replace(mapped, fixed_options=tuple(labels))


def _option_columns(lower: Mapping[str, str]) -> tuple[str, ...]:
    numbered = tuple(column for name, column in lower.items() if _is_option_column(name))
    letters = tuple(lower[letter] for letter in "abcdefghijklmnopqrstuvwxyz" if letter in lower)
    return numbered or (letters if {"a", "b"} <= set(lower) else ())


def _is_option_column(name: str) -> bool:
    stem = name.rstrip("0123456789").rstrip("_- ")
    if stem == name and len(name) > 2 and name[-2] in "_- ":  # option_a
        stem = name[:-2]
    return stem in _OPTION_STEMS and name != stem


def _first_position(rows: Sequence[Mapping[str, Any]], mapped: Mapped) -> int | None:
    """1 where the answers are numbers from 1 to the number of options, 0 where one of them is 0."""
    if not mapped.options:
        return None
    numbers: set[int] = set()
    for row in rows:
        number = _number(row.get(mapped.answer))
        if number is None or str(number) in map(str, _options_of(row, mapped)[1]):
            return None
        numbers.add(number)
    if not numbers or 0 in numbers:
        return 0 if numbers else None
    most = max((len(_options_of(row, mapped)[1]) for row in rows[:LOOKED_AT]), default=0)
    return 1 if max(numbers) >= most else 0


def _number(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.isdecimal() and len(text) <= 3 else None


def read_examples_of(found: FileRows, mapped: Mapped) -> ReadExamples:
    """Examples of rows whose columns are mapped; a row that cannot be used is left out with a warning."""
    examples: list[Example] = []
    warnings = [*found.remarks, *found.warnings]
    left_out = len(found.warnings)
    first = _first_position(found.rows, mapped) if mapped.first_position is None else mapped.first_position
    if first == 1:
        warnings.append("The answers are taken as positions counted from 1.")
    for number, row in enumerate(found.rows, start=1):
        try:
            example = example_from_fields(_fields(row, mapped, first or 0))
        except InvalidExample as error:
            left_out += 1
            warnings.append(f"Row {number} left out: {error}")
            continue
        warnings += [f"Row {number}: {warning}" for warning in check_example(example)]
        examples.append(example)
    if len(warnings) > LISTED:
        warnings[LISTED:] = [f"... and {len(warnings) - LISTED:,} more like these."]
    return ReadExamples(examples, warnings, left_out)


def _fields(row: Mapping[str, Any], mapped: Mapped, first: int) -> dict[str, Any]:
    names, options = _options_of(row, mapped)
    answer = _answer_of(row.get(mapped.answer), names, options, first)
    if len(mapped.options) > 1 and isinstance(options, list):
        options = [option for option in options if option not in (None, "")]  # an example may have fewer than others
    context = _passage(row.get(mapped.context)) if mapped.context else None
    return {"question": row.get(mapped.question), "options": options, "answer": answer, "context": context}


def _options_of(row: Mapping[str, Any], mapped: Mapped) -> tuple[tuple[str, ...], Any]:
    """The names under which a row's options can be meant (their columns or labels), and the options."""
    if len(mapped.options) == 1:
        options = _option_list(row.get(mapped.options[0]))
        labels = row.get(mapped.options[0].removesuffix("text") + "label")
        if isinstance(options, list) and options and all(isinstance(o, dict) for o in options):
            labels, options = [o.get("label") for o in options], [o.get("text") for o in options]
        names = tuple(map(str, labels)) if isinstance(labels, list) else ()
        return names, options if isinstance(options, list) else []
    if mapped.options:
        return mapped.options, [row.get(column) for column in mapped.options]
    return (), list(mapped.fixed_options)


def _answer_of(answer: Any, names: tuple[str, ...], options: Any, first: int) -> Any:
    """The answer's text where it is an option's name or position; else as it stands."""
    if answer in options or str(answer) in map(str, options):
        return answer
    number = _number(answer)
    place = None
    if isinstance(answer, str) and clean_text(answer) not in map(str, options) and answer.strip() in names:
        place = names.index(answer.strip())
    elif number is not None:
        place = number - first
    elif isinstance(answer, str) and len(answer.strip()) == 1 and answer.strip().isascii() and answer.strip().isalpha():
        place = ord(answer.strip().upper()) - ord("A")
    if place is None or not 0 <= place < len(options):
        return answer if number is None else str(answer)
    return options[place]


def _passage(value: Any) -> Any:
    """A passage that is a list of paragraphs becomes one text."""
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "\n".join(value)
    return value or None


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


def export_examples(store: Store, seeds: Sequence[int], path: Path, *, approved_only: bool = False) -> int:
    """Write the training table of trees as JSON lines or CSV (by the file's ending); the number of examples written."""
    writers: dict[str, _Writer] = {".jsonl": _json_lines, ".csv": _csv_lines}
    if path.suffix.lower() not in writers:
        raise InvalidFile(f"{path.name} has no ending that can be written.", "Choose .jsonl or .csv.")
    written = 0

    def counted() -> Iterator[dict[str, Any]]:
        nonlocal written
        for seed in seeds:
            keys = read_keys(store, seed)
            for row in iterate_kept(store, seed, approved_only=approved_only):
                written += 1
                yield _record(row, keys)

    partial = path.with_name(path.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            file.writelines(writers[path.suffix.lower()](counted()))
        partial.replace(path)
    except OSError as error:
        raise InvalidFile(f"{path.name} cannot be written: {reason_of(error)}.", "Choose another folder.") from error
    finally:
        if partial.exists():
            partial.unlink()
    return written


def read_records(store: Store, examples: Sequence[int]) -> list[dict[str, Any]]:
    """Examples as an export writes them, whatever their state."""
    rows = read_examples(store, examples)
    parents = [row.parent for row in rows if row.parent is not None]
    keys = {parent.id: parent.key for parent in read_examples(store, parents)}
    return [_record(row, keys) for row in rows]


def _record(row: ExampleRow, keys: Mapping[int, str]) -> dict[str, Any]:
    example = row.example
    return {
        "id": row.key,
        "seed": row.seed,
        "parent": keys.get(row.parent or 0),
        "depth": row.depth,
        "question": example.question,
        "context": example.context,
        "options": list(example.options),
        "answer": example.answer,
        "state": row.state.value,
        "edited": row.edited is not None,
    }


def _json_lines(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    for record in records:
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _csv_lines(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    line = io.StringIO(newline="")
    writer = csv.writer(line)
    writer.writerow(FIELDS)
    for record in records:
        values = (record[name] for name in FIELDS)
        writer.writerow([json.dumps(v, ensure_ascii=False) if isinstance(v, list) else _harmless(v) for v in values])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _harmless(value: Any) -> Any:
    """A text that a spreadsheet would run as a formula gets a quote in front; `read_file` takes it away again."""
    return "'" + value if isinstance(value, str) and value.lstrip("'").startswith(FORMULA_SIGNS) else value
