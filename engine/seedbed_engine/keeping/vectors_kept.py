"""Vectors in the project file, under the encoder's name and the digest of the text."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from seedbed_engine.keeping.store import Store

Vector = NDArray[np.float32]
_INSERT = "INSERT OR IGNORE INTO vector (encoder, digest, vector) VALUES (?, ?, ?)"
SLICE = 500  # vectors a transaction, so that no other waits for long


def read_vectors(store: Store, encoder: str, digests: Sequence[str]) -> dict[str, Vector]:
    """The vectors that are there, each (d,) float32."""
    found: dict[str, Vector] = {}
    for start in range(0, len(digests), 500):
        part = list(digests[start : start + 500])
        query = f"SELECT digest, vector FROM vector WHERE encoder = ? AND digest IN ({','.join('?' * len(part))})"
        found |= {row[0]: np.frombuffer(row[1], np.float32) for row in store.rows(query, [encoder, *part])}
    return found


def write_vectors(store: Store, encoder: str, vectors: Mapping[str, Vector]) -> None:
    """Keep vectors under the digests of their texts; those that are there already stay."""
    digests = list(vectors)
    slices = [{d: vectors[d] for d in digests[start : start + SLICE]} for start in range(0, len(digests), SLICE)]
    for answer in [store.write(lambda db, part=part: insert_vectors(db, encoder, part)) for part in slices]:  # type: ignore[misc]
        answer.result()


def insert_vectors(db: Database, encoder: str, vectors: Mapping[str, Vector]) -> None:
    """Insert vectors, within the caller's change."""
    rows = [(encoder, digest, vector.astype(np.float32).tobytes()) for digest, vector in vectors.items()]
    db.conn.executemany(_INSERT, rows)
