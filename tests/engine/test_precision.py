"""Which of two ways of computing is taken."""

from contextlib import AbstractContextManager, nullcontext

import torch
from torch import Tensor

from seedbed_engine.learning.bodies import Padded
from seedbed_engine.learning.precision import TURNS, is_first_quicker


class Steps:
    """A body whose steps cost so many multiplications each, the last one for all that follow."""

    def __init__(self, *costs: int) -> None:
        self.costs = list(costs)
        self.weights = torch.ones(200, 200, requires_grad=True)

    def precision(self) -> AbstractContextManager[None]:
        return nullcontext()

    def __call__(self, batch: Padded) -> Tensor:
        found = torch.ones(len(batch.ids), 200)
        for _ in range(self.costs.pop(0) if len(self.costs) > 1 else self.costs[0]):
            found = torch.tanh(found @ self.weights)
        return found


def test_what_is_made_once_does_not_decide() -> None:
    late, steady = Steps(*[4000] * (TURNS - 1), 10), Steps(400)
    assert is_first_quicker(late, steady)  # type: ignore[arg-type]
    assert not is_first_quicker(steady, Steps(4000, 4000, 10))  # type: ignore[arg-type]
