"""The sentence encoder: texts in, unit vectors out, on this machine and without a network."""

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING

from seedbed_engine.encoding.weights import find_model, weights_digest
from seedbed_engine.similarity import Vectors

if TYPE_CHECKING:
    from seedbed_engine.encoding.sentence_model import SentenceModel


class Encoder:
    """A sentence encoder, loaded when the first text is to be encoded; any thread may ask.

    `name` is the identity of the weights: vectors kept under one name may be compared with each other.
    """

    def __init__(self, where: str = "") -> None:
        self._folder = find_model(where)
        self.name = f"{'minilm' if not where else self._folder.name}-{weights_digest(self._folder)}"
        self._loading = threading.Lock()
        self._model: SentenceModel | None = None

    @property
    def dimensions(self) -> int:
        """How long a vector is."""
        return self._loaded().dimensions

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit rows (n, d), one for each text; ModelError where the weights cannot be loaded."""
        return self._loaded().encode(texts)

    def _loaded(self) -> "SentenceModel":
        with self._loading:
            if self._model is None:
                from seedbed_engine.encoding.sentence_model import SentenceModel

                self._model = SentenceModel(self._folder)
            return self._model
