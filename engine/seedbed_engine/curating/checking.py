"""Checking: twins among the examples of a project's trees and leaks of human data among them, after they came in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from seedbed_engine.curating.door import Door
from seedbed_engine.curating.leakage import Embed, Leakage, leakage_of
from seedbed_engine.keeping import history, trees
from seedbed_engine.keeping.datasets import read_watched
from seedbed_engine.keeping.rows import ExampleRow, HumanRow, SeedRow
from seedbed_engine.keeping.seeds import read_seeds
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

BATCH = 256  # examples that are looked at together
FLAG = "too near to "  # how a flag that is set here begins
BETWEEN = "; "  # two reasons of a flag


@dataclass(frozen=True, slots=True)
class Finding:
    """An example (0: the seed) that is too near to another one of the project (0: its seed), or to a human example."""

    seed: int
    example: int
    question: str
    what: str  # in words: "#12", "row 3 of the test split of 'boolq'"
    by: str
    other: int | None = None
    dataset_example: int | None = None

    @property
    def flag(self) -> str:
        """What the example is flagged with."""
        return f"{FLAG}{self.what}".replace(BETWEEN, ", ")


@dataclass(slots=True)
class Checked:
    """What was found, among how many; `of` is how the flags end that were looked for (empty: all)."""

    examples: int = 0
    human: int = 0
    twins: list[Finding] = field(default_factory=list)
    leaks: list[Finding] = field(default_factory=list)
    looked_at: set[int] = field(default_factory=set)
    of: str = ""


def check(
    store: Store,
    embed: Embed,
    settings: GrowthSettings,
    *,
    dataset: int | None = None,
    examples: Sequence[int] | None = None,
) -> Checked:
    """Look for twins and leaks among what is neither rejected nor pruned; changes nothing.

    With `dataset` only leaks of that one are looked for, with `examples` only these are looked at.
    """
    human = read_watched(store, dataset)
    leakage = leakage_of(human, embed, settings.leak_threshold, settings.leak_words)
    found = Checked(human=len(human), of=_ending(human[0]) if human and dataset is not None else "")
    chosen = None if examples is None else set(examples)
    kept = {seed.id: trees.read_kept(store, seed.id) for seed in read_seeds(store)} if dataset is None else {}
    for seed in read_seeds(store):
        rows = kept[seed.id] if seed.id in kept else trees.read_kept(store, seed.id)
        asked = rows if chosen is None else [row for row in rows if row.id in chosen]
        found.examples += len(asked)
        found.looked_at |= {row.id for row in asked if human or dataset is None}
        if leakage is not None:
            found.leaks += _leaks(seed, asked, embed, leakage, with_seed=examples is None)
        if dataset is None and asked:
            elsewhere = [
                row for other, of in kept.items() for row in of if other < seed.id or (chosen and other != seed.id)
            ]
            found.twins += _twins(seed, [*elsewhere, *rows], asked, embed, settings.twin_threshold)
    return found


def flag(store: Store, found: Checked, said: str = "") -> int:
    """Flag what was found, and take back flags that no longer hold; how many changed.

    Without words it is no act of its own (see `history.set_flags`); another reason to look at an example stays.
    """
    flags: dict[int, str | None] = {}
    wanted = {finding.example: finding.flag for finding in (*found.twins, *found.leaks)}
    for row in trees.read_examples(store, sorted(found.looked_at)):
        parts = (row.flag or "").split(BETWEEN)
        other = [part for part in parts if part and not (part.startswith(FLAG) and part.endswith(found.of))]
        mine = [wanted[row.id]] if row.id in wanted else []
        flags[row.id] = BETWEEN.join([*other, *mine]) or None
    return history.set_flags(store, flags, said)


def _ending(row: HumanRow) -> str:
    """How the flags end that name a row of the same data set."""
    return f" of '{row.dataset}'".replace(BETWEEN, ", ")


def _leaks(
    seed: SeedRow, rows: Sequence[ExampleRow], embed: Embed, leakage: Leakage, *, with_seed: bool
) -> Iterable[Finding]:
    examples = [(0, seed.example)] if with_seed else []
    examples += [(row.id, row.example) for row in rows]
    for start in range(0, len(examples), BATCH):
        batch = examples[start : start + BATCH]
        vectors = embed([example.question for _, example in batch])
        for (id_, example), vector, near in zip(batch, vectors, leakage.glance(vectors), strict=True):
            leak = leakage.ask(example, vector, near)
            if leak is not None:
                yield Finding(seed.id, id_, example.question, leak.row.name, leak.by, dataset_example=leak.row.id)


def _twins(
    seed: SeedRow, rows: Sequence[ExampleRow], asked: Sequence[ExampleRow], embed: Embed, threshold: float
) -> Iterable[Finding]:
    """Each is compared with those before it and, where only some are asked about, with all others."""
    vector = embed([seed.example.question])
    door = Door(vector.shape[1], threshold)
    door.remember([seed.example.question], vector, [0])
    looked_at = {row.id for row in asked}
    others = [row for row in rows if row.id not in looked_at]
    for start in range(0, len(others), BATCH):
        questions = [row.example.question for row in others[start : start + BATCH]]
        door.remember(questions, embed(questions), [row.id for row in others[start : start + BATCH]])
    for start in range(0, len(asked), BATCH):
        batch = asked[start : start + BATCH]
        vectors = embed([row.example.question for row in batch])
        for row, vector, glance in zip(batch, vectors, door.glance(vectors), strict=True):
            refusal = door.ask(row.example, vector, glance)
            if refusal is not None:
                near = refusal.too_near_to or 0
                what = f"#{near}" if near else "the seed"
                yield Finding(seed.id, row.id, row.example.question, what, refusal.detail, other=near)
            door.let_in(row.example.question, vector, row.id)
