"""The real thing on a data folder and a port of its own: up, crashed, killed, up again, stopped."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coffeebot.cli.page import Page

ROOT = Path(__file__).parents[2]
SECONDS = 90


class Instance:
    """One `up`, started as make starts it: by a process that may be killed."""

    def __init__(self, home: Path, port: int) -> None:
        self.home, self.port = home, port
        self.log = home.with_name(f"{home.name}.log")
        variables = {"COFFEEBOT_HOME": str(home), "PORT": str(port), "DATABASE_URL": "", "REDIS_URL": "", "PUBLIC_URL": ""}
        # The shell waits for it, as make does.
        words = f"{sys.executable} -m coffeebot up --follow-parent & echo $! >{self.log}.pid; wait $!"
        with self.log.open("a") as log:
            self.parent = subprocess.Popen(
                ["/bin/sh", "-c", words], cwd=ROOT, env=os.environ | variables, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )

    @property
    def pid(self) -> int:
        return int(Path(f"{self.log}.pid").read_text())

    def get(self, path: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except OSError:
            return 0, ""
        finally:
            connection.close()

    def healthy(self) -> bool:
        return self.get("/health")[0] == 200

    def family(self) -> list[int]:
        """Every living process that carries this data folder in its environment or its words."""
        mark, found = os.fsencode(self.home), []
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
                ours = mark in (entry / "cmdline").read_bytes() or mark in (entry / "environ").read_bytes()
            except OSError:
                continue
            if ours and state != "Z":
                found.append(int(entry.name))
        return sorted(found)

    def child(self, words: str) -> int:
        for pid in self.family():
            if words.encode() in Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" "):
                return pid
        raise AssertionError(f"no {words}: {self.log.read_text()}")


def until(condition: Callable[[], bool], seconds: float = SECONDS) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture
def start() -> Iterator[Callable[[], Instance]]:
    """Starts an instance, always on the same data folder and port; the last one is stopped at the end."""
    Page(ROOT).build()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    started: list[Instance] = []
    with tempfile.TemporaryDirectory(prefix="coffeebot-up-", ignore_cleanup_errors=True) as folder:
        home = Path(folder) / "home"
        Path(folder).chmod(0o755)

        def go() -> Instance:
            started.append(Instance(home, port))
            return started[-1]

        yield go
        for instance in started:
            for pid in instance.family():
                if "--follow-parent" in Path(f"/proc/{pid}/cmdline").read_text():
                    os.kill(pid, signal.SIGTERM)
            instance.parent.wait(30)


def test_up_comes_back_from_everything(start: Callable[[], Instance]) -> None:
    first = start()
    assert until(lambda: "is ready" in first.log.read_text()), first.log.read_text()
    assert first.log.read_text().endswith(f"Coffeebot is ready on http://127.0.0.1:{first.port}\n")
    assert first.get("/")[0] == 200

    # The app crashes, then PostgreSQL: both come back, under the same supervisor.
    for words in ("uvicorn", "bin/postgres -D"):
        crashed = first.child(words)
        os.kill(crashed, signal.SIGKILL)
        assert until(lambda: first.healthy() and first.child(words) != crashed, 30), first.log.read_text()  # noqa: B023

    # Its parent is killed outright: everything goes, and the page does not hold the port.
    first.parent.kill()
    first.parent.wait()
    assert until(lambda: not first.family(), 20), first.family()

    # It is killed itself: the same, and nothing that was stored is lost.
    second = start()
    assert until(second.healthy), second.log.read_text()
    assert first.log.read_text().count("Loading the starter catalogue") == 1
    os.kill(second.pid, signal.SIGKILL)
    assert until(lambda: not second.family(), 20), second.family()

    # A request to stop: the exit code is 0.
    before = second.log.read_text().count("is ready")
    third = start()
    assert until(lambda: third.log.read_text().count("is ready") == before + 1), third.log.read_text()
    os.kill(third.pid, signal.SIGTERM)
    assert third.parent.wait(30) == 0
    assert third.log.read_text().endswith("Stopped.\n")
    assert not third.family()
