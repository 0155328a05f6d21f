"""What the studio remembers between two starts: choices, how the window was left. A JSON file; no secrets."""

import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QObject, Signal

from seedbed_engine.asking.topics import split_topics
from seedbed_engine.errors import InvalidFile
from seedbed_engine.settings import GrowthSettings

RECENT = 8
TOPICS = "topics.txt"

log = logging.getLogger(__name__)


LOOKS = ("system", "light", "dark")
LANGUAGES = ("system", "en", "de")
SCALES = (90, 100, 110, 125, 150)  # percent


@dataclass(frozen=True)
class Preferences:
    """What a person chose, and how the window was left.

    `geometry` is Qt's own text of the window's place and size, `growth` the usual settings of a growth as JSON,
    `layout` what each page wants to remember, by its name.
    """

    recent: tuple[str, ...] = ()
    geometry: str = ""
    last_folder: str = ""
    looks: str = "system"
    scale: int = 100
    language: str = "system"
    growth: str = ""
    models_folder: str = ""
    key_names: tuple[str, ...] = ()
    page: str = ""
    layout: Mapping[str, Any] = field(default_factory=dict)
    has_toured: bool = False

    @property
    def usual_growth(self) -> GrowthSettings:
        """The usual settings of a growth; the program's own where none are kept or they cannot be read."""
        try:
            return GrowthSettings.from_json(self.growth) if self.growth else GrowthSettings()
        except (InvalidFile, TypeError, ValueError):
            return GrowthSettings()

    def as_at_first(self) -> "Preferences":
        """The same projects and the same window, all that was chosen as at first."""
        first = Preferences()
        return replace(
            self,
            looks=first.looks,
            scale=first.scale,
            language=first.language,
            growth=first.growth,
            models_folder=first.models_folder,
        )

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
        recent=_texts(found.get("recent")),
        geometry=str(found.get("geometry") or ""),
        last_folder=str(found.get("last_folder") or ""),
        looks=looks if (looks := found.get("looks")) in LOOKS else "system",
        scale=scale if (scale := found.get("scale")) in SCALES else 100,
        language=language if (language := found.get("language")) in LANGUAGES else "system",
        growth=str(found.get("growth") or ""),
        models_folder=str(found.get("models_folder") or ""),
        key_names=_texts(found.get("key_names")),
        page=str(found.get("page") or ""),
        layout=layout if isinstance(layout := found.get("layout"), dict) else {},
        has_toured=found.get("has_toured") is True,
    )


def _texts(found: object) -> tuple[str, ...]:
    return tuple(map(str, found)) if isinstance(found, list) else ()


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


class Remembered(QObject):
    """The preferences of this window; each change is written at once."""

    changed = Signal(Preferences)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.now = read_preferences()

    def change(self, **fields: Any) -> None:
        """Change some of them."""
        self.take(replace(self.now, **fields))

    def take(self, preferences: Preferences) -> None:
        """Have these from now on."""
        if preferences != self.now:
            self.now = preferences
            write_preferences(preferences)
            self.changed.emit(preferences)


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
