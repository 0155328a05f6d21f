"""What a mending by the creator came to, on the runs page: a sentence, what can be done next, where the money went."""

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from seedbed_engine.keeping.rows import Account, RunRow
from seedbed_engine.settings import MendingSettings
from seedbed_gui import style
from seedbed_gui.pages import numbers
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import Card
from seedbed_gui.pages.labels import Label

NAMES = {"regenerate": "New siblings", "reanswer": "Label check", "rewrite": "Rewriting"}


def mending_title(run: RunRow) -> str:
    """A mending in a few words."""
    settings = MendingSettings.from_json(run.settings)
    many = len(settings.examples)
    what = f"#{settings.examples[0]}" if many == 1 else f"{many:,}"
    return f"{NAMES[run.work]}, {what}"


def mending_card(run: RunRow, account: Account, on_preview: Callable[[int], None]) -> Card:
    """What came of it; of a rewriting the changes can be looked at again."""
    card = Card()
    settings = MendingSettings.from_json(run.settings)
    card.column.addWidget(Label(_headline(run, settings, _facts(run), account), "title", wraps=True))
    for line in _lines(run, settings, _facts(run)):
        card.column.addWidget(Label(line, "quiet", wraps=True))
    if run.work == "rewrite" and account.kept:
        button = Button("Look at the changes …", lambda: on_preview(run.id))
        card.column.addSpacing(style.XS)
        card.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    return card


def _facts(run: RunRow) -> dict[str, Any]:
    try:
        found = json.loads(run.result or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _headline(run: RunRow, settings: MendingSettings, facts: dict[str, Any], account: Account) -> str:
    many = len(settings.examples)
    if run.work == "rewrite":
        return f"{account.kept:,} of {numbers.count(many, 'example', 'examples')} rewritten"
    if run.work == "regenerate":
        return numbers.count(account.kept, "new sibling", "new siblings")
    answered, flagged = int(facts.get("answered", 0)), int(facts.get("flagged", 0))
    if not answered:
        return f"{numbers.count(account.kept, 'answer', 'answers')} so far"
    return f"{flagged:,} of {numbers.count(answered, 'label', 'labels')} in doubt"


def _lines(run: RunRow, settings: MendingSettings, facts: dict[str, Any]) -> list[str]:
    """What else is worth knowing."""
    wish = f"“{settings.instruction}”" if settings.instruction else ""
    if run.work == "rewrite":
        return [wish, "Nothing is changed until you apply it; what was paid for stays here."]
    if run.work == "regenerate":
        without = [f"#{one}" for one in facts.get("without", [])[:8]]
        return [wish] * bool(wish) + ([f"Nothing new for {', '.join(without)}."] if without else [])
    said = [f"Each was asked {settings.k:,} times, the label hidden, the options in another order each time."]
    places = [int(many) for many in facts.get("places", [])]
    if sum(places):
        even = f"; an even hand: {facts['even']:.0%}" if isinstance(facts.get("even"), float) else ""
        said.append(f"What stood first was chosen in {places[0] / sum(places):.0%} of the answers{even}.")
    if facts.get("flagged"):
        said.append("Those in doubt are first in Review, in the order “Flagged first”.")
    return said
