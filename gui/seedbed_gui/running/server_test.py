"""Trying a server: the engine's own word in a process; what it found comes as a signal."""

from seedbed_gui.running.engine_word import EngineWord


class ServerTest(EngineWord):
    """Runs `seedbed creators test`."""

    def start(self, address: str, model: str, key_name: str) -> None:
        """Ask the server; the person has seen what it may cost. The key itself is found by the process."""
        words = ["creators", "test", address, "--json", "--yes"]
        words += [f"--model={model}"] if model else []
        words += [f"--key-name={key_name}"] if key_name else []
        self.run(words)
