"""Estimates: what a growth is likely to come to, from its real prompt and from what the creator has shown so far."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from seedbed_engine.asking.batches import SHARE
from seedbed_engine.asking.costs import Estimate, estimate_of, usd_in_words
from seedbed_engine.asking.formats import TaskFormat, infer_format
from seedbed_engine.asking.lengths import calls_at_depths, drifted, usual_length
from seedbed_engine.asking.passages import can_be_checked
from seedbed_engine.asking.prices import read_prices
from seedbed_engine.asking.prompts import Words, example_as_json, prompt, words_for_call
from seedbed_engine.asking.tokens import count_text
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example
from seedbed_engine.keeping import datasets, spending, trees
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

ENOUGH = 5  # requests from which a mean is taken as it is
MORE = 1.05  # what creators write beside that: measured over first growths (bench/money.py)
HUMAN = 64  # examples of a human data set that say what length is usual
SAMPLE = 20  # requests from which it is learnt how a server counts
YIELD_WEIGHT = 10  # examples that a creator's usual yield counts as
CHECK = 12  # tokens of a check's question besides the example
TOPIC = "everyday things"  # as long as most of the list's
MESSAGE_TOKENS = {"embedded": 7, "hosted": 4}  # that a chat's form puts around a message
EVER = 1 << 62
SCOPES = ("growth", "seed", "model")
NOTHING_SEEN = spending.Usage(*(0,) * len(spending.Usage.__slots__))


@dataclass(frozen=True, slots=True)
class Habit:
    """How a creator writes, before this project has seen it: the share of its examples that is kept, how many times as
    long as what is shown they are, how many tokens they have at least; and the share kept in chains, if that differs.
    """

    kept: float
    longer: float
    at_least: int = 0
    kept_in_chains: float | None = None


HOSTED = Habit(0.95, 1.1)  # a 1.5B instruct model wrote 1.15 times what it was shown, 11 replies in five formats
EMBEDDED = Habit(0.9, 1.1)
EMBEDDED_CHECKED = Habit(0.55, 1.1)  # answers that the passage must bear out
IN_BOX = {  # measured
    "fixed": Habit(0.97, 1.1),
    "checked": Habit(0.3, 0.85),
    "two options": Habit(0.97, 1.1, 47, 0.76),
    "more": Habit(0.95, 1.1, 56, 0.77),
}
OF_THE_LIMIT = 0.62  # to which share of a request's limit the box's examples with own options grow in a chain; measured
SHOWN_OF = 0.75  # how long examples that are shown are beside all that is written, what is cut short included


@dataclass(frozen=True, slots=True)
class Seen:
    """What a creator has shown in this project; `counts` is how its tokens compare with ours (1: the same)."""

    usage: Mapping[str, spending.Usage]
    counts: float = 1.0
    usual: float | None = None  # tokens of the project's human examples of this format as they are shown, on average


@dataclass(frozen=True, slots=True)
class _Request:
    """One request as it will likely be: its tokens, and those of its reply."""

    prompt: float
    completion: float


def estimate_growth(store: Store, seed: SeedRow, settings: GrowthSettings, before: int = EVER) -> Estimate:
    """What a growth is likely to come to; with `before`, as it would have been told before that run."""
    example = _formatting_example(store, seed, settings)
    asked = spending.Asked(
        creator=settings.creator,
        model=settings.model,
        base_url=settings.base_url,
        seed=seed.id,
        strategy=settings.strategy,
        n=settings.n,
        before=before,
    )
    usage = {scope: spending.read_usage(store, asked, scope) for scope in SCOPES}
    around = MESSAGE_TOKENS.get(settings.creator, 0)
    counts = _counts_beside_ours(spending.read_sent(store, asked, SAMPLE), around)
    human = [row for data in datasets.read_datasets(store) for row in datasets.read_some(store, data.id, HUMAN)]
    usual = usual_length(infer_format(seed.example, seed.kind), human)
    return _estimate(seed, example, settings, Seen(usage, counts, usual))


def estimate_unseen(seed: SeedRow, example: Example, settings: GrowthSettings) -> Estimate:
    """The same where nothing was asked of the creator yet: from the prompt alone, without reading a file."""
    return _estimate(seed, example, settings, Seen(dict.fromkeys(SCOPES, NOTHING_SEEN)))


def _estimate(seed: SeedRow, example: Example, settings: GrowthSettings, seen: Seen) -> Estimate:
    task = infer_format(seed.example, seed.kind)
    one = _likely_request(task, example, settings, seen)
    per_call: float = settings.n if settings.creator == "embedded" else 1
    best = next((usage for usage in seen.usage.values() if usage.wanted), NOTHING_SEEN)
    calls = likely_calls(settings, best, habit_of(settings, task).kept)
    if settings.creator == "embedded" and best.wanted:  # what gave no example was asked for once more
        per_call *= max(1.0, best.asked / best.wanted)
    whole = estimate_of(
        settings.model,
        calls * per_call,
        one.prompt,
        one.completion,
        is_free=settings.creator != "hosted",
        calls=math.ceil(calls),
        budget_usd=None if settings.batch else settings.budget_usd,  # it buys twice as much in batches
        budget_tokens=settings.budget_tokens,
        basis=_basis(seen.usage),
    )
    return _in_batches(whole, settings) if settings.batch else whole


def _in_batches(whole: Estimate, settings: GrowthSettings) -> Estimate:
    """Half the price, but for what is asked at once: the first request, and those of levels that are too small."""
    if whole.usd is None or whole.usd_low is None or whole.usd_high is None:
        return whole
    levels = list(calls_at_depths(settings, whole.calls))
    levels = [1, *levels] if settings.strategy == "naive" else levels
    at_once = sum(level for level in levels if level < settings.batch_least) / max(1, sum(levels))
    share = SHARE + (1 - SHARE) * at_once
    most = math.inf if settings.budget_usd is None else settings.budget_usd
    usd, low, high = (min(each * share, most) for each in (whole.usd, whole.usd_low, whole.usd_high))
    return replace(whole, usd=usd, usd_low=low, usd_high=high)


def _formatting_example(store: Store, seed: SeedRow, settings: GrowthSettings) -> Example:
    """What is shown first; of several the one of middling length."""
    found = {row.id: row.example for row in trees.read_examples(store, settings.parents)}
    for parent in settings.parents:
        if parent not in found:
            raise PersonError(f"There is no example {parent}.", "Choose another one to grow from.")
    shown = sorted(found.values(), key=lambda example: len(example.question) + len(example.context or ""))
    return shown[len(shown) // 2] if shown else seed.example


def habit_of(settings: GrowthSettings, task: TaskFormat) -> Habit:
    """What is usual for the creator that the settings name."""
    if settings.creator != "embedded":
        return HOSTED
    if _is_checked(settings, task):
        return EMBEDDED_CHECKED if settings.model else IN_BOX["checked"]
    if settings.model:
        return EMBEDDED
    habit = IN_BOX["fixed" if task.is_fixed else "two options" if task.count == 2 else "more"]
    is_chain = settings.strategy not in ("naive", "tree")
    return replace(habit, kept=habit.kept_in_chains) if is_chain and habit.kept_in_chains else habit


def _is_checked(settings: GrowthSettings, task: TaskFormat) -> bool:
    return settings.creator == "embedded" and settings.check_passages and can_be_checked(task)


def likely_calls(settings: GrowthSettings, seen: spending.Usage, usual_share: float) -> float:
    """How many calls a growth likely needs, on average; `usual_share` of what is asked for is usually kept."""
    share = (seen.kept + usual_share * YIELD_WEIGHT) / (seen.wanted + YIELD_WEIGHT)
    fewest = math.ceil(settings.target / settings.n)
    calls = max(fewest, settings.target / (settings.n * max(0.02, min(1.0, share))))
    return calls if settings.max_calls is None else min(calls, settings.max_calls)


def _likely_request(task: TaskFormat, example: Example, settings: GrowthSettings, seen: Seen) -> _Request:
    """Means of what was alike; else the prompt's own texts, and the examples that this seed gave or that are shown:
    creators imitate the length of what they are shown."""
    alike, same_seed = seen.usage["growth"], seen.usage["seed"]
    if alike.requests >= ENOUGH:
        return _Request(alike.prompt_tokens / alike.requests, alike.completion_tokens / alike.requests)
    is_single = settings.creator == "embedded"
    wanted = 1 if is_single else settings.n
    words = _words(task, example, settings)
    around = MESSAGE_TOKENS.get(settings.creator, 0)
    words_sent = sum(around + count_text(message.content) for message in words.messages)
    longer, likely = _likely_lengths(task, example, settings, words, seen.usual)
    sent, completion = seen.counts * (words_sent + longer), seen.counts * likely
    if same_seed.requests:
        written = same_seed.completion_tokens / same_seed.examples
        if settings.strategy != "naive" and seen.usual is None:  # what is written becomes what is shown
            sent += written - completion / wanted
        completion = written * wanted
    if _is_checked(settings, task):  # the example is read again, and one word said
        sent += seen.counts * (2 * around + count_text(prompt("small_check")) + CHECK) + completion
    return _Request(sent, completion)


def _likely_lengths(
    task: TaskFormat, example: Example, settings: GrowthSettings, words: Words, usual: float | None
) -> tuple[float, float]:
    """How many tokens longer what is shown later is than the first example, and what a reply has, both on average."""
    is_single, habit = settings.creator == "embedded", habit_of(settings, task)
    calls = likely_calls(settings, NOTHING_SEEN, habit.kept)
    shown = words.messages[2].content if is_single else example_as_json(task, example)
    size = count_text(shown)
    if habit.at_least:  # the box's examples with options of their own grow towards the request's limit
        first = max(size * habit.longer, habit.at_least)
        given = first * drifted(settings, calls, first, OF_THE_LIMIT * words.max_tokens)[0]
        return (0.0 if settings.strategy == "naive" else max(0.0, SHOWN_OF * given - size)), given
    reply = size if is_single else count_text(_as_reply(shown, settings.n))
    if usual is None or is_single:  # what small models write is held near the seed's length
        return 0.0, reply * habit.longer
    show, give = drifted(settings, calls, size, usual)
    return (show - 1) * size, reply * give * MORE


def _as_reply(shown: str, wanted: int) -> str:
    return f'{{"examples": [{", ".join([shown] * wanted)}]}}'


def _counts_beside_ours(sent: Sequence[tuple[str, int]], around: int) -> float:
    """How many tokens a server counts where we count one."""
    ours = sum(around + count_text(message["content"]) for text, _ in sent for message in json.loads(text))
    return sum(theirs for _, theirs in sent) / ours if ours else 1.0


def _words(task: TaskFormat, example: Example, settings: GrowthSettings) -> Words:
    """What will be sent, with answers and a topic like those that will be drawn."""
    answers = [task.options[place % len(task.options)] for place in range(settings.n)] if task.options else None
    if settings.wanted_answer:
        answers = [settings.wanted_answer] * settings.n
    is_single = settings.creator == "embedded"
    return words_for_call(
        task,
        example,
        settings.n,
        one_at_a_time=is_single,
        wanted_answers=answers if task.is_fixed and (settings.balance or settings.wanted_answer) else None,
        topics=[TOPIC] if is_single and settings.topics else None,
        instruction=settings.instruction,
    )


def _basis(seen: Mapping[str, spending.Usage]) -> str:
    if seen["growth"].requests >= ENOUGH:
        return f"From {seen['growth'].requests} requests of such a growth in this project."
    if seen["model"].requests:
        return f"From the seed's prompt, and {seen['model'].requests} requests to this model in this project."
    return "From the seed's prompt alone: nothing was asked of this model in this project yet."


def estimate_in_words(estimate: Estimate, settings: GrowthSettings) -> str:
    """An estimate as a sentence for the person."""
    tokens = f"{estimate.tokens_low:,} to {estimate.tokens_high:,} tokens"
    if settings.creator != "hosted":
        price = "free, on this machine"
    elif estimate.usd_low is None or estimate.usd_high is None:
        price = f"price unknown: '{settings.model}' is not in the price list"
    else:
        low, high = (usd_in_words(usd) for usd in (estimate.usd_low, estimate.usd_high))
        price = f"{low} to {high} by the prices of {read_prices().day}"
    return f"About {estimate.calls:,} calls, {estimate.requests:,} requests, {tokens}; {price}. {estimate.basis}"
