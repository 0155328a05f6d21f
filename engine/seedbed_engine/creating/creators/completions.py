"""What the body of a chat server's answer holds. Knows no network: bytes in, a reply out, whatever a server wrote."""

import json
from dataclasses import dataclass
from typing import Any

from seedbed_engine.creating.creators.protocol import Reply

_MOST_TOKENS = 10**9


def read_completion(body: bytes, model: str) -> Reply | None:
    """The reply in an answer's body; None where it is not a chat server's; ValueError where it is not complete.

    Whatever was paid for is kept: wrong encodings are read as what they likely are, odd usage counts as not known.
    """
    text = _decoded(body)
    if text.lstrip().startswith("<"):
        return None
    return reply_in(json.loads(text, strict=False), model)


def reply_in(found: Any, model: str) -> Reply | None:
    """The reply in what an answer's body says; None where it is not a chat server's."""
    choices = found.get("choices") if isinstance(found, dict) else None
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], dict):
        return None
    message = choices[0].get("message")
    said = message if isinstance(message, dict) else {}
    content, refusal = _written(said.get("content")), _written(said.get("refusal"))
    usage = found["usage"] if isinstance(found.get("usage"), dict) else {}
    return Reply(
        text=content or refusal,
        prompt_tokens=_used(usage.get("prompt_tokens"), is_something=True),
        completion_tokens=_used(usage.get("completion_tokens"), is_something=bool(content or refusal)),
        finish_reason="refusal" if refusal and not content else _name(choices[0].get("finish_reason")) or "stop",
        model=_name(found.get("model")) or model,
    )


@dataclass(frozen=True, slots=True)
class FirstWords:
    """The likeliest first tokens of a reply with the natural logarithms of their probabilities, and what was used."""

    likely: tuple[tuple[str, float], ...]
    prompt_tokens: int | None
    completion_tokens: int | None


def read_first_words(body: bytes, model: str) -> FirstWords | None:
    """The likeliest first tokens in an answer's body; None where the server does not say them."""
    found = json.loads(_decoded(body), strict=False)
    reply = reply_in(found, model)
    try:
        first = found["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
        likely = tuple((str(each["token"]), float(each["logprob"])) for each in first)
    except (TypeError, KeyError, IndexError, ValueError):
        return None
    return FirstWords(likely, reply.prompt_tokens, reply.completion_tokens) if reply else None


def _decoded(body: bytes) -> str:
    """JSON is UTF-8 (or 16, 32); what is not comes from a program that writes as Windows does."""
    try:
        return body.decode(json.detect_encoding(body))
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _written(value: Any) -> str:
    """Content as text; some servers send it in parts."""
    if isinstance(value, list):
        return "".join(_written(part.get("text")) for part in value if isinstance(part, dict))
    return value if isinstance(value, str) else ""


def _name(value: Any) -> str:
    return value[:200] if isinstance(value, str) else ""


def _used(value: Any, *, is_something: bool) -> int | None:
    """A number of tokens; none for something that was read or written means that the server does not count."""
    count = _count(value)
    return None if is_something and not count else count


def _count(value: Any) -> int | None:
    """A number of tokens; None where the server wrote something that is none."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return int(value) if is_number and 0 <= value < _MOST_TOKENS else None
