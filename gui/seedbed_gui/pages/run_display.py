"""Shows what runs do, in the status bar, the tree and the runs page; also runs that another process works on."""

import json
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from seedbed_engine.events import Event, Failed, Finished, Kept, Progress, Stopped
from seedbed_engine.keeping.rows import RunRow
from seedbed_engine.settings import TrainingSettings
from seedbed_gui import notices
from seedbed_gui.language import mark, tr
from seedbed_gui.notices import Notice
from seedbed_gui.pages.batch_watch import BatchWatch
from seedbed_gui.pages.open_project import OpenProject, Overview
from seedbed_gui.pages.other_runs import OtherRuns
from seedbed_gui.pages.run_desk import RESUMED, RunDesk, Wish
from seedbed_gui.pages.run_wishes import BUSY
from seedbed_gui.pages.runs_page import RunsPage
from seedbed_gui.pages.status_bar import GO_ON, WORK, StatusBar
from seedbed_gui.pages.tree_page import TreePage
from seedbed_gui.running.set_up import SetUp
from seedbed_gui.sayings import told

NOT_SET_UP = "model in the box is not set up"  # what the engine says of it
NEEDS_APPROVAL = "approved to grow from"  # and of a growth that waits for a person
ASKED_ONCE = mark("It goes on where it was; nothing is asked twice.")
NEWS_MS = 100  # the tree is read at most this often while it grows
ALIVE_MS = 2000  # a process that was killed writes nothing: it is looked after this often


class RunDisplay(QObject):
    """Ties the desk to what is seen."""

    def __init__(self, desk: RunDesk, bar: StatusBar, tree: TreePage, page: RunsPage) -> None:
        super().__init__(bar)
        self._desk, self._bar, self._tree, self._page = desk, bar, tree, page
        self._project: OpenProject | None = None
        self._other_runs = OtherRuns(desk)
        self._others: RunRow | None = None  # what is shown of them
        self._was_stopped = False  # by the person, here
        self._set_up: SetUp | None = None
        self._news_soon = QTimer(self, interval=NEWS_MS, singleShot=True)
        self._news_soon.timeout.connect(tree.refresh)
        self._still = QTimer(self, interval=ALIVE_MS)
        self._still.timeout.connect(self._look_after_others)
        self.batches = BatchWatch(desk, self)
        page.fetch_wanted.connect(self.batches.fetch)
        page.cancel_wanted.connect(self.batches.cancel)
        desk.began.connect(self._began)
        desk.heard.connect(self._heard)
        desk.ended.connect(self._ended)
        bar.stop_wanted.connect(self.stop)
        bar.pause_wanted.connect(desk.pause)
        page.go_on_wanted.connect(lambda run: self._unless_another(partial(desk.go_on, run)))
        page.leave_out_wanted.connect(lambda run, seed: self._unless_another(partial(desk.leave_out, run, seed)))

    def set_project(self, project: OpenProject | None) -> None:
        """Show another project's runs."""
        self._project, self._others = project, None
        self._still.stop()
        self.batches.set_project(project)
        self._tree.is_growing = False
        self._bar.show_nothing()

    def show_overview(self, overview: Overview) -> None:
        """See whether another process works on a run of this project, and what waits for a batch."""
        self._page.show_waiting(overview.waiting)
        self.batches.show_overview(overview)
        if not self._desk.is_busy and self._set_up is None:
            self._show_others(self._other_runs.first(overview))

    def stop(self) -> None:
        """Stop what is shown: the first time gently."""
        if self._desk.is_busy:
            self._was_stopped = True
            self._desk.stop()
            if self._desk.stops == 1:
                self._bar.show_stopping()
        elif self._others is not None and self._project is not None:
            self._project.want_stop(self._others.id)
            self._bar.show_stopping()

    def set_up_model(self, command: list[str] | None = None) -> None:
        """Fetch the model in the box and make it ready, while all else can be done."""
        if self._set_up is not None:
            return
        self._set_up = SetUp(self, command)
        self._bar.show_start(tr("Setting up the model in the box"), None, can_stop=False)
        self._set_up.said.connect(self._bar.line.set_whole)
        self._set_up.ended.connect(self._model_set_up)
        self._set_up.start()

    def close(self) -> None:
        """The window closes."""
        if self._set_up is not None:
            self._set_up.abandon()

    def _model_set_up(self, has_worked: bool, words: str) -> None:
        self._set_up = None
        if not self._desk.is_busy:
            self._show_rest()
        if has_worked:
            notices.say(tr("The model in the box is ready."), tr("Grow again."))
        else:
            mend = tr("Try again; it goes on where it was.")
            again = (tr("Try again"), self.set_up_model)
            notices.door.send(Notice(words or tr("It ended."), mend, is_problem=True, acts=(again,)))

    def _show_rest(self) -> None:
        """No run of this window is shown any more: show that of another process, or nothing."""
        self._tree.is_growing = False
        self._bar.show_nothing()
        self._others = None
        if self._project is not None:
            self._show_others(self._other_runs.first(self._project.overview))

    def _show_others(self, run: RunRow | None) -> None:
        before, self._others = self._others, run
        if run is None:
            self._still.stop()
            if before is not None:
                self._bar.show_nothing()
                self._tree.is_growing = False
            return
        if before is None or before.id != run.id:
            self._bar.show_start(tr("{work} (by another process)", work=tr(WORK.get(run.work, run.work))), None)
            self._tree.is_growing = run.work == "grow"
            self._still.start()
        event = progress_of(run)
        if event is not None:
            self._bar.show_event(event)

    def _look_after_others(self) -> None:
        """A process that was killed changes nothing in the file: say once more what is known of the project."""
        others, project = self._others, self._project
        if project is not None and others is not None and not self._other_runs.is_other(others):
            project.overview_changed.emit(project.overview)

    def _unless_another(self, act: Callable[[], object]) -> None:
        """Begin what a person wishes, unless another process works on a run of this project."""
        if self._project is not None and self._other_runs.first(self._project.overview) is not None:
            notices.say(tr(BUSY))
        else:
            act()

    def _began(self, run: int, wish: Wish) -> None:
        seeds = wish.settings.seeds if isinstance(wish.settings, TrainingSettings) else ()
        can_pause, can_go_on = self._desk.can_pause, wish.work in RESUMED
        self._bar.show_start(wish.said, wish.budget, training_seeds=seeds, can_pause=can_pause, can_go_on=can_go_on)
        self._was_stopped, self._others = False, None
        self._still.stop()
        self._tree.is_growing = wish.work == "grow"
        self._page.follow(run)

    def _heard(self, event: Event) -> None:
        self._bar.show_event(event)
        self._page.hear(event)
        if isinstance(event, Kept | Progress) and not self._news_soon.isActive():
            self._news_soon.start()

    def _ended(self, run: int, wish: Wish, end: Event) -> None:
        self._show_rest()
        self._tree.refresh()
        if isinstance(end, Failed) and NOT_SET_UP in end.what:
            said = tr("It is fetched once, about 100 MB, and stays on this machine.")
            what = tr("The model in the box is not set up yet.")
            set_up = (tr("Set it up now"), self.set_up_model)
            notices.door.send(Notice(what, said, is_problem=True, acts=(set_up,)))
        elif isinstance(end, Failed):
            notices.door.send(Notice(told(end.what), told(end.mend), is_problem=True))
        elif isinstance(end, Finished):
            if not self._page.is_seen(run):  # else the page says it
                notices.say(told(end.summary))
        elif isinstance(end, Stopped) and (NEEDS_APPROVAL in end.summary or self._rests(wish)):
            said = tr(ASKED_ONCE) if wish.work == "grow" and self._was_stopped else ""
            go_on = partial(self._go_on, self._project, run)
            notices.door.send(Notice(told(end.summary), said, acts=((tr(GO_ON), go_on),)))
        elif not wish.is_quiet:
            notices.say(told(getattr(end, "summary", "Stopped.")))
        if self._project is not None:
            self._project.look()

    def _rests(self, wish: Wish) -> bool:
        """Whether a person stopped what can go on: stopping a growth is its pause."""
        return self._was_stopped and wish.work in RESUMED

    def _go_on(self, project: OpenProject | None, run: int) -> None:
        if project is self._project:  # another one may be open by now
            self._unless_another(partial(self._desk.go_on, run))


def progress_of(run: RunRow) -> Progress | None:
    """What the row of a growth says of how far it is; None where it says nothing of the kind."""
    try:
        found = json.loads(run.progress or "")
        return Progress(**found)
    except (ValueError, TypeError):
        return None
