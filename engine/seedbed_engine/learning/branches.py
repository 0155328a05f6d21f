"""Whole branches held out of a training, where no human test set judges it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from seedbed_engine.errors import NotEnoughData
from seedbed_engine.learning.items import LearningItem

SHARE = 0.2  # of the examples, at most
UTMOST = 0.4  # where every branch is larger than that


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What is trained on and what is held out; `words` say which."""

    train: tuple[LearningItem, ...]
    test: tuple[LearningItem, ...]
    words: str


def hold_out(items: Sequence[LearningItem], seed: int = 13) -> HeldOut:
    """Hold out about a fifth of the examples as whole branches, the approved first; siblings stay together."""
    branches: dict[str, list[LearningItem]] = defaultdict(list)
    for item in items:
        branches[item.branch].append(item)
    chosen = _choose(branches, len(items), seed)
    if not chosen:
        raise NotEnoughData(
            "There is no human test set, and no branch small enough to hold out.",
            "Import human data as a test set, or grow more branches.",
        )
    held = [item for name in chosen for item in branches[name]]
    approved = [item for item in held if item.is_approved]
    train = tuple(item for item in items if item.branch not in chosen)
    number = f"{len(chosen)} branch{'es' if len(chosen) > 1 else ''} of {len(branches)}"
    if len(approved) * 2 >= len(held):
        return HeldOut(train, tuple(approved), f"{len(approved)} approved examples that were held out ({number})")
    return HeldOut(train, tuple(held), f"{len(held)} created examples that were held out ({number}, not approved)")


def _choose(branches: dict[str, list[LearningItem]], total: int, seed: int) -> set[str]:
    """Names of the branches to hold out: the most approved first, chance deciding between equals."""
    names = sorted(branches)
    chance = np.random.default_rng(seed).permutation(len(names))
    approved = {name: sum(item.is_approved for item in branches[name]) / len(branches[name]) for name in names}
    order = [names[place] for place in sorted(range(len(names)), key=lambda i: (-approved[names[i]], chance[i]))]
    chosen: set[str] = set()
    held = 0
    for name in order:
        if held + len(branches[name]) <= SHARE * total:
            chosen.add(name)
            held += len(branches[name])
    smallest = min(names, key=lambda name: len(branches[name]))
    if not chosen and len(branches[smallest]) <= UTMOST * total:
        chosen = {smallest}
    return chosen
