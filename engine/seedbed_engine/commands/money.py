"""Words about money: what growths cost, beside what was told beforehand, and the list of prices."""

import dataclasses
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seedbed_engine.asking.costs import Estimate, usd_in_words
from seedbed_engine.asking.estimates import estimate_growth, estimate_in_words
from seedbed_engine.asking.prices import Price, own_prices_path, read_prices, set_own_price
from seedbed_engine.commands.speech import answer, json_option, opened
from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import runs, seeds, spending
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

Facts = dict[str, Any]
_HEADS = ("run", "strategy", "state", "model", "depth")
_GROUPS = {"by strategy": "strategy", "by model": "model", "by depth": "depth"}


@click.command(epilog="Example:  seedbed costs flu.seedbed")
@click.argument("project", type=click.Path(path_type=Path), required=False)
@click.option("--prices", is_flag=True, help="Show the price list instead, with its day.")
@click.option(
    "--set-price",
    type=(str, float, float),
    metavar="MODEL PROMPT COMPLETION",
    help="Give a model a price of your own, in US dollars for a million tokens; it goes before the list's.",
)
@json_option
def costs(project: Path | None, prices: bool, set_price: tuple[str, float, float] | None, as_json: bool) -> None:
    """Show what growths and mendings cost: estimate beside actual, by strategy, model and depth."""
    if set_price is not None:
        set_own_price(set_price[0], Price(*set_price[1:]))
    if prices or set_price is not None:
        facts = _price_facts()
    elif project is None:
        raise PersonError("No project is named.", "Give its file, or --prices.")
    else:
        with opened(project) as store:
            facts = _cost_facts(store)
    return answer(facts) if as_json else _print(facts)


def estimate_facts(estimate: Estimate, settings: GrowthSettings) -> Facts:
    """An estimate as named values, with a sentence for the person."""
    return {**dataclasses.asdict(estimate), "said": estimate_in_words(estimate, settings)}


def _price_facts() -> Facts:
    found = read_prices()
    listed = [
        {"model": name, "prompt": p.prompt, "completion": p.completion, "whose": "yours" if name in found.own else ""}
        for name, p in sorted(found.models.items())
    ]
    return {"day": found.day, "source": found.source, "your own": str(own_prices_path()), "prices": listed}


def _cost_facts(store: Store) -> Facts:
    spent = spending.read_spending(store)
    by_run = spending.sum_by(spent, "run")
    facts: Facts = {"project": store.path.name, "runs": [_run_facts(store, run, sums) for run, sums in by_run.items()]}
    for title, name in _GROUPS.items():
        facts[title] = [{name: key, **_sums(sums)} for key, sums in spending.sum_by(spent, name).items()]
    answering = spending.read_answering(store)
    for row in facts["by model"]:
        row["answers as"] = ", ".join(answering.get(row["model"], [])) or None
    return facts


def _run_facts(store: Store, run: int, sums: spending.Sums) -> Facts:
    """One run: what was told before it, beside what it came to; worked out anew for runs of earlier versions."""
    row = runs.read_run(store, run)
    settings = GrowthSettings.from_json(row.settings)
    told = Estimate.from_json(row.estimate)
    if told is None and row.work == "grow":
        told = estimate_growth(store, seeds.read_seed(store, row.seed or 0), settings, before=run)
    return {
        "run": run,
        "strategy": settings.strategy if row.work == "grow" else row.work,
        "state": row.state,
        "tokens told": None if told is None else f"{told.tokens_low:,} to {told.tokens_high:,}",
        "usd told": _range(told),
        **_sums(sums),
    }


def _range(told: Estimate | None) -> str | None:
    return None if told is None or told.usd_low is None else f"{_money(told.usd_low)} to {_money(told.usd_high)}"


def _sums(sums: spending.Sums) -> Facts:
    return {
        "requests": sums.requests,
        "tokens": sums.tokens,
        "usd": sums.usd,
        "without a price": sums.unpriced,
        "possibly billed": sums.possibly_billed,
        "kept": sums.kept,
        "approved": sums.approved,
        "usd a kept one": sums.usd_a_kept,
        "usd an approved one": sums.usd_an_approved,
    }


def _money(usd: float | None) -> str:
    return "" if usd is None else usd_in_words(usd)


def _print(facts: Facts) -> None:
    """The price list as a table; what was spent as a block for each run or group, which any width can show."""
    console = Console(highlight=False)
    for name, value in facts.items():
        if not isinstance(value, list):
            console.print(Text(f"{name}: {value}"))
        elif value and name == "prices":
            table = Table(title=Text(name), title_justify="left", box=None, pad_edge=False)
            for column in value[0]:
                table.add_column(Text(str(column)), overflow="fold")
            for row in value:
                table.add_row(*(Text(_cell(title, cell)) for title, cell in row.items()))
            console.print(table)
        elif value:
            console.print(Text(f"\n{name}", style="bold"))
            for row in value:
                _print_block(console, row)


def _print_block(console: Console, row: Facts) -> None:
    """One run or group: what it is on a line, and what it came to below; what is nothing is left out."""
    told = [(title, _cell(title, cell)) for title, cell in row.items() if cell not in (None, "", 0)]
    first = next(iter(row))
    head = [f"{title} {word}" if title == first else word for title, word in told if title in _HEADS]
    console.print(Text(" \N{MIDDLE DOT} ".join(head) or f"{first} {_cell(first, row[first])}"))
    for title, word in told:
        if title not in _HEADS:
            console.print(Text(f"  {title:<20}{word}"))


def _cell(title: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return _money(value) if title.startswith("usd") else f"{value:g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
