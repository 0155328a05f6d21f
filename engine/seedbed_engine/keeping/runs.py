"""Runs in the project file: the truth about long work, and the lease that lets one process at a time work on it."""

import json
import logging
import os
import socket
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from sqlite_utils import Database

from seedbed_engine.errors import ProjectError
from seedbed_engine.keeping.project import now
from seedbed_engine.keeping.rows import RunRow, storable
from seedbed_engine.keeping.store import Store, insert_row, update_row

log = logging.getLogger(__name__)
LEASE_SECONDS = 15.0  # a heartbeat older than this is nobody's
ENDED = ("stopped", "finished", "failed")
PLANTING = ("grow", "regenerate")  # kinds of work that bring new examples into a tree: one at a time for each seed
_PLANTS = f"work IN {PLANTING}"


def add_run(store: Store, work: str, settings: str, seed: int | None) -> int:
    """Write down work that is wanted (its kind, settings as JSON); a process then takes it by its number."""
    row = {"work": work, "seed": seed, "settings": settings, "created": now()}
    return store.do(lambda db: insert_row(db, "run", row))


def read_run(store: Store, run: int) -> RunRow:
    """One run; LookupError where there is none of that number."""
    rows = store.rows("SELECT * FROM run WHERE id = ?", [run])
    if not rows:
        raise LookupError(f"no run {run}")
    return _run(rows[0])


def read_runs(store: Store) -> list[RunRow]:
    """All runs, newest first."""
    return [_run(row) for row in store.rows("SELECT * FROM run ORDER BY id DESC")]


def take_lease(store: Store, run: int) -> None:
    """Become the process that works on a run; ProjectError where another one works on it, or grows the same seed."""

    def take(db: Database) -> None:
        row = db.execute("SELECT * FROM run WHERE id = ?", [run]).fetchone()
        if row is None:
            raise LookupError(f"no run {run}")
        rivals = db.execute(
            f"SELECT * FROM run WHERE state = 'running' AND (id = ? OR ({_PLANTS} AND seed IS ? AND ?))",
            [run, row["seed"], row["work"] in PLANTING],
        ).fetchall()
        for rival in rivals:
            if _is_held(rival) and not _is_mine(rival):
                which = "This run" if rival["id"] == run else f"Run {rival['id']}, which grows the same seed,"
                who = f"process {rival['lease_process']} on {rival['lease_host']}"
                raise ProjectError(f"{which} is being worked on by {who}.", "Stop it there, or wait until it ends.")
            if rival["id"] != run:
                update_row(db, "run", rival["id"], {"state": "stopped", "ended": now(), "error": "its process ended"})
        lease = {"lease_process": os.getpid(), "lease_host": socket.gethostname(), "lease_heartbeat": time.time()}
        started = row["started"] or now()
        values = {**lease, "state": "running", "started": started, "ended": None, "error": None}
        if row["state"] != "waiting":  # a stop that was wanted before the first start still counts
            values["stop_wanted"] = 0
        update_row(db, "run", run, values)

    store.do(take)


def beat(store: Store, run: int, progress: Mapping[str, Any] | None = None) -> None:
    """Renew the lease, and write how far the run is; ProjectError where another process has taken it meanwhile."""
    values: dict[str, Any] = {"lease_heartbeat": time.time()}
    if progress is not None:
        values["progress"] = json.dumps(progress)
    store.do(lambda db: _update_mine(db, run, values, must_be_mine=True))


def want_stop(store: Store, run: int) -> None:
    """Ask the process that works on a run to stop after what is in flight."""
    store.do(lambda db: update_row(db, "run", run, {"stop_wanted": 1}))


def is_stop_wanted(store: Store, run: int) -> bool:
    """Whether somebody asked this run to stop."""
    rows = store.rows("SELECT stop_wanted FROM run WHERE id = ?", [run])
    return bool(rows and rows[0][0])


def keep_result(store: Store, run: int, result: str) -> None:
    """Write what a run has found so far, while it goes on."""
    store.do(lambda db: _update_mine(db, run, {"result": result}, must_be_mine=True))


def keep_estimate(store: Store, run: int, estimate: str) -> None:
    """Write what a person was told before a run: once."""
    store.do(lambda db: db.execute("UPDATE run SET estimate = ? WHERE id = ? AND estimate IS NULL", [estimate, run]))


def end_run(store: Store, run: int, state: str, *, result: str | None = None, error: str | None = None) -> None:
    """Write how a run ended ('finished', 'stopped' or 'failed') and give its lease back.

    ProjectError where another process works on it: the end is that one's to write.
    """
    values: dict[str, Any] = {
        "state": state,
        "ended": now(),
        "error": None if error is None else storable(error),
        "lease_process": None,
    }
    if result is not None:
        values["result"] = result
    store.do(lambda db: _update_mine(db, run, values))


def is_alive(run: RunRow) -> bool:
    """Whether a process works on this run now."""
    row = {"lease_process": run.lease_process, "lease_host": run.lease_host, "lease_heartbeat": run.lease_heartbeat}
    return run.state == "running" and _is_held(row)


def is_mine(store: Store, run: int) -> bool:
    """Whether this process holds the lease of a run."""
    rows = store.rows("SELECT * FROM run WHERE id = ?", [run])
    return bool(rows and rows[0]["state"] == "running" and _is_mine(rows[0]))


def add_curve_point(
    store: Store, run: int, model: str, training_seed: int, step: int, steps: int, loss: float, accuracy: float | None
) -> None:
    """Keep one point of a learning curve; does not wait."""
    row = {"run": run, "model": model, "training_seed": training_seed, "step": step, "steps": steps}
    written = store.write(lambda db: insert_row(db, "curve", {**row, "loss": loss, "accuracy": accuracy}))
    written.add_done_callback(_complain)


def read_curve(store: Store, run: int) -> list[tuple[str, int, int, int, float, float | None]]:
    """Points (model, training seed, step, steps, loss, accuracy) of a run's learning curves, in order."""
    query = "SELECT model, training_seed, step, steps, loss, accuracy FROM curve WHERE run = ? ORDER BY rowid"
    return [tuple(row) for row in store.rows(query, [run])]


def add_predictions(store: Store, run: int, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep predictions (columns of the table `prediction`, without `run`)."""
    store.do(lambda db: db.table("prediction").insert_all({"run": run, **row} for row in rows) and None)


def add_trained_model(store: Store, run: int, name: str, training_seed: int, folder: str, card: str) -> int:
    """Keep where a trained model was saved, with its card (JSON)."""
    row = {"run": run, "name": name, "training_seed": training_seed, "folder": folder, "card": card}
    return store.do(lambda db: insert_row(db, "trained_model", row))


def read_trained_models(store: Store) -> list[tuple[int, int, str, int, str]]:
    """Trained models, newest first: id, run, name, training seed, folder."""
    query = "SELECT id, run, name, training_seed, folder FROM trained_model ORDER BY id DESC"
    return [tuple(row) for row in store.rows(query)]


def clear_results(store: Store, run: int) -> None:
    """Forget the predictions and models of a run that reaches its end anew."""

    def clear(db: Database) -> None:
        for table in ("prediction", "trained_model"):
            db.execute(f"DELETE FROM {table} WHERE run = ?", [run])

    store.do(clear)


def _complain(written: "Future[int]") -> None:
    error = written.exception()
    if error is not None:
        log.warning("A point of a learning curve was not kept: %s", error)


def _update_mine(db: Database, run: int, values: Mapping[str, Any], *, must_be_mine: bool = False) -> None:
    row = db.execute("SELECT * FROM run WHERE id = ?", [run]).fetchone()
    if row is None:
        raise LookupError(f"no run {run}")
    is_running, is_mine = row["state"] == "running", _is_mine(row)
    if is_running and not is_mine and (must_be_mine or _is_held(row)):
        who = f"process {row['lease_process']} on {row['lease_host']}"
        raise ProjectError(f"Run {run} was taken over by {who}.", "What was made here is kept; follow the run there.")
    if must_be_mine and not is_running:
        raise ProjectError(f"Run {run} was ended elsewhere.", "What was made here is kept; start the run again.")
    update_row(db, "run", run, values)


def _is_mine(row: Mapping[str, Any]) -> bool:
    return bool(row["lease_process"] == os.getpid() and row["lease_host"] == socket.gethostname())


def _is_held(row: Mapping[str, Any]) -> bool:
    """Whether a living process holds the lease; its heartbeat counts also where the clock was set back."""
    if row["lease_process"] is None or abs(time.time() - (row["lease_heartbeat"] or 0.0)) > LEASE_SECONDS:
        return False
    if row["lease_host"] != socket.gethostname():
        return True
    try:
        os.kill(row["lease_process"], 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _run(row: Any) -> RunRow:
    values = {name: row[name] for name in RunRow.__slots__}
    values["stop_wanted"] = bool(values["stop_wanted"])
    return RunRow(**values)
