"""Options that several words share: whom a work asks, and how it trains."""

from collections.abc import Callable, Mapping
from typing import Any

import click

from seedbed_engine.asking.addresses import check_address
from seedbed_engine.commands.speech import number_option
from seedbed_engine.errors import PersonError
from seedbed_engine.settings import CREATORS, GrowthSettings, TrainingSettings

_grow, _train = GrowthSettings.help_of, TrainingSettings.help_of
_DEFAULTS = GrowthSettings()
ASKED = ("creator", "model", "base_url", "key_name")


def asking_and_training(command: Callable[..., None]) -> Callable[..., None]:
    """Whom a work asks, and how the small models are trained on what comes."""
    options: list[Callable[[Callable[..., Any]], Callable[..., Any]]] = [
        click.option("--creator", type=click.Choice(CREATORS), default=_DEFAULTS.creator, help=_grow("creator")),
        click.option("--model", default="", help=_grow("model")),
        click.option("--base-url", default="", help=_grow("base_url")),
        click.option("--key-name", default=_DEFAULTS.key_name, show_default=True, help=_grow("key_name")),
        click.option("--training-seeds", default="1,2,3", show_default=True, help=_train("seeds")),
        number_option("epochs", TrainingSettings),
        click.option("--encoder", default="", help=_train("encoder")),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def growth_of(given: Mapping[str, Any], *names: str) -> GrowthSettings:
    """How a work grows: whom it asks, and its own options of these names."""
    fields = {name: given[name] for name in (*names, *ASKED)}
    return GrowthSettings.from_fields(fields | {"base_url": check_address(given["base_url"])})


def training_of(given: Mapping[str, Any], test_dataset: int | None = None) -> TrainingSettings:
    """How a work trains."""
    fields = {"epochs": given["epochs"], "encoder": given["encoder"], "seeds": read_numbers(given["training_seeds"])}
    return TrainingSettings.from_fields({**fields, "test_dataset": test_dataset})


def read_numbers(text: str) -> tuple[int, ...]:
    """Seed numbers written like 1,2,3."""
    try:
        found = tuple(int(part) for part in text.split(",") if part.strip())
    except ValueError:
        found = ()
    if not found:
        raise PersonError(f"'{text}' is no list of seed numbers.", "Write them like 1,2,3.")
    return found
