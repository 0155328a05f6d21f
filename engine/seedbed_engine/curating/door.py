"""The door: which new example may come into a tree. Exact repeats, twins by meaning, and leaks are turned away."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from seedbed_engine.asking.formats import DiscardReason
from seedbed_engine.keeping.trees import question_key
from seedbed_engine.similarity import Vectors, cosines


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an example was turned away, and which kept example it is too near to (None: the seed or a test example)."""

    reason: DiscardReason
    detail: str
    too_near_to: int | None = None


class Door:
    """Remembers everything a tree has ever held: `ask` about a new example, `let_in` once it is kept.

    Two examples are twins when their questions are the same but for case and punctuation, or when the cosine of
    their vectors reaches `twin_threshold`.
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

    def ask(self, question: str, vector: Vectors) -> Refusal | None:
        """Why an example with this question (and its unit vector (d,)) may not come in; None where it may."""
        key = question_key(question)
        if key in self._known:
            return Refusal(DiscardReason.REPEATED_QUESTION, "the same words", self._known[key] or None)
        if key in self._test_questions:
            return Refusal(DiscardReason.LEAK, "the words of a human dev or test example")
        if self._ids:
            near = cosines(vector, self._vectors[: len(self._ids)])
            nearest = int(np.argmax(near))
            if near[nearest] >= self._threshold:
                detail = f"cosine {near[nearest]:.3f}, limit {self._threshold:g}"
                return Refusal(DiscardReason.TWIN, detail, self._ids[nearest] or None)
        return None

    def let_in(self, question: str, vector: Vectors, example: int = 0) -> int:
        """Remember an example that comes in (0: the seed, or not numbered yet); its place at the door is returned."""
        if len(self._ids) == len(self._vectors):
            more = np.empty((max(64, len(self._vectors)), len(vector)), np.float32)
            self._vectors = np.concatenate([self._vectors.reshape(-1, len(vector)), more])
        self._vectors[len(self._ids)] = vector
        self._ids.append(example)
        self._known[question_key(question)] = example
        return len(self._ids) - 1

    def number(self, place: int, question: str, example: int) -> None:
        """Give an example that was let in the number it got in the project file."""
        self._ids[place] = example
        self._known[question_key(question)] = example
