"""A chat server on the loopback that costs little: fixed latency, so many requests at once, so many a minute.

A process of its own, so that its work is not counted as ours. Run alone: python bench/fast_server.py --slots 64
"""

import argparse
import asyncio
import hashlib
import json
import signal
import subprocess
import sys
import time
import urllib.request
from collections import deque
from pathlib import Path
from typing import Any

WORDS = [
    line.split()
    for line in (
        "young old wild tame hungry sick blind tiny large lone northern tropical urban captive rare common",
        "whales owls beetles foxes salmon spiders horses pigeons turtles bats frogs wolves ants cranes seals moths "
        "bees goats sharks otters geese lizards squid hares eels rats swans crabs deer parrots snails bears",
        "sing dig swim climb hide sleep migrate hunt glow whistle build fly wander fight hibernate dance "
        "graze dive burrow shed nest breed drift play gather mourn chew store jump share steal count",
        "dunes rivers cities forests caves oceans gardens mountains barns swamps islands mines attics ruins ports huts "
        "deserts lakes fields tunnels cliffs reefs orchards marshes valleys bridges harbours parks",
        "winter summer darkness storms dawn groups silence spring fog pairs drought floods noon heat rain frost",
    )
]
WINDOW_SECONDS = 60.0


def examples(body: bytes) -> str:
    """Five short examples that the request fixes."""
    found = []
    for position in range(5):
        digest = hashlib.sha256(body + bytes([position])).digest()
        kind, who, what, where, when = (words[byte % len(words)] for words, byte in zip(WORDS, digest, strict=False))
        question = f"Do {kind} {who} {what} in {where} during {when}?"
        found.append({"options": ["yes", "no"], "answer": ("yes", "no")[digest[9] % 2], "question": question})
    return json.dumps({"examples": found})


class Chat:
    """What the server allows and what it counted."""

    def __init__(self, delay: float, slots: int, per_minute: int, *, says_limits: bool) -> None:
        self.delay, self.slots, self.per_minute, self.says_limits = delay, slots, per_minute, says_limits
        self.in_flight = self.refused = 0
        self.most_in_flight = 0
        self.admitted: list[float] = []
        self.answered: list[float] = []
        self._window: deque[float] = deque()

    def refusal(self) -> float | None:
        """Seconds to wait where a request may not come in now."""
        at = time.monotonic()
        if self.in_flight >= self.slots:
            return 1.0
        if self.per_minute:
            while self._window and self._window[0] < at - WINDOW_SECONDS:
                self._window.popleft()
            if len(self._window) >= self.per_minute:
                return self._window[0] + WINDOW_SECONDS - at
            self._window.append(at)
        self.admitted.append(at)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        return None

    def limits(self) -> str:
        if not self.per_minute or not self.says_limits:
            return ""
        left = self.per_minute - len(self._window)
        return f"x-ratelimit-limit-requests: {self.per_minute}\r\nx-ratelimit-remaining-requests: {left}\r\n"

    def counted(self) -> dict[str, Any]:
        return {
            "refused": self.refused,
            "admitted": self.admitted,
            "answered": self.answered,
            "most_in_flight": self.most_in_flight,
        }


class Connection(asyncio.Protocol):
    """One connection kept alive: requests in, replies out."""

    def __init__(self, chat: Chat) -> None:
        self._chat = chat
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = bytes(self._buffer[:end]).lower()
        length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0] or 0) if b"content-length:" in head else 0
        if len(self._buffer) < end + 4 + length:
            return
        body = bytes(self._buffer[end + 4 : end + 4 + length])
        del self._buffer[: end + 4 + length]
        if head.startswith(b"get"):
            self._send(200, json.dumps(self._chat.counted()).encode(), "")
        else:
            self._answer(body)

    def _answer(self, body: bytes) -> None:
        wait = self._chat.refusal()
        if wait is not None:
            self._chat.refused += 1
            error = {"error": {"message": "Rate limit reached", "type": "requests", "code": "rate_limit_exceeded"}}
            self._send(429, json.dumps(error).encode(), f"retry-after: {wait:.2f}\r\n{self._chat.limits()}")
            return
        asyncio.get_running_loop().call_later(self._chat.delay, self._reply, body)

    def _reply(self, body: bytes) -> None:
        self._chat.in_flight -= 1
        self._chat.answered.append(time.monotonic())
        message = {"role": "assistant", "content": examples(body)}
        reply = {
            "id": "chatcmpl-bench",
            "object": "chat.completion",
            "created": 1,
            "model": "bench",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 250, "completion_tokens": 200, "total_tokens": 450},
        }
        self._send(200, json.dumps(reply).encode(), self._chat.limits())

    def _send(self, status: int, body: bytes, headers: str) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        head = f"HTTP/1.1 {status} OK\r\ncontent-type: application/json\r\n{headers}content-length: {len(body)}\r\n\r\n"
        self._transport.write(head.encode() + body)


async def serve(chat: Chat) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(chat), "127.0.0.1", 0, backlog=2048)
    ended = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    print(server.sockets[0].getsockname()[1], flush=True)
    await ended.wait()
    server.close()


class FastServer:
    """The server as a process: `address` for clients, `counted()` for what it saw."""

    def __init__(self, slots: int, *, delay: float = 1.0, per_minute: int = 0, says_limits: bool = True) -> None:
        numbers = ["--slots", str(slots), "--delay", str(delay), "--per-minute", str(per_minute)]
        command = [sys.executable, str(Path(__file__)), *numbers, *([] if says_limits else ["--silent"])]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline())
        self.address = f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> "FastServer":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def counted(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/counted") as answer:
            found: dict[str, Any] = json.loads(answer.read())
            return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--slots", type=int, default=64)
    parser.add_argument("--delay", type=float, default=1.0)
    parser.add_argument("--per-minute", type=int, default=0)
    parser.add_argument("--silent", action="store_true", help="says nothing of its limits but Retry-After")
    given = parser.parse_args()
    asyncio.run(serve(Chat(given.delay, given.slots, given.per_minute, says_limits=not given.silent)))


if __name__ == "__main__":
    main()
