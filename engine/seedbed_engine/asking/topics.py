"""Topics for new examples: a list for every day, which a person may replace by one of their own."""

from importlib.resources import files
from itertools import pairwise

from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.examples import Example, clean_text

_AND = " / "


def read_topics(name: str = "topics") -> tuple[str, ...]:
    """The topics of a bundled list ("topics" for every day, "medicine"), in the order of the file."""
    text = (files("seedbed_resources") / "topics" / f"{name}.txt").read_text(encoding="utf-8")
    return split_topics(text)


def split_topics(text: str) -> tuple[str, ...]:
    """Topics from a text with one a line; empty lines, lines that start with # and repetitions do not count."""
    lines = (clean_text(line) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


def topics_for(task: TaskFormat, seed: Example, chosen: tuple[str, ...] = ()) -> tuple[str, ...]:
    """What examples of this format are to be about: the chosen topics or the list for every day.

    A sentence with a blank needs two things that it can mean: neighbours of the list in either order, or two people
    where the seed's options are names.
    """
    if not task.has_blank:
        return chosen or read_topics()
    are_people = not chosen and all(option.isalpha() and option.istitle() for option in seed.options)
    pairs = list(pairwise(chosen or read_topics("names" if are_people else "topics")))
    return tuple(_AND.join(pair) for pair in (*pairs, *(pair[::-1] for pair in pairs)))


def two_of(topic: str | None) -> tuple[str, str] | None:
    """The two things of such a topic: what is meant, and what is not; None where it has not two."""
    first, _, second = (topic or "").partition(_AND)
    return (first, second) if second else None
