"""Inks: the palette's colours and fonts in the form in which the canvas paints with them."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen

from seedbed_gui.canvas.colouring import APPROVED, FLAG, NEW, PRUNED, REJECTED, Colouring, Scale
from seedbed_gui.canvas.hues import colours_of, ink_on
from seedbed_gui.canvas.plan import LABEL_LINE
from seedbed_gui.canvas.typesetting import Face
from seedbed_gui.style import NORMAL, SMALL, Palette, text_font


@dataclass(frozen=True, eq=False)
class Inks:
    """Colours by what they are for; `looks` and `marks` are indexed by what a node is drawn as."""

    palette: Palette
    background: QColor
    panel: QColor
    hairline: QColor
    depth_line: QColor
    text: QColor
    quiet: QColor
    accent: QColor
    accent_tint: QColor
    ring: QColor
    edge: QColor
    faint_edge: QColor  # where edges stand so close that they fill an area
    looks: tuple[QColor, ...]
    marks: tuple[QColor, ...]
    look_pixels: NDArray[np.float64]  # (5, 3) red, green, blue
    ring_pixel: NDArray[np.float64]
    path_pixel: NDArray[np.float64]
    flag_pixel: NDArray[np.float64]
    edited_pixel: NDArray[np.float64]
    faded_pixel: NDArray[np.float64]  # what the filter fades
    small: QFont
    small_strong: QFont
    body: Face
    label: Face
    headline: Face
    answer: Face
    note: Face

    def groups(self, colouring: Colouring) -> tuple[QColor, ...]:
        """Colours of the groups."""
        return self.looks if colouring.scale is Scale.STATES else colours_of(self.palette, colouring)

    def group_marks(self, colouring: Colouring) -> tuple[tuple[QColor, ...], ...]:
        """Colours of the marks: by group, then by look."""
        if colouring.scale is Scale.STATES:
            return (self.marks,) * len(self.looks)
        return tuple((ink_on(colour),) * len(self.looks) for colour in colours_of(self.palette, colouring))

    def group_pixels(self, colouring: Colouring) -> NDArray[np.float64]:
        """Red, green and blue of the groups, shape (groups, 3)."""
        if colouring.scale is Scale.STATES:
            return self.look_pixels
        return np.array([_red_green_blue(colour) for colour in colours_of(self.palette, colouring)])

    def body_width(self, text: str) -> float:
        """Width of a text as cards have it, in pixels."""
        return QFontMetricsF(self.body.font).horizontalAdvance(text)

    def small_width(self, text: str) -> float:
        """Width of a small strong text in pixels."""
        return QFontMetricsF(self.small_strong).horizontalAdvance(text)


def pen(colour: QColor, width: float = 1.0, dashed: bool = False) -> QPen:
    """A pen with round ends."""
    style = Qt.PenStyle.CustomDashLine if dashed else Qt.PenStyle.SolidLine
    made = QPen(colour, width, style, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if dashed:
        made.setDashPattern([4.0, 3.0])
    return made


def _between(one: QColor, other: QColor) -> QColor:
    return QColor((one.red() + other.red()) // 2, (one.green() + other.green()) // 2, (one.blue() + other.blue()) // 2)


def _red_green_blue(colour: QColor) -> NDArray[np.float64]:
    return np.array([colour.red(), colour.green(), colour.blue()], np.float64)


def _by_look(palette: Palette) -> tuple[tuple[QColor, ...], tuple[QColor, ...]]:
    """Colours of squares and of the marks on them, in the order of looks."""
    looks: dict[int, str] = {
        NEW: palette.new,
        APPROVED: palette.accent,
        REJECTED: palette.rejected,
        PRUNED: palette.background,
        FLAG: palette.amber,
    }
    marks = {
        NEW: palette.panel,
        APPROVED: palette.on_accent,
        REJECTED: palette.quiet,
        PRUNED: palette.new,
        FLAG: palette.panel,
    }
    return tuple(QColor(looks[look]) for look in sorted(looks)), tuple(QColor(marks[look]) for look in sorted(marks))


@lru_cache(maxsize=4)
def inks_of(palette: Palette) -> Inks:
    """The inks of a palette."""
    colours, marks = _by_look(palette)
    small, strong = text_font(SMALL), text_font(SMALL, QFont.Weight.DemiBold)
    pixels = np.array([_red_green_blue(colour) for colour in colours])
    pixels[PRUNED] = _red_green_blue(QColor(palette.hairline))
    return Inks(
        palette=palette,
        background=QColor(palette.background),
        panel=QColor(palette.panel),
        hairline=QColor(palette.hairline),
        depth_line=_between(QColor(palette.hairline), QColor(palette.background)),
        text=QColor(palette.text),
        quiet=QColor(palette.quiet),
        accent=QColor(palette.accent),
        accent_tint=QColor(palette.accent_tint),
        ring=QColor(palette.ring),
        edge=QColor(palette.edge),
        faint_edge=_between(QColor(palette.edge), QColor(palette.background)),
        looks=colours,
        marks=marks,
        look_pixels=pixels,
        ring_pixel=_red_green_blue(QColor(palette.ring)),
        path_pixel=_red_green_blue(QColor(palette.accent)),
        flag_pixel=_red_green_blue(QColor(palette.amber)),
        edited_pixel=_red_green_blue(QColor(palette.text)),
        faded_pixel=_red_green_blue(QColor(palette.hairline)),
        small=small,
        small_strong=strong,
        body=Face(text_font(NORMAL), 17.0),
        label=Face(small, LABEL_LINE, Qt.AlignmentFlag.AlignHCenter),
        headline=Face(small, 14.0),
        answer=Face(strong, 14.0, Qt.AlignmentFlag.AlignRight),
        note=Face(small, 14.0, Qt.AlignmentFlag.AlignHCenter),
    )
