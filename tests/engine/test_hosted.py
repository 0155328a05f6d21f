"""The hosted creator against a real server that misbehaves in every way known."""

import asyncio
import logging
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.asking.replies import read_reply
from seedbed_engine.creating.creators.hosted import HostedCreator, make_client
from seedbed_engine.creating.creators.protocol import Reply, Request, Transient
from seedbed_engine.errors import CreatorError
from seedbed_engine.examples import Example

KEY = "sk-planted-0123456789"
SEED = Example("Soup is wet.", ("True", "False"), "True")


def a_request(n: int = 3) -> Request:
    words = words_for_call(infer_format(SEED), SEED, n)
    return Request(words.messages, words.schema, None, 1.0, 1.0, 500, 7)


def ask(server: Any, times: int = 1, reply_seconds: float = 5.0, key: str = KEY) -> Reply:
    async def go() -> Reply:
        creator = HostedCreator("test-model", key, server.address, reply_seconds=reply_seconds)
        try:
            for _ in range(times - 1):
                await creator.ask(a_request())
            return await creator.ask(a_request())
        finally:
            await creator.close()

    return asyncio.run(go())


def test_a_reply_brings_text_usage_and_finish_reason(chat_server: Any) -> None:
    reply = ask(chat_server)
    read = read_reply(reply.text, infer_format(SEED), SEED, reply.finish_reason, wanted=3)
    assert len(read.kept) == 3
    assert (reply.prompt_tokens, reply.finish_reason, reply.model) == (100, "stop", "test-model")
    assert len(chat_server.ledger) == 1
    sent = chat_server.heard[0]
    assert sent["response_format"]["json_schema"]["strict"] is True
    assert (sent["temperature"], sent["top_p"], sent["seed"], sent["max_tokens"]) == (1.0, 1.0, 7, 500)
    assert chat_server.keys == [KEY]


@pytest.mark.parametrize(("understands", "forms"), [({"json_object"}, 2), (set(), 3)])
def test_a_server_without_schemas_is_asked_in_a_simpler_form_from_then_on(
    chat_server: Any, understands: set[str], forms: int
) -> None:
    chat_server.understands = understands
    assert ask(chat_server, times=3).text
    assert len(chat_server.heard) == forms + 2
    last = chat_server.heard[-1].get("response_format", {}).get("type")
    assert last == ("json_object" if understands else None)


def test_a_model_that_wants_other_words_for_length_and_sampling_gets_them(chat: Any, chat_server: Any) -> None:
    chat_server.script = [
        chat.fails(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead."),
        chat.fails(400, "Unsupported value: 'temperature' does not support 0.7 with this model."),
    ]
    assert ask(chat_server, times=2).text
    last = chat_server.heard[-1]
    assert "max_tokens" not in last
    assert "temperature" not in last
    assert (last["max_completion_tokens"], last["response_format"]["type"]) == (500, "json_schema")


@pytest.mark.parametrize(
    ("fail", "says"),
    [
        (lambda chat: chat.fails(401, f"Incorrect API key provided: {KEY}"), "does not take the key"),
        (lambda chat: chat.fails(403, "Country not supported"), "does not allow this"),
        (lambda chat: chat.fails(404, "The model does not exist"), "has no model 'test-model'"),
        (lambda chat: chat.fails(429, "You exceeded your quota", "insufficient_quota"), "no credit left"),
        (lambda chat: chat.fails(400, "maximum context length is 10 tokens"), "calls the request bad"),
        (lambda chat: chat.Act(body=b"<html>Log in</html>", headers={"Content-Type": "text/html"}), "not as a chat"),
        (lambda chat: chat.Act(body=b'{"choices": []}'), "not as a chat server"),
        (lambda chat: chat.Act(body=b"[1, 2]"), "not as a chat server"),
    ],
)
def test_what_no_other_attempt_can_mend_is_said_in_a_sentence(
    chat: Any, chat_server: Any, fail: Callable[[Any], Any], says: str
) -> None:
    chat_server.script = [fail(chat)]
    with pytest.raises(CreatorError, match=says) as caught:
        ask(chat_server)
    assert not isinstance(caught.value, Transient)
    assert caught.value.mend
    assert KEY not in "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize(
    ("fail", "wait"),
    [
        (lambda chat: chat.fails(429, "slow down", Retry_After="1.5"), 1.5),
        (lambda chat: chat.fails(429, "slow down", retry_after_ms="250"), 0.25),
        (lambda chat: chat.fails(429, "slow down", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), 0.0),
        (lambda chat: chat.fails(500, f"boom {KEY}"), None),
        (lambda chat: chat.Act(503, b"<html>down</html>"), None),
        (lambda chat: chat.Act(resets=True), None),
        (lambda chat: chat.Act(cuts=True), None),
        (lambda chat: chat.Act(body=b'{"choices": [{"mess'), None),
        (lambda chat: chat.Act(body=b"[" * 200_000), None),
        (lambda chat: chat.Act(delay=0.6), None),
    ],
)
def test_what_may_pass_is_transient_and_the_next_attempt_works(
    chat: Any, chat_server: Any, fail: Callable[[Any], Any], wait: float | None
) -> None:
    act = fail(chat)
    chat_server.script = [act]
    with pytest.raises(Transient) as caught:
        ask(chat_server, reply_seconds=0.3 if act.delay else 20.0)
    assert caught.value.retry_after == wait
    assert KEY not in "".join(traceback.format_exception(caught.value))
    assert ask(chat_server).text


def test_no_server_at_the_address_is_transient_and_names_the_address(chat: Any) -> None:
    server = chat.ChatServer().start()
    server.stop()
    with pytest.raises(Transient, match="No connection to http://127"):
        ask(server)


def test_a_refusal_and_a_filtered_or_cut_reply_are_named(chat: Any, chat_server: Any) -> None:
    chat_server.script = [
        chat.says(None, refusal="I'm sorry, I can't."),
        chat.says("", finish_reason="content_filter"),
        chat.says('{"examples": [{"options"', finish_reason="length"),
    ]
    replies = [ask(chat_server) for _ in range(3)]
    assert [reply.finish_reason for reply in replies] == ["refusal", "content_filter", "length"]
    assert replies[0].text == "I'm sorry, I can't."


def test_the_key_is_in_no_representation_and_no_log(
    chat: Any, chat_server: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    creator = HostedCreator("test-model", KEY, chat_server.address)
    assert KEY not in repr(creator)
    assert KEY not in str(vars(creator)["asked"])
    chat_server.key = "another"
    with pytest.raises(CreatorError) as caught:
        ask(chat_server)
    asyncio.run(creator.close())
    assert KEY not in str(caught.value) + repr(caught.value) + caplog.text


def test_azure_is_asked_by_deployment_version_and_its_own_header(chat: Any, chat_server: Any) -> None:
    endpoint = chat_server.address.removesuffix("/v1")

    async def go(model: str = "my deployment") -> Reply:
        creator = HostedCreator(model, KEY, endpoint, api_version="2024-10-21")
        try:
            return await creator.ask(a_request())
        finally:
            await creator.close()

    assert asyncio.run(go()).model == "test-model"
    assert chat_server.paths == ["/openai/deployments/my%20deployment/chat/completions?api-version=2024-10-21"]
    assert chat_server.keys == [KEY]
    chat_server.script = [chat.fails(404, "The API deployment does not exist.", "DeploymentNotFound")]
    with pytest.raises(CreatorError, match="no model 'my deployment': The API deployment does not exist"):
        asyncio.run(go())
    chat_server.script = [chat.fails(400, "The prompt was filtered", "content_filter")]
    assert asyncio.run(go()).finish_reason == "content_filter"


def test_a_key_that_a_reply_repeats_is_cut_out(chat: Any, chat_server: Any) -> None:
    chat_server.script = [chat.says(f"You sent {KEY}.")]
    assert ask(chat_server).text == "You sent ...."


def test_openai_itself_is_asked_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert str(make_client(KEY, "").base_url) == "https://api.openai.com/v1/"
