"""The word replay: a project read anew from its stored replies, in another file."""

import functools
from pathlib import Path

import click

from seedbed_engine.commands.speech import answer, json_option, number_option, opened, project_argument, say
from seedbed_engine.creating.replay import Replayed, replay
from seedbed_engine.keeping.project import SUFFIX, copy_project

SHOWN = 20  # examples named one by one


@click.command("replay", epilog="Example:  seedbed replay flu.seedbed flu-today.seedbed --twin-threshold 0.9")
@project_argument
@click.argument("out", type=click.Path(path_type=Path), required=False)
@number_option("twin_threshold", help="Cosine of twins, instead of the one each run was grown with.", default=None)
@json_option
def replay_(project: Path, out: Path | None, twin_threshold: float | None, as_json: bool) -> None:
    """Read all stored replies again, with today's parser and filters, into a new project; nobody is asked anything.

    Without OUT it is PROJECT-replayed.seedbed beside the project, with a number where that is taken.
    """
    if out is None:
        out = _free_beside(project)
    elif out.suffix != SUFFIX:
        out = out.with_name(out.name + SUFFIX)
    with opened(project) as store:
        copy_project(store, out)
    try:
        done = _replayed(out, twin_threshold)
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    if as_json:
        answer({"project": str(out), **done.as_fields()})
    else:
        _tell(done, out)


def _free_beside(project: Path) -> Path:
    """A name for what is replayed that no file has yet."""
    names = (f"{project.stem}-replayed{more}{SUFFIX}" for more in ("", *(f"-{n}" for n in range(2, 1000))))
    return next(path for name in names if not (path := project.with_name(name)).exists())


def _replayed(path: Path, twin_threshold: float | None) -> Replayed:
    from seedbed_engine.encoding.encoder import Encoder
    from seedbed_engine.encoding.vectors import vectors_of

    with opened(path) as store:
        return replay(store, functools.partial(vectors_of, store, Encoder()), twin_threshold)


def _tell(done: Replayed, out: Path) -> None:
    say(f"{done.replies} replies read again: {done.kept_before} examples were kept, {done.kept_now} are now.")
    for reason in sorted(done.reasons_before.keys() | done.reasons_now.keys()):
        before, now = done.reasons_before[reason], done.reasons_now[reason]
        say(f"  {reason}: {before}" + ("" if before == now else f", now {now}"))
    for key, why in list(done.went_out.items())[:SHOWN]:
        say(f"  went out: {key} ({why})")
    for key in done.came_in[:SHOWN]:
        say(f"  came in: {key}")
    if done.held:
        say(f"{done.held} that went out stay as links of the tree, pruned: others were grown from them.")
    if done.read_otherwise:
        say(f"{done.read_otherwise} examples read otherwise than before.")
    if done.decisions_lost:
        say(f"Note: {done.decisions_lost} that went out were approved or edited by a person.")
    say(f"The project as today's Seedbed reads it is {out}; the one it came from is as it was.")
