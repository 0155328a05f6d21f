"""The word screenshots: the real window driven through the first five minutes, with a picture of each step."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from seedbed_engine.commands.speech import say

LEFT_OUT = ("SEEDBED_HOME", "OPENAI_API_KEY", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_DOCUMENTS_DIR")


@click.command(epilog="Example:  seedbed screenshots docs --scale 2")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("seedbed-screenshots"))
@click.option("--dark", is_flag=True, help="In dark colours.")
@click.option("--scale", type=click.Choice(["1", "1.5", "2"]), default="1", show_default=True, help="How large all is.")
@click.option("--target", type=click.IntRange(min=5), default=40, show_default=True, help="Examples that are grown.")
@click.option("--human", type=click.IntRange(min=20), default=400, show_default=True, help="Human claims that judge.")
@click.option("--base-url", default="", help="Ask this server instead of the model in the box.")
@click.option("--model", default="", help="With --base-url: the name of the model.")
def screenshots(folder: Path, dark: bool, scale: str, target: int, human: int, base_url: str, model: str) -> None:
    """Drive the real window through the first five minutes; pictures and a page of steps."""
    folder.mkdir(parents=True, exist_ok=True)
    words = [str(folder.absolute()), "--scale", scale, "--target", str(target), "--human", str(human)]
    words += ["--base-url", base_url, "--model", model] + (["--dark"] if dark else [])
    with tempfile.TemporaryDirectory() as home:
        if not base_url:
            _bring_model(Path(home))
        command = [sys.executable, "-m", "seedbed_gui", "screenshots", *words]
        code = subprocess.run(command, env=_stranger(home), check=False).returncode
    if code == 0:
        say(f"Done: {folder / 'first-five-minutes.md'}")
    click.get_current_context().exit(code)


def _stranger(home: str) -> Mapping[str, str]:
    """The environment of somebody who was never here: nobody's preferences are read or changed."""
    return {name: value for name, value in os.environ.items() if name not in LEFT_OUT} | {"HOME": home}


def _bring_model(home: Path) -> None:
    """The model in the box where a stranger's home has it; CreatorError where it was not set up."""
    from seedbed_engine.creating.creators.box import box_model

    data = home / ".local" / "share" / "seedbed"
    data.mkdir(parents=True)
    (data / "models").symlink_to(box_model().parent, target_is_directory=True)
