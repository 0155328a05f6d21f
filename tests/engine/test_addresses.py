"""Which addresses can be asked, and that what is refused is neither repeated nor stored nor asked."""

import pytest

from seedbed_engine.asking.addresses import (
    AZURE_VERSION,
    azure_endpoint,
    azure_version,
    check_address,
    is_in_the_clear,
    is_on_this_machine,
)
from seedbed_engine.creating.creators.making import make_creator
from seedbed_engine.errors import CreatorError
from seedbed_engine.settings import GrowthSettings


@pytest.mark.parametrize(
    "address",
    [
        "https://api.openai.com/v1",
        "http://127.0.0.1:11434/v1",
        "http://[::1]:8080/v1",
        "http://gpu-7.lan:8000/v1",
        "https://name.openai.azure.com",
        "https://\u043f\u0440\u0438\u043c\u0435\u0440.example/v1",
    ],
)
def test_what_can_be_asked_stays_as_it_is(address: str) -> None:
    assert check_address(address) == address
    assert check_address(f" {address}/ ") == address


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://me:secret9@api.example/v1", "user name or a password"),
        ("https://secret9@api.example/v1", "user name or a password"),
        ("https://@api.example/v1", "user name or a password"),
        ("me:secret9@api.example/v1", "begins with http"),
        ("127.0.0.1:8080/v1", "begins with http"),
        ("localhost:8080/v1", "begins with http"),
        ("ftp://secret9.example/v1", "begins with http"),
        ("file:///etc/secret9", "begins with http"),
        ("javascript:secret9", "begins with http"),
        ("http://secret9.example:99999/v1", "port"),
        ("http://secret9.example:80a/v1", "port"),
        ("http://secret9.example:-1/v1", "port"),
        ("http://secret9.example:0/v1", "port"),
        ("http://secret9.example:/v1", "port"),
        ("http:///v1", "names no server"),
        ("http://", "names no server"),
        ("http://.../v1", "names no server"),
        ("http://a..secret9/v1", "names no server"),
        ("http://[::secret9/v1", "cannot be read"),
        ("http://a%20secret9/v1", "names no server"),
        ("http://a secret9/v1", "blanks or odd"),
        ("http://secret9\r\nX: y/v1", "blanks or odd"),
        ("http://a/v1?api-key=secret9", "after a"),
        ("http://a/v1#secret9", "after a"),
        ("http://a/v1?", "after a"),
        ("https://a/v1/chat/completions", "Leave that out"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_a_sentence_that_does_not_repeat_it(address: str, says: str) -> None:
    with pytest.raises(CreatorError, match=says) as caught:
        check_address(address)
    assert caught.value.mend
    assert "secret9" not in str(caught.value)
    with pytest.raises(CreatorError, match=says):
        make_creator(GrowthSettings(creator="hosted", model="m", base_url=address), lambda text: None)


def test_no_address_is_openai_itself() -> None:
    assert check_address("  ") == ""
    assert not is_on_this_machine("")
    assert not is_in_the_clear("")


def test_this_machine_and_the_open_road_are_told_from_the_words() -> None:
    assert all(map(is_on_this_machine, ("http://localhost:1/v1", "http://127.9.9.9", "http://[::1]:80/v1")))
    assert not any(
        map(is_on_this_machine, ("http://localhost.example/v1", "http://127.0.0.1.example", "http://10.0.0.1"))
    )
    assert is_in_the_clear("http://10.0.0.1/v1")
    assert not is_in_the_clear("https://api.example/v1")
    assert not is_in_the_clear("http://127.0.0.1/v1")


def test_azure_is_known_by_its_host_or_by_a_version() -> None:
    assert azure_version("https://x.openai.azure.com") == AZURE_VERSION
    assert azure_version("https://x.openai.azure.com", "2025-01-01") == "2025-01-01"
    assert azure_version("https://x.openai.azure.com/openai/v1") == ""
    assert azure_version("https://gateway.example/azure", "2025-01-01") == "2025-01-01"
    assert azure_version("https://openai.azure.com.example") == ""
    assert azure_version("") == ""
    whole = "https://x.openai.azure.com"
    assert {azure_endpoint(whole + rest) for rest in ("", "/", "/openai", "/openai/deployments/d")} == {whole}


def test_plain_http_beyond_this_machine_is_remarked_where_a_key_would_go_there(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    settings = GrowthSettings(creator="hosted", model="m", base_url="http://10.0.0.1:8000/v1", key_name="A_TEST_KEY")
    make_creator(settings, said.append)
    assert said == []
    monkeypatch.setenv("A_TEST_KEY", "sk-0123456789")
    make_creator(settings, said.append)
    assert "can read the key" in said[0]
