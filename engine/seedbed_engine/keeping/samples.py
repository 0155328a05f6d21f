"""Sample projects: a real seed and a small part of human data each, bundled with their notices."""

import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import seedbed_resources
from seedbed_engine.examples import Example, Options, example_from_fields
from seedbed_engine.keeping.datasets import add_dataset, add_dataset_examples
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.seeds import add_seed
from seedbed_engine.keeping.store import Store


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample project: its short name, what it is about, and its seed."""

    name: str
    title: str
    about: str
    source: str
    kind: Options
    seed: Example

    @property
    def recorded_tree(self) -> str:
        """The recording of a tree that was grown beforehand; empty: there is none."""
        file = seedbed_resources.entry("samples", self.name, "tree.jsonl.gz")
        return gzip.decompress(file.read_bytes()).decode("utf-8") if file.is_file() else ""


def read_samples() -> list[Sample]:
    """All samples that the program brings along."""
    found = json.loads(seedbed_resources.text("samples", "samples.json"))
    return [
        Sample(
            s["name"], s["title"], s["about"], s["source"], Options(s["options_kind"]), example_from_fields(s["seed"])
        )
        for s in found
    ]


def read_sample(name: str) -> Sample:
    """One sample by its name; LookupError where there is none."""
    found = next((sample for sample in read_samples() if sample.name == name), None)
    if found is None:
        raise LookupError(f"no sample {name}")
    return found


def sample_examples(name: str, split: str) -> list[Example]:
    """The human examples of a sample's train or test split."""
    lines = seedbed_resources.text("samples", name, f"{split}.jsonl").split("\n")
    return [example_from_fields(json.loads(line)) for line in lines if line]


def create_sample_project(path: Path, name: str) -> Store:
    """Make a project of a sample: its seed, its human train data and its sealed human test data; no tree yet."""
    sample = read_sample(name)
    store = create_project(path)
    add_seed(store, sample.seed, sample.kind, source=sample.source)
    dataset = add_dataset(
        store, name, source=sample.source, licence=seedbed_resources.text("samples", name, "NOTICE.txt")
    )
    for split in ("train", "test"):
        add_dataset_examples(store, dataset, split, sample_examples(name, split))
    return store
