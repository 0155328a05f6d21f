"""The shell: what stands around every page, and the stack of pages; knows no page by name."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget, QWidget

from seedbed_gui.language import tr
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.open_project import OpenProject, Overview
from seedbed_gui.pages.page import Page
from seedbed_gui.pages.sidebar import Sidebar
from seedbed_gui.pages.status_bar import StatusBar
from seedbed_gui.pages.top_bar import TopBar


class Shell(QWidget):
    """Sidebar at the left, top bar above, status bar below, one page in the middle."""

    def __init__(self, pages: Sequence[Page], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.pages = {page.name: page for page in pages}
        listed = [(page.name, tr(page.title), page.needs_project) for page in pages if page.has_sidebar]
        self.sidebar, self.top_bar, self.status_bar = Sidebar(listed), TopBar(), StatusBar()
        self.stack = QStackedWidget()
        for page in pages:
            self.stack.addWidget(page)
        right = column(space=0)
        right.addWidget(self.top_bar)
        right.addWidget(self.stack, 1)
        upper = row(space=0)
        upper.addWidget(self.sidebar)
        upper.addLayout(right, 1)
        whole = column(self, 0)
        whole.addLayout(upper, 1)
        whole.addWidget(self.status_bar)

    def set_project(self, project: OpenProject | None) -> None:
        """Tell every page of another project, or of none."""
        self.sidebar.set_has_project(project is not None)
        self.status_bar.show_project(project.path if project else None, bool(project and project.is_read_only))
        for page in self.pages.values():
            page.set_project(project)

    def show_overview(self, overview: Overview, seed: int | None) -> None:
        """Tell every page of what is in the project now; `seed` is the chosen one."""
        self.sidebar.show_overview(overview, seed)
        for page in self.pages.values():
            page.show_overview(overview)
            self.sidebar.show_count(page.name, page.count_of(overview))

    def refresh(self) -> None:
        """Tell every page that somebody wrote to the project file."""
        for page in self.pages.values():
            page.refresh()

    def layout_to_keep(self) -> dict[str, Any]:
        """What the pages want to remember."""
        return {name: kept for name, page in self.pages.items() if (kept := page.layout_to_keep())}

    def set_layout(self, kept: Mapping[str, Any]) -> None:
        """Give each page what it remembered."""
        for name, page in self.pages.items():
            if isinstance(mine := kept.get(name), dict):
                page.set_layout(mine)

    def show_page(self, name: str) -> Page:
        """Show a page."""
        page = self.pages[name]
        self.stack.setCurrentWidget(page)
        self.sidebar.setVisible(page.has_sidebar)
        self.top_bar.setVisible(page.has_top_bar)
        self.sidebar.show_page(name)
        page.enter()
        return page

    def notice_corner(self) -> QPoint:
        """Where notices end at the lower right, in the window."""
        page = next(page for page in self.pages.values() if self.stack.currentWidget() in (page, None))
        return page.mapTo(self.window(), page.notice_corner())
