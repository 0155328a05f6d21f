"""Connections to a server: kept open, hundreds at once. Knows no chat.

The pool of the HTTP package looks at every open connection before each request: with 512 of them that takes longer than
the request itself. Several small pools, taken in turn, look at a few each.
"""

import itertools
import urllib.request

import httpx2
import openai

POOLS = 16
CONNECTIONS = 128  # of each pool
IDLE_SECONDS = 30.0


class SpreadTransport(httpx2.AsyncBaseTransport):
    """Sends each request through the next of several pools."""

    def __init__(self) -> None:
        trust = httpx2.create_ssl_context()
        limits = httpx2.Limits(
            max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS, keepalive_expiry=IDLE_SECONDS
        )
        self._pools = [httpx2.AsyncHTTPTransport(verify=trust, limits=limits) for _ in range(POOLS)]
        self._next = itertools.cycle(self._pools)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send one request."""
        return await next(self._next).handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        for pool in self._pools:
            await pool.aclose()


def make_http_client(timeout: openai.Timeout) -> httpx2.AsyncClient:
    """A client with many connections; where the environment names a proxy, the package's own way through it."""
    if urllib.request.getproxies():
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=IDLE_SECONDS)
        return openai.DefaultAsyncHttpx2Client(limits=limits, timeout=timeout)
    return openai.DefaultAsyncHttpx2Client(transport=SpreadTransport(), timeout=timeout)
