"""Every control of every page and dialog has a name that can be said, shows its focus, and cuts no text."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping.proposals import Fate, Preview
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.settings import GrowthSettings, MendingSettings
from seedbed_gui.main_window import SMALLEST, MainWindow
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.compare_dialog import CompareDialog
from seedbed_gui.pages.costs_dialog import Costs, CostsDialog
from seedbed_gui.pages.embedded_panel import TopicsDialog
from seedbed_gui.pages.grow_dialog import Ground, GrowDialog
from seedbed_gui.pages.import_dialog import ImportDialog
from seedbed_gui.pages.keys_card import KeyDialog
from seedbed_gui.pages.labels import ElidedLabel, Label
from seedbed_gui.pages.mend_dialog import Chosen, MendDialog, MendGround
from seedbed_gui.pages.new_project import NewProjectDialog
from seedbed_gui.pages.preview_dialog import PreviewDialog
from seedbed_gui.pages.prices_dialog import PricesDialog
from seedbed_gui.pages.texts import FRAME, TextField
from seedbed_gui.pages.train_dialog import TrainDialog, usual_settings

TEXT = Example("Is ice cold?", ("yes", "no"), "yes")
SEED = SeedRow(1, TEXT, Options.FIXED, None, 0, 0, 0, 0, 0)
ONE = Chosen((1,), (TEXT,))
DIALOGS: dict[str, Callable[[MainWindow], QDialog]] = {
    "grow": lambda w: GrowDialog(Ground(SEED, (), TEXT), GrowthSettings(creator="hosted"), w),
    "train": lambda w: TrainDialog((), usual_settings(()), w),
    "compare": lambda w: CompareDialog(SEED, (), GrowthSettings(), w),
    "import": lambda w: ImportDialog(w.background, parent=w),
    "new project": lambda w: NewProjectDialog(w.background, Path.home(), w),
    "new sibling": lambda w: MendDialog(MendGround("regenerate", SEED, ONE, ONE), MendingSettings(), w),
    "check label": lambda w: MendDialog(MendGround("reanswer", SEED, ONE, ONE), MendingSettings(), w),
    "rewrite": lambda w: MendDialog(MendGround("rewrite", SEED, ONE, ONE), MendingSettings(), w),
    "preview": lambda w: PreviewDialog([Preview(1, TEXT, TEXT, Fate.OFFERED)], "shorter", can_write=True, parent=w),
    "prices": lambda w: PricesDialog(w),
    "costs": lambda w: CostsDialog(Costs({}, []), w),
    "topics": lambda w: TopicsDialog((), w),
    "key": lambda w: KeyDialog("MY_KEY", w),
}
SIZES = [(1280, 720), SMALLEST]
LANGUAGES = ("en", "de", "pseudo")
SPOKEN_AT = [*((spoken, size) for spoken in ("en", "de") for size in SIZES), ("pseudo", SIZES[0])]
PAGES = ("start", "tree", "review", "table", "runs", "compare", "log", "preferences")


def controls(top: QWidget) -> Iterator[QWidget]:
    """What Tab can reach, also where it is hidden just now; not the inner parts that Qt makes for itself."""
    for widget in top.findChildren(QWidget):
        inner = widget.objectName().startswith("qt_") or is_in_a_list_of_choices(widget)
        by_tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
        if by_tab and not inner and type(widget) is not QScrollArea:
            yield widget


def is_in_a_list_of_choices(widget: QWidget) -> bool:
    """Whether it is what a QComboBox drops down: Qt names it after the box."""
    at = widget.parentWidget()
    while at is not None and not isinstance(at, QComboBox):
        at = at.parentWidget()
    return at is not None


def spoken(widget: QWidget) -> str:
    """What a screen reader says of it first."""
    found = QAccessible.queryAccessibleInterface(widget)
    return found.text(QAccessible.Text.Name).strip() if found is not None else ""


def path_to(widget: QWidget) -> str:
    names, at = [], widget.parent()
    while isinstance(at, QObject) and len(names) < 4:
        names.append(type(at).__name__)
        at = at.parent()
    text = widget.text() if isinstance(widget, QPushButton) else ""
    return f"{type(widget).__name__} {text!r} in {' in '.join(names)}"


def unnamed(top: QWidget) -> list[str]:
    return [path_to(widget) for widget in controls(top) if not any(letter.isalnum() for letter in spoken(widget))]


def without_ring(top: QWidget) -> list[str]:
    """Controls that look the same with the focus as without it."""
    found = []
    for widget in controls(top):
        if not widget.isVisible() or not widget.isEnabled() or widget.visibleRegion().isEmpty():
            continue
        around = widget.parentWidget() or widget  # an option shows it on its frame
        widget.clearFocus()
        without = around.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        if widget.hasFocus() and around.grab().toImage() == without:
            found.append(path_to(widget))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_control_of_a_page_has_a_name(qtbot: QtBot, opened: MainWindow, page: str) -> None:
    opened.show_page(page)
    qtbot.wait(300)
    assert unnamed(opened) == []


@pytest.mark.parametrize("page", PAGES)
def test_the_focus_is_seen_on_every_page(qtbot: QtBot, opened: MainWindow, page: str) -> None:
    opened.show_page(page)
    qtbot.wait(300)
    assert without_ring(opened.pages[page]) == []


def test_a_large_area_has_its_ring_only_where_tab_brought_the_focus(qtbot: QtBot, opened: MainWindow) -> None:
    opened.show_page("table")
    view = opened.table.view
    qtbot.waitUntil(view.isVisible, timeout=10_000)
    assert view.hasFocus()
    assert not view.property("ringed")
    opened.table.filter.setFocus()
    qtbot.keyClick(opened.table.filter, Qt.Key.Key_Tab)
    assert view.hasFocus()
    assert view.property("ringed")


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_of_a_dialog_has_a_name_and_shows_its_focus(qtbot: QtBot, opened: MainWindow, name: str) -> None:
    dialog = DIALOGS[name](opened)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.wait(50)
    assert unnamed(dialog) == []
    assert without_ring(dialog) == []
    dialog.reject()


def test_the_dialogs_of_the_studio_are_all_here() -> None:
    sources = Path(__file__).parents[2] / "gui" / "seedbed_gui"
    made = {name for path in sources.rglob("*.py") for name in classes_over_dialog(path.read_text())}
    walked = {word for call in DIALOGS.values() for word in call.__code__.co_names}
    assert made <= walked


def classes_over_dialog(source: str) -> list[str]:
    lines = [line for line in source.splitlines() if line.startswith("class ") and "(Dialog)" in line]
    return [line.split("(")[0].removeprefix("class ") for line in lines]


def test_tab_goes_through_a_dialog_from_the_top_down(qtbot: QtBot, opened: MainWindow) -> None:
    dialog = DIALOGS["grow"](opened)
    dialog.show()
    qtbot.waitExposed(dialog)
    seen: list[QWidget] = []
    at = dialog.nextInFocusChain()
    while at is not dialog:
        if at in set(controls(dialog)) and at.isVisible():
            seen.append(at)
        at = at.nextInFocusChain()
    heights = [widget.mapTo(dialog, widget.rect().topLeft()).y() for widget in seen]
    steps_up = sum(below < above - 40 for above, below in zip(heights, heights[1:], strict=False))
    assert len(seen) > 8
    assert steps_up <= 1
    dialog.reject()


def test_a_control_without_a_name_is_found(qtbot: QtBot) -> None:
    bad = QWidget()
    lines = QVBoxLayout(bad)
    lines.addWidget(QPushButton("×"))
    lines.addWidget(QPushButton("Grow"))
    box = QComboBox()
    box.setEditable(True)
    lines.addWidget(box)
    qtbot.addWidget(bad)
    assert len(unnamed(bad)) == 2


def test_a_button_is_called_by_what_stands_on_it(qtbot: QtBot) -> None:
    button = Button("More settings")
    qtbot.addWidget(button)
    button.setText("Fewer settings")
    assert spoken(button) == "Fewer settings"
    button.setAccessibleName("Fewer settings of the growth")
    button.setText("More settings")
    assert spoken(button) == "Fewer settings of the growth"


# texts


def shown(top: QWidget) -> Iterator[QWidget]:
    """Labels and buttons with a text that are to be seen, those under a scroll bar too."""
    for widget in top.findChildren(QWidget):
        has_text = isinstance(widget, QLabel | QPushButton | QCheckBox | QRadioButton) and bool(widget.text())
        if has_text and widget.isVisibleTo(top) and not isinstance(widget, ElidedLabel):
            yield widget


def is_cut(widget: QWidget) -> bool:
    """Whether it has less room than its text takes; a label on one line may be as wide as it likes."""
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() < widget.heightForWidth(widget.width())
    return widget.width() < widget.sizeHint().width() and not is_meant_to_be_short(widget)


def is_meant_to_be_short(widget: QWidget) -> bool:
    """Titles that give way to others are whole in their tool tip; a mark in a square button is no text."""
    return bool(widget.toolTip()) and (isinstance(widget, QLabel) or len(getattr(widget, "text", str)()) <= 1)


def cut(top: QWidget) -> list[str]:
    found = []
    for widget in shown(top):
        if is_cut(widget):
            text = getattr(widget, "text", str)()
            found.append(f"{text[:50]!r} {widget.size().toTuple()} {widget.sizeHint().toTuple()} {path_to(widget)}")
    return found


@pytest.mark.parametrize(("spoken", "size"), SPOKEN_AT, indirect=["spoken"])
def test_no_page_cuts_a_text(qtbot: QtBot, opened: MainWindow, size: tuple[int, int]) -> None:
    opened.resize(*size)
    opened.tree.show_example(4)
    found = {}
    for page in PAGES:
        opened.show_page(page)
        qtbot.wait(300)
        if texts := cut(opened):
            found[page] = texts
    assert found == {}


@pytest.mark.parametrize("spoken", LANGUAGES, indirect=True)
@pytest.mark.parametrize("name", DIALOGS)
def test_no_dialog_cuts_a_text(qtbot: QtBot, opened: MainWindow, name: str) -> None:
    opened.resize(*SMALLEST)
    dialog = DIALOGS[name](opened)
    dialog.show()
    qtbot.waitExposed(dialog)
    qtbot.wait(100)
    assert dialog.height() <= SMALLEST[1]
    assert cut(dialog) == []
    dialog.reject()


def test_a_cut_text_is_found(qtbot: QtBot) -> None:
    bad = QWidget()
    button, label, tall = (
        Button("Grow from these", parent=bad),
        Label("A long title", parent=bad),
        Label("", parent=bad),
    )
    button.setFixedWidth(40)
    label.setFixedWidth(20)
    tall.setWordWrap(True)
    tall.setText("Many words that take several lines where there is room for one only. " * 4)
    tall.setFixedSize(100, 16)
    qtbot.addWidget(bad)
    bad.show()
    assert len(cut(bad)) == 3


def test_a_field_takes_the_height_of_any_paragraphs_at_any_width(qtbot: QtBot) -> None:
    """Its scroll bar came and went for ever where a text of several paragraphs was just as high as the field may be."""
    chance, words = random.Random(1), ["a", "of", "the", "whales", "swimming", "characterisation", "path/" * 12]
    box = QWidget()
    qtbot.addWidget(box)
    layout = QVBoxLayout(box)
    field = TextField("Reply", (1, 12))
    layout.addWidget(field)
    layout.addStretch()
    box.show()
    for turn in range(1500):
        paragraphs = (" ".join(chance.choices(words, k=chance.randint(0, 25))) for _ in range(chance.randint(1, 14)))
        field.set_text("\n".join(paragraphs))
        box.resize(chance.randint(200, 700), chance.randint(300, 700))
        if turn % 5 == 0:
            QApplication.processEvents()
            lines = round(field.document().size().height())
            assert field.height() == min(lines, 12) * field.fontMetrics().lineSpacing() + FRAME
