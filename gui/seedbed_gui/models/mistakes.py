"""Where a trained model is wrong, read from its run's row and from the answers that are kept; knows no widget."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from seedbed_engine.asking.weaknesses import Missed, Wish, wish_for
from seedbed_engine.examples import Example, State
from seedbed_engine.keeping import answers_kept, trees
from seedbed_engine.keeping.answers_kept import TEST, Answered
from seedbed_engine.keeping.store import Store
from seedbed_gui.language import mark
from seedbed_gui.sayings import told

WORDS = {"test": mark("Test set"), "held out": mark("Branches held out"), "dev": mark("Dev set")}
CREATED, HUMAN, ALL_HUMAN = "created", "human", "all human"
MODELS = {CREATED: mark("Created data"), HUMAN: mark("Human data"), ALL_HUMAN: mark("All human data")}


@dataclass(frozen=True, slots=True)
class Bin:
    """Items answered with about the same sureness."""

    low: float
    high: float
    items: int
    sureness: float
    accuracy: float
    least: float
    most: float
    is_uncertain: bool


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the items; `errors` are the numbers of those answered wrongly."""

    by: str
    name: str
    items: int
    accuracy: float
    low: float
    high: float
    errors: tuple[int, ...]
    is_distinguishable: bool


@dataclass(frozen=True, slots=True)
class Near:
    """An example trained on that lies near to an error."""

    example: int
    branch: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """Errors that are about the same, with what to grow."""

    name: str
    errors: tuple[int, ...]
    branches: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Mistakes:
    """What a model ('created', 'human' or 'all human') answered on one part: 'test', 'held out' or 'dev'."""

    model: str
    part: str
    items: int
    accuracy: float
    labels: tuple[str, ...]
    confusion: tuple[tuple[int, ...], ...]
    bins: tuple[Bin, ...]
    error: float
    by_chance: float
    slices: tuple[Slice, ...]
    said: str
    nearest: Mapping[int, tuple[Near, ...]]
    clusters: tuple[Cluster, ...]

    @property
    def can_grow(self) -> bool:
        """Whether the tree may be grown by these errors: by those on a test, or of other data's model, it may not."""
        return self.part != TEST and self.model == CREATED


@dataclass(frozen=True, slots=True)
class Answers:
    """The texts behind the numbers: what each model answered, and the examples near to the errors as they read now."""

    answered: Mapping[str, tuple[Answered, ...]] | None = None
    examples: Mapping[int, Example] | None = None
    kept: frozenset[int] = frozenset()  # of the examples, those that may be grown from

    def of(self, mistakes: Mistakes) -> list[Answered]:
        """What was answered by this model on this part."""
        found = (self.answered or {}).get(mistakes.model, ())
        return [each for each in found if each.part == mistakes.part]


def read_mistakes(result: str | None) -> tuple[Mistakes, ...]:
    """What a run's result says of errors, part by part; empty where it says nothing that this version can read."""
    try:
        found = json.loads(result or "{}")["mistakes"]
        return tuple(_mistakes(each) for each in found if each["model"] in MODELS)
    except (ValueError, KeyError, TypeError, AttributeError):
        return ()


def read_answers(store: Store, run: int, mistakes: Sequence[Mistakes]) -> Answers:
    """The texts behind a run's errors."""
    if not mistakes:
        return Answers()
    near = {each.example for one in mistakes for nearest in one.nearest.values() for each in nearest}
    rows = trees.read_examples(store, sorted(near))
    kept = frozenset(row.id for row in rows if row.state in (State.NEW, State.APPROVED))
    models = dict.fromkeys(one.model for one in mistakes)
    answered = {model: tuple(answers_kept.read_answered(store, run, model)) for model in models}
    return Answers(answered, {row.id: row.example for row in rows}, kept)


def cell_of(answered: Answered, labels: Sequence[str]) -> tuple[int, int]:
    """Row and column in the confusion: places of labels, or of options where these vary."""
    example = answered.example
    if example.answer in labels and answered.answer in labels:
        return labels.index(example.answer), labels.index(answered.answer)
    return example.answer_index, example.answer_index if answered.is_right else answered.place


def wish_of(mistakes: Mistakes, answers: Answers, errors: Sequence[int]) -> Wish:
    """What to grow from these errors."""
    by_id = {each.id: each for each in answers.of(mistakes)}
    thirds = {error: part.name for part in mistakes.slices if part.by == "length" for error in part.errors}
    missed = []
    for number in errors:
        each, near = by_id.get(number), mistakes.nearest.get(number, ())
        if each is None or not near:
            continue
        shared = each.example.answer in mistakes.labels
        names = (each.example.answer, each.answer) if shared else ("", "")
        usable = tuple((one.example, one.likeness) for one in near if one.example in answers.kept)
        missed.append(Missed(number, *names, thirds.get(number, ""), usable))
    return wish_for(missed)


def _mistakes(found: Mapping[str, Any]) -> Mistakes:
    calibration = found["calibration"]
    return Mistakes(
        model=str(found["model"]),
        part=str(found["part"]),
        items=int(found["items"]),
        accuracy=float(found["accuracy"]),
        labels=tuple(map(str, found["labels"])),
        confusion=tuple(tuple(map(int, line)) for line in found["confusion"]),
        bins=tuple(_bin(each) for each in calibration["bins"]),
        error=float(calibration["error"]),
        by_chance=float(calibration["by_chance"]),
        slices=tuple(_slice(each) for each in found["slices"]),
        said=told(str(found["slices said"])),
        nearest={int(error["item"]): tuple(Near(**near) for near in error["nearest"]) for error in found["errors"]},
        clusters=tuple(_cluster(each) for each in found["clusters"]),
    )


def _bin(found: Mapping[str, Any]) -> Bin:
    values = {name: found[name] for name in ("low", "high", "items", "sureness", "accuracy", "is_uncertain")}
    return Bin(**values, least=float(found["interval"]["low"]), most=float(found["interval"]["high"]))


def _slice(found: Mapping[str, Any]) -> Slice:
    values = {name: found[name] for name in ("by", "name", "items", "accuracy", "is_distinguishable")}
    interval = found["interval"]
    return Slice(**values, low=interval["low"], high=interval["high"], errors=tuple(found["errors"]))


def _cluster(found: Mapping[str, Any]) -> Cluster:
    branches = tuple((str(each["branch"]), int(each["errors"])) for each in found["branches"])
    return Cluster(str(found["name"]), tuple(found["errors"]), branches)
