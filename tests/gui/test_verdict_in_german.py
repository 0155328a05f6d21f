"""Real verdicts of the engine, told in German: no sentence, no name of a row and no figure stays English."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example
from seedbed_engine.settings import TrainingSettings
from seedbed_gui import language
from seedbed_gui.models.verdict import Verdict, read_verdict
from seedbed_gui.pages.verdict_panel import VerdictPanel
from seedbed_gui.sayings import told

LABELS = ("ja", "nein")
ITEMS = 200
ENGLISH = re.compile(
    r"\b(it is|above|below|the|answers?|answering|human|data|looked|correction|points?|items?|always|than|twice|once|"
    r"times|held|out|branch|branches|early|stopping|epochs?|created|trained|judged|seeds?|taking|question|without|same|"
    r"all|not|untuned|head|examples?|comparison|train on|flattered|rate|before|after)\b",
    re.IGNORECASE,
)


@pytest.fixture(autouse=True)
def german(qapp: QApplication) -> Iterator[None]:
    before = QLocale()
    language.begin("de")
    yield
    language.begin("en")
    QLocale.setDefault(before)


def items(is_choice: bool = False, many: int = ITEMS, what: str = "Frage") -> list[Any]:
    from seedbed_engine.learning.items import LearningItem

    options = [(f"a{n}", f"b{n}", f"c{n}") if is_choice else LABELS for n in range(many)]
    return [LearningItem(n + 1, Example(f"{what} {n}?", o, o[n * 7 % 10 < 4])) for n, o in enumerate(options)]


def answers(model: str, name: str, right: float, examples: int | None = None, is_choice: bool = False) -> Any:
    """A model that is right on this share of the items; 0: it gives one answer to all of them."""
    from seedbed_engine.learning.weighing import Answers

    asked = items(is_choice)
    at = [item.example.answer_index for item in asked]
    chosen = [a if n * 37 % 100 < 100 * right else (a + 1) % 2 for n, a in enumerate(at)] if right else [0] * len(at)
    shares = [[float(place == one) for place in range(len(asked[0].example.options))] for one in chosen]
    return Answers(model, name, examples, asked, [shares, shares])


def verdict_of(*found: Any, name: str = "the human test set humtest", human: bool = True, notes: Any = ()) -> str:
    from seedbed_engine.learning.items import infer_form
    from seedbed_engine.learning.weighing import weigh

    trained = [item for item in items(found[0].items[0].example.options[0] != "ja") if item.example.answer_index == 0]
    form = infer_form([item.example for item in found[0].items], ())
    return weigh(form, found, trained, name, human, notes).to_json()


def created(right: float, is_choice: bool = False) -> Any:
    return answers("created", "created data", right, 90, is_choice)


def shortcut(name: str, right: float, is_choice: bool = False) -> Any:
    from seedbed_engine.learning.shortcuts import SHORTCUTS

    return answers(name, SHORTCUTS[name], right, None, is_choice)


def notes_of(looks: int, human: int) -> tuple[str, ...]:
    """The remarks of what is trained on, as the engine makes them."""
    from seedbed_engine.learning.material import LearningTask, gather

    task = LearningTask(
        items(), TrainingSettings(), Path(), items(many=human, what="Aussage"), items(), LABELS, looks=looks
    )
    return gather(task).notes


@cache
def verdicts() -> dict[str, str]:
    from seedbed_engine.learning.judging import FOLLOWS
    from seedbed_engine.learning.shortcuts import SHORTCUTS
    from seedbed_engine.learning.trial import NO_TEST
    from seedbed_engine.learning.wording import epochs_said

    human, frozen = (
        answers("human", "human data", 0.8, 90),
        answers("frozen", "created data, linear head alone", 0.55, 90),
    )
    everything = answers("all human", "human data, all", 0.9, 4000)
    untuned = answers("untuned", "untuned encoder", 0.4, None, True)
    early = [epochs_said("created data", [3], 8, 20), epochs_said("human data, all", [2, 5], 8, 20)]
    held = "40 created examples that were held out (5 branches of 20, not approved)"
    approved = "1,240 approved examples that were held out (1 branch of 20)"
    dev = "the dev set (humtest, dev split)"
    return {
        "human": verdict_of(created(0.7), human, frozen, notes=early),
        "fewer human": verdict_of(created(0.7), answers("human", "human data", 0.7, 60), frozen, notes=[FOLLOWS]),
        "all human": verdict_of(created(0.85), human, everything, frozen),
        "collapse": verdict_of(created(0), human, answers("all human", "human data, all", 0, 4000), frozen),
        "no human test": verdict_of(created(0.8), frozen, name=held, human=False),
        "no human test, approved": verdict_of(created(0.8), frozen, name=approved, human=False),
        "held out before": verdict_of(
            created(0.8), frozen, name="40 created examples that were held out before", human=False
        ),
        "dev": verdict_of(created(0.8), frozen, name=dev, notes=[NO_TEST]),
        "choice": verdict_of(created(0.7, True), untuned, shortcut("longest option", 0.5, True)),
        **{f"shortcut {one}": verdict_of(created(0.7), frozen, shortcut(one, 0.75)) for one in SHORTCUTS},
        **{f"looked {looks}": verdict_of(created(0.7), frozen, notes=notes_of(looks, 0)) for looks in (1, 2, 5)},
        "few human": verdict_of(created(0.7), frozen, notes=notes_of(1, 12)),
        "too few human": verdict_of(created(0.7), frozen, notes=notes_of(1, 4)),
    }


def told_of(verdict: Verdict) -> list[str]:
    names = [*(row.name for row in verdict.rows), *(each.name for each in verdict.comparisons)]
    return [verdict.headline, verdict.sentence, *verdict.notes, verdict.test_name, *names]


def english_in(said: str) -> bool:
    """Whether a word or a figure is not German (1.240 is)."""
    return (
        ENGLISH.search(said.replace("Bag of Words", "")) is not None or re.search(r"\d\.\d(?!\d\d)", said) is not None
    )


def test_each_verdict_is_wholly_german() -> None:
    told_ones = {which: told_of(verdict) for which, json in verdicts().items() if (verdict := read_verdict(json))}
    assert set(told_ones) == set(verdicts())
    assert [(which, said) for which, texts in told_ones.items() for said in texts if english_in(said)] == []


def test_what_was_mixed_is_told_in_one_language() -> None:
    said = told("It is 8.6 points below always answering “yes” (p = 0.39, p = 0.78 after Holm's correction).")
    assert said == "Und sie liegen 8,6 Punkte unter „immer „yes“ antworten“ (p = 0,39, p = 0,78 nach Holms Korrektur)."
    names = [row.name for row in read_verdict(verdicts()["shortcut prior"]).rows]  # type: ignore[union-attr]
    assert names[0] == "Erzeugte Daten"
    assert all(name[0].isupper() for name in names)


def test_the_remark_on_tried_learning_rates_is_german() -> None:
    from seedbed_engine.learning.search import Tried, _remark

    found = [Tried(1e-05, 0.5, 0.7), Tried(2e-05, 0.62, 0.6), Tried(5e-05, 0.62, 0.61)]
    for said in (_remark(found[1], found, 50), _remark(found[1], found[:2], 50)):
        assert not ENGLISH.search(told(said)), told(said)  # its rates are written as they are set


def test_the_panel_of_a_verdict_is_german(qtbot: QtBot) -> None:
    verdict = read_verdict(verdicts()["human"])
    assert verdict is not None
    panel = VerdictPanel(verdict)
    qtbot.addWidget(panel)
    texts = [label.text() for label in panel.findChildren(QLabel)]
    assert "< 0,001" in texts
    assert [text for text in texts if english_in(text)] == []
