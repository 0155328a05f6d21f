"""How far a whole training run is, from what its trainings say one after the other; knows no widget."""

from collections.abc import Callable, Sequence
from time import monotonic

from seedbed_engine.events import Trained
from seedbed_gui.language import mark, tr

NAMES = {
    "created": mark("created data"),
    "human": mark("human data"),
    "all human": mark("all human data"),
    "untuned": mark("untuned encoder"),
}


class TrainingProgress:
    """A run trains several models, each with several seeds; the engine says how long all of them together still take.

    So the share that is done is the time since the first word against the time left; it never goes back.
    """

    def __init__(self, seeds: Sequence[int] = (), clock: Callable[[], float] = monotonic) -> None:
        self._seeds, self._clock = tuple(seeds), clock
        self._began: float | None = None
        self._waits_since: float | None = None
        self._share = 0.0

    def share(self, event: Trained) -> float:
        """The share of the run that is done."""
        now = self._clock()
        if self._began is None:
            self._began = now
        if event.seconds_left is None:
            found = event.step / event.steps if event.steps and not self._share else self._share
        else:
            elapsed = now - self._began
            found = elapsed / (elapsed + event.seconds_left) if elapsed + event.seconds_left > 0 else 1.0
        self._share = max(self._share, min(found, 1.0))
        return self._share

    def wait(self, waits: bool) -> None:
        """The training is paused, or goes on: the time between does not count."""
        now = self._clock()
        if not waits and self._waits_since is not None and self._began is not None:
            self._began += now - self._waits_since
        self._waits_since = now if waits else None

    def training(self, event: Trained) -> str:
        """Which of the trainings this is."""
        seed = tr("seed {training_seed}", training_seed=event.training_seed)
        if event.training_seed in self._seeds:
            seed = tr("seed {index} of {many}", index=self._seeds.index(event.training_seed) + 1, many=len(self._seeds))
        return f"{tr(NAMES.get(event.model, event.model))}, {seed}"
