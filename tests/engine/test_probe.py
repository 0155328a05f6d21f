"""What a server can do, found out from real ones: the tests' own in many shapes, and llama.cpp's."""

import asyncio
import json
from pathlib import Path
from typing import Any

import click.testing
import pytest

from seedbed_engine.__main__ import main
from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.presets import find_preset, read_presets
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.asking.replies import read_reply
from seedbed_engine.asking.trials import most_usd
from seedbed_engine.creating.creators.box import setup_model
from seedbed_engine.creating.creators.hosted import HostedCreator
from seedbed_engine.creating.creators.probe import Findings, probe
from seedbed_engine.creating.creators.protocol import Reply, Request
from seedbed_engine.examples import Example

KEY = "sk-planted-0123456789"


def write_colour(body: dict[str, Any]) -> str:
    """What a server that keeps to forms says."""
    return '{"colour": "c-red"}' if "response_format" in body else "Red."


@pytest.fixture
def server(chat_server: Any) -> Any:
    chat_server.writer = write_colour
    return chat_server


def works(findings: Findings) -> dict[str, bool | None]:
    return {finding.probe: finding.works for finding in findings.found}


def ask(server: Any, model: str = "", key: str = KEY) -> Findings:
    return asyncio.run(probe(server.address, key, model, seconds=5.0))


def seedbed(*words: str) -> click.testing.Result:
    found = click.testing.CliRunner().invoke(main, ["creators", *words])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


def test_a_server_that_can_all_is_seen_to(server: Any) -> None:
    server.headers = {"x-ratelimit-limit-requests": "500", "x-ratelimit-limit-tokens": "200000"}
    findings = ask(server)
    every = ("reachable", "models", "plain", "usage", "limits", "schema", "json", "n")
    assert works(findings) == dict.fromkeys(every, True)
    assert (findings.model, findings.models, findings.can_create) == ("test-model", ["test-model"], True)
    said = " ".join(finding.said for finding in findings.found)
    assert "It lists 1 model: test-model." in said
    assert "500 requests and 200000 tokens a minute" in said
    assert len(server.heard) == 4
    assert all(body["max_tokens"] <= 64 for body in server.heard)


def test_what_a_server_refuses_or_ignores_is_told_apart(server: Any) -> None:
    server.understands = {"json_object"}
    server.writer = lambda body: "Red."
    found = {finding.probe: finding for finding in ask(server).found}
    assert "calls the request bad" in found["schema"].said
    assert found["json"].said == "It takes JSON mode, but its reply is not JSON."
    assert found["n"].said == "It gives one reply to a request, whatever n says."
    assert found["limits"].works is False


def test_a_server_that_lists_no_models_and_tells_no_usage_can_still_create(chat: Any, server: Any) -> None:
    server.models = None
    bare = json.loads(chat.says("Red.").body)
    del bare["usage"]
    server.script = [chat.Act(body=json.dumps(bare).encode())]
    findings = ask(server, "my-model")
    assert works(findings) | {"models": False, "usage": False, "plain": True} == works(findings)
    assert findings.can_create


def test_without_a_model_to_ask_nothing_is_asked(server: Any) -> None:
    server.models = []
    findings = ask(server)
    assert not findings.can_create
    assert "no model is named" in findings.found[-1].said
    assert server.heard == []


def test_a_model_that_is_not_listed_is_said(server: Any) -> None:
    assert "'other' is not among them." in " ".join(finding.said for finding in ask(server, "other").found)


def test_a_newer_model_is_asked_in_its_words(chat: Any, server: Any) -> None:
    server.script = [chat.fails(400, "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.")]
    assert works(ask(server))["schema"]
    assert "max_tokens" not in server.heard[-1]


def test_a_wrong_key_and_a_server_that_is_not_there_end_the_probing_without_the_key_being_said(
    chat: Any, server: Any
) -> None:
    server.key = "another"
    findings = ask(server)
    assert works(findings) == {"reachable": False}
    assert "does not take the key" in findings.found[0].said
    assert KEY not in repr(findings)
    gone = chat.ChatServer().start()
    gone.stop()
    assert "No connection" in ask(gone).found[0].said


def test_a_page_of_html_is_no_chat_server(chat: Any, server: Any) -> None:
    server.script = [chat.Act(body=b"<html>Log in</html>", headers={"Content-Type": "text/html"})]
    findings = ask(server)
    assert works(findings)["plain"] is False
    assert "n" not in works(findings)


def test_the_command_says_a_sentence_for_each_and_ends_by_what_it_found(server: Any) -> None:
    found = seedbed("test", server.address)
    assert found.exit_code == 0
    assert "yes  Replies keep to a JSON schema." in found.output
    assert server.keys == ["not-needed"] * 4  # no server is sent the key of another one
    server.models = []
    assert seedbed("test", server.address).exit_code == 1
    machine = json.loads(seedbed("test", server.address, "--model", "m", "--json").stdout)
    assert machine["can_create"] is True
    assert {entry["probe"] for entry in machine["found"]} >= {"reachable", "schema", "usage"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["openai"], "at most $0.000"),
        (["https://nowhere.invalid/v1", "--model", "x"], "unknown price"),
        (["nobody"], "There is no preset 'nobody'. There are openai, azure"),
        (["azure"], "the name of your resource"),
        (["http://u:p@127.0.0.1/v1"], "user name or a password"),
        ([" "], "There is no preset"),
    ],
)
def test_what_may_cost_or_cannot_be_asked_is_said_before_anything_is_sent(words: list[str], said: str) -> None:
    found = seedbed("test", *words)
    assert found.exit_code == 1
    assert said in " ".join(found.output.split())


def test_the_price_of_probing_is_a_fraction_of_a_cent_or_unknown() -> None:
    usd = most_usd("gpt-4o-mini")
    assert usd is not None
    assert 0 < usd < 0.01
    assert most_usd("nobody/knows") is None


def test_presets_are_listed_for_people_and_machines() -> None:
    assert [preset.name for preset in read_presets()] == ["openai", "azure", "ollama", "lmstudio", "llamacpp", "vllm"]
    assert "http://127.0.0.1:11434/v1" in seedbed("list").output
    assert json.loads(seedbed("list", "--json").stdout)[2]["name"] == "ollama"
    preset = find_preset(" Ollama")
    assert preset is not None
    assert preset.is_whole


def test_llama_cpp_with_the_model_in_the_box_is_probed_and_keeps_to_a_schema_as_a_hosted_creator() -> None:
    import xllamacpp

    path: Path = setup_model(lambda text: None)
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.n_ctx = 2048
    params.verbosity = -1
    params.warmup = False
    params.cpuparams.n_threads = 1
    running = xllamacpp.Server(params)
    seed = Example("Soup is wet.", ("True", "False"), "True")
    words = words_for_call(infer_format(seed), seed, 1)

    async def go(address: str) -> tuple[Findings, list[Reply]]:
        findings = await probe(address, "not-needed")
        creator = HostedCreator(findings.model, "not-needed", address)
        try:
            asked = [Request(words.messages, words.schema, None, 1.0, 1.0, 300, number) for number in (5, 6)]
            return findings, [await creator.ask(request) for request in asked]
        finally:
            await creator.close()

    findings, replies = asyncio.run(go(f"{running.listening_address}/v1"))
    del running
    assert works(findings) | {"reachable": True, "models": True, "schema": True, "usage": True} == works(findings)
    for reply in replies:
        assert read_reply(reply.text, infer_format(seed), seed, reply.finish_reason, wanted=1).kept
        assert reply.completion_tokens
