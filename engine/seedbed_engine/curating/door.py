"""The door: which new example may come into a tree. Exact repeats, twins by meaning, and leaks are turned away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.asking.formats import DiscardReason
from seedbed_engine.keeping.trees import question_key
from seedbed_engine.similarity import Vectors

BLOCK = 16384  # kept vectors that are compared at once
SLACK = 1e-4  # a matrix product rounds by its shape: who is near by it is compared again, alone


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an example was turned away, and which kept example it is too near to (None: the seed or a test example;
    below 0: the one at the place -1 - too_near_to, which has no number yet)."""

    reason: DiscardReason
    detail: str
    too_near_to: int | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """What was seen of the kept examples beforehand: how many there were, and which may be too near (places)."""

    seen: int
    near: tuple[int, ...]


class Door:
    """Remembers everything a tree has ever held: `ask` about a new example, `let_in` once it is kept.

    Two examples are twins when their questions are the same but for case and punctuation, or when the cosine of
    their vectors reaches `twin_threshold`. The answer does not depend on what else is looked at together.
    """

    def __init__(
        self,
        known: Mapping[str, int],
        test_questions: Mapping[str, int],
        ids: list[int],
        vectors: Vectors,
        twin_threshold: float,
    ) -> None:
        self._known = dict(known)
        self._test_questions = test_questions
        self._ids = list(ids)
        self._vectors = np.array(vectors, np.float32)
        self._threshold = twin_threshold

    def glance(self, vectors: Vectors) -> list[Glance]:
        """Compare many new vectors (m, d) with all that is kept, at once: much cheaper than one after the other."""
        count = len(self._ids)
        near: list[list[int]] = [[] for _ in vectors]
        for start in range(0, count if len(vectors) else 0, BLOCK):
            for row, place in self._pairs(vectors, start, min(count, start + BLOCK)):
                near[row].append(place)
        return [Glance(count, tuple(places)) for places in near]

    def ask(self, question: str, vector: Vectors, glance: Glance | None = None) -> Refusal | None:
        """Why an example with this question (and its unit vector (d,)) may not come in; None where it may.

        With a `glance`, only what came in since then is compared.
        """
        key = question_key(question)
        if key in self._known:
            return Refusal(DiscardReason.REPEATED_QUESTION, "the same words", self._known[key] or None)
        if key in self._test_questions:
            return Refusal(DiscardReason.LEAK, "the words of a human dev or test example")
        glance = glance or self.glance(vector[None])[0]
        since = (place for _, place in self._pairs(vector[None], glance.seen, len(self._ids)))
        nearest, cosine = self._nearest(vector, (*glance.near, *since))
        if cosine >= self._threshold:
            detail = f"cosine {cosine:.3f}, limit {self._threshold:g}"
            return Refusal(DiscardReason.TWIN, detail, self._ids[nearest] or None)
        return None

    def let_in(self, question: str, vector: Vectors, example: int = 0) -> int:
        """Remember an example that comes in (0: not numbered yet); its place at the door is returned."""
        if len(self._ids) == len(self._vectors):
            more = np.empty((max(64, len(self._vectors)), len(vector)), np.float32)
            self._vectors = np.concatenate([self._vectors.reshape(-1, len(vector)), more])
        self._vectors[len(self._ids)] = vector
        place = len(self._ids)
        self._ids.append(example or -1 - place)
        self._known[question_key(question)] = self._ids[place]
        return place

    def number(self, place: int, question: str, example: int) -> None:
        """Give an example that was let in the number it got in the project file."""
        self._ids[place] = example
        self._known[question_key(question)] = example

    def _pairs(self, vectors: Vectors, start: int, end: int) -> Iterable[tuple[int, int]]:
        """Which of the vectors may be twins of which kept ones between two places: (row, place)."""
        if start == end:
            return []
        cosines = self._vectors[start:end] @ vectors.T
        places, rows = np.nonzero(cosines >= self._threshold - SLACK)
        return zip(rows.tolist(), (places + start).tolist(), strict=True)

    def _nearest(self, vector: Vectors, places: Iterable[int]) -> tuple[int, float]:
        """The place and the cosine of the nearest, each compared by itself in double precision; the first of equals."""
        wide: NDArray[np.float64] = vector.astype(np.float64)
        found = [(float(np.sum(wide * self._vectors[place])), -place) for place in places]
        cosine, place = max(found, default=(-2.0, 0))
        return -place, cosine
