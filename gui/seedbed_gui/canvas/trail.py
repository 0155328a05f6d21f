"""The trail: where a person has been in the tree, to go back and forward as in a browser; knows no Qt."""

from dataclasses import dataclass

from seedbed_engine.tree.folding import Folding

LONGEST = 200


@dataclass(frozen=True, slots=True)
class Stop:
    """One place: the example that was looked at, what was folded, and how near it was (None: the whole tree fitted)."""

    current: int | None
    folding: Folding
    scale: float | None = None


class Trail:
    """Stops in the order in which they were visited; a new one forgets those ahead."""

    def __init__(self) -> None:
        self._stops: list[Stop] = []
        self._at = -1

    def clear(self) -> None:
        """Begin anew."""
        self._stops, self._at = [], -1

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at < len(self._stops) - 1

    def visit(self, stop: Stop, left: Stop | None = None, *, replaces: bool = False) -> None:
        """Remember a place; `left` is how the one before was left. `replaces`: a step of a walk, not a place."""
        here = self._stops[self._at] if self._at >= 0 else None
        if here is not None and (here.current, here.folding) == (stop.current, stop.folding):
            return
        if here is not None and left is not None:
            self._stops[self._at] = left
        del self._stops[self._at + 1 :]
        if replaces and self._at > 0:
            self._stops[self._at] = stop
            return
        self._stops.append(stop)
        self._stops = self._stops[-LONGEST:]
        self._at = len(self._stops) - 1

    def step(self, by: int, left: Stop) -> Stop | None:
        """Go back (-1) or forward (1); None where there is nothing."""
        if not 0 <= self._at + by < len(self._stops):
            return None
        self._stops[self._at] = left
        self._at += by
        return self._stops[self._at]
