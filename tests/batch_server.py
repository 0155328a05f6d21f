"""The chat server with a Batch API: files, batches, and a ledger of all requests that it answered in batches.

A batch is answered when a test says `finish`. What a step does beside that (kill the one who asks, say) is in `hooks`:
called with the step's name before it is carried out ("upload", "create", "look", "content", "list", "cancel"), and
with the same and " answered" before its answer is sent.
"""

import email
import email.policy
import hashlib
import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chat_server import Act, ChatServer, _Handler, completion, fails, write_examples

Line = dict[str, Any]


@dataclass
class Batch:
    """A batch as the server keeps it; `changes` is what becomes of the answer to its line of a number."""

    id: str
    file: str
    metadata: dict[str, str]
    lines: list[Line]
    status: str = "in_progress"
    output: str | None = None
    errors: str | None = None
    said: str = ""
    created: int = field(default_factory=lambda: int(time.time()))

    def as_json(self) -> dict[str, Any]:
        errors = {"object": "list", "data": [{"code": "x", "message": self.said, "param": None, "line": None}]}
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": "/v1/chat/completions",
            "completion_window": "24h",
            "input_file_id": self.file,
            "output_file_id": self.output,
            "error_file_id": self.errors,
            "errors": errors if self.said else None,
            "status": self.status,
            "created_at": self.created,
            "expires_at": self.created + 86_400,
            "metadata": self.metadata,
            "request_counts": {"total": len(self.lines), "completed": 0, "failed": 0},
        }


class BatchServer(ChatServer):
    """The chat server, and beside it the Batch API."""

    def __init__(self, writer: Callable[[dict[str, Any]], str] = write_examples, ledger: Path | None = None) -> None:
        super().__init__(writer, ledger)
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, Batch] = {}
        self.hooks: dict[str, Callable[[], Act | None]] = {}
        self.steps: list[str] = []
        self.answered: list[tuple[str, Any]] = []  # digest of the messages, seed: each was paid for

    def finish(
        self, status: str = "completed", changes: dict[int, Line | None] | None = None, only: int = 1 << 40
    ) -> None:
        """Answer all batches in progress: the first `only` lines; some with something else (None: not at all)."""
        for batch in self.batches.values():
            if batch.status == "in_progress":
                self._answer(batch, changes or {}, only)
                batch.status = status

    def _answer(self, batch: Batch, changes: dict[int, Line | None], only: int) -> None:
        good, bad = [], []
        for place, line in enumerate(batch.lines):
            if place in changes:
                changed = changes[place]
                if changed is not None:
                    bad.append({"custom_id": line["custom_id"], **changed})
            elif place < only:
                good.append({"custom_id": line["custom_id"], "response": self._reply(line["body"]), "error": None})
            else:
                error = {"code": "batch_expired", "message": "This request could not be executed in time."}
                bad.append({"custom_id": line["custom_id"], "response": None, "error": error})
        for name, lines in (("output", good), ("errors", bad)):
            if lines:
                text = "".join(json.dumps(line) + "\n" for line in reversed(lines))  # in no order that counts
                setattr(batch, name, self._add_file(text.encode()))

    def _reply(self, body: dict[str, Any]) -> dict[str, Any]:
        digest = hashlib.sha256(json.dumps(body["messages"]).encode()).hexdigest()[:24]
        self.answered.append((digest, body.get("seed")))
        made = completion(self.writer(body), "stop", None, self.usage(body))
        return {"status_code": 200, "request_id": "r", "body": made}

    def _add_file(self, text: bytes) -> str:
        name = f"file-{len(self.files) + 1}"
        self.files[name] = text
        return name

    def play(self, step: str, answer: Callable[[], Act]) -> Act:
        """Carry out a step, with what a test wants beside it."""
        self.steps.append(step)
        instead = self.hooks[step]() if step in self.hooks else None
        if instead is not None:
            return instead
        act = answer()
        after = self.hooks.get(f"{step} answered")
        return (after() if after else None) or act

    def upload(self, text: bytes) -> Act:
        name = self._add_file(text)
        return _as_act({"id": name, "object": "file", "bytes": len(text), "created_at": 1, "filename": "requests.jsonl",
                        "purpose": "batch", "status": "processed"})  # fmt: skip

    def create(self, asked: dict[str, Any]) -> Act:
        lines = [json.loads(line) for line in self.files[asked["input_file_id"]].splitlines()]
        batch = Batch(f"batch_{len(self.batches) + 1}", asked["input_file_id"], asked.get("metadata") or {}, lines)
        self.batches[batch.id] = batch
        return _as_act(batch.as_json())

    def list_batches(self) -> Act:
        found = [batch.as_json() for batch in reversed(self.batches.values())]
        return _as_act({"object": "list", "data": found, "has_more": False})

    def look(self, name: str) -> Act:
        found = self.batches.get(name)
        return _as_act(found.as_json()) if found else fails(404, f"No batch found with id '{name}'")

    def cancel(self, name: str) -> Act:
        if name in self.batches and self.batches[name].status == "in_progress":
            self.batches[name].status = "cancelling"
        return self.look(name)

    def content(self, name: str) -> Act:
        return Act(body=self.files[name]) if name in self.files else fails(404, "No such File object")


def _as_act(found: dict[str, Any]) -> Act:
    return Act(body=json.dumps(found).encode())


class _BatchHandler(_Handler):
    chat: BatchServer

    def do_GET(self) -> None:
        path = self.path.split("?")[0].removeprefix("/v1")
        if path == "/models":
            return super().do_GET()
        return self._batch_step("GET", path, b"")

    def do_POST(self) -> None:
        path = self.path.split("?")[0].removeprefix("/v1")
        if path == "/chat/completions":
            return super().do_POST()
        return self._batch_step("POST", path, self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def _batch_step(self, verb: str, path: str, body: bytes) -> None:
        key = self.headers.get("Authorization", "").removeprefix("Bearer ")
        self.chat.keys.append(key)
        if self.chat.key is not None and key != self.chat.key:
            act = fails(401, f"Incorrect API key provided: {key}", "invalid_api_key")
        else:
            act = self._act(verb, path, body)
        try:
            self._play(act, {})
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _act(self, verb: str, path: str, body: bytes) -> Act:
        chat = self.chat
        if (verb, path) == ("POST", "/files"):
            return chat.play("upload", lambda: chat.upload(self._uploaded(body)))
        if path == "/batches":
            return (
                chat.play("create", lambda: chat.create(json.loads(body)))
                if body
                else chat.play("list", chat.list_batches)
            )
        if found := re.fullmatch(r"/batches/([^/]+)/cancel", path):
            return chat.play("cancel", lambda: chat.cancel(found[1]))
        if found := re.fullmatch(r"/batches/([^/]+)", path):
            return chat.play("look", lambda: chat.look(found[1]))
        if found := re.fullmatch(r"/files/([^/]+)/content", path):
            return chat.play("content", lambda: chat.content(found[1]))
        return fails(404, "Not Found")

    def _uploaded(self, body: bytes) -> bytes:
        head = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        message = email.message_from_bytes(head + body, policy=email.policy.HTTP)
        parts = {part.get_param("name", header="content-disposition"): part for part in message.iter_parts()}
        assert parts["purpose"].get_payload(decode=True) == b"batch"
        text = parts["file"].get_payload(decode=True)
        assert isinstance(text, bytes)
        return text


BatchServer.handler = _BatchHandler
