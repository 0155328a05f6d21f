"""Traits: what is known of each example of a tree beside its text, as a column: by whom, how, when, at what price."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.examples import Options
from seedbed_engine.keeping.history import ids_by_reviewer
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.trees import read_columns, whole_numbers

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Column = tuple[Ints, Floats, tuple[str, ...]]

USD_STEP = 1e-9  # prices travel as whole steps


class Trait(StrEnum):
    """What a column tells."""

    DRIFT = "drift"
    ANSWER = "answer"
    STRATEGY = "strategy"
    CREATOR = "creator"
    REVIEWER = "reviewer"
    CONFIDENCE = "confidence"
    COST = "cost"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class TraitColumn:
    """Values of examples by id: numbers, or places in `names` where there are some. What is not known is not listed."""

    ids: Ints
    values: Floats
    names: tuple[str, ...] = ()


def read_trait(store: Store, seed: int, trait: Trait) -> TraitColumn:
    """One trait of all examples of a tree. Of `confidence`: as the latest training run of this seed found it."""
    readers: dict[Trait, Callable[[Store, int], Column]] = {
        Trait.DRIFT: _drift,
        Trait.ANSWER: _answer,
        Trait.STRATEGY: _strategy,
        Trait.CREATOR: _creator,
        Trait.REVIEWER: _reviewer,
        Trait.CONFIDENCE: _confidence,
        Trait.COST: _cost,
        Trait.AGE: _age,
    }
    ids, values, names = readers[trait](store, seed)
    order = np.argsort(ids)
    known = order[np.isfinite(values[order])]
    return TraitColumn(ids[known], values[known], names)


def _drift(store: Store, seed: int) -> Column:
    columns = read_columns(store, seed)
    return columns.ids, columns.drifts.astype(np.float64), ()


def _answer(store: Store, seed: int) -> Column:
    """Of fixed options the answer itself; of others its place among the example's own options, as a letter."""
    kind = store.rows("SELECT options_kind FROM seed WHERE id = ?", [seed])
    if kind and kind[0][0] == Options.FIXED:
        return _named(store.rows("SELECT id, answer FROM example WHERE seed = ?", [seed]))
    query = """SELECT group_concat(id), group_concat(place) FROM (SELECT e.id,
  COALESCE((SELECT o.key FROM json_each(e.options) o WHERE o.value = e.answer LIMIT 1), -1) AS place
  FROM example e WHERE e.seed = ?)"""
    ids, places = map(whole_numbers, store.rows(query, [seed])[0])
    letters = tuple(chr(ord("A") + place) for place in range(max(int(places.max(initial=-1)) + 1, 0)))
    return ids, np.where(places < 0, np.nan, places), letters


def _strategy(store: Store, seed: int) -> Column:
    query = """SELECT c.id, COALESCE(json_extract(u.settings, '$.strategy'), 'not known')
FROM call c JOIN run u ON u.id = c.run WHERE c.seed = ?"""
    calls, values, names = _named(store.rows(query, [seed]))
    columns = read_columns(store, seed)
    return columns.ids, _looked_up(columns.calls, calls, values), names


def _creator(store: Store, seed: int) -> Column:
    query = """SELECT q.id, CASE WHEN q.model IN ('', q.creator) THEN q.creator ELSE q.creator || ' · ' || q.model END
FROM request q JOIN call c ON c.id = q.call WHERE c.seed = ?"""
    requests, values, names = _named(store.rows(query, [seed]))
    ids, of = _requests(store, seed)
    return ids, _looked_up(of, requests, values), names


def _reviewer(store: Store, seed: int) -> Column:
    """Who last decided about an example or edited it."""
    ids = read_columns(store, seed).ids
    names = tuple(str(row[0]) for row in store.rows("SELECT name FROM reviewer ORDER BY id"))
    values = np.full(len(ids), np.nan)
    for name, touched in ids_by_reviewer(store):
        values[np.isin(ids, touched)] = names.index(name) if name in names else np.nan
    return ids, values, names


def _confidence(store: Store, seed: int) -> Column:
    latest = """SELECT u.id FROM run u WHERE u.seed = ?
  AND EXISTS (SELECT 1 FROM learned l WHERE l.run = u.id) ORDER BY u.id DESC LIMIT 1"""
    rows = store.rows(f"SELECT example, confidence FROM learned WHERE run = ({latest})", [seed])
    found = np.array([(row[0], row[1]) for row in rows], np.float64).reshape(-1, 2)
    return found[:, 0].astype(np.int64), found[:, 1], ()


def _cost(store: Store, seed: int) -> Column:
    """What a request cost, shared among the examples kept of it; in US dollars."""
    query = f"""SELECT group_concat(id), group_concat(step) FROM (SELECT q.id,
  CAST(ROUND(q.usd / {USD_STEP}) AS INTEGER) AS step
  FROM request q JOIN call c ON c.id = q.call WHERE c.seed = ? AND q.usd IS NOT NULL)"""
    requests, steps = map(whole_numbers, store.rows(query, [seed])[0])
    ids, of = _requests(store, seed)
    _, place, counts = np.unique(of, return_inverse=True, return_counts=True)
    return ids, _looked_up(of, requests, np.asarray(steps * USD_STEP, np.float64)) / counts[place], ()


def _age(store: Store, seed: int) -> Column:
    """When an example came, in seconds since 1970."""
    query = """SELECT group_concat(id), group_concat(at) FROM (SELECT id,
  COALESCE(CAST(strftime('%s', created) AS INTEGER), 0) AS at FROM example WHERE seed = ?)"""
    ids, at = map(whole_numbers, store.rows(query, [seed])[0])
    return ids, np.where(at == 0, np.nan, at), ()


def _requests(store: Store, seed: int) -> tuple[Ints, Ints]:
    """Ids of the examples, and of the request that brought each (0: none)."""
    query = """SELECT group_concat(id), group_concat(request) FROM (
  SELECT id, COALESCE(request, 0) AS request FROM example WHERE seed = ?)"""
    ids, of = map(whole_numbers, store.rows(query, [seed])[0])
    return ids, of


def _named(rows: list[tuple[int, str]]) -> Column:
    """Keys with names as numbers: the place of each name among all, sorted."""
    names = sorted({str(row[1]) for row in rows})
    places = {name: place for place, name in enumerate(names)}
    keys = np.array([row[0] for row in rows], np.int64)
    return keys, np.array([places[str(row[1])] for row in rows], np.float64), tuple(names)


def _looked_up(wanted: Ints, keys: Ints, values: Floats) -> Floats:
    """The value of each wanted key, NaN where there is none."""
    if not len(keys):
        return np.full(len(wanted), np.nan)
    by_key = np.argsort(keys)
    place = np.minimum(np.searchsorted(keys[by_key], wanted), len(keys) - 1)
    return np.where(keys[by_key][place] == wanted, values[by_key][place], np.nan)
