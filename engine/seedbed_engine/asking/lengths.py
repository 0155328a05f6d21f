"""How long created examples become: creators imitate the length of what they are shown, and drift to what is usual.

With `a` = IMITATION and `u` the usual length, an example of length s is followed by one of u (s / u)^a. Measured with a
1.5B instruct model: the paper's prompt, five data sets. Pure.
"""

from collections.abc import Iterator, Sequence

from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.asking.prompts import example_as_json
from seedbed_engine.asking.tokens import count_text
from seedbed_engine.examples import Example
from seedbed_engine.settings import GrowthSettings

IMITATION = 0.77
FEW = 20  # examples from which on a mean says what is usual


def usual_length(task: TaskFormat, examples: Sequence[Example]) -> float | None:
    """The mean number of tokens of examples of this format as they are shown; None where there are too few."""
    alike = [e for e in examples if len(e.options) == task.count and bool(e.context) == task.has_context]
    if len(alike) < FEW:
        return None
    return sum(count_text(example_as_json(task, example)) for example in alike) / len(alike)


def drifted(settings: GrowthSettings, calls: float, shown: float, usual: float) -> tuple[float, float]:
    """How many times as long as the first example that is shown are those that a growth of so many calls shows, and
    those that it is given, on average."""
    weights = list(calls_at_depths(settings, max(1, round(calls))))
    whole = sum(weights)
    ratio = usual / shown if shown else 1.0
    show = sum(many * ratio ** (1 - IMITATION**depth) for depth, many in enumerate(weights)) / whole
    give = sum(many * ratio ** (1 - IMITATION ** (depth + 1)) for depth, many in enumerate(weights)) / whole
    return show, give


def calls_at_depths(settings: GrowthSettings, calls: int) -> Iterator[int]:
    """How many calls show an example of each depth: all the first one, or level by level, or as long as the chain."""
    if settings.strategy == "naive":
        yield calls
        return
    width = 1 if settings.strategy == "tree" else settings.chains
    while calls > 0:
        yield min(calls, width)
        calls -= width
        width *= settings.n if settings.strategy == "tree" else 1
