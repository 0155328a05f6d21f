"""The window: puts the pages together, opens and closes projects, passes wishes to where they are carried out."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_gui import notices, style
from seedbed_gui.language import tr
from seedbed_gui.models.preferences import Preferences, Remembered, projects_folder
from seedbed_gui.pages.compare_page import ComparePage
from seedbed_gui.pages.log_page import LogPage
from seedbed_gui.pages.mender import Mender
from seedbed_gui.pages.open_project import OpenProject, Overview
from seedbed_gui.pages.opening import Opener, is_data
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.preferences_page import PreferencesPage
from seedbed_gui.pages.questions import Questions, ask_how_to_close
from seedbed_gui.pages.review_page import ReviewPage
from seedbed_gui.pages.run_desk import DEMO_SAMPLE, RunDesk, Wish, demo_wishes
from seedbed_gui.pages.run_display import RunDisplay
from seedbed_gui.pages.run_wishes import Here, RunWishes
from seedbed_gui.pages.runs_page import RunsPage
from seedbed_gui.pages.shell import Shell
from seedbed_gui.pages.start_page import StartPage
from seedbed_gui.pages.table_page import TablePage
from seedbed_gui.pages.toasts import Toasts
from seedbed_gui.pages.tour import Tour
from seedbed_gui.pages.tour_steps import tour_steps
from seedbed_gui.pages.tree_page import TreePage
from seedbed_gui.pages.window_acts import WindowActs
from seedbed_gui.placing import place_of, place_window
from seedbed_gui.running.background import Background

SMALLEST = 1080, 640


class MainWindow(QMainWindow):
    """The studio."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Seedbed")
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.remembered = Remembered(self)
        self._was_last = self.preferences  # as the last window was left
        self.background = Background(self)
        self.project: OpenProject | None = None
        self.seed: SeedRow | None = None
        self.desk = RunDesk(self)
        self.questions = Questions(self, self.background)
        self.questions.set_usual_growth(self.preferences.usual_growth)
        self.opener = Opener(self, self.background, self._take_store)
        self.wishes = RunWishes(self.desk, self.questions, lambda: Here(self.project, self.seed), self.show_page)
        self.page = "start"
        self._seed_to_show: int | None = None
        self._is_closing = self._is_closed = False
        self._build()
        self.mender = Mender(self, self.desk, self.tree, self.runs)
        self.display = RunDisplay(self.desk, self.status_bar, self.tree, self.runs)
        self._connect()
        self.tour = Tour(self, tour_steps(self.shell, self.tree), self.show_page)
        self.acts = WindowActs(self, self)
        self.toasts = Toasts(self, self.shell.notice_corner)
        place_window(self, self.preferences.geometry)
        self._set_project(None)

    # building

    def _build(self) -> None:
        self.start, self.tree, self.review = StartPage(), TreePage(), ReviewPage()
        self.table, self.runs, self.compare, self.log = TablePage(), RunsPage(), ComparePage(), LogPage()
        self.settings = PreferencesPage(self.remembered)
        pages = (self.start, self.tree, self.review, self.table, self.runs, self.compare, self.log, self.settings)
        self.shell = Shell(pages)
        self.shell.set_layout(self.preferences.layout)
        self.sidebar, self.top_bar, self.status_bar = self.shell.sidebar, self.shell.top_bar, self.shell.status_bar
        self.setCentralWidget(self.shell)

    @property
    def preferences(self) -> Preferences:
        """What is remembered."""
        return self.remembered.now

    @property
    def pages(self) -> Mapping[str, Page]:
        """Every page by its name."""
        return self.shell.pages

    def _connect(self) -> None:
        self.start.demo_wanted.connect(self.watch_demo)
        self.start.new_wanted.connect(self.new_project)
        self.start.open_wanted.connect(self.ask_for_project)
        self.start.sample_wanted.connect(self.open_sample)
        self.start.project_wanted.connect(lambda name: self.open_path(Path(name)))
        self.sidebar.page_chosen.connect(self.show_page)
        self.sidebar.home_wanted.connect(lambda: self.show_page("start"))
        self.sidebar.seed_chosen.connect(self.choose_seed)
        self.sidebar.seed_wanted.connect(self.add_seed)
        self.sidebar.import_wanted.connect(self.import_data)
        self.sidebar.menu_wanted.connect(
            lambda: self.acts.menu().popup(self.sidebar.mapToGlobal(self.sidebar.menu_corner()))
        )
        self.top_bar.step_chosen.connect(self.tree.show_example)
        self.tree.hear_search(self.top_bar)
        self.top_bar.grow_wanted.connect(lambda: self.grow(()))
        self.top_bar.fit_wanted.connect(self.tree.canvas.fit)
        self.top_bar.step_wanted.connect(self.tree.canvas.step)
        self.top_bar.view_menu_wanted.connect(self.tree.show_view_menu)
        self.tree.trail_changed.connect(self.top_bar.show_trail)
        self.top_bar.train_wanted.connect(self.wishes.train)
        self.top_bar.training_settings_wanted.connect(self.wishes.ask_to_train)
        self.tree.inspector.grow_wanted.connect(self.grow)
        self.tree.seed_entered.connect(partial(self.choose_seed, shows=False))
        self.tree.path_changed.connect(lambda _: self._show_where())
        for page in self.pages.values():
            page.tree_wanted.connect(self.show_in_tree)
            page.moved.connect(self._show_where)
        self.runs.grow_wanted.connect(self.grow)
        self.runs.rounds_wanted.connect(self.improve)
        self.runs.comparison_wanted.connect(self.show_comparison)
        self.review.undo_wanted.connect(self.undo)
        self.tree.inspector.review_wanted.connect(self.show_in_review)
        self.compare.compare_wanted.connect(self.wishes.ask_to_compare)
        self.remembered.changed.connect(self._take_preferences)
        self.compare.evaluation_wanted.connect(self.wishes.evaluate)
        self.desk.began.connect(self._run_began)
        self.desk.idle.connect(self._show_acts)

    # projects

    def open_path(self, path: Path) -> None:
        """Open a project file, or begin something with a data file."""
        if is_data(path) and self.project is not None:
            self.questions.import_data(self.project, path)
        elif is_data(path):
            self.new_project(path)
        else:
            self.opener.open(path)

    def open_sample(self, name: str, on_open: Callable[[], object] | None = None) -> None:
        """Make a project of a sample and open it, with the tree that was grown beforehand."""
        self.opener.open_sample(name, on_open)

    def ask_for_project(self) -> None:
        """Ask for a project file."""
        path = self.opener.ask(self.preferences.last_folder or str(projects_folder()))
        if path is not None:
            self.open_path(path)

    def new_project(self, file: Path | None = None) -> None:
        """Ask for a seed."""
        self.questions.new_project(projects_folder(), self._take_store, file)

    def close_project(self) -> None:
        """Close the project; runs of this window must have ended."""
        if (project := self.project) is not None:
            self._set_project(None)
            project.close()
            project.deleteLater()

    def _take_store(self, store: Store) -> None:
        if self._is_closed or self.desk.is_busy:
            store.close()
            return notices.say(
                tr("A run is going on here."), tr("Stop it, or wait until it ends, then open another project.")
            )
        self.close_project()
        self.remembered.take(self.preferences.with_project(store.path))
        self._set_project(OpenProject(store, self))
        if store.read_only:
            notices.say(
                tr("{name} is open read-only.", name=store.path.name), tr("Save a copy elsewhere to change it.")
            )
        return None

    def _set_project(self, project: OpenProject | None) -> None:
        self.tour.end()
        self.questions.leave_project()
        self.project, self.seed = project, None
        self.desk.set_project(project)
        self.display.set_project(project)
        self.shell.set_project(project)
        self.start.show_recent(self.preferences.recent)
        self.setWindowTitle("Seedbed" if project is None else f"{project.path.stem} · Seedbed")
        self._take_overview(Overview())
        if project is not None:
            project.overview_changed.connect(self._take_overview)
            project.changed.connect(self.shell.refresh)
            project.refresh()
        self.show_page("start" if project is None else self._first_page(project))

    def _first_page(self, project: OpenProject) -> str:
        """The page on which the last window was left, where it was this project; else its tree."""
        last, self._was_last = self._was_last, Preferences()
        is_last = last.recent[:1] == (str(project.path.absolute()),)
        page = self.pages.get(last.page)
        return page.name if is_last and page is not None and page.needs_project else "tree"

    def _take_preferences(self, now: Preferences) -> None:
        style.choose(now.looks)
        self.questions.set_usual_growth(now.usual_growth)

    def _take_overview(self, overview: Overview) -> None:
        known = {seed.id: seed for seed in overview.seeds}
        is_first = self.seed is None and bool(overview.seeds)
        self.seed = known.get(self.seed.id) if self.seed else None
        if self.seed is None and overview.seeds:
            self.seed = overview.seeds[0]
        self.tree.show_seed(self.project, self.seed)
        self.shell.show_overview(overview, self.seed.id if self.seed else None)
        self.display.show_overview(overview)
        self._show_acts()
        if self._seed_to_show in known:
            number, self._seed_to_show = self._seed_to_show, None
            self.choose_seed(number)
        if is_first:
            self._show_where()

    # where one is

    def show_page(self, name: str) -> None:
        """Show a page."""
        if self.project is None and self.pages[name].needs_project:
            name = "start"
        self.page = name
        self.shell.show_page(name)
        self._show_where()
        self._show_acts()
        self.toasts.place()

    def show_comparison(self, run: int) -> None:
        """Show all figures of an experiment, or of an evaluation."""
        self.compare.show_run(run)
        self.show_page("compare")

    def choose_seed(self, number: int, *, shows: bool = True) -> None:
        """Be at another seed, and show its tree."""
        if self.project is None:
            return
        self.seed = next((seed for seed in self.project.overview.seeds if seed.id == number), self.seed)
        self.tree.show_seed(self.project, self.seed)
        self.sidebar.show_seed(number)
        if shows:
            self.tree.go_to_seed()
            self.show_page("tree")

    def show_in_tree(self, seed: int, example: int) -> None:
        """Show an example in its tree; no seed: the tree as it is."""
        if not seed:
            return self.show_page("tree")
        self.choose_seed(seed)
        return self.tree.show_example(example)

    def show_in_review(self, example: int) -> None:
        """Show an example in the review, whatever was decided about it."""
        self.show_page("review")
        self.review.show_example(example)

    def _show_where(self) -> None:
        if self.page == "tree" and self.seed is not None:
            self.top_bar.show_path(self.seed.id, self.tree.path)
        else:
            self.top_bar.show_words(self.pages[self.page].whereabouts())

    def _show_acts(self) -> None:
        seed = self.seed
        total = seed.new + seed.approved + seed.rejected + seed.pruned if seed else 0
        self.top_bar.show_count(total)
        grow, train = self.wishes.why_not_grow(), self.wishes.why_not_train()
        self.top_bar.show_acts(page=self.page, why_not_grow=grow, why_not_train=train)
        self.compare.show_acts(can_compare=not grow)

    def why_not_stop(self) -> str:
        """Why there is nothing to stop."""
        return "" if self.status_bar.is_running else tr("Nothing is running.")

    def stop_run(self) -> None:
        """Stop what is running: the first time gently."""
        self.display.stop()

    def focus_search(self) -> None:
        """Go to the field that searches on this page, or in the tree."""
        if self.page != "table":
            self.show_page("tree")
        if self.page == "tree":
            self.top_bar.search.setFocus()
            self.top_bar.search.selectAll()
        elif self.page == "table":
            self.table.search.setFocus()
            self.table.search.selectAll()

    # wishes

    def undo(self) -> None:
        """Take the last change back."""
        if self.project is not None:
            self.project.undo()

    def redo(self) -> None:
        """Do again what was undone."""
        if self.project is not None:
            self.project.redo()

    def add_seed(self) -> None:
        """Ask for a further seed."""
        if self.project is not None:
            self.questions.add_seed(self.project, partial(setattr, self, "_seed_to_show"))

    def import_data(self) -> None:
        """Ask for human data."""
        if self.project is not None:
            self.questions.import_data(self.project)

    def grow(self, parents: Sequence[int], instruction: str = "", seed: int = 0) -> None:
        """Ask how to grow from examples (none: the seed), then grow; the instruction is only suggested."""
        if seed:
            self.choose_seed(seed, shows=False)
        self.wishes.grow(parents, instruction)

    def improve(self, seed: int) -> None:
        """Ask how to grow a seed's tree where the model is weak, in rounds."""
        self.choose_seed(seed, shows=False)
        self.wishes.improve()

    def _run_began(self, run: int, wish: Wish) -> None:
        self._show_acts()
        if wish.work in {"train", "improve", "experiment", "evaluate"}:
            self.show_page("runs" if wish.work in {"train", "improve"} else "compare")

    def watch_demo(self) -> None:
        """The whole job on a sample: grow, then train and judge."""
        self.opener.open_sample(DEMO_SAMPLE, lambda: self.desk.ask_for(*demo_wishes()), with_tree=False)

    def take_tour(self) -> None:
        """Show the window around, on a sample where no project is open."""
        self.remembered.change(has_toured=True)
        if self.project is None:
            self.opener.open_sample(DEMO_SAMPLE, self.tour.start)
        else:
            self.tour.start()

    # closing

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._is_closed:
            return
        if self.desk.is_busy and not self._is_closing:
            event.ignore()
            ask_how_to_close(self, self._close_after)
            return
        self._is_closed = True
        self.desk.abandon()
        self.display.close()
        self.toasts.close()
        self.settings.abandon()
        self.remembered.change(geometry=place_of(self), page=self.page, layout=self.shell.layout_to_keep())
        self.close_project()
        self.background.close()
        super().closeEvent(event)

    def _close_after(self, goes_on: bool) -> None:
        """Close once what is in flight has come back; closing again does not wait."""
        run = self.desk.run
        self._is_closing = True

        def ended() -> None:
            if goes_on and run is not None:
                self.desk.go_on_alone(run)
            self.close()

        self.desk.idle.connect(ended)
        self.display.stop()

    # Qt

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.open_path(Path(files[0]))

    def export(self) -> None:
        """Ask where the training table goes."""
        if self.project is not None:
            self.questions.export(self.project, None)
