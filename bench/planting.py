"""Branches with a fault planted into human data, and whether the program finds them: `python bench/planting.py`.

A planting has 400 examples (or --size) in ten branches: in one, of a quarter, all labels are turned round; one of a
tenth is off the topic (questions of another data set); one is of test questions in other words (bench/paraphrases.csv);
seven are as they were. Branches are random parts of the train rows, so nothing but the fault tells them apart. What
must be found: the turned labels and the other topic by the audit, the test questions by the leak check, and what
leaving a branch out does by retraining. Run from the project's root, with SEEDBED_DATA.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
import torch
from door import DEFAULTS, Human, encoder, human, read_written
from numpy.typing import NDArray
from real_texts import data_folder, read_rows

from seedbed_engine.examples import Example
from seedbed_engine.keeping.samples import create_sample_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.learning.audit import likeness_of, values_of
from seedbed_engine.learning.dynamics import over_seeds, summary
from seedbed_engine.learning.evaluation import difference_interval, repeat_interval
from seedbed_engine.learning.items import LearningItem, infer_form
from seedbed_engine.learning.leaving import LeavingTask, effect_of, hits_without
from seedbed_engine.learning.training import train
from seedbed_engine.settings import TrainingSettings

DATASETS = {"creak": "boolq_closed", "csqa": "piqa"}  # and where the other topic comes from
TURNED, OTHER_TOPIC, OF_TEST = "turned labels", "other topic", "test paraphrases"
MOST_OF_TEST, ASKED, PLAIN = 40, 400, 7
SEEDS = (1, 2, 3)
REPEATED = (4, 5, 6)
LEFT_OUT = (TURNED, OTHER_TOPIC, "plain 1", OF_TEST, "plain 2")  # each costs six trainings
SPLITS = 200  # ways to halve the judging examples, for the measurement and its repetition


@dataclass(frozen=True)
class Planting:
    """Examples with the branch they were put into, and human examples to judge them."""

    dataset: str
    number: int
    items: list[LearningItem]
    asked: list[Example]

    @property
    def branches(self) -> list[str]:
        return list(dict.fromkeys(item.branch for item in self.items))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plantings", type=int, default=5, help="of each data set")
    parser.add_argument("--left-out", type=int, default=1, help="plantings of each in which branches are left out")
    parser.add_argument("--no-audit", action="store_true", help="leave branches out only")
    parser.add_argument("--kept", type=Path, help="folder that keeps what trainings answered, to go on after a kill")
    parser.add_argument("--size", type=int, default=400, help="examples of a planting")
    parser.add_argument("--datasets", nargs="+", choices=tuple(DATASETS), default=list(DATASETS))
    parser.add_argument("--branches", type=int, default=len(LEFT_OUT), help="branches that are left out")
    given = parser.parse_args()
    torch.set_num_threads(1)
    began = time.monotonic()
    kept = given.kept or Path(tempfile.mkdtemp())
    homes = {dataset: human(data_folder(), dataset) for dataset in given.datasets}
    with create_sample_project(Path(tempfile.mkdtemp()) / "vectors.seedbed", "creak") as store:
        made = [plant(home, dataset, n, given.size) for n in range(given.plantings) for dataset, home in homes.items()]
        audits = [] if given.no_audit else [audit_of(store, planting) for planting in made]
    leaks = {dataset: leaks_found(home, dataset) for dataset, home in homes.items()}
    branches = LEFT_OUT[: given.branches]
    effects = [leave_out(each, kept, branches) for each in made if each.number < given.left_out]
    load = os.getloadavg()[0]
    say(f"load {load:.1f}, {(time.monotonic() - began) / 60:.0f} minutes")
    print(json.dumps({"audit": shares(audits), "leaks": leaks, "left out": calibration(effects)}))


def say(text: str) -> None:
    print(text, flush=True)


def plant(home: Human, dataset: str, number: int, size: int) -> Planting:
    """One planting of so many examples; another number draws other rows."""
    chance = np.random.default_rng([17, number])
    rows = list(home.train.values())
    drawn = [rows[place] for place in chance.permutation(len(rows))]
    written = [w for w in read_written() if w.dataset == dataset and w.is_same]
    chosen = [written[place] for place in chance.permutation(len(written))[:MOST_OF_TEST]]
    of_test = [replace(home.test[w.test], question=w.text) for w in chosen]
    other = list(read_rows(data_folder(), DATASETS[dataset], "train").values())
    topic = [replace(other[place], context=None) for place in chance.permutation(len(other))[: size // 10]]
    quarter = size // 4
    parts = {TURNED: [turned(each, chance) for each in drawn[:quarter]], OTHER_TOPIC: topic, OF_TEST: of_test}
    rest = drawn[quarter : size - len(topic) - len(of_test)]
    parts |= {f"plain {n + 1}": list(rest[n::PLAIN]) for n in range(PLAIN)}
    items = [LearningItem(None, example, branch) for branch, part in parts.items() for example in part]
    dev = read_rows(data_folder(), dataset, "dev")
    asked = [*dev.values()][:ASKED]
    asked += drawn[size : size + ASKED - len(asked)]
    return Planting(dataset, number, items, asked)


def turned(example: Example, chance: np.random.Generator) -> Example:
    wrong = [option for option in example.options if option != example.answer]
    return replace(example, answer=wrong[int(chance.integers(len(wrong)))])


def audit_of(store: Store, planting: Planting) -> dict[str, list[str]]:
    """The branches in the order of each view, the worst first: surely learned, worth to neighbours, near the topic."""
    examples = [item.example for item in planting.items]
    form, summaries = infer_form(examples), []
    for seed in SEEDS:
        model = train(examples, form, TrainingSettings(), seed)
        assert model is not None
        summaries.append(summary(model))
    views = {
        "confidence": np.array([each.confidence for each in over_seeds(summaries)]),
        "KNN-Shapley": values_of(store, encoder(), examples, planting.asked),
        "likeness": likeness_of(store, encoder(), examples, planting.asked),
    }
    found = {name: order_of(planting, values) for name, values in views.items()}
    say(f"{planting.dataset} {planting.number}: " + "; ".join(f"{n}: {', '.join(o[:3])}" for n, o in found.items()))
    return {"dataset": [planting.dataset], **found}


def order_of(planting: Planting, values: NDArray[np.generic]) -> list[str]:
    branches = np.array([item.branch for item in planting.items])
    return sorted(planting.branches, key=lambda branch: float(values[branches == branch].mean()))


def shares(audits: Sequence[dict[str, list[str]]]) -> dict[str, dict[str, int]]:
    """In how many plantings each fault came first, and among the first two, in each view."""
    found: dict[str, dict[str, int]] = {}
    for dataset in dict.fromkeys(each["dataset"][0] for each in audits):
        mine = [each for each in audits if each["dataset"] == [dataset]]
        counts = {"plantings": len(mine)}
        for view in ("confidence", "KNN-Shapley", "likeness"):
            for fault in (TURNED, OTHER_TOPIC):
                counts[f"{view}: {fault} first"] = sum(each[view][0] == fault for each in mine)
                counts[f"{view}: {fault} in the first two"] = sum(fault in each[view][:2] for each in mine)
        counts["first by confidence and first by likeness are the two"] = sum(
            (each["confidence"][0], each["likeness"][0]) == (TURNED, OTHER_TOPIC) for each in mine
        )
        found[dataset] = counts
    return found


def leaks_found(home: Human, dataset: str) -> dict[str, int]:
    """Of all test questions in other words, those that the leak check names; and of as many train rows."""
    written = [w for w in read_written() if w.dataset == dataset and w.is_same]
    planted = [replace(home.test[w.test], question=w.text) for w in written]
    plain = list(home.train.values())[: len(planted)]
    leakage = home.leakage(DEFAULTS.leak_threshold)
    vectors = encoder().encode([each.question for each in (*planted, *plain)])
    glances = leakage.glance(vectors)
    hits = [
        leakage.ask(each, vector, near) is not None
        for each, vector, near in zip((*planted, *plain), vectors, glances, strict=True)
    ]
    return {"planted": len(planted), "found": sum(hits[: len(planted)]), "plain rows named": sum(hits[len(planted) :])}


def leave_out(planting: Planting, kept: Path, branches: tuple[str, ...]) -> dict[str, NDArray[np.bool_]]:
    """(six seeds, asked): what models without each branch (and with all: an empty name) have right."""
    examples = [item.example for item in planting.items]
    settings = TrainingSettings(seeds=(*SEEDS, *REPEATED))
    task = LeavingTask(planting.items, planting.asked, infer_form(examples), settings, kept, branches)
    found = {}
    for branch in ("", *branches):
        hits = hits_without(task, branch or None, lambda: False)
        assert hits is not None
        found[branch] = hits
        if branch:
            size = len(examples) - len(task.without(branch))
            say(f"{planting.dataset} {planting.number}: {effect_of(branch, size, found[''][:3], hits[:3]).words}")
    return found


def calibration(effects: Sequence[dict[str, NDArray[np.bool_]]]) -> dict[str, object]:
    """How often a repetition falls into the interval: three seeds beside the other three, all ways to part six.

    On the same examples, and on the two halves of them; and what is answered of planted and plain branches.
    """
    inside: dict[str, list[bool]] = {"same examples": [], "other examples": [], "plain bootstrap": []}
    answered: dict[str, list[str]] = {}
    for hits in effects:
        full = hits[""]
        for branch in hits:
            if branch:
                cover(full, hits[branch], inside)
                answered.setdefault(branch.split(" ")[0], []).append(answer_of(full[:3], hits[branch][:3]))
                answered.setdefault(branch.split(" ")[0], []).append(answer_of(full[3:], hits[branch][3:]))
    return {
        "measurements": {name: len(each) for name, each in inside.items()},
        "covered": {name: round(float(np.mean(each)), 3) for name, each in inside.items() if each},
        "answers": {name: {a: each.count(a) for a in sorted(set(each))} for name, each in answered.items()},
    }


def cover(full: NDArray[np.bool_], without: NDArray[np.bool_], inside: dict[str, list[bool]]) -> None:
    chance = np.random.default_rng(5)
    parts = [np.array(each) for each in combinations(range(6), 3)]
    for rows in parts:
        others = np.setdiff1d(np.arange(6), rows)
        again = float(full[others].mean() - without[others].mean())
        for name, interval in (
            ("same examples", repeat_interval(full[rows], without[rows])),
            ("plain bootstrap", difference_interval(full[rows], without[rows])),
        ):
            inside[name].append(interval.low <= again <= interval.high)
    for _ in range(SPLITS // len(parts)):
        order = chance.permutation(full.shape[1])
        first, second = order[: len(order) // 2], order[len(order) // 2 :]
        for rows in parts:
            others = np.setdiff1d(np.arange(6), rows)
            found = repeat_interval(full[np.ix_(rows, first)], without[np.ix_(rows, first)])
            again = float(full[np.ix_(others, second)].mean() - without[np.ix_(others, second)].mean())
            inside["other examples"].append(found.low <= again <= found.high)


def answer_of(full: NDArray[np.bool_], without: NDArray[np.bool_]) -> str:
    found = effect_of("", 0, full, without)
    if not found.interval.excludes_zero:
        return "cannot be told"
    return "helps" if found.difference > 0 else "harms"


if __name__ == "__main__":
    main()
