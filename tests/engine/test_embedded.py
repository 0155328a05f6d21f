"""The embedded creator: the real model in the box behind the real server, a few requests."""

import asyncio
import dataclasses
import json
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from seedbed_engine import jobs
from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.asking.replies import read_reply
from seedbed_engine.creating.creators.box import box_model, setup_model
from seedbed_engine.creating.creators.embedded import SAMPLING, EmbeddedCreator, check_model_file
from seedbed_engine.creating.creators.making import keep_models, make_creator
from seedbed_engine.creating.creators.protocol import Reply, Request
from seedbed_engine.errors import CreatorError
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import calls, runs, seeds
from seedbed_engine.keeping.project import create_project
from seedbed_engine.settings import GrowthSettings

CLAIM = Example("Eating soup means eating only solids.", ("True", "False"), "False")
BLANK = Example("Ann gave Bea the shoes, because _ had too many.", ("Ann", "Bea"), "Ann")
CHOICE = Example("Where would you find books?", ("library", "river", "oven"), "library")


@pytest.fixture(scope="session")
def model() -> Path:
    return setup_model(lambda text: None)


@pytest.fixture
def loop() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


def request(seed: Example, topic: str, answer: str | None = None) -> Request:
    answers = [answer] if answer else None
    words = words_for_call(infer_format(seed), seed, 1, one_at_a_time=True, wanted_answers=answers, topics=[topic])
    return Request(words.messages, words.schema, words.grammar, 1.0, 1.0, words.max_tokens, 5)


def test_every_reply_can_be_read_and_the_same_request_gets_the_same_one(model: Path, loop: asyncio.Runner) -> None:
    asked = [(CLAIM, "dolphins", "True"), (CLAIM, "clocks", "False"), (CHOICE, "bread", None)]
    requests = [request(*what) for what in asked]

    async def go() -> tuple[list[Reply], Reply]:
        creator = EmbeddedCreator(model, slots=3)
        try:
            together = await asyncio.gather(*map(creator.ask, requests))
            return together, await creator.ask(requests[0])
        finally:
            await creator.close()

    replies, again = loop.run(go())
    assert again.text == replies[0].text
    for (seed, _, answer), reply in zip(asked, replies, strict=True):
        read = read_reply(reply.text, infer_format(seed), seed, reply.finish_reason, shuffle_key="k")
        assert len(read.kept) + len(read.discards) == 1
        assert answer is None or [e.answer for _, e in read.kept] == [answer]
        assert reply.prompt_tokens
        assert reply.completion_tokens
    assert "Question: Dolphins " in replies[0].text


def test_lines_end_sooner_where_that_is_asked_for(model: Path, loop: asyncio.Runner) -> None:
    usual = [request(CHOICE, topic) for topic in ("bread", "clocks", "owls", "rain")]

    async def written(requests: Sequence[Request]) -> int:
        creator = EmbeddedCreator(model, slots=4)
        try:
            return sum(reply.completion_tokens or 0 for reply in await asyncio.gather(*map(creator.ask, requests)))
        finally:
            await creator.close()

    sooner = [dataclasses.replace(each, ending=5.0) for each in usual]
    assert loop.run(written(sooner)) < loop.run(written(usual))


def test_a_sentence_with_a_blank_names_the_two_that_were_drawn(model: Path, loop: asyncio.Runner) -> None:
    async def go() -> Reply:
        creator = EmbeddedCreator(model, slots=1)
        try:
            return await creator.ask(request(BLANK, "Maria / Omar"))
        finally:
            await creator.close()

    reply = loop.run(go())
    read = read_reply(reply.text, infer_format(BLANK), BLANK, reply.finish_reason, shuffle_key="k")
    assert [discard.reason for discard in read.discards] == []
    [(_, example)] = read.kept
    assert (set(example.options), example.answer) == ({"Maria", "Omar"}, "Maria")


def test_a_request_that_does_not_fit_is_said_in_a_sentence(model: Path, loop: asyncio.Runner) -> None:
    async def go() -> None:
        creator = EmbeddedCreator(model, slots=1)
        try:
            await creator.ask(request(Example("Soup " * 4000 + ".", ("True", "False"), "True"), "tea"))
        finally:
            await creator.close()

    with pytest.raises(CreatorError, match="calls the request bad"):
        loop.run(go())


def gguf(architecture: bytes, size: int) -> bytes:
    name = b"general.architecture"
    head = struct.pack("<4sIQQQ", b"GGUF", 3, 0, 1, len(name)) + name
    head += struct.pack("<IQ", 8, len(architecture)) + architecture
    return head.ljust(size, b"\0")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is not a GGUF"),
        (b"<html>not found</html>" * 9, "is not a GGUF"),
        (gguf(b"llama", 2000), "not whole"),
        (gguf(b"bert", 2_000_000), "writes no text"),
    ],
)
def test_a_file_that_is_no_model_is_named_before_anything_starts(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(content)
    with pytest.raises(CreatorError, match=says):
        check_model_file(file)


def test_a_missing_or_damaged_model_is_a_sentence_too(tmp_path: Path) -> None:
    with pytest.raises(CreatorError, match="cannot be read"):
        check_model_file(tmp_path / "none.gguf")
    damaged = tmp_path / "damaged.gguf"
    damaged.write_bytes(gguf(b"llama", 2_000_000))
    with pytest.raises(CreatorError, match="could not be started"):
        EmbeddedCreator(damaged)


def test_a_model_that_is_ready_is_not_set_up_again(model: Path) -> None:
    said: list[str] = []
    assert setup_model(said.append) == model == box_model()
    assert said == []
    assert (model.parent / "SmolLM2-135M-Instruct-LICENSE.txt").stat().st_size > 5000


def test_all_that_shaped_a_reply_is_kept_with_its_request(model: Path, tmp_path: Path) -> None:
    with create_project(tmp_path / "one.seedbed") as store:
        seeds.add_seed(store, CLAIM, Options.FIXED)
        settings = GrowthSettings(model=str(model), target=1, n=1, max_calls=1)
        run = runs.add_run(store, "grow", settings.to_json(), 1)
        assert jobs.work_on(store.path, run, lambda event: None) == "finished"
        (request,) = calls.read_log(store)
        kept = json.loads(request.sampling)
    assert kept | SAMPLING == kept
    assert kept["temperature"] == 1.0
    assert kept["grammar"].startswith("root ::=")


def test_a_model_stays_loaded_from_one_run_to_the_next_where_that_is_wanted(model: Path, loop: asyncio.Runner) -> None:
    said: list[str] = []
    with keep_models() as kept:
        first = make_creator(GrowthSettings(concurrency=1), said.append)
        loop.run(first.close())
        second = make_creator(GrowthSettings(concurrency=1), said.append)
        assert isinstance(first, EmbeddedCreator)
        assert isinstance(second, EmbeddedCreator)
        assert second.server is first.server
        assert len(said) == 1
        assert loop.run(second.ask(request(CLAIM, "tea", "True"))).text
        loop.run(second.close())
        kept.free()
        third = make_creator(GrowthSettings(concurrency=1), said.append)
        assert isinstance(third, EmbeddedCreator)
        assert third.server is not first.server
        loop.run(third.close())
        other = make_creator(GrowthSettings(concurrency=1, threads=1), said.append)
        assert isinstance(other, EmbeddedCreator)
        assert other.server is not third.server
        loop.run(other.close())
    assert len(said) == 3
