"""Topics for new examples: a list for every day, which a person may replace by one of their own."""

from importlib.resources import files

from seedbed_engine.examples import clean_text


def read_topics(name: str = "topics") -> tuple[str, ...]:
    """The topics of a bundled list ("topics" for every day, "medicine"), in the order of the file."""
    text = (files("seedbed_resources") / "topics" / f"{name}.txt").read_text(encoding="utf-8")
    return split_topics(text)


def split_topics(text: str) -> tuple[str, ...]:
    """Topics from a text with one a line; empty lines, lines that start with # and repetitions do not count."""
    lines = (clean_text(line) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
