"""What many tests need: the chat server of the tests' own."""

import importlib.util
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # as the engine does, before any test loads torch
if "PYTEST_XDIST_WORKER" in os.environ:  # beside others: each on one core
    os.environ.setdefault("OMP_NUM_THREADS", "1")


def _load(name: str) -> ModuleType:
    """A helper module of the tests' folder, by its file: tests are no package."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
        assert spec is not None
        assert spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture(scope="session")
def chat() -> ModuleType:
    """The module of the chat server: `chat.says(...)`, `chat.fails(...)`, `chat.Act(...)` for scripts."""
    return _load("chat_server")


@pytest.fixture
def config(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered of servers is forgotten with the test: another one may listen on the same port."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))


@pytest.fixture
def chat_server(chat: ModuleType, config: None) -> Iterator[Any]:
    """A running chat server with a ledger."""
    server = chat.ChatServer().start()
    yield server
    server.stop()


@pytest.fixture
def batch_server(chat: ModuleType, config: None) -> Iterator[Any]:
    """A running chat server that also has a Batch API."""
    server = _load("batch_server").BatchServer().start()
    yield server
    server.stop()
