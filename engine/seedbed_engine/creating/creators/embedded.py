"""The embedded creator: llama.cpp's server inside this process, asked by the same client as a hosted one."""

import asyncio
import os
import platform
import secrets
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from seedbed_engine.asking.model_files import ModelFacts, read_model_file
from seedbed_engine.asking.passages import Thresholds, share_of_yes, with_check, words_of_check
from seedbed_engine.creating.creators.hosted import HostedCreator
from seedbed_engine.creating.creators.protocol import Limits, Reply, Request
from seedbed_engine.errors import CreatorError

SLOTS = 8
TOKENS_PER_SLOT = 2048
REPLY_SECONDS = 1800.0  # requests beyond the slots wait in the server, and a large model writes slowly on a processor
_SMALLEST = 1_000_000
_NO_WRITERS = {"bert", "nomic-bert", "nomic-bert-moe", "jina-bert-v2", "jina-bert-v3", "clip", "t5encoder", "whisper"}
# DRY keeps small models from copying the shown example; quotes and commas as breakers keep it off the form.
SAMPLING: dict[str, Any] = {
    "min_p": 0.06,
    "top_k": 0,
    "dry_multiplier": 0.8,
    "dry_base": 1.75,
    "dry_allowed_length": 3,
    "dry_penalty_last_n": 2048,
    "dry_sequence_breakers": ["\n", ":", '"', ","],
    "cache_prompt": True,
}


class EmbeddedCreator:
    """A GGUF model that runs here, one example a request; starting it takes half a second, `close` frees it."""

    name = "embedded"
    one_example_a_request = True
    is_free = True
    extras: Mapping[str, object] = SAMPLING
    limits = Limits()

    def __init__(
        self, path: Path, *, slots: int = SLOTS, threads: int = 0, server: "ModelServer | None" = None
    ) -> None:
        self._owned = server is None
        self.server = server or ModelServer(path, slots=slots, threads=threads)
        self.model = path.name
        self._client = HostedCreator(
            path.name,
            self.server.key,
            self.server.address,
            name=self.name,
            is_free=True,
            reply_seconds=REPLY_SECONDS,
            extra=SAMPLING,
        )

    async def ask(self, request: Request) -> Reply:
        """Write one example in the lines that the request's grammar allows; where the request says so, with its answer
        checked."""
        reply = await self._client.ask(request)
        if request.check is None or reply.finish_reason != "stop":
            return reply
        return await self._checked(reply, request.check)

    async def _checked(self, reply: Reply, thresholds: Thresholds) -> Reply:
        """The reply with what the model says when it sees the passage and not the answer; as it is where it says
        nothing: what was written is not lost for that."""
        messages = words_of_check(reply.text)
        try:
            found = await self._client.first_words(messages) if messages else None
        except CreatorError:
            found = None
        yes = share_of_yes(found.likely) if found else None
        if found is None or yes is None:
            return reply
        return replace(
            reply,
            text=with_check(reply.text, yes, thresholds),
            prompt_tokens=_sum(reply.prompt_tokens, found.prompt_tokens),
            completion_tokens=_sum(reply.completion_tokens, found.completion_tokens),
        )

    async def close(self) -> None:
        """End the server and free the model's memory, unless it was lent by somebody who keeps it."""
        await self._client.close()
        if self._owned:
            await asyncio.to_thread(self.server.free)


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


class ModelServer:
    """llama.cpp's server with one model, which answers on the loopback until it is freed."""

    def __init__(self, path: Path, *, slots: int = SLOTS, threads: int = 0) -> None:
        check_model_file(path)
        check_processor()
        self.key = secrets.token_urlsafe(24)
        self._servers = [
            _start(path, max(1, min(slots, SLOTS)), min(threads, os.cpu_count() or 1) or quiet_threads(), self.key)
        ]
        self.address = f"{self._servers[0].listening_address}/v1"

    def free(self) -> None:
        """End the server and free the model's memory."""
        self._servers.clear()


def _start(path: Path, slots: int, threads: int, key: str) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.model_alias = {path.name}
    params.n_ctx = TOKENS_PER_SLOT * slots
    params.kv_unified = False  # with it, the same request would get another reply by what else is in flight
    params.n_parallel = slots
    params.cpuparams.n_threads = threads
    params.cpuparams_batch.n_threads = threads
    params.verbosity = -1
    params.api_keys = [key]
    params.warmup = False
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise CreatorError(
            f"The model '{path.name}' could not be started.",
            "It may be damaged, too large for this machine's memory, or of a kind that llama.cpp does not know.",
        ) from error


def quiet_threads() -> int:
    """One thread fewer than there are cores: llama.cpp's threads wait for each other after every step, so that one
    that shares its core with other work slows all of them, up to tenfold (measured)."""
    return max(1, (os.cpu_count() or 2) - 1)


def check_processor() -> None:
    """CreatorError where this machine's processor lacks what the prebuilt llama.cpp needs."""
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    if " avx2" not in flags:
        raise CreatorError(
            "This machine's processor has no AVX2, which the embedded creator needs.", "Choose a hosted creator."
        )


def check_model_file(path: Path) -> ModelFacts:
    """What the file says of itself; CreatorError, with the reason, where it is no GGUF model that can write."""
    facts = read_model_file(path)
    if facts.bytes < _SMALLEST:
        raise CreatorError(f"'{path.name}' has only {facts.bytes:,} bytes: it is not whole.", "Fetch it again.")
    if facts.architecture in _NO_WRITERS:
        raise CreatorError(
            f"'{path.name}' is a model of the kind '{facts.architecture}', which writes no text.",
            "Choose an instruction-following model.",
        )
    return facts
