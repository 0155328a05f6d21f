"""Work on a run always ends its row, whatever happens to the view, the lease or the settings."""

import os
import threading
import time
from pathlib import Path

import pytest

from seedbed_engine import events, jobs
from seedbed_engine.errors import PersonError
from seedbed_engine.examples import Example, Options
from seedbed_engine.keeping import runs, seeds
from seedbed_engine.keeping.heartbeats import heartbeat
from seedbed_engine.keeping.project import create_project, open_project
from seedbed_engine.keeping.store import update_row
from seedbed_engine.settings import GrowthSettings

SEED = Example("Is copper a good conductor of heat?", ("yes", "no"), "yes")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "one.seedbed"
    with create_project(path) as store:
        seeds.add_seed(store, SEED, Options.FIXED)
    return path


def add_run(project: Path, settings: str | None = None) -> int:
    """A growth whose recording is not there, unless other settings are given: it ends as failed at once."""
    given = settings or GrowthSettings(creator="scripted", model="nowhere.jsonl").to_json()
    with open_project(project) as store:
        return runs.add_run(store, "grow", given, 1)


def state_of(project: Path, run: int) -> tuple[str, str | None]:
    with open_project(project) as store:
        row = runs.read_run(store, run)
        return row.state, row.error


def test_a_run_that_is_not_there_is_said_in_words(project: Path) -> None:
    with pytest.raises(PersonError, match="There is no run 7"):
        jobs.work_on(project, 7, lambda event: None)


def test_a_view_that_is_gone_ends_no_run_otherwise_than_its_work_does(project: Path) -> None:
    def gone(event: events.Event) -> None:
        raise BrokenPipeError

    run = add_run(project)
    assert jobs.work_on(project, run, gone) == "failed"
    state, error = state_of(project, run)
    assert state == "failed"
    assert "nowhere.jsonl" in (error or "")


@pytest.mark.parametrize("settings", ["[1]", "{", '{"creator": "scripted", "model": 5}', '{"creator": "nobody"}'])
def test_settings_that_cannot_be_read_end_the_run_as_failed(project: Path, settings: str) -> None:
    run = add_run(project, settings)
    assert jobs.work_on(project, run, lambda event: None) == "failed"
    assert state_of(project, run)[0] == "failed"


def test_a_run_whose_lease_another_process_took_drains(project: Path) -> None:
    stop = threading.Event()
    with open_project(project) as store:
        run = add_run(project)
        runs.take_lease(store, run)
        with heartbeat(store, run, stop):
            lease = {"lease_process": os.getppid(), "lease_heartbeat": time.time()}
            store.do(lambda db: update_row(db, "run", run, lease))
            assert stop.wait(8.0)


def test_a_wanted_stop_reaches_the_work(project: Path) -> None:
    stop = threading.Event()
    with open_project(project) as store:
        run = add_run(project)
        runs.take_lease(store, run)
        with heartbeat(store, run, stop):
            runs.want_stop(store, run)
            assert stop.wait(8.0)
