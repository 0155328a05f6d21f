"""What a replay reads and rewrites in a project file: the calls in the order in which they were decided."""

from dataclasses import dataclass, field

from sqlite_utils import Database

from seedbed_engine.examples import Example
from seedbed_engine.keeping.calls import NewDiscard, insert_discards, read_calls
from seedbed_engine.keeping.rows import CallRow, columns_of, storable
from seedbed_engine.keeping.runs import PLANTING
from seedbed_engine.keeping.store import Store, update_row
from seedbed_engine.keeping.trees import NewExample, insert_examples, question_key


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What becomes of a tree: ids of `gone` examples, `held` ones (id -> why they would not come in today: calls were
    asked from them, so they stay as links, pruned), texts that read otherwise today, new examples, all discards."""

    gone: list[int] = field(default_factory=list)
    held: dict[int, str] = field(default_factory=dict)
    texts: dict[int, Example] = field(default_factory=dict)
    new: list[NewExample] = field(default_factory=list)
    discards: list[NewDiscard] = field(default_factory=list)
    requests: list[tuple[int, int, int]] = field(default_factory=list)  # id, surplus, missing


def read_decided_calls(store: Store, seed: int) -> list[CallRow]:
    """The calls of a seed whose replies were read, in the order in which the door decided about them.

    Examples are numbered in that order; a call that gave none stands behind what its run, or the twin it was refused
    for, had before.
    """
    first = _by_call(store, "SELECT call, MIN(id) FROM example WHERE seed = ? AND call IS NOT NULL GROUP BY call", seed)
    near = _by_call(
        store,
        """SELECT q.call, MAX(d.too_near_to) FROM discard d JOIN request q ON q.id = d.request
JOIN call c ON c.id = q.call WHERE c.seed = ? AND d.too_near_to IS NOT NULL GROUP BY q.call""",
        seed,
    )
    found: list[tuple[tuple[int, int, int], CallRow]] = []
    behind: dict[int, int] = {}
    for call in sorted(read_calls(store, seed), key=lambda call: (call.run, call.place)):
        if call.state != "read":
            continue
        if call.id in first:
            behind[call.run] = first[call.id]
            found.append(((first[call.id], 0, call.place), call))
        else:
            behind[call.run] = max(behind.get(call.run, 0), near.get(call.id, 0))
            found.append(((behind[call.run], 1, call.place), call))
    return [call for _, call in sorted(found, key=lambda each: each[0])]


def read_links(store: Store, seed: int) -> set[int]:
    """Ids of the examples of a tree that something else refers to: calls, other examples, what models left."""
    query = """SELECT parent FROM call WHERE seed = ? AND parent IS NOT NULL
UNION SELECT parent FROM example WHERE seed = ? AND parent IS NOT NULL
UNION SELECT p.example FROM prediction p JOIN example e ON e.id = p.example WHERE e.seed = ?
UNION SELECT l.example FROM learned l JOIN example e ON e.id = l.example WHERE e.seed = ?"""
    return {int(row[0]) for row in store.rows(query, [seed] * 4)}


def last_number(store: Store) -> int:
    """The highest number that an example of the project has; new ones are numbered from there."""
    return int(store.rows("SELECT COALESCE(MAX(id), 0) FROM example")[0][0])


def rewrite(store: Store, seed: int, to: Rewriting) -> list[int]:
    """Write what a replay found, in one transaction; the ids of the new examples."""

    def change(db: Database) -> list[int]:
        ids = insert_examples(db, to.new)
        for example, why in to.held.items():
            _hold(db, example, why)
        for example, text in to.texts.items():
            update_row(db, "example", example, {**columns_of(text), "question_key": question_key(text.question)})
        db.conn.execute(
            f"""DELETE FROM discard WHERE request IN (SELECT q.id FROM request q JOIN call c ON c.id = q.call
JOIN run u ON u.id = c.run WHERE c.seed = ? AND c.state = 'read' AND u.work IN {PLANTING})""",
            [seed],
        )
        db.conn.executemany("DELETE FROM example WHERE id = ?", [(example,) for example in to.gone])
        insert_discards(db, to.discards)
        for request, surplus, missing in to.requests:
            update_row(db, "request", request, {"surplus": surplus, "missing": missing})
        return ids

    return store.do(change)


def leave_runs(store: Store) -> None:
    """In a copy of a project nobody works: runs that were going on are stopped ones."""
    query = "UPDATE run SET state = 'stopped', lease_process = NULL WHERE state = 'running'"
    store.do(lambda db: db.execute(query))


def _hold(db: Database, example: int, why: str) -> None:
    update_row(db, "example", example, {"flag": storable(f"would not come in today: {why}")})
    db.execute("UPDATE example SET state = 'pruned' WHERE id = ? AND state IN ('new', 'approved')", [example])


def _by_call(store: Store, query: str, seed: int) -> dict[int, int]:
    return {row[0]: row[1] for row in store.rows(query, [seed])}
