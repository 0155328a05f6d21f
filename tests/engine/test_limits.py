"""What a server's headers say of its limits is read in all the ways in which servers write it."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from seedbed_engine.creating.creators.limits import read_limits, read_retry_after


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "250", "retry-after": "1"}, 0.25),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:12 GMT", "date": "Wed, 21 Oct 2015 07:28:00 GMT"}, 12.0),
        ({"retry-after": "Wednesday, 21-Oct-15 07:28:12 GMT", "date": "Wed, 21 Oct 2015 07:28:00 GMT"}, 12.0),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}, 0.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "inf"}, None),
        ({"retry-after": "Wed, 99 Oct 2015 07:28:00 GMT"}, None),
        ({}, None),
    ],
)
def test_how_long_a_server_asks_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert read_retry_after(headers) == seconds


def test_a_date_without_the_servers_clock_is_compared_with_ours() -> None:
    said = read_retry_after({"retry-after": format_datetime(datetime.now(UTC) + timedelta(seconds=3600))})
    assert said is not None
    assert 3000 < said <= 3600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        *(("1s", 1.0), ("6m0s", 360.0), ("20ms", 0.02), ("1h2m3.5s", 3723.5), ("12", 12.0), ("0.5", 0.5)),
        *(("2015-10-21T07:28:00Z", 0.0), ("1445412480", 0.0), ("a while", None), ("5 minutes", None), ("", None)),
    ],
)
def test_when_a_limit_begins_anew(text: str, seconds: float | None) -> None:
    assert read_limits({"x-ratelimit-reset-requests": text}).requests_reset == seconds


def test_nobody_waits_but_where_nothing_is_left_for_another_request() -> None:
    headers = {
        "x-ratelimit-limit-requests": "500",
        "x-ratelimit-remaining-requests": "0",
        "x-ratelimit-reset-requests": "2s",
        "x-ratelimit-limit-tokens": "30000",
        "x-ratelimit-remaining-tokens": "400",
        "x-ratelimit-reset-tokens": "6m0s",
    }
    limits = read_limits(headers)
    assert (limits.requests, limits.tokens) == (500.0, 30000.0)
    assert limits.wait(300.0) == 2.0
    assert limits.wait(500.0) == 360.0
    assert read_limits(headers | {"x-ratelimit-remaining-requests": "1"}).wait(300.0) == 0.0
    assert read_limits({"x-ratelimit-remaining-requests": "0"}).wait(300.0) == 0.0
    assert read_limits({}).wait(300.0) == 0.0
