"""What a person wishes of runs: asks how where that is to be asked, and hands the wish to the desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.settings import (
    EvaluationSettings,
    ExperimentSettings,
    GrowthSettings,
    ImprovementSettings,
    TrainingSettings,
)
from seedbed_gui import notices
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.pages.other_runs import OtherRuns
from seedbed_gui.pages.questions import Questions
from seedbed_gui.pages.run_desk import RunDesk, Wish, growing_words
from seedbed_gui.pages.train_dialog import usual_settings

LEAST_TO_TRAIN = 8  # kept examples from which training is offered
NO_PROJECT = mark("No project is open.")
READ_ONLY = mark("The project is open read-only.")
BUSY = mark("A run is going on; stop it or wait until it ends.")


@dataclass(frozen=True, slots=True)
class Here:
    """Where the person is."""

    project: OpenProject | None
    seed: SeedRow | None


class RunWishes(QObject):
    """Growing, training, comparing: each with what stands in its way."""

    def __init__(
        self, desk: RunDesk, questions: Questions, here: Callable[[], Here], show_page: Callable[[str], object]
    ) -> None:
        super().__init__(desk)
        self._desk, self._questions, self._here, self._show_page = desk, questions, here, show_page
        self._others = OtherRuns(desk)

    def why_not_grow(self) -> str:
        """What stands in the way of a growth; empty: nothing."""
        here = self._here()
        if here.project is None or here.seed is None:
            return tr(NO_PROJECT)
        return tr(READ_ONLY) if here.project.is_read_only else tr(BUSY) if self._is_busy else ""

    def why_not_train(self) -> str:
        """What stands in the way of a training."""
        seed = self._here().seed
        too_few = seed is not None and seed.kept < LEAST_TO_TRAIN
        return self.why_not_grow() or (
            tr("It takes {least_to_train} kept examples: grow first.", least_to_train=LEAST_TO_TRAIN) if too_few else ""
        )

    def grow(self, parents: Sequence[int], instruction: str = "") -> None:
        """Ask how to grow from examples (none: the seed), then grow; the instruction is only suggested."""
        here = self._here()
        if here.project is not None and here.seed is not None and not self._is_busy:
            begin = partial(self.start_growth, seed=here.seed)
            self._questions.grow(here.project, here.seed, parents, begin, instruction)

    def start_growth(self, settings: GrowthSettings, seed: SeedRow) -> None:
        """Grow."""
        self._show_page("tree")
        self._ask_for(Wish("grow", settings, seed.id, growing_words(settings)))

    def train(self) -> None:
        """Train and judge with the usual settings: one click."""
        project = self._here().project
        if project is not None and not self.why_not_train():
            self.start_training(usual_settings(project.overview.datasets))

    def ask_to_train(self) -> None:
        """Ask how to train, then train."""
        project = self._here().project
        if project is not None:
            self._questions.train(project, self.start_training)

    def start_training(self, settings: TrainingSettings) -> None:
        """Train and judge."""
        seed = self._here().seed
        if seed is not None:
            self._ask_for(Wish("train", settings, seed.id, tr("Training")))

    def ask_to_compare(self) -> None:
        """Ask which strategies are compared, then do it."""
        here = self._here()
        if here.project is not None and here.seed is not None and not self._is_busy:
            self._questions.compare(here.project, here.seed, self.start_experiment)

    def start_experiment(self, settings: ExperimentSettings) -> None:
        """Compare strategies."""
        seed = self._here().seed
        if seed is not None:
            self._ask_for(Wish("experiment", settings, seed.id, tr("Comparing strategies")))

    def evaluate(self, only_pairs: bool = False) -> None:
        """Ask every trained model every human test set of its form, or only those of the paper's pairs."""
        seed = self._here().seed
        if seed is not None and not self._is_busy:
            self._ask_for(Wish("evaluate", EvaluationSettings(pairs=only_pairs), seed.id, tr("Asking all models")))

    def improve(self) -> None:
        """Ask how to grow where the model is weak, in rounds, then do it."""
        here = self._here()
        if here.project is not None and here.seed is not None and not self._is_busy:
            self._questions.grow_in_rounds(here.project, here.seed, partial(self.start_rounds, seed=here.seed))

    def start_rounds(self, growth: GrowthSettings, seed: SeedRow) -> None:
        """Grow where the model is weak and train again, in rounds."""
        self._ask_for(Wish("improve", ImprovementSettings(growth=growth), seed.id, tr("Growing where it is weak")))

    @property
    def _is_busy(self) -> bool:
        """Whether a run is going on: one of this window, or one of another process on this project."""
        return self._desk.is_busy or self._is_another_busy

    @property
    def _is_another_busy(self) -> bool:
        project = self._here().project
        return project is not None and self._others.first(project.overview) is not None

    def _ask_for(self, wish: Wish) -> None:
        """Begin, or wait in line behind a run of this window; another process may have begun since it was asked how."""
        if self._is_another_busy:
            notices.say(tr(BUSY))
        else:
            self._desk.ask_for(wish)
