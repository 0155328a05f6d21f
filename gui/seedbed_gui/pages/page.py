"""What the shell asks of every page; a page has its own answer where it has one."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.pages.acts import Act
from seedbed_gui.pages.open_project import OpenProject, Overview


class Page(QWidget):
    """A page of the window. The shell knows it by its `name` and calls it by its `title`."""

    name = ""
    title = ""
    needs_project = True
    has_sidebar = True
    has_top_bar = True
    key = ""  # else Ctrl with its place in the sidebar

    tree_wanted = Signal(int, int)  # a seed and an example of its tree; 0 and 0: the tree as it is
    moved = Signal()  # one is elsewhere on the page

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAccessibleName(tr(self.title))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def set_project(self, project: OpenProject | None) -> None:
        """Belong to another project, or to none."""

    def show_overview(self, overview: Overview) -> None:
        """Something of the project's frame has changed."""

    def refresh(self) -> None:
        """Somebody wrote to the project file."""

    def enter(self) -> None:
        """The page comes into sight."""

    def acts(self) -> Sequence[Act]:
        """What can be done on this page, for the command palette."""
        return ()

    def whereabouts(self) -> list[str]:
        """Where one is, in words."""
        return [tr(self.title)]

    def count_of(self, overview: Overview) -> int | None:
        """How many things are on the page; None: not worth saying."""
        return None

    def layout_to_keep(self) -> dict[str, Any]:
        """What of its layout is remembered across starts, as JSON can say it."""
        return {}

    def set_layout(self, kept: Mapping[str, Any]) -> None:
        """Take the layout that was kept; whatever it may hold."""

    def notice_corner(self) -> QPoint:
        """Where notices end at the lower right: where they cover no button."""
        return QPoint(self.width() - style.L, self.height() - style.L)
