"""The page on the design language is as the style is, and no part of the window has sizes or colours of its own."""

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

import seedbed_resources
from seedbed_gui import style
from seedbed_gui.style import DARK, LIGHT, Palette

ROOT = Path(__file__).parents[2]
WINDOW = ROOT / "gui" / "seedbed_gui"
EYES = ("all", "no red", "no green", "no blue")
SPACES = {0, style.XXS, style.XS, style.S, style.M, style.L, style.XL, style.XXL, style.XXXL}
RADII = {style.BAR_RADIUS, style.CAP_RADIUS, style.INNER_RADIUS, style.RADIUS, style.CARD_RADIUS}
PILLS = {"QScrollBar::handle": 3, "QRadioButton::indicator": 8}  # half their height
SIZES = {style.SMALL, style.NORMAL, style.READING, style.TITLE, style.QUESTION}
OWN_AIR = {
    "QHeaderView::section": {11},
    "QSpinBox QLineEdit": {6},
    "QDoubleSpinBox QLineEdit": {6},
    "QLineEdit": {5, 6},
}  # beside Qt's own
LAYOUTS = {
    "setSpacing", "setContentsMargins", "addSpacing", "setHorizontalSpacing", "setVerticalSpacing",
    "column", "row", "ScrolledColumn", "Card",
}  # fmt: skip
HAIR = 1  # the room of a border


def load_maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_design_language", ROOT / "docs" / "make_design_language.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    spec.loader.exec_module(module)
    return module


maker = load_maker()


def rules() -> Iterator[tuple[str, dict[str, str]]]:
    """The style sheet's rules: selectors, and values by property."""
    sheet = re.sub(r"/\*.*?\*/", "", seedbed_resources.text("styles", "studio.qss"), flags=re.DOTALL)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
        yield selector.strip(), {key.strip(): value.strip() for key, value in pairs}


def test_the_page_is_as_the_style_is() -> None:
    page = maker.PAGE.read_text(encoding="utf-8")
    assert maker.filled(page) == page, "run docs/make_design_language.py"
    assert len(page.splitlines()) < 200


def test_the_page_would_be_found_old_where_a_colour_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    page = maker.PAGE.read_text(encoding="utf-8")
    darker = style.Palette(**{**{role: getattr(LIGHT, role) for role in style.roles()}, "quiet": "#5c6661"})
    monkeypatch.setattr(maker, "LIGHT", darker)
    assert maker.filled(page) != page


def test_every_ink_can_be_read_on_every_ground() -> None:
    weak = [each for each in maker.contrasts(maker.INKS, maker.GROUNDS) if each[3] < 4.5]
    assert weak == []
    assert all(style.contrast(each.on_accent, each.accent) >= 4.5 for each in (LIGHT, DARK))


def test_shapes_that_mean_something_stand_out() -> None:
    weak = [each for each in maker.contrasts(maker.SHAPES, ("background", "panel", "sidebar")) if each[3] < 3.0]
    assert weak == []


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("hue", ["ring", "amber", "accent", "wrong"])
@pytest.mark.parametrize("ground", ["panel", "hover"])
def test_text_can_be_read_on_the_strongest_tint(palette: Palette, hue: str, ground: str) -> None:
    strongest = style.tinted(getattr(palette, hue), getattr(palette, ground), 1.0)
    assert style.contrast(palette.text, strongest) >= 4.5
    assert style.tinted(getattr(palette, hue), getattr(palette, ground), 3.0) == strongest
    assert style.tinted(getattr(palette, hue), getattr(palette, ground), 0.0) == getattr(palette, ground)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
def test_all_eyes_tell_states_and_names_apart(palette: Palette, eyes: str) -> None:
    assert maker.nearest(maker.state_colours(palette), eyes)[0] > 10
    assert maker.nearest(maker.name_colours(palette), eyes)[0] > 10
    assert maker.nearest({"good": palette.accent, "wrong": palette.wrong, "amber": palette.amber}, eyes)[0] > 10


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
def test_steps_of_numbers_grow_evenly_darker_or_lighter(palette: Palette, eyes: str) -> None:
    colours = maker.group_colours(palette, maker.Scale.STEPS, maker.STEPS + 1)[: maker.STEPS]
    steps = np.diff([maker.lab(colour, eyes)[0] for colour in colours])
    assert np.all(steps > 4) if palette is DARK else np.all(steps < -4)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("scale", [maker.Scale.NAMES, maker.Scale.STEPS])
def test_every_group_stands_out_from_the_ground(palette: Palette, scale: object) -> None:
    for colour in maker.group_colours(palette, scale, 7)[:6]:
        assert style.contrast(colour.name(), palette.background) >= 3.0


def test_the_style_sheet_writes_in_inks_alone() -> None:
    inks = {*maker.INKS, "on_accent"}
    written = {(selector, body["color"].strip("$")) for selector, body in rules() if "color" in body}
    assert {each for each in written if each[1] not in inks} == {('QPushButton[kind="icon"]:disabled', "edge")}
    grounds = {body["background"].strip("$") for selector, body in rules() if "color" in body and "background" in body}
    assert grounds - {"transparent", "accent", "hairline", *maker.GROUNDS} == set()
    for palette in (LIGHT, DARK):  # the only text on a hairline: a primary button that cannot be pressed
        assert style.contrast(palette.quiet, palette.hairline) >= 4.5


def test_the_style_sheet_keeps_to_the_scales() -> None:
    odd = []
    for selector, body in rules():
        room = {HAIR, *SPACES, *next((own for part, own in OWN_AIR.items() if part in selector), set())}
        if ":focus" in selector:  # padding gives back what the wider border takes
            room |= {space - HAIR for space in SPACES if space}
        pill = next((half for part, half in PILLS.items() if part in selector), 0)
        allowed = {
            "padding": room,
            "margin": room,
            "spacing": room,
            "font-size": SIZES,
            "border-radius": RADII | {pill},
        }
        for key, values in allowed.items():
            numbers = {int(each) for each in re.findall(r"(\d+)px", body.get(key, ""))}
            odd += [(selector, key, number) for number in numbers - values]
    assert odd == []


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_what_a_field_is_for_can_be_read_too(
    qtbot: QtBot, qapp: QApplication, kind: type[QLineEdit] | type[QPlainTextEdit]
) -> None:
    style.apply(qapp, dark=False)
    field = kind()
    qtbot.addWidget(field)
    field.ensurePolished()
    assert field.palette().color(QPalette.ColorRole.PlaceholderText).name() == style.current().quiet


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def literals(nodes: list[ast.expr]) -> set[float]:
    found = (each.value for node in nodes for each in ast.walk(node) if isinstance(each, ast.Constant))
    return {each for each in found if isinstance(each, int | float) and not isinstance(each, bool)}


def odd_sizes(source: str) -> list[str]:
    """Calls with a space, a size of type or a radius in figures, where the style has a name for it."""
    odd = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if called(node) in LAYOUTS:
            figures = literals([*node.args, *(word.value for word in node.keywords)]) - {0, HAIR}
        elif called(node) == "drawRoundedRect":
            figures = {each for each in literals(node.args[-2:]) if each > 3}
        elif called(node) in {"text_font", "setPixelSize", "ReadingText"}:
            figures = {each for each in literals(node.args[:2]) if each > 3}
        else:
            continue
        odd += [ast.unparse(node)] if figures else []
    return odd


def test_no_part_of_the_window_has_a_size_or_a_colour_of_its_own() -> None:
    files = [path for path in WINDOW.rglob("*.py") if path.name != "style.py"]
    sizes = {path.name: found for path in files if (found := odd_sizes(path.read_text(encoding="utf-8")))}
    assert sizes.pop("surface.py", []) == ["self._view.row(self.height() / 2)"]  # a place in the tree, no layout
    assert sizes == {}
    colours = re.compile(r"\"#[0-9a-fA-F]{3,8}\"|Qt\.GlobalColor|QColor\(\d")
    assert [path.name for path in files if colours.search(path.read_text(encoding="utf-8"))] == ["hues.py"]


def test_an_odd_size_is_found() -> None:
    assert odd_sizes("layout.setSpacing(7)") == ["layout.setSpacing(7)"]
    assert odd_sizes("column(self, style.S, (style.S, 10, 0, 0))") != []
    assert odd_sizes("painter.drawRoundedRect(area, 5, 5)") != []
    assert odd_sizes("text_font(14)") != []
    assert odd_sizes("column(self, 0, (style.S, 0, style.M, 1)); text_font(style.SMALL)") == []
