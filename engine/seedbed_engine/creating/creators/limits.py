"""What the headers of an answer say of a server's limits: how much a minute, and how long to wait. Knows no request."""

import math
import re
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from seedbed_engine.creating.creators.protocol import Limits

Headers = Mapping[str, str]
_UNITS = {"ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_PART = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h|d)")
_EPOCH = 1e9  # a number from here on is a time, not a duration


def read_limits(headers: Headers) -> Limits:
    """What the server allows a minute and what is left, in the words of OpenAI that others have taken over."""
    return Limits(
        requests=_count(headers.get("x-ratelimit-limit-requests")),
        tokens=_count(headers.get("x-ratelimit-limit-tokens")),
        requests_left=_count(headers.get("x-ratelimit-remaining-requests")),
        tokens_left=_count(headers.get("x-ratelimit-remaining-tokens")),
        requests_reset=_seconds(headers.get("x-ratelimit-reset-requests")),
        tokens_reset=_seconds(headers.get("x-ratelimit-reset-tokens")),
    )


def read_retry_after(headers: Headers) -> float | None:
    """Seconds that the server asks to wait, as a number or as a date; None where it says nothing that can be read."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds * 1e-3
    said = headers.get("retry-after")
    seconds = _number(said)
    return _until(said, headers.get("date"), parsedate_to_datetime) if seconds is None else seconds


def _seconds(text: str | None) -> float | None:
    """A duration as servers write it: 6m0s, 20ms, 1.5; or a time: seconds since 1970, ISO 8601."""
    number = _number(text)
    if number is not None:
        return number if number < _EPOCH else max(0.0, number - time.time())
    parts = _PART.findall(text or "")
    if parts and "".join(map("".join, parts)) == (text or "").strip():
        return sum(float(count) * _UNITS[unit] for count, unit in parts)
    return _until(text, None, datetime.fromisoformat)


def _until(text: str | None, now: str | None, parse: Callable[[str], datetime]) -> float | None:
    """Seconds until a time, by the server's own clock where it is given."""
    try:
        at = _aware(parse(text or ""))
        return max(0.0, (at - (_aware(parse(now)) if now else datetime.now(UTC))).total_seconds())
    except (TypeError, ValueError, OverflowError):
        return None


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _count(text: str | None) -> float | None:
    return float(text) if text and text.isdecimal() and len(text) < 16 else None
