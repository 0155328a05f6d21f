"""Grammars (GBNF) for one example in labelled lines, so that whatever a small model writes can be read."""

import json
import re

from seedbed_engine.asking.formats import TaskFormat
from seedbed_engine.examples import Example

_ASKING = re.compile(r"(?:who|whom|whose|what|where|when|why|which|how)\b", re.IGNORECASE)


def noun_of(question: str) -> str:
    """What to call a question in words: a question, or a statement where it ends like one."""
    text = question.strip()
    return "statement" if text.endswith((".", "!")) and not _ASKING.match(text) else "question"


def line_grammar(task: TaskFormat, example: Example, answer: str | None, topic: str | None) -> str:
    """The grammar of one example in lines; with fixed options the answer comes first, as wanted where that is said."""
    question = '"Question: " question "\\n"'
    passage = '"Passage: " passage "\\n" ' if task.has_context else ""
    if task.is_fixed:
        answers = [answer] if answer else list(task.options)
        root = f'"Answer: " answer "\\n" {passage}{question}'
        rules = [f"answer ::= {' | '.join(map(_literal, answers))}"]
    else:
        wrong = '"Wrong: " option "\\n" ' * (task.count - 1)
        root = f'{passage}{question} "Answer: " option "\\n" {wrong}'
        rules = [f"option ::= {_text(example.answer, 1)}"]
    if task.has_context:
        rules.append(f"passage ::= {_text(example.context or '', 40)}")
    rules.append(f"question ::= {_text(example.question, 12)}")
    return "\n".join([f"root ::= {root.strip()}", *rules])


def _literal(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _text(shown: str, at_least: int) -> str:
    """One line of text that ends as the shown one does, so that a question stays a question."""
    shown = shown.strip()
    start = "[^ \\n]"
    if at_least > 2 and shown.endswith("?"):
        return f'{start} [^?\\n]{{{at_least},}} "?"'
    if at_least > 2 and shown.endswith("."):
        return f'{start} [^\\n]{{{at_least},}} "."'
    return f"{start} [^\\n]*" if at_least < 2 else f"{start} [^\\n]{{{at_least},}}"
