"""`python -m seedbed_gui screenshots FOLDER`: the real window driven through the first minutes, a picture a step."""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from seedbed_engine.errors import PersonError

SIZE = 1280, 800
ROOM = 1600, 1000  # of the screen that is not there
SETTLED = 1.2  # seconds in which the canvas lays out and glides


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the pictures and the page; 0 where all was made, 1 with a sentence where not."""
    wanted = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as files:
        _choose_platform(Path(files), wanted.scale)
        try:
            _drive(wanted, Path(files))
        except PersonError as error:
            sys.stderr.write(f"{error}\n")
            return 1
    return 0


def _drive(wanted: argparse.Namespace, files: Path) -> None:
    """Go through the steps; Qt is loaded here, for it looks at the environment once."""
    from seedbed_gui.app import make_application
    from seedbed_gui.guide.camera import Camera
    from seedbed_gui.guide.first_minutes import FIRST_MINUTES, picture_of, write_page
    from seedbed_gui.guide.hand import Hand
    from seedbed_gui.guide.steps import Plan, Walk
    from seedbed_gui.main_window import MainWindow

    app = make_application("en")
    window = MainWindow()
    window.remembered.change(looks="dark" if wanted.dark else "light")
    window.resize(*SIZE)
    window.show()
    hand, camera = Hand(window), Camera(window, wanted.folder)
    walk = Walk(hand, Plan(wanted.target, wanted.human, wanted.base_url, wanted.model), files)
    try:
        for number, step in enumerate(FIRST_MINUTES, 1):
            sys.stderr.write(f"{number} of {len(FIRST_MINUTES)}: {step.title}\n")
            step.act(walk)
            hand.leave()
            hand.pause(SETTLED if step.picture not in ("growing", "training") else 0.1)
            camera.take(picture_of(step))
        write_page(wanted.folder)
    finally:
        window.desk.abandon()
        window.close()
        app.processEvents()


def _choose_platform(files: Path, scale: float) -> None:
    """A screen that is large enough, on which nobody looks."""
    screen = {"name": "paper", "x": 0, "y": 0, "width": round(ROOM[0] * scale), "height": round(ROOM[1] * scale)}
    screen |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
    layout = files / "screen.json"
    layout.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={layout}"
    os.environ["QT_SCALE_FACTOR"] = f"{scale:g}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="seedbed_gui screenshots", description="Picture the first five minutes.")
    parser.add_argument("folder", type=Path, help="where the page and its pictures go")
    parser.add_argument("--dark", action="store_true", help="in dark colours")
    parser.add_argument("--scale", type=float, default=1.0, help="how large all is: 1, 1.5 or 2")
    parser.add_argument("--target", type=int, default=40, help="examples to grow")
    parser.add_argument("--human", type=int, default=400, help="human claims of the test, and at most to train on")
    parser.add_argument("--base-url", default="", help="ask this server instead of the model in the box")
    parser.add_argument("--model", default="", help="and there this model")
    return parser
