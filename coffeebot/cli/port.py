"""Whether HOST and PORT can be listened on, asked before anything takes time."""

import errno
import socket

from coffeebot.domain.errors import CannotStart


def check_port(host: str, port: int) -> None:
    """CannotStart when the app could not listen there."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except socket.gaierror as error:
        raise CannotStart(f"HOST={host} is not an address or a name that this machine knows.") from error
    for family, kind, protocol, _, address in found:
        try:
            _bind(family, kind, protocol, address)
        except OSError as error:
            raise CannotStart(_sentence(error, host, port)) from error


def _bind(family: int, kind: int, protocol: int, address: object) -> None:
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: a port in TIME_WAIT is free
        if family == socket.AF_INET6:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        probe.bind(address)  # type: ignore[arg-type]


def _sentence(error: OSError, host: str, port: int) -> str:
    other = port + 1 if port < 65535 else port - 1
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use; stop what listens there, or set another PORT, for example PORT={other}."
    if error.errno == errno.EACCES:
        return f"Port {port} needs more rights than this user has; set a PORT from 1024 up, for example PORT=3000."
    return f"Coffeebot cannot listen on HOST={host}, PORT={port}: {error.strerror}."
