"""What a training must beat, in seconds: the encoder as it came, and a linear head on it."""

import warnings
from collections import Counter
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from seedbed_engine.encoding.devices import best_device
from seedbed_engine.examples import Example
from seedbed_engine.learning.batches import reading_batches
from seedbed_engine.learning.bodies import Body, load_body
from seedbed_engine.learning.classifiers import make_classifier
from seedbed_engine.learning.items import Form, Kind, Question, in_option_order
from seedbed_engine.learning.precision import is_bfloat16_quicker
from seedbed_engine.learning.predictions import MOST_TOKENS, predict
from seedbed_engine.learning.recipes import recipe_for
from seedbed_engine.settings import TrainingSettings

Features = NDArray[np.float32]
STRENGTHS = (0.1, 1.0, 10.0)  # of the head's freedom (C); the best in three folds is taken


def untuned(form: Form, settings: TrainingSettings, asked: Sequence[Question]) -> list[list[float]]:
    """Multiple choice by the encoder as it came: the option whose vector is nearest to the question's."""
    return predict(make_classifier(_body(settings), form, recipe_for(form.kind, settings).max_length, 0), asked)


def frozen_head(
    form: Form, settings: TrainingSettings, examples: Sequence[Example], asked: Sequence[Question]
) -> list[list[float]]:
    """Labels by a logistic head on the encoder as it came, trained on the examples."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GridSearchCV

    body = _body(settings)
    answers = [example.answer for example in examples]
    head = LogisticRegression(C=1.0, max_iter=1000)
    if min(Counter(answers).values()) >= 3:
        head = GridSearchCV(head, {"C": list(STRENGTHS)}, cv=3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # after 1000 rounds it is near enough
        head.fit(_features(body, form, settings, examples), answers)
    found = head.predict_proba(_features(body, form, settings, asked))
    shares = np.zeros((len(asked), len(form.labels)))
    shares[:, [form.labels.index(label) for label in head.classes_]] = found
    return [in_option_order(form, each, row) for each, row in zip(asked, shares.tolist(), strict=True)]


def _body(settings: TrainingSettings) -> Body:
    return load_body(settings.encoder, is_bfloat16_quicker(settings.encoder), best_device())


def _features(body: Body, form: Form, settings: TrainingSettings, asked: Sequence[Question]) -> Features:
    """Unit vectors of the texts; with a passage: of both, their distance and their product."""
    longest = recipe_for(form.kind, settings).max_length
    questions = _vectors(body, [each.question for each in asked], longest)
    if form.kind is not Kind.OPEN:
        return questions
    contexts = _vectors(body, [each.context or "" for each in asked], longest)
    return np.concatenate([questions, contexts, np.abs(questions - contexts), questions * contexts], axis=1)


def _vectors(body: Body, texts: Sequence[str], longest: int) -> Features:
    rows = body.tokens(texts, None, longest)
    vectors = np.empty((len(texts), body.width), np.float32)
    with torch.inference_mode(), body.precision():
        for batch in reading_batches([len(row) for row in rows], MOST_TOKENS):
            unit = torch.nn.functional.normalize(body(body.padded([rows[index] for index in batch])), dim=1)
            vectors[batch] = unit.cpu().numpy()
    return vectors
