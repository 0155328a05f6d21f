"""The dialog before a mending by the creator: which examples, who is asked, at what price."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from seedbed_engine.asking.mendings import estimate_mending
from seedbed_engine.examples import Example
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.settings import MendingSettings
from seedbed_gui.language import mark, tr
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.grow_dialog import estimate_in_words
from seedbed_gui.pages.labels import Label
from seedbed_gui.pages.settings_form import SettingsForm, choice, dollars, line, whole_number, why_not_asked

TITLES = {
    "regenerate": (mark("New sibling of {what}"), mark("Ask")),
    "reanswer": (mark("Check the label of {what}"), mark("Ask")),
    "rewrite": (mark("Rewrite {what}"), mark("Ask for the changes")),
}
SAID = {
    "regenerate": mark(
        "The creator is asked again from the same formatting example. The new one stands beside the old one; "
        "a twin of what the tree has is turned away."
    ),
    "reanswer": mark(
        "The creator is asked for the answer with the label hidden, the options in another order each time. "
        "Where no more than half of the answers agree with the label, the example is marked for review."
    ),
    "rewrite": mark("The creator rewrites each example as you wish. You see every change before anything is changed."),
}
DEMONSTRATOR = mark("The model in the box is a demonstrator: its answers and texts are noise.")
HOSTED_FIELDS = ("base_url", "key_name", "budget_usd")


@dataclass(frozen=True, slots=True)
class Chosen:
    """Examples that a mending may be about: their ids, and a sample of their texts."""

    ids: tuple[int, ...]
    sample: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class MendGround:
    """What a mending may be about: what is selected, and that with all that came from it."""

    work: str
    seed: SeedRow
    selected: Chosen
    branches: Chosen


class MendDialog(Dialog):
    """Asks how to mend; `settings()` is the answer."""

    def __init__(self, ground: MendGround, before: MendingSettings, parent: QWidget | None = None) -> None:
        title, accept = TITLES[ground.work]
        super().__init__(
            tr(title, what=_named(ground.selected.ids)), tr(SAID[ground.work]), tr(accept), (560, 600), parent
        )
        self._ground, self._before = ground, before
        self.form = SettingsForm(MendingSettings)
        self._build()
        self.body.column.addWidget(self.form)
        self.estimate = Label("", "strong", wraps=True)
        self.remark = Label(tr(DEMONSTRATOR), "amber", wraps=True)
        self.body.column.addWidget(self.estimate)
        self.body.column.addWidget(self.remark)
        self.body.column.addStretch(1)
        self.form.changed.connect(self._show)
        self._show()

    def settings(self) -> MendingSettings:
        """How to mend."""
        hosted = self.creator.currentData() == "hosted"
        settings = replace(
            self._before,
            examples=self._chosen.ids,
            creator=str(self.creator.currentData()),
            model=self.model.text().strip(),
            base_url=self.base_url.text().strip() if hosted else "",
            key_name=self.key_name.text().strip() or self._before.key_name,
            budget_usd=self.budget.value() if hosted and self.budget.value() > 0 else None,
            instruction="",
        )
        if self._ground.work == "reanswer":
            return replace(settings, k=self.k.value())
        return replace(settings, instruction=self.instruction.text().strip())

    @property
    def _chosen(self) -> Chosen:
        return self._ground.branches if self.scope.currentData() == "branches" else self._ground.selected

    def _build(self) -> None:
        before, work = self._before, self._ground.work
        few, many = len(self._ground.selected.ids), len(self._ground.branches.ids)
        scopes = [
            ("selected", tr("Only what is selected ({few:,})", few=few)),
            ("branches", tr("The whole branch ({many:,})", many=many)),
        ]
        self.scope = choice(scopes if few else scopes[1:], "branches" if work == "rewrite" or not few else "selected")
        has_branch = many > few and work != "regenerate"
        self.k = whole_number(before.k, 1, 50)
        hints = {"rewrite": tr("Use metric units."), "regenerate": tr("As the old one was asked for")}
        self.instruction = line("", hints.get(work, ""))
        creators = [
            ("embedded", tr("The model in the box, or a GGUF file")),
            ("hosted", tr("A hosted model or a server")),
        ]
        self.creator = choice(creators, before.creator)
        self.model = line(before.model)
        self.base_url = line(before.base_url, "https://api.openai.com/v1")
        self.key_name = line(before.key_name)
        self.budget = dollars(before.budget_usd)
        self.form.add("examples", tr("Examples"), self.scope, tr("Rejected and pruned ones are left out."))
        self.form.add("k", tr("Answers for each"), self.k)
        wish = tr("What the new texts are to be like, in your words.")
        self.form.add("instruction", tr("Your wish"), self.instruction, wish)
        self.form.add("creator", tr("Creator"), self.creator, tr("Who is asked."))
        self.form.add("model", tr("Model"), self.model)
        self.form.add("base_url", tr("Server address"), self.base_url)
        self.form.add("key_name", tr("Name of the key"), self.key_name)
        self.form.add("budget_usd", tr("Budget"), self.budget)
        self.form.show_rows(("examples",), has_branch)
        self.form.show_rows(("k",), work == "reanswer")
        self.form.show_rows(("instruction",), work != "reanswer")

    def _show(self) -> None:
        settings = self.settings()
        self.form.show_rows(HOSTED_FIELDS, settings.creator == "hosted")
        self.remark.setVisible(settings.creator == "embedded" and not settings.model)
        chosen = self._chosen
        found = estimate_mending(self._ground.work, self._ground.seed, chosen.sample, settings, len(chosen.ids))
        self.estimate.setText(estimate_in_words(found, settings))
        self.show_wrong(self._what_is_wrong(settings))

    def _what_is_wrong(self, settings: MendingSettings) -> str:
        if not settings.examples:
            return tr("All of these examples are rejected or pruned.")
        if self._ground.work == "rewrite" and not settings.instruction:
            return tr("Say what you wish.")
        return why_not_asked(settings)


def _named(ids: Sequence[int]) -> str:
    return f"#{ids[0]}" if len(ids) == 1 else tr("{n:,} examples", "{n:,} example", len(ids))
