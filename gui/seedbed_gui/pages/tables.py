"""Tables as the studio shows them: rows with hairlines, whole rows chosen, nothing edited in place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from seedbed_gui.models.plain_table import PlainTable
from seedbed_gui.pages.frames import ring_by_tab

ROW_HEIGHT = 34
NARROWEST, WIDEST = 24, 4000  # pixels of a column


class RowsView(QTableView):
    """Rows in which typing searches nothing: letters are keys of the page, and Qt would read every row for each."""

    def keyboardSearch(self, search: str) -> None:
        pass


class Table(RowsView):
    """Shows rows of texts; `wide` names the column that takes what room is left."""

    row_chosen = Signal(int)

    def __init__(
        self, name: str, headings: Sequence[str], wide: str, right: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.rows = PlainTable(headings, right, self)
        self.setModel(self.rows)
        dress(self, name, list(headings).index(wide) if wide in headings else None)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.selectionModel().currentRowChanged.connect(lambda now, _: self.row_chosen.emit(now.row()))

    def set_widths(self, **widths: int) -> None:
        """Widths of columns by place (c0=…, c1=…), pixels."""
        for name, width in widths.items():
            self.setColumnWidth(int(name[1:]), width)


def dress(view: QTableView, name: str, wide: int | None) -> None:
    """Make a view of rows look and behave as every table of the studio; `wide` takes what room is left."""
    view.setAccessibleName(name)
    ring_by_tab(view)
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
    header.setMinimumSectionSize(48)
    if wide is not None:
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)


def columns_of(view: QTableView) -> list[int]:
    """The widths of a view's columns, to be kept."""
    header = view.horizontalHeader()
    return [header.sectionSize(place) for place in range(header.count())]


def place_columns(view: QTableView, widths: object) -> None:
    """Give a view's columns the widths that were kept; anything else is passed over."""
    if not isinstance(widths, list) or len(widths) != view.horizontalHeader().count():
        return
    for place, width in enumerate(widths):
        if isinstance(width, int) and NARROWEST <= width <= WIDEST:
            view.setColumnWidth(place, width)
