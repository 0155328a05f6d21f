"""Numbers in words: money, tokens, times, counts, each with its unit."""

import math

MINUS = "\N{MINUS SIGN}"


def money(usd: float | None) -> str:
    """An amount in US dollars, as exact as it is small."""
    if usd is None:
        return "price not known"
    if usd == 0:
        return "$0"
    return f"${usd:,.2f}" if usd >= 0.0995 else f"${usd:.3f}" if usd >= 0.00995 else f"${usd:.4f}"


def small_money(usd: float) -> str:
    """A small amount in US dollars with two figures that count, such as the price of one example."""
    return money(usd) if usd >= 0.1 or usd == 0 else f"${usd:.{1 - math.floor(math.log10(usd))}f}"


def tokens(number: int) -> str:
    """A number of tokens, shortened."""
    if number >= 1_000_000:
        return f"{number / 1_000_000:.1f}M tokens"
    return f"{number / 1000:.1f}k tokens" if number >= 10_000 else f"{number:,} tokens"


def seconds_left(seconds: float | None) -> str:
    """How long it will take, roughly."""
    if seconds is None:
        return ""
    if seconds < 90:
        return f"about {max(5, round(seconds / 5) * 5)} s left"
    if seconds < 5400:
        return f"about {round(seconds / 60)} min left"
    return f"about {seconds / 3600:.1f} h left"


def share(value: float | None) -> str:
    """A share as a percentage with one decimal, without its sign."""
    return "" if value is None else f"{100 * value:.1f}"


def points(value: float) -> str:
    """A difference of shares in percentage points with its sign."""
    return f"{'+' if value >= 0 else MINUS}{abs(100 * value):.1f}"


def count(number: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"1 {one}" if number == 1 else f"{number:,} {many}"
