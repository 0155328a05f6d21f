"""A creator behind an OpenAI-compatible address, asked through the openai package; the key is never logged."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import httpx2
import openai

from seedbed_engine.asking.addresses import azure_endpoint, azure_version
from seedbed_engine.asking.prompts import Message
from seedbed_engine.creating.creators.complaints import Asked
from seedbed_engine.creating.creators.completions import FirstWords, read_completion, read_first_words, reply_in
from seedbed_engine.creating.creators.connections import make_http_client
from seedbed_engine.creating.creators.dialects import Dialect, Dialects
from seedbed_engine.creating.creators.limits import read_limits
from seedbed_engine.creating.creators.protocol import Limits, Reply, Request
from seedbed_engine.errors import CreatorError

CONNECT_SECONDS = 10.0
REPLY_SECONDS = 180.0
OF_THE_FORM = ("response_format", "json_schema", "max_completion_tokens", "'temperature'", "'top_p'", "'seed'")
FILTERED = "content_filter"
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
        memory: Dialects | None = None,
    ) -> None:
        self.name = name
        self.model = model
        self.is_free = is_free
        self.extras: Mapping[str, object] = dict(extra or {})
        self.asked = Asked(base_url or "OpenAI", model, key)
        self.limits = Limits()
        self._memory = memory
        self._found: Dialect | None = None
        self.has_batches = not azure_version(base_url, api_version)  # Azure's are asked in another way
        self._reply_seconds = reply_seconds
        self.client = make_client(key, base_url, api_version, reply_seconds)

    async def ask(self, request: Request) -> Reply:
        """Send one request, in the simplest form that the server was seen to need."""
        dialect = self._known() or Dialect()
        while True:
            try:
                reply = await self._exchange(request, dialect)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if error.code == FILTERED:
                    return self.filtered(self.asked.said(error).removeprefix(": "))
                simpler = dialect.simpler(str(error)) if request.grammar is None else None
                if simpler is None:
                    raise self.asked.translated(error) from None
                dialect = simpler
            except (openai.OpenAIError, TimeoutError, ValueError, RecursionError) as error:
                raise self.asked.translated(error) from None
            else:
                self._remember(dialect)
                return reply

    async def first_words(self, messages: Sequence[Message]) -> FirstWords | None:
        """With what a reply to these messages would begin, as far as the server says; CreatorError where it fails."""
        body = {
            "model": self.model,
            "messages": [{"role": m.role, "content": m.content} for m in messages],
            "max_tokens": 1,
            "temperature": 0.0,
            "logprobs": True,
            "top_logprobs": 20,
        }
        try:
            async with asyncio.timeout(self._reply_seconds):
                answer = await self.client.post("/chat/completions", cast_to=httpx2.Response, body=body)
            return read_first_words(answer.content, self.model)
        except (openai.OpenAIError, TimeoutError, ValueError, RecursionError) as error:
            raise self.asked.translated(error) from None

    @property
    def has_dialect(self) -> bool:
        """Whether it is known how this server is to be asked."""
        return self._known() is not None

    def _known(self) -> Dialect | None:
        if self._found is None and self._memory is not None:
            self._found = self._memory.find(self.asked.address, self.model)
        return self._found

    def filtered(self, said: str) -> Reply:
        """The reply to a request that the server's filter stopped: this one is refused; others will not be."""
        return Reply(said or "The server filtered the request.", 0, 0, FILTERED, self.model)

    def read(self, body: Any) -> Reply | None:
        """The reply in the body of a chat completion that came some other way; None where there is none."""
        reply = reply_in(body, self.model)
        return None if reply is None else replace(reply, text=self.asked.without_key(reply.text))

    def body_of(self, request: Request) -> dict[str, Any]:
        """What is sent for a request, as the server is known to want it."""
        return self._arguments(request, self._known() or Dialect())

    def yield_to(self, complaint: str) -> bool:
        """Ask in a simpler form from now on, after a complaint about the form; False where it is about other things."""
        is_of_the_form = any(word in complaint for word in OF_THE_FORM)
        simpler = (self._known() or Dialect()).simpler(complaint) if is_of_the_form else None
        if simpler is not None:
            self._remember(simpler)
        return simpler is not None

    def _remember(self, dialect: Dialect) -> None:
        is_new, self._found = dialect != self._found, dialect
        if is_new and self._memory is not None:
            self._memory.keep(self.asked.address, self.model, dialect)

    async def close(self) -> None:
        """Close the connections."""
        await self.client.close()

    async def _exchange(self, request: Request, dialect: Dialect) -> Reply:
        async with asyncio.timeout(self._reply_seconds):  # the client's own time-out starts anew with each byte
            answer = await self.client.post(  # the typed way looks at every field of every schema: a third of the time
                "/chat/completions", cast_to=httpx2.Response, body=self._arguments(request, dialect)
            )
        self.limits = read_limits(answer.headers)
        reply = read_completion(answer.content, self.model)
        if reply is None:
            raise CreatorError(
                f"{self.asked.address} answers, but not as a chat server does.",
                "Check the address: it usually ends with /v1.",
            )
        return replace(reply, text=self.asked.without_key(reply.text))

    def _arguments(self, request: Request, dialect: Dialect) -> dict[str, Any]:
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
            if request.ending:
                extra["logit_bias"] = [["\n", request.ending]]
        elif request.schema is not None and dialect.form == "schema":
            schema = {"name": "examples", "strict": True, "schema": request.schema}
            arguments["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif request.schema is not None and dialect.form == "json":
            arguments["response_format"] = {"type": "json_object"}
        return arguments | extra
