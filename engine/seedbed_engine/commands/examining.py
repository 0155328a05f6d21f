"""Words about what a training showed: errors, audit."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from seedbed_engine.commands.speech import answer, json_option, opened, print_table, project_argument
from seedbed_engine.errors import PersonError
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.answers_kept import PARTS
from seedbed_engine.keeping.store import Store

CUT = 72  # characters of a question in a table
run_option = click.option("--run", type=int, help="Which training run (default: the newest that was judged).")
most_option = click.option("--most", default=20, show_default=True, help="How many are listed (JSON: all).")


@click.command(epilog="Example:  seedbed errors flu.seedbed --most 5")
@project_argument
@run_option
@click.option("--model", default="created", show_default=True, help="Which model: created, human, all human, ...")
@click.option("--part", type=click.Choice(PARTS), default=None, help="On which items (default: those judged on).")
@most_option
@json_option
def errors(project: Path, run: int | None, model: str, part: str | None, most: int, as_json: bool) -> None:
    """What a trained model got wrong, and which created examples lie nearest to that."""
    from seedbed_engine.learning.tracing import errors_of, trained_models

    with opened(project) as store:
        number = judged_run(store, run)
        found = errors_of(store, number, model, part or "")
        others = [each for each in trained_models(store, number) if each != model]
    if as_json:
        return answer(found)
    console = Console(highlight=False)
    _print_errors(console, found, most)
    if others:
        console.print(Text(f"\nAlso judged: {', '.join(others)} (--model NAME)."))
    return None


@click.command(epilog="Example:  seedbed audit flu.seedbed --most 10")
@project_argument
@run_option
@most_option
@json_option
def audit(project: Path, run: int | None, most: int, as_json: bool) -> None:
    """Created examples that are likely mislabelled, first those the model was least sure of."""
    from seedbed_engine.learning.audit import audit as look_at

    with opened(project) as store:
        found = look_at(store, judged_run(store, run))
    if as_json:
        return answer(found)
    return _print_audit(Console(highlight=False), found, most)


def judged_run(store: Store, run: int | None) -> int:
    """The training run that a person named, else the newest that reached a verdict."""
    found = [each for each in runs.read_runs(store) if each.work == "train" and run in (None, each.id)]
    if not found:
        raise PersonError("There is no such training run.", "seedbed show PROJECT lists them.")
    judged = [each.id for each in found if each.result is not None]
    if not judged:
        raise PersonError("No training has reached a verdict yet.", "Let one finish first: seedbed train.")
    return judged[0]


def _print_errors(console: Console, found: Mapping[str, Any], most: int) -> None:
    said = f"Run {found['run']}, model on {found['model']} data, {found['part']}: {found['accuracy']:.1%} right."
    console.print(Text(said))
    rows = [[name, *map(str, row)] for name, row in zip(found["labels"], found["confusion"], strict=True)]
    print_table(console, ["true \\ answered", *found["labels"]], rows)
    _print_calibration(console, found["calibration"])
    console.print(Text("\nSlices", style="bold"))
    print_table(console, ["Slice", "Items", "Accuracy", "95 % interval"], list(map(_slice_cells, found["slices"])))
    console.print(Text(found["slices said"]))
    near = "" if found["model"] == "created" else ", which did not teach this model"
    console.print(Text(f"\nErrors, the surest first, each with the nearest created examples{near}", style="bold"))
    for error in found["errors"][:most]:
        said = f"{error['predicted']} instead of {error['answer']}, {error['sureness']:.0%} sure"
        console.print(Text(f"{_cut(error['question'])}  ({said})"))
        for near in error["nearest"]:
            text = f"  {near['likeness']:.2f}  {near['branch']}, example {near['example']}: "
            console.print(Text(f"{text}{_cut(near['question'])} ({near['answer']})", style="dim"))
    for number, each in enumerate(found["clusters"], start=1):
        parents = ", ".join(f"#{parent}" for parent in each["parents"])
        title = f"\nCluster {number}: {each['name']} ({len(each['errors'])} errors)"
        console.print(Text(title, style="bold"))
        console.print(Text(f"To grow from {parents}: {each['instruction']}"))


def _print_calibration(console: Console, calibration: Mapping[str, Any]) -> None:
    console.print(Text(f"\nSure and right (expected calibration error {calibration['error']:.3f})", style="bold"))
    rows = [
        [
            f"{b['low']:.1f} to {b['high']:.1f}",
            f"{b['items']}{' (few)' if b['is_uncertain'] else ''}",
            f"{b['sureness']:.2f}",
            f"{b['accuracy']:.2f}",
            f"{b['interval']['low']:.2f} to {b['interval']['high']:.2f}",
        ]
        for b in calibration["bins"]
    ]
    print_table(console, ["Sureness", "Items", "Mean", "Right", "95 % interval"], rows)
    chance = calibration["by_chance"]
    console.print(Text(f"With as many items a model that is as often right as it is sure stays below {chance:.3f}."))


def _slice_cells(part: Mapping[str, Any]) -> list[str]:
    interval = f"{part['interval']['low']:.1%} to {part['interval']['high']:.1%}"
    name = f"{part['by']}: {part['name']}{' *' if part['is_distinguishable'] else ''}"
    return [name, str(part["items"]), f"{part['accuracy']:.1%}", interval]


def _print_audit(console: Console, found: Mapping[str, Any], most: int) -> None:
    console.print(Text(f"Run {found['run']}: likely mislabelled first. To be looked at, not to be deleted unseen."))
    head = ["Question", "Answer", "Example", "Branch", "Sure", "Varies", "Forgotten", "Value", "Near"]
    rows = [_audit_cells(row) for row in found["examples"][:most]]
    print_table(console, head, rows)
    if found["proxy"]:
        console.print(Text(f"\nValue: {found['proxy']}, a proxy, judged on {found['proxy judged on']}; in points."))
        console.print(Text("Near: mean cosine with the five nearest of these; the lowest is perhaps off the topic."))
    console.print(Text("\nBranches, the least sure first", style="bold"))
    branches: Sequence[Mapping[str, Any]] = found["branches"]
    rows = [
        [b["branch"], str(b["examples"]), f"{b['confidence']:.2f}", _value(b["value"]), _near(b["likeness"])]
        for b in branches[:most]
    ]
    print_table(console, ["Branch", "Examples", "Sure", "Value each", "Near"], rows)


def _audit_cells(row: Mapping[str, Any]) -> list[str]:
    figures = [f"{row['confidence']:.2f}", f"{row['variability']:.2f}", f"{row['forgotten']:.1f}"]
    figures += [_value(row["value"]), _near(row["likeness"])]
    return [_cut(row["question"]), _cut(row["answer"]), str(row["example"]), row["branch"], *figures]


def _value(share: float | None) -> str:
    return "" if share is None else f"{100 * share:+.3f}"


def _near(cosine: float | None) -> str:
    return "" if cosine is None else f"{cosine:.2f}"


def _cut(text: str) -> str:
    return text if len(text) <= CUT else f"{text[: CUT - 1]}\N{HORIZONTAL ELLIPSIS}"
