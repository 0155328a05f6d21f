"""A key is planted, growths go well and badly with it, and all that the program wrote and showed is searched for it."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

KEY = "sk-planted-Qz7Wk2Lr9Vt4Xb8N"
PART = KEY[11:].encode()
CHILD = '''
import json, sys
from pathlib import Path
import keyring
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

class Drawer(KeyringBackend):
    """A keyring of the test's own, kept in a file elsewhere, as real ones are."""
    priority = 1.0
    path = Path(sys.argv[2])
    def get_password(self, service, username):
        return json.loads(self.path.read_text()).get(f"{service}/{username}") if self.path.exists() else None
    def set_password(self, service, username, password):
        self.path.write_text(json.dumps({f"{service}/{username}": password}))
    def delete_password(self, service, username):
        self.path.unlink()

keyring.set_keyring(Drawer() if sys.argv[1] == "keyring" else NoKeyring())
from seedbed_engine.__main__ import main
for words in json.loads(sys.argv[3]):
    try:
        main(words)
    except SystemExit as ended:
        print(f"ended {ended.code}", flush=True)
'''


class Watch:
    """Looks again and again at the command lines of all processes and at all files in a folder, also half-written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch")
        self.found: set[str] = set()
        self.seen: set[str] = set()

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()
        self._look_once()

    def _look(self) -> None:
        while not self._ended.wait(0.05):
            self._look_once()

    def _look_once(self) -> None:
        files = [path for path in self._folder.rglob("*") if path.is_file()]
        for path in [*files, *Path("/proc").glob("[0-9]*/cmdline")]:
            try:
                text = path.read_bytes()
            except OSError:
                continue
            self.seen.add(path.suffix or path.name)
            if PART in text:
                self.found.add(str(path))


def leaky_batches(server: Any) -> None:
    """The batches are answered, with the key in what is said of them."""
    said = {"error": {"code": "x", "message": f"your key is {KEY}"}}
    bad = {"response": {"status_code": 500, "body": said}, "error": None}
    server.finish(changes={0: bad, 1: {"response": None, "error": said["error"]}})


def failures(chat: Any) -> list[Any]:
    """What a server may do with a key that it was sent, and what may go wrong."""
    example = {"question": f"Is {KEY} a key?", "options": ["yes", "no"], "answer": "yes"}
    return [
        chat.fails(500, f"boom {KEY}", retry_after_ms="10"),
        chat.Act(503, f"<html>{KEY}</html>".encode(), {"retry-after-ms": "10"}),
        chat.fails(429, f"slow down, {KEY}", retry_after_ms="10"),
        chat.fails(400, f"'response_format' is not for {KEY}"),
        chat.says(json.dumps({"examples": [example]})),
        chat.says(f"I was sent {KEY}."),
    ]


@pytest.fixture
def strict_server(chat: Any) -> Iterator[Any]:
    """A server that takes another key only, and repeats the wrong one."""
    server = chat.ChatServer().start()
    server.key = "another"
    yield server
    server.stop()


@pytest.mark.parametrize("place", ["keyring", "environment"])
def test_a_key_is_in_nothing_that_the_program_writes_shows_or_is_called_with(
    chat: Any, chat_server: Any, batch_server: Any, strict_server: Any, tmp_path: Path, place: str
) -> None:
    folder = tmp_path / "written"
    (folder / "tmp").mkdir(parents=True)
    project = str(folder / "one.seedbed")
    hosted = ["--creator=hosted", "--model=gpt-4o-mini", f"--base-url={chat_server.address}", "--key-name=A_TEST_KEY"]
    batches = [*hosted, f"--base-url={batch_server.address}", "--batch", "--strategy=naive", "--seed-number=3"]
    words = [
        ["new", project, "--question=Is tin a metal?", "--option=yes", "--option=no", "--answer=yes"],
        ["keys", "set", "A_TEST_KEY"],
        ["--verbose", "grow", project, *hosted, "--target=8", "--n=2"],
        ["grow", project, *hosted, f"--base-url={strict_server.address}", "--target=4", "--seed-number=2", "--json"],
        ["--verbose", "grow", project, *batches, "--target=60"],
        ["--verbose", "grow", project, "--resume=3", "--json"],
        ["creators", "test", chat_server.address, "--key-name=A_TEST_KEY"],
        ["creators", "test", strict_server.address, "--key-name=A_TEST_KEY", "--json"],
        ["costs", project, "--json"],
        ["show", project, "--json"],
        ["show", project, "--example=1", "--json"],
        ["export", project, str(folder / "rows.jsonl")],
        ["export", project, str(folder / "tree.graphml")],
    ]
    chat_server.script = failures(chat)
    batch_server.hooks = {
        "create": lambda: (
            chat.fails(503, f"not now, {KEY}", retry_after_ms="1") if len(batch_server.steps) == 2 else None
        ),
        "create answered": lambda: leaky_batches(batch_server),
    }
    chat_server.writer = lambda body: "Red." if len(body["messages"]) == 1 else chat.write_examples(body)
    environment = os.environ | {
        "SEEDBED_HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "OPENAI_LOG": "debug",
    }
    if place == "environment":
        environment["A_TEST_KEY"] = KEY
    script = [sys.executable, "-c", CHILD, place, str(tmp_path / "drawer.json")]
    with Watch(folder) as watch:
        done = subprocess.run(
            [*script, json.dumps(words)], env=environment, input=f"{KEY}\n".encode(), capture_output=True, timeout=120
        )
    (folder / "stdout").write_bytes(done.stdout)
    (folder / "stderr").write_bytes(done.stderr)
    with Watch(folder) as again:
        pass
    ended = [line.split()[1] for line in done.stdout.decode().splitlines() if line.startswith("ended")]
    assert len(ended) == len(words), done.stderr.decode()
    assert ended == ["0", "0" if place == "keyring" else "1", "0", "1", "3", "0", "0", "1", "0", "0", "0", "0", "0"]
    assert KEY in chat_server.keys
    assert set(batch_server.keys) == {KEY}
    assert {"upload", "create", "list", "look", "content"} <= set(batch_server.steps)
    assert KEY not in b"".join(batch_server.files[batch.file] for batch in batch_server.batches.values()).decode()
    assert (folder / "home" / "servers.json").is_file()
    assert KEY in strict_server.keys
    assert "does not take the key" in done.stdout.decode()
    assert {".seedbed", ".seedbed-wal", "cmdline", ".jsonl"} <= watch.seen
    assert watch.found == set()
    assert again.found == set()
