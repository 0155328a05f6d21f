"""The queue of a review: where one is in it, what was decided, how fast it goes; knows no widget and no file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seedbed_gui.language import tr

AHEAD, BEHIND = 8, 2  # examples held ready on either side of the one that is shown
PACE_OF = 30  # latest decisions that say how fast it goes
LONGEST_PAUSE = 120.0  # seconds; a longer one is no deciding


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about an example, in words; `at` in seconds."""

    example: int
    said: str
    at: float


class ReviewQueue:
    """Ids in the order of review. What is decided stays where it is, so that one can go back to it."""

    def __init__(self, ids: Iterable[int] = ()) -> None:
        self.ids = list(ids)
        self.place = 0
        self.trail: list[Decision] = []
        self._done: set[int] = set()

    @property
    def current(self) -> int | None:
        """The example to decide about; None at the end."""
        return self.ids[self.place] if self.place < len(self.ids) else None

    @property
    def left(self) -> int:
        """Examples nothing was decided about."""
        return len(self.ids) - len(self._done)

    @property
    def done(self) -> int:
        """Examples something was decided about."""
        return len(self._done)

    def near(self) -> list[int]:
        """The examples to hold ready."""
        return self.ids[max(self.place - BEHIND, 0) : self.place + AHEAD]

    def decide(self, examples: Sequence[int], said: str, at: float) -> None:
        """Something was decided about the current example, perhaps with others; go on to the next that waits."""
        current = self.current
        known = set(self.ids)
        self._done.update(one for one in examples if one in known)
        if current is not None:
            self.trail.append(Decision(current, said, at))
        self.skip()

    def skip(self) -> None:
        """Go on to the next one that waits; behind the last one is the end."""
        self.place = min(self.place + 1, len(self.ids))
        while self.current in self._done:
            self.place += 1

    def back(self) -> None:
        """Go back by one, decided or not."""
        self.place = max(self.place - 1, 0)

    def go_to(self, example: int) -> None:
        """Go to an example; one that does not wait comes in here, as one that was decided about."""
        if example not in self.ids:
            self.ids.insert(self.place, example)
            self._done.add(example)
        self.place = self.ids.index(example)

    def restart(self) -> None:
        """Go through what was skipped again."""
        self.place = -1
        self.skip()

    def update(self, waiting: Sequence[int]) -> bool:
        """Somebody changed the tree: `waiting` are the new examples now. True where one should be looked at again."""
        current, now = self.current, set(waiting)
        undone = [one for one in self.trail if one.example in now and one.example in self._done]
        known = set(self.ids)
        self.ids += [one for one in waiting if one not in known]
        self._done = {one for one in self.ids if one not in now}
        self.trail = [one for one in self.trail if one not in undone]
        if undone:
            self.place = self.ids.index(undone[-1].example)
        return bool(undone) or self.current != current

    def pace(self) -> float | None:
        """Decisions a minute; None before there are a few."""
        times = [decision.at for decision in self.trail[-PACE_OF:]]
        steps = [min(b - a, LONGEST_PAUSE) for a, b in zip(times[:-1], times[1:], strict=True)]
        return 60.0 * len(steps) / sum(steps) if len(steps) >= 2 and sum(steps) > 0 else None

    def in_words(self) -> str:
        """How far one is, how fast it goes, how long it still takes."""
        parts = [tr("{place:,} of {many:,}", place=min(self.place + 1, len(self.ids)), many=len(self.ids))]
        pace = self.pace()
        if pace is not None:
            minutes = max(round(self.left / pace), 1)
            parts.append(tr("{pace:.0f} decisions a minute", pace=pace))
            parts.append(tr("about {n:,} minutes left", "about {n:,} minute left", minutes))
        return " · ".join(parts)
