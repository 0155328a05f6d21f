"""What a mending by the creator came to, on the runs page: a sentence, what can be done next, where the money went."""

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt

from seedbed_engine.keeping.rows import Account, RunRow
from seedbed_engine.settings import MendingSettings
from seedbed_gui import style
from seedbed_gui.language import figure, mark, tr
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import Card
from seedbed_gui.pages.labels import Label

NAMES = {"regenerate": mark("New siblings"), "reanswer": mark("Label check"), "rewrite": mark("Rewriting")}


def mending_title(run: RunRow) -> str:
    """A mending in a few words."""
    settings = MendingSettings.from_json(run.settings)
    many = len(settings.examples)
    what = f"#{settings.examples[0]}" if many == 1 else figure(many, ",")
    return f"{tr(NAMES[run.work])}, {what}"


def mending_card(run: RunRow, account: Account, on_preview: Callable[[int], None]) -> Card:
    """What came of it; of a rewriting the changes can be looked at again."""
    card = Card()
    settings = MendingSettings.from_json(run.settings)
    card.column.addWidget(Label(_headline(run, settings, _facts(run), account), "title", wraps=True))
    for line in _lines(run, settings, _facts(run)):
        card.column.addWidget(Label(line, "quiet", wraps=True))
    if run.work == "rewrite" and account.kept:
        button = Button(tr("Look at the changes …"), lambda: on_preview(run.id))
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
        return tr(
            "{kept:,} of {n:,} examples rewritten", "{kept:,} of {n:,} example rewritten", many, kept=account.kept
        )
    if run.work == "regenerate":
        return tr("{n:,} new siblings", "{n:,} new sibling", account.kept)
    answered, flagged = int(facts.get("answered", 0)), int(facts.get("flagged", 0))
    if not answered:
        return tr("{n:,} answers so far", "{n:,} answer so far", account.kept)
    return tr("{flagged:,} of {n:,} labels in doubt", "{flagged:,} of {n:,} label in doubt", answered, flagged=flagged)


def _lines(run: RunRow, settings: MendingSettings, facts: dict[str, Any]) -> list[str]:
    """What else is worth knowing."""
    wish = f"“{settings.instruction}”" if settings.instruction else ""
    if run.work == "rewrite":
        return [wish, tr("Nothing is changed until you apply it; what was paid for stays here.")]
    if run.work == "regenerate":
        without = [f"#{one}" for one in facts.get("without", [])[:8]]
        return [wish] * bool(wish) + (
            [tr("Nothing new for {examples}.", examples=", ".join(without))] if without else []
        )
    said = [tr("Each was asked {k:,} times, the label hidden, the options in another order each time.", k=settings.k)]
    places = [int(many) for many in facts.get("places", [])]
    if sum(places):
        first = places[0] / sum(places)
        if isinstance(facts.get("even"), float):
            text = tr(
                "What stood first was chosen in {first:.0%} of the answers; an even hand: {even:.0%}.",
                first=first,
                even=facts["even"],
            )
        else:
            text = tr("What stood first was chosen in {first:.0%} of the answers.", first=first)
        said.append(text)
    if facts.get("flagged"):
        said.append(tr("Those in doubt are first in Review, in the order “Flagged first”."))
    return said
