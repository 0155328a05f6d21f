"""Mending by the creator from the window: asks how, starts the run, shows what a rewriting would change."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from seedbed_engine.events import Event, Finished
from seedbed_engine.keeping import lists, proposals, runs, trees
from seedbed_engine.keeping.proposals import Preview
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings, MendingSettings
from seedbed_gui import notices
from seedbed_gui.language import mark, stored, tr
from seedbed_gui.pages.mend_dialog import Chosen, MendDialog, MendGround
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.pages.preview_dialog import PreviewDialog
from seedbed_gui.pages.run_desk import RunDesk, Wish
from seedbed_gui.pages.runs_page import RunsPage
from seedbed_gui.pages.tree_page import TreePage

SAMPLE = 200  # examples whose texts an estimate is made from
SAID = {
    "regenerate": mark("Asking for new siblings"),
    "reanswer": mark("Checking labels"),
    "rewrite": mark("Rewriting"),
}


class Mender(QObject):
    """Carries out what is wished in the tree and on the runs page; one dialog at a time."""

    def __init__(self, window: QWidget, desk: RunDesk, tree: TreePage, page: RunsPage) -> None:
        super().__init__(window)
        self._window, self._desk, self._tree, self._inspector = window, desk, tree, tree.inspector
        self._before: MendingSettings | None = None
        self.dialog: QDialog | None = None
        tree.inspector.mend_wanted.connect(self.ask)
        page.preview_wanted.connect(self.preview)
        desk.ended.connect(self._ended)

    def ask(self, work: str) -> None:
        """Ask how to mend what is selected."""
        project, seed = self._inspector.project, self._inspector.seed
        chosen = [one for one in self._inspector.selection if one > 0]
        if project is None or seed is None or project.is_read_only or not chosen or self.dialog is not None:
            return
        before = self._before or _like_the_last(project)

        def show(ground: MendGround) -> None:
            dialog = MendDialog(ground, before, self._window)
            self._open(dialog, lambda: self._start(ground, dialog.settings()))

        project.read(lambda store: _read_ground(store, work, seed, chosen), show, self)

    def preview(self, run: int) -> None:
        """Show what a rewriting would change."""
        project = self._inspector.project
        if project is None or self.dialog is not None:
            return
        project.read(lambda store: _read_previews(store, run), lambda found: self._show_previews(run, *found), self)

    def _start(self, ground: MendGround, settings: MendingSettings) -> None:
        self._before = settings
        if self._desk.is_busy:
            notices.say(tr("A run is going on here."), tr("This one begins when it has ended."))
        self._desk.ask_for(Wish(ground.work, settings, ground.seed.id, tr(SAID[ground.work])))

    def _ended(self, run: int, wish: Wish, end: Event) -> None:
        if wish.work == "reanswer":
            self._tree.reread_states()
        if wish.work == "rewrite" and isinstance(end, Finished) and self._window.isVisible():
            self.preview(run)

    def _show_previews(self, run: int, settings: MendingSettings, found: list[Preview]) -> None:
        project = self._inspector.project
        if project is None:
            return
        dialog = PreviewDialog(found, settings.instruction, can_write=not project.is_read_only, parent=self._window)
        self._open(dialog, lambda: self._apply(run, settings.instruction, dialog.chosen()))

    def _apply(self, run: int, instruction: str, chosen: Sequence[int]) -> None:
        project = self._inspector.project
        if project is not None:
            said = stored(
                "rewrite {n:,} examples: {wish}", "rewrite {n:,} example: {wish}", len(chosen), wish=instruction
            )
            project.act(lambda store: proposals.apply_proposals(store, run, chosen, said), _say_applied)

    def _open(self, dialog: QDialog, on_accepted: Callable[[], None]) -> None:
        self.dialog = dialog
        dialog.accepted.connect(on_accepted)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None


def _say_applied(counts: tuple[int, int]) -> None:
    many, left = counts
    said = tr("{n:,} examples changed.", "{n:,} example changed.", many)
    if left:
        said += " " + tr("{left:,} were edited meanwhile and are left as they are.", left=left)
    notices.say(said, tr("One Ctrl+Z takes them all back."))


def _like_the_last(project: OpenProject) -> MendingSettings:
    """The creator of the project's latest growth is the likeliest one to be asked again."""
    last = next((run for run in project.overview.runs if run.work == "grow"), None)
    if last is None:
        return MendingSettings()
    grown = GrowthSettings.from_json(last.settings)
    return MendingSettings(
        creator=grown.creator if grown.creator != "scripted" else "embedded",
        model=grown.model if grown.creator != "scripted" else "",
        base_url=grown.base_url,
        key_name=grown.key_name,
        api_version=grown.api_version,
    )


def _read_ground(store: Store, work: str, seed: SeedRow, chosen: Sequence[int]) -> MendGround:
    chosen = [row.id for row in trees.read_examples(store, chosen) if row.seed == seed.id]  # in a forest: of one tree
    selected = list(chosen) if work == "regenerate" else lists.keep_open(store, chosen)
    branches = lists.keep_open(store, lists.read_branches(store, chosen))
    return MendGround(work, seed, _chosen(store, selected), _chosen(store, branches))


def _chosen(store: Store, ids: Sequence[int]) -> Chosen:
    sample = ids[:: max(1, len(ids) // SAMPLE)][:SAMPLE]
    return Chosen(tuple(ids), tuple(row.example for row in trees.read_examples(store, sample)))


def _read_previews(store: Store, run: int) -> tuple[MendingSettings, list[Preview]]:
    settings = MendingSettings.from_json(runs.read_run(store, run).settings)
    return settings, proposals.read_previews(store, run, settings.examples)
