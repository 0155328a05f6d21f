"""What the end-to-end tests need: a home of their own, with the model in the box of this machine."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from seedbed_engine.creating.creators.box import box_model
from seedbed_gui.app import make_application


@pytest.fixture(scope="session")
def models() -> Path:
    """The folder with the model in the box; where it was not set up, the error says how to."""
    return box_model().parent


@pytest.fixture
def home(models: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """SEEDBED_HOME for this test: no preferences, no projects, the model in the box."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "models").symlink_to(models, target_is_directory=True)
    monkeypatch.setenv("SEEDBED_HOME", str(home))
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    return home


@pytest.fixture(scope="session")
def qapp() -> QApplication:
    """The studio's own application, unless an earlier test made one."""
    there = QApplication.instance()
    return there if isinstance(there, QApplication) else make_application()
