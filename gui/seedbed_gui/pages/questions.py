"""Dialogs over the window: opens them with what they need, and carries out what was answered."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QMessageBox, QWidget

from seedbed_engine.asking.costs import Estimate
from seedbed_engine.asking.estimates import estimate_growth
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import exchange, trees
from seedbed_engine.keeping.cards import write_card
from seedbed_engine.keeping.project import SUFFIX, create_project
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.keeping.seeds import add_seed, labels_of
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import ExperimentSettings, GrowthSettings, TrainingSettings
from seedbed_gui import notices
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.compare_dialog import CompareDialog
from seedbed_gui.pages.file_dialogs import ask_to_save
from seedbed_gui.pages.grow_dialog import Ground, GrowDialog, WeakGround
from seedbed_gui.pages.import_dialog import ImportDialog, Wanted, import_examples
from seedbed_gui.pages.new_project import NewProjectDialog
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.pages.train_dialog import TrainDialog, usual_settings
from seedbed_gui.running.background import Background
from seedbed_gui.sayings import told

KEPT_ONES, APPROVED_ONES = mark("All that are kept (*.jsonl *.csv)"), mark("Approved ones only (*.csv *.jsonl)")


class Questions(QObject):
    """Asks the person; at most one dialog is open at a time."""

    def __init__(self, window: QWidget, background: Background) -> None:
        super().__init__(window)
        self._window, self._background = window, background
        self.dialog: QDialog | None = None
        self._growth = GrowthSettings()
        self._is_of_project = False  # whether the dialog asks something of the project that is open

    def set_usual_growth(self, settings: GrowthSettings) -> None:
        """Begin with these where a growth is asked for next."""
        self._growth = settings

    def new_project(self, folder: Path, on_made: Callable[[Store], None], file: Path | None = None) -> None:
        """Ask for a seed and a name, and make the project."""
        dialog = NewProjectDialog(self._background, folder, self._window)

        def make() -> None:
            example, kind, source, path = dialog.example(), dialog.kind, dialog.source, dialog.path()
            work = lambda: make_project(path, example, kind or Options.FIXED, source)  # noqa: E731
            self._background.act(work, on_made, owner=self)

        self._open(dialog, make, is_of_project=False)
        if file is not None:
            dialog.take_file(file)

    def add_seed(self, project: OpenProject, on_added: Callable[[int], None]) -> None:
        """Ask for a further seed of a project."""
        dialog = NewProjectDialog(project.background, None, self._window)

        def add() -> None:
            project.add_seed(dialog.example(), dialog.kind or Options.FIXED, dialog.source, on_added)

        self._open(dialog, add)

    def grow(
        self,
        project: OpenProject,
        seed: SeedRow,
        parents: Sequence[int],
        on_answer: Callable[[GrowthSettings], None],
        instruction: str = "",
    ) -> None:
        """Ask how to grow from examples (none: the seed); an instruction is suggested for this time only."""

        def ask(example: Example) -> None:
            self._ask_growth(project, Ground(seed, tuple(parents), example), instruction, on_answer)

        if parents:
            project.read(lambda store: trees.read_example(store, parents[0]).example, ask, self)
        else:
            ask(seed.example)

    def grow_in_rounds(self, project: OpenProject, seed: SeedRow, on_answer: Callable[[GrowthSettings], None]) -> None:
        """Ask how to grow where the model is weak: who is asked, how many, at what price."""
        self._ask_growth(project, WeakGround(seed, (), seed.example), "", on_answer)

    def _ask_growth(
        self, project: OpenProject, ground: Ground, instruction: str, on_answer: Callable[[GrowthSettings], None]
    ) -> None:
        def estimate(settings: GrowthSettings, show: Callable[[Estimate], None], owner: QObject) -> None:
            project.read(lambda store: estimate_growth(store, ground.seed, settings), show, owner)

        usual = self._growth.instruction
        before = replace(self._growth, instruction=instruction or usual)
        dialog = GrowDialog(ground, before, self._window, estimate, self._background)

        def answer() -> None:
            settings = dialog.settings()
            self._growth = replace(settings, instruction=usual) if instruction else settings
            on_answer(settings)

        self._open(dialog, answer)

    def import_data(self, project: OpenProject, file: Path | None = None) -> None:
        """Ask for human data and bring it in."""
        overview = project.overview
        dialog = ImportDialog(project.background, overview.datasets, labels_of(overview.seeds), self._window)

        def bring_in() -> None:
            wanted = dialog.wanted
            if wanted is not None:
                project.act(lambda store: import_examples(store, wanted), lambda many: brought_in(many, wanted))

        def brought_in(many: int, wanted: Wanted) -> None:
            split, again = told(wanted.split), len(wanted.found.examples) - many
            twice = tr("{n:,} rows were there, and count once.", "{n:,} row was there, and counts once.", again)
            notices.say(
                tr(
                    "{many:,} examples are now in the {split} split of “{name}”.",
                    many=many,
                    split=split,
                    name=wanted.name,
                ),
                twice if again else "",
            )
            if wanted.split != "train":
                project.check_dataset(wanted.name)

        self._open(dialog, bring_in)
        if file is not None:
            dialog.take_file(file)

    def train(self, project: OpenProject, on_answer: Callable[[TrainingSettings], None]) -> None:
        """Ask how to train."""
        sets = project.overview.datasets
        dialog = TrainDialog(sets, usual_settings(sets), self._window)
        self._open(dialog, lambda: on_answer(dialog.settings()))

    def compare(self, project: OpenProject, seed: SeedRow, on_answer: Callable[[ExperimentSettings], None]) -> None:
        """Ask which strategies are compared."""
        dialog = CompareDialog(seed, project.overview.datasets, self._growth, self._window)
        self._open(dialog, lambda: on_answer(dialog.settings()))

    def export(self, project: OpenProject, seed: SeedRow | None) -> None:
        """Ask where the training table goes, and write it."""
        start = str(project.path.with_suffix(".jsonl"))
        kinds = ";;".join((tr(KEPT_ONES), tr(APPROVED_ONES)))
        target, kind = ask_to_save(self._window, tr("Export the training table"), start, kinds)
        if target is not None:
            export_table(project, target, seed, approved_only=kind == tr(APPROVED_ONES))

    def leave_project(self) -> None:
        """Another project is here, or none: what was asked of the one before is not asked any more."""
        if self.dialog is not None and self._is_of_project:
            self.dialog.reject()

    def _open(self, dialog: QDialog, on_accepted: Callable[[], None], *, is_of_project: bool = True) -> None:
        self.dialog, self._is_of_project = dialog, is_of_project
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(on_accepted)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None


def make_project(path: Path, example: Example, kind: Options, source: str | None) -> Store:
    """Make a project with one seed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    store = create_project(path)
    try:
        add_seed(store, example, kind, source=source)
    except PersonError:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store


def export_table(
    project: OpenProject, target: Path, seed: SeedRow | None = None, *, approved_only: bool = False
) -> None:
    """Write the training table of one seed, or of all, with a card beside it."""
    target = target if target.suffix in {".jsonl", ".csv"} else target.with_name(target.name + ".jsonl")
    chosen = [seed.id] if seed is not None else [found.id for found in project.overview.seeds]
    card = target.with_suffix(".card.md")

    def write(store: Store) -> int:
        many = exchange.export_examples(store, chosen, target, approved_only=approved_only)
        write_card(store, chosen, card, approved_only=approved_only)
        return many

    said = tr("In {parent}, with a card: {name}", parent=target.parent, name=card.name)
    project.act(
        write, lambda many: notices.say(tr("{many:,} examples are in {name}.", many=many, name=target.name), said)
    )


def ask_how_to_close(window: QWidget, on_answer: Callable[[bool], None]) -> None:
    """A run is going on: stop it, or let it go on without the window (True)."""
    box = QMessageBox(window)
    box.setWindowTitle(tr("A run is going on"))
    box.setText(tr("A run is going on. Both ways keep all that was made."))
    stop = box.addButton(tr("Stop it and close"), QMessageBox.ButtonRole.AcceptRole)
    alone = box.addButton(tr("Close, let it go on"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
    box.buttonClicked.connect(lambda button: on_answer(button is alone) if button in (stop, alone) else None)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def free_path(folder: Path, name: str) -> Path:
    """A path in the folder that no file has yet."""
    names = (name, *(f"{name}-{number}" for number in range(2, 10_000)))
    return next(folder / f"{free}{SUFFIX}" for free in names if not (folder / f"{free}{SUFFIX}").exists())
