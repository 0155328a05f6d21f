"""A small real HTTP server that speaks chat-completions, misbehaves as scripted and keeps a ledger of its replies.

In a test: the fixture `chat_server`. As a process of its own: `python tests/chat_server.py --ledger FILE`, which prints
its address as the first line.
"""

import argparse
import hashlib
import json
import re
import select
import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

DROPS = 20  # pieces of a body that drips


@dataclass(frozen=True)
class Act:
    """What the server does with one request: what it sends, and how badly."""

    status: int = 200
    body: bytes | None = None  # None: the answer of the server's writer
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0.0
    resets: bool = False  # closes the connection with a reset instead of answering
    cuts: bool = False  # announces the whole body and sends half of it
    drips: float = 0.0  # seconds over which the body comes, in small pieces
    writes: Callable[[dict[str, Any]], str] | None = None  # the text of the reply, instead of the server's writer
    finish_reason: str = "stop"
    changes: Callable[[bytes], bytes] | None = None  # what becomes of the body on its way


def says(text: str | None, finish_reason: str = "stop", refusal: str | None = None, **usage: int) -> Act:
    """A well-formed reply with this text."""
    return Act(body=json.dumps(completion(text, finish_reason, refusal, usage)).encode())


def fails(status: int, message: str = "no", code: str | None = None, **headers: str) -> Act:
    """A failure as OpenAI words it; header names with underscores for hyphens."""
    error = {"error": {"message": message, "type": "error", "code": code, "param": None}}
    return Act(status, json.dumps(error).encode(), {name.replace("_", "-"): value for name, value in headers.items()})


def completion(
    text: str | None, finish_reason: str, refusal: str | None, usage: dict[str, int], times: int = 1
) -> dict[str, Any]:
    """The body of a chat completion; with the same choice several times where a request asks for n."""
    prompt, made = usage.get("prompt_tokens", 100), usage.get("completion_tokens", len(text or "") // 4 + 1)
    message = {"role": "assistant", "content": text, "refusal": refusal}
    return {
        "id": "chatcmpl-test",
        "object": "chat.completion",
        "created": 1,
        "model": "test-model",
        "choices": [
            {"index": place, "message": message, "finish_reason": finish_reason, "logprobs": None}
            for place in range(times)
        ],
        "usage": {"prompt_tokens": prompt, "completion_tokens": made, "total_tokens": prompt + made},
    }


def write_examples(body: dict[str, Any]) -> str:
    """As many examples as were asked for, in the format shown; the same request always gets the same ones."""
    system, user = body["messages"][0]["content"], body["messages"][-1]["content"]
    shown = json.loads(user.split("\n\n")[0])
    found = re.search(r"Write (\d+) new", system)
    n = int(found[1]) if found else 1
    digest = hashlib.sha256(json.dumps([body["messages"], body.get("seed")]).encode()).hexdigest()
    return json.dumps({"examples": [_example(shown, system, f"{digest[:12]} {place}", place) for place in range(n)]})


def _example(shown: dict[str, Any], system: str, name: str, place: int) -> dict[str, Any]:
    is_fixed = "options are always" in system
    options = shown["options"] if is_fixed else [f"{name} option {i}" for i in range(len(shown["options"]))]
    made = {"question": f"Is {_words(name)} so?", "options": options, "answer": options[place % len(options)]}
    if "context" in shown:
        made["context"] = f"It is said of {_words(name)} that it is so."
    return {field: made[field] for field in shown}


def _words(name: str) -> str:
    """A name as words that a sentence encoder tells apart from those of other names."""
    stems = "amber basalt cedar delta ember fjord garnet harbour island jasper kelp lagoon meadow nectar opal pebble"
    parts = stems.split()
    digest = hashlib.sha256(name.encode()).digest()
    return " ".join(f"{parts[byte % 16]}{byte}" for byte in digest[:5])


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    request_queue_size = 256  # so many connections wait here at once: of five, as usual, the next come a second later


class ChatServer:
    """The server on a free port of the loopback; `script` is used up first, then `writer` answers."""

    handler: "type[_Handler]"

    def __init__(self, writer: Callable[[dict[str, Any]], str] = write_examples, ledger: Path | None = None) -> None:
        self.writer = writer
        self.script: list[Act] = []
        self.heard: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.ledger: list[dict[str, Any]] = []
        self.understands = {"json_schema", "json_object", "n"}
        self.paths: list[str] = []
        self.models: list[str] | None = ["test-model"]  # None: does not list them
        self.headers: dict[str, str] = {}  # sent with each answer
        self.usage: Callable[[dict[str, Any]], dict[str, int]] = lambda body: {}
        self.delay = 0.0
        self.key: str | None = None
        self._ledger_file = ledger
        self._lock = threading.Lock()
        self._http = _Server(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, name="chat server"
        )

    @property
    def address(self) -> str:
        """The base URL for a client."""
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    def start(self) -> "ChatServer":
        self._thread.start()
        return self

    def stop(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def list_models(self, key: str) -> Act:
        """The answer to GET /v1/models."""
        if self.key is not None and key != self.key:
            return fails(401, f"Incorrect API key provided: {key}", "invalid_api_key")
        if self.models is None:
            return fails(404, "Not Found")
        found = [{"id": name, "object": "model", "created": 1, "owned_by": "tests"} for name in self.models]
        return Act(body=json.dumps({"object": "list", "data": found}).encode())

    def act_for(self, body: dict[str, Any], key: str, path: str = "") -> Act:
        """What to do with a request, decided in the order of arrival."""
        with self._lock:
            self.heard.append(body)
            self.paths.append(path)
            self.keys.append(key)
            if self.key is not None and key != self.key:
                return fails(401, f"Incorrect API key provided: {key}", "invalid_api_key")
            form = body.get("response_format", {}).get("type")
            if form and form not in self.understands:
                return fails(400, f"'response_format' of type '{form}' is not supported")
            return self.script.pop(0) if self.script else Act(delay=self.delay)

    def note(self, body: dict[str, Any], sent: bytes) -> None:
        """Write down a reply that was delivered."""
        digest = hashlib.sha256(json.dumps(body["messages"]).encode()).hexdigest()[:24]
        entry = {"request": digest, "seed": body.get("seed"), "reply": sent.decode(errors="replace")}
        with self._lock:
            self.ledger.append(entry)
            if self._ledger_file is not None:
                with self._ledger_file.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(entry) + "\n")


def _body(act: Act, server: ChatServer, asked: dict[str, Any]) -> bytes:
    body = act.body
    if body is None:
        text = (act.writes or server.writer)(asked)
        times = asked.get("n", 1) if "n" in server.understands else 1
        body = json.dumps(completion(text, act.finish_reason, None, server.usage(asked), times)).encode()
    return act.changes(body) if act.changes else body


def _key(request: BaseHTTPRequestHandler) -> str:
    """As OpenAI wants it, or as Azure does."""
    return request.headers.get("Authorization", "").removeprefix("Bearer ") or request.headers.get("api-key", "")


def _handler(server: ChatServer) -> type[BaseHTTPRequestHandler]:
    return type("Handler", (server.handler,), {"chat": server})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    chat: ChatServer

    def do_GET(self) -> None:
        self._play(self.chat.list_models(_key(self)), {})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        act = self.chat.act_for(body, _key(self), self.path)
        time.sleep(act.delay)
        try:
            self._play(act, body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _play(self, act: Act, body: dict[str, Any]) -> None:
        if act.resets:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
            return
        text = _body(act, self.chat, body)
        if act.delay and self._is_gone():
            self.close_connection = True
            return
        self.send_response(act.status)
        for name, value in ({"Content-Type": "application/json"} | self.chat.headers | act.headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self._send(text[: len(text) // 2] if act.cuts else text, act.drips)
        if act.cuts:
            self.close_connection = True
        elif act.status == 200 and body:
            self.chat.note(body, text)

    def _send(self, text: bytes, seconds: float) -> None:
        size = max(1, len(text) // DROPS) if seconds else max(1, len(text))
        for start in range(0, len(text), size):
            time.sleep(seconds / DROPS)
            self.wfile.write(text[start : start + size])
            self.wfile.flush()

    def _is_gone(self) -> bool:
        """Whether the client has hung up: what is sent then is delivered to nobody."""
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


ChatServer.handler = _Handler


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--ledger", type=Path)
    parser.add_argument("--delay", type=float, default=0.0)
    options = parser.parse_args()
    server = ChatServer(ledger=options.ledger)
    server.delay = options.delay
    print(server.address, flush=True)  # noqa: T201
    server.start()


if __name__ == "__main__":
    main()
