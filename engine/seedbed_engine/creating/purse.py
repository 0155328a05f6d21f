"""What a run may still spend: the worst case of a request is set aside before it is sent."""

import asyncio
from collections.abc import Callable

from seedbed_engine.errors import BudgetReached, CreatorError
from seedbed_engine.keeping.spending import Amount

NOTHING = Amount(0, 0.0)


class Purse:
    """Keeps budgets in US dollars and in tokens; None: no limit.

    What was spent is what the server reports; where it reports nothing, or may have billed what never came, it is the
    worst case. So a budget is never exceeded by a server that bills no more than a request can have.
    """

    def __init__(self, budget_usd: float | None, budget_tokens: int | None, spent: Amount) -> None:
        self._budget_usd = budget_usd
        self._budget_tokens = budget_tokens
        self._usd = spent.usd or 0.0
        self._tokens = spent.tokens
        self._reserved: list[Amount] = []
        self._turn = asyncio.Lock()
        self._settled = asyncio.Event()
        self._why_empty = ""
        self._is_server_known = False
        self._beyond = 1.0  # how often the worst case a server was seen to report
        self._dearer = 1.0  # how many times as dear as the model that was asked one was that answered
        self.on_excess: Callable[[str], None] = lambda text: None

    @property
    def is_limited(self) -> bool:
        """Whether there is a budget at all."""
        return self._budget_usd is not None or self._budget_tokens is not None

    async def reserve(self, worst: Amount) -> Amount:
        """Set the worst case of a request aside. Where it could exceed a budget it waits, in the order of asking,
        until what is in flight has shown its real price: the same requests are sent whatever runs at once.
        """
        if self._budget_usd is not None and worst.usd is None:
            raise CreatorError(
                "The price of this model is not known, so a budget in USD cannot be kept.",
                "Give its price (seedbed costs --prices says where), or set a budget in tokens instead.",
            )
        async with self._turn:
            while self._reserved and self._must_wait(worst):
                self._settled.clear()
                await self._settled.wait()
            amount = self._raised(worst)
            self._why_empty = self._why_empty or self._why_too_much(amount)
            if self._why_empty:
                raise BudgetReached(self._why_empty, "Start another run with a budget of its own to grow on.")
            self._reserved.append(amount)
        return amount

    def reserve_now(self, worst: Amount) -> bool:
        """Set a worst case aside where that needs no waiting; whether it was."""
        amount = self._raised(worst)
        if (self._budget_usd is not None and worst.usd is None) or self._why_too_much(amount):
            return False
        self._reserved.append(amount)
        return True

    def take(self, spent: Amount) -> None:
        """Count what another run paid for and this one takes over; BudgetReached where it is too much."""
        why = self._why_too_much(spent)
        if why:
            raise BudgetReached(why, "Start another run with a budget of its own to grow on.")
        self._add(spent)

    def settle(self, reserved: Amount, spent: Amount) -> None:
        """Replace a reservation by what was really spent."""
        self._reserved.remove(reserved)
        self._add(spent)
        self._is_server_known = True
        if self.is_limited and spent.tokens > reserved.tokens:
            self._beyond *= spent.tokens / max(1, reserved.tokens)
            self.on_excess(
                f"The server reports {spent.tokens:,} tokens for a request that can have {reserved.tokens:,} at most; "
                "what it reports counts, and more is set aside from now on."
            )
        self._settled.set()

    def compare(self, usd: float | None, expected: float | None, answered: str) -> None:
        """A reply cost `usd`, and would have cost `expected` had the model that was asked for answered."""
        if usd and expected and usd > self._dearer * expected * (1 + 1e-9):
            self._dearer = usd / expected
            if self._budget_usd is not None:
                times = f"{self._dearer:.3g} times as dear as the model that was asked for"
                self.on_excess(
                    f"The server answers as '{answered}', which is {times}; that counts, "
                    "and more is set aside from now on."
                )

    def _add(self, spent: Amount) -> None:
        self._usd += spent.usd or 0.0
        self._tokens += spent.tokens

    def _must_wait(self, worst: Amount) -> bool:
        """The first request of a budget goes alone: it shows whether the server bills what a request can have."""
        return self.is_limited and (not self._is_server_known or bool(self._why_too_much(self._raised(worst))))

    def _raised(self, worst: Amount) -> Amount:
        usd = None if worst.usd is None else worst.usd * self._beyond * self._dearer
        return Amount(round(worst.tokens * self._beyond), usd)

    def _why_too_much(self, amount: Amount) -> str:
        """Why this cannot be spent any more; empty where it can."""
        usd = self._usd + sum(each.usd or 0.0 for each in self._reserved)
        tokens = self._tokens + sum(each.tokens for each in self._reserved)
        if self._budget_usd is not None and usd + (amount.usd or 0.0) > self._budget_usd:
            left = max(0.0, self._budget_usd - usd)
            return (
                f"The budget of ${self._budget_usd:g} is spent: ${left:.2g} is left, "
                f"and the next request may cost ${amount.usd or 0.0:.2g}."
            )
        if self._budget_tokens is not None and tokens + amount.tokens > self._budget_tokens:
            left_tokens = max(0, self._budget_tokens - tokens)
            return (
                f"The budget of {self._budget_tokens:,} tokens is spent: {left_tokens:,} are left, "
                f"and the next request may take {amount.tokens:,}."
            )
        return ""
