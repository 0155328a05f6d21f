"""What an improvement came to, round by round: what was grown, what the dev set says, whether it is a gain."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout

from seedbed_engine.keeping.rows import RunRow
from seedbed_gui import style
from seedbed_gui.language import figure, mark, tr
from seedbed_gui.pages import numbers
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import Card, hairline, row
from seedbed_gui.pages.labels import Label, one_line

HEADINGS = (mark("Round"), mark("Kept"), mark("On the dev set"), mark("Gain, points"), mark("95 % interval"), "")
NOTHING = mark("No round is finished yet. Each is shown here as soon as it is.")


def improvement_card(run: RunRow, on_run: Callable[[int], None]) -> Card:
    """The sentence first, then the rounds; `on_run` shows one of their runs."""
    card = Card()
    said, rounds = read_rounds(run.result)
    if said:
        card.column.addWidget(Label(said, wraps=True))
    elif not rounds:
        card.column.addWidget(Label(tr(NOTHING), "quiet"))
    if rounds:
        card.column.addLayout(_grid(rounds))
    for number, each in enumerate(rounds):
        card.column.addSpacing(style.S)
        card.column.addWidget(Label(tr("Round {number}", number=number) if number else tr("Before"), "caption"))
        for wish in dict.fromkeys(each["wishes"]):
            card.column.addWidget(Label(tr("Grown: {wish}", wish=one_line(str(wish), 300)), "quiet", wraps=True))
        line = row(space=style.M)
        works = [*((growth, tr("growth")) for growth in each["growths"]), (each["training"], tr("training"))]
        for child, work in works:
            if child is not None:
                line.addWidget(
                    Button(tr("Run {child}, {work}", child=child, work=work), partial(on_run, child), "link")
                )
        line.addStretch(1)
        card.column.addLayout(line)
    return card


def read_rounds(result: str | None) -> tuple[str, list[Mapping[str, Any]]]:
    """The sentence and the rounds of a result; empty where there is nothing in it that this version can read."""
    try:
        found = json.loads(result or "{}")
        rounds = [each for each in found["rounds"] if _cells(0, each)]
        works = [(list(each["wishes"]), list(each["growths"]), each["training"]) for each in rounds]
        return str(found["said"]), rounds if works else []
    except (ValueError, KeyError, TypeError, AttributeError):
        return "", []


def _grid(rounds: Sequence[Mapping[str, Any]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, style.S, 0, 0)
    grid.setHorizontalSpacing(style.L)
    grid.setVerticalSpacing(style.S)
    for place, heading in enumerate(HEADINGS):
        grid.addWidget(Label(heading, "caption"), 0, place)
    for number, each in enumerate(rounds):
        grid.addWidget(hairline(), 2 * number + 1, 0, 1, len(HEADINGS))
        for place, cell in enumerate(_cells(number, each)):
            is_gain = place == 3 and each["is_distinguishable"]
            role = "text" if not is_gain else "good" if each["gain"] > 0 else "wrong"
            grid.addWidget(Label(cell, role), 2 * number + 2, place)
    grid.setColumnStretch(len(HEADINGS), 1)
    return grid


def _cells(number: int, each: Mapping[str, Any]) -> list[str]:
    gained, span = each["gain"], each["gain_interval"]
    return [
        str(number) if number else "before",
        figure(each["kept"], ",") if number else "",
        numbers.share(each["accuracy"]),
        "" if gained is None else numbers.points(gained),
        ""
        if span is None
        else tr("{low} to {high}", low=numbers.points(span["low"]), high=numbers.points(span["high"])),
        "" if gained is None or each["is_distinguishable"] else tr("not distinguishable"),
    ]
