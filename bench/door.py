"""The door's thresholds: what they find and what they turn away wrongly, on pairs that were judged one by one.

Known pairs (found by shared words), 200 planted paraphrases of test questions and 68 near misses written for this
bench (bench/paraphrases.csv), and all other train rows beside their own test set. bench/judged_pairs.csv says of every
pair that may be alarmed whether the two ask for the same. Run from the project's root, with SEEDBED_DATA:
python bench/door.py
"""

import csv
import json
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
from real_texts import data_folder, read_rows, vectors_of

from seedbed_engine.curating.facts import are_same_facts
from seedbed_engine.curating.leakage import Leakage
from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.examples import Example
from seedbed_engine.keeping.rows import HumanRow
from seedbed_engine.settings import GrowthSettings
from seedbed_engine.similarity import Vectors

HERE = Path(__file__).parent
DATASETS = ("bioasq", "boolq_closed", "creak", "csqa", "piqa", "pubmedqa", "riddle_sense", "strategyqa", "winogrande")
THRESHOLDS = (0.84, 0.86, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98, 2.0)  # the last: words alone
DEFAULTS = GrowthSettings()


@dataclass(frozen=True)
class Written:
    """A question written for this bench after a test question."""

    dataset: str
    test: str
    kind: str
    is_same: bool
    text: str


@dataclass
class Counted:
    """What one threshold does."""

    planted: int = 0
    near_misses: int = 0
    twins: int = 0  # planted ones by meaning alone, as among kept examples
    twin_misses: int = 0
    known: Counter[bool] = field(default_factory=Counter)  # alarms on known pairs, by whether they ask for the same
    clean: Counter[bool | None] = field(default_factory=Counter)  # on all other train rows; None: nobody judged
    by: Counter[str] = field(default_factory=Counter)  # planted ones, by what found them
    unjudged: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Human:
    """A data set's test and train rows with their vectors."""

    test: dict[str, Example]
    train: dict[str, Example]
    test_vectors: Vectors
    train_vectors: Vectors

    def leakage(self, cosine: float) -> Leakage:
        rows = [HumanRow(place, "", "test", place, row) for place, row in enumerate(self.test.values())]
        return Leakage(rows, self.test_vectors, cosine, DEFAULTS.leak_words)


@cache
def encoder() -> Encoder:
    return Encoder()


def human(folder: Path, dataset: str) -> Human:
    test, train = (read_rows(folder, dataset, split) for split in ("test", "train"))
    plain = [{id_: Example(e.question, e.options, e.answer) for id_, e in rows.items()} for rows in (test, train)]
    return Human(*plain, *(vectors_of(encoder(), [e.question for e in rows.values()]) for rows in plain))


def read_written() -> list[Written]:
    with (HERE / "paraphrases.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Written(r["dataset"], r["test"], r["kind"], r["same"] == "yes", r["text"]) for r in rows]


def read_judged() -> dict[tuple[str, str, str], tuple[str, bool]]:
    """(data set, test row, train row) -> how it was found, and whether the two ask for the same."""
    with (HERE / "judged_pairs.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(r["dataset"], r["test"], r["train"]): (r["found_by"], r["same"] == "yes") for r in rows}


def count_written(found: Counted, written: list[Written], sets: dict[str, Human], cosine: float) -> None:
    vectors = vectors_of(encoder(), [each.text for each in written])
    leakages = {name: each.leakage(cosine) for name, each in sets.items()}
    for each, vector in zip(written, vectors, strict=True):
        home, leakage = sets[each.dataset], leakages[each.dataset]
        original = home.test[each.test]
        new = Example(each.text, original.options, original.answer)
        leak = leakage.ask(new, vector, leakage.glance(vector[None])[0])
        is_hit = leak is not None and leak.row.example.question == original.question
        likeness = float(vector @ home.test_vectors[list(home.test).index(each.test)])
        is_twin = likeness >= cosine and are_same_facts(each.text, original.question)
        if each.is_same:
            found.planted += is_hit
            found.twins += is_twin
            found.by[leak.by.split()[0] if leak and is_hit else "missed"] += 1
        else:
            found.near_misses += is_hit
            found.twin_misses += is_twin


def count_train(found: Counted, dataset: str, home: Human, cosine: float) -> int:
    """Alarms among the train rows of a data set; how many of them are in no known pair."""
    judged = {pair[1:]: verdict for pair, verdict in read_judged().items() if pair[0] == dataset}
    known = {train for (_, train), (by, _) in judged.items() if by == "words"}
    ids, leakage = list(home.test), home.leakage(cosine)
    glances = leakage.glance(home.train_vectors)
    for (id_, example), vector, near in zip(home.train.items(), home.train_vectors, glances, strict=True):
        leak = leakage.ask(example, vector, near)
        if leak is None:
            continue
        pair = (ids[leak.row.id], id_)
        same = judged[pair][1] if pair in judged else None
        if id_ in known:
            found.known[bool(same) if same is not None else True] += 1
        else:
            found.clean[same] += 1
            if same is None:
                found.unjudged.append((dataset, *pair))
    return len(home.train.keys() - known)


def shares(found: Counted, written: list[Written], clean_rows: int) -> dict[str, float]:
    planted = sum(each.is_same for each in written)
    near = len(written) - planted
    same = sum(same for by, same in read_judged().values() if by == "words")
    alarms = found.known.total() + found.clean.total()
    right = found.known[True] + found.clean[True]
    return {
        "planted_recall": found.planted / planted,
        "near_misses_refused": found.near_misses / near,
        "twin_planted_recall": found.twins / planted,
        "twin_near_misses_refused": found.twin_misses / near,
        "planted_precision": found.planted / max(1, found.planted + found.near_misses),
        "known_recall": found.known[True] / same,
        "alarms": alarms,
        "precision": right / max(1, alarms),
        "clean_rows": clean_rows,
        "clean_false_alarms": found.clean[False] + found.clean[None],
        "clean_false_alarm_share": (found.clean[False] + found.clean[None]) / clean_rows,
        "unjudged": found.clean[None],
    }


def main() -> None:
    folder = data_folder()
    written = read_written()
    sets = {dataset: human(folder, dataset) for dataset in DATASETS}
    curve: dict[str, dict[str, float]] = {}
    for cosine in THRESHOLDS:
        found = Counted()
        count_written(found, written, sets, cosine)
        clean = sum(count_train(found, dataset, home, cosine) for dataset, home in sets.items())
        said = shares(found, written, clean)
        name = "words alone" if cosine > 1 else f"{cosine:.2f}"
        curve[name] = {key: round(value, 4) for key, value in said.items()}
        print(name, curve[name], dict(found.by), found.unjudged[:20])
    leak, twin = curve[f"{DEFAULTS.leak_threshold:.2f}"], curve[f"{DEFAULTS.twin_threshold:.2f}"]
    answer = {f"leak_{name}": value for name, value in leak.items() if not name.startswith("twin")}
    answer |= {name: twin[name] for name in ("twin_planted_recall", "twin_near_misses_refused")}
    same, other = (sum(e.is_same is is_same for e in written) for is_same in (True, False))
    facts = {"leak_threshold": DEFAULTS.leak_threshold, "twin_threshold": DEFAULTS.twin_threshold}
    print(json.dumps({**facts, "planted": same, "near_misses": other, **answer, "curve": curve}))


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
