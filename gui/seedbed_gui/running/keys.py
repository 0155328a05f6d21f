"""Keys of hosted creators, as the engine keeps them: the window learns where each is, never what it is."""

from collections.abc import Sequence

from seedbed_gui.running.engine_word import EngineWord


class KeyPlaces(EngineWord):
    """Runs `seedbed keys list`."""

    def start(self, names: Sequence[str]) -> None:
        """Ask where the keys of these names are."""
        self.run(["keys", "list", *names, "--json"])


class KeyKeeping(EngineWord):
    """Runs `seedbed keys set`."""

    def start(self, name: str, key: str) -> None:
        """Keep a key under a name; an empty one takes the kept one out."""
        self.run(["keys", "set", name, "--json"], key)
