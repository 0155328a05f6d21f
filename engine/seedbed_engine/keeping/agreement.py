"""What the creator answered when it was not shown the label, beside the label; disagreement marks the example."""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from seedbed_engine.examples import Example, text_digest
from seedbed_engine.keeping.calls import NewDiscard, close_call, insert_discards
from seedbed_engine.keeping.rows import example_of, storable
from seedbed_engine.keeping.store import Store, insert_row, update_row

OTHERWISE = "answered otherwise"  # how a flag that a disagreement set begins
BETWEEN = "; "  # two reasons of a flag


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer to an example whose label was hidden; `place` is where it stood among the options as shown, from 0."""

    example: int
    request: int
    answer: str
    place: int
    about: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each option was the answer to an example as it reads now, the most frequent first."""

    label: str
    counts: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How many answers there are."""
        return sum(many for _, many in self.counts)

    @property
    def agreeing(self) -> int:
        """How many say what the label says."""
        return dict(self.counts).get(self.label, 0)

    @property
    def is_agreed(self) -> bool:
        """Whether more than half say what the label says."""
        return 2 * self.agreeing > self.total

    @property
    def other(self) -> str | None:
        """What more say than say the label; None where nothing is said more often."""
        found, many = self.counts[0] if self.counts else (self.label, 0)
        return found if many > self.agreeing else None

    @property
    def said(self) -> str:
        """In words, such as "4 of 5 say yes"."""
        found, many = (self.label, self.agreeing) if self.other is None else self.counts[0]
        return f"{many} of {self.total} say {found}"


def digest_of_asked(example: Example) -> str:
    """The name of what an answer is about: the question, the passage and the options, in whatever order."""
    return text_digest(json.dumps([example.question, example.context, sorted(example.options)], ensure_ascii=False))


def queue_answers(
    store: Store,
    run: int,
    call: int,
    example: int,
    answers: Sequence[NewAnswer],
    discards: Sequence[NewDiscard],
    ends: Sequence[tuple[int, int, int]],
) -> "Future[Tally | None]":
    """Keep what a call gave, and mark the example where its answers disagree with its label, in one transaction.

    `ends` are the requests that were replied to: id, surplus, missing (none: the call failed). The tally is None where
    the example was edited meanwhile.
    """

    def keep(db: Database) -> Tally | None:
        for new in answers:
            insert_row(db, "answer_again", {"run": run, **dataclasses.asdict(new), "answer": storable(new.answer)})
        insert_discards(db, discards)
        close_call(db, call, "read" if ends else "failed", ends)
        row = db.execute("SELECT * FROM example WHERE id = ?", [example]).fetchone()
        tally = _tallies([row], _answers_in(db, [example])).get(example)
        if tally is not None:
            _mark(db, row, tally)
        return tally

    return store.write(keep)


def read_tallies(store: Store, examples: Sequence[int]) -> dict[int, Tally]:
    """The tallies of those of these examples that were answered again since they read as they do."""
    found: dict[int, Tally] = {}
    with store.reading() as db:
        for start in range(0, len(examples), 500):
            part = list(examples[start : start + 500])
            rows = db.execute(f"SELECT * FROM example WHERE id IN ({','.join('?' * len(part))})", part).fetchall()
            found |= _tallies(rows, _answers_in(db, part))
    return found


def read_places(store: Store, run: int) -> list[int]:
    """How often a run's answers stood first, second, ... among the options as they were shown."""
    query = "SELECT place, COUNT(*) FROM answer_again WHERE run = ? GROUP BY place ORDER BY place"
    counts = {row[0]: row[1] for row in store.rows(query, [run])}
    return [counts.get(place, 0) for place in range(max(counts, default=-1) + 1)]


def read_answered(store: Store, run: int) -> list[int]:
    """Ids of the examples that a run has an answer to."""
    rows = store.rows("SELECT DISTINCT example FROM answer_again WHERE run = ? ORDER BY example", [run])
    return [int(row[0]) for row in rows]


def read_flagged(store: Store, run: int) -> list[int]:
    """Ids of the examples that a run asked about and that are marked for disagreement now."""
    query = """SELECT DISTINCT e.id FROM answer_again a JOIN example e ON e.id = a.example
WHERE a.run = ? AND e.flag LIKE ? ORDER BY e.id"""
    return [int(row[0]) for row in store.rows(query, [run, f"%{OTHERWISE}%"])]


def read_corrections(store: Store, examples: Sequence[int]) -> dict[int, Example]:
    """How these examples read with the creator's answer, where that is another one than the label."""
    tallies = read_tallies(store, examples)
    found: dict[int, Example] = {}
    for row in store.rows("SELECT * FROM example WHERE id IN (SELECT value FROM json_each(?))", [json.dumps(examples)]):
        tally = tallies.get(row["id"])
        if tally is not None and tally.other is not None:
            found[row["id"]] = dataclasses.replace(example_of(row), answer=tally.other)
    return found


def _answers_in(db: Database, examples: Sequence[int]) -> list[Any]:
    marks = ",".join("?" * len(examples))
    query = f"SELECT example, answer, about FROM answer_again WHERE example IN ({marks}) ORDER BY request"
    return db.execute(query, list(examples)).fetchall()


def _tallies(rows: Iterable[Any], answers: Iterable[Any]) -> dict[int, Tally]:
    texts = {row["id"]: example_of(row) for row in rows}
    digests = {id_: digest_of_asked(text) for id_, text in texts.items()}
    counts: dict[int, Counter[str]] = {}
    for answer in answers:
        if digests.get(answer["example"]) == answer["about"]:
            counts.setdefault(answer["example"], Counter())[answer["answer"]] += 1
    return {id_: Tally(texts[id_].answer, tuple(counted.most_common())) for id_, counted in counts.items()}


def _mark(db: Database, row: Any, tally: Tally) -> None:
    """Set, change or take off the mark of a disagreement; other reasons to look at an example stay."""
    parts = [part for part in (row["flag"] or "").split(BETWEEN) if part and not part.startswith(OTHERWISE)]
    if not tally.is_agreed:
        parts.append(f"{OTHERWISE}: {tally.said}".replace(BETWEEN, ", "))
    flag = BETWEEN.join(parts) or None
    if flag != row["flag"]:
        update_row(db, "example", row["id"], {"flag": flag and storable(flag)})
