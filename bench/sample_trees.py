"""Grows the recorded trees of the sample projects anew, from their seeds, with any GGUF model.

A tree goes into the resources as the requests and raw replies that made it; a project that is half done is gone on
with. Run from the project's root: python bench/sample_trees.py WORK MODEL.gguf creak piqa [--target 150]
"""

import argparse
import gzip
import json
import os
from pathlib import Path

import seedbed_resources
from seedbed_engine import jobs
from seedbed_engine.asking.recordings import record_tree
from seedbed_engine.keeping import calls, runs
from seedbed_engine.keeping.project import open_project
from seedbed_engine.keeping.samples import create_sample_project
from seedbed_engine.settings import GrowthSettings


def grow(path: Path, name: str, settings: GrowthSettings) -> None:
    with open_project(path) if path.exists() else create_sample_project(path, name) as store:
        found = runs.read_runs(store)
        run = found[0].id if found else runs.add_run(store, "grow", settings.to_json(), 1)
    print(name, jobs.work_on(path, run, lambda event: None), flush=True)


def record(path: Path, name: str) -> None:
    with open_project(path) as store:
        text = "\n".join(record_tree(store, 1, 1)) + "\n"
        account = calls.read_account(store, 1)
    packed = gzip.compress(text.encode(), 9, mtime=0)
    (seedbed_resources.path("samples", name) / "tree.jsonl.gz").write_bytes(packed)
    print(json.dumps({"sample": name, "asked": account.asked, "kept": account.kept, "bytes": len(packed)}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("names", nargs="+")
    parser.add_argument("--target", type=int, default=150)
    parser.add_argument("--concurrency", type=int, default=2)
    given = parser.parse_args()
    work = given.work.absolute()
    work.mkdir(parents=True, exist_ok=True)
    os.chdir(given.model.absolute().parent)  # so that what is recorded names the model, and no folder of this machine
    settings = GrowthSettings(model=given.model.name, target=given.target, concurrency=given.concurrency)
    for name in given.names:
        path = work / f"{name}.seedbed"
        grow(path, name, settings)
        record(path, name)


if __name__ == "__main__":
    main()
