"""Who is asked: the creator that a run's settings name."""

from collections.abc import Callable
from pathlib import Path

from seedbed_engine.asking.addresses import azure_version, check_address, is_in_the_clear
from seedbed_engine.creating.creators.box import box_model
from seedbed_engine.creating.creators.dialects import Dialects
from seedbed_engine.creating.creators.embedded import EmbeddedCreator
from seedbed_engine.creating.creators.hosted import OPENAI_ITSELF, HostedCreator
from seedbed_engine.creating.creators.keys import find_key
from seedbed_engine.creating.creators.protocol import Creator
from seedbed_engine.creating.creators.scripted import Recording, ScriptedCreator
from seedbed_engine.errors import CreatorError
from seedbed_engine.settings import GrowthSettings

NO_KEY = "not-needed"  # servers on one's own machine mostly want no key, but the client wants something


def make_creator(settings: GrowthSettings, say: Callable[[str], None]) -> Creator:
    """The creator that the settings name, ready to be asked; CreatorError where it cannot be."""
    if settings.creator == "embedded":
        path = Path(settings.model).expanduser() if settings.model else box_model()
        say(f"Starting the embedded creator ({path.name}).")
        return EmbeddedCreator(path, slots=settings.concurrency)
    if settings.creator == "hosted":
        return _hosted(settings, say)
    if settings.creator == "scripted":
        return ScriptedCreator(Recording(Path(settings.model).expanduser()), model=settings.model)
    raise CreatorError(f"There is no creator called '{settings.creator}'.", "Choose embedded, hosted or scripted.")


def _hosted(settings: GrowthSettings, say: Callable[[str], None]) -> HostedCreator:
    address = check_address(settings.base_url)
    if not settings.model:
        raise CreatorError("No model is named.", "Name the model to ask, such as gpt-4o-mini.")
    key = key_for(address, settings.key_name, settings.api_version)
    if is_in_the_clear(address) and key != NO_KEY:
        say("The address begins with http: whoever is on the way can read the key and the texts.")
    return HostedCreator(settings.model, key, address, api_version=settings.api_version, memory=Dialects())


def key_for(address: str, key_name: str, api_version: str = "") -> str:
    """The key for an address; a placeholder where there is none and the server may well want none."""
    try:
        return find_key(key_name)
    except CreatorError:
        if not address or address == OPENAI_ITSELF or azure_version(address, api_version):
            raise
        return NO_KEY
