"""Other engines on the same server: distilabel's LLM class and Bespoke Curator, each in an environment of its own.

The environments are made once with pip (some minutes, a gigabyte) in a cache folder. What counts is what the server
saw: calls a second between the first request and the last reply, starting up left out.
"""

import json
import os
import subprocess
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fast_server import FastServer

SECONDS = 180.0  # that one engine may take
INSTALL_SECONDS = 1800.0  # once, on a busy machine

DISTILABEL = """
import json, sys
from distilabel.models import OpenAILLM

address, count, slots = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
messages = json.load(sys.stdin)
options = {"max_new_tokens": 1200}
llm = OpenAILLM(model="bench", base_url=address, api_key="bench", max_retries=0, generation_kwargs=options)
llm.load()
for start in range(0, count, slots):  # a batch at a time, as its pipelines do
    llm.generate(inputs=[messages] * min(slots, count - start))
"""

CURATOR = """
import json, os, sys
from pathlib import Path
import litellm

os.environ["TIKTOKEN_CACHE_DIR"] = str(Path(litellm.__file__).parent / "litellm_core_utils" / "tokenizers")
from bespokelabs import curator

address, count, slots = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
messages = json.load(sys.stdin)

class Writer(curator.LLM):
    def prompt(self, row):
        return messages

    def parse(self, row, response):
        return {"text": response}

limits = {"max_requests_per_minute": 1_000_000, "max_tokens_per_minute": 1_000_000_000, "max_retries": 0}
where = {"base_url": address, "api_key": "bench", "max_concurrent_requests": slots}
writer = Writer(
    model_name="bench", backend="openai", generation_params={"max_tokens": 1200}, backend_params=limits | where
)
writer([{"number": number} for number in range(count)])
"""


@dataclass(frozen=True)
class Other:
    """An engine: how it is installed and asked."""

    name: str
    needs: tuple[str, ...]
    program: str


OTHERS = (
    Other("distilabel", ("distilabel[openai]==1.5.*", "openai<2", "datasets<4", "huggingface_hub<1"), DISTILABEL),
    Other("curator", ("bespokelabs-curator==0.1.*",), CURATOR),
)


def default_folder() -> Path:
    """Where the environments are kept, unless another folder is given."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "seedbed-bench"


def environment_of(other: Other, folder: Path) -> Path:
    """The interpreter of an engine's environment, which is made where it is missing."""
    where = folder / other.name
    python, done = where / "bin" / "python", where / "complete"
    if not done.exists():
        print(f"{other.name}: an environment is being made in {where}; this takes some minutes, once", flush=True)
        venv.create(where, with_pip=True, clear=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *other.needs]
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
        done.touch()
    return python


def calls_per_s(other: Other, python: Path, messages: list[dict[str, str]], count: int, slots: int) -> float:
    """Ask the server so many times, so many at once; calls a second as the server saw them."""
    with FastServer(slots) as server, tempfile.TemporaryDirectory() as home:
        quiet = {"OPENAI_API_KEY": "bench", "CURATOR_CACHE_DIR": home, "CURATOR_DISABLE_RICH_DISPLAY": "1"}
        offline = {"TELEMETRY_ENABLED": "0", "HF_HUB_OFFLINE": "1", "HOME": home}
        own = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "SEEDBED"))}
        command = [str(python), "-W", "ignore", "-c", other.program, server.address, str(count), str(slots)]
        subprocess.run(
            command,
            input=json.dumps(messages),
            env=own | quiet | offline,
            check=True,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        seen: dict[str, Any] = server.counted()
    first = sorted(seen["admitted"])[-count]  # one that is tried beforehand does not count
    return float(count / (max(seen["answered"]) - first))


def measure(folder: Path, messages: list[dict[str, str]], count: int, slots: int) -> dict[str, float | None]:
    """Each engine's figure; None, with the reason on a line, where it could not be had."""
    found: dict[str, float | None] = {}
    for other in OTHERS:
        name = f"anchor_{other.name}_per_s_{slots}"
        try:
            found[name] = calls_per_s(other, environment_of(other, folder), messages, count, slots)
            print(f"{other.name}, {slots} slots: {found[name]:.1f} calls/s; load {os.getloadavg()[0]:.1f}", flush=True)
        except (OSError, subprocess.SubprocessError, IndexError) as error:
            found[name] = None
            print(f"{other.name}: no figure: {_why(error)}")
    return found


def _why(error: Exception) -> str:
    """The last line that a program wrote about what was wrong, else the error's own words."""
    said = getattr(error, "stderr", "") if isinstance(error, subprocess.CalledProcessError) else ""
    return (said.strip().splitlines() or [str(error).splitlines()[0]])[-1]
