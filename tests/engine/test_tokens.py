"""Tokens are counted as tiktoken counts them, from a table in the box."""

import base64
import hashlib

import pytest

from seedbed_engine.asking.tokens import count_text, read_table

PUBLISHED = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"  # SHA-256 that tiktoken checks for


def test_the_bundled_table_is_the_one_that_tiktoken_publishes() -> None:
    lines = [base64.b64encode(token) + f" {rank}\n".encode() for rank, token in enumerate(read_table())]
    assert hashlib.sha256(b"".join(lines)).hexdigest() == PUBLISHED


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("", 0),
        ("Hello world", 2),
        ("How do I keep bread fresh? It's 12,345 °C \N{EM DASH} naïve café.", 19),
        ("日本語の文章です。", 6),
        ("<|endoftext|>", 7),
        ("half a character: \ud800", 5),
    ],
)
def test_counts_are_those_of_tiktoken(text: str, tokens: int) -> None:
    assert count_text(text) == tokens
