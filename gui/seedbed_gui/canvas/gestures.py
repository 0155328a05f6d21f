"""Gestures: what the pointer and the keys do to a canvas."""

import html
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QToolTip

from seedbed_gui import style
from seedbed_gui.canvas.badges import Badge
from seedbed_gui.canvas.branches import Branches
from seedbed_gui.canvas.inks import inks_of, pen
from seedbed_gui.canvas.overlays import map_view
from seedbed_gui.canvas.picking import in_loop, neighbour, pick, span
from seedbed_gui.canvas.surface import Surface

DRAG_FROM = 4.0  # pixels; less is a click
WHEEL_STEP = 1.0018  # zoom for each eighth of a degree
KEY_STEP = 1.3

_ARROWS = {Qt.Key.Key_Up: "up", Qt.Key.Key_Down: "down", Qt.Key.Key_Left: "left", Qt.Key.Key_Right: "right"}
_STEPS = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}
_SHIFT, _CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


class Gestures:
    """Hears a canvas's events: drag pans, shift-drag draws a loop, the wheel zooms, a click selects, keys walk."""

    def __init__(self, canvas: Surface, branches: Branches, step: Callable[[int], None]) -> None:
        self.canvas = canvas
        self.branches = branches
        self._step = step  # back or forward on the trail
        self.is_walking = False  # whether arrow keys move the selection just now
        self._pressed: QPointF | None = None
        self._last = QPointF()
        self._doing = ""
        self._loops = False
        self._loop: list[tuple[float, float]] = []

    def hears(self, event: QEvent) -> bool:
        """Act on an event; False where it is left to the window."""
        if self.canvas.frame is None:
            return False
        if isinstance(event, QMouseEvent):
            return self._mouse(event)
        if isinstance(event, QWheelEvent):
            return self._wheel(event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if isinstance(event, QContextMenuEvent):
            return self._context(event)
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            return self._tip(event)
        return False

    def paint(self, painter: QPainter) -> None:
        """Draw the loop that is being drawn."""
        if self._doing != "loop" or len(self._loop) < 2:
            return
        ring = inks_of(style.current()).ring
        painter.setPen(pen(ring, 1.5, dashed=True))
        inner = ring.toRgb()
        inner.setAlpha(22)
        painter.setBrush(inner)
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in self._loop]))

    # pointer

    def _mouse(self, event: QMouseEvent) -> bool:
        kind, at = event.type(), event.position()
        if kind == QEvent.Type.MouseButtonPress:
            return self._press(event, at)
        if kind == QEvent.Type.MouseMove:
            self._move(at)
            return True
        if kind == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            self._release(event, at)
            return True
        if kind == QEvent.Type.MouseButtonDblClick and event.button() == Qt.MouseButton.LeftButton:
            return self._double(at)
        return False

    def _press(self, event: QMouseEvent, at: QPointF) -> bool:
        if event.button() in _STEPS:
            self._step(_STEPS[event.button()])
            return True
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return False
        self.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed, self._last, self._doing = at, at, "press"
        self._loops = bool(event.modifiers() & _SHIFT) and event.button() == Qt.MouseButton.LeftButton
        frame = self.canvas.seen()
        if frame is not None and frame.map_area is not None and frame.map_area.contains(at):
            self._doing = "map"
            self._pan_by_map(at)
        elif self._badge_at(at) is not None:
            self._doing = "badge"
        elif frame is not None and frame.legend.area.contains(at):
            self._doing = "legend"
        return True

    def _move(self, at: QPointF) -> None:
        if self._pressed is None:
            self._hover(at)
            return
        if self._doing == "press" and (at - self._pressed).manhattanLength() >= DRAG_FROM:
            self._doing = "loop" if self._loops else "pan"
            self._loop = [(self._pressed.x(), self._pressed.y())]
            if not self._loops:
                self.canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        if self._doing == "pan":
            step = at - self._last
            self.canvas.set_view(self.canvas.view().panned(step.x(), step.y()))
        elif self._doing == "map":
            self._pan_by_map(at)
        elif self._doing == "loop":
            self._loop.append((at.x(), at.y()))
            self.canvas.update()
        self._last = at

    def _release(self, event: QMouseEvent, at: QPointF) -> None:
        doing, self._doing, self._pressed = self._doing, "", None
        if doing == "legend":
            self._click_legend(event, at)
        elif doing == "badge":
            self._unfold_at(at)
        elif doing == "loop":
            self._select_loop(event)
        elif doing == "press" and event.button() == Qt.MouseButton.LeftButton:
            self._click(event, at)
        self._hover(at)
        self.canvas.update()

    def _click(self, event: QMouseEvent, at: QPointF) -> None:
        example = self.example_at(at)
        adds = bool(event.modifiers() & (_SHIFT | _CTRL))
        current = self.canvas.current()
        if example is not None and current is not None and event.modifiers() & _SHIFT:
            between = span(self.canvas.scene, current, example)
            if between:
                self.canvas.select({*self.canvas.selected(), *between}, current)
                return
        if example is None:
            if not adds:
                self.canvas.select([])
            return
        if not adds:
            self.canvas.select([example], example)
            return
        chosen = set(self.canvas.selected()) ^ {example}
        self.canvas.select(chosen, example)

    def _double(self, at: QPointF) -> bool:
        example = self.example_at(at)
        if example is None:
            return False
        self.canvas.select([example], example)
        self.canvas.center_on(example, near=True)
        self.canvas.activated.emit(example)
        return True

    def _select_loop(self, event: QMouseEvent) -> None:
        frame, scene = self.canvas.seen(), self.canvas.scene
        if frame is None:
            return
        found = scene.ids[in_loop(scene, frame.plan, self._loop)]
        chosen = set(found[found > 0].tolist())
        if event.modifiers() & _CTRL:
            chosen |= set(self.canvas.selected())
        self._loop = []
        self.canvas.select(chosen)

    def _pan_by_map(self, at: QPointF) -> None:
        frame = self.canvas.seen()
        if frame is None or frame.map_area is None:
            return
        small = map_view(self.canvas.scene.extent, frame.map_area)
        view = self.canvas.view()
        dx = view.width / 2 - view.x(small.place(at.x()))
        dy = view.height / 2 - view.y(small.row(at.y()))
        self.canvas.set_view(view.panned(dx, dy))

    def _wheel(self, event: QWheelEvent) -> bool:
        turned = event.angleDelta()
        at = event.position()
        if event.modifiers() & _SHIFT:
            sideways = turned.x() or turned.y()
            self.canvas.set_view(self.canvas.view().panned(sideways * 0.8, 0.0))
        elif turned.y():
            self.canvas.zoom(WHEEL_STEP ** turned.y(), at.x(), at.y())
        elif turned.x():
            self.canvas.set_view(self.canvas.view().panned(turned.x() * 0.8, 0.0))
        event.accept()
        return True

    def _hover(self, at: QPointF) -> None:
        on_legend = self._legend_at(at) is not None or self._on_title(at) or self._badge_at(at) is not None
        on_something = on_legend or self.example_at(at) is not None
        self.canvas.setCursor(Qt.CursorShape.PointingHandCursor if on_something else Qt.CursorShape.ArrowCursor)

    # what is where

    def example_at(self, at: QPointF) -> int | None:
        """Id of the example under a point; overlays cover what is behind them."""
        frame = self.canvas.seen()
        if frame is None or frame.legend.area.contains(at):
            return None
        if frame.map_area is not None and frame.map_area.contains(at):
            return None
        slot = pick(self.canvas.scene, frame.plan, at.x(), at.y())
        return None if slot is None else int(self.canvas.scene.ids[slot])

    def _legend_at(self, at: QPointF) -> int | None:
        """Group of the legend's entry under a point."""
        frame = self.canvas.seen()
        entries = frame.legend.entries if frame is not None else []
        return next((entry.group for entry in entries if entry.area.contains(at)), None)

    def _badge_at(self, at: QPointF) -> Badge | None:
        frame = self.canvas.seen()
        badges = frame.badges if frame is not None else []
        return next((badge for badge in reversed(badges) if badge.area.contains(at)), None)

    def _unfold_at(self, at: QPointF) -> None:
        badge = self._badge_at(at)
        if badge is not None and badge.example is None:
            self.branches.show_all()
        elif badge is not None and badge.example is not None:
            self.branches.toggle(badge.example)

    def _on_title(self, at: QPointF) -> bool:
        frame = self.canvas.seen()
        return frame is not None and frame.legend.title.contains(at)

    def _click_legend(self, event: QMouseEvent, at: QPointF) -> None:
        group = self._legend_at(at)
        if self._on_title(at):
            self._ask_for_colouring()
        elif group is not None and event.modifiers() & _SHIFT:
            self.canvas.select(self.canvas.of_group(group))
        elif group is not None:
            self.canvas.toggle_group(group, alone=bool(event.modifiers() & _CTRL))

    def _ask_for_colouring(self) -> None:
        frame = self.canvas.seen()
        if frame is not None:
            self.canvas.colouring_wanted.emit(self.canvas.mapToGlobal(frame.legend.title.topLeft().toPoint()))

    def _toggle_nth(self, place: int) -> None:
        frame = self.canvas.seen()
        if frame is not None and place < len(frame.legend.entries):
            self.canvas.toggle_group(frame.legend.entries[place].group)

    # keys, menu, tip

    def _key(self, event: QKeyEvent) -> bool:
        canvas, key = self.canvas, Qt.Key(event.key())
        if key in _ARROWS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
            if by is not None:
                self._step(by)
            return by is not None
        if key in _ARROWS:
            self._walk(_ARROWS[key], bool(event.modifiers() & _SHIFT))
            return True
        if event.modifiers() & (_CTRL | Qt.KeyboardModifier.AltModifier):
            return False
        acts = {
            Qt.Key.Key_F: canvas.fit,
            Qt.Key.Key_Plus: lambda: canvas.zoom(KEY_STEP),
            Qt.Key.Key_Equal: lambda: canvas.zoom(KEY_STEP),
            Qt.Key.Key_Minus: lambda: canvas.zoom(1 / KEY_STEP),
            Qt.Key.Key_Space: self._fold_depth if event.modifiers() & _SHIFT else self._fold,
            Qt.Key.Key_B: self._focus,
            Qt.Key.Key_Backspace: self.branches.show_all,
            Qt.Key.Key_H: lambda: self.branches.hide_rejected(not self.branches.folding.hides_rejected),
            Qt.Key.Key_V: lambda: canvas.set_round(not canvas.scene.is_round),
            Qt.Key.Key_C: self._ask_for_colouring,
            Qt.Key.Key_Home: lambda: self._go_to(0),
            Qt.Key.Key_Escape: lambda: canvas.select([]),
            Qt.Key.Key_Return: self._activate,
            Qt.Key.Key_Enter: self._activate,
        }
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self._toggle_nth(key - Qt.Key.Key_1)
        elif key in acts:
            acts[key]()
        else:
            return False
        return True

    def _walk(self, direction: str, extends: bool) -> None:
        scene = self.canvas.scene
        slot = None if scene.current is None else scene.slot_of(scene.current)
        if slot is None:
            self._go_to(0)
            return
        found = neighbour(scene, slot, direction)
        if found is not None:
            self.is_walking = True
            self._go_to(int(scene.ids[found]), extends)
            self.is_walking = False

    def _go_to(self, example: int, extends: bool = False) -> None:
        chosen = {*self.canvas.selected(), example} if extends else {example}
        self.canvas.select(chosen, example)
        self.canvas.reveal(example)

    def _fold(self) -> None:
        current = self.canvas.current()
        if current is not None:
            self.branches.toggle(current)

    def _fold_depth(self) -> None:
        current = self.canvas.current()
        slot = None if current is None else self.canvas.scene.slot_of(current)
        if slot is not None:
            self.branches.fold_below(self.canvas.scene.depth_of(slot))

    def _focus(self) -> None:
        current = self.canvas.current()
        if current is not None:
            self.branches.focus(0 if current == self.branches.folding.focus else current)

    def _activate(self) -> None:
        current = self.canvas.current()
        if current is not None:
            self.canvas.activated.emit(current)

    def _context(self, event: QContextMenuEvent) -> bool:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        example = self.canvas.current() if by_key else self.example_at(QPointF(event.pos()))
        if example is None:
            self.canvas.view_menu_wanted.emit(event.globalPos())
            return True
        if example not in self.canvas.selected():
            self.canvas.select([example], example)
        self.canvas.context_requested.emit(example, self._spot(example) if by_key else event.globalPos())
        return True

    def _spot(self, example: int) -> QPoint:
        slot, scene, view = self.canvas.scene.slot_of(example), self.canvas.scene, self.canvas.view()
        if slot is None:
            return self.canvas.mapToGlobal(QPoint(0, 0))
        place, row = scene.spot(slot)
        at = QPointF(view.x(place), view.y(row))
        return self.canvas.mapToGlobal(at.toPoint())

    def _tip(self, event: QHelpEvent) -> bool:
        example = self.example_at(QPointF(event.pos()))
        if example is None:
            QToolTip.hideText()
            return True
        self.canvas.painter.book.ask([example])
        text = self.canvas.painter.book.text(example)
        lines = [text.headline, text.question, text.answer]
        safe = "<br>".join(html.escape(line) for line in lines if line)  # Qt would read tags in plain text
        QToolTip.showText(event.globalPos(), f"<qt>{safe}</qt>", self.canvas, QRectF(0, 0, 0, 0).toRect(), 12_000)
        return True
