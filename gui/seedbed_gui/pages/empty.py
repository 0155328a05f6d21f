"""A page with nothing on it yet: what it is for and what to do next."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from seedbed_gui import style
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import column, row
from seedbed_gui.pages.labels import Label

WIDTH = 420


class EmptyPage(QWidget):
    """A title, a sentence, perhaps a button, in the middle."""

    def __init__(self, title: str, said: str, act: str = "", on_act: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._buttons = row(margins=(0, style.S, 0, 0))
        inside = QWidget()
        inside.setFixedWidth(WIDTH)
        lines = column(inside, style.S)
        self.title, self.said = Label(title, "title", wraps=True), Label(said, "quiet", wraps=True)
        for label in (self.title, self.said):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            lines.addWidget(label)
        if act and on_act is not None:
            self.button = Button(act, on_act, "primary")
            line = self._buttons
            line.addStretch(1)
            line.addWidget(self.button)
            line.addStretch(1)
        middle = row()
        middle.addStretch(1)
        middle.addWidget(inside)
        middle.addStretch(1)
        layout = column(self)
        layout.addStretch(2)
        layout.addLayout(middle)
        layout.addLayout(self._buttons)  # these may be wider than what is read
        layout.addStretch(3)

    def add_button(self, text: str, on_click: Callable[[], object]) -> Button:
        """One more act, beside the first."""
        button = Button(text, on_click)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button
