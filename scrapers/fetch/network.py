"""Connections to checked addresses only: what was checked is what is connected to, so that a second look-up cannot change it."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable

import httpcore
import httpx

from scrapers.errors import AddressRefused
from scrapers.fetch.public import is_public

Resolve = Callable[[str, int], Awaitable[list[str]]]
MOST_ADDRESSES = 3  # of one host that are tried


async def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host. Raises OSError when it has none."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class PublicNetwork(httpcore.AsyncNetworkBackend):
    """Looks a host up once, refuses it when any of its addresses is not public, and connects to one of those addresses.

    TLS is started above with the host's name, and the Host header is the host's: only the look-up is ours.
    """

    def __init__(self, *, loopback: bool = False, resolve: Resolve = resolve, inner: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._loopback = loopback
        self._resolve = resolve
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's signature)
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._checked(host, port, timeout)
        for place, address in enumerate(addresses, start=1):
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if place == len(addresses):
                    raise
        raise httpcore.ConnectError(f"{host} has no address")

    async def _checked(self, host: str, port: int, seconds: float | None) -> list[str]:
        try:
            async with asyncio.timeout(seconds):
                addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:  # TimeoutError is an OSError; a label that is too long a UnicodeError
            raise httpcore.ConnectError(f"{host} cannot be looked up: {error}") from error
        if not all(is_public(address, loopback=self._loopback) for address in addresses):
            raise AddressRefused(f"//{host}:{port}", "that is not on the public internet")
        return addresses[:MOST_ADDRESSES]

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 (httpcore's signature)
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        raise AddressRefused(path, "no shop is a socket of this machine")

    async def sleep(self, seconds: float) -> None:
        await self._inner.sleep(seconds)


class PublicTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport over a network of public addresses. No proxy of the environment comes between."""

    def __init__(self, network: httpcore.AsyncNetworkBackend, *, tls: ssl.SSLContext | None = None) -> None:
        context = tls or httpx.create_ssl_context(trust_env=False)
        super().__init__(verify=context, trust_env=False)
        # httpx hands no network backend on to the pool that it builds
        self._pool = httpcore.AsyncConnectionPool(ssl_context=context, max_connections=20, keepalive_expiry=30, network_backend=network)
