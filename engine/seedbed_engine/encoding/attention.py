"""Attention kept in bfloat16 on CPUs: the built-in one is several times slower there on the way back."""

import json
from pathlib import Path

import torch
from torch import Tensor, nn

NAME = "seedbed_bf16"
FAMILIES = ("bert", "roberta", "xlm-roberta", "camembert", "electra", "distilbert")  # plain softmax attention


def attention_options(folder: Path) -> dict[str, str]:
    """What `from_pretrained` must be told so that this encoder computes in bfloat16 with the attention below."""
    config = folder / "config.json"
    family = json.loads(config.read_text(encoding="utf-8")).get("model_type") if config.is_file() else None
    if family not in FAMILIES:
        return {}
    from transformers import AttentionInterface, AttentionMaskInterface
    from transformers.masking_utils import eager_mask

    AttentionInterface.register(NAME, attend)
    AttentionMaskInterface.register(NAME, eager_mask)
    return {"attn_implementation": NAME}


def be_quiet() -> None:
    """Keep progress bars and remarks of transformers off the standard streams."""
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]


def attend(
    module: nn.Module,
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attention_mask: Tensor | None,
    scaling: float | None = None,
    dropout: float = 0.0,
    **_: object,
) -> tuple[Tensor, None]:
    """Softmax attention whose scores keep the dtype of the query; shapes (batch, heads, tokens, width)."""
    scores = torch.matmul(query * (scaling or query.shape[-1] ** -0.5), key.transpose(2, 3))
    if attention_mask is not None:
        scores = scores + attention_mask.to(scores.dtype)
    shares = nn.functional.softmax(scores, dim=-1, dtype=scores.dtype)
    return torch.matmul(shares, value).transpose(1, 2).contiguous(), None


def has_fast_bfloat16() -> bool:
    """Whether this CPU multiplies bfloat16 in hardware."""
    capabilities = torch.cpu.get_capabilities()
    return any(capabilities.get(name, False) for name in ("avx512_bf16", "amx_bf16"))
