"""What a mending by the creator is likely to come to, from the words that it will send. Pure."""

import json
from collections.abc import Sequence

from seedbed_engine.asking.costs import Estimate, estimate_of
from seedbed_engine.asking.estimates import MESSAGE_TOKENS
from seedbed_engine.asking.formats import TaskFormat, infer_format
from seedbed_engine.asking.prompts import Words, example_as_json, words_for_call
from seedbed_engine.asking.reanswers import words_for_answer
from seedbed_engine.asking.rewrites import words_for_rewrite
from seedbed_engine.asking.tokens import count_text
from seedbed_engine.examples import Example
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.settings import MendingSettings

SAMPLE = 200  # examples from whose lengths the others' are inferred
BASIS = "From the examples' own texts."


def estimate_mending(
    work: str, seed: SeedRow, examples: Sequence[Example], settings: MendingSettings, many: int | None = None
) -> Estimate:
    """What it takes to ask about these examples once (or k times for answers), or about so many like them."""
    many = len(examples) if many is None else many
    task = infer_format(seed.example, seed.kind)
    sample = examples[:: max(1, len(examples) // SAMPLE)]
    sizes = [_tokens(work, task, seed.example, example, settings) for example in sample]
    times = settings.k if work == "reanswer" else 1
    return estimate_of(
        settings.model,
        many * times,
        sum(prompt for prompt, _ in sizes) / max(1, len(sizes)),
        sum(reply for _, reply in sizes) / max(1, len(sizes)),
        is_free=settings.creator != "hosted",
        calls=many,
        budget_usd=settings.budget_usd,
        budget_tokens=settings.budget_tokens,
        basis=BASIS,
    )


def _tokens(work: str, task: TaskFormat, seed: Example, example: Example, settings: MendingSettings) -> tuple[int, int]:
    """The tokens of one request and of its likely reply."""
    words, reply = _words(work, task, seed, example, settings)
    around = MESSAGE_TOKENS.get(settings.creator, 0)
    return sum(around + count_text(message.content) for message in words.messages), count_text(reply)


def _words(
    work: str, task: TaskFormat, seed: Example, example: Example, settings: MendingSettings
) -> tuple[Words, str]:
    is_small = settings.creator == "embedded"
    if work == "reanswer":
        words = words_for_answer(task, seed, example, example.options, one_at_a_time=is_small)
        return words, json.dumps({"answer": example.answer})
    reply = f'{{"examples": [{example_as_json(task, example)}]}}'
    if work == "rewrite":
        return words_for_rewrite(task, example, settings.instruction), reply
    return words_for_call(task, example, 1, one_at_a_time=is_small, instruction=settings.instruction), reply
