"""What a creator's examples are worth by form: valid, distinct, balanced, for the formats of the ten data sets.

Each cell grows a tree through the real engine, from a seed out of the data set's train split, into a project of its
own; a cell that is done is not done again. Rows go to the folder that is named, not into the repository: some of the
data may not be passed on. Run from the project's root, with SEEDBED_DATA naming the data sets' folder:
python bench/quality.py OUT NAME [MODEL.gguf] [--tasks creak,csqa] [--asked 30]
"""

import argparse
import gzip
import json
import os
import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

from seedbed_engine import jobs
from seedbed_engine.asking.formats import infer_format
from seedbed_engine.examples import Example, Options, example_from_fields
from seedbed_engine.keeping import calls, runs, samples, seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.rows import columns_of
from seedbed_engine.settings import GrowthSettings

CHOICE = ("csqa", "riddle_sense", "piqa", "winogrande")
CLOSED = ("strategyqa", "creak", "boolq_closed")
OPEN = ("boolq_open", "pubmedqa", "bioasq")
SAME = 0.9  # cosine from which an example is a near copy of a kept one
LONGEST_PASSAGE = 700  # characters of the seed's passage: long ones cost minutes an example on a processor
DOOR = {"question was there before", "twin of a kept example", "copy of the formatting example"}


def seed_of(task: str) -> Example:
    """The seed of the sample project, else one example of the train split; a passage is short for its data set."""
    if task in {sample.name for sample in samples.read_samples()}:
        return samples.read_sample(task).seed
    folder = Path(os.environ["SEEDBED_DATA"]) / task
    path = next(folder.glob("train.jsonl*"))
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    fitting = [row for row in rows if len(row["context"] or "") <= LONGEST_PASSAGE]
    chosen = random.Random(f"quality/{task}").choice(fitting)
    return example_from_fields({name: chosen[name] for name in ("question", "context", "options", "answer")})


def grow(path: Path, task: str, model: str, asked: int, extra: dict[str, Any]) -> float:
    """Grow a cell, or go on with it; the seconds that it took this time."""
    settings = GrowthSettings.from_fields(
        {"model": model, "target": asked, "max_calls": -(-asked // 5), "twin_threshold": SAME, **extra}
    )
    with open_project(path) if path.exists() else create_project(path) as store:
        if not seeds.read_seeds(store):
            kind = Options.VARIABLE if task in CHOICE else Options.FIXED
            seeds.add_seed(store, seed_of(task), kind, source=f"{task}, train split")
        found = runs.read_runs(store)
        run = found[0].id if found else runs.add_run(store, "grow", settings.to_json(), 1)
    began = time.perf_counter()
    state = jobs.work_on(path, run, lambda event: None)
    if state != "finished":
        print(f"{path.name}: {state}")
    return time.perf_counter() - began


def figures(path: Path, task: str) -> dict[str, Any]:
    """What came of a cell; `valid` counts what the reader found well formed, kept or not."""
    with open_project(path) as store:
        seed = seeds.read_seeds(store)[0]
        rows = trees.read_kept(store, seed.id)
        account = calls.read_account(store, 1)
        reasons = calls.discard_reasons(store, 1)
    kept = len(rows)
    options = infer_format(seed.example, seed.kind).count
    valid = kept + sum(many for reason, many in reasons.items() if reason in DOOR)
    labels = Counter(row.example.answer_index for row in rows)
    balanced = sum(min(many, kept / options) for many in labels.values()) / kept if kept else 0.0
    return {
        "task": task,
        "asked": account.asked,
        "valid": round(valid / max(1, account.asked), 3),
        "distinct": round(kept / max(1, account.asked), 3),
        "balanced": round(balanced, 3),
        "labels": {seed.example.options[k] if task not in CHOICE else k + 1: v for k, v in sorted(labels.items())},
        "reasons": reasons,
    }


def keep_rows(path: Path, out: Path) -> None:
    with open_project(path) as store, out.open("w", encoding="utf-8") as file:
        for row in trees.read_kept(store, 1):
            shown = {"id": row.id, "depth": row.depth, **columns_of(row.example)}
            file.write(json.dumps(shown, ensure_ascii=False) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("name")
    parser.add_argument("model", nargs="?", default="")
    parser.add_argument("--tasks", default=",".join((*CLOSED, *CHOICE, *OPEN)))
    parser.add_argument("--asked", type=int, default=30)
    parser.add_argument("--settings", default="{}", help="Other settings of the growth, as JSON.")
    given = parser.parse_args()
    folder = given.out / given.name
    folder.mkdir(parents=True, exist_ok=True)
    for task in given.tasks.split(","):
        done = folder / f"{task}.json"
        if not done.exists():
            path = folder / f"{task}.seedbed"
            seconds = grow(path, task, given.model, given.asked, json.loads(given.settings))
            keep_rows(path, folder / f"{task}.jsonl")
            found = {**figures(path, task), "seconds": round(seconds)}
            done.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        print(done.read_text(encoding="utf-8"), flush=True)


if __name__ == "__main__":
    main()
