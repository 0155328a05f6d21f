"""Opening: project files and samples, read in the background and handed over as open stores."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from seedbed_engine.asking.recordings import open_sample
from seedbed_engine.keeping.project import SUFFIX, open_project
from seedbed_engine.keeping.samples import create_sample_project
from seedbed_engine.keeping.store import Store
from seedbed_gui.language import tr
from seedbed_gui.models.preferences import projects_folder
from seedbed_gui.pages.file_dialogs import ask_to_open
from seedbed_gui.pages.questions import free_path
from seedbed_gui.running.background import Background

DATA_ENDINGS = frozenset({".jsonl", ".json", ".csv", ".tsv", ".gz"})


class Opener(QObject):
    """Opens what the person wants; `on_open` gets the store."""

    def __init__(self, window: QWidget, background: Background, on_open: Callable[[Store], None]) -> None:
        super().__init__(window)
        self._window, self._background, self._on_open = window, background, on_open

    def open(self, path: Path) -> None:
        """Open a project file."""
        self._background.act(lambda: open_project(path), self._on_open, owner=self)

    def open_sample(self, name: str, then: Callable[[], object] | None = None, *, with_tree: bool = True) -> None:
        """Make a project of a sample and open it; with the tree that was grown beforehand, or with its seed only."""
        target = free_path(projects_folder(), name)

        def make() -> Store:
            target.parent.mkdir(parents=True, exist_ok=True)
            return open_sample(target, name) if with_tree else create_sample_project(target, name)

        def take(store: Store) -> None:
            self._on_open(store)
            if then is not None:
                then()

        self._background.act(make, take, owner=self)

    def ask(self, folder: str) -> Path | None:
        """Ask for a project file."""
        kinds = tr("Seedbed projects (*{suffix})", suffix=SUFFIX)
        return ask_to_open(self._window, tr("Open a project"), folder, kinds)


def is_data(path: Path) -> bool:
    """Whether a file is data to begin with, rather than a project."""
    return path.suffix in DATA_ENDINGS
