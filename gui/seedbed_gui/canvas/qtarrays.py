"""Numpy arrays handed to QPainter without an object for each: one lasting buffer for each Qt type."""

from typing import Any

import numpy as np
import shiboken6
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QPainter

CAPACITY = 16_384


class _Buffer:
    """Memory that Qt reads as an array of one of its types; never reallocated, as wrappers are cached by address."""

    def __init__(self, kind: type[Any]) -> None:
        self.values = np.zeros((CAPACITY, 4))
        self.first: Any = shiboken6.wrapInstance(self.values.ctypes.data, kind)


class _Buffers:
    made: dict[type[Any], _Buffer] = {}

    @classmethod
    def of(cls, kind: type[Any]) -> _Buffer:
        if kind not in cls.made:
            cls.made[kind] = _Buffer(kind)
        return cls.made[kind]


def draw_lines(painter: QPainter, lines: NDArray[np.float64]) -> None:
    """Draw rows of x1, y1, x2, y2 with the painter's pen."""
    buffer = _Buffers.of(QLineF)
    for start in range(0, len(lines), CAPACITY):
        part = lines[start : start + CAPACITY]
        np.clip(part, -30_000, 30_000, out=buffer.values[: len(part)])
        painter.drawLines(buffer.first, len(part))


def draw_rects(painter: QPainter, rects: NDArray[np.float64]) -> None:
    """Draw rows of x, y, width, height with the painter's pen and brush."""
    buffer = _Buffers.of(QRectF)
    for start in range(0, len(rects), CAPACITY):
        part = rects[start : start + CAPACITY]
        np.clip(part, -30_000, 30_000, out=buffer.values[: len(part)])
        painter.drawRects(buffer.first, len(part))
