"""Trials: the tiny requests by which a server is tried, and what they may cost. Pure."""

from seedbed_engine.asking.costs import worst_case
from seedbed_engine.asking.prompts import Message

QUESTION = "Name a colour."
JSON_QUESTION = 'Name a colour, as JSON: {"colour": "..."}'
MAX_TOKENS = 64
REQUESTS = 4


def most_usd(model: str) -> float | None:
    """The most that trying a model can cost, in US dollars; None where its price is not known."""
    one = worst_case(model, [Message("user", JSON_QUESTION)], MAX_TOKENS * 2)
    return None if one is None else REQUESTS * one


def price_in_words(model: str) -> str:
    """The same as a sentence, to be said before anything is sent."""
    usd = most_usd(model) if model else None
    price = f"at most ${usd:.6f}" if usd is not None else "an unknown price: the model is not in the price list"
    return f"Trying takes {REQUESTS} tiny requests, for {price}."
