"""The port is looked at before anything takes time."""

import os
import socket

import pytest

from coffeebot.cli.port import check_port
from coffeebot.domain.errors import CannotStart


def test_a_taken_port_is_named_with_another_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CannotStart, match=rf"Port {port} on 127\.0\.0\.1 is in use.*PORT={port + 1 if port < 65535 else port - 1}\."):
            check_port("127.0.0.1", port)
        with pytest.raises(CannotStart, match="is in use"):
            check_port("0.0.0.0", port)


def test_a_port_is_free_again_right_after_its_server_ended() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)), server.accept()[0]:
            pass
    check_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(CannotStart, match=r"cannot listen on HOST=192\.0\.2\.1, PORT=3000"):
        check_port("192.0.2.1", 3000)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may use any port")
def test_a_port_for_root_is_named() -> None:
    with pytest.raises(CannotStart, match=r"needs more rights|cannot listen"):
        check_port("127.0.0.1", 1)
