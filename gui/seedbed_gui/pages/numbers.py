"""Numbers in words: money, tokens, times, counts, each with its unit."""

import math

from seedbed_gui.language import SOURCE, figure, now, tr

MINUS = "\N{MINUS SIGN}"


def money(usd: float | None) -> str:
    """An amount in US dollars, as exact as it is small."""
    if usd is None:
        return tr("price not known")
    if usd == 0:
        return tr("${usd}", usd="0")
    return tr("${usd}", usd=figure(usd, ",.2f" if usd >= 0.0995 else ".3f" if usd >= 0.00995 else ".4f"))


def small_money(usd: float) -> str:
    """A small amount in US dollars with two figures that count, such as the price of one example."""
    if usd >= 0.1 or usd == 0:
        return money(usd)
    return tr("${usd}", usd=figure(usd, f".{1 - math.floor(math.log10(usd))}f"))


def tokens(number: int) -> str:
    """A number of tokens, shortened."""
    return tr("{number} tokens", number=short(number))


def short(number: int) -> str:
    """A large number, shortened."""
    if number >= 1_000_000:
        return tr("{number:.1f}M", number=number / 1_000_000)
    return tr("{number:.1f}k", number=number / 1000) if number >= 10_000 else figure(number)


def bare(value: float) -> str:
    """A number from 0 to 1 with two decimals, without the zero before them where English leaves it out."""
    said = f"{value:.2f}"
    return figure(value, ".2f") if now() != SOURCE else said.replace("0.", ".")


def seconds_left(seconds: float | None) -> str:
    """How long it will take, roughly."""
    if seconds is None:
        return ""
    if seconds < 90:
        return tr("about {seconds} s left", seconds=max(5, round(seconds / 5) * 5))
    if seconds < 5400:
        return tr("about {minutes} min left", minutes=round(seconds / 60))
    return tr("about {hours:.1f} h left", hours=seconds / 3600)


def share(value: float | None) -> str:
    """A share as a percentage with one decimal, without its sign."""
    return "" if value is None else figure(100 * value, ".1f")


def points(value: float) -> str:
    """A difference of shares in percentage points with its sign."""
    return f"{'+' if value >= 0 else MINUS}{figure(abs(100 * value), '.1f')}"
