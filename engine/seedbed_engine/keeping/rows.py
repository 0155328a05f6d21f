"""What the project file gives back: one frozen dataclass for each kind of row a person or a run reads."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from seedbed_engine.examples import Example, Options, State


@dataclass(frozen=True, slots=True)
class SeedRow:
    """A seed with the counts of its tree."""

    id: int
    example: Example
    kind: Options
    source: str | None
    new: int
    approved: int
    rejected: int
    pruned: int
    depth: int

    @property
    def kept(self) -> int:
        """Examples of the tree that are neither rejected nor pruned."""
        return self.new + self.approved


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One example of a tree; `parent` is None where the seed was its formatting example."""

    id: int
    seed: int
    parent: int | None
    call: int | None
    request: int | None
    position: int
    key: str
    depth: int
    example: Example
    wanted_answer: str | None
    state: State
    flag: str | None
    origin: str
    drift: float | None
    created: str
    edited: str | None


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One exchange with a creator, as it was sent and as it came back."""

    id: int
    call: int
    part: int
    attempt: int
    wanted: int
    wanted_answers: tuple[str, ...] | None
    topics: tuple[str, ...] | None
    creator: str
    model: str
    messages: str
    sampling: str
    outcome: str
    raw_reply: str | None
    finish_reason: str | None
    prompt_tokens: int | None
    completion_tokens: int | None
    usd: float | None
    error: str | None
    sent: str
    replied: str | None
    batch: int | None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """Requests that went to a server together; `name` is the server's, `requests` how many they are."""

    id: int
    run: int
    token: str
    state: str
    name: str | None
    written: str
    due: str | None
    status: str | None
    cancel_wanted: bool
    requests: int


@dataclass(frozen=True, slots=True)
class CallRow:
    """n examples wanted from one formatting example."""

    id: int
    run: int
    seed: int
    parent: int | None
    key: str
    place: int
    wanted: int
    state: str


@dataclass(frozen=True, slots=True)
class Account:
    """The line that adds up for one run: asked + surplus = kept + discarded + missing + failed + waiting."""

    asked: int
    surplus: int
    kept: int
    discarded: int
    missing: int
    failed: int
    waiting: int
    possibly_billed: int
    prompt_tokens: int
    completion_tokens: int
    usd: float | None

    @property
    def tokens(self) -> int:
        """Of prompts and replies together."""
        return self.prompt_tokens + self.completion_tokens

    @property
    def adds_up(self) -> bool:
        """Whether the line holds."""
        right = self.kept + self.discarded + self.missing + self.failed + self.waiting
        return self.asked + self.surplus == right


@dataclass(frozen=True, slots=True)
class RunRow:
    """One piece of long work: what was asked for, how far it is, what came of it."""

    id: int
    work: str
    seed: int | None
    settings: str
    state: str
    progress: str | None
    result: str | None
    error: str | None
    created: str
    started: str | None
    ended: str | None
    stop_wanted: bool
    lease_process: int | None
    lease_host: str | None
    lease_heartbeat: float | None
    estimate: str | None  # JSON, as it was told before the run began


@dataclass(frozen=True, slots=True)
class DatasetRow:
    """Human data with the sizes of its splits; a sealed test split is only looked at by a verdict."""

    id: int
    name: str
    source: str | None
    licence: str | None
    sealed: bool
    looks: int
    train: int
    dev: int
    test: int


@dataclass(frozen=True, slots=True)
class HumanRow:
    """A human example by its number: the data set's name, the split, and its row in it (from 1)."""

    id: int
    dataset: str
    split: str
    row: int
    example: Example

    @property
    def name(self) -> str:
        """Which one it is, without a word of what it says: the split may be sealed."""
        return f"row {self.row} of the {self.split} split of '{self.dataset}'"


def storable(text: str) -> str:
    """Text that the file can hold: half a character of two (a lone surrogate) becomes its escape, as JSON writes it."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace").decode()
    return text


def example_of(row: Mapping[str, Any]) -> Example:
    """The example in a row that has the columns question, context, options, answer."""
    return Example(row["question"], tuple(json.loads(row["options"])), row["answer"], row["context"])


def columns_of(example: Example) -> dict[str, Any]:
    """The columns question, context, options, answer of an example."""
    return {
        "question": storable(example.question),
        "context": None if example.context is None else storable(example.context),
        "options": json.dumps([storable(option) for option in example.options], ensure_ascii=False),
        "answer": storable(example.answer),
    }
