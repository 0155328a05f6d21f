"""Words about learning: train, evaluate, predict."""

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.text import Text

from seedbed_engine import events, jobs
from seedbed_engine.commands.growing import run_to_resume, seed_of, work
from seedbed_engine.commands.options import read_numbers
from seedbed_engine.commands.speech import (
    EXIT_CODES,
    answer,
    json_option,
    number_option,
    opened,
    print_table,
    project_argument,
    say,
)
from seedbed_engine.errors import InvalidFile, PersonError
from seedbed_engine.examples import Example
from seedbed_engine.keeping import datasets, exchange, runs
from seedbed_engine.keeping.store import Store
from seedbed_engine.settings import EvaluationSettings, TrainingSettings

if TYPE_CHECKING:
    from seedbed_engine.learning.training import TrainedModel
    from seedbed_engine.learning.verdicts import Verdict

_help = TrainingSettings.help_of


@click.command(epilog="Example:  seedbed train flu.seedbed --seeds 1,2,3")
@project_argument
@click.option("--seed", type=int, help="The seed whose tree is trained on (default: the first).")
@click.option("--resume", type=int, help="Go on with this run instead of starting one.")
@click.option("--encoder", default="", help=_help("encoder"))
@number_option("epochs", TrainingSettings)
@number_option("learning_rate", TrainingSettings)
@number_option("batch", TrainingSettings)
@number_option("max_length", TrainingSettings)
@click.option("--cross-encoder", is_flag=True, help=_help("cross_encoder"))
@click.option("--class-weights", is_flag=True, help=_help("class_weights"))
@number_option("lora", TrainingSettings)
@number_option("patience", TrainingSettings)
@click.option("--search-rates", is_flag=True, help=_help("search_rates"))
@click.option("--seeds", "seed_list", default="1,2,3", show_default=True, help=_help("seeds"))
@click.option("--dataset", help="Name of the human data that judges.")
@click.option("--human/--no-human", default=True, help=_help("human"))
@click.option("--all-human/--no-all-human", default=True, help=_help("all_human"))
@click.option("--approved-only", is_flag=True, help=_help("approved_only"))
@json_option
def train(
    project: Path,
    seed: int | None,
    resume: int | None,
    seed_list: str,
    dataset: str | None,
    as_json: bool,
    **given: Any,
) -> None:
    """Train the small model on a tree and judge it beside human data and baselines."""
    with opened(project) as store:
        chosen = seed_of(store, seed)
        settings = TrainingSettings.from_fields(
            {**given, "seeds": read_numbers(seed_list), "test_dataset": dataset_of(store, dataset) if dataset else None}
        )
        if resume is None:
            run = runs.add_run(store, "train", settings.to_json(), chosen)
        else:
            run = run_to_resume(store, resume, "train")
    state = work(project, run, as_json)
    if state == "finished":
        with opened(project) as store:
            print_verdict(read_verdict(store, run), as_json)
    click.get_current_context().exit(EXIT_CODES[state])


def dataset_of(store: Store, name: str) -> int:
    """The number of the human data of this name."""
    found = next((d.id for d in datasets.read_datasets(store) if d.name == name), None)
    if found is None:
        names = ", ".join(d.name for d in datasets.read_datasets(store)) or "none"
        raise PersonError(f"There is no data set '{name}'.", f"There are: {names}.")
    return found


def read_verdict(store: Store, run: int) -> "Verdict":
    """The verdict that a finished run reached."""
    from seedbed_engine.learning.verdicts import Verdict

    result = runs.read_run(store, run).result
    if result is None:
        raise PersonError(f"Run {run} has no verdict yet.", "Let it finish first.")
    return Verdict.from_json(result)


def print_verdict(verdict: "Verdict", as_json: bool) -> None:
    """The verdict: the sentence first, then the table."""
    from seedbed_engine.learning.verdicts import verdict_table

    if as_json:
        return answer(json.loads(verdict.to_json()))
    console = Console(highlight=False)
    console.print(Text(verdict.headline, style="bold"))
    console.print(Text(verdict.sentence))
    head, *rows = verdict_table(verdict)
    print_table(console, head, rows)
    for note in verdict.notes:
        console.print(Text(note))
    return None


@click.command(epilog="Example:  seedbed evaluate flu.seedbed --file more-questions.jsonl")
@project_argument
@click.option("--model", "model_id", type=int, help="Which trained model (default: the newest on created data).")
@click.option("--folder", type=click.Path(path_type=Path), help="A folder with a trained model instead.")
@click.option("--dataset", help="Human data of the project.")
@click.option("--split", type=click.Choice(datasets.SPLITS), default="test", show_default=True)
@click.option("--file", type=click.Path(path_type=Path), help="A file of labelled examples instead.")
@click.option("--matrix", is_flag=True, help="All trained models on all data sets of the same form.")
@click.option("--pairs", is_flag=True, help="Such a matrix, of the paper's pairs alone.")
@json_option
def evaluate(
    project: Path,
    model_id: int | None,
    folder: Path | None,
    dataset: str | None,
    split: str,
    file: Path | None,
    matrix: bool,
    pairs: bool,
    as_json: bool,
) -> None:
    """Judge a trained model on other human data, in or out of distribution."""
    if matrix or pairs:
        if any(given is not None for given in (model_id, folder, dataset, file)):
            raise PersonError("A matrix is of all models and all data sets.", "Leave out which model and which data.")
        return _evaluate_all(project, EvaluationSettings(split, pairs), as_json)
    with opened(project) as store:
        where = folder or model_folder(store, model_id)
        if file is not None:
            chosen, examples = None, _examples_of_file(file)
        else:
            chosen = _chosen_dataset(store, dataset)
            examples = _examples_of_split(store, chosen, split)
    from seedbed_engine.learning.models import load_model

    found = _score(load_model(where), examples)
    if chosen is not None and split == "test":
        with opened(project) as store:
            datasets.count_look(store, chosen)  # before anybody sees what came of it
    if as_json:
        return answer(found)
    return _print_score(found)


def _evaluate_all(project: Path, settings: EvaluationSettings, as_json: bool) -> None:
    """A run of its own, so that the studio shows it too."""
    with opened(project) as store:
        run = runs.add_run(store, "evaluate", settings.to_json(), None)
    state = jobs.work_on(project, run, _say_event)
    if state != "finished":
        click.get_current_context().exit(EXIT_CODES[state])
    with opened(project) as store:
        found = json.loads(runs.read_run(store, run).result or "{}")
    if as_json:
        return answer(found)
    console = Console(highlight=False)
    if found["pairs"]:
        console.print(Text(found["pairs"]))
    head = ["Model", *(f"{column['dataset']} ({column['items']})" for column in found["columns"])]
    rows = [[_row_name(row), *map(_cell, row["cells"])] for row in found["rows"]]
    print_table(console, head, [*rows, ["Always the same answer", *(f"{c['majority']:.1%}" for c in found["columns"])]])
    console.print(
        Text(
            "Accuracy; points over always the same answer, half of their 95 % interval; one training each. ~ not "
            "distinguishable from always the same answer, corrected after Holm for all cells; * judged by its own run "
            "on this data set; ! one answer nearly always; - another form, no pair, or what the model was trained on."
        )
    )
    return None


def _say_event(event: events.Event) -> None:
    match event:
        case events.Said(text=text):
            say(text)
        case events.Failed(what=what, mend=mend):
            say(f"{what} {mend}".strip())


def _row_name(row: Mapping[str, Any]) -> str:
    return str(row["name"]) if row["run"] is None else f"{row['name']} data, run {row['run']}"


def _cell(cell: Mapping[str, Any] | None) -> str:
    if cell is None:
        return "-"
    marks = "*" * cell["is_own"] + "!" * cell["is_collapsed"] + "~" * (not cell["is_distinguishable"])
    half = 50 * (cell["over_interval"]["high"] - cell["over_interval"]["low"])
    return f"{100 * cell['accuracy']:.1f} ({100 * cell['over_majority']:+.1f} \N{PLUS-MINUS SIGN}{half:.1f}){marks}"


def model_folder(store: Store, model_id: int | None) -> Path:
    """Where a trained model lies: the one of this number, else the newest on created data."""
    found = runs.read_trained_models(store)
    wanted = [m for m in found if m[0] == model_id] if model_id is not None else [m for m in found if m[2] == "created"]
    if not wanted:
        raise PersonError("There is no such trained model.", "Train one with seedbed train.")
    return store.path.parent / wanted[0][4]


def _chosen_dataset(store: Store, dataset: str | None) -> int:
    available = datasets.read_datasets(store)
    if dataset is None and len(available) != 1:
        raise PersonError("Which data set?", "Name it with --dataset, or give a --file.")
    return dataset_of(store, dataset) if dataset else available[0].id


def _examples_of_split(store: Store, dataset: int, split: str) -> list[Example]:
    rows = datasets.read_test(store, dataset) if split == "test" else datasets.read_split(store, dataset, split)
    if not rows:
        raise PersonError(f"The {split} split is empty.", "Choose another.")
    return [example for _, example in rows]


def _examples_of_file(file: Path) -> list[Example]:
    found = exchange.read_file(file)
    mapped = exchange.guess_columns(found)
    if mapped is None:
        raise InvalidFile(f"{file.name} has no columns called question and answer.", "Rename its columns.")
    read = exchange.read_examples_of(found, mapped)
    for warning in read.warnings[:10]:
        say(warning)
    if not read.examples:
        raise InvalidFile(f"No row of {file.name} can be used.", "Check its columns.")
    return read.examples


def _score(model: "TrainedModel", examples: list[Example]) -> dict[str, Any]:
    from seedbed_engine.learning.evaluation import confusion, is_collapsed, majority, wilson
    from seedbed_engine.learning.predictions import predict as ask

    shares = ask(model.classifier, examples)
    places = [max(range(len(row)), key=row.__getitem__) for row in shares]
    truth = [example.answer_index for example in examples]
    accuracy = sum(p == t for p, t in zip(places, truth, strict=True)) / len(truth)
    names = list(model.form.labels) or [f"option {n}" for n in range(1, max(len(e.options) for e in examples) + 1)]
    answers = [names[p] if model.form.is_choice else e.options[p] for e, p in zip(examples, places, strict=True)]
    gold = [names[t] if model.form.is_choice else e.answer for e, t in zip(examples, truth, strict=True)]
    interval = wilson(accuracy, len(truth))
    return {
        "examples": len(truth),
        "accuracy": accuracy,
        "interval": [interval.low, interval.high],
        "majority share": majority(gold)[1],
        "labels": names,
        "confusion": confusion(names, gold, answers),
        "answers one label nearly always": is_collapsed(answers),
    }


def _print_score(found: dict[str, Any]) -> None:
    console = Console(highlight=False)
    low, high = found["interval"]
    console.print(
        Text(
            f"Accuracy {found['accuracy']:.1%} (95 % interval {low:.1%} to {high:.1%}, {found['examples']} examples); "
            f"always giving the most frequent answer: {found['majority share']:.1%}."
        )
    )
    rows = [[name, *map(str, row)] for name, row in zip(found["labels"], found["confusion"], strict=True)]
    print_table(console, ["true \\ answered", *found["labels"]], rows)
    if found["answers one label nearly always"]:
        console.print(Text("The model has collapsed: it gives one answer nearly always."))


@click.command(epilog='Example:  seedbed predict flu.seedbed --question "Is zanamivir inhaled?"')
@project_argument
@click.option("--model", "model_id", type=int, help="Which trained model (default: the newest on created data).")
@click.option("--folder", type=click.Path(path_type=Path), help="A folder with a trained model instead.")
@click.option("--question", help="One question.")
@click.option("--context", help="The passage it is about.")
@click.option("--option", "options", multiple=True, help="An option (multiple choice: two or more).")
@click.option("--file", type=click.Path(path_type=Path), help="A JSON lines file of questions; answers are not needed.")
@json_option
def predict(
    project: Path,
    model_id: int | None,
    folder: Path | None,
    question: str | None,
    context: str | None,
    options: tuple[str, ...],
    file: Path | None,
    as_json: bool,
) -> None:
    """Ask a trained model."""
    with opened(project) as store:
        where = folder or model_folder(store, model_id)
    from seedbed_engine.learning.items import Query
    from seedbed_engine.learning.models import load_model
    from seedbed_engine.learning.predictions import predict as ask

    if file is None and question is None:
        raise PersonError("There is nothing to predict.", "Give --question or --file.")
    queries = [Query(question or "", options, context)] if file is None else _queries_of_file(file)
    model = load_model(where)
    if model.form.is_choice and any(len(query.options) < 2 for query in queries):
        raise PersonError("This model chooses among options.", "Give two or more with --option.")
    for query, row in zip(queries, ask(model.classifier, queries), strict=True):
        names = query.options or model.form.labels
        best = max(range(len(row)), key=row.__getitem__)
        found = {
            **dataclasses.asdict(query),
            "predicted": names[best],
            "probabilities": dict(zip(names, row, strict=True)),
        }
        if as_json or file is not None:
            answer(found)
        else:
            click.echo(f"{names[best]}  ({row[best]:.0%} sure)")


def _queries_of_file(file: Path) -> list[Any]:
    from seedbed_engine.learning.items import Query

    rows = exchange.read_file(file).rows
    queries = []
    for number, row in enumerate(rows, start=1):
        options = row.get("options") or ()
        if not isinstance(row.get("question"), str) or not isinstance(options, list | tuple):
            raise InvalidFile(f"Row {number} of {file.name} has no question, or its options are no list.", "Mend it.")
        queries.append(Query(row["question"], tuple(map(str, options)), row.get("context") or None))
    return queries
