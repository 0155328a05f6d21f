import json
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from seedbed_engine.events import Progress, Said, Trained
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings, TrainingSettings
from seedbed_gui.main_window import MainWindow
from seedbed_gui.models.verdict import read_verdict
from seedbed_gui.pages import intervals, numbers
from seedbed_gui.pages.curves import CurveChart
from seedbed_gui.pages.intervals import SIDE, Interval, IntervalPicture
from seedbed_gui.pages.matrix import ConfusionMatrix
from seedbed_gui.pages.sidebar import dataset_lines
from seedbed_gui.pages.status_bar import StatusBar, account_line
from seedbed_gui.pages.verdict_panel import VerdictPanel

ROW = {"examples": 60, "interval": {"low": 0.47, "high": 0.57}, "seeds": 3, "sd": 0.02, "macro_f1": 0.5}
VERDICT = {
    "headline": "Not distinguishable from <human> data",
    "sentence": "Created data scores 1.5 points above.",
    "notes": ["The test set has now been looked at once."],
    "test_name": "the human test set mine",
    "test_items": 400,
    "is_human_test": True,
    "rows": [
        {**ROW, "model": "created", "name": "Created data", "accuracy": 0.521, "is_collapsed": False},
        {**ROW, "model": "human", "name": "Human data", "accuracy": 0.506, "is_collapsed": True},
    ],
    "comparisons": [
        {
            "name": "human data",
            "difference": 0.115,
            "interval": {"low": 0.05, "high": 0.17},
            "p_value": 0.0004,
            "is_distinguishable": True,
        },
        {
            "name": "nothing",
            "difference": -0.01,
            "interval": {"low": -0.05, "high": 0.03},
            "p_value": 0.6,
            "is_distinguishable": False,
        },
    ],
    "majority_share": 0.5,
    "labels": ["yes", "no"],
    "confusion": [[110, 90], [100, 100]],
}
PROGRESS = Progress(
    run=1, target=60, asked=126, surplus=0, kept=97, discarded=21, missing=0, failed=3, waiting=5,
    tokens=41_200, usd=0.06, seconds_left=40.0, calls=24,
    tokens_a_minute=8_000.0, usd_a_minute=0.0123, tokens_at_end=52_000, usd_at_end=0.0757,
)  # fmt: skip


def finished_training(store: Store, result: dict[str, object]) -> int:
    run = runs.add_run(store, "train", TrainingSettings().to_json(), 1)
    for step in range(1, 5):
        runs.add_curve_point(store, run, "created", 1, step, 4, 1.0 / step, 0.5 if step == 4 else None)
    runs.end_run(store, run, "finished", result=json.dumps(result))
    return run


def texts_of(widget: object) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel)}  # type: ignore[attr-defined]


# runs


def test_a_verdict_is_a_sentence_first_then_its_table(qtbot: QtBot) -> None:
    verdict = read_verdict(json.dumps(VERDICT))
    assert verdict is not None
    panel = VerdictPanel(verdict)
    qtbot.addWidget(panel)
    assert panel.headline.text() == "Not distinguishable from <human> data"
    assert {"52.1", "47.0 \N{EN DASH} 57.0", "3 × 2.0", "+11.5", "< 0.001", "not distinguishable"} <= texts_of(panel)
    assert "Human data: one answer for nearly all items." in texts_of(panel)
    assert "not a human test" not in texts_of(panel)


def test_colour_is_only_where_the_interval_excludes_zero(qtbot: QtBot) -> None:
    verdict = read_verdict(json.dumps(VERDICT))
    assert verdict is not None
    panel = VerdictPanel(verdict)
    qtbot.addWidget(panel)
    roles = {label.text(): label.property("role") for label in panel.findChildren(QLabel)}
    assert roles["+11.5"] == "good"
    assert roles["\N{MINUS SIGN}1.0"] == "text"


def test_held_out_branches_are_called_no_human_test(qtbot: QtBot) -> None:
    verdict = read_verdict(json.dumps({**VERDICT, "is_human_test": False}))
    assert verdict is not None
    panel = VerdictPanel(verdict)
    qtbot.addWidget(panel)
    assert "not a human test" in texts_of(panel)


@pytest.mark.parametrize("result", [None, "", "{}", "[1]", '"text"', '{"headline": 1}', '{"account": {}}'])
def test_a_result_that_is_no_verdict_is_none(result: str | None) -> None:
    assert read_verdict(result) is None


def test_a_finished_training_is_shown_with_curve_and_verdict(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.project is not None
    run = finished_training(opened.project.store, VERDICT)
    opened.show_page("runs")
    qtbot.waitUntil(lambda: len(opened.project.overview.runs) == 2, timeout=10_000)  # type: ignore[union-attr]
    opened.runs.choose(run)
    qtbot.waitUntil(lambda: bool(opened.runs.findChildren(VerdictPanel)), timeout=10_000)
    assert opened.runs.curve.lines["created", 1].accuracy == [(1.0, 0.5)]
    assert opened.runs.whereabouts() == ["Runs", "Run 2 · training"]
    opened.grab()


def test_a_growth_is_shown_with_the_line_that_adds_up(qtbot: QtBot, opened: MainWindow) -> None:
    opened.show_page("runs")
    qtbot.waitUntil(lambda: "6 examples kept" in texts_of(opened.runs), timeout=10_000)


def test_a_failed_run_says_why(qtbot: QtBot, opened: MainWindow) -> None:
    assert opened.project is not None
    store = opened.project.store
    run = runs.add_run(store, "grow", GrowthSettings().to_json(), 1)
    runs.end_run(store, run, "failed", error="The server is <down>.")
    opened.show_page("runs")
    qtbot.waitUntil(lambda: len(opened.project.overview.runs) == 2, timeout=10_000)  # type: ignore[union-attr]
    opened.runs.choose(run)
    qtbot.waitUntil(lambda: "The server is <down>." in texts_of(opened.runs), timeout=10_000)


def test_an_empty_runs_page_says_what_to_do(qtbot: QtBot, studio: MainWindow) -> None:
    studio.opener.open_sample("creak", None, with_tree=False)
    qtbot.waitUntil(lambda: studio.seed is not None, timeout=10_000)
    studio.show_page("runs")
    assert studio.runs._empty.isVisible()
    studio.show_page("log")
    assert studio.log._empty.isVisible()


# the log


def test_the_log_lists_requests_and_shows_one_in_full(qtbot: QtBot, opened: MainWindow) -> None:
    opened.show_page("log")
    qtbot.waitUntil(lambda: len(opened.log.table.rows.rows) == 2, timeout=10_000)
    opened.log.table.selectRow(0)
    qtbot.waitUntil(lambda: opened.log.details.isVisible(), timeout=10_000)
    assert opened.log.details.title.text() == "Request 2"
    assert opened.log.details.reply.toPlainText() == "<b>reply 1</b>"
    assert opened.log.details.prompt.toPlainText() == "user:\nWrite three more, call 1."


# the status bar


def test_the_line_that_adds_up_is_written_out() -> None:
    said = account_line(PROGRESS, 1.0)
    parts = [part.strip() for part in said.split("·")]
    assert parts[0] == "126 asked = 97 kept + 21 discarded + 3 failed + 5 waiting"
    spent = "$0.060 of about $0.076, budget $1.00"
    assert parts[1:] == ["41.2k tokens", spent, "$0.012 a minute", "about 40 s left"]
    free = account_line(replace(PROGRESS, usd=0.0), None)
    assert "41.2k of about 52.0k tokens   ·   8,000 tokens a minute   ·   about 40 s left" in free


def test_the_status_bar_shows_a_run_and_its_end(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.show_start("Growing from #48", 1.0)
    bar.show_event(Said(1, "Starting the creator."))
    assert bar.line.text() == "Starting the creator."
    bar.show_event(PROGRESS)
    assert bar.progress.share == 1.0
    assert bar.stop.isVisible()
    bar.show_stopping()
    assert bar.stop.text() == "Stop now"
    bar.show_nothing()
    assert bar.what.text() == "Nothing is running"
    assert not bar.stop.isVisible()


def test_a_training_says_how_far_it_is(qtbot: QtBot) -> None:
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.show_start("Training", None, training_seeds=(11, 12, 13))
    bar.show_event(Trained(1, "human", 12, 8, 16, 0.5, 0.562, 75.0, 5.0))
    assert bar.progress.share is not None
    assert bar.progress.share < 0.1
    assert bar.line.text().startswith("human data, seed 2 of 3")
    assert "accuracy 56.2 %" in bar.line.text()


# pictures and numbers


def test_the_scale_of_the_picture_holds_all_intervals(qtbot: QtBot) -> None:
    picture = IntervalPicture()
    qtbot.addWidget(picture)
    picture.show_rows([Interval("a", 0.71, 0.64, 0.78, is_created=True), Interval("b", 0.5, None, None)], 0.42)
    low, high = picture.scale()
    assert low <= 0.42
    assert high >= 0.78
    picture.resize(300, picture.height())
    assert not picture.grab().isNull()


def test_the_picture_below_its_table_has_names_of_its_own(qtbot: QtBot) -> None:
    verdict = read_verdict(json.dumps(VERDICT))
    assert verdict is not None
    panel = VerdictPanel(verdict)
    qtbot.addWidget(panel)
    panel.resize(700, 900)
    panel.show()
    picture = panel.picture
    qtbot.waitUntil(picture.isVisible, timeout=10_000)
    assert picture.names() == [row.name for row in verdict.rows]
    below = picture.plot()
    assert below.left() > SIDE + 40
    image = picture.grab(QRect(0, int(below.top()), int(below.left()) - SIDE, int(below.height()))).toImage()
    spots = [(x, y) for y in range(image.height()) for x in range(image.width())]
    written = {y // intervals.ROW for x, y in spots if dark(image.pixelColor(x, y))}
    assert len(written) == len(verdict.rows)  # something is written in each row
    panel.resize(1000, 900)
    qtbot.waitUntil(lambda: picture.names() == [], timeout=10_000)
    assert picture.plot().left() == SIDE


def dark(colour: QColor) -> bool:
    return colour.lightness() < 120


def test_a_name_that_is_too_long_is_cut_in_its_middle(qtbot: QtBot) -> None:
    picture = IntervalPicture()
    qtbot.addWidget(picture)
    picture.show_rows([Interval("Always answering “" + "certainly " * 9 + "not”", 0.7, 0.6, 0.8)], None)
    picture.show_names(True)
    picture.resize(400, picture.height())
    assert "…" in picture.names()[0]
    assert picture.names()[0].startswith("Always")
    assert picture.names()[0].endswith("not”")
    assert picture.plot().width() > 0.4 * 400


def test_charts_of_nothing_are_drawn_too(qtbot: QtBot) -> None:
    for widget in (IntervalPicture(), CurveChart(), ConfusionMatrix()):
        qtbot.addWidget(widget)
        widget.resize(300, 200)
        assert not widget.grab().isNull()


def test_a_training_that_starts_anew_draws_its_line_anew(qtbot: QtBot) -> None:
    chart = CurveChart()
    qtbot.addWidget(chart)
    for step in (1, 2, 3, 1):
        chart.add("created", 1, step, 3, 0.5, None)
    assert chart.lines["created", 1].loss == [(1 / 3, 0.5)]


def test_money_and_time_have_their_units() -> None:
    assert [numbers.money(usd) for usd in (None, 0, 0.0011, 0.06, 12.5)] == [
        "price not known", "$0", "$0.0011", "$0.060", "$12.50",
    ]  # fmt: skip
    assert [numbers.seconds_left(s) for s in (None, 41.0, 300.0, 7200.0)] == [
        "", "about 40 s left", "about 5 min left", "about 2.0 h left",
    ]  # fmt: skip
    assert numbers.points(-0.057) == "\N{MINUS SIGN}5.7"


def test_a_sealed_test_split_says_how_often_it_was_looked_at(tmp_path: Path) -> None:
    from seedbed_engine.keeping.rows import DatasetRow

    dataset = DatasetRow(1, "bioasq", None, None, True, 2, 670, 0, 140)
    assert dataset_lines(dataset) == [
        ("bioasq · test (sealed)", "140 · looked at twice"),
        ("bioasq · train", "670 examples"),
    ]
