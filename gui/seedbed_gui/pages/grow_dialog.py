"""The dialog before a growth: strategy, how many, by whom, at what price."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from seedbed_engine.asking.costs import Estimate
from seedbed_engine.asking.estimates import estimate_unseen
from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.passages import can_be_checked
from seedbed_engine.asking.presets import find_preset, read_presets
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.settings import BATCH_STRATEGIES, STRATEGIES, GrowthSettings, ImprovementSettings
from seedbed_gui import style
from seedbed_gui.language import mark, tr, upper_first
from seedbed_gui.pages import numbers, settings_form
from seedbed_gui.pages.buttons import Button
from seedbed_gui.pages.dialogs import Dialog
from seedbed_gui.pages.embedded_panel import EmbeddedPanel
from seedbed_gui.pages.frames import row
from seedbed_gui.pages.labels import Label, one_line, plain_tip
from seedbed_gui.pages.server_panel import ModelField, ServerPanel, has_batches, note_of, preset_of, server_choices
from seedbed_gui.pages.settings_form import SettingsForm, amount, choice, dollars, limit, line, tick, whole_number
from seedbed_gui.running.background import Background
from seedbed_gui.sayings import told

STRATEGY_WORDS = {
    "tree": mark("Each example of a level is once the formatting example of the next. Stays near the seed."),
    "naive": mark("Always the one it begins with: a star, all calls at once, and it repeats itself soonest."),
    "random": mark("One of the last call's examples, at random: a chain that wanders."),
    "contrastive": mark("Of the last call's examples the one least like its parent: a chain that moves away."),
    "similar": mark("Of the last call's examples the one most like its parent: a chain that stays near."),
}
APPROVED_WORDS = mark("A run that finds nothing approved stops; approve some, and it goes on from there.")
INSTRUCTION_WORDS = mark("What the new examples should be about, in your words.")
CHAINS_WORDS = mark("Side by side, each going its own way: faster. The method of the paper is one chain.")
DEMONSTRATOR = mark("The model in the box is a demonstrator: it runs anywhere, but its labels are noise.")
CHECK_WORDS = mark("The model answers each question again from its passage; what it contradicts is discarded.")
THREADS_WORDS = mark(
    "0: one fewer than there are cores, which keeps the machine quiet; all cores make larger models faster."
)
BATCH_WORDS = mark("The studio can be closed meanwhile; fewer than ten requests are asked at once, at the full price.")
Show = Callable[[Estimate], None]
Estimator = Callable[[GrowthSettings, Show, QObject], None]  # shows later, unless its owner is gone by then
FOLDED = (
    *("chains", "temperature", "max_tokens", "concurrency", "threads", "requests_per_minute", "tokens_per_minute"),
    *(
        "check_keep",
        "check_flip",
        "budget_tokens",
        "max_calls",
        "seed_number",
        "twin_threshold",
        "leak_threshold",
        "leak_words",
    ),
)
CHAINS = ("random", "contrastive", "similar")
BALANCED, FREE, ONLY = "balanced", "free", "only "  # and the label behind it
NAMED = 8  # examples that a title lists
ROUNDS = ImprovementSettings().rounds
LONGEST_QUOTE = 160  # characters
HOSTED_FIELDS = ("server", "base_url", "key_name", "test", "budget_usd")


@dataclass(frozen=True, slots=True)
class Ground:
    """What is grown from: the seed, or examples of its tree; `example` is what is shown first."""

    seed: SeedRow
    parents: tuple[int, ...]
    example: Example

    @property
    def title(self) -> str:
        """Where it grows, in a few words."""
        if len(self.parents) > 1:
            return tr("Grow from {many:,} examples", many=len(self.parents))
        return tr("Grow from #{parent}", parent=self.parents[0]) if self.parents else tr("Grow from the seed")

    @property
    def which(self) -> str:
        """The text that is grown from; of several examples their numbers."""
        if len(self.parents) <= 1:
            text = one_line(self.example.question, LONGEST_QUOTE)
            return f"“{text}”" if text == one_line(self.example.question) else f"“{text} …”"
        named = ", ".join(f"#{parent}" for parent in self.parents[:NAMED])
        more = len(self.parents) - NAMED
        return (
            tr("{named} and {more:,} more, all in one run.", named=named, more=more)
            if more > 0
            else tr("{named}, all in one run.", named=named)
        )


class WeakGround(Ground):
    """What is grown from is found anew in each round."""

    @property
    def title(self) -> str:
        """What is asked, in a few words."""
        return tr("Grow where it is weak, in rounds")

    @property
    def which(self) -> str:
        """What happens then."""
        return tr(
            "Up to {rounds} rounds: each grows from what lies nearest to the errors on the dev set, then "
            "trains. It ends where a round brings no gain. Examples and estimate are of one round, the "
            "budget is of all.",
            rounds=ROUNDS,
        )


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
        super().__init__(ground.title, ground.which, tr("Grow"), (560, 760), parent)
        self._ground, self._before = ground, before
        self._task = infer_format(ground.seed.example, ground.seed.kind)
        self._estimator = estimator or self._estimate_unseen
        self.form = SettingsForm(GrowthSettings)
        self.model = ModelField(before.model)
        self.server = ServerPanel()
        self.embedded = EmbeddedPanel(background)
        self._shows_folded = _is_unusual(before)
        self._build()
        self.body.column.addWidget(self.form)
        self.fold = Button("", self._turn_fold, "link")
        fold = row()
        fold.addWidget(self.fold)
        fold.addStretch(1)
        self.body.column.addLayout(fold)
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
        strategy, hosted = settings_form.chosen(fields["strategy"]), settings_form.chosen(fields["creator"]) == "hosted"
        answers = settings_form.chosen(fields["wanted_answer"]) if "wanted_answer" in fields else ""
        return GrowthSettings(
            strategy=strategy,
            target=int(settings_form.number(fields["target"])),
            n=int(settings_form.number(fields["n"])),
            seed_number=int(settings_form.number(fields["seed_number"])),
            budget_usd=(settings_form.number(fields["budget_usd"]) or None) if hosted else None,
            budget_tokens=int(settings_form.number(fields["budget_tokens"])) or None,
            max_calls=int(settings_form.number(fields["max_calls"])) or None,
            concurrency=int(settings_form.number(fields["concurrency"])),
            threads=0 if hosted else int(settings_form.number(fields["threads"])),
            requests_per_minute=int(settings_form.number(fields["requests_per_minute"])) or None,
            tokens_per_minute=int(settings_form.number(fields["tokens_per_minute"])) or None,
            parents=self._ground.parents,
            approved_parents=settings_form.is_ticked(fields["approved_parents"]) and strategy != "naive",
            chains=int(settings_form.number(fields["chains"])) if strategy in CHAINS else 1,
            creator=settings_form.chosen(fields["creator"]),
            model=settings_form.text(fields["model"]),
            base_url=settings_form.text(fields["base_url"]) if hosted else "",
            key_name=settings_form.text(fields["key_name"]) or self._before.key_name,
            temperature=settings_form.number(fields["temperature"]),
            max_tokens=int(settings_form.number(fields["max_tokens"])),
            balance=answers == BALANCED if answers in (BALANCED, FREE) else self._before.balance,
            wanted_answer=answers.removeprefix(ONLY) if answers.startswith(ONLY) else "",
            instruction=settings_form.text(fields["instruction"]),
            batch=self._can_batch() and settings_form.is_ticked(fields["batch"]),
            check_passages=settings_form.is_ticked(fields["check_passages"]),
            check_keep=settings_form.number(fields["check_keep"]),
            check_flip=settings_form.number(fields["check_flip"]),
            topic_list=() if hosted else self.embedded.topics,
            twin_threshold=settings_form.number(fields["twin_threshold"]),
            leak_threshold=settings_form.number(fields["leak_threshold"]),
            leak_words=int(settings_form.number(fields["leak_words"])),
        )

    def _build(self) -> None:
        before = self._before
        strategies = [(name, upper_first(told(name))) for name in ("tree", *(s for s in STRATEGIES if s != "tree"))]
        self.form.add("strategy", tr("Strategy"), choice(strategies, before.strategy), "")
        said = tr("Only approved examples")
        self.form.add("approved_parents", tr("Parents"), tick(said, before.approved_parents), tr(APPROVED_WORDS))
        self.form.add("target", tr("Examples to keep"), whole_number(before.target, 1, 1_000_000))
        self.form.add("n", tr("Examples a call"), whole_number(before.n, 1, 50))
        self.form.add(
            "instruction",
            tr("What about"),
            line(before.instruction, tr("Anything like the seed")),
            tr(INSTRUCTION_WORDS),
        )
        if self._ground.seed.kind is Options.FIXED:
            self.form.add("wanted_answer", tr("Answers"), self._answers(), "")
        self._build_creator()
        self._build_folded()

    def _build_creator(self) -> None:
        before = self._before
        creators = [
            ("embedded", tr("The model in the box, or a GGUF file")),
            ("hosted", tr("A hosted model or a server")),
        ]
        self.form.add("creator", tr("Creator"), choice(creators, before.creator))
        self.form.add("server", tr("Server"), choice(server_choices(), preset_of(before.base_url)), "")
        self.form.add("model", tr("Model"), self.model)
        self.form.add_part("embedded", self.embedded)
        self.form.add(
            "check_passages",
            tr("Answers checked"),
            tick(tr("With their passages"), before.check_passages),
            tr(CHECK_WORDS),
        )
        self.form.add("base_url", tr("Server address"), line(before.base_url, "https://api.openai.com/v1"))
        self.form.add("key_name", tr("Name of the key"), line(before.key_name))
        self.form.add_part("test", self.server)
        self.form.add(
            "batch",
            tr("In batches"),
            tick(tr("Half the price, answered within 24 hours"), before.batch),
            tr(BATCH_WORDS),
        )
        budget = dollars(before.budget_usd)
        self.form.add("budget_usd", tr("Budget"), budget)

    def _build_folded(self) -> None:
        """What is seldom changed: how chains and requests go, what they may come to, the limits of the door."""
        before = self._before
        self.form.add("chains", tr("Chains"), whole_number(before.chains, 1, 512), tr(CHAINS_WORDS))
        self.form.add("temperature", tr("Temperature"), amount(before.temperature, 0.0, 2.0, 2))
        self.form.add("max_tokens", tr("Longest reply"), whole_number(before.max_tokens, 1, 100_000))
        self.form.add("concurrency", tr("At once"), whole_number(before.concurrency, 1, 1024))
        self.form.add("threads", tr("Threads"), whole_number(before.threads, 0, 1024), tr(THREADS_WORDS))
        self.form.add("requests_per_minute", tr("Requests a minute"), limit(before.requests_per_minute))
        self.form.add("tokens_per_minute", tr("Tokens a minute"), limit(before.tokens_per_minute))
        self.form.add("budget_tokens", tr("Most tokens"), limit(before.budget_tokens))
        self.form.add("max_calls", tr("Most calls"), limit(before.max_calls))
        self.form.add("seed_number", tr("Seed number"), whole_number(before.seed_number, 0, 2_000_000_000))
        self.form.add("check_keep", tr("Checked: kept from"), amount(before.check_keep, 0.0, 1.0, 2))
        self.form.add("check_flip", tr("Checked: turned to"), amount(before.check_flip, 0.0, 1.0, 2))
        self.form.add("twin_threshold", tr("Twins from"), amount(before.twin_threshold, 0.5, 1.01, 2))
        self.form.add("leak_threshold", tr("Leaks from"), amount(before.leak_threshold, 0.5, 1.01, 2))
        self.form.add("leak_words", tr("Words in a row"), whole_number(before.leak_words, 1, 100))

    def _answers(self) -> QComboBox:
        """Which answers are asked for: in equal shares, as the creator likes, or one of the labels only."""
        before, labels = self._before, self._ground.seed.example.options
        chosen = ONLY + before.wanted_answer if before.wanted_answer in labels else BALANCED if before.balance else FREE
        ways = [(BALANCED, tr("In equal shares")), (FREE, tr("As the creator likes"))]
        return choice(
            [*ways, *((ONLY + label, tr("Only “{label}”", label=one_line(label))) for label in labels)], chosen
        )

    def _turn_fold(self) -> None:
        self._shows_folded = not self._shows_folded
        self._show_rows(self.settings())

    def _show_rows(self, settings: GrowthSettings) -> None:
        """Only what this strategy and this creator have a use for, and what is not folded away."""
        is_hosted = settings.creator == "hosted"
        self.form.show_rows(HOSTED_FIELDS, is_hosted)
        self.form.show_rows(("batch",), self._can_batch())
        self.form.show_rows(("embedded",), not is_hosted)
        self.form.show_rows(("approved_parents",), settings.strategy != "naive")
        self.form.show_rows(FOLDED, self._shows_folded)
        is_checked = not is_hosted and can_be_checked(self._task)
        self.form.show_rows(("check_passages",), is_checked)
        self.form.show_rows(("check_keep", "check_flip"), is_checked and self._shows_folded and settings.check_passages)
        self.form.show_rows(("threads",), self._shows_folded and not is_hosted)
        self.form.show_rows(("chains",), self._shows_folded and settings.strategy in CHAINS)
        self.fold.setText(tr("Fewer settings") if self._shows_folded else tr("More settings"))

    def _show(self) -> None:
        settings = self.settings()
        is_hosted = settings.creator == "hosted"
        self.form.say("strategy", tr(STRATEGY_WORDS[settings.strategy]))
        self._show_rows(settings)
        if "wanted_answer" in self.form.fields:
            self.form.say("wanted_answer", _answer_words(settings))
        self.form.say("server", note_of(settings_form.chosen(self.form.fields["server"])))
        self.server.set_server(settings.base_url, settings.model, settings.key_name)
        self.embedded.show_model("" if is_hosted else settings.model)
        in_box = settings.creator == "embedded" and not settings.model
        self.remark.setText(tr(DEMONSTRATOR) if in_box else "")
        self.remark.setVisible(in_box)
        self.show_wrong(settings_form.why_not_asked(settings))
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
            self.estimate.setToolTip(plain_tip(told(estimate.basis)))

    def _can_batch(self) -> bool:
        creator, server, strategy = (
            settings_form.chosen(self.form.fields[name]) for name in ("creator", "server", "strategy")
        )
        return creator == "hosted" and has_batches(server) and strategy in BATCH_STRATEGIES

    def _take_preset(self) -> None:
        """Another server was chosen: its address, the name of its key, its usual model."""
        preset = find_preset(settings_form.chosen(self.form.fields["server"]))
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
    asked = tr("{n:,} requests", "{n:,} request", estimate.requests)
    used = tr("{low} to {high}", low=numbers.short(estimate.tokens_low), high=numbers.tokens(estimate.tokens_high))
    if settings.creator == "embedded":
        return tr("About {asked}, {used}, on this machine: free.", asked=asked, used=used)
    if estimate.usd_low is None or estimate.usd_high is None:
        return tr("About {asked}, {used}. The price of this model is not known here.", asked=asked, used=used)
    return tr(
        "About {asked}, {used}: {low} to {high}.",
        asked=asked,
        used=used,
        low=numbers.money(estimate.usd_low),
        high=numbers.money(estimate.usd_high),
    )


def _answer_words(settings: GrowthSettings) -> str:
    if settings.wanted_answer:
        return tr("Every new example is asked for with this answer.")
    return (
        tr("Each answer is asked for equally often.") if settings.balance else tr("As in the paper, none is asked for.")
    )


def _is_unusual(settings: GrowthSettings) -> bool:
    """Whether something under the fold is not as usual."""
    usual = GrowthSettings()
    return any(getattr(settings, name) != getattr(usual, name) for name in FOLDED)
