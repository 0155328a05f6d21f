"""What asking costs: prices of hosted models, and what a request or a run may come to before it is sent."""

import json
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Protocol

CHARACTERS_PER_TOKEN = 4.0  # English; learnt from the usage of a run as it goes on
_MESSAGE_TOKENS = 8
_SNAPSHOT = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{4})$")


class Speech(Protocol):
    """What is counted of a message."""

    @property
    def content(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens, as listed on a day."""

    prompt: float
    completion: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run is likely to come to; the dollars are None where the model's price is not known."""

    requests: int
    prompt_tokens: int
    completion_tokens: int
    usd: float | None
    usd_low: float | None
    usd_high: float | None


@cache
def price_list() -> tuple[str, dict[str, Price]]:
    """The day of the bundled price list and its prices by model."""
    found = json.loads((files("seedbed_resources") / "prices" / "prices.json").read_text(encoding="utf-8"))
    prices = {name: Price(entry["prompt"], entry["completion"]) for name, entry in found["models"].items()}
    return found["day"], prices


def find_price(model: str) -> Price | None:
    """The price of a model or of the model that a dated name is a snapshot of; None where it is not known."""
    _, prices = price_list()
    return prices.get(model) or prices.get(_SNAPSHOT.sub("", model))


def price(model: str, prompt_tokens: int | None, completion_tokens: int | None) -> float | None:
    """US dollars for what was used; None where the model's price or the usage is not known."""
    listed = find_price(model)
    if listed is None or prompt_tokens is None or completion_tokens is None:
        return None
    return (prompt_tokens * listed.prompt + completion_tokens * listed.completion) / 1e6


def count_tokens(messages: Iterable[Speech], characters_per_token: float = CHARACTERS_PER_TOKEN) -> int:
    """About how many tokens the messages have; scripts other than Latin count a token a character."""
    return sum(_MESSAGE_TOKENS + _tokens(message.content, characters_per_token) for message in messages)


def _tokens(text: str, characters_per_token: float) -> int:
    latin = sum(character < "\u0250" for character in text)
    return math.ceil(latin / characters_per_token) + len(text) - latin


def learn_characters_per_token(characters: int, tokens: int) -> float:
    """Characters a token as a run's own requests show it, within bounds that a few odd requests cannot leave."""
    return min(6.0, max(1.0, characters / tokens)) if tokens and characters else CHARACTERS_PER_TOKEN


def worst_case(model: str, messages: Iterable[Speech], max_tokens: int) -> float | None:
    """The most that a request can cost, in US dollars: a token for two characters, and a reply of full length."""
    return price(model, count_tokens(messages, 2.0), max_tokens)


def estimate_run(
    model: str,
    messages: Iterable[Speech],
    reply_characters: int,
    requests: int,
    *,
    is_free: bool = False,
    characters_per_token: float = CHARACTERS_PER_TOKEN,
) -> Estimate:
    """What a run of alike requests comes to: from 3/4 of the likely price to twice it (discards, retries)."""
    prompt = requests * count_tokens(messages, characters_per_token)
    completion = requests * math.ceil(reply_characters / characters_per_token)
    usd = 0.0 if is_free else price(model, prompt, completion)
    low, high = (None, None) if usd is None else (0.75 * usd, 2.0 * usd)
    return Estimate(requests, prompt, completion, usd, low, high)
