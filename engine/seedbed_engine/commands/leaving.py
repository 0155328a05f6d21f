"""The word leave-out: which branch helped, by retraining without each."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from seedbed_engine.commands.examining import judged_run, run_option
from seedbed_engine.commands.growing import run_to_resume, work
from seedbed_engine.commands.options import read_numbers
from seedbed_engine.commands.speech import EXIT_CODES, answer, json_option, opened, print_table, project_argument
from seedbed_engine.keeping import runs
from seedbed_engine.settings import BranchSettings

_DEFAULTS, _help = BranchSettings(), BranchSettings.help_of


@click.command("leave-out", epilog="Example:  seedbed leave-out flu.seedbed --branches 3")
@project_argument
@run_option
@click.option("--resume", type=int, help="Go on with this run instead of starting one.")
@click.option(
    "--branches", type=click.IntRange(1), default=_DEFAULTS.branches, show_default=True, help=_help("branches")
)
@click.option("--seeds", "seed_list", default="1,2,3", show_default=True, help=_help("seeds"))
@json_option
def leave_out(project: Path, run: int | None, resume: int | None, branches: int, seed_list: str, as_json: bool) -> None:
    """Which branch helped: train again without each, and answer only where the interval excludes zero."""
    with opened(project) as store:
        if resume is None:
            trained = judged_run(store, run)
            settings = BranchSettings(trained, branches, read_numbers(seed_list))
            number = runs.add_run(store, "leave-out", settings.to_json(), runs.read_run(store, trained).seed)
        else:
            number = run_to_resume(store, resume, "leave-out")
    state = work(project, number, as_json)
    if state == "finished":
        with opened(project) as store:
            _print(json.loads(runs.read_run(store, number).result or "{}"), as_json)
    click.get_current_context().exit(EXIT_CODES[state])


def _print(found: Mapping[str, Any], as_json: bool) -> None:
    if as_json:
        return answer(found)
    console = Console(highlight=False)
    console.print(Text(found["said"], style="bold"))
    rows = [
        [
            each["branch"],
            str(each["examples"]),
            f"{100 * each['without']:.1f}",
            f"{100 * each['difference']:+.1f}",
            f"{100 * each['interval'][0]:+.1f} to {100 * each['interval'][1]:+.1f}",
            ("helps" if each["difference"] > 0 else "harms") if each["is_told"] else "cannot be told",
        ]
        for each in found["branches"]
    ]
    head = ["Branch", "Examples", "Accuracy without", "Points it gives", "95 of 100 repetitions", ""]
    print_table(console, head, rows)
    console.print(Text(f"Judged on {found['judged on']}, {found['seeds']} seeds."))
    return None
