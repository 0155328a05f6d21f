"""From a run's errors back to the tree: each with the examples nearest to it that were trained on, and their branch."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from seedbed_engine.asking.weaknesses import Missed, wish_for
from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.encoding.vectors import vectors_of
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Options
from seedbed_engine.keeping import answers_kept, runs
from seedbed_engine.keeping.answers_kept import DEV, PARTS, TEST, Answered
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.clusters import Clusters, cluster
from seedbed_engine.learning.created import created_items
from seedbed_engine.learning.items import LearningItem, infer_form
from seedbed_engine.learning.mistakes import as_fields, described, lengths
from seedbed_engine.learning.weighing import CREATED, TRAINED
from seedbed_engine.settings import TrainingSettings
from seedbed_engine.similarity import Vectors

NEAREST = 3
MOST_ERRORS = 500  # that are told one by one, the surest first
MOST_IN_TOPICS = 4_000  # items, above which no topics are looked for
TOPIC_ITEMS, MOST_TOPICS = 30, 8
CLUSTER_ERRORS, MOST_CLUSTERS = 8, 5


class Sight:
    """What the errors of several models are looked at with: one encoder, and the topics of each part found once."""

    def __init__(self, encoder: Encoder | None = None) -> None:
        self.encoder = encoder or Encoder()
        self._topics: dict[tuple[int, ...], Clusters] = {}

    def topics(self, store: Store, answered: Sequence[Answered]) -> Clusters:
        """What these items are about; nothing where they are too many."""
        if len(answered) > MOST_IN_TOPICS:
            return Clusters((), ())
        key = tuple(each.id for each in answered)
        if key not in self._topics:
            questions = [each.example.question for each in answered]
            vectors = vectors_of(store, self.encoder, questions)
            self._topics[key] = cluster(questions, vectors, TOPIC_ITEMS, MOST_TOPICS)
        return self._topics[key]


def errors_of(
    store: Store, run: int, model: str = CREATED, part: str = "", sight: Sight | None = None
) -> dict[str, Any]:
    """What a run's model got wrong, as plain values: confusion, calibration, slices, and errors, the surest first.

    `part` is 'test', 'held out' or 'dev' (empty: what was judged on). Each error has the created examples nearest to
    it among those trained on, by kept vectors of the questions: also where the model learned from human data, to tell
    what lies there in the tree. Errors of the model on created data that are not of a test are clustered, each cluster
    with what to grow from it.
    """
    answered = answers_of(store, run, model, part)
    sight = sight or Sight()
    encoder = sight.encoder
    row = read_seed(store, runs.read_run(store, run).seed or 0)
    labels = row.example.options if row.kind is Options.FIXED else infer_form([a.example for a in answered]).labels
    topics = sight.topics(store, answered)
    facts = described(answered, labels, topics.names_of_items if len(topics.names) > 1 else ())
    wrong = sorted((each for each in answered if not each.is_right), key=lambda each: -each.sureness)[:MOST_ERRORS]
    found = [as_fields(each) for each in wrong]
    items = trained_items(store, run)
    vectors = vectors_of(store, encoder, [each.example.question for each in wrong])
    for fields, near in zip(found, _nearest(store, encoder, vectors, items), strict=True):
        fields["nearest"] = near
    facts |= {"run": run, "model": model, "part": answered[0].part, "errors": found, "branches": _branches(found)}
    # a tree that is grown by its errors on a test makes the test worthless
    can_grow = model == CREATED and answered[0].part != TEST
    return {**facts, "clusters": _clusters(answered, found, vectors, labels) if can_grow else []}


def answers_of(store: Store, run: int, model: str, part: str = "") -> list[Answered]:
    """What a model of a run answered, averaged over its seeds; PersonError where nothing is kept."""
    rows = answers_kept.read_answered(store, run, model)
    if not rows and not answers_kept.read_predictions(store, run, model):
        there = ", ".join(answers_kept.read_models(store, run))
        mend = f"There are: {there}." if there else "Let a training finish first."
        raise PersonError(f"Run {run} has no answers of a model '{model}'.", mend)
    if not rows:
        raise PersonError(f"All that run {run} was tested on has been edited since.", "Train and judge again.")
    parts = [name for name in PARTS if any(each.part == name for each in rows)]
    if part and part not in parts:
        mend = "Import human data as a dev split, then train again." if part == DEV else f"There is {parts[0]}."
        raise PersonError(f"Run {run} has no answers on a part '{part}'.", mend)
    return [each for each in rows if each.part == (part or parts[0])]


def trained_items(store: Store, run: int) -> list[LearningItem]:
    """The created examples that a run trained on, as far as they are in the tree still, with their branches."""
    row = runs.read_run(store, run)
    settings = TrainingSettings.from_json(row.settings)
    items = created_items(store, row.seed or 0, approved_only=settings.approved_only)
    learned = {each.example for each in answers_kept.read_learned(store, run)}
    return [item for item in items if item.id in learned] if learned else items


def missed_of(facts: Mapping[str, Any], answered: Sequence[Answered], labels: Sequence[str]) -> list[Missed]:
    """The errors that are told one by one, as something to grow from."""
    thirds = dict(zip((each.id for each in answered), lengths(answered), strict=True))
    by_id = {each.id: each for each in answered}
    found = []
    for error in facts["errors"]:
        each = by_id[error["item"]]
        near = tuple((near["example"], near["likeness"]) for near in error["nearest"])
        names = (each.example.answer, each.answer) if labels else ("", "")
        found.append(Missed(each.id, *names, thirds[each.id], near))
    return found


def _clusters(
    answered: Sequence[Answered], errors: Sequence[dict[str, Any]], vectors: Vectors, labels: Sequence[str]
) -> list[dict[str, Any]]:
    """The errors by what they are about, the most first, each cluster with its nearest branches and what to grow."""
    if not errors:
        return []
    groups = cluster([error["question"] for error in errors], vectors, CLUSTER_ERRORS, MOST_CLUSTERS)
    missed = missed_of({"errors": errors}, answered, labels)
    found = []
    for number, name in enumerate(groups.names):
        inside = [place for place, group in enumerate(groups.of_items) if group == number]
        found.append(
            {
                "name": name,
                "errors": [missed[place].item for place in inside],
                "branches": _branches([errors[place] for place in inside]),
                **asdict(wish_for([missed[place] for place in inside])),
            }
        )
    return sorted(found, key=lambda each: -len(each["errors"]))


def _nearest(
    store: Store, encoder: Encoder, asked: Vectors, items: Sequence[LearningItem]
) -> list[list[dict[str, Any]]]:
    if not items or not len(asked):
        return [[] for _ in asked]
    likeness = asked @ vectors_of(store, encoder, [item.example.question for item in items]).T
    order = np.argsort(-likeness, axis=1, kind="stable")[:, :NEAREST]
    rows = zip(order.tolist(), likeness, strict=True)
    return [[_near(items[at], float(row[at])) for at in places] for places, row in rows]


def _near(item: LearningItem, likeness: float) -> dict[str, Any]:
    return {
        "example": item.id,
        "branch": item.branch,
        "likeness": round(likeness, 4),
        "question": item.example.question,
        "answer": item.example.answer,
    }


def _branches(errors: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """How many errors lie nearest to each branch, the most first."""
    counts: dict[str, int] = defaultdict(int)
    for error in errors:
        if error["nearest"]:
            counts[error["nearest"][0]["branch"]] += 1
    return [{"branch": name, "errors": n} for name, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def with_errors(store: Store, run: int, result: str) -> str:
    """A run's result with what `errors_of` finds for each trained model, part by part, without texts.

    The window reads it there.
    """
    found = [_without_texts(each) for each in errors_of_all(store, run)]
    return json.dumps({**json.loads(result), "mistakes": found}, ensure_ascii=False, sort_keys=True)


def errors_of_all(store: Store, run: int) -> list[dict[str, Any]]:
    """The errors of each trained model of a verdict on each part that it answered."""
    sight = Sight()
    found = []
    for model in trained_models(store, run):
        answered = {each.part for each in answers_kept.read_answered(store, run, model)}
        found += [errors_of(store, run, model, part, sight) for part in PARTS if part in answered]
    return found


def errors_judged(store: Store, run: int) -> list[dict[str, Any]]:
    """The errors of each trained model of a verdict on what it was judged on."""
    sight = Sight()
    return [errors_of(store, run, model, sight=sight) for model in trained_models(store, run)]


def trained_models(store: Store, run: int) -> list[str]:
    """Those of a run's models that were trained, in the order of the verdict."""
    there = answers_kept.read_models(store, run)
    return [model for model in TRAINED if model in there]


def _without_texts(facts: dict[str, Any]) -> dict[str, Any]:
    """The texts are in the project file under their numbers, as they read now."""
    kept = ("example", "branch", "likeness")
    errors = [
        {"item": error["item"], "nearest": [{name: near[name] for name in kept} for near in error["nearest"]]}
        for error in facts["errors"]
    ]
    return {**facts, "errors": errors}
