"""A probe: what a server can do, found out by asking it a few tiny things."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import openai
from openai.types.chat import ChatCompletion

from seedbed_engine.asking.addresses import azure_version, check_address
from seedbed_engine.asking.trials import JSON_QUESTION, MAX_TOKENS, QUESTION
from seedbed_engine.creating.creators.complaints import Asked
from seedbed_engine.creating.creators.dialects import Dialect
from seedbed_engine.creating.creators.hosted import OPENAI_ITSELF, make_client
from seedbed_engine.errors import CreatorError, SeedbedError

SECONDS = 60.0  # a server on one's own machine may load its model first
COLOURS = ["c-red", "c-green"]  # words that nobody writes unless the schema makes them
SCHEMA = {
    "type": "object",
    "properties": {"colour": {"type": "string", "enum": COLOURS}},
    "required": ["colour"],
    "additionalProperties": False,
}
_SHOWN = 8
_LIMITS = {"x-ratelimit-limit-requests": "requests", "x-ratelimit-limit-tokens": "tokens"}


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one probe; `works` is None where it was not tried."""

    probe: str
    works: bool | None
    said: str


@dataclass(slots=True)
class Findings:
    """All that was found at one address: its models, and a finding for each probe."""

    address: str
    model: str = ""
    models: list[str] = field(default_factory=list)
    length_word: str = "max_tokens"
    found: list[Finding] = field(default_factory=list)

    def add(self, probe: str, works: bool | None, said: str) -> None:
        """Note what came of a probe."""
        self.found.append(Finding(probe, works, said))

    @property
    def can_create(self) -> bool:
        """Whether the server can be a creator: at least plain text came."""
        return self.works("plain")

    def works(self, probe: str) -> bool:
        """Whether this was tried and worked."""
        return any(finding.probe == probe and finding.works for finding in self.found)

    @property
    def dialect(self) -> Dialect:
        """How the server is to be asked, by what was found."""
        form = next((name for name in ("schema", "json") if self.works(name)), "plain")
        return Dialect(form=form, length_word=self.length_word)


async def probe(address: str, key: str, model: str = "", api_version: str = "", seconds: float = SECONDS) -> Findings:
    """Ask a server what it can do; without a model, the first that it lists is asked."""
    checked = check_address(address) or OPENAI_ITSELF
    prober = _Prober(checked, key, model, api_version, seconds)
    try:
        return await prober.work()
    finally:
        await prober.close()


class _Prober:
    """The state of one probing: the client, and what was found so far."""

    def __init__(self, address: str, key: str, model: str, api_version: str, seconds: float) -> None:
        self._findings = Findings(address, model)
        self._is_azure = bool(azure_version(address, api_version))
        self._key = key
        self._client = make_client(key, address, api_version, seconds)

    async def close(self) -> None:
        await self._client.close()

    async def work(self) -> Findings:
        findings = self._findings
        if not await self._find_models():
            return findings
        findings.model = findings.model or next(iter(findings.models), "")
        if not findings.model:
            findings.add("plain", None, "Nothing was asked: no model is named, and the server lists none.")
            return findings
        if await self._try("plain", self._plain):
            for name, trial in (("schema", self._schema), ("json", self._json), ("n", self._several)):
                await self._try(name, trial)
        return findings

    async def _find_models(self) -> bool:
        """List the models; False where the server cannot be asked at all."""
        findings = self._findings
        if self._is_azure:
            findings.add("models", None, "Azure lists no deployments here: name yours as the model.")
            return True
        try:
            page: Any = await self._client.models.list()
            findings.models = [str(model.id) for model in page.data or []]
        except openai.APIStatusError as error:
            if error.status_code in {401, 403}:
                return self._gone(error)
            findings.add("reachable", True, f"{findings.address} answers.")
            findings.add("models", False, "It does not list its models.")
            return True
        except (openai.APIConnectionError, openai.APITimeoutError) as error:
            return self._gone(error)
        except (openai.OpenAIError, AttributeError, TypeError, ValueError):
            findings.add("reachable", True, f"{findings.address} answers.")
            findings.add("models", False, "Its list of models cannot be read: is it a chat server, and does /v1 lack?")
            return True
        findings.add("reachable", True, f"{findings.address} answers.")
        findings.add("models", self._has_model(), self._models_in_words())
        return True

    def _gone(self, error: Exception) -> bool:
        self._findings.add("reachable", False, str(self._translated(error)))
        return False

    def _has_model(self) -> bool:
        findings = self._findings
        return bool(findings.models) and (not findings.model or findings.model in findings.models)

    def _models_in_words(self) -> str:
        models, model = self._findings.models, self._findings.model
        if not models:
            return "It lists no model."
        shown = ", ".join(models[:_SHOWN]) + (f" and {len(models) - _SHOWN} more" if len(models) > _SHOWN else "")
        said = f"It lists {len(models)} model{'s' if len(models) > 1 else ''}: {shown}."
        return said if self._has_model() else f"{said} '{model}' is not among them."

    async def _try(self, name: str, trial: Callable[[], Awaitable[tuple[bool, str]]]) -> bool:
        try:
            works, said = await trial()
        except SeedbedError as error:
            works, said = False, f"{_WORDS[name]} does not work. {error}"
        self._findings.add(name, works, said)
        return works

    async def _plain(self) -> tuple[bool, str]:
        completion, headers = await self._ask(QUESTION)
        if self._is_azure:
            self._findings.add("reachable", True, f"{self._findings.address} answers.")
        usage = completion.usage
        said_usage = (
            f"It says what was used ({usage.prompt_tokens} + {usage.completion_tokens} tokens)."
            if usage
            else "It does not say how many tokens were used: they will be counted by characters."
        )
        self._findings.add("usage", usage is not None, said_usage)
        self._findings.add("limits", *_limits(headers))
        return True, f"'{self._findings.model}' answers."

    async def _schema(self) -> tuple[bool, str]:
        form = {"type": "json_schema", "json_schema": {"name": "colour", "strict": True, "schema": SCHEMA}}
        completion, _ = await self._ask(QUESTION, response_format=form)
        if _object_in(completion).get("colour") in COLOURS:
            return True, "Replies keep to a JSON schema."
        return False, "It takes a JSON schema, but its reply does not keep to it."

    async def _json(self) -> tuple[bool, str]:
        completion, _ = await self._ask(JSON_QUESTION, response_format={"type": "json_object"})
        if _object_in(completion) or _is_cut_object(completion):
            return True, "JSON mode works."
        return False, "It takes JSON mode, but its reply is not JSON."

    async def _several(self) -> tuple[bool, str]:
        completion, _ = await self._ask(QUESTION, n=2)
        if len(completion.choices) == 2:
            return True, "It can give several replies to one request (n)."
        return False, "It gives one reply to a request, whatever n says."

    async def _ask(self, question: str, **form: Any) -> tuple[ChatCompletion, Mapping[str, str]]:
        try:
            return await self._exchange(question, form)
        except openai.BadRequestError as error:
            if "max_completion_tokens" not in str(error) or self._findings.length_word != "max_tokens":
                raise self._translated(error) from None
        except (openai.OpenAIError, ValueError, RecursionError) as error:
            raise self._translated(error) from None
        self._findings.length_word = "max_completion_tokens"
        return await self._ask(question, **form)

    async def _exchange(self, question: str, form: Mapping[str, Any]) -> tuple[ChatCompletion, Mapping[str, str]]:
        arguments: dict[str, Any] = {
            "model": self._findings.model,
            "messages": [{"role": "user", "content": question}],
            self._findings.length_word: MAX_TOKENS,
            **form,
        }
        raw: Any = await self._client.chat.completions.with_raw_response.create(**arguments)
        completion = raw.parse()
        if not isinstance(completion, ChatCompletion) or not completion.choices:
            raise CreatorError("It answers, but not as a chat server does.", "The address usually ends with /v1.")
        return completion, raw.headers

    def _translated(self, error: Exception) -> CreatorError:
        return Asked(self._findings.address, self._findings.model, self._key).translated(error)


_WORDS = {"plain": "Plain text", "schema": "A JSON schema", "json": "JSON mode", "n": "Several replies (n)"}


def _object_in(completion: ChatCompletion) -> dict[str, Any]:
    message = completion.choices[0].message
    try:
        found = json.loads((message.content if message else None) or "")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _is_cut_object(completion: ChatCompletion) -> bool:
    """Whether a reply was on its way to be an object when its tokens were used up: small models may go on for long."""
    choice = completion.choices[0]
    text = (choice.message.content if choice.message else None) or ""
    return choice.finish_reason == "length" and text.lstrip().startswith("{")


def _limits(headers: Mapping[str, str]) -> tuple[bool, str]:
    """What the headers of a reply say about rates, which most servers on one's own machine do not."""
    told = [f"{headers[name]} {what}" for name, what in _LIMITS.items() if headers.get(name)]
    if not told:
        return False, "It tells no limits: the rate is found by trying."
    return True, f"It tells its limits: {' and '.join(told)} a minute."
