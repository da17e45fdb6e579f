"""No address that is not public, in whatever spelling, by whatever name, after whatever redirect."""

import ssl
from collections.abc import Iterable

import httpcore
import httpx
import pytest

from scrapers.errors import AddressRefused, FetchFailed
from scrapers.fetch.fetcher import Fetcher
from scrapers.fetch.manners import Manners
from scrapers.fetch.network import PublicNetwork, PublicTransport
from scrapers.fetch.public import check_url, is_public
from scrapers.pages import Request
from tests.fake_shop import FakeShop
from tests.fake_shop.clock import FakeClock
from tests.tables import rows

PUBLIC = ("8.8.8.8", "151.101.1.195", "2606:4700::6810:84e5", "::ffff:8.8.8.8")
NOT_PUBLIC = (
    *("127.0.0.1", "127.1.2.3", "0.0.0.0", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.2.1"),
    *("198.18.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1"),
    *(
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2001:0:a00:1::",
        "2001:db8::1",
    ),
    *("fec0::1", "3fff::1", "192.88.99.1", "168.63.129.16", "2606:4700::5efe:a00:1", "2606:4700::200:5efe:a00:1"),
    *("", "localhost", "1.2.3", "not an address"),
)


@pytest.mark.parametrize("address", PUBLIC)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_not_public(address: str) -> None:
    assert not is_public(address)


def test_loopback_is_let_in_for_tests_and_nothing_else_is() -> None:
    let_in = {address for address in NOT_PUBLIC if is_public(address, loopback=True)}
    assert let_in == {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"}


@pytest.mark.parametrize(
    "url",
    [
        *(
            "file:///etc/passwd",
            "ftp://shop.example/",
            "gopher://shop.example/",
            "javascript:alert(1)",
            "//shop.example/",
            "shop.example",
            "",
        ),
        *(
            "http://user@shop.example/",
            "http://user:secret@shop.example/",
            "http://:@shop.example/",
            "http://shop.example:22/",
            "https://shop.example:8443/",
        ),
        *(
            "http://shop.example:99999/",
            "http://[::1]/",
            "http://[fe80::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://127.0.0.1/",
            "http://127.0.0.1./",
        ),
        *(
            "http://2130706433/",
            "http://0177.0.0.1/",
            "http://0x7f000001/",
            "http://0x7f.1/",
            "http://127.1/",
            "http://017700000001/",
            "http://0/",
        ),
        *(
            "http://[::1",
            "http://shop.example\\@10.0.0.1/",
            "http://shop.exa mple/",
            "http:///products.json",
            "http://shop.example/\r\nHost: x",
        ),
        *(
            "http://①②⑦.⓪.⓪.①/",
            "http://127。0。0。1/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://metadata.google.internal/",
            "http://printer.local/",
            "http://instance-data/",
        ),
        *(
            f"http://{'a' * 64}.example/",
            f"http://{'.'.join(['a' * 60] * 5)}/",
            "http://shop..example/",
            "http://xn--/",
            "http://\u200b.example/",
            f"http://shop.example/{'a' * 70_000}",
        ),
    ],
)
def test_refused_before_any_look_up(url: str) -> None:
    with pytest.raises(AddressRefused):
        check_url(url)


@pytest.mark.parametrize(
    "url",
    ["https://shop.example/a?b=c", "http://shop.example:80/", "https://shop.example:443", "https://8.8.8.8/", "https://コーヒー.example/"],
)
def test_taken(url: str) -> None:
    assert check_url(url).geturl()


def test_the_shared_list_of_attacks() -> None:
    """All but what only a look-up or a redirect shows to lead inside; those are for the network (below)."""
    addresses = [row["url"] for row in rows("attacks/ssrf-must-block.jsonl")]
    let_through = [url for url in addresses if not refused(url)]
    assert len(addresses) > 50 and len(let_through) <= 5
    assert all(url.startswith(("https://", "http://169.254.169.254.nip.io")) for url in let_through), let_through


def refused(url: str) -> bool:
    try:
        check_url(url)
    except AddressRefused:
        return True
    return False


class Recorder(httpcore.AsyncNetworkBackend):
    """Notes which addresses are connected to, and connects to none."""

    def __init__(self) -> None:
        self.connected: list[str] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.connected.append(host)
        raise httpcore.ConnectError("nobody there")


async def fetched(*addresses: str, host: str = "shop.example") -> list[str]:
    """What is connected to when a host has these addresses."""
    asked = Recorder()

    async def resolve(_: str, __: int) -> list[str]:
        return list(addresses)

    transport = PublicTransport(PublicNetwork(resolve=resolve, inner=asked))
    async with Fetcher(Manners(attempts=1), transport=transport, clock=FakeClock()) as fetcher:
        with pytest.raises(FetchFailed) as caught:
            await fetcher._follow(f"https://{host}/", None, robots=False)
    return asked.connected if not isinstance(caught.value, AddressRefused) else ["refused", *asked.connected]


async def test_a_host_that_cannot_be_looked_up_is_no_connection() -> None:
    with pytest.raises(httpcore.ConnectError):
        await PublicNetwork(inner=Recorder()).connect_tcp("a" * 64 + ".example", 443)


async def test_a_name_that_leads_inside_is_refused() -> None:
    assert await fetched("10.0.0.7") == ["refused"]
    assert await fetched("::ffff:169.254.169.254") == ["refused"]


async def test_one_private_address_among_public_ones_is_enough() -> None:
    assert await fetched("8.8.8.8", "192.168.0.1") == ["refused"]


async def test_only_checked_addresses_are_connected_to() -> None:
    assert await fetched("8.8.8.8", "8.8.4.4") == ["8.8.8.8", "8.8.4.4"]


async def test_tls_and_host_keep_the_name() -> None:
    """What is connected to is an IP address; what is asked for, in TLS and in HTTP, is the shop."""
    names: list[str | None] = []
    stream = httpcore.AsyncMockStream([b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"])

    class Inner(httpcore.AsyncNetworkBackend):
        async def connect_tcp(self, host: str, *rest: object, **more: object) -> httpcore.AsyncNetworkStream:  # type: ignore[override]
            names.append(host)
            return stream

    async def start_tls(ssl_context: ssl.SSLContext, server_hostname: str | None = None, **_: object) -> httpcore.AsyncNetworkStream:
        names.append(server_hostname)
        return stream

    async def write(buffer: bytes, **_: object) -> None:
        names.extend(line.decode() for line in buffer.split(b"\r\n") if line.lower().startswith(b"host:"))

    stream.start_tls = start_tls  # type: ignore[method-assign]
    stream.write = write  # type: ignore[method-assign]

    async def resolve(_: str, __: int) -> list[str]:
        return ["8.8.8.8"]

    async with httpx.AsyncClient(transport=PublicTransport(PublicNetwork(resolve=resolve, inner=Inner()))) as client:
        assert (await client.get("https://shop.example/")).text == "ok"
    assert names == ["8.8.8.8", "shop.example", "Host: shop.example"]


async def test_a_second_look_up_is_checked_as_the_first_was() -> None:
    """A name that is public when it is looked at and private when it is asked (DNS rebinding) is connected to at neither."""
    answers = iter((["8.8.8.8"], ["127.0.0.1"]))
    asked = Recorder()

    async def resolve(_: str, __: int) -> list[str]:
        return next(answers)

    network = PublicNetwork(resolve=resolve, inner=asked)
    with pytest.raises(httpcore.ConnectError):
        await network.connect_tcp("shop.example", 443)
    with pytest.raises(AddressRefused):
        await network.connect_tcp("shop.example", 443)
    assert asked.connected == ["8.8.8.8"]


async def test_without_the_setting_this_machine_is_not_read() -> None:
    async with FakeShop() as shop, Fetcher(Manners(), clock=FakeClock()) as fetcher:
        for url in (shop.url, shop.url.replace("127.0.0.1", "localhost")):
            with pytest.raises(AddressRefused):
                await fetcher.get(Request(url))
        assert shop.asked == []


async def test_no_socket_of_this_machine() -> None:
    with pytest.raises(AddressRefused):
        await PublicNetwork().connect_unix_socket("/run/docker.sock")
