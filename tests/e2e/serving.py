"""Ways to serve the built page to a browser, and to open it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page

from coffeebot.cli.up import SERVER_OPTIONS

ROOT = Path(__file__).parents[2]
SERVER_SECONDS = 120.0  # two cores may be shared with a build


def open_page(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("#main[data-ready=true]")
    return page


def wait_until(page: Page, expression: str, arg: object = None) -> None:
    """Until the expression holds; Playwright's own wait is against the page's security policy."""
    for _ in range(200):
        if page.evaluate(expression, arg):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never held: {expression}")


@contextmanager
def running_app(app: str, port: int, built: Path, **environment: str) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """An app over the built page, and its address, once it answers."""
    log = built / f"server-{port}.log"
    command = (sys.executable, "-m", "uvicorn", "--factory", app, "--host", "127.0.0.1", "--port", str(port), *SERVER_OPTIONS)
    with log.open("a") as out:
        server = subprocess.Popen(command, cwd=built, env=_env(port) | environment, stdout=out, stderr=out)
        try:
            wait_for(f"http://127.0.0.1:{port}", server, log)
            yield f"http://127.0.0.1:{port}", server
        finally:
            server.terminate()
            server.wait(timeout=20)


def _env(port: int) -> dict[str, str]:
    return {
        **os.environ,
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "HOUSE_WORDS_PER_SECOND": "60",
        "PYTHONPATH": str(ROOT),
        "__REFLEX_SKIP_COMPILE": "true",
        "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "true",
        "REFLEX_ENV_MODE": "prod",
    }


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def wait_for(address: str, server: subprocess.Popen[bytes], log: Path, *, seconds: float = SERVER_SECONDS) -> None:
    """Until the server answers with 200; fails with the end of its log when it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(address).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text()[-3000:]}")
