"""Writes the tables of docs/evidence.md anew from the rows that `seedbed experiment --csv` gave: docs/evidence-*.csv.

A table stands between `<!-- NAME: KIND -->` and `<!-- end -->`, NAME that of the file. Run from the project's root:
python docs/make_evidence.py
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE / "evidence.md"
PLACE = re.compile(r"(<!-- ([\w.-]+): ([a-z ]+) -->\n).*?(<!-- end -->)", re.DOTALL)
ORDER = ("untuned encoder", "human", "naive", "random", "contrastive", "similar", "tree")
SAME = "always the same answer"

Row = Mapping[str, str]


def write_page() -> str:
    """The page with its tables as the rows are now."""

    def table(found: re.Match[str]) -> str:
        start, name, kind, end = found.groups()
        return f"{start}{TABLES[kind](read_rows(name))}\n{end}"

    return PLACE.sub(table, PAGE.read_text(encoding="utf-8"))


def read_rows(name: str) -> list[Row]:
    with (HERE / f"evidence-{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def inside(rows: Sequence[Row]) -> str:
    return accuracies([row for row in rows if row["accuracy"] and row["trained_on"] == row["tested_on"]])


def outside(rows: Sequence[Row]) -> str:
    return accuracies([row for row in rows if row["accuracy"] and row["trained_on"] != row["tested_on"]])


def accuracies(rows: Sequence[Row]) -> str:
    """Strategies down, data sets across."""
    by_place = {(row["strategy"], heading(row)): row for row in rows}
    columns = list(dict.fromkeys(heading(row) for row in rows))
    lines = [
        [name, *(accuracy(by_place.get((name, column))) for column in columns)]
        for name in ORDER
        if any((name, column) in by_place for column in columns)
    ]
    majority = {heading(row): percent(row["majority"]) for row in rows}
    return markdown(["Trained on", *columns], [*lines, [SAME, *(majority[column] for column in columns)]])


def heading(row: Row) -> str:
    inner = row["trained_on"] == row["tested_on"]
    return row["trained_on"] if inner else f"{row['trained_on']} → {row['tested_on']}"


def accuracy(row: Row | None) -> str:
    if row is None:
        return ""
    half = (float(row["high"]) - float(row["low"])) / 2
    star = "*" if excludes_zero(row["over_human_low"], row["over_human_high"]) else ""
    plus = "+" if excludes_zero(row["over_untuned_low"], row["over_untuned_high"]) else ""
    return f"{percent(row['accuracy'])} ±{100 * half:.1f}{star}{plus}{'!' if float(row['collapsed'] or 0) else ''}"


def excludes_zero(low: str, high: str) -> bool:
    return bool(low and high) and not float(low) <= 0.0 <= float(high)


def made(rows: Sequence[Row]) -> str:
    """What each growth came to."""
    head = ["Data set", "Strategy", "Growths", "Examples", "Kept of what was asked for", "Tokens", "Drift", "Diversity"]
    own = [row for row in rows if row["kept_share"] and row["trained_on"] == row["tested_on"]]
    lines = [
        [
            row["trained_on"],
            row["strategy"],
            row["growths"],
            f"{float(row['examples']):.0f}",
            f"{100 * float(row['kept_share']):.0f} %",
            f"{float(row['tokens']):,.0f}",
            f"{float(row['drift']):.2f}",
            f"{float(row['diversity']):.2f}",
        ]
        for row in own
    ]
    return markdown(head, lines)


def percent(share: str) -> str:
    return f"{100 * float(share):.1f}"


def markdown(head: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *lines)).replace(
        f"| {' | '.join(['---'] * len(head))} |", f"|{'---|' * len(head)}"
    )


TABLES: Mapping[str, Callable[[Sequence[Row]], str]] = {
    "in distribution": inside,
    "out of distribution": outside,
    "what was made": made,
}

if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8")
