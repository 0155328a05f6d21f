"""What is asked: the words of a request, the schema or grammar of its reply. Pure, so a preview is what is sent."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.asking.grammars import line_grammar, noun_of
from seedbed_engine.examples import Example

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation; `role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Words:
    """All that one request says: messages, the form its reply must have, and how many tokens it can need."""

    messages: tuple[Message, ...]
    schema: Schema | None
    grammar: str | None
    max_tokens: int


def words_for_call(
    task: TaskFormat,
    formatting_example: Example,
    n: int,
    *,
    one_at_a_time: bool = False,
    wanted_answers: Sequence[str] | None = None,
    topics: Sequence[str] | None = None,
    instruction: str = "",
) -> Words:
    """The words of a request for n examples, as the paper asks; or for one, in plain lines, as small models need it."""
    if one_at_a_time:
        answer = wanted_answers[0] if wanted_answers else None
        return _small_words(task, formatting_example, answer, topics[0] if topics else None, instruction)
    values = {
        "fields": ", ".join(task.fields),
        "n": str(n),
        "count": str(task.count),
        "options": json.dumps(task.options, ensure_ascii=False),
    }
    system = prompt("paper_fixed" if task.is_fixed else "paper_variable", **values)
    user = [example_as_json(task, formatting_example)]
    if instruction:
        user.append(f"The new examples: {instruction}")
    if topics:
        user.append(f"Topics, one for each example in this order: {'; '.join(topics)}.")
    if wanted_answers and n > 1 and len(set(wanted_answers)) == 1:
        answer = json.dumps(wanted_answers[0], ensure_ascii=False)
        user.append(f"The answer of every new example is {answer}, this one only.")
    elif wanted_answers:
        answers = json.dumps(list(wanted_answers), ensure_ascii=False)
        user.append(f"Answers, one for each example in this order: {answers}.")
    messages = (Message("system", system), Message("user", "\n\n".join(user)))
    return Words(messages, reply_schema(task, n), None, n * tokens_of_one(formatting_example) + 64)


def example_as_json(task: TaskFormat, example: Example) -> str:
    """The example as the creator is shown it: one JSON object, its fields in the order of the format."""
    values = {
        "question": example.question,
        "context": example.context,
        "options": list(example.options),
        "answer": example.answer,
    }
    return json.dumps({field: values[field] for field in task.fields}, ensure_ascii=False)


def reply_schema(task: TaskFormat, n: int) -> Schema:
    """The strict JSON schema of a reply with n examples under "examples"."""
    text: Schema = {"type": "string"}
    option = {"type": "string", "enum": list(task.options)} if task.is_fixed else text
    kinds: dict[str, Schema] = {
        "question": text,
        "context": text,
        "options": {"type": "array", "items": option, "minItems": task.count, "maxItems": task.count},
        "answer": option,
    }
    example = strict_object({field: kinds[field] for field in task.fields})
    return strict_object({"examples": {"type": "array", "items": example, "minItems": n, "maxItems": n}})


def strict_object(properties: dict[str, Schema]) -> Schema:
    """The strict JSON schema of an object with these fields."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _small_words(task: TaskFormat, example: Example, answer: str | None, topic: str | None, instruction: str) -> Words:
    """The shown example as an earlier turn; what varies comes last, so that the server reads the rest only once."""
    noun = noun_of(example.question)
    wrong = "one wrong answer" if task.count == 2 else f"{task.count - 1} wrong answers"
    name = "small_fixed" if task.is_fixed else "small_variable"
    wish = f"Write a new {noun} of the same kind about {topic or 'something else'}"
    shown_wish = f"Write a {noun}"
    if task.is_fixed:
        shown_wish += f" with the answer {example.answer}"
        wish += f" with the answer {answer or ' or '.join(task.options)}"
    wishes = f"The new {noun}: {instruction}\n{wish}." if instruction else f"{wish}."
    messages = (
        Message("system", prompt(name, noun=noun, wrong=wrong)),
        Message("user", f"{shown_wish}."),
        Message("assistant", _shown_lines(task, example)),
        Message("user", wishes),
    )
    return Words(messages, None, line_grammar(task, example, answer, topic), tokens_of_one(example))


def _shown_lines(task: TaskFormat, example: Example) -> str:
    question = f"Question: {one_line(example.question)}"
    passage = [f"Passage: {one_line(example.context or '')}"] if task.has_context else []
    if task.is_fixed:
        return "\n".join([f"Answer: {example.answer}", *passage, question])
    wrong = [option for place, option in enumerate(example.options) if place != example.answer_index]
    lines = [f"Answer: {one_line(example.answer)}", *(f"Wrong: {one_line(option)}" for option in wrong)]
    return "\n".join([*passage, question, *lines])


def one_line(text: str) -> str:
    """A text as one line: white space counts once."""
    return " ".join(text.split())


def tokens_of_one(example: Example) -> int:
    """How many tokens one example like this may need."""
    size = len(example.question) + len(example.context or "") + sum(map(len, example.options))
    return 96 + size * 5 // 8  # two and a half times the shown example at four characters a token


def prompt(name: str, **values: str) -> str:
    """The words of a prompt file."""
    return _template(name).substitute(values)


@cache
def _template(name: str) -> Template:
    text = (files("seedbed_resources") / "prompts" / f"{name}.txt").read_text(encoding="utf-8")
    return Template(text.strip())
