"""Words about mending by the creator: regenerate, reanswer, rewrite."""

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seedbed_engine.asking.addresses import check_address
from seedbed_engine.asking.differences import Piece, changed_fields, mark_changes
from seedbed_engine.asking.estimates import estimate_in_words
from seedbed_engine.asking.mendings import estimate_mending
from seedbed_engine.commands.growing import run_to_resume, work
from seedbed_engine.commands.speech import EXIT_CODES, answer, json_option, number_option, opened, project_argument, say
from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import agreement, lists, proposals, runs, trees
from seedbed_engine.keeping.proposals import Fate, Preview
from seedbed_engine.keeping.rows import columns_of
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import CREATORS, MendingSettings

Facts = dict[str, Any]
_help = MendingSettings.help_of
_DEFAULTS = MendingSettings()


def _asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say which examples are meant, who is asked, and within which limits."""
    for option in reversed(
        (
            click.option("--example", "examples", type=int, multiple=True, help="Which example; several times: many."),
            click.option("--branch", is_flag=True, help="Also all that came from these examples."),
            click.option("--resume", type=int, help="Go on with this run instead of starting one."),
            click.option("--creator", type=click.Choice(CREATORS), default=_DEFAULTS.creator, help="Who is asked."),
            click.option("--model", default="", help=_help("model")),
            click.option("--base-url", default="", help=_help("base_url")),
            click.option("--api-version", default="", help=_help("api_version")),
            click.option("--key-name", default=_DEFAULTS.key_name, show_default=True, help=_help("key_name")),
            number_option("temperature"),
            number_option("concurrency"),
            number_option("threads"),
            number_option("budget_usd"),
            number_option("budget_tokens"),
            click.option("--estimate", is_flag=True, help="Only say what it would come to: nothing is asked."),
            json_option,
        )
    ):
        command = option(command)
    return command


@click.command(epilog="Example:  seedbed regenerate flu.seedbed --example 12")
@project_argument
@click.option("--instruction", default="", help="What the new one is to be about; empty: as before.")
@click.option("--tries", type=click.IntRange(min=1), default=_DEFAULTS.tries, show_default=True, help=_help("tries"))
@_asking
def regenerate(project: Path, **given: Any) -> None:
    """Ask for a new sibling of examples, from the same formatting example; the old ones stay."""
    _mend("regenerate", project, given)


@click.command(epilog="Example:  seedbed reanswer flu.seedbed --example 12 --branch --k 5")
@project_argument
@click.option("--k", type=click.IntRange(min=1), default=_DEFAULTS.k, show_default=True, help=_help("k"))
@_asking
def reanswer(project: Path, as_json: bool, **given: Any) -> None:
    """Ask for the answers of examples with the labels hidden; disagreement marks them for review."""
    run, state = _worked("reanswer", project, given, as_json)
    if run and not as_json:
        with opened(project) as store:
            _print_tallies(store, agreement.read_flagged(store, run))
    click.get_current_context().exit(EXIT_CODES[state])


@click.command(epilog='Example:  seedbed rewrite flu.seedbed --example 12 --branch --instruction "Use metric units."')
@project_argument
@click.option("--instruction", default="", help="What the rewritten examples should be like, in your words.")
@click.option("--apply", "apply_run", type=int, help="Take over what this run proposed (of --example only, if given).")
@click.option("--preview", "preview_run", type=int, help="Show again what this run proposed.")
@_asking
def rewrite(project: Path, as_json: bool, apply_run: int | None, preview_run: int | None, **given: Any) -> None:
    """Have examples rewritten as you wish: shows every change, and changes nothing until --apply."""
    if apply_run is not None:
        with opened(project) as store:
            _apply(store, apply_run, given["examples"], as_json)
        return
    run, state = preview_run, "finished"
    if preview_run is None:
        if given["resume"] is None and not given["instruction"].strip():
            raise PersonError("There is no instruction.", 'Give --instruction "...".')
        run, state = _worked("rewrite", project, given, as_json)
    if run:
        with opened(project) as store:
            _show_previews(store, run, as_json and preview_run is not None)
    click.get_current_context().exit(EXIT_CODES[state])


def _mend(kind: str, project: Path, given: Facts) -> None:
    as_json = given.pop("as_json")
    _, state = _worked(kind, project, given, as_json)
    click.get_current_context().exit(EXIT_CODES[state])


def _worked(kind: str, project: Path, given: Facts, as_json: bool) -> tuple[int, str]:
    """Start a run or go on with one, and work on it; its number (0: only an estimate was wanted) and how it ended."""
    with opened(project) as store:
        if given["resume"] is not None:
            run = run_to_resume(store, given["resume"], kind)
        else:
            seed, settings = _settings(store, kind, given)
            if given["estimate"]:
                _tell_estimate(store, kind, seed, settings, as_json)
                return 0, "finished"
            run = runs.add_run(store, kind, settings.to_json(), seed)
    say(f"Run {run}. Ctrl+C stops after what is in flight.")
    return run, work(project, run, as_json)


def _settings(store: Store, kind: str, given: Facts) -> tuple[int, MendingSettings]:
    """The seed and the settings of a new run; PersonError where the examples do not belong to one tree."""
    named = list(dict.fromkeys(given["examples"]))
    if not named:
        raise PersonError("No example is named.", "Give --example with its number (seedbed show lists them).")
    rows = {row.id: row for row in trees.read_examples(store, named)}
    for one in named:
        if one not in rows:
            raise PersonError(f"There is no example {one}.", "seedbed show PROJECT lists them.")
    seeds = {row.seed for row in rows.values()}
    if len(seeds) > 1:
        raise PersonError("The examples are of several seeds.", "Start a run for each.")
    chosen = lists.read_branches(store, named) if given["branch"] else named
    if kind != "regenerate":
        chosen = lists.keep_open(store, chosen)
    if not chosen:
        raise PersonError("All of these examples are rejected or pruned.", "Choose others, or set them back to new.")
    settings = MendingSettings.from_fields({**given, "examples": chosen}).checked()
    return seeds.pop(), dataclasses.replace(settings, base_url=check_address(settings.base_url))


def _tell_estimate(store: Store, kind: str, seed: int, settings: MendingSettings, as_json: bool) -> None:
    examples = [row.example for row in trees.read_examples(store, settings.examples)]
    estimate = estimate_mending(kind, read_seed(store, seed), examples, settings)
    said = estimate_in_words(estimate, settings)
    answer({**dataclasses.asdict(estimate), "said": said}) if as_json else click.echo(said)


def _print_tallies(store: Store, flagged: Sequence[int]) -> None:
    """The examples that were marked, with what is said of them."""
    if not flagged:
        return
    tallies = agreement.read_tallies(store, flagged)
    table = Table(box=None, pad_edge=False)
    for head in ("example", "label", "answers", "question"):
        table.add_column(Text(head), overflow="fold")
    for row in trees.read_examples(store, flagged):
        if row.id in tallies:
            cells = (f"#{row.id}", row.example.answer, tallies[row.id].said, row.example.question[:200])
            table.add_row(*map(Text, cells))
    Console(highlight=False).print(table)


def _rewriting(store: Store, run: int) -> MendingSettings:
    found = next((each for each in runs.read_runs(store) if each.id == run), None)
    if found is None or found.work != "rewrite":
        raise PersonError(f"Run {run} is no rewriting.", "seedbed show PROJECT lists the runs.")
    return MendingSettings.from_json(found.settings)


def _apply(store: Store, run: int, named: Sequence[int], as_json: bool) -> None:
    settings = _rewriting(store, run)
    chosen = named or settings.examples
    many, left = proposals.apply_proposals(store, run, chosen, f"rewrite: {settings.instruction}")
    said = f"{many:,} {'example was' if many == 1 else 'examples were'} changed, in one step that undo takes back."
    if left:
        said += f" {left:,} {'was' if left == 1 else 'were'} edited meanwhile and left as they are."
    answer({"applied": many, "left": left}) if as_json else click.echo(said)


def _show_previews(store: Store, run: int, as_json: bool) -> None:
    found = proposals.read_previews(store, run, _rewriting(store, run).examples)
    if as_json:
        answer([_preview_facts(preview) for preview in found])
        return
    console = Console(highlight=False, soft_wrap=True)
    for preview in found:
        console.print(Text(f"#{preview.example}  {preview.fate.value}", style="bold"))
        if preview.to is None or preview.fate is Fate.APPLIED:
            console.print(Text(f"  {' '.join(preview.now.question.split())}"))
            if preview.reason:
                console.print(Text(f"  {preview.reason} {preview.detail}".rstrip(), style="yellow"))
        else:
            for name, before, after in changed_fields(preview.now, preview.to):
                old, new = mark_changes(before, after)
                console.print(Text.assemble(f"  {name}  ", *_marked(old, "red strike")))
                console.print(Text.assemble(f"  {' ' * len(name)}  ", *_marked(new, "green")))
    many = sum(preview.fate is Fate.OFFERED for preview in found)
    if many:
        say(f"{many:,} can be taken over: seedbed rewrite {store.path.name} --apply {run}")


def _marked(pieces: Sequence[Piece], style: str) -> list[tuple[str, str]]:
    return [(text, style if is_changed else "") for text, is_changed in pieces]


def _preview_facts(preview: Preview) -> Facts:
    return {
        "example": preview.example,
        "fate": preview.fate.value,
        "now": columns_of(preview.now),
        "to": None if preview.to is None else columns_of(preview.to),
        "reason": preview.reason,
        "detail": preview.detail,
    }
