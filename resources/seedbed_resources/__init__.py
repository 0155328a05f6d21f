"""What the program brings along: prompts, topics, prices, fonts, styles, sample data. Read with `text` and `path`."""

from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path


def entry(*parts: str) -> Traversable:
    """A file or folder among the resources."""
    return files("seedbed_resources").joinpath(*parts)


def text(*parts: str) -> str:
    """The text of one resource."""
    return entry(*parts).read_text(encoding="utf-8")


def path(*parts: str) -> Path:
    """A resource as a file on disk (the wheel is never zipped)."""
    with as_file(entry(*parts)) as found:
        return found
