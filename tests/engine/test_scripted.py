"""The scripted creator: lists, functions, recordings."""

import asyncio
import json
from pathlib import Path

import pytest

from seedbed_engine.asking.prompts import Message
from seedbed_engine.creating.creators.protocol import Creator, Reply, Request, Transient
from seedbed_engine.creating.creators.scripted import Recording, ScriptedCreator, recorded_line
from seedbed_engine.errors import CreatorError, InvalidFile


def a_request(text: str, seed: int = 1) -> Request:
    return Request((Message("user", text),), None, None, 1.0, 1.0, 100, seed)


def ask(creator: Creator, *requests: Request) -> list[str]:
    async def go() -> list[str]:
        return [(await creator.ask(request)).text for request in requests]

    return asyncio.run(go())


def test_a_list_is_used_up_in_order_and_then_an_error_says_so() -> None:
    creator = ScriptedCreator(["one", Reply("two", 1, 1, "stop", "m")])
    assert ask(creator, a_request("a"), a_request("b")) == ["one", "two"]
    assert [request.messages[0].content for request in creator.asked] == ["a", "b"]
    with pytest.raises(CreatorError, match="2 replies"):
        ask(creator, a_request("c"))


def test_errors_in_a_script_are_raised() -> None:
    with pytest.raises(Transient) as caught:
        ask(ScriptedCreator([Transient("busy", retry_after=2.0)]), a_request("a"))
    assert caught.value.retry_after == 2.0


def test_a_function_answers_by_the_request() -> None:
    creator = ScriptedCreator(lambda request: request.messages[-1].content.upper())
    assert ask(creator, a_request("b"), a_request("a")) == ["B", "A"]


def test_a_recording_answers_by_content_whatever_the_order(tmp_path: Path) -> None:
    file = tmp_path / "replies.jsonl"
    said = [("a", "1"), ("b", "2"), ("a", "3")]
    lines = [recorded_line(a_request(asked), Reply(text, 5, 6, "length", "m")) for asked, text in said]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    creator = ScriptedCreator(Recording(file))
    assert ask(creator, a_request("b"), a_request("a"), a_request("a"), a_request("a")) == ["2", "1", "3", "3"]
    with pytest.raises(CreatorError, match="no reply to this request"):
        ask(creator, a_request("a", seed=2))


def test_only_a_line_feed_ends_a_line_of_a_recording(tmp_path: Path) -> None:
    file = tmp_path / "replies.jsonl"
    line = recorded_line(a_request("a"), Reply("one\u2028two", 5, 6, "stop", "m"))
    file.write_text(json.dumps(json.loads(line), ensure_ascii=False), encoding="utf-8")
    assert ask(ScriptedCreator(Recording(file)), a_request("a")) == ["one\u2028two"]


@pytest.mark.parametrize("content", [b"not json\n", b"[1]\n", b'{"request": "x"}\n', b"\xff\xfe"])
def test_a_file_that_is_no_recording_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "replies.jsonl"
    file.write_bytes(content)
    with pytest.raises(InvalidFile, match="recording"):
        Recording(file)
