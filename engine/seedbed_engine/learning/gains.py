"""What one training gained over another: both on the same items, paired, with its interval."""

from collections import defaultdict

import numpy as np

from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import answers_kept
from seedbed_engine.keeping.answers_kept import TEST
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.evaluation import Paired, compare

Item = tuple[str, int]


def gain(store: Store, before: int, after: int, model: str = "created") -> Paired:
    """The difference of two runs' models, the later minus the earlier, on what both were asked that is no test."""
    first, second = _hits(store, before, model), _hits(store, after, model)
    both = sorted(first.keys() & second.keys())
    if not both:
        raise PersonError(f"Runs {before} and {after} were asked nothing in common.", "Train and judge both again.")
    later, earlier = ([hits[item] for item in both] for hits in (second, first))
    return compare(
        *(np.array([seeds for seeds, _ in each]).T for each in (later, earlier)),
        *(np.array([mean for _, mean in each]) for each in (later, earlier)),
    )


def _hits(store: Store, run: int, model: str) -> dict[Item, tuple[list[bool], bool]]:
    """For each item: whether it was right with each training seed, and on the average."""
    answered = {(each.part, each.id): each for each in answers_kept.read_answered(store, run, model)}
    parts = {each.id: each.part for each in answered.values()}
    by_item: dict[Item, list[bool]] = defaultdict(list)
    for row in answers_kept.read_predictions(store, run, model):
        number = row.dataset_example or row.example or 0
        item = parts.get(number, ""), number
        if item in answered and item[0] != TEST:
            by_item[item].append(row.predicted == answered[item].example.answer)
    return {item: (hits, answered[item].is_right) for item, hits in by_item.items()}
