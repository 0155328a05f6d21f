"""Roots: where a growth begins, and the keys that tell its calls from those of other growths."""

import json
from collections.abc import Sequence

from seedbed_engine.creating.strategies import Formatting, call_key
from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.rows import ExampleRow, SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings


def read_roots(store: Store, seed: SeedRow, settings: GrowthSettings) -> list[Formatting]:
    """What a run grows from: the seed, or the examples that a person chose, in the order in which they were named."""
    if not settings.parents:
        return [Formatting(None, _ground(settings, None), 0, seed.example)]
    rows = read_chosen(store, seed, settings.parents)
    return [Formatting(row.id, f"{_ground(settings, row.id)}/{row.key}", row.depth, row.example) for row in rows]


def read_chosen(store: Store, seed: SeedRow, chosen: Sequence[int]) -> list[ExampleRow]:
    """The examples that a person chose to grow from, each once; PersonError where there is nothing to grow from."""
    rows = {row.id: row for row in trees.read_examples(store, chosen) if row.seed == seed.id}
    for parent in chosen:
        if parent not in rows:
            raise PersonError(f"There is no example {parent} in this tree.", "Choose another one to grow from.")
    closed = set(trees.read_closed(store, seed.id))
    if chosen and all(not closed.isdisjoint(trees.read_path(store, parent)) for parent in chosen):
        which = f"Example {chosen[0]} is" if len(chosen) == 1 else "All of these examples are"
        raise PersonError(f"{which} rejected or pruned, or in a branch that is.", "Choose another one.")
    return [rows[parent] for parent in dict.fromkeys(chosen)]


def run_key(roots: Sequence[Formatting]) -> str:
    """What fixes the draws that a run makes over all its calls."""
    return roots[0].key if len(roots) == 1 else call_key("+".join(root.key for root in roots), 0)


def grounds(settings: GrowthSettings) -> frozenset[str]:
    """By these two runs are known that have calls in common."""
    return frozenset(_ground(settings, parent) for parent in settings.parents or (None,))


def _ground(settings: GrowthSettings, parent: int | None) -> str:
    """What tells one growth from another: each has calls of its own. A root has the same calls whether it is grown from
    alone or with others; what was not always asked for is part of it only where it is asked for."""
    s = settings
    ground: list[object] = [s.seed_number, s.strategy, s.creator, s.model, s.n, s.instruction, parent]
    if s.wanted_answer:
        ground.append(["wanted answer", s.wanted_answer])
    return json.dumps(ground, ensure_ascii=False)
