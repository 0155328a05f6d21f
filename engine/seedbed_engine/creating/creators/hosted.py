"""A creator behind an OpenAI-compatible address, asked through the openai package; the key is never logged."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import httpx2
import openai

from seedbed_engine.asking.addresses import azure_endpoint, azure_version
from seedbed_engine.creating.creators.complaints import Asked
from seedbed_engine.creating.creators.completions import read_completion
from seedbed_engine.creating.creators.connections import make_http_client
from seedbed_engine.creating.creators.limits import read_limits
from seedbed_engine.creating.creators.protocol import Limits, Reply, Request
from seedbed_engine.errors import CreatorError

CONNECT_SECONDS = 10.0
REPLY_SECONDS = 180.0
OPENAI_ITSELF = "https://api.openai.com/v1"  # said outright: the package would take another from the environment


def make_client(key: str, base_url: str, api_version: str = "", seconds: float = REPLY_SECONDS) -> openai.AsyncOpenAI:
    """The package's client for an address that was checked; Azure's own where the address or a version says so."""
    timeout = openai.Timeout(seconds, connect=min(CONNECT_SECONDS, seconds))
    version = azure_version(base_url, api_version)
    http_client = make_http_client(timeout)
    if version:
        return openai.AsyncAzureOpenAI(
            api_key=key,
            azure_endpoint=azure_endpoint(base_url),
            api_version=version,
            max_retries=0,
            timeout=timeout,
            http_client=http_client,
        )
    return openai.AsyncOpenAI(
        api_key=key, base_url=base_url or OPENAI_ITSELF, max_retries=0, timeout=timeout, http_client=http_client
    )


@dataclass(frozen=True, slots=True)
class _Dialect:
    """What a server understands; found out by asking, simpler after each request that it calls bad."""

    form: str = "schema"  # then json, then plain
    length_word: str = "max_tokens"  # newer OpenAI models: max_completion_tokens
    has_sampling: bool = True
    has_seed: bool = True

    def simpler(self, complaint: str) -> "_Dialect | None":
        """The next thing to try after a complaint; None where there is nothing simpler."""
        if "max_completion_tokens" in complaint and self.length_word == "max_tokens":
            return replace(self, length_word="max_completion_tokens")
        if self.has_sampling and ("'temperature'" in complaint or "'top_p'" in complaint):
            return replace(self, has_sampling=False)
        if self.has_seed and "'seed'" in complaint:
            return replace(self, has_seed=False)
        if "context" in complaint and ("length" in complaint or "size" in complaint):
            return None
        following = {"schema": "json", "json": "plain"}.get(self.form)
        return replace(self, form=following) if following else None


class HostedCreator:
    """Asks one model at one address; what form of reply the server can give is found once and remembered."""

    one_example_a_request = False

    def __init__(
        self,
        model: str,
        key: str,
        base_url: str = "",
        *,
        name: str = "hosted",
        is_free: bool = False,
        reply_seconds: float = REPLY_SECONDS,
        extra: Mapping[str, Any] | None = None,
        api_version: str = "",
    ) -> None:
        self.name = name
        self.model = model
        self.is_free = is_free
        self.extras: Mapping[str, object] = dict(extra or {})
        self._asked = Asked(base_url or "OpenAI", model, key)
        self.limits = Limits()
        self._dialect = _Dialect()
        self._reply_seconds = reply_seconds
        self._client = make_client(key, base_url, api_version, reply_seconds)

    async def ask(self, request: Request) -> Reply:
        """Send one request, in the simplest form that the server was seen to need."""
        dialect = self._dialect
        while True:
            try:
                reply = await self._exchange(request, dialect)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if error.code == "content_filter":  # this request is refused; others will not be
                    said = self._asked.said(error).removeprefix(": ") or "The server filtered the request."
                    return Reply(said, 0, 0, "content_filter", self.model)
                simpler = dialect.simpler(str(error)) if request.grammar is None else None
                if simpler is None:
                    raise self._asked.translated(error) from None
                dialect = simpler
            except (openai.OpenAIError, TimeoutError, ValueError, RecursionError) as error:
                raise self._asked.translated(error) from None
            else:
                self._dialect = dialect
                return reply

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _exchange(self, request: Request, dialect: _Dialect) -> Reply:
        async with asyncio.timeout(self._reply_seconds):  # the client's own time-out starts anew with each byte
            answer = await self._client.post(  # the typed way looks at every field of every schema: a third of the time
                "/chat/completions", cast_to=httpx2.Response, body=self._arguments(request, dialect)
            )
        self.limits = read_limits(answer.headers)
        reply = read_completion(answer.content, self.model)
        if reply is None:
            raise CreatorError(
                f"{self._asked.address} answers, but not as a chat server does.",
                "Check the address: it usually ends with /v1.",
            )
        return replace(reply, text=self._asked.without_key(reply.text))

    def _arguments(self, request: Request, dialect: _Dialect) -> dict[str, Any]:
        arguments: dict[str, Any] = {
            "model": self.model,
            "messages": [{"role": m.role, "content": m.content} for m in request.messages],
            dialect.length_word: request.max_tokens,
        }
        if dialect.has_sampling:
            arguments |= {"temperature": request.temperature, "top_p": request.top_p}
        if dialect.has_seed and request.seed is not None:
            arguments["seed"] = request.seed
        extra = dict(self.extras)
        if request.grammar is not None:
            extra["grammar"] = request.grammar
        elif request.schema is not None and dialect.form == "schema":
            schema = {"name": "examples", "strict": True, "schema": request.schema}
            arguments["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif request.schema is not None and dialect.form == "json":
            arguments["response_format"] = {"type": "json_object"}
        return arguments | extra
