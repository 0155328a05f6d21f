"""The word report: a verdict as one page to read, print and send, with the errors of every model and the tree."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

import click

from seedbed_engine.commands.examining import judged_run, run_option
from seedbed_engine.commands.judging import read_verdict
from seedbed_engine.commands.speech import answer, json_option, opened, project_argument, say
from seedbed_engine.errors import InvalidFile
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.rows import RunRow
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings, TrainingSettings

FORMS = (".html", ".htm", ".md")
ON_A_PAGE = ("--size", "1080x900", "--trim")  # how the tree is drawn for a report


@click.command(epilog="Example:  seedbed report flu.seedbed flu.html")
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@run_option
@click.option("--picture/--no-picture", default=True, help="Draw the tree into it.")
@json_option
def report(project: Path, file: Path, run: int | None, picture: bool, as_json: bool) -> None:
    """Write a verdict as one page: HTML with the errors of every model, or Markdown (.md) without them."""
    if file.suffix.lower() not in FORMS:
        raise InvalidFile(f"'{file.name}' is neither HTML nor Markdown.", "Name the file NAME.html or NAME.md.")
    with opened(project) as store, tempfile.TemporaryDirectory() as folder:
        number = judged_run(store, run)
        drawn = file.with_name(f"{file.stem}-tree.png") if file.suffix == ".md" else Path(folder) / "tree.png"
        if picture:
            seed = runs.read_run(store, number).seed
            draw(project, drawn, *ON_A_PAGE, *(("--seed", str(seed)) if seed else ()))
        write_down(store, number, file, drawn if drawn.exists() else None, _facts(store, number))
    if as_json:
        return answer({"run": number, "report": str(file)})
    return say(f"The report is in {file}.")


def write_down(store: Store, run: int, file: Path, picture: Path | None, facts: Mapping[str, str]) -> None:
    """Write the report of a training that reached a verdict."""
    from seedbed_engine.learning.reports import write_report
    from seedbed_engine.learning.tracing import errors_judged

    write_report(file, read_verdict(store, run), picture, facts, errors_judged(store, run))


def draw(path: Path, picture: Path, *how: str) -> None:
    """The tree (or the window) as the studio draws it: another process, for the engine knows no window."""
    command = [sys.executable, "-m", "seedbed_gui", "picture", str(path), str(picture), *how]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        say(f"The picture could not be drawn: {done.stderr.strip().splitlines()[-1:]}")


def _facts(store: Store, run: int) -> dict[str, str]:
    row = runs.read_run(store, run)
    seed, settings = read_seed(store, row.seed or 0), TrainingSettings.from_json(row.settings)
    grown = [each for each in runs.read_runs(store) if each.work == "grow" and each.seed == row.seed]
    return {
        "Project": store.path.name,
        "Run": f"{run}, begun {(row.started or row.created)[:16].replace('T', ' ')} UTC",
        "Seed": seed.example.question,
        "Source": seed.source or "not given",
        "Examples": f"{seed.kept} kept by now, {seed.approved} of them approved by a person",
        "Grown": "; ".join(dict.fromkeys(_grown(each) for each in reversed(grown))) or "not by this program",
        "Encoder": settings.encoder or "the one in the box (MiniLM)",
        "Recipe": _recipe(store, run, settings),
        "Program": f"Seedbed {version('seedbed')}",
    }


def _grown(run: RunRow) -> str:
    """By whom and how a growth was asked for."""
    settings = GrowthSettings.from_json(run.settings)
    creator = settings.model or ("the model in the box" if settings.creator == "embedded" else settings.creator)
    return f"{creator}, {settings.strategy}, seed number {settings.seed_number}, target {settings.target}"


def _recipe(store: Store, run: int, settings: TrainingSettings) -> str:
    """All that decides a training, so that it can be repeated."""
    from seedbed_engine.learning.items import Kind
    from seedbed_engine.learning.recipes import recipe_for

    recipe = recipe_for(Kind(read_verdict(store, run).kind), settings)
    fields = {name.replace("_", " "): value for name, value in recipe.as_fields().items()}
    numbers = [f"{name} {value:g}" for name, value in fields.items() if not isinstance(value, bool)]
    switched = [name for name, value in fields.items() if value is True]
    chosen = ["approved examples only"] if settings.approved_only else []
    return ", ".join([f"seeds {', '.join(map(str, settings.seeds))}", *numbers, *switched, *chosen])
