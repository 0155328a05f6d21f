"""The word demo: the whole job on a bundled sample, from one real seed to a judged model, a report and a picture."""

import time
from pathlib import Path

import click

from seedbed_engine.commands.growing import work
from seedbed_engine.commands.judging import print_verdict, read_verdict
from seedbed_engine.commands.reporting import ON_A_PAGE, draw, write_down
from seedbed_engine.commands.speech import EXIT_CODES, answer, json_option, opened, say
from seedbed_engine.keeping import calls, runs
from seedbed_engine.keeping.project import SUFFIX
from seedbed_engine.keeping.samples import Sample, create_sample_project, read_sample, read_samples
from seedbed_engine.settings import GrowthSettings, TrainingSettings

DEMONSTRATOR = (
    "The model in the box is a demonstrator: it is small enough to run anywhere, and its labels are noise. "
    "Expect its data to teach little; a larger model (--creator hosted, or a GGUF file) is what the method is for."
)


@click.command(epilog="Example:  seedbed demo --sample piqa --target 60")
@click.option("--sample", type=click.Choice([s.name for s in read_samples()]), default="creak", show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), default=Path("seedbed-demo"), show_default=True)
@click.option("--target", default=60, show_default=True, help="How many examples are created.")
@click.option("--strategy", default="tree", show_default=True)
@json_option
def demo(sample: str, folder: Path, target: int, strategy: str, as_json: bool) -> None:
    """Grow, train and judge on a bundled sample; writes a project, a report and a picture."""
    began = time.monotonic()
    folder.mkdir(parents=True, exist_ok=True)
    path = _free_name(folder, sample)
    chosen = read_sample(sample)
    say(f"Sample: {chosen.title} ({chosen.source}). The seed: {chosen.seed.question}")
    say(DEMONSTRATOR)
    with create_sample_project(path, sample) as store:
        settings = GrowthSettings(target=target, strategy=strategy)
        growth = runs.add_run(store, "grow", settings.to_json(), 1)
        training = runs.add_run(store, "train", TrainingSettings(test_dataset=1).to_json(), 1)
    for run in (growth, training):
        state = work(path, run, as_json)
        if state != "finished":
            click.get_current_context().exit(EXIT_CODES[state])
    found = _show_what_came(path, chosen, growth, training, as_json)
    if as_json:
        return answer({**found, "seconds": round(time.monotonic() - began, 1)})
    say(f"Done in {time.monotonic() - began:.0f} s.")
    for name, where in found.items():
        say(f"{name:<8} {where}")
    return None


def _show_what_came(path: Path, sample: Sample, growth: int, training: int, as_json: bool) -> dict[str, str]:
    """Print the verdict, draw the tree and the window, write the report; where each of them is."""
    tree, window = path.with_suffix(".png"), path.with_name(f"{path.stem}-window.png")
    draw(path, tree, *ON_A_PAGE)
    draw(path, window, "--whole-window")
    report = path.with_suffix(".html")
    with opened(path) as store:
        account = calls.read_account(store, growth)
        facts = {
            "Seed": sample.seed.question,
            "Source": sample.source,
            "Created": f"{account.kept} kept of {account.asked} asked, by the model in the box",
            "Note": DEMONSTRATOR,
        }
        write_down(store, training, report, tree if tree.exists() else None, facts)
        verdict = read_verdict(store, training)
    print_verdict(verdict, as_json)
    return {"project": str(path), "report": str(report), "tree": str(tree), "window": str(window)}


def _free_name(folder: Path, sample: str) -> Path:
    """A name that no file has: what an earlier demo made is never overwritten."""
    names = [f"{sample}{SUFFIX}", *(f"{sample}-{number}{SUFFIX}" for number in range(2, 1000))]
    return next(folder / name for name in names if not (folder / name).exists())
