"""A creator behind an OpenAI-compatible address, asked through the openai package; the key is never logged."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import openai
from openai.types.chat import ChatCompletion

from seedbed_engine.creating.creators.protocol import Reply, Request, Transient
from seedbed_engine.errors import CreatorError

CONNECT_SECONDS = 10.0
REPLY_SECONDS = 180.0
_LONGEST_MESSAGE = 300


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
    ) -> None:
        self.name = name
        self.model = model
        self.is_free = is_free
        self._key = key
        self._address = base_url or "OpenAI"
        self._extra = dict(extra or {})
        self._dialect = _Dialect()
        self._client = openai.AsyncOpenAI(
            api_key=key,
            base_url=base_url or None,
            max_retries=0,
            timeout=openai.Timeout(reply_seconds, connect=min(CONNECT_SECONDS, reply_seconds)),
        )

    async def ask(self, request: Request) -> Reply:
        """Send one request, in the simplest form that the server was seen to need."""
        dialect = self._dialect
        while True:
            try:
                reply = await self._exchange(request, dialect)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                if error.code == "content_filter":  # this request is refused; others will not be
                    said = self._said(error).removeprefix(": ") or "The server filtered the request."
                    return Reply(said, 0, 0, "content_filter", self.model)
                simpler = dialect.simpler(str(error)) if request.grammar is None else None
                if simpler is None:
                    raise self._translated(error) from None
                dialect = simpler
            except (openai.OpenAIError, ValueError, RecursionError) as error:
                raise self._translated(error) from None
            else:
                self._dialect = dialect
                return reply

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def _exchange(self, request: Request, dialect: _Dialect) -> Reply:
        completion: Any = await self._client.chat.completions.create(**self._arguments(request, dialect))
        if not isinstance(completion, ChatCompletion) or not completion.choices:
            raise CreatorError(
                f"{self._address} answers, but not as a chat server does.",
                "Check the address: it usually ends with /v1.",
            )
        choice = completion.choices[0]
        message, usage = choice.message, completion.usage
        text = (message.content if message else None) or ""
        refusal = (message.refusal if message else None) or ""
        return Reply(
            text=text or refusal,
            prompt_tokens=usage.prompt_tokens if usage else None,
            completion_tokens=usage.completion_tokens if usage else None,
            finish_reason="refusal" if refusal and not text else choice.finish_reason or "stop",
            model=completion.model or self.model,
        )

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
        extra = dict(self._extra)
        if request.grammar is not None:
            extra["grammar"] = request.grammar
        elif request.schema is not None and dialect.form == "schema":
            schema = {"name": "examples", "strict": True, "schema": request.schema}
            arguments["response_format"] = {"type": "json_schema", "json_schema": schema}
        elif request.schema is not None and dialect.form == "json":
            arguments["response_format"] = {"type": "json_object"}
        return arguments | ({"extra_body": extra} if extra else {})

    def _translated(self, error: Exception) -> CreatorError:
        """The one table from the package's errors to ours; the key is cut out of whatever the server said."""
        said = self._said(error)
        if isinstance(error, openai.APITimeoutError):
            return Transient(f"{self._address} did not answer in time.", "Try again, or raise the time-out.")
        if isinstance(error, openai.APIConnectionError):
            return Transient(f"No connection to {self._address}.", "Check that the server runs and the network is up.")
        if isinstance(error, openai.APIStatusError):
            return self._of_status(error, said)
        if isinstance(error, openai.APIResponseValidationError | ValueError | RecursionError):
            return Transient(f"{self._address} sent a reply that is not complete.", "Try again.")
        return CreatorError(f"{self._address} could not be asked{said}.")

    def _of_status(self, error: openai.APIStatusError, said: str) -> CreatorError:
        status = error.status_code
        if status == 401:
            return CreatorError(f"{self._address} does not take the key.", "Check the key and its name.")
        if status == 403:
            return CreatorError(f"{self._address} does not allow this{said}.", "Check what the key may be used for.")
        if status == 404:
            return CreatorError(
                f"{self._address} has no model '{self.model}'{said}.", "Check the name of the model and the address."
            )
        if status == 402 or (status == 429 and error.code == "insufficient_quota"):
            return CreatorError(f"The account at {self._address} has no credit left.", "Add credit, then go on.")
        if status in {408, 409, 425, 429} or status >= 500:
            what = "has too many requests" if status == 429 else f"is in trouble (status {status})"
            return Transient(f"{self._address} {what}{said}.", "Try again later.", _retry_after(error))
        return CreatorError(f"{self._address} calls the request bad{said}.", "Check the model and the settings.")

    def _said(self, error: Exception) -> str:
        body = getattr(error, "body", None)
        message = body.get("message") if isinstance(body, dict) else None
        if not isinstance(message, str) or not message.strip():
            return ""
        text = " ".join(message.replace(self._key, "...").split())[:_LONGEST_MESSAGE].rstrip(" .")
        return f": {text}"


def _retry_after(error: openai.APIStatusError) -> float | None:
    """Seconds that the server asks to wait; None where it says nothing that can be read."""
    headers = error.response.headers
    for name, scale in (("retry-after-ms", 1e-3), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * scale
        except ValueError:
            continue
        if math.isfinite(seconds) and seconds >= 0:
            return seconds
    return None
