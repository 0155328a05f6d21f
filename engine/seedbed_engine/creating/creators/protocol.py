"""What a creator is: a request in, a reply out. Knows no creator."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from seedbed_engine.asking.passages import Thresholds
from seedbed_engine.asking.prompts import Message, Schema
from seedbed_engine.errors import CreatorError


@dataclass(frozen=True, slots=True)
class Request:
    """One exchange as it is sent; `schema` (hosted) or `grammar` (embedded) says the form of the reply.

    `ending` (embedded) is added to the logit of a line's end. With `check`, the embedded creator asks itself again for
    the answer, and writes down what that gave.
    """

    messages: tuple[Message, ...]
    schema: Schema | None
    grammar: str | None
    temperature: float
    top_p: float
    max_tokens: int
    seed: int | None
    check: Thresholds | None = None
    ending: float = 0.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back; `finish_reason` is stop, length, content_filter or refusal."""

    text: str
    prompt_tokens: int | None
    completion_tokens: int | None
    finish_reason: str
    model: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server says that it allows a minute, what is left of it, and in how many seconds that begins anew; None
    where it says nothing."""

    requests: float | None = None
    tokens: float | None = None
    requests_left: float | None = None
    tokens_left: float | None = None
    requests_reset: float | None = None
    tokens_reset: float | None = None

    def wait(self, tokens: float) -> float:
        """Seconds until another request of so many tokens may be sent, as far as the server says."""
        no_request = self.requests_left is not None and self.requests_left < 1
        no_tokens = self.tokens_left is not None and self.tokens_left < max(1.0, tokens)
        return max(
            (self.requests_reset or 0.0) if no_request else 0.0, (self.tokens_reset or 0.0) if no_tokens else 0.0
        )


class Creator(Protocol):
    """Somebody who writes examples; `is_free` where tokens cost nothing, `extras` is what it adds to each request,
    `limits` what it was last seen to allow."""

    name: str
    model: str
    one_example_a_request: bool
    is_free: bool
    extras: Mapping[str, object]
    limits: Limits

    async def ask(self, request: Request) -> Reply:
        """Answer one request; Transient where another attempt may help, CreatorError where none will."""
        ...

    async def close(self) -> None:
        """Give back connections, and the model where it runs here."""
        ...


class Transient(CreatorError):
    """A failure that may pass: too many requests, a server in trouble, no connection; `retry_after` in seconds.

    `is_busy` where the server has too much to do now, `is_refusal` where it only refuses what comes above its rate,
    `is_silent` where it did not answer in time; `may_be_billed` where it may have written what never came.
    """

    def __init__(
        self,
        what: str,
        mend: str = "",
        retry_after: float | None = None,
        *,
        is_busy: bool = False,
        is_refusal: bool = False,
        is_silent: bool = False,
        may_be_billed: bool = False,
    ) -> None:
        super().__init__(what, mend)
        self.retry_after = retry_after
        self.is_busy = is_busy or is_refusal
        self.is_refusal = is_refusal
        self.is_silent = is_silent
        self.may_be_billed = may_be_billed or is_silent
