"""The word export-model: a trained model as one ONNX file, for programs without torch."""

from pathlib import Path

import click

from seedbed_engine.commands.judging import model_folder
from seedbed_engine.commands.speech import answer, json_option, opened, project_argument, say


@click.command("export-model", epilog="Example:  seedbed export-model flu.seedbed flu.onnx")
@project_argument
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--model", "model_id", type=int, help="Which trained model (default: the newest on created data).")
@click.option("--folder", type=click.Path(path_type=Path), help="A folder with a trained model instead.")
@json_option
def export_model(project: Path, file: Path, model_id: int | None, folder: Path | None, as_json: bool) -> None:
    """Write a trained model as an ONNX file."""
    with opened(project) as store:
        where = folder or model_folder(store, model_id)
    from seedbed_engine.learning.onnx_files import export_onnx

    facts = export_onnx(where, file)
    if as_json:
        return answer({"file": str(file), **facts})
    return say(f"Written: {file}. The tokenizer is in {where}; what else is needed is in the file's metadata.")
