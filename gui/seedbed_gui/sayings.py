"""What the engine says and the project file keeps, in the window's language: known sentences, found by their form."""

import re
from functools import cache

from seedbed_gui.engine_texts import ALL
from seedbed_gui.language import FIELD, PSEUDO, SOURCE, figures_of, fill, now, tr

SENTENCES = re.compile(r"(?<=[.!?]) (?=[A-Z0-9'“#])")
VALUE = r"(?:(?!\. [A-Z]).)+?"  # no value goes on over the end of a sentence
COUNT = r"\d[\d,.]*"  # of fields that are called so: they hold no words
COUNTS = {"many", "items", "points", "share", "before", "after", "times", "place", "seeds", "smallest", "findable"}
PROBABILITY = re.compile(r"(p [=<] )(\d[\d.]*)")
LONGEST = 4000  # characters; more is no sentence of the engine
DEEPEST = 4  # sentences within each other; more are no engine's, and a server may send anything


def told(said: str) -> str:
    """A sentence of the engine in the window's language; one that is not known here stays English."""
    if now() == SOURCE or not said or len(said) > LONGEST:
        return said
    whole = _one(said)
    if whole is not None:
        return whole
    parts = [_one(part) for part in SENTENCES.split(said)]
    return " ".join(part for part in parts if part is not None) if len(parts) > 1 and None not in parts else said


def _one(said: str, depth: int = 0) -> str | None:
    for text, form in _forms():
        if (found := form.fullmatch(said)) is not None:
            return fill(tr(text), **{name: _value(name, value, depth) for name, value in found.groupdict().items()})
    return None


def _value(name: str, value: str, depth: int) -> str:
    """Fields whose name begins with `said` hold sentences of the engine; others texts of people, or figures."""
    if name.startswith("said") and depth < DEEPEST:
        return _one(value, depth + 1) or _figures(value)
    return _figures(value)


def _figures(value: str) -> str:
    """A value that is a number, or a p value, as the language writes it; any other as it is."""
    found = None if now() == PSEUDO else PROBABILITY.fullmatch(value)
    return found[1] + figures_of(found[2]) if found else figures_of(value)


@cache
def _forms() -> list[tuple[str, re.Pattern[str]]]:
    """The texts as patterns, those with the most words of their own first."""
    order = sorted(ALL, key=lambda text: -len(FIELD.sub("", text)))
    return [(text, form_of(text)) for text in order]


def form_of(text: str) -> re.Pattern[str]:
    """A text with named fields as a pattern that finds it filled in."""
    parts = FIELD.split(text)
    named = [_group(part[1:-1]) if FIELD.fullmatch(part) else re.escape(part) for part in parts]
    return re.compile("".join(named), re.DOTALL)


def _group(name: str) -> str:
    return f"(?P<{name}>{COUNT if name in COUNTS else VALUE})"
