"""Runs: one process at a time works on one, and one growth at a time on a seed."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedbed_engine.errors import ProjectError
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import runs, seeds
from seedbed_engine.keeping.project import create_project
from seedbed_engine.keeping.store import Store, update_row

TAKER = """
import sys, time
from pathlib import Path
from seedbed_engine.keeping import runs
from seedbed_engine.keeping.project import open_project
store = open_project(Path(sys.argv[1]))
runs.take_lease(store, int(sys.argv[2]))
print("taken", flush=True)
time.sleep(60)
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with create_project(tmp_path / "one") as made:
        for _ in range(2):
            seeds.add_seed(made, Example("Is copper a good conductor?", ("yes", "no"), "yes"), Options.FIXED)
        yield made


@pytest.fixture
def other(store: Store) -> "Iterator[subprocess.Popen[str]]":
    """Another process that works on run 1, a growth of seed 1."""
    runs.add_run(store, "grow", "{}", 1)
    child = subprocess.Popen([sys.executable, "-c", TAKER, str(store.path), "1"], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert child.stdout.readline() == "taken\n"
    yield child
    child.kill()
    child.wait()
    child.stdout.close()


def pretend(store: Store, run: int, **values: object) -> None:
    """As if another machine or an earlier time had written the row."""
    store.do(lambda db: update_row(db, "run", run, values))


def test_a_run_is_taken_beaten_and_ended(store: Store) -> None:
    run = runs.add_run(store, "grow", '{"n": 5}', 1)
    assert runs.read_run(store, run).state == "waiting"
    runs.take_lease(store, run)
    runs.beat(store, run, {"kept": 3})
    row = runs.read_run(store, run)
    assert (row.state, row.progress, row.lease_process) == ("running", '{"kept": 3}', os.getpid())
    assert runs.is_alive(row)
    runs.end_run(store, run, "finished", result='{"kept": 5}')
    row = runs.read_run(store, run)
    assert (row.state, row.result, row.lease_process) == ("finished", '{"kept": 5}', None)
    assert not runs.is_alive(row)
    assert [r.id for r in runs.read_runs(store)] == [run]


def test_a_run_that_a_living_process_works_on_is_refused_and_named(
    store: Store, other: "subprocess.Popen[str]"
) -> None:
    with pytest.raises(ProjectError) as caught:
        runs.take_lease(store, 1)
    assert caught.value.what == f"This run is being worked on by process {other.pid} on {socket.gethostname()}."
    assert runs.is_alive(runs.read_run(store, 1))


def test_a_second_growth_of_the_same_seed_is_refused_and_the_first_is_named(
    store: Store, other: "subprocess.Popen[str]"
) -> None:
    second = runs.add_run(store, "grow", "{}", 1)
    with pytest.raises(ProjectError) as caught:
        runs.take_lease(store, second)
    assert f"Run 1, which grows the same seed, is being worked on by process {other.pid}" in caught.value.what
    assert runs.read_run(store, second).state == "waiting"
    runs.take_lease(store, runs.add_run(store, "grow", "{}", 2))
    runs.take_lease(store, runs.add_run(store, "train", "{}", 1))


def test_the_lease_of_a_dead_process_can_be_taken_at_once(store: Store, other: "subprocess.Popen[str]") -> None:
    other.kill()
    other.wait()
    assert not runs.is_alive(runs.read_run(store, 1))
    second = runs.add_run(store, "grow", "{}", 1)
    runs.take_lease(store, second)
    assert runs.read_run(store, 1).state == "stopped"
    assert runs.read_run(store, 1).error == "its process ended"
    runs.end_run(store, second, "finished")
    runs.take_lease(store, 1)  # and the first can go on
    assert runs.read_run(store, 1).error is None


@pytest.mark.parametrize(("age", "is_held"), [(1, True), (runs.LEASE_SECONDS + 1, False), (-3600, False)])
def test_a_lease_from_another_machine_counts_while_its_heart_beats(store: Store, age: float, is_held: bool) -> None:
    run = runs.add_run(store, "grow", "{}", 1)
    pretend(store, run, state="running", lease_process=1, lease_host="elsewhere", lease_heartbeat=time.time() - age)
    assert runs.is_alive(runs.read_run(store, run)) is is_held
    if is_held:
        with pytest.raises(ProjectError, match="process 1 on elsewhere"):
            runs.take_lease(store, run)
    else:
        runs.take_lease(store, run)


def test_a_process_that_slept_through_its_lease_notices_that_it_was_taken(store: Store) -> None:
    run = runs.add_run(store, "grow", "{}", 1)
    runs.take_lease(store, run)
    pretend(store, run, lease_process=1, lease_host="elsewhere", lease_heartbeat=time.time())
    with pytest.raises(ProjectError, match="taken over by process 1 on elsewhere"):
        runs.beat(store, run)
    with pytest.raises(ProjectError, match="taken over"):
        runs.end_run(store, run, "finished")
    assert runs.read_run(store, run).state == "running"


def test_a_process_whose_run_was_ended_elsewhere_notices(store: Store) -> None:
    run = runs.add_run(store, "grow", "{}", 1)
    runs.take_lease(store, run)
    pretend(store, run, state="stopped")
    with pytest.raises(ProjectError, match="ended elsewhere"):
        runs.beat(store, run)


def test_a_stop_wanted_before_the_first_start_still_counts_and_is_forgotten_at_the_next(store: Store) -> None:
    run = runs.add_run(store, "grow", "{}", 1)
    assert not runs.is_stop_wanted(store, run)
    runs.want_stop(store, run)
    runs.take_lease(store, run)
    assert runs.is_stop_wanted(store, run)
    runs.end_run(store, run, "stopped")
    runs.take_lease(store, run)
    assert not runs.is_stop_wanted(store, run)


def test_predictions_and_models_are_forgotten_when_a_run_ends_anew_and_the_curve_stays(store: Store) -> None:
    run = runs.add_run(store, "train", "{}", 1)
    for step in (1, 2):
        runs.add_curve_point(store, run, "created", 1, step, 10, 0.5 / step, None if step == 1 else 0.75)
    row = {"model": "created", "training_seed": 1, "predicted": "yes", "probabilities": "[0.9, 0.1]"}
    runs.add_predictions(store, run, [row, row])
    runs.add_predictions(store, run, [])
    model = runs.add_trained_model(store, run, "created", 1, "folder", "{}")
    assert runs.read_curve(store, run) == [("created", 1, 1, 10, 0.5, None), ("created", 1, 2, 10, 0.25, 0.75)]
    assert runs.read_trained_models(store) == [(model, run, "created", 1, "folder")]
    assert store.rows("SELECT COUNT(*) FROM prediction")[0][0] == 2
    runs.clear_results(store, run)
    assert runs.read_trained_models(store) == []
    assert len(runs.read_curve(store, run)) == 2
    assert store.rows("SELECT COUNT(*) FROM prediction")[0][0] == 0


def test_a_run_that_is_not_there_is_said(store: Store) -> None:
    for act in (runs.read_run, runs.take_lease, runs.beat, runs.want_stop):
        with pytest.raises(LookupError):
            act(store, 9)
