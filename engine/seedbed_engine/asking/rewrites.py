"""Asking for an example to be rewritten as a person wishes, and reading what comes back. Pure."""

import json

from seedbed_engine.asking.formats import DiscardReason, TaskFormat
from seedbed_engine.asking.prompts import Message, Words, example_as_json, prompt, reply_schema, tokens_of_one
from seedbed_engine.asking.replies import Discard, ReadReply, read_reply
from seedbed_engine.examples import Example, size_of


def words_for_rewrite(task: TaskFormat, example: Example, instruction: str) -> Words:
    """The words that ask for an example to be rewritten; the same for small and large creators."""
    if task.is_fixed:
        options = f"The options stay exactly the same: {json.dumps(task.options, ensure_ascii=False)}."
    else:
        options = f"There are exactly {task.count} options."
    system = prompt("rewrite", fields=", ".join(task.fields), options=options)
    user = f"{example_as_json(task, example)}\n\nThe wish: {instruction}"
    return Words(
        (Message("system", system), Message("user", user)), reply_schema(task, 1), None, tokens_of_one(size_of(example))
    )


def read_rewrite(text: str, task: TaskFormat, example: Example, finish_reason: str | None = None) -> ReadReply:
    """What a reply holds: the rewritten example, where it has the format and is another one; never raises."""
    reply = read_reply(text, task, None, finish_reason=finish_reason, wanted=1)
    kept = [(position, _in_order(found, example)) for position, found in reply.kept]
    same = [
        Discard(position, example_as_json(task, found), DiscardReason.UNCHANGED)
        for position, found in kept
        if found == example
    ]
    new = tuple((position, found) for position, found in kept if found != example)
    return ReadReply(new, (*reply.discards, *same), reply.missing, reply.surplus)


def _in_order(found: Example, example: Example) -> Example:
    """Options that are the same ones stand as they did."""
    if sorted(found.options) == sorted(example.options):
        return Example(found.question, example.options, found.answer, found.context)
    return found
