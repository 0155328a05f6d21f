"""The figures that the paper printed (Lee and others, EMNLP 2023), by the names of its data sets."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import seedbed_resources
from seedbed_engine.keeping.rows import DatasetRow

OTHER_NAMES = {"commonsenseqa": "csqa", "boolq": "boolq_open"}  # only the open form is judged out of distribution
STRATEGIES = ("human", "random", "contrastive", "similar", "tree")


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed column: accuracies (shares) by what was trained on; the test set is inferred out of distribution."""

    trained_on: str
    test: str
    accuracies: dict[str, float]


@cache
def read_printed() -> tuple[Printed, ...]:
    """All columns of the two printed tables of accuracies whose training and test sets are known."""
    inside = [Printed(row["dataset"], row["dataset"], _shares(row)) for row in _rows("id_accuracy.csv")]
    outside = [
        Printed(row["train_inferred"], row["test_inferred"], _shares(row))
        for row in _rows("ood_accuracy.csv")
        if row["train_inferred"] and row["test_inferred"]
    ]
    return (*inside, *outside)


@dataclass(frozen=True, slots=True)
class Pair:
    """What the paper trained on and tested on, out of distribution; `is_inferred` where it does not name the former."""

    trained_on: str
    test: str
    is_inferred: bool = False

    def __str__(self) -> str:
        return f"{self.trained_on} \N{RIGHTWARDS ARROW} {self.test}"


@dataclass(frozen=True, slots=True)
class Pairs:
    """The paper's pairs among data sets: `found` by the names that these have here, `many` pairs there are in all.

    For the others, data sets are `absent`, or `lacking` a split (its name and theirs).
    """

    found: tuple[Pair, ...] = ()
    many: int = 0
    absent: tuple[str, ...] = ()
    lacking: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def trained_on(self) -> tuple[str, ...]:
        """The data sets that are trained on."""
        return tuple(dict.fromkeys(pair.trained_on for pair in self.found))

    @property
    def names(self) -> frozenset[str]:
        """All data sets of the pairs that were found."""
        return frozenset(name for pair in self.found for name in (pair.trained_on, pair.test))

    def has(self, trained_on: str, test: str) -> bool:
        """Whether the paper tested this data set's models on that one."""
        return any((pair.trained_on, pair.test) == (trained_on, test) for pair in self.found)

    @property
    def said(self) -> str:
        """What is here and what is missing, in sentences."""
        here = f"{len(self.found)} {'is' if len(self.found) == 1 else 'are'} here: {_listed(map(str, self.found))}"
        lines = [f"Of the paper's {self.many} pairs {here if self.found else 'none is here'}."]
        if self.absent:
            lines.append(f"Missing: {_listed(self.absent)}.")
        lines += [f"Without a {split} split: {_listed(names)}." for split, names in self.lacking]
        guessed = [pair for pair in self.found if pair.is_inferred]
        if guessed:
            lines.append(f"The paper does not say what was trained on for {_listed(map(str, guessed))}: inferred.")
        return " ".join(lines)


def paper_pairs() -> tuple[Pair, ...]:
    """The pairs of the paper's table out of distribution.

    It prints one name a column. For two columns only the test set is known: BioASQ, and PubMedQA a second time; they
    are taken as each other's.
    """
    known = [Pair(row["train_inferred"], row["test_inferred"]) for row in _rows("ood_accuracy.csv")]
    named = tuple(pair for pair in known if pair.trained_on)
    return (*named, Pair("pubmedqa", "bioasq", True), Pair("bioasq", "pubmedqa", True))


def pairs_among(datasets: Sequence[DatasetRow]) -> Pairs:
    """The paper's pairs among these data sets, by their names: both need a test split, the first a train split too."""
    here: dict[str, DatasetRow] = {}
    for row in datasets:
        here.setdefault(_paper_name(row.name), row)
    pairs = paper_pairs()
    known = {name: here.get(name) for pair in pairs for name in (pair.trained_on, pair.test)}
    absent = tuple(name for name, row in known.items() if row is None)
    rows = [row for row in known.values() if row is not None]
    lacking = {split: tuple(row.name for row in rows if not getattr(row, split)) for split in ("train", "test")}
    found = []
    for pair in pairs:
        first, second = known[pair.trained_on], known[pair.test]
        if first is not None and second is not None and first.train and first.test and second.test:
            found.append(Pair(first.name, second.name, pair.is_inferred))
    return Pairs(tuple(found), len(pairs), absent, tuple((split, names) for split, names in lacking.items() if names))


def _paper_name(name: str) -> str:
    """A data set's name as the paper's is written here: 'RiddleSense' and 'riddle-sense' are riddle_sense."""
    plain = "".join(letter for letter in name.casefold() if letter.isalnum())
    known = {pair.test.replace("_", ""): pair.test for pair in paper_pairs()}
    return OTHER_NAMES.get(plain) or known.get(plain, plain)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


@cache
def printed_costs() -> dict[str, dict[str, float]]:
    """Printed costs in US dollars by data set and strategy."""
    return {row["dataset"]: {name: float(row[name]) for name in STRATEGIES[1:]} for row in _rows("api_cost.csv")}


def slips() -> str:
    """What does not fit in the printed tables, in sentences."""
    return seedbed_resources.text("published", "NOTES.txt")


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(seedbed_resources.text("published", name).splitlines()))


def _shares(row: dict[str, str]) -> dict[str, float]:
    return {name: float(row[name]) / 100 for name in STRATEGIES}
