import threading
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from seedbed_engine.errors import InvalidFile, PersonError
from seedbed_gui.running.background import Background


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made.close()


def test_a_result_comes_to_the_windows_thread(qtbot: QtBot, background: Background) -> None:
    seen: list[tuple[str, bool]] = []
    background.read(
        lambda: threading.current_thread().name,
        lambda name: seen.append((name, threading.current_thread() is threading.main_thread())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].startswith("reader")
    assert seen[0][1]


def test_an_error_for_the_person_arrives_as_such(qtbot: QtBot, background: Background) -> None:
    def fail() -> None:
        raise InvalidFile("The file is odd.", "Mend it.")

    errors: list[PersonError] = []
    background.read(fail, lambda _: None, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert errors[0].mend == "Mend it."


def test_a_fault_of_ours_is_raised_where_the_hook_of_the_window_sees_it(qtbot: QtBot, background: Background) -> None:
    def fail() -> None:
        raise RuntimeError("ours")

    with capture_exceptions() as seen:
        background.read(fail, lambda _: None)
        qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0][1], RuntimeError)


def test_acts_are_carried_out_one_after_the_other(qtbot: QtBot, background: Background) -> None:
    done: list[int] = []

    def act(number: int) -> int:
        time.sleep(0.03 if number == 0 else 0.0)
        return number

    for number in range(6):
        background.act(lambda number=number: act(number), done.append)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 6)
    assert done == list(range(6))


def test_an_answer_for_a_page_that_is_gone_is_dropped(qtbot: QtBot, background: Background) -> None:
    import shiboken6

    owner, seen, go = QObject(), [], threading.Event()
    background.read(go.wait, seen.append, owner=owner)
    shiboken6.delete(owner)
    go.set()
    qtbot.wait(100)
    assert seen == []


def test_an_answer_that_comes_after_the_end_may_ask_for_more(qtbot: QtBot) -> None:
    closing, read = Background(), []
    told: list[int] = []

    def done(answer: int) -> None:
        told.append(answer)
        closing.read(lambda: read.append(1), lambda _: None)

    closing.act(lambda: 7, done)
    closing.close()
    qtbot.waitUntil(lambda: told == [7])
    qtbot.wait(20)
    assert read == []


def test_a_closed_one_says_that_nothing_was_done_and_reads_nothing(qtbot: QtBot) -> None:
    closed, errors, seen = Background(), list[PersonError](), list[int]()
    closed.close()
    closed.act(lambda: 1, seen.append, errors.append)
    assert [error.what for error in errors] == ["The project was closed meanwhile: nothing was done."]
    closed.read(lambda: 2, seen.append, errors.append)
    qtbot.wait(20)
    assert len(errors) == 1
    assert seen == []


def test_what_was_read_before_the_end_and_is_still_on_its_way_is_forgotten(qtbot: QtBot) -> None:
    closing, seen, has_read = Background(), list[int](), threading.Event()

    def read() -> int:
        has_read.set()
        return 5

    closing.read(read, seen.append)
    assert has_read.wait(10)
    closing.close()  # the answer waits for this thread now
    qtbot.wait(50)
    assert seen == []
