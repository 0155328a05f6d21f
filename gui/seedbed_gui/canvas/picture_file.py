"""Picture files: whatever paints, into a PNG that is sharp in print or an SVG."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from seedbed_engine.errors import InvalidFile
from seedbed_gui.language import tr

LARGEST = 8000  # longest side of a picture in pixels
PRINT_RATIO = 2  # device pixels for each pixel of a PNG, so that text stays sharp in print

Paint = Callable[[QPainter], None]


def write_picture(target: Path, size: QSize, title: str, paint: Paint) -> None:
    """Paint into a file; its name says the form (.png or .svg). InvalidFile where it cannot be written."""
    suffix = target.suffix.lower()
    if suffix == ".svg":
        _write_svg(target, size, title, paint)
    elif suffix == ".png":
        save_image(print_image(size, paint), target)
    else:
        raise InvalidFile(tr("{name} is neither .png nor .svg.", name=target.name), tr("Name the picture so."))


def print_ratio(size: QSize) -> int:
    """Device pixels for each pixel of a PNG of a size."""
    return PRINT_RATIO if max(size.width(), size.height()) * PRINT_RATIO <= LARGEST else 1


def save_image(image: QImage, target: Path) -> None:
    """Write a picture as PNG; InvalidFile where it cannot be."""
    if not image.save(str(target), "PNG"):  # type: ignore[call-overload]
        raise InvalidFile(tr("{target} cannot be written.", target=target), tr("Choose another place."))


def print_image(size: QSize, paint: Paint) -> QImage:
    """Paint into an image that is sharp in print."""
    ratio = print_ratio(size)
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def _write_svg(target: Path, size: QSize, title: str, paint: Paint) -> None:
    if not os.access(target.parent, os.W_OK):
        raise InvalidFile(tr("{target} cannot be written.", target=target), tr("Choose another place."))
    drawing = QSvgGenerator()
    drawing.setFileName(str(target))
    drawing.setSize(size)
    drawing.setViewBox(QRect(0, 0, size.width(), size.height()))
    drawing.setTitle(title)
    painter = QPainter(drawing)
    paint(painter)
    painter.end()
