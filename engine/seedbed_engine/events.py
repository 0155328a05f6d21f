"""What a run says while it works: frozen dataclasses, one JSON line each on standard output. A live view only;
the truth about a run is its row in the project file."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a run's story; `run` is the number of the run."""

    kind: ClassVar[str]
    run: int


@dataclass(frozen=True, slots=True)
class Started(Event):
    kind: ClassVar[str] = "started"
    work: str
    pid: int


@dataclass(frozen=True, slots=True)
class Said(Event):
    """A sentence for the person: what the run does now, or a remark."""

    kind: ClassVar[str] = "said"
    text: str


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """A training waits where it stands, or goes on."""

    kind: ClassVar[str] = "paused"
    waits: bool


@dataclass(frozen=True, slots=True)
class Kept(Event):
    """Examples that entered the tree: their ids (in canonical order) and their parent (None: the seed)."""

    kind: ClassVar[str] = "kept"
    seed: int
    parent: int | None
    examples: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Progress(Event):
    """The line that adds up: asked + surplus = kept + discarded + missing + failed + waiting; with what it cost so far,
    in a minute, and will likely have cost at the end. `calls` are those that are decided."""

    kind: ClassVar[str] = "progress"
    target: int
    asked: int
    surplus: int
    kept: int
    discarded: int
    missing: int
    failed: int
    waiting: int
    tokens: int
    usd: float | None
    seconds_left: float | None
    calls: int = 0
    tokens_a_minute: float | None = None
    usd_a_minute: float | None = None
    tokens_at_end: int | None = None
    usd_at_end: float | None = None


@dataclass(frozen=True, slots=True)
class Trained(Event):
    """One point of the learning curve of `model` (which training of the run: 'created', 'human', ...) at a step.

    `accuracy` is a share on held-out examples, None where not judged; `seconds_left` is of the whole run.
    """

    kind: ClassVar[str] = "trained"
    model: str
    training_seed: int
    step: int
    steps: int
    loss: float
    accuracy: float | None
    examples_per_second: float
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Finished(Event):
    kind: ClassVar[str] = "finished"
    summary: str


@dataclass(frozen=True, slots=True)
class Stopped(Event):
    """The run was stopped by a person (or by the end of its input); what was made is kept, and it can go on."""

    kind: ClassVar[str] = "stopped"
    summary: str


@dataclass(frozen=True, slots=True)
class Failed(Event):
    """The run could not go on: what happened and what to do, in a person's words."""

    kind: ClassVar[str] = "failed"
    what: str
    mend: str


KINDS: dict[str, type[Event]] = {
    event.kind: event for event in (Started, Said, Paused, Kept, Progress, Trained, Finished, Stopped, Failed)
}


def to_line(event: Event) -> str:
    """The event as one line of JSON."""
    return json.dumps({"event": event.kind, **asdict(event)}, ensure_ascii=True)


def from_line(line: str) -> Event | None:
    """The event of a line; None where the line is not an event this version knows (such lines are skipped)."""
    try:
        found: Any = json.loads(line)
    except ValueError:
        return None
    if not isinstance(found, dict) or found.get("event") not in KINDS:
        return None
    event = KINDS[found["event"]]
    names = {field.name for field in fields(event)}
    values: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in found.items() if n in names}
    return event(**values) if names == set(values) else None
