"""Asking for the answer of an example whose label is hidden, and reading what comes back. Pure."""

import json
from collections.abc import Sequence

from seedbed_engine.asking.fields import answer_meant, field_kind
from seedbed_engine.asking.formats import DiscardReason, TaskFormat
from seedbed_engine.asking.lines import find_blocks
from seedbed_engine.asking.objects import Value, find_objects
from seedbed_engine.asking.prompts import Message, Schema, Words, one_line, prompt, strict_object
from seedbed_engine.asking.replies import MAX_REPLY, whole_discard
from seedbed_engine.examples import Example

_REPLY_TOKENS = 24  # besides the longest option


def turned(options: Sequence[str], turns: int) -> tuple[str, ...]:
    """The options with the first ones put behind the others: over as many turns as there are, each stands everywhere
    once."""
    place = turns % len(options)
    return (*options[place:], *options[:place])


def words_for_answer(
    task: TaskFormat, seed: Example, example: Example, options: Sequence[str], *, one_at_a_time: bool = False
) -> Words:
    """The words that ask for the answer of an example; its options as ordered here. The seed, with its answer, shows
    what the task is."""
    longest = max(len(option) for option in options)
    limit = _REPLY_TOKENS + longest  # a token is hardly ever less than a character
    if one_at_a_time:
        shown = [
            Message("user", _lines(task, seed, seed.options)),
            Message("assistant", f"Answer: {one_line(seed.answer)}"),
            Message("user", _lines(task, example, options)),
        ]
        return Words((Message("system", prompt("small_reanswer")), *shown), None, answer_grammar(options), limit)
    shown = [
        Message("user", _as_json(task, seed, seed.options)),
        Message("assistant", json.dumps({"answer": seed.answer}, ensure_ascii=False)),
        Message("user", _as_json(task, example, options)),
    ]
    system = Message("system", prompt("reanswer", fields=", ".join(_fields(task))))
    return Words((system, *shown), answer_schema(options), None, limit)


def answer_schema(options: Sequence[str]) -> Schema:
    """The strict JSON schema of a reply that is one of the options."""
    return strict_object({"answer": {"type": "string", "enum": list(options)}})


def answer_grammar(options: Sequence[str]) -> str:
    """The grammar of a line that is one of the options."""
    words = (json.dumps(one_line(option), ensure_ascii=False) for option in options)
    return f'root ::= "Answer: " ({" | ".join(words)})'


def read_answer(text: str, options: Sequence[str], finish_reason: str | None = None) -> str | tuple[DiscardReason, str]:
    """The option that a reply means, whatever it looks like, or why it means none; never raises.

    `options` are in the order in which they were shown: a letter or a number means one of them.
    """
    text = text[:MAX_REPLY].removeprefix("\ufeff").strip()
    for value in (*_in_objects(text), *_in_lines(text), text):
        meant = answer_meant(value, tuple(options))
        if meant is not None:
            return meant
    found = whole_discard(text, finish_reason)
    if found.reason is DiscardReason.NOT_JSON:
        return DiscardReason.ANSWER_NOT_AMONG_OPTIONS, one_line(text)[:200]
    return found.reason, ""


def _in_objects(text: str) -> list[Value]:
    return [value for found in find_objects(text) for name, value in found.pairs if field_kind(name) == "answer"]


def _in_lines(text: str) -> list[Value]:
    return [value for block in find_blocks(text) for name, value in block.pairs if name == "answer"]


def _as_json(task: TaskFormat, example: Example, options: Sequence[str]) -> str:
    values = {"question": example.question, "context": example.context, "options": list(options)}
    return json.dumps({field: values[field] for field in _fields(task)}, ensure_ascii=False)


def _fields(task: TaskFormat) -> tuple[str, ...]:
    """What is shown: all but the answer, and the options last, whatever the format writes first."""
    return ("question", "context", "options") if task.has_context else ("question", "options")


def _lines(task: TaskFormat, example: Example, options: Sequence[str]) -> str:
    passage = [f"Passage: {one_line(example.context or '')}"] if task.has_context else []
    listed = " | ".join(one_line(option) for option in options)
    return "\n".join([*passage, f"Question: {one_line(example.question)}", f"Options: {listed}"])
