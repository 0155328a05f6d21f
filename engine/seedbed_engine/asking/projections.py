"""Projections: what a growth that is under way will come to in the end, from how it goes."""

import math

from seedbed_engine.keeping.spending import Course
from seedbed_engine.settings import GrowthSettings

USUAL_SHARE = 0.9  # of the examples asked for that are kept: it counts as much as so many examples
USUAL_WEIGHT = 10
LEAST_SHARE = 0.02
MOST_GROWTH = 4.0  # times as many twins as so far are expected at most


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
    """Those asked, and those that what is still wanted takes at the yield to come."""
    if course.kept >= settings.target:
        return course.calls
    a_call = settings.n * _share_to_come(course, settings.target)
    further = course.decided + math.ceil((settings.target - course.kept) / a_call)
    limited = further if settings.max_calls is None else min(further, settings.max_calls)
    return max(course.calls, limited)


def _share_to_come(course: Course, target: int) -> float:
    """The share of what is asked for that will be kept. The more a tree has, the more of what is new is a twin; but a
    further growth of the same tree has most of them at its beginning, near the seed."""
    wanted = course.wanted + USUAL_WEIGHT
    lost = course.wanted - course.kept - course.twins + (1 - USUAL_SHARE) * USUAL_WEIGHT
    is_first = course.kept > 0 and course.before == 0
    growth = min(MOST_GROWTH, (course.kept + target) / course.kept) if is_first else 1.0
    return min(1.0, max(LEAST_SHARE, 1 - (lost + growth * course.twins) / wanted))
