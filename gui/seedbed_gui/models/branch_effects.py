"""What leaving branches out showed, read from a run's row for the window; knows no widget."""

import json
from dataclasses import dataclass
from typing import Any

from seedbed_gui.language import tr
from seedbed_gui.sayings import told


@dataclass(frozen=True, slots=True)
class BranchEffect:
    """What one branch gives; shares from 0 to 1, `low` and `high` of the difference."""

    branch: str
    examples: int
    without: float
    difference: float
    low: float
    high: float
    is_told: bool

    @property
    def answer(self) -> str:
        """The answer in a word, where there is one."""
        return (tr("helps") if self.difference > 0 else tr("harms")) if self.is_told else tr("cannot be told")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence first, then each branch."""

    run: int
    said: str
    judged_on: str
    seeds: int
    branches: tuple[BranchEffect, ...]


def read_left_out(result: str | None) -> LeftOut | None:
    """What a run found; None where it has not finished, or cannot be read."""
    try:
        found = json.loads(result or "")
        branches = tuple(_effect(each) for each in found["branches"])
        return LeftOut(
            int(found["run"]), told(str(found["said"])), told(str(found["judged on"])), int(found["seeds"]), branches
        )
    except (ValueError, KeyError, TypeError):
        return None


def _effect(found: dict[str, Any]) -> BranchEffect:
    low, high = found["interval"]
    return BranchEffect(
        branch=str(found["branch"]),
        examples=int(found["examples"]),
        without=float(found["without"]),
        difference=float(found["difference"]),
        low=float(low),
        high=float(high),
        is_told=bool(found["is_told"]),
    )
