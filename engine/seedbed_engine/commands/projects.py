"""Words about the project file: new, import, show, export."""

import dataclasses
import json
from collections.abc import Container
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from seedbed_engine.asking.formats import infer_format
from seedbed_engine.asking.recordings import open_sample
from seedbed_engine.commands.checking import check_imported
from seedbed_engine.commands.growing import seed_of
from seedbed_engine.commands.speech import answer, json_option, opened, project_argument, say
from seedbed_engine.errors import InvalidFile, PersonError
from seedbed_engine.examples import Example, Options, check_example, example_from_fields
from seedbed_engine.keeping import batches, calls, datasets, exchange, runs, seeds, trees
from seedbed_engine.keeping.cards import write_card
from seedbed_engine.keeping.project import SUFFIX, create_project
from seedbed_engine.keeping.rows import RunRow
from seedbed_engine.keeping.samples import create_sample_project, read_samples
from seedbed_engine.keeping.store import Store
from seedbed_engine.tree.lineage import tree_arrays, write_graph


@click.command(
    epilog='Example:  seedbed new flu --question "Is baloxavir a prodrug?" --option yes --option no --answer yes'
)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--question", help="The seed's question.")
@click.option("--context", help="The passage that the question is about.")
@click.option("--option", "options", multiple=True, help="An option (two or more).")
@click.option("--answer", "gold", help="The option that answers it.")
@click.option("--from", "file", type=click.Path(path_type=Path), help="Take the seed from a file instead.")
@click.option("--row", default=1, show_default=True, help="Which row of the file.")
@click.option("--sample", type=click.Choice([s.name for s in read_samples()]), help="Make a sample project instead.")
@click.option("--bare", is_flag=True, help="With --sample: its seed and human data alone, without the recorded tree.")
@click.option("--kind", type=click.Choice([k.value for k in Options]), help="Same options for all, or own ones.")
@json_option
def new(
    path: Path,
    question: str | None,
    context: str | None,
    options: tuple[str, ...],
    gold: str | None,
    file: Path | None,
    row: int,
    sample: str | None,
    bare: bool,
    kind: str | None,
    as_json: bool,
) -> None:
    """Make a project file with one seed."""
    if sample:
        (create_sample_project if bare else open_sample)(path, sample).close()
    else:
        example = _seed_of_file(file, row) if file else _seed_of_words(question, context, options, gold)
        for warning in check_example(example):
            say(f"Note: {warning}")
        task = infer_format(example, Options(kind) if kind else None)
        with create_project(path) as store:
            seeds.add_seed(store, example, task.kind, source=str(file.name) if file else None)
        say(f"The format is: {task.name}. --kind fixed or --kind variable changes it.")
    made = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
    answer({"project": str(made)}) if as_json else say(f"Made {made}. Next: seedbed grow {made}")


def _seed_of_words(question: str | None, context: str | None, options: tuple[str, ...], gold: str | None) -> Example:
    if question is None:
        raise PersonError(
            "There is no seed.", "Give --question, --option (twice or more) and --answer, or --from FILE."
        )
    return example_from_fields({"question": question, "context": context, "options": options, "answer": gold})


def _seed_of_file(file: Path, row: int) -> Example:
    found = exchange.read_file(file)
    mapped = exchange.guess_columns(found)
    if mapped is None:
        raise InvalidFile(f"{file.name} has no columns called question and answer.", "Rename its columns.")
    if not 1 <= row <= len(found.rows):
        raise InvalidFile(f"{file.name} has {len(found.rows)} rows.", f"Row {row} is not there.")
    read = exchange.read_examples_of(dataclasses.replace(found, rows=[found.rows[row - 1]], warnings=[]), mapped)
    if not read.examples:
        raise InvalidFile(f"Row {row} of {file.name} cannot be the seed.", read.warnings[0])
    return read.examples[0]


@click.command("import", epilog="Example:  seedbed import flu.seedbed bioasq-test.jsonl --split test")
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--split", type=click.Choice(datasets.SPLITS), default="test", show_default=True)
@click.option("--name", help="Name of the data set; the same name adds a split to it.")
@click.option("--question", "question_column", help="Column of the question.")
@click.option("--answer", "answer_column", help="Column of the answer.")
@click.option("--options", "option_columns", multiple=True, help="Column of the options (several: one each).")
@click.option("--context", "context_column", help="Column of the passage.")
@click.option("--unsealed", is_flag=True, help="Let others than verdicts read the test split.")
@json_option
def import_(
    project: Path,
    file: Path,
    split: str,
    name: str | None,
    question_column: str | None,
    answer_column: str | None,
    option_columns: tuple[str, ...],
    context_column: str | None,
    unsealed: bool,
    as_json: bool,
) -> None:
    """Bring human data into a project (JSON lines, JSON, CSV, TSV; also .gz)."""
    found = exchange.read_file(file)
    guess = exchange.guess_columns(found)
    if guess is None and not (question_column and answer_column):
        raise InvalidFile(
            f"No question and answer columns among {', '.join(found.columns[:12])}.",
            "Name them with --question and --answer.",
        )
    base = guess or exchange.Mapped(question_column or "", answer_column or "")
    mapped = dataclasses.replace(
        base,
        question=question_column or base.question,
        answer=answer_column or base.answer,
        options=option_columns or base.options,
        context=context_column or base.context,
    )
    with opened(project) as store:
        mapped = exchange.with_labels(mapped, seeds.labels_of(seeds.read_seeds(store)))
        read = exchange.read_examples_of(found, mapped)
        if not read.examples:
            raise InvalidFile(f"No row of {file.name} can be used.", read.warnings[0] if read.warnings else "")
        title = name or file.name.split(".")[0]
        known = {d.name: d.id for d in datasets.read_datasets(store)}
        dataset = known.get(title) or datasets.add_dataset(store, title, source=file.name, sealed=not unsealed)
        added = datasets.add_dataset_examples(store, dataset, split, read.examples)
        leaks = check_imported(store, title) if split != "train" else None
    _report_import(title, split, read, added, leaks, as_json)


def _report_import(
    title: str, split: str, read: exchange.ReadExamples, added: int, leaks: int | None, as_json: bool
) -> None:
    again = len(read.examples) - added
    if as_json:
        counts = {"imported": added, "left_out": read.left_out, "again": again, "warnings": read.warnings}
        return answer({"dataset": title, "split": split, **counts, "leaks": leaks})
    if again:
        say(f"{again} rows are there already (the same question, passage, options and answer); they count once.")
    for warning in read.warnings[:20]:
        say(warning)
    if len(read.warnings) > 20:
        say(f"... and {len(read.warnings) - 20} more.")
    if leaks:
        say(f"{leaks} created examples are too near to it; they are flagged. seedbed check lists them.")
    return say(f"{added} examples were added to the {split} split of '{title}'; {read.left_out} rows left out.")


@click.command(epilog="Example:  seedbed show flu.seedbed --example 48")
@project_argument
@click.option("--example", "example_id", type=int, help="One example with where it came from.")
@json_option
def show(project: Path, example_id: int | None, as_json: bool) -> None:
    """Show a project: seeds, trees, human data, runs; or one example and where it came from."""
    with opened(project) as store:
        found = _example_facts(store, example_id) if example_id is not None else _project_facts(store)
    if as_json:
        return answer(found)
    return _print_facts(found)


def _project_facts(store: Store) -> dict[str, Any]:
    waiting = {batch.run for batch in batches.read_open(store)}
    return {
        "project": store.path.name,
        "seeds": [
            {
                "seed": s.id,
                "question": s.example.question,
                "format": infer_format(s.example, s.kind).name,
                "kept": s.kept,
                "approved": s.approved,
                "rejected": s.rejected,
                "pruned": s.pruned,
                "depth": s.depth,
            }
            for s in seeds.read_seeds(store)
        ],
        "human data": [
            {"name": d.name, "train": d.train, "dev": d.dev, "test": d.test, "looks at the test": d.looks}
            for d in datasets.read_datasets(store)
        ],
        "runs": [
            {"run": r.id, "work": r.work, "state": _state(r, waiting), "created": r.created}
            for r in runs.read_runs(store)[:20]
        ],
    }


def _state(run: RunRow, waiting: Container[int]) -> str:
    return "waits for a batch" if run.state == "stopped" and run.id in waiting else run.state


def _example_facts(store: Store, example_id: int) -> dict[str, Any]:
    try:
        row = trees.read_example(store, example_id)
    except LookupError:
        raise PersonError(f"There is no example {example_id}.", "seedbed show PROJECT lists the trees.") from None
    facts: dict[str, Any] = {"example": row.id, **dataclasses.asdict(row.example)}
    facts |= {"state": row.state.value, "depth": row.depth, "parent": row.parent, "call": row.call, "drift": row.drift}
    if row.request is not None:
        request = calls.read_request(store, row.request)
        facts |= {
            "creator": request.creator,
            "model": request.model,
            "tokens": f"{request.prompt_tokens} + {request.completion_tokens}",
            "usd": request.usd,
            "prompt": json.loads(request.messages),
            "reply": request.raw_reply,
        }
    return facts


def _print_facts(facts: dict[str, Any]) -> None:
    console = Console(highlight=False)
    for name, value in facts.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            table = Table(title=Text(name), title_justify="left", box=None, pad_edge=False)
            for column in value[0]:
                table.add_column(Text(str(column)), overflow="fold")
            for row in value:
                table.add_row(*(Text("" if cell is None else str(cell)) for cell in row.values()))
            console.print(table)
        else:
            console.print(Text(f"{name}: {value}"))


@click.command(epilog="Example:  seedbed export flu.seedbed flu-train.jsonl --approved")
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--approved", is_flag=True, help="Only examples that a person approved.")
@click.option("--seed", type=int, help="Only the tree of this seed.")
@json_option
def export(project: Path, file: Path, approved: bool, seed: int | None, as_json: bool) -> None:
    """Write the training table as .jsonl or .csv with a card beside it; or one tree as a graph, as .graphml."""
    with opened(project) as store:
        first = seed_of(store, seed)
        chosen = [first] if seed is not None else [s.id for s in seeds.read_seeds(store)]
        if file.suffix == ".graphml":
            columns = trees.read_columns(store, first)
            write_graph(tree_arrays(columns.ids, columns.parents, columns.states), file)
            return answer({"file": str(file)}) if as_json else say(f"The tree of seed {first} is in {file}.")
        count = exchange.export_examples(store, chosen, file, approved_only=approved)
        card = file.with_suffix(".card.md")
        write_card(store, chosen, card, approved_only=approved)
    if as_json:
        return answer({"file": str(file), "examples": count})
    return say(f"{count} examples in {file}, its card in {card}.")
