"""Posting: a batch is brought to its server, and what came of it is brought back. Any step may be cut off.

A batch is in the project file before the server hears of it, and tells the server our own name for it: so one whose
posting was cut off is looked for before it is posted anew. Fetching may be done twice; a reply is kept once.
"""

import asyncio
import json
from collections.abc import Iterable

from seedbed_engine.asking.batches import SHARE, Answer, line_of
from seedbed_engine.asking.prompts import Message
from seedbed_engine.creating.creators.batch_api import TOKEN, BatchApi, NotThere, Posted
from seedbed_engine.creating.creators.hosted import FILTERED, HostedCreator
from seedbed_engine.creating.creators.protocol import Reply, Request, Transient
from seedbed_engine.creating.patience import Failures
from seedbed_engine.creating.sender import price_of
from seedbed_engine.errors import CreatorError
from seedbed_engine.keeping import batches
from seedbed_engine.keeping.calls import NewReply
from seedbed_engine.keeping.rows import BatchRow, RequestRow
from seedbed_engine.keeping.store import Store

CANCEL_SECONDS = 20.0  # how long a cancelled batch is waited for; the server may take minutes
LOOK_SECONDS = 1.0


class Post:
    """Brings batches to the server of one creator and back."""

    def __init__(self, store: Store, creator: HostedCreator) -> None:
        self._store = store
        self._creator = creator
        self._api = BatchApi(creator.client, creator.asked)

    async def post(self, batch: BatchRow, *, is_new: bool) -> None:
        """Bring a batch there. One that is not new may be there already; one that the server refuses is at its end."""
        try:
            posted = None if is_new else await self._api.find(batch.token, batch.written)
            if posted is None:
                file = await self._api.upload(await asyncio.to_thread(self._lines, batch))
                posted = await self._created(batch, file)
        except Transient:
            raise  # it may be there: the next process looks
        except CreatorError as error:
            batches.end_batch(self._store, batch.id, "refused", {}, why=str(error))
            raise
        batches.note_posted(self._store, batch.id, posted.name, posted.status, posted.due)

    async def fetch(self, batch: BatchRow) -> bool:
        """Bring back what came of a batch; False where it is not over."""
        try:
            posted = await self._found(batch)
            if posted is None:
                return batch.cancel_wanted
            if not posted.is_over:
                batches.note_posted(self._store, batch.id, posted.name, posted.status, posted.due)
                return False
            answers = list(await self._api.download(posted))
        except NotThere as error:
            if not batch.cancel_wanted:
                raise
            batches.end_batch(self._store, batch.id, "gone", {}, why=str(error), is_billed=True)
            return True
        await asyncio.to_thread(self._keep, batch, posted, answers)
        return True

    async def _found(self, batch: BatchRow) -> Posted | None:
        """The batch as the server tells of it; None where it was only now posted, or never and shall not be."""
        if batch.name is not None:
            return await self._looked_at(batch, batch.name)
        posted = await self._api.find(batch.token, batch.written)
        if posted is not None:
            return await self._looked_at(batch, posted.name)
        if batch.cancel_wanted:
            batches.end_batch(self._store, batch.id, "cancelled", {}, why="the batch was cancelled before it was sent")
        else:
            await self.post(batch, is_new=True)
        return None

    async def _looked_at(self, batch: BatchRow, name: str) -> Posted:
        posted = await self._api.look(name)
        if batch.cancel_wanted and not posted.is_over:
            posted = await self._api.cancel(name)
            until = asyncio.get_running_loop().time() + CANCEL_SECONDS
            while not posted.is_over and asyncio.get_running_loop().time() < until:
                await asyncio.sleep(LOOK_SECONDS)
                posted = await self._api.look(name)
        return posted

    async def _created(self, batch: BatchRow, file: str) -> Posted:
        """Have the server begin; where its answer was lost, see whether it did."""
        names = {"seedbed_project": batches.project_token(self._store), "seedbed_run": str(batch.run)}
        failures = Failures()
        while True:
            try:
                return await self._api.create(file, {**names, TOKEN: batch.token})
            except Transient as error:
                failures.add(error)
                if failures.are_enough:
                    raise
                await asyncio.sleep(failures.wait)
            posted = await self._api.find(batch.token, batch.written)
            if posted is not None:
                return posted

    def _lines(self, batch: BatchRow) -> bytes:
        rows = batches.read_unanswered(self._store, batch.id)
        return b"".join(line_of(row.id, self._creator.body_of(request_in(row))) for row in rows)

    def _keep(self, batch: BatchRow, posted: Posted, answers: Iterable[Answer]) -> None:
        """Commit what came, replies first; CreatorError where nothing did, and the server says why."""
        wanted = {row.id for row in batches.read_unanswered(self._store, batch.id)}
        replies: dict[int, NewReply] = {}
        troubles: dict[int, str] = {}
        complaint = ""
        for answer in answers:
            if answer.request not in wanted or answer.request in replies:
                continue
            reply = self._reply(answer)
            if reply is not None:
                replies[answer.request] = self._new_reply(reply)
                continue
            troubles[answer.request] = self._trouble(answer)
            if answer.status in {400, 422}:
                complaint = complaint or answer.said
        batches.keep_replies(self._store, list(replies.items()))
        said = self._creator.asked.without_key(posted.said)
        why = said or f"no reply in the batch ({posted.status})"
        batches.end_batch(self._store, batch.id, posted.status, troubles, why=why)
        has_yielded = bool(complaint) and self._creator.yield_to(complaint)
        came_before = len(wanted) < batch.requests  # kept by a process that was cut off before it could end the batch
        is_in_vain = not replies and not came_before and batch.requests
        if is_in_vain and not has_yielded and posted.status in {"completed", "failed"}:
            raise CreatorError(
                f"The server answered no request of the batch: {next(iter(troubles.values()), why)}.",
                "Nothing was paid. Mend that, then start the run again: it goes on where it was.",
            )

    def _reply(self, answer: Answer) -> Reply | None:
        if answer.is_reply:
            return self._creator.read(answer.body)
        if answer.code == FILTERED:
            return self._creator.filtered(self._creator.asked.without_key(answer.said))
        return None

    def _new_reply(self, reply: Reply) -> NewReply:
        usd = price_of(self._creator, reply)
        return NewReply(
            reply.text,
            reply.model,
            reply.finish_reason,
            reply.prompt_tokens,
            reply.completion_tokens,
            None if usd is None else usd * SHARE,
        )

    def _trouble(self, answer: Answer) -> str:
        said = self._creator.asked.without_key(answer.said) or answer.code or "it could not be read"
        status = f" (status {answer.status})" if answer.status else ""
        return f"no reply in the batch{status}: {said}"


def request_in(row: RequestRow) -> Request:
    """A request as it was written down."""
    sampling = json.loads(row.sampling)
    return Request(
        messages=tuple(Message(**message) for message in json.loads(row.messages)),
        schema=sampling["schema"],
        grammar=sampling["grammar"],
        temperature=sampling["temperature"],
        top_p=sampling["top_p"],
        max_tokens=sampling["max_tokens"],
        seed=sampling["seed"],
    )
