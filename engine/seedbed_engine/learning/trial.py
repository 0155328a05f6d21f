"""Train and evaluate as one run of a project: reads its examples, has them judged, keeps what came of it."""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from seedbed_engine import events
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import answers_kept, datasets, runs
from seedbed_engine.keeping.rows import DatasetRow, SeedRow
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.created import created_items
from seedbed_engine.learning.items import LearningItem, check_enough, check_labels, infer_form
from seedbed_engine.learning.judging import CurvePoint, Judgement, LearningTask, Prediction, judge
from seedbed_engine.learning.material import HUMAN_TEST, gather
from seedbed_engine.learning.pausing import Reins
from seedbed_engine.learning.tracing import with_errors
from seedbed_engine.settings import TrainingSettings

Tell = Callable[[events.Event], None]
MOST_DEV_ITEMS = 500
NO_TEST = "Judged on a dev set, which may steer what is grown; no test set was looked at."
_LOOKED = {"looked at the test": True}


def train_and_judge(
    store: Store, run: int, tell: Tell, stop: threading.Event, pause: threading.Event | None = None
) -> tuple[str, str, str | None]:
    """Do what a run of the work 'train' asks for; how it ended: state, sentence, the verdict as JSON.

    While `pause` is set it waits before its next step.
    """
    row = runs.read_run(store, run)
    settings = TrainingSettings.from_json(row.settings).checked()
    if row.seed is None:
        raise PersonError("The run has no seed.", "Start it from a seed.")
    seed = read_seed(store, row.seed)
    task = _make_task(store, run, seed, settings)
    teller = _Teller(store, run, tell)

    def keep_first(found: Judgement) -> None:
        _keep(store, run, found)
        runs.keep_result(store, run, with_errors(store, run, found.verdict.to_json()))
        teller(f"{found.verdict.headline}. The model of all human data follows, and is kept for later runs.")

    reins = Reins(stop, pause or threading.Event(), lambda waits: tell(events.Paused(run, waits)))
    found = judge(task, teller, reins, keep_first)
    if found is None:
        return "stopped", "Stopped. Started again, the training goes on where it was.", None
    _keep(store, run, found)
    return "finished", f"{found.verdict.headline}.", with_errors(store, run, found.verdict.to_json())


def models_folder(project: Path, run: int) -> Path:
    """Where the models that a run trains are kept: beside the project file."""
    return shared_folder(project) / f"run-{run}"


def shared_folder(project: Path) -> Path:
    """What serves several runs: models of all human data are trained once."""
    return project.with_name(f"{project.stem}.models")


def _make_task(store: Store, run: int, seed: SeedRow, settings: TrainingSettings) -> LearningTask:
    created = created_items(store, seed.id, approved_only=settings.approved_only)
    labels = seed.example.options if seed.kind is Options.FIXED else ()
    folder = models_folder(store.path, run)
    folder.mkdir(parents=True, exist_ok=True)
    if settings.judge_on == "dev":
        return _dev_task(store, settings, LearningTask(created, settings, folder, labels=labels))
    human = _test_dataset(store, settings)
    if human is None:
        return LearningTask(created, settings, folder, labels=labels, held_out=settings.held_out)
    examples = [item.example for item in created]
    check_enough(infer_form(examples, labels), examples)
    test = _human_items(datasets.read_test(store, human.id))
    check_labels(human.name, labels, [item.example for item in test])
    spare = _human_items(datasets.read_split(store, human.id, "train"))
    train = spare if settings.human else []
    dev = _human_items(datasets.read_split(store, human.id, "dev")) or ([] if train else spare)
    is_new = json.loads(runs.read_run(store, run).progress or "{}") != _LOOKED  # a run that goes on looks again
    task = LearningTask(
        created,
        settings,
        folder,
        train,
        test,
        labels,
        test_name=f"{HUMAN_TEST} {human.name}",
        looks=human.looks + is_new,
        shared=shared_folder(store.path),
        dev=dev[:MOST_DEV_ITEMS],
        remark=_human_elsewhere(store, human) if settings.human and not spare else "",
    )
    gather(task)  # what cannot be judged is said before the look is counted
    if is_new:
        datasets.count_look(store, human.id)
    runs.beat(store, run, _LOOKED)
    return task


def _human_elsewhere(store: Store, human: DatasetRow) -> str:
    """Where only other data sets have human training examples, that is said: they are not compared with."""
    others = [each.name for each in datasets.read_datasets(store) if each.train and each.id != human.id]
    if not others:
        return ""
    elsewhere = f"that of {', '.join(others)} counts once it is imported under the name {human.name}"
    return f"There is no comparison with human data: {human.name} has no train split; {elsewhere}."


def _dev_task(store: Store, settings: TrainingSettings, task: LearningTask) -> LearningTask:
    """Judged on a human dev split, else on human train data, else on branches held out; every test set stays sealed."""
    found = datasets.read_datasets(store)
    sets = [each for each in found if settings.test_dataset in (None, each.id)]
    for split in ("dev", "train"):
        for dataset in sets:
            items = _human_items(datasets.read_split(store, dataset.id, split))[:MOST_DEV_ITEMS]
            if items:
                name = f"the dev set ({dataset.name}, {split} split)"
                return replace(task, test=items, test_name=name, remark=NO_TEST)
    return replace(task, held_out=settings.held_out, remark=NO_TEST if any(each.test for each in found) else "")


def _test_dataset(store: Store, settings: TrainingSettings) -> DatasetRow | None:
    """The human data that judges: the one the settings name, else the first that has a test split."""
    found = [dataset for dataset in datasets.read_datasets(store) if dataset.test]
    if settings.test_dataset is not None:
        chosen = next((dataset for dataset in found if dataset.id == settings.test_dataset), None)
        if chosen is None:
            raise PersonError("The chosen data set has no test split.", "Choose another, or import one.")
        return chosen
    return found[0] if found else None


def _human_items(found: Sequence[tuple[int, Example]]) -> list[LearningItem]:
    return [LearningItem(number, example) for number, example in found]


class _Teller:
    """Turns what a judging tells into events, and keeps its learning curves."""

    def __init__(self, store: Store, run: int, tell: Tell) -> None:
        self._store = store
        self._run = run
        self._tell = tell

    def __call__(self, told: CurvePoint | str) -> None:
        if isinstance(told, str):
            self._tell(events.Said(self._run, told))
            return
        fields = asdict(told)
        self._tell(events.Trained(self._run, **fields))
        del fields["examples_per_second"], fields["seconds_left"]
        runs.add_curve_point(self._store, self._run, **fields)


def _keep(store: Store, run: int, found: Judgement) -> None:
    """Predictions, dynamics and models into the project file; predictions name a human example, or the one held out."""
    runs.clear_results(store, run)
    learned = [
        answers_kept.LearnedRow(item.id, each.confidence, each.variability, each.correctness, each.forgotten)
        for item, each in zip(found.trained, found.learned, strict=True)
        if item.id is not None
    ]
    answers_kept.write_learned(store, run, learned)
    is_human = found.verdict.is_human_test
    runs.add_predictions(store, run, [_prediction_columns(each, is_human) for each in found.predictions])
    for model in found.models:
        folder = str(model.folder.relative_to(store.path.parent))
        runs.add_trained_model(store, run, model.model, model.training_seed, folder, json.dumps(model.card))


def _prediction_columns(prediction: Prediction, is_human: bool) -> dict[str, object]:
    return {
        "model": prediction.model,
        "training_seed": prediction.training_seed,
        "dataset_example": prediction.item.id if is_human else None,
        "example": None if is_human else prediction.item.id,
        "predicted": prediction.predicted,
        "probabilities": json.dumps([round(share, 6) for share in prediction.probabilities]),
    }
