"""Complaints: what the openai package and the servers behind it say when something is wrong, in a person's words."""

from dataclasses import dataclass, field

import openai

from seedbed_engine.creating.creators.limits import read_retry_after
from seedbed_engine.creating.creators.protocol import Transient
from seedbed_engine.errors import CreatorError

_LONGEST_MESSAGE = 300
_SHORTEST_KEY = 12  # shorter ones are placeholders such as "not-needed", which may be words of a text


@dataclass(frozen=True, slots=True)
class Asked:
    """Who was asked; its key is cut out of whatever is said."""

    address: str
    model: str
    key: str = field(repr=False)

    def without_key(self, text: str) -> str:
        """A text of the server's without the key, should it ever repeat it."""
        return text.replace(self.key, "...") if len(self.key) >= _SHORTEST_KEY else text

    def said(self, error: Exception) -> str:
        """The server's own words about an error, as the end of a sentence; empty where it said nothing."""
        body = getattr(error, "body", None)
        message = body.get("message") if isinstance(body, dict) else None
        if not isinstance(message, str) or not message.strip():
            return ""
        return f": {' '.join(self.without_key(message).split())[:_LONGEST_MESSAGE].rstrip(' .')}"

    def translated(self, error: Exception) -> CreatorError:
        """The one table from the package's errors to ours."""
        said = self.said(error)
        if isinstance(error, openai.APITimeoutError | TimeoutError):
            said = f"{self.address} did not answer in time."
            return Transient(said, "Try again, or raise the time-out.", is_silent=True)
        if isinstance(error, openai.APIConnectionError):
            said = f"No connection to {self.address}."
            return Transient(said, "Check that the server runs and the network is up.", may_be_billed=_was_sent(error))
        if isinstance(error, openai.APIStatusError):
            return self._of_status(error, said)
        if isinstance(error, ValueError | RecursionError):
            said = f"{self.address} sent a reply that is not complete."
            return Transient(said, "Try again.", may_be_billed=True)
        return CreatorError(f"{self.address} could not be asked{said}.")

    def _of_status(self, error: openai.APIStatusError, said: str) -> CreatorError:
        status = error.status_code
        if status == 401:
            return CreatorError(f"{self.address} does not take the key.", "Check the key and its name.")
        if status == 403:
            return CreatorError(f"{self.address} does not allow this{said}.", "Check what the key may be used for.")
        if status == 404:
            return CreatorError(
                f"{self.address} has no model '{self.model}'{said}.", "Check the name of the model and the address."
            )
        if status == 402 or (status == 429 and error.code == "insufficient_quota"):
            return CreatorError(f"The account at {self.address} has no credit left.", "Add credit, then go on.")
        if status in {408, 409, 425, 429} or status >= 500:
            what = "has too many requests" if status == 429 else f"is in trouble (status {status})"
            what, wait = f"{self.address} {what}{said}.", read_retry_after(error.response.headers)
            return Transient(what, "Try again later.", wait, is_busy=status == 503, is_refusal=status == 429)
        return CreatorError(f"{self.address} calls the request bad{said}.", "Check the model and the settings.")


def _was_sent(error: Exception) -> bool:
    """Whether a request may have reached the server before the connection was lost."""
    return type(error.__cause__).__name__ != "ConnectError"
