"""Prices: what hosted models cost a token, on a dated list that a person may correct with one of their own."""

import json
import logging
import os
import re
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import platformdirs

from seedbed_engine.errors import InvalidFile, PersonError

log = logging.getLogger(__name__)
OWN_FILE = "prices.json"
MOST = 1e6  # dollars for a million tokens: what costs more is a slip of the hand
_SNAPSHOT = re.compile(r"-(?:\d{4}-\d{2}-\d{2}|\d{4})$")
_MEND = 'Write it as {"models": {"NAME": {"prompt": 0.15, "completion": 0.6}}}, in US dollars for a million tokens.'


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    prompt: float
    completion: float


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices by model, as listed on a day; `own` are the names whose price the person gave."""

    day: str
    source: str
    models: dict[str, Price]
    own: frozenset[str]

    def find(self, model: str) -> Price | None:
        """The price of a model, or of the model that a dated name is a snapshot of; None where it is not known."""
        return self.models.get(model) or self.models.get(_SNAPSHOT.sub("", model))

    def find_billed(self, asked: str, answered: str) -> Price | None:
        """The price of what a model was asked, and the server says that another name answered: the person's own price
        of the asked name (of a deployment, say), else that of who answered, else the listed one of who was asked."""
        own = self.models[asked] if asked in self.own else None
        return own or self.find(answered) or self.find(asked)


def own_prices_path() -> Path:
    """Where a person's own prices lie, which need not be there."""
    home = os.environ.get("SEEDBED_HOME")
    folder = Path(home).expanduser() if home else platformdirs.user_config_path("seedbed", appauthor=False)
    return folder / OWN_FILE


def read_prices() -> PriceList:
    """The bundled list with the person's own prices laid over it; InvalidFile where theirs cannot be read."""
    path = own_prices_path()
    try:
        found = path.stat()
    except OSError:
        return _bundled()
    return _with_own(path, found.st_mtime_ns, found.st_size)


def find_price(model: str, answered: str = "") -> Price | None:
    """The price of a model, or of another that `answered` for it; None where it is not known.

    Prices that were read once hold on where the person's file breaks later: a reply that came must be accounted for.
    """
    global _last
    try:
        _last = read_prices()
    except InvalidFile as error:
        if _last is None:
            raise
        log.warning("the prices read before are used: %s", error)
    return _last.find_billed(model, answered) if answered else _last.find(model)


def set_own_price(model: str, price: Price | None) -> None:
    """Write a price of the person's own, or take it out; PersonError where it is none or cannot be written."""
    name = model.strip()
    if not name:
        raise PersonError("No model is named.", "Name the model as the server calls it.")
    if price is not None and not all(0 <= each < MOST for each in (price.prompt, price.completion)):
        raise PersonError("That is no price.", "Give US dollars for a million tokens, 0 or more.")
    found = read_prices()
    own = {each: found.models[each] for each in found.own if each != name}
    if price is not None:
        own[name] = price
    path = own_prices_path()
    new = path.with_name(path.name + ".new")
    text = json.dumps({"models": {each: asdict(own[each]) for each in sorted(own)}}, indent=2, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(text + "\n", encoding="utf-8")
        new.replace(path)
    except OSError as error:
        raise PersonError(f"Your own prices, {path}, cannot be written.", "Allow it, or free some room.") from error


_last: PriceList | None = None


@cache
def _bundled() -> PriceList:
    found = json.loads((files("seedbed_resources") / "prices" / "prices.json").read_text(encoding="utf-8"))
    return PriceList(found["day"], found["source"], _prices(found["models"]), frozenset())


@cache
def _with_own(path: Path, changed: int, size: int) -> PriceList:
    """Read anew where the file's time or size says that it changed."""
    try:
        own = _prices(json.loads(path.read_text(encoding="utf-8"))["models"])
    except OSError as error:
        raise InvalidFile(f"Your own prices, {path}, cannot be read.", "Allow it, or move the file away.") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InvalidFile(f"Your own prices, {path}, are not a price list.", _MEND) from None
    bundled = _bundled()
    return PriceList(bundled.day, bundled.source, bundled.models | own, frozenset(own))


def _prices(found: dict[str, Any]) -> dict[str, Price]:
    prices = {name: Price(float(entry["prompt"]), float(entry["completion"])) for name, entry in found.items()}
    if not all(0 <= price.prompt < MOST and 0 <= price.completion < MOST for price in prices.values()):
        raise ValueError("a price that none can be")
    return prices
