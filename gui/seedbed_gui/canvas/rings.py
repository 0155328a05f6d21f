"""Rings: the radial form. Lines become rings around the seed, places along a line become angles; knows no Qt.

All that is drawn stands in a plane, which a view maps onto pixels: in rows it is (place, line), here it is measured in
rings from the seed. So panning, zooming, the map and the pointer need not know the form.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from seedbed_engine.tree.places import Places, Shape

Floats = NDArray[np.float64]

SEAM = 1.5  # places between the last angle and the first
HOLLOW = 0.35  # a block's or folded chain's innermost ring, as a share of their number
QUARTER, TURN = np.pi / 2, 2 * np.pi


@dataclass(frozen=True, slots=True)
class Rings:
    """How places and lines stand around the seed: from the top, clockwise."""

    width: float  # places of the longest line
    inner: float  # rings that are left free inside
    has_centre: bool  # whether line 0 is one node in the middle

    @property
    def a_place(self) -> float:
        """The angle of one place."""
        return TURN / (self.width + SEAM)

    def radius(self, lines: NDArray[np.integer[Any]]) -> Floats:
        """Radius of lines, in rings."""
        found = np.asarray(lines, np.float64) + self.inner
        return np.where(np.asarray(lines) == 0, 0.0, found) if self.has_centre else found

    def angle(self, x: Floats) -> Floats:
        """Angle of places."""
        return np.asarray(self.a_place * (x + SEAM / 2) - QUARTER)

    def place(self, angle: float) -> float:
        """Place of an angle, in the turn that begins at the top."""
        return float((angle + QUARTER) % TURN / self.a_place - SEAM / 2)

    def plane(self, x: Floats, lines: NDArray[np.integer[Any]]) -> tuple[Floats, Floats]:
        """Where places on lines stand in the plane."""
        angle, radius = self.angle(x), self.radius(lines)
        return radius * np.cos(angle), radius * np.sin(angle)


def rings_of(where: Places, width: float) -> Rings:
    """The rings of a tree that is laid out so."""
    is_hollow = where.shape is Shape.STAR or where.band_lines > 0
    inner = max(1.0, HOLLOW * where.line_count) if is_hollow else 0.0
    return Rings(width, inner, has_centre=where.band_lines == 0)


def angles_in_sight(left: float, top: float, right: float, bottom: float) -> tuple[float, float] | None:
    """The first and the last angle under which a rectangle is seen from 0, 0; None: from inside it."""
    if left <= 0 <= right and top <= 0 <= bottom:
        return None
    middle = np.arctan2((top + bottom) / 2, (left + right) / 2)
    corners = np.arctan2([top, top, bottom, bottom], [left, right, left, right])
    off = (corners - middle + np.pi) % TURN - np.pi
    return float(middle + off.min()), float(middle + off.max())


def radii_in_sight(left: float, top: float, right: float, bottom: float) -> tuple[float, float]:
    """The least and the greatest distance of a rectangle from 0, 0."""
    near = np.hypot(max(left, 0.0, -right), max(top, 0.0, -bottom))
    far = np.hypot(max(-left, right), max(-top, bottom))
    return float(near), float(far)
