"""Fills the tables of docs/design-language.md from the style's own files, and draws docs/design-language.png.

    QT_QPA_PLATFORM=offscreen .venv/bin/python docs/make_design_language.py

The prose of the page is written by hand; what stands between `<!-- made: NAME -->` and `<!-- end -->` is not. A test
fails where the page is older than the style.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter

from seedbed_gui import style
from seedbed_gui.canvas.colouring import (
    BY_STATE,
    LEGEND_ORDER,
    LOOK_NAMES,
    MOST_NAMES,
    STEPS,
    Colouring,
    Scale,
    by_names,
    by_numbers,
)
from seedbed_gui.canvas.hues import group_colours
from seedbed_gui.canvas.inks import inks_of
from seedbed_gui.canvas.nodes import paint_square
from seedbed_gui.style import DARK, LIGHT, Palette

PAGE = Path(__file__).with_name("design-language.md")
PICTURE = PAGE.with_suffix(".png")
PALETTES = {"light": LIGHT, "dark": DARK}
INKS = ("text", "quiet", "accent", "amber", "wrong", "ring")  # what text is written in
GROUNDS = ("background", "panel", "sidebar", "field", "hover", "accent_tint", "amber_tint", "wrong_tint")
SHAPES = ("new", "accent", "amber", "ring")  # what squares, borders and lines that mean something are drawn in
USES = {
    "background": "the page",
    "panel": "cards, bars, buttons",
    "sidebar": "the left side",
    "field": "fields to type in",
    "hover": "under the pointer; neutral chips",
    "hairline": "lines between things, borders",
    "text": "text",
    "quiet": "labels, remarks, what cannot be done now",
    "accent": "the primary button, approved, progress, the path",
    "accent_tint": "what is chosen; good chips",
    "on_accent": "text on the accent",
    "amber": "flagged; warnings",
    "amber_tint": "banners; amber chips",
    "wrong": "problems; what was taken out",
    "wrong_tint": "chips of problems",
    "ring": "focus, selection, links",
    "new": "new examples; check boxes; lines in plots",
    "rejected": "rejected examples, faint on purpose",
    "edge": "edges of the tree, borders of keys",
}
MARKS = {
    "approved": "a tick",
    "new": "no mark",
    "rejected": "a stroke through",
    "flagged": "an exclamation mark",
    "pruned": "hollow, with a cross",
}

# Machado and others (2009): what eyes see that lack one kind of cones, in linear RGB
EYES: Mapping[str, NDArray[np.float64]] = {
    "all": np.eye(3),
    "no red": np.array([
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
    ]),
    "no green": np.array([
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881],
    ]),
    "no blue": np.array([
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039],
    ]),
}  # fmt: skip
TITLES = {"all": "all cones", "no red": "protanopia", "no green": "deuteranopia", "no blue": "tritanopia"}
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def seen_by(rgb: NDArray[np.float64], eyes: str) -> NDArray[np.float64]:
    """Red, green and blue (0 to 1, linear) of colours as these eyes see them."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.clip(linear @ EYES[eyes].T, 0, 1))


def lab(colour: QColor, eyes: str) -> NDArray[np.float64]:
    """A colour as these eyes see it, in CIE Lab."""
    xyz = _TO_XYZ @ seen_by(np.array([colour.redF(), colour.greenF(), colour.blueF()]), eyes)
    xyz = xyz / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def state_colours(palette: Palette) -> dict[str, str]:
    """What the states that are told by a filled square are drawn in, and the selection's ring."""
    return {
        "approved": palette.accent, "new": palette.new, "rejected": palette.rejected, "flagged": palette.amber,
        "the ring": palette.ring,
    }  # fmt: skip


def nearest(colours: Mapping[str, str], eyes: str) -> tuple[float, str, str]:
    """The two colours that these eyes tell apart worst, with their distance in CIE Lab."""
    seen = {name: lab(QColor(colour), eyes) for name, colour in colours.items()}
    return min((float(np.linalg.norm(seen[one] - seen[other])), one, other) for one, other in combinations(seen, 2))


def contrasts(inks: Sequence[str], grounds: Sequence[str]) -> Iterator[tuple[str, str, str, float]]:
    """Every ink on every ground in both palettes: the palette's name, ink, ground, contrast."""
    for name, palette in PALETTES.items():
        for ink in inks:
            for ground in grounds:
                yield name, ink, ground, style.contrast(getattr(palette, ink), getattr(palette, ground))


def scales_table() -> str:
    """Spaces, sizes of type, radii."""
    spaces = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL")
    sizes = ("SMALL", "NORMAL", "READING", "TITLE", "QUESTION")
    radii = ("BAR_RADIUS", "CAP_RADIUS", "INNER_RADIUS", "RADIUS", "CARD_RADIUS")
    told = [
        (what, " · ".join(f"`{name}` {getattr(style, name)}" for name in names))
        for what, names in (("space", spaces), ("type", sizes), ("radius", radii))
    ]
    return table(("scale", "pixels"), told)


def roles_table() -> str:
    """All colours by their role."""
    return table(
        ("role", "light", "dark", "for"),
        [(f"`{role}`", getattr(LIGHT, role), getattr(DARK, role), USES[role]) for role in style.roles()],
    )


def contrast_table() -> str:
    """Inks on grounds, light / dark; the least of all is said below."""
    found = {(name, ink, ground): value for name, ink, ground, value in contrasts(INKS, GROUNDS)}
    rows = [
        (f"`{ink}`", *(f"{found['light', ink, ground]:.1f} / {found['dark', ink, ground]:.1f}" for ground in GROUNDS))
        for ink in INKS
    ]
    least = min(found, key=lambda place: found[place])
    primary = " / ".join(f"{style.contrast(p.on_accent, p.accent):.1f}" for p in PALETTES.values())
    shapes = min(contrasts(SHAPES, ("background", "panel", "sidebar")), key=lambda each: each[3])
    return (
        table(("ink", *(f"`{ground}`" for ground in GROUNDS)), rows)
        + f"\n\nLeast: `{least[1]}` on `{least[2]}`, {least[0]}, {found[least]:.2f}. "
        + f"`on_accent` on `accent`: {primary}."
        + f"\nShapes that mean something ({', '.join(f'`{each}`' for each in SHAPES)}): at least {shapes[3]:.2f}, "
        + f"`{shapes[1]}` on\n`{shapes[2]}`, {shapes[0]}."
    )


def eyes_table() -> str:
    """The worst pair of states for each kind of eyes, and of names."""
    rows = []
    for eyes, title in TITLES.items():
        line = [title]
        for palette in PALETTES.values():
            apart, one, other = nearest(state_colours(palette), eyes)
            line.append(f"{apart:.0f} ({one}, {other})")
        for palette in PALETTES.values():
            line.append(f"{nearest(name_colours(palette), eyes)[0]:.0f}")
            line.append(f"{least_step(palette, eyes):.0f}")
        rows.append(tuple(line))
    head = ("eyes", "states, light", "states, dark", "names, light", "steps, light", "names, dark", "steps, dark")
    return table(head, rows)


def marks_table() -> str:
    """The mark of each state."""
    return table(("state", "mark"), [(LOOK_NAMES[look], MARKS[LOOK_NAMES[look]]) for look in LEGEND_ORDER])


def name_colours(palette: Palette) -> dict[str, str]:
    """The colours of names, which have no order."""
    colours = group_colours(palette, Scale.NAMES, MOST_NAMES + 2)[:MOST_NAMES]
    return {str(place): colour.name() for place, colour in enumerate(colours)}


def least_step(palette: Palette, eyes: str) -> float:
    """The least difference in lightness from one step of a number to the next."""
    steps = [lab(colour, eyes)[0] for colour in group_colours(palette, Scale.STEPS, STEPS + 1)[:STEPS]]
    return float(np.abs(np.diff(steps)).min())


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown has it."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


PARTS: Mapping[str, Callable[[], str]] = {
    "scales": scales_table,
    "roles": roles_table,
    "contrast": contrast_table,
    "marks": marks_table,
    "eyes": eyes_table,
}


def filled(page: str) -> str:
    """The page with all its tables as they are now."""
    for name, part in PARTS.items():
        place = re.compile(rf"(<!-- made: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        page, many = place.subn(lambda found, part=part: f"{found[1]}{part()}\n{found[2]}", page)
        if many != 1:
            raise ValueError(f"The page has {many} places for {name}")
    return page


def picture() -> QImage:
    """States with their marks, names with their shapes and steps, as each kind of eyes sees them; light, then dark."""
    row, head, wide, twice = 36, 28, 620, 2
    image = QImage(2 * wide * twice, (head + row * len(EYES)) * twice, QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(twice)
    for place, palette in enumerate(PALETTES.values()):
        painter = QPainter(image)
        painter.fillRect(place * wide, 0, wide, head + row * len(EYES), QColor(palette.background))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(style.text_font(style.SMALL, style.QFont.Weight.DemiBold))
        painter.setPen(QColor(palette.quiet))
        for left, title in ((112, "states"), (288, "names"), (452, "steps of a number")):
            painter.drawText(QPointF(place * wide + left, 18), title)
        for line, title in enumerate(TITLES.values()):
            top = head + row * line
            painter.setPen(QColor(palette.text))
            middle = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
            painter.drawText(QRectF(place * wide + 16, top, 96, row), middle, title)
            _paint_groups(painter, palette, place * wide, top + row / 2)
        painter.end()
    pixels = np.frombuffer(image.bits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    pixels = pixels[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    for line, eyes in enumerate(EYES):
        band = slice((head + row * line) * twice, (head + row * (line + 1)) * twice)
        linear = seen_by(pixels[band] / 255, eyes)
        shown = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
        pixels[band] = np.rint(255 * shown).astype(np.uint8)
    return image


def _paint_groups(painter: QPainter, palette: Palette, left: float, middle: float) -> None:
    inks, ids = inks_of(palette), np.arange(1, MOST_NAMES + 1)
    names = by_names("creator", ids, (ids - 1).astype(float), [str(each) for each in ids])
    steps = by_numbers("drift", ids, ids.astype(float), lambda low, high: "")
    kinds: list[tuple[int, Colouring, Sequence[int]]] = [
        (120, BY_STATE, LEGEND_ORDER), (296, names, range(MOST_NAMES)), (460, steps, range(STEPS)),
    ]  # fmt: skip
    for start, colouring, groups in kinds:
        for place, group in enumerate(groups):
            look = group if colouring is BY_STATE else 0
            at = QPointF(left + start + 26 * place, middle)
            paint_square(painter, at, 16, colouring, group, look, inks)


def main() -> None:
    """Write the page and the picture."""
    app = QGuiApplication([])
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    picture().save(str(PICTURE))
    app.quit()


if __name__ == "__main__":
    main()
