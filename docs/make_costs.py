"""Writes docs/costs.md: what the estimate code says of the paper's ten data sets, beside what the paper paid.

Run from the project's root, with SEEDBED_DATA naming the data sets' folder: python docs/make_costs.py
"""

import csv
import gzip
import json
import os
import random
import statistics
import textwrap
from dataclasses import dataclass
from pathlib import Path

from seedbed_engine.asking.costs import Estimate
from seedbed_engine.asking.estimates import HOSTED, estimate_unseen
from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.prompts import example_as_json
from seedbed_engine.asking.tokens import count_text
from seedbed_engine.examples import Example, Options, example_from_fields
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.settings import GrowthSettings

PAGE = Path(__file__).with_name("costs.md")
USD_PER_TOKEN = 0.002 / 1000  # the paper's, of June 2023, for prompts and replies alike
PUBLISHED = ("random", "contrastive", "similar", "tree")
SEEDS = 200  # drawn from the human train set: nobody knows which one the paper took
VARIABLE = {"piqa", "winogrande", "csqa", "riddle_sense"}


@dataclass(frozen=True)
class Line:
    """One data set: what was paid and what we would expect, in US dollars, and tokens a kept example."""

    name: str
    target: int
    paid: list[float]
    low: float
    ours: float
    high: float
    human: float  # tokens of a human example as it is shown

    @property
    def mean_paid(self) -> float:
        return statistics.fmean(self.paid)

    @property
    def tokens_paid(self) -> float:
        return self.mean_paid / self.target / USD_PER_TOKEN

    @property
    def ratio(self) -> float:
        return self.ours / self.mean_paid


def read_line(root: Path, row: dict[str, str]) -> Line:
    name, target = row["dataset"], int(row["n_train"])
    rows = read_rows(root / name)
    kind = Options.VARIABLE if name in VARIABLE else Options.FIXED
    seeds = random.Random(13).sample(rows, min(SEEDS, len(rows)))
    costs = sorted(usd(estimated(seed, kind, target)) for seed in seeds)
    shown = [count_text(example_as_json(infer_format(seed, kind), seed)) for seed in seeds]
    low, high = costs[len(costs) // 10], costs[-1 - len(costs) // 10]
    paid = [float(row[strategy]) for strategy in PUBLISHED]
    return Line(name, target, paid, low, statistics.median(costs), high, statistics.median(shown))


def read_rows(folder: Path) -> list[Example]:
    path = next(folder.glob("train.jsonl*"))
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode()
    rows = (json.loads(line) for line in text.rstrip("\n").split("\n"))
    return [example_from_fields({key: value for key, value in row.items() if key != "id"}) for row in rows]


def estimated(seed: Example, kind: Options, target: int) -> Estimate:
    """As a person would be told before such a growth."""
    settings = GrowthSettings(creator="hosted", model="gpt-3.5-turbo", target=target, n=5, balance=False)
    return estimate_unseen(SeedRow(0, seed, kind, None, 0, 0, 0, 0, 0), seed, settings)


def usd(estimate: Estimate) -> float:
    return (estimate.prompt_tokens + estimate.completion_tokens) * USD_PER_TOKEN


def table(lines: list[Line]) -> str:
    head = [
        "data set",
        "examples",
        *PUBLISHED,
        "ours (8 in 10 seeds)",
        "ours / paid",
        "tokens each, paid",
        "ours",
        "human",
    ]
    rows = [
        [
            line.name.replace("_", " "),
            f"{line.target:,}",
            *(f"{paid:.2f}" for paid in line.paid),
            f"{line.ours:.2f} ({line.low:.2f} to {line.high:.2f})",
            f"{line.ratio:.2f}",
            f"{line.tokens_paid:.0f}",
            f"{line.ours / line.target / USD_PER_TOKEN:.0f}",
            f"{line.human:.0f}",
        ]
        for line in lines
    ]
    sums = [sum(line.paid[place] for line in lines) for place in range(len(PUBLISHED))]
    ours = sum(line.ours for line in lines)
    ratio = ours / statistics.fmean(sums)
    rows.append(["all", "", *(f"{paid:.2f}" for paid in sums), f"{ours:.2f}", f"{ratio:.2f}", "", "", ""])
    ruler = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ruler, *rows))


def span(values: list[float], digits: int = 0) -> str:
    return f"{min(values):.{digits}f} to {max(values):.{digits}f}"


def page(lines: list[Line]) -> str:
    """The whole page; what it says of figures is worked out from them."""
    of = {line.name: line for line in lines}
    parts = ["# What the paper paid, and what we would have told", INTRODUCTION, table(lines)]
    parts += ["## Where the differences come from", NO_PROOF]
    parts.append("\n".join(wrapped(f"- {' '.join(text.split())}") for text in remarks(of)))
    return "\n\n".join(part if part.startswith(("|", "-", "#")) else wrapped(part) for part in parts) + "\n"


def wrapped(text: str) -> str:
    """A paragraph of the page's width; what follows a dash is set in."""
    indent = "  " if text.startswith("- ") else ""
    return textwrap.fill(" ".join(text.split()), 119, subsequent_indent=indent, break_on_hyphens=False)


INTRODUCTION = f"""
The paper grew ten data sets of the size of the human train sets with gpt-3.5-turbo at {1000 * USD_PER_TOKEN:g} USD for
1,000 tokens, five examples a call, and printed what each cost. Below, in US dollars, is what `seedbed grow --estimate`
says of the same: five examples a call, no balancing, the same price and sizes, before anything was asked of the model.
Nobody knows which seeds the paper took, so {SEEDS} (or all) rows of each human train set are tried: the middle
estimate, and the range in which eight in ten lie. Tokens are those of prompts and replies together for each example
kept; "human" is what a human example has by itself. Made by `python docs/make_costs.py`.
"""
NO_PROOF = "The usage of single calls was not published, so none of this can be proved; it is what fits the figures."


def remarks(of: dict[str, Line]) -> list[str]:
    """What explains the differences."""
    closed = [of[name] for name in ("boolq_closed", "strategyqa", "creak")]
    long = [of[name] for name in ("pubmedqa", "bioasq")]
    kept = [HOSTED.kept * line.ratio for line in closed]
    csqa, riddles, few = of["csqa"], of["riddle_sense"], of["winogrande"]
    return [
        f"""**Closed questions cost the paper {span([1 / line.ratio for line in closed], 1)} times what we expect.**
        Their examples are short ({span([line.human for line in closed])} tokens), but
        {span([line.tokens_paid for line in closed])} tokens were paid for each:
        as if only {span([100 * share for share in kept])} in 100 of those asked for had been
        kept, where a first estimate takes {100 * HOSTED.kept:.0f}. The paper's program throws a whole paid reply away
        where one example is malformed or the number is not exactly five, and every question that came before;
        thousands of yes/no questions from one seed repeat themselves. For the {few.target} examples of WinoGrande we
        are {few.ratio:.2f} times the paper's. Here a reply is salvaged example by example, and the share that was
        kept goes into the estimate from the first replies on.""",
        f"""**Long passages cost the paper {span([1 / line.ratio for line in long], 1)} times what we expect.** A first
        estimate takes replies to be about as long as the example shown, {span([line.human for line in long])} tokens
        for an abstract of PubMedQA or BioASQ. {span([line.tokens_paid for line in long])} tokens were paid for each,
        prompt included, so the model wrote passages of some sentences instead. After five requests the estimate rests
        on what this model writes.""",
        f"""**Multiple choice with five options cost more than we expect too** ({csqa.ratio:.2f} and {riddles.ratio:.2f}
        of what was paid), likely for the same reason: an answer that is not among the options lost a whole reply. For
        the tree on CommonsenseQA the paper itself paid {csqa.paid[3]:.2f}, not {csqa.paid[0]:.2f}: there we are
        {csqa.ours / csqa.paid[3]:.2f} times the paper's.""",
        f"""**The seed matters more than the strategy**: between a short and a long one the estimate differs by a factor
        of {of["bioasq"].high / of["bioasq"].low:.1f} (BioASQ) or {of["piqa"].high / of["piqa"].low:.1f} (PIQA), between
        the paper's strategies mostly by less than a half.""",
        """**Prompts differ**: our system message has about 130 tokens, sent with each call, and its words are our
        own.""",
    ]


def main() -> None:
    root = Path(os.environ["SEEDBED_DATA"])
    with (root / "published" / "api_cost.csv").open(encoding="utf-8", newline="") as file:
        lines = [read_line(root, row) for row in csv.DictReader(file)]
    PAGE.write_text(page(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
