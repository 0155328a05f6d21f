"""The shell: what stands around every page, and the stack of pages; knows no page by name."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QStackedWidget, QWidget

from seedbed_gui import style
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.sidebar import Sidebar
from seedbed_gui.pages.status_bar import StatusBar
from seedbed_gui.pages.top_bar import TopBar


class Shell(QWidget):
    """Sidebar at the left, top bar above, status bar below, one page in the middle."""

    def __init__(self, pages: Mapping[str, QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.sidebar, self.top_bar, self.status_bar = Sidebar(), TopBar(), StatusBar()
        self.pages = dict(pages)
        self.stack = QStackedWidget()
        for page in self.pages.values():
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

    def show_page(self, name: str, *, with_sidebar: bool, with_top_bar: bool) -> None:
        """Show a page; one that has something to do when it comes into sight has an `enter`."""
        self.stack.setCurrentWidget(self.pages[name])
        self.sidebar.setVisible(with_sidebar)
        self.top_bar.setVisible(with_top_bar)
        self.sidebar.show_page(name)
        enter = getattr(self.pages[name], "enter", None)
        if enter is not None:
            enter()

    def notice_corner(self) -> QPoint:
        """Where notices end at the lower right: a page may know a place of its own where they cover no button."""
        page = self.stack.currentWidget() or self.stack
        own = getattr(page, "notice_corner", None)
        local = own() if own is not None else QPoint(page.width() - style.L, page.height() - style.L)
        return page.mapTo(self.window(), local)
