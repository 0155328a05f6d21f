"""The word improve: rounds of growing where the model is weak and training again, steered by the dev set."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from seedbed_engine.commands.growing import run_to_resume, seed_of, work
from seedbed_engine.commands.judging import dataset_of
from seedbed_engine.commands.options import asking_and_training, growth_of, training_of
from seedbed_engine.commands.speech import (
    EXIT_CODES,
    answer,
    json_option,
    number_option,
    opened,
    print_table,
    project_argument,
    say,
)
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import STRATEGIES, GrowthSettings, ImprovementSettings

_help = ImprovementSettings.help_of
_grow = GrowthSettings.help_of
_DEFAULTS = ImprovementSettings()


@click.command(epilog="Example:  seedbed improve flu.seedbed --rounds 3 --target 30 --budget-usd 1")
@project_argument
@click.option("--seed", type=int, help="Which seed (default: the first).")
@click.option("--resume", type=int, help="Go on with this run instead of starting one.")
@click.option("--rounds", type=click.IntRange(min=1), default=_DEFAULTS.rounds, show_default=True, help=_help("rounds"))
@click.option("--clusters", type=click.IntRange(min=1), default=_DEFAULTS.clusters, help=_help("clusters"))
@number_option("target", help="Examples to keep in each round.", default=_DEFAULTS.growth.target)
@number_option("budget_usd", help="Never spend more than this many US dollars in all rounds together.")
@number_option("budget_tokens", help="Never use more tokens than this in all rounds.")
@click.option("--strategy", type=click.Choice(STRATEGIES), default=_DEFAULTS.growth.strategy, help=_grow("strategy"))
@click.option("--seed-number", default=_DEFAULTS.growth.seed_number, show_default=True, help=_grow("seed_number"))
@click.option("--instruction", default="", help="Said beside the kind of the errors, in every round.")
@asking_and_training
@click.option("--dataset", help="Name of the human data whose dev split (else train split) judges the rounds.")
@json_option
def improve(project: Path, seed: int | None, resume: int | None, as_json: bool, **given: Any) -> None:
    """Grow where the model is weak and train again, in rounds; no test set is looked at."""
    with opened(project) as store:
        run = _begun(store, seed, given) if resume is None else run_to_resume(store, resume, "improve")
    say(f"Improvement {run}. Ctrl+C stops after what is in flight; --resume {run} goes on with it.")
    state = work(project, run, as_json)
    with opened(project) as store:
        found = json.loads(runs.read_run(store, run).result or "{}")
    answer(found) if as_json else _print_rounds(found)
    click.get_current_context().exit(EXIT_CODES[state])


def _begun(store: Store, seed: int | None, given: Mapping[str, Any]) -> int:
    judged_on = dataset_of(store, given["dataset"]) if given["dataset"] else None
    own = ("target", "budget_usd", "budget_tokens", "strategy", "seed_number", "instruction")
    settings = ImprovementSettings(
        rounds=given["rounds"],
        clusters=given["clusters"],
        growth=growth_of(given, *own),
        training=training_of(given, judged_on),
    )
    return runs.add_run(store, "improve", settings.to_json(), seed_of(store, seed))


def _print_rounds(found: Mapping[str, Any]) -> None:
    console = Console(highlight=False)
    head = ["Round", "Growths", "Kept", "Training", "On dev", "Gain", "95 %", ""]
    print_table(console, head, [_cells(n, each) for n, each in enumerate(found.get("rounds", []))])
    console.print(Text("Growths and trainings by the numbers of their runs; ~ not distinguishable from no gain."))


def _cells(number: int, each: Mapping[str, Any]) -> list[str]:
    gained, span = each["gain"], each["gain_interval"]
    return [
        str(number) if number else "before",
        ", ".join(map(str, each["growths"])),
        str(each["kept"]) if number else "",
        "" if each["training"] is None else str(each["training"]),
        "" if each["accuracy"] is None else f"{each['accuracy']:.1%}",
        "" if gained is None else f"{100 * gained:+.1f}",
        "" if span is None else f"{100 * span['low']:+.1f} to {100 * span['high']:+.1f}",
        "" if gained is None or each["is_distinguishable"] else "~",
    ]
