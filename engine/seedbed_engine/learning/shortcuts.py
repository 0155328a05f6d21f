"""Shortcuts: what can be had without understanding, from created data alone; a model that is no better learned little.

Each takes seconds. Where a shortcut does well on human data, the task (or the created data) gives its answers away.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.examples import Example
from seedbed_engine.learning.baselines import frozen_head
from seedbed_engine.learning.evaluation import majority
from seedbed_engine.learning.items import Form, Kind, in_option_order
from seedbed_engine.settings import TrainingSettings

PRIOR, WORDS, NO_PASSAGE = "prior", "bag of words", "no passage"
LONGEST, NO_QUESTION, NO_OPTIONS = "longest option", "options only", "question only"
SHORTCUTS = {
    PRIOR: "most frequent created answer",
    WORDS: "a bag of words",
    NO_PASSAGE: "the question without its passage",
    LONGEST: "taking the longest option",
    NO_QUESTION: "the options without the question",
    NO_OPTIONS: "the question without its options",
}
TOKEN = r"\w+|[^\w\s]"  # so that no text is without a token
Shares = list[list[float]]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What a shortcut answers: `shares` in the order of each question's options."""

    model: str
    shares: Shares


def take_shortcuts(
    form: Form, settings: TrainingSettings, created: Sequence[Example], asked: Sequence[Example]
) -> list[Shortcut]:
    """All shortcuts of a form, learned from created examples and taken on the test."""
    if form.is_choice:
        return [
            Shortcut(PRIOR, _likeliest_place(created, asked)),
            Shortcut(LONGEST, [_only(e, max(range(len(e.options)), key=lambda i: len(e.options[i]))) for e in asked]),
            Shortcut(NO_QUESTION, _options_only(created, asked)),
            Shortcut(NO_OPTIONS, _question_only(created, asked)),
        ]
    label = majority([example.answer for example in created])[0]
    found = [
        Shortcut(PRIOR, [[float(option == label) for option in e.options] for e in asked]),
        Shortcut(WORDS, _bag_of_words(form, created, asked)),
    ]
    if form.kind is Kind.OPEN:
        blind = Form(Kind.CLOSED, form.labels)
        found.append(Shortcut(NO_PASSAGE, frozen_head(blind, settings, created, asked)))
    return found


def _only(example: Example, place: int) -> list[float]:
    return [float(at == place) for at in range(len(example.options))]


def _likeliest_place(created: Sequence[Example], asked: Sequence[Example]) -> Shares:
    place = int(majority([f"{example.answer_index:02}" for example in created])[0])
    return [_only(example, min(place, len(example.options) - 1)) for example in asked]


def _options_only(created: Sequence[Example], asked: Sequence[Example]) -> Shares:
    """Which option sounds like an answer, whatever was asked."""
    texts = [option for example in created for option in example.options]
    is_answer = [place == example.answer_index for example in created for place in range(len(example.options))]
    options = [option for example in asked for option in example.options]
    found = iter(_learned(texts, is_answer, options)[1][:, 1].tolist())
    return [_normal([next(found) for _ in example.options]) for example in asked]


def _question_only(created: Sequence[Example], asked: Sequence[Example]) -> Shares:
    """Which place the answer has, by the words of the question."""
    places = [example.answer_index for example in created]
    if len(set(places)) < 2:
        return _likeliest_place(created, asked)
    classes, found = _learned([e.question for e in created], places, [e.question for e in asked])
    shares = np.zeros((len(asked), 1 + max(*classes, *(len(e.options) - 1 for e in asked))))
    shares[:, classes] = found
    return [_normal(row[: len(e.options)]) for e, row in zip(asked, shares.tolist(), strict=True)]


def _bag_of_words(form: Form, created: Sequence[Example], asked: Sequence[Example]) -> Shares:
    classes, found = _learned(list(map(_text, created)), [e.answer for e in created], list(map(_text, asked)))
    shares = np.zeros((len(asked), len(form.labels)))
    shares[:, [form.labels.index(label) for label in classes]] = found
    return [in_option_order(form, each, row) for each, row in zip(asked, shares.tolist(), strict=True)]


def _text(example: Example) -> str:
    return f"{example.question}\n{example.context or ''}"


def _learned(texts: list[str], targets: list[Any], asked: list[str]) -> tuple[list[Any], NDArray[np.float64]]:
    """Logistic regression on words and pairs of words: its classes, and their shares (asked, classes)."""
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    words = TfidfVectorizer(token_pattern=TOKEN, ngram_range=(1, 2), sublinear_tf=True)
    head = LogisticRegression(C=10.0, max_iter=1000)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # after 1000 rounds it is near enough
        head.fit(words.fit_transform(texts), targets)
    return list(head.classes_), head.predict_proba(words.transform(asked))


def _normal(row: Sequence[float]) -> list[float]:
    total = sum(row)
    return [share / total for share in row] if total > 0 else [1 / len(row)] * len(row)
