"""TreeCanvas: the tree as a person sees and touches it; one widget, painted from arrays."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from seedbed_gui import style
from seedbed_gui.canvas.branches import Branches
from seedbed_gui.canvas.gestures import Gestures
from seedbed_gui.canvas.surface import Surface
from seedbed_gui.canvas.trail import Stop, Trail


class TreeCanvas(Surface):
    """A surface with its gestures, its branches to fold, and the trail of where one was."""

    trail_changed = Signal()

    _is_reached_by_tab = False  # only then the ring is worth its room
    _gestures: Gestures | None = None  # Qt sends events before and after there are some

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.branches = Branches(self)
        self.trail = Trail()
        self._here = Stop(None, self.scene.folding)
        self._is_stepping = False
        self._gestures = Gestures(self, self.branches, self.step)
        self.selection_changed.connect(lambda _: self._visit())
        self.folding_changed.connect(self._visit)

    def clear(self) -> None:
        """Show nothing, and forget where one was."""
        super().clear()
        self.trail.clear()
        self.trail_changed.emit()

    def show_example(self, example: int) -> None:
        """Select an example (0: the seed) wherever it is, unfolding what hides it, and bring it into sight."""
        self.branches.show(example)
        self.select([example], example)
        self.reveal(example)

    def step(self, by: int) -> None:
        """Go back (-1) to where one was, or forward (1)."""
        stop = self.trail.step(by, self._stop())
        if stop is None:
            return
        self._is_stepping = True
        if stop.folding != self.scene.folding:
            self.refold(stop.folding)
        wanted: Iterable[int] = () if stop.current is None else (stop.current,)
        self.select(wanted, stop.current)
        if stop.scale is None:
            self.fit()
        elif stop.current is not None:
            self.center_on(stop.current, scale=stop.scale)
        self._is_stepping = False
        self._here = self._stop()
        self.trail_changed.emit()

    def _stop(self) -> Stop:
        return Stop(self.current(), self.scene.folding, None if self.is_fitted else self.view().scale_x)

    def _visit(self) -> None:
        """A new place, where there is one example to look at or another part of the tree is shown."""
        if self._is_stepping or (self.current() is None and self.scene.folding == self._here.folding):
            return
        walks = self._gestures is not None and self._gestures.is_walking
        self.trail.visit(self._stop(), replaces=walks)
        self._here = self._stop()
        self.trail_changed.emit()

    def event(self, event: QEvent) -> bool:
        return (self._gestures is not None and self._gestures.hears(event)) or super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._is_reached_by_tab = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        super().focusInEvent(event)

    def paint_over(self, painter: QPainter) -> None:
        if self._gestures is not None:
            self._gestures.paint(painter)
        if self.hasFocus() and self._is_reached_by_tab:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(style.current().ring), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
