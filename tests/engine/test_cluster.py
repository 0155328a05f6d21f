"""The same grid on a real Ray cluster of several nodes (processes of this machine), one of which is lost."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine.errors import PersonError
from seedbed_engine.experiments.cluster import Cluster

HERE = Path(__file__).parent
SECONDS = 400  # for a machine that has other things to do


def test_a_grid_on_a_cluster_survives_the_loss_of_a_node(chat_server: Any, tmp_path: Path) -> None:
    """In a process of its own: Ray leaves threads and sockets behind, which the tests here would not allow."""
    chat_server.delay = 0.3  # so that the lost node is in the midst of its cell
    command = [sys.executable, str(HERE / "cluster_trial.py"), chat_server.address, str(tmp_path / "grid.seedbed")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == 0, done.stderr[-3000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["nodes"] == 3
    assert found["killed"] is True
    assert found["state"] == "finished", found
    assert found["cells"] == [["creak", "human", 13], ["creak", "naive", 13], ["creak", "tree", 13]]
    assert found["examples"] == [12, 12, 12]
    assert found["projects"] == ["creak-naive-13.seedbed", "creak-tree-13.seedbed"]
    assert found["looks"] == [1]
    assert all(size > 100_000 for size in found["sizes"])


def test_a_cluster_that_is_not_there_is_said_in_a_sentence() -> None:
    command = [
        sys.executable,
        "-c",
        "from seedbed_engine.errors import PersonError\n"
        "from seedbed_engine.experiments.cluster import Cluster\n"
        "try:\n    Cluster('nonsense://')\nexcept PersonError as error:\n    print(error)",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert "no Ray cluster at 'nonsense://'" in done.stdout, done.stderr[-2000:]


def test_without_ray_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)  # as on a machine where it is not installed
    with pytest.raises(PersonError, match="pip install"):
        Cluster("127.0.0.1:1")
