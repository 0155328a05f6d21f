"""Seeds in the project file: the one formatting example that each tree grows from."""

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

from seedbed_engine.examples import Example, Options, check_example
from seedbed_engine.keeping.project import now
from seedbed_engine.keeping.rows import SeedRow, columns_of, example_of
from seedbed_engine.keeping.store import Store, insert_row

_SEEDS = """SELECT s.*, COALESCE(t.new, 0) AS new, COALESCE(t.approved, 0) AS approved,
  COALESCE(t.rejected, 0) AS rejected, COALESCE(t.pruned, 0) AS pruned, COALESCE(t.depth, 0) AS depth
FROM seed s LEFT JOIN (
  SELECT seed, SUM(state = 'new') AS new, SUM(state = 'approved') AS approved, SUM(state = 'rejected') AS rejected,
    SUM(state = 'pruned') AS pruned, MAX(depth) AS depth FROM example {where} GROUP BY seed
) t ON t.seed = s.id"""


def add_seed(store: Store, example: Example, kind: Options, source: str | None = None) -> int:
    """Keep a new seed; its number is returned. InvalidExample where it cannot be used."""
    check_example(example)

    def insert(db: Database) -> int:
        row = {**columns_of(example), "options_kind": kind.value, "source": source, "created": now()}
        return insert_row(db, "seed", row)

    return store.do(insert)


def read_seeds(store: Store) -> list[SeedRow]:
    """All seeds with the counts of their trees."""
    return [_seed(row) for row in store.rows(_SEEDS.format(where="") + " ORDER BY s.id")]


def read_seed(store: Store, seed: int) -> SeedRow:
    """One seed; LookupError where there is none of that number."""
    rows = store.rows(_SEEDS.format(where="WHERE seed = ?") + " WHERE s.id = ?", [seed, seed])
    if not rows:
        raise LookupError(f"no seed {seed}")
    return _seed(rows[0])


def labels_of(found: Sequence[SeedRow]) -> list[tuple[str, ...]]:
    """The fixed options of those seeds that have them."""
    return [seed.example.options for seed in found if seed.kind is Options.FIXED]


def _seed(row: Any) -> SeedRow:
    return SeedRow(
        id=row["id"],
        example=example_of(row),
        kind=Options(row["options_kind"]),
        source=row["source"],
        new=row["new"],
        approved=row["approved"],
        rejected=row["rejected"],
        pruned=row["pruned"],
        depth=row["depth"],
    )
