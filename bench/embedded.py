"""The embedded creator: how much of the runtime's own speed is left, and how many examples a minute are kept.

The anchor is the runtime alone: the same prompts for plain text of the same length, straight to the server, eight at
once, without grammar, DRY or client code of ours. Run from the project's root: python bench/embedded.py
"""

import asyncio
import json
import os
import random
import time
from dataclasses import dataclass, replace

import openai

from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.asking.replies import read_reply
from seedbed_engine.asking.topics import read_topics
from seedbed_engine.creating.creators.box import setup_model
from seedbed_engine.creating.creators.embedded import SLOTS, EmbeddedCreator
from seedbed_engine.creating.creators.protocol import Reply, Request
from seedbed_engine.examples import Example, normal_question

CLAIM = Example("The Great Wall of China can be seen from the Moon.", ("True", "False"), "False")
HOW_TO = Example(
    "How do I keep bread fresh for longer?",
    ("Keep it in a paper bag in a cool place.", "Keep it in a wet towel in the sun."),
    "Keep it in a paper bag in a cool place.",
)
EXAMPLES = 60
ROUNDS = 2


@dataclass
class Measured:
    """One round: tokens written, seconds of wall and processor, examples kept and distinct."""

    tokens: int
    wall: float
    cpu: float
    kept: int
    distinct: int


def requests_for(seed: Example, count: int) -> list[Request]:
    task = infer_format(seed)
    topics = random.Random(3).sample(read_topics(), count)
    requests = []
    for number, topic in enumerate(topics):
        answers = [task.options[number % task.count]] if task.is_fixed else None
        words = words_for_call(task, seed, 1, one_at_a_time=True, wanted_answers=answers, topics=[topic])
        requests.append(Request(words.messages, None, words.grammar, 1.0, 1.0, words.max_tokens, number))
    return requests


async def ask_all(creator: EmbeddedCreator, requests: list[Request]) -> list[Reply]:
    slots = asyncio.Semaphore(SLOTS)

    async def ask(request: Request) -> Reply:
        async with slots:
            return await creator.ask(request)

    return await asyncio.gather(*map(ask, requests))


async def created(creator: EmbeddedCreator, seed: Example) -> tuple[Measured, list[Reply]]:
    requests = requests_for(seed, EXAMPLES)
    wall, cpu = time.perf_counter(), time.process_time()
    replies = await ask_all(creator, requests)
    task = infer_format(seed)
    kept = [
        example
        for number, reply in enumerate(replies)
        for _, example in read_reply(reply.text, task, seed, reply.finish_reason, shuffle_key=str(number)).kept
    ]
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    distinct = len({normal_question(example.question) for example in kept})
    return Measured(sum(r.completion_tokens or 0 for r in replies), wall, cpu, len(kept), distinct), replies


async def runtime_alone(creator: EmbeddedCreator, seed: Example, replies: list[Reply]) -> Measured:
    """The same prompts and lengths without grammar and DRY: what the runtime can do by itself."""
    client = openai.AsyncOpenAI(base_url=creator.server.address, api_key=creator.server.key, max_retries=0)
    slots = asyncio.Semaphore(SLOTS)

    async def ask(request: Request, length: int) -> int:
        async with slots:
            reply = await client.chat.completions.create(
                model=creator.model,
                messages=[{"role": m.role, "content": m.content} for m in request.messages],  # type: ignore[misc]
                max_tokens=length,
                seed=request.seed,
                extra_body={"ignore_eos": True, "cache_prompt": True, "top_k": 0, "min_p": 0.06},
            )
            return reply.usage.completion_tokens if reply.usage else 0

    wall, cpu = time.perf_counter(), time.process_time()
    pairs = zip(requests_for(seed, EXAMPLES), replies, strict=True)
    tokens = await asyncio.gather(*(ask(replace(r, grammar=None), reply.completion_tokens or 1) for r, reply in pairs))
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    await client.close()
    return Measured(sum(tokens), wall, cpu, 0, 0)


async def measure() -> dict[str, float]:
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    creator = EmbeddedCreator(setup_model(print))
    rounds, anchors = [], []
    try:
        await created(creator, CLAIM)
        for number in range(ROUNDS):
            mine, replies = await created(creator, CLAIM)
            alone = await runtime_alone(creator, CLAIM, replies)
            rounds.append(mine)
            anchors.append(alone)
            print(f"round {number}: {mine} alone: {alone}")
        choice, _ = await created(creator, HOW_TO)
        print(f"multiple choice: {choice}")
    finally:
        await creator.close()
    best = min(rounds, key=lambda measured: measured.wall)
    rate = max(m.tokens / m.cpu for m in rounds)
    anchor = max(m.tokens / m.cpu for m in anchors)
    return {
        "share_of_raw_tokens_per_s": round(rate / anchor, 3),
        "anchor_raw_tokens_per_cpu_s": round(anchor, 1),
        "tokens_per_cpu_s": round(rate, 1),
        "kept_per_min_closed": round(60 * best.distinct / best.wall, 1),
        "kept_per_cpu_min_closed": round(60 * max(m.distinct / m.cpu for m in rounds), 1),
        "share_kept_closed": round(best.distinct / EXAMPLES, 3),
        "kept_per_min_choice": round(60 * choice.distinct / choice.wall, 1),
        "share_kept_choice": round(choice.distinct / EXAMPLES, 3),
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure())))
