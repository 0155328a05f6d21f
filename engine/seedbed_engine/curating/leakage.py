"""Leakage: which created examples are too near to human test or dev examples, by their words and by their meaning."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from seedbed_engine.curating.facts import are_same_facts, stem
from seedbed_engine.curating.neighbours import Neighbours
from seedbed_engine.curating.ngrams import NGrams
from seedbed_engine.examples import Example, normal_question
from seedbed_engine.keeping.datasets import read_watched, watched_version
from seedbed_engine.keeping.rows import HumanRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.similarity import Vectors

SHORTEST = 8  # words of a run; a question with fewer is only compared whole
TOPIC = 4  # a question with fewer words only names a topic: where options differ they say what is asked
OPTIONS_SHARED = 0.5  # share of the options' words from which two such questions are the same
_FUNCTION = """
a an the is are was were be been being do does did can could will would shall should may might must has have had having
in on at of to for from by with and or as it its this that these those there i you he she we they me my your his her our
their one s t
"""
_FUNCTION_WORDS = frozenset(_FUNCTION.split())

Embed = Callable[[Sequence[str]], Vectors]


@dataclass(frozen=True, slots=True)
class Leak:
    """The human example that a created one is too near to, and by what."""

    row: HumanRow
    by: str

    def __str__(self) -> str:
        return f"{self.row.name}: {self.by}"


class Leakage:
    """Human dev and test examples that no created one may come too near to.

    Words first: the same question but for order and function words, or a run of words in common, in the question or in
    the passage. Then meaning: the cosine of the questions' vectors, where they are about the same facts.
    """

    def __init__(self, rows: Sequence[HumanRow], vectors: Vectors, cosine: float, words: int = 13) -> None:
        self._rows = rows
        self._cosine = cosine
        self._near = Neighbours(vectors.shape[1])
        self._near.add(vectors)
        self._whole: dict[frozenset[str], list[int]] = {}
        self._questions, self._passages = NGrams(), NGrams()
        for place, row in enumerate(rows):
            asked = normal_question(row.example.question).split()
            self._whole.setdefault(content_of(asked), []).append(place)
            if len(asked) >= min(SHORTEST, words):
                self._questions.add(asked, min(len(asked), words), place)
            self._passages.add(normal_question(row.example.context or "").split(), words, place)

    def glance(self, vectors: Vectors) -> list[list[int]]:
        """For each unit row the places of those that may be too near by meaning."""
        return self._near.near(vectors, self._cosine)

    def ask(self, example: Example, vector: Vectors, near: Sequence[int]) -> Leak | None:
        """The human example that this one is too near to; `near` is what a glance at its vector found."""
        asked = normal_question(example.question).split()
        for place in self._whole.get(content_of(asked), ()):
            if self._is_same(place, example):
                return Leak(self._rows[place], "the same words")
        if found := self._questions.find(asked):
            return Leak(self._rows[found[0]], f"{found[1]} words in a row")
        if example.context and (found := self._passages.find(normal_question(example.context).split())):
            return Leak(self._rows[found[0]], f"{found[1]} words in a row of its passage")
        for cosine, place in sorted(self._near.cosines(vector, near), reverse=True):
            if cosine >= self._cosine and self._is_same(place, example):
                return Leak(self._rows[place], f"cosine {cosine:.3f}, limit {self._cosine:g}")
        return None

    def _is_same(self, place: int, example: Example) -> bool:
        other = self._rows[place].example
        if not are_same_facts(example.question, other.question):
            return False
        if set(example.options) == set(other.options) or len(normal_question(example.question).split()) >= TOPIC:
            return True
        first, second = _words_of(example.options), _words_of(other.options)
        return len(first & second) >= OPTIONS_SHARED * len(first | second)


class WatchedLeakage:
    """The human dev and test examples of a project, read anew when data sets came or went."""

    def __init__(self, store: Store, embed: Embed, cosine: float, words: int) -> None:
        self._store, self._embed = store, embed
        self._cosine, self._words = cosine, words
        self._version: tuple[int, int] | None = None
        self._leakage: Leakage | None = None

    def __call__(self) -> Leakage | None:
        """What is watched now; None where there is nothing."""
        version = watched_version(self._store)
        if version != self._version:
            self._version = version
            self._leakage = leakage_of(read_watched(self._store), self._embed, self._cosine, self._words)
        return self._leakage


def leakage_of(rows: Sequence[HumanRow], embed: Embed, cosine: float, words: int) -> Leakage | None:
    """The rows with their vectors; None where there are none."""
    return Leakage(rows, embed([row.example.question for row in rows]), cosine, words) if rows else None


def content_of(words: Sequence[str]) -> frozenset[str]:
    """The words that say what is asked, in no order; all of them, in order, where these are few."""
    found = frozenset(stem(word) for word in words if word not in _FUNCTION_WORDS)
    return found if len(found) > 2 else frozenset([" ".join(words)])


def _words_of(options: Iterable[str]) -> set[str]:
    return set(normal_question(" ".join(options)).split())
