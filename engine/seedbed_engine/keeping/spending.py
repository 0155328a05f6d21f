"""Spending in the project file: what requests used, cost and gave, so far and by whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from seedbed_engine.keeping.runs import PLANTING
from seedbed_engine.keeping.store import Store

_ASKED_MODEL = """CASE WHEN json_extract(u.settings, '$.creator') = 'hosted'
THEN COALESCE(NULLIF(json_extract(u.settings, '$.model'), ''), q.model) ELSE q.model END"""
LATEST = 500  # requests from which usage is learnt

_REQUESTS = """FROM request q JOIN call c ON c.id = q.call JOIN run u ON u.id = c.run
LEFT JOIN example p ON p.id = c.parent"""
_OF_REQUESTS = f"{_REQUESTS} WHERE u.work = 'grow'"
_SAME_ASKED = """json_extract(u.settings, '$.creator') = :creator AND json_extract(u.settings, '$.model') = :model
AND json_extract(u.settings, '$.base_url') = :base_url AND u.id < :before"""
_COUNTED = "q.outcome = 'read' AND q.prompt_tokens > 0 AND q.completion_tokens IS NOT NULL"
_SCOPES = {
    "model": "",
    "seed": " AND c.seed = :seed",
    "growth": """ AND c.seed = :seed AND json_extract(u.settings, '$.strategy') = :strategy
AND json_extract(u.settings, '$.n') = :n""",
}


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens, and what they cost in US dollars; None where no price is known."""

    tokens: int
    usd: float | None


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose earlier requests are looked at: a model's, only those of one seed, or of one kind of growth from it."""

    creator: str
    model: str
    base_url: str
    seed: int
    strategy: str
    n: int
    before: int  # run


@dataclass(frozen=True, slots=True)
class Usage:
    """What earlier requests used and gave."""

    requests: int
    prompt_tokens: int
    completion_tokens: int
    examples: int  # wanted from these requests
    wanted: int  # by all calls that were read
    asked: int  # by their requests, what was asked for once more included
    kept: int


@dataclass(frozen=True, slots=True)
class Course:
    """How a growth goes: calls asked, those decided with what they wanted, replies with what they used, examples kept,
    those too near to another of the tree, and how many the tree has from elsewhere."""

    calls: int
    decided: int
    wanted: int
    replies: int
    tokens: int
    usd: float | None
    kept: int
    twins: int
    before: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What one group of requests came to; `usd` is None where no price was known, `unpriced` are those without one."""

    run: int
    strategy: str
    model: str
    depth: int
    requests: int
    prompt_tokens: int
    completion_tokens: int
    usd: float | None
    unpriced: int
    possibly_billed: int
    kept: int
    approved: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What several groups of requests came to together; `usd` is None where no price was known."""

    requests: int
    tokens: int
    usd: float | None
    unpriced: int
    possibly_billed: int
    kept: int
    approved: int
    priced_kept: int  # of groups with a price
    priced_approved: int

    @property
    def usd_a_kept(self) -> float | None:
        """US dollars for each kept example that has a price."""
        return None if self.usd is None or not self.priced_kept else self.usd / self.priced_kept

    @property
    def usd_an_approved(self) -> float | None:
        """US dollars for each approved example that has a price."""
        return None if self.usd is None or not self.priced_approved else self.usd / self.priced_approved

    @property
    def tokens_a_kept(self) -> float | None:
        """Tokens for each kept example."""
        return self.tokens / self.kept if self.kept else None


def sum_up(spent: Iterable[Spent]) -> Sums:
    """Several groups of requests together."""
    each = list(spent)
    priced = [one for one in each if one.usd is not None]
    return Sums(
        requests=sum(one.requests for one in each),
        tokens=sum(one.prompt_tokens + one.completion_tokens for one in each),
        usd=sum(one.usd or 0.0 for one in priced) if priced else None,
        unpriced=sum(one.unpriced for one in each),
        possibly_billed=sum(one.possibly_billed for one in each),
        kept=sum(one.kept for one in each),
        approved=sum(one.approved for one in each),
        priced_kept=sum(one.kept for one in priced),
        priced_approved=sum(one.approved for one in priced),
    )


def sum_by(spent: Iterable[Spent], name: str) -> dict[Any, Sums]:
    """The sums by run, strategy, model or depth, in order."""
    groups: dict[Any, list[Spent]] = defaultdict(list)
    for each in spent:
        groups[getattr(each, name)].append(each)
    return {key: sum_up(groups[key]) for key in sorted(groups)}


def read_usage(store: Store, asked: Asked, scope: str) -> Usage:
    """What a model's latest requests in this project used: of all ("model"), one "seed", or one kind of "growth"."""
    same = _SAME_ASKED + _SCOPES[scope]
    values = {name: getattr(asked, name) for name in Asked.__slots__}
    latest = f"""SELECT COUNT(*), COALESCE(SUM(prompt_tokens), 0),
COALESCE(SUM(completion_tokens), 0), COALESCE(SUM(wanted), 0) FROM (
SELECT q.prompt_tokens, q.completion_tokens, q.wanted {_OF_REQUESTS} AND {same} AND {_COUNTED}
ORDER BY q.id DESC LIMIT {LATEST})"""
    given = f"""SELECT COALESCE(SUM(c.wanted), 0),
COALESCE(SUM((SELECT SUM(q.wanted) FROM request q WHERE q.call = c.id AND q.outcome = 'read')), 0),
COALESCE(SUM((SELECT COUNT(*) FROM example e WHERE e.call = c.id)), 0)
FROM call c JOIN run u ON u.id = c.run WHERE c.state = 'read' AND {same}"""
    return Usage(*store.rows(latest, values)[0], *store.rows(given, values)[0])


def read_sent(store: Store, asked: Asked, limit: int) -> list[tuple[str, int]]:
    """A model's latest requests in this project: messages as JSON, and their tokens as the server counted them."""
    query = f"""SELECT q.messages, q.prompt_tokens {_OF_REQUESTS} AND {_SAME_ASKED} AND {_COUNTED}
ORDER BY q.id DESC LIMIT {int(limit)}"""
    return [tuple(row) for row in store.rows(query, {name: getattr(asked, name) for name in Asked.__slots__})]


def read_course(store: Store, run: int) -> Course:
    """How a growth goes."""
    asked = """SELECT COUNT(*), COALESCE(SUM(state <> 'waiting'), 0), COALESCE(SUM(wanted * (state = 'read')), 0),
(SELECT COUNT(*) FROM example e JOIN call k ON k.id = e.call WHERE k.run = :run),
(SELECT COUNT(*) FROM discard d JOIN request q ON q.id = d.request JOIN call k ON k.id = q.call
  WHERE k.run = :run AND d.too_near_to IS NOT NULL),
(SELECT COUNT(*) FROM example e WHERE e.seed = (SELECT seed FROM run WHERE id = :run))
FROM call WHERE run = :run"""
    used = """SELECT COUNT(*), COALESCE(SUM(q.prompt_tokens + q.completion_tokens), 0), SUM(q.usd)
FROM request q JOIN call c ON c.id = q.call
WHERE c.run = ? AND q.outcome IN ('read', 'replied') AND q.prompt_tokens + q.completion_tokens > 0"""
    calls, decided, wanted, kept, twins, in_tree = store.rows(asked, {"run": run})[0]
    replies, tokens, usd = store.rows(used, [run])[0]
    return Course(calls, decided, wanted, replies, tokens, usd, kept, twins, in_tree - kept)


def read_counted(store: Store, run: int, call: int | None = None) -> Amount:
    """What a run's requests (or those of one call of it) count for against a budget: what the server reported, else
    the worst that they can have come to."""
    query = """SELECT COALESCE(SUM(COALESCE(q.prompt_tokens + q.completion_tokens, q.worst_tokens)), 0),
COALESCE(SUM(COALESCE(q.usd, q.worst_usd)), 0.0)
FROM request q JOIN call c ON c.id = q.call WHERE c.run = ?"""
    values = [run] if call is None else [run, call]
    row = store.rows(query + ("" if call is None else " AND c.id = ?"), values)[0]
    return Amount(row[0], row[1])


def read_spending(store: Store) -> list[Spent]:
    """What every run that asked a creator spent, by run, model (as it was asked for) and depth; a mending's strategy
    is its kind."""
    used = f"""SELECT u.id AS run, CASE u.work WHEN 'grow' THEN json_extract(u.settings, '$.strategy') ELSE u.work END
AS strategy, {_ASKED_MODEL} AS model, COALESCE(p.depth, 0) + (u.work IN {PLANTING}) AS depth,
COUNT(*) AS requests, COALESCE(SUM(q.prompt_tokens), 0) AS prompt_tokens,
COALESCE(SUM(q.completion_tokens), 0) AS completion_tokens, SUM(q.usd) AS usd,
SUM(q.usd IS NULL AND q.outcome IN ('read', 'replied')) AS unpriced,
SUM(q.outcome = 'possibly billed') AS possibly_billed {_REQUESTS} GROUP BY 1, 3, 4 ORDER BY 1, 3, 4"""
    given = f"""SELECT c.run AS run, {_ASKED_MODEL} AS model, e.depth AS depth, COUNT(*) AS kept,
SUM(e.state = 'approved') AS approved FROM example e JOIN request q ON q.id = e.request JOIN call c ON c.id = e.call
JOIN run u ON u.id = c.run GROUP BY 1, 2, 3"""
    counts = {(row["run"], row["model"], row["depth"]): row for row in store.rows(given)}
    return [_spent(row, counts.get((row["run"], row["model"], row["depth"]))) for row in store.rows(used)]


def read_answering(store: Store) -> dict[str, list[str]]:
    """Under which other names servers answered for the models that were asked for."""
    query = f"SELECT DISTINCT {_ASKED_MODEL} AS asked, q.model AS answering {_REQUESTS} ORDER BY 1, 2"
    found: dict[str, list[str]] = defaultdict(list)
    for row in store.rows(query):
        if row["answering"] != row["asked"]:
            found[row["asked"]].append(row["answering"])
    return dict(found)


def _spent(used: Any, given: Any) -> Spent:
    values = {name: used[name] for name in Spent.__slots__ if name not in {"kept", "approved"}}
    return Spent(**values, kept=given["kept"] if given else 0, approved=given["approved"] if given else 0)
