"""Patience: how often a request that failed is asked again, and how long it waits before."""

from collections import Counter

from seedbed_engine.creating.creators.protocol import Transient

ATTEMPTS = 6
SILENT_ATTEMPTS = 2  # each waits for the whole time-out
REFUSALS = 30  # by a server that refuses what comes above its rate: they cost nothing and use up no attempt
LONGEST_WAIT = 60.0


class Failures:
    """How a request has failed so far."""

    def __init__(self) -> None:
        self._kinds: Counter[str] = Counter()
        self._wait = 0.0
        self.may_be_billed = False  # the last one

    @property
    def are_enough(self) -> bool:
        """Whether the request is given up."""
        return (
            self._kinds["trouble"] + self._kinds["silence"] >= ATTEMPTS
            or self._kinds["silence"] >= SILENT_ATTEMPTS
            or self._kinds["refusal"] >= REFUSALS
        )

    @property
    def wait(self) -> float:
        """Seconds before the next attempt: what the server asks for, else longer after each failure of a kind."""
        return self._wait

    def add(self, error: Transient) -> None:
        """One more failure."""
        kind = "refusal" if error.is_refusal else "silence" if error.is_silent else "trouble"
        self._kinds[kind] += 1
        self.may_be_billed = error.may_be_billed
        own = 0.5 * 2 ** min(10, self._kinds[kind] - 1)
        self._wait = min(LONGEST_WAIT, error.retry_after or own)
