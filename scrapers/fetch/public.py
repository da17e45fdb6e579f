"""Which addresses may be asked: http and https, the usual ports, and hosts that are on the public internet."""

import re
import unicodedata
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urlsplit

import httpx

from scrapers.errors import AddressRefused

_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))
_IPV4_COMPATIBLE = IPv6Network("::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)  # the third quarter of a tunnel's address; the last is IPv4
_NOBODYS = (  # which Python's tables take for global: former relays of 6to4, documentation, a cloud's own wire server
    IPv4Network("192.88.99.0/24"),
    IPv4Network("168.63.129.16/32"),
    IPv6Network("3fff::/20"),
)
_INSIDE = re.compile(r"(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|lan|home|corp|home\.arpa)$")
MOST_HOST, MOST_LABEL = 253, 63  # characters
_NUMERIC = re.compile(r"(?:0x[0-9a-f]*|\d+)\.?", re.IGNORECASE)  # the last label of a host that resolvers take for an IPv4 address


def is_public(address: str, *, loopback: bool = False) -> bool:
    """Whether an IP address is one that anybody may reach; with `loopback` this machine's own too.

    An IPv6 address that stands for an IPv4 one is as public as that.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped), loopback=loopback)
        if not ip.is_loopback and _embeds_ipv4(ip):
            return False
    if ip.is_loopback:
        return loopback
    return _is_global(ip)


def _is_global(ip: IPv4Address | IPv6Address) -> bool:
    if isinstance(ip, IPv6Address) and ip.is_site_local:
        return False
    if any(ip in network for network in _NOBODYS if network.version == ip.version):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local or ip.is_private)


def _embeds_ipv4(ip: IPv6Address) -> bool:
    """6to4, Teredo, ISATAP, NAT64 and IPv4-compatible: a gateway would lead to the IPv4 address inside."""
    if int(ip) >> 32 & 0xFFFFFFFF in _ISATAP:
        return True
    return ip.sixtofour is not None or ip.teredo is not None or ip in _IPV4_COMPATIBLE or any(ip in network for network in _NAT64)


def check_url(url: str, *, loopback: bool = False) -> SplitResult:
    """The parts of an address that may be asked. Raises AddressRefused before any name is looked up."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, _resolved_as(parts.hostname or "")
    except ValueError:
        raise AddressRefused(url, "this is no web address") from None
    if parts.scheme not in ("http", "https"):
        raise AddressRefused(url, "only http:// and https:// are read")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(url, "an address with a user in it is not read")
    if not _is_host(host) or re.search(r"[\s\\\x00-\x20\x7f]", url) or not _can_be_asked(url):
        raise AddressRefused(url, "this is no web address")
    here = loopback and (host == "localhost" or (is_public(host, loopback=True) and not is_public(host)))
    if port not in (None, 80, 443) and not here:
        raise AddressRefused(url, "only the usual ports, 80 and 443, are read")
    if not here and _is_inside(host):
        raise AddressRefused(url, "that is not on the public internet")
    return parts


def _resolved_as(host: str) -> str:
    """The host as a resolver would read it: ①⑦② are digits, 。is a dot."""
    return unicodedata.normalize("NFKC", host.replace("。", ".").replace("｡", ".")).lower().rstrip(".")


def _is_host(host: str) -> bool:
    return 0 < len(host) <= MOST_HOST and all(0 < len(label) <= MOST_LABEL for label in host.split("."))


def _can_be_asked(url: str) -> bool:
    """Whether the client takes it too: its host must have a spelling that the name system knows."""
    try:
        return all(len(label) <= MOST_LABEL for label in httpx.URL(url).host.encode("idna").split(b"."))
    except (httpx.InvalidURL, ValueError):
        return False


def _is_inside(host: str) -> bool:
    """Whether a host is an address that is not public, or a name that only an inner network knows."""
    return not is_public(host) if _is_literal(host) else "." not in host or _INSIDE.search(host) is not None


def _is_literal(host: str) -> bool:
    """An IP address in any spelling that a resolver would understand: dotted, decimal, octal, hexadecimal, IPv6."""
    return ":" in host or _NUMERIC.fullmatch(host.rsplit(".", 1)[-1]) is not None
