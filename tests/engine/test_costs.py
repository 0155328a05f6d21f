"""Prices, and what a request or a run may come to."""

import pytest

from seedbed_engine.asking.costs import (
    count_tokens,
    estimate_of,
    price,
    worst_case,
)
from seedbed_engine.asking.prompts import Message


def test_a_price_is_for_both_kinds_of_tokens_and_unknown_where_the_model_is() -> None:
    assert price("gpt-4o-mini", 1_000_000, 1_000_000) == pytest.approx(0.75)
    assert price("gpt-4o-mini-2024-07-18", 2_000_000, 0) == pytest.approx(0.3)
    assert price("gpt-4o-2024-05-13", 1_000_000, 0) == pytest.approx(5.0)
    assert price("somebody/model", 10, 10) is None
    assert price("gpt-4o", None, 10) is None


def test_the_worst_case_is_more_than_the_likely_price() -> None:
    messages = [Message("system", "word " * 200), Message("user", "日本" * 50)]
    likely = price("gpt-4o", count_tokens(messages), 300)
    worst = worst_case("gpt-4o", messages, 500)
    assert likely is not None
    assert worst is not None
    assert worst > likely
    assert worst_case("unknown", messages, 500) is None


def test_an_estimate_is_a_range_and_nothing_for_what_is_free() -> None:
    messages = [Message("user", "x" * 400)]
    asked = count_tokens(messages)
    run = estimate_of("gpt-4o", 10, asked, 200)
    assert (run.prompt_tokens, run.completion_tokens) == (1080, 2000)
    assert run.usd == pytest.approx((1080 * 2.5 + 2000 * 10) / 1e6)
    assert run.usd_low is not None
    assert run.usd_high is not None
    assert run.usd_low < run.usd < run.usd_high <= 1.5 * run.usd_low
    assert run.tokens_low < 3080 < run.tokens_high
    assert estimate_of("SmolLM2", 10, asked, 200, is_free=True).usd_high == 0.0
    assert estimate_of("unknown", 10, asked, 200).usd is None
