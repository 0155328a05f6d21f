"""Train sets and test sets as a map: read, coloured only where something was found, made by a real run."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from seedbed_gui import style
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.comparison import HUMAN, Comparison, Scored
from seedbed_gui.models.heat import CONSTANT, Heat, HeatCell, heat_of, read_evaluation
from seedbed_gui.pages.heat_map import HeatCard, HeatMap, under
from seedbed_gui.pages.labels import Label

FOUND = HeatCell(0.8, 0.7, 0.9, 60, 0.3, (0.2, 0.4), True, True, False)
WORSE = replace(FOUND, over=-0.3, span=(-0.4, -0.2))
EQUAL = replace(FOUND, over=0.29, span=(-0.01, 0.5), is_distinguishable=False, is_own=False)


def a_map(*cells: HeatCell | None) -> Heat:
    found = {
        "columns": [{"dataset": f"set {n}", "items": 60, "majority": 0.5, "looks": n} for n in range(len(cells))],
        "rows": [{"model": 1, "run": 2, "name": "created", "cells": [_plain(cell) for cell in cells]}],
    }
    heat = read_evaluation(json.dumps(found))
    assert heat is not None
    return heat


def _plain(cell: HeatCell | None) -> dict[str, Any] | None:
    if cell is None or cell.span is None:
        return None
    spans = {"interval": (cell.low, cell.high), "over_interval": cell.span}
    plain = {name: {"low": low, "high": high} for name, (low, high) in spans.items()}
    facts = {"is_own": cell.is_own, "is_collapsed": cell.is_collapsed, "is_distinguishable": cell.is_distinguishable}
    return {
        **plain,
        **facts,
        "dataset": "set 0",
        "accuracy": cell.accuracy,
        "items": cell.items,
        "over_majority": cell.over,
    }


@pytest.mark.parametrize("dark", [False, True])
def test_only_what_is_distinguishable_has_a_colour_and_texts_stay_readable(
    qtbot: QtBot, qapp: QApplication, dark: bool
) -> None:
    style.apply(qapp, dark=dark)
    shown = HeatMap(a_map(FOUND, WORSE, EQUAL, None))
    qtbot.addWidget(shown)
    grounds = [shown.ground(cell).name() for cell in shown.heat.rows[0].cells]
    assert grounds[2] == grounds[3] == style.current().hover
    assert len(set(grounds[:3])) == 3
    for ground in grounds:
        assert style.contrast(style.current().text, ground) >= 4.5
    style.apply(qapp, dark=False)


def test_a_cell_says_its_intervals_and_what_it_is_set_against(qtbot: QtBot) -> None:
    shown = HeatMap(a_map(FOUND, EQUAL, None))
    qtbot.addWidget(shown)
    assert shown.said(0, 0) == (
        "Created data · run 2 on set 0, in distribution: 80.0 % of 60 right (95 % interval 70.0 to 90.0); "
        "+30.0 points against always the same answer (+20.0 to +40.0)"
    )
    assert "out of distribution" in shown.said(0, 1)
    assert "not distinguishable" in shown.said(0, 1)
    assert "not asked" in shown.said(0, 2)
    assert [under(cell) for cell in (FOUND, WORSE, EQUAL)] == ["+30.0", "\N{MINUS SIGN}30.0", "not distinguishable"]
    assert "one answer" in under(replace(FOUND, is_collapsed=True))


def test_cells_are_pointed_at_by_pointer_and_keys(qtbot: QtBot) -> None:
    shown = HeatMap(a_map(FOUND, EQUAL))
    qtbot.addWidget(shown)
    shown.resize(700, shown.height())
    told: list[str] = []
    shown.pointed.connect(told.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(shown, key)
    assert told == [shown.said(0, 0), shown.said(0, 1)]
    qtbot.mouseMove(shown, shown.cell(0, 0).center().toPoint())
    assert shown.grab().width() == 700


def test_an_experiment_on_several_data_sets_is_a_map_too() -> None:
    def score(trained_on: str, strategy: str, test: str, accuracy: float, over: tuple[float, float] | None) -> Scored:
        return Scored(trained_on, strategy, test, accuracy, 0.4, 0.9, 0.5, 60, 3, 0, over, None)

    scores = [score(a, HUMAN, b, 0.6, None) for a in ("one", "two") for b in ("one", "two")]
    scores += [score("one", "tree", "one", 0.8, (0.1, 0.3)), score("one", "tree", "two", 0.7, (-0.1, 0.3))]
    heat = heat_of(Comparison(("tree", HUMAN), tuple(scores), ()))
    assert heat is not None
    assert [row.name for row in heat.rows] == ["one · tree", "one · human", "two · human"]
    first, second = heat.rows[0].cells
    assert first is not None
    assert second is not None
    assert first.over == pytest.approx(0.2)
    assert (first.is_own, first.is_distinguishable) == (True, True)
    assert (second.is_own, second.is_distinguishable) == (False, False)
    assert heat_of(Comparison(("tree",), (scores[4],), ())) is None


def test_a_map_of_the_papers_pairs_says_which_are_missing(qtbot: QtBot) -> None:
    said = "Of the paper's 10 pairs 1 is here: one <b>. Missing: two."
    card = HeatCard(replace(a_map(FOUND, None), pairs=said))
    qtbot.addWidget(card)
    assert said in [label.text() for label in card.findChildren(Label)]
    assert card.map.said(0, 1).endswith("not asked, no pair of the paper")
    plain = HeatCard(a_map(FOUND, None))
    qtbot.addWidget(plain)
    assert plain.map.said(0, 1).endswith("not asked, the form is another")
    assert read_evaluation('{"columns": [], "rows": [], "pairs": "here"}') == Heat((), (), CONSTANT, "here")


@pytest.mark.parametrize("result", [None, "", "{}", "[]", '{"columns": [{}], "rows": []}', '{"columns": 1}'])
def test_a_result_that_is_no_map_is_none(result: str | None) -> None:
    assert read_evaluation(result) is None


def test_all_models_are_asked_all_test_sets_by_a_run_of_its_own(
    qtbot: QtBot, studio: MainWindow, judged_file: Path, tmp_path: Path
) -> None:
    shutil.copytree(judged_file.with_suffix(".models"), tmp_path / "animals.models")
    studio.open_path(Path(shutil.copy(judged_file, tmp_path)))
    qtbot.waitUntil(lambda: studio.compare.evaluate_first.isEnabled(), timeout=10_000)
    studio.compare.evaluate_first.click()
    qtbot.waitUntil(lambda: studio.page == "compare" and bool(studio.compare.findChildren(HeatMap)), timeout=120_000)
    shown = studio.compare.findChildren(HeatMap)[0]
    assert [name for name, _ in shown.heat.columns] == ["human", "truths"]
    assert [remark for _, remark in shown.heat.columns] == ["40 items · looked at twice", "20 items · looked at once"]
    own, other = shown.heat.rows[0].cells
    assert own is not None
    assert other is not None
    assert (own.is_own, other.is_own) == (True, False)
    assert other.is_distinguishable
    assert shown.ground(other).name() != style.current().hover
