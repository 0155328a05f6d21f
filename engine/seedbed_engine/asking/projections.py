"""Projections: what a growth that is under way will come to in the end, from how it goes."""

import dataclasses
import math

from seedbed_engine.asking.estimates import likely_calls
from seedbed_engine.keeping.spending import Course, Usage
from seedbed_engine.settings import GrowthSettings

USUAL_SHARE = 0.9  # of the examples asked for that are kept: it counts little once some calls are read


def project(
    course: Course, settings: GrowthSettings, requests_a_call: int | None = None
) -> tuple[int | None, float | None]:
    """Tokens and US dollars at the end; None where nothing is known yet, or no price. A call has as many requests as a
    growth's has, where no number is named."""
    if not course.replies:
        return None, None
    per_call = requests_a_call or (settings.n if settings.creator == "embedded" else 1)
    more = max(0.0, _calls_in_all(course, settings) * per_call - course.replies)
    tokens = round(course.tokens * (1 + more / course.replies))
    usd = None if course.usd is None else course.usd * (1 + more / course.replies)
    if settings.budget_tokens is not None:
        tokens = min(tokens, settings.budget_tokens)
    if settings.budget_usd is not None and usd is not None:
        usd = min(usd, settings.budget_usd)
    return tokens, usd


def _calls_in_all(course: Course, settings: GrowthSettings) -> float:
    """Those asked, and those that what is still wanted takes at the yield so far."""
    if course.kept >= settings.target:
        return course.calls
    seen = Usage(0, 0, 0, 0, course.wanted, course.kept)
    a_call = settings.target / likely_calls(_without_limit(settings), seen, USUAL_SHARE)
    further = course.decided + math.ceil((settings.target - course.kept) / a_call)
    limited = further if settings.max_calls is None else min(further, settings.max_calls)
    return max(course.calls, limited)


def _without_limit(settings: GrowthSettings) -> GrowthSettings:
    return dataclasses.replace(settings, max_calls=None)
