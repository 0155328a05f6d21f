"""Early stopping: after each epoch held-out examples judge, and the best epoch's weights are kept."""

from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

Score = tuple[float, float]  # share of right answers; minus the loss, which decides between equals
WORST: Score = (-1.0, 0.0)


@dataclass
class BestEpoch:
    """The best epoch so far (counted from 1) with its weights; a training ends `patience` epochs after it."""

    patience: int
    epoch: int = 0
    score: Score = WORST
    weights: dict[str, Tensor] = field(default_factory=dict)

    def judge(self, epoch: int, score: Score, model: nn.Module) -> None:
        """Keep what learns as it is now, where no epoch before was as good."""
        if score <= self.score:
            return
        self.epoch, self.score = epoch, score
        self.weights = {name: value.detach().cpu().clone() for name, value in _learning(model).items()}

    def is_over(self, epoch: int) -> bool:
        """Whether the training ends after this epoch."""
        return self.patience > 0 and epoch - self.epoch >= self.patience

    def restore(self, model: nn.Module) -> None:
        """Set the model back to its best epoch, where one was judged."""
        parameters = _learning(model)
        with torch.no_grad():
            for name, value in self.weights.items():
                parameters[name].copy_(value)

    def facts(self) -> dict[str, str]:
        """What a checkpoint must say of it beside the weights."""
        return {"best": str(self.epoch), "right": repr(self.score[0]), "loss": repr(self.score[1])}

    def take_up(self, facts: dict[str, str], weights: dict[str, Tensor]) -> None:
        """Go on from what a checkpoint says."""
        self.epoch, self.score = int(facts["best"]), (float(facts["right"]), float(facts["loss"]))
        self.weights = weights


def _learning(model: nn.Module) -> dict[str, nn.Parameter]:
    return {name: value for name, value in model.named_parameters() if value.requires_grad}
