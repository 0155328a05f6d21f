"""Addresses of servers: which ones can be asked, and what can be told from the words alone. Knows no server."""

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from seedbed_engine.errors import CreatorError

AZURE_HOSTS = (".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com")
AZURE_VERSION = "2024-10-21"  # the oldest stable one that knows JSON schemas
_MEND = "Write it like http://127.0.0.1:11434/v1."
_HOST = re.compile(r"[^\s/?#@:\\<>\"'`{}|^%]+")


def check_address(address: str) -> str:
    """The address as it will be asked ("" stays ""); CreatorError where it cannot be asked or carries a secret.

    What is refused is not repeated: it may hold a password.
    """
    text = address.strip()
    if not text:
        return ""
    if any(character.isspace() or not character.isprintable() for character in text):
        raise CreatorError("The address of the server has blanks or odd characters in it.", _MEND)
    parts = _split(text)
    if "@" in parts.netloc:
        raise CreatorError(
            "The address of the server carries a user name or a password.",
            "Leave everything up to the @ out; store the key with seedbed keys set NAME.",
        )
    if parts.scheme not in {"http", "https"}:
        raise CreatorError("The address of a server begins with http:// or https://.", _MEND)
    _check_host(parts)
    if parts.query or parts.fragment or text[-1] in "?#":
        raise CreatorError(
            "The address of the server goes on after a ? or #, where a key may stand.",
            "Leave that out; what Azure calls api-version is a setting of its own.",
        )
    if parts.path.rstrip("/").endswith("/chat/completions"):
        raise CreatorError("The address ends with /chat/completions.", "Leave that out: it is added to each request.")
    return text.rstrip("/")


def _split(text: str) -> SplitResult:
    try:
        return urlsplit(text)
    except ValueError:
        raise CreatorError("The address of the server cannot be read.", _MEND) from None


def _check_host(parts: SplitResult) -> None:
    host = parts.hostname or ""
    if not (_is_ip(host) or _HOST.fullmatch(host)) or not all(host.rstrip(".").split(".")):
        raise CreatorError("The address names no server.", _MEND)
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0 or parts.netloc.endswith(":"):
        raise CreatorError("The port in the address of the server is not a number from 1 to 65535.", _MEND)


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_on_this_machine(address: str) -> bool:
    """Whether an address that was checked is this machine's own (loopback), where nothing is billed."""
    host = urlsplit(address).hostname or ""
    return host == "localhost" or (_is_ip(host) and ipaddress.ip_address(host).is_loopback)


def is_in_the_clear(address: str) -> bool:
    """Whether what is sent there, the key included, can be read on the way."""
    return urlsplit(address).scheme == "http" and not is_on_this_machine(address)


def azure_version(address: str, wanted: str = "") -> str:
    """The api-version with which an address is asked in Azure's own way; "" where it is asked in OpenAI's."""
    parts = urlsplit(address)
    if parts.path.rstrip("/").endswith("/v1"):  # Azure's newer addresses speak as OpenAI does
        return ""
    if wanted.strip():
        return wanted.strip()
    return AZURE_VERSION if (parts.hostname or "").endswith(AZURE_HOSTS) else ""


def azure_endpoint(address: str) -> str:
    """An Azure address without the paths that are added to each request."""
    return re.sub(r"/openai(/deployments(/[^/]*)?)?$", "", address.rstrip("/"))
