import os
import sys
import time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from seedbed_engine.events import Event, Failed, Finished, Kept, Said, Stopped
from seedbed_gui.running.job_process import JobProcess

HEAD = """
import sys, time
from seedbed_engine.events import *
def tell(event):
    print(to_line(event), flush=True)
"""


class Follower:
    """Starts a child that runs these lines of Python, and keeps all it says."""

    def __init__(self, qtbot: QtBot, tmp_path: Path, lines: str) -> None:
        script = tmp_path / "child.py"
        script.write_text(HEAD + lines)
        self.heard: list[Event] = []
        self.ends: list[Event] = []
        self.job = JobProcess(7, [sys.executable, "-u", str(script)])
        self.job.heard.connect(self.heard.append)
        self.job.ended.connect(self.ends.append)
        self._qtbot = qtbot

    def wait(self) -> Event:
        self._qtbot.waitUntil(lambda: bool(self.ends), timeout=20_000)
        self._qtbot.wait(50)
        assert len(self.ends) == 1
        assert not self.job.is_running
        return self.ends[0]

    def run(self) -> Event:
        self.job.start()
        return self.wait()


def test_a_job_that_finishes_is_heard_and_ends_once(qtbot: QtBot, tmp_path: Path) -> None:
    child = Follower(qtbot, tmp_path, "tell(Said(7, 'a'))\ntell(Kept(7, 1, None, (3, 4)))\ntell(Finished(7, 'done'))")
    assert child.run() == Finished(7, "done")
    assert child.heard == [Said(7, "a"), Kept(7, 1, None, (3, 4))]


def test_a_job_that_raises_ends_as_failed_with_its_last_words(qtbot: QtBot, tmp_path: Path) -> None:
    end = Follower(qtbot, tmp_path, "raise ValueError('the reason')").run()
    assert isinstance(end, Failed)
    assert "the reason" in end.mend


def test_a_job_that_ends_without_a_word_ends_as_failed(qtbot: QtBot, tmp_path: Path) -> None:
    assert isinstance(Follower(qtbot, tmp_path, "").run(), Failed)


def test_a_job_that_cannot_be_started_ends_as_failed(qtbot: QtBot, tmp_path: Path) -> None:
    child = Follower(qtbot, tmp_path, "")
    child.job._command = [str(tmp_path / "no such program")]
    assert isinstance(child.run(), Failed)


def test_stop_lets_a_job_finish_what_is_in_flight(qtbot: QtBot, tmp_path: Path) -> None:
    child = Follower(
        qtbot, tmp_path, "tell(Said(7, 'on'))\nassert sys.stdin.readline() == 'stop\\n'\ntell(Stopped(7, 'drained'))"
    )
    child.job.start()
    qtbot.waitUntil(lambda: bool(child.heard), timeout=20_000)
    child.job.stop()
    assert child.wait() == Stopped(7, "drained")


def test_the_second_stop_kills_and_a_kill_is_no_failure(qtbot: QtBot, tmp_path: Path) -> None:
    child = Follower(qtbot, tmp_path, "tell(Said(7, 'deaf'))\ntime.sleep(600)")
    child.job.start()
    qtbot.waitUntil(lambda: bool(child.heard), timeout=20_000)
    began = time.monotonic()
    child.job.stop()
    qtbot.wait(100)
    assert child.job.is_running
    child.job.stop()
    assert isinstance(child.wait(), Stopped)
    assert time.monotonic() - began < 10


def test_garbage_on_standard_output_is_passed_over(qtbot: QtBot, tmp_path: Path) -> None:
    child = Follower(
        qtbot,
        tmp_path,
        "out = sys.stdout.buffer\n"
        'out.write(b\'\\xff\\xfe\\x00 no json\\n{"event": "unheard of", "run": 7}\\n{broken\\n[1, 2]\\n\')\n'
        "out.write(b'{' + b'x' * 3_000_000 + b'\\n'); out.flush()\n"
        "tell(Said(8, 'of another run'))\n"
        "tell(Finished(7, 'clean'))",
    )
    assert child.run() == Finished(7, "clean")
    assert child.heard == []


def test_what_was_said_just_before_the_end_is_heard_first(qtbot: QtBot, tmp_path: Path) -> None:
    child = Follower(qtbot, tmp_path, "for n in range(3000):\n    tell(Said(7, str(n)))\ntell(Finished(7, ''))")
    child.run()
    assert [event.text for event in child.heard if isinstance(event, Said)] == [str(n) for n in range(3000)]


def test_an_end_without_a_line_break_is_heard(qtbot: QtBot, tmp_path: Path) -> None:
    end = Follower(qtbot, tmp_path, "sys.stdout.write(to_line(Finished(7, 'cut')))").run()
    assert end == Finished(7, "cut")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for the child under /proc")
def test_abandoning_leaves_no_process_behind(qtbot: QtBot, tmp_path: Path) -> None:
    child = Follower(qtbot, tmp_path, "import os\ntell(Said(7, str(os.getpid())))\ntime.sleep(600)")
    child.job.start()
    qtbot.waitUntil(lambda: bool(child.heard), timeout=20_000)
    said = child.heard[0]
    assert isinstance(said, Said)
    child.job.abandon()
    with pytest.raises(ProcessLookupError):
        os.kill(int(said.text), 0)
    assert isinstance(child.wait(), Stopped)


def test_a_process_that_stands_by_takes_one_run_after_the_other(qtbot: QtBot, tmp_path: Path) -> None:
    child = Follower(
        qtbot,
        tmp_path,
        "import json, os\n"
        "for line in sys.stdin:\n"
        "    if line == 'stop\\n':\n"
        "        continue\n"
        "    run = json.loads(line)['run']\n"
        "    tell(Said(run, str(os.getpid())))\n"
        "    if run == 9: os._exit(3)\n"
        "    tell(Finished(run, 'done'))",
    )
    child.job.take("a.seedbed", 7)
    assert child.wait() == Finished(7, "done")
    assert child.job.can_take_more
    child.job.take("b.seedbed", 8)
    qtbot.waitUntil(lambda: len(child.ends) == 2, timeout=20_000)
    assert child.ends[1] == Finished(8, "done")
    first, second = (event.text for event in child.heard if isinstance(event, Said))
    assert first == second
    child.job.take("b.seedbed", 9)  # in which it crashes
    qtbot.waitUntil(lambda: len(child.ends) == 3, timeout=20_000)
    assert isinstance(child.ends[2], Failed)
    assert not child.job.can_take_more
