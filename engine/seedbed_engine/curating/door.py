"""The door: which new example may come into a tree. Exact repeats, leaks, and twins by meaning are turned away."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from seedbed_engine.asking.formats import DiscardReason
from seedbed_engine.curating.facts import are_same_facts
from seedbed_engine.curating.leakage import Leakage
from seedbed_engine.curating.neighbours import Neighbours
from seedbed_engine.examples import Example
from seedbed_engine.keeping.trees import question_key
from seedbed_engine.similarity import Vectors


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an example was turned away, and which kept example it is too near to (None: the seed or a human example;
    below 0: the one at the place -1 - too_near_to, which has no number yet), or which human one."""

    reason: DiscardReason
    detail: str
    too_near_to: int | None = None
    dataset_example: int | None = None


@dataclass(frozen=True, slots=True)
class Glance:
    """What was seen beforehand: how many examples were kept, which of them may be too near, and which human ones."""

    seen: int
    near: Sequence[int]
    leaks: Sequence[int]


def _nothing() -> Leakage | None:
    return None


class Door:
    """Remembers everything a tree has ever held: `ask` about a new example, `let_in` once it is kept.

    Two examples are twins when their questions are the same but for case and punctuation, or when the cosine of
    their vectors reaches `twin_threshold` and they are about the same facts. What is too near to a human example that
    `leakage` watches is a leak. The answer does not depend on what else is looked at together.
    """

    def __init__(
        self, dimensions: int, twin_threshold: float, leakage: Callable[[], Leakage | None] = _nothing
    ) -> None:
        self._known: dict[str, int] = {}
        self._ids: list[int] = []
        self._questions: list[str] = []
        self._near = Neighbours(dimensions)
        self._threshold = twin_threshold
        self._watch = leakage
        self._leakage: Leakage | None = None

    def remember(self, questions: Sequence[str], vectors: Vectors, examples: Sequence[int]) -> None:
        """Remember examples that are kept already (0: the seed), with their unit vectors (n, d)."""
        self._near.add(vectors)
        self._questions += questions
        self._ids += examples
        self._known |= {question_key(question): id_ for question, id_ in zip(questions, examples, strict=True)}

    def glance(self, vectors: Vectors) -> list[Glance]:
        """Compare many new vectors (m, d) with all that is kept, at once: much cheaper than one after the other."""
        self._leakage = self._watch()
        near = self._near.near(vectors, self._threshold)
        leaks = self._leakage.glance(vectors) if self._leakage else [[] for _ in near]
        return [Glance(len(self._ids), *each) for each in zip(near, leaks, strict=True)]

    def ask(
        self, example: Example, vector: Vectors, glance: Glance | None = None, but: int | None = None
    ) -> Refusal | None:
        """Why an example with this unit vector (d,) may not come in; None where it may.

        With a `glance`, of those kept only what came in since then is compared. It may be like the example `but`,
        whose text it would take the place of.
        """
        key = question_key(example.question)
        if self._known.get(key, but) != but:
            return Refusal(DiscardReason.REPEATED_QUESTION, "the same words", self._known[key] or None)
        glance = glance or self.glance(vector[None])[0]
        leak = self._leakage.ask(example, vector, glance.leaks) if self._leakage else None
        if leak is not None:
            return Refusal(DiscardReason.LEAK, str(leak), dataset_example=leak.row.id)
        since = self._near.near(vector[None], self._threshold, glance.seen)[0]
        others = [place for place in (*glance.near, *since) if self._ids[place] != but]
        return self._twin(example.question, vector, others)

    def let_in(self, question: str, vector: Vectors, example: int = 0) -> int:
        """Remember an example that comes in (0: not numbered yet); its place at the door is returned."""
        place = len(self._ids)
        self.remember([question], vector[None], [example or -1 - place])
        return place

    def number(self, place: int, question: str, example: int) -> None:
        """Give an example that was let in the number it got in the project file."""
        self._ids[place] = example
        self._known[question_key(question)] = example

    def _twin(self, question: str, vector: Vectors, places: Iterable[int]) -> Refusal | None:
        """The nearest kept one that asks for the same; the first of equals."""
        for cosine, place in sorted(self._near.cosines(vector, places), key=lambda found: (-found[0], found[1])):
            if cosine >= self._threshold and are_same_facts(question, self._questions[place]):
                detail = f"cosine {cosine:.3f}, limit {self._threshold:g}"
                return Refusal(DiscardReason.TWIN, detail, self._ids[place] or None)
        return None
