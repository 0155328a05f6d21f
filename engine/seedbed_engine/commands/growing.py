"""Words about creating: grow, setup-model, and the hidden word that works on a run by its number."""

import dataclasses
import sys
import threading
import time
from concurrent import futures
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from seedbed_engine import events, jobs
from seedbed_engine.asking.addresses import check_address
from seedbed_engine.asking.estimates import estimate_growth
from seedbed_engine.asking.formats import check_wanted_answer, infer_format
from seedbed_engine.asking.topics import split_topics
from seedbed_engine.commands.money import estimate_facts
from seedbed_engine.commands.speech import (
    EXIT_CODES,
    answer,
    json_option,
    listening,
    number_option,
    opened,
    project_argument,
    say,
)
from seedbed_engine.creating.roots import read_chosen
from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import batches, runs, seeds
from seedbed_engine.keeping.rows import SeedRow
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import BATCH_STRATEGIES, CREATORS, NO_CHAIN, STRATEGIES, GrowthSettings

_help = GrowthSettings.help_of
_NO_SETTINGS = frozenset({"project", "resume", "wait", "cancel_batch", "as_json", "csv_file", "latex_file"})
_DEFAULTS = GrowthSettings()


def _topics_in(context: click.Context, parameter: click.Parameter, name: str | None) -> tuple[str, ...]:
    if name is None:
        return ()
    try:
        topics = split_topics(Path(name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PersonError(f"The topics in '{name}' cannot be read.", "Give a text file, one topic a line.") from error
    if not topics:
        raise PersonError(f"There is no topic in '{name}'.", "Give a text file, one topic a line.")
    return topics


@click.command(
    epilog="Example:  seedbed grow flu.seedbed --target 200 --strategy tree --creator hosted --model gpt-4o-mini"
)
@project_argument
@click.option("--seed", type=int, help="Which seed (default: the first).")
@click.option("--resume", type=int, help="Go on with this run instead of starting one.")
@click.option("--strategy", type=click.Choice(STRATEGIES), default=_DEFAULTS.strategy, help=_help("strategy"))
@number_option("target")
@number_option("n")
@click.option("--seed-number", default=_DEFAULTS.seed_number, show_default=True, help=_help("seed_number"))
@click.option("--parent", "parents", type=int, multiple=True, help=f"{_help('parents')} May be given several times.")
@click.option("--weak-in", type=int, metavar="RUN", help="Grow where the model of this training is weak.")
@click.option("--cluster", type=click.IntRange(min=1), default=1, help="With --weak-in: which cluster of `errors`.")
@number_option("chains")
@number_option("max_calls")
@number_option("budget_usd")
@number_option("budget_tokens")
@number_option("concurrency")
@number_option("threads")
@number_option("requests_per_minute")
@number_option("tokens_per_minute")
@click.option("--creator", type=click.Choice(CREATORS), default=_DEFAULTS.creator, help=_help("creator"))
@click.option("--model", default="", help=_help("model"))
@click.option("--base-url", default="", help=_help("base_url"))
@click.option("--api-version", default="", help=_help("api_version"))
@click.option("--key-name", default=_DEFAULTS.key_name, show_default=True, help=_help("key_name"))
@number_option("temperature")
@number_option("max_tokens")
@click.option("--instruction", default="", help=_help("instruction"))
@click.option("--wanted-answer", default="", help=_help("wanted_answer"))
@click.option("--approved-parents", is_flag=True, help=_help("approved_parents"))
@click.option("--balance/--no-balance", default=_DEFAULTS.balance, help=_help("balance"))
@click.option("--check-passages/--no-check-passages", default=_DEFAULTS.check_passages, help=_help("check_passages"))
@number_option("check_keep")
@number_option("check_flip")
@number_option("twin_threshold")
@number_option("leak_threshold")
@number_option("leak_words")
@click.option("--topics/--no-topics", default=_DEFAULTS.topics, help=_help("topics"))
@click.option("--batch/--no-batch", default=_DEFAULTS.batch, help=_help("batch"))
@number_option("batch_least")
@click.option("--wait", type=click.IntRange(min=1), metavar="SECONDS", help="Look for a batch this often, to the end.")
@click.option("--cancel-batch", is_flag=True, help="With --resume: cancel the batch; what was answered is kept.")
@click.option("--topics-from", "topic_list", callback=_topics_in, help="A file of topics, one a line, to draw from.")
@click.option("--estimate", is_flag=True, help="Only say what it would come to: nothing is asked, nothing begun.")
@json_option
def grow(
    project: Path,
    seed: int | None,
    resume: int | None,
    wait: int | None,
    cancel_batch: bool,
    weak_in: int | None,
    cluster: int,
    estimate: bool,
    as_json: bool,
    **given: Any,
) -> None:
    """Grow a tree of examples from a seed."""
    if cancel_batch and resume is None:
        raise PersonError("Which batch is to be cancelled?", "Name its run with --resume.")
    with opened(project) as store:
        if resume is None:
            if weak_in is not None:
                seed = _take_weakness(store, weak_in, cluster, given)
            settings, ground = _checked(GrowthSettings.from_fields(given)), seeds.read_seed(store, seed_of(store, seed))
            check_wanted_answer(infer_format(ground.example, ground.kind), settings.wanted_answer)
            read_chosen(store, ground, settings.parents)
            if estimate:
                _tell_estimate(store, settings, ground, as_json)
                return
            run = runs.add_run(store, "grow", settings.to_json(), ground.id)
        else:
            run = run_to_resume(store, resume, "grow")
            if cancel_batch and not batches.want_cancel(store, run):
                raise PersonError(f"Run {run} waits for no batch.", "seedbed show PROJECT lists the runs that do.")
        row = runs.read_run(store, run)
        chosen = seeds.read_seed(store, row.seed or 0)
        name = infer_format(chosen.example, chosen.kind).name
    strategy = GrowthSettings.from_json(row.settings).strategy
    say(f"Run {run}: {name}, strategy {strategy}. Ctrl+C stops after what is in flight.")
    click.get_current_context().exit(EXIT_CODES[_work_and_wait(project, run, as_json, wait)])


def _take_weakness(store: Store, run: int, number: int, given: dict[str, Any]) -> int | None:
    """Parents and instruction from a training's errors that are of no test; what a person gave comes before these."""
    from seedbed_engine.keeping.answers_kept import DEV, HELD_OUT, read_answered
    from seedbed_engine.learning.tracing import errors_of

    parts = {each.part for each in read_answered(store, run, "created")}
    found = errors_of(store, run, part=HELD_OUT if HELD_OUT in parts else DEV)["clusters"]
    if number > len(found):
        raise PersonError(
            f"There are {len(found)} clusters of errors.", "seedbed errors PROJECT --part dev lists them."
        )
    chosen = found[number - 1]
    given["parents"] = given["parents"] or tuple(chosen["parents"])
    given["instruction"] = given["instruction"] or chosen["instruction"]
    parents = ", ".join(f"#{parent}" for parent in given["parents"])
    say(f"{len(chosen['errors'])} errors: growing from {parents}; {given['instruction']}")
    return runs.read_run(store, run).seed


def _work_and_wait(project: Path, run: int, as_json: bool, seconds: int | None) -> str:
    """Work on a run; where it waits for a batch, look again now and then if the person said so."""
    stop = threading.Event()
    while True:
        state = work(project, run, as_json, stop)
        if state != "stopped" or not _waits(project, run):
            return state
        if seconds is None or stop.is_set():
            say(f"It need not be waited for here: seedbed grow {project} --resume {run} fetches it.")
            return state
        try:
            time.sleep(seconds)
        except KeyboardInterrupt:
            return state


def _waits(project: Path, run: int) -> bool:
    with opened(project) as store:
        return any(batch.run == run for batch in batches.read_open(store))


def _tell_estimate(store: Store, settings: GrowthSettings, seed: SeedRow, as_json: bool) -> None:
    facts = estimate_facts(estimate_growth(store, seed, settings), settings)
    answer(facts) if as_json else click.echo(facts["said"])


def _checked(settings: GrowthSettings) -> GrowthSettings:
    settings.checked()
    if settings.batch and settings.creator != "hosted":
        raise PersonError("Only hosted creators answer in batches.", "Add --creator hosted, or leave --batch out.")
    if settings.batch and settings.strategy not in BATCH_STRATEGIES:
        raise PersonError(NO_CHAIN, "Give --strategy tree or naive, or leave --batch out.")
    return dataclasses.replace(settings, base_url=check_address(settings.base_url))


def seed_of(store: Store, seed: int | None) -> int:
    """The seed that a person named, else the first; PersonError where there is none."""
    found = seeds.read_seeds(store)
    if not found:
        raise PersonError("The project has no seed.", "Make one with seedbed new.")
    if seed is not None and seed not in {each.id for each in found}:
        raise PersonError(f"There is no seed {seed}.", "seedbed show PROJECT lists them.")
    return found[0].id if seed is None else seed


def run_to_resume(store: Store, run: int, work: str) -> int:
    """A run that can go on, with the settings that it was started with; PersonError where it cannot."""
    found = next((each for each in runs.read_runs(store) if each.id == run), None)
    if found is None:
        raise PersonError(f"There is no run {run}.", "seedbed show PROJECT lists them.")
    if found.work != work:
        raise PersonError(f"Run {run} is of another kind.", f"Go on with it by seedbed {found.work} --resume {run}.")
    given = click.get_current_context()
    named = [
        parameter.opts[0]
        for parameter in given.command.params
        if given.get_parameter_source(parameter.name or "") is ParameterSource.COMMANDLINE
        and parameter.name not in _NO_SETTINGS
    ]
    if named:
        raise PersonError(
            f"A run goes on with its own settings, so {', '.join(named)} cannot be given with --resume.",
            "Leave that out, or start another run: it grows the same tree further."
            if work == "grow"
            else "Leave it out.",
        )
    return run


def work(path: Path, run: int, as_json: bool, stop: threading.Event | None = None) -> str:
    """Work on a run in this process and show it; Ctrl+C (or `stop`) drains, a second one kills."""
    stop = stop or threading.Event()
    ended: futures.Future[str] = futures.Future()

    def target() -> None:
        try:
            ended.set_result(jobs.work_on(path, run, show, stop))
        except BaseException as error:  # noqa: BLE001  it is raised in the main thread
            ended.set_exception(error)

    with listening(as_json) as show:
        threading.Thread(target=target, name=f"run {run}", daemon=True).start()
        while not ended.done():  # Thread.join, interrupted by Ctrl+C, takes a living thread for a dead one
            try:
                futures.wait([ended], timeout=0.2)
            except KeyboardInterrupt:
                if stop.is_set():
                    raise
                say("Stopping after what is in flight. Ctrl+C again stops at once; nothing that was paid for is lost.")
                stop.set()
    return ended.result()


@click.command("run", hidden=True)
@project_argument
@click.argument("run", type=int)
@click.pass_context
def run_(ctx: click.Context, project: Path, run: int) -> None:
    """Work on a run by its number; events as JSON lines; the line "stop" on standard input drains it.

    A training waits from the line "pause" to the line "go on", or to the end of standard input.
    """
    stop, pause = threading.Event(), threading.Event()
    output = sys.stdout
    sys.stdout = sys.stderr  # what libraries print must not mix with the events
    lock = threading.Lock()

    def tell(event: events.Event) -> None:
        with lock:
            output.write(events.to_line(event) + "\n")
            output.flush()

    def listen() -> None:
        acts = {"stop": stop.set, "pause": pause.set, "go on": pause.clear}
        for line in sys.stdin:
            acts.get(line.strip(), lambda: None)()
        pause.clear()

    threading.Thread(target=listen, name="standard input", daemon=True).start()
    try:
        state = jobs.work_on(project, run, tell, stop, pause)
    except PersonError as error:
        tell(events.Failed(run, error.what, error.mend))
        state = "failed"
    ctx.exit(EXIT_CODES[state])


@click.command("setup-model", epilog="Example:  seedbed setup-model")
def setup_model() -> None:
    """Fetch the model in the box (once; about 100 MB) and make it ready."""
    from seedbed_engine.creating.creators.box import setup_model as setup

    setup(say)
