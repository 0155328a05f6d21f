"""Experiments in the project file: what came of each cell of a grid, by run."""

import json
from collections.abc import Mapping
from typing import Any

from seedbed_engine.keeping.project import now
from seedbed_engine.keeping.rows import storable
from seedbed_engine.keeping.store import Store

_KEEP = """INSERT OR REPLACE INTO experiment_cell (run, dataset, strategy, seed_number, row, ended)
VALUES (:run, :dataset, :strategy, :seed_number, :row, :ended)"""


def keep_cell(store: Store, run: int, dataset: str, strategy: str, seed_number: int, row: Mapping[str, Any]) -> None:
    """Keep what came of a cell (plain values); an earlier row of the same cell is replaced."""
    values = {
        "run": run,
        "dataset": storable(dataset),
        "strategy": strategy,
        "seed_number": seed_number,
        "row": storable(json.dumps(row, ensure_ascii=False, sort_keys=True)),
        "ended": now(),
    }
    store.do(lambda db: db.execute(_KEEP, values) and None)


def read_cells(store: Store, run: int) -> list[dict[str, Any]]:
    """The rows of the cells that an experiment has finished, as plain values, in the order of their keys."""
    query = "SELECT row FROM experiment_cell WHERE run = ? ORDER BY dataset, strategy, seed_number"
    return [json.loads(row[0]) for row in store.rows(query, [run])]
