"""The figures that the paper printed (Lee and others, EMNLP 2023), by the names of its data sets."""

import csv
from dataclasses import dataclass
from functools import cache

import seedbed_resources

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
