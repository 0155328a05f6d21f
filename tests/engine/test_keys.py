"""Keys come from the keyring, else the environment, and are in nothing that is shown."""

import logging
from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from seedbed_engine.creating.creators.keys import find_key, has_keyring, store_key
from seedbed_engine.errors import CreatorError

KEY = "sk-planted-0123456789"


class Drawer(KeyringBackend):
    """A keyring in memory; a locked one refuses everything."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self, is_locked: bool = False) -> None:
        super().__init__()
        self.keys: dict[tuple[str, str], str] = {}
        self.is_locked = is_locked

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return self.keys.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise KeyringLocked
        self.keys[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.keys.pop((service, username), None) is None:
            raise PasswordDeleteError


@pytest.fixture
def backend() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.mark.usefixtures("backend")
def test_without_a_keyring_the_environment_is_asked_and_a_sentence_says_how() -> None:
    keyring.set_keyring(NoKeyring())
    assert not has_keyring()
    assert find_key("A_KEY", {"A_KEY": f" {KEY}\n"}) == KEY
    with pytest.raises(CreatorError, match="no key under the name A_KEY.*environment as A_KEY"):
        find_key("A_KEY", {})
    with pytest.raises(CreatorError, match="no keyring.*environment as A_KEY"):
        store_key("A_KEY", KEY)


@pytest.mark.usefixtures("backend")
def test_the_keyring_goes_before_the_environment_and_forgets_when_told() -> None:
    keyring.set_keyring(Drawer())
    store_key("A_KEY", f"{KEY} ")
    assert find_key("A_KEY", {"A_KEY": "other"}) == KEY
    store_key("A_KEY", "")
    store_key("A_KEY", "")
    assert find_key("A_KEY", {"A_KEY": "other"}) == "other"


@pytest.mark.usefixtures("backend")
def test_a_locked_keyring_is_passed_by_or_named_and_the_key_is_shown_nowhere(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    keyring.set_keyring(Drawer(is_locked=True))
    assert find_key("A_KEY", {"A_KEY": KEY}) == KEY
    with pytest.raises(CreatorError, match="did not take the key") as caught:
        store_key("A_KEY", KEY)
    assert KEY not in f"{caught.value!r} {caplog.text}"


@pytest.mark.usefixtures("backend")
@pytest.mark.parametrize("bad", [f"{KEY} two", f"{KEY}\u00e9", f"{KEY}\x07x"])
def test_a_key_with_odd_characters_is_refused_without_showing_it(bad: str) -> None:
    keyring.set_keyring(NoKeyring())
    with pytest.raises(CreatorError, match="characters that no key has") as caught:
        find_key("A_KEY", {"A_KEY": bad})
    assert KEY not in repr(caught.value)
