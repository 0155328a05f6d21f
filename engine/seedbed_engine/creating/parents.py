"""Which examples a person still wants as parents: read from the project file whenever somebody has changed it."""

from seedbed_engine.keeping import trees
from seedbed_engine.keeping.store import Store


class ClosedParents:
    """Which examples a person no longer wants as parents: rejected or pruned ones and all that came from them."""

    def __init__(self, store: Store, seed: int) -> None:
        self._store = store
        self._seed = seed
        self._version = -1
        self._closed: frozenset[int] = frozenset()
        self._open: set[int] = set()  # found open since what is closed last changed

    def is_open(self, example: int | None) -> bool:
        """Whether this example (None: the seed) may still be a formatting example."""
        self._look()
        path: list[int] = []
        at = example if self._closed else None
        while at is not None and at not in self._open:
            if at in self._closed:
                return False
            path.append(at)
            at = trees.read_example(self._store, at).parent
        self._open.update(path)
        return True

    def _look(self) -> None:
        version = self._store.data_version()
        if version == self._version:
            return
        self._version = version
        closed = frozenset(trees.read_closed(self._store, self._seed))
        if closed != self._closed:
            self._closed = closed
            self._open.clear()
