"""Clusters of questions by the encoder's vectors, each named by the words that mark it off from the others."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.similarity import Vectors

FEWEST = 2
WORD = re.compile(r"[^\W\d_]{3,}")
NAMED_BY = 3  # words
SEED = 13


@dataclass(frozen=True, slots=True)
class Clusters:
    """Which cluster each question is in, and the clusters' names."""

    of_items: tuple[int, ...]
    names: tuple[str, ...]

    @property
    def names_of_items(self) -> list[str]:
        """The name of each question's cluster."""
        return [self.names[cluster] for cluster in self.of_items]


def cluster(questions: Sequence[str], vectors: Vectors, items_each: int, most: int) -> Clusters:
    """Up to `most` clusters of about `items_each` questions or more; all in one where there are too few for two."""
    count = min(most, len(questions) // items_each)
    if count < FEWEST:
        return Clusters((0,) * len(questions), ("all",) if questions else ())
    from sklearn.cluster import KMeans

    found = KMeans(count, n_init=4, random_state=SEED).fit_predict(vectors)
    used, places = np.unique(found, return_inverse=True)
    return Clusters(tuple(places.tolist()), tuple(_names(questions, places, len(used))))


def _names(questions: Sequence[str], places: NDArray[np.int64], count: int) -> list[str]:
    """The words that many questions of a cluster have and few of the others, at least two; all names differ."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    words = [set(WORD.findall(question.lower())) - ENGLISH_STOP_WORDS for question in questions]
    everywhere = Counter(word for each in words for word in each)
    names: list[str] = []
    for number in range(count):
        inside = [each for each, place in zip(words, places, strict=True) if place == number]
        here = Counter(word for each in inside for word in each)
        worth = {
            word: many / len(inside) * np.log((many / len(inside)) / (everywhere[word] / len(words)))
            for word, many in here.items()
            if many > 1
        }
        best = sorted(worth, key=lambda word: (-worth[word], word))[:NAMED_BY]
        name = ", ".join(best) or "no word in common"
        names.append(name if name not in names else f"{name} ({number + 1})")
    return names
