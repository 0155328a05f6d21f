"""Tokens counted as OpenAI's models count them, by tiktoken and its table o200k, bundled: no network is needed."""

import lzma
import threading
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

_LETTERS = (r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]")  # that words begin with, and go on with
_ENDINGS = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
_PIECES = (  # how o200k cuts a text before it looks its pieces up
    rf"[^\r\n\p{{L}}\p{{N}}]?{_LETTERS[0]}*{_LETTERS[1]}+{_ENDINGS}",
    rf"[^\r\n\p{{L}}\p{{N}}]?{_LETTERS[0]}+{_LETTERS[1]}*{_ENDINGS}",
    r"\p{N}{1,3}",
    r" ?[^\s\p{L}\p{N}]+[\r\n/]*",
    r"\s*[\r\n]+",
    r"\s+(?!\S)",
    r"\s+",
)
_loading = threading.Lock()


def count_text(text: str) -> int:
    """How many tokens a text has; exact for OpenAI's models of today, within some percent for others on English."""
    with _loading:  # the first time takes half a second: not twice at once
        encoding = _encoding()
    return len(encoding.encode_ordinary(text))


def read_table() -> list[bytes]:
    """The tokens in the order of their ranks."""
    packed = lzma.decompress((files("seedbed_resources") / "tokens" / "o200k.xz").read_bytes())
    tokens, place = [], 0
    while place < len(packed):
        end = place + 1 + packed[place]
        tokens.append(packed[place + 1 : end])
        place = end
    return tokens


@cache
def _encoding() -> "tiktoken.Encoding":
    import tiktoken

    ranks = {token: rank for rank, token in enumerate(read_table())}
    return tiktoken.Encoding("o200k", pat_str="|".join(_PIECES), mergeable_ranks=ranks, special_tokens={})
