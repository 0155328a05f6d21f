"""Keys of hosted creators: in the system's keyring where there is one, else in the environment; never anywhere else."""

import os
import re
from collections.abc import Mapping

import keyring
from keyring.backends import fail
from keyring.errors import KeyringError

from seedbed_engine.errors import CreatorError

SERVICE = "seedbed"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


def check_name(name: str) -> None:
    """CreatorError where this cannot be the name of a key; it is not repeated, for it may be the key itself."""
    if not _NAME.fullmatch(name) or name.startswith("sk_"):
        raise CreatorError("This is no name of a key.", "A name is like OPENAI_API_KEY; the key itself is asked for.")


def has_keyring() -> bool:
    """Whether this machine has a keyring that can be used."""
    backend = keyring.get_keyring()
    return not isinstance(backend, fail.Keyring) and type(backend).__module__ != "keyring.backends.null"


def find_key(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """The key kept under a name; CreatorError says where to put one where there is none."""
    check_name(name)
    key = (_from_keyring(name) or environment.get(name, "")).strip()
    if not key:
        where = (
            "Store it in the settings" if has_keyring() else "This machine has no keyring: set it in the environment"
        )
        raise CreatorError(f"There is no key under the name {name}.", f"{where} as {name}, then start again.")
    _check_key(name, key)
    return key


def place_of_key(name: str, environment: Mapping[str, str] = os.environ) -> str:
    """Where the key of this name is: in the keyring, in the environment, or nowhere (empty)."""
    check_name(name)
    if _from_keyring(name).strip():
        return "keyring"
    return "environment" if environment.get(name, "").strip() else ""


def _check_key(name: str, key: str) -> None:
    if not key.isascii() or not key.isprintable() or " " in key:
        raise CreatorError(f"The key under the name {name} has characters that no key has.", "Copy it again.")


def store_key(name: str, key: str) -> None:
    """Keep a key in the system's keyring; an empty one takes it out. CreatorError where there is no keyring."""
    if not has_keyring():
        raise CreatorError("This machine has no keyring.", f"Set the key in the environment as {name}.")
    check_name(name)
    _check_key(name, key.strip())
    try:
        if key.strip():
            keyring.set_password(SERVICE, name, key.strip())
        elif keyring.get_password(SERVICE, name) is not None:
            keyring.delete_password(SERVICE, name)
    except KeyringError:
        raise CreatorError("The keyring did not take the key.", "Unlock the keyring and try again.") from None


def _from_keyring(name: str) -> str:
    if not has_keyring():
        return ""
    try:
        return keyring.get_password(SERVICE, name) or ""
    except KeyringError:
        return ""
