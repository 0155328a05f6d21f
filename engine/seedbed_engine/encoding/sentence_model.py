"""The sentence encoder's network: what takes seconds to import stands here, and behind the encoder alone."""

import contextlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import cast

import numpy as np
import torch
from safetensors import SafetensorError
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn

from seedbed_engine.encoding.attention import attention_options, be_quiet, has_fast_bfloat16
from seedbed_engine.encoding.devices import best_device, one_thread
from seedbed_engine.errors import ModelError
from seedbed_engine.similarity import Vectors

BUCKET = 8  # lengths are filled up to a multiple of this
TOKENS = {"cpu": 256}  # a batch always has so many, so that a text's vector does not depend on the texts beside it:
MOST_TOKENS = 4096  # matrix products of other sizes are added up in another order


class SentenceModel:
    """A loaded encoder; a text has the same vector whatever other texts are encoded with it."""

    def __init__(self, folder: Path) -> None:
        self._device = best_device()
        self._is_bf16 = self._device.type == "cpu" and has_fast_bfloat16()
        self._model = _load(folder, self._device, self._is_bf16)
        self._max_length = int(self._model.max_seq_length or 512)
        self.dimensions: int = self._encode_rows([[self._padding]]).shape[1]

    @property
    def _padding(self) -> int:
        return int(self._model.tokenizer.pad_token_id or 0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit rows (n, d), one for each text."""
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        if texts:
            rows = self._model.tokenizer(list(texts), truncation=True, max_length=self._max_length)["input_ids"]
            for width, batch in _batches([len(row) for row in rows], self._height):
                vectors[batch] = self._encode_rows([rows[i] for i in batch], width)
        return vectors

    def _height(self, width: int) -> int:
        """How many rows of this width a batch has, filled up or not."""
        return max(1, TOKENS.get(self._device.type, MOST_TOKENS) // width)

    def _encode_rows(self, rows: list[list[int]], width: int = BUCKET) -> Vectors:
        """Unit rows of up to as many texts as a batch of this width has."""
        filled = rows + [rows[0]] * (self._height(width) - len(rows))
        ids = torch.tensor([row + [self._padding] * (width - len(row)) for row in filled], device=self._device)
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in filled], device=self._device)
        alone = one_thread() if self._device.type == "cpu" else contextlib.nullcontext()
        with alone, torch.inference_mode(), torch.autocast(self._device.type, torch.bfloat16, enabled=self._is_bf16):
            found: Tensor = self._model({"input_ids": ids, "attention_mask": mask})["sentence_embedding"]
            unit = nn.functional.normalize(found.float(), dim=1)
        return cast(Vectors, unit[: len(rows)].cpu().numpy())


def _batches(lengths: Sequence[int], height: Callable[[int], int]) -> Iterator[tuple[int, list[int]]]:
    """Widths, and indices of texts whose lengths fall into them: no text is filled up to another's length."""
    buckets: dict[int, list[int]] = defaultdict(list)
    for index, length in enumerate(lengths):
        buckets[-(-length // BUCKET) * BUCKET].append(index)
    for width, members in sorted(buckets.items()):
        size = height(width)
        yield from ((width, members[start : start + size]) for start in range(0, len(members), size))


def _load(folder: Path, device: torch.device, is_bf16: bool) -> SentenceTransformer:
    be_quiet()
    options = attention_options(folder) if is_bf16 else {}
    try:
        model = SentenceTransformer(
            str(folder), device=str(device), local_files_only=True, model_kwargs={**options, "use_safetensors": True}
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"The encoder in '{folder.name}' cannot be loaded.", "Choose another folder.") from error
    for module in model.modules():
        if is_bf16 and isinstance(module, nn.Linear):
            module.to(torch.bfloat16)  # what autocast would do again for every batch
    return model.eval()
