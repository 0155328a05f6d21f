"""A real screen, mouse and keyboard (Xvfb and xdotool): begin from one example, review by keys, prune, undo later."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import seeds, trees
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.rows import ExampleRow
from seedbed_engine.keeping.trees import NewExample
from seedbed_engine.settings import GrowthSettings
from seedbed_gui.models.preferences import Preferences, write_preferences

EYES = Path(__file__).with_name("eyes.py")
SIZE = 1400, 900
SOON, LONG = 20.0, 300.0  # seconds, for a machine that has other things to do
PASTED = {"question": "Do spiders have eight legs?", "options": ["yes", "no"], "answer": "yes"}
CLIPBOARD = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
app.clipboard().setText(sys.argv[1])
print(flush=True)
app.exec()
"""
TARGET = 6
Look = dict[str, Any]
MISSING = [program for program in ("Xvfb", "xdotool") if shutil.which(program) is None]
pytestmark = pytest.mark.skipif(
    bool(MISSING) and "CI" not in os.environ,
    reason=f"{' and '.join(MISSING)} are not installed: './seedbed setup test' brings them",
)


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    """A screen of its own; its name."""
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as said:
        number = said.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


class Person:
    """Somebody before the screen: sees what it shows, has a mouse and a keyboard and nothing else."""

    def __init__(self, screen: str) -> None:
        self.environment = {**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb", "LP_NUM_THREADS": "1"}
        self.studio: subprocess.Popen[str] | None = None
        self.others: list[subprocess.Popen[str]] = []

    def start(self, *words: object) -> None:
        """Start the studio and wait until its window is there."""
        command = [sys.executable, str(EYES), *map(str, words)]
        self.studio = subprocess.Popen(
            command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.see(lambda look: look["top"])
        self.focus()

    def end(self, how: signal.Signals) -> None:
        """The studio ends."""
        assert self.studio is not None
        self.studio.send_signal(how)
        self.studio.wait(SOON)
        for pipe in (self.studio.stdin, self.studio.stdout):
            assert pipe is not None
            pipe.close()
        self.studio = None

    # eyes

    def look(self) -> Look:
        assert self.studio is not None
        assert self.studio.stdin is not None
        assert self.studio.stdout is not None
        self.studio.stdin.write("look\n")
        line = self.studio.stdout.readline()
        assert line, "the studio is gone"
        found: Look = json.loads(line)
        return found

    def see(self, is_so: Callable[[Look], object], seconds: float = SOON) -> Look:
        """Wait until the screen shows it."""
        late = time.monotonic() + seconds
        while not is_so(look := self.look()):
            if time.monotonic() > late:
                texts = [name for control in look.pop("controls", []) for name in control["names"]]
                raise AssertionError(f"not seen within {seconds:.0f} s. Seen: {look}, {texts}")
            time.sleep(0.03)
        return look

    def find(self, name: str, *, starts: bool = False) -> Look:
        """Wait for a control by its name; where it is."""

        def there(look: Look) -> Look | None:
            fits = [
                control
                for control in look["controls"]
                if control["enabled"] and any(n.startswith(name) if starts else n == name for n in control["names"])
            ]
            return fits[0] if fits else None

        found = there(self.see(there))
        assert found is not None
        return found

    # hands

    def tool(self, *words: object) -> None:
        subprocess.run(["xdotool", *map(str, words)], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def focus(self) -> None:
        """Bring the window to the front, as the window manager that is missing here would."""
        look = self.see(lambda look: look["top"])
        if not look["active"]:
            self.tool("windowfocus", look["top"])
        self.see(lambda look: look["active"])

    def click(self, name: str, *, starts: bool = False) -> None:
        x, y = self.find(name, starts=starts)["at"]
        self.tool("mousemove", x, y, "click", 1)

    def click_example(self, example: int) -> None:
        self.tool("mousemove", *self.spot(example), "click", 1)
        self.see(lambda look: look["selected"] == [example])

    def spot(self, example: int) -> tuple[int, int]:
        x, y = self.see(lambda look: look["rests"] and str(example) in look["examples"])["examples"][str(example)]
        return x, y

    def press(self, *keys: str) -> None:
        self.focus()
        self.tool("key", *keys)

    def type(self, text: str) -> None:
        self.focus()
        self.tool("type", "--delay", 8, text)

    def paste(self, text: str) -> None:
        """From another program's clipboard."""
        other = subprocess.Popen(
            [sys.executable, "-c", CLIPBOARD, text], env=self.environment, stdout=subprocess.PIPE, text=True
        )
        self.others.append(other)
        assert other.stdout is not None
        other.stdout.readline()
        self.press("ctrl+v")

    def drag(self, way: list[tuple[int, int]], *, holding: str = "") -> None:
        """Step by step: the next only when the studio has heard of the one before, or it hears of the last alone."""
        self.tool(*(["keydown", holding] if holding else []), "mousemove", *way[0], "mousedown", 1)
        for x, y in way[1:]:
            self.tool("mousemove", x, y)
            self.see(lambda look, at=[x, y]: look["pointer"] == at)  # type: ignore[misc]
        self.tool("mouseup", 1, *(["keyup", holding] if holding else []))

    def leave(self) -> None:
        for process in (*self.others, *([self.studio] if self.studio is not None else [])):
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """SEEDBED_HOME, with nothing in it."""
    monkeypatch.setenv("SEEDBED_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def person(screen: str, home: Path) -> Iterator[Person]:
    person = Person(screen)
    yield person
    person.leave()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A seed, four examples below it, three below the first of these (5 to 7)."""
    path = tmp_path / "cold.seedbed"
    with create_project(path) as store:
        seed = seeds.add_seed(store, Example("Is ice cold?", ("yes", "no"), "yes"), Options.FIXED)
        for parents, depth in (((None,) * 4, 1), ((1,) * 3, 2)):
            rows = [
                NewExample(
                    seed, parent, None, None, place, f"k{depth}.{place}", depth,
                    Example(f"Is thing {depth}.{place} cold?", ("yes", "no"), "no"),
                )
                for place, parent in enumerate(parents)
            ]  # fmt: skip
            store.do(lambda db, rows=rows: trees.insert_examples(db, rows))  # type: ignore[misc]
    return path


def kept(path: Path) -> dict[int, ExampleRow]:
    with open_project(path) as store:
        many = int(store.rows("SELECT COUNT(*) FROM example")[0][0])
        return {row.id: row for row in trees.read_examples(store, list(range(1, many + 1)))}


def wait_for(path: Path, is_so: Callable[[dict[int, ExampleRow]], object], seconds: float = SOON) -> None:
    """Until the project file says so."""
    late = time.monotonic() + seconds
    while not is_so(rows := kept(path)):
        assert time.monotonic() < late, {one: row.state for one, row in rows.items()}
        time.sleep(0.05)


def states(path: Path, wanted: dict[int, State]) -> None:
    wait_for(path, lambda rows: all(rows[one].state is state for one, state in wanted.items()))


def test_the_first_minutes_from_one_pasted_example_to_a_grown_tree(
    person: Person, home: Path, chat_server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = GrowthSettings(
        creator="hosted", model="test-model", base_url=chat_server.address, key_name="HANDS_KEY", target=TARGET, n=3
    )
    write_preferences(Preferences(growth=usual.to_json(), has_toured=True))
    person.environment["HANDS_KEY"] = "none"
    person.start()
    person.click("New project …")
    person.see(lambda look: look["over"])
    person.click("Question")
    person.paste(json.dumps(PASTED))
    person.see(lambda look: any(control["text"] == PASTED["question"] for control in look["controls"]))
    person.click("Create")
    person.see(lambda look: look["page"] == "tree" and look["rests"] and look["nodes"] == 1)
    person.click("Grow …")
    person.see(lambda look: look["over"])
    person.click("Grow")
    person.see(lambda look: look["nodes"] == TARGET + 1 and not look["is_busy"], LONG)
    rows = kept(home / "projects" / "my-task.seedbed")
    assert len(rows) == TARGET
    assert all(row.example.options == ("yes", "no") for row in rows.values())
    person.click_example(1)
    person.end(signal.SIGTERM)


def test_a_queue_is_reviewed_by_keys_alone(person: Person, project: Path) -> None:
    person.start(project)
    person.see(lambda look: look["nodes"] == 8)
    person.press("ctrl+2")
    queue = [1, 5, 6, 7, 2, 3, 4]  # branch by branch
    person.find(f"#{queue[0]} ", starts=True)
    person.press("a")
    states(project, {queue[0]: State.APPROVED})
    person.find(f"#{queue[1]} ", starts=True)
    person.press("r")
    person.see(lambda look: any("Reason" in c["names"] and c["focused"] for c in look["controls"]))
    person.press("2")
    person.press("Return")
    states(project, {queue[1]: State.REJECTED})
    person.find(f"#{queue[2]} ", starts=True)
    person.press("s")
    person.find(f"#{queue[3]} ", starts=True)
    person.press("e")
    person.see(lambda look: any("Question" in c["names"] and c["focused"] for c in look["controls"]))
    person.press("ctrl+a")
    person.type("Is the sea cold?")
    person.press("ctrl+Return")
    wait_for(project, lambda rows: rows[queue[3]].example.question == "Is the sea cold?")
    person.see(lambda look: not any("Question" in c["names"] and c["focused"] for c in look["controls"]))
    person.press("z")
    person.find(f"#{queue[2]} ", starts=True)
    person.press("a")
    states(project, {queue[2]: State.APPROVED, queue[3]: State.NEW})
    person.press("ctrl+z")
    states(project, {queue[2]: State.NEW, queue[1]: State.REJECTED})
    person.end(signal.SIGTERM)


def test_a_lasso_and_delete_prune_and_undo_goes_on_after_a_crash(person: Person, project: Path) -> None:
    """`see` waits for what the window shows and `states` for what the file holds; both fail where it does not come."""
    person.start(project)
    person.see(lambda look: look["nodes"] == 8 and look["rests"])
    before = person.look()["scale"]
    x, y = person.spot(6)
    person.tool("mousemove", x, y, "click", "--repeat", 3, 5)
    person.see(lambda look: look["rests"] and look["scale"] < before)
    spots = [person.spot(one) for one in (5, 6, 7)]
    left, right = min(x for x, _ in spots) - 20, max(x for x, _ in spots) + 20
    low, high = min(y for _, y in spots) - 25, max(y for _, y in spots) + 25
    person.drag([(left, low), (right, low), (right, high), (left, high), (left, low)], holding="shift")
    person.see(lambda look: sorted(look["selected"]) == [5, 6, 7])
    person.press("Delete")
    states(project, dict.fromkeys((5, 6, 7), State.PRUNED) | dict.fromkeys((1, 2, 3, 4), State.NEW))
    person.end(signal.SIGKILL)
    person.start(project)
    person.see(lambda look: look["rests"] and look["page"] == "tree")
    person.press("ctrl+z")
    states(project, dict.fromkeys(range(1, 8), State.NEW))
    person.press("ctrl+shift+z")
    states(project, dict.fromkeys((5, 6, 7), State.PRUNED))
    person.end(signal.SIGTERM)
