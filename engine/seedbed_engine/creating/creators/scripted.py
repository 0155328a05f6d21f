"""A creator whose replies were written beforehand: a list, a function or a recording. For tests and replays."""

import asyncio
import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from seedbed_engine.creating.creators.protocol import Limits, Reply, Request
from seedbed_engine.errors import CreatorError, InvalidFile

Answer = str | Reply | CreatorError
Script = Sequence[Answer] | Callable[[Request], Answer]


def request_key(request: Request) -> str:
    """The name of a request by its content, seed number included: the same request has the same name everywhere."""
    text = json.dumps(asdict(request), sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def recorded_line(request: Request, reply: Reply) -> str:
    """One exchange as a line of a recording."""
    return json.dumps({"request": request_key(request), **asdict(reply)}, ensure_ascii=True)


class ScriptedCreator:
    """Answers from a script: a sequence in the order of asking, or a function of the request."""

    is_free = True
    extras: Mapping[str, object] = {}
    limits = Limits()

    def __init__(
        self,
        script: Script,
        *,
        name: str = "scripted",
        model: str = "script",
        one_example_a_request: bool = False,
        delay: float = 0.0,
    ) -> None:
        self.name = name
        self.model = model
        self.one_example_a_request = one_example_a_request
        self.asked: list[Request] = []
        self._script = script
        self._delay = delay

    async def ask(self, request: Request) -> Reply:
        """The reply that the script holds for this request; an error in the script is raised."""
        ordinal = len(self.asked)
        self.asked.append(request)
        await asyncio.sleep(self._delay)
        if callable(self._script):
            return self._reply(self._script(request), request)
        if ordinal >= len(self._script):
            raise CreatorError(f"The script has {len(self._script)} replies, and another one is asked for.")
        return self._reply(self._script[ordinal], request)

    async def close(self) -> None:
        """Nothing is held."""

    def _reply(self, answer: Answer, request: Request) -> Reply:
        if isinstance(answer, CreatorError):
            raise answer
        if isinstance(answer, Reply):
            return answer
        prompt = sum(len(message.content) for message in request.messages) // 4
        return Reply(answer, prompt, len(answer) // 4, "stop", self.model)


class Recording:
    """Replies by request: a script that gives equal requests their replies in the recorded order, the last for ever."""

    def __init__(self, path: Path) -> None:
        self._replies: dict[str, list[Reply]] = defaultdict(list)
        self._given: dict[str, int] = defaultdict(int)
        try:
            lines = path.read_text(encoding="utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidFile(f"The recording '{path.name}' cannot be read.", "Choose another file.") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                self._add(line, number)

    def __call__(self, request: Request) -> Answer:
        key = request_key(request)
        replies = self._replies.get(key)
        if not replies:
            return CreatorError(
                "The recording has no reply to this request.", "Grow with the settings of the recording."
            )
        self._given[key] += 1
        return replies[min(self._given[key], len(replies)) - 1]

    def _add(self, line: str, number: int) -> None:
        try:
            found: dict[str, Any] = json.loads(line)
            self._replies[found.pop("request")].append(Reply(**found))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise InvalidFile(f"Line {number} of the recording is not a reply.", "Choose another file.") from error
