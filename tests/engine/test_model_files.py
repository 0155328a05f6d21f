"""What a GGUF file says of itself, also where the file is cut, hostile, or something else."""

import struct
from pathlib import Path

import pytest
from click.testing import CliRunner

from seedbed_engine.__main__ import main
from seedbed_engine.asking.model_files import read_model_file
from seedbed_engine.errors import CreatorError


def text(value: bytes) -> bytes:
    return struct.pack("<Q", len(value)) + value


def field(name: bytes, kind: int, value: bytes) -> bytes:
    return text(name) + struct.pack("<I", kind) + value


FIELDS = [
    field(b"general.architecture", 8, text(b"llama")),
    field(b"tokenizer.ggml.tokens", 9, struct.pack("<IQ", 8, 3) + text(b"a") + text(b"bb") + text(b"")),
    field(b"tokenizer.ggml.scores", 9, struct.pack("<IQ", 6, 3) + struct.pack("<fff", 0, 1, 2)),
    field(b"nested", 9, struct.pack("<IQ", 9, 1) + struct.pack("<IQ", 0, 2) + b"\1\2"),
    field(b"llama.context_length", 4, struct.pack("<I", 8192)),
    field(b"general.license", 8, text(b"apache-2.0")),
    field(b"general.name", 8, text(b"A \x1b[31mname\xff")),
    field(b"general.file_type", 4, struct.pack("<I", 7)),
    field(b"tokenizer.chat_template", 8, text(b"{% for message in messages %}")),
]
TENSORS = [
    text(b"t") + struct.pack("<IQQIQ", 2, 64, 10, 8, 0),  # 20 blocks of 34 bytes, then filled up to 704
    text(b"u") + struct.pack("<IQIQ", 1, 3, 0, 704),
]
DATA = 704 + 12


def gguf(version: int = 3, tensors: int = len(TENSORS), fields: int = len(FIELDS), order: str = "<") -> bytes:
    head = struct.pack(f"{order}4sIQQ", b"GGUF", version, tensors, fields) + b"".join(FIELDS + TENSORS)
    return head + bytes(-len(head) % 32 + DATA)


def read(folder: Path, content: bytes) -> dict[str, str]:
    file = folder / "model.gguf"
    file.write_bytes(content)
    return dict(read_model_file(file).lines())


def test_a_file_says_architecture_licence_size_context_and_chat_template(tmp_path: Path) -> None:
    said = read(tmp_path, gguf())
    assert said["Architecture"] == "llama"
    assert said["Licence"] == "apache-2.0"
    assert said["Context"] == "8,192 tokens"
    assert said["Chat template"] == "{% for message in messages %}"
    assert said["Size"].endswith("Q8_0")
    assert "0.00 billion parameters" in said["Size"]
    assert said["Name"] == "A [31mname\N{REPLACEMENT CHARACTER}"  # no control characters reach a terminal


def test_what_a_file_does_not_say_is_said_to_be_missing(tmp_path: Path) -> None:
    said = read(tmp_path, struct.pack("<4sIQQ", b"GGUF", 3, 0, 0))
    assert said["Architecture"] == "not said"
    assert said["Licence"].startswith("not said")
    assert said["Chat template"].startswith("none")


def test_a_file_cut_anywhere_is_damaged_and_never_a_crash(tmp_path: Path) -> None:
    whole = gguf()
    head = len(whole) - DATA - 31  # and up to 31 bytes more that fill it up
    for length in range(len(whole)):
        says = "is not a GGUF" if length < 4 else "is damaged" if length < head else "is damaged|is cut"
        with pytest.raises(CreatorError, match=says):
            read(tmp_path, whole[:length])
    with pytest.raises(CreatorError, match=f"is cut: it has {len(whole) - 1:,} bytes of {len(whole):,}. Its download"):
        read(tmp_path, whole[:-1])


def test_of_a_kind_of_tensor_that_is_not_known_the_place_is_still_compared(tmp_path: Path) -> None:
    head = struct.pack("<4sIQQ", b"GGUF", 3, 1, 0) + text(b"t") + struct.pack("<IQIQ", 1, 3, 250, 4096)
    with pytest.raises(CreatorError, match="is cut"):
        read(tmp_path, head)
    assert read(tmp_path, head + bytes(5000))["Architecture"] == "not said"


HUGE = 2**63 - 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"<html>not found</html>", "is not a GGUF"),
        (gguf(order=">"), "another byte order"),
        (gguf(version=1), "an early kind"),
        (gguf(version=99), "version 99 of GGUF"),
        (gguf(fields=HUGE), "is damaged"),
        (gguf(tensors=HUGE), "is damaged"),
        (struct.pack("<4sIQQ", b"GGUF", 3, 0, 1) + struct.pack("<Q", HUGE) + b"name", "is damaged"),
        (struct.pack("<4sIQQ", b"GGUF", 3, 0, 1) + field(b"a", 8, struct.pack("<Q", HUGE)), "is damaged"),
        (struct.pack("<4sIQQ", b"GGUF", 3, 0, 1) + field(b"a", 9, struct.pack("<IQ", 8, HUGE)), "is damaged"),
        (struct.pack("<4sIQQ", b"GGUF", 3, 0, 1) + field(b"a", 9, struct.pack("<IQ", 4, 3_000_000)), "is damaged"),
        (struct.pack("<4sIQQ", b"GGUF", 3, 0, 1) + field(b"a", 77, b""), "is damaged"),
        (struct.pack("<4sIQQ", b"GGUF", 3, 0, 1) + field(b"a", 9, struct.pack("<IQ", 9, 1) * 500), "is damaged"),
    ],
)
def test_whatever_a_hostile_file_claims_it_gets_a_sentence(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(CreatorError, match=says):
        read(tmp_path, content)


def test_the_command_line_says_it_too(tmp_path: Path) -> None:
    file = tmp_path / "model.gguf"
    file.write_bytes(gguf())
    shown = CliRunner().invoke(main, ["creators", "inspect", str(file)])
    assert shown.exit_code == 0
    assert "apache-2.0" in shown.output
    missing = CliRunner().invoke(main, ["creators", "inspect", str(tmp_path / "none.gguf")])
    assert missing.exit_code == 1
