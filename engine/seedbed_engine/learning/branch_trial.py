"""Which branch helped, as one run of a project: the branches in doubt are left out in turn by retraining."""

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from seedbed_engine import events
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Options
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.audit import audit, held_out_of
from seedbed_engine.learning.items import LearningItem, infer_form
from seedbed_engine.learning.leaving import BranchEffect, LeavingTask, leave_out
from seedbed_engine.learning.pausing import Reins
from seedbed_engine.learning.tracing import trained_items
from seedbed_engine.learning.training import Step
from seedbed_engine.learning.trial import models_folder
from seedbed_engine.settings import BranchSettings, TrainingSettings

LEAST_SHARE = 0.03  # of the examples; what a smaller branch gives cannot be told


def weigh_branches(
    store: Store, run: int, tell: Callable[[events.Event], None], stop: threading.Event, pause: threading.Event
) -> tuple[str, str, str | None]:
    """Do what a run of the work 'leave-out' asks for; how it ended: state, sentence, the effects as JSON."""
    settings = BranchSettings.from_json(runs.read_run(store, run).settings).checked()
    task, judged_on = _make_task(store, run, settings)
    reins = Reins(stop, pause, lambda waits: tell(events.Paused(run, waits)))
    say = _say(tell, run)
    say(f"{len(task.branches)} branches are left out in turn, judged on {judged_on}.")
    found = leave_out(task, say, reins, lambda branch, seed, step: tell(_trained(run, task, branch, seed, step)))
    if found is None:
        return "stopped", "Stopped. Started again, it goes on with the trainings that are not finished.", None
    said = in_words(found)
    fields = [effect.as_fields() for effect in found]
    result = {"run": settings.run, "judged on": judged_on, "seeds": len(task.settings.seeds), "said": said}
    return "finished", said, json.dumps({**result, "branches": fields}, ensure_ascii=False)


def in_words(found: Sequence[BranchEffect]) -> str:
    """The answer in a sentence; by chance about one in a hundred that give nothing is answered."""
    told = [each for each in found if each.interval.excludes_zero]
    if not found:
        return "No branch could be left out: too little would be left to train on."
    if not told:
        return f"Of {len(found)} branches none can be told to help or to harm: seeds and items differ more."
    helps = ", ".join(each.branch for each in told if each.difference > 0)
    harms = ", ".join(each.branch for each in told if each.difference < 0)
    parts = [f"{names} {verb}" for names, verb in ((helps, "helped"), (harms, "did harm")) if names]
    return f"Of {len(found)} branches: {'; '.join(parts)}; the others cannot be told."


def doubtful(branches: Sequence[Mapping[str, Any]], most: int) -> list[str]:
    """The branches that the model was least sure of, as far as they are large enough to be told."""
    total = sum(int(each["examples"]) for each in branches)
    large = [each for each in branches if int(each["examples"]) >= LEAST_SHARE * total]
    return [str(each["branch"]) for each in sorted(large, key=lambda each: float(each["confidence"]))[:most]]


def _make_task(store: Store, run: int, settings: BranchSettings) -> tuple[LeavingTask, str]:
    row = runs.read_run(store, settings.run)
    trained = TrainingSettings.from_json(row.settings)
    items: list[LearningItem] = trained_items(store, settings.run)
    judged, judged_on = held_out_of(store, settings.run)
    if not judged:
        raise PersonError("There is nothing to judge the branches on.", "Import human data with a dev split.")
    seed = read_seed(store, row.seed or 0)
    labels = seed.example.options if seed.kind is Options.FIXED else ()
    form = infer_form([item.example for item in items], labels)
    branches = doubtful(audit(store, settings.run)["branches"], settings.branches)
    plain = replace(trained, seeds=settings.seeds, patience=0, search_rates=False)
    return LeavingTask(items, judged, form, plain, models_folder(store.path, run), branches), judged_on


def _say(tell: Callable[[events.Event], None], run: int) -> Callable[[str], None]:
    return lambda text: tell(events.Said(run, text))


def _trained(run: int, task: LeavingTask, branch: str, seed: int, step: Step) -> events.Trained:
    name = f"without {branch}" if branch else "all branches"
    seeds, order = task.settings.seeds, ("", *task.branches)
    after = len(order) * len(seeds) - order.index(branch) * len(seeds) - seeds.index(seed) - 1
    whole = step.seconds_left / max(1, step.steps - step.step) * step.steps  # of one training
    left = step.seconds_left + after * whole if step.step < step.steps else None
    return events.Trained(run, name, seed, step.step, step.steps, step.loss, None, step.examples_per_second, left)
