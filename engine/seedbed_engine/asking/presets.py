"""Presets: servers that many people use, with their addresses and the names of their keys. Data, read from a file."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Preset:
    """A server by name; `model` is empty where it depends on what the person has there."""

    name: str
    title: str
    base_url: str
    key_name: str
    model: str
    note: str

    @property
    def is_whole(self) -> bool:
        """Whether the address can be asked as it is, without a name to be filled in."""
        return "NAME" not in self.base_url


@cache
def read_presets() -> tuple[Preset, ...]:
    """The bundled presets, in the order in which they are offered."""
    text = (files("seedbed_resources") / "creators" / "presets.json").read_text(encoding="utf-8")
    return tuple(Preset(**entry) for entry in json.loads(text))


def find_preset(name: str) -> Preset | None:
    """The preset of a name, in capitals or not; None where there is none."""
    return next((preset for preset in read_presets() if preset.name == name.strip().lower()), None)
