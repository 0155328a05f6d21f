"""A server's Batch API, asked through the openai package: what to do is decided elsewhere, errors become sentences."""

import asyncio
import io
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

import openai
from openai.types import Batch

from seedbed_engine.asking.batches import ENDPOINT, Answer, read_answers
from seedbed_engine.creating.creators.complaints import Asked
from seedbed_engine.creating.creators.protocol import Transient
from seedbed_engine.creating.patience import Failures
from seedbed_engine.errors import CreatorError

OVER = ("completed", "expired", "cancelled", "failed")
TOKEN = "seedbed_batch"  # under which a batch carries our own name for it
SLACK_SECONDS = 24 * 3600.0  # by which the server's clock may be behind ours
T = TypeVar("T")


class NotThere(CreatorError):
    """The server knows no such batch or file."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A batch as the server tells of it; `files` hold what came of it, `said` is what was wrong with the whole."""

    name: str
    status: str
    due: str | None
    files: tuple[str, ...]
    said: str

    @property
    def is_over(self) -> bool:
        """Whether all has come that will ever come."""
        return self.status in OVER


class BatchApi:
    """What can be done at a server with batches; whatever changes nothing there is tried again where it may pass."""

    def __init__(self, client: openai.AsyncOpenAI, asked: Asked) -> None:
        self._client = client
        self._asked = asked

    async def upload(self, lines: bytes) -> str:
        """Bring the requests there; the server's name of the file."""
        found = await self._patiently(
            lambda: self._client.files.create(file=("requests.jsonl", io.BytesIO(lines)), purpose="batch")
        )
        return self._name_of(found)

    async def create(self, file: str, metadata: Mapping[str, str]) -> Posted:
        """Have the requests answered. Tried once: after a failure the batch may be there, and must be looked for."""
        made = self._client.batches.create(
            input_file_id=file, endpoint=ENDPOINT, completion_window="24h", metadata=dict(metadata)
        )
        return self._posted(await self._translated(lambda: made))

    async def find(self, token: str, written: str) -> Posted | None:
        """The batch that carries this token, among those made since it was written down; None where there is none."""
        since = datetime.fromisoformat(written).timestamp() - SLACK_SECONDS

        async def search() -> Batch | None:
            pages = await self._client.batches.list(limit=100)
            if not isinstance(pages.data, list):
                raise TypeError("no list of batches")  # which is not a list without this batch
            async for batch in pages:
                if isinstance(batch.metadata, dict) and batch.metadata.get(TOKEN) == token:
                    return batch
                if isinstance(batch.created_at, int | float) and batch.created_at < since:
                    return None
            return None

        found = await self._patiently(search)
        return None if found is None else self._posted(found)

    async def look(self, name: str) -> Posted:
        """How far a batch is."""
        return self._posted(await self._patiently(lambda: self._client.batches.retrieve(name)))

    async def cancel(self, name: str) -> Posted:
        """Have a batch cancelled, which takes a while; what was answered before is paid for and comes."""
        return self._posted(await self._patiently(lambda: self._client.batches.cancel(name)))

    async def download(self, posted: Posted) -> Iterator[Answer]:
        """The answers in all of a batch's files."""
        texts = [await self._patiently(partial(self._content, file)) for file in posted.files]
        return (answer for text in texts for answer in read_answers(text))

    async def _content(self, file: str) -> bytes:
        return (await self._client.files.content(file)).content

    async def _patiently(self, act: Callable[[], Awaitable[T]]) -> T:
        failures = Failures()
        while True:
            try:
                return await self._translated(act)
            except Transient as error:
                failures.add(error)
                if failures.are_enough:
                    raise
                await asyncio.sleep(failures.wait)

    async def _translated(self, act: Callable[[], Awaitable[T]]) -> T:
        try:
            return await act()
        except openai.NotFoundError as error:
            said = self._asked.said(error)
            raise NotThere(
                f"{self._asked.address} knows nothing of this batch, or has no Batch API{said}.",
                "Check the address and the key; without a Batch API, leave --batch out.",
            ) from None
        except (openai.OpenAIError, TimeoutError, ValueError, RecursionError) as error:
            raise self._asked.translated(error) from None
        except (AttributeError, TypeError):  # what the server sent is none of the things that were asked for
            raise self._incomplete() from None

    def _incomplete(self) -> CreatorError:
        """It passes: after it a batch is looked for, and neither given up nor posted twice."""
        return self._asked.translated(ValueError())

    def _name_of(self, found: object) -> str:
        name = getattr(found, "id", None)
        if not isinstance(name, str) or not name:
            raise self._incomplete()
        return name

    def _posted(self, batch: Batch) -> Posted:
        name = self._name_of(batch)
        errors = getattr(batch.errors, "data", None)
        found = [getattr(error, "message", None) for error in errors] if isinstance(errors, list) else []
        said = "; ".join(str(message) for message in found[:3] if message)
        return Posted(
            name=name,
            status=str(batch.status or ""),
            due=_time(batch.expires_at),
            files=tuple(str(file) for file in (batch.output_file_id, batch.error_file_id) if file),
            said=" ".join(self._asked.without_key(said).split())[:300].rstrip(" ."),
        )


def _time(seconds: Any) -> str | None:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    except (TypeError, ValueError, OSError, OverflowError):
        return None
