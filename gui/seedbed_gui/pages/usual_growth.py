"""The usual settings of a growth, as a form: what the Grow dialog begins with."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from seedbed_engine.asking.presets import find_preset
from seedbed_engine.settings import STRATEGIES, GrowthSettings
from seedbed_gui import style
from seedbed_gui.language import mark, tr, upper_first
from seedbed_gui.pages.frames import column
from seedbed_gui.pages.grow_dialog import STRATEGY_WORDS
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.server_panel import note_of, preset_of, server_choices
from seedbed_gui.pages.settings_form import SettingsForm, choice, dollars, line, whole_number, why_not_asked
from seedbed_gui.sayings import told

HOSTED = ("server", "base_url", "key_name", "budget_usd")
CREATORS = (("embedded", mark("The model in the box, or a GGUF file")), ("hosted", mark("A hosted model or a server")))


class UsualGrowth(QWidget):
    """Fields for what is set most; `changed` only where a growth could be begun like this."""

    changed = Signal(GrowthSettings)

    def __init__(self, settings: GrowthSettings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._is_filling = False
        self.form = SettingsForm(GrowthSettings)
        self._build(settings)
        self.wrong = Label("", "wrong", wraps=True)
        self.wrong.hide()
        layout = column(self, style.S)
        layout.addWidget(self.form)
        layout.addWidget(self.wrong)
        server = self.form.fields["server"]
        if isinstance(server, QComboBox):
            server.activated.connect(lambda _: self._take_preset())
        self.form.changed.connect(self._hear)
        self._show_rows()

    def show_settings(self, settings: GrowthSettings) -> None:
        """Show others."""
        self._settings, self._is_filling = settings, True
        for name, field in self.form.fields.items():
            value = preset_of(settings.base_url) if name == "server" else getattr(settings, name)
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(value)))
            elif isinstance(field, QLineEdit):
                field.setText(value)
            elif isinstance(field, QSpinBox | QDoubleSpinBox):
                field.setValue(value or 0)  # type: ignore[arg-type]
        self._is_filling = False
        self._show_rows()

    def settings(self) -> GrowthSettings:
        """What the fields say."""
        fields = self.form.fields
        found: dict[str, object] = {}
        for name, field in fields.items():
            if name == "server":
                continue
            if isinstance(field, QComboBox):
                found[name] = str(field.currentData())
            elif isinstance(field, QLineEdit):
                found[name] = field.text().strip()
            elif isinstance(field, QSpinBox):
                found[name] = field.value()
            elif isinstance(field, QDoubleSpinBox):
                found[name] = field.value() or None
        return replace(self._settings, **found)  # type: ignore[arg-type]

    def _build(self, s: GrowthSettings) -> None:
        add = self.form.add
        add(
            "strategy", tr("Strategy"), choice([(name, upper_first(told(name))) for name in STRATEGIES], s.strategy), ""
        )
        add("target", tr("Examples to keep"), whole_number(s.target, 1, 1_000_000))
        add("n", tr("Examples a call"), whole_number(s.n, 1, 50))
        add("concurrency", tr("At once"), whole_number(s.concurrency, 1, 1024))
        add("creator", tr("Creator"), choice([(value, tr(said)) for value, said in CREATORS], s.creator))
        add("server", tr("Server"), choice(server_choices(), preset_of(s.base_url)), "")
        add("model", tr("Model"), line(s.model, tr("The model in the box")))
        add("base_url", tr("Server address"), line(s.base_url, "https://api.openai.com/v1"))
        add("key_name", tr("Name of the key"), line(s.key_name))
        add("budget_usd", tr("Budget"), dollars(s.budget_usd))

    def _hear(self) -> None:
        if self._is_filling:
            return
        self._show_rows()
        settings = self.settings()
        wrong = why_not_asked(settings)
        self.wrong.setText(wrong)
        self.wrong.setVisible(bool(wrong))
        if not wrong and settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)

    def _show_rows(self) -> None:
        settings = self.settings()
        self.form.say("strategy", tr(STRATEGY_WORDS[settings.strategy]))
        self.form.show_rows(HOSTED, settings.creator == "hosted")
        server = self.form.fields["server"]
        if isinstance(server, QComboBox):
            self.form.say("server", note_of(str(server.currentData())))

    def _take_preset(self) -> None:
        server = self.form.fields["server"]
        preset = find_preset(str(server.currentData())) if isinstance(server, QComboBox) else None
        if preset is None:
            return
        found = replace(self.settings(), base_url=preset.base_url, key_name=preset.key_name, model=preset.model)
        self.show_settings(found)
        self._settings = replace(found, base_url="")  # so that it counts as changed
        self._hear()
