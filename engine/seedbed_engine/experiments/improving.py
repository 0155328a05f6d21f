"""Rounds of growing where the model is weak: train, cluster the errors on the dev set, grow from what is nearest to
them, train again, until a round brings no gain or the budget is spent. No test set is looked at.

Each growth and each training is a run of its own in the project; the improvement's own result lists them by round.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace

from seedbed_engine import events
from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import answers_kept, calls, runs
from seedbed_engine.keeping.heartbeats import heartbeat
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.gains import gain
from seedbed_engine.learning.tracing import errors_of
from seedbed_engine.learning.trial import train_and_judge
from seedbed_engine.learning.verdicts import Verdict, percent, points
from seedbed_engine.settings import GrowthSettings, ImprovementSettings, TrainingSettings

Tell = Callable[[events.Event], None]
Work = Callable[[Store, int, Tell, threading.Event], tuple[str, str, str | None]]


@dataclass
class Round:
    """One round: its growths and its training (numbers of runs), and what that gained over the round before."""

    growths: list[int] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)
    training: int | None = None
    kept: int = 0
    accuracy: float | None = None
    interval: dict[str, float] | None = None
    gain: float | None = None
    gain_interval: dict[str, float] | None = None
    p_value: float | None = None
    is_distinguishable: bool = False


class _Linked(threading.Event):
    """A stop for one run that is set also where another one is: a growth sets its own to drain what is in flight."""

    def __init__(self, above: threading.Event) -> None:
        super().__init__()
        self._above = above

    def is_set(self) -> bool:
        """Whether either is set."""
        return super().is_set() or self._above.is_set()


class _Stopped(Exception):
    """Somebody wanted it to stop; what was done is kept."""


def improve(store: Store, run: int, tell: Tell, stop: threading.Event) -> tuple[str, str, str | None]:
    """Work on an improvement until it ends, or go on with one; how it ended: state, sentence, its rounds as JSON."""
    row = runs.read_run(store, run)
    if row.seed is None:
        raise PersonError("The run has no seed.", "Start it from a seed.")
    work = _Improvement(store, run, row.seed, ImprovementSettings.from_json(row.settings).checked(), tell, stop)
    try:
        why = work.go()
    except _Stopped:
        return "stopped", "Stopped. It goes on where it was: seedbed improve --resume.", work.result("")
    return "finished", work.said(why), work.result(work.said(why))


class _Improvement:
    def __init__(
        self, store: Store, run: int, seed: int, settings: ImprovementSettings, tell: Tell, stop: threading.Event
    ) -> None:
        self._store, self._run, self._seed = store, run, seed
        self._settings = replace(
            settings, growth=replace(settings.growth, batch=False)
        )  # a round is not left for a day
        self._tell, self._stop = tell, stop
        kept = json.loads(runs.read_run(store, run).result or "{}").get("rounds", [])
        self.rounds = [Round(**each) for each in kept] or [Round()]

    def go(self) -> str:
        """Round after round; why it ended."""
        while True:
            this = self.rounds[-1]
            if len(self.rounds) > 1 and this.training is None:
                self._grow(this)
                if not this.kept:
                    self.rounds.pop()
                    return "nothing new was kept"
            self._train(this)
            why = self._why_end()
            if why:
                return why
            self.rounds.append(Round())
            self._keep()

    def said(self, why: str) -> str:
        """What came of it in a sentence, and what it must not be taken for."""
        done = [each for each in self.rounds if each.accuracy is not None]
        first, last = done[0], done[-1]
        rounds = f"{len(done) - 1} round{'s' * (len(done) != 2)}; {why}"
        if len(done) < 2 or first.training is None or last.training is None or first.accuracy is None:
            return f"No round: {why}."
        found = gain(self._store, first.training, last.training)
        span = f"95 % interval {points(found.interval.low)} to {points(found.interval.high)}"
        word = "" if found.is_distinguishable else ", not distinguishable from none"
        return (
            f"{rounds}. On the dev set {percent(first.accuracy)} % before and {percent(last.accuracy or 0)} % after: "
            f"{points(found.difference)} points ({span}{word}). The dev set steered the rounds, so this is optimistic; "
            "no test set was looked at."
        )

    def result(self, said: str) -> str:
        """The rounds as JSON."""
        return json.dumps({"rounds": [asdict(each) for each in self.rounds], "said": said}, ensure_ascii=False)

    def _why_end(self) -> str:
        last = self.rounds[-1]
        if last.gain is not None and last.gain <= 0:
            return "the last round brought no gain"
        if len(self.rounds) > self._settings.rounds:
            return "all rounds are done"
        return self._what_is_spent()

    def _what_is_spent(self) -> str:
        growth = self._growth_left()
        for budget, unit in ((growth.budget_usd, "USD"), (growth.budget_tokens, "tokens")):
            if budget is not None and budget <= 0:
                return f"the budget ({unit}) is spent"
        return ""

    def _growth_left(self) -> GrowthSettings:
        """The growth's settings with what is left of its budgets."""
        growth = self._settings.growth
        accounts = [calls.read_account(self._store, each) for one in self.rounds for each in one.growths]
        usd = None if growth.budget_usd is None else growth.budget_usd - sum(each.usd or 0.0 for each in accounts)
        used = sum(each.tokens for each in accounts)
        tokens = None if growth.budget_tokens is None else growth.budget_tokens - used
        return replace(growth, budget_usd=usd, budget_tokens=tokens)

    def _grow(self, this: Round) -> None:
        """Grow from the largest clusters of the last training's errors, each with their kind as the instruction."""
        from seedbed_engine.creating.growth import grow

        for number, settings in enumerate(self._wishes()):
            if number >= len(this.growths):
                if self._what_is_spent():  # with the cluster before
                    break
                left = self._growth_left()
                settings = replace(settings, budget_usd=left.budget_usd, budget_tokens=left.budget_tokens)
                this.growths.append(runs.add_run(self._store, "grow", settings.to_json(), self._seed))
                this.wishes.append(settings.instruction)
                self._keep()
            self._work(this.growths[number], grow)
        this.kept = sum(calls.read_account(self._store, each).kept for each in this.growths)
        self._keep()

    def _wishes(self) -> list[GrowthSettings]:
        before = self.rounds[-2].training
        clusters = errors_of(self._store, before)["clusters"] if before is not None else []
        growth, round_number = self._settings.growth, len(self.rounds) - 1
        total = -(-growth.target // growth.n)  # calls in this round, the first clusters taking one more
        chosen = [each for each in clusters if each["parents"]][: min(self._settings.clusters, total)]
        return [
            replace(
                growth,
                parents=tuple(each["parents"]),
                instruction=" ".join(filter(None, (growth.instruction, each["instruction"]))),
                target=min(growth.target, growth.n * (total // len(chosen) + (place < total % len(chosen)))),
                seed_number=growth.seed_number + round_number,
            )
            for place, each in enumerate(chosen)
        ]

    def _train(self, this: Round) -> None:
        """Train and judge on the dev set; what it gained over the round before."""
        if this.training is None:
            this.training = runs.add_run(self._store, "train", self._training().to_json(), self._seed)
            self._keep()
        self._work(this.training, train_and_judge)
        verdict = Verdict.from_json(runs.read_run(self._store, this.training).result or "")
        created = verdict.rows[0]
        this.accuracy, this.interval = created.accuracy, asdict(created.interval)
        before = self.rounds[-2].training if len(self.rounds) > 1 else None
        if before is not None:
            found = gain(self._store, before, this.training)
            this.gain, this.gain_interval, this.p_value = found.difference, asdict(found.interval), found.p_value
            this.is_distinguishable = found.is_distinguishable
            span = f"{points(found.interval.low)} to {points(found.interval.high)}"
            said = f"Round {len(self.rounds) - 1}: {points(found.difference)} points on the dev set (95 % {span})."
            self._tell(events.Said(self._run, said))
        self._keep()

    def _training(self) -> TrainingSettings:
        """As wanted, but on the dev set, without models of human data, and with what the first round held out."""
        settings = replace(self._settings.training, judge_on="dev", human=False, all_human=False)
        first = self.rounds[0].training
        if first is None:
            return settings
        answered = answers_kept.read_predictions(self._store, first, "created")
        held = tuple(sorted({each.example for each in answered if each.example is not None}))
        return replace(settings, held_out=held)

    def _work(self, child: int, work: Work) -> None:
        """Work on a run that belongs to this one, and end its row, unless it has its end."""
        if runs.read_run(self._store, child).state == "finished":
            return
        runs.take_lease(self._store, child)
        try:
            with heartbeat(self._store, child, self._stop):
                state, _, result = work(self._store, child, self._tell, _Linked(self._stop))
        except PersonError as error:
            runs.end_run(self._store, child, "failed", error=str(error))
            raise
        runs.end_run(self._store, child, state, result=result)
        if state == "stopped" and self._stop.is_set():
            raise _Stopped

    def _keep(self) -> None:
        runs.keep_result(self._store, self._run, self.result(""))
