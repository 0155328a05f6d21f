"""Forms made of settings: each field with the help line that its dataclass has."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QGridLayout, QLineEdit, QSpinBox, QWidget

from seedbed_engine.asking.addresses import check_address
from seedbed_engine.errors import CreatorError
from seedbed_engine.settings import GrowthSettings, TrainingSettings
from seedbed_gui import style
from seedbed_gui.language import tr
from seedbed_gui.pages.frames import column
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.texts import TextField
from seedbed_gui.sayings import told

Field = QLineEdit | QSpinBox | QDoubleSpinBox | QComboBox | QCheckBox
Settings = type[GrowthSettings] | type[TrainingSettings]
LABEL_WIDTH = 136
FIELD_HEIGHT = 32  # pixels
QT_AIR = 2  # pixels that Qt leaves beside the text of a field by itself
MOST_DOLLARS = 100_000.0


class SettingsForm(QWidget):
    """Rows of a name, a field, and its help line below."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(style.L)
        self._grid.setVerticalSpacing(style.M)
        self._grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self.fields: dict[str, Field] = {}
        self.helps: dict[str, Label] = {}
        self._parts: dict[str, tuple[QWidget, ...]] = {}

    def add(self, name: str, caption: str, field: Field, help_line: str | None = None) -> None:
        """Add a row for the setting of this name."""
        label = Label(caption)
        label.setFixedHeight(32)
        label.setBuddy(field)
        helped = Label(told(self._settings.help_of(name)) if help_line is None else help_line, "small", wraps=True)
        field.setAccessibleName(caption)
        field.setAccessibleDescription(helped.text())
        place = self._grid.rowCount()
        cell = QWidget()
        inside = column(cell, style.XXS)
        inside.addWidget(field)
        inside.addWidget(helped)
        self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(cell, place, 1)
        if isinstance(field, QCheckBox):
            field.setFixedHeight(FIELD_HEIGHT)
        if isinstance(field, QSpinBox | QDoubleSpinBox):
            field.setFixedHeight(FIELD_HEIGHT)
            field.lineEdit().setTextMargins(style.S - QT_AIR, 0, style.S - QT_AIR, 0)
        self.fields[name] = field
        self.helps[name] = helped
        self._parts[name] = (label, cell)
        self._listen(field)

    def add_part(self, name: str, part: QWidget) -> None:
        """Add something else below the field of the last row."""
        self._grid.addWidget(part, self._grid.rowCount(), 1)
        self._parts[name] = (part,)

    def show_rows(self, names: Sequence[str], is_shown: bool) -> None:
        """Show or hide rows."""
        for name in names:
            for part in self._parts[name]:
                part.setVisible(is_shown)

    def say(self, name: str, text: str) -> None:
        """Say something else below a field."""
        self.helps[name].setText(text)
        self.fields[name].setAccessibleDescription(text)

    def _listen(self, field: Field) -> None:
        if isinstance(field, QLineEdit):
            field.textChanged.connect(lambda _: self.changed.emit())
        elif isinstance(field, QComboBox):
            field.currentIndexChanged.connect(lambda _: self.changed.emit())
        elif isinstance(field, QCheckBox):
            field.toggled.connect(lambda _: self.changed.emit())
        else:
            field.valueChanged.connect(lambda _: self.changed.emit())


def whole_number(value: int, low: int, high: int, none: str = "") -> QSpinBox:
    """A field for a whole number; at its lowest it says `none`, where that is given."""
    field = QSpinBox()
    field.setSpecialValueText(none)
    field.setRange(low, high)
    field.setGroupSeparatorShown(True)
    field.setValue(value)
    return field


def limit(value: int | None) -> QSpinBox:
    """A field for the most of something; 0: no limit."""
    field = whole_number(value or 0, 0, 2_000_000_000)
    field.setSpecialValueText(tr("no limit"))
    return field


def amount(value: float, low: float, high: float, decimals: int, suffix: str = "", none: str = "") -> QDoubleSpinBox:
    """A field for an amount; at its lowest it says `none`, where that is given."""
    field = QDoubleSpinBox()
    field.setDecimals(decimals)
    field.setRange(low, high)
    field.setSuffix(suffix)
    field.setSpecialValueText(none)
    field.setValue(value)
    return field


def dollars(most: float | None) -> QDoubleSpinBox:
    """A field for the most US dollars that may be spent; 0: no limit."""
    return amount(most or 0.0, 0.0, MOST_DOLLARS, 2, tr(" USD"), tr("no limit"))


def choice(options: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
    """A field for one of several: (value, how it is said) each."""
    field = QComboBox()
    for value, said in options:
        field.addItem(said, value)
    field.setCurrentIndex(max(0, field.findData(chosen)))
    return field


def tick(said: str, is_ticked: bool) -> QCheckBox:
    """A field to be ticked."""
    field = QCheckBox(said)
    field.setChecked(is_ticked)
    return field


def line(value: str, placeholder: str = "") -> QLineEdit:
    """A field for a short text."""
    field = QLineEdit(value)
    field.setPlaceholderText(placeholder)
    return field


def chosen(field: QWidget) -> str:
    """The value that is chosen in a field; nothing where it is no choice."""
    return str(field.currentData()) if isinstance(field, QComboBox) else ""


def is_ticked(field: QWidget) -> bool:
    """Whether a field is ticked."""
    return field.isChecked() if isinstance(field, QCheckBox) else False


def number(field: QWidget) -> float:
    """The number in a field; 0 where it holds none."""
    return float(field.value()) if isinstance(field, QSpinBox | QDoubleSpinBox) else 0.0


def text(field: QWidget) -> str:
    """The text in a field, of one line or more."""
    if isinstance(field, QLineEdit):
        return field.text().strip()
    return field.toPlainText().strip() if isinstance(field, TextField) else ""


def why_not_asked(settings: GrowthSettings) -> str:
    """Why a hosted creator cannot be asked like this; an address with a secret must not reach the project file."""
    if settings.creator != "hosted":
        return ""
    try:
        check_address(settings.base_url)
    except CreatorError as error:
        return told(str(error))
    return "" if settings.model else tr("Name the model.")
