"""The encoder as the body of a small model: loaded, partly frozen, its tokens averaged."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import torch
from safetensors import SafetensorError
from torch import Tensor, nn
from transformers import AutoModel, AutoTokenizer

from seedbed_engine.encoding.attention import attention_options, be_quiet
from seedbed_engine.encoding.weights import find_model
from seedbed_engine.errors import ModelError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Padded:
    """Token ids and mask of a batch, each (batch, longest), and the kinds of tokens where the encoder tells pairs."""

    ids: Tensor
    mask: Tensor
    kinds: Tensor | None = None

    def to(self, device: torch.device) -> "Padded":
        """The same on another device."""
        kinds = None if self.kinds is None else self.kinds.to(device)
        return Padded(self.ids.to(device), self.mask.to(device), kinds)


class Body(nn.Module):
    """An encoder with its tokenizer; texts become one vector each: the average over their tokens."""

    def __init__(self, folder: Path, is_bf16: bool, device: torch.device) -> None:
        super().__init__()
        be_quiet()
        options = attention_options(folder) if is_bf16 and device.type == "cpu" else {}
        try:
            self.tokenizer: Any = AutoTokenizer.from_pretrained(str(folder), local_files_only=True)
            self.encoder: Any = AutoModel.from_pretrained(
                str(folder), local_files_only=True, use_safetensors=True, dtype=torch.float32, **options
            )
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            raise ModelError(f"The encoder in '{folder.name}' cannot be loaded.", "Choose another folder.") from error
        if getattr(self.encoder, "pooler", None) is not None:
            self.encoder.pooler = None  # tokens are averaged instead
        self.is_bf16 = is_bf16
        self.device = device
        self.width = int(self.encoder.config.hidden_size)
        self.eval()  # no dropout in the body, in training neither
        self.to(device)

    def forward(self, batch: Padded) -> Tensor:
        """Average over the tokens of each text; (batch, width), 32 bits."""
        kinds = {} if batch.kinds is None else {"token_type_ids": batch.kinds}
        states: Tensor = self.encoder(input_ids=batch.ids, attention_mask=batch.mask, **kinds).last_hidden_state
        mask = batch.mask.unsqueeze(-1).float()
        return (states.float() * mask).sum(1) / mask.sum(1)

    def tokens(self, texts: Sequence[str], pairs: Sequence[str] | None, longest: int) -> list[list[int]]:
        """Token ids of texts (or pairs of texts); where a pair is too long, its longer side is cut."""
        if not texts:
            return []
        limit = min(longest, int(self.tokenizer.model_max_length))
        second = None if pairs is None else list(pairs)
        found = self.tokenizer(list(texts), second, truncation=True, max_length=limit)
        return cast(list[list[int]], found["input_ids"])

    def padded(self, rows: Sequence[Sequence[int]], are_pairs: bool = False) -> Padded:
        """Rows filled up to the longest of them."""
        width = max(map(len, rows))
        filler = self.tokenizer.pad_token_id or 0
        ids = torch.tensor([[*row, *[filler] * (width - len(row))] for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
        return Padded(ids, mask, self._kinds(ids) if are_pairs else None).to(self.device)

    def _kinds(self, ids: Tensor) -> Tensor | None:
        """0 up to the first separator, 1 after it, as BERT was taught; None where the encoder has no such kinds."""
        if getattr(self.encoder.config, "type_vocab_size", 0) < 2:
            return None
        ends: Tensor = (ids == self.tokenizer.sep_token_id).long()
        return (ends.cumsum(1) > ends).long()

    @contextmanager
    def precision(self) -> Iterator[None]:
        """Compute in bfloat16 where that was found quicker."""
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.is_bf16):
            yield

    def freeze(self, lower: int) -> None:
        """Keep the embeddings and this many lower layers as they are."""
        layers = _layers(self.encoder)
        if lower > len(layers):
            raise ModelError(f"The encoder has {len(layers)} layers, fewer than {lower}.", "Freeze fewer layers.")
        embeddings = getattr(self.encoder, "embeddings", None) or self.encoder.get_input_embeddings()
        for module in (embeddings, *layers[:lower]):
            module.requires_grad_(False)


def load_body(where: str, is_bf16: bool, device: torch.device) -> Body:
    """The encoder of a folder, a hub name, or (empty) the box."""
    return Body(find_model(where), is_bf16, device)


def _layers(encoder: nn.Module) -> nn.ModuleList:
    lists = [module for module in encoder.modules() if isinstance(module, nn.ModuleList)]
    if not lists:
        raise ModelError("The encoder is not made of layers.", "Choose another encoder.")
    return max(lists, key=len)
