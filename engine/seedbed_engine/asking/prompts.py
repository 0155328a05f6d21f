"""What is asked: the words of a request, the schema or grammar of its reply. Pure, so a preview is what is sent."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any

from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.asking.grammars import TRUE_WORDS, lacks_mark, line_grammar, noun_of, truths
from seedbed_engine.asking.topics import two_of
from seedbed_engine.examples import Example, size_of

Schema = dict[str, Any]
ENDING, MOST_ENDING = 3.0, 5.0  # logits for each doubling of the seed's length, and at most


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a conversation; `role` is system, user or assistant."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Words:
    """All that one request says: messages, the form its reply must have, and how many tokens it can need.

    `ending` is added to the logit of a line's end: how much more likely lines end than the model would have it.
    """

    messages: tuple[Message, ...]
    schema: Schema | None
    grammar: str | None
    max_tokens: int
    ending: float = 0.0


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
    """The words of a request for n examples, as the paper asks; or for one, in plain lines, as small models need it.

    Wanted answers are the answers themselves where all examples share their options, else the right option's places.
    """
    if one_at_a_time:
        answer = wanted_answers[0] if wanted_answers and task.is_fixed else None
        topic = topics[0] if topics else None
        return _small_words(task, formatting_example, answer, topic, instruction)
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
    if wanted_answers:
        user.append(_wanted(task, wanted_answers))
    messages = (Message("system", system), Message("user", "\n\n".join(user)))
    return Words(messages, reply_schema(task, n), None, n * tokens_of_one(size_of(formatting_example)) + 64)


def _wanted(task: TaskFormat, answers: Sequence[str]) -> str:
    """Which answers are wanted, or, where each example has options of its own, at which places among them."""
    if task.is_fixed and len(answers) > 1 and len(set(answers)) == 1:
        return f"The answer of every new example is {json.dumps(answers[0], ensure_ascii=False)}, this one only."
    if task.is_fixed:
        return f"Answers, one for each example in this order: {json.dumps(list(answers), ensure_ascii=False)}."
    places = ", ".join(answers)
    return f"Position of the right answer among the options (1 is the first), in this order of the examples: {places}."


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
    noun = _noun(task, example)
    wrong = "one wrong answer" if task.count == 2 else f"{task.count - 1} wrong answers"
    about = f"about {topic or 'something else'}"
    shown_wish = f"Write a {noun}"
    wish = f"Write a new {noun} of the same kind {about}"
    if truths(task):
        shown_wish = f"Write {_with_truth(noun, example.answer, '')}"
        wish = f"Write {_with_truth(noun, answer, f' {about}')}"
    elif task.is_fixed:
        shown_wish += f" with the answer {example.answer}"
        wish += f" with the answer {answer or ' or '.join(task.options)}"
    two = two_of(topic) if task.has_blank else None
    if two is not None:
        other = next(option for place, option in enumerate(example.options) if place != example.answer_index)
        shown_wish = f"Write a {noun} with {one_line(example.answer)} and {one_line(other)}"
        wish = f"Write a new {noun} of the same kind with {two[0]} and {two[1]}; the blank means {two[0]}"
    wishes = f"The new {noun}: {instruction}\n{wish}." if instruction else f"{wish}."
    messages = (
        Message("system", prompt(_small_prompt(task), noun=noun, wrong=wrong)),
        Message("user", f"{shown_wish}."),
        Message("assistant", _shown_lines(task, example)),
        Message("user", wishes),
    )
    size, seed_size = size_of(example), task.seed_size or size_of(example)
    grammar = line_grammar(task, example, answer, topic)
    return Words(messages, None, grammar, _tokens_of_small(min(size, seed_size)), _ending(size / max(1, seed_size)))


def _noun(task: TaskFormat, example: Example) -> str:
    """What to call a question: small models write what they hear named."""
    if task.has_blank:
        return "sentence"
    noun = noun_of(example.question)
    return "goal" if noun == "statement" and not task.is_fixed else noun  # something to be reached, and ways to it


def _with_truth(noun: str, answer: str | None, about: str) -> str:
    """What is asked for where the answers are true and false or yes and no, in the words that small models heed."""
    if answer is None:
        return f"a new {noun} of the same kind{about}"
    is_true = answer.casefold() in TRUE_WORDS
    if noun == "statement":
        denied = f"a false statement, one that is clearly not true{about and f',{about}'}"
        return f"a true statement{about}" if is_true else denied
    return f"a question{about} whose right answer is {'yes' if is_true else 'no'}"


def _small_prompt(task: TaskFormat) -> str:
    if task.has_blank:
        return "small_blank"
    if task.has_context and task.is_fixed:
        return "small_passage"
    return "small_fixed" if task.is_fixed else "small_variable"


def _shown_lines(task: TaskFormat, example: Example) -> str:
    mark = "?" if lacks_mark(example.question) else ""  # small models stop at one; it is taken off again
    question = f"Question: {one_line(example.question)}{mark}"
    passage = [f"Passage: {one_line(example.context or '')}"] if task.has_context else []
    if task.is_fixed:
        return "\n".join([f"Answer: {example.answer}", *passage, question])
    wrong = [option for place, option in enumerate(example.options) if place != example.answer_index]
    lines = [f"Answer: {one_line(example.answer)}", *(f"Wrong: {one_line(option)}" for option in wrong)]
    return "\n".join([*passage, *lines, question] if task.has_blank else [*passage, question, *lines])


def one_line(text: str) -> str:
    """A text as one line: white space counts once."""
    return " ".join(text.split())


def tokens_of_one(size: int) -> int:
    """How many tokens an example like one of so many characters may need."""
    return 96 + size * 5 // 8  # two and a half times as much, at four characters a token


def _tokens_of_small(size: int) -> int:
    """How many tokens a small model may take: about twice so many characters, and what stands around them."""
    return 64 + size // 2


def _ending(longer: float) -> float:
    """How much sooner lines end where the shown example is so many times as long as the seed.

    A small model rarely writes less than it is shown: its chains would grow longer and longer.
    """
    return round(min(MOST_ENDING, max(0.0, ENDING * math.log2(longer))), 2) if longer > 0 else 0.0


def prompt(name: str, **values: str) -> str:
    """The words of a prompt file."""
    return _template(name).substitute(values)


@cache
def _template(name: str) -> Template:
    text = (files("seedbed_resources") / "prompts" / f"{name}.txt").read_text(encoding="utf-8")
    return Template(text.strip())
