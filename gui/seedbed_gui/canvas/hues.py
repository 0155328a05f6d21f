"""Hues: the colours of groups. Names have Okabe and Ito's hues, numbers the ramp cividis: safe for all eyes.

Light and dark differ in lightness alone, so that every group stands out from the ground (a test measures both).
"""

from functools import lru_cache

import numpy as np
from PySide6.QtGui import QColor

from seedbed_gui.canvas.colouring import Colouring, Scale
from seedbed_gui.style import DARK, Palette

# blue, vermillion, green, orange, sky blue, purple
_NAMES_LIGHT = ("#0072b2", "#c04f00", "#00855f", "#c28000", "#3796cf", "#b05a8c")
_NAMES_DARK = ("#2f8fd0", "#e8682a", "#12b387", "#eba91f", "#8ccbf2", "#d78fb6")
_CIVIDIS = np.array([
    (0, 34, 78), (8, 51, 112), (53, 69, 108), (79, 87, 108), (102, 105, 112), (125, 124, 120),
    (148, 142, 119), (174, 163, 113), (200, 184, 102), (229, 207, 82), (254, 232, 56),
], np.float64)  # fmt: skip
_RAMP_LIGHT, _RAMP_DARK = (0.6, 0.0), (0.38, 1.0)  # part of the ramp, from the lowest step to the highest


@lru_cache(maxsize=64)
def group_colours(palette: Palette, scale: Scale, count: int) -> tuple[QColor, ...]:
    """A colour for each of the groups of a scale that is not by state; the last one is for what is not known."""
    dark = palette is DARK
    unknown = QColor(palette.edge)
    if scale is Scale.NAMES:
        hues = [QColor(hue) for hue in (_NAMES_DARK if dark else _NAMES_LIGHT)]
        return (*(hues + [QColor(palette.new)])[: count - 1], unknown)
    first, last = _RAMP_DARK if dark else _RAMP_LIGHT
    places = np.linspace(first, last, max(count - 1, 2))[: count - 1] * (len(_CIVIDIS) - 1)
    parts = [np.interp(places, np.arange(len(_CIVIDIS)), _CIVIDIS[:, part]) for part in range(3)]
    return (*(QColor(*(round(float(part[step])) for part in parts)) for step in range(count - 1)), unknown)


def colours_of(palette: Palette, colouring: Colouring) -> tuple[QColor, ...]:
    """The colours of a colouring's groups, where they are not those of the states."""
    return group_colours(palette, colouring.scale, len(colouring.labels))


def ink_on(colour: QColor) -> QColor:
    """Black or white, whichever is read better on a colour."""
    return QColor("#ffffff") if colour.lightnessF() < 0.5 and _luminance(colour) < 0.25 else QColor("#10140f")


def _luminance(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
