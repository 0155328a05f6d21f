"""The word experiment: strategies beside each other, over data sets and seed numbers, with intervals and costs."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from seedbed_engine.commands.growing import run_to_resume, seed_of, work
from seedbed_engine.commands.options import asking_and_training, growth_of, read_numbers, training_of
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
from seedbed_engine.errors import InvalidFile, PersonError
from seedbed_engine.keeping import datasets, runs
from seedbed_engine.keeping.published import pairs_among
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import ExperimentSettings, GrowthSettings

if TYPE_CHECKING:
    from seedbed_engine.experiments.tables import Making, Score, Tables

_help = ExperimentSettings.help_of
_grow = GrowthSettings.help_of
_DEFAULTS = ExperimentSettings()


@click.command(
    epilog="Example:  seedbed experiment grid.seedbed --datasets creak,strategyqa --target 100 --seed-numbers 13,14,15"
)
@project_argument
@click.option("--resume", type=int, help="Go on with this experiment instead of starting one.")
@click.option("--tables", type=int, help="Only show the tables of this experiment: nothing is begun.")
@click.option("--strategies", default=",".join(_DEFAULTS.strategies), show_default=True, help=_help("strategies"))
@click.option("--datasets", default="", help=_help("datasets"))
@click.option("--pairs", is_flag=True, help=_help("pairs"))
@click.option("--seed-numbers", default="13,14,15", show_default=True, help=_help("seed_numbers"))
@click.option("--human/--no-human", default=True, help=_help("human"))
@click.option("--ood/--no-ood", "out_of_distribution", default=True, help=_help("out_of_distribution"))
@click.option("--workers", type=click.IntRange(1), default=1, show_default=True, help=_help("workers"))
@click.option("--cluster", default="", help=_help("cluster"))
@number_option("target", default=_DEFAULTS.growth.target)
@number_option("n")
@number_option("budget_usd", help="Never spend more than this many US dollars in one cell.")
@number_option("max_calls")
@number_option("concurrency")
@asking_and_training
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), help="Also write all figures into this CSV file.")
@click.option("--latex", "latex_file", type=click.Path(path_type=Path), help="Also write LaTeX tables into this file.")
@json_option
def experiment(
    project: Path,
    resume: int | None,
    tables: int | None,
    csv_file: Path | None,
    latex_file: Path | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Compare strategies: each grown and trained by itself, on each data set, with each seed number."""
    state = "finished"
    if tables is None:
        with opened(project) as store:
            run = run_to_resume(store, resume, "experiment") if resume is not None else _begun(store, given)
        say(f"Experiment {run}. Ctrl+C stops after what is in flight; --resume {run} goes on with it.")
        state = work(project, run, as_json)
    else:
        run = tables
    with opened(project) as store:
        _show(_tables_of(store, run), csv_file, latex_file, as_json)
    click.get_current_context().exit(EXIT_CODES[state])


def _begun(store: Store, given: dict[str, Any]) -> int:
    if given["pairs"] and given["datasets"]:
        raise PersonError("The paper's pairs say which data sets there are.", "Give --pairs or --datasets.")
    settings = dataclasses.replace(
        _DEFAULTS,
        strategies=_names(given["strategies"]),
        datasets=_pairs(store) if given["pairs"] else _names(given["datasets"]),
        pairs=given["pairs"],
        seed_numbers=read_numbers(given["seed_numbers"]),
        human=given["human"],
        out_of_distribution=given["out_of_distribution"],
        workers=given["workers"],
        cluster=given["cluster"],
        growth=growth_of(given, "target", "n", "budget_usd", "max_calls", "concurrency"),
        training=training_of(given),
    )
    own = None if settings.datasets or settings.pairs else seed_of(store, None)
    return runs.add_run(store, "experiment", settings.to_json(), own)


def _pairs(store: Store) -> tuple[str, ...]:
    """The train sets of the paper's pairs that are in the project; says which pairs are missing."""
    found = pairs_among(datasets.read_datasets(store))
    say(found.said)
    return found.trained_on


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(",") if (name := part.strip()))


def _tables_of(store: Store, run: int) -> "Tables":
    from seedbed_engine.experiments.grid import read_tables

    found = next((each for each in runs.read_runs(store) if each.id == run and each.work == "experiment"), None)
    if found is None:
        raise PersonError(f"Run {run} is no experiment.", "seedbed show PROJECT lists the runs.")
    return read_tables(store, run)


def _show(tables: "Tables", csv_file: Path | None, latex_file: Path | None, as_json: bool) -> None:
    from seedbed_engine.experiments.tables import as_csv, as_latex

    for file, text in ((csv_file, as_csv), (latex_file, as_latex)):
        if file is not None:
            _write(file, text(tables))
    if as_json:
        return answer(tables.as_fields())
    console = Console(highlight=False)
    for title, scores in (
        ("In distribution", tables.in_distribution),
        ("Out of distribution", tables.out_of_distribution),
    ):
        if scores:
            console.print(Text(title, style="bold"))
            print_table(console, *score_table(tables, scores))
    if tables.scores:
        console.print(
            Text(
                "Accuracy in percent, half of its 95 % interval over items and growths; * where the interval of the "
                "difference to human data of the same size, up to a tenth, excludes zero; ! where models of a growth "
                f"give one answer nearly always. Human examples trained on: {tables.human_sizes or 'none'}."
            )
        )
    if tables.makings:
        console.print(Text("What was made", style="bold"))
        print_table(console, *making_table(tables.makings))
    return None


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise InvalidFile(f"'{file}' cannot be written ({error.strerror}).", "Choose another place.") from error
    say(f"Written: {file}")


def score_table(tables: "Tables", scores: Sequence["Score"]) -> tuple[list[str], list[list[str]]]:
    """Strategies down, data sets across: the head, and the rows in words and percent."""
    columns = list(dict.fromkeys((score.trained_on, score.test) for score in scores))
    found = {(score.trained_on, score.test, score.strategy): score for score in scores}
    head = ["Trained on", *(a if a == b else f"{a} \N{RIGHTWARDS ARROW} {b}" for a, b in columns)]
    rows = [[name, *(_score(found.get((*column, name))) for column in columns)] for name in tables.strategies]
    shares = [next(s.majority for s in scores if (s.trained_on, s.test) == column) for column in columns]
    return head, [*rows, ["always the same answer", *(f"{share:.1%}".replace("%", "") for share in shares)]]


def making_table(makings: Sequence["Making"]) -> tuple[list[str], list[list[str]]]:
    """What each strategy made for each data set: the head, and the rows in words."""
    head = ["Data set", "Strategy", "Growths", "Examples", "Kept", "Tokens", "Cost", "Drift", "Diversity"]
    rows = [
        [
            each.dataset,
            each.strategy,
            str(each.growths),
            f"{each.examples:.0f}",
            "" if each.kept_share is None else f"{each.kept_share:.0%}",
            f"{each.tokens:,.0f}",
            "?" if each.usd is None else f"${each.usd:.4f}",
            "" if each.drift is None else f"{each.drift:.2f}",
            "" if each.diversity is None else f"{each.diversity:.2f}",
        ]
        for each in makings
    ]
    return head, rows


def _score(score: "Score | None") -> str:
    if score is None:
        return "-"
    half = 50 * (score.interval.high - score.interval.low)
    is_apart = score.over_human is not None and score.over_human.excludes_zero
    return f"{100 * score.accuracy:.1f} \N{PLUS-MINUS SIGN}{half:.1f}{'*' * is_apart}{'!' * bool(score.collapsed)}"
