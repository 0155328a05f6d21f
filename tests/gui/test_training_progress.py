from seedbed_engine.events import Trained
from seedbed_gui.models.training_progress import TrainingProgress


def point(model: str, seed: int, step: int, left: float | None) -> Trained:
    return Trained(1, model, seed, step, 16, 0.5, None, 75.0, left)


def test_the_bar_is_the_progress_of_the_whole_run_and_never_goes_back() -> None:
    now = [100.0]
    progress = TrainingProgress((1, 2, 3), clock=lambda: now[0])
    shares = []
    for seconds, left in ((0.0, 60.0), (15.0, 45.0), (30.0, 30.0), (31.0, 80.0), (59.0, 1.0)):
        now[0] = 100.0 + seconds
        shares.append(round(progress.share(point("created", 1, 16, left)), 2))
    assert shares == [0.0, 0.25, 0.5, 0.5, 0.98]


def test_a_pause_does_not_count() -> None:
    now = [100.0]
    progress = TrainingProgress((1,), clock=lambda: now[0])
    progress.share(point("created", 1, 1, 60.0))
    now[0] = 115.0
    progress.wait(True)
    now[0] = 1115.0
    progress.wait(False)
    assert progress.share(point("created", 1, 2, 45.0)) == 0.25


def test_a_training_is_named_by_its_model_and_its_place_among_the_seeds() -> None:
    progress = TrainingProgress((13, 14, 15))
    assert progress.training(point("created", 13, 1, 1.0)) == "created data, seed 1 of 3"
    assert progress.training(point("all human", 15, 1, 1.0)) == "all human data, seed 3 of 3"
    assert TrainingProgress().training(point("human", 7, 1, None)) == "human data, seed 7"


def test_without_a_time_left_the_step_counts() -> None:
    assert TrainingProgress().share(point("created", 1, 8, None)) == 0.5
