"""Cards and labels: what can be read of an example on the canvas."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from seedbed_gui.canvas.colouring import PRUNED, REJECTED, Scale
from seedbed_gui.canvas.inks import Inks, pen
from seedbed_gui.canvas.labels import LabelBook, NodeText
from seedbed_gui.canvas.nodes import paint_edited_dot, paint_square
from seedbed_gui.canvas.plan import SEED_WIDTH, Form, Line, Plan
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.canvas.typesetting import Typesetter, stepped
from seedbed_gui.style import CARD_RADIUS

PAD = 13.0
FULL_HEIGHT = 150.0  # a card at least so high holds the full example


class CardPainter:
    """Paints the lines whose form is cards or labels."""

    def __init__(self, book: LabelBook, typesetter: Typesetter) -> None:
        self.book = book
        self.typesetter = typesetter

    def paint(self, painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> None:
        """Ask for the texts in sight, then draw them."""
        lines = plan.lines_in(Form.LABELS, Form.CARDS)
        slots = [(line, _in_sight(scene, plan, line)) for line in lines]
        self.book.ask([int(scene.ids[slot]) for _, of_line in slots for slot in of_line])
        plan.drawn["texts"] = sum(len(of_line) for _, of_line in slots)
        for line, of_line in slots:
            if line.look.form is Form.CARDS:
                for slot in of_line:
                    self._card(painter, scene, plan, line, slot, inks)
            else:
                start, stop = int(scene.offsets[line.line]), int(scene.offsets[line.line + 1])
                widths = line.text_widths(plan, start, stop)
                short = line.is_short(widths)
                for slot in of_line:
                    place = slot - line.first
                    self._label(painter, scene, plan, line, slot, (float(widths[place]), bool(short[place])), inks)

    def _label(
        self, painter: QPainter, scene: Scene, plan: Plan, line: Line, slot: int, room: tuple[float, bool], inks: Inks
    ) -> None:
        hidden = slot >= scene.seeds and int(scene.groups[slot]) in scene.hidden
        text = self.book.text(int(scene.ids[slot]))
        (x, y), width = plan.pixel(scene, slot, line.line), stepped(room[0])
        short = room[1] or not text.question
        shown = text.headline.split(" · ")[0] if short else text.question
        ink = inks.quiet if short or scene.looks[slot] in (REJECTED, PRUNED) else inks.text
        painter.setPen(QPen(inks.edge if hidden else ink))
        at = QPointF(round(x - width / 2), round(y + 10))
        self.typesetter.draw(painter, shown, inks.label, at, width, line.look.text_lines)

    def _card(self, painter: QPainter, scene: Scene, plan: Plan, line: Line, slot: int, inks: Inks) -> None:
        rect = card_rect(scene, plan, line, slot)
        if slot >= scene.seeds and int(scene.groups[slot]) in scene.hidden:
            painter.setPen(pen(inks.hairline))
            painter.setBrush(inks.background)
            painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
            return
        text = self.book.text(int(scene.ids[slot]))
        chosen = bool(scene.selected_ids) and bool(scene.selected[slot])
        if chosen:
            painter.setPen(QPen(inks.ring, 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(-3.5, -3.5, 3.5, 3.5), CARD_RADIUS + 3, CARD_RADIUS + 3)
        painter.setBrush(inks.panel)
        is_seed = slot < scene.seeds
        painter.setPen(pen(inks.text if is_seed else inks.hairline, 1.25 if is_seed else 1.0))
        painter.drawRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
        if not is_seed:
            _paint_bar(painter, rect, scene, slot, inks)
        self._fill_card(painter, rect, line, scene, slot, text, inks)
        if not is_seed and bool(scene.is_edited(np.array([slot]))[0]):
            paint_edited_dot(painter, QPointF(rect.left() + PAD + 10.5, rect.top() + 9.5), inks)

    def _fill_card(
        self, painter: QPainter, rect: QRectF, line: Line, scene: Scene, slot: int, text: NodeText, inks: Inks
    ) -> None:
        left, right, top = rect.left() + PAD, rect.right() - PAD, rect.top() + 8
        look, group = int(scene.looks[slot]), int(scene.groups[slot])
        if slot >= scene.seeds:
            paint_square(painter, QPointF(left + 5, top + 7), 10, scene.colouring, group, look, inks)
            left += 16
        answer_width = min(inks.small_width(text.answer), 0.45 * (right - left))
        painter.setPen(QPen(inks.quiet))
        room = right - left - answer_width - 6
        headline = text.headline
        if slot >= scene.seeds and scene.colouring.scale is not Scale.STATES:
            headline = f"{headline.split(' · ')[0]} · {scene.colouring.labels[group]}"
        if inks.small_width(headline) > room:
            headline = headline.split(" · ")[0]
        self.typesetter.draw(painter, headline, inks.headline, QPointF(left, top), room)
        painter.setPen(QPen(inks.text if look not in (REJECTED, PRUNED) else inks.quiet))
        at = QPointF(right - answer_width - 2, top)
        self.typesetter.draw(painter, text.answer, inks.answer, at, answer_width + 2)
        body = QPointF(rect.left() + PAD, top + 18)
        width = stepped(rect.width() - 2 * PAD)
        if line.look.height >= FULL_HEIGHT and slot >= scene.seeds:
            self._fill_full(painter, body, width, line.look.text_lines, text, inks)
        else:
            self.typesetter.draw(painter, text.question, inks.body, body, width, line.look.text_lines)

    def _fill_full(self, painter: QPainter, at: QPointF, width: float, lines: int, text: NodeText, inks: Inks) -> None:
        """The question, the options with the answer marked, and of the context what there is room for."""
        options = text.options[: max(lines - 2, 0)]
        needed = math.ceil(1.08 * inks.body_width(text.question) / width)
        used = min(max(needed, 1), max(lines - len(options) - 1, 1))
        self.typesetter.draw(painter, text.question, inks.body, at, width, used)
        y = at.y() + used * inks.body.line_height + 6
        for option in options:
            is_answer = option == text.answer
            painter.setPen(QPen(inks.accent if is_answer else inks.quiet))
            self.typesetter.draw(painter, f"{'●' if is_answer else '○'} {option}", inks.body, QPointF(at.x(), y), width)
            y += inks.body.line_height
        left = lines - used - len(options) - 1
        if text.context and left > 0:
            painter.setPen(QPen(inks.quiet))
            self.typesetter.draw(painter, text.context, inks.body, QPointF(at.x(), y + 6), width, left)


def card_rect(scene: Scene, plan: Plan, line: Line, slot: int) -> QRectF:
    """Where the card of a slot stands, in pixels."""
    x, y = plan.pixel(scene, slot, line.line)
    return QRectF(
        round(x - line.look.width / 2), round(y - line.look.height / 2), round(line.look.width), round(line.look.height)
    )


def seed_lines(width: float) -> int:
    """Lines, three at most, that a question of a width takes on the seed's card."""
    return min(max(math.ceil(1.08 * width / (SEED_WIDTH - 2 * PAD)), 1), 3)


def _paint_bar(painter: QPainter, rect: QRectF, scene: Scene, slot: int, inks: Inks) -> None:
    """The strip at the left that repeats the group's colour."""
    group = int(scene.groups[slot])
    is_pruned = scene.colouring.scale is Scale.STATES and group == PRUNED
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.hairline if is_pruned else inks.groups(scene.colouring)[group])
    painter.drawRoundedRect(QRectF(rect.left(), rect.top() + CARD_RADIUS, 3, rect.height() - 2 * CARD_RADIUS), 1.5, 1.5)


def _in_sight(scene: Scene, plan: Plan, line: Line) -> list[int]:
    half = line.look.width / 2
    slots = plan.slots_on(line)
    x, _ = plan.pixels(scene, slots)
    return [int(slot) for slot in slots[(x > -half) & (x < plan.view.width + half)]]
