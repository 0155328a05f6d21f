"""What a creator is: a request in, a reply out. Knows no creator."""

from dataclasses import dataclass
from typing import Protocol

from seedbed_engine.asking.prompts import Message, Schema
from seedbed_engine.errors import CreatorError


@dataclass(frozen=True, slots=True)
class Request:
    """One exchange as it is sent; `schema` (hosted) or `grammar` (embedded) says the form of the reply."""

    messages: tuple[Message, ...]
    schema: Schema | None
    grammar: str | None
    temperature: float
    top_p: float
    max_tokens: int
    seed: int | None


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `finish_reason` is stop, length, content_filter or refusal."""

    text: str
    prompt_tokens: int | None
    completion_tokens: int | None
    finish_reason: str
    model: str


class Creator(Protocol):
    """Somebody who writes examples; `is_free` where tokens cost nothing."""

    name: str
    model: str
    one_example_a_request: bool
    is_free: bool

    async def ask(self, request: Request) -> Reply:
        """Answer one request; Transient where another attempt may help, CreatorError where none will."""
        ...

    async def close(self) -> None:
        """Give back connections, and the model where it runs here."""
        ...


class Transient(CreatorError):
    """A failure that may pass: too many requests, a server in trouble, no connection; `retry_after` in seconds."""

    def __init__(self, what: str, mend: str = "", retry_after: float | None = None) -> None:
        super().__init__(what, mend)
        self.retry_after = retry_after
