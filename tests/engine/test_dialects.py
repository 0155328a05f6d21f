"""What a server understands is found once, and remembered by the next run in another process."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.prompts import words_for_call
from seedbed_engine.creating.creators.dialects import Dialect, Dialects
from seedbed_engine.creating.creators.hosted import HostedCreator
from seedbed_engine.creating.creators.probe import probe
from seedbed_engine.creating.creators.protocol import Request
from seedbed_engine.examples import Example

KEY = "sk-planted-0123456789"
SEED = Example("Soup is wet.", ("True", "False"), "True")
ADDRESS, MODEL = "http://127.0.0.1:1/v1", "a model"


@pytest.fixture
def memory(tmp_path: Path) -> Dialects:
    return Dialects(tmp_path / "config" / "servers.json")


def ask(server: Any, memory: Dialects, times: int = 1) -> None:
    async def go() -> None:
        creator = HostedCreator("test-model", KEY, server.address, memory=memory)
        words = words_for_call(infer_format(SEED), SEED, 2)
        for _ in range(times):
            await creator.ask(Request(words.messages, words.schema, None, 1.0, 1.0, 500, 7))
        await creator.close()

    asyncio.run(go())


def test_a_form_that_was_found_is_not_looked_for_again(chat_server: Any, memory: Dialects, tmp_path: Path) -> None:
    chat_server.understands = {"json_object"}
    ask(chat_server, memory, times=2)
    assert len(chat_server.heard) == 3  # the first of them was told that schemas are not supported
    ask(chat_server, Dialects(tmp_path / "config" / "servers.json"))
    assert len(chat_server.heard) == 4
    assert chat_server.heard[-1]["response_format"] == {"type": "json_object"}


def test_a_server_that_can_do_all_is_remembered_too(chat_server: Any, memory: Dialects) -> None:
    ask(chat_server, memory)
    assert memory.find(chat_server.address, "test-model") == Dialect()
    assert memory.find(chat_server.address, "another") is None


def test_what_a_test_found_is_how_the_server_is_asked(chat_server: Any, memory: Dialects) -> None:
    chat_server.understands = {"json_schema", "json_object"}
    chat_server.writer = lambda body: '{"colour": "red"}'  # it takes a schema and does not keep to it
    findings = asyncio.run(probe(chat_server.address, KEY, "test-model"))
    assert findings.dialect == Dialect(form="json")


def test_what_was_found_long_ago_is_found_anew(memory: Dialects, tmp_path: Path) -> None:
    memory.keep(ADDRESS, MODEL, Dialect(form="plain"))
    path = tmp_path / "config" / "servers.json"
    entries = json.loads(path.read_text(encoding="utf-8"))
    for entry in entries.values():
        entry["day"] = (datetime.now(UTC) - timedelta(days=31)).date().isoformat()
    path.write_text(json.dumps(entries), encoding="utf-8")
    assert memory.find(ADDRESS, MODEL) is None


@pytest.mark.parametrize(
    "text",
    ["", "[1]", "[" * 100_000, '{"http://127.0.0.1:1/v1 a model": 5}', '{"http://127.0.0.1:1/v1 a model": {"day": 1}}',
     '{"http://127.0.0.1:1/v1 a model": {"day": "2999-01-01", "form": "song", "length_word": "x"}}'],
)  # fmt: skip
def test_a_file_that_says_nothing_sensible_says_nothing(text: str, memory: Dialects, tmp_path: Path) -> None:
    path = tmp_path / "config" / "servers.json"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    assert memory.find(ADDRESS, MODEL) is None
    memory.keep(ADDRESS, MODEL, Dialect(has_seed=False))
    assert memory.find(ADDRESS, MODEL) == Dialect(has_seed=False)


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    Dialects(tmp_path / "file" / "servers.json").keep(ADDRESS, MODEL, Dialect())
    assert "was not kept" in caplog.text


def test_no_key_is_remembered(chat_server: Any, memory: Dialects, tmp_path: Path) -> None:
    ask(chat_server, memory)
    assert KEY not in (tmp_path / "config" / "servers.json").read_text(encoding="utf-8")


def test_only_so_many_are_remembered(memory: Dialects) -> None:
    for number in range(205):
        memory.keep(ADDRESS, str(number), Dialect())
    assert memory.find(ADDRESS, "0") is None
    assert memory.find(ADDRESS, "204") == Dialect()
