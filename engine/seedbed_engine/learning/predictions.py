"""What a small model answers: probabilities of each question's own options."""

from collections.abc import Sequence

import torch

from seedbed_engine.learning.batches import reading_batches
from seedbed_engine.learning.classifiers import Classifier
from seedbed_engine.learning.items import Question, in_option_order

MOST_TOKENS = 4096


def predict(classifier: Classifier, asked: Sequence[Question]) -> list[list[float]]:
    """Probabilities of the options of every question, in the order of its options (of the labels where it has none)."""
    tokens = classifier.tokenize(asked)
    found: list[list[float]] = [[] for _ in asked]
    with torch.inference_mode(), classifier.body.precision():
        for batch in reading_batches([each.length * max(1, len(each.options)) for each in tokens], MOST_TOKENS):
            rows = torch.softmax(classifier([tokens[index] for index in batch]).float(), dim=1).tolist()
            for index, row in zip(batch, rows, strict=True):
                found[index] = row[: len(asked[index].options)] if classifier.form.is_choice else row
    return [in_option_order(classifier.form, each, shares) for each, shares in zip(asked, found, strict=True)]
