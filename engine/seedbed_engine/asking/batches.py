"""Batches: requests as lines of a file that a server answers within a day, and its answers. Knows no network."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from seedbed_engine.keeping.rows import BatchRow

SHARE = 0.5  # of the price of a request that is answered at once
HOURS = 24  # within which the server answers or gives up
MOST_REQUESTS = 50_000  # in one batch, as OpenAI allows
MOST_BYTES = 100_000_000  # of one batch; OpenAI allows twice as much
ENDPOINT: Final = "/v1/chat/completions"
_MARK = "request-"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came for one request: the body of a chat completion, or a status and what was said instead of one."""

    request: int
    status: int
    body: Any
    code: str
    said: str

    @property
    def is_reply(self) -> bool:
        """Whether there is a reply, which was paid for."""
        return isinstance(self.body, dict) and bool(self.body.get("choices"))


def line_of(request: int, body: Mapping[str, Any]) -> bytes:
    """A request as a line of the file."""
    line = {"custom_id": f"{_MARK}{request}", "method": "POST", "url": ENDPOINT, "body": body}
    return json.dumps(line).encode() + b"\n"


def in_batches(sizes: Iterable[int]) -> Iterator[int]:
    """How many requests go into each batch, from the size of each in bytes: as few batches as the limits allow."""
    count = total = 0
    for size in sizes:
        if count and (count >= MOST_REQUESTS or total + size > MOST_BYTES):
            yield count
            count = total = 0
        count += 1
        total += size
    if count:
        yield count


def read_answers(text: bytes) -> Iterator[Answer]:
    """The answers in a file of a server's, whatever it wrote: lines that are none are passed over."""
    for line in text.split(b"\n"):
        try:
            found = json.loads(line.decode("utf-8", "replace"), strict=False)
        except (ValueError, RecursionError):
            continue
        answer = _answer(found) if isinstance(found, dict) else None
        if answer is not None:
            yield answer


def _answer(found: dict[str, Any]) -> Answer | None:
    name = found.get("custom_id")
    number = name.removeprefix(_MARK) if isinstance(name, str) else ""
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    response = _object(found.get("response"))
    status = response.get("status_code")
    body = response.get("body")
    error = _object(found.get("error")) or _object(_object(body).get("error"))
    return Answer(
        int(number),
        status if isinstance(status, int) else 0,
        body,
        str(error.get("code") or "")[:200],
        " ".join(str(error.get("message") or "").split())[:300],
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def waiting_in_words(waiting: Sequence[BatchRow]) -> str:
    """What a run waits for, and until when."""
    count = sum(batch.requests for batch in waiting)
    if any(batch.cancel_wanted for batch in waiting):
        return f"Waiting for the server to cancel the batch of {count} requests; what was answered before will be kept."
    due = max((batch.due or "" for batch in waiting), default="")
    until = f"due by {datetime.fromisoformat(due):%Y-%m-%d %H:%M} UTC" if due else "due within 24 hours"
    return f"Waiting for the batch: {count} requests at half the price, {until}."
