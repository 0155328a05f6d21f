"""Fetching: before a growth goes on, what came of the batches that it waits for is brought back, or it waits on."""

from collections.abc import Callable

from seedbed_engine.asking.batches import waiting_in_words
from seedbed_engine.creating.creators.hosted import HostedCreator
from seedbed_engine.creating.creators.making import make_creator
from seedbed_engine.creating.posting import Post
from seedbed_engine.creating.roots import grounds
from seedbed_engine.keeping import batches, runs
from seedbed_engine.keeping.rows import BatchRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

Say = Callable[[str], None]


async def fetch_batches(store: Store, seed: int, of: GrowthSettings, say: Say) -> str:
    """Fetch all batches of a growth; a sentence where it cannot go on now: one is not over, or was cancelled."""
    waiting: list[BatchRow] = []
    cancelled = 0
    for batch in batches.read_open(store, seed):
        settings = GrowthSettings.from_json(runs.read_run(store, batch.run).settings)
        if grounds(settings).isdisjoint(grounds(of)):
            continue  # what it gives is of no use here
        if await _fetch(store, batch, settings, say):
            cancelled += batch.cancel_wanted
        else:
            waiting.append(batch)
    if waiting:
        now = {batch.id: batch for batch in batches.read_open(store, seed)}
        return waiting_in_words([now[batch.id] for batch in waiting])
    return "The batch was cancelled; what was answered before is kept." if cancelled else ""


async def _fetch(store: Store, batch: BatchRow, settings: GrowthSettings, say: Say) -> bool:
    creator = make_creator(settings, say)
    try:
        if not isinstance(creator, HostedCreator):
            return False
        is_over = await Post(store, creator).fetch(batch)
    finally:
        await creator.close()
    if is_over and not batch.cancel_wanted:
        say(f"A batch of {batch.requests} requests is back.")
    return is_over
