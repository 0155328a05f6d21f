"""Who is asked: the creator that a run's settings name."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from seedbed_engine.asking.addresses import azure_version, check_address, is_in_the_clear
from seedbed_engine.creating.creators.box import box_model
from seedbed_engine.creating.creators.dialects import Dialects
from seedbed_engine.creating.creators.embedded import EmbeddedCreator, ModelServer, check_model_file
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
        return _embedded(path, settings.concurrency, settings.threads, say)
    if settings.creator == "hosted":
        return _hosted(settings, say)
    if settings.creator == "scripted":
        return ScriptedCreator(Recording(Path(settings.model).expanduser()), model=settings.model)
    raise CreatorError(f"There is no creator called '{settings.creator}'.", "Choose embedded, hosted or scripted.")


def _embedded(path: Path, slots: int, threads: int, say: Callable[[str], None]) -> EmbeddedCreator:
    kept = _kept.get()
    if kept is None:
        say(f"Starting the embedded creator ({path.name}).")
        return EmbeddedCreator(path, slots=slots, threads=threads)
    return EmbeddedCreator(path, server=kept.server(path, slots, threads, say))


class KeptModel:
    """The model that this process keeps loaded from one run to the next; another one takes its place."""

    def __init__(self) -> None:
        self._what: tuple[object, ...] = ()
        self._server: ModelServer | None = None

    def server(self, path: Path, slots: int, threads: int, say: Callable[[str], None]) -> ModelServer:
        """The server of this model, started where it is not the one that is kept."""
        check_model_file(path)
        stat = path.stat()
        what = (path.absolute(), stat.st_size, stat.st_mtime_ns, slots, threads)
        if self._server is None or what != self._what:
            self.free()
            say(f"Starting the embedded creator ({path.name}).")
            self._server, self._what = ModelServer(path, slots=slots, threads=threads), what
        return self._server

    def free(self) -> None:
        """Give its memory back; the next run starts it anew."""
        if self._server is not None:
            self._server.free()
        self._server, self._what = None, ()


_kept: ContextVar[KeptModel | None] = ContextVar("kept model", default=None)


@contextmanager
def keep_models() -> Iterator[KeptModel]:
    """Within the block a model stays loaded after the run that wanted it."""
    kept = KeptModel()
    before = _kept.set(kept)
    try:
        yield kept
    finally:
        _kept.reset(before)
        kept.free()


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
