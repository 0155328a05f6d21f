"""The door of a tree as a run finds it when it begins: all that the tree has ever held stands behind it."""

import functools
from collections.abc import Callable, Sequence

from seedbed_engine.curating.door import Door
from seedbed_engine.curating.leakage import WatchedLeakage
from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.encoding.vectors import vectors_found
from seedbed_engine.keeping import trees
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings
from seedbed_engine.similarity import Vectors

Embed = Callable[[Sequence[str]], Vectors]


@functools.cache
def loaded_encoder() -> Encoder:
    """The encoder in the box, loaded once a process."""
    return Encoder()


def embed_new(store: Store, encoder: Encoder, texts: Sequence[str]) -> tuple[Vectors, dict[str, Vectors]]:
    """Vectors of what was just created: they are kept with the examples, in one transaction."""
    return vectors_found(store, encoder, texts)


def open_door(store: Store, seed: SeedRow, embed: Embed, settings: GrowthSettings) -> Door:
    """The door of a seed's tree; the seed itself is number 0."""
    columns = trees.read_columns(store, seed.id)
    rows = trees.read_examples(store, columns.ids.tolist())
    questions = [seed.example.question, *(row.example.question for row in rows)]
    vectors = embed(questions)
    leakage = WatchedLeakage(store, embed, settings.leak_threshold, settings.leak_words)
    door = Door(vectors.shape[1], settings.twin_threshold, leakage)
    door.remember(questions, vectors, [0, *(row.id for row in rows)])
    return door
