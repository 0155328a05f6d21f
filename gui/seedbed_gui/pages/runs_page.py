"""The runs page: the list of runs; the chosen one with its live curve, its verdict, or what it grew."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QWidget

from seedbed_engine.asking.batches import waiting_in_words
from seedbed_engine.events import Event, Progress, Trained
from seedbed_engine.keeping import runs, spending
from seedbed_engine.keeping.rows import BatchRow, RunRow
from seedbed_engine.keeping.spending import Sums
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings
from seedbed_gui import style
from seedbed_gui.language import fill, inside, mark, tr
from seedbed_gui.models.mistakes import Answers, Mistakes, read_answers, read_mistakes
from seedbed_gui.models.verdict import read_verdict
from seedbed_gui.pages.branches_card import WHY, branches_card
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.compare_page import summary_card
from seedbed_gui.pages.curves import CurveChart
from seedbed_gui.pages.empty import EmptyPage
from seedbed_gui.pages.errors_panel import ErrorsPanel
from seedbed_gui.pages.frames import Card, ScrolledColumn, clear, column, row
from seedbed_gui.pages.growth_card import Figures, GrowthCard, read_figures
from seedbed_gui.pages.improvement_card import improvement_card
from seedbed_gui.pages.labels import Chip, Label
from seedbed_gui.pages.mending_card import NAMES, mending_card, mending_title
from seedbed_gui.pages.open_project import OpenProject, Overview
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.run_desk import GOES_ON, RESUMED
from seedbed_gui.pages.tables import Table
from seedbed_gui.pages.try_it import TryIt
from seedbed_gui.pages.verdict_panel import VerdictPanel
from seedbed_gui.sayings import told

LIST_WIDTH = 272
FOLLOWS_MS = 1000  # the figures of a run that goes on are read at most this often
WORK = {
    "grow": mark("Growth"),
    "train": mark("Training"),
    "experiment": mark("Experiment"),
    "evaluate": mark("Evaluation"),
}
WORK |= {"improve": mark("Improvement"), "leave-out": mark("Which branch helped")}
WAITS = "waits"
NEED_NOT_WAIT = mark(
    "The studio need not be open meanwhile: it looks when the project is opened, and every ten minutes."
)
CUT_SHORT = mark(
    "Finished trainings are kept; the one that was cut short goes on from its last saved epoch, or begins again where "
    "that was a few seconds."
)
TONES = {WAITS: "amber", "finished": "good", "running": "amber", "failed": "wrong"}
Points = list[tuple[str, int, int, int, float, float | None]]


@dataclass(frozen=True, slots=True)
class Story:
    """All that is shown of one run."""

    run: RunRow
    points: Points
    figures: Figures
    sums: Sums
    models: tuple[tuple[int, str], ...] = ()  # trained by it: number, name
    mistakes: tuple[Mistakes, ...] = ()
    answers: Answers = Answers()


class RunsPage(Page):
    """A list at the left, one run in full at the right."""

    name, title = "runs", mark("Runs")

    train_wanted = Signal()
    go_on_wanted = Signal(int)
    leave_out_wanted = Signal(int, int)  # of this training run, on this seed
    fetch_wanted = Signal(int)
    cancel_wanted = Signal(int)
    preview_wanted = Signal(int)  # what a rewriting would change
    rounds_wanted = Signal(int)  # seed: to be grown where it is weak, in rounds
    grow_wanted = Signal(tuple, str, int)  # parents, what the new examples should be, seed
    comparison_wanted = Signal(int)  # all figures of this run

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._project: OpenProject | None = None
        self._runs: tuple[RunRow, ...] = ()
        self._waiting: tuple[BatchRow, ...] = ()
        self._shown: int | None = None
        self.curve = CurveChart()
        self.trial: TryIt | None = None
        self.growth: GrowthCard | None = None
        self._mending: Card | None = None  # what the shown run mended, if it is of that kind
        self._figures_soon = QTimer(self, interval=FOLLOWS_MS, singleShot=True)
        self._figures_soon.timeout.connect(self._read_figures)
        self._empty = EmptyPage(
            tr("No run yet"),
            tr("Grow a tree, then train and evaluate: each run with its settings and its result is kept here."),
        )
        self._both = QWidget()
        both = row(self._both, 0)
        both.addWidget(self._list())
        self._story = ScrolledColumn((style.XXL, style.XXL, style.XXL, style.XXL), style.L, tr("The run"))
        both.addWidget(self._story, 1)
        layout = column(self, 0)
        layout.addWidget(self._both)
        layout.addWidget(self._empty)
        self._show_runs(())

    def set_project(self, project: OpenProject | None) -> None:
        """Show the runs of another project."""
        self._project, self._shown, self._waiting = project, None, ()
        self._clear_story()
        self._show_runs(())

    def show_overview(self, overview: Overview) -> None:
        self.show_runs(overview.runs)

    def show_runs(self, found: tuple[RunRow, ...]) -> None:
        """Show the list as it is now; the chosen run is read anew where its row has changed."""
        if found == self._runs:
            return
        before = {run.id: run for run in self._runs}
        self._show_runs(found)
        shown = next((run for run in found if run.id == self._shown), None)
        if self._shown is None and found:
            self.choose(found[0].id)
        elif shown is not None and _state(shown) != _state(before.get(shown.id)):
            self.choose(shown.id)
        elif shown is not None and shown.progress != before[shown.id].progress:
            self._follow_figures()

    def show_waiting(self, waiting: tuple[BatchRow, ...]) -> None:
        """Show which runs wait for a batch."""
        if waiting != self._waiting:
            self._waiting = waiting
            self._show_runs(self._runs)
            if self._shown is not None:
                self.choose(self._shown)

    def choose(self, run: int) -> None:
        """Show one run in full."""
        self._shown = run
        self._mark()
        if self._project is not None:
            self._project.read(lambda store: read_story(store, run), self._show_story, owner=self)

    def follow(self, run: int) -> None:
        """A run begins: it is shown as soon as its row is read, a training with its curve."""
        self._shown = run
        self.curve.clear()
        self.choose(run)

    def is_seen(self, run: int) -> bool:
        """Whether a run is what the person sees now."""
        return self.isVisible() and self._shown == run

    def hear(self, event: Event) -> None:
        """A run says something: the curve grows while it is shown, its figures follow."""
        if isinstance(event, Trained) and event.run == self._shown:
            self.curve.add(event.model, event.training_seed, event.step, event.steps, event.loss, event.accuracy)
        elif isinstance(event, Progress) and event.run == self._shown:
            self._follow_figures()

    def showEvent(self, event: QShowEvent) -> None:
        """What went on meanwhile is caught up with."""
        super().showEvent(event)
        self._follow_figures()

    def whereabouts(self) -> list[str]:
        run = next((run for run in self._runs if run.id == self._shown), None)
        return [tr(self.title)] if run is None else [tr(self.title), run_title(run)]

    def count_of(self, overview: Overview) -> int:
        return len(overview.runs)

    def _list(self) -> QWidget:
        side = QFrame()
        side.setObjectName("list")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(LIST_WIDTH)
        self.table = Table(tr("Runs"), (tr("Run"), tr("What"), tr("State")), tr("What"))
        self.table.set_widths(c0=52, c2=84)
        self.table.row_chosen.connect(self._row_chosen)
        column(side, 0).addWidget(self.table)
        return side

    def _show_runs(self, found: tuple[RunRow, ...]) -> None:
        self._runs = found
        self._both.setVisible(bool(found))
        self._empty.setVisible(not found)
        lines = [(str(run.id), run_title(run, short=True), told(self._state_of(run))) for run in found]
        if lines != self.table.rows.rows:
            self.table.blockSignals(True)
            self.table.rows.show_rows(lines)
            self.table.blockSignals(False)
        self._mark()

    def _state_of(self, run: RunRow) -> str:
        is_waiting = run.state == "stopped" and any(batch.run == run.id for batch in self._waiting)
        return WAITS if is_waiting else run.state

    def _mark(self) -> None:
        place = next((place for place, run in enumerate(self._runs) if run.id == self._shown), None)
        if place is not None and self.table.currentIndex().row() != place:
            self.table.blockSignals(True)
            self.table.selectRow(place)
            self.table.blockSignals(False)

    def _row_chosen(self, place: int) -> None:
        if 0 <= place < len(self._runs) and self._runs[place].id != self._shown:
            self.choose(self._runs[place].id)

    def _clear_story(self) -> None:
        self.curve.setParent(None)
        if self.trial is not None:
            self.trial.abandon()
            self.trial = None
        self.growth = self._mending = None
        clear(self._story.column)

    def _follow_figures(self) -> None:
        """Read the figures of the shown run anew, soon; while nobody sees them, not at all."""
        if self.growth is not None and self.isVisible() and not self._figures_soon.isActive():
            self._figures_soon.start()

    def _read_figures(self) -> None:
        card, run, project = self.growth, self._shown, self._project
        if card is not None and run is not None and project is not None:
            show = partial(self._show_figures, card)
            project.read(lambda store: (runs.read_run(store, run), read_figures(store, run)), show, owner=self)

    def _show_figures(self, card: GrowthCard, found: tuple[RunRow, Figures]) -> None:
        if card is not self.growth:  # the run was read anew meanwhile, or another one is shown
            return
        run, figures = found
        is_changed = figures != card.figures
        card.show_figures(figures)
        before, focus = self._mending, QApplication.focusWidget()
        if before is not None and is_changed and not (focus is not None and before.isAncestorOf(focus)):
            self._mending = mending_card(run, figures.account, self.preview_wanted.emit)
            self._story.column.replaceWidget(before, self._mending)
            before.deleteLater()

    def _show_story(self, story: Story) -> None:
        if story.run.id != self._shown:
            return
        self._clear_story()
        self._story.column.addLayout(_head(story.run, self._state_of(story.run)))
        if story.run.error:
            card = Card()
            card.column.addWidget(Label(told(story.run.error), "wrong", wraps=True))
            self._story.column.addWidget(card)
        if self._state_of(story.run) == WAITS:
            self._story.column.addWidget(self._waiting_card(story.run.id))
        if story.run.work == "train":
            self._show_training(story)
        elif story.run.work == "improve":
            self._story.column.addWidget(improvement_card(story.run, self.choose))
        elif story.run.work == "leave-out":
            self._show_go_on(story.run)
            self._story.column.addWidget(branches_card(story.run))
        elif story.run.work in ("experiment", "evaluate"):
            on_open = partial(self.comparison_wanted.emit, story.run.id)
            self._story.column.addWidget(summary_card(story.run, on_open))
        else:
            if story.run.work in NAMES:
                self._mending = mending_card(story.run, story.figures.account, self.preview_wanted.emit)
                self._story.column.addWidget(self._mending)
            self.growth = GrowthCard(story.run, story.sums, story.figures)
            self._story.column.addWidget(self.growth)
            self._show_go_on(story.run)
        self._story.column.addStretch(1)
        self.moved.emit()

    def _waiting_card(self, run: int) -> Card:
        mine = [batch for batch in self._waiting if batch.run == run]
        card = Card()
        card.column.addWidget(Label(waiting_in_words(mine), "amber", wraps=True))
        card.column.addWidget(Label(tr(NEED_NOT_WAIT), "quiet", wraps=True))
        if self._project is not None and not self._project.is_read_only:
            acts = row(space=style.S)
            acts.addWidget(Button(tr("Fetch now"), lambda: self.fetch_wanted.emit(run)))
            if not any(batch.cancel_wanted for batch in mine):
                acts.addWidget(Button(tr("Cancel the batch"), lambda: self.cancel_wanted.emit(run), "danger"))
            acts.addStretch(1)
            card.column.addLayout(acts)
        return card

    def _show_go_on(self, run: RunRow) -> None:
        can_write = self._project is not None and not self._project.is_read_only
        if run.work not in RESUMED or self._state_of(run) not in GOES_ON or not can_write:
            return
        said = tr("It goes on where it was, with its own settings; nothing is asked twice.")
        if run.work != "grow":
            said = tr(CUT_SHORT)
        elif GrowthSettings.from_json(run.settings).approved_parents:
            said = tr("It grows from approved examples only: approve some first, then it goes on where it was.")
        line = row(space=style.M)
        line.addWidget(Button(tr("Go on"), lambda: self.go_on_wanted.emit(run.id)))
        line.addWidget(Label(said, "quiet", wraps=True), 1)
        self._story.column.addLayout(line)

    def _show_training(self, story: Story) -> None:
        self._show_go_on(story.run)
        verdict = read_verdict(story.run.result)
        if verdict is not None:
            self._story.column.addWidget(VerdictPanel(verdict, with_matrix=not story.mistakes))
            self._show_errors(story)
            self._show_leave_out(story.run)
        if verdict is not None and story.models and self._project is not None:
            self.trial = TryIt(str(self._project.path), verdict, story.models)
            self._story.column.addWidget(self.trial)
        card = Card()
        card.column.addWidget(Label(tr("Learning curve"), "strong"))
        self.curve.show_points(story.points)
        card.column.addWidget(self.curve)
        self.curve.show()
        self._story.column.addWidget(card)

    def _show_leave_out(self, run: RunRow) -> None:
        if self._project is None or self._project.is_read_only or run.state != "finished":
            return
        line = row(space=style.M)
        line.addWidget(Button(tr("Which branch helped?"), lambda: self.leave_out_wanted.emit(run.id, run.seed or 0)))
        line.addWidget(Label(tr(WHY), "quiet", wraps=True), 1)
        self._story.column.addLayout(line)

    def _show_errors(self, story: Story) -> None:
        seed = story.run.seed
        if not story.mistakes or seed is None or self._project is None:
            return
        panel = ErrorsPanel(story.mistakes, story.answers, not self._project.is_read_only)
        panel.rounds_wanted.connect(lambda: self.rounds_wanted.emit(seed))
        panel.listed.connect(self._story.bring_in_sight)
        panel.example_wanted.connect(lambda example: self.tree_wanted.emit(seed, example))
        panel.grow_wanted.connect(lambda parents, words: self.grow_wanted.emit(parents, words, seed))
        self._story.column.addWidget(panel)


def read_story(store: Store, run: int) -> Story:
    """Read a run with what it left."""
    found = runs.read_run(store, run)
    sums = spending.sum_up(each for each in spending.read_spending(store) if each.run == run)
    models = tuple((m[0], m[2]) for m in reversed(runs.read_trained_models(store)) if m[1] == run)
    mistakes = read_mistakes(found.result) if found.work == "train" else ()
    answers = read_answers(store, run, mistakes)
    return Story(found, runs.read_curve(store, run), read_figures(store, run), sums, models, mistakes, answers)


def run_title(run: RunRow, short: bool = False) -> str:
    """A run in a few words."""
    work = tr(WORK.get(run.work, run.work))
    if run.work == "grow":
        settings = GrowthSettings.from_json(run.settings)
        said = fill(
            "{work}, {strategy}, {target:,}", work=work, strategy=told(settings.strategy), target=settings.target
        )
    elif run.work in NAMES:
        said = mending_title(run)
    else:
        said = work
    return said if short else tr("Run {id} · {what}", id=run.id, what=inside(said))


def _state(run: RunRow | None) -> tuple[str, str | None]:
    """By what a run is read anew: its state, and of an improvement also the rounds that it tells while it goes on."""
    return ("", None) if run is None else (run.state, run.result if run.work == "improve" else None)


def _head(run: RunRow, state: str) -> QLayout:
    line = row(space=style.S)
    line.addWidget(Label(run_title(run), "heading"))
    line.addWidget(Chip(told(state), TONES.get(state, "neutral")))
    line.addStretch(1)
    when = (run.started or run.created)[:16].replace("T", " ")
    line.addWidget(Label(tr("{when} UTC", when=when), "quiet"))
    return line
