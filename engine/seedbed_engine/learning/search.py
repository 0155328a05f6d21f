"""A small search for the learning rate: each tried once, on created branches held out for it; the test is not seen."""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from seedbed_engine.learning.checkpoints import fingerprint
from seedbed_engine.learning.evaluation import wilson
from seedbed_engine.learning.items import Form, LearningItem
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.recipes import recipe_for
from seedbed_engine.learning.training import score, train
from seedbed_engine.settings import LEARNING_RATES, TrainingSettings


@dataclass(frozen=True, slots=True)
class Tried:
    """A learning rate with what it reached on the held-out examples."""

    rate: float
    accuracy: float
    loss: float


def search_rate(
    train_on: Sequence[LearningItem],
    judge_on: Sequence[LearningItem],
    form: Form,
    settings: TrainingSettings,
    folder: Path,
    tell: Callable[[str], None],
    should_stop: Callable[[], bool],
) -> tuple[float, str] | None:
    """The best of the paper's three rates and the recipe's own, and a remark on it; None where it was stopped.

    The lower loss decides where two are as often right. Rates that were tried before a kill are not tried again.
    """
    examples, dev = [item.example for item in train_on], [item.example for item in judge_on]
    rates = sorted({*LEARNING_RATES, recipe_for(form.kind, settings).learning_rate})
    found: list[Tried] = []
    for rate in rates:
        tried = replace(settings, learning_rate=rate)
        recipe = recipe_for(form.kind, tried)
        path = folder / f"rate-{fingerprint([*examples, *dev], form, recipe, settings.encoder, settings.seeds[0])}.json"
        if not path.is_file():
            model = train(examples, form, tried, settings.seeds[0], should_stop=should_stop, dev=dev)
            if model is None:
                return None
            right, gain = score(predict(model.classifier, dev), dev)
            _write(path, right, -gain)
        found.append(Tried(rate, *json.loads(path.read_text(encoding="utf-8"))))
        tell(f"Learning rate {rate:g}: {found[-1].accuracy:.1%} of {len(dev)} held-out created examples right.")
    best = max(found, key=lambda each: (each.accuracy, -each.loss))
    return best.rate, _remark(best, found, len(dev))


def _remark(best: Tried, found: Sequence[Tried], items: int) -> str:
    others = ", ".join(f"{each.rate:g} ({each.accuracy:.1%})" for each in found)
    interval = wilson(best.accuracy, items)
    alike = sum(each.accuracy == best.accuracy for each in found) > 1
    among = "; among equals the lower loss decided" if alike else ""
    spread = f"95 %: {interval.low:.1%} to {interval.high:.1%}; flattered by the choice{among}"
    return (
        f"All models were trained with the learning rate {best.rate:g}, the best of {others} on {items} created "
        f"examples held out by branch ({spread})."
    )


def _write(path: Path, *values: float) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    beside.write_text(json.dumps(values), encoding="utf-8")
    os.replace(beside, path)
