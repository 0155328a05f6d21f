"""Settings are data: each declared once with type, default and help line. Keys and secrets are never among them."""

import dataclasses
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self, cast

from seedbed_engine.errors import InvalidFile, PersonError

STRATEGIES = ("naive", "random", "contrastive", "similar", "tree")
BATCH_STRATEGIES = ("naive", "tree")  # the others are chains
NO_CHAIN = "In a chain each call waits for the one before: in batches, up to a day each."
CREATORS = ("embedded", "hosted", "scripted")
LEARNING_RATES = (5e-6, 1e-5, 2e-5)
LARGEST = 2**53  # of a whole number, so that every reader of JSON gives it back as it was


@dataclass(frozen=True, slots=True)
class Limits:
    """Between which numbers a setting must lie; None: no limit on that side."""

    least: float | None = None
    above: float | None = None
    most: float | None = None

    def hold(self, number: float) -> bool:
        """Whether a number is one, finite, and lies between them."""
        return (
            (abs(number) <= LARGEST if isinstance(number, int) else math.isfinite(number))
            and (self.least is None or number >= self.least)
            and (self.above is None or number > self.above)
            and (self.most is None or number <= self.most)
        )

    def in_words(self) -> str:
        """The limits for a person: above 0, at most 1."""
        limits = (("at least", self.least), ("above", self.above), ("at most", self.most))
        return " and ".join(f"{word} {limit:g}" for word, limit in limits if limit is not None)


def _setting(
    default: Any, help_line: str, *, least: float | None = None, above: float | None = None, most: float | None = None
) -> Any:
    return dataclasses.field(default=default, metadata={"help": help_line, "limits": Limits(least, above, most)})


@dataclass(frozen=True)
class _Settings:
    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read settings from JSON; names this version does not know are ignored, missing ones take their default."""
        try:
            found = json.loads(text, parse_constant=lambda _: None)  # no number: as if it had not been given
        except ValueError as error:
            raise InvalidFile("The settings are not JSON.", "Start the run anew.") from error
        if not isinstance(found, dict):
            raise InvalidFile("The settings are not named values.", "Start the run anew.")
        return cls.from_fields(found)

    @classmethod
    def from_fields(cls, found: Mapping[str, Any]) -> Self:
        optional = {field.name: field.default is None for field in dataclasses.fields(cls)}
        return cls(
            **{
                name: tuple(value) if isinstance(value, list) else value
                for name, value in found.items()
                if name in optional and (value is not None or optional[name])
            }
        )

    def checked(self) -> Self:
        """The same, where every number lies within its limits; PersonError where one does not."""
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(value, _Settings):
                value.checked()
            limits = field.metadata.get("limits", Limits())
            if field.name in DISTINCT and isinstance(value, tuple) and len(set(value)) < len(value):
                twice = next(one for one in value if value.count(one) > 1)
                raise PersonError(
                    f"'{twice}' is there twice among the {field.name.replace('_', ' ')}.", "Give each once."
                )
            for one in value if isinstance(value, tuple) else (value,):
                if isinstance(one, int | float) and not limits.hold(one):
                    name = field.name.replace("_", " ").replace("usd", "in US dollars")
                    wanted = limits.in_words() if abs(one) <= LARGEST else "that is smaller"
                    raise PersonError(f"The setting '{name}' cannot be {one}.", f"Give a number {wanted}.")
        return self

    def to_json(self) -> str:
        """The settings as JSON with sorted names; PersonError where a number is not within its limits."""
        return json.dumps(dataclasses.asdict(self.checked()), sort_keys=True, allow_nan=False)

    @classmethod
    def help_of(cls, name: str) -> str:
        """The help line of one setting."""
        return cast(str, cls._field(name).metadata["help"])

    @classmethod
    def limits_of(cls, name: str) -> Limits:
        """The limits of one setting."""
        return cast(Limits, cls._field(name).metadata["limits"])

    @classmethod
    def is_whole(cls, name: str) -> bool:
        """Whether a setting is a whole number."""
        return cls._field(name).type in (int, int | None)

    @classmethod
    def _field(cls, name: str) -> "dataclasses.Field[Any]":
        return next(field for field in dataclasses.fields(cls) if field.name == name)


DISTINCT = ("seeds", "seed_numbers", "strategies", "datasets")  # what is there twice would count as more evidence


@dataclass(frozen=True)
class GrowthSettings(_Settings):
    """How a tree is grown: who is asked, what is asked next, and when to stop."""

    strategy: str = _setting("tree", "Which example is the next formatting example.")
    target: int = _setting(
        60,
        "Stop when this many are kept by this run; what the last call gave beyond that is paid for and kept.",
        least=1,
    )
    n: int = _setting(5, "Examples wanted from one formatting example (one call).", least=1)
    seed_number: int = _setting(13, "The number that fixes every random choice of the run.")
    max_calls: int | None = _setting(None, "Stop after this many calls.", least=1)
    budget_usd: float | None = _setting(None, "Never spend more than this many US dollars.", above=0)
    budget_tokens: int | None = _setting(
        None, "Never use more than this many tokens, of prompts and replies together.", least=1
    )
    concurrency: int = _setting(8, "The most requests in flight at once; fewer where the server is busy.", least=1)
    requests_per_minute: int | None = _setting(None, "Send no more requests than this in a minute.", least=1)
    tokens_per_minute: int | None = _setting(None, "Use no more tokens than about this many in a minute.", least=1)
    parents: tuple[int, ...] = _setting((), "Grow from these examples instead of the seed.")
    approved_parents: bool = _setting(False, "Only approved examples become formatting examples.")
    chains: int = _setting(
        1, "Chains side by side from each root (random, contrastive, similar); 1: the paper's.", least=1
    )
    creator: str = _setting("embedded", "Who writes the examples: the model in the box, or a hosted one.")
    model: str = _setting("", "Name of the hosted model, or path of a GGUF file; empty: the model in the box.")
    base_url: str = _setting("", "Address of an OpenAI-compatible server; empty: OpenAI itself.")
    key_name: str = _setting("OPENAI_API_KEY", "Name under which the key is kept in the keyring or the environment.")
    api_version: str = _setting("", "Azure OpenAI's api-version; empty: a stable one where the address is Azure's.")
    temperature: float = _setting(1.0, "Sampling temperature.", least=0)
    top_p: float = _setting(1.0, "Nucleus sampling share.", above=0, most=1)
    max_tokens: int = _setting(1200, "Longest reply, in tokens.", least=1)
    balance: bool = _setting(True, "Ask for answers in equal shares; off: as in the paper, no answers are asked for.")
    threads: int = _setting(
        0,
        "Threads of the embedded creator; 0: one fewer than there are cores, for a quiet machine.",
        least=0,
        most=1024,
    )
    topics: bool = _setting(True, "Give each request of the embedded creator a topic of its own (it needs one).")
    check_passages: bool = _setting(True, "The embedded creator checks yes/no answers with their passages.")
    check_keep: float = _setting(0.6, "An answer is kept from this share of the check's yes and no.", least=0, most=1)
    check_flip: float = _setting(
        0.0, "Up to this share it is turned round; in between the example is discarded.", least=0, most=1
    )
    wanted_answer: str = _setting("", "Ask for this answer only (fixed options); empty: as `balance` says.")
    topic_list: tuple[str, ...] = _setting((), "Topics to draw from; empty: the list that the program brings.")
    instruction: str = _setting("", "What the new examples should be about, in the person's words.")
    batch: bool = _setting(False, "Ask in batches at half the price: a hosted creator answers within 24 hours.")
    batch_least: int = _setting(10, "Fewer requests than this are asked at once, at the full price.", least=0)
    twin_threshold: float = _setting(
        0.92, "Cosine from which a new example counts as a twin of a kept one.", above=0, most=1.01
    )
    leak_threshold: float = _setting(
        0.88, "Cosine from which it counts as a leak of a human test or dev example.", above=0, most=1.01
    )
    leak_words: int = _setting(13, "So many words in a row that both have count as a leak, too.", least=1)

    @classmethod
    def from_fields(cls, found: Mapping[str, Any]) -> Self:
        """The same; settings of an earlier version name one example, or none, as `parent`."""
        values = dict(found)
        parent = values.pop("parent", None)
        return super().from_fields(values if parent is None else {"parents": (parent,), **values})


@dataclass(frozen=True)
class MendingSettings(GrowthSettings):
    """How a creator is asked to mend examples of a tree: asked like for a growth, about the examples named here."""

    strategy: str = _setting("", "A mending has none.")
    examples: tuple[int, ...] = _setting((), "The examples that the creator is asked about.")
    k: int = _setting(5, "How often the answer of each example is asked for.", least=1)
    tries: int = _setting(3, "How often a new sibling is asked for, where the last one was turned away.", least=1)


@dataclass(frozen=True)
class TrainingSettings(_Settings):
    """How the small local model is trained and judged."""

    encoder: str = _setting("", "Folder or hub name of the encoder; empty: the one in the box (MiniLM).")
    epochs: int | None = _setting(None, "Passes over the examples; empty: the recipe of the task's form.", least=1)
    learning_rate: float | None = _setting(
        None, "Peak learning rate; empty: the recipe of the task's form.", above=0, most=1
    )
    batch: int = _setting(16, "Examples a step.", least=1)
    max_length: int | None = _setting(None, "Longest text in tokens; empty: the recipe of the task's form.", least=8)
    seeds: tuple[int, ...] = _setting((1, 2, 3), "Seed numbers: one training each.", least=0)
    freeze_lower: int | None = _setting(
        None, "Lower layers kept as they are; empty: the recipe of the task's form.", least=0
    )
    weight_decay: float = _setting(0.01, "Weight decay of AdamW.", least=0)
    warmup_share: float = _setting(0.1, "Share of the steps in which the learning rate rises.", least=0, most=1)
    lora: int = _setting(
        0,
        "Rank of LoRA adapters, which alone learn and are merged at the end; 0: all weights learn.",
        least=0,
        most=256,
    )
    cross_encoder: bool = _setting(
        False, "Multiple choice: read each option together with its question (slower), instead of apart."
    )
    class_weights: bool = _setting(False, "Weigh rare labels up, so that every label counts the same.")
    patience: int = _setting(
        0,
        "End after so many epochs without gain on held-out examples, keep the best epoch (early stopping); 0: off.",
        least=0,
    )
    search_rates: bool = _setting(
        False, "Try the paper's three learning rates and the recipe's own first, on created branches held out."
    )
    human: bool = _setting(True, "Also train on as many human examples, where there are some.")
    all_human: bool = _setting(True, "Also train on all human examples; these models are kept for later runs.")
    test_dataset: int | None = _setting(None, "The human data set whose test split judges the models.")
    judge_on: str = _setting("test", "The human split that judges: 'dev' leaves every test set sealed.")
    held_out: tuple[int, ...] = _setting((), "Created examples that judge where there is no human data; empty: drawn.")
    approved_only: bool = _setting(False, "Train on approved examples only, instead of all that are not rejected.")


@dataclass(frozen=True)
class EvaluationSettings(_Settings):
    """All trained models of a project, asked all human data sets of their form."""

    split: str = _setting("test", "The split that is asked; a look at each sealed test split is counted.")
    pairs: bool = _setting(False, "Only the paper's pairs of data sets, as far as they are in the project.")


@dataclass(frozen=True)
class ImprovementSettings(_Settings):
    """Rounds of growing where the model is weak and training again; judged on the dev set, which steers them."""

    rounds: int = _setting(
        3, "The most rounds; they end earlier where one brings no gain or the budget is spent.", least=1
    )
    clusters: int = _setting(3, "Clusters of errors that are grown in each round, the largest first.", least=1)
    growth: GrowthSettings = dataclasses.field(
        default=GrowthSettings(target=30),
        metadata={"help": "How each round grows: its target is of one round, its budgets are of all rounds together."},
    )
    training: TrainingSettings = dataclasses.field(
        default=TrainingSettings(), metadata={"help": "How the small model is trained in each round."}
    )

    @classmethod
    def from_fields(cls, found: Mapping[str, Any]) -> Self:
        return super().from_fields({**found, **_built(found)})


@dataclass(frozen=True)
class BranchSettings(_Settings):
    """Which branches of a training are left out in turn by retraining, to learn what each gives."""

    run: int = _setting(0, "The training run whose examples and settings are used.")
    branches: int = _setting(
        3, "How many branches are left out, first those that the model was least sure of.", least=1
    )
    seeds: tuple[int, ...] = _setting(
        (1, 2, 3), "Seed numbers: one training each, with and without each branch.", least=0
    )


@dataclass(frozen=True)
class ExperimentSettings(_Settings):
    """A grid: every strategy on every data set with every seed number, each grown and trained by itself."""

    strategies: tuple[str, ...] = _setting(STRATEGIES, "The strategies that are compared.")
    datasets: tuple[str, ...] = _setting(
        (), "Human data sets, the first training example of each as the seed; empty: the project's own seed."
    )
    seed_numbers: tuple[int, ...] = _setting((13, 14, 15), "Seed numbers of the growths: one growth each.", least=0)
    human: bool = _setting(True, "Also train on as many human examples, where there are some.")
    out_of_distribution: bool = _setting(True, "Also ask the test sets of the other data sets of the same form.")
    pairs: bool = _setting(
        False, "The paper's pairs: its train sets that are in the project, each asked its own test set and its pair's."
    )
    workers: int = _setting(1, "Cells that are worked on at once on this machine.", least=1)
    cluster: str = _setting("", "Address of a Ray cluster that works on the cells; empty: this machine.")
    growth: GrowthSettings = dataclasses.field(
        default=GrowthSettings(target=100), metadata={"help": "How each tree is grown; its strategy does not count."}
    )
    training: TrainingSettings = dataclasses.field(
        default=TrainingSettings(), metadata={"help": "How each small model is trained."}
    )

    @classmethod
    def from_fields(cls, found: Mapping[str, Any]) -> Self:
        return super().from_fields({**found, **_built(found)})


def _built(found: Mapping[str, Any]) -> dict[str, Any]:
    """The settings of growth and training that lie in those of a larger work."""
    built: dict[str, Any] = {}
    if isinstance(growth := found.get("growth"), Mapping):
        built["growth"] = GrowthSettings.from_fields(growth)
    if isinstance(training := found.get("training"), Mapping):
        built["training"] = TrainingSettings.from_fields(training)
    return built
