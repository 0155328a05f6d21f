"""Estimates: what a growth is likely to come to, from its real prompt and from what the creator has shown so far."""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from seedbed_engine.asking.costs import CHARACTERS_PER_TOKEN, Estimate, count_tokens, estimate_of
from seedbed_engine.asking.formats import TaskFormat, infer_format
from seedbed_engine.asking.prompts import Words, example_as_json, words_for_call
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example
from seedbed_engine.keeping import spending, trees
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

ENOUGH = 5  # requests from which a mean is taken as it is
YIELD = 0.9  # share of the examples asked for that are kept, before anything was seen
YIELD_WEIGHT = 10  # examples that this counts as
TOPIC = "everyday things"  # as long as most of the list's
FRAME = len('{"examples": []}')
EVER = 1 << 62
Seen = Mapping[str, spending.Usage]
SCOPES = ("growth", "seed", "model")
NOTHING_SEEN = spending.Usage(*(0,) * len(spending.Usage.__slots__))


@dataclass(frozen=True, slots=True)
class _Request:
    """One request as it will likely be: its tokens, and those of its reply."""

    prompt: float
    completion: float


def estimate_growth(store: Store, seed: SeedRow, settings: GrowthSettings, before: int = EVER) -> Estimate:
    """What a growth is likely to come to; with `before`, as it would have been told before that run."""
    example = _formatting_example(store, seed, settings)
    asked = spending.Asked(
        creator=settings.creator,
        model=settings.model,
        base_url=settings.base_url,
        seed=seed.id,
        strategy=settings.strategy,
        n=settings.n,
        before=before,
    )
    return _estimate(seed, example, settings, {scope: spending.read_usage(store, asked, scope) for scope in SCOPES})


def estimate_unseen(seed: SeedRow, example: Example, settings: GrowthSettings) -> Estimate:
    """The same where nothing was asked of the creator yet: from the prompt alone, without reading a file."""
    return _estimate(seed, example, settings, dict.fromkeys(SCOPES, NOTHING_SEEN))


def _estimate(seed: SeedRow, example: Example, settings: GrowthSettings, seen: Seen) -> Estimate:
    one = _likely_request(infer_format(seed.example, seed.kind), example, settings, seen)
    per_call = settings.n if settings.creator == "embedded" else 1
    calls = _likely_calls(settings, next((usage for usage in seen.values() if usage.wanted), seen["model"]))
    requests = calls * per_call
    return estimate_of(
        settings.model,
        requests,
        math.ceil(requests * one.prompt),
        math.ceil(requests * one.completion),
        is_free=settings.creator != "hosted",
        calls=calls,
        budget_usd=settings.budget_usd,
        basis=_basis(seen),
    )


def _formatting_example(store: Store, seed: SeedRow, settings: GrowthSettings) -> Example:
    """What is shown first; of several the one of middling length."""
    found = {row.id: row.example for row in trees.read_examples(store, settings.parents)}
    for parent in settings.parents:
        if parent not in found:
            raise PersonError(f"There is no example {parent}.", "Choose another one to grow from.")
    shown = sorted(found.values(), key=lambda example: len(example.question) + len(example.context or ""))
    return shown[len(shown) // 2] if shown else seed.example


def _likely_calls(settings: GrowthSettings, seen: spending.Usage) -> int:
    share = (seen.kept + YIELD * YIELD_WEIGHT) / (seen.wanted + YIELD_WEIGHT)
    calls = math.ceil(settings.target / (settings.n * max(0.02, min(1.0, share))))
    return calls if settings.max_calls is None else min(calls, settings.max_calls)


def _likely_request(task: TaskFormat, example: Example, settings: GrowthSettings, seen: Seen) -> _Request:
    """Means of what was alike; else the prompt's own texts, and the examples that this seed or the model gave."""
    alike, same_seed, same_model = seen["growth"], seen["seed"], seen["model"]
    if alike.requests >= ENOUGH:
        return _Request(alike.prompt_tokens / alike.requests, alike.completion_tokens / alike.requests)
    is_single = settings.creator == "embedded"
    wanted = 1 if is_single else settings.n
    words = _words(task, example, settings)
    size = len(example_as_json(task, example)) + (0 if is_single else 2)
    if not same_model.requests:
        return _Request(count_tokens(words.messages), (size * wanted + FRAME) / CHARACTERS_PER_TOKEN)
    texts = json.dumps([asdict(message) for message in words.messages], ensure_ascii=False)
    per_character = same_model.prompt_tokens / same_model.characters
    prompt = len(texts) * per_character
    if not same_seed.requests:
        return _Request(prompt, (size * wanted + FRAME) * per_character)
    written = same_seed.completion_tokens / same_seed.examples
    if settings.strategy != "naive":  # what is written becomes what is shown
        prompt += written - size * per_character
    return _Request(prompt, written * wanted)


def _words(task: TaskFormat, example: Example, settings: GrowthSettings) -> Words:
    """What will be sent, with answers and a topic like those that will be drawn."""
    answers = [task.options[place % len(task.options)] for place in range(settings.n)] if task.options else None
    is_single = settings.creator == "embedded"
    return words_for_call(
        task,
        example,
        settings.n,
        one_at_a_time=is_single,
        wanted_answers=answers if settings.balance and task.is_fixed else None,
        topics=[TOPIC] if is_single and settings.topics else None,
        instruction=settings.instruction,
    )


def _basis(seen: Seen) -> str:
    if seen["growth"].requests >= ENOUGH:
        return f"From {seen['growth'].requests} requests of such a growth in this project."
    if seen["model"].requests:
        return f"From the seed's prompt, and {seen['model'].requests} requests to this model in this project."
    return "From the seed's prompt alone: nothing was asked of this model in this project yet."
