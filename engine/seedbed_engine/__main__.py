"""The command line: `seedbed WORD ...` and `python -m seedbed_engine WORD ...`."""

import logging

import click

from seedbed_engine import __version__
from seedbed_engine.commands.checking import check_
from seedbed_engine.commands.creators import creators, keys
from seedbed_engine.commands.demo import demo
from seedbed_engine.commands.examining import audit, errors
from seedbed_engine.commands.experimenting import experiment
from seedbed_engine.commands.growing import grow, run_, setup_model
from seedbed_engine.commands.improving import improve
from seedbed_engine.commands.judging import evaluate, predict, train
from seedbed_engine.commands.leaving import leave_out
from seedbed_engine.commands.mending import reanswer, regenerate, rewrite
from seedbed_engine.commands.models import export_model
from seedbed_engine.commands.money import costs
from seedbed_engine.commands.picturing import screenshots
from seedbed_engine.commands.projects import export, import_, new, show
from seedbed_engine.commands.replaying import replay_
from seedbed_engine.commands.reporting import report
from seedbed_engine.commands.speech import Speaking
from seedbed_engine.commands.standing_by import stand_by


@click.group(cls=Speaking, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option("--verbose", is_flag=True, help="Say on standard error what happens inside.")
def main(verbose: bool) -> None:
    """Grow a training set from one example; train and judge a small local model on it."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="%(levelname)s %(name)s: %(message)s")


for command in (
    *(new, import_, grow, show, check_, export, demo, setup_model, creators, keys, costs, replay_, run_, stand_by),
    *(regenerate, reanswer, rewrite),
    *(train, evaluate, predict, report, errors, audit, leave_out, improve, experiment, export_model, screenshots),
):
    main.add_command(command)


if __name__ == "__main__":
    main()
