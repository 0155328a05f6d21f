"""Keys come from the keyring, else the environment, and are in nothing that is shown."""

import json
import logging
from collections.abc import Iterator

import click.testing
import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from seedbed_engine.__main__ import main
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


def keys_set(name: str, typed: str) -> click.testing.Result:
    return click.testing.CliRunner().invoke(main, ["keys", "set", name], input=typed)


@pytest.mark.usefixtures("backend")
def test_the_command_keeps_a_key_without_showing_it_and_takes_it_out_again() -> None:
    drawer = Drawer()
    keyring.set_keyring(drawer)
    found = keys_set("A_KEY", f"{KEY}\n")
    assert (found.exit_code, drawer.keys) == (0, {("seedbed", "A_KEY"): KEY})
    assert KEY not in found.output
    assert keys_set("A_KEY", "\n").exit_code == 0
    assert drawer.keys == {}


@pytest.mark.usefixtures("backend")
def test_without_a_keyring_the_command_says_where_to_put_the_key_and_does_not_ask_for_it() -> None:
    keyring.set_keyring(NoKeyring())
    found = keys_set("A_KEY", "")
    assert found.exit_code == 1
    assert "no keyring. Set the key in the environment as A_KEY" in " ".join(found.output.split())


@pytest.mark.usefixtures("backend")
@pytest.mark.parametrize("name", [KEY, "sk_0123", "", "A KEY", "A=B"])
def test_a_key_given_where_its_name_belongs_is_refused_and_not_repeated(name: str) -> None:
    keyring.set_keyring(Drawer())
    found = keys_set(name, f"{KEY}\n")
    assert found.exit_code == 1
    assert "no name of a key" in found.output
    assert not name or name not in found.output
    with pytest.raises(CreatorError, match="no name of a key"):
        find_key(name)


@pytest.mark.usefixtures("backend")
def test_a_key_with_odd_characters_is_not_stored() -> None:
    keyring.set_keyring(Drawer())
    assert keys_set("A_KEY", f"{KEY} two\n").exit_code == 1


@pytest.mark.usefixtures("backend")
def test_where_a_key_is_can_be_asked_and_the_key_is_not_said(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(Drawer())
    store_key("MINE", KEY)
    monkeypatch.setenv("OTHERS", KEY)
    done = click.testing.CliRunner().invoke(main, ["keys", "list", "MINE", "OTHERS", "NONE", "--json"])
    places = {"MINE": "keyring", "OTHERS": "environment", "NONE": ""}
    assert json.loads(done.stdout) == {"has_keyring": True, "places": places}
    assert KEY not in done.output
