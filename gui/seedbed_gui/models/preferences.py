"""What the studio remembers between two starts: recent projects, the window's place. A small JSON file; no secrets."""

import json
import logging
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import platformdirs

from seedbed_engine.asking.topics import split_topics

RECENT = 8
TOPICS = "topics.txt"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preferences:
    """`geometry` is Qt's own text of the window's place and size."""

    recent: tuple[str, ...] = ()
    geometry: str = ""
    last_folder: str = ""

    def with_project(self, path: Path) -> "Preferences":
        """The same, with a project at the head of the recent ones."""
        name = str(path.absolute())
        recent = (name, *(other for other in self.recent if other != name))[:RECENT]
        return replace(self, recent=recent, last_folder=str(path.absolute().parent))

    def without_project(self, name: str) -> "Preferences":
        """The same, with a project forgotten."""
        return replace(self, recent=tuple(other for other in self.recent if other != name))


def config_folder() -> Path:
    """Where the file lies: SEEDBED_HOME where it is set, else the system's place for settings."""
    home = os.environ.get("SEEDBED_HOME")
    return Path(home) if home else Path(platformdirs.user_config_dir("seedbed", appauthor=False))


def projects_folder() -> Path:
    """Where new projects are put unless the person says otherwise."""
    home = os.environ.get("SEEDBED_HOME")
    return Path(home) / "projects" if home else Path(platformdirs.user_documents_dir()) / "Seedbed"


def read_preferences() -> Preferences:
    """What was remembered; the defaults where nothing was, or where the file cannot be read."""
    try:
        found = json.loads((config_folder() / "studio.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(found, dict):
        return Preferences()
    return Preferences(
        recent=tuple(map(str, found["recent"])) if isinstance(found.get("recent"), list) else (),
        geometry=str(found.get("geometry", "")),
        last_folder=str(found.get("last_folder", "")),
    )


def write_preferences(preferences: Preferences) -> None:
    """Remember; a folder that cannot be written is no reason to bother the person."""
    target = config_folder() / "studio.json"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(".partial")
        partial.write_text(json.dumps(asdict(preferences), indent=1), encoding="utf-8")
        partial.replace(target)
    except OSError as error:
        log.warning("preferences were not written: %s", error)


def read_topic_list() -> tuple[str, ...]:
    """The person's own topics; none where the list that the program brings is used."""
    try:
        return split_topics((config_folder() / TOPICS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ()


def write_topic_list(topics: Sequence[str]) -> None:
    """Keep the person's own topics; with none, the list that the program brings is used again."""
    target = config_folder() / TOPICS
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join([*topics, ""]), encoding="utf-8")
    except OSError as error:
        log.warning("the topics were not written: %s", error)
