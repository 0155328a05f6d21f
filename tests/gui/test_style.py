import re

import pytest
from PySide6.QtGui import QFontDatabase, QFontInfo
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import seedbed_resources
from seedbed_gui import style
from seedbed_gui.main_window import MainWindow
from seedbed_gui.pages.review_parts import ExampleReader
from seedbed_gui.style import DARK, LIGHT, Palette, contrast

TEXTS = (
    ("text", "background"),
    ("text", "panel"),
    ("text", "sidebar"),
    ("text", "accent_tint"),
    ("text", "hover"),
    ("quiet", "background"),
    ("quiet", "panel"),
    ("quiet", "sidebar"),
    ("quiet", "hover"),
    ("accent", "accent_tint"),
    ("on_accent", "accent"),
    ("amber", "amber_tint"),
    ("amber", "panel"),
    ("wrong", "wrong_tint"),
    ("wrong", "panel"),
    ("ring", "panel"),
)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_every_text_can_be_read_on_its_ground(palette: Palette, ink: str, ground: str) -> None:
    assert contrast(getattr(palette, ink), getattr(palette, ground)) >= 4.5


def test_contrast_is_counted_as_wcag_does() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_has_all_its_colours_filled_in(palette: Palette) -> None:
    sheet = style.style_sheet(palette)
    assert "$" not in sheet
    assert palette.accent in sheet


def test_the_style_sheet_names_no_colour_of_its_own() -> None:
    assert re.findall(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b;", seedbed_resources.text("styles", "studio.qss")) == []


def test_the_font_in_the_box_is_used_with_its_licence_beside_it(qapp: QApplication) -> None:
    style.apply(qapp, dark=False)
    assert qapp.font().families()[0] == "Inter"
    assert {"Regular", "Medium", "SemiBold", "Bold"} <= {
        name.replace(" ", "") for name in QFontDatabase.styles("Inter")
    }
    assert "SIL OPEN FONT LICENSE" in seedbed_resources.text("fonts", "OFL.txt")


def test_dark_and_light_can_be_changed_while_the_window_is_open(qtbot: QtBot, qapp: QApplication) -> None:
    style.apply(qapp, dark=True)
    assert style.current() == DARK
    style.apply(qapp, dark=False)
    assert style.current() == LIGHT


def test_a_question_keeps_its_size_when_the_looks_change(qtbot: QtBot, qapp: QApplication, opened: MainWindow) -> None:
    style.apply(qapp, dark=False)
    opened.show_page("review")
    reader = opened.review.findChild(ExampleReader)
    assert reader is not None
    question = reader.question
    qtbot.waitUntil(lambda: bool(question.toPlainText()))
    opened.show_page("tree")
    style.apply(qapp, dark=True)
    opened.show_page("review")
    font = question.document().defaultFont()
    assert (round(QFontInfo(font).pixelSize()), font.bold()) == (style.QUESTION, True)
    style.apply(qapp, dark=False)
