"""Recordings: a tree as the requests and raw replies that made it, in lines that a project is rebuilt from.

The replies are read by today's reader; what the door decided then is recorded with them, so that no encoder is needed.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from seedbed_engine.asking.formats import TaskFormat, infer_format
from seedbed_engine.asking.replies import read_reply
from seedbed_engine.errors import InvalidFile
from seedbed_engine.examples import Example
from seedbed_engine.keeping import calls, replays, runs, trees
from seedbed_engine.keeping.recordings import RecordedCall, RecordedItem, RecordedRequest, keep_recorded
from seedbed_engine.keeping.rows import ExampleRow, RequestRow, columns_of
from seedbed_engine.keeping.samples import create_sample_project, read_sample
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.keeping.store import Store

_REQUEST = (
    *("part", "attempt", "wanted", "wanted_answers", "topics", "creator", "model", "messages", "sampling"),
    *("raw_reply", "finish_reason", "prompt_tokens", "completion_tokens", "usd", "sent", "replied"),
)
_RUN = ("settings", "created", "started", "ended", "result")


def record_tree(store: Store, seed: int, run: int) -> Iterator[str]:
    """The lines of a recording: the run, then its calls in the order in which they were decided."""
    row = runs.read_run(store, run)
    yield json.dumps({name: getattr(row, name) for name in _RUN}, ensure_ascii=False)
    keys = trees.read_keys(store, seed)
    for call in replays.read_decided_calls(store, seed):
        if call.run == run:
            found = [_recorded(store, r) for r in calls.read_requests(store, call.id) if r.outcome == "read"]
            shown = {"key": call.key, "parent": keys.get(call.parent or 0), "place": call.place, "wanted": call.wanted}
            kept = {(e.request, e.position): e for e in trees.read_of_call(store, call.id)}
            yield json.dumps({**shown, "requests": [_with_kept(r, kept) for r in found]}, ensure_ascii=False)


def _recorded(store: Store, request: RequestRow) -> dict[str, Any]:
    fields = {name: getattr(request, name) for name in _REQUEST}
    fields |= {name: json.loads(fields[name]) for name in ("messages", "sampling")}
    refused = {d.position: [d.reason, d.detail or ""] for d in calls.read_discards(store, request.id)}
    return {**fields, "id": request.id, "refused": refused}


def _with_kept(request: dict[str, Any], kept: dict[tuple[int | None, int], ExampleRow]) -> dict[str, Any]:
    number = request.pop("id")
    drifts = {place: row.drift for (id_, place), row in kept.items() if id_ == number}
    return {**request, "kept": {place: round(drift or 0.0, 6) for place, drift in drifts.items()}}


def play_tree(store: Store, seed: int, text: str) -> None:
    """Rebuild a recorded tree under a seed; InvalidFile where the recording is none."""
    row = read_seed(store, seed)
    task = infer_format(row.example, row.kind)
    try:
        run, *lines = [json.loads(line) for line in text.split("\n") if line.strip()]
        shown: dict[str | None, Example] = {None: row.example}
        keep_recorded(store, seed, run, [_call(line, task, shown) for line in lines])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InvalidFile("The recorded tree cannot be read.", "Set Seedbed up again.") from error


def _call(line: dict[str, Any], task: TaskFormat, shown: dict[str | None, Example]) -> RecordedCall:
    example = shown[line["parent"]]
    requests = [_request(line["key"], fields, task, example, shown) for fields in line["requests"]]
    return RecordedCall(line["key"], line["parent"], line["place"], line["wanted"], requests)


def _request(
    key: str, fields: dict[str, Any], task: TaskFormat, example: Example, shown: dict[str | None, Example]
) -> RecordedRequest:
    wanted = fields["wanted_answers"]
    read = read_reply(
        fields["raw_reply"],
        task,
        example,
        finish_reason=fields["finish_reason"],
        wanted=fields["wanted"],
        shuffle_key=f"{key}/{fields['part']}",
        wanted_answers=None if task.is_fixed else wanted,
    )
    items = [
        RecordedItem(d.position, None, raw_text=d.raw_text, reason=d.reason, detail=d.detail) for d in read.discards
    ]
    for place, found in read.kept:
        answer = wanted[place] if wanted and task.is_fixed and place < len(wanted) else None
        if (drift := fields["kept"].get(str(place))) is not None:
            items.append(RecordedItem(place, found, drift, answer))
            shown[f"{key}.{fields['part']}.{place}"] = found
        else:
            reason, detail = fields["refused"].get(str(place), ("turned away", ""))
            raw = json.dumps(columns_of(found), ensure_ascii=False)
            items.append(RecordedItem(place, found, None, answer, raw, reason, detail))
    row = {name: fields[name] for name in _REQUEST}
    return RecordedRequest({**row, "surplus": read.surplus, "missing": read.missing}, items)


def open_sample(path: Path, name: str) -> Store:
    """Make a project of a sample with the tree that was grown beforehand, where it has one."""
    store = create_sample_project(path, name)
    text = read_sample(name).recorded_tree
    if text:
        play_tree(store, 1, text)
    return store
