"""The top of the window: where one is, search, and the acts of the page."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.pages.buttons import Button, KeyButton, key_in_words
from seedbed_gui.pages.frames import clear, row
from seedbed_gui.pages.labels import Label

HEIGHT = 52
LONGEST_PATH = 4  # steps shown; the middle of a longer one becomes …
SEARCH_MS = 150


class TopBar(QFrame):
    """Tells what the person wants; does nothing itself."""

    step_chosen = Signal(int)  # an example of the path; 0: the seed
    searched = Signal(str)
    search_entered = Signal(str)  # Return: the first one found is wanted
    list_wanted = Signal(str)  # the arrow down: the focus goes into what was found
    search_left = Signal()
    grow_wanted = Signal()
    fit_wanted = Signal()
    step_wanted = Signal(int)  # back (-1) or forward (1)
    view_menu_wanted = Signal(QPoint)
    train_wanted = Signal()
    training_settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        layout = row(self, style.S, (style.M, 0, style.L, 0))
        self.back = self._step_button("‹", tr("Back"), "Alt+Left", -1)
        self.forward = self._step_button("›", tr("Forward"), "Alt+Right", 1)
        steps = row(space=0)
        for button in (self.back, self.forward):
            steps.addWidget(button)
        layout.addLayout(steps)
        self._path = row(space=0)
        layout.addLayout(self._path)
        layout.addStretch(1)
        self.search = self._search_box()
        self.grow = Button(tr("Grow …"), self.grow_wanted.emit)
        self.fit = KeyButton(tr("Fit"), "F", self.fit_wanted.emit)
        self.view = Button(tr("View"), self._ask_for_view_menu)
        self.view.setToolTip(tr("Fold, focus, hide rejected, colour by …"))
        self.train = Button(tr("Train and evaluate"), self.train_wanted.emit, "primary")
        self.more = Button("…", self.training_settings_wanted.emit)
        self.more.setAccessibleName(tr("Train with other settings"))
        self.more.setToolTip(tr("Train with other settings"))
        self.more.setFixedWidth(36)
        layout.addWidget(self.search, 1)
        for widget in (self.grow, self.fit, self.view, self.train, self.more):
            layout.addWidget(widget)

    def show_words(self, words: Sequence[str]) -> None:
        """Show where one is as words, the last one strong."""
        clear(self._path)
        for place, word in enumerate(words):
            if place:
                self._path.addWidget(Label("›", "quiet"))
            label = Label(word, "strong" if place == len(words) - 1 else "quiet")
            label.setContentsMargins(style.XS, 0, style.XS, 0)
            self._path.addWidget(label)

    def show_path(self, seed: int, examples: Sequence[int]) -> None:
        """Show the way from the seed to an example; each step can be clicked."""
        clear(self._path)
        steps = [(0, tr("Seed {seed}", seed=seed)), *((example, f"#{example}") for example in examples)]
        if len(steps) > LONGEST_PATH:
            steps = [steps[0], (-1, "…"), *steps[-2:]]
        for place, (example, word) in enumerate(steps):
            if place:
                self._path.addWidget(Label("›", "quiet"))
            if example < 0:
                self._path.addWidget(Label(word, "quiet"))
                continue
            step = Button(word, partial(self.step_chosen.emit, example), "crumb")
            step.setProperty("here", place == len(steps) - 1)
            self._path.addWidget(step)

    def show_count(self, count: int) -> None:
        """Say how many examples are searched."""
        self.search.setPlaceholderText(
            tr("Search {count:,} examples   Ctrl+F", count=count) if count else tr("Search   Ctrl+F")
        )

    def show_acts(self, *, page: str, why_not_grow: str, why_not_train: str) -> None:
        """Show the acts that make sense now; one is the primary one, but where the page has one of its own."""
        tree, can_train = page == "tree", not why_not_train
        for widget in (self.fit, self.view, self.back, self.forward):
            widget.setVisible(tree)
        self.search.setVisible(tree)
        for button, why_not in ((self.grow, why_not_grow), (self.train, why_not_train)):
            button.setEnabled(not why_not)
            button.setToolTip(why_not)
        self.more.setEnabled(can_train)
        first = None if page == "compare" else self.train if can_train else None if why_not_grow else self.grow
        for button in (self.grow, self.train):
            button.set_kind("primary" if button is first else "plain")

    def show_trail(self, can_go_back: bool, can_go_forward: bool) -> None:
        """Say whether there is a place to go back to, or forward."""
        self.back.setEnabled(can_go_back)
        self.forward.setEnabled(can_go_forward)

    def _step_button(self, text: str, name: str, key: str, by: int) -> Button:
        button = Button(text, partial(self.step_wanted.emit, by), "icon")
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({key_in_words(key)})")
        button.setFixedSize(24, 32)
        button.setEnabled(False)
        return button

    def _ask_for_view_menu(self) -> None:
        self.view_menu_wanted.emit(self.view.mapToGlobal(QPoint(0, self.view.height() + style.XS)))

    def _search_box(self) -> QLineEdit:
        box = QLineEdit()
        box.setAccessibleName(tr("Search examples"))
        box.setClearButtonEnabled(False)
        box.setMinimumWidth(150)
        box.setMaximumWidth(260)
        self._wait = QTimer(self, interval=SEARCH_MS, singleShot=True)
        self._wait.timeout.connect(lambda: self.searched.emit(box.text()))
        box.textChanged.connect(lambda _: self._wait.start())
        box.returnPressed.connect(lambda: self._search_now(self.search_entered))
        for key, act in (
            (Qt.Key.Key_Down, lambda: self._search_now(self.list_wanted)),
            (Qt.Key.Key_Escape, self.leave_search),
        ):
            shortcut = QShortcut(QKeySequence(key), box)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        return box

    def _search_now(self, wish: SignalInstance) -> None:
        self._wait.stop()
        wish.emit(self.search.text())

    def leave_search(self) -> None:
        """Empty the box and go back to the page."""
        self.search.clear()
        self._search_now(self.searched)
        self.search_left.emit()
