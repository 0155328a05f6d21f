"""What is told of a growth's cost beforehand and on its way, beside what it came to.

Twenty growths, each from a seed drawn at random, over all formats and strategies: fifteen against a server on the
loopback (judged by dollars), five by the model in the box (by tokens). Each is a first one: in a project of its own,
in which nothing was asked before, but which holds a few human examples, as a curator's does (not with --no-human); then
comes a second one there, with another seed number. The server counts with a
real model's tokenizer, not ours, and replies with real rows: of those that are about as long as the example that it was
shown it gives each once, and one in twenty again. How far creators imitate lengths was measured with a 1.5B instruct
model (the paper's prompt, four examples a reply, five data sets, nine replies): what it wrote went with the length of
what it was shown to the power of 0.77, the rest with the data set's mean.

Texts come from the folder that SEEDBED_DATA names, else from the bundled samples. Run from the project's root:
python bench/money.py [--quick]
"""

import argparse
import functools
import gzip
import json
import math
import os
import random
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from seedbed_engine import events, jobs
from seedbed_engine.asking.costs import SPREAD, Estimate
from seedbed_engine.asking.estimates import estimate_growth
from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.prompts import example_as_json
from seedbed_engine.creating.creators.box import setup_model
from seedbed_engine.examples import Example, Options, example_from_fields, size_of
from seedbed_engine.keeping import calls, datasets, runs, samples, seeds
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import STRATEGIES, GrowthSettings

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.chat_server import ChatServer  # noqa: E402

MODEL = "gpt-4o-mini"  # whose price is taken
VARIABLE = {"piqa", "winogrande", "csqa", "riddle_sense"}
DATA = (
    *("piqa", "boolq_open", "csqa", "strategyqa", "winogrande"),
    *("pubmedqa", "riddle_sense", "boolq_closed", "bioasq", "creak"),
)
EMBEDDED = ("creak", "piqa", "csqa", "boolq_open", "strategyqa")
TARGET = 250
CHECKED = 20  # of the box's open-book examples, of which its check leaves one in four
SHARE = 6  # a growth takes at most one of so many rows: else the server has none of the right length left
HUMAN = 200  # examples that the project holds
CALLS = 20  # after which the projection is looked at
REPEATED = 0.05  # share of rows that the server gives again
NEAR = 0.1  # share of the rows that count as about as long as another one
IMITATION = 0.77
DELAY = 0.3  # seconds


@dataclass(frozen=True)
class Told:
    """One growth: what was told beforehand and after CALLS calls, and what it came to."""

    name: str
    strategy: str
    creator: str
    low: float
    high: float
    projected: float | None
    came_to: float

    @property
    def is_held(self) -> bool:
        return self.low <= self.came_to <= self.high

    @property
    def off(self) -> float | None:
        """How far the projection lay from the end, as a share of it."""
        return None if self.projected is None else abs(self.projected / self.came_to - 1)


class Tokenizer:
    """The tokenizer of the model in the box, out of its GGUF file."""

    def __init__(self, path: Path) -> None:
        from gguf import GGUFReader
        from tokenizers import Tokenizer as Fast
        from tokenizers import models, pre_tokenizers

        fields = GGUFReader(path).fields
        tokens = fields["tokenizer.ggml.tokens"].contents()
        merges = [tuple(merge.split(" ")) for merge in fields["tokenizer.ggml.merges"].contents()]
        self._fast = Fast(models.BPE({token: place for place, token in enumerate(tokens)}, merges))
        split = [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
        self._fast.pre_tokenizer = pre_tokenizers.Sequence(split)

    def count(self, text: str) -> int:
        return len(self._fast.encode(text).ids)


@dataclass
class Rows:
    """A data set's rows, shortest first, and which of them the server gave already."""

    examples: list[Example]
    given: set[int] = field(default_factory=set)

    @functools.cached_property
    def sizes(self) -> list[int]:
        return [size_of(example) for example in self.examples]

    def like(self, shown: int, chance: random.Random) -> Example:
        """A row about as long as what is shown, not given yet (mostly)."""
        mean = math.fsum(self.sizes) / len(self.sizes)
        size = mean * (max(1, shown) / mean) ** IMITATION
        place = min(range(len(self.sizes)), key=lambda each: abs(self.sizes[each] - size))
        reach = max(3, round(NEAR * len(self.sizes) / 2))
        near = range(max(0, place - reach), min(len(self.sizes), place + reach))
        new = [each for each in near if each not in self.given]
        while not new:  # all near ones are given: look further
            reach *= 2
            near = range(max(0, place - reach), min(len(self.sizes), place + reach))
            new = [each for each in near if each not in self.given] or (list(near) if reach > len(self.sizes) else [])
        chosen = chance.choice(list(near) if chance.random() < REPEATED else new)
        self.given.add(chosen)
        return self.examples[chosen]


class Writer:
    """What the server replies, and what it bills for it."""

    def __init__(self, rows: Rows, kind: Options, tokenizer: Tokenizer) -> None:
        self._rows, self._kind, self._tokenizer = rows, kind, tokenizer
        self._chance = random.Random(5)
        self._lock = threading.Lock()
        self._here = threading.local()

    def write(self, body: dict[str, Any]) -> str:
        shown = example_from_fields(json.loads(body["messages"][-1]["content"].split("\n\n")[0]))
        n = int(body["messages"][0]["content"].split("Write ")[1].split()[0])
        task = infer_format(shown, self._kind)
        with self._lock:
            chosen = [self._rows.like(size_of(shown), self._chance) for _ in range(n)]
        text = f'{{"examples": [{", ".join(example_as_json(task, example) for example in chosen)}]}}'
        while self._tokenizer.count(text) > body["max_tokens"]:
            text = text[: -max(1, len(text) // 50)]
        self._here.tokens = self._tokenizer.count(text)
        return text

    def usage(self, body: dict[str, Any]) -> dict[str, int]:
        """Called for a reply in the thread that wrote it; a chat's form takes five tokens a message."""
        prompt = sum(5 + self._tokenizer.count(message["content"]) for message in body["messages"]) + 3
        return {"prompt_tokens": prompt, "completion_tokens": self._here.tokens + 1}


def read_rows(name: str) -> tuple[list[Example], Options]:
    """The rows of a data set's splits, shortest first."""
    kind = Options.VARIABLE if name in VARIABLE else Options.FIXED
    root = os.environ.get("SEEDBED_DATA")
    if root is None:
        found = [example for split in ("train", "test") for example in samples.sample_examples(name, split)]
    else:
        found = [
            example_from_fields({key: value for key, value in json.loads(line).items() if key != "id"})
            for path in sorted((Path(root) / name).glob("*.jsonl*"))
            for line in _text(path).rstrip("\n").split("\n")  # a text may hold other ends of lines
        ]
    return sorted(found, key=size_of), kind


def _text(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode()


def grow(store: Store, name: str, settings: GrowthSettings) -> Told:
    told = estimate_growth(store, seeds.read_seed(store, 1), settings)
    run = runs.add_run(store, "grow", settings.to_json(), 1)
    heard: list[events.Event] = []
    state = jobs.work_on(store.path, run, heard.append)
    row = runs.read_run(store, run)
    assert state == "finished", row.error
    assert Estimate.from_json(row.estimate) == told
    account = calls.read_account(store, run)
    by_usd = settings.creator == "hosted"
    projected = next((each for each in heard if isinstance(each, events.Progress) and each.calls >= CALLS), None)
    at_end = None if projected is None else projected.usd_at_end if by_usd else projected.tokens_at_end
    low, high = (told.usd_low, told.usd_high) if by_usd else (told.tokens_low, told.tokens_high)
    came_to = account.usd if by_usd else account.tokens
    assert low is not None and high is not None and came_to is not None  # noqa: PT018
    return Told(name, settings.strategy, settings.creator, low, high, at_end, came_to)


def grown_twice(
    name: str, settings: GrowthSettings, tokenizer: Tokenizer, number: int, human: int
) -> tuple[Told, Told]:
    """A first growth in a new project, and a second one there."""
    found, kind = read_rows(name)
    seed = random.Random(f"{name} {number}").choice(found)
    writer = Writer(Rows([example for example in found if example != seed]), kind, tokenizer)
    server = _Server(writer)
    with (
        tempfile.TemporaryDirectory() as folder,
        create_project(Path(folder) / "a.seedbed") as store,
        server as address,
    ):
        seeds.add_seed(store, seed, kind)
        if human:
            data = datasets.add_dataset(store, name)
            datasets.add_dataset_examples(store, data, "train", random.Random(number).sample(found, human))
        told = []
        for seed_number in (1, 2):
            where = {"base_url": address} if settings.creator == "hosted" else {}
            target = min(settings.target, len(found) // SHARE)
            values = json.loads(settings.to_json()) | where | {"seed_number": seed_number, "target": target}
            told.append(grow(store, name, GrowthSettings.from_fields(values)))
            _say(told[-1], "first" if seed_number == 1 else "second")
    return told[0], told[1]


class _Server:
    def __init__(self, writer: Writer) -> None:
        self._chat = ChatServer(writer.write)
        self._chat.usage = writer.usage
        self._chat.delay = DELAY

    def __enter__(self) -> str:
        return self._chat.start().address

    def __exit__(self, *_: object) -> None:
        self._chat.stop()


def _say(told: Told, which: str) -> None:
    amounts = " ".join(f"{each:.5g}" for each in (told.low, told.high, told.came_to))
    off = "not after 20 calls" if told.off is None else f"{100 * told.off:.1f} % off"
    held = "holds" if told.is_held else "DOES NOT HOLD"
    print(f"{told.creator:9}{told.name:13}{told.strategy:12}{which:7} low, high, came to: {amounts}: {held}; {off}")


def plans(quick: bool) -> list[tuple[str, GrowthSettings]]:
    """Which growths: data set and settings."""
    own = [name for name in (sample.name for sample in samples.read_samples())]
    has_data = "SEEDBED_DATA" in os.environ
    names = DATA if has_data else own
    few = 3 if quick else 15
    hosted = [
        (names[place % len(names)], GrowthSettings(
            strategy=STRATEGIES[(place + place // len(names)) % 5], target=TARGET, creator="hosted", model=MODEL,
        ))
        for place in range(few)
    ]  # fmt: skip
    boxed = EMBEDDED if has_data else [own[place % len(own)] for place in range(5)]
    embedded = [
        (name, GrowthSettings(strategy=STRATEGIES[-1 - place], target=CHECKED if name == "boolq_open" else 50, n=2))
        for place, name in enumerate(boxed)
    ]
    return hosted + embedded[: 1 if quick else 5]


def figures(first: Sequence[Told], second: Sequence[Told]) -> dict[str, float | int]:
    offs = [told.off for told in (*first, *second) if told.off is not None]
    return {
        "growths": len(first),
        "range_high_over_low": round(max(told.high / told.low for told in (*first, *second)), 3),
        "held_first": sum(told.is_held for told in first),
        "held_second": sum(told.is_held for told in second),
        "held_first_share": round(sum(told.is_held for told in first) / len(first), 3),
        "held_second_share": round(sum(told.is_held for told in second) / len(second), 3),
        "projections": len(offs),
        "projections_within_10_percent": sum(off <= 0.1 for off in offs),
        "projection_off_mean": round(math.fsum(offs) / max(1, len(offs)), 4),
        "projection_off_most": round(max(offs, default=0.0), 4),
        "range_allowed": round(SPREAD**2, 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="four growths only")
    parser.add_argument("--no-human", action="store_true", help="projects without human data")
    given = parser.parse_args()
    quick, human = given.quick, 0 if given.no_human else HUMAN
    os.environ.setdefault("OPENAI_API_KEY", "sk-bench-not-a-key")
    began = time.monotonic()
    tokenizer = Tokenizer(setup_model(print))
    pairs = [
        grown_twice(name, settings, tokenizer, place, human) for place, (name, settings) in enumerate(plans(quick))
    ]
    found = figures([pair[0] for pair in pairs], [pair[1] for pair in pairs])
    print(json.dumps(found | {"seconds": round(time.monotonic() - began)}))


if __name__ == "__main__":
    main()
