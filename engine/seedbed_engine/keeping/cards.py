"""A card for created data, in Markdown: what was made how by whom, what a person looked at, under which licences."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from seedbed_engine.errors import InvalidFile
from seedbed_engine.examples import Options
from seedbed_engine.keeping.datasets import read_datasets
from seedbed_engine.keeping.faults import reason_of
from seedbed_engine.keeping.rows import DatasetRow, SeedRow
from seedbed_engine.keeping.seeds import read_seed
from seedbed_engine.keeping.store import Store

_LABELS = """SELECT answer, COUNT(*), SUM(state = 'approved') FROM example
WHERE seed = ? AND state IN ('new', 'approved') GROUP BY answer ORDER BY 2 DESC, 1"""
_POSITIONS = """SELECT o.key, COUNT(*), SUM(e.state = 'approved') FROM example e, json_each(e.options) o
WHERE e.seed = ? AND e.state IN ('new', 'approved') AND o.value = e.answer
  AND o.key = (SELECT MIN(p.key) FROM json_each(e.options) p WHERE p.value = e.answer) GROUP BY 1 ORDER BY 1"""
_MAKERS = """SELECT u.settings, q.creator, q.model, COUNT(DISTINCT q.id), COUNT(DISTINCT e.id), MIN(q.sent), MAX(q.sent)
FROM run u JOIN call c ON c.run = u.id JOIN request q ON q.call = c.id LEFT JOIN example e ON e.request = q.id
WHERE c.seed = ? GROUP BY u.id, q.creator, q.model ORDER BY u.id"""
_RECORDED = "SELECT COUNT(*) FROM example WHERE seed = ? AND origin = 'recorded' AND state IN ('new', 'approved')"
_EDITED = "SELECT COUNT(*) FROM example WHERE seed = ? AND edited IS NOT NULL AND state IN ('new', 'approved')"


def write_card(store: Store, seeds: Sequence[int], path: Path, *, approved_only: bool = False) -> None:
    """Write the card of the trees of these seeds, to lie beside their export; an earlier one is replaced."""
    lines = _lines(store, [read_seed(store, seed) for seed in seeds], approved_only=approved_only)
    text = "\n".join(lines) + "\n"
    partial = path.with_name(path.name + ".partial")
    try:
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise InvalidFile(f"{path.name} cannot be written: {reason_of(error)}.", "Choose another folder.") from error


def _lines(store: Store, seeds: Sequence[SeedRow], *, approved_only: bool) -> Iterator[str]:
    kept, approved = sum(s.kept for s in seeds), sum(s.approved for s in seeds)
    yield f"# Created examples of the project {_plain(store.path.stem)}"
    yield ""
    yield f"{kept:,} examples from {len(seeds)} seed{'' if len(seeds) == 1 else 's'}, written by a language model"
    yield f"and kept with Seedbed; this card is of {date.today().isoformat()}."
    yield ""
    yield f"**Labels:** {approved:,} of the {kept:,} examples were approved by a person. The labels of all others are"
    yield "unverified: the model that wrote the question also chose the answer. They may be wrong."
    if approved_only:
        yield f"The export beside this card has the {approved:,} approved ones only."
    for seed in seeds:
        yield from _of_seed(store, seed)
    yield from _of_human_data(read_datasets(store))


def _of_seed(store: Store, seed: SeedRow) -> Iterator[str]:
    yield from ("", f"## Seed {seed.id}", "")
    yield from _quoted("Question", seed.example.question)
    if seed.example.context:
        yield from _quoted("Context", seed.example.context)
    yield from _quoted("Options", " | ".join(seed.example.options))
    yield from _quoted("Answer", seed.example.answer)
    yield f"- Options: {'the same in every example' if seed.kind is Options.FIXED else 'each example has its own'}"
    yield f"- Source and licence: {_plain(seed.source) if seed.source else 'not given'}"
    recorded = store.rows(_RECORDED, [seed.id])[0][0]
    if recorded:
        yield f"- {recorded:,} of the kept examples came with the sample: a model wrote them beforehand, and their"
        yield "  labels are unverified"
    edited = store.rows(_EDITED, [seed.id])[0][0]
    yield from ("", "| state | examples |", "|---|---|")
    yield f"| approved | {seed.approved:,} |"
    yield f"| new (unverified) | {seed.new:,} |"
    yield f"| rejected (not exported) | {seed.rejected:,} |"
    yield f"| pruned (not exported) | {seed.pruned:,} |"
    yield from (
        "",
        f"{edited:,} of the kept examples were edited by hand. The deepest is {seed.depth} steps from the seed.",
    )
    yield from _labels(store, seed)
    yield from _makers(store, seed)


def _labels(store: Store, seed: SeedRow) -> Iterator[str]:
    is_fixed = seed.kind is Options.FIXED
    rows = store.rows(_LABELS if is_fixed else _POSITIONS, [seed.id])
    total = sum(row[1] for row in rows)
    yield from (
        "",
        f"| {'answer' if is_fixed else 'place of the answer'} | kept | share | approved |",
        "|---|---|---|---|",
    )
    for label, many, approved in rows:
        name = _plain(label) if is_fixed else f"option {label + 1}"
        yield f"| {name} | {many:,} | {many / total:.1%} | {approved:,} |"


def _makers(store: Store, seed: SeedRow) -> Iterator[str]:
    rows = store.rows(_MAKERS, [seed.id])
    if not rows:
        return
    yield from ("", "| strategy | creator | model | requests | examples | from | to |", "|---|---|---|---|---|---|---|")
    for settings, creator, model, requests, examples, first, last in rows:
        words = [_plain(str(_setting(settings, "strategy"))), _plain(creator), _plain(Path(model).name or model)]
        yield f"| {' | '.join(words)} | {requests:,} | {examples:,} | {first[:10]} | {last[:10]} |"
    wishes = Counter(_plain(str(wish)) for row in rows if (wish := _setting(row[0], "instruction")))
    for wish in wishes:
        yield from ("", f"The person asked for: {wish}")


def _of_human_data(datasets: Sequence[DatasetRow]) -> Iterator[str]:
    if not datasets:
        return
    yield from ("", "## Human data in the project (not part of this export)", "")
    for data in datasets:
        yield f"- {_plain(data.name)}: train {data.train:,}, dev {data.dev:,}, test {data.test:,}."
        yield f"  Source: {_plain(data.source) if data.source else 'not given'}."
        yield f"  Licence: {_plain(data.licence) if data.licence else 'not given'}."


def _setting(settings: str, name: str) -> Any:
    return json.loads(settings).get(name, "")


def _plain(text: str) -> str:
    """Text on one line in which nothing is Markdown, HTML or the edge of a table."""
    line = " ".join(text.split())
    return "".join("\\" + c if c in "\\`*_[]<>|#&!~" else c for c in line)


def _quoted(name: str, text: str) -> Iterator[str]:
    yield f"> **{name}:** {_plain(text)}"
    yield ">"
