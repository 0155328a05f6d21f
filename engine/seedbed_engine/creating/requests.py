"""What is sent for a request's words: their form, limits and seed, and whether the answer is checked. Pure."""

from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.asking.passages import Thresholds, can_be_checked
from seedbed_engine.asking.prompts import Words
from seedbed_engine.creating.creators.protocol import Request
from seedbed_engine.creating.strategies import chance
from seedbed_engine.settings import GrowthSettings


def check_of(settings: GrowthSettings, task: TaskFormat) -> Thresholds | None:
    """How the answers of a small creator's examples are checked with their passages; None where they are not."""
    if not settings.check_passages or not can_be_checked(task):
        return None
    return Thresholds(settings.check_keep, settings.check_flip)


def request_of(
    words: Words, settings: GrowthSettings, key: str, part: int, *, is_small: bool, check: Thresholds | None = None
) -> Request:
    """The request that says these words; its seed depends on the call's key and the part alone."""
    limit = settings.max_tokens
    return Request(
        messages=words.messages,
        schema=words.schema,
        grammar=words.grammar,
        temperature=settings.temperature,
        top_p=settings.top_p,
        max_tokens=min(limit, words.max_tokens) if is_small else max(limit, words.max_tokens),
        seed=chance(settings.seed_number, "sampling", key, part).getrandbits(31),
        check=check,
        ending=words.ending,
    )
