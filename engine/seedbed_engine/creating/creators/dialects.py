"""Dialects: in which words a server is asked for a form; found by asking, and remembered from one run to the next.

What is remembered lies in a small file in the person's configuration folder: addresses and models, never a key.
"""

import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from seedbed_engine.asking.prices import own_prices_path

log = logging.getLogger(__name__)
FILE = "servers.json"
DAYS = 30  # after which a server is tried anew: it may have learnt more
MOST = 200  # remembered at once
FORMS = ("schema", "json", "plain")


@dataclass(frozen=True, slots=True)
class Dialect:
    """What a server understands; simpler after each request that it calls bad."""

    form: str = "schema"  # then json, then plain
    length_word: str = "max_tokens"  # newer OpenAI models: max_completion_tokens
    has_sampling: bool = True
    has_seed: bool = True

    def simpler(self, complaint: str) -> "Dialect | None":
        """The next thing to try after a complaint; None where there is nothing simpler."""
        if "max_completion_tokens" in complaint and self.length_word == "max_tokens":
            return replace(self, length_word="max_completion_tokens")
        if self.has_sampling and ("'temperature'" in complaint or "'top_p'" in complaint):
            return replace(self, has_sampling=False)
        if self.has_seed and "'seed'" in complaint:
            return replace(self, has_seed=False)
        if "context" in complaint and ("length" in complaint or "size" in complaint):
            return None
        following = {"schema": "json", "json": "plain"}.get(self.form)
        return replace(self, form=following) if following else None


class Dialects:
    """The dialects that were found, in a file; one that cannot be read or written is no reason to stop."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path or own_prices_path().with_name(FILE)

    def find(self, address: str, model: str) -> Dialect | None:
        """What was found of a model at an address not long ago; None where nothing was."""
        entry = self._read().get(_name(address, model))
        return _dialect(entry) if isinstance(entry, dict) else None

    def keep(self, address: str, model: str, dialect: Dialect) -> None:
        """Remember what was found today."""
        entries = self._read()
        entries.pop(_name(address, model), None)
        entries[_name(address, model)] = {**asdict(dialect), "day": datetime.now(UTC).date().isoformat()}
        partial = self._path.with_suffix(".partial")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(dict(list(entries.items())[-MOST:]), indent=1), encoding="utf-8")
            partial.replace(self._path)
        except OSError as error:
            log.warning("what %s understands was not kept: %s", address, error)

    def _read(self) -> dict[str, Any]:
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}


def _name(address: str, model: str) -> str:
    return f"{address} {model}"


def _dialect(entry: dict[str, Any]) -> Dialect | None:
    try:
        day = datetime.fromisoformat(entry.pop("day")).replace(tzinfo=UTC)
        dialect = Dialect(**entry)
    except (KeyError, TypeError, ValueError):
        return None
    is_sound = dialect.form in FORMS and dialect.length_word in {"max_tokens", "max_completion_tokens"}
    return dialect if is_sound and datetime.now(UTC) - day < timedelta(days=DAYS) else None
