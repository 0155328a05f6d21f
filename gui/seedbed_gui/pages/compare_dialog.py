"""The dialog before an experiment: which strategies, how many growths of what size, by whom, and at what price."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QWidget

from seedbed_engine.asking.estimates import estimate_unseen
from seedbed_engine.keeping.published import pairs_among
from seedbed_engine.keeping.rows import DatasetRow, SeedRow
from seedbed_engine.settings import STRATEGIES, ExperimentSettings, GrowthSettings
from seedbed_gui import style
from seedbed_gui.language import tr, upper_first
from seedbed_gui.pages import numbers, settings_form
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.frames import column
from seedbed_gui.pages.grow_dialog import DEMONSTRATOR
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.settings_form import SettingsForm, choice, dollars, line, whole_number
from seedbed_gui.sayings import told

FIRST_SEED = 13
HOSTED_FIELDS = ("base_url", "key_name", "budget_usd")


class CompareDialog(Dialog):
    """`settings()` is the answer."""

    def __init__(
        self, seed: SeedRow, sets: Sequence[DatasetRow], before: GrowthSettings, parent: QWidget | None = None
    ) -> None:
        tests = [dataset for dataset in sets if dataset.test]
        judged = (
            tr("Judged by the test set of {name}, which is looked at once more.", name=tests[0].name) if tests else ""
        )
        said = tr("Each strategy grows from the seed in a file of its own; a small model is trained on each.")
        said = f"{said} {judged}".strip()
        super().__init__(tr("Compare strategies"), said, tr("Compare"), (560, 720), parent)
        self._seed, self._before, self._has_test = seed, before, bool(tests)
        self._has_human = bool(tests) and tests[0].train > 0
        self._pairs = pairs_among(sets)
        self.strategies = {name: QCheckBox(upper_first(told(name))) for name in STRATEGIES}
        self._build()
        self.estimate, self.remark = Label("", "strong", wraps=True), Label("", "amber", wraps=True)
        for label in (self.estimate, self.remark):
            self.body.column.addWidget(label)
        self.body.column.addStretch(1)
        self._show()

    def settings(self) -> ExperimentSettings:
        """What is compared."""
        fields = self.form.fields
        is_hosted = settings_form.chosen(fields["creator"]) == "hosted"
        budget = settings_form.number(fields["budget_usd"])
        growth = GrowthSettings(
            target=int(settings_form.number(fields["target"])),
            creator=settings_form.chosen(fields["creator"]),
            model=settings_form.text(fields["model"]),
            base_url=settings_form.text(fields["base_url"]) if is_hosted else "",
            key_name=settings_form.text(fields["key_name"]) or self._before.key_name,
            budget_usd=budget if is_hosted and budget > 0 else None,
        )
        growths = int(settings_form.number(self.growths))
        return ExperimentSettings(
            strategies=tuple(name for name, box in self.strategies.items() if box.isChecked()),
            seed_numbers=tuple(range(FIRST_SEED, FIRST_SEED + growths)),
            datasets=self._pairs.trained_on if self.pairs.isChecked() else (),
            pairs=self.pairs.isChecked(),
            human=self.human.isChecked(),
            growth=growth,
        )

    def _build(self) -> None:
        boxes = column(space=style.XS)
        boxes.addWidget(Label(tr("Strategies"), "caption"))
        for box in self.strategies.values():
            box.setChecked(True)
            box.toggled.connect(lambda _: self._show())
            boxes.addWidget(box)
        self.body.column.addLayout(boxes)
        before, form = self._before, SettingsForm(GrowthSettings)
        self.form = form
        form.add("target", tr("Examples each"), whole_number(before.target, 8, 100_000), tr("Kept in each growth."))
        self.growths = whole_number(3, 1, 20)
        form.add("seed_number", tr("Growths each"), self.growths, tr("With another seed number each; one says little."))
        creators = [
            ("embedded", tr("The model in the box, or a GGUF file")),
            ("hosted", tr("A hosted model or a server")),
        ]
        form.add("creator", tr("Creator"), choice(creators, before.creator))
        form.add("model", tr("Model"), line(before.model))
        form.add("base_url", tr("Server address"), line(before.base_url, "https://api.openai.com/v1"))
        form.add("key_name", tr("Name of the key"), line(before.key_name))
        budget = dollars(before.budget_usd)
        form.add(
            "budget_usd",
            tr("Budget of a growth"),
            budget,
            tr("Never spend more than this many US dollars in one growth."),
        )
        self.body.column.addWidget(form)
        self.human = QCheckBox(tr("Also train on as many human examples"))
        self.human.setChecked(self._has_human)
        self.human.setEnabled(self._has_human)
        self.body.column.addWidget(self.human)
        self._build_pairs()
        form.changed.connect(self._show)

    def _build_pairs(self) -> None:
        self.pairs = QCheckBox(tr("The paper's pairs, instead of this seed"))
        self.pairs.setEnabled(bool(self._pairs.found))
        self.pairs.setToolTip(
            tr("Each of its data sets grows from its own first example, and is asked its pair's test set")
        )
        self.pairs.toggled.connect(lambda _: self._show())
        self.body.column.addWidget(self.pairs)
        self.pairs_said = Label("", "quiet", wraps=True)
        self.body.column.addWidget(self.pairs_said)

    def _show(self) -> None:
        settings = self.settings()
        growth = settings.growth
        is_hosted = growth.creator == "hosted"
        self.form.show_rows(HOSTED_FIELDS, is_hosted)
        in_box = growth.creator == "embedded" and not growth.model
        self.remark.setText(tr(DEMONSTRATOR) if in_box else "")
        self.remark.setVisible(in_box)
        self.pairs_said.setText(told(self._pairs.said))
        self.pairs_said.setVisible(settings.pairs)
        self.estimate.setText(self._estimated(settings))
        self.show_wrong(self._what_is_wrong(settings))

    def _estimated(self, settings: ExperimentSettings) -> str:
        many = len(settings.strategies) * len(settings.seed_numbers) * max(1, len(settings.datasets))
        if not many:
            return ""
        one = estimate_unseen(self._seed, self._seed.example, replace(settings.growth, strategy=settings.strategies[0]))
        asked = tr("{n:,} requests", "{n:,} request", many * one.requests)
        used = numbers.tokens(many * (one.prompt_tokens + one.completion_tokens))
        growths = tr("{n:,} growths", "{n:,} growth", many)
        if settings.growth.creator == "embedded":
            return tr(
                "{growths}: about {asked}, {used}, on this machine: free.", growths=growths, asked=asked, used=used
            )
        if one.usd_low is None or one.usd_high is None:
            return tr(
                "{growths}: about {asked}, {used}. The price of this model is not known here.",
                growths=growths,
                asked=asked,
                used=used,
            )
        low, high = numbers.money(many * one.usd_low), numbers.money(many * one.usd_high)
        return tr(
            "{growths}: about {asked}, {used}: {low} to {high}.",
            growths=growths,
            asked=asked,
            used=used,
            low=low,
            high=high,
        )

    def _what_is_wrong(self, settings: ExperimentSettings) -> str:
        if not self._has_test:
            return tr("Import human data with a test split first: it judges the strategies.")
        if not settings.strategies:
            return tr("Choose at least one strategy.")
        return settings_form.why_not_asked(settings.growth)
