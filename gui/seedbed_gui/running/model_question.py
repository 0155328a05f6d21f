"""Asking a trained model one question: the engine's word predict in a process, the question in a file of its own."""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

from PySide6.QtCore import QObject

from seedbed_gui.running.engine_word import EngineWord


class ModelQuestion(EngineWord):
    """Runs `seedbed predict`; what is found has `predicted` and `probabilities`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file: Path | None = None
        self.ended.connect(self._forget)

    def start(self, project: str, model: int, question: str, context: str = "", options: Sequence[str] = ()) -> None:
        """Ask; `options` where the model chooses among options of the question's own."""
        row = {"question": question, "context": context or None, "options": list(options)}
        with NamedTemporaryFile("w", encoding="utf-8", prefix="seedbed-", suffix=".jsonl", delete=False) as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            self._file = Path(file.name)
        self.run(["predict", project, f"--model={model}", f"--file={self._file}", "--json"])

    def abandon(self) -> None:
        super().abandon()
        self._forget()

    def _forget(self) -> None:
        if self._file is not None:
            self._file.unlink(missing_ok=True)
            self._file = None
