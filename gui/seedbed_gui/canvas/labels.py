"""Labels: texts of examples as they are asked for, made harmless, broken into lines, and kept while they are in use.

Texts come from creators and may be hostile: they are drawn as plain text only, bounded, on lines of their own.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

LONGEST = 400
KEPT_TEXTS = 4_000
KEPT_LAYOUTS = 1_500

_SPACES = re.compile(r"\s+")
_CONTROLS = "\x00-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ud800-\udfff"
_DIRECTIONS = "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
_UNSEEN = re.compile(f"[{_CONTROLS}{_DIRECTIONS}]")
_ABOVE = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_TOWERS = re.compile(f"({_ABOVE}{{2}}){_ABOVE}+")


@dataclass(frozen=True, slots=True)
class NodeText:
    """What a node says of itself: a headline such as `#61 · drift .31`, the question, the answer."""

    headline: str
    question: str = ""
    answer: str = ""


Provider = Callable[[Sequence[int]], Mapping[int, NodeText]]


def harmless(text: str, longest: int = LONGEST) -> str:
    """One bounded line of what can be seen: no control, direction or towering marks, white space as single spaces."""
    start = text[: 2 * longest]
    start = _TOWERS.sub(r"\1", _UNSEEN.sub("", _SPACES.sub(" ", start))).strip()
    return start if len(start) <= longest and len(text) <= 2 * longest else start[:longest] + "…"


class LabelBook:
    """Texts of the examples in sight: asked for once, kept until they are changed."""

    def __init__(self) -> None:
        self.provider: Provider | None = None
        self._texts: OrderedDict[int, NodeText] = OrderedDict()

    def ask(self, examples: Sequence[int]) -> None:
        """Have the texts of these ready."""
        missing = [example for example in examples if example not in self._texts]
        if missing and self.provider is not None:
            for example, text in self.provider(missing).items():
                answer = harmless(text.answer, 80)
                self._texts[example] = NodeText(harmless(text.headline, 80), harmless(text.question), answer)
        for example in examples:
            if example in self._texts:
                self._texts.move_to_end(example)
        while len(self._texts) > max(KEPT_TEXTS, len(examples)):
            self._texts.popitem(last=False)

    def text(self, example: int) -> NodeText:
        """Text of one example; its number where nobody has told."""
        found = self._texts.get(example)
        return found or NodeText("seed" if example == 0 else f"#{example}")

    def forget(self, examples: Sequence[int] | None = None) -> None:
        """Ask again for the texts of these, or of all."""
        if examples is None:
            self._texts.clear()
            return
        for example in examples:
            self._texts.pop(example, None)


class Typesetter:
    """Texts broken into lines, kept by text, font, width and number of lines."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[QTextLayout, str]] = OrderedDict()

    def draw(
        self,
        painter: QPainter,
        text: str,
        font: QFont,
        at: QPointF,
        width: float,
        lines: int = 1,
        line_height: float = 17.0,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> float:
        """Draw a text in at most so many lines, the last one elided, with the painter's pen; returns its height."""
        layout, _ = self.laid_out(text, font, width, lines, line_height, align)
        layout.draw(painter, at)
        return layout.lineCount() * line_height

    def laid_out(
        self, text: str, font: QFont, width: float, lines: int, line_height: float, align: Qt.AlignmentFlag
    ) -> tuple[QTextLayout, str]:
        width = float(round(width))
        key = (text, font.key(), width, lines, line_height, align)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        found = _break(text, font, width, lines, line_height, align)
        self._kept[key] = found
        if len(self._kept) > KEPT_LAYOUTS:
            self._kept.popitem(last=False)
        return found


def _break(
    text: str, font: QFont, width: float, lines: int, line_height: float, align: Qt.AlignmentFlag
) -> tuple[QTextLayout, str]:
    layout, last_start = _fill(text, font, width, lines, line_height, align)
    if last_start >= 0:  # something is left over: the last line is elided
        head, tail = _cut(text, last_start)
        tail = QFontMetricsF(font).elidedText(tail, Qt.TextElideMode.ElideRight, width - 4.0)
        text = head + tail.replace(" ", "\u00a0")  # it must not be broken again
        layout, _ = _fill(text, font, width, lines, line_height, align)
    return layout, text


def _cut(text: str, units: int) -> tuple[str, str]:
    """A text cut where Qt says, which counts in UTF-16 units."""
    coded = text.encode("utf-16-le")
    return coded[: 2 * units].decode("utf-16-le", "ignore"), coded[2 * units :].decode("utf-16-le", "ignore")


def _fill(
    text: str, font: QFont, width: float, lines: int, line_height: float, align: Qt.AlignmentFlag
) -> tuple[QTextLayout, int]:
    """A layout of at most so many lines, and where its last line starts if text is left over (else -1)."""
    layout = QTextLayout(text, font)
    option = QTextOption(align)
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
        line.setPosition(QPointF(0.0, number * line_height))
        ends = line.textStart() + line.textLength()
        too_wide = line.naturalTextWidth() > width + 0.5
        if number == lines - 1 and (ends < units or too_wide):
            left_over = line.textStart()
    layout.endLayout()
    return layout, left_over
