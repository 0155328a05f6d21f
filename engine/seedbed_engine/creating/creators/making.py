"""Who is asked: the creator that a run's settings name."""

from collections.abc import Callable
from pathlib import Path

from seedbed_engine.creating.creators.box import box_model
from seedbed_engine.creating.creators.embedded import EmbeddedCreator
from seedbed_engine.creating.creators.hosted import HostedCreator
from seedbed_engine.creating.creators.keys import find_key
from seedbed_engine.creating.creators.protocol import Creator
from seedbed_engine.creating.creators.scripted import Recording, ScriptedCreator
from seedbed_engine.errors import CreatorError
from seedbed_engine.settings import GrowthSettings


def make_creator(settings: GrowthSettings, say: Callable[[str], None]) -> Creator:
    """The creator that the settings name, ready to be asked; CreatorError where it cannot be."""
    if settings.creator == "embedded":
        path = Path(settings.model).expanduser() if settings.model else box_model()
        say(f"Starting the embedded creator ({path.name}).")
        return EmbeddedCreator(path, slots=settings.concurrency)
    if settings.creator == "hosted":
        return _hosted(settings)
    if settings.creator == "scripted":
        return ScriptedCreator(Recording(Path(settings.model).expanduser()), model=settings.model)
    raise CreatorError(f"There is no creator called '{settings.creator}'.", "Choose embedded, hosted or scripted.")


def _hosted(settings: GrowthSettings) -> HostedCreator:
    if not settings.model:
        raise CreatorError("No model is named.", "Name the model to ask, such as gpt-4o-mini.")
    try:
        key = find_key(settings.key_name)
    except CreatorError:
        if not settings.base_url:
            raise
        key = "not-needed"  # servers on one's own machine mostly want no key, but the client wants something
    return HostedCreator(settings.model, key, settings.base_url)
