"""The compare page: strategies beside each other, the sentence first, then tables with intervals and what was made."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLayout, QWidget

from seedbed_engine.keeping.published import Pairs, pairs_among, read_printed, slips
from seedbed_engine.keeping.rows import RunRow
from seedbed_engine.settings import EvaluationSettings, ExperimentSettings
from seedbed_gui import style
from seedbed_gui.language import figure, fill, mark, tr
from seedbed_gui.models.comparison import (
    HUMAN,
    UNTUNED,
    Comparison,
    Made,
    Scored,
    columns_of,
    in_words,
    read_comparison,
)
from seedbed_gui.models.heat import heat_of, read_evaluation
from seedbed_gui.pages import numbers
from seedbed_gui.pages.acts import Act
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.empty import EmptyPage
from seedbed_gui.pages.frames import Card, ScrolledColumn, clear, column, hairline, row
from seedbed_gui.pages.heat_map import HeatCard
from seedbed_gui.pages.intervals import ROW, Interval, IntervalPicture
from seedbed_gui.pages.labels import Chip, Label
from seedbed_gui.pages.open_project import Overview
from seedbed_gui.pages.page import Page
from seedbed_gui.sayings import told

EVALUATE = mark("All models, all test sets")
PAIRS = mark("The paper's pairs")
WORKS = ("experiment", "evaluate")
LOOKS = mark("Every trained model is asked every human test set of its form; each test set is looked at once more.")
PAIRS_TIP = mark(
    "Every trained model is asked its own test set and the one that the paper pairs with it; no other is looked at."
)
ALL_FIGURES = mark("All figures, on the Compare page")
NO_PAIR = mark("No two human data sets of the paper's pairs are in the project.")
TONES = {"finished": "good", "running": "amber", "failed": "wrong"}
BESIDE = (HUMAN, UNTUNED)
READ = mark(
    "Accuracy in percent with half of its 95 % interval, over test items and growths. Colour only where the interval "
    "of the difference to human data excludes zero, without correction for being several."
)
MADE = (
    mark("Data set"),
    mark("Strategy"),
    mark("Growths"),
    mark("Examples"),
    mark("Kept"),
    mark("Tokens"),
    mark("Cost"),
    mark("Drift"),
    mark("Diversity"),
)


class ComparePage(Page):
    """Shows one experiment at a time, the newest first."""

    name, title = "compare", mark("Compare")

    compare_wanted = Signal()
    evaluation_wanted = Signal(bool)  # True: only the paper's pairs

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: tuple[RunRow, ...] = ()
        self._has_trained = False
        self._pairs = Pairs()
        self._empty = EmptyPage(
            tr("Strategies beside each other"),
            tr(
                "Each strategy grows a tree of its own from the same seed, a small model is trained on each, and all "
                "are judged on the same human test set. It needs a seed and human data with a test split."
            ),
            tr("Compare strategies …"),
            self.compare_wanted.emit,
        )
        self.evaluate_first = self._empty.add_button(tr(EVALUATE), lambda: self.evaluation_wanted.emit(False))
        self.pairs_first = self._empty.add_button(tr(PAIRS), lambda: self.evaluation_wanted.emit(True))
        self._both = QWidget()
        whole = column(self._both, 0)
        whole.addLayout(self._head())
        self._story = ScrolledColumn((style.XXL, 0, style.XXL, style.XXL), style.L, tr("The experiment"))
        whole.addWidget(self._story, 1)
        layout = column(self, 0)
        layout.addWidget(self._both)
        layout.addWidget(self._empty)
        self.show_runs(())
        self._acts = (
            Act(tr(EVALUATE), self.evaluate.click, why_not=self._why_no_evaluation, also=tr(LOOKS)),
            Act(tr(PAIRS), self.pairs.click, why_not=self._why_no_pairs, also=tr(PAIRS_TIP)),
        )

    def acts(self) -> Sequence[Act]:
        return self._acts

    def _why_no_evaluation(self) -> str:
        return "" if self.evaluate.isEnabled() else tr("Train and evaluate first, and let nothing else run.")

    def _why_no_pairs(self) -> str:
        return self._why_no_evaluation() or ("" if self._pairs.found else tr(NO_PAIR))

    def show_overview(self, overview: Overview) -> None:
        self._pairs = pairs_among(overview.datasets)
        for button in (self.pairs, self.pairs_first):
            button.setVisible(bool(self._pairs.found))
        self.show_runs(overview.runs)

    def show_runs(self, found: Sequence[RunRow]) -> None:
        """Show the experiments and evaluations among the runs as they are now."""
        self._has_trained = any(run.work == "train" and run.result for run in found)
        mine = tuple(run for run in found if run.work in WORKS)
        if mine == self._runs and mine:
            return
        chosen = self.choice.currentData()
        self._runs = mine
        self._both.setVisible(bool(mine))
        self._empty.setVisible(not mine)
        self.choice.blockSignals(True)
        self.choice.clear()
        for run in mine:
            self.choice.addItem(experiment_title(run), run.id)
        self.choice.setCurrentIndex(max(0, self.choice.findData(chosen)))
        self.choice.blockSignals(False)
        self._show()

    def show_run(self, run: int) -> None:
        """Choose the experiment, or the evaluation, with this number; nothing where there is none."""
        self.choice.setCurrentIndex(max(self.choice.findData(run), 0))

    def show_acts(self, can_compare: bool) -> None:
        """Whether another experiment can be begun now, or all models be asked: where one was trained."""
        self.begin.setEnabled(can_compare)
        self._empty.button.setEnabled(can_compare)
        for button in (self.evaluate, self.evaluate_first, self.pairs, self.pairs_first):
            button.setEnabled(can_compare and self._has_trained)

    def _head(self) -> QLayout:
        line = row(space=style.M, margins=(style.XXL, style.XL, style.XXL, style.L))
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Experiment"))
        self.choice.setMinimumWidth(320)
        self.choice.currentIndexChanged.connect(lambda _: self._show())
        self.state = Chip("", "neutral")
        self.begin = Button(tr("Compare strategies …"), self.compare_wanted.emit)
        line.addWidget(self.choice)
        line.addWidget(self.state)
        line.addStretch(1)
        self.evaluate = Button(tr(EVALUATE), lambda: self.evaluation_wanted.emit(False))
        self.pairs = Button(tr(PAIRS), lambda: self.evaluation_wanted.emit(True))
        for button in (self.evaluate, self.evaluate_first):
            button.setToolTip(tr(LOOKS))
        for button in (self.pairs, self.pairs_first):
            button.setToolTip(tr(PAIRS_TIP))
        line.addWidget(self.pairs)
        line.addWidget(self.evaluate)
        line.addWidget(self.begin)
        return line

    def _show(self) -> None:
        clear(self._story.column)
        run = next((run for run in self._runs if run.id == self.choice.currentData()), None)
        if run is None:
            return
        self.state.show_word(told(run.state), TONES.get(run.state, "neutral"))
        lines = self._story.column
        if run.error:
            lines.addWidget(_said_card([told(run.error)], "wrong"))
        heat = read_evaluation(run.result) if run.work == "evaluate" else None
        found = read_comparison(run.result)
        if run.work == "evaluate":
            lines.addWidget(
                HeatCard(heat) if heat is not None else _said_card([tr("No model was asked yet.")], "quiet")
            )
        elif found is None or not (found.scores or found.makings):
            lines.addWidget(_said_card([tr("No cell is finished yet. Each is shown here as soon as it is.")], "quiet"))
        else:
            is_of_pairs = ExperimentSettings.from_json(run.settings).pairs
            for widget in _cards(found, self._pairs.said if is_of_pairs else ""):
                lines.addWidget(widget)
        lines.addStretch(1)


def experiment_title(run: RunRow) -> str:
    """An experiment, or an evaluation, in a few words."""
    if run.work == "evaluate":
        if EvaluationSettings.from_json(run.settings).pairs:
            return tr("Run {id} · the paper's pairs", id=run.id)
        return tr("Run {id} · all models, all test sets", id=run.id)
    settings = ExperimentSettings.from_json(run.settings)
    many = tr("{n:,} strategies", "{n:,} strategy", len(settings.strategies))
    seeds = tr("{n:,} growths each", "{n:,} growth each", len(settings.seed_numbers))
    return tr(
        "Run {id} · {many}, {seeds} of {target:,}", id=run.id, many=many, seeds=seeds, target=settings.growth.target
    )


def summary_card(run: RunRow, on_open: Callable[[], object]) -> Card:
    """What an experiment says, for the list of runs; `on_open` shows all of it."""
    card = Card()
    found = read_comparison(run.result)
    nothing = [] if run.work == "evaluate" else [tr("No cell is finished yet.")]
    for text in in_words(found) if found is not None and found.scores else nothing:
        card.column.addWidget(Label(text, wraps=True))
    card.column.addWidget(Button(tr(ALL_FIGURES), on_open, "link"))
    return card


def _cards(found: Comparison, pairs: str) -> list[QWidget]:
    cards: list[QWidget] = []
    if found.scores:
        cards.append(_said_card(in_words(found), "text"))
        cards.append(_score_card(tr("In distribution"), found, found.in_distribution))
        cards += [_interval_card(name, found) for name in dict.fromkeys(s.test for s in found.in_distribution)]
    heat = heat_of(found, pairs)
    if heat is not None:
        cards.append(HeatCard(heat))
    if found.out_of_distribution:
        cards.append(_score_card(tr("Out of distribution"), found, found.out_of_distribution))
    if found.makings:
        cards.append(_made_card(found.makings))
    printed = _printed_card(found)
    return [*cards, printed] if printed is not None else cards


def _said_card(said: Sequence[str], role: str) -> Card:
    card = Card()
    for text in said:
        card.column.addWidget(Label(text, role, wraps=True))
    return card


def _score_card(title: str, found: Comparison, scores: Sequence[Scored]) -> Card:
    card = Card()
    card.column.addWidget(Label(title, "strong"))
    columns = columns_of(scores)
    by_place = {(score.trained_on, score.test, score.strategy): score for score in scores}
    grid = _grid([tr("Trained on"), *(_column_name(*each) for each in columns)])
    for number, strategy in enumerate(found.strategies):
        _add_row(grid, number, [(told(strategy), "strong" if strategy == HUMAN else "text")])
        for place, each in enumerate(columns, start=1):
            score = by_place.get((*each, strategy))
            grid.addWidget(Label(*_score_said(score)), 2 * number + 2, place)
    shares = [next(s.majority for s in scores if (s.trained_on, s.test) == each) for each in columns]
    last = [(tr("always the same answer"), "quiet"), *((numbers.share(share), "quiet") for share in shares)]
    _add_row(grid, len(found.strategies), last)
    card.column.addLayout(grid)
    card.column.addWidget(Label(tr(READ), "small", wraps=True))
    return card


def _score_said(score: Scored | None) -> tuple[str, str]:
    """A cell and its role; a model that collapsed is said in words, so that no colour has to."""
    if score is None:
        return "\N{EN DASH}", "quiet"
    text = f"{numbers.share(score.accuracy)} ± {figure(50 * (score.high - score.low), '.1f')}"
    if score.collapsed:
        text += " · " + tr("one answer for nearly all")
    if score.over_human is None or score.over_human[0] <= 0 <= score.over_human[1]:
        return text, "text"
    return text, "good" if score.over_human[0] > 0 else "wrong"


def _interval_card(name: str, found: Comparison) -> Card:
    card = Card()
    scores = [score for score in found.in_distribution if score.test == name]
    card.column.addWidget(Label(tr("{name} · accuracy, % · always the same answer dashed", name=name), "quiet"))
    names = column(space=0)
    for score in scores:
        label = Label(told(score.strategy), "strong" if score.strategy == HUMAN else "text")
        label.setFixedHeight(ROW)
        names.addWidget(label)
    names.addStretch(1)
    picture = IntervalPicture()
    picture.head = 0
    picture.setMaximumWidth(640)
    rows = [
        Interval(told(s.strategy), s.accuracy, s.low, s.high, s.strategy not in BESIDE, s.strategy == HUMAN)
        for s in scores
    ]
    picture.show_rows(rows, scores[0].majority)
    both = row(space=style.L)
    both.addLayout(names)
    both.addWidget(picture, 1)
    both.addStretch(1)
    card.column.addLayout(both)
    return card


def _made_card(makings: Sequence[Made]) -> Card:
    card = Card()
    card.column.addWidget(Label(tr("What was made"), "strong"))
    grid = _grid([tr(name) for name in MADE])
    for number, made in enumerate(makings):
        _add_row(grid, number, [(cell, "text") for cell in _made_cells(made)])
    card.column.addLayout(grid)
    for text in dict.fromkeys(said for made in makings for said in made.why_not):
        card.column.addWidget(Label(tr("Not trained: {why}", why=told(text)), "amber", wraps=True))
    return card


def _made_cells(made: Made) -> list[str]:
    return [
        made.dataset,
        told(made.strategy),
        figure(made.growths, ","),
        figure(made.examples, ",.0f"),
        "" if made.kept_share is None else fill("{kept_share:.0f} %", kept_share=100 * made.kept_share),
        figure(made.tokens, ",.0f"),
        numbers.money(made.usd),
        "" if made.drift is None else figure(made.drift, ".2f"),
        "" if made.diversity is None else figure(made.diversity, ".2f"),
    ]


def _printed_card(found: Comparison) -> Card | None:
    """What the paper printed for data sets of these names."""
    wanted = columns_of(found.scores)
    printed = [each for each in read_printed() if (each.trained_on, each.test) in wanted]
    if not printed:
        return None
    card = Card()
    card.column.addWidget(Label(tr("What the paper printed, for data of gpt-3.5-turbo and RoBERTa-large"), "strong"))
    grid = _grid([tr("Trained on"), *(_column_name(each.trained_on, each.test) for each in printed)])
    for number, strategy in enumerate(printed[0].accuracies):
        cells = [(numbers.share(each.accuracies[strategy]), "text") for each in printed]
        _add_row(grid, number, [(told(strategy), "text"), *cells])
    card.column.addLayout(grid)
    card.column.addWidget(Label(slips(), "small", wraps=True))
    return card


def _column_name(trained_on: str, test: str) -> str:
    return trained_on if trained_on == test else f"{trained_on} → {test}"


def _grid(headings: Sequence[str]) -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, style.S, 0, 0)
    grid.setHorizontalSpacing(style.L)
    grid.setVerticalSpacing(style.S)
    grid.setColumnMinimumWidth(0, 140)
    for place, heading in enumerate(headings):
        grid.addWidget(Label(heading, "caption"), 0, place)
    grid.setColumnStretch(len(headings), 1)
    return grid


def _add_row(grid: QGridLayout, number: int, cells: Sequence[tuple[str, str]]) -> None:
    grid.addWidget(hairline(), 2 * number + 1, 0, 1, grid.columnCount())
    for place, (text, role) in enumerate(cells):
        grid.addWidget(Label(text, role), 2 * number + 2, place)
