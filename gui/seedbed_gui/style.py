"""How the studio looks: two palettes with the same roles, spaces in fours, the font, the style sheet."""

from dataclasses import asdict, dataclass, fields
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import seedbed_resources

FAMILY = "Inter"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
FALLBACKS = ("Noto Sans", "DejaVu Sans")
SMALL, NORMAL, READING, TITLE, QUESTION = 11, 13, 15, 20, 25  # font sizes, pixels
XXS, XS, S, M, L, XL, XXL, XXXL = 2, 4, 8, 12, 16, 20, 24, 48  # spaces, pixels; XXS: lines of one thing
STRONGEST_TINT = 0.42  # part of a colour over a ground; more, and text on it is hard to read
BAR_RADIUS, CAP_RADIUS, INNER_RADIUS, RADIUS, CARD_RADIUS = 2, 4, 6, 8, 10


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of the studio by its role, as #rrggbb."""

    background: str
    panel: str
    sidebar: str
    field: str
    hover: str
    hairline: str
    text: str
    quiet: str
    accent: str
    accent_tint: str
    on_accent: str
    amber: str
    amber_tint: str
    wrong: str
    wrong_tint: str
    ring: str
    new: str
    rejected: str
    edge: str


LIGHT = Palette(
    background="#fbfbf9",
    panel="#ffffff",
    sidebar="#f4f5f1",
    field="#fbfbf9",
    hover="#eef0eb",
    hairline="#e3e5df",
    text="#1d2320",
    quiet="#5c6660",
    accent="#276b43",
    accent_tint="#e6f2ea",
    on_accent="#ffffff",
    amber="#8a5a14",
    amber_tint="#fbf1dd",
    wrong="#b43c4d",
    wrong_tint="#f8e9e6",
    ring="#2a62c9",
    new="#868e89",
    rejected="#cfd4cf",
    edge="#d8ddd8",
)

DARK = Palette(
    background="#151917",
    panel="#1c211f",
    sidebar="#181c1a",
    field="#161a18",
    hover="#262d29",
    hairline="#2f3733",
    text="#e7ebe8",
    quiet="#9fa9a3",
    accent="#6fc394",
    accent_tint="#1f3528",
    on_accent="#0e1a13",
    amber="#e3b062",
    amber_tint="#382c17",
    wrong="#ea7a6f",
    wrong_tint="#3c2421",
    ring="#7aa5f5",
    new="#7f8983",
    rejected="#4b544f",
    edge="#39423d",
)

_shown = LIGHT
_looks = "system"  # or light, or dark: what the person chose


def current() -> Palette:
    """The palette that is shown now; ask again after a change of style (QEvent.StyleChange)."""
    return _shown


def apply(app: QApplication, dark: bool | None = None) -> None:
    """Give the application its font, colours and style sheet; dark or light as told, else as the person chose."""
    global _shown
    if dark is None:
        is_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = is_dark if _looks == "system" else _looks == "dark"
    _shown = DARK if dark else LIGHT
    app.setStyle("Fusion")
    app.setFont(text_font())
    app.setPalette(_qt_palette(_shown))
    app.setStyleSheet(style_sheet(_shown))


def choose(looks: str) -> None:
    """From now on light, dark, or as the system has it."""
    global _looks
    if looks != _looks:
        _looks = looks
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply(app)


def follow_system(app: QApplication) -> None:
    """Change between light and dark whenever the system does."""
    app.styleHints().colorSchemeChanged.connect(lambda _: apply(app))


def text_font(size: int = NORMAL, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The studio's font at a size in pixels, with numbers of equal width."""
    if FAMILY not in QFontDatabase.families():
        for name in WEIGHTS:
            QFontDatabase.addApplicationFont(str(seedbed_resources.path("fonts", f"{FAMILY}-{name}.otf")))
    font = QFont([FAMILY, *FALLBACKS])
    font.setPixelSize(size)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def style_sheet(palette: Palette) -> str:
    """The Qt style sheet with the palette's colours filled in."""
    icons = seedbed_resources.path("icons").as_posix()
    side = "dark" if palette is DARK else "light"
    tokens = {**asdict(palette), "icons": icons, "side": side}
    return Template(seedbed_resources.text("styles", "studio.qss")).substitute(tokens)


def state_colour(state: str) -> str:
    """The colour of an example's state: new, approved, rejected or pruned."""
    return {"approved": _shown.accent, "new": _shown.new}.get(state, _shown.rejected)


def tinted(colour: str, ground: str, strength: float) -> str:
    """A colour laid over a ground; the strength is from 0 to 1, and 1 is the most that text can stand on."""
    share = STRONGEST_TINT * min(max(strength, 0.0), 1.0)
    pairs = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(share * over + (1 - share) * below):02x}" for over, below in pairs)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG counts it, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _qt_palette(palette: Palette) -> QPalette:
    role = QPalette.ColorRole
    found = QPalette(QColor(palette.panel), QColor(palette.background))
    colours = {
        role.Window: palette.background,
        role.Base: palette.field,
        role.AlternateBase: palette.sidebar,
        role.Button: palette.panel,
        role.WindowText: palette.text,
        role.Text: palette.text,
        role.ButtonText: palette.text,
        role.ToolTipBase: palette.panel,
        role.ToolTipText: palette.text,
        role.PlaceholderText: palette.quiet,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.on_accent,
        role.Accent: palette.accent,
        role.Link: palette.ring,
        role.Mid: palette.hairline,
    }
    for which, colour in colours.items():
        found.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, which, QColor(palette.quiet))
    return found


def roles() -> tuple[str, ...]:
    """The names of all roles."""
    return tuple(field.name for field in fields(Palette))
