"""Vectors of texts, encoded once and kept in the project file."""

from collections.abc import Sequence
from typing import cast

import numpy as np

from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.examples import text_digest
from seedbed_engine.keeping.store import Store
from seedbed_engine.keeping.vectors_kept import read_vectors, write_vectors
from seedbed_engine.similarity import Vectors


def vectors_of(store: Store, encoder: Encoder, texts: Sequence[str]) -> Vectors:
    """Unit rows (n, d) of the texts; those that are not kept yet are encoded and kept."""
    vectors, fresh = vectors_found(store, encoder, texts)
    if fresh:
        write_vectors(store, encoder.name, fresh)
    return vectors


def vectors_found(store: Store, encoder: Encoder, texts: Sequence[str]) -> tuple[Vectors, dict[str, Vectors]]:
    """Unit rows (n, d) of the texts, and by digest those that are not kept yet: the caller keeps them."""
    if not texts:
        return np.empty((0, encoder.dimensions), np.float32), {}
    digests = [text_digest(text) for text in texts]
    known = read_vectors(store, encoder.name, list(dict.fromkeys(digests)))
    missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
    fresh = dict(zip(missing, encoder.encode(list(missing.values())), strict=True)) if missing else {}
    known |= fresh
    return cast(Vectors, np.stack([known[digest] for digest in digests])), fresh
