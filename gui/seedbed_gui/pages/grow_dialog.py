"""The dialog before a growth: strategy, how many, by whom, at what price."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from seedbed_engine.asking.addresses import check_address
from seedbed_engine.asking.costs import Estimate
from seedbed_engine.asking.estimates import estimate_unseen
from seedbed_engine.asking.presets import find_preset, read_presets
from seedbed_engine.errors import CreatorError
from seedbed_engine.examples import Example
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.settings import BATCH_STRATEGIES, STRATEGIES, GrowthSettings
from seedbed_gui import style
from seedbed_gui.pages import numbers
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.embedded_panel import EmbeddedPanel
from seedbed_gui.pages.frames import row
from seedbed_gui.pages.labels import Label, plain_tip
from seedbed_gui.pages.server_panel import ModelField, ServerPanel, has_batches, note_of, preset_of, server_choices
from seedbed_gui.pages.settings_form import SettingsForm, amount, choice, limit, line, tick, whole_number
from seedbed_gui.pages.texts import TextField
from seedbed_gui.running.background import Background

STRATEGY_WORDS = {
    "tree": "Each example of a level is once the formatting example of the next. Stays near the seed.",
    "naive": "Always the seed: a star, all calls at once, and it repeats itself soonest.",
    "random": "One of the last call's examples, at random: a chain that wanders.",
    "contrastive": "Of the last call's examples the one least like its parent: a chain that moves away.",
    "similar": "Of the last call's examples the one most like its parent: a chain that stays near.",
}
DEMONSTRATOR = "The model in the box is a demonstrator: it runs anywhere, but its labels are noise."
BATCH_WORDS = "The studio can be closed meanwhile; fewer than ten requests are asked at once, at the full price."
Show = Callable[[Estimate], None]
Estimator = Callable[[GrowthSettings, Show, QObject], None]  # shows later, unless its owner is gone by then
DOOR_FIELDS = ("twin_threshold", "leak_threshold", "leak_words")
HOSTED_FIELDS = ("server", "base_url", "key_name", "test", "budget_usd")


@dataclass(frozen=True, slots=True)
class Ground:
    """What is grown from: the seed's tree and, perhaps, one example of it."""

    seed: SeedRow
    parent: int | None
    example: Example


class GrowDialog(Dialog):
    """Asks how to grow; `settings()` is the answer."""

    def __init__(
        self,
        ground: Ground,
        before: GrowthSettings,
        parent: QWidget | None = None,
        estimator: Estimator | None = None,
        background: Background | None = None,
    ) -> None:
        where = "the seed" if ground.parent is None else f"#{ground.parent}"
        super().__init__(f"Grow from {where}", "", "Grow", (560, 720), parent)
        self._ground, self._before = ground, before
        self._estimator = estimator or self._estimate_unseen
        self.form = SettingsForm(GrowthSettings)
        self.model = ModelField(before.model)
        self.server = ServerPanel()
        self.embedded = EmbeddedPanel(background)
        self._shows_door = False
        self._build()
        self.body.column.addWidget(self.form)
        self.door = Button("Show the door's limits", self._toggle_door, "link")
        line_of_door = row()
        line_of_door.addWidget(self.door)
        line_of_door.addStretch(1)
        self.body.column.addLayout(line_of_door)
        self.estimate = Label("", "strong", wraps=True)
        self.remark = Label("", "amber", wraps=True)
        self.pinned.setContentsMargins(style.XXL, style.M, style.XXL, style.M)
        self.pinned.addWidget(self.estimate)
        self.pinned.addWidget(self.remark)
        self.body.column.addStretch(1)
        self.form.changed.connect(self._show)
        self.form.fields["server"].currentIndexChanged.connect(lambda _: self._take_preset())  # type: ignore[union-attr]
        self.server.found_models.connect(self.model.offer)
        self.finished.connect(lambda _: self.server.abandon())
        self.embedded.topics_changed.connect(self._show)
        self.embedded.chosen.connect(self._take_model)
        self._show()

    def settings(self) -> GrowthSettings:
        """How to grow."""
        fields = self.form.fields
        budget = _number(fields["budget_usd"])
        hosted = _chosen(fields["creator"]) == "hosted"
        return GrowthSettings(
            strategy=_chosen(fields["strategy"]),
            target=int(_number(fields["target"])),
            n=int(_number(fields["n"])),
            seed_number=int(_number(fields["seed_number"])),
            budget_usd=budget if hosted and budget > 0 else None,
            budget_tokens=int(_number(fields["budget_tokens"])) or None,
            max_calls=int(_number(fields["max_calls"])) or None,
            parents=() if self._ground.parent is None else (self._ground.parent,),
            creator=_chosen(fields["creator"]),
            model=_text(fields["model"]),
            base_url=_text(fields["base_url"]) if hosted else "",
            key_name=_text(fields["key_name"]) or self._before.key_name,
            instruction=_text(fields["instruction"]),
            batch=self._can_batch() and _is_ticked(fields["batch"]),
            topic_list=() if hosted else self.embedded.topics,
            twin_threshold=_number(fields["twin_threshold"]),
            leak_threshold=_number(fields["leak_threshold"]),
            leak_words=int(_number(fields["leak_words"])),
        )

    def _build(self) -> None:
        before = self._before
        strategies = [(name, name.capitalize()) for name in ("tree", *(s for s in STRATEGIES if s != "tree"))]
        self.form.add("strategy", "Strategy", choice(strategies, before.strategy), "")
        self.form.add("target", "Examples to keep", whole_number(before.target, 1, 1_000_000))
        self.form.add("n", "Examples a call", whole_number(before.n, 1, 50))
        self.form.add("instruction", "What about", line(before.instruction, "Anything like the seed"))
        creators = [("embedded", "The model in the box, or a GGUF file"), ("hosted", "A hosted model or a server")]
        self.form.add("creator", "Creator", choice(creators, before.creator))
        self.form.add("server", "Server", choice(server_choices(), preset_of(before.base_url)), "")
        self.form.add("model", "Model", self.model)
        self.form.add_part("embedded", self.embedded)
        self.form.add("base_url", "Server address", line(before.base_url, "https://api.openai.com/v1"))
        self.form.add("key_name", "Name of the key", line(before.key_name))
        self.form.add_part("test", self.server)
        self.form.add(
            "batch", "In batches", tick("Half the price, answered within 24 hours", before.batch), BATCH_WORDS
        )
        budget = amount(before.budget_usd or 0.0, 0.0, 100_000.0, 2, " USD", "no limit")
        self.form.add("budget_usd", "Budget", budget)
        self.form.add("budget_tokens", "Most tokens", limit(before.budget_tokens))
        self.form.add("max_calls", "Most calls", limit(before.max_calls))
        self.form.add("seed_number", "Seed number", whole_number(before.seed_number, 0, 2_000_000_000))
        self.form.add("twin_threshold", "Twins from", amount(before.twin_threshold, 0.5, 1.01, 2))
        self.form.add("leak_threshold", "Leaks from", amount(before.leak_threshold, 0.5, 1.01, 2))
        self.form.add("leak_words", "Words in a row", whole_number(before.leak_words, 1, 100))
        self.form.show_rows(DOOR_FIELDS, False)

    def _toggle_door(self) -> None:
        self._shows_door = not self._shows_door
        self.form.show_rows(DOOR_FIELDS, self._shows_door)
        self.door.setText("Hide the door's limits" if self._shows_door else "Show the door's limits")

    def _show(self) -> None:
        settings = self.settings()
        is_hosted = settings.creator == "hosted"
        self.form.say("strategy", STRATEGY_WORDS[settings.strategy])
        self.form.show_rows(HOSTED_FIELDS, is_hosted)
        self.form.show_rows(("batch",), self._can_batch())
        self.form.say("server", note_of(_chosen(self.form.fields["server"])))
        self.server.set_server(settings.base_url, settings.model, settings.key_name)
        self.form.show_rows(("embedded",), not is_hosted)
        self.embedded.show_model("" if is_hosted else settings.model)
        in_box = settings.creator == "embedded" and not settings.model
        self.remark.setText(DEMONSTRATOR if in_box else "")
        self.remark.setVisible(in_box)
        self.show_wrong(_what_is_wrong(settings) if is_hosted else "")
        self._estimator(settings, lambda estimate: self._show_estimate(settings, estimate), self)

    def _take_model(self, path: str) -> None:
        """A model file was chosen."""
        field = self.form.fields["model"]
        if isinstance(field, QLineEdit):
            field.setText(path)

    def _estimate_unseen(self, settings: GrowthSettings, show: Show, owner: QObject) -> None:
        show(estimate_unseen(self._ground.seed, self._ground.example, settings))

    def _show_estimate(self, settings: GrowthSettings, estimate: Estimate) -> None:
        if settings == self.settings():  # else another one is on its way
            self.estimate.setText(estimate_in_words(estimate, settings))
            self.estimate.setToolTip(plain_tip(estimate.basis))

    def _can_batch(self) -> bool:
        creator, server, strategy = (_chosen(self.form.fields[name]) for name in ("creator", "server", "strategy"))
        return creator == "hosted" and has_batches(server) and strategy in BATCH_STRATEGIES

    def _take_preset(self) -> None:
        """Another server was chosen: its address, the name of its key, its usual model."""
        preset = find_preset(_chosen(self.form.fields["server"]))
        if preset is None:
            return
        models = {each.model for each in read_presets()}
        model = preset.model if self.model.text() in models else self.model.text()
        for name, text in (("base_url", preset.base_url), ("key_name", preset.key_name), ("model", model)):
            field = self.form.fields[name]
            if isinstance(field, QLineEdit):
                field.setText(text)


def estimate_in_words(estimate: Estimate, settings: GrowthSettings) -> str:
    """The estimate as one line."""
    asked = numbers.count(estimate.requests, "request", "requests")
    used = f"{numbers.tokens(estimate.tokens_low).removesuffix(' tokens')} to {numbers.tokens(estimate.tokens_high)}"
    if settings.creator == "embedded":
        return f"About {asked}, {used}, on this machine: free."
    if estimate.usd_low is None or estimate.usd_high is None:
        return f"About {asked}, {used}. The price of this model is not known here."
    return f"About {asked}, {used}: {numbers.money(estimate.usd_low)} to {numbers.money(estimate.usd_high)}."


def _what_is_wrong(settings: GrowthSettings) -> str:
    """Why a hosted creator cannot be asked like this; an address with a secret must not reach the project file."""
    try:
        check_address(settings.base_url)
    except CreatorError as error:
        return str(error)
    return "" if settings.model else "Name the model."


def _chosen(field: QWidget) -> str:
    return str(field.currentData()) if isinstance(field, QComboBox) else ""


def _is_ticked(field: QWidget) -> bool:
    return field.isChecked() if isinstance(field, QCheckBox) else False


def _number(field: QWidget) -> float:
    return float(field.value()) if isinstance(field, QSpinBox | QDoubleSpinBox) else 0.0


def _text(field: QWidget) -> str:
    if isinstance(field, QLineEdit):
        return field.text().strip()
    return field.toPlainText().strip() if isinstance(field, TextField) else ""
