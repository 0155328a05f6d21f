"""What can be done: each act once, with its words, its key, and why it cannot be done just now."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from seedbed_gui.pages.buttons import key_in_words

Words = str | Callable[[], str]


class Act(QAction):
    """One thing that can be done; menus and the command palette show it, its key carries it out."""

    def __init__(
        self,
        words: Words,
        do: Callable[[], object],
        key: str = "",
        *,
        group: str = "",
        why_not: Callable[[], str] = lambda: "",
        is_on: Callable[[], bool] | None = None,
        also: str = "",
        hears: bool = True,
        parent: QObject | None = None,
    ) -> None:
        """`why_not` says what stands in the way (empty: nothing), for whoever shows it: a key asks nobody, and `do`
        knows itself what it needs. `also` names further words to find it by.

        `hears`: whether the key is heard through this act; else somebody else hears it, and it is only shown.
        """
        super().__init__(parent)
        self._words = words
        self.key, self.group, self.also, self.hears = key, group, also, hears
        self.why_not, self.is_on = why_not, is_on
        self.setText(self.words().replace("&", "&&"))
        self.triggered.connect(lambda _=False: do())

    def words(self) -> str:
        """What it does, as it is said now."""
        return self._words() if callable(self._words) else self._words

    def key_in_words(self) -> str:
        """Its key as this system writes it."""
        return key_in_words(self.key) if self.key else ""


def hear_keys(widget: QWidget, acts: Iterable[Act]) -> None:
    """Let a widget's window hear the keys of acts while the widget is to be seen."""
    for act in acts:
        act.setParent(widget)
        if act.hears and act.key:
            act.setShortcut(QKeySequence(act.key))
            widget.addAction(act)


def add_to_menu(menu: QMenu, acts: Iterable[Act | None]) -> None:
    """Put acts into a menu as they are now; None is a line between them."""
    for act in acts:
        if act is None:
            menu.addSeparator()
            continue
        entry = menu.addAction(act.words().replace("&", "&&"))
        entry.setShortcut(QKeySequence(act.key))
        entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # whoever hears the key does so without the menu
        entry.setEnabled(not act.why_not())
        if act.is_on is not None:
            entry.setCheckable(True)
            entry.setChecked(act.is_on())
        entry.triggered.connect(lambda _=False, act=act: act.trigger())
