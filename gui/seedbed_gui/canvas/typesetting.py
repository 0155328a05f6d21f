"""Typesetting: texts broken into a few lines of a width, the last one elided, and kept from frame to frame."""

from collections import OrderedDict
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

KEPT, MOST_KEPT = 600, 6_000  # texts kept however few, or many, a frame draws; of 7 KB each
STEP = 8.0  # widths come in multiples of this, pixels
NARROWEST = 2.2  # pixels of the narrowest letter: more text than this fills a width is not looked at
A_FRAME = 40  # texts newly broken in one frame; the others follow in the next


def stepped(width: float) -> float:
    """A width in steps: while a zoom goes on, most texts stay broken as they are."""
    return max(STEP, width // STEP * STEP)


@dataclass(frozen=True, eq=False)
class Face:
    """How a kind of text is set."""

    font: QFont
    line_height: float
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft


class Typesetter:
    """Keeps broken texts; in one frame it breaks only so many anew, so that no frame is late."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, Face, int, float], QTextLayout] = OrderedDict()
        self._latest: OrderedDict[tuple[str, Face, int], tuple[QTextLayout, float]] = OrderedDict()
        self._budget = A_FRAME
        self._drawn = 0
        self.postponed = 0

    @property
    def kept(self) -> int:
        """How many broken texts are kept."""
        return len(self._kept)

    def begin_frame(self, all_at_once: bool = False) -> None:
        """Start anew to count what this frame breaks; of what is kept, twice what the last one drew stays."""
        self._budget = 10**9 if all_at_once else A_FRAME
        self.postponed = 0
        most = max(KEPT, 2 * self._drawn)
        self._drawn = 0
        for kept in (self._kept, self._latest):
            while len(kept) > most:
                kept.popitem(last=False)

    def draw(self, painter: QPainter, text: str, face: Face, at: QPointF, width: float, lines: int = 1) -> None:
        """Draw a text with the painter's pen in at most so many lines; it may come a frame later."""
        width = float(round(width))
        self._drawn += 1
        layout = self._kept.get((text, face, lines, width))
        if layout is None and self._budget <= 0:
            self.postponed += 1
            self._draw_latest(painter, text, face, at, width, lines)
            return
        if layout is None:
            self._budget -= 1
            layout = _break(text[: int(lines * width / NARROWEST) + 8], face, width, lines)
            self._keep(text, face, lines, width, layout)
        else:
            self._kept.move_to_end((text, face, lines, width))
        layout.draw(painter, at)

    def _draw_latest(self, painter: QPainter, text: str, face: Face, at: QPointF, width: float, lines: int) -> None:
        """What this text was broken for last, at another width, until its turn comes."""
        found = self._latest.get((text, face, lines))
        if found is not None:
            layout, was = found
            share = {Qt.AlignmentFlag.AlignHCenter: 0.5, Qt.AlignmentFlag.AlignRight: 1.0}.get(face.align, 0.0)
            layout.draw(painter, QPointF(round(at.x() + share * (width - was)), at.y()))

    def _keep(self, text: str, face: Face, lines: int, width: float, layout: QTextLayout) -> None:
        self._kept[text, face, lines, width] = layout
        self._latest[text, face, lines] = layout, width
        self._latest.move_to_end((text, face, lines))
        for kept in (self._kept, self._latest):
            if len(kept) > MOST_KEPT:
                kept.popitem(last=False)


def _break(text: str, face: Face, width: float, lines: int) -> QTextLayout:
    layout, last_start = _fill(text, face, width, lines)
    if last_start >= 0:  # something is left over: the last line is elided
        head, tail = _cut(text, last_start)
        tail = QFontMetricsF(face.font).elidedText(tail, Qt.TextElideMode.ElideRight, width - 4.0)
        layout, _ = _fill(head + tail.replace(" ", "\u00a0"), face, width, lines)  # it must not be broken again
    return layout


def _cut(text: str, units: int) -> tuple[str, str]:
    """A text cut where Qt says, which counts in UTF-16 units."""
    coded = text.encode("utf-16-le")
    return coded[: 2 * units].decode("utf-16-le", "ignore"), coded[2 * units :].decode("utf-16-le", "ignore")


def _fill(text: str, face: Face, width: float, lines: int) -> tuple[QTextLayout, int]:
    """A layout of at most so many lines, and where its last line starts if text is left over (else -1)."""
    layout = QTextLayout(text, face.font)
    option = QTextOption(face.align)
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere if lines > 1 else QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    units = len(text.encode("utf-16-le")) // 2
    layout.beginLayout()
    left_over = -1
    for number in range(lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0.0, number * face.line_height))
        ends = line.textStart() + line.textLength()
        if number == lines - 1 and (ends < units or line.naturalTextWidth() > width + 0.5):
            left_over = line.textStart()
    layout.endLayout()
    return layout, left_over
