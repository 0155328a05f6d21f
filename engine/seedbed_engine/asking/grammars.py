"""Grammars (GBNF) for one example in labelled lines, so that whatever a small model writes can be read."""

import json
import re

from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.asking.topics import two_of
from seedbed_engine.examples import Example

_ASKING = re.compile(r"(?:who|whom|whose|what|where|when|why|which|how)\b", re.IGNORECASE)
_ASKING_WORDS = ("Who", "What", "Where", "When", "Why", "Which", "How")
# a blank comes soon or never: this length is bounded, which makes llama.cpp slower
_BLANK = r'[A-Z] [^_\n"]{8,110} " _" [^_.\n"]{3,} "."'
TRUE_WORDS = frozenset({"true", "yes"})
_ANY = r'[^ .:\n"]'
_YES_NO_WORDS = (
    "Is",
    "Are",
    "Was",
    "Were",
    "Do",
    "Does",
    "Did",
    "Can",
    "Could",
    "Will",
    "Would",
    "Should",
    "Has",
    "Have",
)
_MODAL_WORDS = ("Could", "Will", "Would", "Should")


def noun_of(question: str) -> str:
    """What to call a question in words: a question, or a statement where it ends like one."""
    text = question.strip()
    return "statement" if text.endswith((".", "!")) and not _ASKING.match(text) else "question"


def lacks_mark(question: str) -> bool:
    """Whether a question in words has no question mark, as people type it into a search box."""
    text = question.strip()
    first = text.split()[0].capitalize() if text else ""
    return text[-1:].isalnum() and (first in _YES_NO_WORDS or first in _ASKING_WORDS)


def truths(task: TaskFormat) -> bool:
    """Whether the answers are true and false, or yes and no."""
    return {option.casefold() for option in task.options} in ({"true", "false"}, {"yes", "no"})


def line_grammar(task: TaskFormat, example: Example, answer: str | None, topic: str | None) -> str:
    """The grammar of one example in lines; with fixed options the answer comes first, as wanted where that is said."""
    two = two_of(topic) if task.has_blank and not task.has_context else None
    if two is not None:
        return _blank_grammar(*two)
    question = '"Question: " question "\\n"'
    passage = '"Passage: " passage "\\n" ' if task.has_context else ""
    if task.is_fixed:
        answers = [answer] if answer else list(task.options)
        root = f'"Answer: " answer "\\n" {passage}{question}'
        rules = [f"answer ::= {' | '.join(map(_literal, answers))}"]
    else:
        starts = _starts(task.count - 1 + spare_options(task), example)
        wrong = " ".join(f'"Wrong: " {start} rest "\\n"' for start in starts)
        options = f'"Answer: " {_ANY} rest "\\n" {wrong}'
        root = f"{passage}{options} {question}" if task.has_blank else f"{passage}{question} {options}"
        rules = [f"rest ::= {_option_rest(example.answer)}"]
    if task.has_context:
        rules.append("passage ::= [^ \\n] [^\\n]{40,}")
    form = _BLANK if task.has_blank else _question(example.question, topic if task.is_fixed else None)
    rules.append(f"question ::= {form}")
    return "\n".join([f"root ::= {root.strip()}", *rules])


def _blank_grammar(meant: str, other: str) -> str:
    """A sentence that names both things, in either order, and only then has its blank."""
    lines = _literal(f"Answer: {meant}\nWrong: {other}\nQuestion: ")
    orders = " | ".join(
        f"({_openings(first)}) near {_literal(second)} far" for first, second in ((meant, other), (other, meant))
    )
    return "\n".join(
        [
            f'root ::= {lines} ({orders}) "_" rest "\\n"',
            r'near ::= " " [^_.\n"]{2,80} " "',
            r'far ::= [^A-Za-z_.\n"] ([^_.\n"]{0,60} " ")?',
            r'rest ::= [^A-Za-z_.\n"] [^_.\n"]{3,} "."',
        ]
    )


def _openings(name: str) -> str:
    """How a sentence may begin with it: a person's name as it is."""
    if name[0].isupper():
        return _literal(name)
    return f"{_literal(f'The {name}')} | {_literal(f'{name[0].upper()}{name[1:]}')}"


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _question(shown: str, topic: str | None) -> str:
    """A question that opens and ends as the shown one does; a statement or yes/no question opens with its topic."""
    shown = shown.strip()
    first = shown.split()[0]
    mark = "?" if lacks_mark(shown) else shown[-1] if shown[-1] in {"?", "."} else ""
    end = _literal(mark) if mark else ""
    rest = {"?": r'[^?？"\n]', ".": r'[^.?!"\n]'}.get(mark, r"[^?!.,;:()\n]")  # without a mark: one short sentence
    if noun_of(shown) == "statement":
        start = _literal(f"{topic[0].upper()}{topic[1:]} ") if topic else "[A-Z]"
        return f'{start} [^.:?!"\\n]{{8,}} "."'
    if first.capitalize() in _YES_NO_WORDS:
        about = _literal(f"{topic} ") if topic else ""
        return f"{_one_of(_YES_NO_WORDS, first)} {about} {rest}{{8,}} {end}"
    if first.capitalize() in _ASKING_WORDS:
        return f"{_one_of(_ASKING_WORDS, first)} {rest}{{8,}} {end}"
    return f"[^ \\n] {rest}{{8,}} {end}"


def _one_of(words: tuple[str, ...], first: str) -> str:
    """Any of the words, in small letters where the shown first word is; "would" and its like only where that is one:
    small models begin with them too often."""
    words = words if first.capitalize() in _MODAL_WORDS else tuple(word for word in words if word not in _MODAL_WORDS)
    return f"({' | '.join(_literal(f'{word if first[0].isupper() else word.lower()} ') for word in words)})"


def _starts(count: int, example: Example) -> list[str]:
    """How each wrong option begins: with letters of its own, so that no two can be equal."""
    if count == 1 or not all(option[:1].isascii() and option[:1].isalpha() for option in example.options):
        return [_ANY] * count
    letters = "abcdefghijklmnopqrstuvwxyz"
    shares = [letters[len(letters) * i // count : len(letters) * (i + 1) // count] for i in range(count)]
    return [f"[{share}{share.upper()}]" for share in shares]


def spare_options(task: TaskFormat) -> int:
    """How many wrong answers more than are needed a small model writes: it repeats itself, and the first new ones
    count."""
    return 0 if task.count == 2 or task.has_blank else 1


def _option_rest(shown: str) -> str:
    """The rest of an option: one sentence with its full stop where the shown answer has one. Its length is not bounded
    here (llama.cpp becomes several times slower then); the reply's length is."""
    return r'[^.:\n"]+ "."' if shown.strip().endswith(".") else r'[^.:\n"]*'
