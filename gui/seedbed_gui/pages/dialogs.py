"""How dialogs look: a title, a body that scrolls, what is wrong, and the buttons at the foot."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.frames import ScrolledColumn, column, frame, row
from seedbed_gui.pages.labels import Label


class Dialog(QDialog):
    """A window over the window; `accept_button` is its one primary button."""

    def __init__(self, title: str, said: str, accept: str, size: tuple[int, int], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        room = parent.window().size() if parent is not None else None
        width, height = size
        self.resize(width, min(height, room.height() - 40) if room is not None else height)
        layout = column(self, 0)
        head = column(space=style.XS, margins=(style.XXL, style.XXL, style.XXL, style.L))
        head.addWidget(Label(title, "title"))
        if said:
            head.addWidget(Label(said, "quiet", wraps=True))
        layout.addLayout(head)
        self.body = ScrolledColumn((style.XXL, 0, style.XXL, style.XXL), style.L)
        layout.addWidget(self.body, 1)
        self.pinned = column(space=style.XS, margins=(style.XXL, 0, style.XXL, 0))  # seen without scrolling
        layout.addLayout(self.pinned)
        layout.addWidget(frame("line"))
        foot = row(space=style.S, margins=(style.XXL, style.M, style.XXL, style.M))
        self.said = Label("", "quiet", wraps=True)
        foot.addWidget(self.said, 1)
        self.cancel_button = Button(tr("Cancel"), self.reject)
        self.accept_button = Button(accept, self.accept, "primary")
        self.accept_button.setDefault(True)
        foot.addWidget(self.cancel_button)
        foot.addWidget(self.accept_button)
        layout.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        """As wide as its body asks for, in any language, but no wider than the window; what is wider then scrolls."""
        if not event.spontaneous():
            wanted = self.body.inside.minimumSizeHint().width() + self.body.verticalScrollBar().sizeHint().width()
            parent = self.parentWidget()
            most = parent.window().width() - 40 if parent is not None else wanted
            self.resize(max(self.width(), min(wanted, most)), self.height())
            if wanted > self.width():
                self.body.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        super().showEvent(event)

    def show_wrong(self, text: str) -> None:
        """Say what stands in the way at the foot; empty: nothing does."""
        self.said.set_role("wrong" if text else "quiet")
        self.said.setText(text)
        self.accept_button.setEnabled(not text)
