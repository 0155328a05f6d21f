"""What asking costs: tokens counted from texts, the worst that a request can come to, what a run may."""

import dataclasses
import json
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from seedbed_engine.asking.prices import find_price

CHARACTERS_PER_TOKEN = 4.0  # English
SPREAD = 1.22  # how far what a run comes to may lie from the likely, either way
_MESSAGE_TOKENS = 8
_MOST_AROUND = 64  # tokens that a server may put around a message, and around them all


class Speech(Protocol):
    """What is counted of a message."""

    @property
    def content(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run is likely to come to; the dollars are None where the model's price is not known."""

    requests: int
    prompt_tokens: int
    completion_tokens: int
    usd: float | None
    usd_low: float | None
    usd_high: float | None
    calls: int = 0
    tokens_low: int = 0
    tokens_high: int = 0
    basis: str = ""  # what it rests on, as a sentence

    def to_json(self) -> str:
        """As it is kept with a run."""
        return json.dumps(dataclasses.asdict(self))

    @classmethod
    def from_json(cls, text: str | None) -> "Estimate | None":
        """What was kept; None where nothing was, or nothing that this version knows."""
        try:
            return cls(**json.loads(text or ""))
        except (ValueError, TypeError):
            return None


def usd_in_words(usd: float) -> str:
    """An amount in US dollars, as exact as it is small."""
    return f"${usd:.2f}" if usd >= 1 or usd == 0 else f"${usd:.3g}"


def price(model: str, prompt_tokens: int | None, completion_tokens: int | None, answered: str = "") -> float | None:
    """US dollars for what was used, by the model that `answered` where that is another; None where the price or the
    usage is not known."""
    listed = find_price(model, answered)
    if listed is None or prompt_tokens is None or completion_tokens is None:
        return None
    return (prompt_tokens * listed.prompt + completion_tokens * listed.completion) / 1e6


def count_tokens(messages: Iterable[Speech]) -> int:
    """About how many tokens the messages have, without a table: four characters a token, one in other scripts."""
    return sum(_MESSAGE_TOKENS + _tokens(message.content) for message in messages)


def _tokens(text: str) -> int:
    latin = sum(character < "\u0250" for character in text)
    return math.ceil(latin / CHARACTERS_PER_TOKEN) + len(text) - latin


def most_prompt_tokens(messages: Iterable[Speech], schema: object = None) -> int:
    """The most tokens that a prompt can have, whoever counts: no tokenizer makes more than one of a byte.

    Servers add words of their own: the chat's template, and the schema of the reply.
    """
    sizes = [_MOST_AROUND + max(_size(text), _size(unicodedata.normalize("NFKC", text))) for text in _texts(messages)]
    return _MOST_AROUND + sum(sizes) + (0 if schema is None else _size(json.dumps(schema)))


def _texts(messages: Iterable[Speech]) -> list[str]:
    return [message.content for message in messages]


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def worst_case(model: str, messages: Iterable[Speech], max_tokens: int) -> float | None:
    """The most that a request can cost, in US dollars: a token for each byte, and a reply of full length."""
    return price(model, most_prompt_tokens(messages), max_tokens)


def estimate_of(
    model: str,
    requests: float,
    prompt: float,
    completion: float,
    *,
    is_free: bool = False,
    calls: int = 0,
    budget_usd: float | None = None,
    budget_tokens: int | None = None,
    basis: str = "",
) -> Estimate:
    """The range around what is likely, from the tokens of one request; a budget is the highest that it can come to."""
    prompt_tokens, completion_tokens = math.ceil(requests * prompt), math.ceil(requests * completion)
    usd = 0.0 if is_free else price(model, prompt_tokens, completion_tokens)
    low, high = (None, None) if usd is None else (usd / SPREAD, usd * SPREAD)
    if high is not None and low is not None and usd is not None and budget_usd is not None:
        usd, low, high = min(usd, budget_usd), min(low, budget_usd), min(high, budget_usd)
    tokens = prompt_tokens + completion_tokens
    tokens_low, tokens_high = int(tokens / SPREAD), math.ceil(tokens * SPREAD)
    if budget_tokens is not None:
        tokens_low, tokens_high = min(tokens_low, budget_tokens), min(tokens_high, budget_tokens)
    return Estimate(
        math.ceil(requests), prompt_tokens, completion_tokens, usd, low, high, calls, tokens_low, tokens_high, basis
    )
