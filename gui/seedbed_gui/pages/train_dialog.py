"""The dialog for a training with other settings than the usual ones."""

from collections.abc import Sequence

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from seedbed_engine.keeping.rows import DatasetRow
from seedbed_engine.settings import LEARNING_RATES, TrainingSettings
from seedbed_gui.language import mark, tr
from seedbed_gui.pages import settings_form
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.settings_form import SettingsForm, choice, line, tick, whole_number

HELD_OUT = mark("No human test set: hold out approved branches")
RECIPE = mark("As the recipe has it")


class TrainDialog(Dialog):
    """`settings()` is the answer."""

    def __init__(self, sets: Sequence[DatasetRow], before: TrainingSettings, parent: QWidget | None = None) -> None:
        said = tr("The usual settings follow the form of the task; change what you have a reason to change.")
        super().__init__(tr("Train and evaluate"), said, tr("Train"), (560, 700), parent)
        self._before = before
        form = self.form = SettingsForm(TrainingSettings)
        tests = [(str(s.id), tr("{name} · test · {test:,}", name=s.name, test=s.test)) for s in sets if s.test]
        chosen = str(before.test_dataset) if before.test_dataset is not None else (tests[0][0] if tests else "")
        form.add("test_dataset", tr("Judged by"), choice([*tests, ("", tr(HELD_OUT))], chosen))
        form.add("human", tr("Human data"), tick(tr("Compare with as many human examples"), before.human))
        form.add("approved_only", tr("Examples"), tick(tr("Only approved ones"), before.approved_only))
        form.add("seeds", tr("Trainings"), line(", ".join(map(str, before.seeds))))
        form.add("encoder", tr("Encoder"), line(before.encoder, tr("The one in the box (MiniLM)")))
        form.add("epochs", tr("Epochs"), _optional_number(before.epochs, 100))
        form.add("patience", tr("Early stopping"), whole_number(before.patience, 0, 50, tr("off")))
        rates = [("", tr(RECIPE)), *((str(rate), f"{rate:g}") for rate in (*LEARNING_RATES, 5e-5, 1e-4, 2e-4))]
        form.add("learning_rate", tr("Learning rate"), choice(rates, str(before.learning_rate or "")))
        searched = tick(tr("Try the paper's three learning rates first"), before.search_rates)
        form.add("search_rates", tr("Search"), searched)
        form.add("batch", tr("Batch"), whole_number(before.batch, 1, 512))
        form.add("max_length", tr("Longest text"), _optional_number(before.max_length, 512))
        form.add("freeze_lower", tr("Frozen layers"), _optional_number(before.freeze_lower, 48))
        form.add("lora", tr("LoRA rank"), whole_number(before.lora, 0, 256, tr("off")))
        form.add("class_weights", tr("Labels"), tick(tr("Weigh rare labels up"), before.class_weights))
        together = tick(tr("Read each option together with its question"), before.cross_encoder)
        form.add("cross_encoder", tr("Multiple choice"), together)
        self.body.column.addWidget(form)
        self.body.column.addStretch(1)
        form.changed.connect(self._show)
        self._show()

    def settings(self) -> TrainingSettings:
        """How to train and judge."""
        fields = self.form.fields
        test, rate = settings_form.chosen(fields["test_dataset"]), settings_form.chosen(fields["learning_rate"])
        return TrainingSettings(
            encoder=settings_form.text(fields["encoder"]),
            epochs=_value(fields["epochs"]),
            patience=_value(fields["patience"]) or 0,
            lora=_value(fields["lora"]) or 0,
            learning_rate=float(rate) if rate else None,
            batch=_value(fields["batch"]) or self._before.batch,
            max_length=_value(fields["max_length"]),
            seeds=self._seeds() or self._before.seeds,
            freeze_lower=_value(fields["freeze_lower"]),
            class_weights=settings_form.is_ticked(fields["class_weights"]),
            cross_encoder=settings_form.is_ticked(fields["cross_encoder"]),
            search_rates=settings_form.is_ticked(fields["search_rates"]),
            human=settings_form.is_ticked(fields["human"]),
            test_dataset=int(test) if test else None,
            approved_only=settings_form.is_ticked(fields["approved_only"]),
        )

    def _seeds(self) -> tuple[int, ...]:
        words = settings_form.text(self.form.fields["seeds"]).replace(",", " ").split()
        return tuple(int(word) for word in words[:20]) if all(word.isdigit() for word in words) else ()

    def _show(self) -> None:
        self.show_wrong("" if self._seeds() else tr("Give at least one seed number, such as 1, 2, 3."))


def usual_settings(sets: Sequence[DatasetRow]) -> TrainingSettings:
    """One click: the recipe, judged by the first human test set where there is one."""
    test = next((dataset.id for dataset in sets if dataset.test), None)
    return TrainingSettings(test_dataset=test)


def _optional_number(value: int | None, high: int) -> QSpinBox:
    field = QSpinBox()
    field.setRange(-1, high)
    field.setSpecialValueText(tr(RECIPE))
    field.setValue(-1 if value is None else value)
    return field


def _value(field: QWidget) -> int | None:
    value = int(field.value()) if isinstance(field, QSpinBox | QDoubleSpinBox) else -1
    return value if value >= 0 else None
