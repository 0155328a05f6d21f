"""The word check: twins among created examples, and those that are too near to human test or dev data."""

import dataclasses
import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from seedbed_engine.commands.speech import answer, json_option, number_option, opened, project_argument, say
from seedbed_engine.curating.checking import Checked, Finding, check, flag
from seedbed_engine.curating.leakage import Embed
from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import datasets, seeds
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import GrowthSettings

SHOWN = 40  # findings listed one by one
CUT = 90  # characters of a question
_help = GrowthSettings.help_of
_DEFAULTS = GrowthSettings()


@click.command("check", epilog="Example:  seedbed check flu.seedbed --leak-threshold 0.9")
@project_argument
@click.option("--dataset", help="Only leaks of this human data set.")
@click.option("--example", "examples", type=int, multiple=True, help="Only this example (may be given again).")
@number_option("twin_threshold")
@number_option("leak_threshold")
@number_option("leak_words")
@click.option("--flag", "is_flagging", is_flag=True, help="Flag what is found, so that a person looks at it.")
@click.option("--quietly", is_flag=True, hidden=True, help="The flags are no act of their own that undo takes back.")
@json_option
def check_(
    project: Path,
    dataset: str | None,
    examples: tuple[int, ...],
    is_flagging: bool,
    quietly: bool,
    as_json: bool,
    **thresholds: Any,
) -> None:
    """List twins among created examples, and those too near to human test or dev data; nothing is changed."""
    settings = GrowthSettings.from_fields(thresholds).checked()
    with opened(project) as store:
        number = None if dataset is None else _dataset(store, dataset)
        found = check(store, embed_of(store, keeps=is_flagging), settings, dataset=number, examples=examples or None)
        said = "" if quietly else f"flag what is too near{f' to {dataset}' if dataset else ''}"
        flagged = flag(store, found, said) if is_flagging else 0
    if as_json:
        facts = {"examples": found.examples, "human": found.human, "flagged": flagged}
        return answer({**facts, "twins": _facts(found.twins), "leaks": _facts(found.leaks)})
    return _tell(found, flagged if is_flagging else None)


def embed_of(store: Store, *, keeps: bool) -> Embed:
    """Vectors by the encoder in the box; new ones are kept in the project file where that is wanted."""
    from seedbed_engine.encoding.encoder import Encoder
    from seedbed_engine.encoding.vectors import vectors_found, vectors_of

    encoder = Encoder()
    return functools.partial(vectors_of, store, encoder) if keeps else lambda t: vectors_found(store, encoder, t)[0]


def check_imported(store: Store, name: str) -> int | None:
    """Flag the created examples that are too near to a data set that came in; how many (None: there are none)."""
    if not any(seed.kept for seed in seeds.read_seeds(store)):
        return None
    found = check(store, embed_of(store, keeps=True), _DEFAULTS, dataset=_dataset(store, name))
    flag(store, found, f"flag what is too near to {name}")
    return sum(leak.example > 0 for leak in found.leaks)


def _dataset(store: Store, name: str) -> int:
    known = {each.name: each.id for each in datasets.read_datasets(store)}
    if name not in known:
        raise PersonError(f"There is no data set '{name}'.", "seedbed show PROJECT lists them.")
    return known[name]


def _facts(found: Sequence[Finding]) -> list[dict[str, Any]]:
    return [dataclasses.asdict(finding) for finding in found]


def _tell(found: Checked, flagged: int | None) -> None:
    say(f"{found.examples} created examples, {found.human} human test and dev examples.")
    for title, findings in (("Twins", found.twins), ("Leaks", found.leaks)):
        say(f"{title}: {len(findings)}")
        for finding in findings[:SHOWN]:
            who = f"#{finding.example}" if finding.example else f"the seed ({finding.seed})"
            text = (
                finding.question
                if len(finding.question) <= CUT
                else finding.question[: CUT - 1] + "\N{HORIZONTAL ELLIPSIS}"
            )
            say(f"  {who} is too near to {finding.what} ({finding.by}): {text}")
        if len(findings) > SHOWN:
            say(f"  ... and {len(findings) - SHOWN} more (--json lists all).")
    if flagged is not None:
        say(f"{flagged} flags changed; undo in the studio takes that back.")
