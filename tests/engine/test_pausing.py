"""Pausing: a training waits before its next step, and becomes the very model it would have become."""

import threading
import time

import numpy as np

from seedbed_engine.examples import Example
from seedbed_engine.learning.items import infer_form
from seedbed_engine.learning.pausing import Reins
from seedbed_engine.learning.predictions import predict
from seedbed_engine.learning.training import Step, TrainedModel, train
from seedbed_engine.settings import TrainingSettings

WORDS = ["cat", "dog", "horse", "cow", "sheep", "goat", "hen", "duck"]
CLAIMS = [Example(f"A {word} is an animal.", ("Yes", "No"), answer) for word in WORDS for answer in ("Yes", "No")]
SETTINGS = TrainingSettings(epochs=2, batch=4)


def trained(reins: Reins, steps: list[Step], after: int, act: threading.Event) -> TrainedModel | None:
    """Train; after so many steps an event is set."""

    def on_step(step: Step) -> None:
        steps.append(step)
        if step.step == after:
            act.set()

    return train(CLAIMS, infer_form(CLAIMS), SETTINGS, 1, on_step=on_step, should_stop=reins)


def test_a_paused_training_waits_between_two_steps_and_loses_nothing() -> None:
    stop, pause = threading.Event(), threading.Event()
    told: list[tuple[bool, int]] = []
    steps: list[Step] = []
    waiting = threading.Event()

    def tell(waits: bool) -> None:
        told.append((waits, len(steps)))
        if waits:
            waiting.set()

    found: list[TrainedModel | None] = []
    worker = threading.Thread(target=lambda: found.append(trained(Reins(stop, pause, tell), steps, 3, pause)))
    worker.start()
    assert waiting.wait(60)
    time.sleep(1)
    assert len(steps) == 3
    pause.clear()
    worker.join(60)
    assert told == [(True, 3), (False, 3)]
    assert len(steps) == 8
    whole = trained(Reins(stop, threading.Event(), tell), [], 0, threading.Event())
    assert whole is not None
    assert found[0] is not None
    np.testing.assert_allclose(predict(found[0].classifier, CLAIMS), predict(whole.classifier, CLAIMS), atol=0.01)


def test_a_stop_ends_a_pause() -> None:
    stop, pause = threading.Event(), threading.Event()
    pause.set()
    told: list[bool] = []

    def tell(waits: bool) -> None:
        told.append(waits)
        stop.set()

    assert trained(Reins(stop, pause, tell), [], 0, threading.Event()) is None
    assert told == [True]
