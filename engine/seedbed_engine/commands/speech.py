"""How the command line speaks: sentences and bars for people, JSON for machines, exit codes that mean something."""

import json
import math
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from seedbed_engine import events
from seedbed_engine.asking.costs import usd_in_words
from seedbed_engine.errors import PersonError
from seedbed_engine.keeping.project import open_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings, TrainingSettings

EXIT_CODES = {"finished": 0, "failed": 1, "stopped": 3}

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
project_argument = click.argument("project", type=click.Path(path_type=Path))


class FiniteRange(click.FloatRange):
    """A number with limits; infinity and what is no number at all are beyond them."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number that a person wrote."""
        number = super().convert(value, param, ctx)
        return number if math.isfinite(number) else self.fail(f"{value} is no finite number.", param, ctx)


def number_option(
    name: str, settings: type[GrowthSettings] | type[TrainingSettings] = GrowthSettings, **given: Any
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The option that gives a setting its number: with the setting's limits, default and help line, unless given."""
    limits = settings.limits_of(name)
    low = limits.least if limits.above is None else limits.above
    range_of: Callable[..., click.ParamType[Any]] = click.IntRange if settings.is_whole(name) else FiniteRange
    kind = range_of(low, limits.most, limits.above is not None)
    facts = {"default": getattr(settings, name), "show_default": True, "help": settings.help_of(name)}
    return click.option(f"--{name.replace('_', '-')}", type=kind, **{**facts, **given})


class Speaking(click.Group):
    """Commands whose errors for people end as a sentence on standard error and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except PersonError as error:
            Console(stderr=True).print(Text(str(error), style="red"))
            ctx.exit(1)


def say(text: str) -> None:
    """A sentence on standard error: it never mixes with what a machine reads."""
    Console(stderr=True, highlight=False, soft_wrap=True).print(Text(text))


def answer(found: Any) -> None:
    """A result for machines: one JSON value on standard output."""
    click.echo(json.dumps(found, ensure_ascii=False, default=str))


def print_table(console: Console, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table without lines: the first column to the left, figures to the right."""
    table = Table(box=None, pad_edge=False)
    for place, column in enumerate(head):
        table.add_column(Text(column), justify="left" if place == 0 else "right")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    """The project open for one command, closed whatever happens."""
    store = open_project(path)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def listening(as_json: bool) -> Iterator[Callable[[events.Event], None]]:
    """What shows a run's events: JSON lines for machines; a bar and sentences for people."""
    if as_json:
        output = sys.stdout
        with redirect_stdout(sys.stderr):  # what libraries print must not mix with the events
            yield lambda event: click.echo(events.to_line(event), file=output)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    console = Console(stderr=True, highlight=False)
    with Progress(*columns, console=console, transient=not sys.stderr.isatty()) as bar:
        yield _Bar(bar).show


def spent_in_words(event: events.Progress) -> str:
    """What a growth used so far, and will likely have used at the end: in dollars where they are known."""
    if event.usd:
        so_far, at_end = usd_in_words(event.usd), event.usd_at_end and usd_in_words(event.usd_at_end)
    else:
        so_far, at_end = f"{event.tokens:,}", event.tokens_at_end and f"{event.tokens_at_end:,}"
    what = "" if event.usd else " tokens"
    return f"{so_far} of about {at_end}{what}" if at_end else f"{so_far}{what}"


class _Bar:
    """One bar for what is going on now."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._tasks: dict[str, Any] = {}

    def show(self, event: events.Event) -> None:
        match event:
            case events.Said(text=text) | events.Finished(summary=text) | events.Stopped(summary=text):
                self._bar.console.print(Text(text))
            case events.Failed(what=what, mend=mend):
                self._bar.console.print(Text(f"{what} {mend}".strip(), style="red"))
            case events.Progress():
                said = f"Growing: {event.asked} asked = {event.kept} kept + {event.discarded} discarded"
                rest = f"{event.missing} missing + {event.failed} failed + {event.waiting} waiting"
                spent = spent_in_words(event)
                self._move("grow", f"{said} + {rest}; {spent}", event.kept, event.target)
            case events.Trained():
                name = f"Training on {event.model}, seed {event.training_seed}"
                self._move(name, f"{name}: loss {event.loss:.3f}", event.step, event.steps)

    def _move(self, name: str, description: str, done: int, total: int) -> None:
        if name not in self._tasks:
            self._tasks[name] = self._bar.add_task(description, total=total)
        self._bar.update(self._tasks[name], description=description, completed=min(done, total), total=total)
