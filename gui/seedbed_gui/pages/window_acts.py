"""The acts of the window itself: projects, pages, growing, training, undo; and where they are shown in its menu."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QMenu, QWidget

from seedbed_engine.keeping.project import SUFFIX, copy_project
from seedbed_engine.keeping.samples import read_samples
from seedbed_gui import notices
from seedbed_gui.language import tr
from seedbed_gui.models.preferences import Preferences
from seedbed_gui.pages.acts import Act, add_to_menu, hear_keys
from seedbed_gui.pages.costs_dialog import show_costs
from seedbed_gui.pages.file_dialogs import ask_to_save
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.palette import Palette
from seedbed_gui.pages.prices_dialog import PricesDialog
from seedbed_gui.pages.run_desk import RunDesk
from seedbed_gui.pages.run_wishes import BUSY, NO_PROJECT, READ_ONLY, RunWishes
from seedbed_gui.sayings import told

RECENT_SHOWN = 8


class Studio(Protocol):
    """What the acts need of the window."""

    project: OpenProject | None
    wishes: RunWishes
    desk: RunDesk

    @property
    def preferences(self) -> Preferences: ...
    @property
    def pages(self) -> Mapping[str, Page]: ...
    def new_project(self) -> None: ...
    def ask_for_project(self) -> None: ...
    def close_project(self) -> None: ...
    def open_path(self, path: Path) -> None: ...
    def open_sample(self, name: str) -> None: ...
    def show_page(self, name: str) -> None: ...
    def focus_search(self) -> None: ...
    def undo(self) -> None: ...
    def redo(self) -> None: ...
    def add_seed(self) -> None: ...
    def import_data(self) -> None: ...
    def export(self) -> None: ...
    def watch_demo(self) -> None: ...
    def take_tour(self) -> None: ...
    def why_not_stop(self) -> str: ...
    def stop_run(self) -> None: ...


class WindowActs:
    """The register of what can be done: the window's acts, with those of the page that is shown before them."""

    def __init__(self, studio: Studio, window: QWidget) -> None:
        self._studio, self._window = studio, window
        self.palette: Palette | None = None
        self._menu: list[Act | None] = [*self._files(), None, *self._changes(), None, *self._data(), None]
        self._menu += self._money()
        helps = [
            Act(tr("Find a command"), self.open_palette, "Ctrl+K", group=tr("Help"), also=tr("palette")),
            Act(tr("Take the tour"), studio.take_tour, group=tr("Help"), also=tr("begin learn introduction")),
        ]
        self._rest = [*self._going(), *self._work(), *helps]
        self._menu += [None, self._preferences(), *helps]
        hear_keys(window, self.all())

    def all(self) -> list[Act]:
        """The window's own acts."""
        return [*self._rest, *(act for act in self._menu if act is not None and act not in self._rest)]

    def menu(self) -> QMenu:
        """The window's menu as it is now; deleted once it is closed."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        add_to_menu(menu, self._menu)
        return menu

    def _preferences(self) -> Act | None:
        return next((act for act in self._rest if act.key == "Ctrl+,"), None)

    def open_palette(self) -> None:
        """Show all that can be done here."""
        if self.palette is None:
            self.palette = Palette(self._window)
        page = next(page for page in self._studio.pages.values() if page.isVisible())
        self.palette.open_with([*page.acts(), *self.all(), *self._projects()])

    # why not

    def _no_project(self) -> str:
        return tr(NO_PROJECT) if self._studio.project is None else ""

    def _no_writing(self) -> str:
        project = self._studio.project
        return self._no_project() or (tr(READ_ONLY) if project is not None and project.is_read_only else "")

    def _nothing_to(self, which: str) -> str:
        project = self._studio.project
        if project is None:
            return tr(NO_PROJECT)
        nothing = tr("There is nothing to undo.") if which == "undo" else tr("There is nothing to redo.")
        return "" if getattr(project.overview, which) is not None else nothing

    def _step(self, which: str) -> str:
        said = getattr(self._studio.project.overview, which) if self._studio.project is not None else None
        verb = tr("Undo") if which == "undo" else tr("Redo")
        return f"{verb} {told(said or '')}".strip()

    # the acts

    def _files(self) -> list[Act | None]:
        studio = self._studio
        return [
            Act(
                tr("New project …"), lambda: studio.new_project(), "Ctrl+N", group=tr("Project"), also=tr("seed begin")
            ),
            Act(tr("Open …"), studio.ask_for_project, "Ctrl+O", group=tr("Project"), also=tr("file load project")),
            Act(
                tr("Save a copy …"),
                self._save_copy,
                group=tr("Project"),
                why_not=self._no_project,
                also=tr("file as backup"),
            ),
            Act(tr("Close the project"), self._close_project, "Ctrl+W", group=tr("Project"), why_not=self._not_closing),
        ]

    def _not_closing(self) -> str:
        return self._no_project() or (tr(BUSY) if self._studio.desk.is_busy else "")

    def _close_project(self) -> None:
        if why_not := self._not_closing():
            notices.say(why_not)
        else:
            self._studio.close_project()

    def _changes(self) -> list[Act | None]:
        studio = self._studio
        undo, redo = partial(self._nothing_to, "undo"), partial(self._nothing_to, "redo")
        return [
            Act(partial(self._step, "undo"), studio.undo, "Ctrl+Z", group=tr("Change"), why_not=undo, also=tr("back")),
            Act(
                partial(self._step, "redo"),
                studio.redo,
                "Ctrl+Shift+Z",
                group=tr("Change"),
                why_not=redo,
                also=tr("again"),
            ),
        ]

    def _data(self) -> list[Act | None]:
        studio = self._studio
        return [
            Act(
                tr("Add a seed …"), studio.add_seed, group=tr("Project"), why_not=self._no_writing,
                also=tr("example new"),
            ),
            Act(
                tr("Import human data …"), studio.import_data, "Ctrl+I", group=tr("Project"), why_not=self._no_writing,
                also=tr("file csv jsonl test set"),
            ),
            Act(
                tr("Export the training table …"), studio.export, group=tr("Project"), why_not=self._no_project,
                also=tr("save"),
            ),
        ]  # fmt: skip

    def _money(self) -> list[Act | None]:
        return [
            Act(
                tr("What growths cost …"),
                self._show_costs,
                group=tr("Money"),
                why_not=self._no_project,
                also=tr("price spent"),
            ),
            Act(
                tr("Prices of models …"),
                lambda: PricesDialog(self._window).open(),
                group=tr("Money"),
                also=tr("cost dollars"),
            ),
        ]

    def _going(self) -> list[Act]:
        pages = [page for page in self._studio.pages.values() if page.has_sidebar]
        acts = [
            Act(
                tr("Go to {title}", title=tr(page.title)),
                partial(self._studio.show_page, page.name),
                page.key or f"Ctrl+{place}",
                group=tr("Go to"),
                why_not=self._no_project if page.needs_project else lambda: "",
                also=tr("page show open"),
            )
            for place, page in enumerate(pages, start=1)
        ]
        start = Act(
            tr("Go to the start page"), partial(self._studio.show_page, "start"), group=tr("Go to"), also=tr("home")
        )
        return [
            *acts,
            start,
            Act(tr("Search examples"), self._studio.focus_search, "Ctrl+F", group=tr("Go to"), also=tr("find")),
        ]

    def _work(self) -> list[Act]:
        studio, wishes = self._studio, self._studio.wishes
        grow, train = wishes.why_not_grow, wishes.why_not_train
        return [
            Act(
                tr("Grow from the seed …"),
                lambda: wishes.grow(()),
                group=tr("Run"),
                why_not=grow,
                also=tr("create examples"),
            ),
            Act(
                tr("Train and evaluate"),
                wishes.train,
                "Ctrl+T",
                group=tr("Run"),
                why_not=train,
                also=tr("learn judge model"),
            ),
            Act(
                tr("Train with other settings …"),
                wishes.ask_to_train,
                group=tr("Run"),
                why_not=train,
                also=tr("options"),
            ),
            Act(tr("Compare strategies …"), wishes.ask_to_compare, group=tr("Run"), why_not=grow),
            Act(
                tr("Stop the run"), studio.stop_run, group=tr("Run"), why_not=studio.why_not_stop, also=tr("cancel end")
            ),
            Act(tr("Watch the demo"), studio.watch_demo, group=tr("Run"), also=tr("example sample begin")),
        ]

    def _projects(self) -> list[Act]:
        """Recent projects and samples, as they are now."""
        studio = self._studio
        recent = [
            Act(
                tr("Open {stem}", stem=path.stem),
                partial(studio.open_path, path),
                group=tr("Recent"),
                also=f"{path} {tr('project')}",
                why_not=partial(_is_gone, path),
            )
            for path in map(Path, studio.preferences.recent[:RECENT_SHOWN])
        ]
        samples = [
            Act(
                tr("Begin with the sample “{title}”", title=told(sample.title)),
                partial(studio.open_sample, sample.name),
                group=tr("Sample"),
                also=sample.name + " " + tr("open"),
            )
            for sample in read_samples()
        ]
        return [*recent, *samples]

    # deeds

    def _show_costs(self) -> None:
        if self._studio.project is not None:
            show_costs(self._studio.project, self._window)

    def _save_copy(self) -> None:
        project = self._studio.project
        if project is None:
            return
        start = str(project.path.with_stem(f"{project.path.stem}-copy"))
        kinds = tr("Seedbed projects (*{suffix})", suffix=SUFFIX)
        target, _ = ask_to_save(self._window, tr("Save a copy"), start, kinds, SUFFIX)
        if target is not None:
            project.background.act(
                lambda: copy_project(project.store, target),
                lambda _: notices.say(tr("A copy is in {name}.", name=target.name)),
            )


def _is_gone(path: Path) -> str:
    return "" if path.is_file() else tr("The file is not there any more.")
