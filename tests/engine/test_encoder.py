"""The encoder in the box, and what is refused in its place."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from subprocess import PIPE
from threading import Thread

import numpy as np
import pytest

from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.encoding.vectors import vectors_of
from seedbed_engine.encoding.weights import find_model, weights_digest
from seedbed_engine.errors import ModelError
from seedbed_engine.keeping.project import create_project

TEXTS = [
    "A cat sleeps on the sofa.",
    "A kitten is napping on the couch.",
    "Interest rates were raised by the central bank.",
    "ما هي عاصمة فرنسا؟",
    "word " * 400,
    "",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


@pytest.fixture
def hub() -> Iterator[tuple[str, list[str]]]:
    """A real server in the hub's place that has nothing: its address, and what it was asked for."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def copy_of_box(folder: Path) -> Path:
    return Path(shutil.copytree(find_model(), folder))


def test_vectors_are_unit_rows_and_like_texts_lie_near(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (6, encoder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > 0.6 > 0.3 > vectors[0] @ vectors[2]


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_the_vector_of_a_text_does_not_depend_on_its_company(encoder: Encoder) -> None:
    together = encoder.encode(TEXTS)
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together, alone, atol=2e-6)


def test_the_name_says_which_weights_they_are(encoder: Encoder, tmp_path: Path) -> None:
    copy = copy_of_box(tmp_path / "copy")
    assert encoder.name.endswith(weights_digest(copy))
    (copy / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    assert not encoder.name.endswith(weights_digest(copy))


HUB_SCRIPT = """
import sys
from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.errors import ModelError
Encoder(sys.argv[1]).encode(["a text"])
print("loaded", flush=True)
sys.stdin.readline()
try:
    Encoder("someone/no-such-model")
except ModelError as error:
    print(error)
"""


def test_only_a_name_that_is_no_folder_is_asked_of_the_hub(tmp_path: Path, hub: tuple[str, list[str]]) -> None:
    address, asked = hub
    copy = copy_of_box(tmp_path / "copy")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    quick = {"HF_ENDPOINT": address, "HF_HOME": str(tmp_path / "cache"), "no_proxy": "127.0.0.1"}
    command = [sys.executable, "-c", HUB_SCRIPT, str(copy)]
    with subprocess.Popen(command, env=kept | quick, stdin=PIPE, stdout=PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "loaded\n"
        assert asked == []
        said, _ = process.communicate("\n")
    assert "neither a folder here nor" in said
    assert any("no-such-model" in path for path in asked)


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    copy = copy_of_box(tmp_path / "copy")
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    with pytest.raises(ModelError, match="not safetensors"):
        Encoder(str(copy))


def test_a_pickled_part_beside_good_weights_is_refused(tmp_path: Path) -> None:
    copy = copy_of_box(tmp_path / "copy")
    (copy / "2_Dense").mkdir()
    (copy / "2_Dense" / "pytorch_model.bin").write_bytes(b"\x80\x04N.")
    with pytest.raises(ModelError, match="pickled"):
        Encoder(str(copy))


def test_damaged_weights_are_said_in_a_sentence(tmp_path: Path) -> None:
    copy = copy_of_box(tmp_path / "copy")
    (copy / "model.safetensors").write_bytes(b"not weights")
    encoder = Encoder(str(copy))
    with pytest.raises(ModelError, match="cannot be loaded"):
        encoder.encode(["a text"])


def test_a_folder_without_an_encoder_is_said(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no encoder"):
        Encoder(str(tmp_path))


@pytest.mark.parametrize("where", ["/no/such/folder", "./nowhere", "no such model"])
def test_a_folder_that_is_not_there_is_said(where: str) -> None:
    with pytest.raises(ModelError, match="There is no folder"):
        Encoder(where)


def test_vectors_are_encoded_once_and_kept(encoder: Encoder, tmp_path: Path) -> None:
    with create_project(tmp_path / "p.seedbed") as store:
        first = vectors_of(store, encoder, [*TEXTS, TEXTS[0]])
        np.testing.assert_array_equal(first[0], first[-1])
        again = vectors_of(store, encoder, TEXTS)
        kept = store.rows("SELECT COUNT(*) FROM vector WHERE encoder = ?", [encoder.name])[0][0]
    np.testing.assert_array_equal(again, first[:-1])
    assert kept == len(set(TEXTS))
