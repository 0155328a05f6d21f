"""The acts of the window itself: projects, pages, growing, training, undo; and where they are shown in its menu."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from seedbed_engine.keeping.project import SUFFIX, copy_project
from seedbed_engine.keeping.samples import read_samples
from seedbed_gui import notices
from seedbed_gui.models.preferences import Preferences
from seedbed_gui.pages.acts import Act, add_to_menu, hear_keys
from seedbed_gui.pages.costs_dialog import show_costs
from seedbed_gui.pages.open_project import OpenProject
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.palette import Palette
from seedbed_gui.pages.prices_dialog import PricesDialog
from seedbed_gui.pages.run_desk import RunDesk
from seedbed_gui.pages.run_wishes import BUSY, NO_PROJECT, READ_ONLY, RunWishes

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
            Act("Find a command", self.open_palette, "Ctrl+K", group="Help", also="palette"),
            Act("Take the tour", studio.take_tour, group="Help", also="begin learn introduction"),
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
        return NO_PROJECT if self._studio.project is None else ""

    def _no_writing(self) -> str:
        project = self._studio.project
        return self._no_project() or (READ_ONLY if project is not None and project.is_read_only else "")

    def _nothing_to(self, which: str) -> str:
        project = self._studio.project
        if project is None:
            return NO_PROJECT
        return "" if getattr(project.overview, which) is not None else f"There is nothing to {which}."

    def _step(self, which: str) -> str:
        said = getattr(self._studio.project.overview, which) if self._studio.project is not None else None
        return f"{which.capitalize()} {said or ''}".strip()

    # the acts

    def _files(self) -> list[Act | None]:
        studio = self._studio
        return [
            Act("New project …", lambda: studio.new_project(), "Ctrl+N", group="Project", also="seed begin"),
            Act("Open …", studio.ask_for_project, "Ctrl+O", group="Project", also="file load project"),
            Act("Save a copy …", self._save_copy, group="Project", why_not=self._no_project, also="file as backup"),
            Act("Close the project", self._close_project, "Ctrl+W", group="Project", why_not=self._not_closing),
        ]

    def _not_closing(self) -> str:
        return self._no_project() or (BUSY if self._studio.desk.is_busy else "")

    def _close_project(self) -> None:
        if why_not := self._not_closing():
            notices.say(why_not)
        else:
            self._studio.close_project()

    def _changes(self) -> list[Act | None]:
        studio = self._studio
        undo, redo = partial(self._nothing_to, "undo"), partial(self._nothing_to, "redo")
        return [
            Act(partial(self._step, "undo"), studio.undo, "Ctrl+Z", group="Change", why_not=undo, also="back"),
            Act(partial(self._step, "redo"), studio.redo, "Ctrl+Shift+Z", group="Change", why_not=redo, also="again"),
        ]

    def _data(self) -> list[Act | None]:
        studio = self._studio
        return [
            Act("Add a seed …", studio.add_seed, group="Project", why_not=self._no_writing, also="example new"),
            Act(
                "Import human data …", studio.import_data, "Ctrl+I", group="Project", why_not=self._no_writing,
                also="file csv jsonl test set",
            ),
            Act("Export the training table …", studio.export, group="Project", why_not=self._no_project, also="save"),
        ]  # fmt: skip

    def _money(self) -> list[Act | None]:
        return [
            Act("What growths cost …", self._show_costs, group="Money", why_not=self._no_project, also="price spent"),
            Act("Prices of models …", lambda: PricesDialog(self._window).open(), group="Money", also="cost dollars"),
        ]

    def _going(self) -> list[Act]:
        pages = [page for page in self._studio.pages.values() if page.has_sidebar]
        acts = [
            Act(
                f"Go to {page.title}",
                partial(self._studio.show_page, page.name),
                page.key or f"Ctrl+{place}",
                group="Go to",
                why_not=self._no_project if page.needs_project else lambda: "",
                also="page show open",
            )
            for place, page in enumerate(pages, start=1)
        ]
        start = Act("Go to the start page", partial(self._studio.show_page, "start"), group="Go to", also="home")
        return [*acts, start, Act("Search examples", self._studio.focus_search, "Ctrl+F", group="Go to", also="find")]

    def _work(self) -> list[Act]:
        studio, wishes = self._studio, self._studio.wishes
        grow, train = wishes.why_not_grow, wishes.why_not_train
        return [
            Act("Grow from the seed …", lambda: wishes.grow(()), group="Run", why_not=grow, also="create examples"),
            Act("Train and evaluate", wishes.train, "Ctrl+T", group="Run", why_not=train, also="learn judge model"),
            Act("Train with other settings …", wishes.ask_to_train, group="Run", why_not=train, also="options"),
            Act("Compare strategies …", wishes.ask_to_compare, group="Run", why_not=grow),
            Act("Stop the run", studio.stop_run, group="Run", why_not=studio.why_not_stop, also="cancel end"),
            Act("Watch the demo", studio.watch_demo, group="Run", also="example sample begin"),
        ]

    def _projects(self) -> list[Act]:
        """Recent projects and samples, as they are now."""
        studio = self._studio
        recent = [
            Act(
                f"Open {path.stem}",
                partial(studio.open_path, path),
                group="Recent",
                also=f"{path} project",
                why_not=partial(_is_gone, path),
            )
            for path in map(Path, studio.preferences.recent[:RECENT_SHOWN])
        ]
        samples = [
            Act(
                f"Begin with the sample “{sample.title}”",
                partial(studio.open_sample, sample.name),
                group="Sample",
                also=f"{sample.name} open",
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
        name, _ = QFileDialog.getSaveFileName(self._window, "Save a copy", start, f"Seedbed projects (*{SUFFIX})")
        if name:
            target = Path(name)
            project.background.act(
                lambda: copy_project(project.store, target), lambda _: notices.say(f"A copy is in {target.name}.")
            )


def _is_gone(path: Path) -> str:
    return "" if path.is_file() else "The file is not there any more."
