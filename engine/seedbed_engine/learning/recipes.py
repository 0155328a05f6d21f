"""How a small model is trained: one measured recipe for each kind of task, which settings may change."""

from dataclasses import asdict, dataclass
from typing import Any

from seedbed_engine.learning.items import Kind
from seedbed_engine.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class Recipe:
    """All numbers of one training; learning rates are peaks."""

    epochs: int
    learning_rate: float
    head_rate: float
    batch: int
    max_length: int
    freeze_lower: int
    weight_decay: float
    warmup_share: float
    clip: float = 1.0
    class_weights: bool = False
    patience: int = 0
    lora: int = 0
    cross_encoder: bool = False

    def as_fields(self) -> dict[str, Any]:
        """The recipe as plain values, for the card of a saved model."""
        return asdict(self)


# Epochs, learning rate, longest text, lower layers kept as they are; each was compared with several others.
MEASURED: dict[Kind, tuple[int, float, int, int]] = {
    Kind.CHOICE: (3, 5e-5, 128, 3),
    Kind.CLOSED: (4, 5e-5, 128, 0),
    Kind.OPEN: (5, 2e-4, 128, 0),
}
CROSS = (4, 0)  # epochs and frozen layers where options are read with their question: all of it is new to the encoder
HEAD_RATE = 1e-3
LORA_RATE = 1e-3  # adapters begin at nothing, and learn only at a higher rate


def recipe_for(kind: Kind, settings: TrainingSettings) -> Recipe:
    """The measured recipe of the kind, with what the settings say instead."""
    epochs, rate, length, frozen = MEASURED[kind]
    is_cross = settings.cross_encoder and kind is Kind.CHOICE
    if is_cross:
        epochs, frozen = CROSS
    return Recipe(
        epochs=settings.epochs or epochs,
        learning_rate=settings.learning_rate or (LORA_RATE if settings.lora else rate),
        head_rate=HEAD_RATE,
        batch=settings.batch,
        max_length=settings.max_length or length,
        freeze_lower=frozen if settings.freeze_lower is None else settings.freeze_lower,
        weight_decay=settings.weight_decay,
        warmup_share=settings.warmup_share,
        class_weights=settings.class_weights and kind is not Kind.CHOICE,
        patience=settings.patience,
        lora=settings.lora,
        cross_encoder=is_cross,
    )
