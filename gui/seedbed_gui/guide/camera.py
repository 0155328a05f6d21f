"""Pictures of all that stands on the screen: the window with what lies over it, as small PNG files."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from seedbed_engine.errors import InvalidFile
from seedbed_gui import style

COLOURS = 256  # of a picture with a palette
EXACT = 128  # colours kept as they are, the most frequent ones
FINE = 3  # bits dropped where the others are put together
SHADOW = 12  # pixels around what lies over the window
Ints = NDArray[np.uint32]


class Camera:
    """Takes pictures of a window into a folder."""

    def __init__(self, window: QWidget, folder: Path) -> None:
        self._window, self._folder = window, folder

    def take(self, name: str) -> Path:
        """Write what is seen now; InvalidFile where it cannot be written."""
        picture = self._window.grab()
        painter = QPainter(picture)
        for over in self._lying_over():
            _lay(painter, over.grab(), over.mapToGlobal(QPoint()) - self._window.mapToGlobal(QPoint()))
        painter.end()
        target = self._folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if not with_palette(picture.toImage()).save(str(target), "PNG", 0):  # type: ignore[call-overload]
            raise InvalidFile(f"{target} cannot be written.", "Choose another folder.")
        return target

    def _lying_over(self) -> list[QWidget]:
        """Dialogs first, then menus, which may belong to them."""
        others = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not self._window]
        return sorted(others, key=lambda each: each.windowType() == Qt.WindowType.Popup)


def _lay(painter: QPainter, picture: QPixmap, at: QPoint) -> None:
    """Lay a picture over the window with a soft shadow and a hairline, as a desktop would."""
    room = QRectF(at, picture.deviceIndependentSize())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    shade = QColor(style.LIGHT.text)  # dark on dark paper too
    for step in range(SHADOW):
        shade.setAlpha(SHADOW - step)
        painter.setPen(QPen(shade, 1))
        painter.drawRoundedRect(room.adjusted(-step, -step, step, step), step, step)
    painter.drawPixmap(at, picture)
    painter.setPen(QPen(QColor(style.current().edge), 1))
    painter.drawRect(room.adjusted(-0.5, -0.5, 0.5, 0.5))


def with_palette(image: QImage) -> QImage:
    """The same picture with at most 256 colours: a third of the file, and no difference that is seen."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    width, height = plain.width(), plain.height()
    pixels: Ints = np.frombuffer(plain.constBits(), dtype=np.uint32).reshape(height, width) & np.uint32(0xFFFFFF)
    colours, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    chosen = choose_colours(colours, counts)
    nearest = np.zeros(len(colours), dtype=np.uint8)
    table = _parts(chosen)
    for place, colour in enumerate(_parts(colours)):
        nearest[place] = np.abs(table - colour).sum(axis=1).argmin()
    indices = np.zeros((height, (width + 3) // 4 * 4), dtype=np.uint8)  # lines of an image begin at full words
    indices[:, :width] = nearest[places.reshape(height, width)]
    drawn = QImage(indices.tobytes(), width, height, indices.shape[1], QImage.Format.Format_Indexed8)
    drawn.setColorTable([int(colour) | 0xFF000000 for colour in chosen])
    return drawn.copy()


def choose_colours(colours: Ints, counts: NDArray[np.int64]) -> Ints:
    """The most frequent colours as they are; of the others, one for each kind, the frequent kinds first."""
    order = np.argsort(-counts, kind="stable")
    if len(order) <= COLOURS:
        return colours[order]
    rest = order[EXACT:]
    kinds = (_parts(colours[rest]) >> FINE) @ np.array([1 << 16, 1 << 8, 1])
    _, first, kind_of = np.unique(kinds, return_index=True, return_inverse=True)
    many = np.bincount(kind_of.reshape(-1), weights=counts[rest])
    frequent = np.argsort(-many, kind="stable")[: COLOURS - EXACT]
    return np.concatenate([colours[order[:EXACT]], colours[rest[first[frequent]]]])


def _parts(colours: Ints) -> NDArray[np.int64]:
    """Red, green and blue of each."""
    return np.stack([colours >> 16 & 255, colours >> 8 & 255, colours & 255], axis=1).astype(np.int64)
