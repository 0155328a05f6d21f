"""A person steers while a tree grows: what is rejected is shown to nobody any more, what is edited as edited."""

import asyncio
import itertools
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from seedbed_engine.creating.creators.hosted import HostedCreator
from seedbed_engine.creating.growth import NOTHING_APPROVED, Growth
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example, Options, State
from seedbed_engine.keeping import calls, history, lists, runs, seeds, trees
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import STRATEGIES, GrowthSettings

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")
EDITED = "Does a bat of the smallest kind weigh less than a coin?"
SECONDS = 60


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_project(tmp_path / "one") as made:
        seeds.add_seed(made, SEED, Options.FIXED)
        yield made


def begin(store: Store, server: Any, **given: object) -> int:
    common = {"creator": "hosted", "model": "test-model", "base_url": server.address, "n": 3, "twin_threshold": 1.01}
    run = runs.add_run(store, "grow", GrowthSettings.from_fields({**common, **given}).to_json(), 1)
    runs.take_lease(store, run)
    return run


def grow(store: Store, server: Any, run: int, stop: threading.Event | None = None) -> tuple[str, str]:
    settings = GrowthSettings.from_json(runs.read_run(store, run).settings)
    creator = HostedCreator("test-model", "no-key", server.address)
    told = lambda event: None  # noqa: E731
    growth = Growth(store, run, seeds.read_seed(store, 1), settings, creator, told, stop or threading.Event())
    state, summary, _ = asyncio.run(growth.go())
    return state, summary


@contextmanager
def growing(store: Store, server: Any, run: int, *, stops: bool = False) -> Iterator[None]:
    """A growth on a thread of its own, beside the person; its end is waited for, and its line adds up."""
    errors: list[BaseException] = []
    stop = threading.Event()

    def work() -> None:
        try:
            grow(store, server, run, stop)
        except BaseException as error:  # noqa: BLE001  raised below
            errors.append(error)

    thread = threading.Thread(target=work, name="growth")
    thread.start()
    try:
        yield
    finally:
        if stops:
            stop.set()
        thread.join(SECONDS)
        stop.set()
    assert not thread.is_alive()
    if errors:
        raise errors[0]
    assert calls.read_account(store, run).adds_up


def wait_for(found: Callable[[], Any]) -> Any:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if result := found():
            return result
        time.sleep(0.005)
    raise AssertionError("it did not come")


def times_shown(server: Any, question: str) -> int:
    """How many requests of the server's ledger showed this question."""
    return sum(shown_in(body) == question for body in list(server.heard))


def shown_in(body: dict[str, Any]) -> str:
    return str(json.loads(body["messages"][-1]["content"].split("\n\n")[0])["question"])


def times_written(store: Store, example: int) -> int:
    """How many requests that show this example were written down, and so may be on their way."""
    query = "SELECT COUNT(*) FROM request q JOIN call c ON c.id = q.call WHERE c.parent = ?"
    return int(store.rows(query, [example])[0][0])


def texts_written(store: Store, example: int, text: str) -> tuple[int, int]:
    """Of the requests that show this example: how many have the text (failed ones left out), and how many lack it."""
    query = """SELECT instr(q.messages, ?) > 0, q.outcome FROM request q JOIN call c ON c.id = q.call
WHERE c.parent = ?"""
    found = store.rows(query, [text, example])
    return sum(bool(has) and outcome != "retried" for has, outcome in found), sum(not has for has, _ in found)


def planned_and_not_asked(store: Store) -> list[int]:
    """Examples whose call is planned, with no request yet."""
    query = """SELECT parent FROM call WHERE state = 'waiting' AND parent IS NOT NULL
AND id NOT IN (SELECT call FROM request) ORDER BY id DESC"""
    return [int(row[0]) for row in store.rows(query)]


@pytest.mark.parametrize("strategy", ["tree", "naive"])
@pytest.mark.parametrize("is_branch", [False, True])
def test_a_parent_that_is_rejected_while_its_call_waits_to_be_sent_is_never_shown(
    store: Store, chat_server: Any, strategy: str, is_branch: bool
) -> None:
    chat_server.delay = 0.1
    grow(store, chat_server, begin(store, chat_server, target=12))
    parents = [row.id for row in trees.read_kept(store, 1)]
    run = begin(store, chat_server, target=60, strategy=strategy, parents=parents, concurrency=2, seed_number=99)
    with growing(store, chat_server, run):
        rejected = trees.read_example(store, wait_for(lambda: planned_and_not_asked(store))[0])
        history.set_state(store, [(rejected.parent or rejected.id) if is_branch else rejected.id], State.REJECTED)
        before = times_written(store, rejected.id)
    assert times_written(store, rejected.id) == before
    assert times_shown(chat_server, rejected.example.question) == before
    assert calls.read_account(store, run).kept >= 60


@pytest.mark.parametrize("given", [*({"strategy": name} for name in STRATEGIES), {"strategy": "similar", "chains": 4}])
def test_acts_during_a_growth_hold_from_their_moment_at_any_concurrency(
    store: Store, chat_server: Any, given: dict[str, object]
) -> None:
    """Every few requests somebody rejects, prunes or edits an example that is or may become a parent."""
    chat_server.delay = 0.03
    grow(store, chat_server, begin(store, chat_server, target=9))
    parents = [row.id for row in trees.read_kept(store, 1)]
    run = begin(store, chat_server, target=100_000, concurrency=64, parents=parents, **given)
    mark: dict[str, tuple[int, int]] = {}  # text that is not to be shown any more -> of which example, how often before
    edits: dict[int, str] = {}
    with growing(store, chat_server, run, stops=True):
        for turn in range(12):
            heard = len(chat_server.heard)
            wait_for(lambda heard=heard: len(chat_server.heard) >= heard + 4)
            done = {*parents[:2], *(example for example, _ in mark.values())}
            open_ones = [row for row in trees.read_kept(store, 1) if row.id not in done]
            if not open_ones:
                continue
            row = open_ones[turn * 7 % len(open_ones)] if turn % 2 else open_ones[-1 - turn % len(open_ones)]
            if turn % 3 == 0:
                history.set_state(store, [row.id], State.REJECTED)
            elif turn % 3 == 1:
                history.set_state(store, lists.read_branches(store, [row.id]), State.PRUNED)
            else:
                edits[row.id] = f"{EDITED[:-1]}, number {turn}?"
                history.edit_example(store, row.id, Example(edits[row.id], ("yes", "no"), "no"))
            mark[row.example.question] = row.id, times_written(store, row.id)
    assert len(mark) >= 6
    for question, (example, before) in mark.items():
        assert times_shown(chat_server, question) <= before
        if example in edits:
            with_it, without = texts_written(store, example, edits[example])
            assert times_shown(chat_server, edits[example]) == with_it
            assert without <= before
        else:
            assert times_written(store, example) == before


def test_an_edit_reaches_a_call_that_waits_to_be_sent(store: Store, chat_server: Any) -> None:
    chat_server.delay = 0.1
    grow(store, chat_server, begin(store, chat_server, target=12))
    run = begin(store, chat_server, target=40, concurrency=1, seed_number=3)
    with growing(store, chat_server, run):
        waiting = trees.read_example(store, wait_for(lambda: planned_and_not_asked(store))[0])
        history.edit_example(store, waiting.id, Example(EDITED, ("yes", "no"), "no"))
        before = times_written(store, waiting.id)
        wait_for(lambda: times_written(store, waiting.id) > before)
    assert times_shown(chat_server, waiting.example.question) == before
    assert times_shown(chat_server, EDITED) == times_written(store, waiting.id) - before


def test_undoing_a_rejection_lets_its_example_be_a_parent_again(store: Store, chat_server: Any) -> None:
    chat_server.delay = 0.1
    grow(store, chat_server, begin(store, chat_server, target=12))
    run = begin(
        store, chat_server, target=100_000, concurrency=1, seed_number=3
    )  # its turn comes at the end of a level
    with growing(store, chat_server, run, stops=True):
        rejected = wait_for(lambda: planned_and_not_asked(store))[0]
        history.set_state(store, [rejected], State.REJECTED)
        before = times_written(store, rejected)
        time.sleep(0.3)
        history.undo(store)
        wait_for(lambda: times_written(store, rejected) > before)


@pytest.mark.parametrize(
    "given", [{"strategy": name} for name in STRATEGIES[1:]] + [{"strategy": "random", "chains": 2}]
)
def test_only_approved_examples_become_parents_and_a_run_that_has_none_goes_on_once_some_are(
    store: Store, chat_server: Any, given: dict[str, object]
) -> None:
    run = begin(store, chat_server, target=30, approved_parents=True, **given)
    approved: set[int | None] = {None}
    for turn in itertools.count():
        state, summary = grow(store, chat_server, run)
        assert {call.parent for call in calls.read_calls(store, 1)} <= approved
        if state == "finished":
            break
        assert turn < 15
        assert state == "stopped"
        assert NOTHING_APPROVED in summary
        new = [row.id for row in trees.read_kept(store, 1) if row.state is State.NEW][:2]
        history.set_state(store, new, State.APPROVED)
        approved.update(new)
    assert turn > 1
    assert calls.read_account(store, run).kept >= 30
    asked = [json.dumps(body) for body in chat_server.heard]
    assert len(asked) == len(set(asked))


def test_what_is_approved_during_a_growth_is_grown_from_by_the_same_run(store: Store, chat_server: Any) -> None:
    grow(store, chat_server, begin(store, chat_server, target=3))
    first, second, third = (row.id for row in trees.read_kept(store, 1))
    history.set_state(store, [second], State.APPROVED)
    chat_server.delay = 1.0
    run = begin(store, chat_server, target=6, approved_parents=True)
    with growing(store, chat_server, run):
        wait_for(lambda: times_written(store, second))
        history.set_state(store, [first], State.APPROVED)
    assert calls.read_account(store, run).kept == 6
    assert times_written(store, first) == 1
    assert not times_written(store, third)


def test_an_example_that_a_person_chose_counts_as_approved(store: Store, chat_server: Any) -> None:
    grow(store, chat_server, begin(store, chat_server, target=3))
    chosen = trees.read_kept(store, 1)[0].id
    run = begin(store, chat_server, target=3, approved_parents=True, parents=[chosen])
    assert grow(store, chat_server, run)[0] == "finished"
    assert {call.parent for call in calls.read_calls(store, 1) if call.run == run} == {chosen}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_a_run_whose_roots_are_all_rejected_ends_with_a_sentence(store: Store, chat_server: Any, strategy: str) -> None:
    chat_server.delay = 0.1
    grow(store, chat_server, begin(store, chat_server, target=3))
    roots = [row.id for row in trees.read_kept(store, 1)][:2]
    run = begin(store, chat_server, target=500, parents=roots, strategy=strategy, concurrency=4)
    stop, ended = threading.Event(), []
    thread = threading.Thread(target=lambda: ended.append(grow(store, chat_server, run, stop)))
    thread.start()
    wait_for(lambda: times_written(store, roots[0]))
    history.set_state(store, lists.read_branches(store, roots), State.REJECTED)
    thread.join(SECONDS)
    assert ended
    state, summary = ended[0]
    assert state == "finished"
    assert "rejected or pruned" in summary or "nothing new" in summary
    assert calls.read_account(store, run).adds_up


@pytest.mark.parametrize("n", [1, 3])
def test_a_wanted_answer_is_asked_of_every_example(store: Store, chat_server: Any, n: int) -> None:
    run = begin(store, chat_server, target=9, n=n, wanted_answer="no", instruction="about paediatric doses")
    grow(store, chat_server, run)
    requests = calls.read_log(store)
    assert {request.wanted_answers for request in requests} == {("no",) * n}
    words = chat_server.heard[0]["messages"][-1]["content"]
    assert '"no"' in words.split("\n\n")[-1]
    assert "about paediatric doses" in words


def test_a_wanted_answer_that_nobody_can_give_is_refused_before_anything_is_asked(
    store: Store, chat_server: Any
) -> None:
    with pytest.raises(PersonError, match=r"“maybe” is not among the options \(yes, no\)"):
        grow(store, chat_server, begin(store, chat_server, wanted_answer="maybe"))
    seeds.add_seed(store, Example("Where do bats sleep?", ("in caves", "in the sea"), "in caves"), Options.VARIABLE)
    settings = GrowthSettings(wanted_answer="in caves")
    with pytest.raises(PersonError, match="options of its own"):
        Growth(store, 1, seeds.read_seed(store, 2), settings, None, None, threading.Event())  # type: ignore[arg-type]
    assert not chat_server.heard
