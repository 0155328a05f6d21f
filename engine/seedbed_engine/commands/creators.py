"""Words about who is asked: creators (presets, what a server can do) and keys."""

import asyncio
import dataclasses
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from seedbed_engine.asking.addresses import check_address, is_on_this_machine
from seedbed_engine.asking.model_files import read_model_file
from seedbed_engine.asking.presets import Preset, find_preset, read_presets
from seedbed_engine.asking.trials import price_in_words
from seedbed_engine.commands.speech import answer, json_option, say
from seedbed_engine.errors import PersonError

_MARKS = {True: "yes", False: "no", None: "-"}


@click.group(epilog="Example:  seedbed creators test ollama --model llama3.2")
def creators() -> None:
    """Servers that can write examples: which there are, and what one of them can do."""


@creators.command("list", epilog="Example:  seedbed creators list")
@json_option
def list_(as_json: bool) -> None:
    """List the presets: addresses, names of keys, models."""
    presets = read_presets()
    if as_json:
        return answer([dataclasses.asdict(preset) for preset in presets])
    console = Console(highlight=False, soft_wrap=True)
    for p in presets:
        console.print(Text(f"{p.name:<10}{p.title}, {p.base_url}, key {p.key_name}, model {p.model or 'yours'}"))
        console.print(Text(f"{'':<10}{p.note}"))
    return None


@creators.command(epilog="Example:  seedbed creators inspect model.gguf")
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def inspect(file: Path, as_json: bool) -> None:
    """Say what a GGUF model file is: architecture, licence, size, context length, chat template."""
    facts = read_model_file(file)
    if as_json:
        return answer({**dataclasses.asdict(facts), "path": str(file)})
    for name, said in facts.lines():
        Console(highlight=False, soft_wrap=True).print(Text(f"{name:<14}{said}"))
    return None


@creators.command(epilog="Example:  seedbed creators test http://127.0.0.1:8080/v1")
@click.argument("server", metavar="ADDRESS|PRESET")
@click.option("--model", default="", help="Which model (default: the preset's, else the first that is listed).")
@click.option("--key-name", default="", help="Name under which the key is kept (default: the preset's, else none).")
@click.option("--api-version", default="", help="Azure OpenAI's api-version.")
@click.option("--yes", is_flag=True, help="It may cost money.")
@json_option
def test(server: str, model: str, key_name: str, api_version: str, yes: bool, as_json: bool) -> None:
    """Try what a server can do, with a few tiny requests: models, JSON schema, JSON mode, n, usage, limits."""
    from seedbed_engine.creating.creators.dialects import Dialects
    from seedbed_engine.creating.creators.making import NO_KEY, key_for
    from seedbed_engine.creating.creators.probe import probe

    preset = _preset(server)
    address = check_address(preset.base_url if preset else server)
    chosen = model or (preset.model if preset else "")
    if not is_on_this_machine(address):
        _say_price(chosen, yes)
    name = key_name or (preset.key_name if preset else "")
    key = key_for(address, name, api_version) if name else NO_KEY  # no server is sent the key of another one
    findings = asyncio.run(probe(address, key, chosen, api_version))
    if findings.can_create:
        Dialects().keep(address or "OpenAI", findings.model, findings.dialect)
    if as_json:
        answer({**dataclasses.asdict(findings), "can_create": findings.can_create})
    else:
        for finding in findings.found:
            Console(highlight=False, soft_wrap=True).print(Text(f"{_MARKS[finding.works]:>3}  {finding.said}"))
    click.get_current_context().exit(0 if findings.can_create else 1)


def _preset(server: str) -> Preset | None:
    preset = find_preset(server)
    if preset is None and not any(character in server for character in ":/."):
        names = ", ".join(each.name for each in read_presets())
        raise PersonError(f"There is no preset '{server}'.", f"There are {names}; or give an address.")
    if preset is not None and not preset.is_whole:
        raise PersonError(
            f"The address of {preset.title} has the name of your resource in it.", f"Give {preset.base_url} yourself."
        )
    return preset


def _say_price(model: str, is_allowed: bool) -> None:
    """What trying may cost, said before anything is sent; PersonError where the person has not agreed."""
    said = price_in_words(model)
    if not is_allowed:
        raise PersonError(f"{said} Nothing was sent.", "Say --yes to go on.")
    say(said)


@click.group(epilog="Example:  seedbed keys set OPENAI_API_KEY")
def keys() -> None:
    """Keys of hosted creators, kept in the system's keyring."""


@keys.command("set", epilog="Example:  seedbed keys set OPENAI_API_KEY")
@click.argument("name")
@json_option
def set_(name: str, as_json: bool) -> None:
    """Keep a key under a name: it is asked for and not shown; an empty one takes the kept one out."""
    from seedbed_engine.creating.creators.keys import check_name, has_keyring, store_key

    check_name(name)
    if not has_keyring():
        raise PersonError("This machine has no keyring.", f"Set the key in the environment as {name}.")
    if sys.stdin.isatty():
        key = click.prompt(f"The key for {name} (not shown)", default="", hide_input=True, show_default=False, err=True)
    else:
        key = sys.stdin.readline()
    store_key(name, key)
    if as_json:
        return answer({"name": name, "is_kept": bool(key.strip())})
    say(f"The key is kept in the keyring as {name}." if key.strip() else f"No key is kept as {name} any more.")
    return None


@keys.command("list", epilog="Example:  seedbed keys list OPENAI_API_KEY")
@click.argument("names", nargs=-1)
@json_option
def list_keys(names: tuple[str, ...], as_json: bool) -> None:
    """Say where the keys of these names are (default: those of the presets); no key is ever shown."""
    from seedbed_engine.creating.creators.keys import has_keyring, place_of_key

    wanted = names or tuple(dict.fromkeys(preset.key_name for preset in read_presets() if preset.key_name))
    places = {name: place_of_key(name) for name in wanted}
    if as_json:
        return answer({"has_keyring": has_keyring(), "places": places})
    for name, place in places.items():
        Console(highlight=False, soft_wrap=True).print(Text(f"{name:<24}{place or 'nowhere'}"))
    return None
