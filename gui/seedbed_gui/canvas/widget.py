"""TreeCanvas: the tree as a person sees and touches it; one widget, painted from arrays."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from seedbed_gui.canvas.gestures import Gestures
from seedbed_gui.canvas.surface import Surface


class TreeCanvas(Surface):
    """A surface with its gestures."""

    _gestures: Gestures | None = None  # Qt sends events before and after there are some

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gestures = Gestures(self)

    def event(self, event: QEvent) -> bool:
        return (self._gestures is not None and self._gestures.hears(event)) or super().event(event)

    def paint_over(self, painter: QPainter) -> None:
        if self._gestures is not None:
            self._gestures.paint(painter)
