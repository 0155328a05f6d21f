"""Real texts of the paper's data sets (SEEDBED_DATA names their folder) and their vectors, kept between runs."""

import gzip
import json
import math
import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from seedbed_engine.encoding.encoder import Encoder
from seedbed_engine.examples import Example, text_digest
from seedbed_engine.similarity import Vectors

AT_ONCE = 2048  # texts encoded between two looks at the clock
LONGEST = 100  # words of a sentence that is taken out of a passage
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def data_folder() -> Path:
    """Where the data sets are; the bench ends where nobody says."""
    if not (named := os.environ.get("SEEDBED_DATA")):
        raise SystemExit("Say in SEEDBED_DATA where the paper's data sets are.")
    return Path(named)


def read_rows(folder: Path, dataset: str, split: str) -> dict[str, Example]:
    """The examples of a split by the end of their id."""
    found: dict[str, Example] = {}
    for path in sorted((folder / dataset).glob(f"{split}.jsonl*")):
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                found[row["id"].rsplit("-", 1)[1]] = _example(row)
    return found


def _example(row: dict[str, Any]) -> Example:
    return Example(row["question"], tuple(row["options"]), row["answer"], row["context"])


def many_texts(folder: Path, count: int) -> list[str]:
    """So many different texts: first all questions, then options, then sentences of passages."""
    rows = [
        example
        for dataset in sorted(path.name for path in folder.iterdir() if path.is_dir())
        for split in ("test", "dev", "train")
        for example in read_rows(folder, dataset, split).values()
    ]
    found = dict.fromkeys(row.question for row in rows)
    found |= dict.fromkeys(option for row in rows for option in row.options)
    found |= dict.fromkeys(sentence for row in rows for sentence in _sentences(row.context or ""))
    return list(found)[:count]


def _sentences(passage: str) -> Iterator[str]:
    yield from (part for part in _SENTENCE_END.split(passage) if 4 <= len(part.split()) <= LONGEST)


def vectors_of(encoder: Encoder, texts: Sequence[str], seconds: float = math.inf) -> Vectors:
    """Unit rows of the texts; what an earlier bench encoded lies in the temporary folder. After so many seconds of
    encoding the texts that have no vector yet are left out: the next bench goes on there."""
    kept = Path(tempfile.gettempdir()) / f"seedbed-bench-{encoder.name}.npz"
    known: dict[str, Any] = {}
    if kept.exists():
        with np.load(kept) as found:
            known = dict(zip(found["digests"].tolist(), found["vectors"], strict=True))
    digests = [text_digest(text) for text in texts]
    missing = {digest: text for digest, text in zip(digests, texts, strict=True) if digest not in known}
    began = time.perf_counter()
    for start in range(0, len(missing), AT_ONCE):
        if time.perf_counter() - began > seconds:
            break
        part = list(missing)[start : start + AT_ONCE]
        known |= zip(part, encoder.encode([missing[digest] for digest in part]), strict=True)
    if missing:
        new = kept.with_suffix(f".{os.getpid()}.npz")
        np.savez(new, digests=np.array(list(known)), vectors=np.stack(list(known.values())))
        new.replace(kept)
    return np.stack([known[digest] for digest in digests if digest in known])
