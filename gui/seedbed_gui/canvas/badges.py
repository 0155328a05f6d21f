"""Badges: how many examples are folded away below a node, and a line over the legend that says what is not shown."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from seedbed_gui.canvas.inks import Inks, pen
from seedbed_gui.canvas.plan import Form, Plan
from seedbed_gui.canvas.scene import Scene
from seedbed_gui.language import fill, tr
from seedbed_gui.style import CARD_RADIUS

MOST = 400  # more badges in sight are not drawn
HEIGHT, BANNER = 16.0, 28.0
LEAST_GAP = 9.0  # pixels a place below which badges would cover each other


@dataclass(frozen=True, slots=True)
class Badge:
    """A click on `area` unfolds the example; of `None`, shows everything."""

    example: int | None
    area: QRectF
    text: str


def paint_badges(painter: QPainter, scene: Scene, plan: Plan, inks: Inks) -> list[Badge]:
    """Draw the badges in sight."""
    badges = _below_nodes(scene, plan, inks)
    painter.setFont(inks.small_strong)
    metrics = QFontMetricsF(inks.small_strong)
    for badge in badges:
        painter.setPen(pen(inks.background, 1.5))
        painter.setBrush(inks.accent_tint)
        painter.drawRoundedRect(badge.area, HEIGHT / 2, HEIGHT / 2)
        painter.setPen(QPen(inks.accent))
        wide = metrics.horizontalAdvance(badge.text)
        painter.drawText(QPointF(badge.area.center().x() - wide / 2, badge.area.top() + 12), badge.text)
    return badges


def _below_nodes(scene: Scene, plan: Plan, inks: Inks) -> list[Badge]:
    below = scene.hidden_below()
    if not below or (plan.view.scale_x < LEAST_GAP and not plan.is_round):
        return []
    metrics = QFontMetricsF(inks.small_strong)
    found = []
    for example, count in below.items():
        slot = scene.slot_of(example)
        line = plan.line(scene.line_of(slot)) if slot is not None else None
        if slot is None or line is None or line.look.form is Form.DENSE:
            continue
        x, y = plan.pixel(scene, slot)
        if not (-40 < x < plan.view.width + 40 and -40 < y < plan.view.height + 40):
            continue
        text = fill("+{count:,}", count=count)
        wide = metrics.horizontalAdvance(text) + 12
        top = y + (line.look.height / 2 - HEIGHT / 2 if line.look.form is Form.CARDS else line.look.foot + 3)
        found.append(Badge(example, QRectF(round(x - wide / 2), round(top), wide, HEIGHT), text))
        if len(found) > MOST:
            return []
    return found


def paint_banner(painter: QPainter, scene: Scene, legend: QRectF, inks: Inks) -> Badge:
    """Say over the legend what is shown, and that a click shows everything."""
    focus = scene.folding.focus
    said = [_branch_words(focus)] if focus else []
    said += [tr("rejected hidden") if said else tr("Rejected hidden")] if scene.folding.hides_rejected else []
    said += [tr("{many:,} folded", many=len(scene.folding.closed))] if scene.folding.closed else []
    said.append(
        tr(
            "{many:,} of {there:,} shown",
            many=len(scene) - scene.seeds,
            there=np.count_nonzero(scene.whole.ids > 0),
        )
    )
    text, act = " · ".join(said), tr("Show all")
    metrics, strong = QFontMetricsF(inks.small), QFontMetricsF(inks.small_strong)
    wide = metrics.horizontalAdvance(text) + strong.horizontalAdvance(act) + 38
    area = QRectF(legend.left(), legend.top() - BANNER - 6, wide, BANNER)
    painter.setPen(pen(inks.hairline))
    painter.setBrush(inks.panel)
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), CARD_RADIUS, CARD_RADIUS)
    base = area.center().y() + metrics.capHeight() / 2
    painter.setFont(inks.small)
    painter.setPen(QPen(inks.quiet))
    painter.drawText(QPointF(area.left() + 13, base), text)
    painter.setFont(inks.small_strong)
    painter.setPen(QPen(inks.accent))
    painter.drawText(QPointF(area.right() - 13 - strong.horizontalAdvance(act), base), act)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    return Badge(None, area, act)


def _branch_words(focus: int) -> str:
    if focus > 0:
        return tr("Only the branch of #{example}", example=focus)
    return tr("Only the branch of seed {seed}", seed=-focus)
